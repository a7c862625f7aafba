//! Compressed twins of text files: `.br` and `.gz`, which servers send in their place.
//!
//! Lives here: which files get twins, and their bytes, which depend on nothing but the file's: no date and no name in
//! gzip's header, qualities that never change. Never here: writing them.

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};
use std::io::{self, Write};

/// The extensions of text. What is compressed in itself (fonts, archives, pictures) is left out.
pub(super) const TEXT: [&str; 12] =
    ["atom", "css", "csv", "html", "js", "json", "jsonld", "md", "svg", "txt", "webmanifest", "xml"];

const ENDINGS: [&str; 2] = [".br", ".gz"];

/// A smaller file travels in one packet either way.
const SMALLEST: usize = 1000;

/// The best that gzip can; it costs little.
const GZIP: u32 = 9;
/// Of 11: the last two steps cost far more time than they save bytes, and every build pays it.
const BROTLI: i32 = 9;

/// Whether an extension is of text.
pub(super) fn is_text(extension: &str) -> bool {
    TEXT.contains(&extension)
}

/// Makes the compressed twins of a site.
#[derive(Debug, Clone, Copy)]
pub struct Precompressed;

impl Precompressed {
    /// The endings that the twins of a path may have.
    pub fn endings(self, path: &str) -> &'static [&'static str] {
        match path.rsplit_once('.') {
            // `.htaccess` and what else begins with a dot are for servers.
            Some((stem, extension)) if !stem.is_empty() && is_text(extension) => &ENDINGS,
            _ => &[],
        }
    }

    /// The bytes of a twin; none where it would not be smaller, or the file is small anyway.
    pub fn make(self, ending: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        if bytes.len() < SMALLEST {
            return None;
        }
        let twin = if ending == ".br" { brotli(bytes) } else { gzip(bytes) };
        // Writing to memory does not fail; without a twin a site is slower and as right.
        twin.ok().filter(|twin| twin.len() < bytes.len())
    }
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    // Date 0 and system 255 say "unknown"; otherwise the machine would be in the bytes.
    let writer = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::new(GZIP));
    let mut writer = writer;
    writer.write_all(bytes)?;
    writer.finish()
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: BROTLI, size_hint: bytes.len(), ..BrotliEncoderParams::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Read;

    #[test]
    fn twins_are_of_text_that_is_worth_it() {
        for path in ["a.html", "zh/items/a.html", "data/items.csv", "feed.atom", "site.webmanifest"] {
            assert_eq!(Precompressed.endings(path), [".br", ".gz"], "{path}");
        }
        for path in [".htaccess", ".html", "_server/nginx.conf", "_headers", "a.woff2", "a.xlsx", "a.zip", "a.html.gz"]
        {
            assert!(Precompressed.endings(path).is_empty(), "{path}");
        }
        assert_eq!(Precompressed.make(".gz", "a".repeat(999).as_bytes()), None);
        // Bytes without any pattern, as of a hash: no twin is smaller.
        let noise: Vec<u8> = (0..64_u8).flat_map(|n| *blake3::hash(&[n]).as_bytes()).collect();
        assert_eq!((Precompressed.make(".gz", &noise), Precompressed.make(".br", &noise)), (None, None));
    }

    #[test]
    fn twins_hold_the_file_and_nothing_of_the_machine() {
        let text = "保障对象：义务教育阶段学生。\n".repeat(400).into_bytes();
        let gz = Precompressed.make(".gz", &text).unwrap();
        // RFC 1952: magic, deflate, no flags (no name), no date, "slowest", unknown system.
        assert_eq!(gz[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&*gz).read_to_end(&mut back).unwrap();
        assert_eq!(back, text);
        let br = Precompressed.make(".br", &text).unwrap();
        let mut back = Vec::new();
        brotli::Decompressor::new(&*br, 4096).read_to_end(&mut back).unwrap();
        assert_eq!(back, text);
        assert_eq!(Precompressed.make(".br", &text).unwrap(), br);
    }
}
