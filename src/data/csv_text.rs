//! A table as CSV: RFC 4180, in UTF-8 with a byte order mark.
//!
//! Lives here: what spreadsheet programs need to open a file rightly and safely. Never here: what the cells say.

use super::table::Table;
use crate::sink::Sink;
use std::borrow::Cow;

/// Writes a CSV file. Without a byte order mark spreadsheet programs take it for another encoding.
pub(super) fn csv(table: Option<Table<'_>>, out: &mut Sink<'_>) {
    let Some(table) = table else { return };
    super::put(out, "\u{feff}");
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    // Writing to a sink cannot fail, and every record has the same number of fields.
    let _ = writer.write_record(&table.head);
    for row in table.rows {
        let _ = writer.write_record(row.iter().map(|cell| Bytes(harmless(cell))));
    }
    let _ = writer.flush();
}

/// A cell that a spreadsheet program will not run as a formula: those that start like one get an apostrophe
/// (OWASP, "CSV Injection"; full-width signs start a formula in Chinese and Japanese editions). A number or telephone
/// number with its sign is left alone: nothing can be called with digits, spaces and points.
fn harmless(cell: &str) -> Cow<'_, str> {
    let mut chars = cell.chars();
    let is_plain = |c: char| c.is_ascii_digit() || " .,()%-".contains(c);
    let formula = match chars.next() {
        Some('=' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') => true,
        Some('+' | '-') => !(chars.next().is_some_and(|c| c.is_ascii_digit()) && chars.all(is_plain)),
        _ => false,
    };
    if formula { format!("'{cell}").into() } else { cell.into() }
}

/// A cell as the writer wants it.
struct Bytes<'c>(Cow<'c, str>);

impl AsRef<[u8]> for Bytes<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// A cell without the apostrophe that kept it from being a formula.
pub fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| harmless(rest) == cell).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(harmless("\tx"), "'\tx");
        assert_eq!(harmless("\rx"), "'\rx");
        assert_eq!(harmless("＝1"), "'＝1");
        assert_eq!(harmless("-cmd"), "'-cmd");
        assert_eq!(harmless("-1+cmd|' /C calc'!A0"), "'-1+cmd|' /C calc'!A0");
        assert_eq!(harmless("+86 470"), "+86 470");
        assert_eq!(harmless("-0.5"), "-0.5");
        assert_eq!(harmless("文字"), "文字");
        assert_eq!((plain("'=1+1"), plain("'tis"), plain("'+86 470")), ("=1+1", "'tis", "'+86 470"));
    }
}
