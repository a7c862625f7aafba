//! Every text of the catalogue, with its language and form: what the rules about texts go through.
//!
//! Lives here: the walk. Never here: rules.

use super::pairs::Pair;
use crate::diag::{SourceFile, Span, Spanned, Written};
use crate::lang::LangId;
use crate::markdown::EMBEDS;
use crate::model::{Catalogue, FieldKind, Text};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One line.
    Line,
    /// Plain text, a paragraph a line.
    Lines,
    /// As [`Form::Lines`], but words in quotation marks may stay as they are in the source.
    Note,
    /// Markdown, with the embeds that may stand in it.
    Markdown(&'static [&'static str]),
}

/// A text in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'c> {
    /// The text.
    pub(super) text: &'c Spanned<Written>,
    /// Its language.
    pub(super) lang: LangId,
    /// How it is written.
    pub(super) form: Form,
    /// The content file that it belongs to, also where it stands in a translation of that file.
    pub(super) here: &'c str,
}

/// All texts.
pub(super) struct Texts<'c> {
    /// Translations beside what they translate.
    pub(super) pairs: Vec<Pair<'c>>,
    /// Localized texts in every language, and those that stand in the source language alone.
    pub(super) pieces: Vec<Piece<'c>>,
    /// Codes, dates, figures and ids: no prose, but written by people and shown.
    pub(super) values: Vec<&'c Spanned<Written>>,
}

impl<'c> Texts<'c> {
    /// Walks through the catalogue, in a fixed order.
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        let forms = forms(catalogue);
        let (mut pieces, mut pairs) = (Vec::new(), Vec::new());
        for text in catalogue.texts() {
            let form = forms.get(&std::ptr::from_ref(text)).copied().unwrap_or(Form::Lines);
            let here = text.source.span.file.path.as_str();
            pieces.push(Piece { text: &text.source, lang: LangId::SOURCE, form, here });
            for (i, translated) in text.translations.iter().enumerate() {
                if let Some(translated) = translated {
                    pieces.push(Piece { text: &translated.value, lang: LangId(i + 1), form, here });
                    pairs.push(Pair::new(&text.source, translated, LangId(i + 1), form));
                }
            }
        }
        let plain = catalogue.plain_texts().into_iter();
        pieces.extend(plain.map(|text| Piece {
            text,
            lang: LangId::SOURCE,
            form: Form::Lines,
            here: &text.span.file.path,
        }));
        Self { pairs, pieces, values: values(catalogue) }
    }

    /// The Markdown texts.
    pub(super) fn markdown(&self) -> impl Iterator<Item = (&Piece<'c>, &'static [&'static str])> {
        self.pieces.iter().filter_map(|piece| match piece.form {
            Form::Markdown(embeds) => Some((piece, embeds)),
            Form::Line | Form::Lines | Form::Note => None,
        })
    }

    /// The files that any text or value stands in, by path.
    pub(super) fn files(&self, catalogue: &'c Catalogue) -> Vec<&'c Arc<SourceFile>> {
        let spans = self.pieces.iter().map(|piece| &piece.text.span).chain(self.values.iter().map(|value| &value.span));
        let files = spans.map(|span: &Span| &span.file).chain(catalogue.items.iter().map(|item| &item.file));
        let files = files.chain(catalogue.policy.texts.iter().map(|text| &text.file));
        let by_path: BTreeMap<&str, &'c Arc<SourceFile>> = files.map(|file| (file.path.as_str(), file)).collect();
        by_path.into_values().collect()
    }
}

/// The form of every text that is not in paragraphs. Texts are told apart by where they live in memory.
fn forms(catalogue: &Catalogue) -> HashMap<*const Text, Form> {
    let mut forms = HashMap::new();
    let mut put = |text: &Text, form| forms.insert(std::ptr::from_ref(text), form);
    for item in &catalogue.items {
        for (text, field) in item.texts.iter().zip(&catalogue.fields) {
            let form = match field.kind {
                FieldKind::Line => Form::Line,
                FieldKind::Text | FieldKind::Phone => Form::Lines,
                FieldKind::Markdown => Form::Markdown(&[]),
            };
            text.as_ref().map(|text| put(text, form));
        }
    }
    for text in &catalogue.policy.texts {
        put(&text.body, Form::Markdown(&EMBEDS));
        put(&text.title, Form::Line);
    }
    for text in catalogue.changes.iter().filter_map(|change| change.text.as_ref()) {
        put(text, Form::Markdown(&[]));
    }
    for text in names(catalogue) {
        put(text, Form::Line);
    }
    let notes = catalogue.items.iter().flat_map(|item| &item.editorial);
    for note in notes.chain(catalogue.policy.notes().into_iter().map(|(_, note)| note)) {
        put(&note.note, Form::Note);
    }
    forms
}

/// What is shown as a heading, a label or a link.
fn names(catalogue: &Catalogue) -> Vec<&Text> {
    let (site, policy) = (&catalogue.site, &catalogue.policy);
    let mut names = vec![&site.title, &catalogue.name, &catalogue.departments_column.label];
    names.extend(&site.short_title);
    names.extend(&site.place);
    names.extend(&catalogue.departments_column.question);
    for field in &catalogue.fields {
        names.push(&field.label);
        names.extend(&field.question);
    }
    let words = &catalogue.vocabulary;
    names.extend(words.who.values().chain(words.unit.values()).chain(words.per.values()));
    names.extend(catalogue.domains.iter().map(|domain| &domain.name));
    let groups = catalogue.departments.iter().chain(&catalogue.audiences).chain(&catalogue.life_events);
    names.extend(groups.map(|group| &group.name));
    names.extend(policy.document.iter().map(|document| &document.title));
    for area in &policy.areas {
        names.push(&area.name);
        names.extend(&area.label);
    }
    names.extend(policy.tasks.iter().map(|task| &task.title));
    for indicator in &policy.indicators {
        names.push(&indicator.name);
        names.extend(&indicator.unit);
    }
    names.extend(catalogue.changes.iter().flat_map(|change| std::iter::once(&change.title).chain(&change.basis)));
    names.extend(catalogue.glossary.iter().map(|term| &term.text));
    names
}

/// What is written beside the prose.
fn values(catalogue: &Catalogue) -> Vec<&Spanned<Written>> {
    let (site, policy) = (&catalogue.site, &catalogue.policy);
    let g = &site.government;
    let mut values = Vec::new();
    values.extend(
        [&g.site_domain, &g.site_id, &g.icp, &g.police, &g.police_code, &g.badge, &g.error_report, &g.postcode]
            .into_iter()
            .chain([&g.phone, &g.email])
            .flatten(),
    );
    values.extend(site.licence.iter().filter_map(|licence| licence.url.as_ref()));
    values.extend(catalogue.fields.iter().map(|field| &field.id));
    for domain in &catalogue.domains {
        values.push(&domain.id);
        values.extend(&domain.icon);
    }
    for group in catalogue.departments.iter().chain(&catalogue.audiences).chain(&catalogue.life_events) {
        values.push(&group.id);
        values.extend(&group.icon);
    }
    for item in &catalogue.items {
        values.extend(item.amounts.iter().map(|amount| &amount.value));
        values.extend(&item.former_slugs);
        values.extend(item.editorial.iter().flat_map(|note| note.confidence.iter().chain(&note.about)));
    }
    if let Some(d) = &policy.document {
        values.extend([&d.index_number, &d.document_number].into_iter().flatten());
    }
    values.extend(catalogue.changes.iter().flat_map(|change| std::iter::once(&change.id).chain(&change.basis_url)));
    values.extend(policy.areas.iter().map(|area| &area.id));
    for indicator in &policy.indicators {
        values.push(&indicator.id);
        values.extend(indicator.points.iter().filter_map(|point| point.value.as_ref()));
    }
    values.extend(policy.notes().into_iter().flat_map(|(_, note)| note.confidence.iter().chain(&note.about)));
    values
}
