//! The header of the document behind the list, as published documents carry it.

use super::{Here, Phrase, Views};
use crate::diag::{Spanned, Written};
use crate::model::Document;
use serde::Serialize;

/// The header of a published document (政府信息公开).
#[derive(Debug, Serialize)]
pub struct DocumentView {
    /// Rows of the header: the string's key, and the value.
    pub rows: Vec<(&'static str, Phrase)>,
    /// Rows whose value is a date: the string's key, and the date.
    pub dates: Vec<(&'static str, String)>,
    /// The validity's word.
    pub validity: &'static str,
    /// What is known of it.
    pub validity_note: Option<Phrase>,
}

impl Views<'_> {
    /// The header of a document.
    pub(super) fn document(&self, here: Here<'_>, document: &Document) -> DocumentView {
        let own = |text: &Option<Spanned<Written>>| text.as_ref().map(|text| self.source_phrase(here, &text.value));
        let rows = [
            ("document_index_number", own(&document.index_number)),
            ("document_subject", self.optional_phrase(here, document.subject.as_ref())),
            ("document_issuer", self.optional_phrase(here, document.issuer.as_ref())),
            ("document_number", own(&document.document_number)),
        ];
        let date = |date: &Option<Spanned<Written>>| date.as_ref().map(|date| date.value.to_string());
        let dates = [
            ("document_written", date(&document.written)),
            ("document_published", date(&document.published)),
            ("document_effective", date(&document.effective)),
            ("document_ended", date(&document.ended)),
        ];
        DocumentView {
            rows: rows.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
            dates: dates.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
            validity: document.validity.as_str(),
            validity_note: self.optional_phrase(here, document.validity_note.as_ref()),
        }
    }
}
