//! `qingdan translate export`: texts for a translator, as a PO file. A file that is there is never lost unasked: it may hold
//! a translator's work.
#![allow(clippy::disallowed_methods, reason = "looks at the file that it is to write")]

use super::{Refusal, target};
use crate::cli::edit::{self, Edit, Failed};
use crate::cli::locale::MessageLang;
use crate::cli::output::{self, Format};
use crate::cli::run::{Voice, read};
use crate::cli::{DONE, WRONG_CALL};
use crate::lang::LangId;
use crate::model::Catalogue;
use crate::msg;
use crate::translate::exchange::{self, Exported, Wanted};
use clap::{Args, ValueEnum};
use std::io;
use std::path::{Path, PathBuf};

const AFTER_EXPORT: &str = "\
Examples:
  qingdan translate export --lang mn-Mong --only missing,stale    into mn-Mong.po
  qingdan translate export --lang mn-Mong --only draft draft.po
  qingdan translate export --lang mn-Mong - | msgfmt -c -o /dev/null -

Drafts and translations whose source has changed are marked fuzzy: once they are right, take the
mark off, and `qingdan translate import FILE.po`. docs/translating.md has the whole way.";

/// The options of `translate export`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_EXPORT)]
pub struct ExportOptions {
    /// The file to write, `-` for standard output / 写入的文件 [default: TAG.po]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The language of the translations / 译文的语言
    #[arg(long, value_name = "TAG")]
    pub lang: String,
    /// Which texts; several parted by commas / 只要哪些 [default: all]
    #[arg(long, value_enum, value_name = "STATE", value_delimiter = ',')]
    pub only: Vec<Only>,
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// Write over a file that is there / 覆盖已有的文件
    #[arg(long)]
    pub force: bool,
    /// The language of messages / 提示语言 [default: the locale's]
    #[arg(long = "messages", value_enum, value_name = "LANG")]
    given_messages: Option<MessageLang>,
}

/// A state of translations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Only {
    /// Without a translation / 缺译
    Missing,
    /// The source has changed since / 过时
    Stale,
    /// A draft / 草稿
    Draft,
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &ExportOptions) -> u8 {
    let lang = options.given_messages.unwrap_or_else(MessageLang::of_locale);
    let voice = Voice { format: Format::Human, lang };
    let catalogue = match read(&options.content, voice) {
        Ok((_, catalogue, _)) => catalogue,
        Err(code) => return code,
    };
    match target(&options.lang, &catalogue).and_then(|lang| export(options, &catalogue, lang, voice)) {
        Ok(code) => code,
        Err((message, hint)) => voice.refuse(&message, hint.as_ref()),
    }
}

fn export(options: &ExportOptions, catalogue: &Catalogue, lang: LangId, voice: Voice) -> Result<u8, Refusal> {
    let wanted: Vec<Wanted> = (options.only.iter())
        .map(|only| match only {
            Only::Missing => Wanted::Missing,
            Only::Stale => Wanted::Stale,
            Only::Draft => Wanted::Draft,
        })
        .collect();
    let Exported { text, entries } = exchange::export(catalogue, lang, &wanted);
    if entries == 0 {
        voice.remark(&msg!("没有要译的文字，没有写文件", "there is nothing to translate: no file was written"));
        return Ok(DONE);
    }
    let file = options.file.clone().unwrap_or_else(|| PathBuf::from(format!("{}.po", options.lang)));
    if file == Path::new("-") {
        return Ok(output::print_plain(&text).map_or(WRONG_CALL, |()| DONE));
    }
    write(options, &file, &text)?;
    let file = file.display();
    voice.remark(&msg!("已导出 {entries} 条到“{file}”", "exported {entries} entries to `{file}`"));
    Ok(DONE)
}

fn write(options: &ExportOptions, file: &Path, text: &str) -> Result<(), Refusal> {
    let shown = file.display();
    let failed = |error: io::Error| (msg!("无法写入“{shown}”：{error}", "cannot write `{shown}`: {error}"), None);
    let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let inside = options
        .content
        .canonicalize()
        .is_ok_and(|content| folder.canonicalize().is_ok_and(|folder| folder.starts_with(content)));
    if inside {
        return Err((
            msg!(
                "“{shown}”在内容文件夹里，那里不放 PO 文件",
                "`{shown}` lies in the content folder, which has no PO files"
            ),
            Some(msg!("请写到别处", "write it elsewhere")),
        ));
    }
    let there = match std::fs::read(file) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if there.as_ref().is_some_and(|bytes| bytes == text.as_bytes()) {
        return Ok(());
    }
    if there.is_some() && !options.force {
        return Err((
            msg!(
                "文件“{shown}”已经存在，里面可能有译文",
                "there is a file `{shown}` already; it may hold translations"
            ),
            Some(msg!(
                "请先导入它，或写到别的文件；确要覆盖，加 --force",
                "import it first, or write to another file; --force writes over it"
            )),
        ));
    }
    edit::write_all(&[Edit { disk: file, text, new: there.is_none() }]).map_err(|Failed { error, .. }| failed(error))
}
