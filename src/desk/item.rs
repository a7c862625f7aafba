//! The skeleton of a new item: every column of the list as a key, with what belongs there.

use super::starter::Comments;
use super::{folder, id, name, place, refused, scalar};
use crate::amend::Planned;
use crate::amend::{Edit, Normal};
use crate::diag::{Message, suggest};
use crate::import::Refused;
use crate::lang::LangId;
use crate::model::{Catalogue, DomainId, Field, FieldKind, Group, Text};
use crate::{msg, schema, slug};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewItem<'n> {
    /// The name, in the source language.
    pub name: &'n str,
    /// The id of the domain; needed where there are several.
    pub domain: Option<&'n str>,
    /// The slug; made from the name without one.
    pub slug: Option<&'n str>,
    /// The number; the next free one where items have numbers.
    pub number: Option<u32>,
    /// Whether the expected counts of catalogue.yaml go up by one.
    pub raise: bool,
}

/// What is to be written.
#[derive(Debug)]
pub struct Added {
    /// The item's file, and catalogue.yaml where counts go up.
    pub files: Vec<Planned>,
    /// How many places must be filled in before the content is sound.
    pub blanks: usize,
    /// The expected counts that are one too low now, as places and counts.
    pub counts: Vec<(String, usize)>,
}

/// Plans an item. `columns` is catalogue.yaml byte for byte.
///
/// # Errors
/// [`Refused`] for names, slugs and numbers that are taken or cannot be such, and where the domain is not known.
pub fn item(catalogue: &Catalogue, wanted: NewItem<'_>, comments: Comments, columns: &str) -> Result<Added, Refused> {
    let name = name(wanted.name)?;
    let domain = domain(catalogue, wanted.domain)?;
    let number = number(catalogue, wanted.number)?;
    let slug = free_slug(catalogue, name, wanted.slug, number)?;
    let path = format!("items/{}/{slug}.yaml", folder(catalogue, domain));
    let mut skeleton = Skeleton { catalogue, comments, out: String::new(), blanks: 0 };
    skeleton.write(&path, name, number);
    let Skeleton { out, blanks, .. } = skeleton;
    let mut files = vec![Planned { path, text: out, new: true }];
    let counts = counts(catalogue, domain);
    if wanted.raise && !counts.is_empty() {
        let normal = Normal::of(columns);
        let edits = counts.iter().map(|(span, count)| Edit {
            start: span.start(),
            end: span.end(),
            text: (count + 1).to_string(),
        });
        let text = normal.edited(columns, edits.collect());
        files.push(Planned { path: "catalogue.yaml".to_owned(), text, new: false });
    }
    let counts = counts.iter().filter(|_| !wanted.raise).map(|(span, count)| (place(span), count + 1)).collect();
    Ok(Added { files, blanks, counts })
}

/// The expected counts that a further item of a domain belongs to, where they are true now.
fn counts(catalogue: &Catalogue, domain: DomainId) -> Vec<(&crate::diag::Span, usize)> {
    let around = catalogue.domain_path(domain);
    let all = catalogue.expected.items.iter().map(|count| (&count.span, count.value));
    let own = catalogue.expected.domains.iter().filter(|(id, _)| around.contains(id));
    all.chain(own.map(|(_, count)| (&count.span, count.value))).collect()
}

fn listed(catalogue: &Catalogue) -> Message {
    let name = |domain: &crate::model::Domain| {
        format!("{} {}", domain.id.value, domain.name.resolve(LangId::SOURCE).value.value)
    };
    let all: Vec<String> = catalogue.domains.iter().map(name).collect();
    let (zh, en) = (all.join("、"), all.join(", "));
    msg!("可用的领域有：{zh}", "the domains are: {en}")
}

fn domain(catalogue: &Catalogue, wanted: Option<&str>) -> Result<DomainId, Refused> {
    let Some(wanted) = wanted else {
        return match catalogue.domains.len() {
            0 => Err(refused(
                msg!("还没有领域", "there is no domain yet"),
                msg!("先用 qingdan new domain 名称 添加一个", "add one by `qingdan new domain NAME` first"),
            )),
            1 => Ok(DomainId(0)),
            _ => Err(refused(
                msg!("要用 --domain 说明属于哪个领域", "say by --domain where it belongs"),
                listed(catalogue),
            )),
        };
    };
    catalogue.find_domain(wanted).ok_or_else(|| {
        let hint = suggest(wanted, catalogue.domains.iter().map(|domain| domain.id.value.as_str()));
        refused(
            msg!("--domain：没有领域“{wanted}”", "--domain: there is no domain `{wanted}`"),
            hint.unwrap_or_else(|| listed(catalogue)),
        )
    })
}

/// The number that was asked for, or the first that is free; none where items have none.
fn number(catalogue: &Catalogue, wanted: Option<u32>) -> Result<Option<u32>, Refused> {
    let taken = || catalogue.items.iter().filter_map(|item| Some((item, item.number.as_ref()?)));
    let free = || {
        let numbers: BTreeSet<u32> = taken().map(|(_, number)| number.value).collect();
        (1..=u32::MAX).find(|number| !numbers.contains(number))
    };
    let Some(wanted) = wanted else {
        let numbered = catalogue.numbered || taken().next().is_some();
        return Ok(if numbered { free() } else { None });
    };
    if let Some((item, there)) = taken().find(|(_, there)| there.value == wanted) {
        let (slug, place, free) = (&item.slug, place(&there.span), free().unwrap_or_default());
        return Err(refused(
            msg!("序号 {wanted} 已用于“{slug}”（{place}）", "the number {wanted} is taken by `{slug}` ({place})"),
            msg!("下一个可用的是 {free}", "the next free one is {free}"),
        ));
    }
    Ok(Some(wanted))
}

fn free_slug(catalogue: &Catalogue, name: &str, wanted: Option<&str>, number: Option<u32>) -> Result<String, Refused> {
    let Some(wanted) = wanted else {
        let same = |item: &&std::sync::Arc<crate::model::Item>| {
            item.name(catalogue).is_some_and(|there| there.resolve(LangId::SOURCE).value.value == name)
        };
        if let Some(item) = catalogue.items.iter().find(same) {
            let place = item.file.shown();
            return Err(refused(
                msg!("已有服务项目“{name}”（{place}）", "there is an item `{name}` already ({place})"),
                msg!("确实是另一项的，请用 --slug 指定它的标识", "if it is another one, name its slug by --slug"),
            ));
        }
        let former =
            catalogue.items.iter().flat_map(|item| item.former_slugs.iter().map(|slug| slug.value.to_string()));
        let mut taken: BTreeSet<String> = catalogue.items.iter().map(|item| item.slug.clone()).chain(former).collect();
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        return Ok(slug::of_item(name, &number, &mut taken));
    };
    id(wanted, "--slug")?;
    let holder = |item: &&std::sync::Arc<crate::model::Item>| {
        item.slug == wanted || item.former_slugs.iter().any(|former| former.value == wanted)
    };
    match catalogue.items.iter().find(holder) {
        None => Ok(wanted.to_owned()),
        Some(item) => {
            let place = item.file.shown();
            Err(refused(
                msg!("标识“{wanted}”已被使用（{place}）", "the slug `{wanted}` is taken ({place})"),
                msg!(
                    "请另选一个；标识是网址，旧的也不能再用",
                    "choose another: slugs are addresses, former ones as well"
                ),
            ))
        }
    }
}

struct Skeleton<'s> {
    catalogue: &'s Catalogue,
    comments: Comments,
    out: String,
    blanks: usize,
}

impl Skeleton<'_> {
    fn write(&mut self, path: &str, name: &str, number: Option<u32>) {
        let modeline = schema::modeline(path).unwrap_or_default();
        let _ = writeln!(self.out, "{modeline}");
        self.comment("", &msg!(
            "以“#”开头的行是说明，不会显示，可以删去。填完后运行 qingdan check。",
            "Lines that begin with `#` are notes; no page shows them, delete them as you like. Then run `qingdan check`."
        ));
        if let Some(number) = number {
            let _ = writeln!(self.out, "number: {number}");
        }
        let catalogue = self.catalogue;
        let column = &catalogue.departments_column;
        let (zh, en) = ("服务对象", "Whom it is for");
        self.groups("departments", &source(&column.label), &catalogue.departments, column.required);
        self.groups("audiences", self.comments.pick(zh, en), &catalogue.audiences, false);
        let events = self.comments.pick("人生事件", "Life events");
        self.groups("life_events", events, &catalogue.life_events, false);
        self.amounts();
        self.comment(
            "",
            &msg!(
                "人们平常怎么叫它，只用于搜索，如 [俗称, 简称]",
                "How people say it, for search alone: [one, another]"
            ),
        );
        self.out.push_str("aliases: []\n");
        self.comment(
            "",
            &msg!(
                "各列的内容。要写几段的，冒号后写 |-，下面每段一行，多缩进两格；行首有“# ”的，去掉它再填",
                "The cells. For several paragraphs write `|-` after the colon, then one a line, two spaces further in; take away `# ` to fill in the others"
            ),
        );
        self.out.push_str("text:\n");
        for field in &catalogue.fields {
            self.cell(field, name);
        }
    }

    fn comment(&mut self, indent: &str, text: &Message) {
        let _ = writeln!(self.out, "{indent}# {}", self.comments.of(text));
    }

    /// A list of ids, with those that may stand in it.
    fn groups(&mut self, key: &str, label: &str, groups: &[Group], required: bool) {
        if groups.is_empty() {
            return;
        }
        let first = groups.first().map(|group| group.id.value.as_str()).unwrap_or_default();
        let text = match required {
            true => {
                msg!("{label}（必填）：填下列标识，如 [{first}]", "{label} (required): ids of these, such as [{first}]")
            }
            false => msg!(
                "{label}：填下列标识，如 [{first}]；没有就留 []",
                "{label}: ids of these, such as [{first}]; [] for none"
            ),
        };
        self.comment("", &text);
        self.blanks += usize::from(required);
        let mut line = String::new();
        for group in groups {
            let word = format!("{} {}", group.id.value, source(&group.name));
            if !line.is_empty() && line.chars().count() + word.chars().count() > 90 {
                let _ = writeln!(self.out, "#   {line}");
                line.clear();
            }
            let gap = if line.is_empty() { "" } else { "  |  " };
            let _ = write!(line, "{gap}{word}");
        }
        let _ = writeln!(self.out, "#   {line}\n{key}: []");
    }

    /// An example of an amount, with words that the catalogue has.
    fn amounts(&mut self) {
        let words = &self.catalogue.vocabulary;
        let Some(unit) = words.unit.keys().next() else { return };
        self.comment(
            "",
            &msg!(
                "金额（可不填）：数字加引号，并须见于正文；去掉行首的“# ”即生效",
                "Amounts (optional): quote the figure, which must stand in the text; take away `# ` to use it"
            ),
        );
        let who = words.who.keys().next().map(|who| format!("who: {who}, ")).unwrap_or_default();
        let per = words.per.keys().next().map(|per| format!(", per: [{per}]")).unwrap_or_default();
        let _ = writeln!(self.out, "# amounts:\n#   - {{{who}value: \"100\", unit: {unit}{per}}}");
    }

    /// A cell: the name is filled in, what is required is left empty for `check` to name, the rest is a comment.
    fn cell(&mut self, field: &Field, name: &str) {
        let (id, label) = (&field.id.value, source(&field.label));
        if id == "name" {
            let _ = writeln!(self.out, "  # {label}\n  name: {}", scalar(name));
            return;
        }
        let colon = self.comments.pick("：", ": ");
        let question = field.question.as_ref().map(|text| format!("{colon}{}", source(text))).unwrap_or_default();
        let manner = self
            .comments
            .of(&match field.kind {
                FieldKind::Line => msg!("一行", "one line"),
                FieldKind::Text => msg!("一行一段", "a paragraph a line"),
                FieldKind::Markdown => {
                    msg!("Markdown", "Markdown")
                }
                FieldKind::Phone => msg!("电话号码，加引号", "telephone numbers, quoted"),
            })
            .to_owned();
        self.blanks += usize::from(field.required);
        let text = match field.required {
            true => msg!("{label}{question}（必填；{manner}）", "{label}{question} (required; {manner})"),
            false => msg!("{label}{question}（可不填；{manner}）", "{label}{question} (optional; {manner})"),
        };
        self.comment("  ", &text);
        let mark = if field.required { "" } else { "# " };
        let _ = writeln!(self.out, "  {mark}{id}:");
    }
}

fn source(text: &Text) -> String {
    text.resolve(LangId::SOURCE).value.value.to_string()
}
