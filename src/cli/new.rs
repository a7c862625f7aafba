//! `qingdan new item|domain|department`: a filled skeleton in the right place. Its own options stand here; what is written
//! is `desk`'s.
#![allow(clippy::disallowed_methods, reason = "adds to the content when the user asks for it")]

use super::edit::{self, Failed};
use super::init::comments;
use super::locale::MessageLang;
use super::output::{self, Format};
use super::run::Voice;
use super::{CONTENT_ERRORS, DONE, WRONG_CALL, schema};
use crate::amend::{self, Planned};
use crate::desk::{self, Added, List, NewItem};
use crate::diag::{Diagnostic, Message, Report, Severity};
use crate::import::Refused;
use crate::model::Catalogue;
use crate::source::Sources;
use crate::{check, load, msg};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// Examples of all that can be added.
pub(super) const AFTER_HELP: &str = "\
Examples:
  qingdan new domain 基本养老服务
  qingdan new department 民政局
  qingdan new item 老年人免费体检 --domain ji-ben-yang-lao-fu-wu

Ids are made from the names unless they are given. Nothing that exists is changed but the
list that gets an entry, and every other byte of it stays.";

const ITEM_HELP: &str = "\
Examples:
  qingdan new item 老年人免费体检 --domain health
  qingdan new item 老年人免费体检 --domain health --slug free-checkup --raise-expected

The file has every column of catalogue.yaml, with what belongs there as comments. What is required
is left empty: until it is filled in, `qingdan check` names it with file and line.";
const DOMAIN_HELP: &str = "\
Examples:
  qingdan new domain 基本养老服务                      its id is made from the name: ji-ben-yang-lao-fu-wu
  qingdan new domain 居家养老 --parent elderly-care --id home-care";
const DEPARTMENT_HELP: &str = "\
Examples:
  qingdan new department 医疗保障局
  qingdan new department 医疗保障局 --id medical-security";

/// What is added.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum NewCommand {
    /// Add a service / 添加服务项目
    Item(ItemOptions),
    /// Add a domain / 添加领域
    Domain(DomainOptions),
    /// Add a department / 添加部门
    Department(DepartmentOptions),
}

/// Where it is added, and how that is answered.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Place {
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// The language of messages and of comments in files / 提示和注释的语言 [default: the locale's]
    #[arg(long = "messages", value_enum, value_name = "LANG")]
    given_messages: Option<MessageLang>,
}

/// The options of `new item`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = ITEM_HELP)]
pub struct ItemOptions {
    /// Its name, in the source language / 名称
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The domain it belongs to; needed where there are several / 所属领域的标识
    #[arg(long, value_name = "ID")]
    pub domain: Option<String>,
    /// Its slug, the name of its file and page / 标识（文件名和网址） [default: its name in pinyin]
    #[arg(long, value_name = "SLUG")]
    pub slug: Option<String>,
    /// Its number / 序号 [default: the first that is free, where items have numbers]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub number: Option<u32>,
    /// Raise the counts of `expected` in catalogue.yaml by one / 把 catalogue.yaml 中 expected 的数目加一
    #[arg(long)]
    pub raise_expected: bool,
    /// Where it is added.
    #[command(flatten)]
    pub place: Place,
}

/// The options of `new domain`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = DOMAIN_HELP)]
pub struct DomainOptions {
    /// Its name, in the source language / 名称
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Its id, the name of its folder / 标识（文件夹名） [default: its name in pinyin]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// The domain that it lies within / 上级领域的标识
    #[arg(long, value_name = "ID")]
    pub parent: Option<String>,
    /// Where it is added.
    #[command(flatten)]
    pub place: Place,
}

/// The options of `new department`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = DEPARTMENT_HELP)]
pub struct DepartmentOptions {
    /// Its name, in the source language / 名称
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Its id / 标识 [default: its name in pinyin]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Where it is added.
    #[command(flatten)]
    pub place: Place,
}

/// Runs the command; hands back the exit code.
pub(super) fn run(command: &NewCommand) -> u8 {
    let place = match command {
        NewCommand::Item(options) => &options.place,
        NewCommand::Domain(options) => &options.place,
        NewCommand::Department(options) => &options.place,
    };
    let voice = Voice { format: Format::Human, lang: place.given_messages.unwrap_or_else(MessageLang::of_locale) };
    match new(command, &place.content, voice) {
        Ok(code) => code,
        Err(Refused { message, hint }) => voice.refuse(&message, hint.as_ref()),
    }
}

fn new(command: &NewCommand, content: &Path, voice: Voice) -> Result<u8, Refused> {
    let outcome = Sources::read(content).map_err(|none| Refused { message: none.message, hint: None })?;
    let (sources, mut before) = (outcome.value, outcome.report);
    let catalogue = load(&sources).merge_into(&mut before);
    before.merge(check::check(&catalogue));
    let spoilt = only(before.iter(), is_basis);
    if !spoilt.is_empty() {
        return Ok(not_done(&spoilt, voice));
    }
    let (files, said) = plan(command, &catalogue, content, voice.lang)?;
    let faults = only(amend::prove(&files, &sources, &before).1.iter(), |fault| !is_left_open(fault, &files));
    if !faults.is_empty() {
        return Ok(not_done(&faults, voice));
    }
    edit::write_planned(content, &files).map_err(|Failed { disk, error }| {
        let (message, hint) = schema::unwritable(&disk, &error);
        Refused { message, hint }
    })?;
    schema::refresh(content, voice);
    let mut text = output::planned(&files, content, "");
    for message in said {
        text.push_str(voice.lang.pick(&message));
        text.push('\n');
    }
    Ok(if output::print(&text).is_ok() { DONE } else { WRONG_CALL })
}

/// The faults that matter, sorted.
fn only<'d>(faults: impl Iterator<Item = &'d Diagnostic>, matters: impl Fn(&Diagnostic) -> bool) -> Report {
    let mut kept = Report::default();
    faults.filter(|fault| matters(fault)).cloned().for_each(|fault| kept.push(fault));
    kept.sort();
    kept
}

/// A fault without whose mending nobody knows what is there: of the columns and lists, unless the file is simply not there.
fn is_basis(fault: &Diagnostic) -> bool {
    let path = fault.span.file.path.as_str();
    let missing_list = fault.code == "missing-file" && !matches!(path, "site.yaml" | "catalogue.yaml");
    let counts = matches!(fault.code, "expected-items" | "expected-domain");
    fault.severity == Severity::Error
        && matches!(path, "site.yaml" | "catalogue.yaml" | "domains.yaml" | "departments.yaml")
        && !missing_list
        && !counts
}

/// What is left to the editor: empty places of a new item, counts that are told, and other entries that a list lacks,
/// which come to light with its first.
fn is_left_open(fault: &Diagnostic, files: &[Planned]) -> bool {
    let own = files.iter().any(|file| file.new && file.path == fault.span.file.path);
    let empty = matches!(fault.code, "empty-value" | "missing-text" | "missing-department");
    let others = ["expected-items", "expected-domain", "unknown-department", "unknown-domain"];
    (own && empty) || others.contains(&fault.code)
}

fn not_done(faults: &Report, voice: Voice) -> u8 {
    if let Err(code) = voice.report(faults) {
        return code;
    }
    voice.remark(&msg!("没有改动任何文件", "no file was changed"));
    CONTENT_ERRORS
}

/// What is written, and what is said then.
fn plan(
    command: &NewCommand,
    catalogue: &Catalogue,
    content: &Path,
    lang: MessageLang,
) -> Result<(Vec<Planned>, Vec<Message>), Refused> {
    let written = |path: &str| std::fs::read_to_string(content.join(path)).ok();
    let (list, name, wanted) = match command {
        NewCommand::Item(options) => return item(options, catalogue, &written, lang),
        NewCommand::Domain(DomainOptions { name, id, parent, .. }) => (List::Domain(parent.as_deref()), name, id),
        NewCommand::Department(DepartmentOptions { name, id, .. }) => (List::Department, name, id),
    };
    let (id, file) = desk::add(catalogue, list, (name, wanted.as_deref()), written(list.file()).as_deref())?;
    let next = match list {
        List::Domain(_) => msg!(
            "标识是“{id}”。下一步：qingdan new item 名称 --domain {id}",
            "its id is `{id}`. Next: qingdan new item NAME --domain {id}"
        ),
        List::Department => msg!(
            "标识是“{id}”。在服务项目里写 departments: [{id}]",
            "its id is `{id}`. Services name it by `departments: [{id}]`"
        ),
    };
    Ok((vec![file], vec![next]))
}

fn item(
    options: &ItemOptions,
    catalogue: &Catalogue,
    written: &dyn Fn(&str) -> Option<String>,
    lang: MessageLang,
) -> Result<(Vec<Planned>, Vec<Message>), Refused> {
    let wanted = NewItem {
        name: &options.name,
        domain: options.domain.as_deref(),
        slug: options.slug.as_deref(),
        number: options.number,
        raise: options.raise_expected,
    };
    let columns = written("catalogue.yaml").unwrap_or_default();
    let Added { files, blanks, counts } = desk::item(catalogue, wanted, comments(lang), &columns)?;
    let mut said = vec![match blanks {
        0 => msg!("下一步：填写内容，再运行 qingdan check", "Next: fill it in, then run `qingdan check`"),
        _ => msg!(
            "下一步：填写其中 {blanks} 处必填的内容；填好之前，qingdan check 会指出它们的位置，网站不会重新生成",
            "Next: fill in the {blanks} required place(s); until then `qingdan check` names them, and no site is built"
        ),
    }];
    said.extend(counts.iter().map(|(place, count)| {
        msg!(
            "{place}：expected 的数目要改为 {count}（加 --raise-expected 会一并修改）",
            "{place}: the expected count must be {count} now (--raise-expected changes it)"
        )
    }));
    Ok((files, said))
}
