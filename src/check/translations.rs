//! How much of the catalogue has no translation yet: one warning a language, never an error.
//!
//! A missing translation is a normal state: the page shows the source text and says so. Which texts they are is for
//! `translate`; here a count is enough. Translations gone stale are named one by one when they are read (`lower`).

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Report, Span};
use crate::lang::Lang;
use crate::model::{Catalogue, Meta};
use crate::msg;

pub(super) const RULE: Rule = Rule {
    codes: &[code(
        "missing-translations",
        "某种语言还有内容没有译文",
        "parts of the content have no translation into a language",
    )],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let catalogue = cx.catalogue;
    for (id, lang) in catalogue.lang_ids().skip(1) {
        let missing = |meta: &Vec<Option<Meta>>| !matches!(meta.get(id.0 - 1), Some(Some(_)));
        let all = catalogue.items.len();
        let items = catalogue.items.iter().filter(|item| missing(&item.meta)).count();
        if items == 0 {
            continue;
        }
        let tag = &lang.tag;
        let message =
            msg!("{tag}：{all}个服务项目中有{items}个没有译文", "{tag}: {items} of {all} items without a translation");
        report.push(Diagnostic::warning("missing-translations", language(catalogue, lang), message).hint(msg!(
            "缺译文处会显示原文；译文写在 i18n/{tag}/ 下",
            "there, pages show the source text; translations belong to i18n/{tag}/"
        )));
    }
}

/// The place of the language's tag in `site.yaml`.
fn language(catalogue: &Catalogue, lang: &Lang) -> Span {
    let file = &catalogue.site.title.source.span.file;
    // A short tag may occur in other words as well; the one that is meant stands after its key.
    let after_key = |at: &usize| file.text[..*at].trim_end_matches([' ', '"', '\'']).ends_with("tag:");
    match file.text.match_indices(&lang.tag).map(|(at, _)| at).find(after_key) {
        Some(at) => Span::new(file, at, at + lang.tag.len()),
        None => Span::whole(file),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    #[test]
    fn one_warning_a_language() {
        assert_snapshot!(Site::default().without("i18n/mn-Mong/items/education/meals.yaml").faults(), @r"
        Warning missing-translations site.yaml:3:11 [mn-Mong]
          mn-Mong：2个服务项目中有1个没有译文
          mn-Mong: 1 of 2 items without a translation
          > 缺译文处会显示原文；译文写在 i18n/mn-Mong/ 下
          > there, pages show the source text; translations belong to i18n/mn-Mong/
        ");
    }
}
