//! Letters are those of the Hudum script: no Cyrillic, no Todo, Sibe or Manchu letters, no presentation forms.
//!
//! Cyrillic comes from texts of another country's orthography. Todo and Manchu letters look like Hudum ones and are found by
//! no search. Vertical presentation forms (U+FE10–19, U+FE30–4F) are for old systems: a vertical page turns the ordinary
//! marks itself. Private-use letters of old fonts are refused in every language, by the rule about characters.

use super::runs;
use crate::check::pairs::Pair;
use crate::check::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[
        code("cyrillic-letter", "蒙古文中有西里尔字母", "Cyrillic letters in a text in the Mongolian script"),
        code("foreign-mongolian-letter", "蒙古文中有托忒、锡伯或满文字母", "Todo, Sibe or Manchu letters"),
        code("presentation-form", "竖排标点用了兼容字符", "punctuation as a vertical presentation form"),
    ],
    look: Look::Mongolian(look),
};

fn look(_: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    let pair = reading.pair;
    // Nearly no text has any.
    if reading.rarer.iter().any(|(_, c)| is_cyrillic(*c) || is_foreign(*c) || is_presentation(*c)) {
        cyrillic(pair, report);
        foreign(pair, report);
        presentation(pair, report);
    }
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}')
}

fn is_foreign(c: char) -> bool {
    matches!(c, '\u{1807}'..='\u{1809}' | '\u{1843}'..='\u{1878}' | '\u{1880}'..='\u{18AA}')
}

fn is_presentation(c: char) -> bool {
    matches!(c, '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE4F}')
}

fn cyrillic(pair: &Pair<'_>, report: &mut Report) {
    for run in runs(&pair.text, is_cyrillic) {
        let written = &pair.text[run.clone()];
        let message = msg!("这里有西里尔字母“{written}”", "the Cyrillic `{written}` stands here");
        report.push(Diagnostic::error("cyrillic-letter", pair.place(run), message).hint(msg!(
            "请用传统蒙古文重写；两种文字不能逐字转换",
            "write it in the traditional script; one cannot be derived from the other letter by letter"
        )));
    }
}

fn foreign(pair: &Pair<'_>, report: &mut Report) {
    for run in runs(&pair.text, is_foreign) {
        let codes: Vec<String> = pair.text[run.clone()].chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
        let codes = codes.join(" ");
        let message = msg!("这里有托忒、锡伯或满文字母 {codes}", "the Todo, Sibe or Manchu {codes} stands here");
        report.push(
            Diagnostic::error("foreign-mongolian-letter", pair.place(run), message)
                .hint(msg!("请换成胡都木蒙古文的字母", "use the letter of the Hudum script")),
        );
    }
}

fn presentation(pair: &Pair<'_>, report: &mut Report) {
    for run in runs(&pair.text, is_presentation) {
        let written = &pair.text[run.clone()];
        let message = msg!("“{written}”是竖排兼容字符", "`{written}` is a vertical presentation form");
        report.push(Diagnostic::error("presentation-form", pair.place(run), message).hint(msg!(
            "请用普通标点，如《 》（ ）；竖排由页面处理",
            "write ordinary marks, such as 《 》 or （ ）; the page turns them"
        )));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::mongolian::tests::name;
    use insta::assert_snapshot;

    #[test]
    fn foreign_letters() {
        assert_snapshot!(name("ᠨᠡᠷᠡ нэр нэр ᠰᠢᡏᠡ ︽ᠨᠣᠮ︾ ︽ᠨᠣᠮ"), @r"
        Error cyrillic-letter i18n/mn-Mong/items/education/meals.yaml:2:19 [нэр]
          这里有西里尔字母“нэр”
          the Cyrillic `нэр` stands here
          > 请用传统蒙古文重写；两种文字不能逐字转换
          > write it in the traditional script; one cannot be derived from the other letter by letter
        Error foreign-mongolian-letter i18n/mn-Mong/items/education/meals.yaml:2:29 [ᡏ]
          这里有托忒、锡伯或满文字母 U+184F
          the Todo, Sibe or Manchu U+184F stands here
          > 请换成胡都木蒙古文的字母
          > use the letter of the Hudum script
        Error presentation-form i18n/mn-Mong/items/education/meals.yaml:2:32 [︽]
          “︽”是竖排兼容字符
          `︽` is a vertical presentation form
          > 请用普通标点，如《 》（ ）；竖排由页面处理
          > write ordinary marks, such as 《 》 or （ ）; the page turns them
        Error presentation-form i18n/mn-Mong/items/education/meals.yaml:2:36 [︾]
          “︾”是竖排兼容字符
          `︾` is a vertical presentation form
          > 请用普通标点，如《 》（ ）；竖排由页面处理
          > write ordinary marks, such as 《 》 or （ ）; the page turns them
        ");
    }
}
