//! Selectors follow a letter and stand alone; a vowel separator stands within a word.
//!
//! They are invisible: a stray one changes nothing on the page, or the letter after it, and hides the word from every search.

use super::words::{MVS, is_letter, is_selector};
use crate::check::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[
        code("stray-selector", "变体选择符前没有字母", "a variation selector without a letter before it"),
        code("double-selector", "连用了两个变体选择符", "two variation selectors in a row"),
        code("stray-separator", "元音分隔符不在词中", "a vowel separator at the edge of a word"),
    ],
    look: Look::Mongolian(look),
};

fn look(_: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    let pair = reading.pair;
    let mut seen = [false; 3];
    for (at, c) in reading.rarer.iter().copied().filter(|(_, c)| is_selector(*c) || *c == MVS) {
        let range = at..at + c.len_utf8();
        let (before, next) = (pair.text[..at].chars().next_back(), pair.text[range.end..].chars().next());
        let n = u32::from(c);
        let after_letter = before.is_some_and(is_letter);
        let after_selector = before.is_some_and(is_selector);
        if is_selector(c) && after_selector && !seen[0] {
            seen[0] = true;
            let message = msg!("变体选择符 U+{n:04X} 紧跟着另一个", "the selector U+{n:04X} follows another one");
            report.push(
                Diagnostic::error("double-selector", pair.place(range), message)
                    .hint(msg!("请只保留一个", "keep one of them")),
            );
        } else if is_selector(c) && !after_letter && !after_selector && !seen[1] {
            seen[1] = true;
            let message = msg!("变体选择符 U+{n:04X} 前没有字母", "no letter stands before the selector U+{n:04X}");
            report.push(
                Diagnostic::error("stray-selector", pair.place(range), message).hint(msg!("请删去它", "delete it")),
            );
        } else if c == MVS && !((after_letter || after_selector) && next.is_some_and(is_letter)) && !seen[2] {
            seen[2] = true;
            let message =
                msg!("元音分隔符 U+180E 在词的边上", "the vowel separator U+180E stands at the edge of a word");
            report.push(Diagnostic::error("stray-separator", pair.place(range), message).hint(msg!(
                "它只写在词中，例如末尾的 ᠠ、ᠡ 之前；请删去它",
                "it stands within a word, such as before a final ᠠ or ᠡ; delete it"
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::mongolian::tests::name;
    use insta::assert_snapshot;

    #[test]
    fn invisible_marks() {
        assert_snapshot!(name("\"ᠡᠳ\\u180B\\u180Cᠦᠨ\\u180E ᠨᠡᠷ\\u180Eᠡ \\u180Bᠳᠠᠨᠰᠠ\""), @r"
        Error stray-selector i18n/mn-Mong/items/education/meals.yaml:2:17 [\\u180B]
          变体选择符 U+180B 前没有字母
          no letter stands before the selector U+180B
          > 请删去它
          > delete it
        Error double-selector i18n/mn-Mong/items/education/meals.yaml:2:23 [\\u180C]
          变体选择符 U+180C 紧跟着另一个
          the selector U+180C follows another one
          > 请只保留一个
          > keep one of them
        Error stray-separator i18n/mn-Mong/items/education/meals.yaml:2:31 [\\u180E]
          元音分隔符 U+180E 在词的边上
          the vowel separator U+180E stands at the edge of a word
          > 它只写在词中，例如末尾的 ᠠ、ᠡ 之前；请删去它
          > it stands within a word, such as before a final ᠠ or ᠡ; delete it
        ");
    }
}
