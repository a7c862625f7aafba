//! The page of an item, and the cards that lists show of it.

use super::groups::TaskLink;
use super::indicators::IndicatorTable;
use super::page::{Head, own_status};
use super::{AmountView, Answer, ChangeRef, Here, Link, PageView, Phrase, Views, plain_cell};
use crate::markdown;
use crate::model::{AudienceId, DomainId, Item, ItemId, LifeEventId, Note, Role};
use crate::url::Page;
use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;
use std::fmt::Write as _;

/// The page of an item.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// What every page has.
    pub page: PageView,
    /// The name in the source language, where the page's is a translation that was not reviewed.
    pub source_name: Option<Phrase>,
    /// The printed number.
    pub number: Option<u32>,
    /// The domain.
    pub domain: Link,
    /// The answers, in order.
    pub answers: Vec<Answer>,
    /// The audiences, as whoever renders the page puts them in ([`ChipView`]).
    pub audiences_html: String,
    /// The life events likewise.
    pub life_events_html: String,
    /// The editorial notes.
    pub notes: Vec<NoteView>,
    /// The newest adjustments of the list that concern it.
    pub changes: Vec<ChangeRef>,
    /// Where it stands in the document; none without a document.
    pub source: Option<SourceView>,
    /// The tasks that name it; where none does, the page has those of its domain ([`DomainFacts`]).
    pub tasks: Vec<TaskLink>,
    /// The items around it in its domain, itself among them.
    #[serde(skip)]
    pub neighbours: Vec<ItemId>,
    /// Those items, as whoever renders the page puts them in ([`NeighbourView`]).
    pub neighbours_html: String,
    /// Items near it.
    pub related: Vec<ItemRef>,
    /// The item before it in the catalogue.
    pub previous: Option<ItemRef>,
    /// The item after it.
    pub next: Option<ItemRef>,
}

/// What the pages of a domain's items say of the domain.
#[derive(Debug, Serialize)]
pub struct DomainFacts {
    /// The tasks about it, or about a domain around it.
    pub tasks: Vec<TaskLink>,
    /// Its indicators, and those of the domains around it.
    pub indicators: Option<IndicatorTable>,
}

/// An item named in passing.
#[derive(Debug, Serialize)]
pub struct ItemRef {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: Option<u32>,
    /// Its name.
    pub name: Phrase,
}

/// An item beside the page of another, or its own: the same on all pages but for that.
#[derive(Debug, Serialize)]
pub struct NeighbourView {
    /// The item.
    pub item: ItemRef,
    /// Whether the page is its own.
    pub current: bool,
}

/// A group on the page of an item.
#[derive(Debug, Serialize)]
pub struct ChipView {
    /// Its page.
    pub link: Link,
}

/// An item in a list, and how it is shown there: the same in all lists of one sort.
#[derive(Debug, Serialize)]
pub struct ListedView {
    /// The item.
    pub card: ItemCard,
    /// The level of its heading.
    pub level: u8,
    /// Whether there is room for more, as in the full index.
    pub wide: bool,
}

/// An item in a list.
#[derive(Debug, Serialize)]
pub struct ItemCard {
    /// Its page.
    pub href: String,
    /// Its slug: the anchor of its entry.
    pub slug: String,
    /// Its number.
    pub number: Option<u32>,
    /// Its name.
    pub name: Phrase,
    /// Who can apply, cut to a line or two.
    pub audience: Option<Phrase>,
    /// Its amounts, each figure once.
    pub amounts: Vec<AmountView>,
    /// Who leads it.
    pub departments: Vec<Phrase>,
}

/// An editorial note.
#[derive(Debug, Serialize)]
pub struct NoteView {
    /// `restored`, `suspected-error` or `note`.
    pub kind: &'static str,
    /// The heading of what it is about.
    pub about: Option<Phrase>,
    /// The word put back.
    pub text: Option<Phrase>,
    /// What else may have stood there.
    pub alternatives: Vec<Phrase>,
    /// How sure, as written.
    pub confidence: Option<String>,
    /// Why.
    pub note: Phrase,
    /// The source of that, beside a translation that was not reviewed.
    pub source: Option<Phrase>,
}

/// Where the item stands in the document behind the list.
#[derive(Debug, Serialize)]
pub struct SourceView {
    /// The document's title.
    pub title: Phrase,
    /// 文号.
    pub document_number: Option<Phrase>,
    /// 附件1.
    pub annex: Option<Phrase>,
    /// The item's place in the text.
    pub href: Option<String>,
}

impl Views<'_> {
    /// The page of an item.
    pub fn item(&self, here: Here<'_>, id: ItemId) -> ItemView {
        let item = self.catalogue.item(id);
        let name = self.item_name(here, id);
        let own = own_status(&item.meta, self.catalogue.languages().len());
        let head = Head {
            kind: "item",
            page: Page::Item(&item.slug),
            description: self.description(here, item),
            breadcrumbs: self.item_breadcrumbs(here, item),
            parts: None,
            jsonld: vec![self.service_jsonld(here, id)],
            title: name,
            own_status: own,
        };
        ItemView {
            page: self.page(here, head),
            source_name: self.source_name(here, item),
            number: item.number.as_ref().map(|n| n.value),
            domain: self.domain_link(here, item.domain),
            answers: self.answers(here, item),
            audiences_html: String::new(),
            life_events_html: String::new(),
            notes: item.editorial.iter().map(|note| self.item_note(here, note)).collect(),
            changes: self.item_changes(here, id),
            source: self.source(here, item),
            tasks: self.item_tasks(here, id),
            neighbours: self.neighbours(id, item),
            neighbours_html: String::new(),
            related: item.related.iter().map(|id| self.item_ref(here, *id)).collect(),
            previous: id.0.checked_sub(1).map(|at| self.item_ref(here, ItemId(at))),
            next: (id.0 + 1 < self.catalogue.items.len()).then(|| self.item_ref(here, ItemId(id.0 + 1))),
        }
    }

    /// The source name beside one that is only a draft, a checked translation or out of date.
    fn source_name(&self, here: Here<'_>, item: &Item) -> Option<Phrase> {
        self.draft_source(here, item.name(self.catalogue)?)
    }

    fn card(&self, here: Here<'_>, id: ItemId) -> ItemCard {
        let item = self.catalogue.item(id);
        let department = |id: &crate::model::DepartmentId| self.phrase(here, &self.catalogue.department(*id).name);
        ItemCard {
            href: self.href(here, Page::Item(&item.slug)),
            slug: item.slug.clone(),
            number: item.number.as_ref().map(|n| n.value),
            name: self.item_name(here, id),
            audience: self.role_phrase(here, item, Role::Eligibility, 46),
            amounts: distinct(self.amounts(here, item)),
            departments: item.departments.iter().map(department).collect(),
        }
    }

    pub(super) fn item_ref(&self, here: Here<'_>, id: ItemId) -> ItemRef {
        let item = self.catalogue.item(id);
        ItemRef {
            href: self.href(here, Page::Item(&item.slug)),
            number: item.number.as_ref().map(|n| n.value),
            name: self.item_name(here, id),
        }
    }

    /// An item as a page beside it names it.
    pub fn neighbour(&self, here: Here<'_>, id: ItemId, current: bool) -> NeighbourView {
        NeighbourView { item: self.item_ref(here, id), current }
    }

    /// An item as lists show it.
    pub fn row(&self, here: Here<'_>, id: ItemId, level: u8, wide: bool) -> ListedView {
        ListedView { card: self.card(here, id), level, wide }
    }

    /// The items around an item in its domain: few, however large the domain is.
    fn neighbours(&self, id: ItemId, item: &Item) -> Vec<ItemId> {
        const AROUND: usize = 4;
        let items = &self.catalogue.domain(item.domain).items;
        let at = items.partition_point(|other| *other < id);
        items[at.saturating_sub(AROUND)..items.len().min(at + AROUND + 1)].to_vec()
    }

    /// The first cell with this role, shortened, in the language it truly is in.
    fn role_phrase(&self, here: Here<'_>, item: &Item, role: Role, limit: usize) -> Option<Phrase> {
        let (text, kind) = self.catalogue.field_ids().find_map(|(id, field)| {
            (field.role == role).then(|| item.text(id).map(|text| (text, field.kind))).flatten()
        })?;
        let resolved = text.resolve(here.lang);
        let short = markdown::shorten(&plain_cell(kind, text, here.lang), limit);
        let html = self.in_language(here, resolved.lang, "span", super::escape(&short));
        Some(Phrase { text: short, html, state: super::state_word(resolved.state) })
    }

    /// For search engines: what one gets and who can apply, only if written in the page's language.
    fn description(&self, here: Here<'_>, item: &Item) -> Option<String> {
        let mut parts = Vec::new();
        for role in [Role::Eligibility, Role::Benefit] {
            for (id, field) in self.catalogue.field_ids().filter(|(_, f)| f.role == role) {
                let text = item.text(id).filter(|text| text.resolve(here.lang).lang == here.lang);
                parts.extend(text.map(|text| plain_cell(field.kind, text, here.lang)));
            }
        }
        (!parts.is_empty()).then(|| markdown::shorten(&parts.join(" "), 110))
    }

    fn item_breadcrumbs(&self, here: Here<'_>, item: &Item) -> Vec<Link> {
        let mut links = vec![self.home_link(here)];
        links.extend(self.catalogue.domain_path(item.domain).into_iter().map(|id| self.domain_link(here, id)));
        links
    }

    /// An audience beside an item.
    pub fn audience_chip(&self, here: Here<'_>, id: AudienceId) -> ChipView {
        let group = &self.catalogue.audiences[id.0];
        ChipView { link: self.group_link(here, Page::Audience(&group.id.value), group) }
    }

    /// A life event beside an item.
    pub fn life_event_chip(&self, here: Here<'_>, id: LifeEventId) -> ChipView {
        let group = &self.catalogue.life_events[id.0];
        ChipView { link: self.group_link(here, Page::LifeEvent(&group.id.value), group) }
    }

    /// An editorial note on an item; `about` is shown by the heading of the field it names.
    pub(super) fn item_note(&self, here: Here<'_>, note: &Note) -> NoteView {
        let named =
            |field: &&crate::model::Field| note.about.as_ref().is_some_and(|about| about.value == field.id.value);
        let field = self.catalogue.fields.iter().find(named);
        NoteView { about: field.map(|field| self.phrase(here, &field.label)), ..self.note(here, note) }
    }

    /// An editorial note, without what it is about.
    pub(super) fn note(&self, here: Here<'_>, note: &Note) -> NoteView {
        NoteView {
            kind: note.kind.as_str(),
            about: None,
            text: note.text.as_ref().map(|text| self.source_phrase(here, &text.value)),
            alternatives: note.alternatives.iter().map(|text| self.source_phrase(here, &text.value)).collect(),
            confidence: note.confidence.as_ref().map(|c| c.value.to_string()),
            note: self.quoting_phrase(here, &note.note),
            source: self.draft_source(here, &note.note),
        }
    }

    fn source(&self, here: Here<'_>, item: &Item) -> Option<SourceView> {
        let document = self.catalogue.policy.document.as_ref()?;
        let text = document.source.map(|at| &self.catalogue.policy.texts[at]);
        Some(SourceView {
            title: self.phrase(here, &document.title),
            document_number: document.document_number.as_ref().map(|n| self.source_phrase(here, &n.value)),
            annex: self.optional_phrase(here, document.annex.as_ref()),
            href: text.map(|text| self.href_at(here, Page::Policy(&text.name), &self.annex_anchor(item))),
        })
    }

    /// The tasks that name the item.
    fn item_tasks(&self, here: Here<'_>, id: ItemId) -> Vec<TaskLink> {
        let named = self.catalogue.policy.tasks.iter().filter(|task| task.items.contains(&id));
        named.map(|task| self.task_link(here, task)).collect()
    }

    /// What all items directly in a domain say of it.
    pub fn domain_facts(&self, here: Here<'_>, id: DomainId) -> DomainFacts {
        let policy = &self.catalogue.policy;
        let path = self.catalogue.domain_path(id);
        let around = |domain: Option<DomainId>| domain.is_some_and(|domain| path.contains(&domain));
        let tasks = policy.tasks.iter().filter(|task| around(policy.areas[task.area].domain));
        DomainFacts {
            tasks: tasks.map(|task| self.task_link(here, task)).collect(),
            indicators: self.indicator_table(here, policy.indicators.iter().filter(|i| around(i.domain))),
        }
    }
}

/// Each figure once, whoever it is for.
fn distinct(amounts: Vec<AmountView>) -> Vec<AmountView> {
    let mut kept: Vec<AmountView> = Vec::new();
    for amount in amounts {
        if !kept.iter().any(|k| k.value == amount.value && k.unit == amount.unit) {
            kept.push(amount);
        }
    }
    kept
}

/// The modules of a QR code, row by row, with the quiet zone around them.
#[derive(Debug)]
pub struct QrModules {
    /// How many there are in a row, and how many rows.
    pub width: usize,
    /// Whether each is dark.
    pub dark: Vec<bool>,
}

/// The QR code of an address: level M, four modules of quiet zone (ISO/IEC 18004); none for an address that is too long.
pub fn qr_modules(address: &str) -> Option<QrModules> {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let inner = code.width();
    let width = inner + 2 * QUIET;
    let mut dark = vec![false; width * width];
    for (at, color) in code.to_colors().into_iter().enumerate() {
        dark[(at / inner + QUIET) * width + at % inner + QUIET] = color == Color::Dark;
    }
    Some(QrModules { width, dark })
}

/// That QR code as SVG: one path, colours by the style sheet.
pub(super) fn qr(address: &str) -> Option<String> {
    let QrModules { width, dark } = qr_modules(address)?;
    let mut path = String::new();
    for (y, row) in dark.chunks(width).enumerate() {
        let (mut x, mut pen) = (0, None);
        // Runs of dark modules are strokes along the middle of the row; between them the pen moves.
        while x < width {
            let dark = row[x];
            let run = row[x..].iter().take_while(|module| **module == dark).count();
            if dark {
                let _ = match pen {
                    None => write!(path, "M{x} {y}.5h{run}"),
                    Some(pen) => write!(path, "m{} 0h{run}", x - pen),
                };
                pen = Some(x + run);
            }
            x += run;
        }
    }
    Some(format!(
        "<svg viewBox=\"0 0 {width} {width}\" aria-hidden=\"true\" focusable=\"false\"><path class=\"qr-ground\" d=\"M0 0h{width}v{width}H0z\"/><path stroke=\"currentColor\" d=\"{path}\"/></svg>"
    ))
}
