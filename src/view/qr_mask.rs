//! Chooses the mask of a QR code, which decides how it looks.
//!
//! A code is drawn with each of eight masks, each is judged by four rules of the
//! standard, and the best is taken. The library does that module by module,
//! which takes a millisecond, more than the rest of a page; here a row is one
//! number, and the same rules come to the same choice fifty times faster.

use std::sync::OnceLock;

use qrcode::canvas::{Canvas, MaskPattern, Module};
use qrcode::{Color, EcLevel, QrCode, Version, bits, ec};

/// The masks in the order in which equally good ones are taken.
const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// The largest version whose rows fit into 64 bits.
const LARGEST: usize = 11;

/// The modules of a code: bit x of row y, and bit y of column x, is the same module.
#[derive(Clone)]
struct Grid {
    rows: Vec<u64>,
    columns: Vec<u64>,
}

/// What all codes of one version have alike.
struct Blank {
    /// A code that holds nothing, with each mask.
    masked: Vec<Grid>,
    /// Where the bits of the codewords stand, in their order.
    places: Vec<(u8, u8)>,
}

/// The modules of a text's code, row by row; nothing if the text is too long for one.
pub(super) fn modules(text: &str, level: EcLevel) -> Option<Vec<Color>> {
    let bits = bits::encode_auto(text.as_bytes(), level).ok()?;
    let version = bits.version();
    let Some(blank) = blank(version, level) else {
        return QrCode::with_bits(bits, level).ok().map(|code| code.to_colors());
    };
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, level).ok()?;
    let data = blank.grid_of(data.iter().chain(&correction));
    let masked = blank.masked.iter().map(|empty| {
        let mut code = empty.clone();
        code.differ(&data);
        code
    });
    masked.min_by_key(Grid::penalty).map(|code| code.colors())
}

/// What is made once for each version; whatever a code holds only inverts modules of it.
fn blank(version: Version, level: EcLevel) -> Option<&'static Blank> {
    type Made = [OnceLock<Blank>; LARGEST];
    static MEDIUM: Made = [const { OnceLock::new() }; LARGEST];
    let Version::Normal(number) = version else { return None };
    let made = MEDIUM.get(usize::try_from(number).ok()?.checked_sub(1)?).filter(|_| level == EcLevel::M)?;
    Some(made.get_or_init(|| Blank {
        masked: MASKS.map(|mask| empty(version, level, mask)).into(),
        places: places(version, level),
    }))
}

/// A code that holds nothing.
fn empty(version: Version, level: EcLevel, mask: MaskPattern) -> Grid {
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    // More than any of these versions holds; the rest is not drawn.
    canvas.draw_data(&[0; 512], &[]);
    canvas.apply_mask(mask);
    let width = width(version);
    let mut grid = Grid::new(width);
    for (at, color) in canvas.into_colors().into_iter().enumerate() {
        if color == Color::Dark {
            grid.darken(at % width, at / width);
        }
    }
    grid
}

/// The modules that belong to no pattern, in the order of the standard: two columns at a time from the right, up and
/// down in turn, past the column of the timing pattern.
fn places(version: Version, level: EcLevel) -> Vec<(u8, u8)> {
    const TIMING: usize = 6;
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    let width = width(version);
    let is_free = |x: usize, y: usize| {
        let place = (i16::try_from(x), i16::try_from(y));
        matches!(place, (Ok(x), Ok(y)) if canvas.get(x, y) == Module::Empty)
    };
    let mut places = Vec::new();
    let columns = (0..width).rev().filter(|x| *x != TIMING).collect::<Vec<_>>();
    for (n, pair) in columns.chunks(2).enumerate() {
        for step in 0..width {
            let y = if n % 2 == 0 { width - 1 - step } else { step };
            let free = pair.iter().filter(|x| is_free(**x, y));
            places.extend(free.filter_map(|x| Some((u8::try_from(*x).ok()?, u8::try_from(y).ok()?))));
        }
    }
    places
}

fn width(version: Version) -> usize {
    usize::try_from(version.width()).unwrap_or_default()
}

impl Blank {
    /// The modules that the bits of codewords make dark.
    fn grid_of<'a>(&self, codewords: impl Iterator<Item = &'a u8>) -> Grid {
        let mut grid = Grid::new(self.masked[0].rows.len());
        for (byte, places) in codewords.zip(self.places.chunks(8)) {
            for (bit, (x, y)) in places.iter().enumerate() {
                if byte << bit & 0x80 != 0 {
                    grid.darken(usize::from(*x), usize::from(*y));
                }
            }
        }
        grid
    }
}

impl Grid {
    /// All light.
    fn new(width: usize) -> Self {
        Grid { rows: vec![0; width], columns: vec![0; width] }
    }

    fn darken(&mut self, x: usize, y: usize) {
        self.rows[y] |= 1 << x;
        self.columns[x] |= 1 << y;
    }

    /// Inverts the modules that are dark in the other.
    fn differ(&mut self, other: &Grid) {
        for (line, other) in self.rows.iter_mut().zip(&other.rows) {
            *line ^= other;
        }
        for (line, other) in self.columns.iter_mut().zip(&other.columns) {
            *line ^= other;
        }
    }

    fn colors(&self) -> Vec<Color> {
        let of_row = |row: &u64| {
            let row = *row;
            (0..self.rows.len()).map(move |x| if row >> x & 1 == 1 { Color::Dark } else { Color::Light })
        };
        self.rows.iter().flat_map(of_row).collect()
    }

    /// How badly the code could be read: the four rules of the standard, as the library counts them.
    fn penalty(&self) -> u32 {
        let width = self.rows.len();
        let lines = || self.rows.iter().chain(&self.columns);
        let finders: u32 = lines().map(|line| finder_likes(*line, width)).sum();
        // Those of the corners themselves are in every code the same.
        lines().map(|line| long_runs(*line, width)).sum::<u32>() + self.blocks() + 40 * finders + self.imbalance()
    }

    /// Three for every square of two by two modules of one colour.
    fn blocks(&self) -> u32 {
        let inner = ones(self.rows.len() - 1);
        let pair = |two: &[u64]| {
            let (a, b) = (two[0], two[1]);
            3 * (!(a ^ a >> 1) & !(b ^ b >> 1) & !(a ^ b) & inner).count_ones()
        };
        self.rows.windows(2).map(pair).sum()
    }

    /// How far the share of dark modules is from a half, in half per cents.
    fn imbalance(&self) -> u32 {
        let dark: u32 = self.rows.iter().map(|row| row.count_ones()).sum();
        let all = u32::try_from(self.rows.len().pow(2)).unwrap_or(1);
        (dark * 200 / all).abs_diff(100)
    }
}

/// Three for every run of five modules of one colour, and one for each module more.
fn long_runs(line: u64, width: usize) -> u32 {
    let alike = !(line ^ line >> 1) & ones(width - 1);
    let five = alike & alike >> 1 & alike >> 2 & alike >> 3;
    five.count_ones() + 2 * (five & !(five << 1)).count_ones()
}

/// How many places look like a corner of the code: `#.###.#` with four light modules at one side.
fn finder_likes(line: u64, width: usize) -> u32 {
    let like = line & !(line >> 1) & line >> 2 & line >> 3 & line >> 4 & !(line >> 5) & line >> 6;
    let mut like = like & ones(width - 6);
    let mut count = 0;
    while like != 0 {
        let at = like.trailing_zeros();
        let earlier = (1 << at) - 1;
        let before = line & earlier & !(earlier >> 4);
        let after = line.checked_shr(at + 7).unwrap_or(0) & 0b1111;
        count += u32::from(before == 0 || after == 0);
        like &= like - 1;
    }
    count
}

/// As many bits.
fn ones(count: usize) -> u64 {
    (1 << count) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_makes_the_same_choice() {
        for n in 0_usize..120 {
            let address = format!("https://zwfw.qinglan.example/items/{}{n}/notice/", "food-business-".repeat(n % 19));
            let code = QrCode::with_error_correction_level(&address, EcLevel::M).unwrap();
            assert!(modules(&address, EcLevel::M) == Some(code.to_colors()), "{address}");
        }
    }

    #[test]
    fn long_texts_and_texts_too_long_are_as_the_library_has_them() {
        let long = "长".repeat(200);
        let code = QrCode::with_error_correction_level(&long, EcLevel::M).unwrap();
        assert!(modules(&long, EcLevel::M) == Some(code.to_colors()));
        assert!(modules(&"长".repeat(3000), EcLevel::M).is_none());
    }
}
