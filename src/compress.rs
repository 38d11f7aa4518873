//! Smaller forms of bytes: gzip and Brotli.
//!
//! The only user of the two engines. Pure: the same bytes always give the same
//! bytes, with no time and no name in them. It does not know what is worth it.

use std::io::Write;

use flate2::{Compression, GzBuilder};

/// How long to look for the smallest form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// As small as can be.
    Best,
    /// To know about how small it would be.
    Fast,
}

/// Over pages this saves an eighth against the best gzip, at half its speed. The
/// highest level would save another twelfth and take 35 times as long.
const BROTLI_QUALITY: i32 = 7;
/// The window of Brotli, as a power of two: larger than most pages.
const BROTLI_WINDOW: i32 = 18;

/// The bytes as gzip.
#[expect(clippy::expect_used, reason = "writing to memory cannot fail")]
pub fn gzip(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let level = match effort {
        Effort::Best => Compression::best(),
        Effort::Fast => Compression::fast(),
    };
    let mut writer = GzBuilder::new().mtime(0).write(Vec::new(), level);
    writer.write_all(bytes).expect("memory can be written");
    writer.finish().expect("memory can be written")
}

/// The bytes as Brotli.
#[expect(clippy::expect_used, reason = "writing to memory cannot fail")]
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut small, &parameters).expect("memory can be written");
    small
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_made_small_can_be_read_again() {
        let text = "政务服务办事指南 ".repeat(300).into_bytes();
        for effort in [Effort::Best, Effort::Fast] {
            let small = gzip(&text, effort);
            let mut again = Vec::new();
            flate2::read::GzDecoder::new(&*small).read_to_end(&mut again).unwrap();
            assert!(again == text && small.len() < text.len() / 20);
            assert_eq!(small[4..8], [0; 4], "there is no time in it");
        }
        let small = brotli(&text);
        let mut again = Vec::new();
        brotli::BrotliDecompress(&mut &*small, &mut again).unwrap();
        assert!(again == text && small.len() < text.len() / 20);
        assert_eq!(small, brotli(&text));
    }
}
