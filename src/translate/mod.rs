//! Edits of translation files that touch nothing but what they are about.
//!
//! Lives here: what becomes of the bytes of a file. Never here: reading and writing it, and what a translation says.

pub mod exchange;
mod stamp;

pub use stamp::{Change, Stamped, stamp};
