//! PDF files as they come from a typesetter or a browser: page numbers read back, and the file finished.
//!
//! Lives here: everything that knows the inside of a PDF (ISO 32000-1). Never here: making pages.

use crate::diag::Message;
use crate::msg;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat, dictionary};
use std::collections::{BTreeMap, BTreeSet};

/// A PDF that cannot be read or written.
#[derive(Debug)]
pub struct Damaged(lopdf::Error);

impl Damaged {
    /// What is wrong.
    pub fn message(&self) -> Message {
        let error = &self.0;
        msg!("无法处理生成的 PDF：{error}", "cannot make sense of the PDF that was made: {error}")
    }
}

impl From<lopdf::Error> for Damaged {
    fn from(error: lopdf::Error) -> Self {
        Self(error)
    }
}

/// The page number of each anchor, as printed: pages before the first anchor are front matter and do not count.
pub type PageNumbers = BTreeMap<String, String>;

/// What a browser's PDF tells of its pages.
#[derive(Debug, Default)]
pub struct Places {
    /// The page number of each anchor.
    pub numbers: PageNumbers,
    /// How many pages of front matter there are: those before the first anchor.
    pub front: usize,
}

/// Reads on which page each anchor of a browser's PDF stands: its named destinations (ISO 32000-1, 12.3.2.3).
///
/// # Errors
/// [`Damaged`].
pub fn places(pdf: &[u8], anchors: &[&str]) -> Result<Places, Damaged> {
    let document = Document::load_mem(pdf)?;
    let order: BTreeMap<ObjectId, u32> = document.get_pages().into_iter().map(|(number, id)| (id, number)).collect();
    let destinations = destinations(&document)?;
    let page = |anchor: &&str| Some(((*anchor).to_owned(), *order.get(destinations.get(anchor.as_bytes())?)?));
    let found: Vec<(String, u32)> = anchors.iter().filter_map(page).collect();
    let first = found.iter().map(|(_, page)| *page).min().unwrap_or(1);
    let numbers = found.into_iter().map(|(anchor, page)| (anchor, (page - first + 1).to_string())).collect();
    Ok(Places { numbers, front: first as usize - 1 })
}

/// The named destinations and their pages. Chromium writes them as the catalogue's dictionary `Dests`.
fn destinations(document: &Document) -> Result<BTreeMap<Vec<u8>, ObjectId>, Damaged> {
    let Ok(named) = document.catalog()?.get(b"Dests") else { return Ok(BTreeMap::new()) };
    let (_, named) = document.dereference(named)?;
    let page = |object: &Object| match object {
        Object::Array(parts) => parts.first()?.as_reference().ok(),
        _ => None,
    };
    Ok(named.as_dict()?.iter().filter_map(|(name, object)| Some((name.clone(), page(object)?))).collect())
}

/// Where a file comes from, and what it still lacks.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    /// A browser: what the file is to say of itself.
    Browser(&'a About<'a>),
    /// The typesetter: where its links lead, of which it knows but the names.
    Typesetter(&'a Aims),
}

/// Where links lead, by the addresses that stand for the places.
pub type Aims = BTreeMap<String, Aim>;

/// A place in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// The page, from 1.
    pub page: u32,
    /// The distance from its upper edge, in points.
    pub y: f32,
    /// The place in words, for those who do not see it.
    pub words: String,
}

/// What a browser's file is to say of itself; Typst's says it already.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// The title.
    pub title: &'a str,
    /// Who publishes it, where that is known.
    pub author: Option<&'a str>,
    /// How many pages of front matter there are, the cover among them.
    pub front: usize,
}

/// Finishes a file: metadata, page labels, and objects in compressed streams. What changes from run to run (dates, ids,
/// the browser's name) is replaced by what follows from the content, so that equal content gives equal bytes.
///
/// # Errors
/// [`Damaged`].
pub fn finish(pdf: &[u8], origin: Origin<'_>) -> Result<Vec<u8>, Damaged> {
    let mut document = Document::load_mem(pdf)?;
    match origin {
        Origin::Browser(about) => introduce(&mut document, about)?,
        Origin::Typesetter(aims) => aim(&mut document, aims),
    }
    save(document)
}

/// Makes a browser's file say what it is.
fn introduce(document: &mut Document, about: &About<'_>) -> Result<(), Damaged> {
    name_elements(document);
    label_pages(document, about.front)?;
    let mut info = dictionary! {
        "Title" => text(about.title),
        "Creator" => text(concat!("Qingdan ", env!("CARGO_PKG_VERSION"))),
    };
    if let Some(author) = about.author {
        info.set("Author", text(author));
    }
    let info = document.add_object(info);
    document.trailer.set("Info", info);
    document.trailer.remove(b"ID");
    Ok(())
}

/// Turns links to addresses that stand for places into links to these places (ISO 32000-1, 12.5.6.5).
fn aim(document: &mut Document, aims: &Aims) {
    let pages: BTreeMap<u32, (ObjectId, f32)> =
        document.get_pages().into_iter().map(|(number, id)| (number, (id, page_box(document, id)[3]))).collect();
    for object in document.objects.values_mut() {
        let Object::Dictionary(link) = object else { continue };
        let Some(aim) = address(link).and_then(|address| aims.get(&address)) else { continue };
        let Some((page, top)) = pages.get(&aim.page) else { continue };
        link.remove(b"A");
        let place = [(*page).into(), Object::Name(b"XYZ".to_vec()), 0.into(), (top - aim.y).into(), Object::Null];
        link.set("Dest", Object::Array(place.to_vec()));
        link.set("Contents", text(&aim.words));
    }
}

/// The address that a link leads to.
fn address(link: &Dictionary) -> Option<String> {
    let action = link.get(b"A").ok()?.as_dict().ok()?;
    String::from_utf8(action.get(b"URI").ok()?.as_str().ok()?.to_vec()).ok()
}

/// The pages of a finished file on the sheets of a booklet.
///
/// # Errors
/// [`Damaged`].
pub fn booklet(pdf: &[u8]) -> Result<Vec<u8>, Damaged> {
    let mut document = super::impose(pdf)?;
    document.trailer.remove(b"ID");
    save(document)
}

/// The box of a page in points: left, bottom, right, top. Typesetters and browsers write it with the page, or with the
/// pages around it; without one it is A4.
pub(super) fn page_box(document: &Document, page: ObjectId) -> [f32; 4] {
    const A4: [f32; 4] = [0.0, 0.0, 595.276, 841.89];
    let mut at = document.get_dictionary(page);
    while let Ok(node) = at {
        if let Ok(bounds) = node.get(b"MediaBox").and_then(Object::as_array) {
            let bounds: Vec<f32> = bounds.iter().filter_map(|number| number.as_float().ok()).collect();
            return bounds.try_into().unwrap_or(A4);
        }
        let Ok(parent) = node.get(b"Parent").and_then(Object::as_reference) else { break };
        at = document.get_dictionary(parent);
    }
    A4
}

/// Saves with object streams; the id is made from the bytes without one.
fn save(mut document: Document) -> Result<Vec<u8>, Damaged> {
    document.prune_objects();
    document.renumber_objects();
    if document.trailer.get(b"ID").is_err() {
        let mut plain = Vec::new();
        document.clone().save_to(&mut plain).map_err(lopdf::Error::from)?;
        let hash = blake3::hash(&plain).as_bytes()[..16].to_vec();
        let id = Object::String(hash, StringFormat::Hexadecimal);
        document.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    }
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(9).build();
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options).map_err(lopdf::Error::from)?;
    Ok(bytes)
}

/// Names the elements of the structure by their order. Chromium names them after nodes of the page, whose numbers depend on
/// what the browser did before; in the order of their names they are the same on every run.
fn name_elements(document: &mut Document) {
    let mut names = BTreeSet::new();
    for object in document.objects.values_mut() {
        each_name(object, &mut |name| {
            names.insert(name.clone());
        });
    }
    let numbers: BTreeMap<Vec<u8>, usize> = names.into_iter().enumerate().map(|(at, name)| (name, at + 1)).collect();
    for object in document.objects.values_mut() {
        each_name(object, &mut |name| {
            if let Some(number) = numbers.get(name) {
                *name = format!("node{number:08}").into_bytes();
            }
        });
    }
}

/// Every string within an object that is the name of an element: `node` and eight digits.
fn each_name(object: &mut Object, visit: &mut dyn FnMut(&mut Vec<u8>)) {
    let is_name = |text: &[u8]| {
        text.len() == 12 && text.strip_prefix(b"node").is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
    };
    match object {
        Object::String(text, _) if is_name(text) => visit(text),
        Object::Array(objects) => objects.iter_mut().for_each(|object| each_name(object, visit)),
        Object::Dictionary(entries) => entries.iter_mut().for_each(|(_, object)| each_name(object, visit)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, object)| each_name(object, visit)),
        _ => {}
    }
}

/// Page labels (ISO 32000-1, 12.4.2): a cover without a number, front matter in roman numerals from i, the rest from 1.
fn label_pages(document: &mut Document, front: usize) -> Result<(), Damaged> {
    let style = |style: &str| dictionary! { "S" => Object::Name(style.as_bytes().to_vec()) };
    let mut labels: Vec<Object> = vec![0.into(), Dictionary::new().into()];
    if front > 1 {
        labels.extend([1.into(), style("r").into()]);
    }
    labels.extend([i64::try_from(front).unwrap_or(i64::MAX).into(), style("D").into()]);
    if front == 0 {
        labels.drain(..2);
    }
    document.catalog_mut()?.set("PageLabels", dictionary! { "Nums" => labels });
    Ok(())
}

/// A text string: UTF-16 with its mark (ISO 32000-1, 7.9.2.2).
fn text(text: &str) -> Object {
    let bytes = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_named_by_their_order_wherever_they_are_named() {
        let named = |a: &str, b: &str| {
            let name = |text: &str| Object::string_literal(text.as_bytes().to_vec());
            let mut document = Document::new();
            document.add_object(dictionary! { "ID" => name(a), "T" => name("node of a tree") });
            document.add_object(Object::Array(vec![name(b), name(a)]));
            name_elements(&mut document);
            document.objects.into_values().collect::<Vec<_>>()
        };
        assert_eq!(named("node00003798", "node00004172"), named("node00000007", "node00000009"));
        assert_ne!(named("node00000002", "node00000001"), named("node00000001", "node00000002"));
    }
}
