//! What follows a suffix connector is a suffix, and what is a suffix follows a connector.
//!
//! The connector is U+202F. With a plain space in its place the suffix takes a wrong shape and the line may break before it.
//! Some words look like a suffix (ᠳᠠᠭᠠᠨ, following); `i18n/<tag>/allow.yaml` lists them under `words`.

use super::allowed;
use super::table::{is_apart, is_suffix};
use super::words::{Before, Word};
use crate::check::pairs::Pair;
use crate::check::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;
use std::collections::BTreeSet;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[
        code("unknown-suffix", "后缀连接符后不是已知的后缀", "no known suffix follows the suffix connector"),
        code("suffix-after-space", "后缀前是普通空格", "a suffix after a plain space"),
    ],
    look: Look::Mongolian(look),
};

fn look(cx: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    let pair = reading.pair;
    let mut seen = BTreeSet::new();
    for word in &reading.words {
        let joined = word.before == Before::Connector;
        let suspect = if joined { !is_suffix(&word.letters) } else { is_apart(&word.letters) };
        let own = || word.before == Before::Space && allowed(cx, pair, |all| &all.words).any(|own| own == word.letters);
        if suspect && !own() && seen.insert((&word.letters, joined)) {
            one(pair, word, report);
        }
    }
}

/// What is to be said of the first of its kind; a suffix that stands neither after a connector nor after a space may be cited.
fn one(pair: &Pair<'_>, word: &Word, report: &mut Report) {
    let (written, place) = (&pair.text[word.range.clone()], || pair.place(word.range.clone()));
    if word.before == Before::Connector {
        let message = msg!("连接符后的“{written}”不是已知的后缀", "`{written}` after the connector is no known suffix");
        report.push(
            Diagnostic::warning("unknown-suffix", place(), message).hint(msg!(
                "请核对拼写；词与词之间用普通空格",
                "look up its spelling; words are parted by a plain space"
            )),
        );
    } else if word.before == Before::Space {
        let message = msg!("后缀“{written}”前是普通空格", "a plain space stands before the suffix `{written}`");
        report.push(
            Diagnostic::warning("suffix-after-space", place(), message)
                .hint(msg!("请改用连接符 U+202F（NNBSP）", "write the connector U+202F (NNBSP) there")),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::mongolian::tests::name;
    use insta::assert_snapshot;

    #[test]
    fn a_suffix_that_was_cited_before_is_let_pass() {
        assert_eq!(name("ᠦᠨ ᠡᠳᠡ ᠦᠨ"), "");
        assert!(name("ᠨᠣᠮ ᠡᠳᠡ ᠦᠨ").contains("suffix-after-space"));
    }

    #[test]
    fn suffixes_and_their_connector() {
        assert_snapshot!(name("ᠡᠳ ᠦᠨ ᠵᠠᠰᠠᠭ\u{202F}ᠪᠠᠶᠢᠭᠤᠯᠬᠤ ᠡᠳ\u{202F}ᠦᠨ"), @r"
        Warning suffix-after-space i18n/mn-Mong/items/education/meals.yaml:2:17 [ᠦᠨ]
          后缀“ᠦᠨ”前是普通空格
          a plain space stands before the suffix `ᠦᠨ`
          > 请改用连接符 U+202F（NNBSP）
          > write the connector U+202F (NNBSP) there
        Warning unknown-suffix i18n/mn-Mong/items/education/meals.yaml:2:26 [ᠪᠠᠶᠢᠭᠤᠯᠬᠤ]
          连接符后的“ᠪᠠᠶᠢᠭᠤᠯᠬᠤ”不是已知的后缀
          `ᠪᠠᠶᠢᠭᠤᠯᠬᠤ` after the connector is no known suffix
          > 请核对拼写；词与词之间用普通空格
          > look up its spelling; words are parted by a plain space
        ");
    }
}
