//! Workbooks (Office Open XML): each sheet a table.
//!
//! Lives here: values as a spreadsheet program shows them as far as the file tells, merged regions, the bounds that keep a
//! small file from unpacking to a large one. Never here: what a cell means.

use super::table::{Doubt, Draft, MAX_BYTES, Refused, Table};
use crate::msg;
use calamine::{DataRef, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};
use std::io::{Cursor, Read};

/// The most sheets that are read.
const MAX_SHEETS: usize = 200;

/// Reads the sheets of a workbook; empty and hidden ones are left out.
///
/// # Errors
/// [`Refused`] for a broken file, or beyond the limits.
pub(super) fn read(path: &str, stem: &str, bytes: &[u8]) -> Result<Vec<Table>, Refused> {
    unpacks_within_limits(path, bytes)?;
    // The reader of workbooks is not ours, and a broken one may end in a panic there.
    let read = std::panic::catch_unwind(|| sheets(path, stem, bytes));
    read.unwrap_or_else(|_| Err(broken(path, &"its parts contradict each other")))
}

fn sheets(path: &str, stem: &str, bytes: &[u8]) -> Result<Vec<Table>, Refused> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(path, &error))?;
    let wanted = |sheet: &&Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> = workbook.sheets_metadata().iter().filter(wanted).map(|sheet| sheet.name.clone()).collect();
    let mut tables = Vec::new();
    for name in names.into_iter().take(MAX_SHEETS) {
        let draft = sheet(&mut workbook, &name).map_err(|fault| match fault {
            Fault::Broken(error) => broken(path, &error),
            Fault::Refused(refused) => refused,
        })?;
        let table = draft.finish(path, stem, Some(name))?;
        if !table.rows.is_empty() {
            tables.push(table);
        }
    }
    Ok(tables)
}

/// Unpacks every part once, to nowhere: what a zip says of its sizes may be a lie.
fn unpacks_within_limits(path: &str, bytes: &[u8]) -> Result<(), Refused> {
    let unreadable = |error: zip::result::ZipError| broken(path, &error);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut rest = MAX_BYTES as u64 * 4;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(unreadable)?;
        let read =
            std::io::copy(&mut part.take(rest + 1), &mut std::io::sink()).map_err(|error| broken(path, &error))?;
        rest = rest.checked_sub(read).ok_or_else(|| super::text::too_long(path))?;
    }
    Ok(())
}

enum Fault {
    Broken(XlsxError),
    Refused(Refused),
}

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        Self::Broken(error)
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// The cells of a sheet. They are streamed: a sheet as one range of rows and columns has a place for every cell between
/// the first and the last.
fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Draft, Fault> {
    let mut draft = Draft::default();
    let mut empty = Vec::new();
    {
        let mut cells = workbook.worksheet_cells_reader(name)?;
        while let Some((cell, style)) = cells.next_cell_with_style_id()? {
            let (row, column) = place(cell.get_position());
            let format = cells.styles().get(style).and_then(|style| style.number_format.as_ref());
            let format = format.map_or("General", |format| format.format_code.as_str());
            let (text, doubt) = shown(cell.get_value(), format);
            if text.is_empty() && doubt.is_none() {
                empty.push((row, column));
            } else {
                draft.put(row, column, &text, doubt)?;
            }
        }
    }
    // A formula without a result looks like an empty cell.
    if !empty.is_empty() {
        let mut formulas = workbook.worksheet_cells_reader(name)?;
        while let Some(cell) = formulas.next_cell_with_formula_metadata()? {
            let at = place(cell.pos);
            if cell.formula.is_some() && empty.binary_search(&at).is_ok() {
                draft.put(at.0, at.1, "", Some(Doubt::Formula))?;
            }
        }
    }
    for region in workbook.merge_cells_by_sheet_name(name)? {
        draft.merge(place(region.start), place(region.end))?;
    }
    Ok(draft)
}

fn place((row, column): (u32, u32)) -> (usize, usize) {
    (row as usize, column as usize)
}

/// A value as it is shown, as far as the file tells, and what is doubtful about it.
fn shown(value: &DataRef<'_>, format: &str) -> (String, Option<Doubt>) {
    let plain = matches!(format, "" | "General" | "@" | "0" | "GENERAL");
    let number = |text: String| match (plain, simple(&text, format)) {
        (true, _) => (text, None),
        (false, Some(as_seen)) => (as_seen, None),
        (false, None) => (text, Some(Doubt::Number(format.to_owned()))),
    };
    match value {
        DataRef::Empty => (String::new(), None),
        DataRef::String(text) => (text.clone(), None),
        DataRef::SharedString(text) => ((*text).to_owned(), None),
        DataRef::Int(n) => number(n.to_string()),
        DataRef::Float(x) => number(decimal(*x)),
        DataRef::Bool(true) => ("TRUE".to_owned(), None),
        DataRef::Bool(false) => ("FALSE".to_owned(), None),
        DataRef::Error(_) => (value_name(value), Some(Doubt::Fault)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text.clone(), Some(Doubt::Date)),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            let whole = date.is_datetime() && date.as_f64().fract() == 0.0;
            let iso = matches!(format.replace(['\\', '"'], "").to_ascii_lowercase().as_str(), "yyyy-mm-dd");
            (format!("{year:04}-{month:02}-{day:02}"), (!(whole && iso)).then_some(Doubt::Date))
        }
    }
}

/// A number in one of the formats that say no more than how many decimals, percent, and thousands: as it is seen. None
/// for other formats, and where the format hides a part of the number.
fn simple(number: &str, format: &str) -> Option<String> {
    let (format, percent) = format.strip_suffix('%').map_or((format, false), |rest| (rest, true));
    let (whole, decimals) = format.split_once('.').unwrap_or((format, ""));
    if !matches!(whole, "0" | "#,##0") || decimals.len() > 9 || decimals.chars().any(|c| c != '0') {
        return None;
    }
    let value: f64 = number.parse().ok()?;
    let value: f64 = decimal(if percent { value * 100.0 } else { value }).parse().ok()?;
    let seen = format!("{value:.*}", decimals.len());
    if value.abs() >= 1e15 || seen.parse::<f64>().ok()? != value {
        return None;
    }
    let end = seen.find('.').unwrap_or(seen.len());
    let mut grouped = String::new();
    for (at, c) in seen.char_indices() {
        let left = end.saturating_sub(at);
        let starts_group = left > 0 && left % 3 == 0 && grouped.ends_with(|c: char| c.is_ascii_digit());
        if starts_group && whole != "0" {
            grouped.push(',');
        }
        grouped.push(c);
    }
    Some(if percent { format!("{grouped}%") } else { grouped })
}

fn value_name(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Error(error) => error.to_string(),
        _ => String::new(),
    }
}

/// A number as spreadsheet programs show it: 1, not 1.0, and 0.3, not 0.30000000000000004.
fn decimal(x: f64) -> String {
    // They keep fifteen significant digits.
    let kept: f64 = format!("{x:.14e}").parse().unwrap_or(x);
    format!("{kept}")
}

fn broken(path: &str, error: &dyn std::fmt::Display) -> Refused {
    Refused::new(
        msg!("无法读取工作簿“{path}”：{error}", "cannot read the workbook `{path}`: {error}"),
        msg!(
            "请用表格软件打开它，另存为 .xlsx；加密的文件请先取消密码",
            "open it in a spreadsheet program and save it as .xlsx, without a password"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are_shown() {
        assert_eq!([1.0, 0.1 + 0.2, -2.5, 1e6].map(decimal), ["1", "0.3", "-2.5", "1000000"]);
        let seen = |x: f64, format: &str| shown(&DataRef::Float(x), format);
        for (x, format, text) in [
            (0.85, "0%", "85%"),
            (0.07, "0.0%", "7.0%"),
            (1234567.5, "#,##0.00", "1,234,567.50"),
            (-1234.0, "#,##0", "-1,234"),
            (123.0, "#,##0", "123"),
            (1250.0, "0.00", "1250.00"),
        ] {
            assert_eq!(seen(x, format), (text.to_owned(), None));
        }
        for (x, format) in [(0.855, "0%"), (0.5, "0.00E+00"), (3.0, "0\"元\""), (2.5, "0"), (1e15, "#,##0")] {
            let doubt = (format != "0").then(|| Doubt::Number(format.to_owned()));
            assert_eq!(seen(x, format), (decimal(x), doubt));
        }
        assert_eq!(shown(&DataRef::Float(3.0), "General"), ("3".into(), None));
    }

    #[test]
    fn broken_files_are_refused() {
        for bytes in [&b"PK\x03\x04"[..], b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", b""] {
            assert!(read("a.xlsx", "a", bytes).is_err());
        }
    }
}
