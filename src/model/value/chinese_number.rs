//! Chinese numbers (中文数字) as statutes count their articles: `一千零五十二`.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const PLACES: [(u32, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];

/// A number in Chinese, as in `第一千零五十二条`: 10 is `十`, 110 is `一百一十`.
///
/// Numbers above 9999, which no statute reaches, are given in Arabic digits.
pub fn chinese_number(number: u32) -> String {
    if number > 9999 {
        return number.to_string();
    }
    let mut text = String::new();
    let mut gap = false;
    for (place, name) in PLACES {
        let digit = number / place % 10;
        if digit == 0 {
            gap = true;
            continue;
        }
        if gap && !text.is_empty() {
            text.push('零');
        }
        gap = false;
        let bare_ten = place == 10 && digit == 1 && text.is_empty();
        if !bare_ten {
            text.extend(DIGITS.get(digit as usize));
        }
        text.push_str(name);
    }
    if text.is_empty() { DIGITS[0].to_string() } else { text }
}

/// The number a Chinese number up to 9999 stands for.
///
/// Only the standard form is read (`〇` may stand for `零`): `一百一十`, not `一百十`; `二十五`, not `二五`.
pub fn parse_chinese_number(text: &str) -> Option<u32> {
    let mut total = 0u32;
    let mut digit = None;
    for c in text.chars() {
        let place = match c {
            '千' => 1000,
            '百' => 100,
            '十' => 10,
            _ => {
                let value = DIGITS.iter().position(|&d| d == c || (d == '零' && c == '〇'))?;
                digit = Some(u32::try_from(value).ok()?);
                continue;
            }
        };
        total = total.checked_add(place * digit.take().unwrap_or(1))?;
    }
    total = total.checked_add(digit.unwrap_or(0))?;
    (chinese_number(total) == text.replace('〇', "零")).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers() {
        let check = |number: u32, expected: &str| assert_eq!(chinese_number(number), expected);
        check(0, "零");
        check(2, "二");
        check(10, "十");
        check(11, "十一");
        check(20, "二十");
        check(35, "三十五");
        check(100, "一百");
        check(101, "一百零一");
        check(110, "一百一十");
        check(112, "一百一十二");
        check(1000, "一千");
        check(1002, "一千零二");
        check(1010, "一千零一十");
        check(1052, "一千零五十二");
        check(1260, "一千二百六十");
        check(9999, "九千九百九十九");
        check(10_000, "10000");
    }

    #[test]
    fn every_number_comes_back() {
        for number in 0..=9999 {
            assert_eq!(parse_chinese_number(&chinese_number(number)), Some(number));
        }
    }

    #[test]
    fn refuses_other_forms() {
        let check = |text: &str| assert_eq!(parse_chinese_number(text), None, "{text}");
        check("");
        check("二五");
        check("一百十");
        check("一十");
        check("十百");
        check("两");
        check("一万");
        check("35");
        check(&"千".repeat(500));
        assert_eq!(parse_chinese_number("一千〇五十二"), Some(1052));
    }
}
