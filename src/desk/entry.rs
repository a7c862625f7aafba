//! A new entry of domains.yaml or departments.yaml; every other byte of the file stays.

use super::{id, name, place, refused, scalar};
use crate::amend::{Normal, Planned, yaml::with_entry};
use crate::diag::{SourceFile, Spanned, Written, suggest};
use crate::import::Refused;
use crate::lang::LangId;
use crate::model::Catalogue;
use crate::raw::tree::{self, Node, Value};
use crate::{msg, schema, slug};
use std::collections::BTreeSet;

/// A list that grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List<'l> {
    /// `domains.yaml`; within the domain with this id.
    Domain(Option<&'l str>),
    /// `departments.yaml`.
    Department,
}

impl List<'_> {
    /// Its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Domain(_) => "domains.yaml",
            Self::Department => "departments.yaml",
        }
    }

    /// What it is called where a name says nothing in Latin letters.
    fn stand_in(self) -> &'static str {
        match self {
            Self::Domain(_) => "domain",
            Self::Department => "department",
        }
    }
}

/// Plans one more entry; hands back its id. `written` is the file byte for byte, none where there is no such file.
///
/// # Errors
/// [`Refused`] for a name or id that is taken or cannot be one, for an unknown parent, and for a file that cannot be edited
/// safely.
pub fn add(
    catalogue: &Catalogue,
    list: List<'_>,
    (given, wanted): (&str, Option<&str>),
    written: Option<&str>,
) -> Result<(String, Planned), Refused> {
    let name = name(given)?;
    let there: Vec<(&Spanned<Written>, &Spanned<Written>)> = match list {
        List::Domain(_) => catalogue.domains.iter().map(|d| (&d.id, d.name.resolve(LangId::SOURCE).value)).collect(),
        List::Department => {
            catalogue.departments.iter().map(|d| (&d.id, d.name.resolve(LangId::SOURCE).value)).collect()
        }
    };
    if let Some((id, there)) = there.iter().find(|(_, there)| there.value == name) {
        let (id, place) = (&id.value, place(&there.span));
        return Err(refused(
            msg!("已有“{name}”，标识是“{id}”（{place}）", "there is a `{name}` already, with the id `{id}` ({place})"),
            msg!("直接使用这个标识", "use that id"),
        ));
    }
    let id = free_id(list, &there, name, wanted)?;
    let parents = match list {
        List::Domain(Some(parent)) => around(catalogue, parent)?,
        _ => Vec::new(),
    };
    let path = list.file();
    let planned = |text, new| Planned { path: path.to_owned(), text, new };
    let Some(written) = written else {
        let head = schema::modeline(path).map(|line| format!("{line}\n")).unwrap_or_default();
        return Ok((id.clone(), planned(format!("{head}{}", lines(&id, name)), true)));
    };
    let text = match parents.is_empty() {
        true => appended(written, &id, name).or_else(|| with_entry(written, &[], &id, name)),
        false => with_entry(written, &parents, &id, name),
    };
    let text = text.ok_or_else(|| {
        refused(
            msg!("“{path}”的写法特殊，无法安全地添加", "`{path}` is written in a way that cannot be added to safely"),
            msg!(
                "请在文件里手工加上“- {{id: {id}, name: {name}}}”",
                "add `- {{id: {id}, name: {name}}}` to the file by hand"
            ),
        )
    })?;
    Ok((id, planned(text, false)))
}

/// The id that was asked for, or one made from the name.
fn free_id(
    list: List<'_>,
    there: &[(&Spanned<Written>, &Spanned<Written>)],
    name: &str,
    wanted: Option<&str>,
) -> Result<String, Refused> {
    let Some(wanted) = wanted else {
        let mut taken: BTreeSet<String> = there.iter().map(|(id, _)| id.value.to_string()).collect();
        return Ok(slug::fresh(name, list.stand_in(), &mut taken));
    };
    id(wanted, "--id")?;
    match there.iter().find(|(there, _)| there.value == wanted) {
        None => Ok(wanted.to_owned()),
        Some((there, _)) => {
            let place = place(&there.span);
            Err(refused(
                msg!("标识“{wanted}”已被使用（{place}）", "the id `{wanted}` is taken ({place})"),
                msg!("请用 --id 另选一个", "choose another by --id"),
            ))
        }
    }
}

fn around<'c>(catalogue: &'c Catalogue, parent: &str) -> Result<Vec<&'c str>, Refused> {
    let Some(domain) = catalogue.find_domain(parent) else {
        let ids = catalogue.domains.iter().map(|domain| domain.id.value.as_str());
        return Err(Refused {
            message: msg!("--parent：没有领域“{parent}”", "--parent: there is no domain `{parent}`"),
            hint: suggest(parent, ids),
        });
    };
    Ok(catalogue.domain_path(domain).into_iter().map(|id| catalogue.domain(id).id.value.as_str()).collect())
}

fn lines(id: &str, name: &str) -> String {
    format!("- id: {}\n  name: {}\n", scalar(id), scalar(name))
}

/// The file with two lines more at its end, in its own manner of ending lines. None where they would not say what is meant.
fn appended(written: &str, id: &str, name: &str) -> Option<String> {
    let end = if written.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if written.is_empty() || written.ends_with('\n') { "" } else { end };
    let text = format!("{written}{gap}{}", lines(id, name).replace('\n', end));
    let list = |text: &str| -> Option<Vec<Node>> {
        let parsed = tree::parse(&SourceFile::new("", "", Normal::of(text).text));
        match parsed.value.map(|node| node.value) {
            _ if parsed.report.has_errors() => None,
            Some(Value::List(nodes)) => Some(nodes),
            None => Some(Vec::new()),
            Some(_) => None,
        }
    };
    let (old, new) = (list(written)?, list(&text)?);
    let Value::Map(entries) = &new.last()?.value else { return None };
    let says = |at: usize, wanted: &str| {
        matches!(&entries.get(at)?.node.value, Value::Scalar { text, .. } if text == wanted).then_some(())
    };
    says(0, id)?;
    says(1, name)?;
    let kept = old.iter().zip(&new).all(|(old, new)| old.span.text() == new.span.text());
    (kept && new.len() == old.len() + 1).then_some(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn entries_go_to_the_end_and_nothing_else_moves() {
        assert_eq!(
            appended("# a\n- id: x\n  name: y # b", "z", "名: 称").unwrap(),
            "# a\n- id: x\n  name: y # b\n- id: z\n  name: '名: 称'\n"
        );
        assert_eq!(
            appended("- {id: x, name: y}\r\n", "z", "n").unwrap(),
            "- {id: x, name: y}\r\n- id: z\r\n  name: n\r\n"
        );
        assert_eq!(appended("# nothing yet\n", "z", "n").unwrap(), "# nothing yet\n- id: z\n  name: n\n");
        for odd in ["[{id: x, name: y}]\n", "  - {id: x, name: y}\n", "id: x\n", "- id: x\n  name: |\n    a\n...\n"] {
            assert_eq!(appended(odd, "z", "n"), None, "{odd:?}");
        }
    }
}
