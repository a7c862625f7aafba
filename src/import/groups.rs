//! The domains and departments that a list names and the content lacks, as tables of their own: from there on they are
//! read like those of `export`.
//!
//! Lives here: collecting names, new ids for them. Only on request: a name that is merely misspelt would become a
//! department. Never here: writing them.

use super::headings::{DOMAIN_TEXT, Sheet};
use super::names::{Names, unnumbered};
use super::rows;
use super::table::{Draft, Refused, Table};
use crate::data::Part;
use crate::model::Catalogue;
use crate::slug;
use std::collections::{BTreeMap, BTreeSet};

/// What one of them is called.
struct Lacking {
    id: String,
    name: String,
    parent: String,
}

/// The tables of what is lacking: domains, then departments; one without rows is left out.
///
/// # Errors
/// [`Refused`] beyond the limits of tables.
pub(super) fn lacking(sheets: &[Sheet<'_>], names: &Names, catalogue: &Catalogue) -> Result<Vec<Table>, Refused> {
    let mut tables = Vec::new();
    let lists: Vec<&Sheet<'_>> = sheets.iter().filter(|sheet| !sheet.exact).collect();
    let domains = domains(&lists, names, catalogue);
    let departments = departments(&lists, names, catalogue);
    for (part, found) in [(Part::Domains, domains), (Part::Departments, departments)] {
        if found.is_empty() {
            continue;
        }
        let nested = found.iter().any(|one| !one.parent.is_empty());
        let head: &[&str] = if nested { &["id", "name", "parent"] } else { &["id", "name"] };
        let mut draft = Draft::default();
        for (at, key) in head.iter().enumerate() {
            draft.put(0, at, key, None)?;
        }
        for (row, Lacking { id, name, parent }) in found.iter().enumerate() {
            for (at, text) in [id, name, parent].into_iter().take(head.len()).enumerate() {
                draft.put(row + 1, at, text, None)?;
            }
        }
        let path = lists.first().map_or("", |sheet| sheet.table.file.path.as_str());
        tables.push(draft.finish(path, part.name(), None)?);
    }
    Ok(tables)
}

/// The sections of the lists, and what stands in their columns of domains, as far as no domain is called so.
fn domains(lists: &[&Sheet<'_>], names: &Names, catalogue: &Catalogue) -> Vec<Lacking> {
    let mut taken: BTreeSet<String> = catalogue.domains.iter().map(|domain| domain.id.value.to_string()).collect();
    let mut found: Vec<Lacking> = Vec::new();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for sheet in lists {
        let column = sheet.column(DOMAIN_TEXT).map(|column| column.at);
        // The section that those in brackets are within.
        let mut outer = String::new();
        for row in sheet.row + 1..sheet.table.rows.len() {
            let section = rows::section_heading(sheet, row).map(|cell| cell.text.as_str());
            let cell = column.and_then(|at| sheet.table.rows.get(row)?.get(at)).map(|cell| cell.text.as_str());
            let Some(written) = section.or(cell).filter(|text| !text.is_empty()) else { continue };
            let (name, within) = (unnumbered(written), written.trim().starts_with(['（', '(']));
            let id = match names.domain(written, None).ok().or_else(|| ids.get(name).cloned()) {
                Some(id) => id,
                None => {
                    let id = slug::fresh(name, "domain", &mut taken);
                    let parent = if within { outer.clone() } else { String::new() };
                    ids.insert(name.to_owned(), id.clone());
                    found.push(Lacking { id: id.clone(), name: name.to_owned(), parent });
                    id
                }
            };
            if section.is_some() && !within {
                outer = id;
            }
        }
    }
    found
}

/// The names in the lists' columns of departments that no department has.
fn departments(lists: &[&Sheet<'_>], names: &Names, catalogue: &Catalogue) -> Vec<Lacking> {
    let mut taken: BTreeSet<String> = catalogue.departments.iter().map(|group| group.id.value.to_string()).collect();
    let mut found: Vec<Lacking> = Vec::new();
    let mut seen = BTreeSet::new();
    for sheet in lists {
        let Some(column) = sheet.column("departments") else { continue };
        for row in sheet.row + 1..sheet.table.rows.len() {
            if rows::is_about_the_list(sheet, row) {
                continue;
            }
            let cell = sheet.table.rows.get(row).and_then(|cells| cells.get(column.at));
            for name in cell.into_iter().flat_map(|cell| names.unknown(Part::Departments, &cell.text)) {
                if seen.insert(name.clone()) {
                    let id = slug::fresh(&name, "department", &mut taken);
                    found.push(Lacking { id, name, parent: String::new() });
                }
            }
        }
    }
    found
}
