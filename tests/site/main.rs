//! Tests over whole small sites: what editors are told, what is built, and
//! what the command line says. One crate, so that it is linked once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod addresses;
mod again;
mod allowing;
mod building;
mod bundles;
mod cases;
mod checks;
mod commands;
mod completeness;
mod content;
mod days;
mod due;
mod exchange;
mod feeds;
mod findings;
mod fixing;
mod follow_on;
mod hosting;
mod import;
mod injection;
mod kit;
mod moving;
mod open_data;
mod paper;
mod pending;
mod performance;
mod review;
mod review_answers;
mod scaffold;
mod schemas;
mod search;
mod slips;
mod vectors;
