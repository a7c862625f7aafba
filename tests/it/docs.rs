//! The documents for users: every block of commands in them is run as it stands, from top to bottom.

use crate::cli::{Desk, text};
use std::path::Path;
use std::process::Command;

/// The documents, and what their reader has: a content of his own that `init` wrote, or the shipped one.
const DOCUMENTS: [(&str, Start); 5] = [
    ("docs/guide.md", Start::Nothing),
    ("docs/import.md", Start::Init),
    ("docs/translating.md", Start::Shipped),
    ("docs/hosting.md", Start::Shipped),
    ("README.md", Start::Init),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Nothing,
    Init,
    Shipped,
}

/// What begins lines that are about the source code, not about a list.
const DEVELOPERS: [&str; 2] = ["cargo ", "tests/run"];

/// `serve` goes on until it is stopped: it is, once it has said where it listens. Where the program was built without
/// the feature `pdf`, a PDF is another program's business.
const PRELUDE: &str = r#"
set -eu
qingdan() {
  case "$*" in
    serve*)
      "$BIN" "$@" --port 0 > serve.log 2>&1 & pid=$!
      n=0; until grep -q 'http://127.0.0.1:' serve.log; do n=$((n + 1)); [ $n -lt 300 ]; sleep 0.1; done
      kill $pid; wait $pid || true ;;
    *) "$BIN" "$@" ;;
  esac
}
"#;

/// The blocks of commands of a document, by the second-level heading (a language, in most) that they stand under.
fn blocks(document: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let (mut section, mut within) = (String::new(), false);
    for line in document.lines() {
        match line {
            "```sh" => within = true,
            "```" => within = false,
            _ if within => match found.last_mut().filter(|(last, _)| *last == section) {
                Some((_, block)) => *block += &format!("{line}\n"),
                None => found.push((section.clone(), format!("{line}\n"))),
            },
            _ => {
                if let Some(heading) = line.strip_prefix("## ") {
                    section = heading.to_owned();
                }
            }
        }
    }
    found
}

fn desk(start: Start) -> Desk {
    let desk = match start {
        Start::Shipped => Desk::with("content"),
        Start::Init | Start::Nothing => Desk { dir: tempfile::tempdir().unwrap() },
    };
    if start == Start::Init {
        assert!(desk.run(&["init", ".", "--lang", "zh-Hans,mn-Mong", "--messages", "en"]).status.success());
    }
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/清单.csv");
    std::fs::copy(&list, desk.path("清单.csv")).unwrap();
    #[cfg(feature = "xlsx")]
    workbook(&list, &desk.path("清单.xlsx"));
    if start != Start::Nothing {
        assert!(desk.run(&["export"]).status.success());
    }
    desk
}

/// The example as a workbook.
#[cfg(feature = "xlsx")]
fn workbook(list: &Path, to: &Path) {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in std::fs::read_to_string(list).unwrap().lines().enumerate() {
        for (column, cell) in line.split(',').enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), cell).unwrap();
        }
    }
    workbook.save(to).unwrap();
}

#[cfg(all(unix, feature = "pdf", feature = "serve", feature = "xlsx"))]
#[test]
fn every_block_of_commands_runs() {
    for (path, start) in DOCUMENTS {
        let document = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let blocks = blocks(&document);
        assert!(!blocks.is_empty(), "{path} has no block of commands");
        for (section, commands) in blocks {
            let lines = commands.lines().filter(|line| !DEVELOPERS.iter().any(|word| line.starts_with(word)));
            let script: String = lines.flat_map(|line| [line, "\n"]).collect();
            let desk = desk(start);
            let output = Command::new("sh")
                .args(["-c", &format!("{PRELUDE}{script}")])
                .current_dir(desk.dir.path())
                .env("BIN", env!("CARGO_BIN_EXE_qingdan"))
                .env("LC_ALL", "C.UTF-8")
                .output()
                .unwrap();
            let (said, told) = (text(&output.stdout), text(&output.stderr));
            assert!(output.status.success(), "{path}, {section}:\n{script}\n{said}\n{told}");
        }
    }
}

#[cfg(all(feature = "pdf", feature = "serve", feature = "xlsx"))]
#[test]
fn the_document_of_commands_is_what_help_says() {
    let desk = Desk { dir: tempfile::tempdir().unwrap() };
    let made = text(&desk.run(&["man", "--format", "markdown"]).stdout);
    let committed = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md")).unwrap();
    assert!(committed == made, "docs/commands.md is old: run `qingdan man --format markdown > docs/commands.md`");
}

/// What `--help` shows as examples names commands and options that there are.
#[test]
fn documents_name_commands_that_there_are() {
    let desk = Desk { dir: tempfile::tempdir().unwrap() };
    for folder in ["docs", "."] {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            let document = std::fs::read_to_string(&path).unwrap();
            for piece in document.split('`').skip(1).step_by(2).filter(|piece| piece.starts_with("qingdan ")) {
                let command = piece.split_whitespace().nth(1).unwrap_or_default();
                if command.starts_with(|c: char| c.is_ascii_lowercase()) {
                    let status = desk.run(&[command, "--help"]).status;
                    assert!(status.success(), "{}: `{piece}`", path.display());
                }
            }
        }
    }
}
