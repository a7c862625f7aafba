//! A suffix has the form that its stem asks for: by the last letter, and by the vowels of the stem.

use super::table::better;
use super::words::{Before, Harmony, Word, harmony};
use crate::check::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;
use std::collections::BTreeSet;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[code("suffix-form", "后缀的形式与词干不合", "a suffix in a form that does not fit its stem")],
    look: Look::Mongolian(look),
};

fn look(_: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    let (pair, words) = (reading.pair, &reading.words);
    let mut seen = BTreeSet::new();
    // In a chain of suffixes the vowels are those of the first word.
    let mut stem = None;
    for (at, word) in words.iter().enumerate() {
        if word.before != Before::Connector {
            stem = Some(harmony_of(&word.letters));
            continue;
        }
        let Some(right) = stem.and_then(|stem| wrong(words, at, stem)) else { continue };
        let start = words[at - 1].range.start;
        let written = &pair.text[start..word.range.end];
        if !seen.insert(written) {
            continue;
        }
        let suffix = &word.letters;
        let message =
            msg!("“{written}”的后缀“{suffix}”形式不对", "in `{written}` the suffix `{suffix}` has a wrong form");
        report.push(
            Diagnostic::warning("suffix-form", pair.place(word.range.clone()), message)
                .hint(msg!("这里应写“{right}”", "it should be `{right}` here")),
        );
    }
}

/// The right form of the suffix at a place, after a stem of that harmony; none where it is right, or no suffix, or follows no word.
fn wrong(words: &[Word], at: usize, stem: Option<Harmony>) -> Option<&'static str> {
    let word = words.get(at)?;
    if word.before != Before::Connector || !word.follows_word {
        return None;
    }
    let last = words.get(at.checked_sub(1)?)?.letters.chars().next_back()?;
    better(&word.letters, last, stem)
}

/// The harmony of a stem; none where it has neutral vowels alone, or both kinds.
fn harmony_of(stem: &str) -> Option<Harmony> {
    let mut kinds = stem.chars().filter_map(harmony);
    let first = kinds.next()?;
    kinds.all(|kind| kind == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::mongolian::tests::name;
    use crate::check::mongolian::words::words;
    use insta::assert_snapshot;

    fn right(text: &str) -> Option<&'static str> {
        let text = text.replace(' ', "\u{202F}");
        let words = words(&text);
        wrong(&words, 1, words.first().and_then(|stem| harmony_of(&stem.letters)))
    }

    #[test]
    fn forms_follow_the_stem() {
        for fine in [
            "ᠡᠳ ᠦᠨ",
            "ᠬᠣᠲᠠ ᠶᠢᠨ",
            "ᠣᠷᠳᠣᠨ ᠤ",
            "ᠬᠦᠮᠦᠨ ᠦ",
            "ᠨᠢᠭᠤᠷ ᠲᠤ",
            "ᠣᠷᠣᠨ ᠳᠤ",
            "ᠲᠢᠩᠬᠢᠮ ᠤᠨ",
            "ᠵᠢᠯ ᠦᠨ",
            "ᠬᠠᠷᠢᠴᠠᠯ ᠢᠶᠠᠷ",
            "ᠨᠣᠮ ᠢ",
        ] {
            assert_eq!(right(fine), None, "{fine}");
        }
        for (wrong, better) in [
            ("ᠡᠳ ᠤᠨ", "ᠦᠨ"),
            ("ᠬᠣᠲᠠ ᠤᠨ", "ᠶᠢᠨ"),
            ("ᠣᠷᠳᠣᠨ ᠤᠨ", "ᠤ"),
            ("ᠵᠠᠰᠠᠭ ᠳᠤ", "ᠲᠤ"),
            ("ᠬᠦᠮᠦᠨ ᠲᠦ", "ᠳᠦ"),
            ("ᠲᠢᠩᠬᠢᠮ ᠶᠢᠨ", "ᠤᠨ"),
            ("ᠨᠣᠮ ᠡᠴᠡ", "ᠠᠴᠠ"),
        ] {
            assert_eq!(right(wrong), Some(better), "{wrong}");
        }
        assert_eq!(wrong(&words("5\u{202F}ᠳᠤ"), 0, None), None);
    }

    #[test]
    fn a_wrong_form_is_named_once() {
        assert_snapshot!(name("ᠬᠣᠲᠠ\u{202F}ᠤᠨ ᠰᠤᠷᠭᠠᠭᠤᠯᠢ ᠬᠣᠲᠠ\u{202F}ᠤᠨ"), @r"
        Warning suffix-form i18n/mn-Mong/items/education/meals.yaml:2:19 [ᠤᠨ]
          “ᠬᠣᠲᠠ ᠤᠨ”的后缀“ᠤᠨ”形式不对
          in `ᠬᠣᠲᠠ ᠤᠨ` the suffix `ᠤᠨ` has a wrong form
          > 这里应写“ᠶᠢᠨ”
          > it should be `ᠶᠢᠨ` here
        ");
    }
}
