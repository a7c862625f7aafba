//! Markdown says nothing that the site cannot show: links lead somewhere, headings can be told apart, embeds exist.
//!
//! Links are written as paths of the content folder, so whether they lead anywhere is known before anything is built.
//! Addresses with other schemes than http, https, mailto and tel are refused, since some of them run scripts. Raw HTML is
//! shown as text, which no reader should see, so it is worth a warning.

use super::texts::Piece;
use super::{Context, Look, Rule, code, place};
use crate::diag::{Diagnostic, Message, Report, closest, suggest};
use crate::markdown::{Embed, FoundLink, Heading, Refused, RefusedKind, SCHEMES, Targets, Unresolved, scan};
use crate::msg;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    codes: &[
        code("broken-link", "链接指向不存在的文件", "a link to a file that does not exist or has no page"),
        code("broken-anchor", "链接指向不存在的标题或条目", "a link to a heading or entry that does not exist"),
        code("refused-address", "链接的地址不被允许", "a link's address is not allowed"),
        code("refused-html", "Markdown 中有不被允许的 HTML", "HTML that is not allowed in Markdown"),
        code("refused-image", "Markdown 中的图片不会显示", "an image in Markdown, which is not shown"),
        code("unknown-embed", "{…} 不是可用的表", "a paragraph of `{…}` that names no table"),
        code("duplicate-anchor", "同一文件中两个标题的标识相同", "two headings of a document have the same id"),
        code("bad-anchor", "标题的标识不合规定", "a heading's id has other characters than ids may have"),
    ],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    let targets = Targets::new(cx.catalogue);
    for (piece, embeds) in cx.texts.markdown() {
        let found = scan(&piece.text.value);
        // In an incomplete catalogue a link may lead to a file that could not be read and has a message of its own.
        for link in found.links.iter().filter(|link| !link.external && !cx.catalogue.incomplete) {
            content_link(&piece, link, &found.headings, &targets, report);
        }
        found.refused.iter().for_each(|refused| report.push(refused_fault(&piece, refused)));
        found.embeds.iter().for_each(|embed| check_embed(&piece, embed, embeds, report));
        anchors(&piece, &found.headings, report);
    }
}

fn content_link(piece: &Piece<'_>, link: &FoundLink, own: &[Heading], targets: &Targets<'_>, report: &mut Report) {
    let written = &link.destination;
    let Err(why) = targets.resolve(piece.here(), own, piece.lang, written) else { return };
    let span = place(piece.text, link.range.clone());
    report.push(match why {
        Unresolved::File => {
            let path = written.split('#').next().unwrap_or_default();
            Diagnostic::error(
                "broken-link",
                span,
                msg!("链接“{written}”没有对应的页面", "the link `{written}` leads to no page"),
            )
            .hint(file_hint(path, targets))
        }
        Unresolved::Anchor => {
            let anchor = written.split_once('#').map_or("", |(_, anchor)| anchor);
            let message = msg!("链接的目标里没有“#{anchor}”", "there is no `#{anchor}` where this link leads");
            // Only headings of the same document are at hand for a suggestion.
            let ids = own.iter().map(|heading| heading.id.as_str());
            let hint = if written.starts_with('#') { suggest(anchor, ids) } else { None };
            Diagnostic::error("broken-anchor", span, message).hint(
                hint.unwrap_or_else(|| msg!("请核对标题后面的“{{#标识}}”", "compare the `{{#id}}` after the heading")),
            )
        }
    });
}

/// The file most like the one written; people often leave out the folder, so names alone count too.
fn file_hint(path: &str, targets: &Targets<'_>) -> Message {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let wanted = name(path);
    if targets.paths().any(|known| known == path) {
        return msg!("请写明其中的一条，例如“{path}#标识”", "name one of its entries: `{path}#id`");
    }
    let names: Vec<(String, &str)> = targets.paths().map(|path| (name(path), path)).collect();
    let near = closest(&wanted, names.iter().map(|(name, _)| name.as_str()));
    match near.and_then(|near| names.iter().find(|(name, _)| name == near)) {
        Some((_, near)) => msg!("是不是想写“{near}”？", "did you mean `{near}`?"),
        None => msg!(
            "请写内容文件的路径，例如 items/education/x.yaml 或 notice.md#tasks",
            "write the path of a content file, such as items/education/x.yaml or notice.md#tasks"
        ),
    }
}

fn refused_fault(piece: &Piece<'_>, refused: &Refused) -> Diagnostic {
    let span = place(piece.text, refused.range.clone());
    let what = shorten(&refused.what);
    match refused.kind {
        RefusedKind::Address => {
            let schemes = SCHEMES.join(", ");
            let message = msg!("不允许的链接地址“{what}”", "the address `{what}` is not allowed in a link");
            Diagnostic::error("refused-address", span, message).hint(msg!(
                "外部链接须以 {schemes} 开头；站内链接请写内容文件的相对路径",
                "links to elsewhere begin with {schemes}; links within the site are relative paths of content files"
            ))
        }
        RefusedKind::Html => {
            let message = msg!(
                "不允许的 HTML“{what}”，将按文字显示",
                "the HTML `{what}` is not allowed and will be shown as text"
            );
            Diagnostic::warning("refused-html", span, message).hint(msg!(
                "请改用 Markdown；可用的标签只有不带属性的 br、sub、sup、ruby 等",
                "use Markdown instead; allowed are only a few tags without attributes: br, sub, sup, ruby …"
            ))
        }
        RefusedKind::Image => {
            let message = msg!(
                "图片“{what}”不会显示，只留替代文字",
                "the image `{what}` is not shown; its text alternative stays"
            );
            Diagnostic::warning("refused-image", span, message).hint(msg!("请改用文字说明", "say it in words"))
        }
    }
}

fn check_embed(piece: &Piece<'_>, embed: &Embed, known: &[&str], report: &mut Report) {
    let word = &embed.word;
    let (message, hint) = if !known.contains(&word.as_str()) {
        let message = msg!("“{{{word}}}”不是可用的表", "`{{{word}}}` names no table");
        let hint = suggest(word, known.iter().copied());
        (message, hint.unwrap_or_else(|| msg!("这里不能插入表", "no table can stand here")))
    } else if embed.nested {
        let message =
            msg!("“{{{word}}}”在列表或引文里不起作用", "`{{{word}}}` has no effect within a list or a quotation");
        (message, msg!("请让它单独成段，顶格书写", "let it stand alone between blank lines, not indented"))
    } else {
        return;
    };
    report.push(Diagnostic::error("unknown-embed", place(piece.text, embed.range.clone()), message).hint(hint));
}

/// Written ids that could not be used as written.
fn anchors(piece: &Piece<'_>, headings: &[Heading], report: &mut Report) {
    let mut first: BTreeMap<&str, &Heading> = BTreeMap::new();
    for heading in headings {
        let Some(written) = &heading.written_id else { continue };
        let span = || place(piece.text, heading.range.clone());
        if let Some(first) = first.get(written.as_str()) {
            let message = msg!("标识“{written}”已用于前面的标题", "the id `{written}` is taken by an earlier heading");
            report.push(
                Diagnostic::error("duplicate-anchor", span(), message)
                    .related(place(piece.text, first.range.clone()), msg!("先用于这里", "it is used here first"))
                    .hint(msg!("请换一个标识", "choose another id")),
            );
        } else if heading.id != *written {
            let message = msg!("标题的标识“{written}”不合规定", "`{written}` cannot be a heading's id");
            report.push(Diagnostic::error("bad-anchor", span(), message).hint(msg!(
                "标识只能用小写字母、数字和连字符，例如 {{#task-6}}",
                "ids have only lower-case letters, digits and hyphens, such as {{#task-6}}"
            )));
        }
        first.entry(written).or_insert(heading);
    }
}

/// The first line, at most 40 characters of it.
fn shorten(what: &str) -> String {
    let line = what.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(40).collect();
    if short.len() < what.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    fn notice(markdown: &str) -> String {
        Site::default().with("policy/notice.md", &format!("---\ntitle: 通知\nkind: notice\n---\n{markdown}\n")).faults()
    }

    #[test]
    fn good_links() {
        let links = [
            "items/education/grant.yaml",
            "../items/education/grant.yaml",
            "notice.md",
            "policy/notice.md#tasks",
            "#tasks",
            "tasks.yaml#task-1",
            "tasks.yaml#education",
            "indicators.yaml#retention",
            "departments.yaml#finance",
            "domains.yaml#education",
            "catalogue.yaml",
            "http://example.org",
            "mailto:a@b.cn",
            "tel:12345",
        ];
        let links: String = links.iter().map(|link| format!("[a]({link})\n")).collect();
        assert_eq!(notice(&format!("## 甲 {{#tasks}}\n\n{links}")), "");
    }

    #[test]
    fn links_to_nowhere() {
        assert_snapshot!(notice("[a](items/grant.yaml) [b](notise.md) [c](departments.yaml)"), @r"
        Error broken-link policy/notice.md:5:5 [items/grant.yaml]
          链接“items/grant.yaml”没有对应的页面
          the link `items/grant.yaml` leads to no page
          > 是不是想写“items/education/grant.yaml”？
          > did you mean `items/education/grant.yaml`?
        Error broken-link policy/notice.md:5:27 [notise.md]
          链接“notise.md”没有对应的页面
          the link `notise.md` leads to no page
          > 是不是想写“policy/notice.md”？
          > did you mean `policy/notice.md`?
        Error broken-link policy/notice.md:5:42 [departments.yaml]
          链接“departments.yaml”没有对应的页面
          the link `departments.yaml` leads to no page
          > 请写明其中的一条，例如“departments.yaml#标识”
          > name one of its entries: `departments.yaml#id`
        ");
        assert_snapshot!(notice("## 甲 {#tasks}\n\n[a](#task) [b](tasks.yaml#task-9)"), @r"
        Error broken-anchor policy/notice.md:7:5 [#task]
          链接的目标里没有“#task”
          there is no `#task` where this link leads
          > 是不是想写“tasks”？
          > did you mean `tasks`?
        Error broken-anchor policy/notice.md:7:16 [tasks.yaml#task-9]
          链接的目标里没有“#task-9”
          there is no `#task-9` where this link leads
          > 请核对标题后面的“{#标识}”
          > compare the `{#id}` after the heading
        ");
    }

    #[test]
    fn what_is_refused() {
        assert_snapshot!(notice("[a](javascript:alert(1)) [b](/root) ![图](a.png)\n\n<div>x</div>\n"), @r"
        Error refused-address policy/notice.md:5:5 [javascript:alert(1)]
          不允许的链接地址“javascript:alert(1)”
          the address `javascript:alert(1)` is not allowed in a link
          > 外部链接须以 http, https, mailto, tel 开头；站内链接请写内容文件的相对路径
          > links to elsewhere begin with http, https, mailto, tel; links within the site are relative paths of content files
        Error refused-address policy/notice.md:5:30 [/root]
          不允许的链接地址“/root”
          the address `/root` is not allowed in a link
          > 外部链接须以 http, https, mailto, tel 开头；站内链接请写内容文件的相对路径
          > links to elsewhere begin with http, https, mailto, tel; links within the site are relative paths of content files
        Warning refused-image policy/notice.md:5:37 [![图](a.png)]
          图片“a.png”不会显示，只留替代文字
          the image `a.png` is not shown; its text alternative stays
          > 请改用文字说明
          > say it in words
        Warning refused-html policy/notice.md:7:1 [<div>x</div>]
          不允许的 HTML“<div>x</div>”，将按文字显示
          the HTML `<div>x</div>` is not allowed and will be shown as text
          > 请改用 Markdown；可用的标签只有不带属性的 br、sub、sup、ruby 等
          > use Markdown instead; allowed are only a few tags without attributes: br, sub, sup, ruby …
        ");
    }

    #[test]
    fn embeds() {
        assert_snapshot!(notice("{indicator}\n\n- a\n\n  {items}\n"), @r"
        Error unknown-embed policy/notice.md:5:1 [{indicator}]
          “{indicator}”不是可用的表
          `{indicator}` names no table
          > 是不是想写“indicators”？
          > did you mean `indicators`?
        Error unknown-embed policy/notice.md:9:3 [{items}]
          “{items}”在列表或引文里不起作用
          `{items}` has no effect within a list or a quotation
          > 请让它单独成段，顶格书写
          > let it stand alone between blank lines, not indented
        ");
    }

    #[test]
    fn ids_of_headings() {
        assert_snapshot!(notice("## 甲 {#a}\n\n## 乙 {#a}\n\n## 丙 {#丙}\n"), @r"
        Error duplicate-anchor policy/notice.md:7:1 [## 乙 {#a}]
          标识“a”已用于前面的标题
          the id `a` is taken by an earlier heading
          > 请换一个标识
          > choose another id
          & policy/notice.md:5:1 先用于这里 / it is used here first
        Error bad-anchor policy/notice.md:9:1 [## 丙 {#丙}]
          标题的标识“丙”不合规定
          `丙` cannot be a heading's id
          > 标识只能用小写字母、数字和连字符，例如 {#task-6}
          > ids have only lower-case letters, digits and hyphens, such as {#task-6}
        ");
    }

    #[test]
    fn fields_in_markdown() {
        let site = Site::default().replace(
            "items/education/meals.yaml",
            "text: {name: 营养膳食}",
            "text:\n  name: 营养膳食\n  guide: |-\n    见[补助](grant.yaml)。\n\n    见[错](grand.yaml)。\n\n    {items}\n",
        );
        assert_snapshot!(site.faults(), @r"
        Error broken-link items/education/meals.yaml:8:10 [grand.yaml]
          链接“grand.yaml”没有对应的页面
          the link `grand.yaml` leads to no page
          > 是不是想写“items/education/grant.yaml”？
          > did you mean `items/education/grant.yaml`?
        Error unknown-embed items/education/meals.yaml:10:5 [{items}]
          “{items}”不是可用的表
          `{items}` names no table
          > 这里不能插入表
          > no table can stand here
        ");
    }
}
