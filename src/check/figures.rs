//! A translation has the numbers of its source: the same ones, as often, in any order.
//!
//! A wrong amount is the worst fault that a translation of a list of benefits can have, and the one that a program finds
//! surely. Numbers are runs of digits, with a decimal point or grouped by thousands; 5∶5, 7×24 and 2016—2020 are two each.
//! Full-width digits count as ASCII ones; numerals in words (四项) are no figures. Where it is not known that the translation
//! was made from the text as it is now, a difference is a warning: the source may have changed, and that stops no build.

use super::pairs::Pair;
use super::{Context, Rule, code};
use crate::diag::{Diagnostic, Message, Report, Severity};
use crate::msg;
use std::collections::BTreeMap;
use std::ops::Range;

pub(super) const RULE: Rule = Rule {
    codes: &[code(
        "figures-differ",
        "译文与原文的数字不一致",
        "the numbers of a translation are not those of its source",
    )],
    run,
};

fn run(cx: &Context<'_>, report: &mut Report) {
    for pair in &cx.texts.pairs {
        if !pair.translated.stale {
            compare(pair, report);
        }
    }
}

fn compare(pair: &Pair<'_>, report: &mut Report) {
    let Some(Differing { message, extra }) = figures_differ(&pair.from, &pair.text) else { return };
    let span = extra.map_or_else(|| pair.start(), |range| pair.place(range));
    let fault = Diagnostic::error("figures-differ", span, message).hint(correct_them());
    let severity = if pair.translated.current { Severity::Error } else { Severity::Warning };
    report.push(Diagnostic { severity, ..fault });
}

/// How the numbers of a translation are not those of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// Which it lacks and has besides.
    pub message: Message,
    /// The first that it has besides, in bytes.
    pub extra: Option<Range<usize>>,
}

/// What to do about it.
pub fn correct_them() -> Message {
    msg!(
        "请对照原文改正数字；数字照写，不写成文字",
        "correct them after the source; numbers are written in digits, as there"
    )
}

/// Compares the numbers of a source text and its translation, both without markup; none where they are the same.
pub fn figures_differ(source: &str, translation: &str) -> Option<Differing> {
    let mut balance: BTreeMap<String, i32> = BTreeMap::new();
    let there = figures(translation);
    for figure in figures(source) {
        *balance.entry(figure.text).or_default() -= 1;
    }
    for figure in &there {
        *balance.entry(figure.text.clone()).or_default() += 1;
    }
    let list = |wanted: fn(i32) -> bool| -> Vec<String> {
        let some = balance.iter().filter(|(_, count)| wanted(**count));
        some.map(|(text, count)| if count.abs() > 1 { format!("{text} (×{})", count.abs()) } else { text.clone() })
            .collect()
    };
    let (missing, extra) = (list(|count| count < 0), list(|count| count > 0));
    if missing.is_empty() && extra.is_empty() {
        return None;
    }
    let first_extra = there.iter().find(|figure| balance.get(&figure.text).is_some_and(|count| *count > 0));
    let extra_at = first_extra.map(|figure| figure.start..figure.end);
    let part = |zh: &str, en: &str, list: &[String]| match list {
        [] => None,
        list => Some((format!("{zh}{}", list.join("、")), format!("{en} {}", list.join(", ")))),
    };
    let parts = [part("缺", "lacks", &missing), part("多", "has besides", &extra)];
    let (zh, en): (Vec<String>, Vec<String>) = parts.into_iter().flatten().unzip();
    let (zh, en) = (zh.join("，"), en.join(" and "));
    let message = msg!("数字与原文不一致：{zh}", "the numbers are not those of the source: the translation {en}");
    Some(Differing { message, extra: extra_at })
}

/// A number in a text.
struct Figure {
    text: String,
    start: usize,
    end: usize,
}

/// The numbers of a text, in order.
fn figures(text: &str) -> Vec<Figure> {
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, folded(c))).collect();
    let mut figures = Vec::new();
    let mut i = 0;
    while let Some((start, c)) = chars.get(i) {
        if !c.is_ascii_digit() {
            i += 1;
            continue;
        }
        let length = figure_length(&chars[i..]);
        let written = chars[i..i + length].iter().map(|(_, c)| c).filter(|c| **c != ',').collect();
        i += length;
        figures.push(Figure { text: written, start: *start, end: chars.get(i).map_or(text.len(), |(at, _)| *at) });
    }
    figures
}

/// Full-width digits, points and commas as ASCII ones.
fn folded(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        _ => c,
    }
}

/// How many characters the number at the start has: digits, thousands, decimals.
fn figure_length(chars: &[(usize, char)]) -> usize {
    let digits = |from: usize| chars[from..].iter().take_while(|(_, c)| c.is_ascii_digit()).count();
    let is = |at: usize, mark: char| chars.get(at).is_some_and(|(_, c)| *c == mark);
    let mut length = digits(0);
    if length <= 3 {
        while is(length, ',') && digits(length + 1) == 3 {
            length += 4;
        }
    }
    if is(length, '.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    length
}

#[cfg(test)]
mod tests {
    use super::figures;
    use crate::check::fixture::Site;
    use crate::model::fingerprint;
    use insta::assert_snapshot;

    fn found(text: &str) -> Vec<String> {
        figures(text).into_iter().map(|figure| figure.text).collect()
    }

    #[test]
    fn numbers_as_they_occur() {
        assert_eq!(
            found("按5∶5比例，7×24小时，0—6岁，1/10，2016—2020年"),
            ["5", "5", "7", "24", "0", "6", "1", "10", "2016", "2020"]
        );
        assert_eq!(found("１２．５％和12.5%、1,250元、四项、3,40"), ["12.5", "12.5", "1250", "3", "40"]);
        assert_eq!(found("12.",), ["12"]);
    }

    fn faults(source: &str) -> String {
        let file = "i18n/mn-Mong/items/education/grant.yaml";
        let text = format!(
            "status: draft\nsource: {{standard: {source}}}\ntext:\n  name: ᠠᠮᠢᠳᠤᠷᠠᠯ\u{202F}ᠤᠨ ᠨᠥᠬᠥᠪᠦᠷᠢ\n  standard: ᠬᠦᠮᠦᠨ ᠪᠦᠷᠢ ᠵᠢᠯ ᠪᠦᠷᠢ 100 ᠶᠤᠸᠠᠨ 5 ᠤᠳᠠᠭ᠎ᠠ᠃\n"
        );
        Site::default().with(file, &text).faults()
    }

    #[test]
    fn a_current_translation_has_its_numbers() {
        assert_snapshot!(faults(&fingerprint("每人每年1000元。")), @r"
        Error figures-differ i18n/mn-Mong/items/education/grant.yaml:5:33 [100]
          数字与原文不一致：缺1000，多100、5
          the numbers are not those of the source: the translation lacks 1000 and has besides 100, 5
          > 请对照原文改正数字；数字照写，不写成文字
          > correct them after the source; numbers are written in digits, as there
        ");
    }

    #[test]
    fn without_a_fingerprint_it_is_a_warning() {
        let site = Site::default().with(
            "i18n/mn-Mong/items/education/meals.yaml",
            "status: draft\ntext: {name: ᠠᠮᠢᠳᠤᠷᠠᠯ\u{202F}ᠤᠨ 5 ᠨᠥᠬᠥᠪᠦᠷᠢ}\n",
        );
        assert_snapshot!(site.faults(), @r"
        Warning figures-differ i18n/mn-Mong/items/education/meals.yaml:2:26 [5]
          数字与原文不一致：多5
          the numbers are not those of the source: the translation has besides 5
          > 请对照原文改正数字；数字照写，不写成文字
          > correct them after the source; numbers are written in digits, as there
        ");
    }
}
