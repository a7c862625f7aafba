//! JSON Schemas (2020-12) of the data files, derived from the very types that are written.
//!
//! Lives here: which type a file is written from. Never here: keys or descriptions; those stand at the types.

use super::{Part, catalogue, groups, iri, items, policy};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

/// The schema of a part's JSON file.
pub(super) fn schema(part: Part, base_url: Option<&str>) -> Map<String, Value> {
    let schema = match part {
        Part::Items => of::<Vec<items::ItemRow<'static>>>(),
        Part::Catalogue => of::<catalogue::Overview<'static>>(),
        Part::Domains => of::<Vec<groups::DomainRow<'static>>>(),
        Part::Departments | Part::Audiences | Part::LifeEvents => of::<Vec<groups::GroupRow<'static>>>(),
        Part::Tasks => of::<Vec<policy::TaskRow<'static>>>(),
        Part::Division => of::<Vec<policy::DivisionEntry<'static>>>(),
        Part::Indicators => of::<Vec<policy::IndicatorRow<'static>>>(),
        Part::Interpretation => of::<Vec<policy::InterpretationRow<'static>>>(),
        Part::Whole => Schema::default(),
    };
    let name = part.name();
    let mut out = Map::new();
    // The dialect comes first, then what the schema is of; a title made from the names of types says nothing.
    out.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    if base_url.is_some() {
        out.insert("$id".into(), json!(iri(base_url, &format!("schema/{name}.json"))));
    }
    out.insert("title".into(), json!(format!("data/{name}.json")));
    let mut schema = schema.to_value();
    unwrapped(&mut schema);
    if let Value::Object(rest) = schema {
        out.extend(rest.into_iter().filter(|(key, _)| key != "$schema" && key != "title"));
    }
    out
}

fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// Puts descriptions on one line each: where a comment breaks its lines says nothing.
fn unwrapped(value: &mut Value) {
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(key, value)| match value {
            Value::String(text) if key == "description" => *text = text.replace('\n', " "),
            value => unwrapped(value),
        }),
        Value::Array(values) => values.iter_mut().for_each(unwrapped),
        _ => {}
    }
}
