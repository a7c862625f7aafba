//! The few HTML tags that editors may write inside Markdown.
//!
//! Lives here: which they are and how they are told from the rest. Never here: output. Everything else, and every tag with
//! an attribute, is text.

/// The elements that may be written as tags, without attributes. `true`: it has no end tag.
const ALLOWED: [(&str, bool); 15] = [
    ("br", true),
    ("wbr", true),
    ("sub", false),
    ("sup", false),
    ("ruby", false),
    ("rt", false),
    ("rp", false),
    ("kbd", false),
    ("b", false),
    ("i", false),
    ("em", false),
    ("strong", false),
    ("small", false),
    ("u", false),
    ("s", false),
];

/// The longest tag that is looked at, in bytes; white space may stand in it.
const LONGEST: usize = 128;

/// A piece of raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// The start of an allowed element.
    Open(&'static str),
    /// The end of an allowed element.
    Close(&'static str),
    /// An allowed element without content.
    Void(&'static str),
    /// Anything else.
    Text(&'a str),
}

/// Splits raw HTML into allowed tags and text.
pub(super) fn split(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut text_from = 0;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some((piece, length)) = tag(&html[start..]) else {
            at = start + 1;
            continue;
        };
        if text_from < start {
            pieces.push(Piece::Text(&html[text_from..start]));
        }
        pieces.push(piece);
        at = start + length;
        text_from = at;
    }
    if text_from < html.len() {
        pieces.push(Piece::Text(&html[text_from..]));
    }
    pieces
}

/// The allowed tag at the start of `html`, and its length.
fn tag(html: &str) -> Option<(Piece<'static>, usize)> {
    // A tag that counts is short: to look further at each `<` would take as long as the square of the text.
    let end = html.bytes().take(LONGEST).position(|b| b == b'>')?;
    let inner = &html[1..end];
    let (inner, closes) = match inner.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (inner.strip_suffix('/').unwrap_or(inner), false),
    };
    let name = inner.trim_end_matches([' ', '\t', '\n']);
    let (name, void) = ALLOWED.iter().find(|(allowed, _)| allowed.eq_ignore_ascii_case(name))?;
    let piece = match (closes, void) {
        (false, true) => Piece::Void(name),
        (true, true) => return None,
        (false, false) => Piece::Open(name),
        (true, false) => Piece::Close(name),
    };
    Some((piece, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allowed_tags_are_told_from_text() {
        let pieces = split("H<SUB>2</sub >O<br /><b class=x>y<script></br>");
        let wanted = [
            Piece::Text("H"),
            Piece::Open("sub"),
            Piece::Text("2"),
            Piece::Close("sub"),
            Piece::Text("O"),
            Piece::Void("br"),
            Piece::Text("<b class=x>y<script></br>"),
        ];
        assert_eq!(pieces, wanted);
    }
}
