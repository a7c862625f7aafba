//! A content of attacks: every text of it is a payload. It builds, or is refused with a place, and nothing of it is ever
//! markup, script, formula, or a path.
//!
//! `tests/fixtures/hostile` has the content, where `@hostile` stands for a payload, and the payloads. They are laid out in
//! every order, so that each comes to stand in each place. `tests/browser/hostile.test.mjs` opens such a site in a browser.

use crate::cli::{Desk, code, text};
use qingdan::cli::locale::MessageLang;
use qingdan::cli::output::{self, Format};
use qingdan::diag::Report;
use qingdan::lang::LangId;
use qingdan::model::Catalogue;
use qingdan::search;
use qingdan::site::{Options, Site, search_files};
use qingdan::source::Sources;
use qingdan::theme::Theme;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const TOKEN: &str = "@hostile";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile")
}

fn payloads() -> Vec<String> {
    let text = std::fs::read_to_string(folder().join("payloads.json")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value["shown"].as_array().unwrap().iter().map(|payload| payload.as_str().unwrap().to_owned()).collect()
}

/// The files of the content, with tokens.
fn carrier() -> BTreeMap<String, String> {
    let root = folder().join("content");
    let files =
        walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let named = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        (path, std::fs::read_to_string(entry.path()).unwrap())
    };
    files.map(named).collect()
}

/// The content with payloads in the place of tokens, the first of them `shift`. In YAML they stand in double quotes.
fn laid_out(shift: usize, payloads: &[String]) -> BTreeMap<String, String> {
    let mut next = shift;
    let fill = |(path, written): (String, String)| {
        let body = if path.ends_with(".md") { written.rfind("\n---\n").unwrap() } else { written.len() };
        let mut out = String::new();
        let mut done = 0;
        for (at, token) in written.match_indices(TOKEN) {
            out.push_str(&written[done..at]);
            let payload = &payloads[next % payloads.len()];
            next += 1;
            let quoted = serde_json::to_string(payload).unwrap();
            out.push_str(if at < body { &quoted[1..quoted.len() - 1] } else { payload });
            done = at + token.len();
        }
        out.push_str(&written[done..]);
        (path, out)
    };
    carrier().into_iter().map(fill).collect()
}

fn checked(files: BTreeMap<String, String>) -> (Catalogue, Report) {
    let sources = Sources::from_memory(files);
    let mut report = Report::default();
    let catalogue = qingdan::load(&sources).merge_into(&mut report);
    report.merge(qingdan::check::check(&catalogue));
    report.sort();
    (catalogue, report)
}

/// What a page may not have, whoever wrote it.
fn page(path: &str, html: &str) {
    let page = scraper::Html::parse_document(html);
    assert!(
        page.errors.is_empty() || !page.errors.iter().any(|e| e.contains("attribute")),
        "{path}: {:?}",
        page.errors
    );
    for node in page.tree.nodes() {
        match node.value() {
            scraper::Node::Comment(comment) => assert!(!comment.contains("pwned"), "{path}: a comment has a payload"),
            scraper::Node::Element(element) => {
                let name = element.name();
                let banned = ["img", "iframe", "object", "embed", "base", "frame", "math", "mglyph", "applet", "form"];
                let own_form = name == "form" && element.attr("action").is_none_or(is_near);
                assert!(own_form || !banned.contains(&name), "{path}: <{name}>");
                for (attribute, value) in element.attrs() {
                    let lower = value.trim_start().to_ascii_lowercase();
                    assert!(!attribute.starts_with("on"), "{path}: <{name} {attribute}={value:?}>");
                    assert!(
                        !matches!(attribute, "srcdoc" | "formaction" | "style" | "autofocus"),
                        "{path}: <{name} {attribute}>"
                    );
                    if matches!(attribute, "href" | "src" | "action" | "xlink:href" | "poster" | "data" | "ping") {
                        let scripts =
                            ["javascript:", "data:", "vbscript:"].iter().any(|scheme| lower.starts_with(scheme));
                        assert!(!scripts, "{path}: <{name} {attribute}={value:?}>");
                    }
                    if attribute == "src"
                        || name == "link" && attribute == "href" && element.attr("rel") == Some("stylesheet")
                    {
                        assert!(is_near(value), "{path}: <{name} {attribute}={value:?}>");
                    }
                    if attribute == "content" && element.attr("http-equiv") == Some("refresh") {
                        let target = lower.split_once("url=").map_or("", |(_, target)| target);
                        assert!(is_near(target), "{path}: leads to {value}");
                    }
                }
                if name == "script" && element.attr("src").is_none() {
                    let kind = element.attr("type").unwrap_or_default();
                    let text: String = scraper::ElementRef::wrap(node).unwrap().text().collect();
                    assert!(
                        kind == "application/ld+json" || kind == "application/json",
                        "{path}: an inline script: {text}"
                    );
                    assert!(!text.contains(['<', '>', '&']), "{path}: data that could end its block: {text}");
                    serde_json::from_str::<serde_json::Value>(&text)
                        .unwrap_or_else(|error| panic!("{path}: {error}: {text}"));
                }
                let text = || scraper::ElementRef::wrap(node).unwrap().text().collect::<String>();
                assert!(name != "style", "{path}: an inline sheet: {}", text());
            }
            _ => {}
        }
    }
}

/// Whether an address stays on the site.
fn is_near(address: &str) -> bool {
    !address.starts_with("//") && !address.contains("://") && !address.starts_with('\\')
}

/// A cell that a spreadsheet program would take for a formula: what docs/data.md promises is not.
fn is_formula(cell: &str) -> bool {
    let mut chars = cell.chars();
    match chars.next() {
        Some('=' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => true,
        Some('+' | '-') => !chars.all(|c| c.is_ascii_digit() || " .,()%-".contains(c)),
        _ => false,
    }
}

fn csv(path: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}').to_owned();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(!is_formula(cell), "{path}: {cell:?}");
        }
    }
}

/// A zip whose names stay within the folder that it is unpacked to; each file with its bytes.
fn unzipped(what: &str, bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        clean_path(what, &name);
        let mut out = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut out).unwrap();
        assert!(files.insert(name.clone(), out).is_none(), "{what}: {name} stands twice");
    }
    files
}

fn clean_path(what: &str, path: &str) {
    let climbs = path.split('/').any(|name| matches!(name, "" | "." | ".."));
    let odd = path.contains(|c: char| c.is_control() || matches!(c, '\\' | ':' | '<' | '>' | '"' | '*' | '?' | '|'));
    assert!(!climbs && !odd, "{what}: the path {path:?}");
}

fn well_formed(path: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is no UTF-8"));
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document =
        roxmltree::Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{path}: {error}"));
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(
            !matches!(node.tag_name().name(), "script" | "iframe" | "object" | "foreignObject"),
            "{path}: {node:?}"
        );
        assert!(node.attributes().all(|attribute| !attribute.name().starts_with("on")), "{path}: {node:?}");
    }
}

/// One file of a site.
fn file(path: &str, bytes: &[u8]) {
    clean_path("the site", path);
    let text = || std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is no UTF-8"));
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "html" => page(path, text()),
        "json" | "jsonld" | "webmanifest" => {
            serde_json::from_str::<serde_json::Value>(text()).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        "csv" => csv(path, bytes),
        "xml" | "svg" => {
            well_formed(path, bytes);
            if path.ends_with("feed.xml") {
                // What readers of feeds show is HTML within XML.
                let document = roxmltree::Document::parse(text()).unwrap();
                let shown = document.descendants().filter(|node| node.attribute("type") == Some("html"));
                shown.filter_map(|node| node.text()).for_each(|html| page(path, html));
            }
        }
        "xlsx" => {
            for (part, xml) in unzipped(path, bytes.to_vec()) {
                let xml = String::from_utf8(xml).unwrap();
                assert!(!xml.contains("<f>") && !xml.contains("<f "), "{path}: {part} has a formula");
                assert!(
                    !part.contains("externalLink") && !xml.contains("TargetMode"),
                    "{path}: {part} leads elsewhere"
                );
            }
        }
        "css" => {
            assert!(!beside_strings(text()).contains(['<', '`']) && !beside_strings(text()).contains("evil"), "{path}")
        }
        _ => {}
    }
}

/// A style sheet without its strings and comments: what is left is read as rules.
fn beside_strings(css: &str) -> String {
    let mut out = String::new();
    let mut chars = css.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\'' => loop {
                match chars.next() {
                    Some('\\') => drop(chars.next()),
                    // A line end ends a string, too: what follows would be rules.
                    Some(end) if end == c || end == '\n' => break,
                    Some(_) => {}
                    None => break,
                }
            },
            '/' if chars.peek() == Some(&'*') => {
                let mut before = ' ';
                for next in chars.by_ref() {
                    if before == '*' && next == '/' {
                        break;
                    }
                    before = next;
                }
            }
            '\\' => drop(chars.next()),
            c => out.push(c),
        }
    }
    out
}

#[test]
fn every_payload_in_every_field_stays_text() {
    let payloads = payloads();
    assert!(payloads.len() > 20);
    (0..payloads.len()).into_par_iter().for_each(|shift| {
        let (catalogue, report) = checked(laid_out(shift, &payloads));
        assert!(!report.has_errors(), "{shift}: {}", output::render(&report, Format::Short, MessageLang::En));
        let theme = Theme::load(None, catalogue.languages()).unwrap_or_else(|none| panic!("{:?}", none.message)).value;
        let indices = search::indices(&catalogue);
        // Both ways of the shared parts: as templates make them, and minified.
        let options = Options::new(Some("https://example.org/list/".into()), shift % 2 == 0);
        let files = search_files(&catalogue, &indices, &theme);
        let site = Site::plan(&catalogue, files, &theme, &options).unwrap_or_else(|faults| panic!("{faults:?}"));
        for (at, path) in site.paths().iter().enumerate() {
            assert!(!path.contains("pwned"), "{path}");
            file(path, &site.make(at).unwrap_or_else(|faults| panic!("{path}: {faults:?}")));
        }
        for (lang, _) in catalogue.lang_ids() {
            for (name, bytes) in unzipped("the EPUB", site.epub(lang).unwrap()) {
                if [".xhtml", ".opf", ".ncx", ".xml", ".svg"].iter().any(|ending| name.ends_with(ending)) {
                    well_formed(&name, &bytes);
                }
            }
        }
        single(&site.single(LangId::SOURCE).unwrap());
    });
}

/// A page with everything inside has scripts and a sheet of its own, each named by the policy; nothing else runs.
fn single(html: &str) {
    let document = scraper::Html::parse_document(html);
    let select = |css: &str| document.select(&scraper::Selector::parse(css).unwrap()).count();
    assert_eq!(select("img:not([src^='data:']), iframe, object, embed, base, [srcdoc], link[rel=stylesheet]"), 0);
    let policy = document.select(&scraper::Selector::parse("meta[http-equiv=Content-Security-Policy]").unwrap()).next();
    let policy = policy.and_then(|meta| meta.attr("content")).unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let scripts = select("script:not([type='application/ld+json']):not([type='application/json'])");
    assert!(policy.matches("'sha256-").count() >= scripts.max(1), "{scripts} scripts: {policy}");
    for element in document.tree.values() {
        if let scraper::Node::Element(element) = element {
            assert!(element.attrs().all(|(name, _)| !name.starts_with("on")), "<{}>", element.name());
        }
    }
}

/// What the program leaves on the disk: the site, and nothing beside it.
#[test]
fn nothing_is_written_outside_of_the_folder_named() {
    let desk = Desk { dir: tempfile::tempdir().unwrap() };
    laid_out(3, &payloads()).iter().for_each(|(path, text)| desk.write(&format!("work/content/{path}"), text));
    desk.write("beside.txt", "kept");
    let before: BTreeSet<String> = desk.tree(".").into_keys().collect();
    let run = |args: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_qingdan"))
            .args(args)
            .current_dir(desk.path("work"))
            .output()
            .unwrap();
        assert_eq!(code(&output), 0, "{args:?}: {}{}", text(&output.stdout), text(&output.stderr));
    };
    run(&["build", "--quiet", "--out", "../out/site", "--base-url", "https://example.org/"]);
    run(&["bundle", "--out", "../out/bundle.zip"]);
    run(&["export", "--out", "../out/tables"]);
    let after: BTreeSet<String> = desk.tree(".").into_keys().collect();
    let added: Vec<&String> = after.difference(&before).collect();
    assert!(added.len() > 50 && added.iter().all(|path| path.starts_with("out/")), "{added:?}");
    assert!(before.iter().all(|path| after.contains(path)));
    for (path, bytes) in desk.tree("out/tables") {
        csv(&path, &bytes);
    }
    for (name, bytes) in unzipped("the bundle", std::fs::read(desk.path("out/bundle.zip")).unwrap()) {
        file(&name, &bytes);
    }
    // What was exported comes back without a payload becoming something else.
    run(&["import", "../out/tables", "--dry-run", "--update"]);
}

/// Where an attack cannot be shown as text it is refused, at its place, in both languages.
#[test]
fn what_cannot_be_text_is_refused_with_its_place() {
    // Words without figures, no two alike.
    let benign = |files: &mut BTreeMap<String, String>| {
        let mut count = 0_usize;
        for text in files.values_mut() {
            while text.contains(TOKEN) {
                let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
                *text = text.replacen(TOKEN, &format!("good {}{}", letter(count / 26), letter(count)), 1);
                count += 1;
            }
        }
    };
    let board = "items/education/schools/board.yaml";
    let cases: [(&str, &str, &str, &str); 25] = [
        ("site.yaml", "path: en", "path: ../en", "bad-id"),
        ("site.yaml", "path: en", "path: \"en/x\"", "bad-id"),
        ("site.yaml", "tag: en,", "tag: \"en\\\" onload=x\",", "bad-language-tag"),
        ("site.yaml", "url: \"https://", "url: \"javascript:__pwned()//", "bad-url"),
        ("site.yaml", "url: \"https://", "url: \"data:text/html,", "bad-url"),
        ("site.yaml", "offline: true", "base_url: \"javascript:__pwned()\"", "bad-base-url"),
        ("domains.yaml", "id: work", "id: ../work", "bad-id"),
        ("domains.yaml", "id: work", "id: work, icon: ../../../etc/passwd", "bad-id"),
        ("departments.yaml", "id: finance", "id: \"<b>\"", "bad-id"),
        ("catalogue.yaml", "id: who", "id: \"who\\\" onload=x\"", "bad-id"),
        (board, "[old-board]", "[../../etc/passwd]", "bad-id"),
        (board, "[tuition]", "[../tuition]", "bad-id"),
        (board, "  name: \"@hostile\"", "  name: \"go\\u202eod\"", "bidi-control"),
        (board, "  name: \"@hostile\"", "  name: \"go\\u2066od\"", "bidi-control"),
        (board, "  name: \"@hostile\"", "  name: \"go\\0od\"", "control-character"),
        (board, "  name: \"@hostile\"", "  name: \"go\\x1bod\"", "control-character"),
        (board, "  guide: \"@hostile\"", "  guide: \"[a](javascript:__pwned())\"", "refused-address"),
        (board, "  guide: \"@hostile\"", "  guide: \"[a](JaVa&#115;cript:__pwned())\"", "refused-address"),
        (board, "  guide: \"@hostile\"", "  guide: \"[a](data:text/html,x)\"", "refused-address"),
        (board, "  guide: \"@hostile\"", "  guide: \"[a](//evil.example/x)\"", "refused-address"),
        (board, "  guide: \"@hostile\"", "  guide: \"[a](../../../etc/passwd)\"", "broken-link"),
        (board, "  guide: \"@hostile\"", "  guide: \"&#x202e;good\"", "bidi-control"),
        (board, "  name: \"@hostile\"", "  name: &a \"@hostile\"", "yaml-anchor"),
        ("changes.yaml", "https://example.org/basis", "javascript:__pwned()", "bad-url"),
        ("policy/indicators.yaml", "value: \"95\"", "value: \"<script>\"", "point-not-number"),
    ];
    let mut wrong = Vec::new();
    for (path, from, to, wanted) in cases {
        let mut files = carrier();
        let text = files.get_mut(path).unwrap();
        assert!(text.contains(from), "{path} has no {from:?}");
        *text = text.replacen(from, to, 1);
        benign(&mut files);
        let (_, report) = checked(files);
        let codes: Vec<(&str, &str)> = report.iter().map(|d| (d.code, d.span.file.path.as_str())).collect();
        if !report.has_errors() || !codes.contains(&(wanted, path)) {
            wrong.push(format!("{path}: {to}: {codes:?}"));
        }
        for format in [Format::Human, Format::Short, Format::Github, Format::Json] {
            let said = output::render(&report, format, MessageLang::Zh);
            let raw = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\0');
            assert!(!said.contains(raw), "{path}: {to}: a message turns the terminal around: {said:?}");
        }
    }
    assert!(wrong.is_empty(), "not refused as wanted:\n{}", wrong.join("\n"));
    let mut files = carrier();
    benign(&mut files);
    let report = checked(files).1;
    assert!(!report.has_errors(), "{}", output::render(&report, Format::Short, MessageLang::En));
}

/// Files that are too large, too deep, or no files, on a disk.
#[test]
fn bombs_are_refused_before_they_go_off() {
    let desk = Desk::valley();
    let check = || {
        let output = desk.run(&["check", "--format", "short", "--messages", "en"]);
        assert_eq!(code(&output), 1, "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let item = "content/items/work/job-board.yaml";
    let whole = std::fs::read_to_string(desk.path(item)).unwrap();
    let bomb: String =
        (1..12).map(|n| format!("k{n}: &k{n} [{}]\n", vec![format!("*k{}", n - 1); 12].join(", "))).collect();
    desk.write(item, &format!("k0: &k0 [x]\n{bomb}{whole}"));
    let said = check();
    assert!(said.contains("[yaml-anchor]") && said.contains("[yaml-alias]"), "{said}");
    desk.write(item, &format!("{whole}deep: {}\n", "[".repeat(100_000)));
    assert!(check().contains("job-board.yaml"));
    desk.write(item, &format!("{whole}deep: {}{}\n", "{a: ".repeat(1000), "}".repeat(1000)));
    assert!(check().contains("[too-deep]"));
    desk.write(item, &format!("{whole}# {}\n", "x".repeat(50 << 20)));
    assert!(check().contains("[file-too-large]"));
    desk.write(item, &whole);
    desk.write("content/policy/notice.md", &format!("---\ntitle: n\n---\n{}", "y".repeat(50 << 20)));
    assert!(check().contains("[file-too-large]"));
}

/// The fixture has a payload in every text that the reference of the content names.
#[test]
fn every_text_of_the_reference_has_a_payload() {
    // What is no free text: forms that `check` demands, and words that are looked for in other texts.
    const FORMS: [&str; 13] = [
        "value",
        "confidence",
        "anchor",
        "field",
        "text",
        "alternatives",
        "forbidden",
        "query",
        "source",
        "source_title",
        "source_editorial",
        "reviewer",
        "ignore",
    ];
    let reference =
        std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/reference.md")).unwrap();
    let files = carrier();
    let texts = |pattern: &str| -> Option<String> {
        let found = files.iter().filter(|(path, _)| match pattern.split_once('<') {
            None => *path == pattern,
            Some((start, rest)) => {
                let end = rest.rsplit_once('>').map_or("", |(_, end)| end);
                path.starts_with(start) && path.ends_with(end)
            }
        });
        let all: Vec<&str> = found.map(|(_, text)| text.as_str()).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    };
    let (mut missing, mut seen, mut content) = (Vec::new(), 0, None);
    for line in reference.lines() {
        if let Some(heading) = line.strip_prefix("## `") {
            content = texts(heading.trim_end_matches('`'));
        }
        let (Some(text), Some(row)) = (&content, line.strip_prefix("| `")) else { continue };
        let mut cells = row.split(" | ");
        let (key, kind) = (cells.next().unwrap_or_default().trim_end_matches('`'), cells.next().unwrap_or_default());
        let last = key.trim_end_matches(".*").rsplit('.').next().unwrap_or_default();
        if !kind.contains("文字")
            || FORMS.iter().any(|form| key == *form || last == *form)
            || last == "*"
            || last == "[]"
        {
            continue;
        }
        seen += 1;
        // The value may stand on the lines below its key.
        let key = format!("{last}:");
        let has = text.split(&key).skip(1).any(|rest| rest.lines().take(2).any(|line| line.contains(TOKEN)));
        if !has {
            missing.push(format!("{line:.60}"));
        }
    }
    assert!(seen > 60, "only {seen} texts were found in docs/reference.md");
    assert!(missing.is_empty(), "tests/fixtures/hostile has no payload in:\n{}", missing.join("\n"));
}
