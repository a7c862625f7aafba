//! What the sheet of an edition needs to know: the template `handbook/print.css` makes rules for paged media of it
//! (CSS Paged Media: margin boxes, named pages).

use super::{Edition, Layout};
use crate::lang::Writing;
use crate::view::BookHeads;
use serde::Serialize;

/// The view of `handbook/print.css`.
#[derive(Debug, Serialize)]
pub struct StyleView {
    /// Paper and type.
    pub layout: Layout,
    /// Whether text runs from top to bottom.
    pub vertical: bool,
    /// Whether this is the edition in large print: no grey.
    pub large: bool,
    /// What the running heads say.
    pub heads: BookHeads,
}

impl StyleView {
    /// The sheet of an edition.
    pub fn new(heads: BookHeads, edition: Edition, writing: Writing) -> Self {
        Self {
            layout: edition.layout(writing),
            vertical: writing == Writing::Vertical,
            large: edition == Edition::Large,
            heads,
        }
    }
}
