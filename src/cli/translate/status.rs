//! `qingdan translate status`: how far the translations have come, without looking at anything else.

use super::target;
use crate::cli::options::Answer;
use crate::cli::output;
use crate::cli::run::{Voice, read};
use crate::cli::{DONE, WRONG_CALL};
use crate::lang::LangId;
use crate::msg;
use clap::Args;
use std::path::PathBuf;

const AFTER_STATUS: &str = "\
Examples:
  qingdan translate status                       a table per language: missing, stale, draft, checked, reviewed
  qingdan translate status --lang mn-Mong
  qingdan translate status --format json";

/// The options of `translate status`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_STATUS)]
pub struct StatusOptions {
    /// This language only / 只看这种语言 [default: all]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// How it is answered.
    #[command(flatten)]
    pub answer: Answer,
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &StatusOptions) -> u8 {
    let voice = Voice { format: options.answer.format, lang: options.answer.messages() };
    let (_, catalogue, _) = match read(&options.content, voice) {
        Ok(content) => content,
        Err(code) => return code,
    };
    let langs: Vec<LangId> = match &options.lang {
        None => catalogue.lang_ids().skip(1).map(|(id, _)| id).collect(),
        Some(tag) => match target(tag, &catalogue) {
            Ok(lang) => vec![lang],
            Err((message, hint)) => return voice.refuse(&message, hint.as_ref()),
        },
    };
    if langs.is_empty() {
        voice.remark(&msg!("网站只有源语言，没有译文", "the site has no language but its source's"));
    }
    output::print(&output::coverage(&catalogue, &langs, voice.format, voice.lang)).map_or(WRONG_CALL, |()| DONE)
}
