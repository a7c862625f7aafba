//! The items as JSON and as CSV, in catalogue order.

use crate::lang::{LangId, State};
use crate::model::{Amount, Catalogue, FieldId, Item};
use crate::view::plain_cell;
use serde_json::{Map, Value, json};

/// `data/items.json`.
pub fn items_json(catalogue: &Catalogue) -> Vec<u8> {
    // One item is serialized at a time: the whole list as a tree would be the largest thing in memory.
    let mut out = b"[\n".to_vec();
    for (at, item) in catalogue.items.iter().enumerate() {
        if at > 0 {
            out.extend_from_slice(b",\n");
        }
        out.extend_from_slice(item_json(catalogue, item).to_string().as_bytes());
    }
    out.extend_from_slice(b"\n]\n");
    out
}

fn item_json(catalogue: &Catalogue, item: &Item) -> Value {
    let departments = item.departments.iter().map(|id| catalogue.department(*id));
    let (ids, names): (Vec<_>, Vec<_>) = departments.map(|d| (&d.id.value, &d.name.source.value)).unzip();
    let audiences: Vec<_> = item.audiences.iter().map(|id| &catalogue.audiences[id.0].id.value).collect();
    let life_events: Vec<_> = item.life_events.iter().map(|id| &catalogue.life_events[id.0].id.value).collect();
    let mut text = Map::new();
    for (lang, language) in catalogue.lang_ids() {
        if let Some(cells) = cells(catalogue, item, lang) {
            text.insert(language.tag.clone(), Value::Object(cells));
        }
    }
    json!({
        "slug": item.slug,
        "number": item.number.as_ref().map(|n| n.value),
        "domain": catalogue.domain(item.domain).id.value,
        "validity": catalogue.validity().map(crate::model::Validity::as_str),
        "departments": ids,
        "departments_text": names,
        "audiences": audiences,
        "life_events": life_events,
        "amounts": item.amounts.iter().map(amount).collect::<Vec<_>>(),
        "text": text,
    })
}

/// An amount as content writes it: ids and the figure as text.
fn amount(amount: &Amount) -> Value {
    let mut map = Map::new();
    let word = |word: &Option<crate::diag::Spanned<String>>| word.as_ref().map(|w| json!(w.value));
    map.extend(word(&amount.who).map(|who| ("who".to_owned(), who)));
    map.insert("value".into(), json!(amount.value.value));
    map.extend(word(&amount.unit).map(|unit| ("unit".to_owned(), unit)));
    if !amount.per.is_empty() {
        map.insert("per".into(), amount.per.iter().map(|per| json!(per.value)).collect());
    }
    Value::Object(map)
}

/// The cells of an item in a language. A translation has only what is translated, with its status and stale fields;
/// none where nothing is.
fn cells(catalogue: &Catalogue, item: &Item, lang: LangId) -> Option<Map<String, Value>> {
    let mut cells = Map::new();
    let mut stale = Vec::new();
    for (id, field) in catalogue.field_ids() {
        let Some(text) = item.text(id) else { continue };
        match text.resolve(lang).state {
            State::Missing => continue,
            State::Translated { stale: true, .. } => stale.push(json!(field.id.value)),
            State::Source | State::Translated { .. } => {}
        }
        cells.insert(field.id.value.clone(), json!(plain_cell(field.kind, text, lang)));
    }
    if lang != LangId::SOURCE {
        let meta = item.meta.get(lang.0 - 1)?.as_ref()?;
        cells.insert("status".into(), json!(meta.status.as_str()));
        cells.insert("stale".into(), Value::Array(stale));
    }
    Some(cells)
}

/// `data/items.csv`: RFC 4180, UTF-8 with a byte order mark, since spreadsheet programs take it for another encoding
/// without one. Lists in a cell are separated by `;`. A translation's columns are `field@tag`.
pub fn items_csv(catalogue: &Catalogue) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let columns: Vec<(LangId, FieldId, String)> = catalogue
        .lang_ids()
        .flat_map(|(lang, language)| {
            catalogue.field_ids().map(move |(id, field)| {
                let name = &field.id.value;
                let heading = if lang == LangId::SOURCE { name.clone() } else { format!("{name}@{}", language.tag) };
                (lang, id, heading)
            })
        })
        .collect();
    let fixed = [
        "slug",
        "number",
        "domain",
        "validity",
        "departments",
        "departments_text",
        "audiences",
        "life_events",
        "amounts",
    ];
    let headings = fixed.into_iter().chain(columns.iter().map(|(_, _, heading)| heading.as_str()));
    // Writing to memory cannot fail, and every record has the same number of fields.
    let _ = writer.write_record(headings);
    for item in &catalogue.items {
        let mut record = facts(catalogue, item);
        record.extend(columns.iter().map(|(lang, id, _)| cell(catalogue, item, *lang, *id)));
        let _ = writer.write_record(record.iter().map(|cell| harmless(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

fn facts(catalogue: &Catalogue, item: &Item) -> Vec<String> {
    let joined = |parts: Vec<&str>| parts.join(";");
    let departments = || item.departments.iter().map(|id| catalogue.department(*id));
    let amounts: Vec<String> = item.amounts.iter().map(amount_text).collect();
    vec![
        item.slug.clone(),
        item.number.as_ref().map(|n| n.value.to_string()).unwrap_or_default(),
        catalogue.domain(item.domain).id.value.clone(),
        catalogue.validity().map(crate::model::Validity::as_str).unwrap_or_default().to_owned(),
        joined(departments().map(|d| d.id.value.as_str()).collect()),
        joined(departments().map(|d| d.name.source.value.as_str()).collect()),
        joined(item.audiences.iter().map(|id| catalogue.audiences[id.0].id.value.as_str()).collect()),
        joined(item.life_events.iter().map(|id| catalogue.life_events[id.0].id.value.as_str()).collect()),
        amounts.join(";"),
    ]
}

/// An amount on one line: `primary 1000 CNY/student/year`.
fn amount_text(amount: &Amount) -> String {
    let mut out = String::new();
    if let Some(who) = &amount.who {
        out.push_str(&who.value);
        out.push(' ');
    }
    out.push_str(&amount.value.value);
    if let Some(unit) = &amount.unit {
        out.push(' ');
        out.push_str(&unit.value);
    }
    for per in &amount.per {
        out.push('/');
        out.push_str(&per.value);
    }
    out
}

fn cell(catalogue: &Catalogue, item: &Item, lang: LangId, id: FieldId) -> String {
    let Some(text) = item.text(id) else { return String::new() };
    if text.resolve(lang).state == State::Missing {
        return String::new();
    }
    plain_cell(catalogue.fields[id.0].kind, text, lang)
}

/// A cell that a spreadsheet program will not run as a formula: those that start like one get an apostrophe
/// (OWASP, "CSV Injection"). A sign before a digit is left alone, as it starts a number or a telephone number.
fn harmless(cell: &str) -> String {
    let mut chars = cell.chars();
    let formula = match chars.next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !chars.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    };
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(harmless("+86 470"), "+86 470");
        assert_eq!(harmless("-cmd"), "'-cmd");
        assert_eq!(harmless("文字"), "文字");
    }
}
