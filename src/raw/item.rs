//! The keys of `items/<domain>/<slug>.yaml`, of amounts and of editorial notes.

use super::decode::{Keys, id, list, text_map};
use super::tree::{Node, Value};
use crate::diag::{Report, SourceFile, Span, Spanned, Written};
use crate::model::NoteKind;
use std::sync::Arc;

/// An item as written.
#[derive(Debug, Clone)]
pub struct RawItem {
    /// The file; domain and slug are its path.
    pub file: Arc<SourceFile>,
    /// Where faults about the whole item are shown: its first key.
    pub place: Span,
    /// `number`.
    pub number: Option<Spanned<u32>>,
    /// `departments`.
    pub departments: Vec<Spanned<Written>>,
    /// `audiences`.
    pub audiences: Vec<Spanned<Written>>,
    /// `life_events`.
    pub life_events: Vec<Spanned<Written>>,
    /// `amounts`.
    pub amounts: Vec<RawAmount>,
    /// `aliases`.
    pub aliases: Vec<Spanned<Written>>,
    /// `related`.
    pub related: Vec<Spanned<Written>>,
    /// `former_slugs`.
    pub former_slugs: Vec<Spanned<Written>>,
    /// `text`, by field.
    pub text: Vec<(Spanned<Written>, Spanned<Written>)>,
    /// The keys that stand in `text`, filled or not; none where `text` itself is missing or no mapping.
    pub text_keys: Option<Vec<Written>>,
    /// Where `text` stands.
    pub text_place: Span,
    /// Whether `number` was there, readable or not.
    pub has_number: bool,
    /// Whether `departments` was there, readable or not.
    pub has_departments: bool,
    /// `editorial`.
    pub editorial: Vec<RawNote>,
}

/// An amount as written.
#[derive(Debug, Clone)]
pub struct RawAmount {
    /// `who`.
    pub who: Option<Spanned<Written>>,
    /// `value`.
    pub value: Spanned<Written>,
    /// `unit`.
    pub unit: Option<Spanned<Written>>,
    /// `per`.
    pub per: Vec<Spanned<Written>>,
}

/// An editorial note as written.
#[derive(Debug, Clone)]
pub struct RawNote {
    /// `field`.
    pub field: Option<Spanned<Written>>,
    /// `anchor`.
    pub anchor: Option<Spanned<Written>>,
    /// `kind`.
    pub kind: NoteKind,
    /// `text`.
    pub text: Option<Spanned<Written>>,
    /// `alternatives`.
    pub alternatives: Vec<Spanned<Written>>,
    /// `confidence`.
    pub confidence: Option<Spanned<Written>>,
    /// `note`.
    pub note: Spanned<Written>,
}

/// The keys of an item, in the order in which people write them.
pub const KEYS: [&str; 10] = [
    "number",
    "departments",
    "audiences",
    "life_events",
    "amounts",
    "aliases",
    "related",
    "former_slugs",
    "text",
    "editorial",
];

/// Reads an item.
pub(super) fn item(file: &Arc<SourceFile>, node: &Node, report: &mut Report) -> RawItem {
    let mut keys = Keys::of(node, report);
    let place = keys.place();
    let has_number = keys.is_meant("number", &KEYS);
    let has_departments = keys.is_meant("departments", &KEYS);
    let number = keys.integer("number");
    let departments_node = keys.node("departments");
    let departments = departments_node.map(|node| list(node, keys.report, id)).unwrap_or_default();
    // An empty list is as good as none; one whose ids are wrong has its own messages.
    let has_departments =
        has_departments && !departments_node.is_some_and(|n| matches!(&n.value, Value::List(l) if l.is_empty()));
    let audiences = keys.ids("audiences");
    let life_events = keys.ids("life_events");
    let amounts = keys.list("amounts", amount);
    let aliases = keys.texts("aliases");
    let related = keys.ids("related");
    let former_slugs = keys.ids("former_slugs");
    let text_node = keys.required("text");
    let text = text_node.map(|node| text_map(node, keys.report)).unwrap_or_default();
    let text_keys = text_node.and_then(|node| match &node.value {
        Value::Map(entries) => Some(entries.iter().map(|e| e.key.value.clone()).collect()),
        _ => None,
    });
    let text_place =
        text_node.map_or_else(|| place.clone(), |node| Span::new(file, node.span.start(), node.span.start()));
    let editorial = keys.list("editorial", note);
    keys.finish();
    RawItem {
        file: Arc::clone(file),
        place,
        number,
        departments,
        audiences,
        life_events,
        amounts,
        aliases,
        related,
        former_slugs,
        text_keys,
        text_place,
        has_number,
        has_departments,
        text,
        editorial,
    }
}

fn amount(node: &Node, report: &mut Report) -> Option<RawAmount> {
    let mut keys = Keys::of(node, report);
    let who = keys.id("who");
    let value = keys.required_text("value");
    // Units are keys of a vocabulary, which may be written `CNY`.
    let unit = keys.text("unit");
    let per = keys.ids("per");
    keys.finish();
    // Without a figure the words are still worth checking; the fault is in the report.
    let value = value.unwrap_or_else(|| Spanned::new(Written::default(), node.span.clone()));
    Some(RawAmount { who, value, unit, per })
}

/// Reads an editorial note.
pub(super) fn note(node: &Node, report: &mut Report) -> Option<RawNote> {
    let mut keys = Keys::of(node, report);
    let field = keys.text("field");
    let anchor = keys.text("anchor");
    let kind = keys.required("kind").and_then(|node| {
        let words = [NoteKind::Restored, NoteKind::SuspectedError, NoteKind::Note].map(|kind| (kind.as_str(), kind));
        super::decode::choice(node, keys.report, &words)
    });
    let text = keys.text("text");
    let alternatives = keys.texts("alternatives");
    let confidence = keys.text("confidence");
    let note = keys.required_text("note");
    keys.finish();
    // A fault of one key must not hide those of the others: a remark without a kind is still about something.
    let note = note.unwrap_or_else(|| Spanned::new(Written::default(), node.span.clone()));
    Some(RawNote { field, anchor, kind: kind.unwrap_or(NoteKind::Note), text, alternatives, confidence, note })
}
