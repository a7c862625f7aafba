//! The policy behind the list: tasks, their division, indicators, and the interpretation as questions and answers.

use super::groups::slugs;
use super::shape::{EditorialNote, Texts, Translations, by_language, by_language_as, notes, translations, validity};
use crate::lang::{LangId, State};
use crate::markdown;
use crate::model::{Catalogue, DomainId, Point, PolicyText, TextKind};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// A task of the document.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TaskRow<'a> {
    /// Its number as printed.
    pub(super) number: u32,
    /// Its title.
    pub(super) title: Texts,
    /// The id of its area.
    pub(super) area: &'a str,
    /// The number of the area as printed.
    pub(super) area_label: Option<Texts>,
    /// The name of the area.
    pub(super) area_name: Texts,
    /// The id of the domain that the area is about.
    pub(super) domain: Option<&'a str>,
    /// The slugs of the items that it concerns.
    pub(super) items: Vec<&'a str>,
    /// Whether the document is in force.
    #[schemars(extend("enum" = ["in_force", "not_yet", "revised", "lapsed", "repealed", null]))]
    pub(super) validity: Option<&'static str>,
    /// Editorial notes.
    pub(super) notes: Vec<EditorialNote>,
    /// The states of its translations.
    pub(super) translations: Translations,
}

/// A row of the division of tasks.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct DivisionEntry<'a> {
    /// Its number as printed.
    pub(super) number: u32,
    /// What is to be done.
    pub(super) task: Texts,
    /// Who is responsible, as printed.
    pub(super) responsible: Texts,
    /// The ids of the departments that lead.
    pub(super) departments: Vec<&'a str>,
    /// The numbers of the tasks that it covers.
    pub(super) tasks: Vec<u32>,
    /// The id of the domain that it is about.
    pub(super) domain: Option<&'a str>,
    /// Whether the document is in force.
    #[schemars(extend("enum" = ["in_force", "not_yet", "revised", "lapsed", "repealed", null]))]
    pub(super) validity: Option<&'static str>,
    /// Editorial notes.
    pub(super) notes: Vec<EditorialNote>,
    /// The states of its translations.
    pub(super) translations: Translations,
}

/// An indicator.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct IndicatorRow<'a> {
    /// Its id.
    pub(super) id: &'a str,
    /// Its name.
    pub(super) name: Texts,
    /// Its unit, as printed.
    pub(super) unit: Option<Texts>,
    /// The id of the domain that it is about.
    pub(super) domain: Option<&'a str>,
    /// Whether the site's home page shows it.
    pub(super) key: bool,
    /// Its values, by year.
    pub(super) points: Vec<PointRow<'a>>,
    /// Whether the document is in force.
    #[schemars(extend("enum" = ["in_force", "not_yet", "revised", "lapsed", "repealed", null]))]
    pub(super) validity: Option<&'static str>,
    /// Editorial notes.
    pub(super) notes: Vec<EditorialNote>,
    /// The states of its translations.
    pub(super) translations: Translations,
}

/// A value of an indicator.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct PointRow<'a> {
    /// The year, or the last of several.
    pub(super) year: u32,
    /// The first year of a cumulative value.
    pub(super) since: Option<u32>,
    /// The figure as printed; null where it is missing.
    pub(super) value: Option<&'a str>,
    /// What the figure counts: `level` (at the year's end), `annual` (in that year), `cumulative` (in several years
    /// together, never to be compared with an annual figure) or `missing`.
    #[schemars(extend("enum" = ["level", "annual", "cumulative", "missing"]))]
    pub(super) kind: &'static str,
}

/// An interpretation of the document.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct InterpretationRow<'a> {
    /// Its name: the file and address.
    name: &'a str,
    /// Its date, `YYYY-MM-DD`.
    date: Option<&'a str>,
    /// The name of the document that it explains.
    interprets: Option<&'a str>,
    /// Its title.
    title: Texts,
    /// The whole of it as plain text.
    text: Texts,
    /// Its sections by language tag, in order: questions and their answers.
    sections: IndexMap<String, Vec<SectionRow>>,
    /// Whether the document is in force.
    #[schemars(extend("enum" = ["in_force", "not_yet", "revised", "lapsed", "repealed", null]))]
    validity: Option<&'static str>,
    /// Editorial notes.
    notes: Vec<EditorialNote>,
    /// The states of its translations.
    translations: Translations,
}

/// A heading and the text below it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SectionRow {
    /// The heading's id: the anchor on the page.
    id: String,
    /// The heading's level, 1 to 6.
    level: u8,
    /// The heading.
    title: String,
    /// The text below as plain text, sections within it included.
    text: String,
}

/// The tasks, in order.
pub(super) fn tasks(catalogue: &Catalogue) -> impl Iterator<Item = TaskRow<'_>> {
    let policy = &catalogue.policy;
    policy.tasks.iter().filter_map(move |task| {
        let area = policy.areas.get(task.area)?;
        Some(TaskRow {
            number: task.number.value,
            title: by_language(catalogue, &task.title),
            area: &area.id.value,
            area_label: area.label.as_ref().map(|label| by_language(catalogue, label)),
            area_name: by_language(catalogue, &area.name),
            domain: domain(catalogue, area.domain),
            items: slugs(catalogue, &task.items),
            validity: validity(catalogue),
            notes: notes(catalogue, &task.editorial),
            translations: translations(catalogue, &task.meta, &[("title", Some(&task.title))]),
        })
    })
}

/// The rows of the division of tasks, in order.
pub(super) fn division(catalogue: &Catalogue) -> impl Iterator<Item = DivisionEntry<'_>> {
    let policy = &catalogue.policy;
    policy.division.iter().map(move |row| DivisionEntry {
        number: row.number.value,
        task: by_language(catalogue, &row.task),
        responsible: by_language(catalogue, &row.responsible),
        departments: row.departments.iter().map(|id| catalogue.department(*id).id.value.as_str()).collect(),
        tasks: row.tasks.iter().filter_map(|at| Some(policy.tasks.get(*at)?.number.value)).collect(),
        domain: domain(catalogue, row.domain),
        validity: validity(catalogue),
        notes: notes(catalogue, &row.editorial),
        translations: translations(
            catalogue,
            &row.meta,
            &[("task", Some(&row.task)), ("responsible", Some(&row.responsible))],
        ),
    })
}

/// The indicators, in order.
pub(super) fn indicators(catalogue: &Catalogue) -> impl Iterator<Item = IndicatorRow<'_>> {
    catalogue.policy.indicators.iter().map(move |indicator| IndicatorRow {
        id: &indicator.id.value,
        name: by_language(catalogue, &indicator.name),
        unit: indicator.unit.as_ref().map(|unit| by_language(catalogue, unit)),
        domain: domain(catalogue, indicator.domain),
        key: indicator.key,
        points: indicator.points.iter().map(point).collect(),
        validity: validity(catalogue),
        notes: notes(catalogue, &indicator.editorial),
        translations: translations(
            catalogue,
            &indicator.meta,
            &[("name", Some(&indicator.name)), ("unit", indicator.unit.as_ref())],
        ),
    })
}

fn point(point: &Point) -> PointRow<'_> {
    PointRow {
        year: point.year.value,
        since: point.since.as_ref().map(|year| year.value),
        value: point.value.as_ref().map(|value| value.value.as_str()),
        kind: point.kind.as_str(),
    }
}

/// The interpretations, in the order of their files.
pub(super) fn interpretations(catalogue: &Catalogue) -> impl Iterator<Item = InterpretationRow<'_>> {
    let policy = &catalogue.policy;
    let texts = policy.texts.iter().filter(|text| text.kind == TextKind::Interpretation);
    texts.map(move |text| InterpretationRow {
        name: &text.name,
        date: text.date.as_ref().map(|date| date.value.as_str()),
        interprets: text.interprets.and_then(|at| Some(policy.texts.get(at)?.name.as_str())),
        title: by_language(catalogue, &text.title),
        text: by_language_as(catalogue, &text.body, &|_, body| markdown::plain(body)),
        sections: sections(catalogue, text),
        validity: validity(catalogue),
        notes: notes(catalogue, &text.editorial),
        translations: translations(catalogue, &text.meta, &[("title", Some(&text.title)), ("text", Some(&text.body))]),
    })
}

fn sections(catalogue: &Catalogue, text: &PolicyText) -> IndexMap<String, Vec<SectionRow>> {
    let section = |section: markdown::Section| SectionRow {
        id: section.id,
        level: section.level,
        title: section.title,
        text: section.text,
    };
    let of = |id: LangId| {
        let body = text.body.resolve(id);
        (body.state != State::Missing).then(|| markdown::sections(&body.value.value))
    };
    let existing = catalogue
        .lang_ids()
        .filter_map(|(id, lang)| Some((lang.tag.clone(), of(id)?.into_iter().map(section).collect())));
    existing.collect()
}

fn domain(catalogue: &Catalogue, id: Option<DomainId>) -> Option<&str> {
    id.map(|id| catalogue.domain(id).id.value.as_str())
}
