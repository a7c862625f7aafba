//! `data/catalogue.json`: the document, its validity, the groups and the counts.

use super::pretty;
use crate::lang::LangId;
use crate::model::{Catalogue, DomainId, Group, Text};
use serde_json::{Map, Value, json};

/// `data/catalogue.json`.
pub fn catalogue_json(catalogue: &Catalogue) -> Vec<u8> {
    let text = |text: &Text| by_language(catalogue, text);
    let languages: Vec<Value> =
        catalogue.languages().iter().map(|l| json!({"tag": l.tag, "path": l.path, "name": l.name})).collect();
    let fields: Vec<Value> = catalogue
        .fields
        .iter()
        .map(|f| json!({"id": f.id.value, "label": text(&f.label), "role": f.role.as_str(), "required": f.required}))
        .collect();
    let domain = |at: usize| {
        let id = DomainId(at);
        let domain = catalogue.domain(id);
        json!({
            "id": domain.id.value,
            "name": text(&domain.name),
            "parent": domain.parent.map(|parent| &catalogue.domain(parent).id.value),
            "items": catalogue.count_within(id),
        })
    };
    let groups = |groups: &[Group]| -> Vec<Value> {
        groups.iter().map(|g| json!({"id": g.id.value, "name": text(&g.name), "items": g.items.len()})).collect()
    };
    let policy = &catalogue.policy;
    pretty(&json!({
        "name": text(&catalogue.name),
        "title": text(&catalogue.site.title),
        "updated": catalogue.site.updated.as_ref().map(|date| &date.value),
        "validity": catalogue.validity().map(crate::model::Validity::as_str),
        "document": document(catalogue),
        "languages": languages,
        "fields": fields,
        "domains": (0..catalogue.domains.len()).map(domain).collect::<Vec<_>>(),
        "departments": groups(&catalogue.departments),
        "audiences": groups(&catalogue.audiences),
        "life_events": groups(&catalogue.life_events),
        "counts": {
            "items": catalogue.items.len(),
            "domains": catalogue.domains.len(),
            "departments": catalogue.departments.len(),
            "audiences": catalogue.audiences.len(),
            "life_events": catalogue.life_events.len(),
            "tasks": policy.tasks.len(),
            "division": policy.division.len(),
            "indicators": policy.indicators.len(),
        },
    }))
}

fn document(catalogue: &Catalogue) -> Value {
    let Some(d) = &catalogue.policy.document else { return Value::Null };
    let text = |text: &Option<Text>| text.as_ref().map(|text| by_language(catalogue, text));
    let plain = |text: &Option<crate::diag::Spanned<String>>| text.as_ref().map(|t| t.value.clone());
    json!({
        "title": by_language(catalogue, &d.title),
        "issuer": text(&d.issuer),
        "index_number": plain(&d.index_number),
        "document_number": plain(&d.document_number),
        "subject": text(&d.subject),
        "written": plain(&d.written),
        "published": plain(&d.published),
        "effective": plain(&d.effective),
        "ended": plain(&d.ended),
        "validity": d.validity.as_str(),
        "validity_note": text(&d.validity_note),
    })
}

/// A text by language tag; languages without a translation are left out.
fn by_language(catalogue: &Catalogue, text: &Text) -> Value {
    let mut map = Map::new();
    for (id, lang) in catalogue.lang_ids() {
        let value = match id {
            LangId::SOURCE => Some(&text.source.value),
            _ => text.translation(id).map(|t| &t.value.value),
        };
        map.extend(value.map(|value| (lang.tag.clone(), json!(value))));
    }
    Value::Object(map)
}
