//! `qingdan translate stamp`: writes the present fingerprints into translation files, and nothing else.
//!
//! With errors in the content nothing is written.
#![allow(clippy::disallowed_methods, reason = "this command edits files of the content, at the user's word")]

use super::{Refusal, target};
use crate::cli::edit::{self, Edit, Failed};
use crate::cli::options::Answer;
use crate::cli::output::{self, Stamp};
use crate::cli::run::{Voice, read};
use crate::cli::{CONTENT_ERRORS, DONE, WRONG_CALL};
use crate::diag::{Message, Report};
use crate::model::Catalogue;
use crate::msg;
use crate::source::Sources;
use crate::translate::{Stamped, stamp};
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};

const AFTER_STAMP: &str = "\
Examples:
  qingdan translate stamp --lang mn-Mong content/i18n/mn-Mong/domains.yaml
  qingdan translate stamp --lang mn-Mong --dry-run    show what would be written
  qingdan translate stamp --lang mn-Mong              every translation of the language

A fingerprint says which source text a translation was made from. Stamp a file once its translations
have been looked at; its status is never changed, nor anything else in it.";

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

/// A file to be written: where, how it is called in messages, and its new text.
struct Job {
    disk: PathBuf,
    shown: String,
    stamped: Stamped,
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &StampOptions) -> u8 {
    let voice = Voice { format: options.answer.format, lang: options.answer.messages() };
    let (sources, catalogue, report) = match read(&options.content, voice) {
        Ok(content) => content,
        Err(code) => {
            if code == CONTENT_ERRORS {
                voice.remark(&msg!("没有改动任何文件", "no file was changed"));
            }
            return code;
        }
    };
    let jobs = chosen(options, &sources, &catalogue).and_then(|paths| plan(options, &catalogue, &paths));
    match jobs.and_then(|jobs| if options.dry_run { Ok(jobs) } else { write_all(jobs) }) {
        Ok(jobs) => answer(&jobs, &report, options, voice),
        Err((message, hint)) => voice.refuse(&message, hint.as_ref()),
    }
}

/// The paths, below the content folder, of the translation files that were asked for.
fn chosen(options: &StampOptions, sources: &Sources, catalogue: &Catalogue) -> Result<Vec<String>, Refusal> {
    let tag = &options.lang;
    target(tag, catalogue)?;
    let folder = format!("i18n/{tag}/");
    let all: Vec<&str> =
        sources.files.iter().map(|file| file.path.as_str()).filter(|p| p.starts_with(&folder)).collect();
    if options.paths.is_empty() {
        return Ok(all.into_iter().map(str::to_owned).collect());
    }
    let mut paths = Vec::new();
    for given in &options.paths {
        let inside = below(&options.content, given);
        let meant = |path: &&&str| inside.as_ref().is_some_and(|inside| Path::new(path).starts_with(inside));
        let before = paths.len();
        paths.extend(all.iter().filter(meant).map(|path| (*path).to_owned()));
        if paths.len() == before {
            let given = given.display();
            let message = msg!("“{given}”不是 {tag} 的译文文件", "`{given}` is no translation file of {tag}");
            let hint = msg!("译文在内容文件夹的 {folder} 下", "translations lie in {folder} of the content folder");
            return Err((message, Some(hint)));
        }
    }
    paths.sort();
    paths.dedup();
    Ok(paths)
}

/// The path of a file or folder below the content folder.
fn below(content: &Path, given: &Path) -> Option<PathBuf> {
    let (content, given) = (content.canonicalize().ok()?, given.canonicalize().ok()?);
    given.strip_prefix(content).ok().map(Path::to_path_buf)
}

/// What becomes of each file; files that stay as they are are left out.
fn plan(options: &StampOptions, catalogue: &Catalogue, paths: &[String]) -> Result<Vec<Job>, Refusal> {
    let units = catalogue.units();
    let folder = format!("i18n/{}/", options.lang);
    let mut jobs = Vec::new();
    for path in paths {
        let disk = options.content.join(path);
        let shown = disk.to_string_lossy().replace('\\', "/");
        let written = std::fs::read_to_string(&disk).map_err(|error| unwritable(&shown, &error))?;
        let inner = path.strip_prefix(&folder).unwrap_or(path);
        let stamped = stamp(&written, inner, &units).map_err(|message| {
            (
                message,
                Some(msg!(
                    "没有改动任何文件；请按 docs/content.md 的写法整理它",
                    "no file was changed; write it the way docs/content.md does"
                )),
            )
        })?;
        if !stamped.changes.is_empty() {
            jobs.push(Job { disk, shown, stamped });
        }
    }
    Ok(jobs)
}

fn unwritable(shown: &str, error: &io::Error) -> Refusal {
    (msg!("无法改写“{shown}”：{error}", "cannot rewrite `{shown}`: {error}"), None)
}

fn write_all(jobs: Vec<Job>) -> Result<Vec<Job>, Refusal> {
    let edits: Vec<Edit<'_>> =
        jobs.iter().map(|job| Edit { disk: &job.disk, text: &job.stamped.text, new: false }).collect();
    edit::write_all(&edits)
        .map_err(|Failed { disk, error }| unwritable(&disk.to_string_lossy().replace('\\', "/"), &error))?;
    Ok(jobs)
}

/// Says what was done, or would be, and what was refused for want of a translation.
fn answer(jobs: &[Job], report: &Report, options: &StampOptions, voice: Voice) -> u8 {
    let stamps: Vec<Stamp> = (jobs.iter())
        .flat_map(|job| job.stamped.changes.iter().map(|c| Stamp { file: job.shown.clone(), change: c.clone() }))
        .collect();
    if output::print(&output::stamps(&stamps, !options.dry_run, voice.format)).is_err() {
        return WRONG_CALL;
    }
    let folder = format!("i18n/{}/", options.lang);
    let refused =
        report.iter().filter(|d| d.code == "fingerprint-without-text" && d.span.file.path.starts_with(&folder));
    for fault in refused {
        let (file, (line, _)) = (fault.span.file.shown(), fault.span.line_column());
        let Message { zh, en } = &fault.message;
        voice.remark(&msg!("{file}:{line}: 未更新：{zh}", "{file}:{line}: not stamped: {en}"));
    }
    let (fields, files) = (stamps.len(), jobs.len());
    voice.remark(&match options.dry_run {
        true => {
            msg!("将更新 {files} 个文件中的 {fields} 个指纹", "{fields} fingerprints in {files} files would be written")
        }
        false => {
            msg!("已更新 {files} 个文件中的 {fields} 个指纹", "{fields} fingerprints in {files} files were written")
        }
    });
    DONE
}
