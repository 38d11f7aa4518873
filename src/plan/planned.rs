//! The plan of before, for the next time that nothing it was made from is another.
//!
//! Most saves change the words of one item: no address, no list and no link is
//! another then, and the plan stays.

use std::sync::Arc;

use crate::diagnostics::Findings;
use crate::markdown::Rendered;
use crate::output::OutputPath;
use crate::plan::listing::Sorting;
use crate::plan::sheets::has_sheet;
use crate::plan::{AssetPaths, Output, OutputPlan, file_of};
use crate::portal::{Item, Portal, has_same_cases};
use crate::theme::Theme;

/// What earlier runs of the plan stage made.
#[derive(Debug, Default)]
pub struct Before {
    sorting: Sorting,
    last: Option<Last>,
}

/// The last plan and what it was made from.
#[derive(Debug)]
struct Last {
    around: Around,
    /// What the theme gives the site: the assets, and the files that are copied.
    assets: Vec<String>,
    copies: Vec<(String, String)>,
    items: Vec<Arc<Item>>,
    plan: OutputPlan,
    findings: Findings,
}

/// What is no item and decides which outputs there are.
#[derive(Debug, PartialEq, Eq)]
struct Around {
    /// Of everything that is neither an item nor the settings of the site.
    but_site: u128,
    /// Addresses are counted in the maps of the site.
    base_url: String,
    page_size: Option<u16>,
    has_security: bool,
}

impl Around {
    fn of(portal: &Portal) -> Self {
        Around {
            but_site: portal.around_but_site,
            base_url: portal.base_url.clone(),
            page_size: portal.site.page_size,
            has_security: portal.site.security.is_some(),
        }
    }
}

impl Before {
    /// How names sort.
    pub(super) fn sorting(&mut self) -> &mut Sorting {
        &mut self.sorting
    }

    /// The plan of before, if it is also that of this portal, with the assets of this theme.
    pub(super) fn find(&mut self, portal: &Portal, theme: &Theme) -> Option<(OutputPlan, Findings)> {
        let last = self.last.as_mut()?;
        let is_same = last.around == Around::of(portal)
            // What should follow a lost address goes by names, which are not compared here.
            && last.plan.lost.is_empty()
            && last.items.len() == portal.items.len()
            && last
                .items
                .iter()
                .zip(&portal.items)
                .all(|(old, new)| Arc::ptr_eq(old, new) || is_planned_alike(old, new))
            && last.copies == theme.copies
            && (last.assets == asset_paths(theme) || last.exchange_assets(theme));
        if !is_same {
            self.last = None;
            return None;
        }
        last.items.clone_from(&portal.items);
        Some((last.plan.clone(), last.findings.clone()))
    }

    /// Notes a plan.
    pub(super) fn keep(&mut self, portal: &Portal, theme: &Theme, plan: &OutputPlan, findings: &Findings) {
        self.last = Some(Last {
            around: Around::of(portal),
            assets: asset_paths(theme),
            copies: theme.copies.clone(),
            items: portal.items.clone(),
            plan: plan.clone(),
            findings: findings.clone(),
        });
    }
}

impl Last {
    /// Puts the assets of this theme in the place of those of before. Not, if something else has one of their
    /// addresses, or had one.
    fn exchange_assets(&mut self, theme: &Theme) -> bool {
        if !self.findings.is_empty() {
            return false;
        }
        let outputs = Arc::make_mut(&mut self.plan.outputs);
        for path in self.assets.iter().filter_map(|path| OutputPath::new(&file_of(path)).ok()) {
            outputs.remove(&path);
        }
        for asset in &theme.assets {
            let Ok(path) = OutputPath::new(&file_of(&asset.path)) else { return false };
            if outputs.insert(path, Output::Asset(Arc::clone(&asset.bytes))).is_some() {
                return false;
            }
        }
        self.plan.assets = AssetPaths::of(theme);
        self.assets = asset_paths(theme);
        true
    }
}

/// The names of the theme's assets, which carry what is in them.
fn asset_paths(theme: &Theme) -> Vec<String> {
    theme.assets.iter().map(|asset| asset.path.clone()).collect()
}

/// Whether an item has the same outputs, the same place in every list and the same links as it had.
fn is_planned_alike(old: &Item, new: &Item) -> bool {
    let links = |guide: &Option<Arc<Rendered>>| guide.as_ref().is_some_and(|guide| !guide.links.is_empty());
    let facts = |item: &Item| (item.facts.task_code.clone(), item.facts.handle_item_code.clone());
    old.slug == new.slug
        && old.file == new.file
        && old.department == new.department
        && old.status.is_open() == new.status.is_open()
        && has_sheet(old) == has_sheet(new)
        && old.everyday_name() == new.everyday_name()
        && facts(old) == facts(new)
        && old.files == new.files
        && has_same_cases(old, new)
        && old.facts.changes.iter().map(|change| change.date).eq(new.facts.changes.iter().map(|change| change.date))
        && old.basis.iter().map(|basis| basis.law).eq(new.basis.iter().map(|basis| basis.law))
        && old.materials.iter().map(|one| one.shared).eq(new.materials.iter().map(|one| one.shared))
        && old.places.iter().map(|place| place.place).eq(new.places.iter().map(|place| place.place))
        && old.topics == new.topics
        && old.guide.is_some() == new.guide.is_some()
        && (old.guide.as_ref().map(Arc::as_ptr) == new.guide.as_ref().map(Arc::as_ptr)
            || !(links(&old.guide) || links(&new.guide)))
}
