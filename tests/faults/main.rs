//! What real machines and real files do: builds that are killed, full disks,
//! files that change while they are read, and input no editor would write.
//! Whatever happens, there is a finding or a clean exit, never a panic, a hang
//! or half a site. `MINGBAI_LONG=1` tries many times as much.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bytes;
mod disk;
mod inputs;
mod killed;
#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "../site/kit.rs"]
mod kit;
mod program;
mod races;
#[path = "../fuzz/random.rs"]
mod random;
