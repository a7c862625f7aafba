//! The form in which a browser gets an index: classic scripts that hand their data to `qingdan.search.add`.
//!
//! `search/<path>/index.js` has a name of its own, is loaded at the first search, and names all others, which are named by
//! their content. A large catalogue falls into parts, of which a query needs a few: terms with their postings, cards of
//! results, phrases. A small one is handed over as its texts, a third of the weight, and the browser makes the same index
//! of them (`texts`). On `file://` a browser loads nothing but such scripts. Lives here: files and their encoding, which
//! the browser's half (`templates/assets/search.js`) reads. Never here: what is in an index.

use super::documents::Document;
use super::index::{Entry, Index};
use super::{lexicon, normal, texts, tokens};
use crate::lang::LangId;
use crate::model::Catalogue;
use crate::url;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// About how many characters of terms a part has: some 14 KB, which is two round trips of a slow network.
const TERMS: usize = 12_000;
/// The same for whole names: every query asks for one, and their hashes do not compress.
const NAMES: usize = 1_500;
/// How many documents' cards a part has.
const CARDS: usize = 64;
/// The form of the files; the browser's half refuses another.
const VERSION: u32 = 1;

/// The scripts of the theme that search needs, as paths of the output.
#[derive(Debug, Clone, Serialize)]
pub struct Scripts {
    /// What asks an index.
    pub engine: String,
    /// What knows how words sound.
    pub sounds: String,
    /// What shows results under a box.
    pub finder: String,
    /// What shows them on the page of search.
    pub results: String,
}

/// How the common characters sound: for all languages.
pub fn sounds() -> File {
    let by_sound = by_sound(lexicon::common());
    named("search", "sounds", &call("", &json!({ "s": by_sound })))
}

/// The files of one language. `sounds` is the path of [`sounds`].
pub fn files(index: &Index, catalogue: &Catalogue, scripts: &Scripts, sounds: &str) -> Vec<File> {
    let language = catalogue.lang(index.lang);
    let manifest_path = url::search_index(language);
    let folder = manifest_path.trim_end_matches("/index.js").to_owned();
    let mut maker = Maker { folder: &folder, tag: &language.tag, files: Vec::new(), places: BTreeMap::new() };
    let in_parts = super::in_parts(index.documents.len());
    let (mut starts, mut letters) = (Vec::new(), String::new());
    if in_parts {
        starts = maker.terms(index);
        maker.cards(index);
        letters = maker.phrases(index);
        maker.file("facets", vec![("f", facets(index, catalogue))]);
    } else {
        maker.file("texts", vec![("d", texts::texts(index, catalogue)), ("f", facets(index, catalogue))]);
    }
    maker.file("sounds", vec![("s", json!(by_sound(index.lexicon.sounds.keys().copied())))]);
    maker.file("traditional", vec![("x", json!(traditional(index)))]);
    let Maker { mut files, places, .. } = maker;
    let manifest = json!({
        "version": VERSION,
        "path": language.path,
        "whole": !in_parts,
        "runs": runs(&index.documents),
        "starts": starts,
        "letters": letters,
        "cards": CARDS,
        "phrases": !index.lexicon.phrases.is_empty(),
        "ignore": index.ignore,
        "files": compact(places, &folder),
        "sounds": sounds,
        "scripts": scripts,
        "source": (index.lang != LangId::SOURCE).then(|| catalogue.lang(LangId::SOURCE).tag.as_str()),
        "paths": catalogue.lang_ids().map(|(_, l)| (l.tag.clone(), json!(l.path))).collect::<Map<_, _>>(),
    });
    files.push(File { path: manifest_path, bytes: call(&language.tag, &manifest).into_bytes() });
    files
}

/// The files of the parts: numbered or lettered ones share a line of hashes in the order of their numbers or letters, since
/// there may be hundreds; others have a path each.
fn compact(places: BTreeMap<String, String>, folder: &str) -> Value {
    let mut files: BTreeMap<String, Value> = BTreeMap::new();
    let mut rows: BTreeMap<char, BTreeMap<(usize, String), String>> = BTreeMap::new();
    for (name, path) in places {
        match name.chars().next().filter(|_| name.chars().count() > 1) {
            Some(kind) => {
                let order = (name[1..].parse().unwrap_or(0), name.clone());
                rows.entry(kind).or_default().insert(order, path);
            }
            None => {
                files.insert(name, json!(path));
            }
        }
    }
    for (kind, row) in rows {
        let stem = |path: &String| path.rsplit_once('-').map_or(String::new(), |(stem, _)| stem.to_owned());
        let start = row.values().next().map(stem).unwrap_or_else(|| folder.to_owned());
        let hash = |path: &String| path.rsplit(['-', '.']).nth(1).unwrap_or_default().to_owned();
        let hashes: Vec<String> = row.values().map(hash).collect();
        files.insert(format!("{kind}*"), json!([format!("{start}-"), hashes.join(" ")]));
    }
    json!(files)
}

/// A script that hands over data.
fn call(tag: &str, value: &Value) -> String {
    format!("qingdan.search.add({},{value});\n", json!(tag))
}

/// A file named by its content.
fn named(folder: &str, stem: &str, script: &str) -> File {
    let hash = &blake3::hash(script.as_bytes()).to_hex()[..12];
    File { path: format!("{folder}/{stem}-{hash}.js"), bytes: script.as_bytes().to_vec() }
}

/// Collects the files of a language.
struct Maker<'a> {
    folder: &'a str,
    tag: &'a str,
    files: Vec<File>,
    /// By part: the path of the file it is in.
    places: BTreeMap<String, String>,
}

impl Maker<'_> {
    fn file(&mut self, stem: &str, parts: Vec<(&str, Value)>) {
        let data = Value::Object(parts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect());
        let file = named(self.folder, stem, &call(self.tag, &data));
        self.places.extend(parts.into_iter().map(|(name, _)| (name.to_owned(), file.path.clone())));
        self.files.push(file);
    }

    /// The terms, in parts; the first term of each.
    fn terms(&mut self, index: &Index) -> Vec<String> {
        let mut parts: Vec<(String, String)> = Vec::new();
        let mut size = 0;
        for (start, block) in blocks(&index.entries) {
            let length = block.chars().count();
            size += length;
            let most = if start.starts_with('=') { NAMES } else { TERMS };
            match parts.last_mut() {
                Some((_, text)) if size <= most => {
                    text.push('\n');
                    text.push_str(&block);
                }
                _ => {
                    parts.push((start, block));
                    size = length;
                }
            }
        }
        let starts = parts.iter().map(|(start, _)| start.clone()).collect();
        for (n, (_, text)) in parts.into_iter().enumerate() {
            self.file("terms", vec![(&format!("t{n}"), json!(text))]);
        }
        starts
    }

    fn cards(&mut self, index: &Index) {
        for (n, chunk) in index.documents.chunks(CARDS).enumerate() {
            let cards: Vec<String> = chunk.iter().map(card).collect();
            self.file("cards", vec![(&format!("c{n}"), json!(cards.join("\n")))]);
        }
    }

    /// The phrases, a part for each first letter; the letters that have one.
    fn phrases(&mut self, index: &Index) -> String {
        let lexicon = &index.lexicon;
        let mut by_letter: BTreeMap<char, Vec<String>> = BTreeMap::new();
        for (n, phrase) in lexicon.phrases.iter().enumerate() {
            if let Some(letter) = phrase.chars.first().and_then(|c| lexicon.part(*c)) {
                let text: String = phrase.chars.iter().collect();
                // Its place among all phrases breaks ties as it does where they are all at hand.
                by_letter.entry(char::from(letter)).or_default().push(format!("{text}{} {n}", phrase.weight));
            }
        }
        for (letter, lines) in &by_letter {
            self.file("phrases", vec![(&format!("l{letter}"), json!(lines.join("\n")))]);
        }
        by_letter.into_keys().collect()
    }
}

/// The terms as text, each line a block that never falls apart, with the block's first term: all pairs of characters that
/// begin alike (the first once, then each second with its postings), or a word, a space and its postings.
fn blocks(entries: &[Entry]) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut first = None;
    for entry in entries {
        let postings = postings(entry);
        let mut chars = entry.term.chars();
        let head = chars.next().filter(|c| tokens::is_han(*c));
        match (head, blocks.last_mut()) {
            (Some(_), Some((_, block))) if head == first => {
                block.push_str(chars.as_str());
                block.push_str(&postings);
            }
            (Some(_), _) => blocks.push((entry.term.to_string(), format!("{}{postings}", entry.term))),
            (None, _) => blocks.push((entry.term.to_string(), format!("{} {postings}", entry.term))),
        }
        first = head;
    }
    blocks
}

/// The signs of the impacts 1 to 15.
const SIGNS: &[u8; 15] = b"!#$%&()*+,./:;<";
/// The digits of numbers: the first 32 end one, with the others, each worth five bits, it goes on.
const DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// The postings of a term: for each impact that occurs, the highest first, its sign, then the documents that have it as
/// distances from one to the next, lowest five bits first.
fn postings(entry: &Entry) -> String {
    let mut out = String::new();
    for impact in (1..=15_u8).rev() {
        let mut last = 0;
        for posting in entry.postings.iter().filter(|posting| posting.impact() == impact) {
            if last == 0 {
                out.push(char::from(SIGNS[usize::from(impact) - 1]));
            }
            let mut distance = posting.document() + 1 - last;
            last = posting.document() + 1;
            while distance >= 32 {
                out.push(char::from(DIGITS[32 + (distance % 32) as usize]));
                distance /= 32;
            }
            out.push(char::from(DIGITS[distance as usize]));
        }
    }
    out
}

/// What a result shows: name, slug, number and a line about it, with tabs between.
fn card(document: &Document) -> String {
    // Only what parts cells: the suffix connector of Mongolian is white space too.
    let flat = |text: &str| text.replace(['\t', '\n'], " ");
    let number = document.number.map(|n| n.to_string()).unwrap_or_default();
    [flat(&document.title), document.slug.clone(), number, flat(&document.summary)].join("\t")
}

/// Documents in a row that have their address in common: kind, how many, and what stands before and after the slug.
fn runs(documents: &[Document]) -> Vec<(&'static str, usize, String, String)> {
    let mut runs: Vec<(&'static str, usize, String, String)> = Vec::new();
    for document in documents {
        let at = document.url.rfind(&document.slug).unwrap_or(document.url.len());
        let (before, rest) = document.url.split_at(at);
        let after = rest.get(document.slug.len()..).unwrap_or_default();
        match runs.last_mut() {
            Some((kind, count, start, end)) if *kind == document.kind.as_str() && start == before && end == after => {
                *count += 1;
            }
            _ => runs.push((document.kind.as_str(), 1, before.to_owned(), after.to_owned())),
        }
    }
    runs
}

/// The names of facets, and which of them each document has: four lists a line.
fn facets(index: &Index, catalogue: &Catalogue) -> Value {
    let name = |text: &crate::model::Text| text.resolve(index.lang).value.value.clone();
    let groups = |groups: &[crate::model::Group]| groups.iter().map(|group| name(&group.name)).collect::<Vec<_>>();
    let names = [
        catalogue.domains.iter().map(|domain| name(&domain.name)).collect(),
        groups(&catalogue.departments),
        groups(&catalogue.audiences),
        groups(&catalogue.life_events),
    ];
    let list = |ids: &[usize]| ids.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
    let line = |document: &Document| document.facets.iter().map(|ids| list(ids)).collect::<Vec<_>>().join(";");
    let lines: Vec<String> = index.documents.iter().map(line).collect();
    json!({ "names": names, "of": lines.join("\n") })
}

/// The traditional characters of those that the index has, each before its simplified one.
fn traditional(index: &Index) -> String {
    let known: BTreeSet<char> =
        index.entries.iter().flat_map(|entry| entry.term.chars()).filter(|c| tokens::is_han(*c)).collect();
    normal::variants().filter(|(_, simplified)| known.contains(simplified)).flat_map(|(from, to)| [from, to]).collect()
}

/// Characters by sound: a line for each syllable, with all that may be read so.
fn by_sound(chars: impl Iterator<Item = char>) -> String {
    let mut by_sound: BTreeMap<&str, String> = BTreeMap::new();
    for c in chars {
        for reading in lexicon::readings(c) {
            by_sound.entry(reading).or_default().push(c);
        }
    }
    by_sound.into_iter().map(|(sound, chars)| format!("{sound}{chars}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Posting;

    fn entry(term: &str, postings: &[(u32, u8)]) -> Entry {
        let postings = postings.iter().map(|(document, impact)| Posting::new(*document, *impact));
        Entry { term: term.into(), postings: postings.collect() }
    }

    #[test]
    fn postings_are_grouped_by_impact() {
        assert_eq!(postings(&entry("养老", &[(0, 1), (2, 15), (40, 15), (1100, 1)])), "<3C1!1Iy1");
    }

    #[test]
    fn pairs_that_begin_alike_are_one_block() {
        let entries =
            [entry("12", &[(0, 1)]), entry("养", &[(0, 2)]), entry("养老", &[(1, 1)]), entry("老人", &[(0, 1)])];
        let blocks: Vec<String> = blocks(&entries).into_iter().map(|(_, block)| block).collect();
        assert_eq!(blocks, ["12 !1", "养#1老!2", "老人!1"]);
    }
}
