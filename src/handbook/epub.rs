//! The handbook as EPUB 3 (W3C EPUB 3.3), one package for a language.
//!
//! Lives here: which files the package has, their order, and the links between them. The text comes from the same parts of
//! templates as the printable page. Never here: what is in the book (`view`), how it looks (`handbook/epub/` of the theme).

use super::links;
use crate::archive::Archive;
use crate::diag::Report;
use crate::lang::{LangId, Writing};
use crate::render::Renderer;
use crate::single::data_url;
use crate::theme::Theme;
use crate::view::{BookText, BookView, Chapter, DocumentView, IndexGroup, IndicatorGroup, PageView, Phrase, RowView};
use serde::Serialize;
use std::collections::BTreeMap;

/// What every container begins with, stored as it is, so that programs know the file by its first bytes (OCF 4.2.5).
const MIMETYPE: &[u8] = b"application/epub+zip";
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

/// A part of the book as a file.
#[derive(Serialize)]
struct Part<'a> {
    page: &'a PageView,
    sheets: &'a [String],
    kind: &'static str,
    title: String,
    imprint: Option<Imprint<'a>>,
    chapters: Vec<&'a Chapter>,
    texts: Vec<&'a BookText>,
    indicators: &'a [IndicatorGroup],
    division: &'a [RowView],
    by_department: &'a [IndexGroup],
    by_audience: &'a [IndexGroup],
    longest: usize,
    pages: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Imprint<'a> {
    document: &'a Option<DocumentView>,
    document_title: &'a Option<Phrase>,
    sponsor: &'a Option<Phrase>,
    unofficial: &'a Option<Phrase>,
    updated: &'a Option<String>,
    address: &'a Option<String>,
    notes: usize,
}

/// The book with what the package, the cover and the contents need besides.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    book: &'a BookView,
    sheets: &'a [String],
    files: Vec<Listed>,
    uuid: String,
    /// The date of the edition, or of the document; EPUB wants one, and the clock is no part of the content.
    modified: String,
    /// The title in lines, for the picture of the cover.
    lines: Vec<String>,
    /// The language's own font as an address, since a picture can load nothing.
    font: Option<String>,
}

/// A file in the package's list.
#[derive(Clone, Serialize)]
struct Listed {
    href: String,
    media: &'static str,
    in_spine: bool,
}

/// Makes the package. The book's links to the site must be full addresses already.
///
/// # Errors
/// A report of faults in templates.
pub fn epub(book: &BookView, lang: LangId, renderer: &Renderer<'_>, theme: &Theme) -> Result<Vec<u8>, Report> {
    let assets = assets(book, theme);
    let sheets: Vec<String> = std::iter::once("style.css".to_owned())
        .chain(assets.iter().map(|(name, _)| name.clone()).filter(|name| name.ends_with(".css")))
        .collect();
    let mut parts = Vec::new();
    for (file, part) in parts_of(book, &sheets) {
        parts.push((file, xhtml(&renderer.plain("handbook/epub/part.xhtml", lang, &part)?)));
    }
    let places = places(&parts);
    let listed = |href: &str, media, in_spine| Listed { href: href.to_owned(), media, in_spine };
    let mut files = vec![listed("cover.xhtml", XHTML, true)];
    files.extend(parts.iter().map(|(name, _)| listed(name, XHTML, true)));
    files.push(listed("style.css", "text/css", false));
    files.extend(assets.iter().map(|(name, _)| listed(name, media(name), false)));
    let whole = Whole {
        book,
        sheets: &sheets,
        files,
        uuid: uuid(book),
        modified: modified(book),
        lines: lines(&book.name.text, book.page.writing),
        font: assets.iter().find(|(name, _)| name.ends_with(".woff2")).map(|(_, bytes)| data_url("font/woff2", bytes)),
    };
    let plain = |template: &str| renderer.plain(&format!("handbook/epub/{template}"), lang, &whole);
    let mut package: Vec<(String, Vec<u8>)> = vec![
        ("META-INF/container.xml".into(), CONTAINER.as_bytes().to_vec()),
        ("EPUB/package.opf".into(), plain("package.opf")?.into_bytes()),
        ("EPUB/nav.xhtml".into(), linked(&xhtml(&plain("nav.xhtml")?), &places).into_bytes()),
        ("EPUB/cover.xhtml".into(), xhtml(&plain("cover.xhtml")?).into_bytes()),
        ("EPUB/cover.svg".into(), plain("cover.svg")?.into_bytes()),
        ("EPUB/style.css".into(), plain("style.css")?.into_bytes()),
    ];
    package.extend(parts.iter().map(|(name, html)| (format!("EPUB/{name}"), linked(html, &places).into_bytes())));
    package.extend(assets.into_iter().map(|(name, bytes)| (format!("EPUB/{name}"), bytes)));
    Ok(pack(&package))
}

const XHTML: &str = "application/xhtml+xml";

/// The parts, each with its file.
fn parts_of<'a>(book: &'a BookView, sheets: &'a [String]) -> Vec<(String, Part<'a>)> {
    let part = |kind, title: &str| Part {
        page: &book.page,
        sheets,
        kind,
        title: title.to_owned(),
        imprint: None,
        chapters: Vec::new(),
        texts: Vec::new(),
        indicators: &book.indicators,
        division: &book.division,
        by_department: &book.by_department,
        by_audience: &book.by_audience,
        longest: usize::MAX,
        pages: BTreeMap::new(),
    };
    let BookView { document, document_title, sponsor, unofficial, updated, address, notes, .. } = book;
    let imprint = Imprint { document, document_title, sponsor, unofficial, updated, address, notes: *notes };
    let title = book.name.text.as_str();
    let mut parts = vec![("imprint.xhtml".to_owned(), Part { imprint: Some(imprint), ..part("imprint", title) })];
    for outermost in book.chapters.iter().filter(|chapter| chapter.depth == 0) {
        let chapters = book.chapters.iter().filter(|chapter| chapter.part == outermost.part).collect();
        let file = format!("chapter-{}.xhtml", outermost.part);
        parts.push((file, Part { chapters, ..part("chapter", &outermost.name.text) }));
    }
    for (at, text) in book.texts.iter().enumerate() {
        let file = format!("text-{}.xhtml", at + 1);
        parts.push((file, Part { texts: vec![text], ..part("text", &text.title.text) }));
    }
    if !book.indicators.is_empty() {
        parts.push(("indicators.xhtml".into(), part("indicators", title)));
    }
    if !book.division.is_empty() {
        parts.push(("division.xhtml".into(), part("division", title)));
    }
    if !book.by_department.is_empty() || !book.by_audience.is_empty() {
        parts.push(("index.xhtml".into(), part("index", title)));
    }
    parts
}

/// The sheet of the language's own font, and what it refers to, with the licences that lie beside.
fn assets(book: &BookView, theme: &Theme) -> Vec<(String, Vec<u8>)> {
    let sheet = format!("lang-{}.css", book.page.lang);
    let Some(sheet) = theme.assets.iter().find(|asset| asset.name == sheet) else { return Vec::new() };
    let text = String::from_utf8_lossy(&sheet.bytes);
    let referred = |file: &str| text.contains(&format!("url(\"{file}\")"));
    let file = |path: &str| path.trim_start_matches("assets/").to_owned();
    let fonts = theme.assets.iter().filter(|asset| referred(&file(&asset.path)));
    let stems: Vec<&str> = fonts.clone().filter_map(|asset| asset.name.split('.').next()).collect();
    let licences = theme.assets.iter().filter(|asset| {
        asset.name.ends_with(".txt") && stems.iter().any(|stem| asset.name.starts_with(&format!("{stem}.")))
    });
    let all = std::iter::once(sheet).chain(fonts).chain(licences);
    all.map(|asset| (asset.path.clone(), asset.bytes.clone())).collect()
}

fn media(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "text/plain",
    }
}

/// HTML of our own writing as XML: the few elements that have no end get one.
fn xhtml(html: &str) -> String {
    html.replace("<br>", "<br/>").replace("<hr>", "<hr/>").replace("<wbr>", "<wbr/>")
}

/// In which file each id stands.
fn places(parts: &[(String, String)]) -> BTreeMap<String, String> {
    let mut places = BTreeMap::new();
    for (file, html) in parts {
        for rest in html.split(" id=\"").skip(1) {
            if let Some((id, _)) = rest.split_once('"') {
                places.entry(id.to_owned()).or_insert_with(|| file.clone());
            }
        }
    }
    places
}

/// Links between the files of the book; a link to what the book does not have is dropped.
fn linked(html: &str, places: &BTreeMap<String, String>) -> String {
    links::rewrite(html, &|link| match link.strip_prefix('#') {
        Some(anchor) => places.get(anchor).map(|file| format!("{file}#{anchor}")),
        None => links::is_absolute(link).then(|| link.to_owned()),
    })
}

/// What names this book, whatever edition: the address of the site, or else its title; a UUID of version 8 (RFC 9562).
fn uuid(book: &BookView) -> String {
    let name = book.address.as_deref().unwrap_or(&book.page.site);
    let hash = blake3::hash(format!("qingdan handbook\n{name}\n{}", book.page.lang).as_bytes());
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

fn modified(book: &BookView) -> String {
    let of_document = book.document.iter().flat_map(|document| document.dates.iter().map(|(_, date)| date));
    book.updated.iter().chain(of_document).max().map_or_else(|| "1980-01-01".to_owned(), Clone::clone)
}

/// A title in lines short enough for the cover: whole words where it has blanks, else so many characters.
fn lines(title: &str, writing: &str) -> Vec<String> {
    let most = if writing == Writing::Vertical.as_str() { 24 } else { 10 };
    if !title.contains(' ') {
        let characters: Vec<char> = title.chars().collect();
        return characters.chunks(most).map(|line| line.iter().collect()).collect();
    }
    let mut lines: Vec<String> = Vec::new();
    for word in title.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The container: the type first and not compressed.
fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = Archive::default();
    archive.add_stored("mimetype", MIMETYPE);
    for (name, bytes) in files {
        archive.add(name, bytes);
    }
    archive.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_cut_into_lines() {
        assert_eq!(
            lines("“十三五”呼伦贝尔市基本公共服务清单", "horizontal"),
            ["“十三五”呼伦贝尔市", "基本公共服务清单"]
        );
        assert_eq!(lines("A list of public services", "horizontal"), ["A list of", "public", "services"]);
        assert_eq!(lines("Unabbreviatedly long", "horizontal"), ["Unabbreviatedly", "long"]);
        assert_eq!(lines("", "vertical"), Vec::<String>::new());
    }

    #[test]
    fn links_lead_to_the_file_that_has_the_anchor() {
        let parts = [("one.xhtml".to_owned(), "<p id=\"a\">x</p>".to_owned())];
        let html = "<a href=\"#a\">a</a><a href=\"#b\">b</a><a href=\"x.html\">c</a><a href=\"tel:1\">d</a>";
        assert_eq!(linked(html, &places(&parts)), "<a href=\"one.xhtml#a\">a</a>bc<a href=\"tel:1\">d</a>");
    }

    #[test]
    fn the_container_begins_with_its_type() {
        let bytes = pack(&[("a".into(), b"x".to_vec())]);
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
        assert_eq!(bytes, pack(&[("a".into(), b"x".to_vec())]));
    }
}
