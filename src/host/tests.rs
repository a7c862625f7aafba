//! Tests of configurations as text; tests/browser/hosts.test.mjs asks the servers themselves.
#![allow(clippy::unwrap_used)]
use super::*;
use clap::ValueEnum;

const PATHS: [&str; 5] = [
    "assets/style-0123456789ab.css",
    "mn/feed.xml",
    "search/zh/index.js",
    "search/zh/terms-0123456789ab.js",
    "zh/feed.xml",
];

fn made(host: Host, base_url: Option<&str>, precompressed: bool) -> Vec<File> {
    let paths: Vec<String> = PATHS.iter().map(|path| (*path).to_owned()).collect();
    files(host, &Served { base_url, paths: &paths, precompressed }).unwrap()
}

#[test]
fn configurations() {
    for (name, host, base, precompressed) in [
        ("nginx", Host::Nginx, Some("https://example.org/list/"), true),
        ("nginx-plain", Host::Nginx, None, false),
        ("caddy", Host::Caddy, Some("https://example.org/list/"), true),
        ("caddy-plain", Host::Caddy, None, false),
        ("apache", Host::Apache, Some("https://example.org/list/"), true),
        ("apache-plain", Host::Apache, None, false),
        ("netlify", Host::Netlify, Some("https://example.org/list/"), false),
        ("netlify-plain", Host::Netlify, None, false),
    ] {
        let files = made(host, base, precompressed);
        let text: Vec<String> = files.iter().map(|file| format!("==== {}\n{}", file.path, file.text)).collect();
        insta::assert_snapshot!(name, text.join("\n"));
    }
    assert_eq!(made(Host::GithubPages, None, false), [File { path: ".nojekyll".to_owned(), text: String::new() }]);
}

#[test]
fn no_place_stays_empty_and_no_policy_is_weak() {
    for host in Host::value_variants() {
        for base in [None, Some("https://example.org/"), Some("http://localhost:8080/a/b.c/"), Some("http://[::1]/")] {
            for precompressed in [false, true] {
                for File { path, text } in made(*host, base, precompressed) {
                    let holes = text.split('@').skip(1).step_by(2);
                    let holes: Vec<&str> =
                        holes.filter(|hole| !hole.is_empty() && hole.bytes().all(|b| b.is_ascii_uppercase())).collect();
                    assert!(holes.is_empty(), "{path}: {holes:?}");
                    assert!(!text.contains("unsafe-"), "{path}");
                }
            }
        }
    }
}

#[test]
fn the_address_is_that_of_the_base_url() {
    let text = |host, base| made(host, Some(base), false)[0].text.clone();
    let nginx = text(Host::Nginx, "http://[::1]:8080/");
    assert!(nginx.contains("server_name [::1];") && nginx.contains("listen 8080;"));
    assert!(text(Host::Nginx, "https://example.org:8443/").contains("server_name example.org;"));
    assert!(text(Host::Nginx, "http://[::1]/").contains("server_name [::1];"));
    assert!(text(Host::Caddy, "http://example.org/").contains("\nhttp://example.org {\n"));
    assert!(text(Host::Caddy, "https://example.org/").contains("\nexample.org {\n"));
}

#[test]
fn a_path_that_servers_would_misread_is_refused() {
    for base in ["https://a/%22/", "https://a/x;y/", "https://a//b/"] {
        let served = Served { base_url: Some(base), paths: &[], precompressed: false };
        assert!(files(Host::Nginx, &served).unwrap_err().en.contains("--for"), "{base}");
        assert!(files(Host::GithubPages, &served).is_ok(), "{base}");
    }
}
