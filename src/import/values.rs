//! Cells as values of YAML.
//!
//! Lives here: what a cell of each kind says. Never here: where it stands, and how it is written.

use super::layout::Kind;
use crate::amend::Value;
use crate::data::{AmountParts, amount_parts, parts};
use crate::diag::Message;
use crate::model::{Catalogue, FieldKind};
use crate::msg;
use unicode_normalization::UnicodeNormalization as _;

/// What a cell says; none for an empty one.
///
/// # Errors
/// Why it says nothing that can be written.
pub(super) fn value(kind: Kind, cell: &str, catalogue: &Catalogue) -> Result<Option<Value>, Message> {
    if cell.is_empty() {
        return Ok(None);
    }
    Ok(Some(match kind {
        Kind::Text | Kind::Cell(FieldKind::Text | FieldKind::Phone) => Value::Text(cell.to_owned()),
        Kind::Cell(FieldKind::Line) => Value::Text(on_one_line(cell)),
        Kind::Cell(FieldKind::Markdown) => Value::Text(as_markdown(cell)),
        Kind::Number => Value::Number(number(cell)?),
        Kind::Flag => match cell {
            "true" | "TRUE" => Value::True,
            "false" | "FALSE" => return Ok(None),
            _ => return Err(msg!("应是 true 或空着，不是“{cell}”", "it must be true or empty, not `{cell}`")),
        },
        Kind::Words => Value::List(parts(cell).into_iter().map(Value::Text).collect()),
        Kind::Numbers => {
            let numbers: Result<_, _> = parts(cell).iter().map(|part| number(part).map(Value::Number)).collect();
            Value::List(numbers?)
        }
        Kind::Amounts => {
            let amounts: Result<_, _> = parts(cell).iter().map(|part| amount(part, catalogue)).collect();
            Value::List(amounts?)
        }
        Kind::Fingerprints => {
            let pair = |part: &String| {
                let wrong = || msg!("“{part}”不是“列 指纹”", "`{part}` is not a column and a fingerprint");
                let (field, hash) = part.split_once(' ').ok_or_else(wrong)?;
                Ok((field.to_owned(), Value::Text(hash.trim().to_owned())))
            };
            Value::Map(parts(cell).iter().map(pair).collect::<Result<_, _>>()?)
        }
    }))
}

/// A number as lists have it: `3`, `３`, `3.`, `（3）`.
pub(super) fn number(cell: &str) -> Result<u32, Message> {
    let plain: String = cell.nfkc().filter(|c| !c.is_whitespace()).collect();
    let digits = plain.trim_start_matches('(').trim_end_matches([')', '.', '、']);
    let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
    number.ok_or_else(|| msg!("“{cell}”不是整数", "`{cell}` is no whole number"))
}

fn amount(text: &str, catalogue: &Catalogue) -> Result<Value, Message> {
    let wrong = || {
        msg!(
            "看不懂金额“{text}”：应写成“对象 数值 单位/每…”，用 catalogue.yaml 里的词",
            "the amount `{text}` is not understood: it is written `who value unit/per`, in the words of catalogue.yaml"
        )
    };
    let AmountParts { who, value, unit, per } = amount_parts(catalogue, text).ok_or_else(wrong)?;
    let named = |key: &str, word: Option<String>| word.map(|word| (key.to_owned(), Value::Text(word)));
    let mut map: Vec<(String, Value)> = Vec::new();
    map.extend(named("who", who));
    map.extend(named("value", Some(value)));
    map.extend(named("unit", unit));
    if !per.is_empty() {
        map.push(("per".to_owned(), Value::List(per.into_iter().map(Value::Text).collect())));
    }
    Ok(Value::Map(map))
}

/// The lines of a cell as one: in scripts without spaces between words nothing comes between them.
fn on_one_line(cell: &str) -> String {
    let mut out = String::new();
    for line in cell.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        let spaced = |c: char| !('\u{2e80}'..='\u{9fff}').contains(&c) && !('\u{ff00}'..='\u{ffef}').contains(&c);
        if let (Some(before), Some(after)) = (out.chars().next_back(), line.chars().next())
            && spaced(before)
            && spaced(after)
        {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// Plain text as Markdown that says the same: a paragraph a line, nothing of it a mark.
fn as_markdown(cell: &str) -> String {
    let line = |line: &str| {
        let mut out = String::new();
        for (at, c) in line.trim().char_indices() {
            let anywhere = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '{' | '}');
            let first = at == 0 && matches!(c, '#' | '+' | '-' | '=');
            // “1. …” and “1) …” begin a list.
            let after_number = matches!(c, '.' | ')') && at > 0 && out.bytes().all(|b| b.is_ascii_digit());
            if anywhere || first || after_number {
                out.push('\\');
            }
            out.push(c);
        }
        out
    };
    cell.split('\n').map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::markdown;

    #[test]
    fn numbers_are_read_as_lists_write_them() {
        assert_eq!(["3", "３", "3.", "（3）", "3、"].map(|cell| number(cell).unwrap()), [3; 5]);
        assert!(number("3a").is_err() && number("-1").is_err() && number("").is_err() && number("3.5").is_err());
    }

    #[test]
    fn lines_become_one() {
        assert_eq!(on_one_line("寄宿生\n生活补助"), "寄宿生生活补助");
        assert_eq!(on_one_line("Child \n benefit"), "Child benefit");
    }

    #[test]
    fn plain_text_stays_plain_in_markdown() {
        for text in ["1. 带上*户口本*", "- a <b> & [c](d)", "# x\ny", "2015_a_b ~~c~~ `d` \\e", "a|b\n---|---"] {
            assert_eq!(markdown::plain(&as_markdown(text)), text);
        }
    }
}
