//! `qingdan import`: a spreadsheet, or the tables of `export`, into the content.
//!
//! Lives here: reading the files, writing what was planned (`import` plans), saying what happened. Its own options stand here.
#![allow(clippy::disallowed_methods, reason = "reads the tables, and edits the content when the user asks for it")]

use super::edit::{self, Failed};
use super::locale::MessageLang;
use super::output::{self, Format as ReportFormat};
use super::run::Voice;
use super::{CONTENT_ERRORS, DONE, WRONG_CALL, schema};
use crate::data::Part;
use crate::diag::{Diagnostic, Message, Outcome, Severity};
use crate::import::{self, MAX_BYTES, Plan, Refused, Table};
use crate::lang::LangId;
use crate::model::Catalogue;
use crate::source::Sources;
use crate::theme::Theme;
use crate::{check, load, msg};
use clap::Args;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  qingdan import 清单.xlsx --dry-run            show what would be written, and what is doubtful
  qingdan import 清单.xlsx                      add what is new; nothing that exists is changed
  qingdan import 清单.xlsx --update             change what differs, too
  qingdan import 清单.xlsx --add-groups         a first list: its domains and departments, too
  qingdan import 清单.csv --map '经费=funding' --map '备注=-'
  qingdan import tables --update               the tables of `qingdan export`, edited

Columns are known by their headings: those of catalogue.yaml, those of exported tables, and the usual ones of
such lists. docs/import.md says how a list should look. Reading workbooks needs the feature `xlsx`.
With any error nothing is written. --update keeps comments and everything else in a file.";

/// The options of `import`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_HELP)]
pub struct ImportOptions {
    /// Workbooks (.xlsx), CSV files, or a folder of them / 工作簿、CSV 文件，或它们所在的文件夹
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// Read this sheet of the workbook only / 只读这张工作表
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// What a heading stands for; `-` leaves the column out / 指定某个标题对应的列
    #[arg(long, value_name = "HEADING=FIELD", value_parser = rule)]
    pub map: Vec<(String, String)>,
    /// Show what would be written, and write nothing / 只显示，不改动
    #[arg(long)]
    pub dry_run: bool,
    /// Change what exists where the tables differ / 改动已有的内容
    #[arg(long)]
    pub update: bool,
    /// Add the domains and departments that a list names and the content lacks / 添加清单里有而内容没有的领域和部门
    #[arg(long)]
    pub add_groups: bool,
    /// The language of messages / 提示语言 [default: the locale's]
    #[arg(long = "messages", value_enum, value_name = "LANG")]
    given_messages: Option<MessageLang>,
}

impl ImportOptions {
    /// The language of messages: as asked for, else the locale's.
    pub fn messages(&self) -> MessageLang {
        self.given_messages.unwrap_or_else(MessageLang::of_locale)
    }
}

fn rule(text: &str) -> Result<(String, String), String> {
    let parts = text.rsplit_once('=').map(|(heading, field)| (heading.trim().to_owned(), field.trim().to_owned()));
    let wrong = msg!("应写成“标题=列”，如 经费=funding", "it is written HEADING=FIELD, such as 经费=funding");
    let filled = parts.filter(|(heading, field)| !heading.is_empty() && !field.is_empty());
    filled.ok_or_else(|| MessageLang::of_locale().pick(&wrong).to_owned())
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &ImportOptions) -> u8 {
    let voice = Voice { format: ReportFormat::Human, lang: options.messages() };
    match import(options, voice) {
        Ok(code) => code,
        Err(Refused { message, hint }) => voice.refuse(&message, hint.as_ref()),
    }
}

fn import(options: &ImportOptions, voice: Voice) -> Result<u8, Refused> {
    let outcome = Sources::read(&options.content).map_err(|none| refused(none.message))?;
    let (sources, mut before) = (outcome.value, outcome.report);
    let catalogue = load(&sources).merge_into(&mut before);
    before.sort();
    // What the columns, languages and words are must be known; the rest may be what is to be imported, domains too.
    let basis = |path: &str| matches!(path, "site.yaml" | "catalogue.yaml");
    let spoils =
        |d: &Diagnostic| d.severity == Severity::Error && d.code != "unknown-domain" && basis(&d.span.file.path);
    let unusable = before.iter().any(spoils);
    before.merge(check::check(&catalogue));
    if unusable {
        voice.report(&before).map_err(|_| refused(unprintable()))?;
        voice.remark(&nothing_written());
        return Ok(CONTENT_ERRORS);
    }
    let tables = tables(options, voice)?;
    let titles = titles(&catalogue)?;
    let wanted = import::Options {
        map: options.map.clone(),
        sheet: options.sheet.as_deref(),
        update: options.update,
        add_groups: options.add_groups,
        titles,
    };
    let written = |path: &str| std::fs::read_to_string(options.content.join(path)).ok();
    let Outcome { value: plan, mut report } =
        import::plan(&tables, (&sources, &catalogue, &before), &wanted, &written)?;
    report.sort();
    if !report.is_empty() {
        voice.report(&report).map_err(|_| refused(unprintable()))?;
    }
    if report.has_errors() {
        voice.remark(&nothing_written());
        return Ok(CONTENT_ERRORS);
    }
    if !options.dry_run {
        write(options, &plan)?;
        schema::refresh(&options.content, voice);
    }
    let text = output::imported(&plan, &options.content, report.warnings(), options.dry_run, voice.lang);
    Ok(if output::print(&text).is_ok() { DONE } else { WRONG_CALL })
}

fn refused(message: Message) -> Refused {
    Refused { message, hint: None }
}

fn unprintable() -> Message {
    msg!("无法输出", "cannot print")
}

fn nothing_written() -> Message {
    msg!("没有改动任何文件", "no file was changed")
}

/// What parts are called, as `export` calls their sheets.
fn titles(catalogue: &Catalogue) -> Result<Vec<(Part, String)>, Refused> {
    let own = Some(Path::new("templates")).filter(|folder| folder.is_dir());
    let theme = Theme::load(own, catalogue.languages()).map_err(|none| refused(none.message))?.value;
    let title = |part: Part| Some((part, theme.own_string(LangId::SOURCE, part.key())?));
    Ok(Part::ALL.into_iter().filter_map(title).collect())
}

/// The tables of all files that were named.
fn tables(options: &ImportOptions, voice: Voice) -> Result<Vec<Table>, Refused> {
    let mut paths = Vec::new();
    for given in &options.files {
        match given.is_dir() {
            true => {
                let inner = inside(given).map_err(|error| unreadable(given, &error))?;
                if inner.is_empty() {
                    let given = given.display();
                    return Err(refused(msg!(
                        "“{given}”里没有 .csv 或 .xlsx 文件",
                        "`{given}` has no .csv or .xlsx file"
                    )));
                }
                paths.extend(inner);
            }
            false => paths.push(given.clone()),
        }
    }
    let mut tables = Vec::new();
    for path in paths {
        let shown = path.to_string_lossy().replace('\\', "/");
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = bytes(&path).map_err(|error| unreadable(&path, &error))?;
        let read = import::read(&shown, &stem, &bytes)?;
        if let Some(Message { zh, en }) = read.manner.and_then(import::Manner::words) {
            voice.remark(&Message::new(format!("{shown}：{zh}"), format!("{shown}: {en}")));
        }
        tables.extend(read.tables);
    }
    Ok(tables)
}

/// The tables in a folder, by name.
fn inside(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
        if !hidden && path.is_file() && ending.is_some_and(|ending| ending == "csv" || ending == "xlsx") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than is read tells that there are more.
    std::fs::File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> Refused {
    let path = path.display();
    refused(msg!("无法读取“{path}”：{error}", "cannot read `{path}`: {error}"))
}

fn write(options: &ImportOptions, plan: &Plan) -> Result<(), Refused> {
    edit::write_planned(&options.content, &plan.files).map_err(|Failed { disk, error }| {
        let disk = disk.display();
        refused(msg!("无法写入“{disk}”：{error}", "cannot write `{disk}`: {error}"))
    })
}
