//! Files of a git revision, without a checkout.
//!
//! git itself is asked (`ls-tree`, `cat-file --batch`), so that bare, shallow and
//! linked clones, packed objects and every configuration work as they do for it.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use crate::diagnostics::Words;
use crate::load::{Given, Loaded, is_read, load_given};

/// How many links lead from one to the next at most.
const MAX_LINKS: usize = 8;

/// A repository, seen from the folder of a portal.
#[derive(Debug, Clone)]
pub struct Repository {
    folder: PathBuf,
    /// The portal's folder from the top of the repository: empty, or with `/` at its end.
    prefix: String,
    is_bare: bool,
    is_shallow: bool,
}

/// A commit, and what it was asked for as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its full name.
    pub id: String,
    /// What it was asked for as: `main`, `HEAD~1`.
    pub asked: String,
    /// Whether it is not that commit, but where another line of commits parted from it.
    pub is_fork: bool,
}

impl Commit {
    /// The first ten digits of its name.
    pub fn short(&self) -> &str {
        self.id.get(..10).unwrap_or(&self.id)
    }
}

/// The files of a revision, and which blob each is.
#[derive(Debug)]
pub struct Revision {
    /// The files as the load stage gives them.
    pub loaded: Loaded,
    /// The blob of each file, by its path from the portal's folder.
    pub blobs: BTreeMap<String, String>,
}

/// One entry of a tree.
struct Entry {
    mode: String,
    blob: String,
    size: u64,
}

impl Repository {
    /// The repository a folder belongs to; none if it belongs to none.
    ///
    /// # Errors
    ///
    /// When git is not installed or refuses to work here.
    pub fn of(folder: &Path) -> Result<Option<Repository>, Words> {
        let mut repository =
            Repository { folder: folder.to_owned(), prefix: String::new(), is_bare: false, is_shallow: false };
        let asked = repository.run(&["rev-parse", "--is-bare-repository", "--is-shallow-repository"])?;
        if !asked.status.success() {
            let why = String::from_utf8_lossy(&asked.stderr).into_owned();
            return if why.contains("not a git repository") { Ok(None) } else { Err(refused(&why)) };
        }
        let said = String::from_utf8_lossy(&asked.stdout).into_owned();
        let mut lines = said.lines();
        repository.is_bare = lines.next() == Some("true");
        repository.is_shallow = lines.next() == Some("true");
        if !repository.is_bare {
            repository.prefix = repository.text(&["rev-parse", "--show-prefix"]).unwrap_or_default();
        }
        Ok(Some(repository))
    }

    /// Whether it has no working tree.
    pub fn is_bare(&self) -> bool {
        self.is_bare
    }

    /// The commit a name stands for.
    ///
    /// # Errors
    ///
    /// When there is none; a shallow clone is told how to get it.
    pub fn commit(&self, asked: &str) -> Result<Commit, Words> {
        self.find(asked).ok_or_else(|| self.no_commit(asked))
    }

    /// The commit a name stands for, if there is one.
    pub fn find(&self, asked: &str) -> Option<Commit> {
        if asked.is_empty() || asked.starts_with('-') {
            return None;
        }
        let id = self.text(&["rev-parse", "--verify", "--quiet", &format!("{asked}^{{commit}}")])?;
        Some(Commit { id, asked: asked.to_owned(), is_fork: false })
    }

    /// Where one line of commits parted from another.
    pub fn merge_base(&self, one: &Commit, other: &Commit) -> Option<Commit> {
        let id = self.text(&["merge-base", &one.id, &other.id])?;
        let id = id.lines().next()?.to_owned();
        Some(Commit { is_fork: id != other.id, id, asked: other.asked.clone() })
    }

    /// How many commits lead from one commit to another.
    pub fn distance(&self, from: &Commit, to: &Commit) -> usize {
        let count = self.text(&["rev-list", "--count", &format!("{}..{}", from.id, to.id)]);
        count.and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    /// Whether the history is cut off.
    pub fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    /// The content and themes of a commit.
    ///
    /// # Errors
    ///
    /// When git cannot give them, or there is no content folder in this commit.
    pub fn load(&self, commit: &Commit) -> Result<Revision, Words> {
        let prefix = if self.is_bare { self.portal_in(commit) } else { self.prefix.clone() };
        let entries = self.entries(&format!("{}:{}", commit.id, prefix.trim_end_matches('/')));
        let entries = entries.filter(|entries| entries.keys().any(|path| path.starts_with("content/")));
        let Some(entries) = entries else { return Err(no_content(commit)) };
        let mut given: Vec<(String, Given)> = Vec::new();
        let mut wanted: Vec<(String, &str)> = Vec::new();
        let mut blobs = BTreeMap::new();
        for (path, entry) in entries.iter().filter(|(_, entry)| entry.mode != "160000") {
            let Some((target, entry)) = self.follow(path, entry, &entries) else {
                given.push((path.clone(), Given::LinkOut));
                continue;
            };
            blobs.insert(path.clone(), entry.blob.clone());
            if is_read(path, entry.size) {
                wanted.push((path.clone(), &entries[&target].blob));
            } else {
                given.push((path.clone(), Given::Size(entry.size)));
            }
        }
        let names: Vec<&str> = wanted.iter().map(|(_, blob)| *blob).collect();
        self.blobs(&names, &mut |n, bytes| {
            let contents = match bytes {
                Some(bytes) => Given::Bytes(bytes),
                None => Given::Unreadable(Words::new("仓库里没有它的内容", "the repository lacks its contents")),
            };
            given.push((wanted[n].0.clone(), contents));
        })?;
        Ok(Revision { loaded: load_given(given), blobs })
    }

    /// Where the portal is in a bare repository: the topmost folder with `content/site.yaml`.
    fn portal_in(&self, commit: &Commit) -> String {
        let listed = self.run(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &commit.id]);
        let Ok(listed) = listed else { return String::new() };
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let sites = listed.split('\0').filter_map(|path| path.strip_suffix("content/site.yaml"));
        let sites = sites.filter(|prefix| prefix.is_empty() || prefix.ends_with('/'));
        sites.min_by_key(|prefix| prefix.matches('/').count()).unwrap_or_default().to_owned()
    }

    /// The entries of a tree, by path.
    fn entries(&self, tree: &str) -> Option<BTreeMap<String, Entry>> {
        let listed = self.run(&["ls-tree", "-r", "-z", "-l", "--full-tree", tree, "--", "content/", "themes/"]).ok()?;
        if !listed.status.success() {
            return None;
        }
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let entry = |line: &str| {
            let (facts, path) = line.split_once('\t')?;
            let mut facts = facts.split_whitespace();
            let (mode, _, blob, size) = (facts.next()?, facts.next()?, facts.next()?, facts.next()?);
            let entry = Entry { mode: mode.to_owned(), blob: blob.to_owned(), size: size.parse().unwrap_or(0) };
            Some((path.to_owned(), entry))
        };
        Some(listed.split('\0').filter_map(entry).collect())
    }

    /// The file a link leads to, as the load stage follows it on disk.
    fn follow<'e>(
        &self,
        path: &str,
        entry: &'e Entry,
        entries: &'e BTreeMap<String, Entry>,
    ) -> Option<(String, &'e Entry)> {
        let (mut path, mut entry) = (path.to_owned(), entry);
        for _ in 0..MAX_LINKS {
            if entry.mode != "120000" {
                return Some((path, entry));
            }
            let mut target = None;
            self.blobs(&[&entry.blob], &mut |_, bytes| target = bytes).ok()?;
            path = joined(&path, &String::from_utf8(target?).ok()?)?;
            entry = entries.get(&path)?;
        }
        None
    }

    /// Calls `each` with the bytes of every blob, in order; none for what the repository lacks.
    ///
    /// # Errors
    ///
    /// When git breaks off.
    pub fn blobs(&self, names: &[&str], each: &mut dyn FnMut(usize, Option<Vec<u8>>)) -> Result<(), Words> {
        if names.is_empty() {
            return Ok(());
        }
        let broken = |error: io::Error| refused(&error.to_string());
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(not_started)?;
        let (Some(mut asks), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(refused("no pipe"));
        };
        let lines: String = names.iter().map(|name| format!("{name}\n")).collect();
        // Written beside the reading: both pipes are of limited length.
        let writer = thread::spawn(move || asks.write_all(lines.as_bytes()));
        let mut answers = BufReader::new(answers);
        for n in 0..names.len() {
            let mut head = String::new();
            answers.read_line(&mut head).map_err(broken)?;
            let mut facts = head.split_whitespace();
            let size = match (facts.next(), facts.next(), facts.next()) {
                (Some(_), Some("blob"), Some(size)) => size.parse::<u64>().ok(),
                (Some(_), Some("missing"), _) => None,
                _ => return Err(refused("cat-file")),
            };
            let Some(size) = size else {
                each(n, None);
                continue;
            };
            let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).min(1 << 20));
            (&mut answers).take(size).read_to_end(&mut bytes).map_err(broken)?;
            let mut end = [0];
            answers.read_exact(&mut end).map_err(broken)?;
            each(n, Some(bytes));
        }
        drop(answers);
        let _ = writer.join();
        let _ = child.wait();
        Ok(())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(&self.folder)
            .args(["-c", "core.quotePath=false"])
            .args(arguments)
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0");
        command
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, Words> {
        self.command(arguments).stdin(Stdio::null()).output().map_err(not_started)
    }

    /// The answer of a command that succeeds with one.
    fn text(&self, arguments: &[&str]) -> Option<String> {
        let output = self.run(arguments).ok().filter(|output| output.status.success())?;
        let text = String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned();
        (!text.is_empty()).then_some(text)
    }

    fn no_commit(&self, asked: &str) -> Words {
        if self.is_shallow {
            return Words::new(
                format!(
                    "这里没有 `{asked}` 这个版本：仓库是浅克隆，历史不全。先运行 git fetch --unshallow，或者 git fetch origin 加上这个版本的名字"
                ),
                format!(
                    "there is no revision `{asked}` here: the clone is shallow. Run git fetch --unshallow, or git fetch origin with its name"
                ),
            );
        }
        Words::new(
            format!("没有 `{asked}` 这个版本。版本写分支名、标签或提交号，如 main、HEAD~1"),
            format!("there is no revision `{asked}`: name a branch, a tag or a commit, such as main or HEAD~1"),
        )
    }
}

/// The path a relative link leads to; none out of the root.
fn joined(from: &str, target: &str) -> Option<String> {
    if target.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn no_content(commit: &Commit) -> Words {
    Words::new(
        format!("版本 `{}`（{}）里没有 content 文件夹", commit.asked, commit.short()),
        format!("the revision `{}` ({}) has no folder content", commit.asked, commit.short()),
    )
}

fn not_started(error: io::Error) -> Words {
    if error.kind() == io::ErrorKind::NotFound {
        return Words::new(
            "没有找到 git。装上 git 再试，或者用 --against 和另一个文件夹比较",
            "git is not installed: install it, or compare with another folder by --against",
        );
    }
    refused(&error.to_string())
}

fn refused(why: &str) -> Words {
    let why = why.trim().trim_start_matches("fatal: ");
    if why.contains("dubious ownership") {
        return Words::new(
            "git 不肯读这个仓库，因为它属于另一个用户。运行 git config --global --add safe.directory 加上仓库的路径",
            "git refuses to read this repository because it belongs to another user: run git config --global --add safe.directory with its path",
        );
    }
    let line = why.lines().next().unwrap_or_default();
    Words::new(format!("git 出错：{line}"), format!("git failed: {line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_below_the_root() {
        assert_eq!(joined("content/a/b.yaml", "../c.yaml").as_deref(), Some("content/c.yaml"));
        assert_eq!(joined("content/a.yaml", "./b/../c").as_deref(), Some("content/c"));
        assert_eq!(joined("content/a.yaml", "../../c"), None);
        assert_eq!(joined("content/a.yaml", "/etc/passwd"), None);
    }
}
