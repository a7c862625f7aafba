//! The texts of a small catalogue, from which a browser makes its index: the same as `index` makes, by the same rule.
//!
//! Never here: that rule.

use super::documents::{Document, Kind, SUMMARY, Sort, Stream};
use super::index::Index;
use super::normal::{self, normal};
use crate::markdown::shorten;
use crate::model::{Catalogue, Group};
use serde_json::{Value, json};

/// Everything that the index of a language is made of.
pub(super) fn texts(index: &Index, catalogue: &Catalogue) -> Value {
    let mut classes: Vec<Class> = Vec::new();
    for stream in index.documents.iter().flat_map(|document| &document.own) {
        if !classes.contains(&class(stream)) {
            classes.push(class(stream));
        }
    }
    let documents: Vec<String> = index.documents.iter().map(|document| line(document, &classes)).collect();
    let classes: Vec<Value> = classes
        .iter()
        .map(|(weight, long, spoken)| json!([f64::from(*weight), u8::from(*long), u8::from(*spoken)]))
        .collect();
    let weights = catalogue.search.weights;
    let around = [weights.departments, weights.domains, weights.groups].map(f64::from);
    let said: Vec<String> =
        index.synonyms.pairs.iter().map(|(word, said)| format!("{word}|{}", said.replace('\n', "|"))).collect();
    let is_source = index.lang == crate::lang::LangId::SOURCE;
    let aliases = |groups: &[Group]| {
        let of = |group: &Group| group.aliases.iter().map(|alias| sendable(&alias.value)).collect::<Vec<_>>().join("|");
        if is_source { groups.iter().map(of).collect::<Vec<_>>() } else { Vec::new() }
    };
    let other =
        [Vec::new(), aliases(&catalogue.departments), aliases(&catalogue.audiences), aliases(&catalogue.life_events)];
    json!({
        "classes": classes,
        "around": around,
        "aliases": other,
        "documents": documents.join("\n"),
        "said": said.join("\n"),
        "summary": SUMMARY,
        // The last text of an item is its other names.
        "aliased": is_source,
    })
}

/// What texts have in common: weight, whether they run on, whether their words are looked up among the synonyms.
type Class = (f32, bool, bool);

fn class(stream: &Stream) -> Class {
    (stream.weight, stream.sort == Sort::Long, stream.spoken)
}

/// A document: title, slug, number, the line about it, and its texts, each after the digit of its class. A line that is cut
/// from one of the texts is `@` and that text's place; a first text that is the title, or a department's names, is left out.
fn line(document: &Document, classes: &[Class]) -> String {
    let title = sendable(&document.title);
    let cut = document.own.iter().position(|stream| shorten(&stream.text, SUMMARY) == document.summary);
    let summary = match cut.filter(|_| !document.summary.is_empty()) {
        Some(at) => format!("@{at}"),
        None => sendable(&document.summary),
    };
    let number = document.number.map(|n| n.to_string()).unwrap_or_default();
    let mut cells = vec![title.clone(), document.slug.clone(), number, summary];
    for (at, stream) in document.own.iter().enumerate() {
        let class = classes.iter().position(|known| *known == class(stream)).unwrap_or(0);
        let class = char::from_digit(class as u32 % 36, 36).unwrap_or('0');
        let text = text(stream);
        // A browser knows the names of departments from the facets.
        let known = at == 0 && (text == title || document.kind == Kind::Department);
        cells.push(format!("{class}{}", if known { "" } else { &text }));
    }
    cells.join("\t")
}

/// A text, with its units parted by bars.
fn text(stream: &Stream) -> String {
    match stream.sort {
        Sort::Short => stream.text.split('\n').map(sendable).collect::<Vec<_>>().join("|"),
        Sort::Long => sendable(&stream.text),
    }
}

/// A text without the signs that part texts; in normal form where a browser, which folds no traditional characters of the
/// content, would make another of it.
fn sendable(text: &str) -> String {
    let folded = normal(text);
    let text = if normal::unfolded(text) == folded { text } else { &folded };
    text.replace(['\t', '\n', '|'], " ")
}
