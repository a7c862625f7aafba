//! Lines and columns of many spans, without reading a file again for each.
//!
//! Lives here: an index of each file's lines, made once per printing. Never here: what is printed.

use crate::diag::{SourceFile, Span};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Every so many bytes the number of characters so far is noted, for lines of a megabyte.
const STEP: usize = 1024;

/// Start and end of a span: lines and columns from 1, columns in characters, the end just after the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

/// The files seen so far.
#[derive(Default)]
pub(super) struct Places {
    /// By the address of the shared file: two files may have equal paths, and comparing texts would be slow.
    files: BTreeMap<usize, Lines>,
}

impl Places {
    /// Line and column of a span.
    pub(super) fn of(&mut self, span: &Span) -> Place {
        let lines = self.lines(span);
        let (line, column) = lines.line_column(span.start());
        let (end_line, end_column) = lines.line_column(span.end());
        Place { line, column, end_line, end_column }
    }

    /// The lines of a span's file.
    pub(super) fn lines(&mut self, span: &Span) -> &Lines {
        let key = Arc::as_ptr(&span.file) as usize;
        self.files.entry(key).or_insert_with(|| Lines::new(&span.file))
    }
}

/// Where the lines of a file begin.
pub(super) struct Lines {
    file: Arc<SourceFile>,
    starts: Vec<usize>,
    /// The number of characters before each multiple of [`STEP`].
    characters: Vec<usize>,
}

impl Lines {
    fn new(file: &Arc<SourceFile>) -> Self {
        let mut starts = vec![0];
        let mut characters = Vec::with_capacity(file.text.len() / STEP + 1);
        let mut count = 0;
        for (at, byte) in file.text.bytes().enumerate() {
            if at % STEP == 0 {
                characters.push(count);
            }
            count += usize::from(starts_character(byte));
            if byte == b'\n' {
                starts.push(at + 1);
            }
        }
        // An offset at the very end may be a multiple of the step.
        characters.push(count);
        Self { file: Arc::clone(file), starts, characters }
    }

    /// The bytes of a line (from 1) without its end.
    pub(super) fn range(&self, line: usize) -> Range<usize> {
        let length = self.file.text.len();
        let start = line.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or(length);
        start..self.starts.get(line).map_or(length, |next| next - 1)
    }

    fn line_column(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.range(line).start;
        (line, self.characters_before(at) - self.characters_before(start) + 1)
    }

    fn characters_before(&self, at: usize) -> usize {
        let from = at / STEP * STEP;
        let rest = self.file.text.as_bytes().get(from..at).unwrap_or_default();
        self.characters.get(at / STEP).copied().unwrap_or_default()
            + rest.iter().filter(|b| starts_character(**b)).count()
    }
}

fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_agree_with_the_plain_computation(
            text in prop_oneof![".{0,40}\n?", "(清|a|\n|\u{1820}|\u{1f600}){0,80}", "(清单a){500,900}\nb"],
            start in 0usize..6000,
            length in 0usize..2000,
        ) {
            let span = Span::new(&SourceFile::new("", "f", text), start, start + length);
            let place = Places::default().of(&span);
            prop_assert_eq!((place.line, place.column), span.line_column());
            prop_assert_eq!((place.end_line, place.end_column), span.end_line_column());
        }
    }

    #[test]
    fn many_places_in_one_long_line_are_found_quickly() {
        let file = SourceFile::new("", "f", "清".repeat(400_000));
        let mut places = Places::default();
        let begun = std::time::Instant::now();
        for n in 0..20_000 {
            let span = Span::new(&file, n * 60, n * 60 + 3);
            assert_eq!(places.of(&span).column, n * 20 + 1);
        }
        // Counting from the line's start each time takes minutes.
        assert!(begun.elapsed().as_secs() < 20);
    }
}
