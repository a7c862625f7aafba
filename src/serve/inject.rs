//! What is added to a page on its way to the browser, and to no page that is built: the script that reloads it, and leave
//! to connect to where it came from.

use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, end, rewrite_str};
use std::cell::Cell;

/// The folder of the server's own files; no language can have such a path.
pub(super) const FOLDER: &str = "/_qingdan/";

/// The page with the script in its head. `version` tells the script which site the page is of.
pub(super) fn injected(html: &str, version: &str) -> String {
    let script = script(version);
    let is_in = Cell::new(false);
    let policy = element!("meta[http-equiv='content-security-policy' i][content]", |meta| {
        let policy = meta.get_attribute("content").unwrap_or_default();
        meta.set_attribute("content", &connecting(&policy))?;
        Ok(())
    });
    let head = element!("head", |head| {
        if !is_in.replace(true) {
            head.append(&script, ContentType::Html);
        }
        Ok(())
    });
    // A page of a site's own template may have no head that is written out.
    let last = end!(|page| {
        if !is_in.get() {
            page.append(&script, ContentType::Html);
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(policy)
        .append_element_content_handler(head)
        .append_document_content_handler(last);
    // What cannot be rewritten is still worth showing.
    rewrite_str(html, settings).unwrap_or_else(|_| html.to_owned())
}

/// The element of the script.
pub(super) fn script(version: &str) -> String {
    format!("<script src=\"{FOLDER}reload.js\" data-version=\"{version}\" defer></script>")
}

/// A policy that lets pages connect to their own host.
fn connecting(policy: &str) -> String {
    let mut directives: Vec<String> = policy.split(';').map(|part| part.trim().to_owned()).collect();
    directives.retain(|directive| !directive.is_empty());
    let is_connect = |directive: &&mut String| {
        directive.split_ascii_whitespace().next().is_some_and(|name| name.eq_ignore_ascii_case("connect-src"))
    };
    match directives.iter_mut().find(is_connect) {
        Some(directive) => {
            let sources =
                directive.split_ascii_whitespace().skip(1).filter(|source| *source != "'none'" && *source != "'self'");
            *directive = ["connect-src", "'self'"].into_iter().chain(sources).collect::<Vec<_>>().join(" ");
        }
        None => directives.push("connect-src 'self'".to_owned()),
    }
    directives.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_get_the_script_and_leave_to_connect() {
        let html = "<!doctype html><html><head><meta charset=utf-8><META content=\"default-src 'none'; script-src 'self'\" \
                    HTTP-EQUIV=Content-Security-Policy><title>清</title></head><body><!-- <head> --><p>单</body></html>";
        let page = injected(html, "7");
        assert!(page.contains("content=\"default-src 'none'; script-src 'self'; connect-src 'self'\""), "{page}");
        assert!(page.contains("data-version=\"7\" defer></script></head><body><!-- <head> --><p>单"), "{page}");
        assert_eq!(page.matches("<script").count(), 1);
        assert!(injected("<p>no head", "7").ends_with("defer></script>"));
    }

    #[test]
    fn a_policy_keeps_what_it_allows() {
        assert_eq!(connecting("connect-src 'none'"), "connect-src 'self'");
        assert_eq!(
            connecting("Connect-Src https://a.example; img-src *;"),
            "connect-src 'self' https://a.example; img-src *"
        );
        assert_eq!(connecting(""), "connect-src 'self'");
    }
}
