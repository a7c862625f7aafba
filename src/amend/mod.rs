//! Changes of content files: planned, written so that every other byte stays, and proved before anything reaches the disk.
//!
//! Lives here: what `import` and `translate` have in common: edits of YAML that keep comments, order, quotes and line ends,
//! and the pipeline over the content as it would be. Never here: what is to be changed, and the disk.

mod normal;
mod proof;
mod value;
pub(crate) mod yaml;

pub use normal::{Edit, Normal};
pub(crate) use proof::prove;
pub(crate) use value::{Step, Value};

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its path below the content folder.
    pub path: String,
    /// Its whole text.
    pub text: String,
    /// Whether there is no such file yet.
    pub new: bool,
}
