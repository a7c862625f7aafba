//! A translation beside the text that it translates.
//!
//! Lives here: both as a reader sees them, without markup, and the way back from there to the file. Never here: rules.

use super::place;
use super::texts::Form;
use crate::diag::{Span, Spanned};
use crate::lang::{LangId, Translated};
use crate::markdown::plain;
use std::borrow::Cow;
use std::ops::Range;

/// A translation and its source.
#[derive(Debug)]
pub(super) struct Pair<'c> {
    /// The text in the source language.
    pub(super) source: &'c Spanned<String>,
    /// The translation.
    pub(super) translated: &'c Translated<Spanned<String>>,
    /// Its language.
    pub(super) lang: LangId,
    /// The source text without markup.
    pub(super) from: Cow<'c, str>,
    /// The translation without markup.
    pub(super) text: Cow<'c, str>,
}

impl<'c> Pair<'c> {
    /// Puts them side by side.
    pub(super) fn new(
        source: &'c Spanned<String>,
        translated: &'c Translated<Spanned<String>>,
        lang: LangId,
        form: Form,
    ) -> Self {
        let shown = |text: &'c str| match form {
            Form::Markdown(_) => Cow::Owned(plain(text)),
            Form::Line | Form::Lines => Cow::Borrowed(text),
        };
        Self { source, translated, lang, from: shown(&source.value), text: shown(&translated.value.value) }
    }

    /// The content file that the source text stands in.
    pub(super) fn here(&self) -> &'c str {
        &self.source.span.file.path
    }

    /// The place in the file of a range of [`Pair::text`].
    pub(super) fn place(&self, range: Range<usize>) -> Span {
        let value = &self.translated.value;
        if matches!(self.text, Cow::Borrowed(_)) {
            return place(value, range);
        }
        // Without its markup a text has other offsets: the same words are looked for, as often as they came before.
        let needle = self.text.get(range.clone()).unwrap_or_default();
        let earlier = self.text.get(..range.start).map_or(0, |before| before.matches(needle).count());
        match value.value.match_indices(needle).nth(earlier) {
            Some((at, found)) if !found.is_empty() => place(value, at..at + found.len()),
            _ => value.span.find(needle),
        }
    }

    /// The start of the translation, for faults of the whole.
    pub(super) fn start(&self) -> Span {
        super::point(&self.translated.value.span)
    }
}
