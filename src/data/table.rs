//! The tables of the catalogue: what CSV files and sheets of the workbook have in rows and columns.
//!
//! Lives here: columns and cells, as plain text. Lists in a cell are parted by `;`; a translation's column is `key@tag`.
//! A table has whatever `import` needs to make the same catalogue of it again. Never here: how cells are written to a file.

use super::Part;
use super::groups::{self, GroupRow};
use super::policy;
use super::shape::{Texts, validity};
use super::translated;
use crate::lang::{LangId, State};
use crate::model::{Amount, Area, Catalogue, FieldId, FieldKind, Indicator, Item};
use crate::view::plain_cell;
use std::sync::Arc;

/// A table, a row at a time: a large catalogue's would be the largest thing in memory.
pub struct Table<'a> {
    /// The keys of its columns.
    pub head: Vec<String>,
    /// Its rows, each with a cell for each column.
    pub rows: Box<dyn Iterator<Item = Vec<String>> + 'a>,
}

/// The table of a part; none for those that are no table.
pub fn table(catalogue: &Catalogue, part: Part) -> Option<Table<'_>> {
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
            head.push(if lang == LangId::SOURCE { name.to_string() } else { format!("{name}@{}", language.tag) });
        }
    }
    let markdown: Vec<(LangId, FieldId)> =
        columns.iter().copied().filter(|(_, id)| catalogue.fields[id.0].kind == FieldKind::Markdown).collect();
    for (lang, id) in &markdown {
        let key = format!("{}.markdown", catalogue.fields[id.0].id.value);
        head.push(if *lang == LangId::SOURCE { key } else { format!("{key}@{}", catalogue.lang(*lang).tag) });
    }
    head.extend(["aliases", "related", "former_slugs"].map(str::to_owned));
    head.extend(translated::head(catalogue, ""));
    let row = move |item: &Arc<Item>| {
        let mut row = facts(catalogue, item);
        row.extend(columns.iter().map(|(lang, id)| cell(catalogue, item, *lang, *id)));
        row.extend(markdown.iter().map(|(lang, id)| written(item, *lang, *id)));
        row.push(joined(item.aliases.iter().map(|alias| alias.value.as_str())));
        row.push(joined(item.related.iter().map(|id| catalogue.item(*id).slug.as_str())));
        row.push(joined(item.former_slugs.iter().map(|slug| slug.value.as_str())));
        let texts = catalogue.field_ids().filter_map(|(id, field)| Some((field.id.value.as_str(), item.text(id)?)));
        row.extend(translated::cells(catalogue, &item.meta, &texts.collect::<Vec<_>>()));
        row
    };
    Table { head, rows: Box::new(catalogue.items.iter().map(row)) }
}

fn facts(catalogue: &Catalogue, item: &Item) -> Vec<String> {
    let departments = || item.departments.iter().map(|id| catalogue.department(*id));
    vec![
        item.slug.clone(),
        item.number.as_ref().map(|n| n.value.to_string()).unwrap_or_default(),
        catalogue.domain(item.domain).id.value.to_string(),
        validity(catalogue).unwrap_or_default().to_owned(),
        joined(departments().map(|d| d.id.value.as_str())),
        joined(departments().map(|d| d.name.source.value.as_str())),
        joined(item.audiences.iter().map(|id| catalogue.audiences[id.0].id.value.as_str())),
        joined(item.life_events.iter().map(|id| catalogue.life_events[id.0].id.value.as_str())),
        joined(item.amounts.iter().map(amount_text)),
    ]
}

/// A cell as it is written, Markdown and all.
fn written(item: &Item, lang: LangId, id: FieldId) -> String {
    let text = item.text(id).map(|text| text.resolve(lang)).filter(|text| text.state != State::Missing);
    text.map(|text| text.value.value.to_string()).unwrap_or_default()
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
    let rows = groups::domains(catalogue).zip(&catalogue.domains).map(|(row, domain)| {
        let mut cells = vec![row.id.to_owned(), row.parent.unwrap_or_default().to_owned(), joined(row.items)];
        cells.extend(languages(catalogue, &row.name));
        cells.extend(optional(catalogue, row.summary.as_ref()));
        cells.push(domain.icon.as_ref().map(|icon| icon.value.to_string()).unwrap_or_default());
        cells.extend(translated::named(catalogue, &domain.meta, &domain.name, domain.summary.as_ref()));
        cells
    });
    let mut head = head(catalogue, &["id", "parent", "items"], &["name", "summary"]);
    head.push("icon".to_owned());
    head.extend(translated::head(catalogue, ""));
    Table { head, rows: Box::new(rows) }
}

fn group<'a>(catalogue: &'a Catalogue, groups: &'a [crate::model::Group]) -> Table<'a> {
    let rows = groups::groups(catalogue, groups).zip(groups).map(|(row, group)| {
        let GroupRow { id, name, summary, aliases, items, translations: _ } = row;
        let mut cells = vec![id.to_owned(), joined(items), joined(aliases)];
        cells.extend(languages(catalogue, &name));
        cells.extend(optional(catalogue, summary.as_ref()));
        cells.push(group.icon.as_ref().map(|icon| icon.value.to_string()).unwrap_or_default());
        cells.extend(translated::named(catalogue, &group.meta, &group.name, group.summary.as_ref()));
        cells
    });
    let mut head = head(catalogue, &["id", "items", "aliases"], &["name", "summary"]);
    head.push("icon".to_owned());
    head.extend(translated::head(catalogue, ""));
    Table { head, rows: Box::new(rows) }
}

fn tasks(catalogue: &Catalogue) -> Table<'_> {
    // A task without an area is in no table, and neither is it in `policy::tasks`.
    let areas = &catalogue.policy.areas;
    let with_area = catalogue.policy.tasks.iter().filter_map(|task| Some((task, areas.get(task.area)?)));
    let rows = policy::tasks(catalogue).zip(with_area).map(|(row, (task, area))| {
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
        cells.extend(translated::cells(catalogue, &task.meta, &[("title", &task.title)]));
        cells.extend(translated::cells(catalogue, &area.meta, &area_texts(area)));
        cells
    });
    let fixed = ["number", "validity", "area", "domain", "items"];
    let mut head = head(catalogue, &fixed, &["area_label", "area_name", "title"]);
    head.extend(translated::head(catalogue, ""));
    head.extend(translated::head(catalogue, "area_"));
    Table { head, rows: Box::new(rows) }
}

fn area_texts(area: &Area) -> Vec<(&str, &crate::model::Text)> {
    std::iter::once(("name", &area.name)).chain(area.label.as_ref().map(|label| ("label", label))).collect()
}

fn division(catalogue: &Catalogue) -> Table<'_> {
    let rows = policy::division(catalogue).zip(&catalogue.policy.division).map(|(row, own)| {
        let mut cells = vec![
            row.number.to_string(),
            row.validity.unwrap_or_default().to_owned(),
            joined(row.departments),
            joined(row.tasks.iter().map(u32::to_string)),
            row.domain.unwrap_or_default().to_owned(),
        ];
        cells.extend(languages(catalogue, &row.task));
        cells.extend(languages(catalogue, &row.responsible));
        let texts = [("task", &own.task), ("responsible", &own.responsible)];
        cells.extend(translated::cells(catalogue, &own.meta, &texts));
        cells
    });
    let fixed = ["number", "validity", "departments", "tasks", "domain"];
    let mut head = head(catalogue, &fixed, &["task", "responsible"]);
    head.extend(translated::head(catalogue, ""));
    Table { head, rows: Box::new(rows) }
}

/// One row for each value: figures of several kinds must not stand in one column of years.
fn indicators(catalogue: &Catalogue) -> Table<'_> {
    let rows = policy::indicators(catalogue).zip(&catalogue.policy.indicators).flat_map(|(row, own)| {
        let mut texts = languages(catalogue, &row.name);
        texts.extend(optional(catalogue, row.unit.as_ref()));
        texts.push(if row.key { "true".to_owned() } else { String::new() });
        texts.extend(translated::cells(catalogue, &own.meta, &indicator_texts(own)));
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
    let mut head = head(catalogue, &fixed, &["name", "unit"]);
    head.push("key".to_owned());
    head.extend(translated::head(catalogue, ""));
    Table { head, rows: Box::new(rows) }
}

fn indicator_texts(indicator: &Indicator) -> Vec<(&str, &crate::model::Text)> {
    std::iter::once(("name", &indicator.name)).chain(indicator.unit.as_ref().map(|unit| ("unit", unit))).collect()
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

/// A list in a cell. What has the mark that parts it, or a backslash, gets a backslash before each.
pub(super) fn joined<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push(';');
        }
        out.push_str(&part.as_ref().replace('\\', "\\\\").replace(';', "\\;"));
    }
    out
}

/// The parts of a list in a cell, white space around them left out: the way back from what a table has.
pub fn parts(cell: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        match (c, parts.last_mut()) {
            (';', _) => parts.push(String::new()),
            ('\\', Some(last)) => last.extend(chars.next()),
            (_, Some(last)) => last.push(c),
            (_, None) => {}
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The amount that a cell speaks of: the way back from what a table has. None where no word of the vocabulary fits.
pub fn amount_parts(catalogue: &Catalogue, text: &str) -> Option<AmountParts> {
    let words = &catalogue.vocabulary;
    let (who, mut rest) = match text.split_once(' ') {
        Some((who, rest)) if words.who.contains_key(who) => (Some(who.to_owned()), rest),
        _ => (None, text),
    };
    let mut per = Vec::new();
    while let Some((before, word)) = rest.rsplit_once('/').filter(|(_, word)| words.per.contains_key(*word)) {
        per.insert(0, word.to_owned());
        rest = before;
    }
    let (value, unit) = match rest.rsplit_once(' ') {
        Some((value, unit)) if words.unit.contains_key(unit) => (value, Some(unit.to_owned())),
        _ => (rest, None),
    };
    // A blank that is left parts words that nobody declared.
    let value = value.trim().to_owned();
    let understood = !value.is_empty() && !value.contains(' ');
    understood.then_some(AmountParts { who, value, unit, per })
}

/// An amount as a table has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountParts {
    /// For whom.
    pub who: Option<String>,
    /// The figure.
    pub value: String,
    /// In what.
    pub unit: Option<String>,
    /// Per what.
    pub per: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_cells_are_read_back() {
        for list in [vec!["a", "b"], vec![], vec!["a;b", "c\\", "\\;"]] {
            assert_eq!(parts(&joined(&list)), list);
        }
        assert_eq!(parts(" a ;; b"), ["a", "b"]);
    }
}
