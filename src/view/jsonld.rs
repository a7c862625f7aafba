//! Structured data: schema.org as JSON-LD, for search engines and assistants.
//!
//! Terms: GovernmentService, GovernmentOrganization, BreadcrumbList, FAQPage, Legislation (schema.org).
//! A lapsed document is said to be lapsed here too (`legislationLegalForce`).

use super::{Here, Link, Phrase, Views, plain_cell};
use crate::diag::{Spanned, Written};
use crate::model::{ItemId, Role, Text, Validity};
use crate::url::{self, Page};
use serde::Serialize;
use serde_json::{Map, Value, json};

const CONTEXT: &str = "https://schema.org";

/// An item: one for each page, so that it is written as it stands here.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Service<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    service_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<Audience>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    service_operator: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area_served: Option<Named<'a>>,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_of: Option<Legislation<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Audience {
    #[serde(rename = "@type")]
    kind: &'static str,
    audience_type: String,
}

/// Something that is known by its name alone.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Legislation<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    legislation_identifier: Option<Written>,
    #[serde(skip_serializing_if = "Option::is_none")]
    legislation_date: Option<Written>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<Written>,
    legislation_legal_force: &'static str,
}

impl Views<'_> {
    /// An item as a GovernmentService.
    pub(super) fn service_jsonld(&self, here: Here<'_>, id: ItemId) -> String {
        let catalogue = self.catalogue;
        let item = catalogue.item(id);
        // An item without a translation shows the source text: what is said of it here is in that language too.
        let lang = item.name(catalogue).map_or(here.lang, |name| name.resolve(here.lang).lang);
        let here = Here { lang, ..here };
        let cell = |role: Role| {
            catalogue.field_ids().find_map(|(id, field)| {
                let text = item.text(id).filter(|text| field.role == role && text.resolve(lang).lang == lang)?;
                Some(plain_cell(field.kind, text, lang))
            })
        };
        let organisation = |id: &crate::model::DepartmentId| Named {
            kind: "GovernmentOrganization",
            name: self.words(here, &catalogue.department(*id).name),
        };
        let area = |place| Named { kind: "AdministrativeArea", name: self.words(here, place) };
        text(&Service {
            context: CONTEXT,
            kind: "GovernmentService",
            name: item.name(catalogue).map_or(item.slug.as_str(), |name| self.words(here, name)),
            identifier: item.number.as_ref().map(|n| n.value.to_string()),
            description: cell(Role::Benefit),
            service_type: self.words(here, &catalogue.domain(item.domain).name),
            audience: cell(Role::Eligibility).map(|audience_type| Audience { kind: "Audience", audience_type }),
            service_operator: item.departments.iter().map(organisation).collect(),
            area_served: catalogue.site.place.as_ref().map(area),
            in_language: &self.lang(lang).tag,
            url: self.base_url.map(|base| url::absolute(base, &Page::Item(&item.slug).path(self.lang(lang)))),
            subject_of: self.legislation(here),
        })
    }

    /// A text in the page's language, or in the source's where there is no translation.
    fn words<'t>(&self, here: Here<'_>, text: &'t Text) -> &'t str {
        &text.resolve(here.lang).value.value
    }

    /// The document behind the list, with its legal force.
    fn legislation(&self, here: Here<'_>) -> Option<Legislation<'_>> {
        let document = self.catalogue.policy.document.as_ref()?;
        let value = |text: &'_ Option<Spanned<Written>>| text.as_ref().map(|text| text.value.clone());
        Some(Legislation {
            kind: "Legislation",
            name: self.words(here, &document.title),
            legislation_identifier: value(&document.document_number),
            legislation_date: value(&document.written),
            date_published: value(&document.published),
            legislation_legal_force: match document.validity {
                Validity::InForce => "https://schema.org/InForce",
                Validity::Revised => "https://schema.org/PartiallyInForce",
                Validity::NotYet | Validity::Lapsed | Validity::Repealed => "https://schema.org/NotInForce",
            },
        })
    }

    /// A department as a GovernmentOrganization.
    pub(super) fn organisation_jsonld(&self, here: Here<'_>, name: &Phrase, page: Page<'_>) -> String {
        let mut organisation = Map::new();
        organisation.insert("@context".into(), json!("https://schema.org"));
        organisation.insert("@type".into(), json!("GovernmentOrganization"));
        organisation.insert("name".into(), json!(name.text));
        let address = self.base_url.map(|base| url::absolute(base, &page.path(self.lang(here.lang))));
        insert(&mut organisation, "url", address.map(Value::String));
        let area = self.catalogue.site.place.as_ref().map(|place| json!(self.phrase(here, place).text));
        insert(&mut organisation, "areaServed", area);
        text(&Value::Object(organisation))
    }

    /// The way to a page; only with a base URL, since list items need absolute addresses.
    pub(super) fn breadcrumbs_jsonld(
        &self,
        here: Here<'_>,
        crumbs: &[Link],
        title: &Phrase,
        page: Page<'_>,
    ) -> Option<String> {
        let base = self.base_url?;
        let own = page.path(self.lang(here.lang));
        let mut steps: Vec<(String, String)> =
            crumbs.iter().map(|link| (link.name.text.clone(), resolve(here.path, &link.href))).collect();
        steps.push((title.text.clone(), own));
        let element = |(at, (name, path)): (usize, (String, String))| json!({"@type": "ListItem", "position": at + 1, "name": name, "item": url::absolute(base, &path)});
        let elements: Vec<Value> = steps.into_iter().enumerate().map(element).collect();
        let list = json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": elements});
        Some(text(&list))
    }

    /// Questions and answers as a FAQPage.
    pub(super) fn faq_jsonld(&self, here: Here<'_>, questions: &[(String, String)]) -> String {
        let question = |(question, answer): &(String, String)| {
            json!({
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            })
        };
        let questions: Vec<Value> = questions.iter().map(question).collect();
        text(&json!({
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "inLanguage": self.lang(here.lang).tag,
            "mainEntity": questions,
        }))
    }
}

fn insert(map: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        map.insert(key.to_owned(), value);
    }
}

/// JSON that cannot end its element early: `<`, `>` and `&` are written as escapes, and so are the separators
/// that are line ends to JavaScript.
fn text(value: &impl Serialize) -> String {
    // Nothing that is written here has keys that are no strings, the one thing that JSON has no form for.
    let json = serde_json::to_string(value).unwrap_or_default();
    let separates = |bytes: &[u8]| matches!(bytes, [0xE2, 0x80, 0xA8 | 0xA9]);
    if !json.contains('<') && !json.contains('>') && !json.contains('&') && !json.as_bytes().windows(3).any(separates) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    let mut from = 0;
    for (at, found) in json.match_indices(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        out.push_str(&json[from..at]);
        found.chars().for_each(|c| out.push_str(&format!("\\u{:04x}", u32::from(c))));
        from = at + found.len();
    }
    out.push_str(&json[from..]);
    out
}

/// The path of the output that a relative link on `from` leads to.
fn resolve(from: &str, href: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('#').next().unwrap_or_default().split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_leave_its_element() {
        for words in ["</script>", "a & b", "a > b", "“a”\u{2028}b", "\u{2029}", "ᠡᠳ\u{202f}ᠦᠨ"] {
            let out = text(&json!({ "a": words }));
            assert!(!out.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{out}");
            let back: Value = serde_json::from_str(&out).unwrap_or_default();
            assert_eq!(back["a"], words);
        }
    }

    #[test]
    fn relative_links_are_resolved() {
        assert_eq!(resolve("zh/items/a.html", "../index.html"), "zh/index.html");
        assert_eq!(resolve("zh/items/a.html", "../domains/x.html#y"), "zh/domains/x.html");
    }
}
