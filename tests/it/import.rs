//! `qingdan import`: what `export` wrote comes back, and spreadsheets as city offices have them are read.

use crate::cli::{Desk, code, text};
use crate::messages::{BASE, shown};
use crate::site::{REAL, VALLEY, build};
use proptest::strategy::Strategy as _;
use qingdan::diag::Report;
use qingdan::import::{self, Options, Plan};
use qingdan::source::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const CONTENTS: [&str; 2] = [REAL, VALLEY];

/// What tables hold. What stays is what they do not: site.yaml, catalogue.yaml, the document and its Markdown, the words
/// of search, the glossary.
const HELD: [&str; 8] = [
    "items",
    "domains.yaml",
    "departments.yaml",
    "audiences.yaml",
    "life-events.yaml",
    "policy/tasks.yaml",
    "policy/division.yaml",
    "policy/indicators.yaml",
];

fn formats() -> Vec<&'static str> {
    if cfg!(feature = "xlsx") { vec!["csv", "xlsx"] } else { vec!["csv"] }
}

fn done(desk: &Desk, args: &[&str]) -> String {
    let output = desk.run(&[args, &["--messages", "en"]].concat());
    assert_eq!(code(&output), 0, "{args:?}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

fn remove(path: &Path) {
    let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
}

#[test]
fn a_table_that_comes_back_untouched_changes_nothing() {
    for content in CONTENTS {
        let desk = Desk::with(content);
        let before = desk.tree("content");
        for format in formats() {
            done(&desk, &["export", "--out", format, "--format", format]);
            let said = done(&desk, &["import", format, "--update"]);
            assert!(said.starts_with("0 new, 0 changed, 0 different and left, "), "{said}");
            assert!(said.contains(" 0 doubtful; 0 in the content that no row is about"), "{said}");
            assert_eq!(desk.tree("content"), before, "{content} as {format}");
        }
    }
}

/// Editorial notes are in no table: what the shipped catalogue says in them is all that is lost.
#[test]
fn what_export_writes_is_read_back_to_the_same_model() {
    for content in CONTENTS {
        let desk = Desk::with(content);
        let tags: Vec<String> = std::fs::read_dir(desk.path("content/i18n"))
            .unwrap()
            .map(|entry| format!("i18n/{}", entry.unwrap().file_name().to_string_lossy()))
            .collect();
        for format in formats() {
            done(&desk, &["export", "--out", "first", "--format", format]);
            let exported = desk.tree("first");
            let bare = Desk::with(content);
            for path in HELD {
                remove(&bare.path(&format!("content/{path}")));
                tags.iter().for_each(|tag| remove(&bare.path(&format!("content/{tag}/{path}"))));
            }
            let first = desk.path("first");
            done(&bare, &["import", first.to_str().unwrap()]);
            done(&bare, &["export", "--out", "second", "--format", format]);
            assert!(exported == bare.tree("second"), "{content} as {format}: the tables differ");
            let (old, new) = (build(content, None), build(bare.path("content").to_str().unwrap(), None));
            for part in ["items", "domains", "departments", "audiences", "life-events"] {
                let path = format!("data/{part}.json");
                assert!(old.get(&path) == new.get(&path), "{content} as {format}: {path} differs");
            }
        }
    }
}

/// What comes of tables for the small catalogue of messages.rs: what is said, the summary, the files.
struct Came {
    said: String,
    codes: BTreeSet<String>,
    plan: Plan,
}

impl Came {
    fn file(&self, path: &str) -> &str {
        self.plan.files.iter().find(|file| file.path == path).map_or("", |file| file.text.as_str())
    }
}

/// A file's name and bytes.
type File<'f> = (&'f str, Vec<u8>);

fn import(files: &[File<'_>], changes: &[(&str, &str)], options: &Options<'_>) -> Came {
    let mut content: BTreeMap<String, String> =
        BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    content.extend(changes.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    content.retain(|_, text| !text.is_empty());
    let sources = Sources::from_memory(content.clone());
    let mut before = Report::default();
    let catalogue = qingdan::load(&sources).merge_into(&mut before);
    before.merge(qingdan::check::check(&catalogue));
    let read = |(name, bytes): &File<'_>| {
        let stem = name.rsplit_once('.').map_or(*name, |(stem, _)| stem);
        import::read(name, stem, bytes).unwrap_or_else(|refused| panic!("{refused:?}")).tables
    };
    let tables: Vec<import::Table> = files.iter().flat_map(read).collect();
    let written = |path: &str| content.get(path).cloned();
    let outcome = import::plan(&tables, (&sources, &catalogue, &before), options, &written).unwrap();
    let mut report = outcome.report;
    report.sort();
    let codes = report.iter().map(|d| d.code.to_owned()).collect();
    Came { said: shown(&report), codes, plan: outcome.value }
}

fn csv(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

/// A golden's name, tables, changes of the content, and whether to update.
type Case = (&'static str, Vec<(String, Vec<u8>)>, Vec<(&'static str, &'static str)>, bool);

/// Every message about a table, by the name of its golden.
fn cases() -> Vec<Case> {
    let list = |rows: &str| vec![csv("list.csv", &format!("序号,服务项目,标准,部门\n{rows}"))];
    let items =
        |rows: &str| vec![csv("items.csv", &format!("slug,number,domain,departments,name,standard,name@en\n{rows}"))];
    vec![
        ("no-heading", vec![csv("list.csv", "甲,乙\n1,2\n")], vec![], false),
        (
            "headings",
            vec![csv("list.csv", "序号,服务项目,标准,备住,部门,名称,项目名称\n3,甲,乙,丙,财政局,丁,戊\n")],
            vec![],
            false,
        ),
        ("missing-column", vec![csv("list.csv", "序号,服务项目,部门\n3,甲,财政局\n")], vec![], false),
        ("which-table", vec![csv("list.csv", "id,name,aliases\na,甲,乙\n")], vec![], false),
        (
            "sections",
            list("一、教育（2项）,,,\n3,甲,乙,财政局\n二、卫生,,,\n4,丙,丁,财政局\n注：以上标准为最低标准,,,\n"),
            vec![("domains.yaml", "- {id: education, name: 教育}\n- {id: work, name: 就业}\n")],
            false,
        ),
        ("names", list("3,甲,乙,财政局、教育厅\n4,丙,丁,\"财政局；\n教育局牵头\"\n"), vec![], false),
        ("hidden-characters", list("3,甲\u{202e}乙,丙,财政局\n4,\u{7}丁,戊,财政局\n"), vec![], false),
        ("values", list("三,甲,乙,财政局\n"), vec![], false),
        (
            "keys",
            items(
                "Bad_Slug,3,education,finance,甲,乙,\nnew,4,education,finance,丙,丁,\nnew,5,education,finance,戊,己,\n,6,education,finance,,庚,\nlost,7,,finance,辛,壬,\n",
            ),
            vec![("domains.yaml", "- {id: education, name: 教育}\n- {id: work, name: 就业}\n")],
            false,
        ),
        (
            "not-read",
            vec![
                csv("items.csv", "slug,domain,departments,departments_text,name\nboard,work,finance,教育局,住宿补助\n"),
                csv("departments.csv", "id,name,items\nfinance,财政局,tuition\n"),
            ],
            vec![("domains.yaml", "- {id: education, name: 教育}\n- {id: work, name: 就业}\n")],
            true,
        ),
        (
            "two-texts",
            vec![csv("items.csv", "slug,name,guide,guide.markdown\nboard,住宿补助,先申请。,**先**登记。\n")],
            vec![],
            true,
        ),
        ("approved", vec![csv("items.csv", "slug,name,name@en\nboard,住宿补助,Boarding\n")], vec![], true),
        (
            "unknown-words",
            items("board,1,education,finance,住宿补助,每年1000元。,Board\nnew,3,education,nobody,甲,乙,\n"),
            vec![],
            false,
        ),
        ("amounts", vec![csv("items.csv", "slug,name,amounts\nboard,住宿补助,teacher 5 CNY\n")], vec![], true),
        ("would-be-errors", list("1,甲,乙,财政局\n"), vec![], false),
        (
            "unfit-file",
            vec![csv("items.csv", "slug,name,standard\nboard,住宿补助,每年1200元。\n")],
            vec![(
                "items/education/board.yaml",
                "number: 1\ndepartments: [finance]\ntext: &t\n  name: 住宿补助\n  standard: 每年1000元。\n",
            )],
            true,
        ),
        (
            "otherwise",
            vec![csv("items.csv", "slug,name,translation.source@en\nboard,住宿补助,guide aaaaaaaaaaaa\n")],
            vec![],
            true,
        ),
    ]
}

#[test]
fn every_message_about_a_table_is_as_agreed() {
    let mut seen = BTreeSet::new();
    for (name, files, changes, update) in cases() {
        let files: Vec<File<'_>> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        let came = import(&files, &changes, &Options { update, ..Options::default() });
        insta::assert_snapshot!(format!("import-{name}"), came.said);
        seen.extend(came.codes);
    }
    let unseen: Vec<String> = crate::messages::codes()
        .into_iter()
        .filter(|code| code.starts_with("import-") && !seen.contains(code))
        .collect();
    assert!(unseen.is_empty(), "no case brings up {unseen:?}");
}

/// A list as city offices make them: titles above, merged cells, sections, notes, names on several lines.
#[cfg(feature = "xlsx")]
fn messy() -> Vec<u8> {
    use rust_xlsxwriter::{Format, Formula, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet.set_name("服务清单").unwrap();
    sheet.merge_range(0, 0, 0, 6, "某市基本公共服务清单（2026年版）", &plain).unwrap();
    sheet.write_string(1, 5, "填表日期：2026年1月").unwrap();
    // Headings over two rows, wrapped, with spaces and remarks.
    for (column, heading) in
        ["序 号", "服务\n项目", "标准\n（元）", "牵头负责\n单位", "资金来源", "指南", "标准"].iter().enumerate()
    {
        let at = u16::try_from(column).unwrap();
        sheet.merge_range(3, at, 4, at, heading, &plain).unwrap();
    }
    sheet.merge_range(5, 0, 5, 6, "一、教育（3项）", &plain).unwrap();
    sheet.write_number(6, 0, 3).unwrap();
    sheet.write_string(6, 1, "课后\n服务　").unwrap();
    sheet.write_string(6, 2, "每天2小时。").unwrap();
    sheet.write_string(6, 3, "市财政局、教育局\n").unwrap();
    sheet.write_string(6, 5, "1. 向学校*申请*").unwrap();
    // One service over two rows.
    sheet.merge_range(8, 0, 9, 0, "４", &plain).unwrap();
    sheet.merge_range(8, 1, 9, 1, "校车", &plain).unwrap();
    sheet.write_string(8, 2, "距离3公里以上。").unwrap();
    sheet.write_string(9, 2, "每日两次。").unwrap();
    sheet.write_string(8, 3, "教育局牵头").unwrap();
    sheet.write_string(9, 3, "财政局").unwrap();
    // The headings again, as on every printed page.
    for (column, heading) in ["序 号", "服务\n项目", "标准\n（元）", "牵头负责\n单位"].iter().enumerate()
    {
        sheet.write_string(11, u16::try_from(column).unwrap(), *heading).unwrap();
    }
    sheet.write_string(12, 0, "5").unwrap();
    sheet.write_string(12, 1, "体育馆").unwrap();
    sheet.write_number_with_format(12, 2, 0.85, &Format::new().set_num_format("0%")).unwrap();
    sheet.write_string(12, 3, "finance").unwrap();
    sheet.write_formula(13, 0, Formula::new("=A13+1").set_result("6")).unwrap();
    sheet.write_string(13, 1, "图书馆").unwrap();
    sheet.write_formula(13, 2, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write_string(13, 3, "教育局").unwrap();
    sheet.write_formula(13, 5, Formula::new("=B14").set_result("4711")).unwrap();
    sheet.write_string(14, 0, "小 计").unwrap();
    sheet.write_string(14, 1, "4").unwrap();
    // One service over two rows, of which the number alone is merged.
    sheet.merge_range(16, 0, 17, 0, "7", &plain).unwrap();
    sheet.write_string(16, 1, "校医").unwrap();
    sheet.write_string(16, 2, "每校一名。").unwrap();
    sheet.write_string(16, 3, "教育局").unwrap();
    sheet.write_string(17, 2, "每周两天。").unwrap();
    sheet.merge_range(15, 0, 15, 6, "注：标准为最低标准。", &plain).unwrap();
    // Programs that only write formulas leave out what they come to.
    without(&workbook.save_to_buffer().unwrap(), "<v>4711</v>")
}

/// A workbook whose sheet lacks a piece.
#[cfg(feature = "xlsx")]
fn without(workbook: &[u8], piece: &str) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut from = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let (mut bytes, name) = (Vec::new(), part.name().unwrap().into_owned());
        part.read_to_end(&mut bytes).unwrap();
        if name.ends_with("sheet1.xml") {
            let sheet = String::from_utf8(bytes).unwrap();
            assert!(sheet.contains(piece));
            bytes = sheet.replace(piece, "").into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A small file that unpacks to a large one, and one with a cell at the far end of a sheet.
#[cfg(feature = "xlsx")]
#[test]
fn workbooks_are_bounded() {
    use std::io::{Cursor, Write as _};
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    (0..300).for_each(|_| bomb.write_all(&vec![b' '; 1 << 20]).unwrap());
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    let refused = import::read("bomb.xlsx", "bomb", &bomb).unwrap_err();
    assert!(refused.message.en.contains("too large"), "{refused:?}");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write_string(1_048_575, 16_383, "x").unwrap();
    let refused = import::read("far.xlsx", "far", &workbook.save_to_buffer().unwrap()).unwrap_err();
    assert!(refused.message.en.contains("at most 100000 rows"), "{refused:?}");
}

#[cfg(feature = "xlsx")]
#[test]
fn a_messy_list_is_read_and_its_doubtful_cells_are_named() {
    let expected = BASE[1].1.replace("expected: {items: 2, domains: {education: 2}}\n", "");
    let came = import(&[("清单.xlsx", messy())], &[("catalogue.yaml", &expected)], &Options::default());
    insta::assert_snapshot!("import-messy", came.said);
    // A cell that cannot be used is a required one here: nothing is written.
    assert!(came.plan.files.is_empty());
    let optional = expected.replace("kind: text, required: true", "kind: text");
    let came = import(&[("清单.xlsx", messy())], &[("catalogue.yaml", &optional)], &Options::default());
    let files: Vec<&str> = came.plan.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        files,
        ["ke-hou-fu-wu", "ti-yu-guan", "tu-shu-guan", "xiao-che", "xiao-yi"]
            .map(|slug| format!("items/education/{slug}.yaml"))
    );
    assert_eq!(
        came.file("items/education/ke-hou-fu-wu.yaml"),
        "# yaml-language-server: $schema=../../.schema/item.json\nnumber: 3\ndepartments:\n- finance\n- schools\ntext:\n  name: 课后服务\n  standard: 每天2小时。\n  guide: 1\\. 向学校\\*申请\\*\n"
    );
    assert_eq!(
        came.file("items/education/xiao-che.yaml"),
        "# yaml-language-server: $schema=../../.schema/item.json\nnumber: 4\ndepartments:\n- schools\n- finance\ntext:\n  name: 校车\n  standard: |-\n    距离3公里以上。\n    每日两次。\n"
    );
    assert_eq!(
        came.file("items/education/tu-shu-guan.yaml"),
        "# yaml-language-server: $schema=../../.schema/item.json\nnumber: 6\ndepartments:\n- schools\ntext:\n  name: 图书馆\n"
    );
    assert!(came.file("items/education/ti-yu-guan.yaml").contains("standard: 85%\n"));
    assert!(came.file("items/education/xiao-yi.yaml").ends_with("standard: |-\n    每校一名。\n    每周两天。\n"));
}

#[test]
fn rows_find_their_services_and_headings_can_be_said() {
    let list = "编号,事项,额度,单位\n1,住宿补助,每年1000元。,财政局\n2,免学费,免除全部学费。,教育局\n";
    let map = ["编号=number", "事项=name", "额度=standard", "单位=departments"];
    let map = map.map(|rule| rule.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap()).to_vec();
    let options = |update| Options { map: map.clone(), update, ..Options::default() };
    let file = || [("list.csv", list.as_bytes().to_vec())];
    let came = import(&file(), &[], &options(false));
    assert_eq!(came.said, "");
    assert_eq!((came.plan.summary.unchanged, came.plan.summary.withheld.len(), came.plan.files.len()), (1, 1, 0));
    let came = import(&file(), &[], &options(true));
    assert_eq!(came.plan.summary.changed[0].columns, ["standard"]);
    assert_eq!(
        came.file("items/education/tuition.yaml"),
        "number: 2\ndepartments: [schools]\ntext:\n  name: 免学费\n  standard: 免除全部学费。\n"
    );
}

/// The list of a city that has nothing yet but its columns.
#[test]
fn groups_that_a_list_names_are_added_when_asked_for() {
    let list = "编号,服务项目,标准,单位\n一、教育（1项）,,,\n7,课后服务,每天2小时。,教育局牵头、民委\n二、住房,,,\n（一）公租房,,,\n\
                8,公租房,每月补贴。,住建局\n（二）危房,,,\n9,危房改造,每户补贴。,住建局\n合计,3,,\n";
    let expected = BASE[1].1.replace("expected: {items: 2, domains: {education: 2}}\n", "");
    let mut bare: Vec<(&str, &str)> = BASE.iter().map(|(path, _)| (*path, "")).skip(2).collect();
    bare.push(("catalogue.yaml", &expected));
    let map = vec![("单位".to_owned(), "departments".to_owned())];
    let options = |add_groups| Options { map: map.clone(), add_groups, ..Options::default() };
    let file = || [("清单.csv", list.as_bytes().to_vec())];
    let came = import(&file(), &bare, &options(false));
    assert!(came.codes.contains("import-section") && came.codes.contains("import-name"), "{}", came.said);
    assert!(came.plan.files.is_empty());
    let came = import(&file(), &bare, &options(true));
    assert_eq!(came.codes, BTreeSet::from(["import-remark".to_owned()]), "{}", came.said);
    assert_eq!(
        came.file("domains.yaml"),
        "# yaml-language-server: $schema=.schema/domains.json\n- id: jiao-yu\n  name: 教育\n- id: zhu-fang\n  name: 住房\n  domains:\n  - id: gong-zu-fang\n    name: 公租房\n  \
         - id: wei-fang\n    name: 危房\n"
    );
    assert_eq!(
        came.file("departments.yaml"),
        "# yaml-language-server: $schema=.schema/departments.json\n- id: jiao-yu-ju\n  name: 教育局\n- id: min-wei\n  name: 民委\n- id: zhu-jian-ju\n  name: 住建局\n"
    );
    assert!(came.file("items/zhu-fang/wei-fang/wei-fang-gai-zao.yaml").contains("- zhu-jian-ju"), "{:?}", came.plan);
    // Into lists that exist they come without --update, which changes what is there.
    let came = import(&file(), &[("catalogue.yaml", &expected)], &options(true));
    assert!(came.file("departments.yaml").ends_with("- id: zhu-jian-ju\n  name: 住建局\n"), "{}", came.said);
    assert!(!came.plan.summary.new.is_empty() && came.plan.summary.changed.is_empty());
}

#[test]
fn the_command_line_says_what_it_does() {
    let desk = Desk::valley();
    let before = desk.tree("content");
    let run = |args: &[&str]| {
        let output = desk.run(&[&["import"], args].concat());
        (code(&output), text(&output.stdout), text(&output.stderr))
    };
    desk.write("list.csv", "Service;What it is;Office;Category\nLibrary;Books to borrow.;Registry;Work\n");
    let site = std::fs::read_to_string(desk.path("content/catalogue.yaml")).unwrap();
    let (status, said, _) = run(&["list.csv", "--messages", "en"]);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("expected 4 items, found 5"), "{said}");
    desk.write("content/catalogue.yaml", &site.replace("items: 4", "items: 5").replace("work: 1", "work: 2"));
    let with_count = desk.tree("content");
    let (status, said, told) = run(&["list.csv", "--dry-run", "--messages", "en"]);
    assert_eq!((status, desk.tree("content") == with_count), (0, true), "{said}{told}");
    insta::assert_snapshot!("import-dry-run", format!("{told}{said}"));
    let (status, said, _) = run(&["list.csv", "--messages", "zh"]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("已写入的文件：\n  + content/items/work/library.yaml\n新增 1，"), "{said}");
    assert_eq!(desk.tree("content").len(), before.len() + 1);
    assert!(
        run(&["list.csv", "--messages", "en"]).1.starts_with("0 new, 0 changed, 0 different and left, 1 unchanged")
    );
    desk.write("broken.csv", "\0\0");
    desk.write("old.xls", "x");
    std::fs::write(desk.path("old.xls"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
    for (args, why) in [
        (&["nowhere.csv"][..], "nowhere.csv"),
        (&["old.xls"], "save it as .xlsx"),
        (&["content/items"], "no .csv or .xlsx"),
        (&["list.csv", "--sheet", "Sheet1"], "no sheet `Sheet1`"),
        (&["list.csv", "--map", "Office=departmnts"], "did you mean `departments`?"),
        (&["list.csv", "--map", "Office"], "HEADING=FIELD"),
        (&["list.csv", "--content", "nowhere"], "nowhere"),
        (&[], "<FILE>"),
    ] {
        let (status, _, told) = run(&[args, &["--messages", "en"]].concat());
        assert_eq!(status, 2, "{args:?}");
        assert!(told.contains(why), "{args:?}: {told}");
    }
    desk.write("content/catalogue.yaml", "name: x\n");
    assert_eq!(run(&["list.csv"]).0, 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
    /// Whatever stands in a table: no panic, and either nothing or sound files.
    #[test]
    fn no_table_makes_it_panic(
        rows in proptest::collection::vec(
            proptest::collection::vec(
                proptest::prop_oneof![
                    proptest::sample::select(vec![
                        "", "序号", "服务项目", "标准", "部门", "slug", "domain", "name", "standard", "departments", "id", "name@en", "guide",
                        "一、教育", "1", "board", "住宿补助", "财政局", "education", "finance",
                    ]).prop_map(str::to_owned),
                    "\\PC{0,6}",
                ],
                0..7,
            ),
            0..9,
        ),
        update in proptest::prelude::any::<bool>(),
    ) {
        let text = rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n");
        let came = import(&[("t.csv", text.into_bytes())], &[], &Options { update, ..Options::default() });
        let sound = came.plan.files.iter().all(|file| file.new || update);
        proptest::prop_assert!(sound);
    }
}

#[cfg(not(feature = "xlsx"))]
#[test]
fn without_the_feature_workbooks_are_refused_by_its_name() {
    let refused = import::read("list.xlsx", "list", b"PK\x03\x04").unwrap_err();
    assert!(refused.message.en.contains("without the feature `xlsx`"), "{refused:?}");
    let desk = Desk::valley();
    std::fs::write(desk.path("list.xlsx"), b"PK\x03\x04").unwrap();
    assert_eq!(code(&desk.run(&["import", "list.xlsx"])), 2);
}
