//! `qingdan schema`: schemas and decoders say the same of every file, and what is committed is what is written.

use crate::messages::BASE;
use crate::site::{REAL, VALLEY};
use qingdan::diag::{Report, Severity};
use qingdan::model::Catalogue;
use qingdan::schema::{self, Kind};
use qingdan::source::Sources;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the decoders say of the shape of a file: the rest needs more than one file, or the meaning of texts.
const SHAPE: [&str; 15] = [
    "bad-choice",
    "bad-date",
    "bad-id",
    "bad-language-tag",
    "bad-number",
    "bad-url",
    "bad-weight",
    "empty-file",
    "empty-value",
    "missing-key",
    "missing-reviewer",
    "no-domain",
    "no-name-field",
    "unknown-key",
    "wrong-type",
];

fn validator(kind: Kind, catalogue: Option<&Catalogue>) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&schema::schema(kind, catalogue)).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema), "{}", kind.name());
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap_or_else(|fault| panic!("{fault}"))
}

fn catalogue(sources: &Sources) -> Catalogue {
    qingdan::load(sources).value
}

/// The value of a file as an editor sees it; the front matter of Markdown.
fn value(path: &str, text: &str) -> Value {
    let text = match path.ends_with(".md") {
        true => text.strip_prefix("---\n").unwrap().split("\n---\n").next().unwrap(),
        false => text,
    };
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"))
}

#[test]
fn every_content_file_is_valid() {
    let mut seen = BTreeSet::new();
    for root in [REAL, VALLEY] {
        let sources = Sources::read(Path::new(root)).unwrap().value;
        let catalogue = catalogue(&sources);
        for kind in Kind::ALL {
            let (general, own) = (validator(kind, None), validator(kind, Some(&catalogue)));
            for file in sources.files.iter().filter(|file| Kind::of(&file.path) == Some(kind)) {
                let value = value(&file.path, &file.text);
                for validator in [&general, &own] {
                    let faults: Vec<String> =
                        validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
                    assert!(faults.is_empty(), "{root}/{}: {faults:?}", file.path);
                }
                seen.insert(kind.name());
            }
        }
    }
    let unseen: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).filter(|name| !seen.contains(name)).collect();
    assert_eq!(unseen, ["locale"], "no file of a kind: its schema is tried by none");
}

#[test]
fn the_themes_strings_are_valid() {
    let validator = validator(Kind::Locale, None);
    for tag in ["en", "zh-Hans", "mn-Mong"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("templates/locales/{tag}.yaml"));
        assert!(validator.is_valid(&value("x.yaml", &std::fs::read_to_string(path).unwrap())), "{tag}");
    }
}

/// Editors read the schemas beside the content, and nobody should have to make them first.
#[test]
fn what_is_committed_is_what_is_written() {
    let sources = Sources::read(Path::new(REAL)).unwrap().value;
    let catalogue = catalogue(&sources);
    for kind in Kind::ALL {
        let path = Path::new(REAL).join(schema::FOLDER).join(format!("{}.json", kind.name()));
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(there == schema::schema(kind, Some(&catalogue)), "{path:?} is old: run `qingdan schema`");
    }
    let reference = std::fs::read_to_string("docs/reference.md").unwrap();
    assert!(
        reference == schema::reference(),
        "docs/reference.md is old: run `qingdan schema --format markdown > docs/reference.md`"
    );
    for file in sources.files.iter().filter(|file| file.path.ends_with(".yaml")) {
        let modeline = schema::modeline(&file.path).unwrap();
        let first = file.text.lines().next().unwrap();
        assert_eq!(first, modeline, "{}", file.path);
        let target = Path::new(REAL).join(&file.path).parent().unwrap().join(first.rsplit('=').next().unwrap());
        assert!(target.is_file(), "{target:?}");
    }
}

/// A catalogue's own schemas name ids and columns that it does not have, and miss what it wants.
#[test]
fn own_schemas_know_the_catalogue() {
    let sources = Sources::read(Path::new(REAL)).unwrap().value;
    let own = validator(Kind::Item, Some(&catalogue(&sources)));
    let file = sources.get("items/education/boarding-allowance.yaml").unwrap();
    let sound = value(&file.path, &file.text);
    assert!(own.is_valid(&sound));
    let spoil = |at: &str, with: Value| {
        let mut value = sound.clone();
        *value.pointer_mut(at).unwrap() = with;
        value
    };
    for (at, with) in [
        ("/departments/0", json!("finanse")),
        ("/departments", json!([])),
        ("/audiences", json!(["nobody"])),
        ("/life_events/0", json!("nothing")),
        ("/amounts/0/unit", json!("EUR")),
        ("/amounts/0/who", json!("teachers")),
        ("/amounts/0/per", json!(["week"])),
        ("/text", json!({ "name": "a" })),
        ("/text", json!({ "name": "a", "audience": "a", "standard": "a", "funding": "a", "colour": "a" })),
    ] {
        assert!(!own.is_valid(&spoil(at, with.clone())), "{at} := {with}");
    }
    let other = Sources::read(Path::new(VALLEY)).unwrap().value;
    let other = validator(Kind::Item, Some(&catalogue(&other)));
    assert!(other.is_valid(&json!({ "text": { "name": "a", "offer": "b" } })), "no numbers there");
}

/// A file of each kind with every key that its schema knows, filled with what the schema asks for.
struct Full {
    schema: Value,
}

impl Full {
    fn of(kind: Kind) -> Value {
        let schema = serde_json::from_str(&schema::schema(kind, None)).unwrap();
        let full = Self { schema };
        full.node(&full.schema, 0)
    }

    fn node(&self, node: &Value, depth: usize) -> Value {
        if let Some(path) = node["$ref"].as_str() {
            let name = path.rsplit('/').next().unwrap();
            return match name {
                "Text" | "UnitId" => json!("words"),
                "Localized" => json!({ "zh-Hans": "words" }),
                "Tag" => json!("zh-Hans"),
                "Date" => json!("2024-02-29"),
                "Number" => json!(1),
                "Flag" => json!(true),
                "Weight" => json!(0.5),
                "Url" => json!("https://example.org/"),
                "Cells" => json!({ "name": "words" }),
                "UiString" => json!({ "one": "words", "other": "words" }),
                _ if self.schema["$defs"][name].get("pattern").is_some() => json!("name"),
                _ => self.node(&self.schema["$defs"][name], depth),
            };
        }
        if let Some(words) = node["enum"].as_array() {
            return words[0].clone();
        }
        if let Some(filled) = node["anyOf"].as_array() {
            return self.node(&filled[0], depth);
        }
        if let Some(items) = node.get("items") {
            // A domain may hold domains, to any depth.
            return if depth > 7 { json!([]) } else { json!([self.node(items, depth + 1)]) };
        }
        let mut map = serde_json::Map::new();
        if let Some(keys) = node["properties"].as_object() {
            map.extend(keys.iter().map(|(key, node)| (key.clone(), self.node(node, depth + 1))));
        }
        if node["additionalProperties"].is_object() {
            map.insert("zh-Hans".into(), self.node(&node["additionalProperties"], depth + 1));
        }
        Value::Object(map)
    }
}

/// Every place in a value, as pointers.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), out)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, value)| places(value, &format!("{at}/{i}"), out));
        }
        _ => {}
    }
}

/// The ways of spoiling a value, one place at a time: what stands there is replaced, a key is added or left out.
fn spoilt(whole: &Value) -> Vec<(String, Value)> {
    let mut at = Vec::new();
    places(whole, "", &mut at);
    let others = [
        json!(null),
        json!(""),
        json!(" "),
        json!("words"),
        json!("A b"),
        json!("-a"),
        json!("con"),
        json!("zh-Hans"),
        json!("2023-02-29"),
        json!("2024-02-28"),
        json!("20"),
        json!("007"),
        json!("11.5"),
        json!(0),
        json!(7),
        json!(-1),
        json!(0.25),
        json!(4_294_967_296_u64),
        json!([]),
        json!(["words"]),
        json!([null]),
        json!([[]]),
        json!([{}]),
        json!({}),
        json!({ "a": "words" }),
        json!({ "a": null }),
        json!({ "a": [] }),
        json!("http://example.org/"),
        json!("draft"),
        json!("reviewed"),
    ];
    let mut out = Vec::new();
    for at in at {
        for other in &others {
            let mut value = whole.clone();
            *value.pointer_mut(&at).unwrap() = other.clone();
            out.push((format!("{at} := {other}"), value));
        }
        let Some(Value::Object(map)) = whole.pointer(&at) else { continue };
        let mut value = whole.clone();
        value.pointer_mut(&at).unwrap()["surplus-key"] = json!("words");
        out.push((format!("{at} + surplus-key"), value));
        for key in map.keys() {
            let mut value = whole.clone();
            value.pointer_mut(&at).unwrap().as_object_mut().unwrap().shift_remove(key);
            out.push((format!("{at} - {key}"), value));
        }
    }
    out
}

/// Where a file of a kind lies.
fn place(kind: Kind) -> String {
    kind.files()
        .replace("<domain>", "education")
        .replace("<slug>", "sample")
        .replace("<tag>", "en")
        .replace("<name>", "sample")
        .replace("<list>", "domains")
}

/// What the decoders say of a file.
fn read(path: &str, value: &Value) -> Report {
    let yaml = serde_yaml::to_string(value).unwrap();
    let text = if path.ends_with(".md") { format!("---\n{yaml}---\nwords\n") } else { yaml };
    let mut files: BTreeMap<String, String> =
        BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    if path == "catalogue.yaml" {
        // Where there are departments it must have a column for them: no matter of its shape.
        files.remove("departments.yaml");
    }
    files.insert(path.to_owned(), text);
    qingdan::load(&Sources::from_memory(files)).report
}

/// The errors that the decoders find in a file.
fn decoded(path: &str, value: &Value) -> BTreeSet<&'static str> {
    let report = read(path, value);
    report.iter().filter(|d| d.severity == Severity::Error && d.span.file.path == path).map(|d| d.code).collect()
}

/// Whatever may be a key or a choice to the decoders: the short strings of their source.
fn literals() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for room in ["src/raw", "src/model"] {
        for entry in walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(room)) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let source = std::fs::read_to_string(entry.path()).unwrap();
                words.extend(source.split('"').map(str::to_owned));
            }
        }
    }
    let is_word = |word: &String| {
        word.len() < 25
            && word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-'))
    };
    words.retain(|word| is_word(word) && !matches!(word.as_str(), "true" | "false" | "null"));
    assert!(words.len() > 150 && words.contains("life_events"), "{words:?}");
    words
}

/// No key and no choice of the decoders is missing in the schemas: all words that could be one are tried.
#[test]
fn schemas_know_every_key_and_choice() {
    let words = literals();
    let mut seen = 0;
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Locale) {
        let (path, validator, full) = (place(kind), validator(kind, None), Full::of(kind));
        let mut at = Vec::new();
        places(&full, "", &mut at);
        for at in at {
            let with = |other: &Value| {
                let mut value = full.clone();
                *value.pointer_mut(&at).unwrap() = other.clone();
                value
            };
            if let Some(Value::Object(own)) = full.pointer(&at) {
                let mut map = own.clone();
                words
                    .iter()
                    .filter(|word| !own.contains_key(*word))
                    .for_each(|word| drop(map.insert(word.clone(), json!("x"))));
                let value = with(&Value::Object(map));
                let refused: BTreeSet<String> = read(&path, &value)
                    .iter()
                    .filter(|d| d.code == "unknown-key")
                    .map(|d| d.span.text().to_owned())
                    .collect();
                if refused.is_empty() {
                    // Keys are free here: the schema must let them pass as well.
                    let mut free = own.clone();
                    free.insert("surplus-key".into(), own.values().next().unwrap().clone());
                    assert!(validator.is_valid(&with(&Value::Object(free))), "{path}{at}");
                    continue;
                }
                seen += 1;
                let meant: BTreeSet<String> = words.iter().filter(|word| !own.contains_key(*word)).cloned().collect();
                let missing: Vec<_> = meant.difference(&refused).collect();
                assert!(missing.is_empty(), "{path}{at}: the schema lacks {missing:?}");
            } else if decoded(&path, &with(&json!("no such word"))).contains("bad-choice") {
                seen += 1;
                for word in &words {
                    let value = with(&json!(word));
                    let knows = !decoded(&path, &value).contains("bad-choice");
                    assert!(validator.is_valid(&value) == knows, "{path}{at}: {word}");
                }
            }
        }
    }
    assert!(seen > 60, "{seen}");
}

/// The heart of the matter: whatever is done to a file, what the schema refuses is an error, and what the decoders refuse
/// for its shape is refused by the schema. Both know the same keys, since a key more or less is among what is tried.
#[test]
fn schemas_and_decoders_agree() {
    let mut tried = 0;
    let mut faults = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Locale) {
        let (path, validator, full) = (place(kind), validator(kind, None), Full::of(kind));
        assert_eq!(Kind::of(&path), Some(kind));
        let misshapen = |codes: &BTreeSet<&str>| codes.iter().any(|code| SHAPE.contains(code));
        assert!(validator.is_valid(&full) && !misshapen(&decoded(&path, &full)), "{path}: {full}");
        let cases = spoilt(&full);
        tried += cases.len();
        let differing = |(how, value): &(String, Value)| {
            let (valid, codes) = (validator.is_valid(value), decoded(&path, value));
            (valid && misshapen(&codes) || !valid && codes.is_empty()).then(|| {
                let why = validator.iter_errors(value).next().map(|error| error.to_string());
                format!("{} {how}: schema {why:?}, decoder {codes:?}", kind.name())
            })
        };
        faults.extend(cases.par_iter().filter_map(differing).collect::<Vec<_>>());
    }
    assert!(tried > 5_000, "{tried}");
    let shown = faults.iter().take(60).cloned().collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} of {tried} differ:\n{shown}", faults.len());
}
