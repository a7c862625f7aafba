//! Every text of the catalogue, with its language and form: what the rules about texts go through.
//!
//! Lives here: the walk. Never here: rules.

use crate::diag::{Spanned, Written};
use crate::lang::LangId;
use crate::markdown::EMBEDS;
use crate::model::{Catalogue, Field, FieldKind, Item, Text};
use hashbrown::HashMap;

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
    /// The text in the source language.
    source: &'c Spanned<Written>,
}

impl<'c> Piece<'c> {
    /// The content file that it belongs to, also where it stands in a translation of that file.
    pub(super) fn here(&self) -> &'c str {
        &self.source.span.file.path
    }
}

/// All texts.
pub(super) struct Texts<'c> {
    /// Those that may have translations.
    pub(super) localized: Vec<(&'c Text, Form)>,
    /// Those that stand in the source language alone.
    plain: Vec<&'c Spanned<Written>>,
    /// Codes, dates, figures and ids: no prose, but written by people and shown.
    pub(super) values: Vec<&'c Spanned<Written>>,
}

impl<'c> Texts<'c> {
    /// Walks through the catalogue, in a fixed order.
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        let forms = forms(catalogue);
        let mut cells = catalogue.items.iter().flat_map(|item| item_texts(item, &catalogue.fields)).peekable();
        let with_form = |text: &'c Text| match cells.next_if(|(cell, _)| std::ptr::eq(*cell, text)) {
            Some(cell) => cell,
            None => (text, forms.get(&std::ptr::from_ref(text)).copied().unwrap_or(Form::Lines)),
        };
        let localized = catalogue.texts().into_iter().map(with_form).collect();
        Self { localized, plain: catalogue.plain_texts(), values: values(catalogue) }
    }

    /// Localized texts in every language, and those that stand in the source language alone.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece<'c>> {
        let localized = self.localized.iter().flat_map(|(text, form)| {
            let source = &text.source;
            let written = Piece { text: source, lang: LangId::SOURCE, form: *form, source };
            let translations = text.translations.iter().enumerate().filter_map(move |(i, translated)| {
                Some(Piece { text: &translated.as_ref()?.value, lang: LangId(i + 1), form: *form, source })
            });
            std::iter::once(written).chain(translations)
        });
        let lines = |text: &'c Spanned<Written>| Piece { text, lang: LangId::SOURCE, form: Form::Lines, source: text };
        localized.chain(self.plain.iter().copied().map(lines))
    }

    /// The Markdown texts.
    pub(super) fn markdown(&self) -> impl Iterator<Item = (Piece<'c>, &'static [&'static str])> {
        self.pieces().filter_map(|piece| match piece.form {
            Form::Markdown(embeds) => Some((piece, embeds)),
            Form::Line | Form::Lines | Form::Note => None,
        })
    }
}

/// The texts of an item with their forms, in the order of [`Catalogue::texts`].
fn item_texts<'c>(item: &'c Item, fields: &'c [Field]) -> impl Iterator<Item = (&'c Text, Form)> {
    let cell = |(text, field): (&'c Option<Text>, &Field)| {
        let form = match field.kind {
            FieldKind::Line => Form::Line,
            FieldKind::Text | FieldKind::Phone => Form::Lines,
            FieldKind::Markdown => Form::Markdown(&[]),
        };
        text.as_ref().map(|text| (text, form))
    };
    let notes = item.editorial.iter().map(|note| (&note.note, Form::Note));
    item.texts.iter().zip(fields).filter_map(cell).chain(notes)
}

/// The form of every text beside those of items that is not in paragraphs. Texts are told apart by where they live in memory.
fn forms(catalogue: &Catalogue) -> HashMap<*const Text, Form> {
    let mut forms = HashMap::new();
    let mut put = |text: &Text, form| forms.insert(std::ptr::from_ref(text), form);
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
    for (_, note) in catalogue.policy.notes() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Site;

    #[test]
    fn every_text_has_its_form() {
        let catalogue = Site::default()
            .replace("items/education/meals.yaml", "营养膳食", "营养膳食, guide: 甲, standard: 乙")
            .replace("items/education/grant.yaml", "number: 1", "number: 1\neditorial:\n  - {kind: note, note: 丙}")
            .with("changes.yaml", "- {id: a, date: 2019-05-01, kind: changed, title: 丁, text: 戊}\n")
            .load();
        let texts = Texts::new(&catalogue);
        let form = |value: &str| texts.pieces().find(|piece| piece.text.value == value).map(|piece| piece.form);
        assert_eq!(form("营养膳食"), Some(Form::Line));
        assert_eq!(form("乙"), Some(Form::Lines));
        assert_eq!(form("甲"), Some(Form::Markdown(&[])));
        assert_eq!(form("丙"), Some(Form::Note));
        assert_eq!(form("丁"), Some(Form::Line));
        assert_eq!(form("戊"), Some(Form::Markdown(&[])));
        assert_eq!(form("通知"), Some(Form::Line));
        let embeds = texts.markdown().map(|(_, embeds)| embeds).max_by_key(|embeds| embeds.len());
        assert_eq!(embeds, Some(&EMBEDS[..]));
    }

    /// The form of a cell is found since cells come in the order of the walk.
    #[test]
    fn cells_come_in_the_order_of_all_texts() {
        let catalogue = Site::default().load();
        let all: Vec<*const Text> = catalogue.texts().into_iter().map(std::ptr::from_ref).collect();
        let cells = catalogue.items.iter().flat_map(|item| item_texts(item, &catalogue.fields));
        let cells: Vec<*const Text> = cells.map(|(text, _)| std::ptr::from_ref(text)).collect();
        assert_eq!(cells.len(), 3);
        assert!(all.windows(cells.len()).any(|part| part == cells));
    }
}
