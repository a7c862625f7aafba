//! The catalogue as it is meant: typed, with every reference resolved.
//!
//! Lives here: what a catalogue consists of, and the lookups that pages and data share. Never here: YAML, files, HTML.
//! `lower` makes it from `raw`; a value of these types has no unknown id and no missing required text, unless the report
//! that came with it has errors.

mod changes;
mod glossary;
mod item;
mod policy;
mod quotes;
mod search;
mod site;
mod units;

pub use changes::{Change, ChangeKind};
pub use glossary::{Allowances, Excused, Term};
pub use item::{Amount, Item, Meta, Note, NoteKind};
pub use policy::{
    Area, DivisionRow, Document, Indicator, NoteOwner, Point, PointKind, Policy, PolicyText, Task, TextKind, Validity,
};
pub use quotes::Quotes;
pub use search::{SearchContent, SearchTest, SearchWeights, Synonyms};
pub use site::{Government, Licence, OptionalPart, SearchSettings, Site};
pub use units::{Counts, Unit, UnitKind};

use crate::diag::{Spanned, Written};
use crate::lang::{Lang, LangId, Localized};
use indexmap::IndexMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A text with its places, in every language it exists in.
pub type Text = Localized<Spanned<Written>>;

/// Defines the index types: a place in one of the catalogue's lists.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    )*};
}

ids! {
    /// A place in [`Catalogue::items`].
    ItemId,
    /// A place in [`Catalogue::domains`].
    DomainId,
    /// A place in [`Catalogue::departments`].
    DepartmentId,
    /// A place in [`Catalogue::audiences`].
    AudienceId,
    /// A place in [`Catalogue::life_events`].
    LifeEventId,
    /// A place in [`Catalogue::fields`].
    FieldId,
}

/// The fingerprint of a source text, by which a translation knows what it was made from:
/// the first 12 hex digits of BLAKE3 over its NFC form.
pub fn fingerprint(text: &str) -> String {
    let normal: String = text.nfc().collect();
    blake3::hash(normal.as_bytes()).to_hex()[..12].to_owned()
}

/// The whole content.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// The site around the list.
    pub site: Site,
    /// The list's own title.
    pub name: Text,
    /// Whether items have numbers.
    pub numbered: bool,
    /// The columns, in order.
    pub fields: Vec<Field>,
    /// The column of departments.
    pub departments_column: Column,
    /// The words of amounts.
    pub vocabulary: Vocabulary,
    /// What the list must count.
    pub expected: Expected,
    /// All domains, each followed by those within it.
    pub domains: Vec<Domain>,
    /// All departments, in the order of their file.
    pub departments: Vec<Group>,
    /// All audiences, in the order of their file.
    pub audiences: Vec<Group>,
    /// All life events, in the order of their file.
    pub life_events: Vec<Group>,
    /// The items: by domain, then by number, then by slug. Shared, so that a catalogue with one item changed is cheap.
    pub items: Vec<Arc<Item>>,
    /// The policy behind the list.
    pub policy: Policy,
    /// The adjustments of the list, the newest first.
    pub changes: Vec<Change>,
    /// The glossary, in the order of its file.
    pub glossary: Vec<Term>,
    /// What the rules about languages let pass, by language without the source; see [`Catalogue::allowances`].
    pub allowed: Vec<Allowances>,
    /// What the content says about search.
    pub search: SearchContent,
    /// Whether some file could not be read, so that counts say nothing.
    pub incomplete: bool,
    /// The languages that are not published, sorted; see [`Catalogue::keep`].
    pub left_out: Vec<LangId>,
}

/// A column of the list.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its id: the key in an item's `text`.
    pub id: Spanned<Written>,
    /// The column's heading.
    pub label: Text,
    /// The heading on an item's page, such as "Who can apply"; the label where there is none.
    pub question: Option<Text>,
    /// What the column is about.
    pub role: Role,
    /// How its cells are written.
    pub kind: FieldKind,
    /// Whether each item must fill it.
    pub required: bool,
    /// Weight in the search index, 0 to 10.
    pub weight: f32,
}

/// What a column is about; chooses its place on the page and its term in structured data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The item's name. Exactly one field has it, and its id is `name`.
    Title,
    /// Who can apply.
    Eligibility,
    /// What one gets.
    Benefit,
    /// Who pays.
    Funding,
    /// How to apply.
    Procedure,
    /// Whom to ask: telephone, counter.
    Contact,
    /// Where.
    Place,
    /// When, how long.
    Time,
    /// Anything else.
    Other,
}

impl Role {
    /// The word in `catalogue.yaml`, also used in class names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Eligibility => "eligibility",
            Self::Benefit => "benefit",
            Self::Funding => "funding",
            Self::Procedure => "procedure",
            Self::Contact => "contact",
            Self::Place => "place",
            Self::Time => "time",
            Self::Other => "other",
        }
    }
}

/// How the cells of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of plain text.
    Line,
    /// Plain text, a paragraph a line.
    Text,
    /// Markdown.
    Markdown,
    /// Telephone numbers, in plain text.
    Phone,
}

/// A heading without cells of its own.
#[derive(Debug, Clone)]
pub struct Column {
    /// The column's heading.
    pub label: Text,
    /// The heading on an item's page.
    pub question: Option<Text>,
    /// Whether each item must name one.
    pub required: bool,
}

/// The words that amounts may use, by id.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// For whom.
    pub who: IndexMap<String, Text>,
    /// In what.
    pub unit: IndexMap<String, Text>,
    /// Per what.
    pub per: IndexMap<String, Text>,
}

/// The counts that the list must have.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// Of items.
    pub items: Option<Spanned<usize>>,
    /// Of items by domain, those of inner domains included.
    pub domains: Vec<(DomainId, Spanned<usize>)>,
}

/// A domain, or a domain within one.
#[derive(Debug, Clone)]
pub struct Domain {
    /// Its id: folder and address.
    pub id: Spanned<Written>,
    /// Its name.
    pub name: Text,
    /// A sentence about it.
    pub summary: Option<Text>,
    /// The icon's name.
    pub icon: Option<Spanned<Written>>,
    /// The domain around it.
    pub parent: Option<DomainId>,
    /// The domains directly within it.
    pub children: Vec<DomainId>,
    /// The items that stand directly in it, in catalogue order.
    pub items: Vec<ItemId>,
    /// The states of its translations, by language without the source.
    pub meta: Vec<Option<Meta>>,
}

/// A department, an audience or a life event: a named group of items.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id: the address.
    pub id: Spanned<Written>,
    /// Its name.
    pub name: Text,
    /// A sentence about it.
    pub summary: Option<Text>,
    /// The icon's name.
    pub icon: Option<Spanned<Written>>,
    /// Other names, for search alone.
    pub aliases: Vec<Spanned<Written>>,
    /// Its items, in catalogue order.
    pub items: Vec<ItemId>,
    /// The states of its translations, by language without the source.
    pub meta: Vec<Option<Meta>>,
}

impl Catalogue {
    /// The languages; the first is the source.
    pub fn languages(&self) -> &[Lang] {
        &self.site.languages
    }

    /// The languages that are published, with their ids: all, unless [`Catalogue::keep`] said otherwise.
    pub fn lang_ids(&self) -> impl Iterator<Item = (LangId, &Lang)> {
        let all = self.site.languages.iter().enumerate().map(|(i, lang)| (LangId(i), lang));
        all.filter(|(id, _)| self.left_out.binary_search(id).is_err())
    }

    /// Publishes these languages and the source, to which every translation refers.
    pub fn keep(&mut self, wanted: &[LangId]) {
        let all = (0..self.site.languages.len()).map(LangId);
        self.left_out = all.filter(|id| *id != LangId::SOURCE && !wanted.contains(id)).collect();
    }

    /// A language.
    pub fn lang(&self, id: LangId) -> &Lang {
        &self.site.languages[id.0]
    }

    /// An item.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0]
    }

    /// A domain.
    pub fn domain(&self, id: DomainId) -> &Domain {
        &self.domains[id.0]
    }

    /// A department.
    pub fn department(&self, id: DepartmentId) -> &Group {
        &self.departments[id.0]
    }

    /// The domains that are in no other.
    pub fn top_domains(&self) -> impl Iterator<Item = DomainId> + '_ {
        (0..self.domains.len()).map(DomainId).filter(|id| self.domain(*id).parent.is_none())
    }

    /// A domain and those around it, outermost first.
    pub fn domain_path(&self, id: DomainId) -> Vec<DomainId> {
        let mut path = vec![id];
        while let Some(parent) = path.last().and_then(|last| self.domain(*last).parent) {
            path.push(parent);
        }
        path.reverse();
        path
    }

    /// The number of items in a domain and in those within it.
    pub fn count_within(&self, id: DomainId) -> usize {
        let domain = self.domain(id);
        domain.items.len() + domain.children.iter().map(|child| self.count_within(*child)).sum::<usize>()
    }

    /// What the rules about a language let pass.
    pub fn allowances(&self, lang: LangId) -> Option<&Allowances> {
        self.allowed.get(lang.0.checked_sub(1)?)
    }

    /// The domain with this id.
    pub fn find_domain(&self, id: &str) -> Option<DomainId> {
        self.domains.iter().position(|d| d.id.value == id).map(DomainId)
    }

    /// The validity of the document behind the list.
    pub fn validity(&self) -> Option<Validity> {
        self.policy.document.as_ref().map(|d| d.validity)
    }

    /// The place of the field with the title role.
    pub fn title_field(&self) -> Option<FieldId> {
        self.fields.iter().position(|f| f.role == Role::Title).map(FieldId)
    }

    /// The columns with their ids.
    pub fn field_ids(&self) -> impl Iterator<Item = (FieldId, &Field)> {
        self.fields.iter().enumerate().map(|(i, f)| (FieldId(i), f))
    }

    /// Every text of the catalogue and where it belongs, in a fixed order: what the rules about characters,
    /// forbidden strings and translations go through.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts = self.site.texts();
        texts.push(&self.name);
        for field in &self.fields {
            texts.push(&field.label);
            texts.extend(&field.question);
        }
        texts.push(&self.departments_column.label);
        texts.extend(&self.departments_column.question);
        for words in [&self.vocabulary.who, &self.vocabulary.unit, &self.vocabulary.per] {
            texts.extend(words.values());
        }
        for domain in &self.domains {
            texts.push(&domain.name);
            texts.extend(&domain.summary);
        }
        for group in self.departments.iter().chain(&self.audiences).chain(&self.life_events) {
            texts.push(&group.name);
            texts.extend(&group.summary);
        }
        for item in &self.items {
            texts.extend(item.texts.iter().flatten());
            texts.extend(item.editorial.iter().map(|note| &note.note));
        }
        texts.extend(self.policy.texts_all());
        texts.extend(self.policy.notes().into_iter().map(|(_, note)| &note.note));
        texts.extend(self.changes.iter().flat_map(Change::texts));
        texts.extend(self.glossary.iter().map(|term| &term.text));
        texts
    }

    /// Every text that stands in the source language alone: aliases, and the words that editorial notes put back.
    pub fn plain_texts(&self) -> Vec<&Spanned<Written>> {
        let mut texts = Vec::new();
        for group in self.departments.iter().chain(&self.audiences).chain(&self.life_events) {
            texts.extend(&group.aliases);
        }
        for item in &self.items {
            texts.extend(&item.aliases);
            texts.extend(item.editorial.iter().flat_map(Note::words));
        }
        texts.extend(self.policy.notes().into_iter().flat_map(|(_, note)| note.words()));
        texts.extend(self.glossary.iter().flat_map(|term| term.source.iter().chain(&term.note)));
        texts.extend(self.search.synonyms.iter().flat_map(Synonyms::texts));
        texts
    }
}
