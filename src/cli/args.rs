//! What the user asked for: the commands, parsed and checked, as plain values.
//!
//! Lives here: the list of the commands, and what is wrong with a call. Never here: the options of one command, which
//! stand beside it, those that several share (`options`), and carrying a command out.

use super::locale::MessageLang;
use super::options::{Answer, Inputs};
use super::{DONE, WRONG_CALL, output};
use crate::msg;
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::path::Path;

const AFTER_HELP: &str = "\
Examples:
  qingdan build                        build content/ into public/
  qingdan build --out /srv/www/list --base-url https://example.org/list/
  qingdan check --messages zh          name every fault of the content, in Chinese
  qingdan check --format github        annotate a pull request
  qingdan check --coverage             how far the translations have come
  qingdan serve --open                 the site in the browser, anew at each save
  qingdan bundle                       a zip for memory sticks and kiosks
  qingdan handbook                     the list as a book: PDF, A4
  qingdan export                       the tables as CSV files, into tables/
  qingdan import 清单.xlsx --dry-run    what a spreadsheet would bring into the content
  qingdan search 低保                   what a reader finds who types this
  qingdan translate export --lang mn-Mong --only missing,stale
  qingdan translate import mn-Mong.po
  qingdan init 我的清单                   start a catalogue of another place
  qingdan new item 老年人免费体检           add a service to it

Exit codes: 0 done; 1 the content has errors (the output is unchanged);
2 the call or the environment is wrong.";

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
    Build(super::build::BuildOptions),
    /// Name every fault of the content / 检查内容
    Check(super::check::CheckOptions),
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
    /// Show the site while it is edited / 边编辑边预览
    #[cfg(feature = "serve")]
    Serve(super::serve::ServeOptions),
    /// Start a catalogue / 新建一份清单
    Init(super::init::InitOptions),
    /// Add a service, a domain or a department / 添加服务项目、领域或部门
    #[command(subcommand, after_help = super::new::AFTER_HELP)]
    New(super::new::NewCommand),
    /// Write schemas for editors / 为编辑器写出 JSON Schema
    Schema(super::schema::SchemaOptions),
    /// Look after translations / 管理译文
    #[command(subcommand, after_help = "Examples:\n  qingdan translate stamp --lang mn-Mong --dry-run")]
    Translate(super::translate::TranslateCommand),
    /// Print a script that completes commands in a shell / 输出命令补全脚本
    Completions(super::manual::CompletionsOptions),
    /// Print or write the manual / 输出手册页
    Man(super::manual::ManOptions),
    /// Print whose work the program is made of, with the licences / 列出所用程序库的许可
    Licences(super::licences::LicencesOptions),
}

impl Command {
    /// What the command reads and how it is to be answered; none where it reads the content alone.
    fn inputs(&self) -> Option<(&Inputs, &Answer)> {
        match self {
            Self::Build(options) => Some((&options.inputs, &options.answer)),
            Self::Check(options) => Some((&options.inputs, &options.answer)),
            Self::Bundle(options) => Some((&options.inputs, &options.answer)),
            Self::Handbook(options) => Some((&options.inputs, &options.answer)),
            #[cfg(feature = "serve")]
            Self::Serve(options) => Some((&options.inputs, &options.answer)),
            Self::Export(_) | Self::Import(_) | Self::Search(_) | Self::Translate(_) => None,
            Self::Init(_)
            | Self::New(_)
            | Self::Schema(_)
            | Self::Completions(_)
            | Self::Man(_)
            | Self::Licences(_) => None,
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

/// The definition of the command line, for what is made from it.
pub(super) fn definition() -> clap::Command {
    Cli::command()
}

fn parse_by(
    definition: clap::Command,
    args: impl IntoIterator<Item = impl Into<OsString> + Clone>,
) -> Result<Command, Stop> {
    let matches = definition.try_get_matches_from(args).map_err(|error| stop(&error))?;
    let Cli { command } = Cli::from_arg_matches(&matches).map_err(|error| stop(&error))?;
    match command.inputs().and_then(|(inputs, answer)| Some((inputs.given_templates.as_ref()?, answer))) {
        Some((given, answer)) if !given.is_dir() => Err(missing_templates(given, answer.messages())),
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

#[cfg(test)]
mod tests;
