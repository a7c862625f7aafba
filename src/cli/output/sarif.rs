//! SARIF 2.1.0, for code scanning services and editors.

use super::places::Places;
use super::{severity, visible};
use crate::cli::locale::MessageLang;
use crate::diag::{Diagnostic, Report, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One log with one run, on one line.
pub(super) fn render(report: &Report, lang: MessageLang) -> String {
    let codes: Vec<&str> = report.iter().map(|d| d.code).collect::<BTreeSet<_>>().into_iter().collect();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code })).collect();
    let mut places = Places::default();
    let results: Vec<Value> = report.iter().map(|d| result(d, lang, &codes, &mut places)).collect();
    let language = match lang {
        MessageLang::Zh => "zh-CN",
        MessageLang::En => "en-US",
    };
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": { "name": "qingdan", "version": env!("CARGO_PKG_VERSION"), "language": language, "rules": rules }
            },
            "language": language,
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    visible::json(log.to_string()) + "\n"
}

fn result(diagnostic: &Diagnostic, lang: MessageLang, codes: &[&str], places: &mut Places) -> Value {
    let Diagnostic { code, severity: level, span, message, hint, related } = diagnostic;
    let mut text = lang.pick(message).to_owned();
    if let Some(hint) = hint {
        text.push('\n');
        text.push_str(lang.pick(hint));
    }
    let mut result = json!({
        "ruleId": code,
        "ruleIndex": codes.binary_search(code).unwrap_or_default(),
        "level": severity(*level),
        "message": { "text": text },
        "locations": [{ "physicalLocation": location(span, places) }],
    });
    if let Some((span, message)) = related {
        let message = json!({ "text": lang.pick(message) });
        result["relatedLocations"] =
            json!([{ "id": 0, "physicalLocation": location(span, places), "message": message }]);
    }
    result
}

fn location(span: &Span, places: &mut Places) -> Value {
    let place = places.of(span);
    json!({
        "artifactLocation": { "uri": uri(&span.file.shown()) },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    })
}

/// The path as a URI reference: relative as it is, or a `file:` URI where it is absolute.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if path.split('/').next().is_some_and(|first| first.contains(':')) {
        // Neither a drive nor a colon in the first name may be read as a scheme.
        uri.push_str(if path.as_bytes().get(1) == Some(&b':') { "file:///" } else { "./" });
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' | b':' => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("content/items/a b/清.yaml"), "content/items/a%20b/%E6%B8%85.yaml");
        assert_eq!(uri("../content/a%.yaml"), "../content/a%25.yaml");
        assert_eq!(uri("/srv/content/a.yaml"), "file:///srv/content/a.yaml");
        assert_eq!(uri("C:/content/a.yaml"), "file:///C:/content/a.yaml");
        assert_eq!(uri("odd:name/a.yaml"), "./odd:name/a.yaml");
    }
}
