//! A translation has the numbers of its source: the same ones, as often, in any order.
//!
//! A wrong amount is the worst fault that a translation of a list of benefits can have, and the one that a program finds
//! surely. Numbers are runs of digits, with a decimal point or grouped by thousands; 5∶5, 7×24 and 2016—2020 are two each.
//! Full-width digits count as ASCII ones; numerals in words (四项) are no figures. Where it is not known that the translation
//! was made from the text as it is now, a difference is a warning: the source may have changed, and that stops no build.

use super::pairs::Pair;
use super::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Message, Report, Severity};
use crate::msg;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

pub(super) const RULE: Rule = Rule {
    codes: &[code(
        "figures-differ",
        "译文与原文的数字不一致",
        "the numbers of a translation are not those of its source",
    )],
    look: Look::Translation(look),
};

fn look(_: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    if !reading.pair.translated.stale {
        compare(reading.pair, report);
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
    let (here, there) = (figures(source), figures(translation));
    // Mostly they are the same in the same order.
    if here.iter().map(|figure| &figure.text).eq(there.iter().map(|figure| &figure.text)) {
        return None;
    }
    let mut balance: BTreeMap<&str, i32> = BTreeMap::new();
    for figure in &here {
        *balance.entry(&figure.text).or_default() -= 1;
    }
    for figure in &there {
        *balance.entry(&figure.text).or_default() += 1;
    }
    let list = |wanted: fn(i32) -> bool| -> Vec<String> {
        let some = balance.iter().filter(|(_, count)| wanted(**count));
        some.map(
            |(text, count)| if count.abs() > 1 { format!("{text} (×{})", count.abs()) } else { (*text).to_owned() },
        )
        .collect()
    };
    let (missing, extra) = (list(|count| count < 0), list(|count| count > 0));
    if missing.is_empty() && extra.is_empty() {
        return None;
    }
    let first_extra = there.iter().find(|figure| balance.get(figure.text.as_ref()).is_some_and(|count| *count > 0));
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
struct Figure<'t> {
    /// In ASCII digits, without what parts thousands.
    text: Cow<'t, str>,
    start: usize,
    end: usize,
}

/// The numbers of a text, in order.
fn figures(text: &str) -> Vec<Figure<'_>> {
    // Many texts have none, and bytes are looked at many at once: a full-width digit begins with 0xEF.
    if !text.bytes().fold(false, |any, byte| any | byte.is_ascii_digit() | (byte == 0xEF)) {
        return Vec::new();
    }
    let mut figures = Vec::new();
    let mut at = 0;
    while let Some(gap) = text[at..].find(is_digit) {
        let start = at + gap;
        at = start + figure_length(&text[start..]);
        let written = &text[start..at];
        let plain = written.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let text = match plain {
            true => Cow::Borrowed(written),
            false => written.chars().map(folded).filter(|c| *c != ',').collect(),
        };
        figures.push(Figure { text, start, end: at });
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

fn is_digit(c: char) -> bool {
    folded(c).is_ascii_digit()
}

/// How long the number at the start is, in bytes: digits, thousands, decimals.
fn figure_length(text: &str) -> usize {
    let mut rest = after_digits(text);
    if text[..text.len() - rest.len()].chars().count() <= 3 {
        while let Some(thousands) = after_mark(rest, ',') {
            let after = after_digits(thousands);
            if thousands[..thousands.len() - after.len()].chars().count() != 3 {
                break;
            }
            rest = after;
        }
    }
    let decimals = after_mark(rest, '.').filter(|decimals| decimals.starts_with(is_digit));
    text.len() - decimals.map_or(rest, after_digits).len()
}

fn after_digits(text: &str) -> &str {
    text.trim_start_matches(is_digit)
}

fn after_mark(text: &str, mark: char) -> Option<&str> {
    text.strip_prefix(|c| folded(c) == mark)
}

#[cfg(test)]
mod tests {
    use super::{figures, figures_differ};
    use crate::check::fixture::Site;
    use crate::model::fingerprint;
    use insta::assert_snapshot;

    fn found(text: &str) -> Vec<String> {
        figures(text).into_iter().map(|figure| figure.text.into_owned()).collect()
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

    #[test]
    fn order_and_way_of_writing_make_no_difference() {
        assert_eq!(figures_differ("5、1250、12.5", "１２．５ 5 1,250"), None);
        let differing = figures_differ("5、7", "7 5 7").map(|d| (d.message.en, d.extra));
        let said = "the numbers are not those of the source: the translation has besides 7";
        assert_eq!(differing, Some((said.to_owned(), Some(0..1))));
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
