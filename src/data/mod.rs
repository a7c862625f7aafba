//! Open data: the catalogue as files for other people's programs.
//!
//! Lives here: the shapes of `data/*`, which are contracts (see DESIGN in ARCHITECTURE.md, "Contracts"; docs/data.md has
//! every key). Text in them is plain, without Markdown; the paragraphs of one cell are joined by `\n`. Never here: pages.

mod catalogue;
mod csv_text;
mod dcat;
mod groups;
mod items;
mod linked;
mod part;
mod policy;
mod schema;
mod shape;
mod table;
mod translated;
#[cfg(feature = "xlsx")]
mod workbook;

pub use csv_text::plain;
pub use part::{Format, Part};
pub use table::{AmountParts, Table, amount_parts, parts, table};
pub use translated::TRANSLATION;

use crate::lang::LangId;
use crate::model::Catalogue;
use crate::sink::Sink;
use crate::url;
use crate::view::DataFact;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A file of open data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path in the output.
    pub path: String,
    /// What part of the catalogue it has.
    pub part: Part,
    /// Its format.
    pub format: Format,
}

/// The files of open data of a catalogue. Bytes are made on request, a piece at a time, and kept by nobody; sizes are kept.
pub struct Data<'a> {
    catalogue: &'a Catalogue,
    base_url: Option<&'a str>,
    /// By language: what parts are called, by the key of their string.
    titles: Vec<BTreeMap<&'static str, String>>,
    files: Vec<File>,
    sizes: Vec<OnceLock<usize>>,
}

impl<'a> Data<'a> {
    /// The files that a catalogue has. `string` is a string of the interface in a language that has it.
    pub fn new(
        catalogue: &'a Catalogue,
        base_url: Option<&'a str>,
        string: &dyn Fn(LangId, &str) -> Option<String>,
    ) -> Self {
        let titles = |lang| Part::ALL.iter().filter_map(|part| Some((part.key(), string(lang, part.key())?))).collect();
        let parts = Part::ALL.into_iter().filter(|part| part.is_in(catalogue));
        let files: Vec<File> = parts.flat_map(Part::files).collect();
        Self {
            titles: catalogue.lang_ids().map(|(id, _)| titles(id)).collect(),
            sizes: files.iter().map(|_| OnceLock::new()).collect(),
            catalogue,
            base_url,
            files,
        }
    }

    /// The files, in the order in which people are shown them.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// Whether a file tells of the others: it is cheap once they are made.
    pub fn tells_of_others(&self, at: usize) -> bool {
        self.files[at].format == Format::Dcat
    }

    /// Makes the bytes of a file.
    pub fn make(&self, at: usize, out: &mut Sink<'_>) {
        self.write(at, out);
        // Whoever asks for the size later need not make the file again.
        let _ = self.sizes[at].set(out.size());
    }

    /// How many bytes a file has. It is made for that where it was not made before.
    pub fn size(&self, at: usize) -> usize {
        let made = || {
            let (mut bytes, mut forget) = (Vec::new(), |_: &[u8]| {});
            let mut out = Sink::new(&mut bytes, &mut forget);
            self.write(at, &mut out);
            out.size()
        };
        *self.sizes[at].get_or_init(made)
    }

    /// What the page of open data says of each file.
    pub fn facts(&self) -> Vec<DataFact<'_>> {
        let mut facts = Vec::with_capacity(self.files.len());
        for (at, file) in self.files.iter().enumerate() {
            let ((key, about), format) = (file.keys(), file.format.name());
            facts.push(DataFact { key, about, path: &file.path, format, size: self.size(at) });
        }
        facts
    }

    fn write(&self, at: usize, out: &mut Sink<'_>) {
        let File { part, format, .. } = &self.files[at];
        match format {
            Format::Json => json(self.catalogue, *part, out),
            Format::Csv => csv_text::csv(table::table(self.catalogue, *part), out),
            Format::Schema => pretty(&schema::schema(*part, self.base_url), out),
            Format::JsonLd => linked::linked(self.catalogue, self.base_url, out),
            Format::Dcat => pretty(&dcat::dcat(self), out),
            #[cfg(feature = "xlsx")]
            Format::Xlsx => out.bytes().extend(self.workbook()),
        }
    }

    /// What a part is called, in the source language.
    #[cfg(feature = "xlsx")]
    fn title(&self, part: Part) -> &str {
        let title = self.titles.first().and_then(|titles| titles.get(part.key()));
        title.map_or(part.name(), String::as_str)
    }

    #[cfg(feature = "xlsx")]
    fn workbook(&self) -> Vec<u8> {
        let parts = Part::ALL.iter().filter(|part| part.is_in(self.catalogue));
        let sheets = parts.filter_map(|part| Some((self.title(*part), table::table(self.catalogue, *part)?)));
        let date = self.catalogue.site.updated.as_ref().map(|date| date.value.as_str());
        workbook::workbook(sheets, date)
    }

    /// An IRI within `data/`: absolute where the site has a base URL, else relative to the file that names it.
    fn iri(&self, name: &str) -> String {
        iri(self.base_url, name)
    }
}

fn iri(base_url: Option<&str>, name: &str) -> String {
    base_url.map_or_else(|| name.to_owned(), |base| url::absolute(base, &format!("{}{name}", url::DATA)))
}

fn json(catalogue: &Catalogue, part: Part, out: &mut Sink<'_>) {
    match part {
        Part::Items => lines(catalogue.items.iter().map(|item| items::item(catalogue, item)), out),
        Part::Catalogue => pretty(&catalogue::overview(catalogue), out),
        Part::Domains => lines(groups::domains(catalogue), out),
        Part::Departments => lines(groups::groups(catalogue, &catalogue.departments), out),
        Part::Audiences => lines(groups::groups(catalogue, &catalogue.audiences), out),
        Part::LifeEvents => lines(groups::groups(catalogue, &catalogue.life_events), out),
        Part::Tasks => lines(policy::tasks(catalogue), out),
        Part::Division => lines(policy::division(catalogue), out),
        Part::Indicators => lines(policy::indicators(catalogue), out),
        Part::Interpretation => lines(policy::interpretations(catalogue), out),
        Part::Whole => {}
    }
}

/// An array, a row a line. One row is serialized at a time: the whole list as a tree would be the largest thing in memory.
fn lines<T: Serialize>(rows: impl Iterator<Item = T>, out: &mut Sink<'_>) {
    put(out, "[\n");
    for (at, row) in rows.enumerate() {
        if at > 0 {
            put(out, ",\n");
        }
        // Writing to a sink cannot fail, and every key is a string.
        let _ = serde_json::to_writer(&mut *out, &row);
    }
    put(out, "\n]\n");
}

/// Writes a text.
fn put(out: &mut Sink<'_>, text: &str) {
    out.bytes().extend_from_slice(text.as_bytes());
}

/// JSON as it is published: indented, so that a person can read and compare it, with a line end at the end.
fn pretty<T: Serialize>(value: &T, out: &mut Sink<'_>) {
    let _ = serde_json::to_writer_pretty(&mut *out, value);
    put(out, "\n");
}
