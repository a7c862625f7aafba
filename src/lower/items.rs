//! Items: their domain and slug from the path, their references resolved, their order in the catalogue.

use super::{Context, Index, notes, source_text};
use crate::diag::{Diagnostic, Span, Spanned, Written, closest, suggest};
use crate::model::{Amount, AudienceId, Catalogue, DepartmentId, DomainId, Item, ItemId, LifeEventId, Text};
use crate::msg;
use crate::raw::values::{bad_id, is_id};
use crate::raw::{RawAmount, RawItem};
use std::collections::HashMap;
use std::sync::Arc;

/// What items refer to.
struct Indices {
    domains: Index<DomainId>,
    departments: Index<DepartmentId>,
    audiences: Index<AudienceId>,
    life_events: Index<LifeEventId>,
    words: [Index<()>; 3],
}

impl Indices {
    fn new(catalogue: &Catalogue, cx: &Context<'_>) -> Self {
        let domain_path = |id: DomainId| {
            let ids: Vec<&str> =
                catalogue.domain_path(id).into_iter().map(|id| catalogue.domain(id).id.value.as_str()).collect();
            ids.join("/")
        };
        let vocabulary = &catalogue.vocabulary;
        let words = |code, what, words: &indexmap::IndexMap<String, Text>| {
            Index::new(code, what, words.keys().map(|id| (id.clone(), ()))).partial_if(cx.is_broken("catalogue.yaml"))
        };
        Self {
            domains: Index::new(
                "unknown-domain",
                ("领域", "domain"),
                (0..catalogue.domains.len()).map(|i| (domain_path(DomainId(i)), DomainId(i))),
            )
            .partial_if(cx.is_broken("domains.yaml")),
            departments: departments(catalogue, cx),
            audiences: Index::new(
                "unknown-audience",
                ("服务对象", "audience"),
                catalogue.audiences.iter().enumerate().map(|(i, g)| (g.id.value.to_string(), AudienceId(i))),
            )
            .partial_if(cx.is_broken("audiences.yaml")),
            life_events: Index::new(
                "unknown-life-event",
                ("人生事件", "life event"),
                catalogue.life_events.iter().enumerate().map(|(i, g)| (g.id.value.to_string(), LifeEventId(i))),
            )
            .partial_if(cx.is_broken("life-events.yaml")),
            words: [
                words("unknown-who", ("金额对象", "word of `amounts: who`"), &vocabulary.who),
                words("unknown-unit", ("金额单位", "word of `amounts: unit`"), &vocabulary.unit),
                words("unknown-per", ("计算方式", "word of `amounts: per`"), &vocabulary.per),
            ],
        }
    }
}

/// The index of departments, which the policy needs too.
pub(super) fn departments(catalogue: &Catalogue, cx: &Context<'_>) -> Index<DepartmentId> {
    Index::new(
        "unknown-department",
        ("部门", "department"),
        catalogue.departments.iter().enumerate().map(|(i, g)| (g.id.value.to_string(), DepartmentId(i))),
    )
    .partial_if(cx.is_broken("departments.yaml"))
}

/// The index of items by slug.
pub(super) fn slugs(catalogue: &Catalogue, cx: &Context<'_>) -> Index<ItemId> {
    Index::new(
        "unknown-item",
        ("服务项目", "item"),
        catalogue.items.iter().enumerate().map(|(i, item)| (item.slug.clone(), ItemId(i))),
    )
    .partial_if(cx.is_broken("items/") || cx.is_broken("domains.yaml"))
}

/// Lowers all items into the catalogue, sorts them, and fills the groups' lists.
pub(super) fn items(raw: Vec<RawItem>, catalogue: &mut Catalogue, cx: &mut Context<'_>) {
    let indices = Indices::new(catalogue, cx);
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut items = Vec::with_capacity(raw.len());
    let mut related = HashMap::new();
    for mut raw in raw {
        let ids = std::mem::take(&mut raw.related);
        if let Some(item) = item(raw, catalogue, &indices, &mut seen, cx) {
            if !ids.is_empty() {
                related.insert(item.slug.clone(), ids);
            }
            items.push(Arc::new(item));
        }
    }
    items.sort_by(|a, b| {
        let key = |i: &Arc<Item>| (i.domain, i.number.as_ref().map_or(u32::MAX, |n| n.value));
        key(a).cmp(&key(b)).then_with(|| a.slug.cmp(&b.slug))
    });
    catalogue.items = items;
    let index = slugs(catalogue, cx);
    for item in &mut catalogue.items {
        if let Some(ids) = related.get(&item.slug) {
            Arc::make_mut(item).related = related_to(&item.slug, ids, &index, cx);
        }
    }
    fill_groups(catalogue);
}

/// The items that an item names as related; itself is reported.
fn related_to(slug: &str, ids: &[Spanned<Written>], slugs: &Index<ItemId>, cx: &mut Context<'_>) -> Vec<ItemId> {
    let related = cx.resolve(ids, slugs);
    if let Some(itself) = ids.iter().find(|id| id.value == slug) {
        let message = msg!("服务项目不能与自己相关", "an item cannot be related to itself");
        cx.report.push(
            Diagnostic::error("related-to-itself", itself.span.clone(), message)
                .hint(msg!("请删去这个标识", "delete this slug")),
        );
    }
    related
}

/// Puts items into the places of those that they were before their files were edited, and fills the groups' lists again.
/// False where one would stand elsewhere in the catalogue, or is none any more.
pub(super) fn again(raw: Vec<RawItem>, catalogue: &mut Catalogue, cx: &mut Context<'_>) -> bool {
    let indices = Indices::new(catalogue, cx);
    let slugs = raw.iter().any(|raw| !raw.related.is_empty()).then(|| slugs(catalogue, cx));
    for mut raw in raw {
        let ids = std::mem::take(&mut raw.related);
        let place = catalogue.items.iter().position(|item| item.file.path == raw.file.path);
        let (Some(at), Some(mut new)) = (place, item(raw, catalogue, &indices, &mut HashMap::new(), cx)) else {
            return false;
        };
        let number = |item: &Item| item.number.as_ref().map(|number| number.value);
        let old = &catalogue.items[at];
        if (new.domain, number(&new)) != (old.domain, number(old)) {
            return false;
        }
        if let Some(slugs) = slugs.as_ref().filter(|_| !ids.is_empty()) {
            new.related = related_to(&new.slug, &ids, slugs, cx);
        }
        catalogue.items[at] = Arc::new(new);
    }
    let Catalogue { domains, departments, audiences, life_events, .. } = catalogue;
    domains.iter_mut().for_each(|domain| domain.items.clear());
    let groups = departments.iter_mut().chain(audiences).chain(life_events);
    groups.for_each(|group| group.items.clear());
    fill_groups(catalogue);
    true
}

/// Lists in each domain and group the items that name it; the lists come out in catalogue order.
fn fill_groups(catalogue: &mut Catalogue) {
    for (i, item) in catalogue.items.iter().enumerate() {
        let id = ItemId(i);
        catalogue.domains[item.domain.0].items.push(id);
        item.departments.iter().for_each(|d| catalogue.departments[d.0].items.push(id));
        item.audiences.iter().for_each(|a| catalogue.audiences[a.0].items.push(id));
        item.life_events.iter().for_each(|e| catalogue.life_events[e.0].items.push(id));
    }
}

fn item(
    raw: RawItem,
    catalogue: &Catalogue,
    indices: &Indices,
    seen: &mut HashMap<String, Span>,
    cx: &mut Context<'_>,
) -> Option<Item> {
    let (folder, slug) = raw.file.path.strip_prefix("items/")?.strip_suffix(".yaml")?.rsplit_once('/')?;
    let (folder, slug) = (folder.to_owned(), slug.to_owned());
    let domain = domain(&folder, &raw, indices, cx);
    name(&slug, &raw, seen, cx);
    let texts = cells(&raw, catalogue, cx);
    require(&raw, &texts, catalogue, cx);
    // An item in a folder that is no domain is kept in some domain: nothing is built, and its other faults come up too.
    let domain = domain.or_else(|| (!catalogue.domains.is_empty()).then_some(DomainId(0)));
    Some(Item {
        slug,
        domain: domain?,
        number: raw.number,
        departments: cx.resolve(&raw.departments, &indices.departments),
        audiences: cx.resolve(&raw.audiences, &indices.audiences),
        life_events: cx.resolve(&raw.life_events, &indices.life_events),
        amounts: raw.amounts.into_iter().map(|amount| lower_amount(amount, indices, cx)).collect(),
        aliases: raw.aliases,
        related: Vec::new(),
        former_slugs: raw.former_slugs,
        texts,
        editorial: notes(raw.editorial),
        meta: Vec::new(),
        file: raw.file,
    })
}

/// Reports a slug that is none, or that another item has.
fn name(slug: &str, raw: &RawItem, seen: &mut HashMap<String, Span>, cx: &mut Context<'_>) {
    if !is_id(slug) {
        cx.incomplete = true;
        cx.report.push(bad_id(slug, Span::whole(&raw.file)));
    }
    let Some(first) = seen.get(slug) else {
        seen.insert(slug.to_owned(), raw.place.clone());
        return;
    };
    cx.incomplete = true;
    let message = msg!("标识“{slug}”已用于另一个服务项目", "the slug `{slug}` is taken by another item");
    cx.report.push(
        Diagnostic::error("duplicate-slug", raw.place.clone(), message)
            .related(first.clone(), msg!("在这里", "here"))
            .hint(msg!("请给其中一个文件改名", "rename one of the files")),
    );
}

fn domain(folder: &str, raw: &RawItem, indices: &Indices, cx: &mut Context<'_>) -> Option<DomainId> {
    let found = indices.domains.places.get(folder).copied();
    if found.is_none() {
        cx.incomplete = true;
    }
    // One message for a folder, not one for each file in it.
    if found.is_none() && !indices.domains.partial && cx.unknown_folders.insert(folder.to_owned()) {
        let message = msg!("文件夹“items/{folder}”不是领域", "the folder `items/{folder}` is no domain");
        let hint = suggest(folder, indices.domains.names.iter().map(String::as_str)).unwrap_or_else(|| {
            msg!(
                "请移到某个领域的文件夹，或在 domains.yaml 中添加这个领域",
                "move it to a domain's folder, or add the domain to domains.yaml"
            )
        });
        cx.report.push(Diagnostic::error("unknown-domain", raw.place.clone(), message).hint(hint));
    }
    found
}

/// The cells by field; keys that are no field are reported.
fn cells(raw: &RawItem, catalogue: &Catalogue, cx: &mut Context<'_>) -> Vec<Option<Text>> {
    let mut texts: Vec<Option<Text>> = catalogue.fields.iter().map(|_| None).collect();
    for (key, text) in &raw.text {
        match catalogue.fields.iter().position(|f| f.id.value == key.value) {
            Some(at) => texts[at] = Some(source_text(text.clone())),
            // Where the columns have a fault, that is the message: not one more for each item.
            None if cx.partial_fields => {}
            None => {
                let hint = suggest(&key.value, catalogue.fields.iter().map(|f| f.id.value.as_str()));
                cx.unknown("unknown-field", key, ("列", "field"), hint);
            }
        }
    }
    texts
}

/// Reports required parts that are missing: cells, departments, the number.
fn require(raw: &RawItem, texts: &[Option<Text>], catalogue: &Catalogue, cx: &mut Context<'_>) {
    for (field, text) in catalogue.fields.iter().zip(texts) {
        // A key that is there but empty has its own message, and so has a missing `text`.
        let named = raw.text_keys.as_ref().is_none_or(|keys| is_meant(&field.id.value, keys, catalogue));
        if text.is_none() && field.required && !named && !cx.partial_fields {
            let (id, label) = (&field.id.value, &field.label.source.value);
            let message = msg!("缺少必填的“{label}”（text: {id}）", "the required text `{id}` ({label}) is missing");
            cx.report.push(
                Diagnostic::error("missing-text", raw.text_place.clone(), message)
                    .hint(msg!("请在 text 下加上“{id}: …”", "add `{id}: …` under `text`")),
            );
        }
    }
    if catalogue.departments_column.required && !raw.has_departments {
        let message = msg!("缺少负责部门", "no department is named");
        cx.report.push(
            Diagnostic::error("missing-department", raw.place.clone(), message)
                .hint(msg!("请加上“departments: [标识]”", "add `departments: [id]`")),
        );
    }
    if catalogue.numbered && !raw.has_number {
        let message = msg!("缺少序号", "the number is missing");
        cx.report.push(Diagnostic::error("missing-number", raw.place.clone(), message).hint(msg!(
            "请加上“number: …”；没有序号的清单在 catalogue.yaml 写“numbers: none”",
            "add `number: …`; a list without numbers says `numbers: none` in catalogue.yaml"
        )));
    }
}

/// Whether a field is among the keys of `text`, if only misspelt: then the misspelling is the fault.
fn is_meant(field: &str, keys: &[Written], catalogue: &Catalogue) -> bool {
    let fields = || catalogue.fields.iter().map(|f| f.id.value.as_str());
    let slip = |key: &Written| !fields().any(|f| *key == f) && closest(key, fields()) == Some(field);
    keys.iter().any(|key| *key == field || slip(key))
}

fn lower_amount(raw: RawAmount, indices: &Indices, cx: &mut Context<'_>) -> Amount {
    let [who, unit, per] = &indices.words;
    let mut known =
        |word: Option<Spanned<Written>>, index: &Index<()>| word.filter(|word| cx.resolve_one(word, index).is_some());
    let (who, unit) = (known(raw.who, who), known(raw.unit, unit));
    let per = raw.per.into_iter().filter_map(|word| known(Some(word), per)).collect();
    Amount { who, value: raw.value, unit, per }
}
