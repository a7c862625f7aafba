//! Characters that must not reach a terminal as they are.
//!
//! Lives here: making them visible. A terminal obeys control characters, and bidi overrides show text in an order that
//! is not its own; both may stand in content, and the messages that complain of them quote them.
//! Marks that scripts need (joiners, variation selectors, the Mongolian suffix connector) pass unchanged.

use std::borrow::Cow;

/// How a character is shown instead; none where it may be printed as it is. Tabs and line ends are the caller's affair.
pub(super) fn stand_in(c: char) -> Option<String> {
    match c {
        '\t' | '\n' => None,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).map(String::from),
        '\u{7f}' => Some('\u{2421}'.to_string()),
        _ if is_hidden(c) => Some(format!("<U+{:04X}>", u32::from(c))),
        _ => None,
    }
}

/// C1 controls, bidi marks, invisible spaces, line separators, private use, tags and noncharacters.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{f0000}'..)
        || u32::from(c) & 0xfffe == 0xfffe
}

/// A text of several lines, safe to print.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| stand_in(c).is_some()) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .fold(String::with_capacity(text.len()), |mut out, c| {
            match stand_in(c) {
                Some(shown) => out.push_str(&shown),
                None => out.push(c),
            }
            out
        })
        .into()
}

/// A text on one line, safe to print: line ends and tabs become spaces.
pub(super) fn line(line: &str) -> String {
    text(line).replace(['\n', '\t'], " ")
}

/// JSON in which nothing but printable characters stands. Its bytes are text of ours, so every such character is within a string.
pub(super) fn json(json: String) -> String {
    if !json.chars().any(|c| c == '\u{7f}' || is_hidden(c)) {
        return json;
    }
    json.chars().fold(String::with_capacity(json.len()), |mut out, c| {
        if c == '\u{7f}' || is_hidden(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
        out
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn controls_and_overrides_are_shown() {
        assert_eq!(text("a\u{1b}[31m\u{9b}1m\u{202e}b\u{e000}\u{7f}\r"), "a␛[31m<U+009B>1m<U+202E>b<U+E000>␡␍");
        assert_eq!(line("a\n\tb"), "a  b");
        // Mongolian needs its joiners, selectors and the narrow space.
        let mongolian = "ᠮᠣᠩᠭᠣᠯ\u{202f}ᠤᠨ\u{180b}\u{180e}\u{200d}";
        assert_eq!(text(mongolian), mongolian);
    }

    #[test]
    fn json_reads_the_same() {
        let value = serde_json::json!({"清单": "\u{202e}\u{9b}\u{7f}\u{10ffff}\u{1b}"});
        let safe = json(value.to_string());
        assert!(safe.chars().all(|c| !is_hidden(c) && !c.is_control()), "{safe}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }
}
