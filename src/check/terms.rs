//! Where a source text has a term of the glossary, the translation has its counterpart.
//!
//! One word for one thing is what makes a list usable in another language. The longest term counts: a term within a longer
//! one is part of it. A counterpart counts in any inflected form; `i18n/<tag>/allow.yaml` names the exceptions.

use super::mongolian::words::Stem;
use super::pairs::Pair;
use super::{Context, Look, Reading, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::lang::LangId;
use crate::model::{Catalogue, Term};
use crate::msg;
use hashbrown::HashMap;
use std::cell::LazyCell;

pub(super) const RULE: Rule = Rule {
    codes: &[code("term-not-followed", "译文没有使用术语表的说法", "a translation does not use the glossary's word")],
    look: Look::Translation(look),
};

fn look(cx: &Context<'_>, reading: &Reading<'_, '_>, report: &mut Report) {
    let pair = reading.pair;
    if pair.translated.stale {
        return;
    }
    let missing = missing(reading, cx);
    // Names of departments in the Mongolian script have a rule of their own there.
    if missing.is_empty() || (cx.is_mongolian(pair.lang) && names_department(cx, pair)) {
        return;
    }
    let zh: Vec<String> = missing.iter().map(|(term, word)| format!("“{term}”译作“{word}”")).collect();
    let en: Vec<String> = missing.iter().map(|(term, word)| format!("`{term}` is `{word}`")).collect();
    let (zh, en) = (zh.join("，"), en.join(", "));
    let message = msg!("译文没有按术语表翻译：{zh}", "the translation does not follow the glossary, where {en}");
    let tag = &cx.catalogue.lang(pair.lang).tag;
    report.push(Diagnostic::warning("term-not-followed", pair.start(), message).hint(msg!(
        "请改用术语表的说法；确需别的说法时，写进 i18n/{tag}/allow.yaml 的 glossary",
        "use the glossary's words; where another one is right, list it in i18n/{tag}/allow.yaml under `glossary`"
    )));
}

fn names_department(cx: &Context<'_>, pair: &Pair<'_>) -> bool {
    cx.catalogue.departments.iter().any(|department| std::ptr::eq(&department.name.source, pair.source))
}

/// The terms of the source text whose counterpart is not in the translation, each once, in order.
fn missing<'c>(reading: &Reading<'_, '_>, cx: &Context<'c>) -> Vec<(&'c str, &'c str)> {
    let pair = reading.pair;
    let excused = |term: &str| {
        let list = cx.catalogue.allowances(pair.lang).map(|allowed| allowed.glossary.as_slice()).unwrap_or_default();
        list.iter().any(|excused| excused.term.value == term && excused.covers(pair.here()))
    };
    let found = cx.glossary.terms.in_text(&pair.from, pair.lang);
    if found.is_empty() {
        return Vec::new();
    }
    let lower = LazyCell::new(|| pair.text.to_lowercase());
    let lacks = |word: &'c str| match cx.glossary.counterparts.get(&(pair.lang, word)) {
        Some(Counterpart::Stem(stem)) => !stem.is_among(&reading.words),
        Some(Counterpart::Lower(word)) => !lower.contains(word),
        None => false,
    };
    let missing = found.into_iter().filter(|(_, term, word)| lacks(word) && !excused(term));
    missing.map(|(_, term, word)| (term, word)).collect()
}

/// The terms, and what is looked for in a translation where one stands in its source.
pub(super) struct Glossary<'c> {
    terms: Terms<'c>,
    /// The counterparts, by language and word.
    counterparts: HashMap<(LangId, &'c str), Counterpart>,
}

/// What any inflected form of a counterpart has in common.
enum Counterpart {
    /// In the Mongolian script.
    Stem(Stem),
    /// In other languages: the word, in lower case.
    Lower(String),
}

impl<'c> Glossary<'c> {
    /// Sorts the glossary of a catalogue.
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        let mut counterparts = HashMap::new();
        for (i, lang) in catalogue.site.languages.iter().enumerate() {
            let id = LangId(i);
            let mongolian = super::mongolian::is_mongolian(lang);
            for word in catalogue.glossary.iter().filter_map(|term| term.text.translation(id)) {
                let word = word.value.value.as_str();
                let counterpart = || match mongolian {
                    true => Counterpart::Stem(Stem::new(word)),
                    false => Counterpart::Lower(word.to_lowercase()),
                };
                counterparts.entry((id, word)).or_insert_with(counterpart);
            }
        }
        Self { terms: Terms::new(&catalogue.glossary), counterparts }
    }
}

/// The terms of a glossary, by their first character, the longest first.
pub struct Terms<'t>(HashMap<char, Vec<&'t Term>>);

impl<'t> Terms<'t> {
    /// Sorts a glossary.
    pub fn new(glossary: &'t [Term]) -> Self {
        let mut by_first: HashMap<char, Vec<&Term>> = HashMap::new();
        for term in glossary {
            if let Some(first) = term.text.source.value.chars().next() {
                by_first.entry(first).or_default().push(term);
            }
        }
        let sort = |(first, mut terms): (char, Vec<&'t Term>)| {
            terms.sort_by_key(|term| std::cmp::Reverse(term.text.source.value.len()));
            (first, terms)
        };
        Self(by_first.into_iter().map(sort).collect())
    }

    /// The terms that occur in a source text and have a counterpart, each with the words in both languages.
    pub fn in_text(&self, text: &str, lang: LangId) -> Vec<(&'t Term, &'t str, &'t str)> {
        let mut found: Vec<(&Term, &str, &str)> = Vec::new();
        let mut chars = text.char_indices();
        while let Some((at, first)) = chars.next() {
            let Some(terms) = self.0.get(&first) else { continue };
            let Some(term) = terms.iter().find(|term| text[at..].starts_with(term.text.source.value.as_str())) else {
                continue;
            };
            let word = term.text.source.value.as_str();
            // A word is always found as the same term.
            let seen = found.iter().any(|(known, ..)| std::ptr::eq(*known, *term));
            if let (Some(counterpart), false) = (term.text.translation(lang), seen) {
                found.push((term, word, counterpart.value.value.as_str()));
            }
            chars.by_ref().take(word.chars().skip(1).count()).for_each(drop);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    const GLOSSARY: &str = "- {zh-Hans: 生活补助, mn-Mong: ᠠᠮᠢᠳᠤᠷᠠᠯ\u{202F}ᠤᠨ ᠨᠥᠬᠥᠪᠦᠷᠢ, grade: A}\n\
        - {zh-Hans: 补助, mn-Mong: ᠲᠤᠰᠠᠯᠠᠮᠵᠢ, grade: proposed}\n\
        - {zh-Hans: 营养, mn-Mong: ᠰᠢᠮ᠎ᠡ ᠲᠡᠵᠢᠭᠡᠯ, grade: B, source: 报纸, note: 待定}\n";

    #[test]
    fn the_longest_term_counts_and_the_others_are_named() {
        assert_snapshot!(Site::default().with("glossary.yaml", GLOSSARY).faults(), @r"
        Warning term-not-followed i18n/mn-Mong/items/education/meals.yaml:2:14 []
          译文没有按术语表翻译：“营养”译作“ᠰᠢᠮ᠎ᠡ ᠲᠡᠵᠢᠭᠡᠯ”
          the translation does not follow the glossary, where `营养` is `ᠰᠢᠮ᠎ᠡ ᠲᠡᠵᠢᠭᠡᠯ`
          > 请改用术语表的说法；确需别的说法时，写进 i18n/mn-Mong/allow.yaml 的 glossary
          > use the glossary's words; where another one is right, list it in i18n/mn-Mong/allow.yaml under `glossary`
        ");
    }

    #[test]
    fn inflected_forms_count() {
        let file = "i18n/mn-Mong/items/education/meals.yaml";
        let text = "status: draft\ntext: {name: ᠰᠢᠮ\u{180E}ᠡ ᠲᠡᠵᠢᠭᠡᠯ\u{202F}ᠦᠨ ᠬᠤᠭᠤᠯᠠ}\n";
        assert_snapshot!(Site::default().with("glossary.yaml", GLOSSARY).with(file, text).faults(), @"");
    }

    #[test]
    fn exceptions_are_data() {
        let allow = "glossary: [{term: 营养, in: meals}]\n";
        let site = Site::default().with("glossary.yaml", GLOSSARY).with("i18n/mn-Mong/allow.yaml", allow);
        assert_snapshot!(site.faults(), @"");
    }
}
