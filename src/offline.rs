//! What lets a visited site work without a network: the service worker's list, and the web manifest.
//!
//! Lives here: the two files (W3C Service Workers, Web Application Manifest). Never here: what the worker does with its list
//! (`templates/offline/worker.js`), and that a page asks for it (`templates/assets/page.js`).

use crate::lang::LangId;
use crate::model::Catalogue;
use crate::url;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// Beyond so many files, items are kept as they are read rather than all at the first visit.
const MOST_AT_ONCE: usize = 3000;

/// Whether the worker looks after a file: not what only programs download, or only servers have a use for.
pub fn keeps(path: &str) -> bool {
    let twin = path.ends_with(".gz") || path.ends_with(".br");
    let hidden = path.starts_with('.') || path.starts_with('_');
    let feed = path.rsplit('/').next() == Some(url::FEED);
    let other = [url::WORKER, url::MANIFEST].contains(&path);
    !(twin
        || hidden
        || other
        || path.starts_with("data/")
        || path.starts_with("sitemap")
        || feed
        || path.ends_with(".txt"))
}

/// The first 16 hexadecimal digits of a file's SHA-256: what browsers can compute.
pub fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The worker: the list of files with their fingerprints, then the theme's script. Its version is a hash of the list, so
/// that it changes with any file and with nothing else.
pub fn worker(files: &[(&str, String)], script: &[u8]) -> Vec<u8> {
    let list: Map<String, Value> = files.iter().map(|(path, print)| ((*path).to_owned(), json!(print))).collect();
    let list = Value::Object(list);
    let version = fingerprint(list.to_string().as_bytes());
    let site = json!({"version": version, "lazy": files.len() > MOST_AT_ONCE, "files": list});
    let mut out = format!("self.site={site};\n").into_bytes();
    out.extend_from_slice(script);
    out
}

/// The manifest, in the source language. `icon` is the path of the theme's icon.
pub fn manifest(catalogue: &Catalogue, icon: Option<&str>) -> Vec<u8> {
    let site = &catalogue.site;
    let language = catalogue.lang(LangId::SOURCE);
    let title = site.title.source.value.as_str();
    let short = site.short_title.as_ref().map_or(title, |short| short.source.value.as_str());
    let icons: Vec<Value> =
        icon.into_iter().map(|src| json!({"src": src, "sizes": "any", "type": "image/svg+xml"})).collect();
    let manifest = json!({
        "name": title,
        "short_name": short,
        "lang": language.tag,
        "dir": language.direction.as_str(),
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        // The theme's paper and masthead; a manifest cannot refer to a style sheet.
        "background_color": "#fbf8f1",
        "theme_color": "#123f2b",
        "icons": icons,
    });
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_follows_the_files() {
        let list = |print: &str| worker(&[("a.html", print.to_owned())], b"run()");
        assert_eq!(list("1"), list("1"));
        assert_ne!(list("1"), list("2"));
        assert!(list("1").ends_with(b";\nrun()"));
    }

    #[test]
    fn fingerprints_are_those_of_sha_256() {
        assert_eq!(fingerprint(b"abc"), "ba7816bf8f01cfea");
    }

    #[test]
    fn what_nobody_reads_offline_is_left_out() {
        for path in ["data/items.json", "robots.txt", "zh/index.html.gz", "sw.js", "_server/nginx.conf", ".htaccess"] {
            assert!(!keeps(path), "{path}");
        }
        for path in ["index.html", "zh/items/x.html", "search/zh/index.js", "assets/x.woff2", "404.html"] {
            assert!(keeps(path), "{path}");
        }
    }
}
