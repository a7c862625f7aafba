//! What is fuzzed: each reader of what others write, through the library, with what must hold besides that it ends.
//!
//! Lives here: what a target is, and what all of them use; each kind of target has a file of its own.

mod content;
mod exchange;
mod names;
mod tables;
mod texts;

pub(super) use content::content;
pub(super) use exchange::{locale, po, template};
pub(super) use names::{address, archive, list, slug};
pub(super) use tables::{csv, xlsx};
pub(super) use texts::{markdown, mongolian, search};

use crate::messages::BASE;
use qingdan::cli::locale::MessageLang;
use qingdan::cli::output::{self, Format};
use qingdan::diag::Report;
use qingdan::lang::Lang;
use qingdan::model::Catalogue;
use qingdan::search::{self, Index};
use qingdan::site::{Options, Site, search_files};
use qingdan::source::Sources;
use qingdan::theme::Theme;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Makes an input of about so many bytes.
pub(super) type Shape = fn(usize) -> Vec<u8>;

/// A reader that is fuzzed.
pub(super) struct Target {
    pub(super) name: &'static str,
    /// The folder of its inputs in `tests/fuzz/`.
    pub(super) corpus: &'static str,
    /// Reads an input; panics where something is wrong.
    pub(super) run: fn(&[u8]),
    /// Inputs that stand elsewhere in the project.
    pub(super) seeds: fn() -> Vec<Vec<u8>>,
    /// Words that mean something in its format.
    pub(super) words: &'static [&'static str],
    /// Inputs of about so many bytes that ask for much work.
    pub(super) shapes: &'static [(&'static str, Shape)],
}

fn none() -> Vec<Vec<u8>> {
    Vec::new()
}

fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// `text` again and again, between a beginning and an end, to about `n` bytes.
fn many(start: &str, text: &str, end: &str, n: usize) -> Vec<u8> {
    [start, &text.repeat(n / text.len().max(1)), end].concat().into_bytes()
}

/// As [`many`], with a number in the place of `#`, so that no two are alike.
fn numbered(start: &str, text: &str, n: usize) -> Vec<u8> {
    let mut out = start.to_owned();
    let mut at = 0;
    while out.len() < n {
        out.push_str(&text.replace('#', &at.to_string()));
        at += 1;
    }
    out.into_bytes()
}

fn base() -> BTreeMap<String, String> {
    BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Everything from files in memory to pages: what `check` and `build` do, without a disk.
fn whole(files: BTreeMap<String, String>) -> Report {
    static THEME: OnceLock<(Vec<Lang>, Theme)> = OnceLock::new();
    let sources = Sources::from_memory(files);
    let mut report = Report::default();
    let catalogue = qingdan::load(&sources).merge_into(&mut report);
    report.merge(qingdan::check::check(&catalogue));
    let indices = if report.has_errors() { Vec::new() } else { search::indices(&catalogue) };
    report.merge(search::expected(&catalogue, &indices));
    report.sort();
    for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
        let text = output::render(&report, format, MessageLang::Zh);
        assert!(!text.contains('\0'), "a NUL is printed");
    }
    if report.has_errors() {
        return report;
    }
    let (languages, theme) = THEME.get_or_init(|| {
        let languages = catalogue.languages().to_vec();
        let theme = Theme::load(None, &languages).unwrap_or_else(|none| panic!("{:?}", none.message)).value;
        (languages, theme)
    });
    if languages != catalogue.languages() {
        return report;
    }
    let options = Options::new(Some("https://example.org/list/".into()), false);
    let files = search_files(&catalogue, &indices, theme);
    let site = Site::plan(&catalogue, files, theme, &options).unwrap_or_else(|faults| panic!("{faults:?}"));
    let others = (0..site.paths().len()).filter(|at| !site.paths()[*at].ends_with(".html"));
    let places: Vec<usize> = site.samples().into_iter().chain(others).collect();
    for at in places {
        site.make(at).unwrap_or_else(|faults| panic!("{}: {faults:?}", site.paths()[at]));
    }
    report
}

/// The catalogue here and its indices, which queries are put to.
fn asked() -> &'static (Catalogue, Vec<Index>) {
    static ASKED: OnceLock<(Catalogue, Vec<Index>)> = OnceLock::new();
    ASKED.get_or_init(|| {
        let sources = Sources::read(&root("content")).unwrap_or_else(|none| panic!("{:?}", none.message)).value;
        let catalogue = qingdan::load(&sources).value;
        let indices = search::indices(&catalogue);
        (catalogue, indices)
    })
}
