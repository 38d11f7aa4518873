//! Telephone numbers out of whatever stands in a field for them.

use crate::model::value::{Phone, Value as _};

/// What is found in a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The numbers, in the form of the portal.
    pub(super) phones: Vec<String>,
    /// Numbers that were written in another form: old, new.
    pub(super) rewritten: Vec<(String, String)>,
    /// What looks like a number but is none.
    pub(super) odd: Vec<String>,
    /// The other words of the text.
    pub(super) rest: String,
}

/// Words that only say that a number follows.
const LABELS: [&str; 14] = [
    "咨询电话号码",
    "联系电话号码",
    "咨询电话",
    "投诉电话",
    "监督电话",
    "联系电话",
    "电话号码",
    "电话咨询",
    "电话投诉",
    "服务热线",
    "热线电话",
    "拨打",
    "电话",
    "或",
];

/// Reads every number of a text.
pub(super) fn find(text: &str) -> Found {
    let mut found = Found::default();
    let mut area: Option<String> = None;
    let mut rest = String::new();
    for token in tokens(text) {
        let Token::Number(written) = token else {
            let Token::Other(other) = token else { continue };
            rest.push_str(&other);
            continue;
        };
        let pieces = match parse(&written, area.as_deref()) {
            Some(_) => vec![written],
            None => written.split_whitespace().map(str::to_owned).collect(),
        };
        for piece in pieces {
            match parse(&piece, area.as_deref()) {
                Some(phone) => {
                    let before = phone.split_once('-').filter(|(before, _)| before.starts_with('0'));
                    area = before.map(|(before, _)| before.to_owned()).or(area);
                    if phone != piece {
                        found.rewritten.push((piece, phone.clone()));
                    }
                    if !found.phones.contains(&phone) {
                        found.phones.push(phone);
                    }
                }
                None if piece.chars().filter(char::is_ascii_digit).count() >= 7 => found.odd.push(piece),
                None => rest.push_str(&piece),
            }
        }
        rest.push('\u{1}');
    }
    found.rest = words(&rest);
    found
}

/// The words that are left, without labels and marks between numbers.
fn words(rest: &str) -> String {
    let mut rest = rest.to_owned();
    for label in LABELS {
        rest = rest.replace(label, "\u{1}");
    }
    let marks = |c: char| c == '\u{1}' || c.is_whitespace() || "：:、，,；;。./|（）()".contains(c);
    let kept: Vec<&str> =
        rest.split('\u{1}').map(|part| part.trim_matches(marks)).filter(|part| !part.is_empty()).collect();
    kept.join(" … ")
}

enum Token {
    Number(String),
    Other(String),
}

/// Cuts a text into what may be numbers and the rest. Addresses of pages and mail are no numbers.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let c = half(chars[at]);
        let starts = c.is_ascii_digit() || (matches!(c, '(' | '+') && half_at(&chars, at + 1).is_ascii_digit());
        let inside_word = at > 0 && chars[at - 1].is_ascii_alphabetic();
        let address = address_at(&chars, at);
        if address > 0 || !starts || inside_word {
            let end = at + address.max(1);
            tokens.push(Token::Other(chars[at..end].iter().collect()));
            at = end;
            continue;
        }
        let mut end = at;
        while end < chars.len() && goes_on(&chars, end) {
            end += 1;
        }
        let written: String = chars[at..end].iter().collect();
        let next = half_at(&chars, end);
        // 1525房, 30日 and what runs on into letters are no telephone numbers.
        let unit = "房号室楼层栋座年月日时分个天：:".contains(next) || next.is_ascii_alphabetic();
        let digits = written.chars().map(half).filter(char::is_ascii_digit).count();
        let written = written.trim_end_matches(|c: char| !half(c).is_ascii_digit()).to_owned();
        let trailing: String = chars[at + written.chars().count()..end].iter().collect();
        let is_number = if unit { digits >= 10 && !next.is_ascii_alphabetic() } else { digits >= 3 };
        tokens.push(if is_number { Token::Number(written) } else { Token::Other(written) });
        tokens.push(Token::Other(trailing));
        at = end;
    }
    tokens
}

/// Whether a character belongs to the number that began before it.
fn goes_on(chars: &[char], at: usize) -> bool {
    let c = half(chars[at]);
    let follows = |n: usize| half_at(chars, n);
    match c {
        '0'..='9' | '(' | ')' | '+' => true,
        '-' => follows(at + 1).is_ascii_digit() || follows(at + 1) == ' ' || follows(at + 1) == '-',
        ' ' => follows(at + 1).is_ascii_digit() || follows(at + 1) == '-' || follows(at + 1) == '(',
        '转' => follows(at + 1).is_ascii_digit(),
        _ => false,
    }
}

fn half_at(chars: &[char], at: usize) -> char {
    chars.get(at).map_or('\0', |c| half(*c))
}

/// The half-width form, every dash as a hyphen.
fn half(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}

/// How long the address of a page or of mail is that begins here; 0 if there is none.
fn address_at(chars: &[char], at: usize) -> usize {
    let part = |c: &char| c.is_ascii_alphanumeric() || "/:.?=&_@#%+~-".contains(*c);
    if at > 0 && part(&chars[at - 1]) {
        return 0;
    }
    let run: String = chars[at..].iter().take_while(|c| part(c)).collect();
    let is_address = run.contains("://") || run.contains('@') || run.contains("www.");
    if is_address { run.len() } else { 0 }
}

/// A number in the form of the portal; the area code of the number before stands for a missing one.
fn parse(written: &str, area: Option<&str>) -> Option<String> {
    let text: String = written.chars().map(half).collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let country = digits.len() >= 12
        && digits.starts_with("86")
        && !digits[2..].starts_with('0')
        && !digits[2..].starts_with('1');
    let read = |text: &str| match Phone::parse(text) {
        Ok(phone) => Some(phone.to_string()),
        Err(error) => error.suggestion,
    };
    if country {
        return read(&format!("0{}", &digits[2..]));
    }
    let local = matches!(digits.len(), 7 | 8) && text == digits && !digits.starts_with(['0', '1', '9']);
    match area {
        Some(area) if local => read(&format!("{area}-{digits}")),
        _ => read(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, phones: &[&str], odd: &[&str], rest: &str) {
        let found = find(text);
        let odd: Vec<String> = odd.iter().map(|one| (*one).to_owned()).collect();
        assert_eq!((found.phones.join(" "), found.odd, found.rest.as_str()), (phones.join(" "), odd, rest), "{text}");
    }

    #[test]
    fn several_numbers_in_one_field_are_all_kept() {
        check("020-84106805；020-84106828", &["020-84106805", "020-84106828"], &[], "");
        check("020-83133283、020-83134746、020-83134252", &["020-83133283", "020-83134746", "020-83134252"], &[], "");
        check("020-37288081/020-37288891", &["020-37288081", "020-37288891"], &[], "");
        check("电话：020-37886901 、020-37886909", &["020-37886901", "020-37886909"], &[], "");
        check("020-38818783、38818961", &["020-38818783", "020-38818961"], &[], "");
        check("拨打12348或020-86350683", &["12348", "020-86350683"], &[], "");
        check("020-61292811、020-61292822。", &["020-61292811", "020-61292822"], &[], "");
        check("020-83507323 020-83507324", &["020-83507323", "020-83507324"], &[], "");
    }

    #[test]
    fn odd_spellings_are_put_right() {
        check("020-38356454转1", &["020-38356454-1"], &[], "");
        check("(020)87623552", &["020-87623552"], &[], "");
        check("86 20 87512631", &["020-87512631"], &[], "");
        check("(8620)2236 0123", &["020-22360123"], &[], "");
        check("020- 83835328", &["020-83835328"], &[], "");
        check("020--12345-1", &["020-12345-1"], &[], "");
        check("020—12366-2-4", &["020-12366-2-4"], &[], "");
        check("020-12333–9", &["020-12333-9"], &[], "");
        check("4000390208", &["400-039-0208"], &[], "");
        check("02087623552", &["020-87623552"], &[], "");
    }

    #[test]
    fn what_is_no_number_is_reported() {
        check("37885230", &[], &["37885230"], "");
        check("020-8313603", &[], &["020-8313603"], "");
        check("020-837288891", &[], &["020-837288891"], "");
        check("无w", &[], &[], "无w");
        check("省厅：020-86351219；广州：020-83100130", &["020-86351219", "020-83100130"], &[], "省厅 … 广州");
        check(
            "窗口咨询地址：广州市政民路51号1525房。咨询电话号码：020-86351132。网址：http://www.gdsf.gov.cn/a.do?id=40400。邮箱：a123456@qq.com",
            &["020-86351132"],
            &[],
            "窗口咨询地址：广州市政民路51号1525房 … 网址：http://www.gdsf.gov.cn/a.do?id=40400。邮箱：a123456@qq.com",
        );
        check(
            "020-83827812-12345、11111 （工作日：8:00-12:00）",
            &["020-83827812-12345", "11111"],
            &[],
            "工作日：8:00-12:00",
        );
    }
}
