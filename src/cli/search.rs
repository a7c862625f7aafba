//! `qingdan search`: asks the index as a reader would, and shows what comes in what order: for whoever tends `aliases`,
//! `synonyms.yaml` and `search-tests.yaml`. Its own options stand here; the index is `search`'s.

use super::options::Answer;
use super::output::{self, Found};
use super::run::{Voice, language, read};
use super::{DONE, WRONG_CALL};
use crate::msg;
use crate::search::{self, Searcher};
use clap::Args;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  qingdan search 孩子上不起学怎么办
  qingdan search --lang mn-Mong сурагч 低保
  qingdan search --limit 3 --format json dibao

Queries that should bring an item belong to content/search-tests.yaml: `qingdan check` asks them every time.";

/// The options of `search`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_HELP)]
pub struct SearchOptions {
    /// What a reader types; several queries are answered one by one / 搜索词
    #[arg(value_name = "QUERY", required = true)]
    pub queries: Vec<String>,
    /// The language whose index is asked / 语言 [default: the source language]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// How many results are shown / 结果数
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// The folder of the content / 内容文件夹
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// How it is answered.
    #[command(flatten)]
    pub answer: Answer,
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &SearchOptions) -> u8 {
    let voice = Voice { format: options.answer.format, lang: options.answer.messages() };
    let catalogue = match read(&options.content, voice) {
        Ok((_, catalogue, _)) => catalogue,
        Err(code) => return code,
    };
    let lang = match language(options.lang.as_deref(), &catalogue) {
        Ok(lang) => lang,
        Err((message, hint)) => return voice.refuse(&message, hint.as_ref()),
    };
    let indices = search::indices(&catalogue);
    let searchers = search::searchers(&indices);
    let Some((searcher, index)) = searchers.get(lang.0).zip(indices.get(lang.0)) else {
        let message = msg!("site.yaml 关闭了搜索", "`site.yaml` has search switched off");
        return voice.refuse(&message, None);
    };
    let found: Vec<Found<'_>> =
        options.queries.iter().map(|query| ask(query, searcher, index, options.limit)).collect();
    output::print(&output::found(&found, voice.format, voice.lang)).map_or(WRONG_CALL, |()| DONE)
}

fn ask<'a>(query: &'a str, searcher: &Searcher<'_>, index: &'a search::Index, limit: usize) -> Found<'a> {
    let answer = searcher.search(query);
    let hits = answer.hits.iter().take(limit).map(|hit| (&index.documents[hit.document], hit.score)).collect();
    Found { query, meant: answer.meant, total: answer.hits.len(), hits }
}
