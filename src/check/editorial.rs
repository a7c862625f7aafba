//! Editorial notes are about something that exists, say what they restore, and how sure it is.
//!
//! The notes are the site's honesty: each is shown at the text it is about. A note about a field that was renamed would
//! silently vanish from its place.

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Report, suggest};
use crate::markdown::scan;
use crate::model::{Note, NoteKind, NoteOwner};
use crate::msg;

pub(super) const RULE: Rule = Rule {
    codes: &[
        code("unknown-note-field", "编校说明的 field 不存在", "an editorial note about a field that does not exist"),
        code(
            "unknown-note-anchor",
            "编校说明的 anchor 不存在",
            "an editorial note about a heading that does not exist",
        ),
        code(
            "restored-without-text",
            "restored 说明没有写补上的字句",
            "a restoration that does not say what was restored",
        ),
        code("bad-confidence", "confidence 不是0到1之间的小数", "a confidence that is no decimal between 0 and 1"),
    ],
    look: Look::Catalogue(run),
};

/// What notes may be about beside the fields of the catalogue.
const ITEM: [&str; 2] = ["number", "departments"];
/// The keys of `policy/document.yaml`.
const DOCUMENT: [&str; 13] = [
    "title",
    "issuer",
    "index_number",
    "document_number",
    "subject",
    "written",
    "published",
    "effective",
    "ended",
    "validity",
    "validity_note",
    "source",
    "annex",
];
/// The keys of a task.
const TASK: [&str; 3] = ["number", "title", "items"];
/// The keys of a row of the division.
const DIVISION: [&str; 6] = ["number", "task", "responsible", "departments", "tasks", "domain"];
/// The keys of an indicator.
const INDICATOR: [&str; 4] = ["name", "unit", "points", "domain"];

fn run(cx: &Context<'_>, report: &mut Report) {
    // Without readable columns every note would be about nothing; that file has a message of its own.
    if cx.catalogue.fields.is_empty() {
        return;
    }
    let mut fields: Vec<&str> = cx.catalogue.fields.iter().map(|field| field.id.value.as_str()).collect();
    fields.extend(ITEM);
    for item in &cx.catalogue.items {
        for note in &item.editorial {
            field(note, &fields, report);
            content(note, report);
        }
    }
    let policy = &cx.catalogue.policy;
    let headings: Vec<Vec<String>> = policy
        .texts
        .iter()
        .map(|text| scan(&text.body.source.value).headings.into_iter().map(|heading| heading.id).collect())
        .collect();
    for (owner, note) in policy.notes() {
        match owner {
            NoteOwner::Document => field(note, &DOCUMENT, report),
            NoteOwner::Task(_) => field(note, &TASK, report),
            NoteOwner::Division(_) => field(note, &DIVISION, report),
            NoteOwner::Indicator(_) => field(note, &INDICATOR, report),
            NoteOwner::Text(at) => anchor(note, headings.get(at).map_or(&[][..], Vec::as_slice), report),
        }
        content(note, report);
    }
}

fn field(note: &Note, known: &[&str], report: &mut Report) {
    let Some(about) = &note.about else { return };
    let written = &about.value;
    if !known.contains(&written.as_str()) {
        let message =
            msg!("编校说明所指的“{written}”不存在", "the editorial note is about `{written}`, which does not exist");
        let hint = suggest(written, known.iter().copied());
        report.push(Diagnostic::error("unknown-note-field", about.span.clone(), message).maybe_hint(hint));
    }
}

fn anchor(note: &Note, ids: &[String], report: &mut Report) {
    let Some(about) = &note.about else { return };
    let written = &about.value;
    if !ids.iter().any(|id| *written == *id) {
        let message = msg!("这份文件没有标识为“{written}”的标题", "no heading of this document has the id `{written}`");
        let hint = suggest(written, ids.iter().map(String::as_str))
            .unwrap_or_else(|| msg!("请核对标题后面的“{{#标识}}”", "compare the `{{#id}}` after the heading"));
        report.push(Diagnostic::error("unknown-note-anchor", about.span.clone(), message).hint(hint));
    }
}

fn content(note: &Note, report: &mut Report) {
    if note.kind == NoteKind::Restored && note.text.is_none() {
        let message = msg!("没有写明补上的字句", "it is not said what was restored");
        report.push(
            Diagnostic::error("restored-without-text", note.note.source.span.clone(), message)
                .hint(msg!("请加上“text: …”", "add `text: …`")),
        );
    }
    let Some(confidence) = &note.confidence else { return };
    if !is_confidence(&confidence.value) {
        let written = &confidence.value;
        let message = msg!("把握程度“{written}”不是0到1之间的小数", "`{written}` is no decimal between 0 and 1");
        report.push(
            Diagnostic::error("bad-confidence", confidence.span.clone(), message)
                .hint(msg!("例如 \"0.93\"", "such as \"0.93\"")),
        );
    }
}

/// `0`, `1`, or `0.` and digits, or `1.` and zeros: nothing that a reader could take for another number.
fn is_confidence(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    digits && (whole == "0" || (whole == "1" && fraction.bytes().all(|b| b == b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    #[test]
    fn confidence_is_a_decimal_between_0_and_1() {
        for good in ["0", "1", "0.93", "0.999", "1.0", "0.0"] {
            assert!(is_confidence(good), "{good}");
        }
        for bad in ["", "2", "1.1", "-0.5", ".5", "0.", "93%", "1e-3", "0,5", "NaN", "00.5"] {
            assert!(!is_confidence(bad), "{bad}");
        }
    }

    #[test]
    fn notes_of_items() {
        let notes = "\neditorial:\n  - {field: standart, kind: note, note: 甲}\n  - {field: number, kind: restored, note: 乙}\n  - {kind: note, confidence: \"2\", note: 丙}\n";
        let site = Site::default().replace("items/education/meals.yaml", "number: 2", &format!("number: 2{notes}"));
        assert_snapshot!(site.faults(), @r#"
        Error unknown-note-field items/education/meals.yaml:3:13 [standart]
          编校说明所指的“standart”不存在
          the editorial note is about `standart`, which does not exist
          > 是不是想写“standard”？
          > did you mean `standard`?
        Error restored-without-text items/education/meals.yaml:4:43 [乙]
          没有写明补上的字句
          it is not said what was restored
          > 请加上“text: …”
          > add `text: …`
        Error bad-confidence items/education/meals.yaml:5:30 [\"2\"]
          把握程度“2”不是0到1之间的小数
          `2` is no decimal between 0 and 1
          > 例如 "0.93"
          > such as "0.93"
        "#);
    }

    #[test]
    fn notes_of_the_policy() {
        let site = Site::default()
            .replace(
                "policy/document.yaml",
                "validity:",
                "editorial:\n  - {field: name, kind: note, note: 甲}\nvalidity:",
            )
            .replace(
                "policy/notice.md",
                "kind: notice",
                "kind: notice\neditorial:\n  - {anchor: task, kind: note, note: 乙}",
            )
            .replace(
                "policy/indicators.yaml",
                "  name:",
                "  editorial:\n    - {field: value, kind: note, note: 丙}\n  name:",
            );
        assert_snapshot!(site.faults(), @r"
        Error unknown-note-field policy/document.yaml:3:13 [name]
          编校说明所指的“name”不存在
          the editorial note is about `name`, which does not exist
          > 可用的有：title、issuer、index_number、document_number、subject、written、published、effective、ended、validity、validity_note、source、annex
          > it may be one of: title, issuer, index_number, document_number, subject, written, published, effective, ended, validity, validity_note, source, annex
        Error unknown-note-field policy/indicators.yaml:3:15 [value]
          编校说明所指的“value”不存在
          the editorial note is about `value`, which does not exist
          > 可用的有：name、unit、points、domain
          > it may be one of: name, unit, points, domain
        Error unknown-note-anchor policy/notice.md:5:14 [task]
          这份文件没有标识为“task”的标题
          no heading of this document has the id `task`
          > 是不是想写“tasks”？
          > did you mean `tasks`?
        ");
    }
}
