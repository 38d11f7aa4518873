//! mingbai (明白): a folder of YAML and Markdown becomes a public service-guide portal.
//!
//! ```text
//! content/ ─ load ─▶ SourceTree ─ parse ─▶ Documents ─ resolve ─▶ Portal ─ check ─▶ (Portal, findings)
//!                                                                   │
//!                                               plan ─▶ OutputPlan ─ render ─▶ bytes ─ write ─▶ the site
//! ```
//!
//! The stages are called in this order by one function, [`pipeline`]. Each has
//! its own output type. Only load, write and serve touch the disk, the clock
//! and the network; the others are pure functions over values, so the same
//! input gives the same bytes.

pub mod check;
pub mod cli;
pub mod diagnostics;
pub mod documents;
pub mod markdown;
pub mod model;
pub mod opendata;
pub mod output;
pub mod pipeline;
pub mod plan;
pub mod portal;
pub mod render;
pub mod schema;
pub mod serve;
pub mod source;
pub mod theme;
pub mod view;
pub mod yaml;
