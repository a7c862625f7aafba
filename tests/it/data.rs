//! Open data: schemas, tables, linked data and the page that lists them, of both catalogues.

use crate::site::{REAL, VALLEY, attribute, build, json, page, words};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Built = BTreeMap<String, Vec<u8>>;

const BASE: &str = "https://example.org/list/";

/// The data files with this ending, schemas left out.
fn files<'s>(site: &'s Built, ending: &'s str) -> Vec<&'s str> {
    let in_data =
        |path: &&str| path.starts_with("data/") && !path.starts_with("data/schema/") && path.ends_with(ending);
    site.keys().map(String::as_str).filter(in_data).collect()
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::draft202012::new(schema).unwrap_or_else(|fault| panic!("{fault}"))
}

#[test]
fn every_data_file_is_as_its_schema_says() {
    for (content, count) in [(REAL, 10), (VALLEY, 4)] {
        let site = build(content, Some(BASE));
        let found = files(&site, ".json");
        assert_eq!(found.len(), count, "{found:?}");
        for path in found {
            let schema = json(&site, &path.replace("data/", "data/schema/"));
            assert!(jsonschema::draft202012::meta::is_valid(&schema), "{path}");
            assert_eq!(schema["$id"], format!("{BASE}{}", path.replace("data/", "data/schema/")));
            let (validator, data) = (validator(&schema), json(&site, path));
            let faults: Vec<String> =
                validator.iter_errors(&data).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
            assert_eq!(faults, [""; 0], "{content}: {path}");
        }
    }
}

/// A schema that lets everything pass would be worth nothing.
#[test]
fn a_schema_refuses_what_is_not_in_the_data() {
    let site = build(REAL, None);
    type Spoil = fn(&mut Value);
    let spoil: [(&str, Spoil); 6] = [
        ("items", |data| data[0]["validity"] = "current".into()),
        ("items", |data| data[0]["price"] = 1.into()),
        ("items", |data| data[0]["text"]["mn-Mong"]["status"] = "perfect".into()),
        ("catalogue", |data| data["counts"]["items"] = "82".into()),
        ("tasks", |data| data[0]["items"] = Value::Null),
        ("indicators", |data| data[0]["points"][0]["kind"] = "target".into()),
    ];
    for (name, spoil) in spoil {
        let validator = validator(&json(&site, &format!("data/schema/{name}.json")));
        let mut data = json(&site, &format!("data/{name}.json"));
        assert!(validator.is_valid(&data), "{name}");
        spoil(&mut data);
        assert!(!validator.is_valid(&data), "{name}");
    }
}

#[test]
fn only_what_a_catalogue_has_is_published() {
    let site = build(VALLEY, None);
    for absent in ["tasks", "division", "indicators", "interpretation", "audiences", "life-events"] {
        assert!(!site.keys().any(|path| path.starts_with("data/") && path.contains(absent)), "{absent}");
    }
    let schema = json(&site, "data/schema/items.json");
    assert_eq!(schema["$id"], Value::Null, "without a base URL there is no address to name");
}

/// A CSV file as rows; the first is the head.
fn csv_rows(site: &Built, path: &str) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(&site[path]).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{path} has no byte order mark"));
    assert!(text.ends_with("\r\n"), "{path}");
    // The reader refuses rows that are longer or shorter than the head.
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn tables_have_a_row_for_each_thing() {
    let site = build(REAL, None);
    assert_eq!(files(&site, ".csv").len(), 8);
    for path in files(&site, ".csv") {
        let (data, rows) = (json(&site, &path.replace(".csv", ".json")), csv_rows(&site, path));
        let things: usize = match path {
            "data/indicators.csv" => {
                data.as_array().unwrap().iter().map(|i| i["points"].as_array().unwrap().len()).sum()
            }
            _ => data.as_array().unwrap().len(),
        };
        assert!(things > 0);
        assert_eq!(rows.len(), things + 1, "{path}");
    }
    let tasks = csv_rows(&site, "data/tasks.csv");
    let column = |name: &str| tasks[0].iter().position(|head| head == name).unwrap();
    assert_eq!(tasks[1][column("title")], "义务教育");
    assert_eq!(tasks[1][column("validity")], "lapsed");
    assert_eq!(tasks[1][column("items")], "free-compulsory-education;student-nutrition;boarding-allowance");
    assert!(!tasks[1][column("title@mn-Mong")].is_empty());
}

#[test]
fn the_interpretation_is_questions_and_answers() {
    let data = json(&build(REAL, None), "data/interpretation.json");
    assert_eq!(data[0]["name"], "interpretation");
    assert_eq!(data[0]["interprets"], "notice");
    for lang in ["zh-Hans", "mn-Mong"] {
        let sections = data[0]["sections"][lang].as_array().unwrap();
        assert!(sections.len() > 3, "{lang}");
        assert!(sections.iter().all(|s| s["text"].as_str().unwrap().chars().count() > 20), "{lang}");
    }
    let text = data[0]["text"]["zh-Hans"].as_str().unwrap();
    assert!(!text.contains("](") && !text.contains("##"), "Markdown is left in the text");
}

/// Calls `each` for every object within a value.
fn objects<'v>(value: &'v Value, each: &mut dyn FnMut(&'v serde_json::Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            each(map);
            map.values().for_each(|value| objects(value, each));
        }
        Value::Array(values) => values.iter().for_each(|value| objects(value, each)),
        _ => {}
    }
}

#[test]
fn linked_data_need_no_other_file_to_be_read() {
    for (content, base) in [(REAL, None), (REAL, Some(BASE)), (VALLEY, None), (VALLEY, Some(BASE))] {
        let site = build(content, base);
        let data = json(&site, "data/catalogue.jsonld");
        let (context, graph) = (data["@context"].as_object().unwrap(), data["@graph"].as_array().unwrap());
        let own: BTreeSet<&str> = graph.iter().map(|node| node["@id"].as_str().unwrap()).collect();
        assert_eq!(own.len(), graph.len(), "an id stands twice");
        let prefix = base.map_or("#".to_owned(), |base| format!("{base}data/catalogue.jsonld#"));
        assert!(own.iter().all(|id| id.starts_with(&prefix)));
        let known = |term: &str| {
            let name = term.split(':').next().unwrap();
            context.contains_key(name)
        };
        for node in graph {
            for key in node.as_object().unwrap().keys() {
                assert!(key.starts_with('@') || context.contains_key(key), "{key} is no term");
            }
            for kind in node["@type"].as_array().unwrap() {
                assert!(known(kind.as_str().unwrap()), "{kind}");
            }
            // What refers to another node refers to one that is there.
            for key in [
                "theme",
                "classifiedBy",
                "groupedBy",
                "operator",
                "authority",
                "subjectOf",
                "status",
                "broader",
                "inScheme",
            ] {
                let ids = match &node[key] {
                    Value::Array(ids) => ids.clone(),
                    Value::Null => continue,
                    id => vec![id.clone()],
                };
                assert!(ids.iter().all(|id| own.contains(id.as_str().unwrap())), "{key}: {ids:?}");
            }
        }
        for definition in context.values() {
            let term = definition.as_str().or_else(|| definition["@id"].as_str()).unwrap();
            assert!(term.starts_with("http") || known(term), "{term}");
        }
    }
}

#[test]
fn linked_data_say_that_nothing_can_be_claimed() {
    let data = json(&build(REAL, Some(BASE)), "data/catalogue.jsonld");
    let graph = data["@graph"].as_array().unwrap();
    let node = |id: &Value| graph.iter().find(|node| node["@id"] == *id).unwrap();
    let is_service = |node: &&Value| node["@type"].as_array().unwrap().contains(&"cpsv:PublicService".into());
    let services: Vec<&Value> = graph.iter().filter(is_service).collect();
    assert_eq!(services.len(), 82);
    for service in services {
        assert_eq!(node(&service["subjectOf"])["legalForce"], "schema:NotInForce");
        assert_eq!(node(&service["status"])["notation"], "lapsed");
        assert_eq!(service["translation"], serde_json::json!(["mn-Mong: draft"]), "{}", service["@id"]);
        assert!(service["name"]["zh-Hans"].is_string() && service["name"]["mn-Mong"].is_string());
    }
}

#[test]
fn the_description_of_the_files_is_true() {
    for (content, base) in [(REAL, Some(BASE)), (REAL, None), (VALLEY, Some(BASE))] {
        let site = build(content, base);
        let data = json(&site, "data/dcat.jsonld");
        assert_eq!(data["@type"], "dcat:Catalog");
        let mut described = BTreeSet::new();
        objects(&data, &mut |node| {
            if node.get("@type").is_some_and(|kind| kind == "dcat:Distribution") {
                let name = node["fileName"].as_str().unwrap();
                let bytes = &site[&format!("data/{name}")];
                assert_eq!(node["byteSize"], bytes.len().to_string(), "{name}");
                let address = node.get("downloadURL").and_then(Value::as_str).map(str::to_owned);
                assert_eq!(address, base.map(|base| format!("{base}data/{name}")));
                if let Some(schema) = node.get("conformsTo") {
                    let schema = schema.as_str().unwrap().trim_start_matches(&format!("{BASE}data/"));
                    assert!(site.contains_key(&format!("data/{schema}")), "{schema}");
                }
                assert!(node.get("license").is_none(), "no content here names a licence");
                described.insert(format!("data/{name}"));
            }
        });
        let rest = |path: &&String| path.starts_with("data/") && !path.contains("/schema/") && !path.contains("dcat");
        assert_eq!(described, site.keys().filter(rest).cloned().collect::<BTreeSet<String>>());
    }
}

#[test]
fn the_page_lists_every_file_with_its_true_size() {
    for (content, folder) in [(REAL, "zh"), (VALLEY, "en")] {
        let site = build(content, None);
        let html = page(&site, &format!("{folder}/data.html"));
        let links: Vec<String> = attribute(&html, ".formats a", "href");
        let paths: BTreeSet<String> = links.iter().map(|link| link.trim_start_matches("../").to_owned()).collect();
        assert_eq!(paths, site.keys().filter(|path| path.starts_with("data/")).cloned().collect::<BTreeSet<String>>());
        let sizes = attribute(&html, ".formats data", "value");
        for (link, size) in links.iter().zip(sizes) {
            assert_eq!(site[link.trim_start_matches("../")].len().to_string(), size, "{link}");
        }
    }
    let html = page(&build(REAL, None), "zh/data.html");
    assert!(words(&html, ".side .docmeta").concat().contains("许可未注明"), "a licence was invented");
}

/// A licence is said where the content names one, and there alone.
#[test]
fn a_licence_of_the_content_is_on_the_page_and_in_the_description() {
    let folder = tempfile::tempdir().unwrap();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(VALLEY);
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry.unwrap();
        let to = folder.path().join(entry.path().strip_prefix(&from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).unwrap();
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
    let file = folder.path().join("site.yaml");
    let licence = "licence: {name: {en: Open Valley Licence}, url: https://example.org/licence}\n";
    std::fs::write(&file, std::fs::read_to_string(&file).unwrap() + licence).unwrap();
    let site = build(folder.path().to_str().unwrap(), Some(BASE));
    let html = page(&site, "en/data.html");
    assert!(words(&html, ".side .docmeta").concat().contains("Open Valley Licence"));
    assert!(attribute(&html, ".side .docmeta a", "href").contains(&"https://example.org/licence".to_owned()));
    let mut licensed = 0;
    objects(&json(&site, "data/dcat.jsonld"), &mut |node| {
        if node.get("@type").is_some_and(|kind| kind == "dcat:Distribution") {
            assert_eq!(node["license"]["@id"], "https://example.org/licence");
            assert_eq!(node["license"]["title"]["en"], "Open Valley Licence");
            licensed += 1;
        }
    });
    assert!(licensed > 5, "{licensed}");
}

#[cfg(not(feature = "xlsx"))]
#[test]
fn without_its_feature_there_is_no_workbook() {
    let site = build(REAL, None);
    assert!(!site.keys().any(|path| path.ends_with(".xlsx")));
    assert!(!String::from_utf8_lossy(&site["zh/data.html"]).contains("xlsx"));
}

#[cfg(feature = "xlsx")]
mod workbook {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::{Cursor, Read};

    /// The tables, and what their sheets are called in Chinese.
    const SHEETS: [(&str, &str); 8] = [
        ("items", "全部服务项目"),
        ("domains", "领域"),
        ("departments", "单位"),
        ("audiences", "人群"),
        ("life-events", "事情"),
        ("tasks", "重点任务"),
        ("division", "任务分工"),
        ("indicators", "主要指标"),
    ];

    #[test]
    fn every_cell_comes_back_as_text() {
        let site = build(REAL, None);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(site["data/catalogue.xlsx"].clone())).unwrap();
        assert_eq!(book.sheet_names(), SHEETS.map(|(_, title)| title.to_owned()));
        for (name, title) in SHEETS {
            let rows = csv_rows(&site, &format!("data/{name}.csv"));
            let range = book.worksheet_range(title).unwrap();
            for (at, row) in rows.iter().enumerate() {
                for (column, cell) in row.iter().enumerate() {
                    let place = (u32::try_from(at).unwrap(), u32::try_from(column).unwrap());
                    match range.get_value(place) {
                        None | Some(Data::Empty) => assert_eq!(cell, "", "{title} {place:?}"),
                        Some(Data::String(text)) => {
                            assert_eq!(text, cell.trim_start_matches('\''), "{title} {place:?}")
                        }
                        Some(other) => panic!("{title} {place:?}: {other:?} is no text"),
                    }
                }
            }
            assert!(book.worksheet_formula(title).unwrap().is_empty());
        }
    }

    #[test]
    fn a_workbook_is_the_same_on_every_day() {
        let bytes = |content| build(content, None).remove("data/catalogue.xlsx").unwrap();
        for content in [REAL, VALLEY] {
            assert_eq!(bytes(content), bytes(content));
        }
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes(REAL))).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        assert!(part("docProps/core.xml").contains("2026-11-24T00:00:00Z"), "the date is the content's");
        let sheet = part("xl/worksheets/sheet1.xml");
        assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"));
    }
}
