//! A large file on its way to the disk: its bytes are compared as they come, and staged from the first that differs.
//!
//! Never here: files that are in memory as a whole; those are compared by their length first (`stage`).

use super::error::{Action, OutputError};
use super::list::Entry;
use super::stage::{Stage, at_end, goes_on};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

/// A file of which pieces come one after another. A fault of the disk is kept until the end, since whoever makes the
/// pieces could do nothing about it.
pub(super) struct Pieces<'a> {
    stage: &'a Stage,
    at: usize,
    place: PathBuf,
    /// The published file, read as far as the pieces came; none where there is none.
    old: Option<File>,
    /// The staged file, once something differs.
    new: Option<File>,
    hasher: blake3::Hasher,
    size: u64,
    fault: Option<OutputError>,
}

impl<'a> Pieces<'a> {
    /// The file for the place `at` of the plan, published at `place`.
    pub(super) fn new(stage: &'a Stage, at: usize, place: PathBuf) -> Self {
        let old = File::open(&place).ok().filter(|file| file.metadata().is_ok_and(|meta| meta.is_file()));
        Self { stage, at, place, old, new: None, hasher: blake3::Hasher::new(), size: 0, fault: None }
    }

    /// Takes the next piece.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        if self.fault.is_none() {
            self.fault = self.put(bytes).err();
        }
        self.size += bytes.len() as u64;
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        if self.new.is_none() && self.old.as_mut().is_some_and(|old| goes_on(old, bytes)) {
            return Ok(());
        }
        self.stage_from_here()?;
        match &mut self.new {
            Some(new) => new.write_all(bytes).map_err(OutputError::io(&self.place, Action::Write)),
            None => Ok(()),
        }
    }

    /// Begins the staged file, unless it is begun, with what is the same so far.
    fn stage_from_here(&mut self) -> Result<(), OutputError> {
        if self.new.is_some() {
            return Ok(());
        }
        let mut new = self.stage.create(self.at)?;
        if self.size > 0 {
            let old = File::open(&self.place).map_err(OutputError::io(&self.place, Action::Read))?;
            let copied = io::copy(&mut old.take(self.size), &mut new);
            copied.map_err(OutputError::io(&self.place, Action::Write))?;
        }
        self.new = Some(new);
        Ok(())
    }

    /// The end of the file: what the list says of it, and whether it is staged.
    pub(super) fn finish(mut self) -> Result<(Entry, bool), OutputError> {
        if self.fault.is_none() && self.new.is_none() && !self.old.as_mut().is_some_and(at_end) {
            self.fault = self.stage_from_here().err();
        }
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok((Entry::new(&self.hasher.finalize(), self.size), self.new.is_some())),
        }
    }
}
