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

// Not in Cargo.toml: tests and benchmarks may fail loudly and print.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, clippy::exit))]

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
