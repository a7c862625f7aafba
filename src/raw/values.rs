//! The shapes of single values: ids and dates.
//!
//! Lives here: what an id and a date look like. Never here: where they may stand.

use crate::diag::{Diagnostic, Span};
use crate::msg;

/// The fault of something that is no id.
pub fn bad_id(written: &str, span: Span) -> Diagnostic {
    let shown: String = written.chars().take(60).collect();
    Diagnostic::error("bad-id", span, msg!("“{shown}”不能用作标识", "`{shown}` cannot be an id")).hint(msg!(
        "标识只用小写英文字母、数字和连字符，以字母或数字开头，至多 100 个字符",
        "ids consist of lower-case letters, digits and hyphens, start with a letter or digit, and have at most 100 characters"
    ))
}

/// Whether `text` can be an id. Ids become file names, so Windows' device names are none.
pub fn is_id(text: &str) -> bool {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let device = DEVICES.contains(&text)
        || (text.len() == 4
            && (text.starts_with("com") || text.starts_with("lpt"))
            && text.as_bytes()[3].is_ascii_digit());
    (1..=100).contains(&text.len())
        && !device
        && !text.starts_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether `text` is a day of the Gregorian calendar, `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, len: usize| {
        (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok()).flatten()
    };
    let (Some(y), Some(m), Some(d)) = (number(year, 4), number(month, 2), number(day, 2)) else { return false };
    let leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    let days = match m {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    y > 0 && (1..=days).contains(&d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_that_exist() {
        assert!(is_date("2018-08-22") && is_date("2020-02-29"));
        for bad in ["2019-02-29", "2018-8-22", "2018-13-01", "2018-00-10", "0000-01-01", "2018/08/22", "２０１８-08-22"]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn ids_are_safe_file_names() {
        assert!(is_id("free-compulsory-education") && is_id("12333-hotline"));
        for bad in ["", "-a", "A", "a_b", "a/b", "..", "名", "con", "com1"] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
