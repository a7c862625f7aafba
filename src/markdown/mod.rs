//! Markdown, as editors write it, into safe HTML, plain text, and the facts that checks ask about.
//!
//! Lives here: what Markdown means in this house: which elements and addresses may come out of it, how headings get their
//! ids, how a link names a file of the content. Never here: pages, templates, and no decision about what is a fault
//! ([`scan`] tells `check` what was met; `check` judges).
//!
//! Safety is by construction: [`render`] writes each element itself from a closed set, so there is nothing to sanitise.
//! `parse` is the only file that knows pulldown-cmark.

mod address;
mod emphasis;
mod headings;
mod html;
mod parse;
mod plain;
mod raw_html;
mod scan;
mod shape;

pub use address::{Address, SCHEMES, Target, Targets, Unresolved, classify};
pub use headings::Heading;
pub use html::{Block, Options, Rendered, RenderedHeading, no_links, render};
pub use plain::{Section, plain, sections, shorten};
pub use scan::{Embed, FoundLink, Refused, RefusedKind, Scan, scan};
pub use shape::{Shape, shape};

/// The words that a paragraph of a policy document may consist of, as `{word}`, to be replaced by a generated table.
pub const EMBEDS: [&str; 3] = ["indicators", "items", "division"];
