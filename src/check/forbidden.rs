//! The strings of `site.yaml: forbidden` stand nowhere in the content.
//!
//! Copies scraped from the web carry foreign strings (advertising put in by an attack), and one of them on a government
//! page is a scandal. So the whole of each file is searched, comments included, and then each text as a reader will see it,
//! for strings that YAML escapes, entities or markup hide from a search of the file.

use super::texts::Form;
use super::{Context, Look, Rule, code, place};
use crate::diag::{Diagnostic, Report, SourceFile, Span, Spanned, Written};
use crate::markdown::plain;
use crate::msg;
use aho_corasick::AhoCorasick;
use hashbrown::HashSet;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) const RULE: Rule = Rule {
    codes: &[code("forbidden-text", "出现了 site.yaml 禁止的字串", "a string that site.yaml forbids")],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let forbidden: Vec<&Spanned<Written>> =
        cx.catalogue.site.forbidden.iter().filter(|forbidden| !forbidden.value.is_empty()).collect();
    if forbidden.is_empty() {
        return;
    }
    let suspects = Suspects::new(cx, &forbidden);
    for forbidden in forbidden {
        in_files(cx, forbidden, &suspects.files, report);
        in_texts(&suspects.texts, &forbidden.value, report);
        in_paths(&suspects.paths, &forbidden.value, report);
    }
}

/// What holds any of the forbidden strings, and maybe more: they are looked for all at once, and what is left for a search
/// for each is next to nothing.
struct Suspects<'c> {
    /// Files with one in their text.
    files: Vec<&'c Arc<SourceFile>>,
    /// Files with one in their path.
    paths: Vec<&'c Arc<SourceFile>>,
    /// Texts with one that their file may not show.
    texts: Vec<(&'c Spanned<Written>, Form)>,
}

impl<'c> Suspects<'c> {
    fn new(cx: &Context<'c>, forbidden: &[&Spanned<Written>]) -> Self {
        // More strings than can be looked for at once are looked for everywhere.
        let all = AhoCorasick::new(forbidden.iter().map(|forbidden| forbidden.value.as_str())).ok();
        let any = |text: &str| all.as_ref().is_none_or(|all| all.is_match(text));
        let suspect = |text: &Spanned<Written>, form: Form| {
            (text.value != text.span.text() && any(&text.value))
                || (matches!(form, Form::Markdown(_)) && any(&plain(&text.value)))
        };
        let mut texts = Vec::new();
        let mut files = Files::default();
        let pieces = cx.texts.pieces().map(|piece| (piece.text, piece.form));
        for (text, form) in pieces.chain(cx.texts.values.iter().map(|value| (*value, Form::Lines))) {
            files.add(&text.span.file);
            if suspect(text, form) {
                texts.push((text, form));
            }
        }
        cx.catalogue.items.iter().for_each(|item| files.add(&item.file));
        cx.catalogue.policy.texts.iter().for_each(|text| files.add(&text.file));
        let files = files.by_path.values().copied();
        let paths = files.clone().filter(|file| any(&file.path)).collect();
        Self { files: files.filter(|file| any(&file.text)).collect(), paths, texts }
    }
}

/// Files by path. Many texts stand in one: paths are compared once for each file.
#[derive(Default)]
struct Files<'c> {
    seen: HashSet<*const SourceFile>,
    by_path: BTreeMap<&'c str, &'c Arc<SourceFile>>,
}

impl<'c> Files<'c> {
    fn add(&mut self, file: &'c Arc<SourceFile>) {
        if self.seen.insert(Arc::as_ptr(file)) {
            self.by_path.insert(&file.path, file);
        }
    }
}

/// Every occurrence in a file, but for the list of forbidden strings itself.
fn in_files(cx: &Context<'_>, forbidden: &Spanned<Written>, files: &[&Arc<SourceFile>], report: &mut Report) {
    let own: Vec<&Span> = cx.catalogue.site.forbidden.iter().map(|f| &f.span).collect();
    for file in files {
        for (at, found) in file.text.match_indices(forbidden.value.as_str()) {
            let span = Span::new(file, at, at + found.len());
            let listed =
                own.iter().any(|o| o.file.path == file.path && o.start() <= span.start() && span.end() <= o.end());
            if !listed {
                report.push(fault(span, &forbidden.value));
            }
        }
    }
}

/// Texts that contain the string although their file does not show it.
fn in_texts(texts: &[(&Spanned<Written>, Form)], forbidden: &str, report: &mut Report) {
    for (text, form) in texts {
        if text.span.text().contains(forbidden) {
            continue;
        }
        if let Some(at) = text.value.find(forbidden) {
            report.push(fault(place(text, at..at + forbidden.len()), forbidden));
        } else if matches!(form, Form::Markdown(_)) && plain(&text.value).contains(forbidden) {
            report.push(hidden(line_with(text, forbidden), forbidden));
        }
    }
}

/// Slugs and names of documents are file names, and addresses in the output.
fn in_paths(files: &[&Arc<SourceFile>], forbidden: &str, report: &mut Report) {
    for file in files {
        if file.path.contains(forbidden) {
            let message =
                msg!("文件名中有禁止的字串“{forbidden}”", "the file's name contains the forbidden `{forbidden}`");
            let hint = msg!("请给文件改名", "rename the file");
            report.push(Diagnostic::error("forbidden-text", Span::whole(file), message).hint(hint));
        }
    }
}

/// The line that contains the string once its markup is gone; the text's start where it runs over several lines.
fn line_with(text: &Spanned<Written>, forbidden: &str) -> Span {
    let mut at = 0;
    for line in text.value.split_inclusive('\n') {
        if plain(line).contains(forbidden) {
            return place(text, at..at + line.trim_end().len());
        }
        at += line.len();
    }
    super::point(&text.span)
}

fn hidden(span: Span, forbidden: &str) -> Diagnostic {
    let message = msg!(
        "这段文字去掉标记后含有禁止的字串“{forbidden}”",
        "without its markup, this text contains the forbidden `{forbidden}`"
    );
    Diagnostic { message, ..fault(span, forbidden) }
}

fn fault(span: Span, forbidden: &str) -> Diagnostic {
    let message = msg!("这里有禁止的字串“{forbidden}”", "the forbidden `{forbidden}` stands here");
    Diagnostic::error("forbidden-text", span, message).hint(msg!(
        "请换成原文应有的字句，并在 editorial 中注明；禁止的字串列在 site.yaml 的 forbidden 下",
        "put back what the original must have said and note it under `editorial`; site.yaml lists the strings under `forbidden`"
    ))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    #[test]
    fn everywhere_in_a_file() {
        let site = Site::default()
            .replace("items/education/grant.yaml", "aliases: [补助]", "aliases: [博彩] # 博彩")
            .replace("policy/notice.md", "见[补助]", "见博彩[补助]")
            .replace("i18n/mn-Mong/items/education/grant.yaml", "status: draft", "status: draft # 博彩");
        assert_snapshot!(site.faults(), @r"
        Error forbidden-text i18n/mn-Mong/items/education/grant.yaml:1:17 [博彩]
          这里有禁止的字串“博彩”
          the forbidden `博彩` stands here
          > 请换成原文应有的字句，并在 editorial 中注明；禁止的字串列在 site.yaml 的 forbidden 下
          > put back what the original must have said and note it under `editorial`; site.yaml lists the strings under `forbidden`
        Error forbidden-text items/education/grant.yaml:3:11 [博彩]
          这里有禁止的字串“博彩”
          the forbidden `博彩` stands here
          > 请换成原文应有的字句，并在 editorial 中注明；禁止的字串列在 site.yaml 的 forbidden 下
          > put back what the original must have said and note it under `editorial`; site.yaml lists the strings under `forbidden`
        Error forbidden-text items/education/grant.yaml:3:17 [博彩]
          这里有禁止的字串“博彩”
          the forbidden `博彩` stands here
          > 请换成原文应有的字句，并在 editorial 中注明；禁止的字串列在 site.yaml 的 forbidden 下
          > put back what the original must have said and note it under `editorial`; site.yaml lists the strings under `forbidden`
        Error forbidden-text policy/notice.md:7:2 [博彩]
          这里有禁止的字串“博彩”
          the forbidden `博彩` stands here
          > 请换成原文应有的字句，并在 editorial 中注明；禁止的字串列在 site.yaml 的 forbidden 下
          > put back what the original must have said and note it under `editorial`; site.yaml lists the strings under `forbidden`
        ");
    }

    #[test]
    fn behind_escapes_and_markup() {
        let site = Site::default()
            .replace("items/education/grant.yaml", "每人每年1000元。", "\"\\u535a\\u5f69每年1000元\"")
            .replace("policy/notice.md", "见[补助]", "博**彩**见[补助]");
        assert_snapshot!(site.faults(), @r#"
        Error forbidden-text items/education/grant.yaml:6:13 [\"\\u535a\\u5f69每年1000元\"]
          这里有禁止的字串“博彩”
          the forbidden `博彩` stands here
          > 请换成原文应有的字句，并在 editorial 中注明；禁止的字串列在 site.yaml 的 forbidden 下
          > put back what the original must have said and note it under `editorial`; site.yaml lists the strings under `forbidden`
        Error forbidden-text policy/notice.md:7:1 [博**彩**见[补助](items/education/grant.yaml)和[上文](#tasks)。]
          这段文字去掉标记后含有禁止的字串“博彩”
          without its markup, this text contains the forbidden `博彩`
          > 请换成原文应有的字句，并在 editorial 中注明；禁止的字串列在 site.yaml 的 forbidden 下
          > put back what the original must have said and note it under `editorial`; site.yaml lists the strings under `forbidden`
        "#);
    }

    #[test]
    fn in_a_file_name() {
        let site = Site::default().replace("site.yaml", "[博彩]", "[grant.yaml]");
        let faults = site.replace("policy/notice.md", "items/education/grant.yaml", "#tasks").faults();
        assert_snapshot!(faults, @r"
        Error forbidden-text i18n/mn-Mong/items/education/grant.yaml:1:1 []
          文件名中有禁止的字串“grant.yaml”
          the file's name contains the forbidden `grant.yaml`
          > 请给文件改名
          > rename the file
        Error forbidden-text items/education/grant.yaml:1:1 []
          文件名中有禁止的字串“grant.yaml”
          the file's name contains the forbidden `grant.yaml`
          > 请给文件改名
          > rename the file
        ");
    }
}
