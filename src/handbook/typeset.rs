//! The handbook as PDF by Typst, embedded: horizontal text.
//!
//! Lives here: the world that Typst sees, which is the theme's layout and the book as JSON and nothing else (no files, no
//! packages, no clock), and the gate of PDF/UA-1 (ISO 14289-1). Never here: where fonts lie (`tool`), how the book looks
//! (`handbook/book.typ` of the theme).

use super::fonts::Families;
use super::{Edition, Layout};
use crate::diag::{Diagnostic, Message, Report, SourceFile, Span};
use crate::msg;
use crate::theme::Strings;
use crate::view::BookView;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// The name of the layout within Typst's world.
const LAYOUT: &str = "book.typ";
/// Who made the file.
const CREATOR: &str = concat!("Qingdan ", env!("CARGO_PKG_VERSION"));
/// The name of the data.
const DATA: &str = "book.json";

/// A book ready to be set.
#[derive(Debug)]
pub struct Job<'a> {
    /// What is in it.
    pub book: &'a BookView,
    /// The theme's strings in its language.
    pub strings: &'a Strings,
    /// The theme's layout.
    pub layout: &'a Arc<SourceFile>,
    /// The edition.
    pub edition: Edition,
    /// Its paper and type.
    pub paper: Layout,
    /// The families of type, and their faces.
    pub fonts: &'a Families,
}

/// What the layout reads.
#[derive(Serialize)]
struct Data<'a> {
    book: &'a BookView,
    t: BTreeMap<String, &'a str>,
    layout: Layout,
    edition: &'static str,
    /// The language by the parts of its tag that Typst knows: ISO 639, and ISO 3166 where the tag or its script tells.
    lang: Vec<String>,
    fonts: &'a Families,
}

/// Sets the book; hands back the PDF.
///
/// # Errors
/// A report with the place in the layout; what PDF/UA-1 forbids is an error too.
pub fn typeset(job: &Job<'_>) -> Result<Vec<u8>, Report> {
    let world = BookWorld::new(job);
    let compiled = typst::compile::<PagedDocument>(&world);
    let document = compiled.output.map_err(|errors| report(job.layout, &world, &errors))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| sentence(job.layout, error.message()))?;
    let options = PdfOptions { standards, creator: Smart::Custom(Some(CREATOR.into())), ..PdfOptions::default() };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| report(job.layout, &world, &errors));
    // What Typst remembered of this book is of no use to another.
    typst::comemo::evict(0);
    pdf
}

/// All that Typst can see.
struct BookWorld {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    layout: Source,
    data: (FileId, Bytes),
}

impl BookWorld {
    fn new(job: &Job<'_>) -> Self {
        let fonts = job.fonts.faces.clone();
        let strings = job.strings.by_key.iter().flat_map(|(key, string)| {
            let one = string.one.as_ref().map(|one| (format!("{key}_one"), one.as_str()));
            std::iter::once((key.clone(), string.text.as_str())).chain(one)
        });
        let data = Data {
            book: job.book,
            t: strings.collect(),
            layout: job.paper,
            edition: job.edition.as_str(),
            lang: typst_lang(&job.book.page.lang),
            fonts: job.fonts,
        };
        // Plain values under string keys: nothing of it can fail to be JSON.
        let json = serde_json::to_vec(&data).unwrap_or_default();
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            layout: Source::new(file_id(LAYOUT), job.layout.text.clone()),
            data: (file_id(DATA), Bytes::new(json)),
        }
    }
}

impl World for BookWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.layout.id() { Ok(self.layout.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// There is no clock: dates come from the content.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[allow(clippy::expect_used, reason = "the two names are constants without anything that a path could stumble over")]
fn file_id(name: &'static str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain name is a path");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// `zh-Hans` is `zh` of `cn` to Typst, whose line breaking looks at the region; other scripts and regions follow the tag.
fn typst_lang(tag: &str) -> Vec<String> {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let region = parts.find_map(|part| match part {
        "Hans" => Some("cn"),
        "Hant" => Some("tw"),
        part if part.len() == 2 => Some(part),
        _ => None,
    });
    std::iter::once(language).chain(region.map(str::to_ascii_lowercase)).collect()
}

/// Faults of the layout, each at its place.
fn report(layout: &Arc<SourceFile>, world: &BookWorld, errors: &[SourceDiagnostic]) -> Report {
    let mut report = Report::default();
    // Where anything else is wrong, the labels that were never reached follow from it.
    let follows = |error: &&SourceDiagnostic| error.message.starts_with("label `");
    let causes: Vec<_> = errors.iter().filter(|error| !follows(error)).collect();
    let causes = if causes.is_empty() { errors.iter().collect() } else { causes };
    for error in causes {
        let range = world.range(error.span).unwrap_or(0..0);
        let span = Span::new(layout, range.start, range.end);
        let text = std::iter::once(error.message.as_str()).chain(error.hints.iter().map(|hint| hint.v.as_str()));
        let text = text.collect::<Vec<_>>().join("; ");
        let message: Message = msg!("手册版面有误：{text}", "the handbook's layout has a fault: {text}");
        report.push(Diagnostic::error("handbook-layout", span, message));
    }
    report
}

fn sentence(layout: &Arc<SourceFile>, text: &str) -> Report {
    let mut report = Report::default();
    let message: Message = msg!("手册版面有误：{text}", "the handbook's layout has a fault: {text}");
    report.push(Diagnostic::error("handbook-layout", Span::whole(layout), message));
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_what_typst_knows() {
        assert_eq!(typst_lang("zh-Hans"), ["zh", "cn"]);
        assert_eq!(typst_lang("zh-Hant-HK"), ["zh", "tw"]);
        assert_eq!(typst_lang("en"), ["en"]);
        assert_eq!(typst_lang("pt-BR"), ["pt", "br"]);
    }
}
