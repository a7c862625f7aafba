//! `qingdan translate import`: a translator's PO file into the content.
//!
//! Lives here: reading the file, writing what was planned (`translate::exchange`), saying what happened.
#![allow(clippy::disallowed_methods, reason = "reads the PO file, and edits the content when the user asks for it")]

use super::{Refusal, target};
use crate::check;
use crate::cli::edit::{self, Failed};
use crate::cli::locale::MessageLang;
use crate::cli::output::{self, Format};
use crate::cli::run::{Voice, read};
use crate::cli::{CONTENT_ERRORS, DONE, WRONG_CALL};
use crate::diag::{Outcome, Report};
use crate::lang::Status;
use crate::msg;
use crate::po::{self, MAX_BYTES};
use crate::source;
use crate::translate::exchange::{self, Brought};
use clap::{Args, ValueEnum};
use std::io::Read as _;
use std::path::PathBuf;

const AFTER_IMPORT: &str = "\
Examples:
  qingdan translate import mn-Mong.po --dry-run           what it would bring, what is refused
  qingdan translate import mn-Mong.po
  qingdan translate import mn-Mong.po --status checked    checked: what is confirmed as a whole
  qingdan translate import mn-Mong.po --translator 'A. Person'

Fuzzy and empty entries never count. What is refused is named with its line and left out; the rest
is written.
Exit codes: 0 done; 1 something was refused; 2 the call or the environment is wrong.";

/// The options of `translate import`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_IMPORT)]
pub struct ImportOptions {
    /// The PO file / PO 文件
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The language of the translations / 译文的语言 [default: as the file says]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Who translated / 译者 [default: Last-Translator of the file]
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub translator: Option<String>,
    /// What entries become whose texts are all confirmed; a text that changes makes its entry a draft / 译文的状态
    #[arg(long, value_enum, value_name = "STATUS", default_value_t)]
    pub status: GivenStatus,
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// Show what would be written, and write nothing / 只显示，不改动
    #[arg(long)]
    pub dry_run: bool,
    /// The language of messages / 提示语言 [default: the locale's]
    #[arg(long = "messages", value_enum, value_name = "LANG")]
    given_messages: Option<MessageLang>,
}

/// A status that a program may write; `reviewed` is a person's to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum GivenStatus {
    /// Not yet looked at by another / 草稿
    #[default]
    Draft,
    /// Checked by a translator / 已核对
    Checked,
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &ImportOptions) -> u8 {
    let lang = options.given_messages.unwrap_or_else(MessageLang::of_locale);
    let voice = Voice { format: Format::Human, lang };
    match import(options, voice) {
        Ok(code) => code,
        Err((message, hint)) => voice.refuse(&message, hint.as_ref()),
    }
}

fn import(options: &ImportOptions, voice: Voice) -> Result<u8, Refusal> {
    let (sources, catalogue, mut before) = match read(&options.content, voice) {
        Ok(content) => content,
        Err(code) => {
            voice.remark(&nothing_written());
            return Ok(code);
        }
    };
    before.merge(check::check(&catalogue));
    if let Some(tag) = &options.lang {
        target(tag, &catalogue)?;
    }
    let shown = options.file.to_string_lossy().replace('\\', "/");
    let mut report = Report::default();
    let file = source::text("", &shown, bytes(options)?).merge_into(&mut report);
    let brought = match file {
        None => Brought::default(),
        Some(file) => {
            let wanted = exchange::ImportOptions {
                lang: options.lang.clone(),
                translator: options.translator.clone(),
                date: None,
                status: (options.status == GivenStatus::Checked).then_some(Status::Checked),
            };
            let written = |path: &str| std::fs::read_to_string(options.content.join(path)).ok();
            let parts = (&sources, &catalogue, &before);
            let Outcome { value, report: found } = exchange::import(po::read(&file), parts, &wanted, &written);
            report.merge(found);
            value
        }
    };
    report.sort();
    if !report.is_empty() && voice.report(&report).is_err() {
        return Ok(WRONG_CALL);
    }
    if !options.dry_run {
        write(options, &brought)?;
    }
    let code = if report.has_errors() { CONTENT_ERRORS } else { DONE };
    if brought.summary.tag.is_empty() {
        voice.remark(&nothing_written());
        return Ok(code);
    }
    let text = output::brought(&brought, &options.content, options.dry_run, voice.lang);
    Ok(output::print(&text).map_or(WRONG_CALL, |()| code))
}

fn nothing_written() -> crate::diag::Message {
    msg!("没有改动任何文件", "no file was changed")
}

fn bytes(options: &ImportOptions) -> Result<Vec<u8>, Refusal> {
    let shown = options.file.display();
    let mut bytes = Vec::new();
    // One byte more than is read tells that there are more.
    let read =
        std::fs::File::open(&options.file).and_then(|file| file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes));
    match read {
        Err(error) => Err((msg!("无法读取“{shown}”：{error}", "cannot read `{shown}`: {error}"), None)),
        Ok(_) if bytes.len() > MAX_BYTES => {
            let most = MAX_BYTES >> 20;
            Err((msg!("“{shown}”超过 {most} MB", "`{shown}` has more than {most} MB"), None))
        }
        Ok(_) => Ok(bytes),
    }
}

fn write(options: &ImportOptions, brought: &Brought) -> Result<(), Refusal> {
    edit::write_planned(&options.content, &brought.files).map_err(|Failed { disk, error }| {
        let disk = disk.display();
        (msg!("无法写入“{disk}”：{error}", "cannot write `{disk}`: {error}"), None)
    })
}
