//! Every figure under `amounts` stands in the item's own text, as a whole number.
//!
//! Amounts are the reason why people come, and they are written twice: in the text and as data. This keeps both the same.
//! `400` does not occur in `1400` or `400.5`; full-width digits and thousands separators make no difference.

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Message, Report};
use crate::markdown::plain;
use crate::model::{Catalogue, Field, FieldKind, Item, Role, Text};
use crate::msg;

pub(super) const RULE: Rule = Rule {
    codes: &[code(
        "amount-not-in-text",
        "amounts 中的数值没有出现在正文里",
        "a figure of `amounts` does not occur in the text",
    )],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    for item in &cx.catalogue.items {
        // Where the text about the benefit is missing, that is the message; the figure may have stood there.
        let missing =
            |(text, field): (&Option<Text>, &Field)| text.is_none() && field.required && field.role == Role::Benefit;
        let whole = !cx.catalogue.fields.is_empty() && !item.texts.iter().zip(&cx.catalogue.fields).any(missing);
        if item.amounts.is_empty() || !whole {
            continue;
        }
        let texts = texts(item, cx.catalogue);
        for amount in &item.amounts {
            let wanted = without_separators(&ascii(&amount.value.value));
            if wanted.is_empty() || texts.iter().any(|text| occurs(&wanted, text)) {
                continue;
            }
            let written = &amount.value.value;
            let message = msg!(
                "数值“{written}”没有出现在本项目的文字里",
                "the figure `{written}` does not occur in the item's text"
            );
            let diagnostic = Diagnostic::error("amount-not-in-text", amount.value.span.clone(), message);
            report.push(diagnostic.hint(hint(&texts)));
        }
    }
}

/// The item's texts in the source language, folded, once as written and once without thousands separators:
/// `100,200` may be one number or two.
fn texts(item: &Item, catalogue: &Catalogue) -> Vec<String> {
    let mut texts = Vec::new();
    for (text, field) in item.texts.iter().zip(&catalogue.fields) {
        let Some(text) = text else { continue };
        let value = &text.source.value;
        let folded = ascii(&if field.kind == FieldKind::Markdown { plain(value) } else { value.to_string() });
        let joined = without_separators(&folded);
        if joined != folded {
            texts.push(joined);
        }
        texts.push(folded);
    }
    texts
}

/// Full-width digits and the full-width point as ASCII.
fn ascii(text: &str) -> String {
    let fold = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or(c),
        '．' => '.',
        c => c,
    };
    text.chars().map(fold).collect()
}

/// Takes out what parts thousands: a comma or a fixed space between a digit and exactly three digits.
fn without_separators(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let parts = |at: usize| {
        matches!(chars[at], ',' | '\u{A0}' | '\u{2009}' | '\u{202F}')
            && at.checked_sub(1).is_some_and(digit)
            && (1..=3).all(|i| digit(at + i))
            && !digit(at + 4)
    };
    (0..chars.len()).filter(|at| !parts(*at)).map(|at| chars[at]).collect()
}

/// Whether `wanted` occurs in `text` without being part of a longer number.
fn occurs(wanted: &str, text: &str) -> bool {
    text.match_indices(wanted).any(|(at, _)| {
        let mut before = text[..at].chars().rev();
        let mut after = text[at + wanted.len()..].chars();
        let goes_on = |first: Option<char>, second: Option<char>| match first {
            Some('.') => second.is_some_and(|c| c.is_ascii_digit()),
            Some(c) => c.is_ascii_digit(),
            None => false,
        };
        !goes_on(before.next(), before.next()) && !goes_on(after.next(), after.next())
    })
}

/// The numbers that do occur, where they are few.
fn hint(texts: &[String]) -> Message {
    let mut numbers: Vec<&str> = Vec::new();
    for text in texts {
        for part in text.split(|c: char| !(c.is_ascii_digit() || c == '.')) {
            let number = part.trim_matches('.');
            if !number.is_empty() && !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    if numbers.is_empty() || numbers.len() > 12 {
        return msg!("请核对正文和 amounts", "compare the text and `amounts`");
    }
    let (zh, en) = (numbers.join("、"), numbers.join(", "));
    msg!("正文中的数值有：{zh}", "the text has: {en}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    #[test]
    fn numbers_are_found_whole() {
        for (wanted, text) in
            [("400", "共400元"), ("0.5", "0.5%"), ("85", "达到85。"), ("1000", "1000、2000"), ("5", "5.")]
        {
            assert!(occurs(wanted, text), "{wanted} in {text}");
        }
        for (wanted, text) in [("400", "1400元"), ("400", "400.5元"), ("400", "4000"), ("5", "0.5"), ("40", "1.40")] {
            assert!(!occurs(wanted, text), "{wanted} in {text}");
        }
    }

    #[test]
    fn ways_of_writing_a_number_are_one() {
        assert_eq!(without_separators(&ascii("１,０００．５元，100，2000")), "1000.5元，100，2000");
        assert_eq!(without_separators("1,234,567 12,34 1,2345"), "1234567 12,34 1,2345");
    }

    #[test]
    fn a_figure_that_is_not_in_the_text() {
        let site = Site::default().replace("items/education/grant.yaml", "\"1000\"", "\"100\"");
        assert_snapshot!(site.faults(), @r#"
        Error amount-not-in-text items/education/grant.yaml:8:25 [\"100\"]
          数值“100”没有出现在本项目的文字里
          the figure `100` does not occur in the item's text
          > 正文中的数值有：1000
          > the text has: 1000
        "#);
    }

    #[test]
    fn a_figure_in_other_digits_or_behind_markup() {
        let site = Site::default().replace("items/education/grant.yaml", "1000元", "１,０００元");
        assert!(site.check().is_empty());
        let site =
            Site::default().replace("items/education/grant.yaml", "standard: 每人每年1000元", "guide: 每**1**000元");
        assert!(site.check().is_empty());
    }
}
