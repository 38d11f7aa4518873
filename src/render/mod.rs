//! The render stage: one planned output becomes bytes. Pure, and run in parallel.
//!
//! The only user of tera. A fault in a template is a finding at its place.

mod compiled;
mod expand;

use std::sync::Arc;

use tera::{Context, Error as TeraError, ErrorKind, Tera, Value};

use crate::diagnostics::{Finding, Findings, Target, Words, codes};
use crate::opendata;
use crate::output::OutputPath;
use crate::plan::{Output, OutputPlan, Page, path_of};
use crate::portal::Portal;
use crate::source::{FileId, SourceTree};
use crate::theme::Theme;
use crate::view::{self, PageView, Scene, View};

pub use compiled::Compiled;
use compiled::Templates;

/// The templates, ready to render pages of one plan.
#[derive(Debug)]
pub struct Renderer {
    templates: Arc<Templates>,
    files: Vec<(String, FileId)>,
}

/// What an output is made of.
#[derive(Debug)]
pub enum Made {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file of the content folder: its path in the tree.
    Copy(String),
}

impl Renderer {
    /// Loads the templates of a theme.
    ///
    /// Built-in templates become files of the tree only when one of them has a
    /// fault, so that the finding can show its place.
    pub fn new(
        portal: &Portal,
        plan: &OutputPlan,
        theme: &Theme,
        tree: &mut SourceTree,
        compiled: &mut Compiled,
    ) -> (Option<Self>, Findings) {
        let mut findings = Findings::default();
        let files: Vec<(String, FileId)> = theme
            .templates
            .iter()
            .map(|template| {
                let file = template.file.unwrap_or_else(|| {
                    tree.add_text(&format!("（内置主题）/templates/{}", template.name), &template.text)
                });
                (template.name.clone(), file)
            })
            .collect();
        let site = Value::from_serializable(&view::site_view(portal, plan));
        match compiled.templates(theme, site) {
            Ok(templates) => (Some(Renderer { templates, files }), findings),
            Err(error) => {
                findings.extend(load_findings(&error, theme, &files));
                (None, findings)
            }
        }
    }

    /// Makes one output.
    ///
    /// # Errors
    ///
    /// A finding at the place in the template where rendering failed.
    pub fn make(
        &self,
        portal: &Portal,
        plan: &OutputPlan,
        path: &OutputPath,
        output: &Output,
    ) -> Result<Made, Box<Finding>> {
        let scene = Scene { portal, plan };
        match output {
            Output::Page(page) => self.page(scene, *page).map(Made::Bytes),
            Output::Redirect { to, name } => {
                let (page, view) = view::redirect(scene, &path_of(path), to, name);
                self.render(&page, &view).map(Made::Bytes)
            }
            Output::Data(data) => Ok(Made::Bytes(opendata::make(portal, plan, *data))),
            Output::Asset(bytes) => Ok(Made::Bytes(bytes.to_vec())),
            Output::Copy(path) => Ok(Made::Copy(path.clone())),
        }
    }

    fn page(&self, scene: Scene<'_>, page: Page) -> Result<Vec<u8>, Box<Finding>> {
        let (page, view) = view::view(scene, page);
        self.render(&page, &view)
    }

    fn render(&self, page: &PageView, view: &View) -> Result<Vec<u8>, Box<Finding>> {
        let name = format!("pages/{}.html", page.kind);
        let rendered = Context::from_serialize(view).and_then(|mut context| {
            context.insert_value("page", Value::from_serializable(page));
            self.templates.render(&name, &context)
        });
        rendered.map_err(|error| Box::new(self.finding(&error, &name)))
    }

    #[cfg(test)]
    fn templates(&self) -> &Templates {
        &self.templates
    }

    fn finding(&self, error: &TeraError, page: &str) -> Finding {
        let report = match error.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => Some(report),
            _ => None,
        };
        let name = report.map_or(page, |report| report.filename());
        let file = self.files.iter().find(|(known, _)| known == name).or_else(|| self.files.first());
        let file = file.map_or(FileId::FIRST, |(_, file)| *file);
        match report {
            Some(report) => template_finding(file, Target::Bytes(report.span().range.clone()), report.message()),
            None => template_finding(file, Target::File, &error.to_string()),
        }
    }
}

fn template_finding(file: FileId, target: Target, message: &str) -> Finding {
    Finding::new(
        &codes::TP01,
        file,
        target,
        Words::new(format!("模板有错：{message}"), format!("fault in the template: {message}")),
    )
    .allowed("themes/README.md 里列出的变量和组件", "the variables and components listed in themes/README.md")
    .repair("改正模板，或者删掉它，用内置的", "correct the template, or delete it to use the built-in one")
}

/// The findings of templates that could not be loaded.
///
/// tera reports all broken files in one text when they are added together, so
/// each of the portal's own templates is looked at alone to find its place.
fn load_findings(error: &TeraError, theme: &Theme, files: &[(String, FileId)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (template, (name, file)) in theme.templates.iter().zip(files) {
        let mut alone = Tera::new();
        if let Err(error) = alone.add_raw_templates(vec![(name.clone(), template.text.to_string())])
            && let ErrorKind::SyntaxError(report) = error.kind()
        {
            findings.push(template_finding(*file, Target::Bytes(report.span().range.clone()), report.message()));
        }
    }
    if findings.is_empty() {
        findings.push(unplaced_finding(&error.to_string(), theme, files));
    }
    findings
}

/// The finding of a fault whose place tera does not tell: an unknown component
/// or layout. It is looked for by its name, first in the portal's own templates.
fn unplaced_finding(text: &str, theme: &Theme, files: &[(String, FileId)]) -> Finding {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(first);
    let mut templates: Vec<_> = theme.templates.iter().zip(files).collect();
    templates.sort_by_key(|(template, _)| template.file.is_none());
    let is_name = |name: &&str| !name.is_empty() && !files.iter().any(|(known, _)| known == name);
    let names: Vec<&str> = message.split(['`', '\'']).skip(1).step_by(2).filter(is_name).collect();
    for name in names {
        let found = templates.iter().find_map(|(template, (_, file))| Some((template.text.find(name)?, *file)));
        if let Some((at, file)) = found {
            return template_finding(file, Target::Bytes(at..at + name.len()), message);
        }
    }
    let named = files.iter().find(|(name, _)| text.contains(name.as_str())).or_else(|| files.first());
    template_finding(named.map_or(FileId::FIRST, |(_, file)| *file), Target::File, message)
}
