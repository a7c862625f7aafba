//! The schemas of one catalogue: its columns, words, ids and languages in the places of the general shapes.
//!
//! Lives here: which shape is replaced by what. Never here: what files consist of.

use super::Kind;
use crate::lang::LangId;
use crate::model::{Catalogue, Group, Text};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

/// Puts what a catalogue has into the general schema of a kind.
pub(super) fn refine(schema: &mut Value, kind: Kind, catalogue: &Catalogue) {
    let groups = |groups: &[Group]| ids(groups.iter().map(|group| (group.id.value.as_str(), source(&group.name))));
    let words = |words: &IndexMap<String, Text>| ids(words.iter().map(|(id, label)| (id.as_str(), source(label))));
    let domains = catalogue.domains.iter().map(|domain| (domain.id.value.as_str(), source(&domain.name)));
    let tags = catalogue.languages().iter().map(|lang| (lang.tag.as_str(), lang.name.clone()));
    let vocabulary = &catalogue.vocabulary;
    let shapes = [
        ("DomainId", ids(domains)),
        ("DepartmentId", groups(&catalogue.departments)),
        ("AudienceId", groups(&catalogue.audiences)),
        ("LifeEventId", groups(&catalogue.life_events)),
        ("WhoId", words(&vocabulary.who)),
        ("UnitId", words(&vocabulary.unit)),
        ("PerId", words(&vocabulary.per)),
        ("Cells", Some(cells(catalogue, kind))),
        // In site.yaml languages are named for the first time.
        ("Tag", ids(tags).filter(|_| kind != Kind::Site)),
    ];
    if let Some(Value::Object(known)) = schema.get_mut("$defs") {
        for (name, own) in shapes {
            if let (Some(Value::Object(shape)), Some(Value::Object(own))) = (known.get_mut(name), own) {
                let description = shape.remove("description");
                *shape = description.map(|text| ("description".to_owned(), text)).into_iter().chain(own).collect();
            }
        }
        if let Some(by_tag) = known.get_mut("Localized").and_then(|shape| shape.pointer_mut("/anyOf/1")) {
            by_tag["properties"] = languages(catalogue);
        }
        let term = known.get_mut("Term").and_then(|term| term.get_mut("properties"));
        if let (Some(Value::Object(keys)), Value::Object(words)) = (term, languages(catalogue)) {
            keys.extend(words);
        }
    }
    if kind == Kind::Item {
        let mut required = vec!["text"];
        if catalogue.numbered {
            required.insert(0, "number");
        }
        if catalogue.departments_column.required {
            required.push("departments");
            schema["properties"]["departments"]["minItems"] = json!(1);
        }
        schema["required"] = json!(required);
    }
}

fn source(text: &Text) -> String {
    text.resolve(LangId::SOURCE).value.value.to_string()
}

/// A choice among ids, with what each stands for; none where there are none yet.
fn ids<'i>(ids: impl Iterator<Item = (&'i str, String)>) -> Option<Value> {
    let (ids, names): (Vec<&str>, Vec<String>) = ids.unzip();
    (!ids.is_empty()).then(|| json!({ "enum": ids, "enumDescriptions": names }))
}

/// The columns, with their labels and questions.
fn cells(catalogue: &Catalogue, kind: Kind) -> Value {
    let cell = |field: &crate::model::Field| {
        let question = field.question.as_ref().map(|question| format!("：{}", source(question))).unwrap_or_default();
        let description = format!("{}{question}", source(&field.label));
        (field.id.value.to_string(), json!({ "$ref": "#/$defs/Text", "description": description }))
    };
    let columns: Map<String, Value> = catalogue.fields.iter().map(cell).collect();
    let mut own = json!({ "type": "object", "properties": columns, "additionalProperties": false });
    if kind == Kind::Item {
        let required = catalogue.fields.iter().filter(|field| field.required).map(|field| field.id.value.as_str());
        own["required"] = required.collect();
    }
    own
}

/// The languages as keys.
fn languages(catalogue: &Catalogue) -> Value {
    let key = |lang: &crate::lang::Lang| {
        (lang.tag.clone(), json!({ "type": ["string", "number"], "pattern": "[^ \\n\\t]", "description": lang.name }))
    };
    catalogue.languages().iter().map(key).collect::<Map<String, Value>>().into()
}
