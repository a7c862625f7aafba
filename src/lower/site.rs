//! `site.yaml` and `catalogue.yaml`: languages, columns, vocabularies, expected counts.

use super::Context;
use crate::diag::{Diagnostic, Report, Span, Spanned, Written, suggest};
use crate::lang::{Direction, Lang, UNDETERMINED, Writing};
use crate::model::{
    Catalogue, Column, Expected, Field, FieldKind, Government, Licence, Role, SearchSettings, SearchWeights, Site,
    Text, Vocabulary,
};
use crate::msg;
use crate::raw::decode::RawText;
use crate::raw::{RawCatalogue, RawField, RawGovernment, RawSite};
use crate::url;
use indexmap::IndexMap;
use std::collections::HashMap;

/// The languages. Never empty: without a readable `site.yaml` there is one that has no name.
pub(super) fn languages(site: Option<&RawSite>, report: &mut Report) -> Vec<Lang> {
    let mut languages: Vec<Lang> = Vec::new();
    let mut places: Vec<Span> = Vec::new();
    for raw in site.map(|s| s.languages.as_slice()).unwrap_or_default() {
        let (tag, path) = (&raw.tag.value, &raw.path.value);
        if !Lang::is_tag(tag) {
            let message = msg!("“{tag}”不是语言标签", "`{tag}` is no language tag");
            report.push(Diagnostic::error("bad-language-tag", raw.tag.span.clone(), message).hint(msg!(
                "请用 BCP 47 标签，如 zh-Hans、mn-Mong、en",
                "use a BCP 47 tag, such as zh-Hans, mn-Mong or en"
            )));
            continue;
        }
        if url::RESERVED_LANG_PATHS.contains(&path.as_str()) {
            let message = msg!("“{path}”是程序自用的文件夹", "`{path}` is a folder of the tool itself");
            report.push(
                Diagnostic::error("reserved-path", raw.path.span.clone(), message)
                    .hint(msg!("请换一个，如语言代码", "choose another, such as the language code")),
            );
            continue;
        }
        if let Some(first) = languages.iter().position(|l| l.tag == *tag || l.path == *path) {
            let message = msg!("语言的标签和路径不能重复", "language tags and paths must differ");
            report.push(
                Diagnostic::error("duplicate-language", raw.tag.span.clone(), message)
                    .related(places[first].clone(), msg!("第一次出现在这里", "it stands here first")),
            );
            continue;
        }
        let (direction, writing) = Lang::implied(tag);
        places.push(raw.tag.span.clone());
        languages.push(Lang {
            tag: tag.to_string(),
            path: path.to_string(),
            name: raw.name.value.to_string(),
            direction: raw.direction.unwrap_or(direction),
            writing: raw.writing.unwrap_or(writing),
        });
    }
    if languages.is_empty() {
        if let Some(site) = site.filter(|site| site.no_languages) {
            let message = msg!("至少需要一种语言", "there must be at least one language");
            report.push(Diagnostic::error("no-language", site.place.clone(), message));
        }
        languages.push(Lang {
            tag: UNDETERMINED.into(),
            path: UNDETERMINED.into(),
            name: String::new(),
            direction: Direction::Ltr,
            writing: Writing::Horizontal,
        });
    }
    languages
}

/// `site.yaml`.
pub(super) fn site(raw: Option<RawSite>, cx: &mut Context<'_>) -> Site {
    let Some(raw) = raw else { return unknown_site(cx) };
    let RawSite {
        place,
        languages: _,
        no_languages: _,
        title,
        short_title,
        description,
        area,
        updated,
        base_url,
        unofficial,
        forbidden,
        licence,
        noindex_drafts,
        search,
        offline,
        leave_out,
        government,
    } = raw;
    let base_url = base_url.and_then(|written| {
        let normal = url::normal_base(&written.value);
        if normal.is_none() {
            let message = msg!("这不是网站的地址", "this is no address of a site");
            cx.report.push(Diagnostic::error("bad-base-url", written.span, message).hint(msg!(
                "写成 https://example.org/list/，不带“?”和“#”",
                "write it like https://example.org/list/, without `?` or `#`"
            )));
        }
        normal
    });
    Site {
        title: cx.required(title, &place),
        short_title: cx.optional(short_title),
        description: cx.optional(description),
        place: cx.optional(area),
        updated,
        base_url,
        unofficial: cx.optional(unofficial),
        forbidden,
        licence: licence.and_then(|(name, url)| Some(Licence { name: cx.text(name)?, url: web_url(url, cx) })),
        noindex_drafts,
        search: SearchSettings { enabled: search.enabled.unwrap_or(true), recent: search.recent.unwrap_or(false) },
        offline,
        leave_out,
        government: government_labels(government, cx),
        languages: cx.languages.clone(),
    }
}

/// An address for a link: `http` or `https` only.
pub(super) fn web_url(url: Option<Spanned<Written>>, cx: &mut Context<'_>) -> Option<Spanned<Written>> {
    let url = url?;
    if url.value.starts_with("https://") || url.value.starts_with("http://") {
        return Some(url);
    }
    let message = msg!("链接须以 https:// 或 http:// 开头", "a link starts with https:// or http://");
    cx.report.push(Diagnostic::error("bad-url", url.span, message));
    None
}

fn unknown_site(cx: &Context<'_>) -> Site {
    let file = crate::diag::SourceFile::new("", "site.yaml", "");
    Site {
        languages: cx.languages.clone(),
        title: crate::lang::Localized::new(Spanned::new(Written::default(), Span::whole(&file))),
        short_title: None,
        description: None,
        place: None,
        updated: None,
        base_url: None,
        unofficial: None,
        forbidden: Vec::new(),
        licence: None,
        noindex_drafts: true,
        search: SearchSettings::default(),
        offline: false,
        leave_out: Vec::new(),
        government: Government::default(),
    }
}

fn government_labels(raw: RawGovernment, cx: &mut Context<'_>) -> Government {
    let mut localized: HashMap<&str, Text> = HashMap::new();
    for (key, text) in raw.localized {
        localized.extend(cx.text(text).map(|text| (key, text)));
    }
    let mut plain: HashMap<&str, Spanned<Written>> = raw.plain.into_iter().collect();
    Government {
        site_name: localized.remove("site_name"),
        site_domain: plain.remove("site_domain"),
        site_id: plain.remove("site_id"),
        column_name: localized.remove("column_name"),
        column_description: localized.remove("column_description"),
        column_keywords: localized.remove("column_keywords"),
        column_type: localized.remove("column_type"),
        sponsor: localized.remove("sponsor"),
        operator: localized.remove("operator"),
        icp: plain.remove("icp"),
        police: plain.remove("police"),
        police_code: plain.remove("police_code"),
        badge: plain.remove("badge"),
        error_report: plain.remove("error_report"),
        address: localized.remove("address"),
        postcode: plain.remove("postcode"),
        phone: plain.remove("phone"),
        email: plain.remove("email"),
    }
}

/// `catalogue.yaml` without what needs the domains.
pub(super) struct Head {
    pub(super) name: Text,
    pub(super) numbered: bool,
    pub(super) fields: Vec<Field>,
    pub(super) departments_column: Column,
    /// Whether the column is there at all.
    pub(super) has_departments: bool,
    /// The first key of `catalogue.yaml`.
    pub(super) place: Span,
    pub(super) vocabulary: Vocabulary,
    pub(super) weights: SearchWeights,
    pub(super) expected_items: Option<Spanned<u32>>,
    pub(super) expected_domains: Vec<(Spanned<Written>, Spanned<u32>)>,
}

/// Reads the columns and vocabularies.
pub(super) fn head(raw: Option<RawCatalogue>, cx: &mut Context<'_>) -> Head {
    let Some(raw) = raw else {
        cx.partial_fields = true;
        return unknown_head();
    };
    let RawCatalogue {
        place,
        name,
        numbered,
        fields,
        fields_place,
        departments_label,
        departments_question,
        departments_required,
        vocabulary: [who, unit, per],
        weights,
        expected_items,
        expected_domains,
    } = raw;
    Head {
        name: cx.required(name, &place),
        numbered,
        fields: columns(fields, &fields_place, cx),
        has_departments: departments_label.is_some(),
        departments_column: Column {
            label: cx.required(departments_label, &place),
            question: cx.optional(departments_question),
            required: departments_required,
        },
        vocabulary: Vocabulary { who: words(who, cx), unit: words(unit, cx), per: words(per, cx) },
        weights: super::search::weights(weights, cx),
        place,
        expected_items,
        expected_domains,
    }
}

fn unknown_head() -> Head {
    let file = crate::diag::SourceFile::new("", "catalogue.yaml", "");
    let nothing = || crate::lang::Localized::new(Spanned::new(Written::default(), Span::whole(&file)));
    Head {
        name: nothing(),
        numbered: false,
        fields: Vec::new(),
        departments_column: Column { label: nothing(), question: None, required: false },
        has_departments: true,
        place: Span::whole(&file),
        vocabulary: Vocabulary::default(),
        weights: SearchWeights::default(),
        expected_items: None,
        expected_domains: Vec::new(),
    }
}

fn words(raw: Vec<(Spanned<Written>, RawText)>, cx: &mut Context<'_>) -> IndexMap<String, Text> {
    raw.into_iter().filter_map(|(id, text)| Some((id.value.into(), cx.text(text)?))).collect()
}

fn columns(raw: Vec<RawField>, place: &Span, cx: &mut Context<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for RawField { id, label, question, role, kind, required, weight } in raw {
        if let Some(first) = fields.iter().find(|f| f.id.value == id.value) {
            let written = &id.value;
            cx.partial_fields = true;
            cx.report.push(
                Diagnostic::error(
                    "duplicate-id",
                    id.span,
                    msg!("列“{written}”重复", "the field `{written}` stands twice"),
                )
                .related(first.id.span.clone(), msg!("第一次出现在这里", "it stands here first")),
            );
            continue;
        }
        // The name is what titles, links and lists show: its role is fixed, and it is one required line.
        let (role, kind, required) = match id.value.as_str() {
            "name" => (Role::Title, FieldKind::Line, true),
            _ if role == Role::Title => (misplaced_title(&id, cx), kind, required),
            _ => (role, kind, required),
        };
        let label = cx.required(label, &id.span);
        let question = cx.optional(question);
        let usual = match role {
            Role::Title => 6.0,
            Role::Eligibility => 2.0,
            Role::Funding => 0.3,
            _ => 1.0,
        };
        let weight = weight.map_or(usual, |weight| weight_of(weight, cx));
        fields.push(Field { id, label, question, role, kind, required, weight });
    }
    if !fields.iter().any(|f| f.role == Role::Title) {
        cx.partial_fields = true;
        let message = msg!("列中缺少“name”（名称）", "the field `name` is missing among the fields");
        let line = place.text().split('\n').next().map_or(0, str::len);
        let place = Span::new(&place.file, place.start(), place.start() + line);
        cx.report.push(Diagnostic::error("no-name-field", place, message).hint(msg!(
            "请加上“- {{id: name, label: 服务项目, role: title, kind: line}}”",
            "add `- {{id: name, label: Service, role: title, kind: line}}`"
        )));
    }
    fields
}

fn misplaced_title(id: &Spanned<Written>, cx: &mut Context<'_>) -> Role {
    let message = msg!("只有“name”列的 role 可以是 title", "only the field `name` has the role `title`");
    cx.report.push(
        Diagnostic::error("misplaced-title", id.span.clone(), message)
            .hint(msg!("请改为其他 role，如 other", "choose another role, such as `other`")),
    );
    Role::Other
}

/// A weight, 1 where what is written is none.
pub(super) fn weight_of(written: Spanned<Written>, cx: &mut Context<'_>) -> f32 {
    match written.value.parse::<f32>() {
        Ok(weight) if (0.0..=10.0).contains(&weight) => weight,
        _ => {
            let message = msg!("权重应是 0 到 10 的数", "a weight is a number from 0 to 10");
            cx.report.push(Diagnostic::error("bad-weight", written.span, message));
            1.0
        }
    }
}

/// The expected counts; needs the domains.
pub(super) fn expected(
    items: Option<Spanned<u32>>,
    domains: Vec<(Spanned<Written>, Spanned<u32>)>,
    catalogue: &Catalogue,
    cx: &mut Context<'_>,
) -> Expected {
    let number = |n: Spanned<u32>| n.map(|n| n as usize);
    let mut expected = Expected { items: items.map(number), domains: Vec::new() };
    for (id, count) in domains {
        match catalogue.find_domain(&id.value) {
            Some(domain) => expected.domains.push((domain, number(count))),
            None if cx.is_broken("domains.yaml") => {}
            None => {
                let hint = suggest(&id.value, catalogue.domains.iter().map(|d| d.id.value.as_str()));
                cx.unknown("unknown-domain", &id, ("领域", "domain"), hint);
            }
        }
    }
    expected
}
