//! What files gave, kept for as long as they stay as they are: an edit costs the decoding of one file.
//!
//! Never here: reading files, and what a change means.

use super::{Part, Raw, RawItem, RawTranslation, join, parse_file};
use crate::diag::{Outcome, SourceFile};
use crate::source::Sources;
use rayon::prelude::*;
use std::sync::Arc;

/// The decoded files of a content, sorted by path.
#[derive(Debug, Default)]
pub struct Cache {
    files: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    file: Arc<SourceFile>,
    part: Outcome<Part>,
}

/// How a content differs from what it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delta {
    /// The paths of files whose text is another.
    pub edited: Vec<String>,
    /// Whether files came or went.
    pub others: bool,
}

impl Delta {
    /// Whether everything is as it was.
    pub fn is_empty(&self) -> bool {
        self.edited.is_empty() && !self.others
    }
}

impl Cache {
    /// Decodes the files that are not the ones it had, and forgets those that are gone.
    pub fn update(&mut self, sources: &Sources) -> Delta {
        let mut old = std::mem::take(&mut self.files).into_iter().peekable();
        let mut delta = Delta::default();
        let mut slots = Vec::with_capacity(sources.files.len());
        for file in &sources.files {
            if let Some(same) = old.next_if(|kept| Arc::ptr_eq(&kept.file, file)) {
                slots.push(Some(same));
                continue;
            }
            while old.next_if(|kept| kept.file.path < file.path).is_some() {
                delta.others = true;
            }
            match old.next_if(|kept| kept.file.path == file.path) {
                Some(same) if Arc::ptr_eq(&same.file, file) => slots.push(Some(same)),
                Some(_) => {
                    delta.edited.push(file.path.clone());
                    slots.push(None);
                }
                None => {
                    delta.others = true;
                    slots.push(None);
                }
            }
        }
        delta.others |= old.next().is_some();
        let decode = |(slot, file): (Option<Kept>, &Arc<SourceFile>)| {
            slot.unwrap_or_else(|| Kept { file: Arc::clone(file), part: parse_file(file) })
        };
        self.files = slots.into_par_iter().zip(&sources.files).map(decode).collect();
        delta
    }

    /// All files joined, as [`super::parse`] does it. The sources must be those of the last update.
    pub fn raw(&self, sources: &Sources) -> Outcome<Raw> {
        join(sources, self.files.par_iter().map(|kept| kept.part.clone()).collect())
    }

    /// The item that a file holds, with its faults.
    pub fn item(&self, path: &str) -> Option<Outcome<&RawItem>> {
        let Outcome { value, report } = self.part(path)?;
        match value {
            Part::Item(item) => Some(Outcome::new(item, report.clone())),
            _ => None,
        }
    }

    /// The translation that a file holds, with its faults.
    pub fn translation(&self, path: &str) -> Option<Outcome<&RawTranslation>> {
        let Outcome { value, report } = self.part(path)?;
        match value {
            Part::Translation(translation) => Some(Outcome::new(translation, report.clone())),
            _ => None,
        }
    }

    fn part(&self, path: &str) -> Option<&Outcome<Part>> {
        let at = self.files.binary_search_by(|kept| kept.file.path.as_str().cmp(path)).ok()?;
        Some(&self.files[at].part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::parse;

    fn sources(files: &[(&str, &str)]) -> Sources {
        Sources::from_memory(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
    }

    #[test]
    fn what_changed_is_told_and_the_whole_is_as_if_decoded_at_once() {
        let mut cache = Cache::default();
        let mut now =
            sources(&[("audiences.yaml", "- {id: a, name: 甲}"), ("items/a/b.yaml", "number: 1"), ("x.md", "")]);
        assert!(cache.update(&now).others);
        assert!(cache.update(&now).is_empty());
        now.files[1] = SourceFile::new("content", "items/a/b.yaml", "number: 2");
        let edited = vec!["items/a/b.yaml".to_owned()];
        assert_eq!(cache.update(&now), Delta { edited, others: false });
        assert_eq!(cache.item("items/a/b.yaml").and_then(|item| Some(item.value.number.as_ref()?.value)), Some(2));
        now.files.remove(0);
        now.files.push(SourceFile::new("content", "z.yaml", ""));
        assert_eq!(cache.update(&now), Delta { edited: Vec::new(), others: true });
        let (again, once) = (cache.raw(&now), parse(&now));
        assert_eq!(format!("{again:?}"), format!("{once:?}"));
    }
}
