//! Structured data: schema.org as JSON-LD, for search engines and assistants.
//!
//! Terms: GovernmentService, GovernmentOrganization, BreadcrumbList, FAQPage, Legislation (schema.org).
//! A lapsed document is said to be lapsed here too (`legislationLegalForce`).

use super::{Here, Link, Phrase, Views, plain_cell};
use crate::model::{ItemId, Role, Validity};
use crate::url::{self, Page};
use serde_json::{Map, Value, json};

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
        let mut service = Map::new();
        service.insert("@context".into(), json!("https://schema.org"));
        service.insert("@type".into(), json!("GovernmentService"));
        service.insert("name".into(), json!(self.item_name(here, id).text));
        insert(&mut service, "identifier", item.number.as_ref().map(|n| json!(n.value.to_string())));
        insert(&mut service, "description", cell(Role::Benefit).map(Value::String));
        service.insert("serviceType".into(), json!(self.phrase(here, &catalogue.domain(item.domain).name).text));
        let audience = cell(Role::Eligibility).map(|text| json!({"@type": "Audience", "audienceType": text}));
        insert(&mut service, "audience", audience);
        let organisation = |id: &crate::model::DepartmentId| {
            let name = self.phrase(here, &catalogue.department(*id).name).text;
            json!({"@type": "GovernmentOrganization", "name": name})
        };
        let organisations: Vec<Value> = item.departments.iter().map(organisation).collect();
        insert(&mut service, "serviceOperator", (!organisations.is_empty()).then(|| json!(organisations)));
        let area = catalogue
            .site
            .place
            .as_ref()
            .map(|place| json!({"@type": "AdministrativeArea", "name": self.phrase(here, place).text}));
        insert(&mut service, "areaServed", area);
        service.insert("inLanguage".into(), json!(self.lang(lang).tag));
        let address = self.base_url.map(|base| url::absolute(base, &Page::Item(&item.slug).path(self.lang(lang))));
        insert(&mut service, "url", address.map(Value::String));
        insert(&mut service, "subjectOf", self.legislation(here));
        text(&Value::Object(service))
    }

    /// The document behind the list, with its legal force.
    fn legislation(&self, here: Here<'_>) -> Option<Value> {
        let document = self.catalogue.policy.document.as_ref()?;
        let force = match document.validity {
            Validity::InForce => "InForce",
            Validity::Revised => "PartiallyInForce",
            Validity::NotYet | Validity::Lapsed | Validity::Repealed => "NotInForce",
        };
        let mut legislation = Map::new();
        legislation.insert("@type".into(), json!("Legislation"));
        legislation.insert("name".into(), json!(self.phrase(here, &document.title).text));
        let number = document.document_number.as_ref().map(|n| json!(n.value));
        insert(&mut legislation, "legislationIdentifier", number);
        insert(&mut legislation, "legislationDate", document.written.as_ref().map(|d| json!(d.value)));
        insert(&mut legislation, "datePublished", document.published.as_ref().map(|d| json!(d.value)));
        legislation.insert("legislationLegalForce".into(), json!(format!("https://schema.org/{force}")));
        Some(Value::Object(legislation))
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
fn text(value: &Value) -> String {
    const ESCAPED: [char; 5] = ['<', '>', '&', '\u{2028}', '\u{2029}'];
    let json = value.to_string();
    if !json.contains(ESCAPED) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    let mut from = 0;
    for (at, found) in json.match_indices(ESCAPED) {
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
        let out = text(&json!({"a": "</script><!--&"}));
        assert!(!out.contains('<') && !out.contains('&'));
        let back: Value = serde_json::from_str(&out).unwrap_or_default();
        assert_eq!(back["a"], "</script><!--&");
    }

    #[test]
    fn relative_links_are_resolved() {
        assert_eq!(resolve("zh/items/a.html", "../index.html"), "zh/index.html");
        assert_eq!(resolve("zh/items/a.html", "../domains/x.html#y"), "zh/domains/x.html");
    }
}
