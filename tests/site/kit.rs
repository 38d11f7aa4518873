//! Whole small sites as text: the smallest valid portal, what a test changes
//! in it, and the ways to run it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jiff::civil::{Date, date};
use mingbai::diagnostics::{Finding, Lang};
use mingbai::pipeline::{self, Input};
use mingbai::printing::{Format, locate, print};
use mingbai::source::SourceTree;
use tempfile::TempDir;

/// The smallest portal without a finding; tests change what they are about.
pub(crate) const MINIMAL: &str = include_str!("minimal.txt");

/// The day the tests are made for, so that none depends on today's.
pub(crate) const TODAY: Date = date(2026, 7, 1);

pub(crate) const SITE: &str = "content/site.yaml";
pub(crate) const TOPICS: &str = "content/topics.yaml";
pub(crate) const LAW: &str = "content/laws/food-law.yaml";
pub(crate) const PLACE: &str = "content/places/hall.yaml";
pub(crate) const DEPARTMENT: &str = "content/departments/scjgj/department.yaml";
pub(crate) const ITEM: &str = "content/departments/scjgj/food/item.yaml";

/// The files of a portal that is not on disk yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site {
    files: BTreeMap<String, Vec<u8>>,
    links: BTreeMap<String, PathBuf>,
    pipes: Vec<String>,
}

impl Site {
    /// The smallest valid portal.
    pub(crate) fn minimal() -> Self {
        Site::default().with(MINIMAL)
    }

    /// Adds or replaces the files of a text with `-- path --` headers.
    pub(crate) fn with(mut self, text: &str) -> Self {
        for (path, body) in sections(text) {
            self.files.insert(path, body.into_bytes());
        }
        self
    }

    /// Adds or replaces one file.
    pub(crate) fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// Takes a file away; it must be there.
    pub(crate) fn without(mut self, path: &str) -> Self {
        assert!(self.files.remove(path).is_some(), "there is no {path} to remove");
        self
    }

    /// The paths of the files.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Adds a symbolic link.
    pub(crate) fn link(mut self, path: &str, target: impl Into<PathBuf>) -> Self {
        self.links.insert(path.to_owned(), target.into());
        self
    }

    /// Adds a named pipe, which is no file.
    pub(crate) fn pipe(mut self, path: &str) -> Self {
        self.pipes.push(path.to_owned());
        self
    }

    /// Replaces a part of a file; it must be there, and once.
    pub(crate) fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once in {path}:\n{text}");
        let text = text.replacen(from, to, 1);
        self.file(path, text)
    }

    /// Adds lines at the end of a file.
    pub(crate) fn append(self, path: &str, more: &str) -> Self {
        let text = self.text(path) + more;
        self.file(path, text)
    }

    /// The text of a file; it must be there.
    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path).to_vec()).expect("a text is asked for")
    }

    /// Adds an item like that of the smallest portal: its folder, everyday name and the
    /// last digits of its code are its own.
    pub(crate) fn item(self, slug: &str, name: &str, number: u32) -> Self {
        let text = Site::item_text(name, number);
        self.file(&format!("content/departments/scjgj/{slug}/item.yaml"), text)
    }

    /// The text of such an item.
    pub(crate) fn item_text(name: &str, number: u32) -> String {
        let text = Site::minimal().text(ITEM).replace("食品经营许可", name);
        text.replace("U3000131001000", &format!("U30001310{number:02}000"))
    }

    /// The bytes of a file; it must be there.
    pub(crate) fn bytes(&self, path: &str) -> &[u8] {
        self.files.get(path).unwrap_or_else(|| panic!("there is no {path}"))
    }

    /// Writes the portal into a new folder.
    pub(crate) fn write(&self) -> Root {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        self.write_to(folder.path());
        Root { folder }
    }

    /// Writes the portal into a folder.
    pub(crate) fn write_to(&self, folder: &Path) {
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders can be made");
            fs::write(path, bytes).expect("files can be written");
        }
        for (path, target) in &self.links {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a link is in a folder")).expect("folders can be made");
            std::os::unix::fs::symlink(target, path).expect("links can be made");
        }
        for path in &self.pipes {
            let made = Command::new("mkfifo").arg(folder.join(path)).status().expect("mkfifo is there");
            assert!(made.success());
        }
    }

    /// Every finding of a build, printed for people.
    pub(crate) fn findings(&self, lang: Lang) -> String {
        let root = self.write();
        let input = root.input();
        let built = pipeline::build(&input, &root.path().join("dist"), false, &|_, _| {}).expect("there is content");
        printed(built.findings.into_vec(), &built.tree, lang)
    }

    /// The built site, file by file; there may be no finding at all.
    pub(crate) fn built(&self) -> Built {
        self.built_as(|input| input)
    }

    /// The built site, made from a changed input.
    pub(crate) fn built_as(&self, change: impl Fn(Input) -> Input) -> Built {
        let root = self.write();
        let out = root.path().join("dist");
        let built = pipeline::build(&change(root.input()), &out, false, &|_, _| {}).expect("there is content");
        assert_eq!(printed(built.findings.into_vec(), &built.tree, Lang::Zh), "");
        Built { files: tree(&out) }
    }
}

fn printed(findings: Vec<Finding>, tree: &SourceTree, lang: Lang) -> String {
    print(&locate(findings, tree), tree, Format::Human, lang, false)
}

/// The files of a text with `-- path --` headers.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let header = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        match (header, found.last_mut()) {
            (Some(path), _) => found.push((path.to_owned(), String::new())),
            (None, Some((_, body))) => body.push_str(line),
            (None, None) => assert_eq!(line.trim(), "", "a text begins with a header"),
        }
    }
    found
}

/// A portal on disk.
pub(crate) struct Root {
    folder: TempDir,
}

impl Root {
    /// The folder that holds `content/`.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file in it.
    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The input of a build on the day of the tests.
    pub(crate) fn input(&self) -> Input {
        Input { root: self.path().to_owned(), as_of: TODAY, drafts: false, base_url: None }
    }

    /// Runs the program here on the day of the tests.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        run_in(self.path(), arguments, &[])
    }

    /// Writes other files over the present ones.
    pub(crate) fn update(&self, site: &Site) {
        site.write_to(self.path());
    }
}

/// Runs the program in a folder, with some variables set.
pub(crate) fn run_in(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingbai"));
    command.args(arguments).current_dir(folder).envs(variables.iter().copied());
    Ran::of(&command.output().expect("the program can be run"))
}

/// What the program printed and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program prints UTF-8");
        Ran {
            status: output.status.code().expect("the program ends by itself"),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }
}

/// A finished site in memory.
pub(crate) struct Built {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Built {
    /// The text of an output; it must be there.
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("{path} is not among {:?}", self.files.keys()));
        std::str::from_utf8(bytes).expect("pages are UTF-8")
    }

    /// The words of a page between `<main` and `</main>`, one line an element
    /// that holds text.
    pub(crate) fn words(&self, path: &str) -> Vec<String> {
        let page = self.text(path);
        let start = page.find("<main").expect("a page has a main part");
        let end = page.find("</main>").expect("the main part ends");
        words(&page[start..end])
    }

    /// The paths of all outputs.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).collect()
    }
}

/// The texts between tags, without blanks around them.
pub(crate) fn words(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in html.split('<').skip(1) {
        let text = part.split_once('>').map_or("", |(_, text)| text).trim();
        if !text.is_empty() {
            found.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    found
}

/// Every file below a folder with its bytes, by its path with `/`.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, folder, &mut |path, file| {
        files.insert(path, fs::read(file).expect("files can be read"));
    });
    files
}

/// Calls `each` for every file below a folder, with its path from the folder.
pub(crate) fn collect(folder: &Path, at: &Path, each: &mut dyn FnMut(String, &Path)) {
    let mut entries: Vec<PathBuf> = fs::read_dir(at)
        .expect("folders can be read")
        .map(|entry| entry.expect("entries can be read").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(folder, &path, each);
        } else {
            let name = path.strip_prefix(folder).expect("it was found there").to_string_lossy().replace('\\', "/");
            each(name, &path);
        }
    }
}
