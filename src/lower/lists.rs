//! Domains, departments, audiences and life events: unique ids, and the tree of domains made flat.

use super::{Context, source_text};
use crate::diag::{Diagnostic, Span, Spanned, Written};
use crate::model::{Domain, DomainId, Group};
use crate::msg;
use crate::raw::{RawDomain, RawGroup, RawListEntry};
use std::collections::HashMap;

/// The domains, each followed by those within it.
pub(super) fn domains(raw: Vec<RawDomain>, cx: &mut Context<'_>) -> Vec<Domain> {
    let mut domains = Vec::new();
    let mut seen = HashMap::new();
    add_domains(raw, None, &mut domains, &mut seen, cx);
    domains
}

fn add_domains(
    raw: Vec<RawDomain>,
    parent: Option<DomainId>,
    domains: &mut Vec<Domain>,
    seen: &mut HashMap<String, Span>,
    cx: &mut Context<'_>,
) {
    for RawDomain { entry: RawListEntry { id, name, summary, icon }, domains: inner } in raw {
        if !is_new(&id, seen, cx) {
            continue;
        }
        let at = DomainId(domains.len());
        if let Some(parent) = parent {
            domains[parent.0].children.push(at);
        }
        domains.push(Domain {
            id,
            name: source_text(name),
            summary: summary.map(source_text),
            icon,
            parent,
            children: Vec::new(),
            items: Vec::new(),
            meta: Vec::new(),
        });
        add_domains(inner, Some(at), domains, seen, cx);
    }
}

/// Departments, audiences or life events.
pub(super) fn groups(raw: Vec<RawGroup>, cx: &mut Context<'_>) -> Vec<Group> {
    let mut seen = HashMap::new();
    let mut groups = Vec::new();
    for RawGroup { entry: RawListEntry { id, name, summary, icon }, aliases } in raw {
        if is_new(&id, &mut seen, cx) {
            groups.push(Group {
                id,
                name: source_text(name),
                summary: summary.map(source_text),
                icon,
                aliases,
                items: Vec::new(),
                meta: Vec::new(),
            });
        }
    }
    groups
}

/// Whether the id stands here first; a repeated one is reported.
pub(super) fn is_new(id: &Spanned<Written>, seen: &mut HashMap<String, Span>, cx: &mut Context<'_>) -> bool {
    let Some(first) = seen.get(id.value.as_str()) else {
        seen.insert(id.value.to_string(), id.span.clone());
        return true;
    };
    let written = &id.value;
    cx.report.push(
        Diagnostic::error(
            "duplicate-id",
            id.span.clone(),
            msg!("标识“{written}”重复", "the id `{written}` stands twice"),
        )
        .related(first.clone(), msg!("第一次出现在这里", "it stands here first"))
        .hint(msg!("请换一个标识", "choose another id")),
    );
    false
}
