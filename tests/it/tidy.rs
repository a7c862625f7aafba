//! The invariants of DESIGN.md and ARCHITECTURE.md that a program can read off the tracked files.
//!
//! Each test gathers all that is wrong and says it at once, with the place and what to do.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

/// The rooms of the house, and which rooms each may import. Imports run downward only; a room that is not named here
/// is refused, so that a new room takes its place on purpose.
const ROOMS: &[(&str, &[&str])] = &[
    ("diag", &[]),
    ("lang", &["diag"]),
    ("archive", &[]),
    ("single", &[]),
    ("sink", &[]),
    ("source", &["lang", "diag"]),
    ("url", &["lang", "diag"]),
    ("model", &["lang", "diag"]),
    ("raw", &["lang", "diag", "source", "url", "model"]),
    ("slug", &["url", "raw"]),
    ("schema", &["lang", "model"]),
    ("lower", &["lang", "diag", "source", "url", "model", "raw"]),
    ("markdown", &["lang", "diag", "source", "url", "model"]),
    ("check", &["lang", "diag", "source", "url", "model", "markdown"]),
    ("amend", &["lang", "diag", "source", "model", "raw", "lower", "check"]),
    ("view", &["lang", "diag", "source", "url", "model", "markdown"]),
    ("search", &["lang", "diag", "url", "model", "markdown"]),
    ("theme", &["lang", "diag", "source", "raw"]),
    ("render", &["lang", "diag", "url", "view", "theme"]),
    ("data", &["lang", "diag", "sink", "url", "model", "markdown", "view"]),
    (
        "import",
        &["lang", "diag", "source", "model", "raw", "slug", "schema", "lower", "markdown", "check", "amend", "data"],
    ),
    ("po", &["diag"]),
    ("translate", &["lang", "diag", "source", "model", "raw", "lower", "markdown", "check", "amend", "po"]),
    ("desk", &["lang", "diag", "source", "url", "model", "raw", "slug", "schema", "amend", "import"]),
    ("handbook", &["lang", "diag", "archive", "single", "url", "model", "markdown", "view", "theme", "render"]),
    ("offline", &["lang", "diag", "url", "model"]),
    (
        "site",
        &[
            "lang", "diag", "source", "url", "model", "markdown", "view", "search", "theme", "render", "data",
            "handbook", "offline", "single", "sink",
        ],
    ),
    ("host", &["lang", "diag", "url"]),
    ("tool", &["lang", "diag"]),
    ("write", &["lang", "diag", "sink", "url", "site"]),
    (
        "serve",
        &["lang", "diag", "source", "url", "model", "raw", "lower", "check", "view", "search", "theme", "site", "host"],
    ),
    (
        "cli",
        &[
            "lang",
            "diag",
            "amend",
            "archive",
            "source",
            "url",
            "model",
            "raw",
            "lower",
            "po",
            "translate",
            "markdown",
            "check",
            "view",
            "search",
            "theme",
            "render",
            "data",
            "schema",
            "sink",
            "import",
            "desk",
            "handbook",
            "offline",
            "site",
            "host",
            "tool",
            "write",
            "serve",
        ],
    ),
];

/// Names at the crate's root that are no rooms: the macro of `diag`, and the pipeline's functions in lib.rs, which only
/// the ends may call.
const ROOT_MACROS: &[&str] = &["msg"];
const ENDS: &[&str] = &["serve", "cli"];

/// The rooms that may touch the file system or a process.
const OUTSIDE: &[&str] = &["source", "theme", "write", "tool", "serve", "cli"];

/// Files longer than the limit, each with its reason. Empty is best.
const LONG_FILES: &[&str] = &[];
/// Lines of a file, its tests at the end left out.
const MOST_LINES: usize = 400;

/// What templates may print unescaped: fields that the views build as HTML, by the last part of their name.
/// Whatever is added here must be made by code that escapes what came from the content.
const TRUSTED: &[&str] = &["html", "jsonld", "svg"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file that git tracks or would track, as a path with `/`.
fn tracked() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git must be there: the tidy test reads the tracked files");
    assert!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    let list = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let files: Vec<String> = list.split('\0').filter(|path| root().join(path).is_file()).map(str::to_owned).collect();
    assert!(files.iter().any(|path| path == "src/lib.rs"), "git names no src/lib.rs: nothing would be checked");
    files
}

/// The text of a tracked file; none if it is binary.
fn text(path: &str) -> Option<String> {
    let bytes = std::fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    String::from_utf8(bytes).ok()
}

/// The sources of the crate with their room: `src/raw/tree.rs` lies in `raw`, `src/url.rs` in `url`.
fn sources() -> Vec<(String, String, String)> {
    let files: Vec<_> = tracked()
        .into_iter()
        .filter_map(|path| {
            let inner = path.strip_prefix("src/")?.strip_suffix(".rs")?;
            let room = inner.split('/').next().unwrap_or(inner).to_owned();
            let text = text(&path).expect("sources are UTF-8");
            Some((path, room, text))
        })
        .collect();
    assert!(files.len() > 5, "only {} sources were found", files.len());
    files
}

/// Whether a source is compiled for tests alone: by its name, or since its parent says so above its `mod`.
fn is_test_file(path: &str) -> bool {
    if path.ends_with("/tests.rs") || path.contains("/tests/") {
        return true;
    }
    let Some((folder, file)) = path.rsplit_once('/') else { return false };
    let declared = format!("#[cfg(test)] mod {};", file.trim_end_matches(".rs"));
    [format!("{folder}/mod.rs"), format!("{folder}.rs"), format!("{folder}/lib.rs")].iter().any(|parent| {
        root().join(parent).is_file()
            && text(parent)
                .is_some_and(|text| text.split_whitespace().collect::<Vec<_>>().join(" ").contains(&declared))
    })
}

/// How many lines a source has before the tests at its end.
fn own_lines(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    lines
        .windows(2)
        .position(|pair| {
            pair[0].trim() == "#[cfg(test)]" && pair[1].trim_start().starts_with("mod ") && pair[1].ends_with('{')
        })
        .unwrap_or(lines.len())
}

/// A source without the tests at its end and without comments, line for line.
fn code(text: &str) -> Vec<&str> {
    text.lines()
        .take(own_lines(text))
        .map(|line| if line.trim_start().starts_with("//") { "" } else { line.split(" // ").next().unwrap_or(line) })
        .collect()
}

/// The names that follow `prefix` in a line: the first segment of each path, those of a group included.
fn names_after<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let word = |from: &'a str| from.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    line.match_indices(prefix)
        .filter(|(at, _)| !line[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$'))
        .flat_map(|(at, _)| {
            let rest = &line[at + prefix.len()..];
            match rest.strip_prefix('{') {
                // Only the first level: `crate::{diag::{A, B}, url}` names diag and url.
                Some(group) => {
                    let mut depth = 0;
                    let mut names = vec![word(group.trim_start())];
                    for (i, c) in group.char_indices() {
                        match c {
                            '{' => depth += 1,
                            '}' if depth == 0 => break,
                            '}' => depth -= 1,
                            ',' if depth == 0 => names.push(word(group[i + 1..].trim_start())),
                            _ => {}
                        }
                    }
                    names
                }
                None => vec![word(rest)],
            }
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn expect_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} to mend:\n  {}", faults.len(), faults.join("\n  "));
}

#[test]
fn imports_run_downward() {
    let table: BTreeMap<_, _> = ROOMS.iter().copied().collect();
    let mut faults = Vec::new();
    let mut seen = 0;
    for (path, room, source) in sources() {
        if matches!(room.as_str(), "lib" | "main") || is_test_file(&path) {
            continue;
        }
        let Some(allowed) = table.get(room.as_str()) else {
            faults.push(format!("{path}: the room `{room}` has no place in the table of tests/it/tidy.rs"));
            continue;
        };
        // A `use` may run over several lines.
        let whole = code(&source).join("\n");
        for name in names_after(&whole, "crate::") {
            seen += 1;
            let known = table.contains_key(name);
            let fine = name == room
                || allowed.contains(&name)
                || ROOT_MACROS.contains(&name)
                || (!known && ENDS.contains(&room.as_str()));
            if !fine {
                faults
                    .push(format!("{path}: `{room}` must not import `{name}`; imports run downward only (DESIGN.md)"));
            }
        }
    }
    assert!(seen > 20, "only {seen} imports were found: the test reads nothing");
    expect_none(&faults);
}

#[test]
fn the_table_of_rooms_runs_downward() {
    for (at, (room, allowed)) in ROOMS.iter().enumerate() {
        for name in *allowed {
            let below = ROOMS[..at].iter().any(|(lower, _)| lower == name);
            assert!(
                below,
                "`{room}` may import `{name}`, which does not stand before it: the rooms would run in a circle"
            );
        }
    }
}

#[test]
fn every_source_says_what_it_is() {
    let faults: Vec<String> = sources()
        .iter()
        .filter(|(_, _, source)| !source.starts_with("//!"))
        .map(|(path, _, _)| format!("{path}: begin with `//!` and a line that says what lives here"))
        .collect();
    expect_none(&faults);
}

#[test]
fn sources_are_short() {
    let mut faults = Vec::new();
    for (path, _, source) in sources() {
        let lines = if is_test_file(&path) { 0 } else { own_lines(&source) };
        if lines > MOST_LINES && !LONG_FILES.contains(&path.as_str()) {
            faults.push(format!(
                "{path}: {lines} lines without its tests, {MOST_LINES} are the limit: divide it by what its parts do"
            ));
        }
        if lines <= MOST_LINES && LONG_FILES.contains(&path.as_str()) {
            faults.push(format!("{path}: is short again; take it off LONG_FILES"));
        }
    }
    expect_none(&faults);
}

#[test]
fn only_the_ends_touch_files_and_processes() {
    let mut faults = Vec::new();
    for (path, room, source) in sources() {
        for (at, line) in code(&source).iter().enumerate() {
            let at = at + 1;
            let touches = ["std::fs", "std::process", " File::open(", " File::create(", "walkdir::", "WalkDir::"]
                .iter()
                .find(|word| line.contains(**word));
            let exit_code = line.contains("std::process::ExitCode");
            if let Some(word) = touches
                && !is_test_file(&path)
                && !OUTSIDE.contains(&room.as_str())
                && !(room == "main" && exit_code)
            {
                faults.push(format!("{path}:{at}: `{word}`; only {} touch files or processes", OUTSIDE.join(", ")));
            }
            let prints =
                ["println!", "eprintln!", "print!(", "eprint!(", "dbg!("].iter().find(|word| line.contains(**word));
            if let Some(word) = prints
                && !is_test_file(&path)
                && !matches!(room.as_str(), "cli" | "main")
            {
                faults.push(format!("{path}:{at}: `{word}`; printing is cli's alone"));
            }
            let unsteady = ["SystemTime::now", "Instant::now", "rand::", "thread_rng", "RandomState"]
                .iter()
                .find(|w| line.contains(**w));
            if let Some(word) = unsteady
                && !is_test_file(&path)
                && !matches!(room.as_str(), "cli" | "serve" | "tool" | "write" | "main")
            {
                faults.push(format!("{path}:{at}: `{word}`; the output is a function of the content and the theme"));
            }
        }
    }
    expect_none(&faults);
}

#[test]
fn tracked_files_name_nothing_of_the_workplace() {
    // Put together here, since this file is tracked too.
    let outside = ["..", "/shared"].concat();
    let hosts: Vec<String> = [
        ["crates", ".io"],
        ["npmjs", ".org"],
        ["npmjs", ".com"],
        ["pypi", ".org"],
        ["pythonhosted", ".org"],
        ["deb.debian", ".org"],
        ["debian", ".org/debian"],
    ]
    .iter()
    .map(|parts| parts.concat())
    .collect();
    let mut faults = Vec::new();
    for path in tracked() {
        let Some(text) = text(&path) else { continue };
        let lock = path.ends_with("Cargo.lock") || path.ends_with("package-lock.json");
        for (at, line) in text.lines().enumerate() {
            let at = at + 1;
            if line.contains(&outside) {
                faults.push(format!("{path}:{at}: names {outside}, which a clone does not have"));
            }
            for host in hosts.iter().filter(|host| !lock && line.contains(host.as_str())) {
                faults.push(format!("{path}:{at}: names the host {host}; name packages, not their registry"));
            }
        }
    }
    expect_none(&faults);
}

#[test]
fn the_injected_string_stands_only_where_it_is_refused() {
    let site: serde_yaml::Value =
        serde_yaml::from_str(&text("content/site.yaml").expect("UTF-8")).expect("content/site.yaml is YAML");
    let forbidden: Vec<&str> = site["forbidden"]
        .as_sequence()
        .expect("site.yaml: forbidden")
        .iter()
        .filter_map(|word| word.as_str())
        .collect();
    assert!(!forbidden.is_empty(), "content/site.yaml forbids nothing; the injected string belongs there");
    let allowed = |path: &str| {
        path == "content/site.yaml" || path.starts_with("tests/fixtures/") || path.starts_with("src/check/")
    };
    let mut faults = Vec::new();
    for path in tracked().iter().filter(|path| !allowed(path)) {
        let Some(text) = text(path) else { continue };
        for (at, line) in text.lines().enumerate() {
            if forbidden.iter().any(|word| line.contains(word)) {
                faults.push(format!("{path}:{}: has a string that site.yaml forbids", at + 1));
            }
        }
    }
    expect_none(&faults);
}

#[test]
fn templates_escape_what_they_print() {
    let mut faults = Vec::new();
    for path in tracked().iter().filter(|path| path.starts_with("templates/") && !path.starts_with("templates/assets/"))
    {
        let Some(text) = text(path) else { continue };
        for (at, line) in text.lines().enumerate() {
            let mut rest = line;
            while let Some((before, after)) = rest.split_once('|') {
                if after
                    .trim_start()
                    .strip_prefix("safe")
                    .is_some_and(|end| !end.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
                {
                    let expression = before
                        .rsplit(|c: char| c.is_whitespace() || c == '{' || c == '(')
                        .find(|word| !word.is_empty())
                        .unwrap_or("");
                    let last = expression.rsplit(['.', '_']).next().unwrap_or("");
                    if !TRUSTED.contains(&last) {
                        faults.push(format!(
                            "{path}:{}: `{expression} | safe`; only fields named …{} are trusted",
                            at + 1,
                            TRUSTED.join(", …")
                        ));
                    }
                }
                rest = after;
            }
            if path.ends_with(".html") && !line.contains("application/ld+json") {
                for bad in [" style=\"", "<style", "onclick=", "javascript:"] {
                    if line.contains(bad) {
                        faults.push(format!("{path}:{}: `{}`, which the CSP refuses", at + 1, bad.trim()));
                    }
                }
            }
        }
    }
    expect_none(&faults);
}

/// A string that a language lacks is shown in the source language, with a warning: told here, but no failure.
#[test]
fn locales_have_the_strings_of_the_source_language() {
    let mut locales: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in tracked().iter().filter(|path| path.starts_with("templates/locales/") && path.ends_with(".yaml")) {
        let value: serde_yaml::Value =
            serde_yaml::from_str(&text(path).expect("UTF-8")).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut keys = Vec::new();
        gather(&value, "", &mut keys);
        assert!(!keys.is_empty(), "{path}: no strings");
        locales.insert(path.clone(), keys);
    }
    assert!(!locales.is_empty(), "no locale under templates/locales");
    let most: Vec<String> = locales.values().max_by_key(|keys| keys.len()).cloned().unwrap_or_default();
    for (path, keys) in &locales {
        for key in most.iter().filter(|key| !keys.contains(key)) {
            eprintln!("{path}: lacks `{key}`");
        }
        for key in keys.iter().filter(|key| !most.contains(key)) {
            eprintln!("{path}: has `{key}`, which other languages lack");
        }
    }
}

fn gather(value: &serde_yaml::Value, under: &str, keys: &mut Vec<String>) {
    let Some(map) = value.as_mapping() else {
        keys.push(under.to_owned());
        return;
    };
    for (key, inner) in map {
        let name = key.as_str().expect("keys of locales are strings");
        gather(inner, &if under.is_empty() { name.to_owned() } else { format!("{under}.{name}") }, keys);
    }
}

/// `deny.toml` says which licences may come in; cargo-deny reads it where it is installed, and this test everywhere.
#[test]
fn licences_of_dependencies_are_allowed() {
    let deny = text("deny.toml").expect("UTF-8");
    let list = deny.split_once("\nallow = [").and_then(|(_, rest)| rest.split_once(']')).expect("deny.toml: allow").0;
    let allowed: Vec<&str> = list.lines().filter_map(|line| line.trim().strip_prefix('"')?.split('"').next()).collect();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--all-features", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 20);
    let mut faults = Vec::new();
    for package in packages {
        let licence = package["license"].as_str().unwrap_or("none");
        if !licence_allowed(licence, &allowed) {
            faults.push(format!("{} {}: {licence} is not allowed by deny.toml", package["name"], package["version"]));
        }
    }
    expect_none(&faults);
}

/// Whether an SPDX expression can be met from the list: one side of each OR, both of each AND.
fn licence_allowed(expression: &str, allowed: &[&str]) -> bool {
    // Older packages write `/` for OR.
    let expression =
        expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "+WITH+");
    let tokens: Vec<&str> = expression.split_whitespace().collect();
    let mut at = 0;
    any(&tokens, &mut at, allowed)
}

fn any(tokens: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut fine = all(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        fine |= all(tokens, at, allowed);
    }
    fine
}

fn all(tokens: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut fine = one(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        fine &= one(tokens, at, allowed);
    }
    fine
}

fn one(tokens: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let token = tokens.get(*at).copied().unwrap_or("");
    *at += 1;
    if token == "(" {
        let fine = any(tokens, at, allowed);
        *at += 1;
        return fine;
    }
    allowed.contains(&token.replace("+WITH+", " WITH ").as_str())
}

#[test]
fn the_readers_of_this_file_read_rightly() {
    assert_eq!(names_after("use crate::diag::Report;", "crate::"), ["diag"]);
    assert_eq!(names_after("use crate::{diag::{A, B}, url, lang::Lang};", "crate::"), ["diag", "url", "lang"]);
    assert_eq!(names_after("let x = crate::cli::y(crate::raw::z);", "crate::"), ["cli", "raw"]);
    assert_eq!(names_after("$crate::diag::Message", "crate::"), [""; 0]);
    assert_eq!(code("a // b\n// std::fs\n#[cfg(test)]\nmod tests {\nstd::fs"), ["a", ""]);
    assert_eq!(code("#[cfg(test)]\nmod fixture;\nstd::fs").len(), 3);
    assert!(licence_allowed("MIT OR Apache-2.0", &["MIT"]));
    assert!(licence_allowed("(MIT OR Apache-2.0) AND Unicode-3.0", &["MIT", "Unicode-3.0"]));
    assert!(!licence_allowed("(MIT OR Apache-2.0) AND Unicode-3.0", &["MIT"]));
    assert!(licence_allowed("Apache-2.0 WITH LLVM-exception", &["Apache-2.0 WITH LLVM-exception"]));
    assert!(!licence_allowed("GPL-3.0", &["MIT"]));
}
