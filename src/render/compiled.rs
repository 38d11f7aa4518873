//! The templates of a theme, compiled: as they are written, and as pages are made from them.
//!
//! Much of a page is the same on all pages. What shows nothing but the site, and what a component shows when all its
//! arguments are known, is worked out here once; other calls are replaced by `expand`. Where a template fails, the
//! ones as they are written say at which place.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, Error, Tera, Value};

use super::expand::{self, expanded};
use crate::theme::Theme;

/// How large a page is, roughly, in bytes.
const PAGE: usize = 64 * 1024;

/// Templates that were compiled before, for the next plan with the same theme and site.
#[derive(Debug, Default)]
pub struct Compiled(Option<Compilation>);

/// A set of templates and what it was compiled from.
#[derive(Debug)]
struct Compilation {
    texts: Vec<(String, Arc<str>)>,
    site: Value,
    templates: Arc<Templates>,
}

/// Compiled templates.
#[derive(Debug)]
pub(super) struct Templates {
    /// As they are written.
    plain: Tera,
    /// With everything done that can be done once.
    quick: Option<Tera>,
}

impl Compiled {
    /// The templates of a theme, for pages of one site.
    ///
    /// # Errors
    ///
    /// The engine's, when a template cannot be read.
    pub(super) fn templates(&mut self, theme: &Theme, site: Value) -> Result<Arc<Templates>, Error> {
        if let Some(Compilation { texts, site: before, templates }) = &self.0 {
            let texts = texts.iter().map(|(name, text)| (name, text));
            let now = theme.templates.iter().map(|template| (&template.name, &template.text));
            if texts.eq(now) && *before == site {
                return Ok(Arc::clone(templates));
            }
        }
        let mut plain = Tera::new();
        plain.add_raw_templates(theme.templates.iter().map(|template| (&template.name, &template.text)))?;
        plain.global_context().insert_value("site", site.clone());
        let quick = quick(&plain, theme);
        let texts = theme.templates.iter().map(|template| (template.name.clone(), Arc::clone(&template.text)));
        let templates = Arc::new(Templates { plain, quick });
        self.0 = Some(Compilation { texts: texts.collect(), site, templates: Arc::clone(&templates) });
        Ok(templates)
    }
}

impl Templates {
    /// A page.
    ///
    /// # Errors
    ///
    /// The engine's, when a template asks for what is not there.
    pub(super) fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Error> {
        let quick = self.quick.as_ref().and_then(|tera| render(tera, name, context).ok());
        quick.map_or_else(|| render(&self.plain, name, context), Ok)
    }
}

fn render(tera: &Tera, name: &str, context: &Context) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::with_capacity(PAGE);
    tera.render_to(name, context, &mut bytes)?;
    Ok(bytes)
}

/// The templates from which pages are made faster; none when something is in the way, so that the plain ones are used.
fn quick(plain: &Tera, theme: &Theme) -> Option<Tera> {
    // A component can take what its caller does not name; then nothing is certain.
    if theme.templates.iter().any(|template| has_implicit_parameter(&template.text)) {
        return None;
    }
    let built_in = || theme.templates.iter().filter(|template| template.file.is_none());
    let calls = built_in().flat_map(|template| expand::constant_calls(&template.text));
    // What fails is left as it is, and fails on its page.
    let shown = |call: &str| raw(&plain.render_str(&format!("{{{{{call}}}}}"), &Context::new(), true).ok()?);
    let constants: BTreeMap<String, String> = calls.filter_map(|call| Some((call.to_owned(), shown(call)?))).collect();
    let texts = expanded(built_in().map(|template| (template.name.as_str(), &*template.text)), constants);
    let mut quick = plain.clone();
    quick.add_raw_templates(texts).ok()?;
    fold_layout(&mut quick, theme);
    Some(quick)
}

/// Makes plain text of every part of the layout that shows nothing but the site, such as the footer.
fn fold_layout(tera: &mut Tera, theme: &Theme) {
    let layout = theme.templates.iter().filter(|template| template.name.starts_with("layout/"));
    let folded: Vec<(String, String)> = layout
        .filter_map(|template| {
            let variables = tera.get_template_variables(&template.name).ok()?;
            if variables.iter().any(|variable| *variable != "site") {
                return None;
            }
            let text = tera.render(&template.name, &Context::new()).ok()?;
            Some((template.name.clone(), raw(&text)?))
        })
        .collect();
    // All or none are replaced, and both show the same.
    let _ = tera.add_raw_templates(folded);
}

/// A text as a template that shows it.
fn raw(text: &str) -> Option<String> {
    match text {
        text if text.contains("endraw") => None,
        text if text.contains("{{") || text.contains("{%") || text.contains("{#") => {
            Some(format!("{{% raw %}}{text}{{% endraw %}}"))
        }
        text => Some(text.to_owned()),
    }
}

/// Whether a component of a template has a parameter such as `@page`.
fn has_implicit_parameter(text: &str) -> bool {
    let heads = text.split("{% component").skip(1).filter_map(|rest| rest.split("%}").next());
    heads.into_iter().any(|head| head.contains('@'))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::pipeline::{self, Input};
    use crate::plan::Output;
    use crate::view::{self, Scene};

    use super::*;

    #[test]
    fn pages_are_the_same_to_the_byte() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
        let input = Input { root, as_of: jiff::civil::date(2026, 11, 22), drafts: true, base_url: None };
        let ready = pipeline::plan(&input).unwrap().ready.unwrap();
        let templates = ready.renderer.templates();
        let quick = templates.quick.as_ref().unwrap();
        let scene = Scene { portal: &ready.portal, plan: &ready.plan };
        let mut pages = 0;
        for output in ready.plan.outputs.values() {
            let Output::Page(page) = output else { continue };
            let (head, view) = view::view(scene, *page);
            let name = format!("pages/{}.html", head.kind);
            let mut context = Context::from_serialize(&view).unwrap();
            context.insert_value("page", Value::from_serializable(&head));
            let text = |tera| String::from_utf8(render(tera, &name, &context).unwrap()).unwrap();
            let (plain, quick) = (text(&templates.plain), text(quick));
            let differs = plain.lines().zip(quick.lines()).find(|(a, b)| a != b);
            assert!(plain == quick, "{}: {differs:?}", head.kind);
            pages += 1;
        }
        assert!(pages > 300, "{pages}");
    }
}
