//! Tests of the command line: defaults, wrong calls, the texts of help.
#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::cli::build::BuildOptions;
use crate::cli::locale::MessageLang;
use crate::cli::output::Format;
use crate::host::Host;
use anstream::adapter::strip_str;
use std::num::NonZeroUsize;

fn args(line: &str) -> Result<Command, Stop> {
    parse(["qingdan"].into_iter().chain(line.split_whitespace()))
}

fn build(line: &str) -> BuildOptions {
    match args(line).unwrap() {
        Command::Build(options) => options,
        other => panic!("{other:?}"),
    }
}

fn refused(line: &str) -> String {
    let Stop { code, text } = args(line).unwrap_err();
    assert_eq!(code, WRONG_CALL, "{text}");
    strip_str(&text).to_string()
}

#[test]
fn the_definition_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn defaults_are_those_of_the_contract() {
    let BuildOptions { inputs, out, jobs, no_minify, host, precompress, swap, answer, quiet } = build("build");
    assert_eq!((inputs.content.as_path(), out.as_path()), (Path::new("content"), Path::new("public")));
    assert_eq!((inputs.given_templates, inputs.base_url, jobs), (None, None, None));
    assert_eq!((no_minify, quiet, answer.format, answer.given_messages), (false, false, Format::Human, None));
    assert_eq!((host, precompress, swap), (None, false, false));
}

#[test]
fn every_option_is_read() {
    let options = build(
        "build --content c --templates src --out o --base-url https://example.org/list --jobs 3 --no-minify \
         --format sarif --messages zh --quiet --for github-pages --precompress --swap",
    );
    assert_eq!(options.inputs.templates(), Some(Path::new("src")));
    assert_eq!(options.inputs.base_url.as_deref(), Some("https://example.org/list/"));
    assert_eq!(options.jobs.map(NonZeroUsize::get), Some(3));
    assert_eq!((options.answer.format, options.answer.messages()), (Format::Sarif, MessageLang::Zh));
    assert!(options.no_minify && options.quiet && options.precompress && options.swap);
    assert_eq!(options.host, Some(Host::GithubPages));
    let Command::Check(options) = args("check --content c --base-url http://a --format json --messages en").unwrap()
    else {
        panic!("not check")
    };
    assert_eq!((options.answer.format, options.answer.messages()), (Format::Json, MessageLang::En));
}

#[test]
fn wrong_calls_are_named_and_exit_with_2() {
    for (line, word) in [
        ("publish", "publish"),
        ("build --jobs 0", "--jobs"),
        ("build --jobs many", "--jobs"),
        ("build --base-url example.org", "https://example.org/list/"),
        ("build --base-url https://example.org/?a=b", "--base-url"),
        ("check --base-url https://", "--base-url"),
        ("check --format xml", "sarif"),
        ("check --out public", "--out"),
        ("check --messages fr", "zh"),
        ("check --templates no/such/folder", "no/such/folder"),
        ("build extra", "extra"),
        ("build --for iis", "netlify"),
        ("build --for nginx --for caddy", "--for"),
        ("translate stamp", "--lang"),
        ("translate stomp", "stamp"),
        ("init", "DIR"),
        ("new departmnt", "department"),
        ("new item", "NAME"),
        ("new item a --number 0", "--number"),
        ("schema items", "item"),
        ("completions tcsh", "bash"),
    ] {
        let text = refused(line);
        assert!(text.contains(word), "{line}: {text}");
    }
    assert!(refused("check --templates none --messages zh").starts_with("错误："));
}

#[test]
fn without_a_command_and_on_demand_help_is_printed() {
    for line in ["", "--help", "help", "build --help", "check -h", "--version"] {
        let Stop { code, text } = args(line).unwrap_err();
        assert_eq!(code, DONE, "{line}");
        assert!(text.ends_with('\n'), "{line}");
    }
}

#[test]
fn help_texts() {
    for (name, line) in [
        ("help", ""),
        ("help_build", "build --help"),
        ("help_check", "check --help"),
        ("help_import", "import --help"),
        ("help_init", "init --help"),
        ("help_new_item", "new item --help"),
        ("help_schema", "schema --help"),
        ("help_serve", "serve --help"),
        ("help_stamp", "translate stamp --help"),
        ("help_translate_export", "translate export --help"),
        ("help_translate_import", "translate import --help"),
        ("help_translate_status", "translate status --help"),
    ] {
        // Whatever the terminal of the test has, the snapshot has a hundred columns.
        let stop = parse_by(Cli::command().term_width(100), ["qingdan"].into_iter().chain(line.split_whitespace()));
        insta::assert_snapshot!(name, strip_str(&stop.unwrap_err().text));
    }
}
