//! `data/dcat.jsonld`: the data files as a catalogue of datasets (DCAT 3), for harvesters.
//!
//! Lives here: one dataset for each part, one distribution for each file. What the content does not know — a licence, a
//! publisher, a date of issue of the data — is not said. Never here: what is in the files.

use super::{Data, File, Format, Part};
use crate::model::{OptionalPart, Text};
use crate::url::{self, Page};
use serde_json::{Map, Value, json};

/// The description.
pub(super) fn dcat(data: &Data<'_>) -> Map<String, Value> {
    let mut root = Map::new();
    root.insert("@context".into(), context());
    root.extend(catalog(data));
    root
}

fn context() -> Value {
    let text = |term: &str| json!({"@id": term, "@container": "@language"});
    let link = |term: &str| json!({"@id": term, "@type": "@id"});
    let typed = |term: &str, kind: &str| json!({"@id": term, "@type": format!("xsd:{kind}")});
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "title": text("dct:title"),
        "description": text("dct:description"),
        "label": text("skos:prefLabel"),
        "fileName": "dct:title",
        "name": text("foaf:name"),
        "identifier": "dct:identifier",
        "issued": typed("dct:issued", "date"),
        "modified": typed("dct:modified", "date"),
        "byteSize": typed("dcat:byteSize", "nonNegativeInteger"),
        "dataset": "dcat:dataset",
        "distribution": "dcat:distribution",
        "mediaType": link("dcat:mediaType"),
        "downloadURL": link("dcat:downloadURL"),
        "accessURL": link("dcat:accessURL"),
        "landingPage": link("dcat:landingPage"),
        "conformsTo": link("dct:conformsTo"),
        "license": "dct:license",
        "language": "dct:language",
        "publisher": "dct:publisher",
        "spatial": "dct:spatial",
        "source": "dct:source",
    })
}

fn catalog(data: &Data<'_>) -> Map<String, Value> {
    let c = data.catalogue;
    let mut node = Map::new();
    node.insert("@id".into(), json!(id(data, "catalogue")));
    node.insert("@type".into(), json!("dcat:Catalog"));
    node.insert("title".into(), texts(data, &c.site.title));
    put(&mut node, "description", c.site.description.as_ref().map(|text| texts(data, text)));
    common(data, &mut node);
    let parts = Part::ALL.iter().filter(|part| part.is_in(c));
    node.insert("dataset".into(), parts.map(|part| dataset(data, *part)).collect());
    node
}

/// What is the same for the catalogue, its datasets and their distributions.
fn common(data: &Data<'_>, node: &mut Map<String, Value>) {
    let site = &data.catalogue.site;
    let language = |lang: &crate::lang::Lang| json!({"@type": "dct:LinguisticSystem", "rdf:value": lang.tag});
    node.insert("language".into(), site.languages.iter().map(language).collect());
    put(node, "modified", site.updated.as_ref().map(|date| json!(date.value)));
    put(node, "license", license(data));
    let sponsor = site.government.sponsor.as_ref();
    put(node, "publisher", sponsor.map(|name| json!({"@type": "foaf:Agent", "name": texts(data, name)})));
    put(node, "landingPage", landing_page(data).map(Value::String));
}

fn license(data: &Data<'_>) -> Option<Value> {
    let licence = data.catalogue.site.licence.as_ref()?;
    let mut node = Map::new();
    put(&mut node, "@id", licence.url.as_ref().map(|url| json!(url.value)));
    node.insert("@type".into(), json!("dct:LicenseDocument"));
    node.insert("title".into(), texts(data, &licence.name));
    Some(Value::Object(node))
}

fn landing_page(data: &Data<'_>) -> Option<String> {
    let source = data.catalogue.languages().first()?;
    let page = if data.catalogue.site.has(OptionalPart::Data) { Page::Data } else { Page::Home };
    data.base_url.map(|base| url::absolute(base, &page.path(source)))
}

fn dataset(data: &Data<'_>, part: Part) -> Value {
    let c = data.catalogue;
    let mut node = Map::new();
    // The parts have names of their own; all of it is called apart from `catalogue.json`.
    let name = if part == Part::Whole { "whole" } else { part.name() };
    node.insert("@id".into(), json!(id(data, &format!("dataset/{name}"))));
    node.insert("@type".into(), json!("dcat:Dataset"));
    node.insert("identifier".into(), json!(name));
    let titles = c.languages().iter().zip(&data.titles);
    let titles: Map<String, Value> =
        titles.filter_map(|(lang, titles)| Some((lang.tag.clone(), json!(titles.get(part.key())?)))).collect();
    node.insert("title".into(), Value::Object(titles));
    common(data, &mut node);
    let place = c.site.place.as_ref();
    put(&mut node, "spatial", place.map(|place| json!({"@type": "dct:Location", "label": texts(data, place)})));
    put(&mut node, "source", source(data));
    let files = data.files().iter().enumerate();
    // The description is about the others; a schema is what they conform to.
    let files = files.filter(|(_, f)| f.part == part && !matches!(f.format, Format::Dcat | Format::Schema));
    node.insert("distribution".into(), files.map(|(at, file)| distribution(data, at, file)).collect());
    Value::Object(node)
}

/// The document that the data were taken from, with its validity.
fn source(data: &Data<'_>) -> Option<Value> {
    let document = data.catalogue.policy.document.as_ref()?;
    let mut node = Map::new();
    node.insert("title".into(), texts(data, &document.title));
    put(&mut node, "identifier", document.document_number.as_ref().map(|n| json!(n.value)));
    put(&mut node, "issued", document.published.as_ref().map(|date| json!(date.value)));
    node.insert("skos:notation".into(), json!(document.validity.as_str()));
    put(&mut node, "description", document.validity_note.as_ref().map(|note| texts(data, note)));
    Some(Value::Object(node))
}

fn distribution(data: &Data<'_>, at: usize, file: &File) -> Value {
    let name = file.path.strip_prefix(url::DATA).unwrap_or(&file.path);
    let mut node = Map::new();
    node.insert("@id".into(), json!(id(data, &format!("file/{name}"))));
    node.insert("@type".into(), json!("dcat:Distribution"));
    node.insert("fileName".into(), json!(name));
    let media = format!("https://www.iana.org/assignments/media-types/{}", file.format.media_type());
    node.insert("mediaType".into(), json!(media));
    // DCAT wants the size as a decimal of xsd:nonNegativeInteger; a string keeps it whole.
    node.insert("byteSize".into(), json!(data.size(at).to_string()));
    put(&mut node, "accessURL", landing_page(data).map(Value::String));
    put(&mut node, "downloadURL", data.base_url.map(|base| json!(url::absolute(base, &file.path))));
    let schema = format!("schema/{}.json", file.part.name());
    put(&mut node, "conformsTo", (file.format == Format::Json).then(|| json!(data.iri(&schema))));
    put(&mut node, "license", license(data));
    put(&mut node, "modified", data.catalogue.site.updated.as_ref().map(|date| json!(date.value)));
    Value::Object(node)
}

/// The IRI of a thing that this file describes: absolute with a base URL, else relative to the file.
fn id(data: &Data<'_>, fragment: &str) -> String {
    let own = if data.base_url.is_some() { url::DATA_DCAT } else { "" };
    data.iri(&format!("{own}#{fragment}"))
}

fn texts(data: &Data<'_>, text: &Text) -> Value {
    json!(super::shape::by_language(data.catalogue, text))
}

fn put(node: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        node.insert(key.to_owned(), value);
    }
}
