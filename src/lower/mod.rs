//! From the content as written to the catalogue as meant: resolves every id, joins translations to their texts.
//!
//! Lives here: faults that need more than one file to be seen (unknown ids, repeated slugs, missing required cells).
//! Never here: YAML (that is `raw`) and rules about what texts say (that is `check`).
//! A catalogue comes out whatever the faults, so that `check` can name the rest in the same run.

mod again;
mod changes;
mod glossary;
mod items;
mod lists;
mod policy;
mod search;
mod site;
mod translate;

pub use again::again;

use crate::diag::{Diagnostic, Outcome, Report, Span, Spanned, Written, suggest};
use crate::lang::{Lang, LangId, Localized, Translated};
use crate::model::{Catalogue, Note, Policy, Text};
use crate::msg;
use crate::raw::decode::RawText;
use crate::raw::{Raw, RawNote};
use std::collections::{BTreeSet, HashMap};

/// Resolves all references.
pub fn lower(raw: Raw) -> Outcome<Catalogue> {
    let mut report = Report::default();
    let Raw {
        site,
        catalogue,
        domains,
        departments,
        audiences,
        life_events,
        items,
        document,
        texts,
        areas,
        division,
        indicators,
        glossary,
        changes,
        synonyms,
        search_tests,
        translations,
        incomplete,
        broken,
    } = raw;
    let languages = site::languages(site.as_ref(), &mut report);
    let mut cx = Context {
        languages,
        broken,
        incomplete: incomplete || site.is_none() || catalogue.is_none(),
        partial_fields: false,
        unknown_folders: BTreeSet::new(),
        report: &mut report,
    };
    let site = site::site(site, &mut cx);
    let head = site::head(catalogue, &mut cx);
    let mut value = Catalogue {
        site,
        name: head.name,
        numbered: head.numbered,
        fields: head.fields,
        departments_column: head.departments_column,
        vocabulary: head.vocabulary,
        expected: Default::default(),
        domains: lists::domains(domains, &mut cx),
        departments: lists::groups(departments, &mut cx),
        audiences: lists::groups(audiences, &mut cx),
        life_events: lists::groups(life_events, &mut cx),
        items: Vec::new(),
        policy: Policy::default(),
        glossary: glossary::terms(glossary, &mut cx),
        changes: Vec::new(),
        allowed: Vec::new(),
        search: Default::default(),
        incomplete: false,
        left_out: Vec::new(),
    };
    if !value.departments.is_empty() && !head.has_departments {
        let message = msg!("有部门，却没有部门这一列", "there are departments, but no column for them");
        cx.report.push(
            Diagnostic::error("missing-key", head.place, message)
                .hint(msg!("请加上“departments: {{label: …}}”", "add `departments: {{label: …}}`")),
        );
    }
    value.expected = site::expected(head.expected_items, head.expected_domains, &value, &mut cx);
    items::items(items, &mut value, &mut cx);
    policy::policy(policy::Parts { document, texts, areas, division, indicators }, &mut value, &mut cx);
    value.changes = changes::changes(changes, &value, &mut cx);
    translate::apply(translations, &mut value, &mut cx);
    value.search = search::search(head.weights, synonyms, search_tests, &value, &mut cx);
    value.incomplete = cx.incomplete;
    Outcome::new(value, report)
}

/// What all parts need: the languages, and where faults go.
struct Context<'r> {
    languages: Vec<Lang>,
    broken: BTreeSet<String>,
    /// Whether something was left out because of a fault, so that counts say nothing.
    incomplete: bool,
    /// Whether the columns have a fault, so that an unknown key of `text` says nothing.
    partial_fields: bool,
    /// Folders of items that are no domain, and are reported already.
    unknown_folders: BTreeSet<String>,
    report: &'r mut Report,
}

impl Context<'_> {
    /// The language with this tag.
    fn find_lang(&self, tag: &str) -> Option<LangId> {
        self.languages.iter().position(|l| l.tag == tag).map(LangId)
    }

    /// Whether this file, or any below this folder, is missing or could not be read.
    fn is_broken(&self, path: &str) -> bool {
        self.broken.iter().any(|broken| broken.starts_with(path))
    }

    /// A localized text; `None` where nothing usable was written, which is then in the report.
    fn text(&mut self, raw: RawText) -> Option<Text> {
        let (by_tag, place) = match raw {
            RawText::Plain(text) => return Some(Localized::new(text)),
            RawText::ByTag(by_tag, place) => (by_tag, place),
        };
        let mut source = None;
        let mut others = Vec::new();
        for (tag, text) in by_tag {
            match self.find_lang(&tag.value) {
                Some(LangId::SOURCE) => source = Some(text),
                Some(lang) => others.push((lang, text)),
                None => {
                    let hint = suggest(&tag.value, self.languages.iter().map(|l| l.tag.as_str()));
                    self.unknown("unknown-language", &tag, ("语言", "language"), hint);
                }
            }
        }
        let Some(source) = source else {
            let tag = self.languages[0].tag.clone();
            let message = msg!("缺少源语言（{tag}）的文字", "the text in the source language ({tag}) is missing");
            let line = place.text().split('\n').next().map_or(0, str::len);
            let place = Span::new(&place.file, place.start(), place.start() + line);
            self.report.push(
                Diagnostic::error("missing-source-text", place, message)
                    .hint(msg!("请加上“{tag}: …”", "add `{tag}: …`")),
            );
            return None;
        };
        let mut text = Localized::new(source);
        for (lang, value) in others {
            text.set(lang, Translated { value, status: None, stale: false, current: true, made_from: None });
        }
        Some(text)
    }

    /// As [`Context::text`] for an optional one.
    fn optional(&mut self, raw: Option<RawText>) -> Option<Text> {
        raw.and_then(|raw| self.text(raw))
    }

    /// As [`Context::text`], with an empty text at `place` where there is none (it is in the report already).
    fn required(&mut self, raw: Option<RawText>, place: &Span) -> Text {
        self.optional(raw).unwrap_or_else(|| Localized::new(Spanned::new(Written::default(), place.clone())))
    }

    /// Reports an id that stands in no list.
    fn unknown(
        &mut self,
        code: &'static str,
        id: &Spanned<Written>,
        (zh, en): (&str, &str),
        hint: Option<crate::diag::Message>,
    ) {
        let written = &id.value;
        let message = msg!("不认识的{zh}“{written}”", "unknown {en} `{written}`");
        self.report.push(Diagnostic::error(code, id.span.clone(), message).maybe_hint(hint));
    }

    /// Resolves ids through an index; unknown and repeated ones are reported and left out.
    fn resolve<I: Copy>(&mut self, ids: &[Spanned<Written>], index: &Index<I>) -> Vec<I> {
        let mut found = Vec::with_capacity(ids.len());
        let mut seen: HashMap<&str, &Span> = HashMap::new();
        for id in ids {
            if let Some(first) = seen.insert(&id.value, &id.span) {
                self.repeated(id, first);
            } else if let Some(target) = self.resolve_one(id, index) {
                found.push(target);
            }
        }
        found
    }

    /// Resolves one id.
    fn resolve_one<I: Copy>(&mut self, id: &Spanned<Written>, index: &Index<I>) -> Option<I> {
        let found = index.places.get(id.value.as_str()).copied();
        if found.is_none() && !index.partial {
            let hint = suggest(&id.value, index.names.iter().map(String::as_str));
            self.unknown(index.code, id, index.what, hint);
        }
        found
    }

    fn repeated(&mut self, id: &Spanned<Written>, first: &Span) {
        let written = &id.value;
        self.report.push(
            Diagnostic::error(
                "repeated-value",
                id.span.clone(),
                msg!("“{written}”在这里写了两次", "`{written}` stands here twice"),
            )
            .related(first.clone(), msg!("第一次出现在这里", "it stands here first"))
            .hint(msg!("请只保留一个", "keep one of them")),
        );
    }
}

/// The ids of a list.
struct Index<I> {
    places: HashMap<String, I>,
    names: Vec<String>,
    code: &'static str,
    what: (&'static str, &'static str),
    /// Whether the list could not be read whole. Then an unknown id is no news: the fault of the list is.
    partial: bool,
}

impl<I: Copy> Index<I> {
    fn new(code: &'static str, what: (&'static str, &'static str), ids: impl IntoIterator<Item = (String, I)>) -> Self {
        let (mut places, mut names) = (HashMap::new(), Vec::new());
        for (name, id) in ids {
            names.push(name.clone());
            places.insert(name, id);
        }
        Self { places, names, code, what, partial: false }
    }

    fn partial_if(self, partial: bool) -> Self {
        Self { partial, ..self }
    }
}

/// Editorial notes; whether what they are about exists is a rule of `check`.
fn notes(raw: Vec<RawNote>) -> Vec<Note> {
    let lower = |RawNote { field, anchor, kind, text, alternatives, confidence, note }| Note {
        kind,
        about: field.or(anchor),
        text,
        alternatives,
        confidence,
        note: source_text(note),
    };
    raw.into_iter().map(lower).collect()
}

/// A text in the source language alone, to be translated by the files of `i18n/`.
fn source_text(text: Spanned<Written>) -> Text {
    Localized::new(text)
}
