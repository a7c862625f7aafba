//! What the user asked for: the arguments, parsed and checked, as plain values.
//!
//! Lives here: names, defaults and help of the options, and what is wrong with a call. Never here: carrying it out.

use super::locale::MessageLang;
use super::output::{self, Format};
use super::{DONE, WRONG_CALL};
use crate::diag::Message;
use crate::host::Host;
use crate::{msg, url};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  qingdan build                        build content/ into public/
  qingdan build --out /srv/www/list --base-url https://example.org/list/
  qingdan check --messages zh          name every fault of the content, in Chinese
  qingdan check --format github        annotate a pull request
  qingdan check --coverage             how far the translations have come
  qingdan bundle                       a zip for memory sticks and kiosks
  qingdan handbook                     the list as a book: PDF, A4
  qingdan export                       the tables as CSV files, into tables/
  qingdan import 清单.xlsx --dry-run    what a spreadsheet would bring into the content
  qingdan search 低保                   what a reader finds who types this
  qingdan translate stamp --lang mn-Mong --dry-run

Exit codes: 0 done; 1 the content has errors (the output is unchanged);
2 the call or the environment is wrong.";

const AFTER_BUILD: &str = "\
Examples:
  qingdan build
  qingdan build --content lists/hulunbuir --out dist --base-url https://example.org/list/
  qingdan build --jobs 1 --no-minify   readable HTML, one thread
  qingdan build --for nginx --precompress --base-url https://example.org/list/
  qingdan build --for github-pages     docs/hosting.md says how to publish with each

What --for and --precompress write belongs to the site: the next build without them removes it.
Files in the output folder that qingdan did not write are never touched, and a folder that
holds other files only is refused. With errors in the content nothing is changed.";

const AFTER_CHECK: &str = "\
Examples:
  qingdan check
  qingdan check --format short         one line a fault, for editors
  qingdan check --format sarif > report.sarif
  qingdan check --coverage             a table per language: missing, stale, draft, checked, reviewed
  qingdan check --coverage --format json";

const AFTER_STAMP: &str = "\
Examples:
  qingdan translate stamp --lang mn-Mong content/i18n/mn-Mong/domains.yaml
  qingdan translate stamp --lang mn-Mong --dry-run    show what would be written
  qingdan translate stamp --lang mn-Mong              every translation of the language

A fingerprint says which source text a translation was made from. Stamp a file once its translations
have been looked at; its status is never changed, nor anything else in it.";

/// Builds and checks catalogues of public services.
#[derive(Debug, Parser)]
#[command(name = "qingdan", version, after_help = AFTER_HELP, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// A command with its options, ready to be carried out.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Build the site / 生成网站
    Build(BuildOptions),
    /// Name every fault of the content / 检查内容
    Check(CheckOptions),
    /// Pack the site into a zip that opens without a network / 制作离线包
    Bundle(super::bundle::BundleOptions),
    /// Make the printed handbook / 制作手册
    Handbook(super::handbook::HandbookOptions),
    /// Write the tables of the catalogue to a folder / 导出表格
    Export(super::export::ExportOptions),
    /// Read a spreadsheet, or exported tables, into the content / 导入表格
    Import(super::import::ImportOptions),
    /// Ask the search index as a reader would / 试搜索
    Search(super::search::SearchOptions),
    /// Look after translations / 管理译文
    #[command(subcommand)]
    Translate(TranslateCommand),
}

/// A command about translations.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum TranslateCommand {
    /// Write the fingerprints of the source texts as they are now / 更新原文指纹
    Stamp(StampOptions),
}

/// The options of `translate stamp`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_STAMP)]
pub struct StampOptions {
    /// Translation files or folders / 译文文件或文件夹 [default: all of the language]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The language of the translations / 译文的语言
    #[arg(long, value_name = "TAG")]
    pub lang: String,
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// Show what would be written, and write nothing / 只显示，不改动
    #[arg(long)]
    pub dry_run: bool,
    /// How it is answered.
    #[command(flatten)]
    pub answer: Answer,
}

/// Where the input of a site lies.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Inputs {
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// Templates that replace built-in ones, file by file / 自定义模板文件夹 [default: templates, if it exists]
    #[arg(long = "templates", value_name = "DIR")]
    given_templates: Option<PathBuf>,
    /// The address the site will have / 网站的地址
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
}

impl Inputs {
    /// The folder of the site's own templates; none where only the built-in ones serve.
    pub fn templates(&self) -> Option<&Path> {
        match &self.given_templates {
            Some(given) => Some(given),
            None => Some(Path::new("templates")).filter(|default| default.is_dir()),
        }
    }
}

/// How the tool answers.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Answer {
    /// The format of the faults found / 输出格式
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    /// The language of messages / 提示语言 [default: the locale's]
    #[arg(long = "messages", value_enum, value_name = "LANG")]
    given_messages: Option<MessageLang>,
}

impl Answer {
    /// The language of messages: as asked for, else the locale's.
    pub fn messages(&self) -> MessageLang {
        self.given_messages.unwrap_or_else(MessageLang::of_locale)
    }
}

/// The options of `build`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_BUILD)]
pub struct BuildOptions {
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// The folder the site is written to / 输出文件夹
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub out: PathBuf,
    /// The number of threads / 线程数 [default: one a core]
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Leave the HTML as the templates make it / 不压缩 HTML
    #[arg(long)]
    pub no_minify: bool,
    /// Add the configuration of a host: headers, caching, the 404 page / 附带服务器配置
    #[arg(long = "for", value_enum, value_name = "HOST")]
    pub host: Option<Host>,
    /// Add .gz and .br beside text files / 附带预压缩文件
    #[arg(long)]
    pub precompress: bool,
    /// How it is answered.
    #[command(flatten)]
    pub answer: Answer,
    /// Say nothing but what is wrong / 只报告问题
    #[arg(long)]
    pub quiet: bool,
}

/// The options of `check`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_CHECK)]
pub struct CheckOptions {
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Show how far the translations have come instead / 显示各语言译文的进度
    #[arg(long)]
    pub coverage: bool,
    /// How it is answered.
    #[command(flatten)]
    pub answer: Answer,
}

impl Command {
    /// What the command reads; none where it reads the content alone.
    pub fn inputs(&self) -> Option<&Inputs> {
        match self {
            Self::Build(options) => Some(&options.inputs),
            Self::Check(options) => Some(&options.inputs),
            Self::Bundle(options) => Some(&options.inputs),
            Self::Handbook(options) => Some(&options.inputs),
            Self::Export(_) | Self::Import(_) | Self::Search(_) | Self::Translate(_) => None,
        }
    }

    /// The language in which it is to be answered.
    pub fn messages(&self) -> MessageLang {
        match self {
            Self::Build(options) => options.answer.messages(),
            Self::Check(options) => options.answer.messages(),
            Self::Bundle(options) => options.answer.messages(),
            Self::Handbook(options) => options.answer.messages(),
            Self::Export(options) => options.messages(),
            Self::Import(options) => options.messages(),
            Self::Search(options) => options.answer.messages(),
            Self::Translate(TranslateCommand::Stamp(options)) => options.answer.messages(),
        }
    }
}

/// Nothing is to be done but to print a text: help, the version, or what is wrong with the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The exit code.
    pub code: u8,
    /// The text, with ANSI styles and a line end. It goes to standard output for code 0, else to standard error.
    pub text: String,
}

/// Parses the arguments, the program's name first.
///
/// # Errors
/// [`Stop`] where there is no command to carry out; without any argument that is help, with exit code 0.
pub fn parse(args: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<Command, Stop> {
    parse_by(Cli::command(), args)
}

fn parse_by(
    definition: clap::Command,
    args: impl IntoIterator<Item = impl Into<OsString> + Clone>,
) -> Result<Command, Stop> {
    let matches = definition.try_get_matches_from(args).map_err(|error| stop(&error))?;
    let Cli { command } = Cli::from_arg_matches(&matches).map_err(|error| stop(&error))?;
    match command.inputs().and_then(|inputs| inputs.given_templates.as_ref()) {
        Some(given) if !given.is_dir() => Err(missing_templates(given, command.messages())),
        _ => Ok(command),
    }
}

fn stop(error: &clap::Error) -> Stop {
    let code = match error.kind() {
        // A bare `qingdan` asks what it can do; that is no mistake.
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            DONE
        }
        _ => WRONG_CALL,
    };
    Stop { code, text: error.render().ansi().to_string() }
}

/// The embedded theme serves without a folder, so a misspelt one would go unnoticed.
fn missing_templates(given: &Path, lang: MessageLang) -> Stop {
    let given = given.display();
    let message = msg!("--templates 指定的“{given}”不是文件夹", "`{given}`, given by --templates, is no folder");
    Stop { code: WRONG_CALL, text: output::complaint(&message, None, lang) }
}

fn base_url(text: &str) -> Result<String, String> {
    let wrong = msg!(
        "应是 https://example.org/list/ 这样的地址：http(s)、主机名、可选的路径，不带“?”和“#”",
        "it must be like https://example.org/list/: http(s), a host and maybe a path, without `?` and `#`"
    );
    url::normal_base(text).ok_or_else(|| in_locale(&wrong))
}

fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| in_locale(&msg!("应是 1 或更大的整数", "it must be a whole number, 1 or more")))
}

/// While arguments are parsed `--messages` is not known yet.
fn in_locale(message: &Message) -> String {
    MessageLang::of_locale().pick(message).to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use anstream::adapter::strip_str;

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
        let BuildOptions { inputs, out, jobs, no_minify, host, precompress, answer, quiet } = build("build");
        assert_eq!((inputs.content.as_path(), out.as_path()), (Path::new("content"), Path::new("public")));
        assert_eq!((inputs.given_templates, inputs.base_url, jobs), (None, None, None));
        assert_eq!((no_minify, quiet, answer.format, answer.given_messages), (false, false, Format::Human, None));
        assert_eq!((host, precompress), (None, false));
    }

    #[test]
    fn every_option_is_read() {
        let options = build(
            "build --content c --templates src --out o --base-url https://example.org/list --jobs 3 --no-minify \
             --format sarif --messages zh --quiet --for github-pages --precompress",
        );
        assert_eq!(options.inputs.templates(), Some(Path::new("src")));
        assert_eq!(options.inputs.base_url.as_deref(), Some("https://example.org/list/"));
        assert_eq!(options.jobs.map(NonZeroUsize::get), Some(3));
        assert_eq!((options.answer.format, options.answer.messages()), (Format::Sarif, MessageLang::Zh));
        assert!(options.no_minify && options.quiet && options.precompress);
        assert_eq!(options.host, Some(Host::GithubPages));
        let Command::Check(options) =
            args("check --content c --base-url http://a --format json --messages en").unwrap()
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
            ("help_stamp", "translate stamp --help"),
        ] {
            // Whatever the terminal of the test has, the snapshot has a hundred columns.
            let stop = parse_by(Cli::command().term_width(100), ["qingdan"].into_iter().chain(line.split_whitespace()));
            insta::assert_snapshot!(name, strip_str(&stop.unwrap_err().text));
        }
    }
}
