//! What the machine has: fonts, and a browser to print with.
//!
//! Lives here: finding them and reading or running them. Never here: what is printed, or which fonts a book wants.
#![allow(clippy::disallowed_methods, reason = "this is the room that looks for fonts and browsers and runs them")]

mod chromium;
mod excerpt;
mod fonts;

pub use chromium::{Browser, NoBrowser, PrintError};
pub use fonts::{Face, Fonts};

use std::path::Path;

/// Writes files into a folder of the program's own, for a browser to read.
///
/// # Errors
/// The system's answer.
pub fn lay_out(folder: &Path, files: &[(String, Vec<u8>)]) -> std::io::Result<()> {
    for (path, bytes) in files {
        let place = folder.join(path);
        if let Some(parent) = place.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(place, bytes)?;
    }
    Ok(())
}
