//! The tables of the catalogue: what CSV files and sheets of the workbook have in rows and columns.
//!
//! Lives here: columns and cells, as plain text. Lists in a cell are parted by `;`; a translation's column is `key@tag`.
//! Never here: how cells are written to a file.

use super::Part;
use super::groups::{self, GroupRow};
use super::policy;
use super::shape::{Texts, validity};
use crate::lang::{LangId, State};
use crate::model::{Amount, Catalogue, FieldId, Item};
use crate::view::plain_cell;

/// A table, a row at a time: a large catalogue's would be the largest thing in memory.
pub(super) struct Table<'a> {
    /// The keys of its columns.
    pub(super) head: Vec<String>,
    /// Its rows, each with a cell for each column.
    pub(super) rows: Box<dyn Iterator<Item = Vec<String>> + 'a>,
}

/// The table of a part; none for those that are no table.
pub(super) fn table(catalogue: &Catalogue, part: Part) -> Option<Table<'_>> {
    Some(match part {
        Part::Items => items(catalogue),
        Part::Domains => domains(catalogue),
        Part::Departments => group(catalogue, &catalogue.departments),
        Part::Audiences => group(catalogue, &catalogue.audiences),
        Part::LifeEvents => group(catalogue, &catalogue.life_events),
        Part::Tasks => tasks(catalogue),
        Part::Division => division(catalogue),
        Part::Indicators => indicators(catalogue),
        Part::Whole | Part::Catalogue | Part::Interpretation => return None,
    })
}

fn items(catalogue: &Catalogue) -> Table<'_> {
    let fixed = [
        "slug",
        "number",
        "domain",
        "validity",
        "departments",
        "departments_text",
        "audiences",
        "life_events",
        "amounts",
    ];
    let mut columns: Vec<(LangId, FieldId)> = Vec::new();
    let mut head: Vec<String> = fixed.map(str::to_owned).into();
    for (lang, language) in catalogue.lang_ids() {
        for (id, field) in catalogue.field_ids() {
            columns.push((lang, id));
            let name = &field.id.value;
            head.push(if lang == LangId::SOURCE { name.clone() } else { format!("{name}@{}", language.tag) });
        }
    }
    let row = move |item: &Item| {
        let mut row = facts(catalogue, item);
        row.extend(columns.iter().map(|(lang, id)| cell(catalogue, item, *lang, *id)));
        row
    };
    Table { head, rows: Box::new(catalogue.items.iter().map(row)) }
}

fn facts(catalogue: &Catalogue, item: &Item) -> Vec<String> {
    let departments = || item.departments.iter().map(|id| catalogue.department(*id));
    vec![
        item.slug.clone(),
        item.number.as_ref().map(|n| n.value.to_string()).unwrap_or_default(),
        catalogue.domain(item.domain).id.value.clone(),
        validity(catalogue).unwrap_or_default().to_owned(),
        joined(departments().map(|d| d.id.value.as_str())),
        joined(departments().map(|d| d.name.source.value.as_str())),
        joined(item.audiences.iter().map(|id| catalogue.audiences[id.0].id.value.as_str())),
        joined(item.life_events.iter().map(|id| catalogue.life_events[id.0].id.value.as_str())),
        joined(item.amounts.iter().map(amount_text)),
    ]
}

/// An amount on one line: `primary 1000 CNY/student/year`.
fn amount_text(amount: &Amount) -> String {
    let mut out = String::new();
    if let Some(who) = &amount.who {
        out.push_str(&who.value);
        out.push(' ');
    }
    out.push_str(&amount.value.value);
    if let Some(unit) = &amount.unit {
        out.push(' ');
        out.push_str(&unit.value);
    }
    for per in &amount.per {
        out.push('/');
        out.push_str(&per.value);
    }
    out
}

fn cell(catalogue: &Catalogue, item: &Item, lang: LangId, id: FieldId) -> String {
    let Some(text) = item.text(id) else { return String::new() };
    if text.resolve(lang).state == State::Missing {
        return String::new();
    }
    plain_cell(catalogue.fields[id.0].kind, text, lang)
}

fn domains(catalogue: &Catalogue) -> Table<'_> {
    let rows = groups::domains(catalogue).map(|row| {
        let mut cells = vec![row.id.to_owned(), row.parent.unwrap_or_default().to_owned(), joined(row.items)];
        cells.extend(languages(catalogue, &row.name));
        cells.extend(optional(catalogue, row.summary.as_ref()));
        cells
    });
    Table { head: head(catalogue, &["id", "parent", "items"], &["name", "summary"]), rows: Box::new(rows) }
}

fn group<'a>(catalogue: &'a Catalogue, groups: &'a [crate::model::Group]) -> Table<'a> {
    let rows = groups::groups(catalogue, groups).map(|row| {
        let GroupRow { id, name, summary, aliases, items, translations: _ } = row;
        let mut cells = vec![id.to_owned(), joined(items), joined(aliases)];
        cells.extend(languages(catalogue, &name));
        cells.extend(optional(catalogue, summary.as_ref()));
        cells
    });
    Table { head: head(catalogue, &["id", "items", "aliases"], &["name", "summary"]), rows: Box::new(rows) }
}

fn tasks(catalogue: &Catalogue) -> Table<'_> {
    let rows = policy::tasks(catalogue).map(|row| {
        let mut cells = vec![
            row.number.to_string(),
            row.validity.unwrap_or_default().to_owned(),
            row.area.to_owned(),
            row.domain.unwrap_or_default().to_owned(),
            joined(row.items),
        ];
        cells.extend(optional(catalogue, row.area_label.as_ref()));
        cells.extend(languages(catalogue, &row.area_name));
        cells.extend(languages(catalogue, &row.title));
        cells
    });
    let fixed = ["number", "validity", "area", "domain", "items"];
    Table { head: head(catalogue, &fixed, &["area_label", "area_name", "title"]), rows: Box::new(rows) }
}

fn division(catalogue: &Catalogue) -> Table<'_> {
    let rows = policy::division(catalogue).map(|row| {
        let mut cells = vec![
            row.number.to_string(),
            row.validity.unwrap_or_default().to_owned(),
            joined(row.departments),
            joined(row.tasks.iter().map(u32::to_string)),
            row.domain.unwrap_or_default().to_owned(),
        ];
        cells.extend(languages(catalogue, &row.task));
        cells.extend(languages(catalogue, &row.responsible));
        cells
    });
    let fixed = ["number", "validity", "departments", "tasks", "domain"];
    Table { head: head(catalogue, &fixed, &["task", "responsible"]), rows: Box::new(rows) }
}

/// One row for each value: figures of several kinds must not stand in one column of years.
fn indicators(catalogue: &Catalogue) -> Table<'_> {
    let rows = policy::indicators(catalogue).flat_map(|row| {
        let mut texts = languages(catalogue, &row.name);
        texts.extend(optional(catalogue, row.unit.as_ref()));
        let point = |point: &policy::PointRow<'_>| {
            let mut cells = vec![
                row.id.to_owned(),
                row.validity.unwrap_or_default().to_owned(),
                row.domain.unwrap_or_default().to_owned(),
                point.since.map(|year| year.to_string()).unwrap_or_default(),
                point.year.to_string(),
                point.value.unwrap_or_default().to_owned(),
                point.kind.to_owned(),
            ];
            cells.extend(texts.iter().cloned());
            cells
        };
        row.points.iter().map(point).collect::<Vec<_>>()
    });
    let fixed = ["id", "validity", "domain", "since", "year", "value", "kind"];
    Table { head: head(catalogue, &fixed, &["name", "unit"]), rows: Box::new(rows) }
}

/// The keys of columns: those with one cell, then those with a cell for each language.
fn head(catalogue: &Catalogue, fixed: &[&str], texts: &[&str]) -> Vec<String> {
    let mut head: Vec<String> = fixed.iter().map(|key| (*key).to_owned()).collect();
    for key in texts {
        for (id, lang) in catalogue.lang_ids() {
            head.push(if id == LangId::SOURCE { (*key).to_owned() } else { format!("{key}@{}", lang.tag) });
        }
    }
    head
}

/// A cell for each language.
fn languages(catalogue: &Catalogue, texts: &Texts) -> Vec<String> {
    catalogue.languages().iter().map(|lang| texts.get(&lang.tag).cloned().unwrap_or_default()).collect()
}

fn optional(catalogue: &Catalogue, texts: Option<&Texts>) -> Vec<String> {
    texts.map_or_else(|| vec![String::new(); catalogue.languages().len()], |texts| languages(catalogue, texts))
}

fn joined<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push(';');
        }
        out.push_str(part.as_ref());
    }
    out
}
