//! What can be found: items first, then questions, tasks, indicators and departments, each with the texts it is found by.
//!
//! Lives here: which texts, with which weight, in which language. Never here: terms and scores (`tokens`, `index`).

use super::normal;
use crate::diag::{Spanned, Written};
use crate::lang::LangId;
use crate::markdown::{plain, sections, shorten};
use crate::model::{Catalogue, DomainId, Field, FieldKind, Group, Item, Role, Text, TextKind};
use crate::url::{self, Page};
use aho_corasick::AhoCorasick;
use std::collections::BTreeSet;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A service item.
    Item,
    /// A question of the interpretation.
    Question,
    /// A task of the policy.
    Task,
    /// An indicator.
    Indicator,
    /// A department.
    Department,
}

impl Kind {
    /// The word in data and for scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Question => "question",
            Self::Task => "task",
            Self::Indicator => "indicator",
            Self::Department => "department",
        }
    }
}

/// How a text is weighed against others of its sort: long ones are no better for being long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Names and short lists: length hardly counts.
    Short,
    /// Running text.
    Long,
}

/// A text that a document is found by.
#[derive(Debug, Clone)]
pub(super) struct Stream {
    /// Its text; of a short one each line stands for itself.
    pub(super) text: String,
    /// Its weight.
    pub(super) weight: f32,
    /// Its sort.
    pub(super) sort: Sort,
    /// Whether its words are looked up among the synonyms: an item's own texts, and names.
    pub(super) spoken: bool,
}

/// What is found.
#[derive(Debug)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Its slug, id, number or anchor.
    pub slug: String,
    /// Its address: a path of the output, with an anchor for parts of pages.
    pub url: String,
    /// Its printed number.
    pub number: Option<u32>,
    /// Its name.
    pub title: Written,
    /// A line about it.
    pub summary: String,
    /// Places in the catalogue's lists: domains from the outermost, departments, audiences, life events.
    pub facets: [Box<[usize]>; 4],
    /// Its name, and others that count as one: a query that is one of them means this.
    pub(super) names: Box<[Written]>,
    /// Its own texts.
    pub(super) own: Vec<Stream>,
    /// The names of what it belongs to: a browser knows them from its facets.
    pub(super) around: Vec<Stream>,
}

/// Words of the texts with what people say, in normal form.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    /// Each word, and what people say for it, a line each.
    pub(super) pairs: Vec<(String, String)>,
    /// Finds the words in one walk through a text; none where there are no words.
    finder: Option<AhoCorasick>,
}

impl Synonyms {
    /// Those of a language; a word without any is left out.
    pub(super) fn new(catalogue: &Catalogue, lang: LangId) -> Self {
        let written = catalogue.search.synonyms(lang).map(|s| s.words.as_slice()).unwrap_or_default();
        let joined =
            |said: &[Spanned<Written>]| said.iter().map(|said| normal(&said.value)).collect::<Vec<_>>().join("\n");
        let pairs = written.iter().map(|(word, said)| (normal(&word.value), joined(said)));
        let pairs: Vec<_> = pairs.filter(|(word, said)| !word.is_empty() && !said.is_empty()).collect();
        // It fails for words of gigabytes alone, which no file has.
        let finder = AhoCorasick::new(pairs.iter().map(|(word, _)| word)).ok().filter(|_| !pairs.is_empty());
        Self { pairs, finder }
    }

    /// The places in `pairs` of the words that stand in a text in normal form, in order.
    pub(super) fn in_text(&self, text: &str) -> BTreeSet<usize> {
        let found = self.finder.iter().flat_map(|finder| finder.find_overlapping_iter(text));
        found.map(|found| found.pattern().as_usize()).collect()
    }
}

/// Makes the documents of a language.
pub(super) struct Maker<'c> {
    catalogue: &'c Catalogue,
    lang: LangId,
}

/// The characters that a line about a document may have.
pub(super) const SUMMARY: usize = 46;

impl<'c> Maker<'c> {
    /// Those of this language.
    pub(super) fn new(catalogue: &'c Catalogue, lang: LangId) -> Self {
        Self { catalogue, lang }
    }

    /// What stands after the items: questions, tasks, indicators, departments.
    pub(super) fn others(&self) -> Vec<Document> {
        let mut all = Vec::new();
        self.questions(&mut all);
        self.tasks(&mut all);
        self.indicators(&mut all);
        all.extend(self.catalogue.departments.iter().enumerate().map(|(at, group)| self.department(at, group)));
        all
    }

    fn path(&self, page: Page<'_>) -> String {
        page.path(self.catalogue.lang(self.lang))
    }

    /// A text as shown in the language.
    fn shown<'t>(&self, text: &'t Text) -> &'t Written {
        &text.resolve(self.lang).value.value
    }

    /// The weight of names: that of the column `name`.
    fn name_weight(&self) -> f32 {
        self.catalogue.title_field().map_or(6.0, |id| self.catalogue.fields[id.0].weight)
    }

    /// An item.
    pub(super) fn item(&self, item: &Item) -> Document {
        let (c, weights) = (self.catalogue, self.catalogue.search.weights);
        let mut streams = Vec::new();
        for (field, text) in c.fields.iter().zip(&item.texts) {
            if let Some(text) = text {
                self.cell(field, text, &mut streams);
            }
        }
        let aliases = item.aliases.iter().map(|alias| alias.value.as_str());
        if self.lang == LangId::SOURCE {
            streams.push(names(aliases, weights.aliases));
        }
        let departments = item.departments.iter().map(|id| c.department(*id));
        let mut around = vec![names(departments.flat_map(|group| self.group_names(group)), weights.departments)];
        let domains = c.domain_path(item.domain);
        let domain_names = domains.iter().map(|id| self.shown(&c.domain(*id).name).as_str());
        around.push(context(domain_names, weights.domains));
        let audiences = item.audiences.iter().map(|id| &c.audiences[id.0]);
        let groups = audiences.chain(item.life_events.iter().map(|id| &c.life_events[id.0]));
        around.push(context(groups.flat_map(|group| self.group_names(group)), weights.groups));
        let title = item.name(c).map_or_else(|| item.slug.as_str().into(), |text| self.shown(text).clone());
        let eligibility = c.fields.iter().zip(&item.texts).find(|(field, _)| field.role == Role::Eligibility);
        let summary = eligibility.and_then(|(field, text)| Some(cell(field, self.shown(text.as_ref()?))));
        Document {
            kind: Kind::Item,
            slug: item.slug.clone(),
            url: self.path(Page::Item(&item.slug)),
            number: item.number.as_ref().map(|n| n.value),
            names: [title.clone()].into(),
            title,
            summary: summary.map(|text| shorten(&text, SUMMARY)).unwrap_or_default(),
            facets: [
                domains.iter().map(|id| id.0).collect(),
                item.departments.iter().map(|id| id.0).collect(),
                item.audiences.iter().map(|id| id.0).collect(),
                item.life_events.iter().map(|id| id.0).collect(),
            ],
            own: streams,
            around,
        }
    }

    /// A cell.
    fn cell(&self, field: &Field, text: &Text, streams: &mut Vec<Stream>) {
        let is_name = field.role == Role::Title;
        let sort = if is_name || field.role == Role::Eligibility { Sort::Short } else { Sort::Long };
        streams.push(Stream { text: cell(field, self.shown(text)), weight: field.weight, sort, spoken: true });
    }

    /// A group's names; other names are known in the source language alone.
    fn group_names<'g>(&self, group: &'g Group) -> impl Iterator<Item = &'g str> {
        let aliases = if self.lang == LangId::SOURCE { group.aliases.as_slice() } else { &[] };
        [self.shown(&group.name).as_str()].into_iter().chain(aliases.iter().map(|alias| alias.value.as_str()))
    }

    fn questions(&self, all: &mut Vec<Document>) {
        let texts = self.catalogue.policy.texts.iter();
        for text in texts.filter(|text| text.kind == TextKind::Interpretation) {
            let path = self.path(Page::Policy(&text.name));
            let level = |sections: &[crate::markdown::Section]| sections.iter().map(|s| s.level).min();
            let sections = sections(self.shown(&text.body));
            let top = level(&sections);
            for section in sections.into_iter().filter(|section| Some(section.level) == top) {
                let streams = vec![
                    names([section.title.as_str()], self.name_weight()),
                    Stream { text: section.text.clone(), weight: 1.0, sort: Sort::Long, spoken: false },
                ];
                all.push(Document {
                    summary: shorten(&section.text, SUMMARY),
                    ..self.part(Kind::Question, &section.id, &path, &section.title, streams)
                });
            }
        }
    }

    fn tasks(&self, all: &mut Vec<Document>) {
        let policy = &self.catalogue.policy;
        let path = self.path(Page::Tasks);
        for task in &policy.tasks {
            let area = &policy.areas[task.area];
            let (title, area_name) = (self.shown(&task.title).as_str(), self.shown(&area.name).as_str());
            let streams = vec![names([title], self.name_weight()), context([area_name], 1.0)];
            let mut document = Document {
                number: Some(task.number.value),
                summary: area_name.to_owned(),
                ..self.part(Kind::Task, &url::task_anchor(task.number.value), &path, title, streams)
            };
            self.place(&mut document, area.domain);
            all.push(document);
        }
    }

    fn indicators(&self, all: &mut Vec<Document>) {
        let path = self.path(Page::Indicators);
        for indicator in &self.catalogue.policy.indicators {
            let title = self.shown(&indicator.name).as_str();
            let unit = indicator.unit.as_ref().map(|unit| self.shown(unit).as_str());
            let streams = vec![names([title], self.name_weight()), context(unit, 1.0)];
            let figure =
                |point: &crate::model::Point| Some(format!("{} {}", point.year.value, point.value.as_ref()?.value));
            let figures: Vec<String> = indicator.points.iter().filter_map(figure).collect();
            let mut document = Document {
                summary: figures.join(" · ") + &unit.map(|unit| format!(" {unit}")).unwrap_or_default(),
                ..self.part(Kind::Indicator, &indicator.id.value, &path, title, streams)
            };
            self.place(&mut document, indicator.domain);
            all.push(document);
        }
    }

    fn department(&self, at: usize, group: &Group) -> Document {
        let path = self.path(Page::Department(&group.id.value));
        let known: Vec<&str> = self.group_names(group).collect();
        let summary = group.summary.as_ref().map(|text| shorten(self.shown(text), SUMMARY)).unwrap_or_default();
        Document {
            kind: Kind::Department,
            slug: group.id.value.to_string(),
            url: path,
            number: None,
            title: self.shown(&group.name).clone(),
            summary,
            facets: [Box::default(), [at].into(), Box::default(), Box::default()],
            names: known.iter().map(|name| Written::from(*name)).collect(),
            own: vec![names(known, self.name_weight())],
            around: Vec::new(),
        }
    }

    /// A part of a page, named by its anchor.
    fn part(&self, kind: Kind, anchor: &str, path: &str, title: &str, streams: Vec<Stream>) -> Document {
        Document {
            kind,
            slug: anchor.to_owned(),
            url: format!("{path}#{anchor}"),
            number: None,
            title: title.into(),
            summary: String::new(),
            facets: Default::default(),
            names: [title.into()].into(),
            own: streams,
            around: Vec::new(),
        }
    }

    fn place(&self, document: &mut Document, domain: Option<DomainId>) {
        let path = domain.map(|id| self.catalogue.domain_path(id)).unwrap_or_default();
        document.facets[0] = path.into_iter().map(|id| id.0).collect();
    }
}

/// A cell without markup.
fn cell(field: &Field, value: &str) -> String {
    if field.kind == FieldKind::Markdown { plain(value) } else { value.to_owned() }
}

/// Names of what is around: found, but no reason to look for synonyms.
fn context<'t>(texts: impl IntoIterator<Item = &'t str>, weight: f32) -> Stream {
    Stream { spoken: false, ..names(texts, weight) }
}

fn names<'t>(texts: impl IntoIterator<Item = &'t str>, weight: f32) -> Stream {
    let lines: Vec<String> = texts.into_iter().map(|text| text.replace('\n', " ")).collect();
    Stream { text: lines.join("\n"), weight, sort: Sort::Short, spoken: true }
}
