//! A font file of which only the outlines that a text needs are in memory.
//!
//! The Chinese fonts of a machine weigh 20 MB each, nearly all of it outlines in one table (`CFF `: Adobe Technical Note
//! 5176). The excerpt has every other table of the face as it is. In the index of outlines, those that no letter of the text
//! leads to, by the character map or by a substitution of glyphs (`GSUB`), are empty, and the others stand together at its
//! beginning: all offsets stay true, and the rest of the table is memory that was never touched.

use super::fonts::Face;
use read_fonts::collections::IntSet;
use read_fonts::ps::cff::dict;
use read_fonts::tables::cff::Cff;
use read_fonts::types::GlyphId;
use read_fonts::{FontData, FontRead as _, FontRef, TableProvider as _, TopLevelTable as _};
use std::collections::BTreeSet;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

/// As much of the table of outlines as is read to find what lies where in it.
const HEAD: usize = 1 << 16;
/// The signature of a file with several faces.
const COLLECTION: &[u8] = b"ttcf";

/// The excerpt of a face for some characters; none for a file of another kind, or a damaged one: it is read whole.
pub(super) fn excerpt<R: Read + Seek>(file: R, index: u32, characters: &BTreeSet<char>) -> Option<Face> {
    let mut part = Part::new(file)?;
    let tables = part.directory(index)?;
    let outlines = tables.iter().find(|(tag, _)| *tag == Cff::TAG)?.1.clone();
    for (_, range) in tables.iter().filter(|(tag, _)| *tag != Cff::TAG) {
        part.load(range.clone())?;
    }
    let glyphs = glyphs(&FontRef::from_index(&part.data, index).ok()?, characters)?;
    part.load_outlines(outlines, &glyphs)?;
    Some(Face { data: part.data, index, glyphs: Some(glyphs) })
}

/// The glyphs that the characters can become.
fn glyphs(font: &FontRef<'_>, characters: &BTreeSet<char>) -> Option<BTreeSet<u16>> {
    let map = font.cmap().ok()?;
    let mut found: IntSet<GlyphId> = characters.iter().filter_map(|c| map.map_codepoint(*c)).collect();
    found.insert(GlyphId::NOTDEF);
    if let Ok(substitutions) = font.gsub() {
        substitutions.closure_glyphs(&IntSet::all(), &mut found).ok()?;
    }
    found.iter().map(|glyph| u16::try_from(glyph.to_u32()).ok()).collect()
}

/// A file, and as much of it as was loaded; the rest is zero.
struct Part<R> {
    file: R,
    data: Vec<u8>,
}

impl<R: Read + Seek> Part<R> {
    fn new(mut file: R) -> Option<Self> {
        let length = usize::try_from(file.seek(SeekFrom::End(0)).ok()?).ok()?;
        // Zeroed by the system when touched, and not before.
        Some(Self { file, data: vec![0; length] })
    }

    fn load(&mut self, range: Range<usize>) -> Option<()> {
        self.copy(range.start, range)
    }

    /// Copies a range of the file to a place in memory.
    fn copy(&mut self, to: usize, from: Range<usize>) -> Option<()> {
        let place = self.data.get_mut(to..to.checked_add(from.len())?)?;
        self.file.seek(SeekFrom::Start(u64::try_from(from.start).ok()?)).ok()?;
        self.file.read_exact(place).ok()
    }

    /// A big-endian number of up to four bytes.
    fn number(&self, at: usize, bytes: usize) -> Option<usize> {
        let bytes = self.data.get(at..at.checked_add(bytes)?)?;
        Some(bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    /// The tables of a face, each with its place in the file.
    fn directory(&mut self, index: u32) -> Option<Vec<(read_fonts::types::Tag, Range<usize>)>> {
        self.load(0..12)?;
        let mut start = 0;
        if self.data.starts_with(COLLECTION) {
            let at = 12 + 4 * usize::try_from(index).ok()?;
            self.load(12..at + 4)?;
            start = self.number(at, 4)?;
        }
        self.load(start..start + 12)?;
        let count = self.number(start + 4, 2)?;
        self.load(start + 12..start + 12 + 16 * count)?;
        let font = FontRef::from_index(&self.data, index).ok()?;
        let records = font.table_directory().table_records().iter();
        records
            .map(|record| {
                let start = usize::try_from(record.offset()).ok()?;
                Some((record.tag(), start..start.checked_add(usize::try_from(record.length()).ok()?)?))
            })
            .collect()
    }

    /// Loads the table of outlines without those of other glyphs.
    fn load_outlines(&mut self, table: Range<usize>, glyphs: &BTreeSet<u16>) -> Option<()> {
        self.load(table.start..table.end.min(table.start + HEAD))?;
        let index = table.start + outlines_at(self.data.get(table.clone())?)?;
        self.load(table.start..index + 3)?;
        // An INDEX: the number of objects, the bytes of an offset, the offsets, the objects; offsets count from 1.
        let (count, size) = (self.number(index, 2)?, self.number(index + 2, 1)?);
        let (offsets, objects) = (index + 3, index + 2 + (count + 1) * size);
        self.load(offsets..objects + 1)?;
        let ends: Option<Vec<usize>> = (0..=count).map(|at| self.number(offsets + at * size, size)).collect();
        let ends = ends?;
        self.load(objects.checked_add(*ends.last()?)?..table.end)?;
        let mut end = 1;
        for (at, pair) in ends.windows(2).enumerate() {
            if u16::try_from(at).is_ok_and(|glyph| glyphs.contains(&glyph)) {
                let outline = objects.checked_add(pair[0])?..objects.checked_add(pair[1])?;
                let length = outline.len();
                self.copy(objects + end, outline)?;
                end += length;
            }
            let bytes = end.to_be_bytes();
            let place = self.data.get_mut(offsets + (at + 1) * size..)?.get_mut(..size)?;
            place.copy_from_slice(bytes.get(bytes.len().checked_sub(size)?..)?);
        }
        Some(())
    }
}

/// Where the index of outlines begins in the table.
fn outlines_at(table: &[u8]) -> Option<usize> {
    let top = Cff::read(FontData::new(table)).ok()?.top_dicts().get(0).ok()?;
    dict::entries(top, None).find_map(|entry| match entry {
        Ok(dict::Entry::CharstringsOffset(offset)) => Some(offset),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::Fonts;
    use proptest::prelude::*;
    use std::io::Cursor;
    use ttf_parser::{GlyphId as Id, OutlineBuilder};

    /// An outline as its steps.
    #[derive(Default, PartialEq, Debug)]
    struct Steps(Vec<[f32; 6]>);

    impl OutlineBuilder for Steps {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push([x, y, 0., 0., 0., 0.]);
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push([x, y, 1., 0., 0., 0.]);
        }
        fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
            self.0.push([a, b, x, y, 2., 0.]);
        }
        fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
            self.0.push([a, b, c, d, x, y]);
        }
        fn close(&mut self) {}
    }

    fn outline(face: &Face, c: char) -> Steps {
        let font = ttf_parser::Face::parse(&face.data, face.index).expect("a font");
        let mut steps = Steps::default();
        font.outline_glyph(font.glyph_index(c).unwrap_or(Id(0)), &mut steps);
        steps
    }

    #[test]
    fn letters_of_the_text_keep_their_outlines_and_others_lose_them() {
        let fonts = Fonts::find(&[]);
        let face = |some| fonts.face("Noto Sans CJK SC", 400, some).expect("fonts-noto-cjk is installed");
        let (whole, part) = (face(None), face(Some(&"低保 1".chars().collect())));
        assert!(part.glyphs.is_some() && whole.glyphs.is_none());
        for c in "低保 1".chars() {
            assert_eq!(outline(&part, c), outline(&whole, c));
        }
        assert!(!outline(&whole, '林').0.is_empty() && outline(&part, '林').0.is_empty());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..400), index in 0_u32..3) {
            let _ = excerpt(Cursor::new(&bytes), index, &BTreeSet::from(['a']));
            let mut font = b"OTTO\0\x01\0\0\0\0\0\0CFF \0\0\0\0\0\0\0\x1c\0\0\x01\0".to_vec();
            font.extend(&bytes);
            let _ = excerpt(Cursor::new(&font), 0, &BTreeSet::from(['a']));
        }
    }
}
