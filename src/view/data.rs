//! The page of open data: what files there are, and what stands in their columns.
//!
//! Lives here: what the page says of each file. Never here: the files (`data`), which tells what it made.

use super::{Here, PageView, Phrase, Views};
use crate::url::{self, Page};
use serde::Serialize;

/// The page of open data.
#[derive(Debug, Serialize)]
pub struct DataView {
    /// What every page has.
    pub page: PageView,
    /// The files, by what they are about.
    pub groups: Vec<DataGroup>,
    /// The licence's name and address.
    pub licence: Option<(Phrase, Option<String>)>,
    /// The date of this edition.
    pub updated: Option<String>,
    /// The document's validity.
    pub validity: Option<&'static str>,
    /// The columns that every catalogue has; each has a string `column_…`.
    pub columns: &'static [&'static str],
    /// The columns of this one: id and heading.
    pub fields: Vec<(String, Phrase)>,
}

/// Files that are about the same.
#[derive(Debug, Serialize)]
pub struct DataGroup {
    /// The key of the string that says what they are about.
    pub key: &'static str,
    /// The key of the string that says more.
    pub about: Option<&'static str>,
    /// The files.
    pub files: Vec<DataFile>,
}

/// A data file.
#[derive(Debug, Serialize)]
pub struct DataFile {
    /// Its name, without the folder: its format tells a schema from what it is of.
    pub name: String,
    /// Where to.
    pub href: String,
    /// Its format.
    pub format: &'static str,
    /// How many bytes it has.
    pub bytes: usize,
    /// The same for people: `12.3 KB`.
    pub size: String,
}

/// What is known of a file that was made.
#[derive(Debug, Clone, Copy)]
pub struct DataFact<'a> {
    /// The key of the string that says what it is about.
    pub key: &'static str,
    /// The key of the string that says more.
    pub about: Option<&'static str>,
    /// Its path in the output.
    pub path: &'a str,
    /// Its format.
    pub format: &'static str,
    /// How many bytes it has.
    pub size: usize,
}

/// What every item of the data has besides its text.
const COLUMNS: [&str; 9] =
    ["slug", "number", "domain", "validity", "departments", "departments_text", "audiences", "life_events", "amounts"];

impl Views<'_> {
    /// The page of open data.
    pub fn data(&self, here: Here<'_>, facts: &[DataFact<'_>]) -> DataView {
        let site = &self.catalogue.site;
        let file = |fact: &DataFact<'_>| DataFile {
            name: fact.path.rsplit('/').next().unwrap_or(fact.path).to_owned(),
            href: url::relative(here.path, fact.path),
            format: fact.format,
            bytes: fact.size,
            size: readable(fact.size),
        };
        let group = |facts: &[DataFact<'_>]| {
            facts.first().map(|first| DataGroup {
                key: first.key,
                about: first.about,
                files: facts.iter().map(file).collect(),
            })
        };
        DataView {
            page: self.string_page(here, "data", Page::Data),
            groups: facts.chunk_by(|a, b| a.key == b.key).filter_map(group).collect(),
            licence: site
                .licence
                .as_ref()
                .map(|l| (self.phrase(here, &l.name), l.url.as_ref().map(|url| url.value.to_string()))),
            updated: site.updated.as_ref().map(|date| date.value.to_string()),
            validity: self.catalogue.validity().map(crate::model::Validity::as_str),
            columns: &COLUMNS,
            fields: self
                .catalogue
                .fields
                .iter()
                .map(|f| (f.id.value.to_string(), self.phrase(here, &f.label)))
                .collect(),
        }
    }
}

/// A size as file managers show it: in units of 1024, with one digit after the point.
fn readable(bytes: usize) -> String {
    let tenths = |unit: usize| (bytes * 10 + unit / 2) / unit;
    let (tenths, unit) = match bytes {
        0..1024 => return format!("{bytes} B"),
        // What rounds to 1024 of a unit is one of the next.
        bytes if bytes < 1024 * 1024 - 51 => (tenths(1024), "KB"),
        _ => (tenths(1024 * 1024), "MB"),
    };
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded() {
        assert_eq!(readable(0), "0 B");
        assert_eq!(readable(1023), "1023 B");
        assert_eq!(readable(1024), "1.0 KB");
        assert_eq!(readable(1587), "1.5 KB");
        assert_eq!(readable(1_048_575), "1.0 MB");
        assert_eq!(readable(3_250_000), "3.1 MB");
    }
}
