//! The form in which texts and queries are compared.
//!
//! Lives here: one rule for both sides, also in the browser (`templates/assets/search.js`); `tests/search/normal.json` is the
//! vector file that both must pass. Never here: what is a word (`tokens`).
//!
//! Compatibility forms fold (full width, Ⅱ → ii), case and accents go, traditional Chinese becomes simplified. The suffix
//! connector of Mongolian, U+202F, is kept apart from other spaces, which NFKC makes of it.

use hashbrown::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// What stands for the suffix connector in a normal form: a private-use character, which no content may contain.
pub(super) const CONNECTOR: char = '\u{E000}';

/// Simplified characters, each with its traditional ones, a line each (OpenCC's `TSCharacters`, Apache-2.0).
const TRADITIONAL: &str = include_str!("data/traditional.txt");

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| variants().collect());

/// Every traditional character with its simplified one, in order of the latter.
pub(super) fn variants() -> impl Iterator<Item = (char, char)> {
    TRADITIONAL.lines().flat_map(|line| {
        let mut chars = line.chars();
        let simplified = chars.next();
        chars.filter_map(move |traditional| Some((traditional, simplified?)))
    })
}

/// The normal form of a text.
///
/// # Examples
/// ```
/// assert_eq!(qingdan::search::normal("養老 Ⅱ　８００元"), "养老 ii 800元");
/// ```
pub fn normal(text: &str) -> String {
    folded(text, |c| SIMPLIFIED.get(&c).copied().unwrap_or(c))
}

/// The normal form, but with traditional characters as they are.
pub(super) fn unfolded(text: &str) -> String {
    folded(text, |c| c)
}

/// The normal form, with each character of it replaced at last.
///
/// Nearly all of what catalogues say folds by itself; only the runs between are put through the forms of Unicode.
fn folded(text: &str, variant: impl Fn(char) -> char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut waiting = 0;
    for (at, c) in text.char_indices() {
        if let Some(folded) = alone(c) {
            if waiting < at {
                out.extend(through_unicode(&text[waiting..at]).chars().map(&variant));
            }
            out.push(variant(folded));
            waiting = at + c.len_utf8();
        }
    }
    out.extend(through_unicode(&text[waiting..]).chars().map(&variant));
    out
}

/// The form of a character that neither changes nor is changed by what stands beside it: a starter that composes with
/// nothing but the accents that go anyway.
fn alone(c: char) -> Option<char> {
    match c {
        '\0'..='\x7F' => Some(c.to_ascii_lowercase()),
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => Some(c),
        '\u{1820}'..='\u{1878}' | '\u{180B}'..='\u{180E}' => Some(c),
        '\u{202F}' => Some(CONNECTOR),
        '、' | '。' | '《' | '》' | '“' | '”' => Some(c),
        // Full width: ASCII at a distance.
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).map(|c| c.to_ascii_lowercase()),
        _ => None,
    }
}

/// Any text.
fn through_unicode(text: &str) -> String {
    let apart = text.chars().map(|c| if c == '\u{202F}' { CONNECTOR } else { c });
    let lower: String = apart.nfkd().flat_map(char::to_lowercase).collect();
    // A browser writes a final sigma by what follows it.
    let plain = lower.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).map(|c| if c == 'ς' { 'σ' } else { c });
    plain.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_sides_fold() {
        for (text, wanted) in [
            ("ＡＢＣ　１２３３３", "abc 12333"),
            ("Ⅱ级", "ii级"),
            ("Café ÉCOLE", "cafe ecole"),
            ("養老保險、殘疾證", "养老保险、残疾证"),
            ("ᠤ\u{202F}ᠶᠢᠨ", "ᠤ\u{E000}ᠶᠢᠨ"),
            ("", ""),
        ] {
            assert_eq!(normal(text), wanted);
        }
    }

    /// Characters that fold by themselves beside such that do not.
    fn mixed() -> impl Strategy<Value = String> {
        let some = "[a-zA-Z0-9 <=养老殘ᠠᠶ\u{180B}\u{180E}\u{202F}，（ＡéÉ\u{301}\u{338}\u{327}\u{3099}がΣς各ﬁ…Ⅱ\u{1100}\u{1161}]{0,24}";
        prop_oneof![some, "\\PC{0,40}"]
    }

    proptest! {
        #[test]
        fn what_folds_by_itself_folds_the_same(text in mixed()) {
            prop_assert_eq!(unfolded(&text), through_unicode(&text));
        }

        #[test]
        fn a_normal_form_is_its_own(text in "\\PC{0,40}") {
            let once = normal(&text);
            prop_assert_eq!(normal(&once), once);
        }
    }
}
