//! The rows below the headings, each as a record of cells by key.
//!
//! Lives here: which rows are services, which are sections, notes, repeated headings or nothing; merged cells; cells that
//! cannot be used. Never here: what the content has already.

use super::headings::{DOMAIN_TEXT, Sheet, unbroken};
use super::names::{Found, Names, is_numbered};
use super::table::{Cell, Doubt};
use super::{Given, Record};
use crate::data::Part;
use crate::diag::{Diagnostic, Message, Report};
use crate::msg;
use std::collections::BTreeMap;

/// What rows begin with that say something about the list, not about a service.
const REMARKS: [&str; 9] = ["注：", "注:", "备注", "说明", "合计", "总计", "小计", "填表", "Note"];

/// What stands alone, or before a number, at the beginning of a row of sums.
const SUMS: [&str; 5] = ["合计", "总计", "小计", "共计", "total"];

/// Reads the rows of a sheet.
pub(super) fn records<'s>(sheet: &'s Sheet<'s>, names: &Names, report: &mut Report) -> Vec<Record<'s>> {
    let mut reader = Reader { sheet, names, domain: Section::None, records: Vec::new() };
    for row in sheet.row + 1..sheet.table.rows.len() {
        reader.row(row, report);
    }
    reader.records
}

/// What the last section row said.
enum Section {
    /// There was none.
    None,
    /// The id of a domain, and the row and column that name it.
    Domain(String, (usize, usize)),
    /// It names no domain that is known.
    Unknown,
}

struct Reader<'s, 'n> {
    sheet: &'s Sheet<'s>,
    names: &'n Names,
    domain: Section,
    records: Vec<Record<'s>>,
}

impl Reader<'_, '_> {
    fn row(&mut self, row: usize, report: &mut Report) {
        let Some(cells) = self.sheet.table.rows.get(row) else { return };
        let Some((first, lone)) = filled(cells).next() else { return };
        if repeats_headings(self.sheet, cells) {
            return;
        }
        if is_lone(self.sheet, row) && self.section(row, first, lone, report) {
            return;
        }
        if !self.sheet.exact && is_sum(&lone.text) {
            self.skip(&Given { text: lone.text.clone(), row, column: first }, report);
            return;
        }
        if self.continues(row, cells) {
            self.append(row, cells, report);
            return;
        }
        let mut given = BTreeMap::new();
        for column in &self.sheet.columns {
            let cell = cells.get(column.at).cloned().unwrap_or_default();
            let one = Given { text: cell.text.clone(), row, column: column.at };
            if usable(self.sheet, &cell, &one, report) {
                given.insert(column.key.clone(), one);
            }
        }
        self.references(&mut given, report);
        if !self.sheet.exact {
            self.domain(row, first, &mut given, report);
        }
        self.records.push(Record { sheet: self.sheet, row, cells: given });
    }

    /// Takes a row with one cell for a section or a remark; false where it may be a service.
    fn section(&mut self, row: usize, column: usize, cell: &Cell, report: &mut Report) -> bool {
        let sheet = self.sheet;
        let around = match &self.domain {
            Section::Domain(id, _) => Some(id.as_str()),
            _ => None,
        };
        let given = Given { text: cell.text.clone(), row, column };
        let nearest = match self.names.domain(&cell.text, around) {
            Ok(id) => {
                self.domain = Section::Domain(id, (row, column));
                return true;
            }
            Err(nearest) => nearest,
        };
        if is_remark(cell) {
            self.skip(&given, report);
            return true;
        }
        if !is_section(cell) {
            return false;
        }
        self.domain = Section::Unknown;
        let shown = beginning(&cell.text);
        let reason = msg!("没有叫“{shown}”的领域", "no domain is called `{shown}`");
        let hint = match nearest {
            Some(near) => msg!(
                "最接近的是“{near}”；领域列在 domains.yaml，--add-groups 会添加",
                "the nearest is `{near}`; domains stand in domains.yaml, and --add-groups adds to them"
            ),
            None => msg!(
                "请改正这一行，或在 domains.yaml 中添加它（--add-groups 会添加）",
                "correct the row, or add it to domains.yaml (--add-groups does)"
            ),
        };
        report.push(Diagnostic::warning("import-section", sheet.span(&given), sheet.about(&given, reason)).hint(hint));
        true
    }

    /// Says that a row is about the list, not a service.
    fn skip(&self, given: &Given, report: &mut Report) {
        let shown = beginning(&given.text);
        let reason = msg!("这一行没有读取：“{shown}”", "the row is not read: `{shown}`");
        let (span, message) = (self.sheet.span(given), self.sheet.about(given, reason));
        report.push(Diagnostic::warning("import-remark", span, message));
    }

    /// Whether a row goes on with the service of the row above: their name is one merged cell, or their number is and
    /// the row has no name.
    fn continues(&self, row: usize, cells: &[Cell]) -> bool {
        let cell = |key: &str| self.sheet.column(key).and_then(|column| cells.get(column.at));
        let above = self.records.last().map(|record| record.row);
        let is_below = |cell: &Cell| cell.merged.is_some_and(|(from, _)| from < row && Some(from) == above);
        let name = cell("name");
        let nameless = name.is_none_or(|cell| cell.text.is_empty());
        !self.sheet.exact && (name.is_some_and(is_below) || nameless && cell("number").is_some_and(is_below))
    }

    /// Adds the cells of a row to the service above.
    fn append(&mut self, row: usize, cells: &[Cell], report: &mut Report) {
        let sheet = self.sheet;
        for column in &sheet.columns {
            let Some(cell) = cells.get(column.at).filter(|cell| !cell.text.is_empty()) else { continue };
            let one = Given { text: cell.text.clone(), row, column: column.at };
            if cell.merged.is_some_and(|(from, _)| from < row) || !usable(sheet, cell, &one, report) {
                continue;
            }
            let mut added = BTreeMap::from([(column.key.clone(), one)]);
            self.references(&mut added, report);
            let Some(text) = added.remove(&column.key).map(|given| given.text) else { continue };
            let mark = if is_reference(&column.key).is_some() { ";" } else { "\n" };
            if let Some(given) = self.records.last_mut().and_then(|record| record.cells.get_mut(&column.key)) {
                let known = given.text.split(mark).any(|part| part == text);
                if given.text.is_empty() {
                    given.text = text;
                } else if !known {
                    given.text.push_str(mark);
                    given.text.push_str(&text);
                }
            }
        }
    }

    /// Turns the names of departments and the like into ids. A cell with a name that nobody has is not used.
    fn references(&self, given: &mut BTreeMap<String, Given>, report: &mut Report) {
        let keys: Vec<String> = given.keys().cloned().collect();
        for key in keys {
            let (Some((part, zh, en)), Some(cell)) = (is_reference(&key), given.get_mut(&key)) else { continue };
            if self.sheet.part != Part::Items && key != "departments" {
                continue;
            }
            match self.names.groups(part, &cell.text) {
                Found::Ids(ids) => cell.text = ids.join(";"),
                Found::Unknown(name, near) => {
                    let reason =
                        msg!("没有{zh}“{name}”，这一格不采用", "there is no {en} `{name}`; the cell is not used");
                    let file = format!("{}.yaml", part.name());
                    let hint = match near {
                        Some(near) => msg!(
                            "最接近的是“{near}”；也可在 {file} 中添加它，或把它写成别名",
                            "the nearest is `{near}`; or add it to {file}, perhaps as an alias"
                        ),
                        None => msg!(
                            "请在 {file} 中添加它，或把它写成某个部门的别名",
                            "add it to {file}, or make it an alias of one that is there"
                        ),
                    };
                    let message = self.sheet.about(cell, reason);
                    report.push(Diagnostic::warning("import-name", self.sheet.span(cell), message).hint(hint));
                    given.remove(&key);
                }
            }
        }
    }

    /// The domain of a service: by its own cell, else by the last section row.
    fn domain(&mut self, row: usize, first: usize, given: &mut BTreeMap<String, Given>, report: &mut Report) {
        let sheet = self.sheet;
        let put = |id: String, (row, column): (usize, usize), given: &mut BTreeMap<String, Given>| {
            given.insert("domain".to_owned(), Given { text: id, row, column });
        };
        if let Some(cell) = given.remove(DOMAIN_TEXT).filter(|cell| !cell.text.is_empty()) {
            match self.names.domain(&cell.text, None) {
                Ok(id) => self.domain = Section::Domain(id, (cell.row, cell.column)),
                Err(near) => {
                    self.domain = Section::Unknown;
                    let name = &cell.text;
                    let reason = msg!("没有叫“{name}”的领域", "no domain is called `{name}`");
                    let hint = near.map(|near| msg!("最接近的是“{near}”", "the nearest is `{near}`"));
                    let message = sheet.about(&cell, reason);
                    report.push(Diagnostic::warning("import-section", sheet.span(&cell), message).maybe_hint(hint));
                }
            }
        }
        match (&self.domain, self.names.only_domain()) {
            _ if given.get("domain").is_some_and(|cell| !cell.text.is_empty()) => {}
            (Section::Domain(id, at), _) => put(id.clone(), *at, given),
            (Section::None, Some(only)) => put(only.to_owned(), (row, first), given),
            _ => {}
        }
    }
}

/// The cells of a row with something in them, and their columns.
fn filled(cells: &[Cell]) -> impl Iterator<Item = (usize, &Cell)> {
    cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty() || cell.doubt.is_some())
}

/// Whether a row of somebody's list has one cell, or one that is merged over the row.
fn is_lone(sheet: &Sheet<'_>, row: usize) -> bool {
    let cells = sheet.table.rows.get(row).map_or(&[][..], Vec::as_slice);
    let mut origins = filled(cells).map(|(at, cell)| cell.merged.unwrap_or((row, at)));
    let first = origins.next();
    !sheet.exact && sheet.columns.len() > 1 && first.is_some() && origins.all(|other| Some(other) == first)
}

/// The headings of a page after the first, or a second row of merged ones.
fn repeats_headings(sheet: &Sheet<'_>, cells: &[Cell]) -> bool {
    let columns = &sheet.columns;
    let same = columns.iter().filter(|c| cells.get(c.at).is_some_and(|cell| unbroken(&cell.text) == c.heading)).count();
    same >= 2 && same * 2 >= columns.len()
}

/// Whether a lone cell says something about the list.
fn is_remark(cell: &Cell) -> bool {
    REMARKS.iter().any(|word| cell.text.starts_with(word))
}

/// Whether a lone cell can be the heading of a section.
fn is_section(cell: &Cell) -> bool {
    cell.merged.is_some() || is_numbered(&cell.text)
}

/// The heading of a section, where a row is one.
pub(super) fn section_heading<'t>(sheet: &Sheet<'t>, row: usize) -> Option<&'t Cell> {
    let (_, cell) = filled(sheet.table.rows.get(row)?).next()?;
    (is_lone(sheet, row) && is_section(cell) && !is_remark(cell)).then_some(cell)
}

/// Whether a row is no service: a section, a remark, sums, or headings again.
pub(super) fn is_about_the_list(sheet: &Sheet<'_>, row: usize) -> bool {
    let cells = sheet.table.rows.get(row).map_or(&[][..], Vec::as_slice);
    let first = filled(cells).next();
    first.is_none_or(|(_, cell)| is_lone(sheet, row) || is_sum(&cell.text)) || repeats_headings(sheet, cells)
}

/// The beginning of a cell, as messages show it.
fn beginning(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Whether a cell begins a row of sums: the word alone, or with a number after it.
fn is_sum(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let rest = SUMS.iter().find_map(|word| bare.strip_prefix(word));
    rest.is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphabetic()))
}

/// The part that a column refers to, and what its members are called.
fn is_reference(key: &str) -> Option<(Part, &'static str, &'static str)> {
    match key {
        "departments" => Some((Part::Departments, "部门", "department")),
        "audiences" => Some((Part::Audiences, "服务对象", "audience")),
        "life_events" => Some((Part::LifeEvents, "人生事件", "life event")),
        _ => None,
    }
}

/// Whether a cell can be used; what is doubtful about it is reported either way.
fn usable(sheet: &Sheet<'_>, cell: &Cell, given: &Given, report: &mut Report) -> bool {
    let mut doubtful = |reason: Message, hint: Message| {
        let message = sheet.about(given, reason);
        report.push(Diagnostic::warning("import-cell", sheet.span(given), message).hint(hint));
    };
    let text = &cell.text;
    let as_text = || {
        msg!(
            "请核对；最好把单元格设为“文本”，写成看到的样子",
            "compare it; best make the cell “text” and write what is seen"
        )
    };
    match &cell.doubt {
        None => {}
        Some(Doubt::Number(format)) => {
            doubtful(
                msg!(
                    "这是按格式“{format}”显示的数字，读作“{text}”",
                    "a number that is shown by the format `{format}`; it is read as `{text}`"
                ),
                as_text(),
            );
        }
        Some(Doubt::Date) => {
            doubtful(msg!("这是日期或时间，读作“{text}”", "a date or time; it is read as `{text}`"), as_text());
        }
        Some(Doubt::Formula) => {
            doubtful(
                msg!(
                    "公式没有保存结果，这一格不采用",
                    "a formula whose result is not in the file; the cell is not used"
                ),
                msg!("请在表格软件中打开并保存一次", "open the file in a spreadsheet program and save it"),
            );
            return false;
        }
        Some(Doubt::Fault) => {
            doubtful(
                msg!("公式出错（{text}），这一格不采用", "a formula with an error ({text}); the cell is not used"),
                as_text(),
            );
            return false;
        }
    }
    match text.chars().find(|c| is_hidden(*c)) {
        None => true,
        Some(c) => {
            let code = format!("U+{:04X}", u32::from(c));
            doubtful(
                msg!(
                    "有看不见的控制字符 {code}，这一格不采用",
                    "a control character that is not seen, {code}; the cell is not used"
                ),
                msg!("请删去它，或重新输入这一格", "delete it, or type the cell anew"),
            );
            false
        }
    }
}

/// Control characters, and those that turn the direction of what follows.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
