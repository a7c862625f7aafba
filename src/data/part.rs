//! The parts of the catalogue that have files of open data, and their formats.
//!
//! Lives here: which files there are, and what they are called. Never here: what is in them.

use super::File;
use crate::model::{Catalogue, TextKind};
use crate::url;

/// A part of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it, in files of its own.
    Whole,
    /// The items.
    Items,
    /// The document, the columns and the counts.
    Catalogue,
    /// The domains.
    Domains,
    /// The departments.
    Departments,
    /// The groups of people.
    Audiences,
    /// The life events.
    LifeEvents,
    /// The tasks.
    Tasks,
    /// The division of tasks.
    Division,
    /// The indicators.
    Indicators,
    /// Questions and answers about the document.
    Interpretation,
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// CSV.
    Csv,
    /// A JSON Schema.
    Schema,
    /// Linked data.
    JsonLd,
    /// The description of all files, by DCAT.
    Dcat,
    /// A workbook.
    #[cfg(feature = "xlsx")]
    Xlsx,
}

impl Format {
    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Schema => "Schema",
            Self::JsonLd => "JSON-LD",
            Self::Dcat => "DCAT",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "XLSX",
        }
    }

    /// Its media type, as IANA registered it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::Schema => "application/schema+json",
            Self::JsonLd | Self::Dcat => "application/ld+json",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl File {
    /// The keys of the strings that it is called by, and that say what is in it. A file of the whole catalogue is
    /// called by its own, others with the rest of their part.
    pub(super) fn keys(&self) -> (&'static str, Option<&'static str>) {
        match self.format {
            Format::JsonLd => ("data_linked", Some("data_linked_text")),
            Format::Dcat => ("data_dcat", Some("data_dcat_text")),
            #[cfg(feature = "xlsx")]
            Format::Xlsx => ("data_workbook", Some("data_workbook_text")),
            Format::Json | Format::Csv | Format::Schema => (self.part.key(), self.part.about()),
        }
    }
}

impl Part {
    /// All parts, in the order in which people are shown them.
    pub const ALL: [Self; 11] = [
        Self::Whole,
        Self::Items,
        Self::Catalogue,
        Self::Domains,
        Self::Departments,
        Self::Audiences,
        Self::LifeEvents,
        Self::Tasks,
        Self::Division,
        Self::Indicators,
        Self::Interpretation,
    ];

    /// The name of its files, without their endings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole | Self::Catalogue => "catalogue",
            Self::Items => "items",
            Self::Domains => "domains",
            Self::Departments => "departments",
            Self::Audiences => "audiences",
            Self::LifeEvents => "life-events",
            Self::Tasks => "tasks",
            Self::Division => "division",
            Self::Indicators => "indicators",
            Self::Interpretation => "interpretation",
        }
    }

    /// The key of the string that it is called by.
    pub fn key(self) -> &'static str {
        match self {
            Self::Whole => "data_whole",
            Self::Items => "items_title",
            Self::Catalogue => "data_catalogue",
            Self::Domains => "nav_domains",
            Self::Departments => "data_departments",
            Self::Audiences => "nav_audiences",
            Self::LifeEvents => "data_life_events",
            Self::Tasks => "tasks_title",
            Self::Division => "division_title",
            Self::Indicators => "indicators_title",
            Self::Interpretation => "interpretation_title",
        }
    }

    /// The key of the string that says what is in its files; none where the name says it.
    fn about(self) -> Option<&'static str> {
        match self {
            Self::Items => Some("data_items_text"),
            Self::Catalogue => Some("data_catalogue_text"),
            _ => None,
        }
    }

    /// Whether a catalogue has it. Items, domains and the catalogue itself are always there, if only as empty lists:
    /// programs rely on these files.
    pub fn is_in(self, catalogue: &Catalogue) -> bool {
        let policy = &catalogue.policy;
        match self {
            Self::Whole | Self::Items | Self::Catalogue | Self::Domains => true,
            Self::Departments => !catalogue.departments.is_empty(),
            Self::Audiences => !catalogue.audiences.is_empty(),
            Self::LifeEvents => !catalogue.life_events.is_empty(),
            Self::Tasks => !policy.tasks.is_empty(),
            Self::Division => !policy.division.is_empty(),
            Self::Indicators => !policy.indicators.is_empty(),
            Self::Interpretation => policy.texts.iter().any(|text| text.kind == TextKind::Interpretation),
        }
    }

    /// Its files.
    pub(super) fn files(self) -> Vec<File> {
        let file = |name: String, format| File { path: format!("{}{name}", url::DATA), part: self, format };
        let name = self.name();
        if self == Self::Whole {
            return vec![
                #[cfg(feature = "xlsx")]
                file(format!("{name}.xlsx"), Format::Xlsx),
                file(format!("{name}.jsonld"), Format::JsonLd),
                file(url::DATA_DCAT.into(), Format::Dcat),
            ];
        }
        let mut files = vec![file(format!("{name}.json"), Format::Json)];
        // Neither is a table: one is a single record, the other is running text.
        if !matches!(self, Self::Catalogue | Self::Interpretation) {
            files.push(file(format!("{name}.csv"), Format::Csv));
        }
        files.push(file(format!("schema/{name}.json"), Format::Schema));
        files
    }
}
