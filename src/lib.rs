//! Qingdan builds a multilingual static site from a catalogue of public services.
//!
//! The pipeline, each stage a type in its own room:
//! [`source::Sources`] → [`raw`] → [`lower`] → [`check`] → [`site`] → [`write`].
//! Everything between the two ends is pure. ARCHITECTURE.md says why.

pub mod diag;
pub mod lang;
pub mod model;
pub mod url;
