//! The fonts of the machine, and those of a folder that the caller names.

use super::excerpt::excerpt;
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The fonts that can be had.
pub struct Fonts {
    database: fontdb::Database,
}

/// A face: a file, and its place in it where the file is a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// The file's bytes; those of an excerpt have outlines of some glyphs alone.
    pub data: Vec<u8>,
    /// The place in a collection; else 0.
    pub index: u32,
    /// The glyphs of an excerpt; none where the file is whole.
    pub glyphs: Option<BTreeSet<u16>>,
}

impl Fonts {
    /// Looks in the system's folders, and in `folders` first.
    pub fn find(folders: &[PathBuf]) -> Self {
        let mut database = fontdb::Database::new();
        for folder in folders {
            database.load_fonts_dir(folder);
        }
        database.load_system_fonts();
        Self { database }
    }

    /// The upright face of a family that is nearest to this weight (400 is regular, 700 bold): an excerpt for these
    /// characters, or the whole file.
    pub fn face(&self, family: &str, weight: u16, characters: Option<&BTreeSet<char>>) -> Option<Face> {
        let query = fontdb::Query {
            families: &[fontdb::Family::Name(family)],
            weight: fontdb::Weight(weight),
            ..fontdb::Query::default()
        };
        self.read(self.database.query(&query)?, characters)
    }

    /// The upright regular face that has the most of these characters, the first by name among equals; none where no font
    /// has any.
    pub fn covering(&self, characters: &BTreeSet<char>) -> Option<Face> {
        let upright = self.database.faces().filter(|face| face.style == fontdb::Style::Normal && face.weight.0 == 400);
        let mut found: Vec<(usize, &str, fontdb::ID)> = Vec::new();
        for face in upright {
            let count = self.database.with_face_data(face.id, |data, index| count(data, index, characters));
            if let Some(count) = count.filter(|count| *count > 0) {
                found.push((count, face.post_script_name.as_str(), face.id));
            }
        }
        let best = found.into_iter().min_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)))?;
        self.read(best.2, None)
    }

    fn read(&self, id: fontdb::ID, characters: Option<&BTreeSet<char>>) -> Option<Face> {
        let face = self.database.face(id)?;
        match &face.source {
            fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => read(path, face.index, characters),
            fontdb::Source::Binary(data) => {
                Some(Face { data: data.as_ref().as_ref().to_vec(), index: face.index, glyphs: None })
            }
        }
    }
}

fn read(path: &Path, index: u32, characters: Option<&BTreeSet<char>>) -> Option<Face> {
    let part = characters.and_then(|characters| excerpt(File::open(path).ok()?, index, characters));
    part.or_else(|| Some(Face { data: std::fs::read(path).ok()?, index, glyphs: None }))
}

fn count(data: &[u8], index: u32, characters: &BTreeSet<char>) -> usize {
    let Ok(face) = ttf_parser::Face::parse(data, index) else { return 0 };
    characters.iter().filter(|c| face.glyph_index(**c).is_some()).count()
}
