//! Where a source text has a term of the glossary, the translation has its counterpart.
//!
//! One word for one thing is what makes a list usable in another language. The longest term counts: a term within a longer
//! one is part of it. A counterpart counts in any inflected form; `i18n/<tag>/allow.yaml` names the exceptions.

use super::mongolian::words::flat;
use super::pairs::Pair;
use super::{Context, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::lang::{Lang, LangId};
use crate::model::Term;
use crate::msg;
use std::collections::{BTreeSet, HashMap};

pub(super) const RULE: Rule = Rule {
    codes: &[code("term-not-followed", "译文没有使用术语表的说法", "a translation does not use the glossary's word")],
    run,
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let terms = Terms::new(&cx.catalogue.glossary);
    let mut stems = Stems::new();
    let departments: Vec<_> = cx.catalogue.departments.iter().map(|d| std::ptr::from_ref(&d.name.source)).collect();
    for pair in cx.texts.pairs.iter().filter(|pair| !pair.translated.stale) {
        // Names of departments have a rule of their own there.
        let mongolian = super::mongolian::is_mongolian(cx.catalogue.lang(pair.lang));
        if mongolian && departments.contains(&std::ptr::from_ref(pair.source)) {
            continue;
        }
        let missing = missing(pair, &terms, &mut stems, cx);
        if missing.is_empty() {
            continue;
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
}

/// What the forms of counterparts have in common, by language and word: each is asked for again and again.
type Stems<'t> = HashMap<(LangId, &'t str), String>;

/// The terms of the source text whose counterpart is not in the translation, each once, in order.
fn missing<'t>(pair: &Pair<'_>, terms: &Terms<'t>, stems: &mut Stems<'t>, cx: &Context<'_>) -> Vec<(&'t str, &'t str)> {
    let lang = cx.catalogue.lang(pair.lang);
    let excused = |term: &str| {
        let list = cx.catalogue.allowances(pair.lang).map(|allowed| allowed.glossary.as_slice()).unwrap_or_default();
        list.iter().any(|excused| excused.term.value == term && excused.covers(pair.here()))
    };
    let mut found: Vec<(&'t str, &'t str)> =
        terms.in_text(&pair.from, pair.lang).into_iter().map(|(_, term, word)| (term, word)).collect();
    if !found.is_empty() {
        let there = comparable(&pair.text, lang);
        let mut lacks = |word: &'t str| {
            let stem = stems.entry((pair.lang, word)).or_insert_with(|| stem(word, lang));
            !there.contains(stem.as_str())
        };
        found.retain(|(term, word)| lacks(word) && !excused(term));
    }
    found
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
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let terms = self.0.get(&first).map(Vec::as_slice).unwrap_or_default();
            let term = terms.iter().find(|term| rest.starts_with(term.text.source.value.as_str()));
            if let Some(term) = term {
                let word = &term.text.source.value;
                if let (Some(counterpart), true) = (term.text.translation(lang), seen.insert(word.as_str())) {
                    found.push((*term, word.as_str(), counterpart.value.value.as_str()));
                }
            }
            let step = term.map_or(first.len_utf8(), |term| term.text.source.value.len());
            rest = rest.get(step..).unwrap_or_default();
        }
        found
    }
}

/// A translation in the form that stems are looked for in.
fn comparable(text: &str, lang: &Lang) -> String {
    if super::mongolian::is_mongolian(lang) { flat(text) } else { text.to_lowercase() }
}

/// What any inflected form of a counterpart has in common.
fn stem(word: &str, lang: &Lang) -> String {
    if super::mongolian::is_mongolian(lang) { super::mongolian::words::stem(word) } else { word.to_lowercase() }
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
