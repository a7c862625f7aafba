//! What the columns of a table are: the tables of `export` by their keys, anybody's list by its headings.
//!
//! Lives here: finding the row of headings, and the key that each column stands for. Keys are those of exported tables,
//! and [`DOMAIN_TEXT`]. Never here: what stands below the headings.

use super::table::Table;
use super::usual::{self, About};
use super::{Given, Options};
use crate::data::{self, Part};
use crate::diag::{Diagnostic, Message, Report, Span, closest};
use crate::lang::LangId;
use crate::model::{Catalogue, FieldId};
use crate::msg;
use unicode_normalization::UnicodeNormalization as _;

/// The column of a list that has the names of domains.
pub(super) const DOMAIN_TEXT: &str = "domain_text";
/// A column that `--map` leaves out.
const NOTHING: &str = "-";
/// How many rows are looked at for headings: what stands before them is the list's title, its date, its makers.
const SAMPLE: usize = 20;

/// The parts that are tables, and the column that tells a row from the others.
pub(super) const PARTS: [(Part, &str); 8] = [
    (Part::Domains, "id"),
    (Part::Departments, "id"),
    (Part::Audiences, "id"),
    (Part::LifeEvents, "id"),
    (Part::Items, "slug"),
    (Part::Tasks, "number"),
    (Part::Division, "number"),
    (Part::Indicators, "id"),
];

/// A column that is read.
#[derive(Debug)]
pub(super) struct Column {
    /// Its place.
    pub(super) at: usize,
    /// What it is.
    pub(super) key: String,
    /// What stands above it.
    pub(super) heading: String,
}

/// A table whose columns are known.
#[derive(Debug)]
pub(super) struct Sheet<'t> {
    /// The table.
    pub(super) table: &'t Table,
    /// What part of the catalogue it has.
    pub(super) part: Part,
    /// Whether it is as `export` writes it: then its cells are ids, and an empty one means that there is nothing.
    pub(super) exact: bool,
    /// The row of headings.
    pub(super) row: usize,
    /// The columns that are read.
    pub(super) columns: Vec<Column>,
}

impl Sheet<'_> {
    /// The place of a cell in words, and what is said about it.
    pub(super) fn about(&self, given: &Given, reason: Message) -> Message {
        let Given { row, column, .. } = *given;
        let heading = self.columns.iter().find(|known| known.at == column).map_or("", |known| known.heading.as_str());
        let place = self.table.words(row, column, heading);
        Message::new(format!("{}：{}", place.zh, reason.zh), format!("{}: {}", place.en, reason.en))
    }

    /// A row in words, and what is said about it.
    pub(super) fn about_row(&self, row: usize, reason: Message) -> Message {
        let place = self.table.row_words(row);
        Message::new(format!("{}：{}", place.zh, reason.zh), format!("{}: {}", place.en, reason.en))
    }

    /// The place of a cell.
    pub(super) fn span(&self, given: &Given) -> Span {
        self.table.span(given.row, given.column)
    }

    /// The column with this key.
    pub(super) fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.key == key)
    }
}

/// A heading as it is compared: without white space, brackets with what is in them, and punctuation; in lower case, its
/// full-width letters as ASCII.
pub(super) fn bare(heading: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in heading.nfkc().flat_map(char::to_lowercase) {
        match c {
            '(' | '[' | '〔' | '【' => depth += 1,
            ')' | ']' | '〕' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 && c.is_alphanumeric() || ('\u{1800}'..='\u{18af}').contains(&c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// Finds out what the columns of a table are. None where it is no table of the catalogue, which is then in the report.
pub(super) fn sheet<'t>(
    table: &'t Table,
    catalogue: &Catalogue,
    options: &Options<'_>,
    report: &mut Report,
) -> Option<Sheet<'t>> {
    if let Some((part, row)) = exported(table, catalogue, options, report)? {
        let head = head(catalogue, part);
        let matched = match_keys(&headings(table, row), &head, options);
        return Some(assemble(table, (part, true), row, matched, &head, report));
    }
    let words = Words::new(catalogue, options);
    let rows = table.rows.len().min(SAMPLE);
    let counted =
        (0..rows).map(|row| words.match_all(&headings(table, row)).iter().filter(|m| m.key.is_some()).count());
    // The first of equals.
    let best = counted.enumerate().max_by_key(|(row, count)| (*count, rows - row));
    let row = best.filter(|(_, count)| *count > 0).map(|(row, _)| row);
    let Some(row) = row else {
        report.push(no_heading(table, catalogue, &words));
        return None;
    };
    let matched = words.match_all(&headings(table, row));
    let near: Vec<String> = words.known.iter().map(|(label, _)| label.clone()).collect();
    let sheet = assemble(table, (Part::Items, false), row, matched, &near, report);
    required(&sheet, catalogue, report).then_some(sheet)
}

/// The keys of a part's columns.
pub(super) fn head(catalogue: &Catalogue, part: Part) -> Vec<String> {
    data::table(catalogue, part).map(|table| table.head).unwrap_or_default()
}

/// The part that a table of `export` has, and its row of headings; the outer none for one that might be several.
#[allow(clippy::option_option, reason = "neither is the other's fault")]
fn exported(
    table: &Table,
    catalogue: &Catalogue,
    options: &Options<'_>,
    report: &mut Report,
) -> Option<Option<(Part, usize)>> {
    let Some(row) = table.rows.iter().position(|cells| cells.iter().any(|cell| !cell.text.is_empty())) else {
        return Some(None);
    };
    let headings = headings(table, row);
    let fits = |(part, key): &(Part, &str)| {
        let head = head(catalogue, *part);
        let matched = headings.iter().filter(|(_, text)| head.contains(text)).count();
        let has_key = headings.iter().any(|(_, text)| text == key);
        // A column or two may have been added; a list that happens to use an id or two as headings is no export.
        (has_key && matched >= 2 && matched * 5 >= headings.len() * 4).then_some((*part, matched))
    };
    let found: Vec<(Part, usize)> = PARTS.iter().filter_map(fits).collect();
    let named = |part: &Part| {
        let name = bare(table.sheet.as_deref().unwrap_or(&table.stem));
        let titles = options.titles.iter().filter(|(other, _)| other == part).map(|(_, title)| bare(title));
        // A sheet's name has room for 31 characters.
        bare(part.name()) == name || titles.into_iter().any(|title| !name.is_empty() && title.starts_with(&name))
    };
    let most = found.iter().map(|(_, matched)| *matched).max();
    let best: Vec<Part> = found.iter().filter(|(_, n)| Some(*n) == most).map(|(part, _)| *part).collect();
    match best.as_slice() {
        [] => Some(None),
        [part] => Some(Some((*part, row))),
        several => match several.iter().find(|part| named(part)) {
            Some(part) => Some(Some((*part, row))),
            None => {
                let names: Vec<&str> = several.iter().map(|part| part.name()).collect();
                let (zh, en) = (names.join("、"), names.join(", "));
                let message = msg!("看不出这张表是哪一种：{zh}", "this table may be any of these: {en}");
                let hint = msg!("请用其中一个名称命名文件或工作表", "name the file or sheet by one of these names");
                report.push(Diagnostic::error("import-which-table", table.row_span(row), message).hint(hint));
                None
            }
        },
    }
}

/// A heading on one line: narrow columns break it anywhere.
pub(super) fn unbroken(heading: &str) -> String {
    heading.replace('\n', "")
}

/// The places and texts of a row's filled cells. A merged heading counts once.
fn headings(table: &Table, row: usize) -> Vec<(usize, String)> {
    let cells = table.rows.get(row).map_or(&[][..], Vec::as_slice);
    let filled = cells
        .iter()
        .enumerate()
        .filter(|(at, cell)| !cell.text.is_empty() && cell.merged.is_none_or(|(_, first)| first == *at));
    filled.map(|(at, cell)| (at, unbroken(&cell.text))).collect()
}

/// A heading and what it was taken for.
struct Match {
    at: usize,
    heading: String,
    key: Option<String>,
    /// Whether somebody asked for the column to be left out.
    left_out: bool,
    /// Whether it is only what such a heading usually means.
    guessed: bool,
}

impl Match {
    fn new((at, heading): &(usize, String), key: Option<String>, guessed: bool) -> Self {
        let left_out = key.as_deref() == Some(NOTHING);
        Self { at: *at, heading: heading.clone(), key: key.filter(|_| !left_out), left_out, guessed }
    }
}

fn mapped(heading: &str, options: &Options<'_>) -> Option<String> {
    let mut rules = options.map.iter();
    rules.find(|(from, _)| from == heading || bare(from) == bare(heading)).map(|(_, to)| to.clone())
}

/// Keys as they are.
fn match_keys(headings: &[(usize, String)], head: &[String], options: &Options<'_>) -> Vec<Match> {
    let key = |text: &String| mapped(text, options).or_else(|| head.contains(text).then(|| text.clone()));
    headings.iter().map(|heading| Match::new(heading, key(&heading.1), false)).collect()
}

/// The words by which the columns of anybody's list are known.
struct Words<'o> {
    options: &'o Options<'o>,
    /// The catalogue's own words and their keys.
    known: Vec<(String, String)>,
    /// The column with a role, where there is but one.
    roles: Vec<(crate::model::Role, Option<String>)>,
}

impl<'o> Words<'o> {
    fn new(catalogue: &Catalogue, options: &'o Options<'o>) -> Self {
        let mut known = Vec::new();
        let key = |id: &str, lang: LangId| {
            if lang == LangId::SOURCE { id.to_owned() } else { format!("{id}@{}", catalogue.lang(lang).tag) }
        };
        let every = |text: &crate::model::Text, id: &str, known: &mut Vec<(String, String)>| {
            known.push((text.source.value.to_string(), id.to_owned()));
            for (lang, _) in catalogue.lang_ids().filter(|(lang, _)| *lang != LangId::SOURCE) {
                if let Some(label) = text.translation(lang) {
                    known.push((label.value.value.to_string(), key(id, lang)));
                }
            }
        };
        for (FieldId(_), field) in catalogue.field_ids() {
            every(&field.label, &field.id.value, &mut known);
        }
        known.push((catalogue.departments_column.label.source.value.to_string(), "departments".to_owned()));
        known.extend(head(catalogue, Part::Items).into_iter().map(|key| (key.clone(), key)));
        known.push((DOMAIN_TEXT.to_owned(), DOMAIN_TEXT.to_owned()));
        known.retain(|(label, _)| !label.is_empty());
        let with = |role| catalogue.fields.iter().filter(move |field| field.role == role);
        let only = |role| {
            let mut fields = with(role);
            fields.next().filter(|_| fields.next().is_none()).map(|field| field.id.value.to_string())
        };
        let roles = catalogue.fields.iter().map(|field| (field.role, only(field.role))).collect();
        Self { options, known, roles }
    }

    fn own(&self, heading: &str) -> Option<String> {
        let given = bare(heading);
        let mut known = self.known.iter();
        known
            .find(|(label, _)| label == heading || (!given.is_empty() && bare(label) == given))
            .map(|(_, key)| key.clone())
    }

    fn usual(&self, heading: &str) -> Option<String> {
        match usual::about(&bare(heading))? {
            About::Number => Some("number".to_owned()),
            About::Domain => Some(DOMAIN_TEXT.to_owned()),
            About::Departments => Some("departments".to_owned()),
            About::Cell(role) => self.roles.iter().find(|(other, _)| *other == role).and_then(|(_, key)| key.clone()),
        }
    }

    /// What the headings of a row are.
    fn match_all(&self, headings: &[(usize, String)]) -> Vec<Match> {
        let one = |heading: &(usize, String)| match mapped(&heading.1, self.options).or_else(|| self.own(&heading.1)) {
            Some(key) => Match::new(heading, Some(key), false),
            None => Match::new(heading, self.usual(&heading.1), true),
        };
        headings.iter().map(one).collect()
    }
}

/// The sheet of these matches; headings that are not known, or known already, are reported.
fn assemble<'t>(
    table: &'t Table,
    (part, exact): (Part, bool),
    row: usize,
    mut matched: Vec<Match>,
    near: &[String],
    report: &mut Report,
) -> Sheet<'t> {
    let mut columns: Vec<Column> = Vec::new();
    // What the catalogue calls so itself comes before what is merely usual.
    matched.sort_by_key(|found| found.guessed);
    for Match { at, heading, key, left_out, guessed: _ } in matched {
        let place = table.words(row, at, "");
        let Message { zh, en } = &place;
        match key {
            _ if left_out => {}
            Some(key) if columns.iter().any(|column| column.key == key) => {
                let message = msg!(
                    "{zh}：标题“{heading}”与另一列同属“{key}”，这一列不会读取",
                    "{en}: the heading `{heading}` stands for `{key}` as another does; the column is not read"
                );
                report.push(Diagnostic::warning("import-heading-twice", table.span(row, at), message).hint(msg!(
                    "可用 --map '{heading}=列的标识' 指定，或用 --map '{heading}=-' 略去",
                    "say which it is by `--map '{heading}=FIELD'`, or leave it out by `--map '{heading}=-'`"
                )));
            }
            Some(key) => columns.push(Column { at, key, heading }),
            None => {
                let message = msg!(
                    "{zh}：不认识标题“{heading}”，这一列不会读取",
                    "{en}: unknown heading `{heading}`; the column is not read"
                );
                let hint = match closest(&heading, near.iter().map(String::as_str)) {
                    Some(near) => msg!(
                        "最接近的是“{near}”；可用 --map '{heading}=列的标识' 指定",
                        "the nearest is `{near}`; say which it is by `--map '{heading}=FIELD'`"
                    ),
                    None => msg!(
                        "可用 --map '{heading}=列的标识' 指定，或用 --map '{heading}=-' 略去",
                        "say which it is by `--map '{heading}=FIELD'`, or leave it out by `--map '{heading}=-'`"
                    ),
                };
                report.push(Diagnostic::warning("import-heading", table.span(row, at), message).hint(hint));
            }
        }
    }
    Sheet { table, part, exact, row, columns }
}

fn no_heading(table: &Table, catalogue: &Catalogue, words: &Words<'_>) -> Diagnostic {
    let row = table.rows.iter().position(|cells| !cells.is_empty()).unwrap_or(0);
    let message =
        msg!("前 {SAMPLE} 行里没有认得的标题行", "none of the first {SAMPLE} rows has headings that are known");
    let labels: Vec<&str> =
        words.known.iter().take(catalogue.fields.len() + 1).map(|(label, _)| label.as_str()).collect();
    let (zh, en) = (labels.join("、"), labels.join(", "));
    Diagnostic::error("import-no-heading", table.row_span(row), message).hint(msg!(
        "标题应是清单各列的名称，如：{zh}；也可用 --map '标题=列的标识' 指定",
        "headings are the names of the list's columns, such as: {en}; or say it by `--map 'HEADING=FIELD'`"
    ))
}

/// Whether a list has every column that an item cannot do without; those it lacks are reported.
fn required(sheet: &Sheet<'_>, catalogue: &Catalogue, report: &mut Report) -> bool {
    let title = catalogue.title_field();
    let needed = catalogue.field_ids().filter(|(id, field)| field.required || Some(*id) == title);
    let mut needed: Vec<(&str, &str)> =
        needed.map(|(_, field)| (field.id.value.as_str(), field.label.source.value.as_str())).collect();
    if catalogue.departments_column.required {
        needed.push(("departments", &catalogue.departments_column.label.source.value));
    }
    if catalogue.numbered {
        needed.push(("number", "序号"));
    }
    let with_markdown = |key: &str| sheet.column(key).is_some() || sheet.column(&format!("{key}.markdown")).is_some();
    let missing: Vec<_> = needed.into_iter().filter(|(key, _)| !with_markdown(key)).collect();
    for (key, label) in &missing {
        let Message { zh, en } = sheet.table.row_words(sheet.row);
        let message = msg!(
            "{zh}：标题行里缺少必填的“{label}”（{key}）",
            "{en}: the row of headings lacks `{key}` ({label}), which is required"
        );
        report.push(Diagnostic::error("import-missing-column", sheet.table.row_span(sheet.row), message).hint(msg!(
            "请补上这一列；标题写法不同时用 --map '标题={key}' 指定",
            "add the column; if its heading is another, say so by `--map 'HEADING={key}'`"
        )));
    }
    missing.is_empty()
}
