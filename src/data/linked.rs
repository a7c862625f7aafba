//! `data/catalogue.jsonld`: the whole catalogue as linked data, in the terms of schema.org and CPSV-AP.
//!
//! Lives here: which term says what. The same words as on the pages (`view/jsonld.rs`): a service is about the document's
//! legislation, whose legal force is said, so that nothing in it reads as a present entitlement. The context stands in the
//! file: nothing else is needed to read it. Never here: amounts, which the vocabularies have no honest term for; the text has them.

use super::iri;
use crate::diag::{Spanned, Written};
use crate::lang::State;
use crate::model::{Catalogue, Domain, Group, Item, Meta, Role, Text, Validity};
use crate::sink::Sink;
use crate::url::{self, Page};
use crate::view::plain_cell;
use serde_json::{Map, Value, json};

/// Writes the document, one node after the other: the graph as a tree would be the largest thing in memory.
pub(super) fn linked(catalogue: &Catalogue, base_url: Option<&str>, out: &mut Sink<'_>) {
    let graph = Graph { catalogue, base_url };
    super::put(out, &format!("{{\n\"@context\": {},\n\"@graph\": [\n", context()));
    let mut first = true;
    graph.nodes(&mut |node| {
        if !std::mem::take(&mut first) {
            super::put(out, ",\n");
        }
        let _ = serde_json::to_writer(&mut *out, &Value::Object(node));
    });
    super::put(out, "\n]\n}\n");
}

/// The vocabularies. schema.org's own context names its terms with `http://`; so do we.
const PREFIXES: &[(&str, &str)] = &[
    ("schema", "http://schema.org/"),
    ("cpsv", "http://purl.org/vocab/cpsv#"),
    ("cv", "http://data.europa.eu/m8g/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("adms", "http://www.w3.org/ns/adms#"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
];
/// Terms whose values are texts by language.
const TEXTS: &[(&str, &str)] = &[
    ("name", "schema:name"),
    ("description", "schema:description"),
    ("title", "dct:title"),
    ("abstract", "dct:description"),
    ("label", "skos:prefLabel"),
    ("definition", "skos:definition"),
    ("serviceType", "schema:serviceType"),
    ("audienceType", "schema:audienceType"),
    ("validityNote", "skos:scopeNote"),
];
/// Terms whose values are other nodes or addresses.
const LINKS: &[(&str, &str)] = &[
    ("legalForce", "schema:legislationLegalForce"),
    ("url", "schema:url"),
    ("license", "schema:license"),
    ("area", "schema:areaServed"),
    ("spatialCoverage", "schema:spatialCoverage"),
    ("basedOn", "schema:isBasedOn"),
    ("subjectOf", "schema:subjectOf"),
    ("legalResource", "cv:hasLegalResource"),
    ("status", "adms:status"),
    ("operator", "schema:serviceOperator"),
    ("authority", "cv:hasCompetentAuthority"),
    ("theme", "cv:thematicArea"),
    ("classifiedBy", "cv:isClassifiedBy"),
    ("groupedBy", "cv:isGroupedBy"),
    ("partOf", "dct:isPartOf"),
    ("broader", "skos:broader"),
    ("inScheme", "skos:inScheme"),
    ("inTermSet", "schema:inDefinedTermSet"),
];
/// Terms whose values are days.
const DATES: &[(&str, &str)] = &[
    ("written", "schema:legislationDate"),
    ("published", "schema:datePublished"),
    ("effective", "schema:legislationDateOfApplicability"),
    ("ended", "schema:expires"),
    ("modified", "schema:dateModified"),
];
/// Terms whose values are what they are.
const PLAIN: &[(&str, &str)] = &[
    ("passedBy", "schema:legislationPassedBy"),
    ("identifier", "dct:identifier"),
    ("number", "schema:identifier"),
    ("notation", "skos:notation"),
    ("translation", "skos:editorialNote"),
    ("inLanguage", "schema:inLanguage"),
    ("documentNumber", "schema:legislationIdentifier"),
    ("audience", "schema:audience"),
];

/// The context, which stands in the file itself.
fn context() -> Value {
    let entries = |terms: &[(&str, &str)], entry: &dyn Fn(&str) -> Value| -> Vec<(String, Value)> {
        terms.iter().map(|(key, term)| ((*key).to_owned(), entry(term))).collect()
    };
    let mut context = Map::new();
    context.extend(entries(PREFIXES, &|term| json!(term)));
    context.extend(entries(TEXTS, &|term| json!({"@id": term, "@container": "@language"})));
    context.extend(entries(LINKS, &|term| json!({"@id": term, "@type": "@id"})));
    context.extend(entries(DATES, &|term| json!({"@id": term, "@type": "http://www.w3.org/2001/XMLSchema#date"})));
    context.extend(entries(PLAIN, &|term| json!(term)));
    Value::Object(context)
}

/// The catalogue as nodes.
struct Graph<'a> {
    catalogue: &'a Catalogue,
    base_url: Option<&'a str>,
}

type Node = Map<String, Value>;

impl Graph<'_> {
    fn nodes(&self, each: &mut dyn FnMut(Node)) {
        let c = self.catalogue;
        each(self.dataset());
        each_of(self.document(), each);
        each_of(self.status(), each);
        each_of(self.place(), each);
        each(self.scheme("domains"));
        c.domains.iter().for_each(|domain| each(self.domain(domain)));
        c.departments.iter().for_each(|group| each(self.department(group)));
        if !c.audiences.is_empty() {
            each(self.scheme("audiences"));
        }
        c.audiences.iter().for_each(|group| each(self.audience(group)));
        c.life_events.iter().for_each(|group| each(self.life_event(group)));
        c.items.iter().for_each(|item| each(self.service(item)));
    }

    fn id(&self, kind: &str, name: &str) -> Value {
        let fragment = if name.is_empty() { kind.to_owned() } else { format!("{kind}/{name}") };
        let own = if self.base_url.is_some() { url::DATA_LINKED } else { "" };
        json!(iri(self.base_url, &format!("{own}#{fragment}")))
    }

    fn node(&self, kind: &str, name: &str, types: &[&str]) -> Node {
        let mut node = Map::new();
        node.insert("@id".into(), self.id(kind, name));
        node.insert("@type".into(), json!(types));
        node
    }

    /// A text in every language that it has.
    fn texts(&self, text: &Text) -> Value {
        json!(super::shape::by_language(self.catalogue, text))
    }

    /// The addresses of a page, in every language.
    fn pages(&self, page: Page<'_>) -> Option<Value> {
        let base = self.base_url?;
        let languages = self.catalogue.languages().iter();
        Some(languages.map(|lang| json!(url::absolute(base, &page.path(lang)))).collect())
    }

    fn tags(&self) -> Value {
        self.catalogue.languages().iter().map(|lang| json!(lang.tag)).collect()
    }

    /// The catalogue as a whole.
    fn dataset(&self) -> Node {
        let c = self.catalogue;
        let mut node = self.node("catalogue", "", &["schema:Dataset"]);
        node.insert("name".into(), self.texts(&c.name));
        put(&mut node, "description", c.site.description.as_ref().map(|text| self.texts(text)));
        node.insert("inLanguage".into(), self.tags());
        put(&mut node, "modified", c.site.updated.as_ref().map(|date| json!(date.value)));
        put(&mut node, "license", c.site.licence.as_ref().and_then(|l| Some(json!(l.url.as_ref()?.value))));
        put(&mut node, "spatialCoverage", c.site.place.as_ref().map(|_| self.id("place", "")));
        put(&mut node, "basedOn", c.policy.document.as_ref().map(|_| self.id("document", "")));
        put(&mut node, "status", c.validity().map(|validity| self.id("validity", validity.as_str())));
        put(&mut node, "url", self.pages(Page::Home));
        node
    }

    /// The document behind the list, with its legal force.
    fn document(&self) -> Option<Node> {
        let document = self.catalogue.policy.document.as_ref()?;
        let force = match document.validity {
            Validity::InForce => "schema:InForce",
            Validity::Revised => "schema:PartiallyInForce",
            Validity::NotYet | Validity::Lapsed | Validity::Repealed => "schema:NotInForce",
        };
        let mut node = self.node("document", "", &["schema:Legislation", "eli:LegalResource"]);
        let plain = |text: &Option<Spanned<Written>>| text.as_ref().map(|text| json!(text.value));
        node.insert("name".into(), self.texts(&document.title));
        node.insert("title".into(), self.texts(&document.title));
        put(&mut node, "documentNumber", plain(&document.document_number));
        put(&mut node, "identifier", plain(&document.index_number));
        let issuer = document.issuer.as_ref().map(|issuer| self.texts(issuer));
        put(&mut node, "passedBy", issuer.map(|name| json!({"@type": "schema:GovernmentOrganization", "name": name})));
        put(&mut node, "written", plain(&document.written));
        put(&mut node, "published", plain(&document.published));
        put(&mut node, "effective", plain(&document.effective));
        put(&mut node, "ended", plain(&document.ended));
        node.insert("legalForce".into(), json!(force));
        put(&mut node, "validityNote", document.validity_note.as_ref().map(|note| self.texts(note)));
        Some(node)
    }

    /// The validity as a concept, which every service has as its status.
    fn status(&self) -> Option<Node> {
        let validity = self.catalogue.validity()?;
        let mut node = self.node("validity", validity.as_str(), &["skos:Concept"]);
        node.insert("notation".into(), json!(validity.as_str()));
        Some(node)
    }

    fn place(&self) -> Option<Node> {
        let place = self.catalogue.site.place.as_ref()?;
        let mut node = self.node("place", "", &["schema:AdministrativeArea", "dct:Location"]);
        node.insert("name".into(), self.texts(place));
        Some(node)
    }

    fn scheme(&self, kind: &str) -> Node {
        let mut node = self.node(kind, "", &["schema:DefinedTermSet", "skos:ConceptScheme"]);
        node.insert("partOf".into(), self.id("catalogue", ""));
        node
    }

    /// A term of a scheme, with its name in the words of both vocabularies.
    fn term(&self, kind: &str, scheme: &str, id: &str, name: &Text, summary: Option<&Text>) -> Node {
        let mut node = self.node(kind, id, &["schema:DefinedTerm", "skos:Concept"]);
        node.insert("identifier".into(), json!(id));
        node.insert("name".into(), self.texts(name));
        node.insert("label".into(), self.texts(name));
        put(&mut node, "definition", summary.map(|text| self.texts(text)));
        node.insert("inTermSet".into(), self.id(scheme, ""));
        node.insert("inScheme".into(), self.id(scheme, ""));
        node
    }

    fn domain(&self, domain: &Domain) -> Node {
        let id = &domain.id.value;
        let mut node = self.term("domain", "domains", id, &domain.name, domain.summary.as_ref());
        let parent = domain.parent.map(|parent| self.id("domain", &self.catalogue.domain(parent).id.value));
        put(&mut node, "broader", parent);
        put(&mut node, "translation", self.translation(&domain.meta));
        put(&mut node, "url", self.pages(Page::Domain(id)));
        node
    }

    fn audience(&self, group: &Group) -> Node {
        let id = &group.id.value;
        let mut node = self.term("audience", "audiences", id, &group.name, group.summary.as_ref());
        put(&mut node, "translation", self.translation(&group.meta));
        put(&mut node, "url", self.pages(Page::Audience(id)));
        node
    }

    fn department(&self, group: &Group) -> Node {
        let id = &group.id.value;
        let mut node = self.node("department", id, &["schema:GovernmentOrganization", "cv:PublicOrganisation"]);
        node.insert("identifier".into(), json!(id));
        node.insert("name".into(), self.texts(&group.name));
        node.insert("label".into(), self.texts(&group.name));
        put(&mut node, "description", group.summary.as_ref().map(|text| self.texts(text)));
        put(&mut node, "area", self.catalogue.site.place.as_ref().map(|_| self.id("place", "")));
        put(&mut node, "translation", self.translation(&group.meta));
        put(&mut node, "url", self.pages(Page::Department(id)));
        node
    }

    fn life_event(&self, group: &Group) -> Node {
        let id = &group.id.value;
        let mut node = self.node("life-event", id, &["cv:LifeEvent"]);
        node.insert("identifier".into(), json!(id));
        node.insert("title".into(), self.texts(&group.name));
        put(&mut node, "abstract", group.summary.as_ref().map(|text| self.texts(text)));
        put(&mut node, "translation", self.translation(&group.meta));
        put(&mut node, "url", self.pages(Page::LifeEvent(id)));
        node
    }

    fn service(&self, item: &Item) -> Node {
        let c = self.catalogue;
        let mut node = self.node("item", &item.slug, &["schema:GovernmentService", "cpsv:PublicService"]);
        node.insert("identifier".into(), json!(item.slug));
        put(&mut node, "number", item.number.as_ref().map(|n| json!(n.value.to_string())));
        put(&mut node, "name", item.name(c).map(|name| self.texts(name)));
        put(&mut node, "title", item.name(c).map(|name| self.texts(name)));
        put(&mut node, "description", self.cell(item, Role::Benefit));
        put(&mut node, "abstract", self.cell(item, Role::Benefit));
        node.insert("serviceType".into(), self.texts(&c.domain(item.domain).name));
        let audience = self.cell(item, Role::Eligibility);
        put(&mut node, "audience", audience.map(|text| json!({"@type": "schema:Audience", "audienceType": text})));
        let departments = item.departments.iter().map(|id| self.id("department", &c.department(*id).id.value));
        let departments: Vec<Value> = departments.collect();
        if !departments.is_empty() {
            node.insert("operator".into(), json!(departments));
            node.insert("authority".into(), json!(departments));
        }
        let domain = self.id("domain", &c.domain(item.domain).id.value);
        node.insert("theme".into(), domain.clone());
        let audiences = item.audiences.iter().map(|id| self.id("audience", &c.audiences[id.0].id.value));
        node.insert("classifiedBy".into(), std::iter::once(domain).chain(audiences).collect());
        let events = item.life_events.iter().map(|id| self.id("life-event", &c.life_events[id.0].id.value));
        let events: Vec<Value> = events.collect();
        put(&mut node, "groupedBy", (!events.is_empty()).then(|| json!(events)));
        put(&mut node, "area", c.site.place.as_ref().map(|_| self.id("place", "")));
        // The law behind the promise, and whether it holds.
        put(&mut node, "subjectOf", c.policy.document.as_ref().map(|_| self.id("document", "")));
        put(&mut node, "legalResource", c.policy.document.as_ref().map(|_| self.id("document", "")));
        put(&mut node, "status", c.validity().map(|validity| self.id("validity", validity.as_str())));
        node.insert("partOf".into(), self.id("catalogue", ""));
        put(&mut node, "translation", self.translation(&item.meta));
        put(&mut node, "url", self.pages(Page::Item(&item.slug)));
        node
    }

    /// The cell of the column with a role, in every language that it has.
    fn cell(&self, item: &Item, role: Role) -> Option<Value> {
        let (id, field) =
            self.catalogue.field_ids().find(|(id, field)| field.role == role && item.text(*id).is_some())?;
        let text = item.text(id)?;
        let mut texts = Map::new();
        for (lang, language) in self.catalogue.lang_ids() {
            if text.resolve(lang).state != State::Missing {
                texts.insert(language.tag.clone(), json!(plain_cell(field.kind, text, lang)));
            }
        }
        Some(Value::Object(texts))
    }

    /// How far the translations have come: a draft must not read as an approved text.
    fn translation(&self, meta: &[Option<Meta>]) -> Option<Value> {
        let languages = self.catalogue.languages().iter().skip(1).zip(meta);
        let notes: Vec<Value> = languages
            .filter_map(|(lang, meta)| Some(json!(format!("{}: {}", lang.tag, meta.as_ref()?.status.as_str()))))
            .collect();
        (!notes.is_empty()).then(|| json!(notes))
    }
}

fn each_of(node: Option<Node>, each: &mut dyn FnMut(Node)) {
    if let Some(node) = node {
        each(node);
    }
}

fn put(node: &mut Node, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        node.insert(key.to_owned(), value);
    }
}
