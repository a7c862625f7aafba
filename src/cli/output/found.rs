//! What search finds, as lines for people or as JSON.
//!
//! Lives here: its look. Never here: what is found (`search`).

use super::visible;
use crate::cli::locale::MessageLang;
use crate::search::Document;
use serde_json::json;

/// The answer to a query.
pub struct Found<'a> {
    /// The query.
    pub query: &'a str,
    /// What it was probably meant to be.
    pub meant: Option<String>,
    /// How many results there are.
    pub total: usize,
    /// Those that are shown, with their scores.
    pub hits: Vec<(&'a Document, u64)>,
}

/// Lines for people: rank, score, what it is, its name, its address.
pub(super) fn human(found: &[Found<'_>], lang: MessageLang) -> String {
    let mut out = String::new();
    for Found { query, meant, total, hits } in found {
        if found.len() > 1 {
            out.push_str(&format!("{}\n", visible::line(query)));
        }
        if let Some(meant) = meant {
            let meant = visible::line(meant);
            out.push_str(&match lang {
                MessageLang::Zh => format!("您要找的是不是“{meant}”？\n"),
                MessageLang::En => format!("did you mean `{meant}`?\n"),
            });
        }
        for (rank, (document, score)) in hits.iter().enumerate() {
            let (kind, title, url) = (document.kind.as_str(), visible::line(&document.title), &document.url);
            out.push_str(&format!("{:>3}  {score:>7}  {kind:<10}  {title}  {url}\n", rank + 1));
        }
        out.push_str(&match lang {
            MessageLang::Zh => format!("共{total}条结果\n"),
            MessageLang::En if *total == 1 => "1 result\n".to_owned(),
            MessageLang::En => format!("{total} results\n"),
        });
    }
    out
}

/// A JSON object, with the answers in the order of the queries.
pub(super) fn json(found: &[Found<'_>]) -> String {
    let hit = |(document, score): &(&Document, u64)| {
        json!({
            "kind": document.kind.as_str(),
            "slug": document.slug,
            "title": document.title,
            "url": document.url,
            "score": score,
        })
    };
    let answer = |found: &Found<'_>| {
        let hits: Vec<_> = found.hits.iter().map(hit).collect();
        json!({ "query": found.query, "meant": found.meant, "total": found.total, "hits": hits })
    };
    let answers: Vec<_> = found.iter().map(answer).collect();
    visible::json(json!({ "version": 1, "answers": answers }).to_string()) + "\n"
}
