//! `qingdan schema`: schemas and decoders say the same of every file, and what is committed is what is written.

use crate::cli::{Desk, code, text};
use crate::messages::BASE;
use crate::site::{REAL, VALLEY};
use qingdan::diag::Report;
use qingdan::model::Catalogue;
use qingdan::schema::{self, Kind};
use qingdan::source::Sources;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the decoders say of the shape of a file: the rest needs more than one file, or the meaning of texts.
const SHAPE: [&str; 14] = [
    "bad-choice",
    "bad-date",
    "bad-id",
    "bad-language-tag",
    "bad-number",
    "bad-url",
    "bad-weight",
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

/// What the decoders say of a file's shape.
fn decoded(path: &str, value: &Value) -> BTreeSet<&'static str> {
    let yaml = serde_yaml::to_string(value).unwrap();
    let text = if path.ends_with(".md") { format!("---\n{yaml}---\nwords\n") } else { yaml };
    let mut files: BTreeMap<String, String> =
        BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    files.insert(path.to_owned(), text);
    let mut report = Report::default();
    qingdan::load(&Sources::from_memory(files)).merge_into(&mut report);
    report.iter().filter(|d| d.span.file.path == path).map(|d| d.code).filter(|code| SHAPE.contains(code)).collect()
}

/// The heart of the matter: whatever is done to a file, schema and decoder agree on whether it is sound.
#[test]
fn schemas_and_decoders_agree() {
    let mut tried = 0;
    let mut faults = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Locale) {
        let (path, validator, full) = (place(kind), validator(kind, None), Full::of(kind));
        assert_eq!(Kind::of(&path), Some(kind));
        for (how, value) in std::iter::once(("as it is".to_owned(), full.clone())).chain(spoilt(&full)) {
            tried += 1;
            let (valid, codes) = (validator.is_valid(&value), decoded(&path, &value));
            if valid != codes.is_empty() {
                let why = validator.iter_errors(&value).next().map(|error| error.to_string());
                faults.push(format!("{} {how}: schema {why:?}, decoder {codes:?}", kind.name()));
            }
        }
    }
    assert!(tried > 5_000, "{tried}");
    let shown = faults.iter().take(60).cloned().collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} of {tried} differ:\n{shown}", faults.len());
}
