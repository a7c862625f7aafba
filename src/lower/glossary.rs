//! The glossary, whose terms are unique in the source language, and the allowances of languages.

use super::Context;
use crate::diag::{Diagnostic, Span, Spanned, Written, suggest};
use crate::lang::LangId;
use crate::model::{Allowances, Excused, Term};
use crate::msg;
use crate::raw::decode::RawText;
use crate::raw::{RawAllow, RawExcused, RawTerm};
use std::collections::HashMap;

/// The terms; those without a word in the source language and repeated ones are reported and left out.
pub(super) fn terms(raw: Vec<RawTerm>, cx: &mut Context<'_>) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut seen: HashMap<String, Span> = HashMap::new();
    for RawTerm { text, grade, source, note } in raw {
        let text = known_tags(text, cx);
        let Some(text) = cx.text(text) else { continue };
        let word: &Spanned<Written> = &text.source;
        if let Some(first) = seen.get(word.value.as_str()) {
            let word_text = &word.value;
            let message = msg!("术语“{word_text}”重复", "the term `{word_text}` stands twice");
            cx.report.push(
                Diagnostic::error("duplicate-term", word.span.clone(), message)
                    .related(first.clone(), msg!("第一次出现在这里", "it stands here first"))
                    .hint(msg!("请只保留一个", "keep one of them")),
            );
            continue;
        }
        if text.translations.iter().flatten().next().is_none() {
            let word = &word.value;
            let message =
                msg!("术语“{word}”没有别的语言的说法", "the term `{word}` has no counterpart in another language");
            cx.report.push(
                Diagnostic::warning("lone-term", text.source.span.clone(), message)
                    .hint(msg!("请加上“语言标签: …”", "add `<language tag>: …`")),
            );
        }
        seen.insert(text.source.value.to_string(), text.source.span.clone());
        terms.push(Term { text, grade, source, note });
    }
    terms
}

/// Takes out the keys that are no language of the site; a slip in `grade` or `note` gets its hint here.
fn known_tags(text: RawText, cx: &mut Context<'_>) -> RawText {
    let RawText::ByTag(words, place) = text else { return text };
    let mut known = Vec::with_capacity(words.len());
    for (tag, word) in words {
        if cx.find_lang(&tag.value).is_some() {
            known.push((tag, word));
            continue;
        }
        let tags = cx.languages.iter().map(|lang| lang.tag.as_str());
        let hint = suggest(&tag.value, tags.chain(["grade", "source", "note"]));
        cx.unknown("unknown-language", &tag, ("语言", "language"), hint);
    }
    RawText::ByTag(known, place)
}

/// Puts the allowances of a language in their place.
pub(super) fn allow(raw: RawAllow, lang: LangId, allowed: &mut Vec<Allowances>) {
    let Some(at) = lang.0.checked_sub(1) else { return };
    if allowed.len() <= at {
        allowed.resize_with(at + 1, Allowances::default);
    }
    let RawAllow { mixed_vowels, words, han, punctuation, glossary } = raw;
    let excused = |RawExcused { term, place }| Excused { term, place };
    let glossary = glossary.into_iter().map(excused).collect();
    allowed[at] = Allowances { mixed_vowels, words, han, punctuation, glossary };
}
