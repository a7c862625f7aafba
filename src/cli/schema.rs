//! `qingdan schema`: JSON Schemas of the files of the content, so that editors complete keys and name slips while one
//! types; and the reference of every key. Its own options stand here; what the schemas say is `schema`'s.
#![allow(clippy::disallowed_methods, reason = "writes the schemas beside the content")]

use super::edit::{self, Edit, Failed};
use super::locale::MessageLang;
use super::output::{self, Format as ReportFormat};
use super::run::Voice;
use super::{DONE, WRONG_CALL};
use crate::diag::Message;
use crate::model::Catalogue;
use crate::schema::{self, FOLDER, Kind};
use crate::source::Sources;
use crate::{load, msg};
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  qingdan schema                       the schemas of this catalogue, into content/.schema/
  qingdan schema item                  print the schema of items
  qingdan schema --generic --out schemas     those of any catalogue
  qingdan schema --format markdown     every key of every file, as a table

A catalogue's own schemas know its columns, departments, domains and words: run it again after a
change of them by hand (`qingdan new` and `qingdan import` do so by themselves). Files name their
schema in their first line, for editors with yaml-language-server:
  # yaml-language-server: $schema=.schema/site.json";

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum SchemaFormat {
    /// JSON Schemas
    #[default]
    Json,
    /// The reference, to standard output
    Markdown,
}

/// The options of `schema`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_HELP)]
pub struct SchemaOptions {
    /// Print the schema of this kind of file / 只输出这一种
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name)).try_map(kind))]
    pub kind: Option<Kind>,
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// The folder the schemas are written to / 输出文件夹 [default: .schema in that of the content]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The schemas of any catalogue, without the columns and ids of this one / 通用的，不含本清单的列和标识
    #[arg(long)]
    pub generic: bool,
    /// What is written / 输出格式
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: SchemaFormat,
    /// The language of messages / 提示语言 [default: the locale's]
    #[arg(long = "messages", value_enum, value_name = "LANG")]
    given_messages: Option<MessageLang>,
}

fn kind(name: String) -> Result<Kind, String> {
    Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or(name)
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &SchemaOptions) -> u8 {
    let lang = options.given_messages.unwrap_or_else(MessageLang::of_locale);
    let voice = Voice { format: ReportFormat::Human, lang };
    if options.format == SchemaFormat::Markdown {
        return printed(&schema::reference());
    }
    let sources = if options.generic { None } else { Sources::read(&options.content).ok() };
    let catalogue = sources.map(|outcome| {
        let mut report = outcome.report;
        let catalogue = load(&outcome.value).merge_into(&mut report);
        if report.has_errors() {
            voice.remark(&msg!(
                "内容有错误，模式只含能读出的部分；请运行 qingdan check",
                "the content has errors: the schemas know what could be read of it; run `qingdan check`"
            ));
        }
        catalogue
    });
    if let Some(kind) = options.kind {
        return printed(&schema::schema(kind, catalogue.as_ref()));
    }
    let own = options.content.join(FOLDER);
    let out = match &options.out {
        Some(out) => out,
        None if catalogue.is_none() => return homeless(options, voice),
        None => &own,
    };
    match write(out, catalogue.as_ref()) {
        Ok(written) => {
            let (out, unchanged) = (out.display(), Kind::ALL.len() - written);
            voice.remark(&msg!(
                "已写入 {written} 个文件到“{out}”，{unchanged} 个未变",
                "wrote {written} file(s) to `{out}`, {unchanged} unchanged"
            ));
            DONE
        }
        Err((message, hint)) => voice.refuse(&message, hint.as_ref()),
    }
}

fn printed(text: &str) -> u8 {
    output::print(text).map_or(WRONG_CALL, |()| DONE)
}

fn homeless(options: &SchemaOptions, voice: Voice) -> u8 {
    let hint = msg!(
        "用 --out 指定文件夹，或指定一种文件来直接输出，如 qingdan schema item",
        "name a folder by --out, or a kind of file to have it printed, such as `qingdan schema item`"
    );
    if options.generic {
        let message = msg!("没有说写到哪里", "it is not said where to write");
        return voice.refuse(&message, Some(&hint));
    }
    let content = options.content.display();
    voice.refuse(&msg!("没有内容文件夹“{content}”", "there is no content folder `{content}`"), Some(&hint))
}

/// Writes all schemas into a folder; hands back how many are new or changed.
///
/// # Errors
/// A sentence and a hint where a file cannot be written, or is somebody else's.
pub(super) fn write(out: &Path, catalogue: Option<&Catalogue>) -> Result<usize, (Message, Option<Message>)> {
    let mut files: Vec<(PathBuf, String, bool)> = Vec::new();
    for kind in Kind::ALL {
        let path = out.join(format!("{}.json", kind.name()));
        let text = schema::schema(kind, catalogue);
        match std::fs::read_to_string(&path) {
            Ok(there) if there == text => {}
            Ok(there) if schema::is_ours(&there) => files.push((path, text, false)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => files.push((path, text, true)),
            Ok(_) => {
                let path = path.display();
                return Err((
                    msg!("“{path}”不是 qingdan 写的文件", "`{path}` was not written by qingdan"),
                    Some(msg!("请移走它，或用 --out 另选文件夹", "move it away, or choose another folder by --out")),
                ));
            }
            Err(error) => return Err(unwritable(&path, &error)),
        }
    }
    let edits: Vec<Edit<'_>> = files.iter().map(|(disk, text, new)| Edit { disk, text, new: *new }).collect();
    edit::write_all(&edits).map_err(|Failed { disk, error }| unwritable(&disk, &error))?;
    Ok(files.len())
}

/// Brings the schemas beside a content up to date, where there are any: editors know then what has just been added.
/// What was added stands, whatever becomes of the schemas: a fault is told, and no more.
pub(super) fn refresh(content: &Path, voice: Voice) {
    let folder = content.join(FOLDER);
    let Some(sources) = Sources::read(content).ok().filter(|_| folder.is_dir()) else { return };
    if let Err((message, _)) = write(&folder, Some(&load(&sources.value).value)) {
        voice.remark(&message);
    }
}

/// A file that cannot be written.
pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> (Message, Option<Message>) {
    let path = path.display();
    (msg!("无法写入“{path}”：{error}", "cannot write `{path}`: {error}"), None)
}
