//! The content as its tables say it today.
//!
//! Lives here: what `export` would write, by key, to compare with. Never here: what is to be changed.

use super::headings::PARTS;
use crate::data::{self, Part};
use crate::model::Catalogue;
use std::collections::BTreeMap;

/// A part as `export` writes it today.
pub(super) struct Known {
    pub(super) head: Vec<String>,
    /// By key: a row, or one for each point of an indicator.
    pub(super) rows: BTreeMap<String, Vec<Vec<String>>>,
}

impl Known {
    pub(super) fn new(catalogue: &Catalogue, part: Part) -> Self {
        let Some(table) = data::table(catalogue, part) else { return Self { head: Vec::new(), rows: BTreeMap::new() } };
        let key = PARTS.iter().find(|(other, _)| *other == part).map_or("id", |(_, key)| *key);
        let at = table.head.iter().position(|column| column == key).unwrap_or(0);
        let mut rows: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for row in table.rows {
            rows.entry(row[at].clone()).or_default().push(row);
        }
        Self { head: table.head, rows }
    }

    /// A cell of a row; empty without one.
    pub(super) fn cell<'r>(&self, row: Option<&'r Vec<String>>, column: &str) -> &'r str {
        let at = self.head.iter().position(|known| known == column);
        row.zip(at).and_then(|(row, at)| row.get(at)).map_or("", String::as_str)
    }
}
