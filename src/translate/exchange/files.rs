//! The files that translations go into: new ones, and those that are there with all else kept.
//!
//! Lives here: which keys change, what becomes of a status, fingerprints beside what was translated. A text that is new or
//! changed makes its entry a draft again; only a person writes `reviewed`. Never here: which translations count, the disk.

use super::sort::{Fate, Taken};
use super::{ImportOptions, Slot, lists};
use crate::amend::{Edit, Normal, Planned, Step, Value, yaml};
use crate::diag::{Report, SourceFile, Written};
use crate::lang::{LangId, Status};
use crate::model::{Meta, Unit, UnitKind};
use crate::raw::front_matter;
use crate::source::Sources;
use crate::translate::stamp::stamp_as;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// The states of the entries of a language's files, by path and key.
pub(super) type Metas = HashMap<(String, Option<String>), Meta>;

/// What is planned.
#[derive(Default)]
pub(super) struct Files {
    /// The files.
    pub(super) planned: Vec<Planned>,
    /// Paths of sources whose translation files cannot be edited.
    pub(super) unfit: Vec<String>,
    /// Entries that were checked or reviewed and are drafts now: file, key, and what they were.
    pub(super) fallen: Vec<(String, Option<String>, Status)>,
    /// How many entries are marked as checked.
    pub(super) checked: usize,
    /// How many entries were not marked, since some of their texts are not confirmed.
    pub(super) unconfirmed: usize,
    /// How many entries have a new text and a translator who is not known.
    pub(super) nameless: usize,
}

/// What all files share.
pub(super) struct Desk<'d> {
    /// The texts.
    pub(super) slots: &'d [Slot<'d>],
    /// The units of each path.
    pub(super) units: &'d HashMap<&'d str, Vec<&'d Unit<'d>>>,
    /// The content.
    pub(super) sources: &'d Sources,
    /// The language.
    pub(super) lang: LangId,
    /// Its tag.
    pub(super) tag: &'d str,
    /// What is there.
    pub(super) metas: &'d Metas,
    /// What the caller asks for.
    pub(super) options: &'d ImportOptions,
    /// The files byte for byte.
    pub(super) written: &'d (dyn Fn(&str) -> Option<String> + Sync),
}

type Change = (Vec<Step>, Option<Value>);

/// The translations of one entry.
#[derive(Default)]
struct Entry<'t> {
    taken: Vec<&'t Taken>,
    slots: Vec<usize>,
}

/// Plans the files.
pub(super) fn plan(taken: &[Taken], desk: &Desk<'_>) -> Files {
    let mut by_path: BTreeMap<&str, BTreeMap<Option<&str>, Entry<'_>>> = BTreeMap::new();
    for one in taken {
        let unit = desk.slots[one.slot].unit;
        let entry = by_path.entry(&unit.path).or_default().entry(unit.key.as_deref()).or_default();
        entry.taken.push(one);
    }
    for (at, slot) in desk.slots.iter().enumerate() {
        let entries = by_path.get_mut(slot.unit.path.as_str());
        if let Some(entry) = entries.and_then(|entries| entries.get_mut(&slot.unit.key.as_deref())) {
            entry.slots.push(at);
        }
    }
    let by_path: Vec<_> = by_path.into_iter().collect();
    let parts: Vec<Files> = by_path.par_iter().map(|(path, entries)| file(path, entries, desk)).collect();
    let mut files = Files::default();
    for part in parts {
        files.planned.extend(part.planned);
        files.unfit.extend(part.unfit);
        files.fallen.extend(part.fallen);
        files.checked += part.checked;
        files.unconfirmed += part.unconfirmed;
        files.nameless += part.nameless;
    }
    files
}

/// One file.
fn file(path: &str, entries: &BTreeMap<Option<&str>, Entry<'_>>, desk: &Desk<'_>) -> Files {
    let mut files = Files::default();
    let mut changes: Vec<Change> = Vec::new();
    let mut hashes: HashMap<(Option<&str>, String), &str> = HashMap::new();
    let mut body = None;
    for (key, entry) in entries {
        changes.extend(desk.head(path, *key, entry, &mut files));
        for one in entry.taken.iter().filter(|one| one.news != Fate::Unchanged) {
            let slot = &desk.slots[one.slot];
            if let Some(hash) = &one.hash {
                hashes.insert((*key, slot.entry_field()), hash);
            }
            if one.news == Fate::Confirmed {
                continue;
            }
            if path.ends_with(".md") && slot.field == "body" {
                body = Some(one.value.value.as_str());
                continue;
            }
            changes.push((place(*key, slot), Some(Value::Text(one.value.value.to_string()))));
        }
    }
    if changes.is_empty() && hashes.is_empty() && body.is_none() {
        return files;
    }
    let below = format!("i18n/{}/{path}", desk.tag);
    let new = desk.sources.get(&below).is_none() && !desk.sources.unread.contains(&below);
    let own = desk.units.get(path).map(Vec::as_slice).unwrap_or_default();
    let text = match new {
        true => Some(fresh(path, &changes, body)),
        false => (desk.written)(&below).and_then(|written| edited(&written, path, &changes, body, own)),
    };
    let stamped = text.and_then(|text| {
        let hash = |unit: &Unit<'_>, field: &str, _: &crate::model::Text| {
            let field = if unit.kind == UnitKind::Notes { crate::raw::note_field(field) } else { field.to_owned() };
            hashes.get(&(unit.key.as_deref(), field)).map(|hash| (*hash).to_owned())
        };
        stamp_as(&text, path, own, &hash).ok()
    });
    match stamped {
        Some(stamped) => files.planned.push(Planned { path: below, text: stamped.text, new }),
        None => files.unfit.push(path.to_owned()),
    }
    files
}

impl Desk<'_> {
    /// What changes in an entry besides its texts: the status, the names of people, the date.
    fn head(&self, path: &str, key: Option<&str>, entry: &Entry<'_>, files: &mut Files) -> Vec<Change> {
        let Entry { taken, slots } = entry;
        let meta = self.metas.get(&(path.to_owned(), key.map(str::to_owned)));
        let old = meta.map(|meta| meta.status);
        let is_new = |one: &&&Taken| matches!(one.news, Fate::New | Fate::Changed);
        let has_new = taken.iter().any(|one| is_new(&one));
        let is_confirmed = |slot: &usize| match taken.iter().find(|one| one.slot == *slot) {
            Some(one) => one.confirmed,
            None => match self.slots[*slot].text.translation(self.lang) {
                Some(there) => !there.stale && old.is_some_and(|old| old != Status::Draft),
                None => true,
            },
        };
        let mut status = match old {
            Some(old) if !has_new => old,
            _ => Status::Draft,
        };
        if self.options.status == Some(Status::Checked) && status == Status::Draft {
            match slots.iter().all(is_confirmed) {
                true => {
                    status = Status::Checked;
                    files.checked += usize::from(old != Some(Status::Checked));
                }
                false => files.unconfirmed += 1,
            }
        }
        if let Some(old) = old.filter(|old| status == Status::Draft && *old != Status::Draft) {
            files.fallen.push((path.to_owned(), key.map(str::to_owned), old));
        }
        let step = |name: &str| key.map(Step::key).into_iter().chain([Step::key(name)]).collect::<Vec<_>>();
        let mut changes = Vec::new();
        let mut text = |name: &str, value: &str| changes.push((step(name), Some(Value::Text(value.to_owned()))));
        if old != Some(status) {
            text("status", status.as_str());
        }
        if has_new || old != Some(status) {
            let known = |of: fn(&Meta) -> &Option<Written>| meta.and_then(|meta| of(meta).as_deref());
            match &self.options.translator {
                Some(name) if known(|meta| &meta.translator) != Some(name.as_str()) => text("translator", name),
                Some(_) => {}
                None => files.nameless += 1,
            }
            if let Some(date) = self.options.date.as_deref().filter(|date| known(|meta| &meta.date) != Some(*date)) {
                text("date", date);
            }
        }
        if old == Some(Status::Reviewed) && status != Status::Reviewed {
            changes.push((step("reviewer"), None));
        }
        changes
    }
}

/// Where a text stands in a file of translations.
fn place(key: Option<&str>, slot: &Slot<'_>) -> Vec<Step> {
    let mut steps: Vec<Step> = key.map(Step::key).into_iter().collect();
    match slot.unit.kind {
        UnitKind::Notes => steps.push(Step::key("editorial")),
        UnitKind::Document if slot.unit.path.ends_with(".md") => {}
        _ => steps.push(Step::key("text")),
    }
    steps.push(Step::key(slot.field));
    steps
}

fn borrowed(changes: &[Change]) -> Vec<yaml::Change<'_>> {
    changes.iter().map(|(path, value)| (path.as_slice(), value.as_ref())).collect()
}

/// A new file.
fn fresh(path: &str, changes: &[Change], body: Option<&str>) -> String {
    let head = yaml::fresh(&borrowed(changes));
    match path.ends_with(".md") {
        true => format!("---\n{head}---\n{}", body.unwrap_or_default()),
        false => head,
    }
}

/// A file that is there, with changes. None where that cannot be done safely.
fn edited(written: &str, path: &str, changes: &[Change], body: Option<&str>, own: &[&Unit<'_>]) -> Option<String> {
    let order = |within: Option<&Step>| order(within, own);
    let changes = borrowed(changes);
    if !path.ends_with(".md") {
        let is_list = own.iter().any(|unit| unit.key.is_some());
        let parts = if is_list { lists::edited(written, &changes, &order) } else { None };
        return parts.or_else(|| yaml::edited(written, &changes, &order));
    }
    let normal = Normal::of(written);
    let file = SourceFile::new("", path, normal.text.as_str());
    let (_, there) = front_matter(&file, &mut Report::default())?;
    const MARK: usize = "---\n".len();
    let end = normal.text[..there.span.start()].rfind("---")?;
    let head = yaml::edited(normal.text.get(MARK..end)?, &changes, &order)?;
    let mut edits = Vec::new();
    if !changes.is_empty() {
        edits.push(Edit { start: MARK, end, text: head });
    }
    if let Some(body) = body {
        let gap = if normal.text[..there.span.start()].ends_with('\n') { "" } else { "\n" };
        edits.push(Edit { start: there.span.start(), end: there.span.end(), text: format!("{gap}{body}") });
    }
    Some(normal.edited(written, edits))
}

/// The order of keys in a mapping, for those that are added.
fn order(within: Option<&Step>, own: &[&Unit<'_>]) -> Vec<String> {
    if within == Some(&Step::key("text")) {
        return own.iter().flat_map(|unit| unit.texts.iter().map(|(field, _)| field.to_string())).collect();
    }
    let keys = [
        "status",
        "translator",
        "reviewer",
        "date",
        "source",
        "source_title",
        "title",
        "text",
        "source_editorial",
        "editorial",
    ];
    keys.map(str::to_owned).to_vec()
}
