//! The names of departments are those of the glossary, letter for letter.
//!
//! A department has one official name. A translation of one that is not in the glossary, or differs from it, names an office
//! that does not exist. Without a glossary nothing can be said.

use super::is_mongolian;
use super::words::is_selector;
use crate::check::{Context, Look, Rule, code, point};
use crate::diag::{Diagnostic, Report};
use crate::lang::LangId;
use crate::model::{Group, Term};
use crate::msg;

pub(in crate::check) const RULE: Rule = Rule {
    codes: &[
        code("department-not-in-glossary", "术语表中没有这个部门", "a department that the glossary does not have"),
        code("department-name", "部门名称与术语表不一致", "the name of a department is not the glossary's"),
    ],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let catalogue = cx.catalogue;
    let languages = catalogue.lang_ids().skip(1).filter(|(_, lang)| is_mongolian(lang));
    for (lang, _) in languages {
        let terms: Vec<&Term> = catalogue.glossary.iter().filter(|t| t.text.translation(lang).is_some()).collect();
        if terms.is_empty() {
            continue;
        }
        for department in &catalogue.departments {
            name(department, lang, &terms, report);
        }
    }
}

fn name(department: &Group, lang: LangId, terms: &[&Term], report: &mut Report) {
    let source = &department.name.source.value;
    let Some(translated) = department.name.translation(lang) else { return };
    let term = terms.iter().find(|term| term.text.source.value == *source);
    let Some(agreed) = term.and_then(|term| term.text.translation(lang)) else {
        let message = msg!("术语表中没有部门“{source}”", "the glossary does not have the department `{source}`");
        report.push(
            Diagnostic::error("department-not-in-glossary", point(&translated.value.span), message).hint(msg!(
                "请在 glossary.yaml 中写明它的名称和出处",
                "add its name to glossary.yaml, with its source"
            )),
        );
        return;
    };
    let plain = |text: &str| -> String { text.chars().filter(|c| !is_selector(*c)).collect() };
    let agreed_word = &agreed.value.value;
    if plain(agreed_word) != plain(&translated.value.value) {
        let message =
            msg!("部门“{source}”的名称与术语表不一致", "the name of the department `{source}` is not the glossary's");
        report.push(
            Diagnostic::error("department-name", translated.value.span.clone(), message)
                .related(agreed.value.span.clone(), msg!("术语表写的是这个", "the glossary has this"))
                .hint(msg!("请写“{agreed_word}”，或改正术语表", "write `{agreed_word}`, or mend the glossary")),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    const FILE: &str = "i18n/mn-Mong/departments.yaml";
    const NAMES: &str = "finance: {status: draft, text: {name: ᠡᠳ\u{202F}ᠦᠨ ᠵᠠᠰᠠᠭ\u{202F}ᠤᠨ ᠭᠠᠵᠠᠷ}}\n";

    #[test]
    fn a_department_has_one_name() {
        let glossary = "- {zh-Hans: 财政局, mn-Mong: ᠡᠳ\u{202F}ᠦᠨ ᠵᠠᠰᠠᠭ\u{202F}ᠤᠨ ᠲᠣᠪᠴᠢᠶ\u{180E}ᠠ}\n";
        assert_snapshot!(Site::default().with(FILE, NAMES).with("glossary.yaml", glossary).faults(), @r"
        Error department-name i18n/mn-Mong/departments.yaml:1:39 [ᠡᠳ\u{202f}ᠦᠨ ᠵᠠᠰᠠᠭ\u{202f}ᠤᠨ ᠭᠠᠵᠠᠷ]
          部门“财政局”的名称与术语表不一致
          the name of the department `财政局` is not the glossary's
          > 请写“ᠡᠳ ᠦᠨ ᠵᠠᠰᠠᠭ ᠤᠨ ᠲᠣᠪᠴᠢᠶ᠎ᠠ”，或改正术语表
          > write `ᠡᠳ ᠦᠨ ᠵᠠᠰᠠᠭ ᠤᠨ ᠲᠣᠪᠴᠢᠶ᠎ᠠ`, or mend the glossary
          & glossary.yaml:1:27 术语表写的是这个 / the glossary has this
        ");
    }

    #[test]
    fn a_glossary_has_every_department() {
        let glossary = "- {zh-Hans: 教育局, mn-Mong: ᠰᠤᠷᠭᠠᠨ ᠬᠥᠮᠦᠵᠢᠯ}\n";
        assert_snapshot!(Site::default().with(FILE, NAMES).with("glossary.yaml", glossary).faults(), @r"
        Error department-not-in-glossary i18n/mn-Mong/departments.yaml:1:39 []
          术语表中没有部门“财政局”
          the glossary does not have the department `财政局`
          > 请在 glossary.yaml 中写明它的名称和出处
          > add its name to glossary.yaml, with its source
        ");
    }

    #[test]
    fn without_a_glossary_nothing_is_said() {
        assert!(!Site::default().with(FILE, NAMES).check().has("department-not-in-glossary"));
    }
}
