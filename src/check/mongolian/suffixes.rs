//! What follows a suffix connector is a suffix, and what is a suffix follows a connector.
//!
//! The connector is U+202F. With a plain space in its place the suffix takes a wrong shape and the line may break before it.
//! Some words look like a suffix (ᠳᠠᠭᠠᠨ, following); `i18n/<tag>/allow.yaml` lists them under `words`.

use super::table::{SUFFIXES, is_suffix};
use super::words::{Before, Word, words};
use super::{allowed, pairs};
use crate::check::pairs::Pair;
use crate::check::{Context, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;
use std::collections::BTreeSet;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[
        code("unknown-suffix", "后缀连接符后不是已知的后缀", "no known suffix follows the suffix connector"),
        code("suffix-after-space", "后缀前是普通空格", "a suffix after a plain space"),
    ],
    run,
};

fn run(cx: &Context<'_>, report: &mut Report) {
    for pair in pairs(cx) {
        let mut seen = BTreeSet::new();
        let own = allowed(cx, pair, |all| &all.words);
        for word in words(&pair.text) {
            let own = word.before == Before::Space && own.contains(&word.letters.as_ref());
            if !own && seen.insert((word.letters.clone(), word.before == Before::Connector)) {
                one(pair, word, report);
            }
        }
    }
}

fn one(pair: &Pair<'_>, word: Word, report: &mut Report) {
    let written = pair.text[word.range.clone()].to_owned();
    if word.before == Before::Connector && !is_suffix(&word.letters) {
        let message = msg!("连接符后的“{written}”不是已知的后缀", "`{written}` after the connector is no known suffix");
        report.push(
            Diagnostic::warning("unknown-suffix", pair.place(word.range), message).hint(msg!(
                "请核对拼写；词与词之间用普通空格",
                "look up its spelling; words are parted by a plain space"
            )),
        );
    } else if word.before == Before::Space && SUFFIXES.contains(&word.letters.as_ref()) {
        let message = msg!("后缀“{written}”前是普通空格", "a plain space stands before the suffix `{written}`");
        report.push(
            Diagnostic::warning("suffix-after-space", pair.place(word.range), message)
                .hint(msg!("请改用连接符 U+202F（NNBSP）", "write the connector U+202F (NNBSP) there")),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::mongolian::tests::name;
    use insta::assert_snapshot;

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
