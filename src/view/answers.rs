//! The answers of an item's page: who can apply, what one gets, from whom, who pays; with amounts standing out.
//!
//! The order is that of the columns, with the departments after the last column about eligibility or benefit:
//! what people came for stands above the fold.

use super::{Here, Link, Phrase, Views, escape, paragraphs};
use crate::lang::{LangId, State, Status};
use crate::model::{Amount, Field, FieldKind, Item, Role, Text};
use crate::url::Page;
use serde::Serialize;

/// One answer: a column's cell, or the departments.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// The field's id; `departments` for the departments.
    pub id: String,
    /// The field's role; `departments` for the departments.
    pub role: &'static str,
    /// The question, or the column's heading where there is none.
    pub heading: Phrase,
    /// The column's heading as the list prints it.
    pub label: Phrase,
    /// The cell.
    pub html: String,
    /// `missing`, `stale`, `draft`, `checked`; none where there is nothing to say.
    pub state: Option<&'static str>,
    /// The source text beside a translation that was not reviewed.
    pub source_html: Option<String>,
    /// The amounts of this answer, to be shown big.
    pub amounts: Vec<AmountView>,
    /// The departments.
    pub links: Vec<Link>,
}

/// An amount in words of the page's language.
#[derive(Debug, Clone, Serialize)]
pub struct AmountView {
    /// For whom.
    pub who: Option<Phrase>,
    /// The figure as printed.
    pub value: String,
    /// In what.
    pub unit: Option<Phrase>,
    /// Per what.
    pub per: Vec<Phrase>,
}

impl Views<'_> {
    /// The answers of an item, in the order of its page.
    pub(super) fn answers(&self, here: Here<'_>, item: &Item) -> Vec<Answer> {
        let catalogue = self.catalogue;
        let mut answers: Vec<Answer> = Vec::new();
        let mut last_lead = None;
        let amounts_at = catalogue.fields.iter().position(|f| f.role == Role::Benefit);
        for (id, field) in catalogue.field_ids() {
            let Some(text) = item.text(id).filter(|_| field.role != Role::Title) else { continue };
            let mut answer = self.field_answer(here, item, field, text);
            if amounts_at == Some(id.0) {
                answer.amounts = self.amounts(here, item);
            }
            if matches!(field.role, Role::Eligibility | Role::Benefit) {
                last_lead = Some(answers.len());
            }
            answers.push(answer);
        }
        if let Some(departments) = self.departments_answer(here, item) {
            answers.insert(last_lead.map_or(0, |at| at + 1), departments);
        }
        answers
    }

    /// The amounts of an item.
    pub(super) fn amounts(&self, here: Here<'_>, item: &Item) -> Vec<AmountView> {
        item.amounts.iter().map(|amount| self.amount(here, amount)).collect()
    }

    fn amount(&self, here: Here<'_>, amount: &Amount) -> AmountView {
        let vocabulary = &self.catalogue.vocabulary;
        let word = |words: &indexmap::IndexMap<String, Text>, id: &str| words.get(id).map(|t| self.phrase(here, t));
        AmountView {
            who: amount.who.as_ref().and_then(|id| word(&vocabulary.who, &id.value)),
            value: amount.value.value.to_string(),
            unit: amount.unit.as_ref().and_then(|id| word(&vocabulary.unit, &id.value)),
            per: amount.per.iter().filter_map(|id| word(&vocabulary.per, &id.value)).collect(),
        }
    }

    fn field_answer(&self, here: Here<'_>, item: &Item, field: &Field, text: &Text) -> Answer {
        let label = self.phrase(here, &field.label);
        let resolved = text.resolve(here.lang);
        let draft =
            matches!(resolved.state, State::Translated { status, stale } if stale || status != Some(Status::Reviewed));
        Answer {
            id: field.id.value.to_string(),
            role: field.role.as_str(),
            heading: self.optional_phrase(here, field.question.as_ref()).unwrap_or_else(|| label.clone()),
            label,
            html: self.cell(here, item, field, text, here.lang),
            state: super::state_word(resolved.state),
            source_html: draft.then(|| self.cell(here, item, field, text, LangId::SOURCE)),
            amounts: Vec::new(),
            links: Vec::new(),
        }
    }

    fn departments_answer(&self, here: Here<'_>, item: &Item) -> Option<Answer> {
        let column = &self.catalogue.departments_column;
        let label = self.phrase(here, &column.label);
        let link = |id: &crate::model::DepartmentId| {
            let group = self.catalogue.department(*id);
            self.link(here, Page::Department(&group.id.value), &group.name)
        };
        let links: Vec<Link> = item.departments.iter().map(link).collect();
        (!links.is_empty()).then(|| Answer {
            id: "departments".into(),
            role: "departments",
            heading: self.optional_phrase(here, column.question.as_ref()).unwrap_or_else(|| label.clone()),
            label,
            html: String::new(),
            state: None,
            source_html: None,
            amounts: Vec::new(),
            links,
        })
    }

    /// A cell as HTML, in the text's version for `lang`.
    pub(super) fn cell(&self, here: Here<'_>, item: &Item, field: &Field, text: &Text, lang: LangId) -> String {
        let resolved = text.resolve(lang);
        let value = resolved.value.value.as_str();
        let html = match field.kind {
            FieldKind::Markdown => self.markdown(Here { lang, ..here }, text, 3, &[]).html(),
            FieldKind::Phone => paragraphs(value).map(|line| format!("<p>{}</p>", phone_links(line))).collect(),
            FieldKind::Line | FieldKind::Text => {
                let figures = self.figures(item, resolved.lang);
                paragraphs(value).map(|line| format!("<p>{}</p>", mark_amounts(line, &figures))).collect()
            }
        };
        self.in_language(here, resolved.lang, "div", html)
    }

    /// The item's figures, each with its unit in the language of the text they are to be found in.
    fn figures(&self, item: &Item, lang: LangId) -> Vec<(String, String)> {
        let unit = |amount: &Amount| {
            let unit = self.catalogue.vocabulary.unit.get(amount.unit.as_ref()?.value.as_str())?;
            Some(unit.resolve(lang).value.value.to_string())
        };
        item.amounts.iter().map(|a| (a.value.value.to_string(), unit(a).unwrap_or_default())).collect()
    }
}

/// Escapes a line and makes the item's figures bold, with the unit where it follows directly.
fn mark_amounts(line: &str, figures: &[(String, String)]) -> String {
    if figures.is_empty() {
        return escape(line);
    }
    let mut out = String::with_capacity(line.len());
    let (mut at, mut from) = (0, 0);
    while at < line.len() {
        let rest = &line[at..];
        let starts_number = !line[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
        let found = figures.iter().find(|(figure, _)| {
            starts_number
                && !figure.is_empty()
                && rest.strip_prefix(figure.as_str()).is_some_and(|after| !continues_number(after))
        });
        match found {
            Some((figure, unit)) => {
                let with_unit = rest[figure.len()..].starts_with(unit.as_str());
                let len = figure.len() + if with_unit { unit.len() } else { 0 };
                out.push_str(&escape(&line[from..at]));
                out.push_str("<strong class=\"amount\">");
                out.push_str(&escape(&rest[..len]));
                out.push_str("</strong>");
                at += len;
                from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    out.push_str(&escape(&line[from..]));
    out
}

fn continues_number(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some(c) if c.is_ascii_digit() => true,
        Some('.') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Escapes a line and makes its telephone numbers links: runs of at least three digits with `+ - ( )` and spaces within.
fn phone_links(line: &str) -> String {
    let part_of_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | ' ');
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '+') {
        out.push_str(&escape(&rest[..start]));
        let tail = &rest[start..];
        let end = tail.find(|c| !part_of_number(c)).unwrap_or(tail.len());
        let number = tail[..end].trim_end_matches(['-', '(', ' ', '+']);
        let number = if number.is_empty() { &tail[..1] } else { number };
        let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        if digits.chars().filter(char::is_ascii_digit).count() >= 3 {
            out.push_str(&format!("<a href=\"tel:{digits}\">{}</a>", escape(number)));
        } else {
            out.push_str(&escape(number));
        }
        rest = &tail[number.len()..];
    }
    out.push_str(&escape(rest));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_marked_with_their_unit_and_only_as_whole_numbers() {
        let figures = [("400".to_owned(), "元".to_owned())];
        assert_eq!(
            mark_amounts("一级400元、1400元、400.5元", &figures),
            "一级<strong class=\"amount\">400元</strong>、1400元、400.5元"
        );
        assert_eq!(mark_amounts("<b>400</b>", &figures), "&lt;b&gt;<strong class=\"amount\">400</strong>&lt;/b&gt;");
    }

    #[test]
    fn telephone_numbers_become_links() {
        assert_eq!(phone_links("热线 12333（5×8小时）"), "热线 <a href=\"tel:12333\">12333</a>（5×8小时）");
        assert_eq!(phone_links("+86 470-822 1234"), "<a href=\"tel:+864708221234\">+86 470-822 1234</a>");
        assert_eq!(phone_links("+"), "+");
    }
}
