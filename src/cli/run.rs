//! What all commands begin with: read the content and the theme, check them, plan the site.
//!
//! Lives here: the pipeline up to the plan. Never here: what a command does with it.

use super::options::Inputs;
use super::output::{self, Format};
use super::{CONTENT_ERRORS, WRONG_CALL};
use crate::diag::{Message, Outcome, Report, suggest};
use crate::lang::LangId;
use crate::model::Catalogue;
use crate::search::{self, Index};
use crate::site::{self, Options, Site};
use crate::source::Sources;
use crate::theme::{Own, Theme};
use crate::{check, load, msg};
use std::path::{Path, PathBuf};

/// How to answer, fixed once for a command.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    /// The format of reports.
    pub(super) format: Format,
    /// The language of messages.
    pub(super) lang: super::locale::MessageLang,
}

impl Voice {
    /// Says that the call or the environment is wrong; hands back the exit code.
    pub(super) fn refuse(self, message: &Message, hint: Option<&Message>) -> u8 {
        // If standard error is gone there is nobody left to tell.
        let _ = output::print_error(&output::complaint(message, hint, self.lang));
        WRONG_CALL
    }

    /// Prints a report; hands back the exit code of a failure to print.
    pub(super) fn report(self, report: &Report) -> Result<(), u8> {
        output::print(&output::render(report, self.format, self.lang)).map_err(|_| WRONG_CALL)
    }

    /// Says something to people that programs reading the output must not get.
    pub(super) fn remark(self, message: &Message) {
        if matches!(self.format, Format::Human | Format::Short) {
            let _ = output::print_error(&format!("{}\n", self.lang.pick(message)));
        }
    }
}

/// Content and theme, read and checked.
pub(super) struct Loaded {
    /// The catalogue; complete if the report has no errors.
    pub(super) catalogue: Catalogue,
    /// What search needs, by language.
    pub(super) indices: Vec<Index>,
    /// The theme.
    pub(super) theme: Theme,
    /// Every fault so far.
    pub(super) report: Report,
}

/// Reads and checks everything.
///
/// # Errors
/// A sentence where content or theme cannot be read at all.
pub(super) fn prepare(inputs: &Inputs) -> Result<Loaded, Message> {
    Read::of(inputs).map(Read::check)
}

/// Reads and checks all but what readers find: for what has no search.
///
/// # Errors
/// As [`prepare`].
pub(super) fn prepare_without_search(inputs: &Inputs) -> Result<Loaded, Message> {
    Read::of(inputs).map(Read::check_without_search)
}

/// The files of the content and of the site's own theme: everything that is read.
pub(super) struct Read {
    /// The content.
    pub(super) content: Outcome<Sources>,
    /// The site's own theme.
    pub(super) theme: Own,
}

impl Read {
    /// Reads them, once.
    ///
    /// # Errors
    /// A sentence where content or theme cannot be read at all.
    pub(super) fn of(inputs: &Inputs) -> Result<Self, Message> {
        let content = Sources::read(&inputs.content).map_err(|none| none.message)?;
        let theme = Own::read(inputs.templates()).map_err(|none| none.message)?;
        Ok(Self { content, theme })
    }

    /// Checks everything.
    pub(super) fn check(self) -> Loaded {
        let mut loaded = self.check_without_search();
        if !loaded.report.has_errors() {
            loaded.indices = search::indices(&loaded.catalogue);
        }
        loaded.report.merge(search::expected(&loaded.catalogue, &loaded.indices));
        loaded.report.sort();
        loaded
    }

    fn check_without_search(self) -> Loaded {
        let mut report = self.content.report;
        let catalogue = load(&self.content.value).merge_into(&mut report);
        report.merge(check::check(&catalogue));
        let theme = Theme::with(self.theme, catalogue.languages()).merge_into(&mut report);
        report.sort();
        Loaded { catalogue, indices: Vec::new(), theme, report }
    }
}

/// Reads the content alone, for commands that answer in lines or JSON; the report is sorted.
///
/// # Errors
/// The exit code, after what is wrong with the call or the content was printed.
pub(super) fn read(content: &Path, voice: Voice) -> Result<(Sources, Catalogue, Report), u8> {
    if !matches!(voice.format, Format::Human | Format::Short | Format::Json) {
        return Err(voice.refuse(&output::no_such_format(), None));
    }
    let outcome = Sources::read(content).map_err(|none| voice.refuse(&none.message, None))?;
    let (sources, mut report) = (outcome.value, outcome.report);
    let catalogue = load(&sources).merge_into(&mut report);
    report.sort();
    if report.has_errors() {
        return Err(voice.report(&report).err().unwrap_or(CONTENT_ERRORS));
    }
    Ok((sources, catalogue, report))
}

/// The files of search. The indices that they are made of are needed no more.
pub(super) fn found(loaded: &mut Loaded) -> Vec<search::File> {
    site::search_files(&loaded.catalogue, &std::mem::take(&mut loaded.indices), &loaded.theme)
}

/// Plans the site, with the files that [`found`] hands out. Only for content without errors.
///
/// # Errors
/// The exit code, after the faults of the templates were printed.
pub(super) fn plan<'a>(
    loaded: &'a Loaded,
    found: Vec<search::File>,
    options: &'a Options,
    voice: Voice,
) -> Result<Site<'a>, u8> {
    Site::plan(&loaded.catalogue, found, &loaded.theme, options).map_err(|faults| failed(loaded, faults, voice))
}

/// Prints faults of templates together with what was found before.
pub(super) fn failed(loaded: &Loaded, faults: Report, voice: Voice) -> u8 {
    let mut report = loaded.report.clone();
    report.merge(faults);
    report.sort();
    voice.report(&report).err().unwrap_or(CONTENT_ERRORS)
}

/// The language that `--lang` names; the source language where it was not given.
///
/// # Errors
/// A sentence and a hint where the site has no such language.
pub(super) fn language(tag: Option<&str>, catalogue: &Catalogue) -> Result<LangId, (Message, Option<Message>)> {
    let Some(tag) = tag else { return Ok(LangId::SOURCE) };
    let known = catalogue.lang_ids().find(|(_, lang)| lang.tag == *tag).map(|(id, _)| id);
    known.ok_or_else(|| {
        let hint = suggest(tag, catalogue.languages().iter().map(|lang| lang.tag.as_str()));
        (msg!("网站没有语言“{tag}”", "the site has no language `{tag}`"), hint)
    })
}

/// Says that one file was written, such as a book or a bundle.
pub(super) fn wrote(out: &Path, bytes: usize) -> Message {
    let (out, size) = (out.display(), bytes.div_ceil(1024));
    msg!("已写入“{out}”（{size} KB）", "wrote `{out}` ({size} KB)")
}

/// The folders that are read.
pub(super) fn folders(inputs: &Inputs) -> Vec<PathBuf> {
    let templates = inputs.templates().map(Path::to_path_buf);
    std::iter::once(inputs.content.clone()).chain(templates).collect()
}
