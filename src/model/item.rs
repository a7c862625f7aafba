//! A service item and what belongs to it.
//!
//! Lives here: the item's facts, its texts by column, its amounts and editorial notes. Never here: how they are shown.

use super::{AudienceId, Catalogue, DepartmentId, DomainId, FieldId, ItemId, LifeEventId, Text};
use crate::diag::{SourceFile, Spanned, Written};
use crate::lang::Status;
use std::sync::Arc;

/// A service item.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its identity and address: the file name.
    pub slug: String,
    /// The file it stands in.
    pub file: Arc<SourceFile>,
    /// The printed number.
    pub number: Option<Spanned<u32>>,
    /// The domain whose folder it stands in.
    pub domain: DomainId,
    /// Who leads it, in the order printed.
    pub departments: Vec<DepartmentId>,
    /// Whom it is for.
    pub audiences: Vec<AudienceId>,
    /// When in life it matters.
    pub life_events: Vec<LifeEventId>,
    /// The amounts promised.
    pub amounts: Vec<Amount>,
    /// Other words for it, for search alone.
    pub aliases: Vec<Spanned<Written>>,
    /// Items that belong near it.
    pub related: Vec<ItemId>,
    /// Addresses it had.
    pub former_slugs: Vec<Spanned<Written>>,
    /// The cells, by [`FieldId`]; none where a column is not filled.
    pub texts: Vec<Option<Text>>,
    /// What was restored and what seems wrong.
    pub editorial: Vec<Note>,
    /// The states of its translations, by language without the source.
    pub meta: Vec<Option<Meta>>,
}

impl Item {
    /// The cell of a column.
    pub fn text(&self, field: FieldId) -> Option<&Text> {
        self.texts.get(field.0)?.as_ref()
    }

    /// The name; empty only where the report has an error about it.
    pub fn name<'a>(&'a self, catalogue: &Catalogue) -> Option<&'a Text> {
        self.text(catalogue.title_field()?)
    }
}

/// An amount that an item promises.
#[derive(Debug, Clone)]
pub struct Amount {
    /// For whom: an id of the vocabulary.
    pub who: Option<Spanned<Written>>,
    /// The figure, as written in the text: `1000`, `0.5`, `85`.
    pub value: Spanned<Written>,
    /// In what: an id of the vocabulary.
    pub unit: Option<Spanned<Written>>,
    /// Per what: ids of the vocabulary.
    pub per: Vec<Spanned<Written>>,
}

/// An editorial note: something restored, suspected or explained.
#[derive(Debug, Clone)]
pub struct Note {
    /// What kind.
    pub kind: NoteKind,
    /// The field or heading it is about.
    pub about: Option<Spanned<Written>>,
    /// The word put back.
    pub text: Option<Spanned<Written>>,
    /// What else may have stood there.
    pub alternatives: Vec<Spanned<Written>>,
    /// How sure, 0 to 1, as written.
    pub confidence: Option<Spanned<Written>>,
    /// Why; its translation keeps the words that it quotes.
    pub note: Text,
}

impl Note {
    /// The words that were put back, or may have stood there: never translated.
    pub fn words(&self) -> impl Iterator<Item = &Spanned<Written>> {
        self.text.iter().chain(&self.alternatives)
    }
}

/// The kind of an editorial note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// A lost word was put back.
    Restored,
    /// The original seems to be wrong here; it was left as it is.
    SuspectedError,
    /// A remark.
    Note,
}

impl NoteKind {
    /// The word in files, data and class names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Restored => "restored",
            Self::SuspectedError => "suspected-error",
            Self::Note => "note",
        }
    }
}

/// The state of one translation file or entry.
#[derive(Debug, Clone)]
pub struct Meta {
    /// How far it has come.
    pub status: Status,
    /// Who or what translated.
    pub translator: Option<Written>,
    /// Who approved it.
    pub reviewer: Option<Written>,
    /// When, `YYYY-MM-DD`.
    pub date: Option<Written>,
}
