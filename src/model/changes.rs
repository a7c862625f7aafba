//! The adjustments of the list, each on its day.
//!
//! Lives here: what was done to the list and which items it concerns. Never here: the editing of this site's own texts.

use super::{ItemId, Meta, Text};
use crate::diag::{Spanned, Written};

/// An adjustment of the list.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its id: part of its anchor on the page of changes and of its identity in feeds, so it never changes.
    pub id: Spanned<Written>,
    /// Its day, `YYYY-MM-DD`.
    pub date: Spanned<Written>,
    /// What was done.
    pub kind: ChangeKind,
    /// What it is called.
    pub title: Text,
    /// More about it, in Markdown.
    pub text: Option<Text>,
    /// The items that it concerns, as far as they are still in the list.
    pub items: Vec<ItemId>,
    /// The name of what ordered it.
    pub basis: Option<Text>,
    /// Where that can be read.
    pub basis_url: Option<Spanned<Written>>,
    /// The states of its translations, by language without the source.
    pub meta: Vec<Option<Meta>>,
}

impl Change {
    /// Its texts.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        std::iter::once(&self.title).chain(&self.text).chain(&self.basis)
    }
}

/// What an adjustment does to the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// 新增.
    Added,
    /// 调整.
    Changed,
    /// 取消.
    Removed,
    /// 合并.
    Merged,
    /// 序号变动.
    Renumbered,
    /// 更正.
    Corrected,
}

impl ChangeKind {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 6] =
        [Self::Added, Self::Changed, Self::Removed, Self::Merged, Self::Renumbered, Self::Corrected];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Merged => "merged",
            Self::Renumbered => "renumbered",
            Self::Corrected => "corrected",
        }
    }
}
