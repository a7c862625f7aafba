//! Open data: the catalogue as files for other people's programs.
//!
//! Lives here: the shapes of `data/*`, which are contracts (see DESIGN in ARCHITECTURE.md, "Contracts"). Text in them is
//! plain, without Markdown; the paragraphs of one cell are joined by `\n`. Never here: pages.

mod catalogue;
mod items;

pub use catalogue::catalogue_json;
pub use items::{items_csv, items_json};

use serde_json::Value;

/// JSON as it is published: indented, so that a person can read and compare it, with a line end at the end.
fn pretty(value: &Value) -> Vec<u8> {
    let mut out = format!("{value:#}");
    out.push('\n');
    out.into_bytes()
}
