//! How much the tests try, and with which numbers.

#[path = "numbers.rs"]
mod numbers;

pub(crate) use numbers::Random;

/// How much the tests try: `short` as a rule, `long` with `MINGBAI_LONG` set.
pub(crate) fn effort(short: usize, long: usize) -> usize {
    if std::env::var_os("MINGBAI_LONG").is_some() { long } else { short }
}

/// The seed of a run: that of `MINGBAI_SEED`, or always the same.
pub(crate) fn seed() -> u64 {
    std::env::var("MINGBAI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_122)
}

impl Random {
    /// The row of the seed of this run, for one use.
    pub(crate) fn of(purpose: &str) -> Self {
        Random::new(purpose.bytes().fold(seed(), |state, byte| Random::new(state ^ u64::from(byte)).next()))
    }
}
