//! Translations back: what becomes of a PO file.
//!
//! Lives here: the steps, and what is said about them as a whole. Never here: the disk.

use super::files::{self, Desk, Files, Metas};
use super::sort::{Fate, Sorted, sort};
use super::trial::trial;
use super::{TAG_FIELD, slots};
use crate::amend::{Planned, prove};
use crate::diag::{Diagnostic, Outcome, Report, Span, Spanned, Written, suggest};
use crate::lang::{LangId, Status};
use crate::model::{Catalogue, Meta, Unit};
use crate::msg;
use crate::po::Po;
use crate::raw::{self, RawEntry, RawMarkdown, RawTranslation, Target};
use crate::source::Sources;
use std::collections::HashMap;

/// What the caller asks for.
#[derive(Debug, Default, Clone)]
pub struct ImportOptions {
    /// The tag of the language; none: the header says it.
    pub lang: Option<String>,
    /// Who translated; none: the header says it, or nobody does.
    pub translator: Option<String>,
    /// When, `YYYY-MM-DD`; none: the header says it, or nothing does.
    pub date: Option<String>,
    /// What entries are to be, [`Status::Draft`] or [`Status::Checked`], where all of their texts are confirmed.
    pub status: Option<Status>,
}

/// What is to be done.
#[derive(Debug, Default)]
pub struct Brought {
    /// The files to be written, sorted by path.
    pub files: Vec<Planned>,
    /// What they bring.
    pub summary: Summary,
}

/// What a file brings to a content, entry by entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The tag of the language.
    pub tag: String,
    /// Texts that had no translation.
    pub new: usize,
    /// Texts that had another.
    pub changed: usize,
    /// Translations that are as they were, and now known to be right for their source as it is.
    pub confirmed: usize,
    /// Translations that are as they were.
    pub unchanged: usize,
    /// Marked as needing work.
    pub fuzzy: usize,
    /// Not translated.
    pub empty: usize,
    /// Parts of documents of which other parts are missing.
    pub waiting: usize,
    /// Left out; the report says why.
    pub refused: usize,
    /// Entries of the content that are marked as checked now.
    pub checked: usize,
    /// Entries of the content that are no drafts only once the rest of their texts is confirmed.
    pub unconfirmed: usize,
    /// Entries of the content that were changed by nobody knows whom.
    pub nameless: usize,
    /// What is a draft again.
    pub fallen: Vec<Fallen>,
}

/// An entry of the content that was checked or reviewed, and is a draft since a text of it has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallen {
    /// The file of the source.
    pub path: String,
    /// Its key there, in a list.
    pub key: Option<String>,
    /// What it was.
    pub was: Status,
}

/// Plans the import of a PO file into a content.
///
/// `catalogue` is what `sources` mean, `before` what is wrong with them already. `written` hands out the files of the
/// content byte for byte. What an error is about is left out, the rest is planned; nothing is where the file is none of
/// ours, or the content would have an error that it has not now.
pub fn import(
    po: Outcome<Po>,
    (sources, catalogue, before): (&Sources, &Catalogue, &Report),
    options: &ImportOptions,
    written: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Outcome<Brought> {
    let mut report = Report::default();
    let po = po.merge_into(&mut report);
    let nothing = |report| Outcome::new(Brought::default(), report);
    if report.has_errors() {
        return nothing(report);
    }
    let Some(lang) = language(&po, catalogue, options, &mut report) else { return nothing(report) };
    if po.entries.is_empty() {
        let message = msg!("文件里没有要译的文字", "there is no text in the file");
        report.push(Diagnostic::error("po-empty", Span::whole(&po.file), message).hint(export_first()));
        return nothing(report);
    }
    charset(&po, &mut report);
    let tag = catalogue.lang(lang).tag.as_str();
    let units = catalogue.units();
    let slots = slots(&units, catalogue);
    let mut by_path: HashMap<&str, Vec<&Unit<'_>>> = HashMap::new();
    units.iter().for_each(|unit| by_path.entry(unit.path.as_str()).or_default().push(unit));
    let mut sorted = sort(&po, &slots, lang, &mut report);
    let raw = raw::parse(sources).value;
    let metas = metas(&raw.translations, tag);
    // What nobody touched needs no second look.
    if sorted.taken.iter().any(|taken| taken.news != Fate::Unchanged) {
        trial(&mut sorted, &slots, &po, tag, raw, &mut report);
    }
    let options = with_header(&po, options);
    let desk = Desk { slots: &slots, units: &by_path, sources, lang, tag, metas: &metas, options: &options, written };
    let mut plan = files::plan(&sorted.taken, &desk);
    if !plan.unfit.is_empty() {
        unfit(&plan, &po, &mut sorted, &desk, &mut report);
        plan = files::plan(&sorted.taken, &desk);
    }
    if !plan.planned.is_empty() {
        let (_, errors) = prove(&plan.planned, sources, before);
        if !errors.is_empty() {
            errors.into_iter().for_each(|error| report.push(error));
            plan = Files::default();
        }
    }
    let summary = summary(&sorted, &plan, tag);
    Outcome::new(Brought { files: plan.planned, summary }, report)
}

fn export_first() -> crate::diag::Message {
    msg!(
        "请用 qingdan translate export --lang 语言 导出，译好后再导入那个文件",
        "make it with `qingdan translate export --lang TAG`, translate, and import that file"
    )
}

/// The language of a file: as asked for, else as its header says.
fn language(po: &Po, catalogue: &Catalogue, options: &ImportOptions, report: &mut Report) -> Option<LangId> {
    let told = po.field(TAG_FIELD).or(po.field("Language"));
    let span = told.map_or_else(|| Span::whole(&po.file), |told| told.span.clone());
    let told = told.map(|told| told.value.as_str());
    let Some(tag) = options.lang.as_deref().or(told) else {
        let message = msg!("文件头没有说是哪种语言", "the header does not say which language it is");
        let hint = msg!("请用 --lang 指定，如 --lang mn-Mong", "say it with --lang, such as --lang mn-Mong");
        report.push(Diagnostic::error("po-language", span, message).hint(hint));
        return None;
    };
    let Some(lang) = find(tag, catalogue) else {
        let message = msg!("网站没有语言“{tag}”", "the site has no language `{tag}`");
        let hint = suggest(tag, catalogue.languages().iter().skip(1).map(|lang| lang.tag.as_str()));
        report.push(Diagnostic::error("po-language", span, message).maybe_hint(hint));
        return None;
    };
    if lang == LangId::SOURCE {
        let message = msg!("{tag} 是源语言，没有译文", "{tag} is the source language: it has no translations");
        report.push(Diagnostic::error("po-language", span, message));
        return None;
    }
    let own = &catalogue.lang(lang).tag;
    let is_other = match (po.field(TAG_FIELD), told) {
        // A file of ours names the language exactly; other programs have their own names for its script and region.
        (Some(exact), _) => exact.value != *own,
        (None, Some(told)) => primary(told) != primary(own),
        (None, None) => false,
    };
    if is_other {
        let told = told.unwrap_or_default();
        let message = msg!("这是 {told} 的译文，不是 {own} 的", "these are translations into {told}, not {own}");
        let hint = msg!("请改用那种语言的文件，或去掉 --lang", "use the file of that language, or leave out --lang");
        report.push(Diagnostic::error("po-language", span, message).hint(hint));
        return None;
    }
    Some(lang)
}

/// The language with this tag, as we or gettext write it; or the only one that is a kind of it.
fn find(tag: &str, catalogue: &Catalogue) -> Option<LangId> {
    let exact = catalogue.lang_ids().find(|(_, lang)| plain_tag(&lang.tag) == plain_tag(tag));
    let mut kinds = catalogue.lang_ids().skip(1).filter(|(_, lang)| primary(&lang.tag) == primary(tag));
    let only = kinds.next().filter(|_| kinds.next().is_none() && !tag.contains(['-', '_', '@']));
    exact.or(only).map(|(id, _)| id)
}

/// The language of a tag without script and region.
fn primary(tag: &str) -> String {
    plain_tag(tag).split('-').next().unwrap_or_default().to_owned()
}

/// A tag without what gettext writes otherwise: `mn@mong` and `mn_Mong` are `mn-Mong`.
fn plain_tag(tag: &str) -> String {
    tag.replace(['_', '@'], "-").to_ascii_lowercase()
}

/// Names a header that says another encoding: the file was read as UTF-8, which it is.
fn charset(po: &Po, report: &mut Report) {
    let Some(field) = po.field("Content-Type") else { return };
    let Some((_, charset)) = field.value.split_once("charset=") else { return };
    let charset = charset.trim();
    if charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("us-ascii") {
        return;
    }
    let message =
        msg!("文件头写的编码是 {charset}，而文件是 UTF-8", "the header says {charset}, but the file is UTF-8");
    let hint = msg!("请改为“charset=UTF-8”", "write `charset=UTF-8`");
    report.push(Diagnostic::warning("po-charset", field.span.clone(), message).hint(hint));
}

/// What was not said by the caller and is by the header.
fn with_header(po: &Po, options: &ImportOptions) -> ImportOptions {
    let name = po.field("Last-Translator").map(|field| field.value.split('<').next().unwrap_or_default().trim());
    let name = name.filter(|name| !name.is_empty() && *name != "FULL NAME");
    let date = po.field("PO-Revision-Date").and_then(|field| field.value.get(..10));
    let is_date = |date: &&str| {
        let shape = |(at, b): (usize, u8)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() };
        date.bytes().enumerate().all(shape) && date.get(5..7) <= Some("12") && date.get(8..10) <= Some("31")
    };
    let ImportOptions { lang, translator, status, date: given } = options.clone();
    ImportOptions {
        lang,
        translator: translator.or(name.map(str::to_owned)),
        date: given.or(date.filter(is_date).map(str::to_owned)),
        status,
    }
}

/// The states of the entries of a language.
fn metas(translations: &[RawTranslation], tag: &str) -> Metas {
    let mut metas = Metas::new();
    let meta = |entry: &RawEntry| {
        let text = |value: &Option<Spanned<Written>>| value.as_ref().map(|value| value.value.clone());
        let (translator, reviewer, date) = (text(&entry.translator), text(&entry.reviewer), text(&entry.date));
        Meta { status: entry.status, translator, reviewer, date }
    };
    let folder = format!("i18n/{tag}/");
    for RawTranslation { file, target, .. } in translations {
        let Some(path) = file.path.strip_prefix(&folder) else { continue };
        match target {
            Target::Item(_, entry) | Target::Document(entry) | Target::Text(_, RawMarkdown { entry, .. }) => {
                metas.insert((path.to_owned(), None), meta(entry));
            }
            list => {
                for (key, entry) in list.entries() {
                    metas.insert((path.to_owned(), Some(key.value.to_string())), meta(entry));
                }
            }
        }
    }
    metas
}

/// Leaves out what goes into files that cannot be edited.
fn unfit(plan: &Files, po: &Po, sorted: &mut Sorted, desk: &Desk<'_>, report: &mut Report) {
    let mut refused = Vec::new();
    for path in &plan.unfit {
        let own = sorted.taken.iter().filter(|one| desk.slots[one.slot].unit.path == *path);
        let entries: Vec<usize> = own.flat_map(|one| one.parts.iter().map(|(entry, _)| *entry)).collect();
        if let Some(first) = entries.iter().min() {
            let (tag, span) = (desk.tag, &po.entries[*first].span);
            let message = msg!(
                "“i18n/{tag}/{path}”的写法特殊，无法安全地改动",
                "`i18n/{tag}/{path}` is written in a way that cannot be changed safely"
            );
            let hint = msg!(
                "请按 docs/content.md 的写法整理这个文件，或直接在里面修改",
                "write the file the way docs/content.md does, or make the change in it by hand"
            );
            let span = Span::new(&span.file, span.start(), span.start());
            report.push(Diagnostic::error("po-unfit-file", span, message).hint(hint));
        }
        refused.extend(entries);
    }
    sorted.refuse(&refused);
}

fn summary(sorted: &Sorted, plan: &Files, tag: &str) -> Summary {
    let count = |fate| sorted.fates.iter().filter(|other| **other == fate).count();
    let fallen = plan.fallen.iter();
    Summary {
        tag: tag.to_owned(),
        new: count(Fate::New),
        changed: count(Fate::Changed),
        confirmed: count(Fate::Confirmed),
        unchanged: count(Fate::Unchanged),
        fuzzy: count(Fate::Fuzzy),
        empty: count(Fate::Empty),
        waiting: count(Fate::Waiting),
        refused: count(Fate::Refused),
        checked: plan.checked,
        unconfirmed: plan.unconfirmed,
        nameless: plan.nameless,
        fallen: fallen.map(|(path, key, was)| Fallen { path: path.clone(), key: key.clone(), was: *was }).collect(),
    }
}
