//! Records and the things they are about: which are new, which differ, and in what.
//!
//! Lives here: finding the service or department of a row, and the values that would have to be written. A cell is compared
//! with what `export` would write today, so that a table that comes back untouched changes nothing. Never here: files.

use super::headings::{PARTS, Sheet};
use super::known::Known;
use super::layout::{self, Kind, Owner, Slot};
use super::names::{Names, squeezed};
use super::place::Place;
use super::values::value;
use super::{Given, Record, values};
use crate::amend::{Step, Value};
use crate::data::{Part, parts};
use crate::diag::{Diagnostic, Message, Report};
use crate::markdown;
use crate::model::{Catalogue, FieldKind, Item};
use crate::raw::values::is_id;
use crate::{msg, slug};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A value to be written, and the cell that says so.
#[derive(Debug)]
pub(super) struct Set<'s> {
    /// The file.
    pub(super) file: String,
    /// The place in it.
    pub(super) path: Vec<Step>,
    /// What is to stand there; none where nothing is.
    pub(super) value: Option<Value>,
    /// The column.
    pub(super) column: String,
    /// Its table.
    pub(super) sheet: &'s Sheet<'s>,
    /// Its cell.
    pub(super) given: Given,
}

/// A thing that rows are about.
#[derive(Debug)]
pub(super) struct Entry<'s> {
    /// What it is part of.
    pub(super) part: Part,
    /// Its id or number.
    pub(super) key: String,
    /// Its name.
    pub(super) name: String,
    /// Whether the content has it.
    pub(super) exists: bool,
    /// What differs from the content.
    pub(super) sets: Vec<Set<'s>>,
}

/// Where rows and the content are laid side by side.
pub(super) struct Desk<'s, 'd> {
    /// What the content means today.
    pub(super) catalogue: &'d Catalogue,
    /// Who is called what.
    pub(super) names: &'d Names,
    /// Where faults go.
    pub(super) report: &'d mut Report,
    slugs: BTreeSet<String>,
    /// The items of the content by their squeezed name, in their order.
    by_name: HashMap<String, Vec<&'d Item>>,
    seen: BTreeMap<(&'static str, String), Given>,
    areas: BTreeSet<String>,
    there: BTreeSet<(&'static str, String)>,
    /// What came of it.
    pub(super) entries: Vec<Entry<'s>>,
}

impl<'s, 'd> Desk<'s, 'd> {
    pub(super) fn new(catalogue: &'d Catalogue, names: &'d Names, report: &'d mut Report) -> Self {
        let former =
            |item: &crate::model::Item| item.former_slugs.iter().map(|slug| slug.value.to_string()).collect::<Vec<_>>();
        let slugs = catalogue.items.iter().flat_map(|item| std::iter::once(item.slug.clone()).chain(former(item)));
        let mut by_name: HashMap<String, Vec<&Item>> = HashMap::new();
        for item in &catalogue.items {
            if let Some(name) = item.name(catalogue) {
                by_name.entry(squeezed(&name.source.value)).or_default().push(item);
            }
        }
        Self {
            catalogue,
            names,
            report,
            by_name,
            slugs: slugs.collect(),
            seen: BTreeMap::new(),
            areas: BTreeSet::new(),
            there: BTreeSet::new(),
            entries: Vec::new(),
        }
    }

    /// How many things of these parts the content has that no row is about.
    pub(super) fn absent(&self) -> usize {
        self.there.iter().filter(|key| !self.seen.contains_key(key)).count()
    }

    /// Takes in the rows of a sheet.
    pub(super) fn enter(&mut self, records: &'s [Record<'s>]) {
        let Some(first) = records.first() else { return };
        let part = first.sheet.part;
        let known = Known::new(self.catalogue, part);
        let slots = layout::slots(self.catalogue, part);
        // What the table says is what the slugs of its other rows may not be.
        self.slugs.extend(records.iter().map(|record| record.text("slug").to_owned()));
        let mut at = 0;
        while let Some(record) = records.get(at) {
            // The points of an indicator are rows one after another.
            let same = |other: &&Record<'_>| other.text("id") == record.text("id");
            let count = match part {
                Part::Indicators => records[at..].iter().take_while(same).count(),
                _ => 1,
            };
            let rows = &records[at..at + count];
            at += count;
            if let Some(key) = self.key(part, record, &known) {
                self.thing(rows, key, &known, &slots);
            }
        }
        self.there.extend(known.rows.into_keys().map(|key| (part.name(), key)));
    }

    /// Reports that a row cannot be read, at one of its cells.
    pub(super) fn fault(&mut self, code: &'static str, record: &Record<'_>, key: &str, reason: Message, hint: Message) {
        let sheet = record.sheet;
        let (message, span) = match record.cells.get(key) {
            Some(given) => (sheet.about(given, reason), sheet.span(given)),
            None => (sheet.about_row(record.row, reason), sheet.table.row_span(record.row)),
        };
        self.report.push(Diagnostic::error(code, span, message).hint(hint));
    }

    fn nameless(&mut self, record: &Record<'_>, column: &str, reason: Message) {
        self.fault("import-no-name", record, column, reason, msg!("请填写名称", "fill in the name"));
    }

    /// The key of the thing that a row is about: a new one where it is none that is there.
    fn key(&mut self, part: Part, record: &Record<'_>, known: &Known) -> Option<String> {
        let column = PARTS.iter().find(|(other, _)| *other == part).map_or("id", |(_, key)| *key);
        let written = record.text(column).to_owned();
        let key = match part {
            Part::Items if written.is_empty() => self.item_like(record),
            Part::Tasks | Part::Division => values::number(&written).ok().map(|number| number.to_string()),
            _ => is_id(&written).then_some(written.clone()),
        };
        let Some(key) = key else {
            if part == Part::Items && written.is_empty() {
                self.nameless(
                    record,
                    "name",
                    msg!("这一行没有名称，无法读取", "the row has no name and cannot be read"),
                );
                return None;
            }
            let reason = msg!(
                "“{written}”不能用作 {column}，这一行无法读取",
                "`{written}` cannot be a {column}; the row cannot be read"
            );
            let hint = msg!(
                "标识只用小写英文字母、数字和连字符；序号只写数字",
                "ids consist of lower-case letters, digits and hyphens; numbers of digits"
            );
            self.fault("import-key", record, column, reason, hint);
            return None;
        };
        let place = record.cells.get(column).cloned();
        let place = place.unwrap_or(Given { text: String::new(), row: record.row, column: 0 });
        if let Some(first) = self.seen.insert((part.name(), key.clone()), place) {
            let (row, known) = (first.row + 1, known.rows.contains_key(&key));
            let reason = msg!("与第 {row} 行说的是同一项（{key}）", "it is about the same as row {row} ({key})");
            let hint = match known {
                true => msg!("请合并或删去其中一行", "join the rows, or delete one"),
                false => msg!("请给其中一行另写一个标识", "give one of them another id"),
            };
            self.fault("import-twice", record, column, reason, hint);
            return None;
        }
        Some(key)
    }

    /// The slug of the item with this number and name, or with this name; a fresh one where there is none.
    fn item_like(&mut self, record: &Record<'_>) -> Option<String> {
        let name = squeezed(record.text("name"));
        let number = values::number(record.text("number")).ok();
        let numbered = |item: &&&Item| number.is_some() && item.number.as_ref().map(|n| n.value) == number;
        let alike = self.by_name.get(&name).map_or(&[][..], Vec::as_slice);
        let found = alike.iter().find(numbered).or_else(|| alike.first());
        match found {
            _ if name.is_empty() => None,
            Some(item) => Some(item.slug.clone()),
            None => {
                let number = number.map(|n| n.to_string()).unwrap_or_default();
                Some(slug::of_item(record.text("name"), &number, &mut self.slugs))
            }
        }
    }

    fn thing(&mut self, rows: &'s [Record<'s>], key: String, known: &Known, slots: &[Slot]) {
        let Some(record) = rows.first() else { return };
        let part = record.sheet.part;
        let existing = known.rows.get(&key);
        let own = existing.and_then(|rows| rows.first());
        let title = match part {
            Part::Tasks => "title",
            Part::Division => "task",
            _ => "name",
        };
        let name =
            Some(record.text(title)).filter(|name| !name.is_empty()).unwrap_or(known.cell(own, title)).to_owned();
        if name.is_empty() {
            self.nameless(record, title, msg!("新的一项（{key}）没有名称", "it is new ({key}) and has no name"));
            return;
        }
        self.unread(record, own, known);
        let Some(place) = self.place(record, &key, own, known) else { return };
        let mut sets = Vec::new();
        for slot in slots {
            // An area stands in the rows of all its tasks; its first row speaks for it.
            let again = slot.owner == Owner::Area && self.areas.contains(record.text("area"));
            if let (false, Some(set)) = (again, self.set(record, slot, own, known, &place)) {
                sets.push(set);
            }
        }
        if part == Part::Tasks {
            self.areas.insert(record.text("area").to_owned());
        }
        if part == Part::Indicators {
            self.points(rows, existing, known, &place, &mut sets);
        }
        with_status(record, own, known, &place, slots, &mut sets);
        self.approved(own, known, &sets);
        self.entries.push(Entry { part, key, name, exists: existing.is_some(), sets });
    }

    /// What a cell changes; none where it says what is there, or nothing that can be used.
    fn set(
        &mut self,
        record: &'s Record<'s>,
        slot: &Slot,
        own: Option<&Vec<String>>,
        known: &Known,
        place: &Place,
    ) -> Option<Set<'s>> {
        let sheet = record.sheet;
        let given = record.cells.get(&slot.column)?;
        if self.other_text(record, slot, given) {
            return None;
        }
        let there = known.cell(own, &slot.column);
        let equal = match slot.kind {
            Kind::Words | Kind::Numbers | Kind::Amounts | Kind::Fingerprints => parts(&given.text) == parts(there),
            Kind::Number => values::number(&given.text).is_ok_and(|number| number.to_string() == there),
            _ => false,
        };
        if equal || same(&given.text, there) || (given.text.is_empty() && !sheet.exact) {
            return None;
        }
        let value =
            match value(slot.kind, &given.text, self.catalogue) {
                Ok(value) => value,
                Err(reason) => {
                    let message = sheet.about(given, reason);
                    self.report.push(Diagnostic::warning("import-value", sheet.span(given), message).hint(msg!(
                        "这一格不采用，请改正后再导入",
                        "the cell is not used; correct it and import again"
                    )));
                    return None;
                }
            };
        if value == Some(Value::Text(there.to_owned())) {
            return None;
        }
        Some(Set {
            file: place.file(slot.tag.as_deref()),
            path: place.path(slot),
            value,
            column: slot.column.clone(),
            sheet,
            given: given.clone(),
        })
    }

    /// Whether a cell is passed over since the same text stands in another column of the row: Markdown comes twice.
    fn other_text(&mut self, record: &Record<'_>, slot: &Slot, given: &Given) -> bool {
        let (id, tag) = slot.column.split_once('@').map_or((slot.column.as_str(), ""), |(id, tag)| (id, tag));
        let named = |id: &str| if tag.is_empty() { id.to_owned() } else { format!("{id}@{tag}") };
        if let Some(id) = id.strip_suffix(".markdown") {
            return given.text.is_empty() && !record.text(&named(id)).is_empty();
        }
        if slot.kind != Kind::Cell(FieldKind::Markdown) {
            return false;
        }
        let column = named(&format!("{id}.markdown"));
        let written = record.text(&column);
        if written.is_empty() {
            return false;
        }
        if !same(&markdown::plain(written), &given.text) {
            let sheet = record.sheet;
            let reason = msg!(
                "它与 {column} 一列不一致；采用的是 {column}",
                "it differs from the column `{column}`, which is the one that counts"
            );
            let message = sheet.about(given, reason);
            let hint = msg!("请修改 {column}，或清空它", "change `{column}`, or empty it");
            self.report.push(Diagnostic::warning("import-two-texts", sheet.span(given), message).hint(hint));
        }
        true
    }

    /// The points of an indicator, which are a list in its file.
    fn points(
        &mut self,
        rows: &'s [Record<'s>],
        existing: Option<&Vec<Vec<String>>>,
        known: &Known,
        place: &Place,
        sets: &mut Vec<Set<'s>>,
    ) {
        const COLUMNS: [&str; 4] = ["year", "since", "value", "kind"];
        let Some(first) = rows.first().filter(|row| COLUMNS.iter().all(|key| row.cells.contains_key(*key))) else {
            return;
        };
        let told = rows.iter().map(|row| COLUMNS.map(|key| row.text(key)));
        let there = existing.into_iter().flatten().map(|row| COLUMNS.map(|key| known.cell(Some(row), key)));
        if told.eq(there) {
            return;
        }
        let mut points = Vec::new();
        for row in rows {
            let mut point = Vec::new();
            for key in COLUMNS {
                let cell = row.text(key);
                let value = match (key, values::number(cell)) {
                    _ if cell.is_empty() => continue,
                    ("year" | "since", Ok(number)) => Value::Number(number),
                    _ => Value::Text(cell.to_owned()),
                };
                point.push((key.to_owned(), value));
            }
            points.push(Value::Map(point));
        }
        let Some(given) = first.cells.get("year") else { return };
        let path = place.base.iter().cloned().chain([Step::key("points")]).collect();
        let (value, column) = (Some(Value::List(points)), "year".to_owned());
        let set = Set { file: place.file(None), path, value, column, sheet: first.sheet, given: given.clone() };
        let after = sets.iter().position(|set| set.column == "key" || set.column.contains('@'));
        sets.insert(after.unwrap_or(sets.len()), set);
    }
}

/// Adds the status of translations that have none: nobody has looked at them.
fn with_status<'s>(
    record: &'s Record<'s>,
    own: Option<&Vec<String>>,
    known: &Known,
    place: &Place,
    slots: &[Slot],
    sets: &mut Vec<Set<'s>>,
) {
    for slot in slots.iter().filter(|slot| slot.column.contains("translation.status@")) {
        let file = place.file(slot.tag.as_deref());
        let path = place.path(slot);
        let entry = &path[..path.len() - 1];
        let first = sets.iter().position(|set| set.file == file && set.path.starts_with(entry) && set.value.is_some());
        let told = !known.cell(own, &slot.column).is_empty() || !record.text(&slot.column).is_empty();
        if let (Some(at), false) = (first, told) {
            let value = Some(Value::Text("draft".to_owned()));
            let Set { sheet, given, .. } = &sets[at];
            let (sheet, given) = (*sheet, given.clone());
            sets.insert(at, Set { file, path, value, column: slot.column.clone(), sheet, given });
        }
    }
}

/// Whether two cells say the same: white space around them and kinds of line ends aside.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.trim() == b.trim() || a.replace("\r\n", "\n").trim() == b.replace("\r\n", "\n").trim()
}
