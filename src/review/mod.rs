//! 审核比对: what a change means for the public, field by field.
//!
//! Two portals are made through the same stages from two states of the same
//! folder: what is compared is what pages say, never HTML. Things are matched by
//! id (slug, 编号, 环节 …), never by position.
//!
//! ```text
//! sides ─▶ two portals ─ documents, fields ─▶ changes ─ rules, values ─▶ classes
//!                                              │
//!             consequences, contradictions ────┴─▶ Review ─▶ human · markdown · json · html · record
//! ```

mod answers;
mod before;
mod cards;
mod consequences;
mod contradictions;
mod diff;
mod documents;
mod fields;
mod html;
mod human;
mod json;
mod levels;
mod markdown;
mod merged;
mod moves;
mod names;
mod record;
mod record_words;
mod rules;
mod sides;
mod summary;
mod values;

pub use before::{Before, Earlier, before};
pub use cards::review;
pub use diff::{Part, Piece, marks, pair};
pub use html::{Link, Linked, html, html_linked};
pub use human::human;
pub use json::json;
pub use levels::{Levels, blocked};
pub use markdown::markdown;
pub use record::{Recorded, record};
pub use sides::{Ask, Half, Sides, open, working};
pub use summary::{headline, impact, title};

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostics::{Lang, Words};
use crate::plan::item_and_answers;

/// What kind of change it is for the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// 加重负担: longer, dearer, more to bring, fewer ways.
    Burden,
    /// 结构: new, gone, moved, paused, merged.
    Structure,
    /// 事实: a phone, an address, a date, a number.
    Fact,
    /// 减轻负担: shorter, cheaper, less to bring, more ways.
    Relief,
    /// 文字: only words.
    Wording,
    /// 连带: follows from a change of something shared.
    Consequence,
}

impl Class {
    /// All classes, the gravest first.
    pub const ALL: [Class; 6] =
        [Class::Burden, Class::Structure, Class::Fact, Class::Relief, Class::Wording, Class::Consequence];

    /// What it is called: Chinese, English. The English name is also the key in JSON and on the command line.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Class::Burden => ("加重负担", "burden"),
            Class::Structure => ("结构", "structure"),
            Class::Fact => ("事实", "fact"),
            Class::Relief => ("减轻负担", "relief"),
            Class::Wording => ("文字", "wording"),
            Class::Consequence => ("连带", "consequence"),
        }
    }

    /// The class called so, in either language.
    pub fn named(name: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.names().0 == name || class.names().1 == name)
    }

    /// Its name in both languages.
    pub fn words(self) -> Words {
        let (zh, en) = self.names();
        Words::new(zh, en)
    }
}

/// What a remark beside a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// 疑似笔误.
    Slip,
    /// 前后矛盾.
    Contradiction,
    /// 没有依据或理由.
    Unfounded,
    /// Something worth knowing.
    Hint,
}

impl Remark {
    /// What it is called; nothing for a hint.
    pub fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Remark::Slip => ("疑似笔误", "possible slip", "slip"),
            Remark::Contradiction => ("前后矛盾", "contradiction", "contradiction"),
            Remark::Unfounded => ("缺依据", "no ground given", "unfounded"),
            Remark::Hint => ("", "", "hint"),
        }
    }
}

/// A remark beside a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub remark: Remark,
    /// In words.
    pub words: Words,
}

impl Note {
    /// A remark in both languages.
    pub fn new(remark: Remark, zh: impl Into<String>, en: impl Into<String>) -> Note {
        Note { remark, words: Words::new(zh, en) }
    }

    /// The kind and the words as one phrase.
    pub fn phrase(&self) -> Words {
        let (zh, en, _) = self.remark.names();
        if zh.is_empty() {
            return self.words.clone();
        }
        Words::new(format!("{zh}：{}", self.words.zh), format!("{en}: {}", self.words.en))
    }
}

/// A page that changes because something shared did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// What the public calls it.
    pub name: String,
    /// Its site path.
    pub path: String,
}

/// An exception that lets a change pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excepted {
    /// Why.
    pub reason: String,
    /// Who agreed.
    pub person: String,
    /// When.
    pub date: String,
}

/// A long entry in short: its name and what people bear of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The entry.
    pub text: String,
    /// How many more facts are written of it.
    pub rest: usize,
}

impl Brief {
    /// The entry, and how much of it is left out.
    pub fn said(&self) -> Words {
        let (text, rest) = (&self.text, self.rest);
        Words::new(format!("{text}（其余 {rest} 项略）"), format!("{text} ({rest} more facts)"))
    }

    /// What leads to all that was written of it.
    pub fn all(&self) -> Words {
        Words::new(format!("全部（其余 {} 项）", self.rest), format!("all of it ({} more facts)", self.rest))
    }
}

/// One field that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it means for the public.
    pub class: Class,
    /// The field, as shown: `申请材料「户口簿」.份数`.
    pub field: String,
    /// The field by its keys alone, as exceptions name it: `申请材料.份数`.
    pub key: String,
    /// What it said; nothing for what is new.
    pub old: Option<String>,
    /// What it said in short, for a long entry that is gone.
    pub brief: Option<Brief>,
    /// What it says; nothing for what is gone.
    pub new: Option<String>,
    /// What else is to be known.
    pub notes: Vec<Note>,
    /// The pages that change with it.
    pub touched: Vec<Touched>,
    /// Where it is in the new state, from 1.
    pub line: Option<usize>,
    /// The exception that lets it pass.
    pub excepted: Option<Excepted>,
}

impl Change {
    /// What it said: a long entry that is gone in short, with how much is left out.
    pub fn said(&self, lang: Lang) -> Option<String> {
        match &self.brief {
            Some(brief) => Some(brief.said().get(lang).to_owned()),
            None => self.old.clone(),
        }
    }

    /// Whether it has a remark of this kind.
    pub fn has(&self, remark: Remark) -> bool {
        self.notes.iter().any(|note| note.remark == remark)
    }
}

/// What became of a thing as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// 新增.
    New,
    /// 撤下.
    Gone,
    /// 改名: another address.
    Moved,
    /// 合并: another thing took its place.
    Merged,
    /// 改动.
    Changed,
}

impl Fate {
    /// What it is called: Chinese, English and in JSON.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Fate::New => ("新增", "new"),
            Fate::Gone => ("撤下", "gone"),
            Fate::Moved => ("改网址", "moved"),
            Fate::Merged => ("合并", "merged"),
            Fate::Changed => ("改动", "changed"),
        }
    }
}

/// The kinds of things that are compared, in the order of cards of the same weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 事项.
    Item,
    /// 一件事.
    Bundle,
    /// 部门.
    Department,
    /// 地点.
    Place,
    /// 共用材料.
    Material,
    /// 法律法规.
    Law,
    /// 通知.
    Notice,
    /// 公开栏目和说明.
    Page,
    /// The tables of the portal as a whole.
    Table,
    /// 附件.
    File,
}

impl Kind {
    /// What it is called: Chinese, English and in JSON.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Kind::Item => ("事项", "item"),
            Kind::Bundle => ("一件事", "bundle"),
            Kind::Department => ("部门", "department"),
            Kind::Place => ("地点", "place"),
            Kind::Material => ("共用材料", "material"),
            Kind::Law => ("法律法规", "law"),
            Kind::Notice => ("通知", "notice"),
            Kind::Page => ("页面", "page"),
            Kind::Table => ("全站设置", "table"),
            Kind::File => ("文件", "file"),
        }
    }
}

/// One thing with its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What kind of thing.
    pub kind: Kind,
    /// Its id: slug, folder or file name.
    pub id: String,
    /// What the public calls it.
    pub name: String,
    /// Its site path in the new state, else the old.
    pub url: Option<String>,
    /// Its file from the portal's folder.
    pub file: String,
    /// What became of it as a whole.
    pub fate: Fate,
    /// The fields that changed, the gravest first.
    pub changes: Vec<Change>,
    /// Other things of this kind with the same changes in the same words.
    pub alike: Vec<Alike>,
}

/// A thing that changed exactly as another one, whose card stands for both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// What the public calls it.
    pub name: String,
    /// Its file from the portal's folder.
    pub file: String,
}

impl Card {
    /// A name for links within a page: `item-food`.
    pub fn anchor(&self) -> String {
        format!("{}-{}", self.kind.names().1, self.id.replace(['/', '.', ' '], "-"))
    }

    /// What its changes are, in sixteen digits: a tick holds for as long as they stay so.
    pub fn digest(&self) -> String {
        format!("{:016x}", xxh3_64(format!("{self:?}").as_bytes()))
    }

    /// How many things it stands for.
    pub fn count(&self) -> usize {
        1 + self.alike.len()
    }

    /// How grave it is: the order of cards. What needs a second look comes first.
    fn weight(&self) -> (u8, Class) {
        let wanted = [Remark::Slip, Remark::Contradiction];
        let doubtful = self.changes.iter().any(|change| wanted.iter().any(|remark| change.has(*remark)));
        let class = self.changes.iter().map(|change| change.class).min().unwrap_or(Class::Wording);
        (u8::from(!doubtful), class)
    }
}

/// An address of the base that is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// The site path.
    pub path: String,
    /// Where a redirect leads.
    pub redirect: Option<String>,
    /// Whether the redirect is made without an entry in redirects.yaml.
    pub is_automatic: bool,
}

impl Gone {
    /// Whether it was the page of a case (情形).
    pub fn is_case(&self) -> bool {
        item_and_answers(&self.path).is_some()
    }
}

/// A finding of one side only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its code.
    pub code: &'static str,
    /// Whether it is an error.
    pub is_error: bool,
    /// Its file and line.
    pub place: String,
    /// What it says.
    pub message: Words,
}

/// Everything that differs between two states of a portal.
#[derive(Debug, Clone)]
pub struct Review {
    /// What is compared with what, and what is to be known about it.
    pub about: Vec<Words>,
    /// The name of the base.
    pub base: Words,
    /// The name of the new state.
    pub head: Words,
    /// The day both are looked at.
    pub as_of: String,
    /// The things that changed, the gravest first.
    pub cards: Vec<Card>,
    /// Addresses that are gone.
    pub gone: Vec<Gone>,
    /// Addresses that are new.
    pub fresh: Vec<String>,
    /// Findings of the new state alone.
    pub found: Vec<Found>,
    /// Findings that are let pass in the new state alone, with the reason that is given.
    pub let_pass: Vec<Found>,
    /// Findings of the base alone.
    pub cured: Vec<Found>,
    /// How many changes of ignored classes are left out.
    pub ignored: usize,
    /// What the new state is, in sixteen digits: ticks belong to it.
    pub digest: String,
}

impl Review {
    /// The findings of one side only, under the names of their headings.
    pub fn findings(&self) -> [(&'static str, &[Found]); 3] {
        [("found", &self.found), ("let_pass", &self.let_pass), ("cured", &self.cured)]
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
            && self.gone.is_empty()
            && self.fresh.is_empty()
            && self.found.is_empty()
            && self.let_pass.is_empty()
            && self.cured.is_empty()
            && self.ignored == 0
    }

    /// Every change.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.cards.iter().flat_map(|card| &card.changes)
    }

    /// How many changes have this class.
    pub fn count(&self, class: Class) -> usize {
        match class {
            Class::Consequence => self.changes().map(|change| change.touched.len()).sum(),
            class => self.count_if(|change| change.class == class),
        }
    }

    /// How many changes are so, those of every thing a card stands for.
    pub fn count_if(&self, is_so: impl Fn(&Change) -> bool) -> usize {
        let of = |card: &Card| card.changes.iter().filter(|change| is_so(change)).count() * card.count();
        self.cards.iter().map(of).sum()
    }
}
