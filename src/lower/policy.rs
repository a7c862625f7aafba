//! The policy: its document, texts, tasks, division and indicators, linked to domains, items and departments.

use super::lists::is_new;
use super::{Context, Index, items, notes, source_text};
use crate::diag::{Diagnostic, SourceFile, Span, Spanned, Written};
use crate::model::{
    Area, Catalogue, DivisionRow, Document, DomainId, Indicator, ItemId, Point, Policy, PolicyText, Task, Validity,
};
use crate::msg;
use crate::raw::{RawArea, RawDivisionRow, RawDocument, RawIndicator, RawPoint, RawPolicyText};
use crate::url::RESERVED_POLICY_NAMES;
use std::collections::HashMap;

/// What `policy/` holds, as written.
pub(super) struct Parts {
    pub(super) document: Option<RawDocument>,
    pub(super) texts: Vec<RawPolicyText>,
    pub(super) areas: Vec<RawArea>,
    pub(super) division: Vec<RawDivisionRow>,
    pub(super) indicators: Vec<RawIndicator>,
}

/// Lowers the policy into the catalogue; the items are there already.
pub(super) fn policy(parts: Parts, catalogue: &mut Catalogue, cx: &mut Context<'_>) {
    let domains = Index::new(
        "unknown-domain",
        ("领域", "domain"),
        catalogue.domains.iter().enumerate().map(|(i, d)| (d.id.value.to_string(), DomainId(i))),
    )
    .partial_if(cx.is_broken("domains.yaml"));
    let slugs = items::slugs(catalogue, cx);
    let departments = items::departments(catalogue, cx);
    let names = Index::new(
        "unknown-document",
        ("政策文件", "policy document"),
        parts.texts.iter().enumerate().map(|(i, text)| (text.name.clone(), i)),
    )
    .partial_if(cx.is_broken("policy/"));
    let texts = parts.texts.into_iter().map(|raw| text(raw, &names, cx)).collect();
    let document = parts.document.map(|raw| document(raw, &names, cx));
    let (areas, tasks) = areas(parts.areas, &domains, &slugs, cx);
    let numbers = Index::new(
        "unknown-task",
        ("任务", "task"),
        tasks.iter().enumerate().map(|(i, task)| (task.number.value.to_string(), i)),
    )
    .partial_if(cx.is_broken("policy/tasks.yaml"));
    let mut seen = HashMap::new();
    let mut division = Vec::new();
    for raw in parts.division {
        if is_new(&raw.number.clone().map(|n| Written::from(n.to_string())), &mut seen, cx) {
            let RawDivisionRow { number, task, responsible, departments: leads, tasks, domain, editorial } = raw;
            let covered: Vec<_> = tasks.into_iter().map(|n| n.map(|n| Written::from(n.to_string()))).collect();
            division.push(DivisionRow {
                number,
                task: source_text(task),
                responsible: source_text(responsible),
                departments: cx.resolve(&leads, &departments),
                tasks: cx.resolve(&covered, &numbers),
                domain: domain.and_then(|id| cx.resolve_one(&id, &domains)),
                editorial: notes(editorial),
                meta: Vec::new(),
            });
        }
    }
    let indicators = indicators(parts.indicators, &domains, cx);
    catalogue.policy = Policy { document, texts, areas, tasks, division, indicators };
}

fn text(raw: RawPolicyText, names: &Index<usize>, cx: &mut Context<'_>) -> PolicyText {
    let RawPolicyText { file, name, title, kind, date, interprets, editorial, body } = raw;
    if RESERVED_POLICY_NAMES.contains(&name.as_str()) {
        let message = msg!("“{name}”是程序自己的页面", "`{name}` is a page of the tool itself");
        cx.report.push(
            Diagnostic::error("reserved-name", Span::whole(&file), message)
                .hint(msg!("请给这个文件改名", "rename the file")),
        );
    }
    // A missing title is in the report; the name stands in, so that later stages have something to show.
    let title = title.unwrap_or_else(|| Spanned::new(Written::from(name.as_str()), Span::whole(&file)));
    PolicyText {
        title: source_text(title),
        interprets: interprets.and_then(|id| cx.resolve_one(&id, names)),
        body: source_text(body),
        editorial: notes(editorial),
        meta: Vec::new(),
        file,
        name,
        kind,
        date,
    }
}

fn document(raw: RawDocument, names: &Index<usize>, cx: &mut Context<'_>) -> Document {
    let RawDocument {
        title,
        issuer,
        index_number,
        document_number,
        subject,
        written,
        published,
        effective,
        ended,
        validity,
        validity_note,
        source,
        annex,
        editorial,
    } = raw;
    let nowhere = || Spanned::new(Written::default(), Span::whole(&SourceFile::new("", "policy/document.yaml", "")));
    Document {
        title: source_text(title.unwrap_or_else(nowhere)),
        issuer: issuer.map(source_text),
        index_number,
        document_number,
        subject: subject.map(source_text),
        written,
        published,
        effective,
        ended,
        // A missing validity is an error of `raw`; the cautious reading stands in.
        validity: validity.unwrap_or(Validity::Lapsed),
        validity_note: validity_note.map(source_text),
        source: source.and_then(|id| cx.resolve_one(&id, names)),
        annex: annex.map(source_text),
        editorial: notes(editorial),
        meta: Vec::new(),
    }
}

fn areas(
    raw: Vec<RawArea>,
    domains: &Index<DomainId>,
    slugs: &Index<ItemId>,
    cx: &mut Context<'_>,
) -> (Vec<Area>, Vec<Task>) {
    let (mut areas, mut tasks) = (Vec::new(), Vec::new());
    let (mut ids, mut numbers) = (HashMap::new(), HashMap::new());
    for RawArea { id, label, name, domain, tasks: inner } in raw {
        if !is_new(&id, &mut ids, cx) {
            continue;
        }
        let at = areas.len();
        let mut own = Vec::new();
        for task in inner {
            if is_new(&task.number.clone().map(|n| Written::from(n.to_string())), &mut numbers, cx) {
                own.push(tasks.len());
                tasks.push(Task {
                    number: task.number,
                    title: source_text(task.title),
                    area: at,
                    items: cx.resolve(&task.items, slugs),
                    editorial: notes(task.editorial),
                    meta: Vec::new(),
                });
            }
        }
        areas.push(Area {
            id,
            label: label.map(source_text),
            name: source_text(name),
            domain: domain.and_then(|id| cx.resolve_one(&id, domains)),
            tasks: own,
            meta: Vec::new(),
        });
    }
    (areas, tasks)
}

fn indicators(raw: Vec<RawIndicator>, domains: &Index<DomainId>, cx: &mut Context<'_>) -> Vec<Indicator> {
    let mut seen = HashMap::new();
    let mut indicators = Vec::new();
    for RawIndicator { id, domain, name, unit, points, key, editorial } in raw {
        if is_new(&id, &mut seen, cx) {
            let point = |RawPoint { year, since, value, kind }| Point { year, since, value, kind };
            indicators.push(Indicator {
                id,
                domain: domain.and_then(|id| cx.resolve_one(&id, domains)),
                name: source_text(name),
                unit: unit.map(source_text),
                points: points.into_iter().map(point).collect(),
                key,
                editorial: notes(editorial),
                meta: Vec::new(),
            });
        }
    }
    indicators
}
