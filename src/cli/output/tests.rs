//! Golden tests of every format, with the texts that usually go wrong.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::diag::{Diagnostic, SourceFile, Span};
use crate::msg;
use anstream::adapter::strip_str;
use std::sync::Arc;

/// A span over the first occurrence of `needle`.
fn at(file: &Arc<SourceFile>, needle: &str) -> Span {
    Span::new(file, 0, file.text.len()).find(needle)
}

fn file(path: &str, text: &str) -> Arc<SourceFile> {
    SourceFile::new("content", path, text)
}

fn report(diagnostics: impl IntoIterator<Item = Diagnostic>) -> Report {
    let mut report = Report::default();
    diagnostics.into_iter().for_each(|d| report.push(d));
    report
}

fn fault(span: Span) -> Report {
    report([Diagnostic::error("some-fault", span, Message::new("有毛病", "something is wrong"))])
}

fn human(report: &Report, lang: MessageLang) -> String {
    strip_str(&render(report, Format::Human, lang)).to_string()
}

/// A report as a real one: a misspelt id, two equal numbers, a translation that is missing.
fn real() -> Report {
    let item = file(
        "items/education/boarding-allowance.yaml",
        "number: 3\ndepartments: [finance, educaton]\ntext:\n  name: 寄宿生生活补助\n  standard: 每生每年1000元，100%发放\n",
    );
    let other = file("items/education/nutrition.yaml", "number: 3\ntext:\n  name: 营养膳食补助\n");
    report([
        Diagnostic::error(
            "unknown-department",
            at(&item, "educaton"),
            msg!("没有部门“educaton”", "there is no department `educaton`"),
        )
        .hint(msg!("是不是想写“education”？", "did you mean `education`?")),
        Diagnostic::error("duplicate-number", at(&other, "3"), msg!("编号 3 重复", "the number 3 stands twice"))
            .related(at(&item, "3"), msg!("第一次在这里", "first here")),
        Diagnostic::warning(
            "amount-not-in-text",
            at(&item, "1000元"),
            msg!("金额：100%，\n对不上", "amount: 100%,\nno match"),
        )
        .hint(msg!("核对原文", "compare with the source")),
    ])
}

#[test]
fn the_real_report_in_every_format_and_language() {
    let report = real();
    insta::assert_snapshot!("human_zh", human(&report, MessageLang::Zh));
    insta::assert_snapshot!("human_en", human(&report, MessageLang::En));
    insta::assert_snapshot!("short_zh", render(&report, Format::Short, MessageLang::Zh));
    insta::assert_snapshot!("short_en", render(&report, Format::Short, MessageLang::En));
    insta::assert_snapshot!("github_zh", render(&report, Format::Github, MessageLang::Zh));
    insta::assert_snapshot!("github_en", render(&report, Format::Github, MessageLang::En));
    let value = |format, lang| serde_json::from_str::<serde_json::Value>(&render(&report, format, lang)).unwrap();
    insta::assert_json_snapshot!("json", value(Format::Json, MessageLang::En));
    for (name, lang) in [("sarif_zh", MessageLang::Zh), ("sarif_en", MessageLang::En)] {
        let mut log = value(Format::Sarif, lang);
        log["runs"][0]["tool"]["driver"]["version"] = "[version]".into();
        insta::assert_json_snapshot!(name, log);
    }
    // Both languages stand in the JSON, so the choice does not matter.
    assert_eq!(value(Format::Json, MessageLang::Zh), value(Format::Json, MessageLang::En));
}

#[test]
fn an_empty_report() {
    let empty = Report::default();
    assert_eq!(human(&empty, MessageLang::Zh), "没有发现问题\n");
    assert_eq!(human(&empty, MessageLang::En), "no problems found\n");
    assert_eq!(render(&empty, Format::Short, MessageLang::En), "");
    assert_eq!(render(&empty, Format::Github, MessageLang::En), "");
    let json = render(&empty, Format::Json, MessageLang::En);
    assert_eq!(json, "{\"version\":1,\"diagnostics\":[],\"errors\":0,\"warnings\":0}\n");
}

#[test]
fn summaries_count_in_words() {
    let here = || Span::whole(&file("a.yaml", "a\n"));
    let error = || Diagnostic::error("e", here(), Message::new("错", "e"));
    let warning = || Diagnostic::warning("w", here(), Message::new("警", "w"));
    for (report, zh, en) in [
        (report([error(), error(), warning()]), "2 个错误，1 个警告", "2 errors, 1 warning"),
        (report([error()]), "1 个错误", "1 error"),
        (report([warning(), warning()]), "2 个警告", "2 warnings"),
    ] {
        assert_eq!((summary(&report, MessageLang::Zh).as_str(), summary(&report, MessageLang::En).as_str()), (zh, en));
    }
}

#[test]
fn complaints_have_no_place() {
    let (message, hint) = (Message::new("写不了\u{1b}", "cannot write\u{1b}"), msg!("换一个", "take another"));
    assert_eq!(complaint(&message, Some(&hint), MessageLang::Zh), "错误：写不了␛\n提示：换一个\n");
    assert_eq!(complaint(&message, None, MessageLang::En), "error: cannot write␛\n");
}

#[test]
fn wide_characters_and_tabs_are_aligned() {
    let wide = file("a.yaml", "text:\n  name: 寄宿生“生活”补助ᠮᠣᠩᠭᠣᠯ here\n");
    let tab = file("b.yaml", "key:\t\tvalue\t错\n");
    insta::assert_snapshot!(human(
        &report([
            Diagnostic::error("wide", at(&wide, "生活"), msg!("宽字符", "wide")),
            Diagnostic::error("after-mongolian", at(&wide, "here"), msg!("蒙古文之后", "after Mongolian")),
            Diagnostic::error("tab", at(&tab, "\t\t"), msg!("制表符", "tabs")),
            Diagnostic::error("after-tabs", at(&tab, "错"), msg!("制表符之后", "after tabs")),
        ]),
        MessageLang::En
    ));
}

#[test]
fn spans_of_several_lines() {
    let two = file("two.yaml", "a:\n  - first\n  - 第二\nb: 1\n");
    let many: String = (1..=30).map(|n| format!("line {n}\n")).collect();
    let many = file("many.yaml", &many);
    let with_end = Span::new(&two, 0, 3);
    insta::assert_snapshot!(human(
        &report([
            Diagnostic::error("two-lines", at(&two, "first\n  - 第二"), msg!("两行", "two lines")),
            Diagnostic::error("with-line-end", with_end, msg!("连同行尾", "with the line's end")),
            Diagnostic::error("many-lines", Span::new(&many, 7, 200), msg!("多行", "many lines")),
        ]),
        MessageLang::En
    ));
}

#[test]
fn points_at_the_end_and_files_without_text() {
    let text = file("end.yaml", "a: 1\n");
    let no_line_end = file("no-end.yaml", "a: “错");
    let empty = file("empty.yaml", "");
    let end = |file: &Arc<SourceFile>| Span::new(file, usize::MAX, usize::MAX);
    insta::assert_snapshot!(human(
        &report([
            Diagnostic::error("end-of-file", end(&text), msg!("文件结束", "the file ends")),
            Diagnostic::error("end-of-line", end(&no_line_end), msg!("没有结束引号", "no closing quote")),
            Diagnostic::error("empty-file", Span::whole(&empty), msg!("文件为空", "the file is empty"))
                .related(Span::whole(&empty), msg!("这里", "here")),
            Diagnostic::error("whole-file", Span::whole(&text), msg!("整个文件", "the file as a whole")),
            Diagnostic::error("line-end", at(&text, "\n"), msg!("行尾", "the line's end")),
        ]),
        MessageLang::En
    ));
}

#[test]
fn a_line_of_a_megabyte_is_cut_around_the_place() {
    let long = |middle: &str| format!("key: {}{middle}{}\n", "清单".repeat(90_000), "abc ".repeat(130_000));
    let file = file("long.yaml", &long("<错误>"));
    let whole_line = Span::new(&file, 5, file.text.len() - 1);
    let report = report([
        Diagnostic::error("in-the-middle", at(&file, "<错误>"), msg!("在中间", "in the middle")),
        Diagnostic::error("at-the-start", at(&file, "key"), msg!("在开头", "at the start")),
        Diagnostic::error("at-the-end", at(&file, "\n"), msg!("在结尾", "at the end")),
        Diagnostic::error("all-of-it", whole_line, msg!("全部", "all of it")),
    ]);
    let text = human(&report, MessageLang::En);
    assert!(text.len() < 4000, "{}", text.len());
    insta::assert_snapshot!(text);
}

#[test]
fn nothing_of_the_content_reaches_the_terminal_as_a_command() {
    let evil = "k: \u{1b}[31mred\u{7}\u{9b}2J \u{202e}txt.exe\u{2069} \u{7f}\u{200b}\u{feff}\u{e000}\r x\u{0}y\n";
    let source = SourceFile::new("content", "a\u{1b}]0;title\u{7}\nb,c:d%.yaml", evil);
    let quoted = evil.trim_end();
    let report = report([
        Diagnostic::error("in-text", at(&source, "txt"), msg!("“{quoted}”", "`{quoted}`"))
            .hint(msg!("{quoted}", "{quoted}")),
        Diagnostic::warning("whole", Span::new(&source, 3, evil.len() - 1), msg!("全", "all"))
            .related(at(&source, "x\u{0}y"), msg!("{quoted}", "{quoted}")),
    ]);
    insta::assert_snapshot!("hostile_human", human(&report, MessageLang::En));
    insta::assert_snapshot!("hostile_short", render(&report, Format::Short, MessageLang::En));
    insta::assert_snapshot!("hostile_github", render(&report, Format::Github, MessageLang::En));
    for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
        let text = render(&report, format, MessageLang::Zh);
        // Of the styled format only its own colours may be left.
        let text = if format == Format::Human { without_colours(&text) } else { text };
        let bad = text.chars().find(|c| (c.is_control() && *c != '\n') || visible::is_hidden(*c));
        assert_eq!(bad, None, "{format:?}");
    }
}

/// Takes out `ESC [ numbers m` and nothing else.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        out.push_str(rest.strip_prefix('m').unwrap_or("\u{1b}"));
    }
    out
}

#[test]
fn thousands_of_faults_in_one_big_file_are_printed_in_good_time() {
    let text = "键: 值的文字\n".repeat(100_000);
    let file = file("big.yaml", &text);
    let report = report((0..5_000).map(|n| {
        let start = n * 360;
        Diagnostic::error("fault", Span::new(&file, start, start + 3), Message::new("错", "wrong"))
    }));
    let begun = std::time::Instant::now();
    for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
        assert!(render(&report, format, MessageLang::Zh).len() > 100_000);
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn a_fault_anywhere_in_any_text_can_be_printed() {
    use proptest::prelude::*;
    proptest!(|(text in "(\\PC|[\\x00-\\x1f]|清|\n|\t|\u{202e}){0,60}", start in 0usize..80, length in 0usize..80)| {
        let report = fault(Span::new(&file("a.yaml", &text), start, start + length));
        for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
            render(&report, format, MessageLang::Zh);
        }
    });
}
