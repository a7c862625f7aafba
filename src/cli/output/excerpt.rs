//! A few lines around a span, cut and made safe for a terminal.
//!
//! Lives here: choosing what is shown of a file. Never here: drawing it.

use super::places::{Lines, Place};
use super::visible;
use crate::diag::Span;
use std::ops::Range;

/// Columns that are shown of a line at most.
const WIDTH: usize = 100;
/// Of these, columns before the place where the line goes on for long after it.
const BEFORE: usize = 40;
/// Lines that are shown of a span at most: its beginning says where to look.
const LINES: usize = 4;
const CUT: &str = "...";

/// What is shown of a file.
pub(super) struct Excerpt {
    /// The lines, printable, cut to a window.
    pub(super) text: String,
    /// The number of the first line.
    pub(super) line: usize,
    /// The marked bytes of `text`.
    pub(super) mark: Range<usize>,
}

impl Excerpt {
    /// The lines of a span; none for a file without text.
    pub(super) fn of(span: &Span, place: &Place, lines: &Lines) -> Option<Self> {
        if span.file.text.is_empty() {
            return None;
        }
        // A span that takes in the end of its last line does not reach into the next.
        let last =
            if place.end_column == 1 && place.end_line > place.line { place.end_line - 1 } else { place.end_line };
        let mut text = String::new();
        let mut mark = 0..0;
        for line in place.line..=last.min(place.line + LINES - 1) {
            let range = lines.range(line);
            if line > place.line {
                text.push('\n');
            }
            let focus = span.start().clamp(range.start, range.end)..span.end().clamp(range.start, range.end);
            let shown = show(&span.file.text, range, &focus, &mut text);
            mark.end = shown.end;
            if line == place.line {
                mark.start = shown.start;
            }
        }
        Some(Self { text, line: place.line, mark })
    }
}

/// Appends a line to `out`, cut to a window around `focus`; answers where the focus is in `out`.
fn show(text: &str, line: Range<usize>, focus: &Range<usize>, out: &mut String) -> Range<usize> {
    let window = window(text, &line, focus.start);
    if window.start > line.start {
        out.push_str(CUT);
    }
    let mut shown = None;
    let mut end = out.len();
    for (at, c) in text[window.clone()].char_indices().map(|(at, c)| (window.start + at, c)) {
        if at >= focus.start && shown.is_none() {
            shown = Some(out.len());
        }
        match visible::stand_in(c) {
            _ if c == '\t' => out.push_str("    "),
            Some(other) => out.push_str(&other),
            None => out.push(c),
        }
        if at < focus.end {
            end = out.len();
        }
    }
    let start = shown.unwrap_or(out.len());
    if window.end < line.end {
        out.push_str(CUT);
    }
    start..end.max(start)
}

/// The part of a line that is shown: what fits, with the focus in it.
fn window(text: &str, line: &Range<usize>, focus: usize) -> Range<usize> {
    let ahead = |budget| fill(text[focus..line.end].chars(), budget);
    let (_, after) = ahead(WIDTH - BEFORE);
    let (back, before) = fill(text[line.start..focus].chars().rev(), WIDTH - after);
    // What the beginning of the line left over goes to its end.
    let (forth, _) = ahead(WIDTH - before);
    focus - back..focus + forth
}

/// Takes characters while their columns fit; answers the bytes taken and the columns used.
fn fill(chars: impl Iterator<Item = char>, budget: usize) -> (usize, usize) {
    let (mut bytes, mut used) = (0, 0);
    for c in chars {
        let columns = columns(c);
        if used + columns > budget {
            break;
        }
        bytes += c.len_utf8();
        used += columns;
    }
    (bytes, used)
}

/// The columns a character takes, or more: the window may be narrower than it could be, never too wide.
fn columns(c: char) -> usize {
    match visible::stand_in(c) {
        _ if c == '\t' => 4,
        Some(shown) => shown.chars().count(),
        None if c.is_ascii() => 1,
        None => 2,
    }
}
