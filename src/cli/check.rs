//! `qingdan check`: names every fault of content and theme. Every page is made and thrown away, so that faults of
//! templates come up too; nothing is written.

use super::options::{Answer, Inputs};
use super::output::{self, Format};
use super::run::{Voice, failed, found, plan, prepare};
use super::{CONTENT_ERRORS, DONE, WRONG_CALL};
use crate::lang::LangId;
use crate::model::Catalogue;
use crate::msg;
use crate::site::Options;
use clap::Args;

const AFTER_CHECK: &str = "\
Examples:
  qingdan check
  qingdan check --format short         one line a fault, for editors
  qingdan check --format sarif > report.sarif
  qingdan check --coverage             a table per language: missing, stale, draft, checked, reviewed
  qingdan check --coverage --format json";

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

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &CheckOptions) -> u8 {
    let voice = Voice { format: options.answer.format, lang: options.answer.messages() };
    let mut loaded = match prepare(&options.inputs) {
        Ok(loaded) => loaded,
        Err(message) => return voice.refuse(&message, None),
    };
    let mut report = loaded.report.clone();
    if options.coverage && !report.has_errors() {
        return coverage(&loaded.catalogue, voice);
    }
    if !report.has_errors() {
        let site_options = Options::new(options.inputs.base_url.clone(), false);
        let files = found(&mut loaded);
        let site = match plan(&loaded, files, &site_options, voice) {
            Ok(site) => site,
            Err(code) => return code,
        };
        if let Err(faults) = site.try_out(0..site.paths().len()) {
            return failed(&loaded, faults, voice);
        }
        report.merge(site.warnings());
        report.sort();
    }
    let code = if report.has_errors() { CONTENT_ERRORS } else { DONE };
    voice.report(&report).err().unwrap_or(code)
}

/// Prints how far the translations have come.
fn coverage(catalogue: &Catalogue, voice: Voice) -> u8 {
    if !matches!(voice.format, Format::Human | Format::Short | Format::Json) {
        return voice.refuse(&output::no_such_format(), None);
    }
    if catalogue.languages().len() < 2 {
        voice.remark(&msg!("网站只有源语言，没有译文", "the site has no language but its source's"));
    }
    let langs: Vec<LangId> = catalogue.lang_ids().skip(1).map(|(id, _)| id).collect();
    output::print(&output::coverage(catalogue, &langs, voice.format, voice.lang)).map_or(WRONG_CALL, |()| DONE)
}
