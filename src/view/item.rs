//! The page of an item, and the cards that lists show of it.

use super::page::{Head, own_status};
use super::{AmountView, Answer, Here, Link, PageView, Phrase, Views, plain_cell, shorten};
use crate::model::{Item, ItemId, Note, Role};
use crate::url::Page;
use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;
use std::fmt::Write as _;

/// The page of an item.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// What every page has.
    pub page: PageView,
    /// The printed number.
    pub number: Option<u32>,
    /// The domain.
    pub domain: Link,
    /// The answers, in order.
    pub answers: Vec<Answer>,
    /// The audiences.
    pub audiences: Vec<Link>,
    /// The life events.
    pub life_events: Vec<Link>,
    /// The editorial notes.
    pub notes: Vec<NoteView>,
    /// Where it stands in the document; none without a document.
    pub source: Option<SourceView>,
    /// The tasks that name it, or else those of its domain.
    pub tasks: Vec<Link>,
    /// The indicators of its domain.
    pub indicators: Vec<Link>,
    /// Items near it.
    pub related: Vec<ItemCard>,
    /// The item before it in the catalogue.
    pub previous: Option<ItemRef>,
    /// The item after it.
    pub next: Option<ItemRef>,
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
    /// Its amounts.
    pub amounts: Vec<AmountView>,
    /// Who leads it.
    pub departments: Vec<Phrase>,
}

/// An editorial note.
#[derive(Debug, Serialize)]
pub struct NoteView {
    /// `restored`, `suspected-error` or `note`.
    pub kind: &'static str,
    /// The heading of the field it is about.
    pub about: Option<Phrase>,
    /// The word put back.
    pub text: Option<Phrase>,
    /// What else may have stood there.
    pub alternatives: Vec<Phrase>,
    /// How sure, as written.
    pub confidence: Option<String>,
    /// Why.
    pub note: Phrase,
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
            jsonld: vec![self.service_jsonld(here, id)],
            title: name,
            own_status: own,
        };
        let (tasks, indicators) = self.item_policy(here, id, item);
        ItemView {
            page: self.page(here, head),
            number: item.number.as_ref().map(|n| n.value),
            domain: self.domain_link(here, item.domain),
            answers: self.answers(here, item),
            audiences: self.audience_links(here, item),
            life_events: self.life_event_links(here, item),
            notes: item.editorial.iter().map(|note| self.note(here, note)).collect(),
            source: self.source(here, item),
            tasks,
            indicators,
            related: item.related.iter().map(|id| self.card(here, *id)).collect(),
            previous: id.0.checked_sub(1).map(|at| self.item_ref(here, ItemId(at))),
            next: (id.0 + 1 < self.catalogue.items.len()).then(|| self.item_ref(here, ItemId(id.0 + 1))),
        }
    }

    /// An item as lists show it.
    pub(super) fn card(&self, here: Here<'_>, id: ItemId) -> ItemCard {
        let item = self.catalogue.item(id);
        let department = |id: &crate::model::DepartmentId| self.phrase(here, &self.catalogue.department(*id).name);
        ItemCard {
            href: self.href(here, Page::Item(&item.slug)),
            slug: item.slug.clone(),
            number: item.number.as_ref().map(|n| n.value),
            name: self.item_name(here, id),
            audience: self.role_phrase(here, item, Role::Eligibility, 46),
            amounts: self.amounts(here, item),
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

    /// The first cell with this role, shortened, in the language it truly is in.
    fn role_phrase(&self, here: Here<'_>, item: &Item, role: Role, limit: usize) -> Option<Phrase> {
        let (text, kind) = self.catalogue.field_ids().find_map(|(id, field)| {
            (field.role == role).then(|| item.text(id).map(|text| (text, field.kind))).flatten()
        })?;
        let resolved = text.resolve(here.lang);
        let short = shorten(&plain_cell(kind, text, here.lang), limit);
        let html = self.in_language(here, resolved.lang, "span", &super::escape(&short));
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
        (!parts.is_empty()).then(|| shorten(&parts.join(" "), 110))
    }

    fn item_breadcrumbs(&self, here: Here<'_>, item: &Item) -> Vec<Link> {
        let mut links = vec![self.home_link(here)];
        links.extend(self.catalogue.domain_path(item.domain).into_iter().map(|id| self.domain_link(here, id)));
        links
    }

    pub(super) fn audience_links(&self, here: Here<'_>, item: &Item) -> Vec<Link> {
        let link = |id: &crate::model::AudienceId| {
            let group = &self.catalogue.audiences[id.0];
            self.group_link(here, Page::Audience(&group.id.value), group)
        };
        item.audiences.iter().map(link).collect()
    }

    fn life_event_links(&self, here: Here<'_>, item: &Item) -> Vec<Link> {
        let link = |id: &crate::model::LifeEventId| {
            let group = &self.catalogue.life_events[id.0];
            self.group_link(here, Page::LifeEvent(&group.id.value), group)
        };
        item.life_events.iter().map(link).collect()
    }

    /// An editorial note; `about` is shown by the heading of its field where it names one.
    pub(super) fn note(&self, here: Here<'_>, note: &Note) -> NoteView {
        let field = note.about.as_ref().and_then(|about| {
            let field = self.catalogue.fields.iter().find(|f| f.id.value == about.value)?;
            Some(self.phrase(here, &field.label))
        });
        NoteView {
            kind: note.kind.as_str(),
            about: field,
            text: note.text.as_ref().map(|text| self.source_phrase(here, &text.value)),
            alternatives: note.alternatives.iter().map(|text| self.source_phrase(here, &text.value)).collect(),
            confidence: note.confidence.as_ref().map(|c| c.value.clone()),
            note: self.source_phrase(here, &note.note.value),
        }
    }

    fn source(&self, here: Here<'_>, item: &Item) -> Option<SourceView> {
        let document = self.catalogue.policy.document.as_ref()?;
        let text = document.source.map(|at| &self.catalogue.policy.texts[at]);
        Some(SourceView {
            title: self.phrase(here, &document.title),
            document_number: document.document_number.as_ref().map(|n| self.source_phrase(here, &n.value)),
            annex: self.optional_phrase(here, document.annex.as_ref()),
            href: text
                .map(|text| self.href_at(here, Page::Policy(&text.name), &super::policy::item_anchor(&item.slug))),
        })
    }

    /// The tasks that name the item (or, where none does, those of its domain), and the domain's indicators.
    fn item_policy(&self, here: Here<'_>, id: ItemId, item: &Item) -> (Vec<Link>, Vec<Link>) {
        let policy = &self.catalogue.policy;
        let top = self.catalogue.domain_path(item.domain);
        let link = |page, anchor: &str, name: Phrase| Link {
            href: self.href_at(here, page, anchor),
            name,
            icon: None,
            count: None,
        };
        let named: Vec<_> = policy.tasks.iter().filter(|task| task.items.contains(&id)).collect();
        let of_domain = || {
            let in_domain =
                |task: &&crate::model::Task| policy.areas[task.area].domain.is_some_and(|domain| top.contains(&domain));
            policy.tasks.iter().filter(in_domain).collect()
        };
        let tasks: Vec<_> = if named.is_empty() { of_domain() } else { named };
        let tasks = tasks
            .into_iter()
            .map(|task| {
                let anchor = super::policy::task_anchor(task.number.value);
                link(Page::Tasks, &anchor, self.phrase(here, &task.title))
            })
            .collect();
        let indicators = policy
            .indicators
            .iter()
            .filter(|indicator| indicator.domain.is_some_and(|domain| top.contains(&domain)))
            .map(|indicator| link(Page::Indicators, &indicator.id.value, self.phrase(here, &indicator.name)))
            .collect();
        (tasks, indicators)
    }
}

/// The QR code of an address: level M, four modules of quiet zone (ISO/IEC 18004), one path, colours by the style sheet.
pub(super) fn qr(address: &str) -> Option<String> {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|c| **c == Color::Dark).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    let size = width + 2 * QUIET;
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"QR\"><path class=\"qr-ground\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}
