//! The keys of `changes.yaml`.

use super::decode::{Keys, choice, list};
use super::tree::Node;
use crate::diag::{Report, Spanned, Written};
use crate::model::ChangeKind;

/// An adjustment of the list as written.
#[derive(Debug, Clone)]
pub struct RawChange {
    /// `id`.
    pub id: Spanned<Written>,
    /// `date`.
    pub date: Spanned<Written>,
    /// `kind`.
    pub kind: ChangeKind,
    /// `title`.
    pub title: Spanned<Written>,
    /// `text`.
    pub text: Option<Spanned<Written>>,
    /// `items`: slugs.
    pub items: Vec<Spanned<Written>>,
    /// `basis`: name and address.
    pub basis: Option<(Spanned<Written>, Option<Spanned<Written>>)>,
}

/// Reads `changes.yaml`.
pub(super) fn changes(node: &Node, report: &mut Report) -> Vec<RawChange> {
    let words = ChangeKind::ALL.map(|kind| (kind.as_str(), kind));
    list(node, report, |node, report| {
        let mut keys = Keys::of(node, report);
        let id = keys.required_id("id");
        let date = keys.required_date("date");
        let kind = keys.required("kind").and_then(|node| choice(node, keys.report, &words));
        let title = keys.required_text("title");
        let text = keys.text("text");
        let items = keys.ids("items");
        let basis = keys.node_or_empty("basis").and_then(|node| basis(node, keys.report));
        keys.finish();
        Some(RawChange { id: id?, date: date?, kind: kind?, title: title?, text, items, basis })
    })
}

fn basis(node: &Node, report: &mut Report) -> Option<(Spanned<Written>, Option<Spanned<Written>>)> {
    let mut keys = Keys::of(node, report);
    let name = keys.required_text("name");
    let url = keys.text("url");
    keys.finish();
    Some((name?, url))
}
