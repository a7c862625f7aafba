//! The handbook as PDF by Typst, embedded: horizontal text.
//!
//! Lives here: the world that Typst sees, which is the theme's layout, the book as JSON, its QR codes and nothing else (no
//! files, no packages, no clock), the passes until the page numbers hold, and the gate of PDF/UA-1 (ISO 14289-1). Never here: where fonts lie (`tool`), how the book looks
//! (`handbook/book.typ` of the theme).

use super::fonts::Families;
use super::paged::{Aim, Aims};
use super::{Edition, Layout};
use crate::diag::{Diagnostic, Message, Report, SourceFile, Span};
use crate::msg;
use crate::theme::Strings;
use crate::view::{BookView, Entry, QrModules, qr_modules};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Label, Smart};
use typst::layout::{Frame, FrameItem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt as _, World, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// The name of the layout within Typst's world.
const LAYOUT: &str = "book.typ";
/// Who made the file.
const CREATOR: &str = concat!("Qingdan ", env!("CARGO_PKG_VERSION"));
/// The folder of the QR codes.
const CODES: &str = "codes/";
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
    /// The printed page number of each anchor, as the pass before found it.
    numbers: &'a BTreeMap<&'a str, usize>,
    /// How many digits page numbers have.
    digits: usize,
    /// Whether this pass is to find numbers only: it leaves out the contents, which move none.
    sketch: bool,
    /// The QR codes by the anchors of their items: how many pixels each side has.
    codes: BTreeMap<&'a str, usize>,
}

/// What a pass is told, and tells the next. Typst could look up by itself where an anchor stands, for every line of the
/// contents and the indices; what it remembers of each question is half of the memory that a long book takes.
struct Told<'a> {
    /// The printed page number of each anchor.
    numbers: BTreeMap<&'a str, usize>,
    /// Whether the pass only finds numbers.
    sketch: bool,
}

impl<'a> Told<'a> {
    /// Before anything is known. A page has about three items: the numbers will most likely have as many digits, so that
    /// the first pass finds the true ones.
    fn nothing(anchors: &[&'a str]) -> Self {
        let numbers = anchors.iter().enumerate().map(|(at, anchor)| (*anchor, 1 + at / 3)).collect();
        Self { numbers, sketch: true }
    }

    /// No line depends on how long a number is, only on how long the longest is: else the passes might never agree.
    fn digits(&self) -> usize {
        self.numbers.values().max().map_or(1, |most| most.to_string().len())
    }
}

/// A book as it was set.
#[derive(Debug, Default)]
pub struct TypesetBook {
    /// The file.
    pub pdf: Vec<u8>,
    /// Where its links lead.
    pub aims: Aims,
}

/// What begins the address that stands for an anchor of the book, until its links are aimed.
const ANCHOR: &str = "anchor:";

/// How often a book is set at most: two passes, and one more where numbers are longer than expected.
const MOST_PASSES: usize = 5;

/// Why a book could not be set.
#[derive(Debug)]
pub enum Fault {
    /// The layout has faults, or PDF/UA-1 forbids something in it.
    Layout(Report),
    /// A glyph is needed whose outline was not read: the fonts must be read whole.
    Unread,
}

/// Sets the book, again and again until the page numbers in it hold.
///
/// # Errors
/// A report with the place in the layout, or that more of the fonts is needed.
pub fn typeset(job: &Job<'_>) -> Result<TypesetBook, Fault> {
    let anchors = job.book.anchors();
    let codes = codes(job.book);
    let mut told = Told::nothing(&anchors);
    let mut pass = 1;
    loop {
        let world = BookWorld::new(job, &told, &codes);
        let compiled = typst::compile::<PagedDocument>(&world);
        // What Typst remembered is of no use to the next pass, or to another book.
        typst::comemo::evict(0);
        let document = compiled.output.map_err(|errors| Fault::Layout(report(job.layout, &world, &errors)))?;
        let places = places_in(&document, &anchors);
        let numbers = places.iter().map(|(anchor, place)| (*anchor, place.number)).collect();
        if !told.sketch && (numbers == told.numbers || pass == MOST_PASSES) {
            if document.pages().iter().any(|page| lacks(&page.frame, job.fonts)) {
                return Err(Fault::Unread);
            }
            let pdf = export(job, &world, &document).map_err(Fault::Layout)?;
            return Ok(TypesetBook { pdf, aims: aims(job, &places) });
        }
        (told, pass) = (Told { numbers, sketch: false }, pass + 1);
    }
}

fn export(job: &Job<'_>, world: &BookWorld<'_>, document: &PagedDocument) -> Result<Vec<u8>, Report> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| sentence(job.layout, error.message()))?;
    let options = PdfOptions { standards, creator: Smart::Custom(Some(CREATOR.into())), ..PdfOptions::default() };
    let pdf = typst_pdf::pdf(document, &options).map_err(|errors| report(job.layout, world, &errors));
    typst::comemo::evict(0);
    pdf
}

/// A place in the set book.
struct Place {
    /// The page number as printed.
    number: usize,
    /// The page, counted from the first.
    page: usize,
    /// The distance from its upper edge, in points.
    y: f64,
}

/// Where links to the anchors lead.
fn aims(job: &Job<'_>, places: &BTreeMap<&str, Place>) -> Aims {
    let words = job.strings.by_key.get("on_page").map_or("{n}", |string| string.text.as_str());
    let aim = |place: &Place| Aim {
        page: u32::try_from(place.page).unwrap_or_default(),
        y: place.y as f32,
        words: words.replace("{n}", &place.number.to_string()),
    };
    places.iter().map(|(anchor, place)| (format!("{ANCHOR}{anchor}"), aim(place))).collect()
}

/// Where the anchors stand in a set book.
fn places_in<'a>(document: &PagedDocument, anchors: &[&'a str]) -> BTreeMap<&'a str, Place> {
    let introspector = document.introspector();
    let place = |anchor: &str| {
        let label = Label::new(PicoStr::intern(anchor))?;
        let position = introspector.position(introspector.elements().query_label(label).ok()?.location()?)?;
        let number = document.pages().get(position.page.get() - 1)?.number;
        let number = usize::try_from(number).unwrap_or_default();
        Some(Place { number, page: position.page.get(), y: position.point.y.to_pt() })
    };
    anchors.iter().filter_map(|anchor| Some((*anchor, place(anchor)?))).collect()
}

/// Whether a frame has a glyph without its outline.
fn lacks(frame: &Frame, fonts: &Families) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => lacks(&group.frame, fonts),
        FrameItem::Text(text) => {
            let data = text.font.font().data().as_slice().as_ptr();
            let held = fonts.faces.iter().find(|held| held.font.data().as_slice().as_ptr() == data);
            held.is_some_and(|held| text.glyphs.iter().any(|glyph| !held.has(glyph.id)))
        }
        _ => false,
    })
}

/// All that Typst can see.
struct BookWorld<'a> {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    layout: Source,
    data: (FileId, Bytes),
    /// The QR codes as grey pixels. As drawings each would weigh more than the whole text of its item.
    codes: &'a Codes<'a>,
}

impl<'a> BookWorld<'a> {
    fn new(job: &'a Job<'a>, told: &Told<'_>, codes: &'a Codes<'a>) -> Self {
        let fonts: Vec<Font> = job.fonts.faces.iter().map(|held| held.font.clone()).collect();
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
            numbers: &told.numbers,
            digits: told.digits(),
            sketch: told.sketch,
            codes: codes.iter().map(|(anchor, code)| (*anchor, code.side)).collect(),
        };
        // Plain values under string keys: nothing of it can fail to be JSON.
        let json = serde_json::to_vec(&data).unwrap_or_default();
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            layout: Source::new(file_id(LAYOUT), job.layout.text.clone()),
            data: (file_id(DATA), Bytes::new(json)),
            codes,
        }
    }
}

impl World for BookWorld<'_> {
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
        if id == self.data.0 {
            return Ok(self.data.1.clone());
        }
        let anchor = id.get().vpath().get_without_slash().strip_prefix(CODES);
        anchor.and_then(|anchor| self.codes.get(anchor)).map(|code| code.pixels.clone()).ok_or(FileError::AccessDenied)
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

/// The QR codes of a book, by the anchors of its items.
type Codes<'a> = BTreeMap<&'a str, Code>;

/// A QR code as a picture.
struct Code {
    /// How many pixels each side has.
    side: usize,
    /// A byte for each: white, or black.
    pixels: Bytes,
}

/// Made once for all passes.
fn codes(book: &BookView) -> Codes<'_> {
    let code = |entry: &Entry| {
        let QrModules { width: side, dark } = qr_modules(entry.address.as_deref()?)?;
        let pixels: Vec<u8> = dark.iter().map(|dark| if *dark { 0 } else { u8::MAX }).collect();
        Some(Code { side, pixels: Bytes::new(pixels) })
    };
    let entries = book.chapters.iter().flat_map(|chapter| &chapter.entries);
    entries.filter_map(|entry| Some((entry.anchor.as_str(), code(entry)?))).collect()
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
fn report(layout: &Arc<SourceFile>, world: &BookWorld<'_>, errors: &[SourceDiagnostic]) -> Report {
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
