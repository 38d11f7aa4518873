//! The two states that are compared, and how they are read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Findings, Words};
use crate::load::git::{Commit, Repository};
use crate::load::{self, Loaded};
use crate::pipeline::{self, Checked, Error, Input, Memory};
use crate::plan::{Output, OutputPlan, path_of};
use crate::portal::Portal;
use crate::source::{Pointer, SourceTree};

/// The branches a change is compared with unless it is said.
const MAIN: [&str; 4] = ["main", "origin/main", "master", "origin/master"];

/// What is to be compared.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// `REV` or `REV..REV`.
    pub revisions: Option<String>,
    /// Another folder instead of a revision.
    pub against: Option<PathBuf>,
}

/// One state of a portal.
#[derive(Debug)]
pub struct Half {
    /// What it is called.
    pub name: Words,
    /// The files.
    pub tree: SourceTree,
    /// The portal; none when it cannot be made.
    pub portal: Option<Portal>,
    /// What was found in it.
    pub findings: Findings,
    /// Every output there would be of it.
    pub(super) plan: Option<OutputPlan>,
    /// Where the bytes of passed-on files are.
    store: Store,
}

/// Where the bytes of passed-on files are.
#[derive(Debug)]
enum Store {
    /// On disk, as the tree says.
    Disk,
    /// In a repository: the blob of each path.
    Blobs(Repository, BTreeMap<String, String>),
}

/// Both states, and what is to be known about the comparison.
#[derive(Debug)]
pub struct Sides {
    /// What it was.
    pub base: Half,
    /// What it is to be.
    pub head: Half,
    /// What is compared with what, whether the branches have drifted.
    pub about: Vec<Words>,
}

pub(super) fn working_tree() -> Words {
    Words::new("工作区（含没有提交的改动）", "the working tree, uncommitted changes included")
}

/// Reads both states.
///
/// # Errors
///
/// When one of them cannot be read at all.
pub fn open(ask: &Ask, input: &Input) -> Result<Sides, Words> {
    if let Some(folder) = &ask.against {
        let name = |path: &Path| path.display().to_string();
        let base = on_disk(folder, input, Words::new(name(folder), name(folder)))?;
        let head = on_disk(&input.root, input, Words::new(name(&input.root), name(&input.root)))?;
        let about = vec![compared(&base.name, &head.name)];
        return Ok(Sides { base, head, about });
    }
    let repository = Repository::of(&input.root)?.ok_or_else(|| no_git(&input.root))?;
    let asked = ask.revisions.as_deref();
    let mut about = Vec::new();
    let (base, head) = match asked.and_then(|asked| asked.split_once("..")) {
        Some((from, to)) => two(&repository, from, to)?,
        None => (one(&repository, asked, &mut about)?, None),
    };
    let head = match &head {
        Some(commit) => at_commit(&repository, commit, input)?,
        None if repository.is_bare() => return Err(bare()),
        None => on_disk(&input.root, input, working_tree())?,
    };
    let base = at_commit(&repository, &base, input)?;
    about.insert(0, compared(&base.name, &head.name));
    Ok(Sides { base, head, about })
}

pub(super) fn compared(base: &Words, head: &Words) -> Words {
    Words::new(format!("比较：{} → {}", base.zh, head.zh), format!("compared: {} → {}", base.en, head.en))
}

/// `REV..REV`, or `REV...REV` from where they parted; what is left out is HEAD.
fn two(repository: &Repository, from: &str, to: &str) -> Result<(Commit, Option<Commit>), Words> {
    let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
    let from = repository.commit(&or_head(from))?;
    let apart = to.strip_prefix('.');
    let to = repository.commit(&or_head(apart.unwrap_or(to)))?;
    let base = match apart {
        None => from,
        Some(_) => repository.merge_base(&from, &to).ok_or_else(|| no_base(repository, &from.asked))?,
    };
    Ok((base, Some(to)))
}

/// The one revision the working tree is compared with.
fn one(repository: &Repository, asked: Option<&str>, about: &mut Vec<Words>) -> Result<Commit, Words> {
    if let Some(asked) = asked {
        let commit = repository.commit(asked)?;
        about.extend(drifted(repository, &commit));
        return Ok(commit);
    }
    let head = repository.commit("HEAD").map_err(|_| {
        Words::new("仓库里还没有提交，没有可以比较的版本", "the repository has no commit yet to compare with")
    })?;
    let Some(main) = MAIN.iter().find_map(|name| repository.find(name)) else {
        about.push(Words::new(
            "没有 main 或 master 分支，与最近的提交比较",
            "there is no branch main or master: compared with the last commit",
        ));
        return Ok(head);
    };
    let Some(base) = repository.merge_base(&head, &main) else {
        return Err(no_base(repository, &main.asked));
    };
    let behind = repository.distance(&base, &main);
    if behind > 0 {
        let name = &main.asked;
        about.push(Words::new(
            format!("注意：分出来以后，{name} 又有 {behind} 个提交，不在这次比较里。合并前请先更新分支再看一遍"),
            format!("note: {name} has {behind} more commits since the branches parted; they are not part of this comparison. Update the branch and review again before merging"),
        ));
    }
    Ok(base)
}

/// Says that a revision has commits of its own, which look as if they were undone here.
pub(super) fn drifted(repository: &Repository, commit: &Commit) -> Option<Words> {
    let head = repository.commit("HEAD").ok()?;
    let own = repository.distance(&repository.merge_base(&head, commit)?, commit);
    (own > 0).then(|| {
        let name = &commit.asked;
        Words::new(
            format!("注意：{name} 有 {own} 个提交这里没有，它们的改动在比较里会反过来。先更新分支，或者与分叉点比较：git merge-base {name} HEAD"),
            format!("note: {name} has {own} commits that are not here, and their changes appear undone. Update the branch, or compare with where they parted: git merge-base {name} HEAD"),
        )
    })
}

fn no_base(repository: &Repository, name: &str) -> Words {
    if repository.is_shallow() {
        return Words::new(
            format!(
                "找不到与 {name} 的分叉点：仓库是浅克隆，历史不全。先运行 git fetch --unshallow，或者写明要比较的版本"
            ),
            format!(
                "the point where this parted from {name} is not here: the clone is shallow. Run git fetch --unshallow, or name a revision"
            ),
        );
    }
    Words::new(
        format!("与 {name} 没有共同的历史，请写明要比较的版本"),
        format!("there is no common history with {name}: name a revision to compare with"),
    )
}

fn no_git(root: &Path) -> Words {
    Words::new(
        format!("`{}` 不在 git 仓库里。用 --against 和另一个文件夹比较", root.display()),
        format!("`{}` is in no git repository: compare with another folder by --against", root.display()),
    )
}

fn bare() -> Words {
    Words::new(
        "这是没有工作区的仓库（bare），要写两个版本，如 main..draft",
        "this repository is bare: name two revisions, such as main..draft",
    )
}

fn on_disk(root: &Path, input: &Input, name: Words) -> Result<Half, Words> {
    let loaded = load::load(root).map_err(|error| Error::Content(root.to_owned(), error).words())?;
    Ok(working(loaded, input, name, &mut Memory::default()))
}

/// The state of files that were loaded from disk, for callers that have them already
/// and keep what was made of them.
pub fn working(loaded: Loaded, input: &Input, name: Words, memory: &mut Memory) -> Half {
    half(loaded, input, name, Store::Disk, memory)
}

pub(super) fn at_commit(repository: &Repository, commit: &Commit, input: &Input) -> Result<Half, Words> {
    let revision = repository.load(commit)?;
    let (asked, short) = (&commit.asked, commit.short());
    let name = if commit.is_fork {
        Words::new(format!("与 {asked} 的分叉点（{short}）"), format!("where this parted from {asked} ({short})"))
    } else {
        Words::new(format!("{asked}（{short}）"), format!("{asked} ({short})"))
    };
    Ok(half(revision.loaded, input, name, Store::Blobs(repository.clone(), revision.blobs), &mut Memory::default()))
}

/// The stages up to plan; templates are not compiled.
fn half(loaded: Loaded, input: &Input, name: Words, store: Store, memory: &mut Memory) -> Half {
    let Checked { tree, portal, mut findings, .. } = pipeline::check_loaded(loaded, input, memory);
    let plan = portal.as_ref().map(|portal| memory.plan(portal, &tree, &mut findings).1);
    let findings = memory.judge(&tree, portal.as_ref(), findings);
    Half { name, tree, portal, findings, plan, store }
}

impl Half {
    /// The site paths of its pages.
    pub(super) fn pages(&self) -> impl Iterator<Item = String> {
        let outputs = self.plan.iter().flat_map(|plan| plan.outputs.iter());
        outputs.filter(|(_, output)| matches!(output, Output::Page(_))).map(|(path, _)| path_of(path))
    }

    /// Where an address without a page leads: by an entry of redirects.yaml, or because the release knows it.
    pub(super) fn redirect(&self, path: &str) -> Option<String> {
        match self.plan.as_ref()?.find(path)? {
            (_, Output::Redirect { to, .. }) => Some(to.clone()),
            _ => None,
        }
    }

    /// The bytes of a passed-on file.
    pub(super) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        match &self.store {
            Store::Disk => {
                let at = self.tree.binaries.binary_search_by(|binary| binary.path.as_str().cmp(path)).ok()?;
                self.tree.binaries[at].read().ok()
            }
            Store::Blobs(repository, blobs) => {
                let mut found = None;
                repository.blobs(&[blobs.get(path)?], &mut |_, bytes| found = bytes).ok()?;
                found
            }
        }
    }

    /// Whether a passed-on file has the same bytes as one of another state, of the same size.
    pub(super) fn has_same(&self, path: &str, other: &Half, there: &str) -> bool {
        if let (Store::Blobs(_, ours), Store::Blobs(_, theirs)) = (&self.store, &other.store) {
            return ours.get(path) == theirs.get(there);
        }
        match (self.pointer(path), other.pointer(there)) {
            (Some(ours), Some(theirs)) => ours == theirs,
            (Some(pointer), None) => other.bytes(there).is_some_and(|bytes| pointer.stands_for(&bytes)),
            (None, Some(pointer)) => self.bytes(path).is_some_and(|bytes| pointer.stands_for(&bytes)),
            (None, None) => self.bytes(path) == other.bytes(there),
        }
    }

    /// The Git LFS pointer that stands for a passed-on file.
    fn pointer(&self, path: &str) -> Option<&Pointer> {
        let at = self.tree.binaries.binary_search_by(|binary| binary.path.as_str().cmp(path)).ok()?;
        self.tree.binaries[at].pointer.as_ref()
    }
}
