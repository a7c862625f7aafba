//! A page with everything inside: styles, scripts, fonts. Nothing else can be loaded by it, and nothing else can run in it.
//!
//! Lives here: putting the parts in, and the policy that names each by its hash (CSP Level 3, hash sources). Never here: what
//! is on the page (`view`, `templates/pages/single.html`).

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};

/// A script of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Its text.
    pub text: String,
    /// The attributes of its element, ready to stand in a tag; empty for none.
    pub attributes: String,
}

/// Puts styles and scripts into the page's places for them, and the policy that allows just these.
pub fn filled(page: &str, style: &str, scripts: &[Script]) -> String {
    let scripts: Vec<Script> =
        scripts.iter().map(|script| Script { text: inline(&script.text), ..script.clone() }).collect();
    let hashes: Vec<String> = scripts.iter().map(|script| hash(&script.text)).collect();
    // An empty list would allow nothing, which is what a page without scripts wants.
    let allowed = if hashes.is_empty() { "'none'".to_owned() } else { hashes.join(" ") };
    let policy = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {allowed}; style-src {}; \
         img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">",
        hash(style)
    );
    let elements: String =
        scripts.iter().map(|Script { text, attributes }| format!("<script{attributes}>{text}</script>\n")).collect();
    page.replacen("<!--policy-->", &policy, 1)
        .replacen("<!--styles-->", &format!("<style>{style}</style>"), 1)
        .replacen("<!--scripts-->", &elements, 1)
}

/// A file as an address.
pub fn data_url(media: &str, bytes: &[u8]) -> String {
    format!("data:{media};base64,{}", BASE64_STANDARD.encode(bytes))
}

/// A script as it may stand in HTML: what would end the element or begin a comment is written otherwise, with the same
/// meaning in strings and patterns.
fn inline(script: &str) -> String {
    script.replace("</", "<\\/").replace("<!--", "<\\!--")
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_in_and_named_by_their_hash() {
        let script = Script { text: "x('</script>')".into(), attributes: " data-a".into() };
        let page = filled("<!--policy--><!--styles--><!--scripts-->", "p{}", &[script]);
        assert!(page.contains("<script data-a>x('<\\/script>')</script>"), "{page}");
        assert!(page.contains(&hash("x('<\\/script>')")) && page.contains(&hash("p{}")), "{page}");
        assert!(page.contains("<style>p{}</style>"));
    }

    #[test]
    fn a_page_without_scripts_allows_none() {
        assert!(filled("<!--policy-->", "", &[]).contains("script-src 'none'"));
    }
}
