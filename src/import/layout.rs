//! Where each column of a table stands in the files of the content, in the order of docs/content.md.
//!
//! Lives here: the only list of keys that `import` writes. Never here: what cells say.

use crate::amend::Step;
use crate::data::{Part, TRANSLATION};
use crate::lang::LangId;
use crate::model::{Catalogue, FieldKind};
use crate::raw::ITEM_KEYS;

/// How a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// A cell of an item.
    Cell(FieldKind),
    /// A whole number.
    Number,
    /// `true`, or nothing.
    Flag,
    /// A list of ids or words.
    Words,
    /// A list of whole numbers.
    Numbers,
    /// The amounts of an item.
    Amounts,
    /// Fingerprints by field.
    Fingerprints,
}

/// Whose entry a column belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// The thing's that the row is about.
    Row,
    /// The area's around a task.
    Area,
}

/// A column and its place.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// The key of the column.
    pub(super) column: String,
    /// The language of the translation whose file it stands in; none for the source's file.
    pub(super) tag: Option<String>,
    /// Whose entry it is in.
    pub(super) owner: Owner,
    /// The keys from the entry.
    pub(super) keys: Vec<String>,
    /// How it is written.
    pub(super) kind: Kind,
}

/// The columns of a part, in the order in which their keys are written.
pub(super) fn slots(catalogue: &Catalogue, part: Part) -> Vec<Slot> {
    let source = |owner, column: &str, key: &str, kind| {
        let keys = vec![key.to_owned()];
        Slot { column: column.to_owned(), tag: None, owner, keys, kind }
    };
    let own = |key: &str, kind| source(Owner::Row, key, key, kind);
    let text = |key: &str| own(key, Kind::Text);
    let area = |key: &str, kind| source(Owner::Area, &format!("area_{key}"), key, kind);
    let mut slots = match part {
        Part::Items => {
            let mut slots = vec![own("number", Kind::Number)];
            slots.extend(["departments", "audiences", "life_events"].map(|key| own(key, Kind::Words)));
            slots.push(own("amounts", Kind::Amounts));
            slots.extend(["aliases", "related", "former_slugs"].map(|key| own(key, Kind::Words)));
            slots.extend(cells(catalogue, None));
            slots
        }
        Part::Domains => vec![text("name"), text("summary"), text("icon")],
        Part::Departments | Part::Audiences | Part::LifeEvents => {
            vec![text("name"), text("summary"), text("icon"), own("aliases", Kind::Words)]
        }
        Part::Tasks => vec![
            area("label", Kind::Text),
            area("name", Kind::Text),
            source(Owner::Area, "domain", "domain", Kind::Text),
            text("title"),
            own("items", Kind::Words),
        ],
        Part::Division => vec![
            text("task"),
            text("responsible"),
            own("departments", Kind::Words),
            own("tasks", Kind::Numbers),
            text("domain"),
        ],
        Part::Indicators => vec![text("domain"), text("name"), text("unit"), own("key", Kind::Flag)],
        Part::Whole | Part::Catalogue | Part::Interpretation => Vec::new(),
    };
    let texts: Vec<Slot> = slots.iter().filter(|slot| is_translated(part, slot)).cloned().collect();
    for (_, lang) in catalogue.lang_ids().filter(|(id, _)| *id != LangId::SOURCE) {
        for (owner, of) in [(Owner::Area, "area_"), (Owner::Row, "")] {
            if owner == Owner::Area && part != Part::Tasks {
                continue;
            }
            slots.extend(TRANSLATION.map(|word| Slot {
                column: format!("{of}translation.{word}@{}", lang.tag),
                tag: Some(lang.tag.clone()),
                owner,
                keys: vec![word.to_owned()],
                kind: if word == "source" { Kind::Fingerprints } else { Kind::Text },
            }));
            if part == Part::Items {
                slots.extend(cells(catalogue, Some(&lang.tag)));
                continue;
            }
            slots.extend(texts.iter().filter(|slot| slot.owner == owner).map(|slot| Slot {
                column: format!("{}@{}", slot.column, lang.tag),
                tag: Some(lang.tag.clone()),
                keys: ["text".to_owned()].into_iter().chain(slot.keys.clone()).collect(),
                ..slot.clone()
            }));
        }
    }
    slots
}

fn is_translated(part: Part, slot: &Slot) -> bool {
    part != Part::Items && slot.kind == Kind::Text && !matches!(slot.column.as_str(), "icon" | "domain")
}

/// Columns that a table of items has besides the catalogue's. A catalogue's column that is called so cannot be told from
/// them, and is not read.
const FACTS: [&str; 9] =
    ["slug", "number", "domain", "validity", "departments", "audiences", "amounts", "aliases", "related"];

/// The cells of an item in a language. A column of Markdown comes twice in a table: as plain text, and as it is written.
fn cells(catalogue: &Catalogue, tag: Option<&str>) -> Vec<Slot> {
    let mut slots = Vec::new();
    for (_, field) in catalogue.field_ids().filter(|(_, field)| !FACTS.contains(&field.id.value.as_str())) {
        let id = field.id.value.as_str();
        let keys = vec!["text".to_owned(), id.to_owned()];
        let named = |name: String| tag.map_or_else(|| name.clone(), |tag| format!("{name}@{tag}"));
        let slot = |column, kind| {
            let tag = tag.map(str::to_owned);
            Slot { column: named(column), tag, owner: Owner::Row, keys: keys.clone(), kind }
        };
        if field.kind == FieldKind::Markdown {
            slots.push(slot(format!("{id}.markdown"), Kind::Text));
        }
        slots.push(slot(id.to_owned(), Kind::Cell(field.kind)));
    }
    slots
}

/// The file of a part, below the content folder and below `i18n/<tag>/` alike. `folders` are the domains of an item.
pub(super) fn file(part: Part, folders: &[String], key: &str) -> String {
    match part {
        Part::Items => format!("items/{}/{key}.yaml", folders.join("/")),
        Part::Tasks | Part::Division | Part::Indicators => format!("policy/{}.yaml", part.name()),
        _ => format!("{}.yaml", part.name()),
    }
}

/// The order of keys in a mapping of a file, for those that are added.
pub(super) fn order(catalogue: &Catalogue, path: &str, within: Option<&Step>) -> Vec<String> {
    let of = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    if within == Some(&Step::key("text")) {
        let fields = catalogue.fields.iter().map(|field| field.id.value.to_string());
        return fields
            .chain(["title", "label", "name", "summary", "task", "responsible", "unit"].map(str::to_owned))
            .collect();
    }
    if path.starts_with("i18n/") {
        return of(&["status", "translator", "reviewer", "date", "source", "text", "editorial"]);
    }
    match path {
        "policy/tasks.yaml" => of(&["id", "number", "label", "name", "title", "domain", "items", "tasks", "editorial"]),
        "policy/division.yaml" => of(&["number", "task", "responsible", "departments", "tasks", "domain", "editorial"]),
        "policy/indicators.yaml" => of(&["id", "domain", "name", "unit", "points", "key", "editorial"]),
        _ if path.starts_with("items/") => of(&ITEM_KEYS),
        _ => of(&["id", "name", "summary", "icon", "aliases", "domains"]),
    }
}
