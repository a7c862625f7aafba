//! JSON Schemas (2020-12) of the files of the content, for editors; and the reference of every key made from them.
//!
//! Lives here: descriptions of the files as types (`schemars` derives the schemas), one file for those that belong
//! together; the comments are what editors show and what docs/reference.md says, Chinese and English around ` / `. The
//! types are never made. Never here: reading. `raw` decodes by hand, and a test asks both about the same files.

mod item;
mod lists;
mod own;
mod policy;
mod reference;
mod site;
mod translation;
mod words;

pub use reference::reference;

use crate::model::Catalogue;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The folder of the schemas, below that of the content. Readers of content pass over what begins with a dot.
pub const FOLDER: &str = ".schema";

/// What tells a schema of ours from a file that somebody else put there.
const COMMENT: &str = "由 qingdan schema 写出，请勿手改 / written by `qingdan schema`; do not edit";

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `site.yaml`.
    Site,
    /// `catalogue.yaml`.
    Catalogue,
    /// `domains.yaml`.
    Domains,
    /// `departments.yaml`.
    Departments,
    /// `audiences.yaml`.
    Audiences,
    /// `life-events.yaml`.
    LifeEvents,
    /// Items.
    Item,
    /// `changes.yaml`.
    Changes,
    /// `glossary.yaml`.
    Glossary,
    /// `synonyms.yaml`.
    Synonyms,
    /// `search-tests.yaml`.
    SearchTests,
    /// `policy/document.yaml`.
    Document,
    /// The front matter of `policy/*.md`.
    PolicyText,
    /// `policy/tasks.yaml`.
    Tasks,
    /// `policy/division.yaml`.
    Division,
    /// `policy/indicators.yaml`.
    Indicators,
    /// Translations of items.
    TranslatedItem,
    /// Translations of lists.
    TranslatedList,
    /// Translations of `policy/document.yaml`.
    TranslatedDocument,
    /// The front matter of translated Markdown.
    TranslatedText,
    /// `i18n/<tag>/allow.yaml`.
    Allow,
    /// The strings of the interface in the site's own theme.
    Locale,
}

impl Kind {
    /// All kinds, in the order of docs/content.md.
    pub const ALL: [Self; 22] = [
        Self::Site,
        Self::Catalogue,
        Self::Domains,
        Self::Departments,
        Self::Audiences,
        Self::LifeEvents,
        Self::Item,
        Self::Changes,
        Self::Glossary,
        Self::Synonyms,
        Self::SearchTests,
        Self::Document,
        Self::PolicyText,
        Self::Tasks,
        Self::Division,
        Self::Indicators,
        Self::TranslatedItem,
        Self::TranslatedList,
        Self::TranslatedDocument,
        Self::TranslatedText,
        Self::Allow,
        Self::Locale,
    ];

    /// Its name: `NAME.json` is its schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Catalogue => "catalogue",
            Self::Domains => "domains",
            Self::Departments => "departments",
            Self::Audiences => "audiences",
            Self::LifeEvents => "life-events",
            Self::Item => "item",
            Self::Changes => "changes",
            Self::Glossary => "glossary",
            Self::Synonyms => "synonyms",
            Self::SearchTests => "search-tests",
            Self::Document => "document",
            Self::PolicyText => "policy-text",
            Self::Tasks => "tasks",
            Self::Division => "division",
            Self::Indicators => "indicators",
            Self::TranslatedItem => "translated-item",
            Self::TranslatedList => "translated-list",
            Self::TranslatedDocument => "translated-document",
            Self::TranslatedText => "translated-text",
            Self::Allow => "allow",
            Self::Locale => "locale",
        }
    }

    /// The files of this kind, as shown to people; but for the locale's, below the content folder.
    pub fn files(self) -> &'static str {
        match self {
            Self::Item => "items/<domain>/<slug>.yaml",
            Self::Document => "policy/document.yaml",
            Self::PolicyText => "policy/<name>.md",
            Self::Tasks => "policy/tasks.yaml",
            Self::Division => "policy/division.yaml",
            Self::Indicators => "policy/indicators.yaml",
            Self::TranslatedItem => "i18n/<tag>/items/<domain>/<slug>.yaml",
            Self::TranslatedList => "i18n/<tag>/<list>.yaml",
            Self::TranslatedDocument => "i18n/<tag>/policy/document.yaml",
            Self::TranslatedText => "i18n/<tag>/policy/<name>.md",
            Self::Allow => "i18n/<tag>/allow.yaml",
            Self::Locale => "templates/locales/<tag>.yaml",
            Self::Site => "site.yaml",
            Self::Catalogue => "catalogue.yaml",
            Self::Domains => "domains.yaml",
            Self::Departments => "departments.yaml",
            Self::Audiences => "audiences.yaml",
            Self::LifeEvents => "life-events.yaml",
            Self::Changes => "changes.yaml",
            Self::Glossary => "glossary.yaml",
            Self::Synonyms => "synonyms.yaml",
            Self::SearchTests => "search-tests.yaml",
        }
    }

    /// The kind of a file of the content, by its path; none for what is no content.
    pub fn of(path: &str) -> Option<Self> {
        let is_item = |path: &str| path.starts_with("items/") && path.ends_with(".yaml");
        let is_text = |path: &str| path.starts_with("policy/") && path.ends_with(".md");
        if let Some((_, path)) = path.strip_prefix("i18n/").and_then(|rest| rest.split_once('/')) {
            return match path {
                "allow.yaml" => Some(Self::Allow),
                "policy/document.yaml" => Some(Self::TranslatedDocument),
                _ if is_item(path) => Some(Self::TranslatedItem),
                _ if is_text(path) => Some(Self::TranslatedText),
                _ if path.ends_with(".yaml") => Some(Self::TranslatedList),
                _ => None,
            };
        }
        if is_item(path) {
            return Some(Self::Item);
        }
        if is_text(path) {
            return Some(Self::PolicyText);
        }
        Self::ALL.into_iter().find(|kind| kind.files() == path)
    }
}

/// The line at the top of a file of the content that tells editors its schema; none where they would not read it.
pub fn modeline(path: &str) -> Option<String> {
    let kind = Kind::of(path).filter(|_| path.ends_with(".yaml"))?;
    let up = "../".repeat(path.matches('/').count());
    Some(format!("# yaml-language-server: $schema={up}{FOLDER}/{}.json", kind.name()))
}

/// The schema of a kind: the general one, or a catalogue's own with its columns, words and ids.
pub fn schema(kind: Kind, catalogue: Option<&Catalogue>) -> String {
    let mut value = general(kind);
    if let Some(catalogue) = catalogue {
        own::refine(&mut value, kind, catalogue);
    }
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

/// Whether a file was written by [`schema`].
pub fn is_ours(text: &str) -> bool {
    let value: Option<Value> = serde_json::from_str(text).ok();
    value.is_some_and(|value| value.get("$comment").and_then(Value::as_str) == Some(COMMENT))
}

fn general(kind: Kind) -> Value {
    let derived = match kind {
        Kind::Site => of::<site::Site>(),
        Kind::Catalogue => of::<site::Catalogue>(),
        Kind::Domains => of::<lists::Domains>(),
        Kind::Departments | Kind::Audiences | Kind::LifeEvents => of::<lists::Groups>(),
        Kind::Item => of::<item::Item>(),
        Kind::Changes => of::<lists::Changes>(),
        Kind::Glossary => of::<lists::Glossary>(),
        Kind::Synonyms => of::<lists::Synonyms>(),
        Kind::SearchTests => of::<lists::SearchTests>(),
        Kind::Document => of::<policy::Document>(),
        Kind::PolicyText => of::<policy::PolicyText>(),
        Kind::Tasks => of::<policy::Tasks>(),
        Kind::Division => of::<policy::Division>(),
        Kind::Indicators => of::<policy::Indicators>(),
        Kind::TranslatedItem => of::<translation::TranslatedItem>(),
        Kind::TranslatedList => of::<translation::TranslatedList>(),
        Kind::TranslatedDocument => of::<translation::TranslatedDocument>(),
        Kind::TranslatedText => of::<translation::TranslatedText>(),
        Kind::Allow => of::<translation::Allow>(),
        Kind::Locale => of::<translation::Locale>(),
    };
    let mut out = Map::new();
    out.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    out.insert("$comment".into(), json!(COMMENT));
    out.insert("title".into(), json!(kind.files()));
    if let Value::Object(rest) = derived {
        out.extend(rest.into_iter().filter(|(key, _)| key != "$schema" && key != "title"));
    }
    Value::Object(out)
}

fn of<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut value = generator.into_root_schema_for::<T>().to_value();
    without_null(&mut value);
    value
}

/// Takes back what `Option` adds: a key may be left out, but one that is there has a value. Where it need not, `Blank` says so.
fn without_null(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".into(), only);
                }
            }
            let null = json!({ "type": "null" });
            let inner = match map.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
                Some([inner, other]) if *other == null => inner.clone(),
                _ => Value::Null,
            };
            if let Value::Object(inner) = inner {
                map.remove("anyOf");
                // What stands at the key is about it; what its type says of itself is not lost either.
                for (key, value) in inner {
                    map.entry(key).or_insert(value);
                }
            }
            map.values_mut().for_each(without_null);
        }
        Value::Array(values) => values.iter_mut().for_each(without_null),
        _ => {}
    }
}
