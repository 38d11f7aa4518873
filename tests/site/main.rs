//! Tests over whole small sites: what editors are told, what is built, and
//! what the command line says. One crate, so that it is linked once.

#![allow(clippy::iter_over_hash_type, reason = "tests keep no hash maps whose order shows")]

mod building;
mod commands;
mod content;
mod findings;
mod kit;
