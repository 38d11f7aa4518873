//! Which link targets are allowed, and how an address is written.
//!
//! Follows what browsers do with an address before they look at its scheme
//! (WHATWG URL): blanks and controls around it and line ends within it go away.
//! It does not know where a relative target leads.

use std::borrow::Cow;

/// What kind of address a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A path or fragment of the site.
    Relative,
    /// An absolute http or https address.
    Web,
    /// mailto or tel.
    Contact,
    /// Anything else; never written.
    Forbidden,
}

/// The target as a browser would read it.
pub(super) fn clean(target: &str) -> Cow<'_, str> {
    let trimmed = target.trim_matches(|c: char| c.is_control() || c == ' ');
    if trimmed.contains(|c: char| c.is_control()) {
        Cow::Owned(trimmed.chars().filter(|c| !c.is_control()).collect())
    } else {
        Cow::Borrowed(trimmed)
    }
}

/// Classifies a target that went through [`clean`].
pub(super) fn classify(target: &str) -> Target {
    let bytes = target.as_bytes();
    if bytes.len() >= 2 && bytes[..2].iter().all(|b| matches!(b, b'/' | b'\\')) {
        return Target::Forbidden;
    }
    let first_part = target.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = first_part.split_once(':') else {
        return Target::Relative;
    };
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if is("http") || is("https") {
        Target::Web
    } else if is("mailto") || is("tel") {
        Target::Contact
    } else {
        Target::Forbidden
    }
}

/// Appends an address for a quoted attribute: what an address may not hold is
/// percent-encoded, what is encoded already stays.
pub(super) fn write_address(out: &mut String, address: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#39;"),
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0..=b' ' | 0x7F.. => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
            _ => out.push(char::from(byte)),
        }
    }
}
