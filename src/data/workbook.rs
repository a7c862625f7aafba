//! The tables as one workbook (Office Open XML), a sheet each.
//!
//! Lives here: how a table looks in a spreadsheet program. Every cell is a string, so that nothing is taken for a formula,
//! a date or a number. Never here: what the cells say.

use super::table::Table;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// The widest and narrowest columns, in characters.
const WIDTHS: (usize, usize) = (6, 48);
/// The characters of a cell that spreadsheet programs take, in UTF-16 units ("Excel specifications and limits").
const LONGEST: usize = 32_767;

/// The bytes of a workbook. `date` is the day of this edition; the same bytes come out on every day.
pub(super) fn workbook<'a, 'b>(sheets: impl Iterator<Item = (&'a str, Table<'b>)>, date: Option<&str>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let created = date.and_then(day).or_else(|| ExcelDateTime::from_ymd(2000, 1, 1).ok());
    if let Some(created) = created {
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    }
    let mut names: Vec<String> = Vec::new();
    for (title, table) in sheets {
        let name = sheet_name(title, &names);
        // What is written is within the limits: names are made to fit, cells are cut, and no table has a million rows.
        if let Ok(sheet) = sheet(&name, table) {
            workbook.push_worksheet(sheet);
        }
        names.push(name);
    }
    workbook.save_to_buffer().unwrap_or_default()
}

fn sheet(name: &str, table: Table<'_>) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    let head = Format::new().set_bold().set_align(FormatAlign::Top);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
    let mut widths: Vec<usize> = vec![0; table.head.len()];
    let mut rows = 0;
    for (row, cells) in std::iter::once(table.head).chain(table.rows).enumerate() {
        let at = u32::try_from(row).unwrap_or(u32::MAX);
        for (column, cell) in cells.iter().enumerate() {
            let format = if row == 0 { &head } else { &body };
            if !cell.is_empty() {
                sheet.write_string_with_format(at, u16::try_from(column).unwrap_or(u16::MAX), cut(cell), format)?;
            }
            let longest = cell.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
            if let Some(width) = widths.get_mut(column) {
                *width = longest.max(*width);
            }
        }
        rows = at;
    }
    let last = u16::try_from(widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
    for (column, width) in widths.iter().enumerate() {
        let width = u16::try_from(width.clamp(&WIDTHS.0, &WIDTHS.1) + 2).unwrap_or(u16::MAX);
        sheet.set_column_width(u16::try_from(column).unwrap_or(u16::MAX), width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, rows, last)?;
    Ok(sheet)
}

/// What of a text a cell takes.
fn cut(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// A title as the name of a sheet: at most 31 characters, none that names a range, and none twice.
fn sheet_name(title: &str, taken: &[String]) -> String {
    let clean: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).collect();
    let short = |text: &str, most: usize| -> String {
        let mut units = 0;
        text.trim()
            .chars()
            .take_while(|c| {
                units += c.len_utf16();
                units <= most
            })
            .collect()
    };
    let base = match short(&clean, 31) {
        name if name.is_empty() => "-".to_owned(),
        name => name,
    };
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (2..).map(|n| format!("{} {n}", short(&base, 27)));
    std::iter::once(base.clone()).chain(numbered).find(|name| !is_taken(name)).unwrap_or(base)
}

/// A day of the form `YYYY-MM-DD`.
fn day(date: &str) -> Option<ExcelDateTime> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    ExcelDateTime::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_fit() {
        assert_eq!(sheet_name("任务/分工", &[]), "任务分工");
        assert_eq!(sheet_name("items", &["Items".to_owned()]), "items 2");
        assert_eq!(sheet_name("[]", &[]), "-");
        assert_eq!(sheet_name(&"字".repeat(40), &[]).chars().count(), 31);
    }

    #[test]
    fn a_cell_is_cut_where_programs_would_refuse_it() {
        assert_eq!(cut("文字"), "文字");
        assert_eq!(cut(&"字".repeat(LONGEST + 1)).chars().count(), LONGEST);
        assert_eq!(cut(&"𠀀".repeat(LONGEST)).chars().count(), LONGEST / 2);
    }
}
