//! The one walk over all translations, for the rules that look at each by itself.
//!
//! Lives here: what such a rule is given, and who is asked. A pair of texts and its words are made once for all rules and are
//! gone with the next one: a catalogue has many. Never here: rules.

use super::mongolian::words::{Word, rarer, words};
use super::pairs::Pair;
use super::texts::Form;
use super::{Context, Look, RULES};
use crate::diag::Report;
use crate::lang::LangId;
use crate::model::Text;
use rayon::prelude::*;

/// A translation beside its source, and its words.
pub(super) struct Reading<'p, 'c> {
    /// Both texts.
    pub(super) pair: &'p Pair<'c>,
    /// The words of [`Pair::text`]; none where it is not in the Mongolian script.
    pub(super) words: Vec<Word<'p>>,
    /// What stands there beside plain letters and spaces, and where; none where it is not in the Mongolian script.
    pub(super) rarer: Vec<(usize, char)>,
}

impl<'p, 'c> Reading<'p, 'c> {
    fn new(pair: &'p Pair<'c>, mongolian: bool) -> Self {
        let text = if mongolian { pair.text.as_ref() } else { "" };
        Self { pair, words: words(text), rarer: rarer(text) }
    }
}

/// How many texts are gone through at once.
const CHUNK: usize = 512;

/// What the rules about single translations say, in the order of [`RULES`]; each report is in the order of the texts.
pub(super) fn walk(cx: &Context<'_>) -> Vec<Report> {
    let chunks: Vec<Vec<Report>> = cx.texts.localized.par_chunks(CHUNK).map(|texts| read(cx, texts)).collect();
    let mut reports = vec![Report::default(); RULES.len()];
    for chunk in chunks {
        reports.iter_mut().zip(chunk).for_each(|(report, found)| report.merge(found));
    }
    reports
}

/// Puts the translations of some texts to each rule.
fn read(cx: &Context<'_>, texts: &[(&Text, Form)]) -> Vec<Report> {
    let mut reports = vec![Report::default(); RULES.len()];
    for (text, form) in texts {
        for (i, translated) in text.translations.iter().enumerate() {
            let Some(translated) = translated else { continue };
            let pair = Pair::new(&text.source, translated, LangId(i + 1), *form);
            let mongolian = cx.is_mongolian(pair.lang);
            let reading = Reading::new(&pair, mongolian);
            for (rule, report) in RULES.iter().zip(&mut reports) {
                match rule.look {
                    Look::Translation(look) => look(cx, &reading, report),
                    Look::Mongolian(look) if mongolian => look(cx, &reading, report),
                    Look::Mongolian(_) | Look::Catalogue(_) => {}
                }
            }
        }
    }
    reports
}
