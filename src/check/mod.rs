//! The rules that a catalogue must keep, once every reference is resolved.
//!
//! Lives here: the list of rules. One rule, one file; each names its codes and explains itself at its top.
//! Never here: YAML, unknown ids, missing keys (`raw` and `lower` report those), and anything that changes the catalogue.
//! A rule sees the catalogue as far as it could be read, so it must be content with holes, and silent about what another
//! stage has reported. Rules about completeness say nothing where [`Catalogue::incomplete`] is set.

mod aliases;
mod amounts;
mod changes;
mod characters;
mod domains;
mod editorial;
mod expected;
mod figures;
mod forbidden;
mod former_slugs;
mod indicators;
mod links;
mod mongolian;
mod numbers;
mod pairs;
mod reading;
mod restored;
mod shape;
mod terms;
mod texts;
mod translations;

#[cfg(test)]
mod fixture;

pub use figures::{Differing, correct_them, figures_differ};
pub use terms::Terms;

use crate::diag::{Report, Span, Spanned, Written};
use crate::lang::LangId;
use crate::model::Catalogue;
use rayon::prelude::*;
use reading::Reading;
use std::ops::Range;
use terms::Glossary;
use texts::Texts;

/// A code that a rule may report, explained for people who look it up.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// The code.
    pub code: &'static str,
    /// What it means, in Chinese.
    pub zh: &'static str,
    /// What it means, in English.
    pub en: &'static str,
}

/// Shortens the tables of codes.
const fn code(code: &'static str, zh: &'static str, en: &'static str) -> Code {
    Code { code, zh, en }
}

/// A rule: what it may report, and how it looks.
pub struct Rule {
    /// The codes it may report.
    pub codes: &'static [Code],
    look: Look,
}

/// What a rule looks at.
enum Look {
    /// The catalogue as a whole.
    Catalogue(fn(&Context<'_>, &mut Report)),
    /// Each translation by itself.
    Translation(fn(&Context<'_>, &Reading<'_, '_>, &mut Report)),
    /// Each translation in the Mongolian script by itself.
    Mongolian(fn(&Context<'_>, &Reading<'_, '_>, &mut Report)),
}

/// All rules.
pub const RULES: [Rule; 27] = [
    numbers::RULE,
    expected::RULE,
    forbidden::RULE,
    characters::RULE,
    shape::RULE,
    amounts::RULE,
    links::RULE,
    editorial::RULE,
    restored::RULE,
    former_slugs::RULE,
    indicators::RULE,
    changes::RULE,
    translations::RULE,
    domains::RULE,
    aliases::RULE,
    figures::RULE,
    terms::RULE,
    mongolian::letters::RULE,
    mongolian::marks::RULE,
    mongolian::departments::RULE,
    mongolian::han::RULE,
    mongolian::spelling::RULE,
    mongolian::vowels::RULE,
    mongolian::suffixes::RULE,
    mongolian::suffix_forms::RULE,
    mongolian::punctuation::RULE,
    mongolian::length::RULE,
];

/// Puts the catalogue to every rule.
pub fn check(catalogue: &Catalogue) -> Report {
    let cx = Context::new(catalogue);
    let found = |rule: &Rule| {
        let mut report = Report::default();
        if let Look::Catalogue(look) = rule.look {
            look(&cx, &mut report);
        }
        report
    };
    let whole = || RULES.par_iter().with_max_len(1).map(found).collect::<Vec<Report>>();
    let (whole, single) = rayon::join(whole, || reading::walk(&cx));
    // In the order of the list, whichever rule is through first. Each has said what it has to say in one of the two.
    let mut report = Report::default();
    whole.into_iter().zip(single).flat_map(|(whole, single)| [whole, single]).for_each(|found| report.merge(found));
    report
}

/// What every rule is given.
struct Context<'c> {
    catalogue: &'c Catalogue,
    texts: Texts<'c>,
    glossary: Glossary<'c>,
    /// By language: whether it is written in the Mongolian script.
    mongolian: Vec<bool>,
}

impl<'c> Context<'c> {
    fn new(catalogue: &'c Catalogue) -> Self {
        let mongolian = catalogue.site.languages.iter().map(mongolian::is_mongolian).collect();
        Self { catalogue, texts: Texts::new(catalogue), glossary: Glossary::new(catalogue), mongolian }
    }

    /// Whether a language is written in the Mongolian script.
    fn is_mongolian(&self, lang: LangId) -> bool {
        self.mongolian.get(lang.0).is_some_and(|is| *is)
    }
}

/// The place in the file of a range of a text's value.
///
/// A value that is a part of its file has its place there. One that was decoded has other offsets, by indentation and escapes: the
/// same words are then looked for inside the scalar, as often as they came before in the value.
fn place(text: &Spanned<Written>, range: Range<usize>) -> Span {
    let (value, span) = (&text.value, &text.span);
    if let Some(at) = value.place_in(&span.file) {
        return Span::new(&span.file, at + range.start, at + range.end);
    }
    let needle = value.get(range.clone()).unwrap_or_default();
    let (Some(before), false) = (value.get(..range.start), needle.is_empty()) else { return span.clone() };
    let earlier = before.matches(needle).count();
    match span.text().match_indices(needle).nth(earlier) {
        Some((at, found)) => Span::new(&span.file, span.start() + at, span.start() + at + found.len()),
        None => escaped(span, needle).unwrap_or_else(|| span.find(needle)),
    }
}

/// The place of a character that a double-quoted scalar writes as an escape: `\u202E`.
fn escaped(span: &Span, needle: &str) -> Option<Span> {
    let mut chars = needle.chars();
    let (n, None) = (u32::from(chars.next()?), chars.next()) else { return None };
    let written = span.text().to_ascii_lowercase();
    let forms = [format!("\\u{n:04x}"), format!("\\x{n:02x}"), format!("\\u{n:08x}")];
    let (at, length) = forms.iter().find_map(|form| Some((written.find(form)?, form.len())))?;
    Some(Span::new(&span.file, span.start() + at, span.start() + at + length))
}

/// A point at the start of a span: for messages that must not show the text.
fn point(span: &Span) -> Span {
    Span::new(&span.file, span.start(), span.start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceFile;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_in_kebab_case() {
        let mut seen = BTreeSet::new();
        for code in RULES.iter().flat_map(|rule| rule.codes) {
            assert!(
                code.code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{}",
                code.code
            );
            assert!(seen.insert(code.code), "{} belongs to two rules", code.code);
            assert!(!code.zh.is_empty() && !code.en.is_empty());
        }
    }

    /// `docs/messages.md` is written by hand around a table that must be this one.
    #[test]
    fn the_documentation_lists_every_code() {
        let docs = include_str!("../../docs/messages.md");
        let line = |c: &Code| format!("| `{}` | {} | {} |", c.code, c.zh, c.en);
        let searched = crate::search::CODES.map(|(code, zh, en)| format!("| `{code}` | {zh} | {en} |"));
        let wanted: Vec<String> = RULES.iter().flat_map(|rule| rule.codes).map(line).chain(searched).collect();
        let missing: Vec<&String> = wanted.iter().filter(|line| !docs.contains(line.as_str())).collect();
        assert!(missing.is_empty(), "docs/messages.md lacks:\n{missing:#?}");
        let listed = docs.lines().filter(|line| line.starts_with("| `")).count();
        assert_eq!(listed, wanted.len(), "docs/messages.md lists codes that no rule has");
    }

    #[test]
    fn places_survive_indentation() {
        let file = SourceFile::new("", "a.yaml", "a: |-\n  甲乙\n  乙丙\n");
        let text = Spanned::new("甲乙\n乙丙".into(), Span::new(&file, 3, file.text.len()));
        let second = place(&text, 7..10);
        assert_eq!((second.text(), second.line_column()), ("乙", (3, 3)));
    }

    #[test]
    fn the_catalogue_we_ship_is_sound() {
        let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let mut report = Report::default();
        let sources = crate::source::Sources::read(&content).map(|read| read.merge_into(&mut report));
        assert!(sources.is_ok(), "content/ cannot be read");
        let Ok(sources) = sources else { return };
        let catalogue = crate::load(&sources).merge_into(&mut report);
        report.merge(check(&catalogue));
        assert_eq!(fixture::show(&report), "");
    }

    #[test]
    fn a_sound_catalogue_has_no_faults() {
        assert!(fixture::Site::default().check().is_empty());
    }
}
