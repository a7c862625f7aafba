//! A file as the parsers see it, and the way back to its bytes.
//!
//! Lives here: the byte order mark and foreign line ends, which parsers never see and edits must keep. Never here: YAML.

/// A text without byte order mark and with `\n` line ends, which knows where its bytes came from.
pub struct Normal {
    /// The text that parsers read.
    pub text: String,
    /// The bytes of the byte order mark.
    mark: usize,
    /// The places in `text` of line ends that were written `\r\n`.
    breaks: Vec<usize>,
}

/// Replaces a range of a [`Normal`] text.
pub struct Edit {
    /// First byte.
    pub start: usize,
    /// One past the last byte; equal to `start` for an insertion.
    pub end: usize,
    /// What comes there; line ends become those of the file.
    pub text: String,
}

impl Normal {
    /// Reads the text of a file as it stands on the disk.
    pub fn of(written: &str) -> Self {
        let bare = written.strip_prefix('\u{feff}').unwrap_or(written);
        let mut text = String::with_capacity(bare.len());
        let mut breaks = Vec::new();
        let mut chars = bare.chars().peekable();
        while let Some(c) = chars.next() {
            if c == '\r' && chars.peek() == Some(&'\n') {
                breaks.push(text.len());
                continue;
            }
            text.push(if c == '\r' { '\n' } else { c });
        }
        Self { text, mark: written.len() - bare.len(), breaks }
    }

    /// The place in the file of a place in the text.
    fn back(&self, at: usize) -> usize {
        self.mark + at + self.breaks.partition_point(|place| *place < at)
    }

    /// The written text with edits made, none of which may overlap another.
    pub fn edited(&self, written: &str, mut edits: Vec<Edit>) -> String {
        edits.sort_by_key(|edit| edit.start);
        let mut out = String::with_capacity(written.len() + edits.len() * 16);
        let mut at = 0;
        for Edit { start, end, text } in edits {
            out.push_str(written.get(at..self.back(start)).unwrap_or_default());
            let foreign = !self.breaks.is_empty();
            out.push_str(&if foreign { text.replace('\n', "\r\n") } else { text });
            at = self.back(end);
        }
        out.push_str(written.get(at..).unwrap_or_default());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_line_ends_are_kept() {
        let written = "\u{feff}a: 1\r\nb: 2\r\nc: 3\n";
        let normal = Normal::of(written);
        assert_eq!(normal.text, "a: 1\nb: 2\nc: 3\n");
        let insert = |at, text: &str| Edit { start: at, end: at, text: text.into() };
        let edits = vec![Edit { start: 8, end: 9, text: "22".into() }, insert(4, "\nx: 0")];
        assert_eq!(normal.edited(written, edits), "\u{feff}a: 1\r\nx: 0\r\nb: 22\r\nc: 3\n");
    }
}
