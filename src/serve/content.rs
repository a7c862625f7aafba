//! The content, read and lowered again and again: after an edit of items only they go through the stages anew.
//!
//! Lives here: what an edit reaches. The result is that of a first reading of the same files; a test edits at random and
//! compares. Never here: rules (`check`), pages.

use crate::diag::{Outcome, Report};
use crate::lang::LangId;
use crate::lower;
use crate::model::Catalogue;
use crate::raw::{Cache, Delta, RawItem, RawTranslation};
use crate::source::{Changed, Folder, NoContent};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// A content as it is now.
pub struct Content {
    folder: Folder,
    cache: Cache,
    catalogue: Arc<Catalogue>,
    /// The faults of reading, decoding and lowering.
    faults: [Report; 3],
}

impl Content {
    /// Reads a content for the first time.
    ///
    /// # Errors
    /// [`NoContent`] where the folder cannot be read.
    pub fn read(root: &Path) -> Result<Self, NoContent> {
        let folder = Folder::read(root)?;
        let Outcome { value: sources, report: read } = folder.sources();
        let mut cache = Cache::default();
        cache.update(&sources);
        let Outcome { value: raw, report: decoded } = cache.raw(&sources);
        let Outcome { value: catalogue, report: lowered } = lower::lower(raw);
        Ok(Self { folder, cache, catalogue: Arc::new(catalogue), faults: [read, decoded, lowered] })
    }

    /// Takes in what may have changed. Whether anything has.
    ///
    /// # Errors
    /// [`NoContent`] where the folder cannot be read any more.
    pub fn refresh(&mut self, changed: &Changed) -> Result<bool, NoContent> {
        self.folder.refresh(changed)?;
        let Outcome { value: sources, report: read } = self.folder.sources();
        let delta = self.cache.update(&sources);
        if delta.is_empty() && read == self.faults[0] {
            return Ok(false);
        }
        let was_sound = !self.has_errors();
        self.faults[0] = read;
        if was_sound && !self.has_errors() && self.put_items(&delta) {
            return Ok(true);
        }
        let Outcome { value: raw, report: decoded } = self.cache.raw(&sources);
        let Outcome { value: catalogue, report: lowered } = lower::lower(raw);
        self.catalogue = Arc::new(catalogue);
        self.faults[1] = decoded;
        self.faults[2] = lowered;
        Ok(true)
    }

    /// The catalogue; complete if there are no errors.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// The faults found so far, sorted.
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        self.faults.iter().for_each(|faults| report.merge(faults.clone()));
        report.sort();
        report
    }

    fn has_errors(&self) -> bool {
        self.faults.iter().any(Report::has_errors)
    }

    /// Puts in the items that were edited, where that is all; false where it is not.
    fn put_items(&mut self, delta: &Delta) -> bool {
        if delta.others {
            return false;
        }
        let Some(Edit { items, translations, files, decoded }) = self.edit(delta) else { return false };
        let Some(outcome) = lower::again(&self.catalogue, items, translations) else { return false };
        self.catalogue = Arc::new(outcome.value);
        for (at, new) in [(1, decoded), (2, outcome.report)] {
            self.faults[at].retain(|fault| !files.contains(&fault.span.file.path));
            self.faults[at].merge(new);
        }
        true
    }

    /// The items that were edited, themselves or in a translation; none where other files were, or one has an error.
    fn edit(&self, delta: &Delta) -> Option<Edit> {
        let mut paths = BTreeSet::new();
        for path in &delta.edited {
            let source = path
                .strip_prefix("i18n/")
                .and_then(|rest| rest.split_once('/'))
                .map_or(path.as_str(), |(_, path)| path);
            paths.insert(source.strip_prefix("items/").map(|_| source.to_owned())?);
        }
        let tags = self.catalogue.languages().iter().enumerate().filter(|(at, _)| LangId(*at) != LangId::SOURCE);
        let tags: Vec<&str> = tags.map(|(_, language)| language.tag.as_str()).collect();
        let mut edit = Edit::default();
        for path in paths {
            let item = self.cache.item(&path)?;
            edit.items.push(item.merge_into(&mut edit.decoded).clone());
            for tag in &tags {
                let path = format!("i18n/{tag}/{path}");
                if let Some(translation) = self.cache.translation(&path) {
                    edit.translations.push(translation.merge_into(&mut edit.decoded).clone());
                }
                edit.files.insert(path);
            }
            edit.files.insert(path);
        }
        // Every file that was edited is among them: not the translation into a language that the site does not have.
        let whole = delta.edited.iter().all(|path| edit.files.contains(path));
        (whole && !edit.decoded.has_errors()).then_some(edit)
    }
}

/// Items to be lowered anew.
#[derive(Default)]
struct Edit {
    items: Vec<RawItem>,
    translations: Vec<RawTranslation>,
    /// Their files.
    files: BTreeSet<String>,
    /// The faults of decoding these.
    decoded: Report,
}
