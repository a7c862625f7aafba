//! A stem has front vowels or back vowels, not both.
//!
//! A mixture is most often a slip between letters that look alike (o and ö, u and ü). Loanwords, names and compounds do mix:
//! `i18n/<tag>/allow.yaml` lists them under `mixed_vowels`; words that begin with a listed one are let pass too.

use super::words::{Before, Harmony, flat, harmony, words};
use super::{allow_file, allowed, pairs};
use crate::check::{Context, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;
use std::collections::BTreeSet;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[code("mixed-vowels", "一个词干里既有阳性元音又有阴性元音", "front and back vowels in one stem")],
    run,
};

fn run(cx: &Context<'_>, report: &mut Report) {
    for pair in pairs(cx) {
        let listed: Vec<String> =
            allowed(cx, pair, |all| &all.mixed_vowels).into_iter().map(flat).filter(|word| !word.is_empty()).collect();
        let mut seen = BTreeSet::new();
        for word in words(&pair.text).into_iter().filter(|word| word.before != Before::Connector) {
            let has = |wanted: Harmony| word.letters.chars().any(|c| harmony(c) == Some(wanted));
            let mixed = has(Harmony::Back) && has(Harmony::Front);
            let fine = || listed.iter().any(|known| word.letters.starts_with(known.trim_start()));
            if !mixed || fine() || !seen.insert(word.letters.clone()) {
                continue;
            }
            let written = &pair.text[word.range.clone()];
            let message = msg!("“{written}”中阳性元音和阴性元音并存", "`{written}` has both front and back vowels");
            let file = allow_file(cx, pair);
            report.push(Diagnostic::warning("mixed-vowels", pair.place(word.range), message).hint(msg!(
                "请核对拼写；外来词和复合词写进 {file} 的 mixed_vowels",
                "look up its spelling; list loanwords and compounds in {file} under `mixed_vowels`"
            )));
        }
    }
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
