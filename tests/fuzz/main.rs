//! Targets for inputs made at random, and properties that hold for all of them.
//!
//! Each target mangles texts that are right and looks for a panic, a hang or a
//! broken promise. The inputs come from a seed that is printed, so they come
//! again: `MINGBAI_SEED=… cargo test --test fuzz NAME`. `MINGBAI_LONG=1` runs
//! each for minutes and not for a moment; what it tried is printed with
//! `--nocapture`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod content;
mod engine;
mod foreign;
#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "../site/kit.rs"]
mod kit;
mod properties;
mod random;
mod requests;
mod values;
