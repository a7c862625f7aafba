//! ᠨ before ᠭ: most often the one letter ᠩ was meant.
//!
//! Both look nearly alike in the middle of a word, and machine drafts mix them up. Compounds do have ᠨ and ᠭ side by side,
//! so this is a warning, and a selector after the ᠨ says that it is meant.

use crate::check::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;
use std::collections::BTreeSet;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[code("n-before-g", "ᠨ 后接 ᠭ，通常应为 ᠩ", "ᠨ before ᠭ, where ᠩ is usual")],
    look: Look::Mongolian(look),
};

const N_BEFORE_G: &str = "ᠨᠭ";

fn look(_: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    let text = &reading.pair.text;
    if !text.contains(N_BEFORE_G) {
        return;
    }
    let mut seen = BTreeSet::new();
    for word in &reading.words {
        let written = &text[word.range.clone()];
        if !written.contains(N_BEFORE_G) || !seen.insert(&word.letters) {
            continue;
        }
        let message = msg!("“{written}”中 ᠨ 后接 ᠭ", "in `{written}` ᠨ stands before ᠭ");
        report.push(
            Diagnostic::warning("n-before-g", reading.pair.place(word.range.clone()), message)
                .hint(msg!("通常应写 ᠩ（U+1829），请核对", "the letter ᠩ (U+1829) is usual there; look it up")),
        );
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
