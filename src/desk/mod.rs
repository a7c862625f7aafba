//! The editor's desk: what `init` and `new` write, as planned files. Pure: `cli` writes them.
//!
//! Lives here: the starter of a catalogue, skeletons of items, entries of lists, and why one of them cannot be added.
//! Never here: the disk, and printing.

mod entry;
mod item;
mod starter;

pub use entry::{List, add};
pub use item::{Added, NewItem, item};
pub use starter::{Comments, Starter, starter};

use crate::diag::Message;
use crate::import::Refused;
use crate::model::Catalogue;
use crate::msg;
use crate::raw::values::is_id;

fn refused(message: Message, hint: Message) -> Refused {
    Refused { message, hint: Some(hint) }
}

/// A name as it may stand in the content: one line, nothing invisible.
fn name(given: &str) -> Result<&str, Refused> {
    let name = given.trim();
    if name.is_empty() || name.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        let shown: String = given.chars().take(40).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        return Err(refused(
            msg!("“{shown}”不能用作名称", "`{shown}` cannot be a name"),
            msg!(
                "名称是一行文字，不含换行和控制字符",
                "a name is one line of text, without line ends and control characters"
            ),
        ));
    }
    Ok(name)
}

/// An id that was asked for by an option.
fn id(given: &str, option: &str) -> Result<(), Refused> {
    if is_id(given) {
        return Ok(());
    }
    let shown: String = given.chars().take(60).collect();
    Err(refused(
        msg!("{option}：“{shown}”不能用作标识", "{option}: `{shown}` cannot be an id"),
        msg!(
            "标识只用小写英文字母、数字和连字符，以字母或数字开头",
            "ids consist of lower-case letters, digits and hyphens, and start with a letter or digit"
        ),
    ))
}

/// The folder of a domain below `items/`.
fn folder(catalogue: &Catalogue, domain: crate::model::DomainId) -> String {
    let path = catalogue.domain_path(domain);
    let ids: Vec<&str> = path.into_iter().map(|id| catalogue.domain(id).id.value.as_str()).collect();
    ids.join("/")
}

/// A text as a YAML scalar, quoted where it must be.
fn scalar(text: &str) -> String {
    serde_yaml::to_string(text).unwrap_or_default().trim_end_matches('\n').to_owned()
}

/// A place as it is told in a sentence: file and line.
fn place(span: &crate::diag::Span) -> String {
    format!("{}:{}", span.file.shown(), span.line_column().0)
}
