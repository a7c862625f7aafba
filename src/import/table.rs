//! A table of somebody's file: cells as text, each with its place.
//!
//! Lives here: rows and columns as a spreadsheet program counts them, what is doubtful about a cell, the limits of what is
//! read. The rows are also the lines of a [`SourceFile`], so that messages about cells are printed like all others. Never
//! here: what a cell means, and how files are decoded.

use crate::diag::{Message, SourceFile, Span};
use crate::msg;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest file that is read, in bytes, packed or unpacked.
pub const MAX_BYTES: usize = 64 << 20;
/// The most rows that are read.
const MAX_ROWS: usize = 100_000;
/// The most columns that are read.
const MAX_COLUMNS: usize = 1_000;
/// The most cells that are read, empty ones among others included.
const MAX_CELLS: usize = 4_000_000;

/// A file that cannot be read as tables at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub message: Message,
    /// What to do about it.
    pub hint: Option<Message>,
}

impl Refused {
    pub(super) fn new(message: Message, hint: Message) -> Self {
        Self { message, hint: Some(hint) }
    }
}

/// Why a cell may not say what its author sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A number that is shown by a format: the format.
    Number(String),
    /// A date or a time; the text is the date as `YYYY-MM-DD`.
    Date,
    /// A formula whose result is not in the file.
    Formula,
    /// An error of a formula, such as `#REF!`.
    Fault,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Its text, with `\n` between lines, without white space around it.
    pub text: String,
    /// What is doubtful about it.
    pub doubt: Option<Doubt>,
    /// The row and column of the cell whose value it has, where it belongs to a merged region.
    pub merged: Option<(usize, usize)>,
    /// Its bytes in the table's text.
    place: (usize, usize),
}

/// A table: a CSV file, or a sheet of a workbook.
#[derive(Debug)]
pub struct Table {
    /// The name of its sheet; none for a CSV file.
    pub sheet: Option<String>,
    /// The file's name without its ending.
    pub stem: String,
    /// Its rows as lines, their cells parted by tabs.
    pub file: Arc<SourceFile>,
    /// The rows, from the first of the file; each as long as it has cells.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The place of a cell.
    pub fn span(&self, row: usize, column: usize) -> Span {
        match self.rows.get(row).and_then(|cells| cells.get(column)) {
            Some(cell) => Span::new(&self.file, cell.place.0, cell.place.1),
            None => self.row_span(row),
        }
    }

    /// The place of a row.
    pub fn row_span(&self, row: usize) -> Span {
        let cells = self.rows.get(row).map_or(&[][..], Vec::as_slice);
        let start = cells.first().map_or(self.file.text.len(), |cell| cell.place.0);
        Span::new(&self.file, start, cells.last().map_or(start, |cell| cell.place.1))
    }

    /// The place of a cell in words, as a spreadsheet program names it: `sheet “Sheet1”, row 12, column C (heading)`.
    pub fn words(&self, row: usize, column: usize, heading: &str) -> Message {
        let Message { zh: row_zh, en: row_en } = self.row_words(row);
        let column = letters(column);
        match heading {
            "" => msg!("{row_zh} {column} 列", "{row_en}, column {column}"),
            heading => msg!("{row_zh} {column} 列（{heading}）", "{row_en}, column {column} ({heading})"),
        }
    }

    /// The place of a row in words.
    pub fn row_words(&self, row: usize) -> Message {
        let row = row + 1;
        match &self.sheet {
            Some(sheet) => msg!("工作表“{sheet}”第 {row} 行", "sheet “{sheet}”, row {row}"),
            None => msg!("第 {row} 行", "row {row}"),
        }
    }
}

/// The name of a column in spreadsheet programs: A, B, …, Z, AA.
fn letters(mut column: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.insert(0, b'A' + u8::try_from(column % 26).unwrap_or(0));
        match column / 26 {
            0 => return String::from_utf8_lossy(&name).into_owned(),
            rest => column = rest - 1,
        }
    }
}

/// A table as it is being read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    cells: BTreeMap<(usize, usize), Cell>,
}

impl Draft {
    /// Puts a cell in its place.
    ///
    /// # Errors
    /// [`Refused`] beyond the limits.
    pub(super) fn put(&mut self, row: usize, column: usize, text: &str, doubt: Option<Doubt>) -> Result<(), Refused> {
        // The spaces of Chinese typing count as white space; a tab or line end at the end means nothing.
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.is_empty() && doubt.is_none() {
            return Ok(());
        }
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(too_many());
        }
        self.cells.insert((row, column), Cell { text: text.to_owned(), doubt, merged: None, place: (0, 0) });
        Ok(())
    }

    /// Gives all cells of a region, first and last row and column, the value of its first.
    ///
    /// # Errors
    /// [`Refused`] beyond the limits.
    #[cfg(any(feature = "xlsx", test))]
    pub(super) fn merge(&mut self, from: (usize, usize), to: (usize, usize)) -> Result<(), Refused> {
        let Some(first) = self.cells.get(&from).cloned() else { return Ok(()) };
        // Whoever merges a whole column means the rows that are there.
        let last = self.cells.keys().next_back().map_or(0, |(row, _)| *row);
        for row in from.0..=to.0.min(last) {
            for column in from.1..=to.1.min(MAX_COLUMNS - 1) {
                if self.cells.len() >= MAX_CELLS {
                    return Err(too_many());
                }
                self.cells.insert((row, column), Cell { merged: Some(from), ..first.clone() });
            }
        }
        Ok(())
    }

    /// The table, laid out as text. `root` and `path` are those of its [`SourceFile`].
    ///
    /// # Errors
    /// [`Refused`] beyond the limits.
    pub(super) fn finish(self, path: &str, stem: &str, sheet: Option<String>) -> Result<Table, Refused> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut count = 0;
        for ((row, column), cell) in self.cells {
            rows.resize_with(rows.len().max(row + 1), Vec::new);
            let cells = &mut rows[row];
            count += column + 1 - cells.len().min(column + 1);
            if count > MAX_CELLS {
                return Err(too_many());
            }
            cells.resize_with(column, Cell::default);
            cells.push(cell);
        }
        let mut text = String::new();
        for cells in &mut rows {
            for (at, cell) in cells.iter_mut().enumerate() {
                if at > 0 {
                    text.push('\t');
                }
                let start = text.len();
                text.extend(cell.text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }));
                cell.place = (start, text.len());
            }
            text.push('\n');
        }
        let path = sheet.as_ref().map_or_else(|| path.to_owned(), |sheet| format!("{path}/{sheet}"));
        Ok(Table { sheet, stem: stem.to_owned(), file: SourceFile::new("", path, text), rows })
    }
}

fn too_many() -> Refused {
    Refused::new(
        msg!(
            "表格过大：至多读取 {MAX_ROWS} 行、{MAX_COLUMNS} 列、{MAX_CELLS} 个单元格",
            "the table is too large: at most {MAX_ROWS} rows, {MAX_COLUMNS} columns and {MAX_CELLS} cells are read"
        ),
        msg!("请删去多余的行和列，或分成几个文件", "remove rows and columns that are not needed, or divide the file"),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn columns_have_the_names_of_spreadsheet_programs() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn cells_know_their_places_and_merged_ones_their_value() {
        let mut draft = Draft::default();
        draft.put(0, 0, " 标题 ", None).unwrap();
        draft.put(2, 1, "甲\r\n乙", None).unwrap();
        draft.merge((0, 0), (0, 2)).unwrap();
        let table = draft.finish("list.xlsx", "list", Some("表".into())).unwrap();
        assert_eq!(table.file.text, "标题\t标题\t标题\n\n\t甲 乙\n");
        assert_eq!(table.rows[2][1].text, "甲\n乙");
        assert_eq!(table.span(2, 1).line_column(), (3, 2));
        assert_eq!(table.rows[0][2].merged, Some((0, 0)));
        assert_eq!(table.words(2, 1, "对象").en, "sheet “表”, row 3, column B (对象)");
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let mut draft = Draft::default();
        assert!(draft.put(MAX_ROWS, 0, "x", None).is_err());
        assert!(draft.put(0, MAX_COLUMNS, "x", None).is_err());
        (0..5_000).for_each(|row| draft.put(row, MAX_COLUMNS - 1, "x", None).unwrap());
        assert!(draft.finish("a", "a", None).is_err());
    }
}
