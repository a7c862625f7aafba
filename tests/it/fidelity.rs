//! The content says what the source document says: cell by cell, up to the restorations and the punctuation rule.
//!
//! The fixture is the scraped notice as it was found. The content is read with `serde_yaml`, not with our own reader.

use serde_yaml::Value;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const INJECTED_IN: &str = "tests/fixtures/restored.tsv";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null => String::new(),
        other => panic!("no text: {other:?}"),
    }
}

/// The string that stood in place of lost words: what `site.yaml` forbids.
fn injected() -> String {
    text(&yaml("content/site.yaml")["forbidden"][0])
}

/// The notice, line by line, with the lost words put back and the punctuation made full-width.
struct Source {
    lines: Vec<String>,
}

impl Source {
    fn read() -> Self {
        let injected = injected();
        let mut words: HashMap<usize, Vec<String>> = HashMap::new();
        for row in read(INJECTED_IN).lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let line: usize = cells[0].parse().expect("a line number");
            let list = words.entry(line).or_default();
            assert_eq!(cells[1].parse::<usize>().expect("a count"), list.len() + 1, "restorations stand in order");
            list.push(cells[2].to_owned());
        }
        let mut lines = Vec::new();
        for (at, line) in read("tests/fixtures/notice.txt").lines().enumerate() {
            let mut restored = words.remove(&(at + 1)).unwrap_or_default().into_iter();
            let parts: Vec<&str> = line.split(injected.as_str()).collect();
            let mut whole = parts[0].to_owned();
            for part in &parts[1..] {
                whole.push_str(&restored.next().unwrap_or_else(|| panic!("line {}: no word to restore", at + 1)));
                whole.push_str(part);
            }
            assert!(restored.next().is_none(), "line {}: more words than gaps", at + 1);
            lines.push(full_width(&whole));
        }
        assert!(words.is_empty(), "restorations beyond the end");
        Self { lines }
    }

    /// The paragraphs of lines `first..=last`, numbered as in the file.
    fn paragraphs(&self, first: usize, last: usize) -> Vec<(usize, String)> {
        (first..=last).map(|n| (n, tight(&self.lines[n - 1]))).filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// Without the layout's spaces, which the notice is full of.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{3000}' | '\t' | '\n')).collect()
}

fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…' | '①'..='⑳')
}

/// The punctuation rule: `, : ; ( ) ?` become full-width in Chinese context, never within a number; the two of a pair
/// of parentheses turn together.
fn full_width(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    let near = |at: usize, step: isize| {
        let mut at = at as isize + step;
        while at >= 0 && (at as usize) < chars.len() && matches!(chars[at as usize], ' ' | '\u{a0}') {
            at += step;
        }
        usize::try_from(at).ok().and_then(|at| chars.get(at)).copied()
    };
    let chinese = |at: usize| near(at, -1).is_some_and(is_cjk) || near(at, 1).is_some_and(is_cjk);
    let in_number = |at: usize| [near(at, -1), near(at, 1)].iter().all(|c| c.is_some_and(|c| c.is_ascii_digit()));
    let mut open = Vec::new();
    let mut partner = HashMap::new();
    for (at, c) in chars.iter().enumerate() {
        match c {
            '(' => open.push(at),
            ')' => {
                if let Some(start) = open.pop() {
                    partner.insert(start, at);
                    partner.insert(at, start);
                }
            }
            _ => {}
        }
    }
    let turn = |at: usize| match partner.get(&at) {
        Some(other) => chinese(at) || chinese(*other),
        None => chinese(at) && !in_number(at),
    };
    let wide = |(at, c): (usize, &char)| match c {
        ',' if turn(at) => '，',
        ':' if turn(at) => '：',
        ';' if turn(at) => '；',
        '?' if turn(at) => '？',
        '(' if turn(at) => '（',
        ')' if turn(at) => '）',
        c => *c,
    };
    chars.iter().enumerate().map(wide).collect()
}

/// Takes paragraphs from the front of the source until they make up `cell`.
fn take(source: &mut std::vec::IntoIter<(usize, String)>, cell: &str, what: &str) {
    let expected = tight(cell);
    let mut found = String::new();
    let mut line = 0;
    while found.len() < expected.len() {
        let (at, part) = source.next().unwrap_or_else(|| panic!("{what}: the source ended"));
        line = at;
        found.push_str(&part);
    }
    assert_eq!(expected, found, "{what}, up to line {line} of the notice");
}

fn items() -> Vec<(String, Value)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("content/items")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let domain =
        |path: &Path| path.parent().and_then(Path::file_name).expect("a domain").to_string_lossy().into_owned();
    let read = |path: PathBuf| {
        let value = serde_yaml::from_str(&std::fs::read_to_string(&path).expect("a file")).expect("YAML");
        (domain(&path), value)
    };
    let mut items: Vec<(String, Value)> = files.into_iter().map(read).collect();
    items.sort_by_key(|(_, item): &(String, Value)| item["number"].as_u64());
    items
}

fn names(path: &str) -> HashMap<String, String> {
    let list = yaml(path);
    list.as_sequence().expect("a list").iter().map(|e| (text(&e["id"]), text(&e["name"]))).collect()
}

#[test]
fn every_cell_of_the_list_is_the_source() {
    let source = Source::read();
    let mut paragraphs = source.paragraphs(362, 1440).into_iter();
    let departments = names("content/departments.yaml");
    let domains = yaml("content/domains.yaml");
    let ordinals = ["一", "二", "三", "四", "五", "六", "七", "八"];
    let counts = [8, 10, 7, 20, 13, 3, 10, 11];
    let items = items();
    assert_eq!(items.len(), 82);
    let mut items = items.into_iter().peekable();
    for ((domain, ordinal), count) in domains.as_sequence().expect("a list").iter().zip(ordinals).zip(counts) {
        let heading = format!("{ordinal}、{}", text(&domain["name"]));
        take(&mut paragraphs, &heading, "a domain's heading");
        let mut seen = 0;
        while let Some((_, item)) = items.next_if(|(folder, _)| *folder == text(&domain["id"])) {
            seen += 1;
            let number = text(&item["number"]);
            take(&mut paragraphs, &number, "a number");
            for field in ["name", "audience", "standard", "funding"] {
                take(&mut paragraphs, &text(&item["text"][field]), &format!("item {number}, {field}"));
            }
            let leads = item["departments"].as_sequence().expect("departments").iter();
            let leads: Vec<&str> = leads.map(|id| departments[id.as_str().expect("an id")].as_str()).collect();
            take(&mut paragraphs, &leads.join("、"), &format!("item {number}, departments"));
        }
        assert_eq!(seen, count, "{heading}");
    }
    assert_eq!(paragraphs.next(), None, "the list has more in the source");
}

#[test]
fn cells_of_several_paragraphs_keep_them() {
    let items = items();
    let lines = |number: usize| text(&items[number - 1].1["text"]["audience"]).lines().count();
    assert_eq!((lines(48), lines(49)), (4, 2));
    let single = items.iter().filter(|(_, item)| text(&item["text"]["audience"]).lines().count() == 1).count();
    assert_eq!(single, 80);
}

/// The body of a Markdown document, without marks: headings, backslashes, heading ids.
fn body(path: &str) -> Vec<String> {
    let file = read(path);
    let body = file.splitn(3, "---\n").nth(2).expect("front matter").to_owned();
    let mut paragraphs = Vec::new();
    for line in body.lines().filter(|line| !line.trim().is_empty()) {
        let (mark, rest) = line.split_at(line.len() - line.trim_start_matches('#').len());
        let (words, id) = rest.rsplit_once(" {#").map_or((rest, ""), |(words, id)| (words, id.trim_end_matches('}')));
        let mut plain = tight(&words.replace('\\', ""));
        // A heading stands for the first sentence of its paragraph in the source.
        if id.starts_with("task-") || ["leadership", "responsibility", "supervision"].contains(&id) {
            plain.push('。');
        }
        let _ = mark;
        paragraphs.push(plain);
    }
    paragraphs
}

/// The table of indicators as the notice prints it.
fn indicators() -> String {
    let names = names("content/domains.yaml");
    let list = yaml("content/policy/indicators.yaml");
    let list = list.as_sequence().expect("a list");
    assert_eq!(list.len(), 21);
    let (mut out, mut last) = (String::from("指标2015年2020年"), String::new());
    for indicator in list {
        let domain = text(&indicator["domain"]);
        if domain != last {
            out.push_str(&names[&domain]);
            last = domain;
        }
        let _ = write!(out, "{}（{}）", text(&indicator["name"]), text(&indicator["unit"]));
        for point in indicator["points"].as_sequence().expect("points") {
            let value = text(&point["value"]);
            match point["kind"].as_str().expect("a kind") {
                "missing" => out.push('-'),
                "cumulative" => {
                    let _ = write!(out, "【{value}】");
                }
                _ => out.push_str(&value),
            }
        }
    }
    out
}

/// Compares two long texts and shows the neighbourhood of the first difference.
fn same(ours: &str, source: &str) {
    if let Some(at) = ours.chars().zip(source.chars()).position(|(a, b)| a != b) {
        let near = |text: &str| text.chars().skip(at.saturating_sub(20)).take(60).collect::<String>();
        panic!("they part here:\n  ours: {}\nsource: {}", near(ours), near(source));
    }
    assert_eq!(ours.chars().count(), source.chars().count(), "one is longer");
}

#[test]
fn the_notice_is_the_source() {
    let source = Source::read();
    let paragraphs = body("content/policy/notice.md");
    let end = paragraphs.iter().position(|p| p == "{items}").expect("the annex");
    let ours: String =
        paragraphs[..end].iter().map(|p| if p == "{indicators}" { indicators() } else { p.clone() }).collect();
    let theirs: String = source.paragraphs(9, 345).into_iter().map(|(_, text)| text).collect();
    same(&ours, &theirs);
    assert_eq!(paragraphs[end..].iter().filter(|p| p.starts_with('附')).count(), 2, "annexes 2 and 3");
}

#[test]
fn the_interpretation_is_the_source() {
    let source = Source::read();
    let ours: String = body("content/policy/interpretation.md").concat();
    let theirs: String = source.paragraphs(1613, 1641).into_iter().map(|(_, text)| text).collect();
    same(&ours, &theirs);
    assert_eq!(read("content/policy/interpretation.md").matches("\n## ").count(), 6);
}

#[test]
fn the_tasks_are_those_of_the_notice() {
    let headings: Vec<String> =
        body("content/policy/notice.md").into_iter().filter(|p| p.starts_with(|c: char| c.is_ascii_digit())).collect();
    let areas = yaml("content/policy/tasks.yaml");
    let areas = areas.as_sequence().expect("a list");
    assert_eq!(areas.len(), 11);
    let tasks = areas.iter().flat_map(|area| area["tasks"].as_sequence().expect("tasks"));
    let tasks: Vec<String> = tasks.map(|t| tight(&format!("{}.{}。", text(&t["number"]), text(&t["title"])))).collect();
    assert_eq!(tasks.len(), 46);
    for task in tasks {
        assert!(headings.contains(&task), "{task}");
    }
}

#[test]
fn the_division_is_the_source() {
    let source = Source::read();
    let mut paragraphs = source.paragraphs(1452, 1606).into_iter();
    let rows = yaml("content/policy/division.yaml");
    let rows = rows.as_sequence().expect("a list");
    assert_eq!(rows.len(), 26);
    for row in rows {
        let number = text(&row["number"]);
        take(&mut paragraphs, &number, "a number");
        take(&mut paragraphs, &text(&row["task"]), &format!("row {number}, task"));
        take(&mut paragraphs, &text(&row["responsible"]), &format!("row {number}, responsible"));
    }
    assert_eq!(paragraphs.next(), None);
}

#[test]
fn the_document_is_the_header_of_the_source() {
    let source = Source::read();
    let document = yaml("content/policy/document.yaml");
    let header: String = source.paragraphs(2, 5).into_iter().map(|(_, text)| text).collect();
    let header = header.replace('﹝', "〔").replace('﹞', "〕");
    for key in ["title", "issuer", "index_number", "document_number", "subject", "written"] {
        assert!(header.contains(&tight(&text(&document[key]))), "{key}");
    }
    assert!(source.lines[5].contains(&text(&document["published"])));
    assert!(header.contains("公文时效失效") && document["validity"] == "lapsed");
}

#[test]
fn every_restoration_is_recorded_with_its_confidence() {
    let mut recorded: Vec<(String, String)> = Vec::new();
    let mut add = |notes: &Value| {
        for note in notes.as_sequence().into_iter().flatten().filter(|n| n["kind"] == "restored") {
            let confidence: f64 = text(&note["confidence"]).parse().expect("a number");
            recorded.push((text(&note["text"]), confidence.to_string()));
        }
    };
    items().iter().for_each(|(_, item)| add(&item["editorial"]));
    add(&yaml("content/policy/document.yaml")["editorial"]);
    for name in ["notice", "interpretation"] {
        let file = read(&format!("content/policy/{name}.md"));
        let front: Value = serde_yaml::from_str(file.split("---\n").nth(1).expect("front matter")).expect("YAML");
        add(&front["editorial"]);
    }
    let mut expected: Vec<(String, String)> = Vec::new();
    for row in read(INJECTED_IN).lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        expected.push((cells[2].to_owned(), cells[4].parse::<f64>().expect("a number").to_string()));
    }
    recorded.sort();
    expected.sort();
    assert_eq!(expected.len(), 37);
    assert_eq!(recorded, expected);
}
