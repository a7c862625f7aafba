//! The keys of `domains.yaml`, `departments.yaml`, `audiences.yaml` and `life-events.yaml`.

use super::decode::{Keys, list};
use super::tree::Node;
use crate::diag::{Report, Spanned, Written};

/// What domains and groups have in common.
#[derive(Debug, Clone)]
pub struct RawListEntry {
    /// `id`.
    pub id: Spanned<Written>,
    /// `name`.
    pub name: Spanned<Written>,
    /// `summary`.
    pub summary: Option<Spanned<Written>>,
    /// `icon`.
    pub icon: Option<Spanned<Written>>,
}

/// A domain as written.
#[derive(Debug, Clone)]
pub struct RawDomain {
    /// Its id, name, summary and icon.
    pub entry: RawListEntry,
    /// `domains`.
    pub domains: Vec<RawDomain>,
}

/// A department, audience or life event as written.
#[derive(Debug, Clone)]
pub struct RawGroup {
    /// Its id, name, summary and icon.
    pub entry: RawListEntry,
    /// `aliases`.
    pub aliases: Vec<Spanned<Written>>,
}

/// Reads `domains.yaml`, or the `domains` of a domain.
pub(super) fn domains(node: &Node, report: &mut Report) -> Vec<RawDomain> {
    list(node, report, |node, report| {
        let mut keys = Keys::of(node, report);
        let entry = entry(&mut keys);
        let inner = keys.node_or_empty("domains").map(|node| domains(node, keys.report)).unwrap_or_default();
        keys.finish();
        Some(RawDomain { entry: entry?, domains: inner })
    })
}

/// Reads a list of groups.
pub(super) fn groups(node: &Node, report: &mut Report) -> Vec<RawGroup> {
    list(node, report, |node, report| {
        let mut keys = Keys::of(node, report);
        let entry = entry(&mut keys);
        let aliases = keys.texts("aliases");
        keys.finish();
        Some(RawGroup { entry: entry?, aliases })
    })
}

fn entry(keys: &mut Keys<'_, '_>) -> Option<RawListEntry> {
    let id = keys.required_id("id");
    let name = keys.required_text("name");
    let summary = keys.text("summary");
    let icon = keys.id("icon");
    let id = id?;
    // One without a name is kept under its id, so that the items that belong to it are not reported as homeless too.
    let name = name.unwrap_or_else(|| id.clone());
    Some(RawListEntry { id, name, summary, icon })
}
