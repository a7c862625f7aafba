//! Pages in the order of a folded booklet: two on each side of a sheet of twice their size (saddle stitching).
//!
//! The sheets are for a printer, not for a screen: a page becomes a drawing (a form XObject, ISO 32000-1, 8.10), so links,
//! outline and tags, which speak of pages that are no more, are left out.

use super::paged::{Damaged, page_box};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// Which pages stand on which side of which sheet, left and right, from 0; none for an empty one. The sheets are printed
/// on both sides, turned about the short edge, laid on each other, folded and stapled.
pub fn sheets(pages: usize) -> Vec<[Option<usize>; 2]> {
    let all = pages.div_ceil(4) * 4;
    let page = |at: usize| (at < pages).then_some(at);
    let side = |side: usize| {
        let (first, last) = (side, all - 1 - side);
        // The outside of a sheet has its later page at the left, the inside its earlier one.
        if side.is_multiple_of(2) { [page(last), page(first)] } else { [page(first), page(last)] }
    };
    (0..all / 2).map(side).collect()
}

/// Puts the pages of a PDF on the sheets of a booklet.
///
/// # Errors
/// [`Damaged`].
pub fn impose(pdf: &[u8]) -> Result<Document, Damaged> {
    let mut document = Document::load_mem(pdf)?;
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let Some(first) = pages.first() else { return Ok(document) };
    let [_, _, width, height] = page_box(&document, *first);
    let drawings = pages.iter().map(|page| drawing(&mut document, *page)).collect::<Result<Vec<_>, _>>()?;
    let tree = document.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for side in sheets(pages.len()) {
        let (mut drawn, mut names) = (String::new(), Dictionary::new());
        for (at, page) in side.iter().enumerate() {
            let Some(drawing) = page.and_then(|page| drawings.get(page)) else { continue };
            let shift = if at == 0 { 0.0 } else { width };
            drawn.push_str(&format!("q 1 0 0 1 {shift} 0 cm /P{at} Do Q\n"));
            names.set(format!("P{at}"), *drawing);
        }
        let content = document.add_object(Stream::new(Dictionary::new(), drawn.into_bytes()));
        kids.push(Object::Reference(document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => vec![0.into(), 0.into(), (width * 2.0).into(), height.into()],
            "Resources" => dictionary! { "XObject" => names },
            "Contents" => content,
        })));
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.catalog_mut()?;
    let kept: Dictionary = ["Type", "Lang"]
        .iter()
        .filter_map(|key| Some((key.as_bytes().to_vec(), catalog.get(key.as_bytes()).ok()?.clone())))
        .fold(Dictionary::new(), |mut kept, (key, value)| {
            kept.set(key, value);
            kept
        });
    *catalog = kept;
    catalog.set("Pages", tree);
    Ok(document)
}

/// A page as a drawing.
fn drawing(document: &mut Document, page: ObjectId) -> Result<ObjectId, Damaged> {
    let content = document.get_page_content(page);
    let (own, inherited) = document.get_page_resources(page)?;
    let resources = match (own, inherited.first()) {
        (Some(own), _) => Object::Dictionary(own.clone()),
        (None, Some(id)) => Object::Reference(*id),
        (None, None) => Object::Dictionary(Dictionary::new()),
    };
    let bounds: Vec<Object> = page_box(document, page).into_iter().map(Object::from).collect();
    let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds, "Resources" => resources };
    let mut stream = Stream::new(form, content);
    stream.compress()?;
    Ok(document.add_object(stream))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_sheet_reads_in_order() {
        assert_eq!(sheets(4), [[Some(3), Some(0)], [Some(1), Some(2)]]);
        assert_eq!(sheets(5)[0], [None, Some(0)]);
        assert_eq!(sheets(8), [[Some(7), Some(0)], [Some(1), Some(6)], [Some(5), Some(2)], [Some(3), Some(4)]]);
        assert_eq!(sheets(0), Vec::<[Option<usize>; 2]>::new());
    }

    #[test]
    fn every_page_stands_once() {
        for pages in 1..60 {
            let mut seen: Vec<usize> = sheets(pages).into_iter().flatten().flatten().collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..pages).collect::<Vec<_>>());
        }
    }
}
