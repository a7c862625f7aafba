//! A translation beside the text that it translates.
//!
//! Lives here: both as a reader sees them, without markup, and the way back from there to the file. Never here: rules.

use super::place;
use super::texts::Form;
use crate::diag::{Span, Spanned, Written};
use crate::lang::{LangId, Translated};
use crate::markdown::plain;
use crate::model::Quotes;
use std::borrow::Cow;
use std::ops::Range;

/// A translation and its source.
#[derive(Debug)]
pub(super) struct Pair<'c> {
    /// The text in the source language.
    pub(super) source: &'c Spanned<Written>,
    /// The translation.
    pub(super) translated: &'c Translated<Spanned<Written>>,
    /// Its language.
    pub(super) lang: LangId,
    /// The source text without markup, and without the words that the translation quotes from it.
    pub(super) from: Cow<'c, str>,
    /// The translation without markup and such words.
    pub(super) text: Cow<'c, str>,
    /// Whether places in [`Pair::text`] are places in the translation as written.
    in_place: bool,
}

impl<'c> Pair<'c> {
    /// Puts them side by side.
    pub(super) fn new(
        source: &'c Spanned<Written>,
        translated: &'c Translated<Spanned<Written>>,
        lang: LangId,
        form: Form,
    ) -> Self {
        let (from, text): (&str, &str) = (&source.value, &translated.value.value);
        let (from, text): (Cow<'c, str>, Cow<'c, str>) = match form {
            Form::Markdown(_) => (plain(from).into(), plain(text).into()),
            Form::Line | Form::Lines => (from.into(), text.into()),
            Form::Note => {
                let quotes = Quotes::of(from, text);
                (blanked(from, &quotes.source), blanked(text, &quotes.translation))
            }
        };
        Self { source, translated, lang, from, text, in_place: !matches!(form, Form::Markdown(_)) }
    }

    /// The content file that the source text stands in.
    pub(super) fn here(&self) -> &'c str {
        &self.source.span.file.path
    }

    /// The place in the file of a range of [`Pair::text`].
    pub(super) fn place(&self, range: Range<usize>) -> Span {
        let value = &self.translated.value;
        if self.in_place {
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

/// The text with some of its words made white space of as many characters and bytes.
fn blanked<'t>(text: &'t str, words: &[Range<usize>]) -> Cow<'t, str> {
    if words.is_empty() {
        return Cow::Borrowed(text);
    }
    let blank = |c: char| match c.len_utf8() {
        1 => " ",
        2 => "\u{A0}",
        3 => "\u{2003}",
        _ => "\u{2003} ",
    };
    let quoted = |at: usize| words.iter().any(|range| range.contains(&at));
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if quoted(at) { out.push_str(blank(c)) } else { out.push(c) }
    }
    Cow::Owned(out)
}
