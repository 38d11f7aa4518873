//! The same pages made by Hugo and Eleventy.
//!
//! Both get the texts of every page of the finished site as data, one content
//! file a page, and small templates that loop over them (`hugo/`, `eleventy/`):
//! as many pages, of the same size within a few per cent. That is less work than
//! the portal has: what a page says was worked out already, lists are ready, no
//! Markdown, no data files, no feeds, no search, no checks. Zola is on no
//! registry that could be asked, so it is not here.

pub(crate) mod install;
mod pages;

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

pub(crate) use install::Installed;

use super::process::{self, Run, copy, median, settle};
use super::size::{self, Size};

/// What was measured of one of them.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Peer {
    /// What it is called, with its version.
    pub(crate) name: String,
    /// Its pages.
    pub(crate) pages: Size,
    /// The seconds of a build into a new folder.
    pub(crate) build: f64,
    /// `cp -r` of its site.
    pub(crate) copy: f64,
    /// Its peak memory in MiB.
    pub(crate) memory: f64,
    /// A build into the same folder when one page has changed.
    pub(crate) one_item: f64,
    /// A build into the same folder when the template of all pages has changed.
    pub(crate) one_template: f64,
    /// Why there are no figures: it did not come to an end.
    pub(crate) failure: Option<String>,
}

/// How one of them is set up.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// The files of its project; `HEADER` and `FOOTER` in them are those of the site.
    files: &'static [(&'static str, &'static str)],
    /// Before and after the data of a page.
    fence: (&'static str, &'static str),
    /// The template that is changed.
    template: &'static str,
    /// Its arguments for a build into this folder.
    arguments: fn(&Path) -> Vec<String>,
}

/// Those that are known.
pub(crate) const KINDS: [Kind; 2] = [
    Kind {
        name: "Hugo",
        files: &[
            ("hugo.toml", include_str!("hugo/hugo.toml")),
            ("layouts/single.html", include_str!("hugo/layouts/single.html")),
            ("layouts/_partials/head.html", include_str!("hugo/layouts/_partials/head.html")),
            ("layouts/_partials/section.html", include_str!("hugo/layouts/_partials/section.html")),
        ],
        fence: ("", "\n"),
        template: "layouts/single.html",
        arguments: |out| vec!["--quiet".to_owned(), "--destination".to_owned(), out.display().to_string()],
    },
    Kind {
        name: "Eleventy",
        files: &[
            ("package.json", "{ \"private\": true, \"type\": \"module\" }\n"),
            ("eleventy.config.js", include_str!("eleventy/eleventy.config.js")),
            ("content/content.json", "{ \"layout\": \"page.njk\" }\n"),
            ("_includes/page.njk", include_str!("eleventy/_includes/page.njk")),
            ("_includes/section.njk", include_str!("eleventy/_includes/section.njk")),
        ],
        fence: ("---json\n", "\n---\n"),
        template: "_includes/page.njk",
        arguments: |out| vec!["--quiet".to_owned(), format!("--output={}", out.display())],
    },
];

/// Measures those that are installed on the pages of a finished site.
pub(crate) fn measure(
    site: &Path,
    folder: &Path,
    runs: usize,
    installed: &[Installed],
) -> Result<Vec<Peer>, Box<dyn Error>> {
    let mut peers = Vec::new();
    for one in installed {
        let name = format!("{} {}", one.kind.name, one.version);
        peers.push(one.measure(site, &folder.join(one.kind.name.to_lowercase()), runs).unwrap_or_else(|error| {
            eprintln!("{name} did not finish: {error}");
            let failure = error.to_string().lines().next().map(str::to_owned);
            Peer { name, failure, ..Peer::default() }
        }));
    }
    Ok(peers)
}

impl Installed {
    fn measure(&self, site: &Path, folder: &Path, runs: usize) -> Result<Peer, Box<dyn Error>> {
        let project = folder.join("project");
        self.write(site, &project)?;
        let out = |n: usize| folder.join(format!("site-{n}"));
        let (mut builds, mut copies) = (Vec::new(), Vec::new());
        for n in 0..runs {
            settle()?;
            builds.push(self.build(&project, &out(n))?);
            settle()?;
            copies.push(copy(&out(n), &folder.join(format!("copy-{n}")))?);
        }
        let pages = size::size(&out(0), &size::is_page)?;
        let again = |file: &str, from: &str, to: &str| -> Result<f64, Box<dyn Error>> {
            let mut seconds = Vec::new();
            for n in 0..runs {
                let file = project.join(file);
                let text = fs::read_to_string(&file)?;
                fs::write(&file, text.replacen(from, &format!("{to}{n}{from}"), 1))?;
                settle()?;
                seconds.push(self.build(&project, &out(0))?.seconds);
            }
            Ok(median(seconds))
        };
        Ok(Peer {
            name: format!("{} {}", self.kind.name, self.version),
            pages,
            build: median(builds.iter().map(|run| run.seconds).collect()),
            copy: median(copies),
            memory: median(builds.iter().map(|run| run.memory).collect()),
            one_item: again("content/0.md", "\",\"description\"", "修改")?,
            one_template: again(self.kind.template, "</body>", "<p>修改")?,
            failure: None,
        })
    }

    fn build(&self, project: &Path, out: &Path) -> Result<Run, Box<dyn Error>> {
        let mut command = Command::new(&self.program);
        // Node ends at 4 GB otherwise, which ten thousand items are too many for.
        command.env("NODE_OPTIONS", "--max-old-space-size=16384");
        command.args(&self.before).args((self.kind.arguments)(&std::path::absolute(out)?)).current_dir(project);
        process::run(&mut command)
    }

    /// Writes the project: its templates, and a content file for each page of the site.
    fn write(&self, site: &Path, project: &Path) -> Result<(), Box<dyn Error>> {
        let frame = pages::frame(&fs::read_to_string(site.join("topics/index.html"))?)?;
        for (path, text) in self.kind.files {
            put(&project.join(path), &text.replace("HEADER\n", &frame.header).replace("FOOTER\n", &frame.footer))?;
        }
        let mut files = Vec::new();
        size::walk(site, &mut |path, _| files.extend(size::is_page(path).then(|| path.to_owned())))?;
        let (before, after) = self.kind.fence;
        for (n, file) in files.iter().enumerate() {
            let path = file.strip_prefix(site)?.to_string_lossy().into_owned();
            let page = pages::page(&path, &fs::read_to_string(file)?);
            put(
                &project.join(format!("content/{n}.md")),
                &format!("{before}{}{after}", serde_json::to_string(&page)?),
            )?;
        }
        Ok(())
    }
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
