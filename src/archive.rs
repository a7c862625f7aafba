//! Zip files that are the same on every machine: no clock, no owners, names in UTF-8 (APPNOTE 6.3.3, bit 11).
//!
//! Never here: what is in them.

use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A zip file in the making.
pub struct Archive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Default for Archive {
    fn default() -> Self {
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())) }
    }
}

impl Archive {
    /// Adds a file, compressed unless it is of a kind that is compressed already.
    pub fn add(&mut self, path: &str, bytes: &[u8]) {
        let packed =
            [".woff2", ".xlsx", ".png", ".jpg", ".gz", ".br"].iter().any(|extension| path.ends_with(extension));
        self.put(path, bytes, if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated });
    }

    /// Adds a file as it is.
    pub fn add_stored(&mut self, path: &str, bytes: &[u8]) {
        self.put(path, bytes, CompressionMethod::Stored);
    }

    fn put(&mut self, path: &str, bytes: &[u8], method: CompressionMethod) {
        let options = SimpleFileOptions::default()
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644)
            .compression_method(method);
        // Memory does not refuse to be written to, and the paths are planned: short, and each once.
        let _ = self.zip.start_file(path, options).map(|()| self.zip.write_all(bytes));
    }

    /// The finished file.
    pub fn finish(self) -> Vec<u8> {
        self.zip.finish().map(Cursor::into_inner).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_files_make_equal_archives_and_names_are_utf_8() {
        let make = || {
            let mut archive = Archive::default();
            archive.add_stored("mimetype", b"x");
            archive.add("清单/index.html", b"<p>1</p>");
            archive.finish()
        };
        let bytes = make();
        assert_eq!(bytes, make());
        assert!(bytes.windows("清单/index.html".len()).any(|window| window == "清单/index.html".as_bytes()));
        // Local header of the second file: its flags say UTF-8.
        let second = bytes.windows(4).skip(4).position(|w| w == b"PK\x03\x04").map_or(0, |at| at + 4);
        assert_eq!(bytes[second + 7] & 0x08, 0x08);
    }
}
