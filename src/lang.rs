//! Languages, and text that exists in several of them.
//!
//! Lives here: what a language is (tag, script, direction of writing) and how a text that lacks a translation is resolved.
//! Never here: any particular language's words, and no list of the languages a site may have.

use crate::diag::Written;
use std::fmt;

/// The direction of a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right (also for vertical lines, which run top to bottom).
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of the HTML attribute `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// Whether lines are horizontal or vertical columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Lines run across the page.
    Horizontal,
    /// Columns run top to bottom, the first at the left: traditional Mongolian (CSS `vertical-lr`).
    Vertical,
}

impl Writing {
    /// The word used in `site.yaml` and in the `data-writing` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Horizontal => "horizontal",
            Self::Vertical => "vertical",
        }
    }
}

/// The tag of a language that is not known (ISO 639-2): stands in where `site.yaml` names none that can be read.
pub const UNDETERMINED: &str = "und";

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lang {
    /// Its BCP 47 tag, as written in `lang` and `hreflang`: `zh-Hans`, `mn-Mong`.
    pub tag: String,
    /// Its folder in the output: `zh`.
    pub path: String,
    /// Its own name for itself: 中文.
    pub name: String,
    /// The direction of its lines.
    pub direction: Direction,
    /// Horizontal or vertical.
    pub writing: Writing,
}

impl Lang {
    /// Whether a text has the shape of a BCP 47 tag (RFC 5646, section 2.1); its registry is not asked.
    pub fn is_tag(tag: &str) -> bool {
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        (2..=8).contains(&language.len())
            && language.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
    }

    /// The script subtag of a tag, in lower case: `mong` of `mn-Mong`.
    pub fn script(tag: &str) -> Option<String> {
        let is_script = |part: &&str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic());
        tag.split(['-', '_']).skip(1).find(is_script).map(str::to_ascii_lowercase)
    }

    /// The writing that a tag implies, by its script subtag or, without one, its language.
    ///
    /// Right-to-left scripts after Unicode's `Bidi_Class`; vertical are the Mongolian scripts (UAX #50).
    pub fn implied(tag: &str) -> (Direction, Writing) {
        let language = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match Self::script(tag).as_deref() {
            Some("mong" | "phag") => (Direction::Ltr, Writing::Vertical),
            Some("arab" | "hebr" | "syrc" | "thaa" | "nkoo" | "adlm" | "rohg") => (Direction::Rtl, Writing::Horizontal),
            Some(_) => (Direction::Ltr, Writing::Horizontal),
            None => match language.as_str() {
                "ar" | "fa" | "he" | "ur" | "ug" | "ps" | "yi" | "dv" | "sd" | "ckb" => {
                    (Direction::Rtl, Writing::Horizontal)
                }
                _ => (Direction::Ltr, Writing::Horizontal),
            },
        }
    }
}

/// The place of a language in the site's list; 0 is the source language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LangId(pub usize);

impl LangId {
    /// The language that the facts are written in.
    pub const SOURCE: Self = Self(0);
}

/// How far a translation has come, as its file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Made by a machine or not yet looked at.
    Draft,
    /// Looked at by a translator.
    Checked,
    /// Approved by a named person.
    Reviewed,
}

impl Status {
    /// The word used in files, data and class names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Checked => "checked",
            Self::Reviewed => "reviewed",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text in one language other than the source's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translated<T> {
    /// The text.
    pub value: T,
    /// Its status; none for labels that stand in `site.yaml` and `catalogue.yaml` themselves.
    pub status: Option<Status>,
    /// Whether the source text changed since.
    pub stale: bool,
    /// Whether it is known to be made from the source text as it is now. Without a fingerprint it is neither stale nor current.
    pub current: bool,
    /// The fingerprint of the source text that it was made from, as its file says.
    pub made_from: Option<Written>,
}

/// A value in the source language and, where they exist, in the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized<T> {
    /// The source language's value.
    pub source: T,
    /// By language, without the source: language `n` stands at `n - 1`. Shorter than the list where the rest is missing.
    pub translations: Vec<Option<Translated<T>>>,
}

impl<T> Localized<T> {
    /// A value in the source language alone.
    pub fn new(source: T) -> Self {
        Self { source, translations: Vec::new() }
    }

    /// The translation into `lang`, if there is one. None for the source language.
    pub fn translation(&self, lang: LangId) -> Option<&Translated<T>> {
        self.translations.get(lang.0.checked_sub(1)?)?.as_ref()
    }

    /// Puts in a translation; the source language's place cannot be overwritten this way.
    pub fn set(&mut self, lang: LangId, translated: Translated<T>) {
        let Some(at) = lang.0.checked_sub(1) else { return };
        if self.translations.len() <= at {
            // Few languages, many texts: no room for more.
            self.translations.reserve_exact(at + 1 - self.translations.len());
            self.translations.resize_with(at + 1, || None);
        }
        self.translations[at] = Some(translated);
    }

    /// The value to show in `lang`: the translation, or the source text marked as missing.
    pub fn resolve(&self, lang: LangId) -> Resolved<'_, T> {
        if lang == LangId::SOURCE {
            return Resolved { value: &self.source, lang, state: State::Source };
        }
        match self.translation(lang) {
            Some(t) => {
                Resolved { value: &t.value, lang, state: State::Translated { status: t.status, stale: t.stale } }
            }
            None => Resolved { value: &self.source, lang: LangId::SOURCE, state: State::Missing },
        }
    }
}

/// What stands behind a resolved text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The source text on a page of its own language.
    Source,
    /// A translation.
    Translated {
        /// As its file says; none for labels.
        status: Option<Status>,
        /// The source changed since.
        stale: bool,
    },
    /// No translation: the source text stands in.
    Missing,
}

/// A text as a page shows it, with the language it truly is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved<'a, T> {
    /// The text.
    pub value: &'a T,
    /// The language of `value`: not the page's where a translation is missing.
    pub lang: LangId,
    /// Where it comes from.
    pub state: State,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_imply_how_a_script_is_written() {
        assert_eq!(Lang::implied("mn-Mong"), (Direction::Ltr, Writing::Vertical));
        assert_eq!(Lang::implied("mn"), (Direction::Ltr, Writing::Horizontal));
        assert_eq!(Lang::implied("ug-Arab-CN"), (Direction::Rtl, Writing::Horizontal));
        assert_eq!(Lang::implied("he"), (Direction::Rtl, Writing::Horizontal));
        assert_eq!(Lang::implied("az-Latn"), (Direction::Ltr, Writing::Horizontal));
    }

    #[test]
    fn a_missing_translation_shows_the_source_and_says_so() {
        let mut text = Localized::new("源");
        let second = LangId(2);
        assert_eq!(text.resolve(second).state, State::Missing);
        assert_eq!(text.resolve(second).lang, LangId::SOURCE);
        text.set(
            second,
            Translated { value: "t", status: Some(Status::Draft), stale: false, current: true, made_from: None },
        );
        assert_eq!(text.resolve(second).value, &"t");
        assert_eq!(text.resolve(LangId(1)).state, State::Missing);
    }
}
