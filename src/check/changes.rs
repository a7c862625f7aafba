//! An adjustment of the list is not younger than the edition that tells of it.
//!
//! Readers see the date of the edition on every page: an adjustment after it would say that the site knows the future, and
//! mostly `updated` was forgotten or a year mistyped. What is announced for a later day is dated by its announcement.

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::msg;

pub(super) const RULE: Rule = Rule {
    codes: &[code(
        "change-after-edition",
        "调整的日期晚于 site.yaml 的 updated",
        "an adjustment is dated after `updated` of site.yaml",
    )],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let Some(updated) = &cx.catalogue.site.updated else { return };
    // Both are days of one form, so that their order is that of the texts.
    for change in cx.catalogue.changes.iter().filter(|change| change.date.value > updated.value) {
        let (date, edition) = (&change.date.value, &updated.value);
        let message = msg!(
            "调整的日期{date}晚于本版内容的日期{edition}",
            "the adjustment of {date} is younger than the content, which is of {edition}"
        );
        report.push(
            Diagnostic::warning("change-after-edition", change.date.span.clone(), message)
                .related(updated.span.clone(), msg!("本版日期写在这里", "the date of the content is here"))
                .hint(msg!("请核对日期，或更新 site.yaml 的 updated", "compare the dates, or move `updated` on")),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    fn dated(site: &str) -> String {
        let changes = "- {id: a, date: 2019-05-01, kind: changed, title: 调整标准}\n\
                       - {id: b, date: 2019-05-02, kind: added, title: 新增项目, items: [grant]}\n";
        Site::default().replace("site.yaml", "title: 清单\n", site).with("changes.yaml", changes).faults()
    }

    #[test]
    fn on_the_day_itself_is_in_time() {
        assert_eq!(dated("title: 清单\n"), "");
        assert_eq!(dated("title: 清单\nupdated: 2019-05-02\n"), "");
    }

    #[test]
    fn after_the_edition() {
        assert_snapshot!(dated("title: 清单\nupdated: 2019-05-01\n"), @r"
        Warning change-after-edition changes.yaml:2:17 [2019-05-02]
          调整的日期2019-05-02晚于本版内容的日期2019-05-01
          the adjustment of 2019-05-02 is younger than the content, which is of 2019-05-01
          > 请核对日期，或更新 site.yaml 的 updated
          > compare the dates, or move `updated` on
          & site.yaml:5:10 本版日期写在这里 / the date of the content is here
        ");
    }

    #[test]
    fn their_texts_keep_the_rules_of_all_texts() {
        let changes = "- id: a\n  date: 2019-05-01\n  kind: changed\n  title: \"甲\\n乙\"\n  text: 见[旧](items/x.yaml)和[本条](#change-a)\n  \
                       basis: {name: 博彩}\n";
        let translation = "a:\n  status: draft\n  text: {title: \u{43C}\u{43E}, text: ᠠᠮᠢᠳᠤᠷᠠᠯ 5}\n";
        let site = Site::default().with("changes.yaml", changes).with("i18n/mn-Mong/changes.yaml", translation);
        assert_snapshot!(site.faults(), @r"
        Error line-break changes.yaml:4:10 []
          这里只能写一行，却有换行
          this is a text of one line, but it has a line break
          > 请写成一行；也不要用“|”
          > write it on one line, and without `|`
        Error broken-link changes.yaml:5:14 [items/x.yaml]
          链接“items/x.yaml”没有对应的页面
          the link `items/x.yaml` leads to no page
          > 请写内容文件的路径，例如 items/education/x.yaml 或 notice.md#tasks
          > write the path of a content file, such as items/education/x.yaml or notice.md#tasks
        Error forbidden-text changes.yaml:6:17 [博彩]
          这里有禁止的字串“博彩”
          the forbidden `博彩` stands here
          > 请换成原文应有的字句，并在 editorial 中注明；禁止的字串列在 site.yaml 的 forbidden 下
          > put back what the original must have said and note it under `editorial`; site.yaml lists the strings under `forbidden`
        Error cyrillic-letter i18n/mn-Mong/changes.yaml:3:17 [мо]
          这里有西里尔字母“мо”
          the Cyrillic `мо` stands here
          > 请用传统蒙古文重写；两种文字不能逐字转换
          > write it in the traditional script; one cannot be derived from the other letter by letter
        Warning figures-differ i18n/mn-Mong/changes.yaml:3:36 [5]
          数字与原文不一致：多5
          the numbers are not those of the source: the translation has besides 5
          > 请对照原文改正数字；数字照写，不写成文字
          > correct them after the source; numbers are written in digits, as there
        ");
    }
}
