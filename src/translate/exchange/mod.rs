//! The translator's exchange: texts out as a PO file, translations back into the content.
//!
//! ```text
//! Catalogue ─ slots ─ export ─► PO ─ a translator ─► PO ─ sort ─► Taken ─ trial ─► files ─ proof ─► Brought
//!                                        what counts, by entry    checks, by place   edits    the whole pipeline
//! ```
//!
//! Lives here: which texts there are, and the names they go by. What a fuzzy entry says never counts. The source text of an
//! entry is the whole `msgid`, so the fingerprint of what was translated follows from the file itself. Never here: the
//! form of PO files (`po`), the disk, printing.

mod blocks;
mod document;
mod export;
mod files;
mod import;
mod lists;
mod marks;
mod sort;
mod trial;

pub use export::{Exported, Wanted, export};
pub use import::{Brought, Fallen, ImportOptions, Summary, import};

use crate::lang::{LangId, State, Status};
use crate::model::{Catalogue, FieldKind, Text, Unit, UnitKind};
use crate::raw::note_field;

/// The field of the header that says which language of the site a file is in.
const TAG_FIELD: &str = "X-Qingdan-Language";

/// How a text goes into a PO file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As one entry.
    Plain,
    /// As one entry, of Markdown.
    Markdown,
    /// A Markdown document: an entry for each of its blocks.
    Document,
}

/// A text that is exchanged.
struct Slot<'c> {
    /// What it is part of.
    unit: &'c Unit<'c>,
    /// Its field there.
    field: &'c str,
    /// The text.
    text: &'c Text,
    /// How it goes.
    form: Form,
    /// Its name: the path of its file, and its place in the file of the translation.
    context: String,
}

impl Slot<'_> {
    /// Its field as entries of translation files call it.
    fn entry_field(&self) -> String {
        if self.unit.kind == UnitKind::Notes { note_field(self.field) } else { self.field.to_owned() }
    }
}

/// Every text that can be translated, in the order of the catalogue.
fn slots<'c>(units: &'c [Unit<'c>], catalogue: &Catalogue) -> Vec<Slot<'c>> {
    let mut slots = Vec::new();
    for unit in units {
        for (field, text) in &unit.texts {
            if bare(&text.source.value).is_empty() {
                continue;
            }
            let mut slot = Slot { unit, field, text, form: form(unit, field, catalogue), context: String::new() };
            let field = slot.entry_field();
            slot.context = match &unit.key {
                Some(key) => format!("{}#{key}.{field}", unit.path),
                None => format!("{}#{field}", unit.path),
            };
            slots.push(slot);
        }
    }
    slots
}

fn form(unit: &Unit<'_>, field: &str, catalogue: &Catalogue) -> Form {
    let is_markdown = || catalogue.fields.iter().any(|f| f.id.value == field && f.kind == FieldKind::Markdown);
    match unit.kind {
        UnitKind::Item if is_markdown() => Form::Markdown,
        UnitKind::Change if field == "text" => Form::Markdown,
        UnitKind::Document if field == "body" && unit.path.ends_with(".md") => Form::Document,
        _ => Form::Plain,
    }
}

/// A text without the line ends around it: `msgfmt` wants those of both sides to be the same.
fn bare(text: &str) -> &str {
    text.trim_matches('\n')
}

/// How far the translation of a text has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Missing,
    Stale,
    Draft,
    Done,
}

fn progress(text: &Text, lang: LangId) -> Progress {
    match text.resolve(lang).state {
        State::Translated { stale: true, .. } => Progress::Stale,
        State::Translated { status: Some(Status::Draft), .. } => Progress::Draft,
        State::Translated { .. } => Progress::Done,
        State::Source | State::Missing => Progress::Missing,
    }
}
