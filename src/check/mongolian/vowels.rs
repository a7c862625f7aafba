//! A stem has front vowels or back vowels, not both.
//!
//! A mixture is most often a slip between letters that look alike (o and ö, u and ü). Loanwords, names and compounds do mix:
//! `i18n/<tag>/allow.yaml` lists them under `mixed_vowels`; words that begin with a listed one are let pass too.

use super::words::{Before, flat, harmony, words};
use super::{allow_file, allowed};
use crate::check::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;
use std::cell::LazyCell;
use std::collections::BTreeSet;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[code("mixed-vowels", "一个词干里既有阳性元音又有阴性元音", "front and back vowels in one stem")],
    look: Look::Mongolian(look),
};

fn look(cx: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    let pair = reading.pair;
    // Asked for by mixed words alone, which are few.
    let listed = LazyCell::new(|| {
        let listed = allowed(cx, pair, |all| &all.mixed_vowels).map(|word| flat(&words(word)));
        listed.filter(|word| !word.is_empty()).collect::<Vec<String>>()
    });
    let mut seen = BTreeSet::new();
    for word in reading.words.iter().filter(|word| word.before != Before::Connector) {
        let fine = || listed.iter().any(|known| word.letters.starts_with(known.trim_start()));
        if !is_mixed(&word.letters) || fine() || !seen.insert(&word.letters) {
            continue;
        }
        let written = &pair.text[word.range.clone()];
        let message = msg!("“{written}”中阳性元音和阴性元音并存", "`{written}` has both front and back vowels");
        let file = allow_file(cx, pair);
        report.push(Diagnostic::warning("mixed-vowels", pair.place(word.range.clone()), message).hint(msg!(
            "请核对拼写；外来词和复合词写进 {file} 的 mixed_vowels",
            "look up its spelling; list loanwords and compounds in {file} under `mixed_vowels`"
        )));
    }
}

/// Whether a word has vowels of both kinds.
fn is_mixed(letters: &str) -> bool {
    let mut kinds = letters.chars().filter_map(harmony);
    kinds.next().is_some_and(|first| kinds.any(|kind| kind != first))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use crate::check::mongolian::tests::name;
    use insta::assert_snapshot;

    #[test]
    fn a_mixture_is_named_once() {
        assert_snapshot!(name("ᠤᠯᠠᠭᠠᠨᠮᠥᠴᠢᠷ ᠪᠠ ᠤᠯᠠᠭᠠᠨᠮᠥᠴᠢᠷ\u{202F}ᠤᠨ"), @r"
        Warning mixed-vowels i18n/mn-Mong/items/education/meals.yaml:2:14 [ᠤᠯᠠᠭᠠᠨᠮᠥᠴᠢᠷ]
          “ᠤᠯᠠᠭᠠᠨᠮᠥᠴᠢᠷ”中阳性元音和阴性元音并存
          `ᠤᠯᠠᠭᠠᠨᠮᠥᠴᠢᠷ` has both front and back vowels
          > 请核对拼写；外来词和复合词写进 i18n/mn-Mong/allow.yaml 的 mixed_vowels
          > look up its spelling; list loanwords and compounds in i18n/mn-Mong/allow.yaml under `mixed_vowels`
        ");
    }

    #[test]
    fn loanwords_are_listed() {
        let site = Site::default()
            .with("i18n/mn-Mong/items/education/meals.yaml", "status: draft\ntext: {name: ᠤᠯᠠᠭᠠᠨᠮᠥᠴᠢᠷ}\n")
            .with("i18n/mn-Mong/allow.yaml", "mixed_vowels: [ᠤᠯᠠᠭᠠᠨᠮᠥᠴᠢᠷ]\n");
        assert!(!site.check().has("mixed-vowels"));
    }
}
