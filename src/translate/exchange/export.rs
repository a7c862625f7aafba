//! Texts out: the catalogue as a PO file for one language.
//!
//! Lives here: which texts are asked for, what is told to translators about each. A draft and a stale translation come with
//! the mark `fuzzy`: whoever takes it off says that the translation is right. Never here: the way back.

use super::blocks::{blocks, paired};
use super::{Form, Progress, Slot, TAG_FIELD, bare, progress, slots};
use crate::check::Terms;
use crate::diag::{SourceFile, Span};
use crate::lang::{Lang, LangId, State, Status};
use crate::model::{Catalogue, Unit, UnitKind};
use crate::po::{Draft, Writer};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Which texts are asked for; all of them where none is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Those without a translation.
    Missing,
    /// Those whose source has changed since.
    Stale,
    /// Those whose translation is a draft.
    Draft,
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Its text.
    pub text: String,
    /// How many entries it has.
    pub entries: usize,
}

/// What stands at the top, for whoever opens the file with an editor.
const TOP: [&str; 6] = [
    "请只改 msgstr；msgctxt 和 msgid 是原文的位置和内容，不要改动。",
    "带 fuzzy 标记的译文是草稿或已过时：核对无误后去掉标记，导入时才算数。",
    "数字、链接和 Markdown 记号须与原文一致。",
    "Change msgstr only; msgctxt and msgid say where a text stands and what it is.",
    "What is marked fuzzy is a draft or out of date: it counts once the mark is taken off.",
    "Numbers, links and the marks of Markdown stay as they are in the source.",
];

/// The texts of a language that are asked for, in the order of the catalogue.
pub fn export(catalogue: &Catalogue, lang: LangId, wanted: &[Wanted]) -> Exported {
    let units = catalogue.units();
    let slots = slots(&units, catalogue);
    let mut desk = Desk {
        catalogue,
        lang,
        terms: Terms::new(&catalogue.glossary),
        names: names(&units, catalogue),
        lines: Lines::default(),
        writer: Writer::new(&TOP, &header(catalogue, lang)),
        entries: 0,
    };
    for slot in &slots {
        let state = progress(slot.text, lang);
        let is_wanted = match state {
            Progress::Missing => wanted.contains(&Wanted::Missing),
            Progress::Stale => wanted.contains(&Wanted::Stale),
            Progress::Draft => wanted.contains(&Wanted::Draft),
            Progress::Done => false,
        };
        if wanted.is_empty() || is_wanted {
            desk.slot(slot, state);
        }
    }
    Exported { text: desk.writer.finish(), entries: desk.entries }
}

fn header(catalogue: &Catalogue, lang: LangId) -> Vec<(&'static str, String)> {
    let tag = &catalogue.lang(lang).tag;
    vec![
        ("Project-Id-Version", catalogue.name.source.value.to_string()),
        ("PO-Revision-Date", String::new()),
        ("Last-Translator", String::new()),
        ("Language-Team", catalogue.lang(lang).name.clone()),
        ("Language", gettext_name(tag)),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=UTF-8".to_owned()),
        ("Content-Transfer-Encoding", "8bit".to_owned()),
        ("X-Generator", concat!("Qingdan ", env!("CARGO_PKG_VERSION")).to_owned()),
        (TAG_FIELD, tag.clone()),
    ]
}

/// A language as gettext's programs call it: `mn@mong` for `mn-Mong`, `pt_BR` for `pt-BR`.
fn gettext_name(tag: &str) -> String {
    match tag {
        "zh-Hans" => return "zh_CN".to_owned(),
        "zh-Hant" => return "zh_TW".to_owned(),
        _ => {}
    }
    let script = Lang::script(tag);
    let mut parts = tag.split('-');
    let mut name = parts.next().unwrap_or_default().to_ascii_lowercase();
    if let Some(region) = parts.find(|part| matches!(part.len(), 2 | 3)) {
        name.push('_');
        name.push_str(&region.to_ascii_uppercase());
    }
    if let Some(script) = script {
        name.push('@');
        name.push_str(match script.as_str() {
            "latn" => "latin",
            "cyrl" => "cyrillic",
            "arab" => "arabic",
            other => other,
        });
    }
    name
}

/// What units are called, by file and key: what their notes are about, too.
fn names<'c>(units: &'c [Unit<'c>], catalogue: &'c Catalogue) -> HashMap<(&'c str, Option<&'c str>), String> {
    let mut names = HashMap::new();
    for item in &catalogue.items {
        let name = item.name(catalogue).map(|text| text.source.value.as_str()).unwrap_or(&item.slug);
        let number = item.number.as_ref().map(|number| format!("{}. ", number.value)).unwrap_or_default();
        names.insert((item.file.path.as_str(), None), format!("{number}{name}"));
    }
    for unit in units.iter().filter(|unit| !matches!(unit.kind, UnitKind::Item | UnitKind::Notes)) {
        let name = unit.texts.first().map(|(_, text)| text.source.value.as_str()).unwrap_or_default();
        names.entry((unit.path.as_str(), unit.key.as_deref())).or_insert_with(|| shortened(name));
    }
    names
}

/// The beginning of a name: the text of a task may have several hundred characters.
fn shortened(name: &str) -> String {
    const MOST: usize = 40;
    let start: String = name.chars().take(MOST).collect();
    if start.len() < name.len() { format!("{start}…") } else { start }
}

/// Where entries are written.
struct Desk<'c> {
    catalogue: &'c Catalogue,
    lang: LangId,
    terms: Terms<'c>,
    names: HashMap<(&'c str, Option<&'c str>), String>,
    lines: Lines,
    writer: Writer,
    entries: usize,
}

impl Desk<'_> {
    fn slot(&mut self, slot: &Slot<'_>, state: Progress) {
        let span = &slot.text.source.span;
        let line = self.lines.of(span);
        let translated = slot.text.translation(self.lang).map(|t| t.value.value.as_str()).unwrap_or_default();
        let source = slot.text.source.value.as_str();
        if slot.form != Form::Document {
            return self.entry(slot, state, line, bare(source), bare(translated));
        }
        let pieces = blocks(source);
        let pairs = paired(&pieces, translated);
        let mut seen = HashSet::new();
        let (mut at, mut line) = (0, line);
        for (block, translated) in pieces.iter().zip(pairs) {
            line += source[at..block.range.start].matches('\n').count();
            at = block.range.start;
            // A text that stands in a document twice is translated once.
            if block.is_prose() && seen.insert(block.text) {
                self.entry(slot, state, line, block.text, translated.unwrap_or_default());
            }
        }
    }

    fn entry(&mut self, slot: &Slot<'_>, state: Progress, line: usize, source: &str, translation: &str) {
        let unsure = matches!(state, Progress::Stale | Progress::Draft);
        self.writer.entry(&Draft {
            comments: self.comments(slot, source),
            places: vec![(slot.text.source.span.file.path.as_str(), line)],
            fuzzy: unsure && !translation.is_empty(),
            context: slot.context.clone(),
            source,
            translation,
        });
        self.entries += 1;
    }

    /// What is told about a text.
    fn comments(&self, slot: &Slot<'_>, source: &str) -> Vec<String> {
        let unit = slot.unit;
        let mut comments = Vec::new();
        comments.extend(self.names.get(&(unit.path.as_str(), unit.key.as_deref())).cloned());
        let field = match unit.kind {
            UnitKind::Item => self.column(slot.field),
            UnitKind::Notes => format!("编校说明 editorial note {}", slot.field),
            kind => format!("{} {}", kind.as_str(), slot.field),
        };
        let markup = if slot.form == Form::Plain { "" } else { " (Markdown)" };
        comments.push(format!("{field}{markup}"));
        if let State::Translated { status, stale } = slot.text.resolve(self.lang).state {
            comments.push(format!("状态 status: {}", status.map_or("", Status::as_str)));
            if stale {
                comments.push("译后原文已改 the source has changed since it was translated".to_owned());
            }
        }
        for (term, word, counterpart) in self.terms.in_text(source, self.lang) {
            let proposed = if term.is_proposed() { "（未经证实 proposed）" } else { "" };
            comments.push(format!("术语 glossary: {word} = {counterpart}{proposed}"));
        }
        comments
    }

    fn column(&self, field: &str) -> String {
        let column = self.catalogue.fields.iter().find(|column| column.id.value == field);
        column.map_or_else(|| field.to_owned(), |column| format!("{} {field}", column.label.source.value))
    }
}

/// Lines of places, one file after another: where its lines begin is found once.
#[derive(Default)]
struct Lines {
    file: Option<Arc<SourceFile>>,
    starts: Vec<usize>,
}

impl Lines {
    fn of(&mut self, span: &Span) -> usize {
        if self.file.as_ref().is_none_or(|file| !Arc::ptr_eq(file, &span.file)) {
            self.starts = span.file.text.match_indices('\n').map(|(at, _)| at + 1).collect();
            self.file = Some(Arc::clone(&span.file));
        }
        self.starts.partition_point(|start| *start <= span.start()) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::gettext_name;

    #[test]
    fn languages_have_other_names_there() {
        let names = ["mn-Mong", "ar", "zh-Hans", "sr-Latn-RS", "pt-BR", "kk-Arab"].map(gettext_name);
        assert_eq!(names, ["mn@mong", "ar", "zh_CN", "sr_RS@latin", "pt_BR", "kk@arabic"]);
    }
}
