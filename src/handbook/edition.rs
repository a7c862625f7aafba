//! The printed editions: their paper, margins and sizes of type.
//!
//! Sizes are ISO 216 (A series). Horizontal books stand upright. Vertical ones in A4 lie on their side, so that a column
//! is no longer than a reader's eye follows; A5 is low enough to stand. All are bound on the left: a Mongolian book runs
//! from left to right as a Chinese one does today.

use crate::lang::Writing;
use serde::Serialize;

/// A printed edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// A4.
    A4,
    /// A5.
    A5,
    /// A4 in 18 pt, black on white, for old people and those who see badly.
    Large,
    /// A4 pages in the order of a folded and stapled booklet, two on a side of A3.
    Booklet,
}

/// Paper and type of an edition. Lengths in millimetres, sizes of type in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Layout {
    /// The page's width.
    pub width: f32,
    /// The page's height.
    pub height: f32,
    /// The margin above.
    pub top: f32,
    /// The margin below.
    pub bottom: f32,
    /// The margin at the binding.
    pub inner: f32,
    /// The margin at the edge.
    pub outer: f32,
    /// The size of the text.
    pub body: f32,
    /// The size of running heads and page numbers.
    pub head: f32,
    /// The side of a QR code with its quiet zone.
    pub qr: f32,
    /// The longest item, in characters, that is kept together: some two fifths of a page.
    pub longest: usize,
    /// How much of the page, in the direction that blocks follow each other, a cover can fill.
    pub cover: f32,
}

impl Edition {
    /// Its word on the command line and in file names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
            Self::Large => "large",
            Self::Booklet => "booklet",
        }
    }

    /// Its paper and type.
    pub fn layout(self, writing: Writing) -> Layout {
        let vertical = writing == Writing::Vertical;
        let (width, height) = match (self, vertical) {
            (Self::A5, _) => (148.0, 210.0),
            (Self::A4 | Self::Large, true) => (297.0, 210.0),
            (Self::A4 | Self::Large, false) | (Self::Booklet, _) => (210.0, 297.0),
        };
        let (top, bottom, inner, outer) = match (self, vertical) {
            (Self::A5, false) => (18.0, 17.0, 19.0, 14.0),
            (Self::A5, true) => (14.0, 14.0, 19.0, 17.0),
            (_, false) => (24.0, 22.0, 25.0, 20.0),
            // The booklet's pages are those of A5, as large again as A4 is.
            (Self::Booklet, true) => (20.0, 20.0, 27.0, 24.0),
            (_, true) => (16.0, 16.0, 25.0, 20.0),
        };
        let (body, head) = match (self, vertical) {
            (Self::A5, _) => (9.5, 8.0),
            (Self::Large, _) => (18.0, 14.0),
            (Self::Booklet, true) => (13.0, 11.0),
            (Self::A4 | Self::Booklet, _) => (10.5, 9.0),
        };
        // Measured on the shipped list; a Mongolian word has some three letters to the width of a Han character.
        let longest = match (self, vertical) {
            (Self::A5, false) => 340,
            (Self::A5, true) => 300,
            (Self::Large, false) => 180,
            (Self::Large, true) => 0,
            (_, false) => 600,
            (_, true) => 500,
        };
        let across = if vertical { width - inner - outer } else { height - top - bottom };
        // A millimetre less, so that rounding never makes a second page of it.
        Layout { width, height, top, bottom, inner, outer, body, head, qr: 20.0, longest, cover: across - 1.0 }
    }
}
