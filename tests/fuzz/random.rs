//! Numbers that look random and come again from the same seed.

/// How much the tests try: `short` as a rule, `long` with `MINGBAI_LONG` set.
pub(crate) fn effort(short: usize, long: usize) -> usize {
    if std::env::var_os("MINGBAI_LONG").is_some() { long } else { short }
}

/// The seed of a run: that of `MINGBAI_SEED`, or always the same.
pub(crate) fn seed() -> u64 {
    std::env::var("MINGBAI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_122)
}

/// A row of numbers (SplitMix64).
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The row of the seed of this run, for one use.
    pub(crate) fn of(purpose: &str) -> Self {
        let mixed = purpose.bytes().fold(seed(), |state, byte| Random(state ^ u64::from(byte)).next());
        Random(mixed)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// One of these.
    #[allow(dead_code, reason = "not every test has a list")]
    pub(crate) fn pick<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }
}
