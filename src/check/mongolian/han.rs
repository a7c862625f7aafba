//! No Han characters are left in a translation, but for document numbers and what the allow-list names.
//!
//! A document number such as 人社部发〔2016〕36号 is how a document is found; it stays as it is. So do Roman numerals.

use super::{allow_file, allowed, runs};
use crate::check::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;
use std::ops::Range;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[code("han-left", "译文中留有汉字", "Han characters are left in a translation")],
    look: Look::Mongolian(look),
};

/// Whether it is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
        || matches!(c, '々' | '〇' | '〆')
}

fn look(cx: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    let pair = reading.pair;
    // What may stay is looked for in the few texts that have any.
    if !reading.rarer.iter().any(|(_, c)| is_han(*c)) {
        return;
    }
    let names: Vec<&str> = allowed(cx, pair, |all| &all.han).collect();
    let masked = without(&pair.text, &names);
    for run in runs(&masked, is_han) {
        let written = &masked[run.clone()];
        let message = msg!("译文中有汉字“{written}”", "the Han characters `{written}` are left here");
        let file = allow_file(cx, pair);
        report.push(Diagnostic::error("han-left", pair.place(run), message).hint(msg!(
            "请译出；必须保留的名称写进 {file} 的 han",
            "translate it; a name that must stay is listed in {file} under `han`"
        )));
    }
}

/// The text with what may stay blanked out, byte for byte.
fn without(text: &str, names: &[&str]) -> String {
    let mut spared: Vec<Range<usize>> = document_numbers(text);
    for name in names.iter().filter(|name| !name.is_empty()) {
        spared.extend(text.match_indices(name).map(|(at, name)| at..at + name.len()));
    }
    let blank = |(at, c): (usize, char)| match spared.iter().any(|range| range.contains(&at)) {
        true => " ".repeat(c.len_utf8()),
        false => c.to_string(),
    };
    text.char_indices().map(blank).collect()
}

/// Where document numbers stand: an issuer, a year in brackets, a number, 号.
fn document_numbers(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let get = |k: usize| chars.get(k).map(|(_, c)| *c);
    let digits = |from: usize| chars.iter().skip(from).take_while(|(_, c)| c.is_ascii_digit()).count();
    let mut found = Vec::new();
    for (open, (_, c)) in chars.iter().enumerate() {
        let close = open + 1 + 4;
        let bracketed = matches!(c, '〔' | '[' | '［' | '﹝' | '（' | '(')
            && digits(open + 1) == 4
            && get(close).is_some_and(|c| matches!(c, '〕' | ']' | '］' | '﹞' | '）' | ')'));
        let issuer = chars[..open].iter().rev().take_while(|(_, c)| is_han(*c)).count();
        let number = close + 1 + usize::from(get(close + 1) == Some('第'));
        let length = if bracketed { digits(number) } else { 0 };
        if issuer > 0 && length > 0 && get(number + length) == Some('号') {
            let end = chars.get(number + length + 1).map_or(text.len(), |(at, _)| *at);
            found.push(chars[open - issuer].0..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::document_numbers;
    use crate::check::fixture::Site;
    use crate::check::mongolian::tests::name;
    use insta::assert_snapshot;

    #[test]
    fn document_numbers_stay() {
        let found = |text: &str| document_numbers(text).into_iter().map(|r| text[r].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("ᠨᠡᠷ 人社部发〔2016〕36号、国办发[2015]第7号，36号"),
            ["人社部发〔2016〕36号", "国办发[2015]第7号"]
        );
        assert_eq!(found("发〔2016〕号 〔2016〕36号 发〔216〕36号"), [""; 0]);
    }

    #[test]
    fn what_is_left_is_named() {
        assert_snapshot!(name("\"人社部发〔2016〕36号 补助 ᠨᠥᠬᠥᠪᠦᠷᠢ 补助 Ⅱ 呼伦\""), @r"
        Warning figures-differ i18n/mn-Mong/items/education/meals.yaml:2:20 [2016]
          数字与原文不一致：多2016、36
          the numbers are not those of the source: the translation has besides 2016, 36
          > 请对照原文改正数字；数字照写，不写成文字
          > correct them after the source; numbers are written in digits, as there
        Error han-left i18n/mn-Mong/items/education/meals.yaml:2:29 [补助]
          译文中有汉字“补助”
          the Han characters `补助` are left here
          > 请译出；必须保留的名称写进 i18n/mn-Mong/allow.yaml 的 han
          > translate it; a name that must stay is listed in i18n/mn-Mong/allow.yaml under `han`
        Error han-left i18n/mn-Mong/items/education/meals.yaml:2:46 [呼伦]
          译文中有汉字“呼伦”
          the Han characters `呼伦` are left here
          > 请译出；必须保留的名称写进 i18n/mn-Mong/allow.yaml 的 han
          > translate it; a name that must stay is listed in i18n/mn-Mong/allow.yaml under `han`
        ");
    }

    #[test]
    fn a_note_may_quote_its_source() {
        let site = Site::default()
            .replace(
                "items/education/grant.yaml",
                "number: 1\n",
                "number: 1\neditorial:\n  - {kind: note, note: “补助”疑缺“的”字。}\n",
            )
            .with(
                "i18n/mn-Mong/items/education/grant.yaml",
                "status: draft\neditorial:\n  1: 《补助》\u{202f}ᠳᠤ 《的》 《金》\n",
            );
        assert_snapshot!(site.faults(), @r"
        Error han-left i18n/mn-Mong/items/education/grant.yaml:3:19 [金]
          译文中有汉字“金”
          the Han characters `金` are left here
          > 请译出；必须保留的名称写进 i18n/mn-Mong/allow.yaml 的 han
          > translate it; a name that must stay is listed in i18n/mn-Mong/allow.yaml under `han`
        ");
    }

    #[test]
    fn names_may_be_allowed() {
        let site = Site::default()
            .with("i18n/mn-Mong/items/education/meals.yaml", "status: draft\ntext: {name: ᠠᠮᠢᠳᠤᠷᠠᠯ 呼伦}\n")
            .with("i18n/mn-Mong/allow.yaml", "han: [呼伦]\n");
        assert!(!site.check().has("han-left"));
    }
}
