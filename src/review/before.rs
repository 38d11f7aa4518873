//! The state a preview is compared with: read once, and shown page by page.

use std::path::Path;

use crate::diagnostics::{Findings, Words};
use crate::load::git::Repository;
use crate::output::OutputPath;
use crate::pipeline::Input;
use crate::plan::{Output, OutputPlan, path_of};
use crate::portal::Portal;
use crate::render::{Compiled, Made, Renderer};
use crate::review::Half;
use crate::review::sides::{at_commit, compared, drifted, working_tree};
use crate::theme;

/// The state a preview is compared with, and how the comparison is called.
#[derive(Debug)]
pub struct Before {
    /// What it was.
    pub base: Half,
    /// The name of the working tree.
    pub head: Words,
    /// What is compared with what.
    pub about: Vec<Words>,
    /// The templates of then; none if they have a fault, or there is no portal.
    renderer: Option<Renderer>,
}

/// What was at an address.
#[derive(Debug)]
pub enum Earlier {
    /// A file of this name, with these bytes.
    File(String, Vec<u8>),
    /// A way to another site path.
    Redirect(String),
}

/// Reads the revision a preview is compared with.
///
/// # Errors
///
/// When there is no such revision, or it cannot be read.
pub fn before(asked: &str, input: &Input) -> Result<Before, Words> {
    let repository = Repository::of(&input.root)?.ok_or_else(|| no_history(&input.root))?;
    if asked.contains("..") {
        return Err(Words::new(
            format!(
                "预览总是把现在的内容和一个旧版本比较，`{asked}` 是两个版本。只写前一个，或者用 mingbai review {asked}"
            ),
            format!(
                "a preview compares the working tree with one revision, and `{asked}` is two: name the first only, or use mingbai review {asked}"
            ),
        ));
    }
    let commit = repository.commit(asked)?;
    let mut base = at_commit(&repository, &commit, input)?;
    let head = working_tree();
    let mut about = vec![compared(&base.name, &head)];
    about.extend(drifted(&repository, &commit));
    if base.portal.is_none() {
        about.push(Words::new(
            "旧版本的内容有错，做不出门户：只能列出新增和消除的问题",
            "the earlier state has errors and makes no portal: only findings are compared",
        ));
    }
    let renderer = renderer(&mut base);
    Ok(Before { base, head, about, renderer })
}

fn no_history(root: &Path) -> Words {
    Words::new(
        format!("`{}` 不在 git 仓库里，没有旧版本可以比较。去掉 --review", root.display()),
        format!(
            "`{}` is in no git repository, so there is no revision to compare with: leave --review out",
            root.display()
        ),
    )
}

/// The templates of a state.
fn renderer(half: &mut Half) -> Option<Renderer> {
    let (portal, plan) = (half.portal.as_ref()?, half.plan.as_ref()?);
    let name = portal.site.theme.as_ref().map_or("default", |name| name.as_str());
    // Faults are found and told when the two states are compared.
    let theme = theme::theme(&half.tree, name, portal.site_file, &mut Findings::default());
    Renderer::new(portal, plan, &theme, &mut half.tree, &mut Compiled::default()).0
}

impl Before {
    /// The site path of the base: `/` or `/zwfw/`.
    pub fn base_path(&self) -> &str {
        self.base.portal.as_ref().map_or("/", |portal| portal.base_path.as_str())
    }

    /// Whether it had a page at this site path.
    pub fn has_page(&self, path: &str) -> bool {
        let found = self.base.plan.as_ref().and_then(|plan| plan.find(path));
        found.is_some_and(|(_, output)| matches!(output, Output::Page(_)))
    }

    /// What was at this site path.
    pub fn make(&self, path: &str) -> Option<Earlier> {
        let (portal, plan) = (self.base.portal.as_ref()?, self.base.plan.as_ref()?);
        let Some((file, output)) = plan.find(path) else {
            let folder = format!("{path}/");
            let is_folder = !path.ends_with('/') && plan.find(&folder).is_some();
            return is_folder.then_some(Earlier::Redirect(folder));
        };
        if let Output::Redirect { to, .. } = output {
            return Some(Earlier::Redirect(to.clone()));
        }
        Some(Earlier::File(path_of(file), self.bytes(portal, plan, file, output)?))
    }

    fn bytes(&self, portal: &Portal, plan: &OutputPlan, file: &OutputPath, output: &Output) -> Option<Vec<u8>> {
        match self.renderer.as_ref()?.make(portal, plan, file, output).ok()? {
            Made::Bytes(bytes) => Some(bytes),
            Made::Copy(name) => self.base.bytes(&name),
        }
    }
}
