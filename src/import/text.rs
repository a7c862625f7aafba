//! Tables written as text: CSV and its kin.
//!
//! Lives here: which encoding a file has, which mark parts its cells, and reading it. No bytes make this panic. Never here:
//! what a cell means.

use super::table::{Draft, MAX_BYTES, Refused, Table};
use crate::data::plain;
use crate::diag::Message;
use crate::msg;
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;

/// How many rows are looked at to find the mark between cells.
const SAMPLE: usize = 60;

/// How a text was read: said where it is not what everybody expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// The name of the encoding.
    pub encoding: &'static str,
    /// The mark between cells.
    pub mark: char,
}

impl Manner {
    /// A sentence; none for commas in UTF-8.
    pub fn words(self) -> Option<Message> {
        let Self { encoding, mark } = self;
        let encoding = encoding.to_uppercase();
        let (zh, en) = match mark {
            '\t' => ("制表符", "tabs"),
            ';' => ("分号", "semicolons"),
            _ => ("逗号", "commas"),
        };
        let unusual = encoding != "UTF-8" || mark != ',';
        unusual.then(|| msg!("按 {encoding} 编码、{zh}分隔读取", "read as {encoding}, cells parted by {en}"))
    }
}

/// Reads a text as a table. `path` is the file's as shown, `stem` its name without ending.
///
/// # Errors
/// [`Refused`] for what is no text, or beyond the limits.
pub(super) fn read(path: &str, stem: &str, bytes: &[u8]) -> Result<(Table, Manner), Refused> {
    if bytes.len() > MAX_BYTES {
        return Err(too_long(path));
    }
    let (text, encoding) = decode(path, bytes)?;
    // What Excel writes for itself.
    let (given, text) = match text.strip_prefix("sep=") {
        Some(rest) => (rest.chars().next(), rest.split_once('\n').map_or("", |(_, rest)| rest)),
        None => (None, text.as_ref()),
    };
    let mark = given.filter(|mark| [',', ';', '\t'].contains(mark)).unwrap_or_else(|| mark(text));
    let mut draft = Draft::default();
    for (row, record) in records(text, mark).enumerate() {
        for (column, cell) in record.iter().enumerate() {
            draft.put(row, column, plain(cell), None)?;
        }
    }
    Ok((draft.finish(path, stem, None)?, Manner { encoding: encoding.name(), mark }))
}

fn decode<'b>(path: &str, bytes: &'b [u8]) -> Result<(Cow<'b, str>, &'static Encoding), Refused> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
        return text.map(|text| (text, encoding)).ok_or_else(|| no_text(path));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((Cow::Borrowed(text), UTF_8));
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    // No text has a NUL; GB18030 can be read from nearly any bytes.
    text.filter(|text| !text.contains('\0')).map(|text| (text, GB18030)).ok_or_else(|| no_text(path))
}

fn records(text: &str, mark: char) -> impl Iterator<Item = csv::StringRecord> + '_ {
    let mark = u8::try_from(mark).unwrap_or(b',');
    let reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(mark).from_reader(text.as_bytes());
    // Reading from memory cannot fail, text is UTF-8, and rows may have any length.
    reader.into_records().map_while(Result::ok)
}

/// The mark that parts most rows into the same number of cells.
fn mark(text: &str) -> char {
    let score = |mark: char| {
        let lengths: Vec<usize> = records(text, mark).take(SAMPLE).map(|record| record.len()).collect();
        let support = |length: usize| lengths.iter().filter(|other| **other == length).count();
        lengths.iter().filter(|length| **length > 1).map(|length| (support(*length), *length)).max().unwrap_or((0, 0))
    };
    // On a tie the first wins.
    [',', '\t', ';'].into_iter().rev().max_by_key(|mark| score(*mark)).unwrap_or(',')
}

fn no_text(path: &str) -> Refused {
    Refused::new(
        msg!(
            "“{path}”不是能读懂的文字：既不是 UTF-8，也不是 GB18030（GBK）",
            "`{path}` is no text that can be read: neither UTF-8 nor GB18030 (GBK)"
        ),
        msg!("请在表格软件中另存为“CSV UTF-8”或 .xlsx", "save it as “CSV UTF-8” or .xlsx in your spreadsheet program"),
    )
}

pub(super) fn too_long(path: &str) -> Refused {
    let most = MAX_BYTES >> 20;
    Refused::new(
        msg!("“{path}”过大：至多读取 {most} MB", "`{path}` is too large: at most {most} MB are read"),
        msg!("请分成几个文件", "divide it into several files"),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn cells(bytes: &[u8]) -> (Vec<Vec<String>>, Manner) {
        let (table, manner) = read("a.csv", "a", bytes).unwrap();
        let rows = table.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect();
        (rows, manner)
    }

    #[test]
    fn encodings_and_marks_are_found() {
        let rows = vec![vec!["序号".to_owned(), "名称".into()], vec!["1".into(), "甲;乙".into()]];
        for (text, mark) in [
            ("序号,名称\r\n1,甲;乙\r\n", ','),
            ("序号\t名称\n1\t甲;乙\n", '\t'),
            ("序号;名称\n1;\"甲;乙\"\n", ';'),
            ("sep=;\n序号;名称\n1;\"甲;乙\"\n", ';'),
        ] {
            let gbk = GB18030.encode(text).0.into_owned();
            let utf16: Vec<u8> =
                "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
            for (bytes, encoding) in
                [(text.as_bytes(), "UTF-8"), (&bom, "UTF-8"), (&gbk, "gb18030"), (&utf16, "UTF-16LE")]
            {
                assert_eq!(cells(bytes), (rows.clone(), Manner { encoding, mark }), "{text:?} as {encoding}");
            }
        }
    }

    #[test]
    fn apostrophes_before_formulas_go() {
        assert_eq!(cells(b"a,b\n'=1+1,'tis\n").0[1], ["=1+1", "'tis"]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(read("a", "a", b"\x00\xff\xff\x00").is_err());
        assert!(read("a", "a", &vec![b'a'; MAX_BYTES + 1]).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read("a", "a", &bytes);
        }
    }
}
