//! Qingdan builds a multilingual static site from a catalogue of public services.
//!
//! The pipeline, each stage a type in its own room:
//! [`source::Sources`] → [`raw`] → [`lower`] → [`check`] → [`site`] → [`write`](mod@write).
//! Everything between the two ends is pure. ARCHITECTURE.md says why.

pub mod amend;
pub mod archive;
pub mod check;
pub mod cli;
pub mod data;
pub mod desk;
pub mod diag;
pub mod handbook;
pub mod host;
pub mod import;
pub mod lang;
pub mod lower;
pub mod markdown;
pub mod model;
pub mod offline;
pub mod po;
pub mod raw;
pub mod render;
pub mod schema;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod single;
pub mod sink;
pub mod site;
pub mod slug;
pub mod source;
pub mod theme;
#[cfg(feature = "pdf")]
pub mod tool;
pub mod translate;
pub mod url;
pub mod view;
pub mod write;

use diag::Outcome;
use model::Catalogue;
use source::Sources;

/// Reads the meaning of the content: decodes every file and resolves every reference.
///
/// The catalogue is complete only if the report has no errors.
pub fn load(sources: &Sources) -> Outcome<Catalogue> {
    let Outcome { value: raw, mut report } = raw::parse(sources);
    let catalogue = lower::lower(raw).merge_into(&mut report);
    Outcome::new(catalogue, report)
}
