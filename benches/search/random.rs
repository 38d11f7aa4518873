//! The numbers the queries are made with.

#[path = "../../tests/fuzz/numbers.rs"]
mod numbers;

pub(crate) use numbers::Random;

impl Random {
    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}
