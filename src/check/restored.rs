//! A word that an editorial note says was restored does stand in the text that the note is about.
//!
//! Otherwise the note describes an edition that is no more: the word was changed again, or the note went to the wrong place.

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Report, Spanned};
use crate::markdown::{Section, plain, sections};
use crate::model::{Catalogue, Document, FieldKind, Item, Note, NoteKind, NoteOwner, PolicyText, Text};
use crate::msg;

pub(super) const RULE: Rule = Rule {
    codes: &[code(
        "restored-not-in-text",
        "编校说明中补上的字句没有出现在正文里",
        "a restored word does not stand in the text that its note is about",
    )],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let catalogue = cx.catalogue;
    // Without readable columns no cell is known; that file has a message of its own.
    if catalogue.fields.is_empty() {
        return;
    }
    for item in &catalogue.items {
        for note in &item.editorial {
            look(note, || item_text(item, note, catalogue), report);
        }
    }
    let policy = &catalogue.policy;
    let texts: Vec<(&PolicyText, Vec<Section>)> =
        policy.texts.iter().map(|text| (text, sections(&text.body.source.value))).collect();
    for (owner, note) in policy.notes() {
        let text = || match owner {
            NoteOwner::Document => policy.document.as_ref().map(|d| document_text(d, note)).unwrap_or_default(),
            NoteOwner::Text(at) => {
                texts.get(at).map(|(text, sections)| body_text(text, sections, note)).unwrap_or_default()
            }
            NoteOwner::Task(at) => joined(policy.tasks.get(at).map(|task| &task.title)),
            NoteOwner::Division(at) => {
                joined(policy.division.get(at).into_iter().flat_map(|row| [&row.task, &row.responsible]))
            }
            NoteOwner::Indicator(at) => {
                joined(policy.indicators.get(at).into_iter().flat_map(|i| [&i.name].into_iter().chain(&i.unit)))
            }
        };
        look(note, text, report);
    }
}

/// Looks for the restored word in what the note is about.
fn look(note: &Note, text: impl Fn() -> String, report: &mut Report) {
    let Some(Spanned { value: word, span }) = note.text.as_ref().filter(|_| note.kind == NoteKind::Restored) else {
        return;
    };
    if text().contains(word.as_str()) {
        return;
    }
    let message =
        msg!("补上的“{word}”没有出现在所指的文字里", "the restored `{word}` does not stand in the text it belongs to");
    report.push(Diagnostic::error("restored-not-in-text", span.clone(), message).hint(msg!(
        "请核对正文、text 和 field（或 anchor）",
        "compare the text with `text` and `field` (or `anchor`)"
    )));
}

/// The cell the note is about, or all cells where it names none of them.
fn item_text(item: &Item, note: &Note, catalogue: &Catalogue) -> String {
    let about = note.about.as_ref().map(|about| about.value.as_str());
    let named = catalogue.fields.iter().position(|field| Some(field.id.value.as_str()) == about);
    let cells = item.texts.iter().zip(&catalogue.fields).enumerate();
    let cells = cells.filter(|(i, _)| named.is_none_or(|at| at == *i));
    let cell = |(_, (text, field)): (usize, (&Option<Text>, &crate::model::Field))| {
        let value = &text.as_ref()?.source.value;
        Some(if field.kind == FieldKind::Markdown { plain(value) } else { value.to_string() })
    };
    cells.filter_map(cell).collect::<Vec<_>>().join("\n")
}

fn document_text(document: &Document, note: &Note) -> String {
    let values = [&document.index_number, &document.document_number].into_iter().flatten().map(|value| &value.value);
    let about = |key: &str| note.about.as_ref().is_none_or(|about| about.value == key);
    let texts = [
        ("title", Some(&document.title)),
        ("issuer", document.issuer.as_ref()),
        ("subject", document.subject.as_ref()),
        ("validity_note", document.validity_note.as_ref()),
        ("annex", document.annex.as_ref()),
    ];
    let mut text = joined(texts.into_iter().filter(|(key, _)| about(key)).filter_map(|(_, text)| text));
    if about("index_number") || about("document_number") {
        values.for_each(|value| text.push_str(value));
    }
    text
}

/// The section under the heading the note is about, or the whole document.
fn body_text(text: &PolicyText, sections: &[Section], note: &Note) -> String {
    let body = &text.body.source.value;
    let Some(about) = &note.about else { return plain(body) };
    match sections.iter().find(|section| section.id == about.value) {
        Some(section) => format!("{}\n{}", section.title, section.text),
        // An unknown anchor has its own message.
        None => plain(body),
    }
}

fn joined<'t>(texts: impl IntoIterator<Item = &'t Text>) -> String {
    texts.into_iter().map(|text| text.source.value.as_str()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    #[test]
    fn in_the_field_of_an_item() {
        let notes = "editorial:\n  - {field: standard, kind: restored, text: 每人, note: 甲}\n  - {field: name, kind: restored, text: 每人, note: 乙}\n  - {kind: restored, text: 每人, note: 丙}\n";
        let site = Site::default().replace("items/education/grant.yaml", "number: 1\n", &format!("number: 1\n{notes}"));
        assert_snapshot!(site.faults(), @r"
        Error restored-not-in-text items/education/grant.yaml:4:41 [每人]
          补上的“每人”没有出现在所指的文字里
          the restored `每人` does not stand in the text it belongs to
          > 请核对正文、text 和 field（或 anchor）
          > compare the text with `text` and `field` (or `anchor`)
        ");
    }

    #[test]
    fn in_the_section_of_a_document() {
        let text = "---\ntitle: 通知\nkind: notice\neditorial:\n  - {anchor: a, kind: restored, text: 我市, note: 甲}\n  - {anchor: b, kind: restored, text: 我市, note: 乙}\n  - {kind: restored, text: 我市, note: 丙}\n---\n## A {#a}\n\n我**市**\n\n## B {#b}\n\n乙\n";
        assert_snapshot!(Site::default().with("policy/notice.md", text).faults(), @r"
        Error restored-not-in-text policy/notice.md:6:39 [我市]
          补上的“我市”没有出现在所指的文字里
          the restored `我市` does not stand in the text it belongs to
          > 请核对正文、text 和 field（或 anchor）
          > compare the text with `text` and `field` (or `anchor`)
        ");
    }

    #[test]
    fn in_the_metadata() {
        let site = Site::default().replace("policy/document.yaml", "validity:", "editorial:\n  - {field: title, kind: restored, text: 通知, note: 甲}\n  - {field: title, kind: restored, text: 我市, note: 甲}\nvalidity:");
        assert_snapshot!(site.faults(), @r"
        Error restored-not-in-text policy/document.yaml:4:42 [我市]
          补上的“我市”没有出现在所指的文字里
          the restored `我市` does not stand in the text it belongs to
          > 请核对正文、text 和 field（或 anchor）
          > compare the text with `text` and `field` (or `anchor`)
        ");
    }
}
