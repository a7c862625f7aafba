//! What the hosts of a site need besides its files: a configuration for each kind of server, and compressed twins.
//!
//! Lives here: caching, content types and headers of security, said once and put into the words of each server. Pure:
//! it makes text. Never here: pages, the network, or writing.

mod apache;
mod caddy;
mod github;
mod netlify;
mod nginx;
mod twins;

pub use twins::Precompressed;

use crate::diag::Message;
use crate::{msg, url};

/// A host that a configuration can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Host {
    /// nginx: _server/nginx.conf
    Nginx,
    /// Caddy: _server/Caddyfile
    Caddy,
    /// Apache: .htaccess
    Apache,
    /// Netlify: _headers and _redirects
    Netlify,
    /// GitHub Pages: .nojekyll; it lets no site set headers
    GithubPages,
}

impl Host {
    /// Whether the host sends the compressed twins that lie beside the files.
    pub fn sends_twins(self) -> bool {
        matches!(self, Self::Nginx | Self::Caddy | Self::Apache)
    }
}

/// The policy that every page states in its head (`templates/partials/head.html`; a test compares them). Connections to the
/// site itself are for the service worker, which has the header's policy alone, and for what reads `robots.txt` from within
/// a page, as Lighthouse does; a page itself makes none.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                          font-src 'self'; base-uri 'none'; form-action 'self'; manifest-src 'self'; connect-src 'self'";

/// The same as a header: a page in a frame is refused, which a `<meta>` cannot say.
pub fn policy_header() -> String {
    format!("{POLICY}; frame-ancestors 'none'")
}

/// The headers of security that every answer has, by name.
pub fn security() -> [(&'static str, String); 5] {
    [
        ("Content-Security-Policy", policy_header()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        // Which benefit somebody reads about is no business of the sites that are linked to.
        ("Referrer-Policy", "same-origin".to_owned()),
        ("Permissions-Policy", PERMISSIONS.to_owned()),
        // Says frame-ancestors to browsers that do not know it.
        ("X-Frame-Options", "DENY".to_owned()),
    ]
}

/// The pages use none of these.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
                           magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

/// Files whose name changes with their bytes.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// All others: a browser may keep them, and asks each time whether they have changed.
const FRESH: &str = "no-cache";

/// Their names, as a regular expression that follows the base path; PCRE and RE2 alike.
const HASHED: &str = r"(assets|search)/(.+/)?[^/]+-[0-9a-f]{12}\.[a-z0-9]+$";

/// The content types by extension. With the charset in them, since nginx adds none to compressed answers.
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("json", "application/json"),
    ("jsonld", "application/ld+json"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("webp", "image/webp"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("pdf", "application/pdf"),
    ("epub", "application/epub+zip"),
    ("zip", "application/zip"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

/// The type of feeds, whose extension is that of any XML.
const FEED: &str = "application/atom+xml; charset=utf-8";

/// The content type of a file.
pub fn content_type(path: &str) -> &'static str {
    if path.rsplit('/').next() == Some(url::FEED) {
        return FEED;
    }
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    TYPES.iter().find(|(known, _)| *known == extension).map_or("application/octet-stream", |(_, kind)| kind)
}

/// The folder of configurations that no visitor reads; it is denied by themselves.
const FOLDER: &str = url::SERVER_FOLDER;
/// Where a configuration needs the folder of the site, which only its operator knows.
const ROOT: &str = "/srv/www/site";

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The site that is to be served.
#[derive(Debug, Clone, Copy)]
pub struct Served<'a> {
    /// Where it will be published, in the form of [`url::normal_base`].
    pub base_url: Option<&'a str>,
    /// The paths of its files.
    pub paths: &'a [String],
    /// Whether compressed twins lie beside them.
    pub precompressed: bool,
}

impl Served<'_> {
    /// The path it is served under, with a slash at both ends.
    fn base(&self) -> String {
        self.base_url.map_or_else(|| "/".to_owned(), url::base_path)
    }

    /// The paths of the feeds.
    fn feeds(&self) -> Vec<&str> {
        let is_feed = |path: &&str| path.rsplit('/').next() == Some(url::FEED);
        self.paths.iter().map(String::as_str).filter(is_feed).collect()
    }

    /// The path as it stands in a regular expression.
    fn base_pattern(&self) -> String {
        self.base().replace('.', r"\.")
    }

    /// Scheme and host with its port: `https` and `example.org`; none where there is no base URL.
    fn address(&self) -> Option<(&str, &str)> {
        let (scheme, rest) = self.base_url?.split_once("://")?;
        Some((scheme, rest.split('/').next().unwrap_or(rest)))
    }
}

/// The configuration for a host.
///
/// # Errors
/// A sentence where the path of the base URL has characters that mean something to servers.
pub fn files(host: Host, served: &Served<'_>) -> Result<Vec<File>, Message> {
    let base = served.base();
    let plain = base.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.-_~".contains(&b)) && !base.contains("//");
    if !plain && host != Host::GithubPages {
        return Err(msg!(
            "--for 只支持由字母、数字和“.-_~”组成的路径，而网址的路径是“{base}”",
            "--for needs a path of letters, digits and `.-_~`, and that of the base URL is `{base}`"
        ));
    }
    Ok(match host {
        Host::Nginx => nginx::files(served),
        Host::Caddy => caddy::files(served),
        Host::Apache => apache::files(served),
        Host::Netlify => netlify::files(served),
        Host::GithubPages => github::files(),
    })
}

/// Fills the places `@NAME@` of a text.
fn fill(text: &str, places: &[(&str, &str)]) -> String {
    places.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("@{name}@"), value))
}

#[cfg(test)]
mod tests;
