//! The handbook as a book: paper sizes, running heads, typesetting, page numbers, EPUB.
//!
//! Lives here: what makes a book of [`crate::view::BookView`]. The text of horizontal languages is set by Typst within
//! this program (feature `pdf`); vertical text is printed by a browser from `catalogue.html`, and this room reads the page
//! numbers back and finishes the file. Never here: what is in the book (`view`), finding fonts and browsers (`tool`),
//! writing files (`write`).

#[cfg(feature = "pdf")]
mod booklet;
mod edition;
mod epub;
#[cfg(feature = "pdf")]
pub mod fonts;
pub mod links;
#[cfg(feature = "pdf")]
pub mod paged;
mod style;
#[cfg(feature = "pdf")]
mod typeset;

#[cfg(feature = "pdf")]
pub use booklet::{impose, sheets};
pub use edition::{Edition, Layout};
pub use epub::epub;
pub use style::StyleView;
#[cfg(feature = "pdf")]
pub use typeset::{Fault, Job, typeset};
