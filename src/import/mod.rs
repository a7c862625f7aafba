//! Tables in, planned files of the content out: what `qingdan import` writes.
//!
//! ```text
//! bytes ─ read ─► Table ─ headings ─► Sheet ─ rows ─► Record ─ entries ─► Entry ─ files ─► Planned ─ proof ─► Plan
//!         text, workbook                                     what differs      yaml            the whole pipeline again
//! ```
//!
//! Lives here: what a stranger's table means for a catalogue, and what becomes of its files. Nothing is written unless all
//! of it is sound: what would be written goes through the pipeline first. Never here: the disk, and printing.

mod entries;
mod files;
mod groups;
mod headings;
mod known;
mod layout;
mod names;
mod place;
mod proof;
mod rows;
mod table;
mod text;
mod unread;
mod usual;
mod values;
#[cfg(feature = "xlsx")]
mod workbook;

pub use table::{MAX_BYTES, Refused, Table};
pub use text::Manner;

use crate::amend::Planned;
use crate::data::Part;
use crate::diag::{Outcome, Report, suggest};
use crate::model::Catalogue;
use crate::msg;
use crate::source::Sources;
use headings::{DOMAIN_TEXT, PARTS, Sheet};
use std::collections::BTreeMap;

/// What a file held.
#[derive(Debug)]
pub struct Read {
    /// Its tables: one, or one a sheet.
    pub tables: Vec<Table>,
    /// How it was read, where it is text.
    pub manner: Option<Manner>,
}

/// What the caller asks for.
#[derive(Debug, Default)]
pub struct Options<'o> {
    /// Headings and what they stand for: the key of an exported column, or `-` for nothing.
    pub map: Vec<(String, String)>,
    /// The name of the only sheet to be read.
    pub sheet: Option<&'o str>,
    /// Whether what exists may be changed.
    pub update: bool,
    /// Whether domains and departments that a list names are added where the content has none of that name.
    pub add_groups: bool,
    /// What sheets of exported workbooks are called.
    pub titles: Vec<(Part, String)>,
}

/// What is to be done.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files to be written, sorted by path.
    pub files: Vec<Planned>,
    /// What they bring.
    pub summary: Summary,
}

/// What tables bring to a content, thing by thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// What the content does not have yet.
    pub new: Vec<Thing>,
    /// What it has otherwise.
    pub changed: Vec<Thing>,
    /// What is new or otherwise, but stands in files that may not be changed without being asked to.
    pub withheld: Vec<Thing>,
    /// How many things are in both and equal.
    pub unchanged: usize,
    /// How many things the content has and the tables of that part have not: they stay.
    pub absent: usize,
}

/// A service, a department or the like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What it is part of.
    pub part: Part,
    /// Its id or number.
    pub key: String,
    /// Its name, where the table has it.
    pub name: String,
    /// The columns that differ; none for what is new.
    pub columns: Vec<String>,
}

/// A cell that was read, and where.
#[derive(Debug, Clone)]
struct Given {
    text: String,
    row: usize,
    column: usize,
}

/// A row that stands for a thing, or for a part of one.
#[derive(Debug)]
struct Record<'s> {
    sheet: &'s Sheet<'s>,
    row: usize,
    /// By the key of the column. A key that is not there has no column, or its cell cannot be used.
    cells: BTreeMap<String, Given>,
}

impl Record<'_> {
    fn text(&self, key: &str) -> &str {
        self.cells.get(key).map_or("", |given| given.text.as_str())
    }
}

/// Reads the tables of a file. `path` is its path as shown, `stem` its name without ending. What it is, its first bytes say.
///
/// # Errors
/// [`Refused`] for what is no table, or too large.
pub fn read(path: &str, stem: &str, bytes: &[u8]) -> Result<Read, Refused> {
    if bytes.len() > table::MAX_BYTES {
        return Err(text::too_long(path));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        #[cfg(feature = "xlsx")]
        return Ok(Read { tables: workbook::read(path, stem, bytes)?, manner: None });
        #[cfg(not(feature = "xlsx"))]
        return Err(Refused::new(
            msg!(
                "这个程序编译时没有包含 xlsx 功能，读不了工作簿“{path}”",
                "this program was built without the feature `xlsx`, which reads workbooks such as `{path}`"
            ),
            msg!(
                "请另存为 CSV，或用 cargo build --features xlsx 重新编译",
                "save it as CSV, or build with `cargo build --features xlsx`"
            ),
        ));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Refused::new(
            msg!(
                "“{path}”是旧格式（.xls）或加密的工作簿",
                "`{path}` is a workbook of the old kind (.xls), or an encrypted one"
            ),
            msg!(
                "请在表格软件中另存为 .xlsx，不加密码",
                "save it as .xlsx in your spreadsheet program, without a password"
            ),
        ));
    }
    let (table, manner) = text::read(path, stem, bytes)?;
    Ok(Read { tables: vec![table], manner: Some(manner) })
}

/// Plans the import of tables into a content.
///
/// `catalogue` is what `sources` mean, as far as they can be read; `before` what is wrong with them already. `written`
/// hands out the files of the content byte for byte.
///
/// The plan has files only if the report has no errors.
///
/// # Errors
/// [`Refused`] where the options ask for what is not there.
pub fn plan(
    tables: &[Table],
    (sources, catalogue, before): (&Sources, &Catalogue, &Report),
    options: &Options<'_>,
    written: &dyn Fn(&str) -> Option<String>,
) -> Result<Outcome<Plan>, Refused> {
    known_targets(catalogue, options)?;
    let tables = chosen(tables, options)?;
    let mut report = Report::default();
    let sheets = tables.into_iter().filter_map(|table| headings::sheet(table, catalogue, options, &mut report));
    let mut sheets: Vec<Sheet<'_>> = sheets.collect();
    let mut names = names::Names::new(catalogue);
    let lacking = if options.add_groups { groups::lacking(&sheets, &names, catalogue)? } else { Vec::new() };
    sheets.extend(lacking.iter().filter_map(|table| headings::sheet(table, catalogue, options, &mut report)));
    // Groups first: items refer to them.
    sheets.sort_by_key(|sheet| PARTS.iter().position(|(part, _)| *part == sheet.part));
    let mut records = Vec::new();
    for sheet in &sheets {
        let found = rows::records(sheet, &names, &mut report);
        names.learn(sheet.part, &found);
        records.push(found);
    }
    let mut desk = entries::Desk::new(catalogue, &names, &mut report);
    for found in &records {
        desk.enter(found);
    }
    let absent = desk.absent();
    let entries = desk.entries;
    let mut plan = files::plan(&entries, (sources, catalogue), options, written, &mut report);
    plan.summary.absent = absent;
    proof::prove(&plan, &entries, (sources, before), &mut report);
    if report.has_errors() {
        plan.files.clear();
    }
    Ok(Outcome::new(plan, report))
}

/// Refuses a rule of `--map` that leads nowhere.
fn known_targets(catalogue: &Catalogue, options: &Options<'_>) -> Result<(), Refused> {
    let mut known: Vec<String> = PARTS.iter().flat_map(|(part, _)| headings::head(catalogue, *part)).collect();
    known.extend(["-", DOMAIN_TEXT].map(str::to_owned));
    match options.map.iter().find(|(_, to)| !known.contains(to)) {
        None => Ok(()),
        Some((from, to)) => {
            let items = headings::head(catalogue, Part::Items);
            let hint = suggest(to, items.iter().map(String::as_str).chain(["-", DOMAIN_TEXT])).unwrap_or_else(|| {
                let (zh, en) = (items.join("、"), items.join(", "));
                msg!("可用的有：{zh}", "it may be one of: {en}")
            });
            Err(Refused::new(
                msg!("--map '{from}={to}'：没有列“{to}”", "--map '{from}={to}': there is no column `{to}`"),
                hint,
            ))
        }
    }
}

/// The tables to be read: all, or the sheet that was asked for.
fn chosen<'t>(tables: &'t [Table], options: &Options<'_>) -> Result<Vec<&'t Table>, Refused> {
    let Some(wanted) = options.sheet else { return Ok(tables.iter().collect()) };
    let found: Vec<&Table> = tables.iter().filter(|table| table.sheet.as_deref() == Some(wanted)).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let names: Vec<&str> = tables.iter().filter_map(|table| table.sheet.as_deref()).collect();
    let (zh, en) = (names.join("、"), names.join(", "));
    Err(Refused::new(
        msg!("没有工作表“{wanted}”", "there is no sheet `{wanted}`"),
        msg!("文件里的工作表有：{zh}", "the sheets are: {en}"),
    ))
}
