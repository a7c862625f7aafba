//! Which fonts a book is set in: one for text, one for headings, one for official documents.
//!
//! Chinese print sets text in 宋体 and what stands out in 黑体; official documents are in 仿宋 (GB/T 9704-2012). The first
//! family of each list that the machine has is taken; what letters these lack comes from whatever font has them.

use serde::Serialize;
use std::collections::BTreeSet;
use typst::foundations::Bytes;
use typst::text::Font;
use unicode_normalization::UnicodeNormalization as _;

/// A face of a font file.
#[derive(Debug)]
pub struct Face {
    /// The file's bytes, whole or with some outlines alone.
    pub data: Vec<u8>,
    /// Its place in the file where that is a collection.
    pub index: u32,
    /// The glyphs whose outlines are there; none where all are.
    pub glyphs: Option<BTreeSet<u16>>,
}

/// A face at hand.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) font: Font,
    glyphs: Option<BTreeSet<u16>>,
}

impl Held {
    fn new(Face { data, index, glyphs }: Face) -> Option<Self> {
        Some(Self { font: Font::new(Bytes::new(data), index)?, glyphs })
    }

    fn covers(&self, c: char) -> bool {
        self.font.info().coverage.contains(u32::from(c))
    }

    /// Whether the outline of a glyph is there.
    pub(super) fn has(&self, glyph: u16) -> bool {
        self.glyphs.as_ref().is_none_or(|glyphs| glyphs.contains(&glyph))
    }
}

/// Where fonts come from: the machine's, in the end.
pub struct Shelf<'a> {
    /// The face of a family that is nearest to a weight (400 or 700).
    pub face: &'a dyn Fn(&str, u16) -> Option<Face>,
    /// The face that has the most of some characters; none where no face has any.
    pub covering: &'a dyn Fn(&BTreeSet<char>) -> Option<Face>,
}

/// The families of a book: each the wanted one first, then those that lend letters.
#[derive(Debug, Serialize)]
pub struct Families {
    /// For text.
    serif: Vec<String>,
    /// For headings and labels.
    sans: Vec<String>,
    /// For code.
    mono: Vec<String>,
    /// For official documents.
    official: Vec<String>,
    /// The faces.
    #[serde(skip)]
    pub(super) faces: Vec<Held>,
}

/// Letters that no font at hand has.
#[derive(Debug, PartialEq, Eq)]
pub struct Missing {
    /// The letters, in order.
    pub characters: Vec<char>,
}

const SERIF_HANS: [&str; 8] = [
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Songti SC",
    "STSong",
    "SimSun",
    "FandolSong",
];
const SANS_HANS: [&str; 9] = [
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "Heiti SC",
    "SimHei",
    "WenQuanYi Zen Hei",
];
const SERIF_HANT: [&str; 4] = ["Noto Serif CJK TC", "Noto Serif TC", "Songti TC", "PMingLiU"];
const SANS_HANT: [&str; 4] = ["Noto Sans CJK TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei"];
const OFFICIAL: [&str; 4] = ["FangSong_GB2312", "FangSong", "STFangsong", "FandolFang"];
const SERIF: [&str; 6] =
    ["Noto Serif", "Source Serif 4", "Libertinus Serif", "DejaVu Serif", "Liberation Serif", "Times New Roman"];
const SANS: [&str; 5] = ["Noto Sans", "Source Sans 3", "DejaVu Sans", "Liberation Sans", "Arial"];

/// Chooses the fonts for a book in the language `tag` that has these characters.
///
/// # Errors
/// [`Missing`] names the letters that no font has: a book with empty boxes is no book.
pub fn choose(tag: &str, characters: &BTreeSet<char>, shelf: &Shelf<'_>) -> Result<Families, Missing> {
    let hant = tag.starts_with("zh") && ["Hant", "TW", "HK", "MO"].iter().any(|part| tag.contains(part));
    let (serif, sans): (Vec<&str>, Vec<&str>) = if hant {
        ([&SERIF_HANT[..], &SERIF_HANS].concat(), [&SANS_HANT[..], &SANS_HANS].concat())
    } else if tag.starts_with("zh") {
        (SERIF_HANS.to_vec(), SANS_HANS.to_vec())
    } else {
        (SERIF.to_vec(), SANS.to_vec())
    };
    let mut faces = Vec::new();
    let mut first = |families: &[&str], weights: &[u16]| {
        families.iter().find_map(|family| {
            let found = weights.iter().filter_map(|weight| Held::new((shelf.face)(family, *weight)?));
            let found: Vec<Held> = found.collect();
            let name = found.first()?.font.info().family.clone();
            faces.extend(found);
            Some(name)
        })
    };
    let serif = first(&serif, &[400]);
    let sans = first(&sans, &[400, 700]);
    let official = if tag.starts_with("zh") { first(&OFFICIAL, &[400]) } else { None };
    let lent = lend(&mut faces, characters, shelf)?;
    let list = |wanted: &[&Option<String>]| -> Vec<String> {
        let mut names: Vec<String> = wanted.iter().filter_map(|name| (*name).clone()).collect();
        names.extend(lent.iter().cloned());
        names.dedup();
        names
    };
    Ok(Families {
        serif: list(&[&serif, &sans]),
        sans: list(&[&sans, &serif]),
        mono: list(&[&sans, &serif]),
        official: list(&[&official, &serif, &sans]),
        faces,
    })
}

/// Adds faces until every character has one; hands back their families.
fn lend(faces: &mut Vec<Held>, characters: &BTreeSet<char>, shelf: &Shelf<'_>) -> Result<Vec<String>, Missing> {
    let mut lent = Vec::new();
    loop {
        let bare = |c: &&char| !faces.iter().any(|face| face.covers(**c));
        let missing: BTreeSet<char> = characters.iter().filter(bare).copied().collect();
        if missing.is_empty() {
            return Ok(lent);
        }
        match (shelf.covering)(&missing).and_then(Held::new) {
            Some(face) if missing.iter().any(|c| face.covers(*c)) => {
                lent.push(face.font.info().family.clone());
                faces.push(face);
            }
            _ => return Err(Missing { characters: missing.into_iter().collect() }),
        }
    }
}

/// The characters that a text may be set with: its own, and what setting it adds or makes of them: signs, hyphens, numbers,
/// letters that were put together or taken apart.
pub fn company(characters: &BTreeSet<char>) -> BTreeSet<char> {
    const BLOCKS: [std::ops::RangeInclusive<u32>; 6] =
        [0x20..=0x36F, 0x2000..=0x206F, 0x2190..=0x21FF, 0x25A0..=0x25FF, 0x3000..=0x303F, 0xFF00..=0xFFEF];
    let of_blocks = BLOCKS.into_iter().flatten().filter_map(char::from_u32);
    let text = || characters.iter().copied();
    of_blocks.chain(text()).chain(text().nfd()).chain(text().nfkc()).collect()
}

/// The characters of a text that must be seen: white space and what steers lines and shapes has no letter of its own.
pub fn visible(text: &str) -> BTreeSet<char> {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x202A..=0x202F | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0x180B..=0x180F)
    };
    text.chars().filter(|c| !unseen(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_has_is_named() {
        let empty = Shelf { face: &|_, _| None, covering: &|_| None };
        let missing = choose("zh-Hans", &visible("低 保\u{200b}"), &empty).map(|_| ());
        assert_eq!(missing, Err(Missing { characters: vec!['低', '保'] }));
    }

    #[test]
    fn letters_put_together_or_taken_apart_are_read_too() {
        let read = company(&['é', '…', 'ﬁ'].into());
        assert!(
            ['é', 'e', '\u{301}', 'f', 'i', '…', '·', '。'].iter().all(|c| read.contains(c)) && !read.contains(&'低')
        );
    }

    #[test]
    fn nothing_to_print_needs_no_font() {
        let empty = Shelf { face: &|_, _| None, covering: &|_| None };
        assert!(choose("en", &visible(" \n"), &empty).is_ok());
    }
}
