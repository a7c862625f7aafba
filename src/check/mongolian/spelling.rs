//! ᠨ before ᠭ: most often the one letter ᠩ was meant.
//!
//! Both look nearly alike in the middle of a word, and machine drafts mix them up. Compounds do have ᠨ and ᠭ side by side,
//! so this is a warning, and a selector after the ᠨ says that it is meant.

use super::pairs;
use super::words::words;
use crate::check::{Context, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;
use std::collections::BTreeSet;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[code("n-before-g", "ᠨ 后接 ᠭ，通常应为 ᠩ", "ᠨ before ᠭ, where ᠩ is usual")],
    run,
};

fn run(cx: &Context<'_>, report: &mut Report) {
    for pair in pairs(cx) {
        let mut seen = BTreeSet::new();
        for word in words(&pair.text) {
            let written = &pair.text[word.range.clone()];
            if !written.contains("ᠨᠭ") || !seen.insert(word.letters.clone()) {
                continue;
            }
            let message = msg!("“{written}”中 ᠨ 后接 ᠭ", "in `{written}` ᠨ stands before ᠭ");
            report.push(
                Diagnostic::warning("n-before-g", pair.place(word.range), message)
                    .hint(msg!("通常应写 ᠩ（U+1829），请核对", "the letter ᠩ (U+1829) is usual there; look it up")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::mongolian::tests::name;
    use insta::assert_snapshot;

    #[test]
    fn n_before_g() {
        assert_snapshot!(name("ᠠᠨᠭᠬᠠ ᠠᠨᠭᠬᠠ ᠰᠣᠩᠭᠣᠬᠤ"), @r"
        Warning n-before-g i18n/mn-Mong/items/education/meals.yaml:2:14 [ᠠᠨᠭᠬᠠ]
          “ᠠᠨᠭᠬᠠ”中 ᠨ 后接 ᠭ
          in `ᠠᠨᠭᠬᠠ` ᠨ stands before ᠭ
          > 通常应写 ᠩ（U+1829），请核对
          > the letter ᠩ (U+1829) is usual there; look it up
        ");
    }
}
