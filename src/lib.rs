//! mingbai (明白): a folder of YAML and Markdown becomes a public service-guide portal.
//!
//! ```text
//! content/ ─ load ─▶ SourceTree ─ parse ─▶ Documents ─ resolve ─▶ Portal ─ check ─▶ (Portal, findings)
//!                                                                   │
//!                                               plan ─▶ OutputPlan ─ render ─▶ bytes ─ write ─▶ the site
//!                                                          ▲
//!                                              index ──────┘ the files of the search
//! ```
//!
//! The stages are called in this order by one module, [`pipeline`]. Each has
//! its own output type, so another order does not compile. Only load, write and
//! serve touch the disk, the clock and the network; the others are pure
//! functions over values, so the same input gives the same bytes, in any folder
//! and with any number of threads.
//!
//! # Where things are
//!
//! | stage | module | from → to |
//! |---|---|---|
//! | load | [`mod@load`] | a folder → [`source::SourceTree`] |
//! | parse | [`documents`], with [`yaml`], [`markdown`] and the types of [`schema`] | one file → a [`documents::Document`] and findings |
//! | resolve | [`portal`] | all documents → one immutable [`portal::Portal`] |
//! | check | [`check`] | the portal → findings, one rule a file |
//! | plan | [`plan`], with the assets of [`theme`] | the portal → a [`plan::OutputPlan`] |
//! | index | [`search`] | the portal → small files that browsers search, added to the plan |
//! | render | [`render`], with the structures of [`view`] and [`opendata`] | one planned output → bytes |
//! | write | [`output`] | bytes → the site |
//!
//! [`scaffold`] writes what editors start from: portals, departments, items, the settings of their editor.
//! [`source`] holds files, [`diagnostics`] what is found in them, [`printing`] where that stands and how it is said, [`model`] the
//! vocabularies and values of the field, `wording` how facts read wherever they are shown, [`review`] what a change means, [`exchange`] spreadsheets and
//! the lists of other systems, [`due`] what has its day, [`reform`] what moves, [`flow`] the questions of an item drawn,
//! [`serve`] the preview, [`hosting`] what web servers are told, [`compress`] smaller
//! forms of bytes, [`csv`] tables as texts, [`wrap`] texts in lines that fit, [`cli`] the commands.
//!
//! # What holds everywhere
//!
//! * Findings never stop a stage. All of them are printed; an error stops the
//!   line before anything is written.
//! * A finding names a field or a byte range. Lines and columns are worked out
//!   only when there is something to print.
//! * The schema types are the one definition of the format: the checker, the
//!   reader and the tables of the handbook are all made from them.
//! * After resolve nothing changes. Ids are positions in the portal's lists and
//!   are issued by resolve alone.
//! * A template sees finished texts and never the portal.
//! * Each parser and engine from elsewhere is named in one module only.
//!
//! `tests/tidy.rs` checks the layers, the engines and the sizes.
//!
//! # Words
//!
//! | word | 中文 | meaning |
//! |---|---|---|
//! | portal | 门户 | the whole site of one government, resolved |
//! | item | 事项 | one thing the public can apply for, with its guide |
//! | department | 部门 | the authority that is responsible for items |
//! | material | 申请材料 | a paper or certificate an item asks for; shared ones stand in `materials/` |
//! | basis | 办理依据 | a law and clause an item rests on |
//! | step | 环节 | a part of the procedure (办理流程) |
//! | limit | 时限 | statutory (法定) and promised (承诺) time |
//! | handling type | 办件类型 | how an application is dealt with: 即办件, 承诺件 … |
//! | situation | 情形 | questions whose answers decide materials and steps |
//! | case | 情形结果 | one way through the questions, whole or begun, and what it selects |
//! | place | 办事地点 | a hall with address and hours |
//! | bundle | 一件事 | several items in one errand |
//! | notice | 通知 | a temporary message with an end |
//! | topic | 主题 | a subject, life stage or group items belong to |
//! | finding | 问题 | one thing in the content somebody should look at |
//! | entry | 结果 | what one search result can stand for: records of one name, in one or more places |
//! | record | 搜索条目 | one thing that can be found, with every text it can be found by |
//! | shard | 分片 | one of the small files of the search index |
//! | review | 审核比对 | what differs between two states of a portal, and what that means for the public |
//! | class | 变更类别 | burden, relief, fact, wording, structure or consequence |
//! | feed | 变更订阅 | the change records (变更记录) of the site, a department or an item as Atom |
//! | plan | 规划 | every output there will be, before any is made |

// Not in Cargo.toml: tests and benchmarks may fail loudly and print.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, clippy::exit))]

/// Ten thousand guides are millions of small texts; the allocator of the system takes a quarter longer for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod check;
pub mod cli;
pub mod compress;
pub mod csv;
pub mod diagnostics;
pub mod documents;
pub mod due;
pub mod exchange;
pub mod flow;
pub mod hosting;
pub mod load;
pub mod markdown;
pub mod model;
pub mod opendata;
pub mod output;
pub mod pipeline;
pub mod plan;
pub mod portal;
pub mod printing;
pub mod reform;
pub mod render;
pub mod review;
pub mod scaffold;
pub mod schema;
pub mod search;
pub mod serve;
pub mod source;
pub mod theme;
pub mod view;
mod wording;
pub mod wrap;
pub mod yaml;
