//! Where in an entry a term stands, in one byte.

/// The field a term comes from. The numbers are part of the format of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The name or the official name.
    Name = 0,
    /// Another name (别名).
    Alias = 1,
    /// A word people say for it: of the vocabulary, or a key word.
    Word = 2,
    /// A short form of words in a name: 法援 of 法律援助.
    Short = 3,
    /// What it is part of or leads to: 主项, 审批结果.
    Related = 4,
    /// Department and topic.
    Meta = 5,
    /// Conditions, materials, questions.
    Body = 6,
}

impl Class {
    const ALL: [Class; 7] =
        [Class::Name, Class::Alias, Class::Word, Class::Short, Class::Related, Class::Meta, Class::Body];

    /// How much a term of this class covers, in percent.
    pub fn weight(self) -> u32 {
        [100, 94, 84, 75, 60, 45, 40][self as usize]
    }
}

/// The longest length in units each of the 16 steps stands for.
const LENGTHS: [usize; 15] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 21, 28];

/// Class, whether the text begins with the term, and about how long the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(u8);

impl Slot {
    /// A slot; `length` is that of the text in units.
    pub fn new(class: Class, first: bool, length: usize) -> Self {
        let step = LENGTHS.partition_point(|&most| most < length) as u8;
        Slot(((class as u8) << 5) | (u8::from(first) << 4) | step)
    }

    /// The slot of a byte that [`Slot::byte`] gave.
    pub(super) fn of(byte: u8) -> Self {
        Slot(byte)
    }

    /// The byte in the index.
    pub fn byte(self) -> u8 {
        self.0
    }

    /// The class.
    pub fn class(self) -> Class {
        Class::ALL[usize::from(self.0 >> 5).min(6)]
    }

    /// Whether the text begins with the term.
    pub fn first(self) -> bool {
        self.0 & 16 != 0
    }

    /// About how many units the text has.
    pub fn length(self) -> u32 {
        let step = usize::from(self.0 & 15);
        LENGTHS.get(step).copied().unwrap_or(36) as u32
    }

    /// The better of two places for one term: the weightier class, then the shorter text, then its beginning.
    pub fn better(self, other: Slot) -> Slot {
        if other.rank() < self.rank() { other } else { self }
    }

    /// The smaller, the better a place: class, length, whether the text begins so.
    pub(super) fn rank(self) -> (u8, u8, u8) {
        (self.0 >> 5, self.0 & 15, u8::from(!self.first()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_says_where_a_term_stands() {
        let slot = Slot::new(Class::Alias, true, 11);
        assert_eq!((slot.class(), slot.first(), slot.length()), (Class::Alias, true, 12));
        assert_eq!(Slot::new(Class::Body, false, 500).length(), 36);
        let name = Slot::new(Class::Name, false, 30);
        assert_eq!(slot.better(name), name);
        assert_eq!(name.better(Slot::new(Class::Name, false, 3)).length(), 3);
    }
}
