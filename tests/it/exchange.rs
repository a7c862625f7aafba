//! `qingdan translate export`, `import` and `status`: what a translator takes out, and what comes back.

use crate::cli::{Desk, code, text};
use crate::messages::{BASE, shown};
use crate::site::{REAL, VALLEY};
use proptest::prelude::*;
use qingdan::diag::{Outcome, Report};
use qingdan::lang::{LangId, Status};
use qingdan::model::{Catalogue, fingerprint};
use qingdan::po;
use qingdan::source::{self, Sources};
use qingdan::translate::exchange::{self, Brought, ImportOptions, Wanted};
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Output};

/// The small catalogue of messages.rs with a change of each kind to translate, and a document of several blocks.
struct Content(BTreeMap<String, String>);

const BOARD: &str = "i18n/en/items/education/board.yaml";
const NOTICE: &str = "policy/notice.md";
const BODY: &str =
    "## 一、总则 {#general}\n\n见[住宿补助](items/education/board.yaml)，每年1000元。\n\n{items}\n\n- 甲\n- 乙\n";

impl Content {
    fn new() -> Self {
        let files = BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let mut content = Self(files.collect());
        content.put(NOTICE, &format!("---\ntitle: 通知\nkind: notice\n---\n\n{BODY}"));
        content
    }

    fn put(&mut self, path: &str, text: &str) -> &mut Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    fn swap(&mut self, path: &str, from: &str, to: &str) -> &mut Self {
        let text = &self.0[path];
        assert!(text.contains(from), "{path} has no {from:?}");
        let text = text.replace(from, to);
        self.put(path, &text)
    }

    fn load(&self) -> (Sources, Catalogue, Report) {
        let sources = Sources::from_memory(self.0.clone());
        let mut before = Report::default();
        let catalogue = qingdan::load(&sources).merge_into(&mut before);
        assert!(!before.has_errors(), "{}", shown(&before));
        before.merge(qingdan::check::check(&catalogue));
        (sources, catalogue, before)
    }

    fn export(&self, wanted: &[Wanted]) -> String {
        exchange::export(&self.load().1, LangId(1), wanted).text
    }

    fn import(&self, po: &str, options: &ImportOptions) -> Came {
        let (sources, catalogue, before) = self.load();
        let mut report = Report::default();
        let file = source::text("", "en.po", po.as_bytes().to_vec()).merge_into(&mut report).unwrap();
        let written = |path: &str| self.0.get(path).cloned();
        let outcome = exchange::import(po::read(&file), (&sources, &catalogue, &before), options, &written);
        report.merge(outcome.report);
        report.sort();
        Came { report, brought: outcome.value }
    }

    /// Imports what must be without fault, and writes it.
    fn take(&mut self, po: &str, options: &ImportOptions) -> Brought {
        let came = self.import(po, options);
        assert!(!came.report.has_errors(), "{}", shown(&came.report));
        for file in &came.brought.files {
            assert_eq!(file.new, !self.0.contains_key(&file.path), "{}", file.path);
            self.put(&file.path, &file.text);
        }
        came.brought
    }
}

struct Came {
    report: Report,
    brought: Brought,
}

impl Came {
    /// New, changed, confirmed, unchanged, fuzzy, empty, waiting, refused.
    fn counts(&self) -> [usize; 8] {
        counts(&self.brought)
    }

    fn codes(&self) -> Vec<&str> {
        self.report.iter().map(|d| d.code).collect()
    }
}

fn counts(brought: &Brought) -> [usize; 8] {
    let s = &brought.summary;
    [s.new, s.changed, s.confirmed, s.unchanged, s.fuzzy, s.empty, s.waiting, s.refused]
}

const HEAD: &str =
    "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"X-Qingdan-Language: en\\n\"\n\n";

fn entry(context: &str, source: &str, translation: &str) -> String {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("msgctxt \"{context}\"\nmsgid \"{}\"\nmsgstr \"{}\"\n\n", quoted(source), quoted(translation))
}

fn file(entries: &[(&str, &str, &str)]) -> String {
    let entries: String =
        entries.iter().map(|(context, source, translation)| entry(context, source, translation)).collect();
    format!("{HEAD}{entries}")
}

const NAME: &str = "items/education/board.yaml#name";
const STANDARD: &str = "items/education/board.yaml#standard";
const DOCUMENT: &str = "policy/notice.md#body";

fn by(name: &str, date: &str, status: Option<Status>) -> ImportOptions {
    ImportOptions { lang: None, translator: Some(name.to_owned()), date: Some(date.to_owned()), status }
}

#[test]
fn what_is_exported_is_as_agreed() {
    let mut content = Content::new();
    content.put("glossary.yaml", "- {zh-Hans: 补助, en: allowance}\n- {zh-Hans: 学费, en: tuition, grade: proposed}\n");
    content.swap(BOARD, "status: reviewed\nreviewer: A. Person\n", "status: draft\nsource: {name: 000000000000}\n");
    insta::assert_snapshot!("exchange-export", content.export(&[]));
}

#[test]
fn what_is_asked_for_is_what_comes() {
    let mut content = Content::new();
    content.swap(BOARD, "status: reviewed\nreviewer: A. Person\n", "status: draft\nsource: {name: 000000000000}\n");
    let contexts = |wanted: &[Wanted]| -> Vec<String> {
        let text = content.export(wanted);
        let lines = text.lines().filter_map(|line| line.strip_prefix("msgctxt \"")?.strip_suffix('"'));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(contexts(&[Wanted::Stale]), [NAME]);
    assert_eq!(contexts(&[Wanted::Draft]), [STANDARD]);
    assert_eq!(contexts(&[Wanted::Stale, Wanted::Draft]), [NAME, STANDARD]);
    let missing = contexts(&[Wanted::Missing]);
    assert!(missing.contains(&"departments.yaml#finance.name".to_owned()) && !missing.contains(&NAME.to_owned()));
    assert_eq!(missing.iter().filter(|context| *context == DOCUMENT).count(), 3);
    assert_eq!(contexts(&[]).len(), missing.len() + 4);
}

#[test]
fn new_files_have_the_usual_keys() {
    let mut content = Content::new();
    let body =
        "## General {#general}\n\nSee [Board](items/education/board.yaml), 1000 a year.\n\n{items}\n\n- a\n- b\n";
    let blocks = [
        ("## 一、总则 {#general}", "## General {#general}"),
        (
            "见[住宿补助](items/education/board.yaml)，每年1000元。",
            "See [Board](items/education/board.yaml), 1000 a year.",
        ),
        ("- 甲\n- 乙", "- a\n- b"),
    ];
    let mut entries = vec![
        ("departments.yaml#schools.name", "教育局", "Schools"),
        ("departments.yaml#finance.name", "财政局", "Finance: \"the\" office"),
        ("policy/tasks.yaml#1.title", "任务", "Task"),
        ("policy/notice.md#title", "通知", "Notice"),
    ];
    entries.extend(blocks.map(|(source, translation)| (DOCUMENT, source, translation)));
    let brought = content.take(&file(&entries), &by("B. Person", "2026-11-25", None));
    assert_eq!(counts(&brought), [7, 0, 0, 0, 0, 0, 0, 0]);
    let hash = fingerprint;
    assert_eq!(
        content.0["i18n/en/departments.yaml"],
        format!(
            "finance:\n  status: draft\n  translator: B. Person\n  date: 2026-11-25\n  source: {{name: {}}}\n  text:\n    name: 'Finance: \"the\" office'\nschools:\n  status: draft\n  translator: B. Person\n  date: 2026-11-25\n  source: {{name: {}}}\n  text:\n    name: Schools\n",
            hash("财政局"),
            hash("教育局")
        )
    );
    assert_eq!(
        content.0["i18n/en/policy/notice.md"],
        format!(
            "---\nstatus: draft\ntranslator: B. Person\ndate: 2026-11-25\nsource_title: {}\nsource: {}\ntitle: Notice\n---\n\n{body}",
            hash("通知"),
            hash(&format!("\n{BODY}"))
        )
    );
    let again = content.export(&[Wanted::Draft]).replace("#, fuzzy\n", "");
    assert_eq!(counts(&content.take(&again, &ImportOptions::default())), [0, 0, 0, 7, 0, 0, 0, 0]);
}

#[test]
fn files_that_are_there_keep_all_else() {
    let mut content = Content::new();
    content.put(BOARD, "# why\r\nstatus: reviewed # by whom\r\nreviewer: A. Person\r\nsource: {name: \"000000000000\"}\r\ntext:\r\n  name: 'Board'   # short\r\n  standard: \"1000 a year.\"\r\n");
    let came =
        content.take(&file(&[(STANDARD, "每年1000元。", "1000 every year.")]), &by("B. Person", "2026-11-25", None));
    assert_eq!(came.summary.fallen.len(), 1);
    let (name, standard) = ("\"000000000000\"", fingerprint("每年1000元。"));
    assert_eq!(
        content.0[BOARD],
        format!(
            "# why\r\nstatus: draft # by whom\r\ntranslator: B. Person\r\ndate: 2026-11-25\r\nsource: {{name: {name}, standard: {standard}}}\r\ntext:\r\n  name: 'Board'   # short\r\n  standard: 1000 every year.\r\n"
        )
    );
}

#[test]
fn entries_on_one_line_stay_on_it() {
    let mut content = Content::new();
    content.put("domains.yaml", "- {id: education, name: 教育, summary: 上学}\n");
    content.put("i18n/en/domains.yaml", "# all\neducation: {status: draft, text: {name: Schools}} # one\n");
    content.put(BOARD, "status: draft\ntext: {name: Board}\n");
    let po = file(&[
        ("domains.yaml#education.summary", "上学", "Going to school"),
        (STANDARD, "每年1000元。", "1000, yearly: a \"sum\""),
    ]);
    assert_eq!(counts(&content.take(&po, &ImportOptions::default())), [2, 0, 0, 0, 0, 0, 0, 0]);
    let (summary, standard) = (fingerprint("上学"), fingerprint("每年1000元。"));
    assert_eq!(
        content.0["i18n/en/domains.yaml"],
        format!(
            "# all\neducation: {{status: draft, source: {{summary: {summary}}}, text: {{name: Schools, summary: Going to school}}}} # one\n"
        )
    );
    assert_eq!(
        content.0[BOARD],
        format!(
            "status: draft\nsource: {{standard: {standard}}}\ntext: {{name: Board, standard: '1000, yearly: a \"sum\"'}}\n"
        )
    );
}

#[test]
fn a_status_follows_what_is_confirmed() {
    let draft = |content: &mut Content| {
        content.put(BOARD, "status: draft\ntranslator: machine\ntext: {name: Board, standard: 1000 a year.}\n");
    };
    let mut content = Content::new();
    draft(&mut content);
    // Half of it is confirmed: it stays a draft, and has the fingerprint of what was.
    let half = content.take(&file(&[(NAME, "住宿补助", "Board")]), &by("B", "2026-11-25", Some(Status::Checked)));
    assert_eq!((counts(&half), half.summary.unconfirmed), ([0, 0, 1, 0, 0, 0, 0, 0], 1));
    let hash = fingerprint("住宿补助");
    assert_eq!(
        content.0[BOARD],
        format!(
            "status: draft\ntranslator: machine\nsource: {{name: {hash}}}\ntext: {{name: Board, standard: 1000 a year.}}\n"
        )
    );
    let both = file(&[(NAME, "住宿补助", "Board"), (STANDARD, "每年1000元。", "1000 a year.")]);
    let whole = content.take(&both, &by("B", "2026-11-25", Some(Status::Checked)));
    assert_eq!((counts(&whole), whole.summary.checked), ([0, 0, 1, 1, 0, 0, 0, 0], 1));
    assert!(
        content.0[BOARD].starts_with("status: checked\ntranslator: B\ndate: 2026-11-25\nsource:"),
        "{}",
        content.0[BOARD]
    );
    assert!(content.take(&both, &by("C", "2026-11-26", Some(Status::Checked))).files.is_empty());
    // A confirmed one that was reviewed stays so, as with `stamp`.
    let mut content = Content::new();
    let reviewed = content.take(&both, &by("B", "2026-11-25", Some(Status::Checked)));
    assert_eq!((counts(&reviewed), reviewed.summary.fallen.len()), ([0, 0, 2, 0, 0, 0, 0, 0], 0));
    assert!(content.0[BOARD].starts_with("status: reviewed\nreviewer: A. Person\nsource:"), "{}", content.0[BOARD]);
    // Without a name nobody is invented.
    draft(&mut content);
    let nameless = content.take(&file(&[(NAME, "住宿补助", "Boarding")]), &ImportOptions::default());
    assert_eq!(nameless.summary.nameless, 1);
    assert!(content.0[BOARD].starts_with("status: draft\ntranslator: machine\nsource:"), "{}", content.0[BOARD]);
}

#[test]
fn fuzzy_and_empty_entries_never_count() {
    let content = Content::new();
    let fuzzy =
        format!("{HEAD}#, fuzzy\n{}{}", entry(NAME, "住宿补助", "Wrong 5"), entry(STANDARD, "每年1000元。", " "));
    let came = content.import(&fuzzy, &ImportOptions::default());
    assert_eq!((came.counts(), came.codes().len(), came.brought.files.len()), ([0, 0, 0, 0, 1, 1, 0, 0], 0, 0));
}

#[test]
fn a_source_that_has_changed_in_between_leaves_a_stale_translation() {
    let mut content = Content::new();
    let po = file(&[
        (NAME, "住校补助", "Board and lodging"),
        ("departments.yaml#finance.name", "财政厅", "Treasury"),
        ("items/education/tuition.yaml#name", "学费", "Fees"),
    ]);
    // A translation of the text as it is now is not to be lost to one of an earlier text.
    let hash = fingerprint("免学费");
    content.swap("i18n/en/items/education/tuition.yaml", "text:", &format!("source: {{name: {hash}}}\ntext:"));
    let came = content.import(&po, &ImportOptions::default());
    insta::assert_snapshot!("exchange-changed-in-between", shown(&came.report));
    assert_eq!(came.counts(), [1, 1, 0, 0, 0, 0, 0, 1]);
    let files: BTreeMap<&str, &str> =
        came.brought.files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    assert_eq!(files.keys().copied().collect::<Vec<_>>(), ["i18n/en/departments.yaml", BOARD]);
    assert!(files[BOARD].contains(&format!("source: {{name: {}}}\n", fingerprint("住校补助"))), "{}", files[BOARD]);
}

#[test]
fn a_document_is_written_once_it_is_whole() {
    let mut content = Content::new();
    let first = ("policy/notice.md#body", "## 一、总则 {#general}", "## General {#general}");
    let came = content.import(&file(&[first]), &ImportOptions::default());
    assert_eq!((came.counts(), came.codes()), ([0, 0, 0, 0, 0, 0, 1, 0], vec!["po-incomplete"]));
    // In a draft that is there, one block can be bettered by itself.
    let old = "## Rules {#general}\n\nSee [it](items/education/board.yaml), 1000.\n\n{items}\n\n- a\n- b\n";
    let hash = fingerprint(&format!("\n{BODY}"));
    content.put("i18n/en/policy/notice.md", &format!("---\nstatus: draft # so far\nsource: {hash}\n---\n{old}"));
    let came = content.take(&file(&[first]), &ImportOptions::default());
    assert_eq!(counts(&came), [0, 1, 0, 0, 0, 0, 0, 0]);
    let new = old.replace("Rules", "General");
    assert_eq!(
        content.0["i18n/en/policy/notice.md"],
        format!("---\nstatus: draft # so far\nsource: {hash}\n---\n\n{new}")
    );
    // Not in a stale one: the other blocks may be wrong.
    content.swap("policy/notice.md", "- 乙", "- 丙");
    let came = content.import(&file(&[first]), &ImportOptions::default());
    assert_eq!(came.counts(), [0, 0, 0, 0, 0, 0, 1, 0]);
    let stale = content.export(&[Wanted::Stale]);
    assert_eq!(stale.matches("#, fuzzy").count(), 3, "{stale}");
    assert_eq!(
        counts(&content.take(&stale.replace("#, fuzzy\n", ""), &ImportOptions::default())),
        [0, 0, 3, 0, 0, 0, 0, 0]
    );
    assert!(
        content.export(&[Wanted::Stale]).contains("msgid")
            && content.load().2.iter().all(|d| d.code != "stale-translation")
    );
}

/// A golden's name, a PO file, and changes of the content: path, text, what stands in its place; all of a file without text.
type Case = (&'static str, String, Vec<(&'static str, &'static str, &'static str)>);

/// Every message about a PO file, by the name of its golden.
fn cases() -> Vec<Case> {
    let text = |text: &str| format!("{HEAD}{text}");
    let mine = |entries: &[(&str, &str, &str)]| file(entries);
    vec![
        ("syntax", text("msgid \"a\nmsgstr \"b\"\n"), vec![]),
        ("empty", HEAD.to_owned(), vec![]),
        ("no-language", "msgid \"a\"\nmsgstr \"b\"\n".to_owned(), vec![]),
        ("unknown-language", HEAD.replace("Language: en", "Language: eo"), vec![]),
        ("source-language", HEAD.replace("X-Qingdan-Language: en", "Language: zh-Hans"), vec![]),
        ("another-language", HEAD.replace("X-Qingdan-Language: en", "Language: fr"), vec![]),
        ("charset", file(&[(NAME, "住宿补助", "Board")]).replace("charset=UTF-8", "charset=GBK"), vec![]),
        (
            "unknown-texts",
            text(
                "msgctxt \"items/education/gone.yaml#name\"\nmsgid \"a\"\nmsgstr \"b\"\n\nmsgid \"c\"\nmsgstr \"d\"\n\nmsgid \"e\"\nmsgid_plural \"es\"\nmsgstr[0] \"f\"\n",
            ),
            vec![],
        ),
        (
            "twice",
            mine(&[
                (NAME, "住宿补助", "One"),
                (NAME, "住宿补助", "Two"),
                (STANDARD, "每年1000元。", "1000 each year."),
            ]),
            vec![],
        ),
        (
            "rules",
            mine(&[
                (NAME, "住宿补助", "Two\nlines"),
                (STANDARD, "每年1000元。", "100 a year, \u{202e}turned."),
                ("departments.yaml#finance.name", "财政局", "博彩"),
                ("departments.yaml#schools.name", "教育局", " Schools"),
            ]),
            vec![],
        ),
        (
            "marks",
            mine(&[
                (DOCUMENT, "## 一、总则 {#general}", "### General {#general}"),
                (
                    DOCUMENT,
                    "见[住宿补助](items/education/board.yaml)，每年1000元。",
                    "See [it](items/education/tuition.yaml), 1000.",
                ),
                (DOCUMENT, "- 甲\n- 乙", "- a\n\n- b"),
                (DOCUMENT, "没有了", "Gone"),
            ]),
            vec![],
        ),
        (
            "numbers",
            mine(&[(
                DOCUMENT,
                "见[住宿补助](items/education/board.yaml)，每年1000元。",
                "See [it](items/education/board.yaml), 10000.",
            )]),
            vec![],
        ),
        (
            "unfit",
            mine(&[("departments.yaml#schools.name", "教育局", "Schools")]),
            vec![(
                "i18n/en/departments.yaml",
                "",
                "schools:\n  status: reviewed\n  reviewer: A. Person # by post\n  text: {name: School}\n",
            )],
        ),
    ]
}

#[test]
fn every_message_about_a_file_is_as_agreed() {
    let mut seen: BTreeSet<String> = ["po-source-changed", "po-incomplete"].map(str::to_owned).into();
    for (name, po, changes) in cases() {
        let mut content = Content::new();
        let lang = (name == "another-language").then(|| "en".to_owned());
        for (path, from, to) in changes {
            if from.is_empty() {
                content.put(path, to)
            } else {
                content.swap(path, from, to)
            };
        }
        let came = content.import(&po, &ImportOptions { lang, ..ImportOptions::default() });
        insta::assert_snapshot!(format!("exchange-{name}"), format!("{}{:?}\n", shown(&came.report), came.counts()));
        seen.extend(came.report.iter().map(|d| d.code.to_owned()));
    }
    let unseen: Vec<String> =
        crate::messages::codes().into_iter().filter(|code| code.starts_with("po-") && !seen.contains(code)).collect();
    assert!(unseen.is_empty(), "no case brings up {unseen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// What a translator may write comes back out as it was, or is refused; it never breaks the content.
    #[test]
    fn any_translation_is_taken_or_refused(
        name in "[a-zA\\\\\"'#:\\-{}\\[\\]&*!|>%@` \n\t\r清é\u{301}\u{202e}\u{202f}\u{180e}]{1,16}",
        note in "[a-z1#: \n\"\\\\]{1,16}",
    ) {
        let mut content = Content::new();
        let po = file(&[("departments.yaml#finance.name", "财政局", &name), (NAME, "住宿补助", &note)]);
        let came = content.import(&po, &ImportOptions::default());
        for file in &came.brought.files {
            content.put(&file.path, &file.text);
        }
        let (_, _, after) = content.load();
        prop_assert!(!after.has_errors(), "{}", shown(&after));
        let again = content.import(&po, &ImportOptions::default());
        prop_assert!(again.brought.files.is_empty() || again.report.has_errors(), "{:?}", again.brought.files);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop_oneof![proptest::collection::vec(any::<u8>(), 0..80), "(msgctxt|msgid|msgstr|\"| |\n|departments.yaml#finance.name|财政局|a)*".prop_map(String::into_bytes)]) {
        let content = Content::new();
        let (sources, catalogue, before) = content.load();
        if let Outcome { value: Some(file), .. } = source::text("", "en.po", bytes) {
            let options = ImportOptions { lang: Some("en".to_owned()), ..ImportOptions::default() };
            let _ = exchange::import(po::read(&file), (&sources, &catalogue, &before), &options, &|_| None);
        }
    }
}

/// One of gettext's own programs; none where it is not installed: `tests/run` does so.
fn gettext(program: &str, args: &[&str], desk: &Desk) -> Option<String> {
    let output = match Command::new(program).args(args).current_dir(desk.dir.path()).env("LC_ALL", "C").output() {
        Ok(output) => output,
        Err(_) if std::env::var_os("CI").is_none() => return None,
        Err(error) => panic!("{program}: {error}"),
    };
    assert!(output.status.success(), "{program} {args:?}: {}", text(&output.stderr));
    Some(text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn gettexts_programs_read_the_files_and_change_nothing_that_counts() {
    for (content, tag) in [(REAL, "mn-Mong"), (VALLEY, "ar")] {
        let desk = Desk::with(content);
        assert_eq!(code(&desk.run(&["translate", "export", "--lang", tag, "a.po"])), 0);
        let Some(said) = gettext("msgfmt", &["-c", "-o", "/dev/null", "a.po"], &desk) else { return };
        assert_eq!(said, "", "{content}");
        gettext("msgattrib", &["--clear-fuzzy", "-o", "b.po", "a.po"], &desk);
        gettext("msgcat", &["-w", "40", "-o", "c.po", "b.po"], &desk);
        gettext("msgmerge", &["-q", "-o", "d.po", "c.po", "a.po"], &desk);
        let before = desk.tree("content");
        let run = |file: &str| desk.run(&["translate", "import", file, "--messages", "en", "--dry-run"]);
        // In one stale text of the valley a list is missing: whoever confirms it is told.
        let status = i32::from(content == VALLEY);
        let first = run("b.po");
        assert_eq!((code(&run("a.po")), code(&first)), (0, status), "{content}: {}", text(&first.stdout));
        let counts = |output: &Output| text(&output.stdout).lines().rev().nth(1).unwrap().to_owned();
        for file in ["c.po", "d.po"] {
            let output = run(file);
            assert_eq!((code(&output), counts(&output)), (status, counts(&first)), "{content} {file}");
        }
        assert_eq!(desk.tree("content"), before);
    }
}

#[test]
fn out_translated_and_back() {
    let desk = Desk::valley();
    let run = |args: &[&str]| {
        let output = desk.run(&[&["translate"], args, &["--messages", "en"]].concat());
        (code(&output), text(&output.stdout), text(&output.stderr))
    };
    let missing = || -> serde_json::Value {
        let (_, said, _) = run(&["status", "--lang", "ar", "--format", "json"]);
        serde_json::from_str::<serde_json::Value>(&said).unwrap()["languages"][0]["all"].clone()
    };
    let before = missing();
    assert_eq!(run(&["export", "--lang", "ar", "--only", "missing,stale", "out.po"]).0, 0);
    let exported = std::fs::read_to_string(desk.path("out.po")).unwrap();
    assert_eq!(run(&["export", "--lang", "ar", "--only", "stale", "--only", "missing", "-"]).1, exported);
    // A file that is there is not lost, unless it would be the same or is given up.
    assert_eq!(run(&["export", "--lang", "ar", "--only", "missing,stale", "out.po"]).0, 0);
    let (status, _, said) = run(&["export", "--lang", "ar", "out.po"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("may hold translations") && said.contains("--force"), "{said}");
    assert_eq!(run(&["export", "--lang", "ar", "out.po", "--force"]).0, 0);
    assert_eq!(run(&["export", "--lang", "ar", "content/out.po"]).0, 2);
    assert_eq!(run(&["export", "--lang", "en"]).0, 2);
    // What is missing is translated: here, every figure of the source stays.
    let mut filled = String::new();
    let mut source = String::new();
    for block in exported.split("\n\n") {
        let digits: String = block
            .split("msgid")
            .last()
            .unwrap()
            .split("msgstr")
            .next()
            .unwrap()
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        source.push_str(&digits);
        let is_plain = block.ends_with("msgstr \"\"") && digits.is_empty() && !block.contains("Markdown");
        filled.push_str(&if is_plain { block.replace("msgstr \"\"", "msgstr \"نص\"") } else { block.to_owned() });
        filled.push_str("\n\n");
    }
    desk.write(
        "in.po",
        &filled
            .replace("Last-Translator: ", "Last-Translator: A. Example <a@example.org>")
            .replace("PO-Revision-Date: ", "PO-Revision-Date: 2026-11-25 09:00+0000"),
    );
    let tree = desk.tree("content");
    let (status, dry, _) = run(&["import", "in.po", "--dry-run"]);
    assert_eq!((status, desk.tree("content") == tree), (0, true));
    let (status, said, told) = run(&["import", "in.po"]);
    assert_eq!(status, 0, "{said}{told}");
    assert_eq!(
        dry.replace("Files to be written", "Files written").replace("a dry run: no file was changed\n", ""),
        said
    );
    insta::assert_snapshot!("exchange-valley", said);
    let after = missing();
    assert!(after["missing"].as_u64() < before["missing"].as_u64(), "{before} {after}");
    let written = std::fs::read_to_string(desk.path("content/i18n/ar/departments.yaml")).unwrap();
    assert!(written.contains("  translator: A. Example\n  date: 2026-11-25\n"), "{written}");
    assert_eq!(code(&desk.run(&["check"])), 0);
    // What is refused is named, and the rest is written.
    desk.write(
        "bad.po",
        &file(&[("departments.yaml#welfare.name", "Welfare", "5")]).replace("Language: en", "Language: ar"),
    );
    let (status, said, _) = run(&["import", "bad.po"]);
    assert_eq!(status, 1, "{said}");
    std::fs::write(desk.path("gbk.po"), b"msgid \"\xb9\xab\"\n").unwrap();
    for (args, code, why) in [
        (&["import", "gbk.po"][..], 1, "not UTF-8"),
        (&["import", "nowhere.po"], 2, "nowhere.po"),
        (&["import", "in.po", "--lang", "eo"], 2, "no language `eo`"),
        (&["import", "in.po", "--status", "reviewed"], 2, "invalid value"),
        (&["status", "--lang", "en"], 2, "source language"),
        (&["status", "--format", "sarif"], 2, "human, short and json"),
    ] {
        let (status, said, told) = run(args);
        assert_eq!(status, code, "{args:?}: {said}{told}");
        assert!((said + &told).contains(why), "{args:?}: {why}");
    }
}

#[test]
fn the_table_is_that_of_check() {
    let desk = Desk::with(REAL);
    for format in ["human", "json"] {
        let status = desk.run(&["translate", "status", "--format", format]);
        let check = desk.run(&["check", "--coverage", "--format", format]);
        assert_eq!((code(&status), status.stdout), (0, check.stdout));
    }
}
