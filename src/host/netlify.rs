//! Netlify: `_headers` and `_redirects`, which Netlify reads and does not serve.
//!
//! It compresses by itself and knows the content types, and without a rule its cache asks each time. Cloudflare Pages reads
//! the same files.

use super::{FEED, File, IMMUTABLE, Served, security, url};

pub(super) fn files(served: &Served<'_>) -> Vec<File> {
    vec![
        File { path: "_headers".to_owned(), text: headers(served) },
        File { path: "_redirects".to_owned(), text: redirects(served) },
    ]
}

/// Where the files can be asked for: at the root of the host, where they lie, and below the path of the base URL.
fn roots(served: &Served<'_>) -> Vec<String> {
    let base = served.base();
    if base == "/" { vec![base] } else { vec!["/".to_owned(), base] }
}

fn headers(served: &Served<'_>) -> String {
    let mut text =
        "# Made by `qingdan build --for netlify`. Rules that match one path add up, so no header stands in two.\n\
                    /*\n"
            .to_owned();
    for (name, value) in security() {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    text.push_str("# Names that change with the bytes. For all others Netlify's own rule holds: ask each time.\n");
    let searched = served.paths.iter().filter(|path| url::is_hashed(path) && path.starts_with("search/"));
    let searched: Vec<&String> = searched.collect();
    for root in roots(served) {
        text.push_str(&format!("{root}assets/*\n  Cache-Control: {IMMUTABLE}\n"));
        for path in served.feeds() {
            text.push_str(&format!("{root}{path}\n  Content-Type: {FEED}\n"));
        }
        for path in &searched {
            text.push_str(&format!("{root}{path}\n  Cache-Control: {IMMUTABLE}\n"));
        }
    }
    text
}

fn redirects(served: &Served<'_>) -> String {
    let mut text = "# Made by `qingdan build --for netlify`. What is the tool's own is not served.\n".to_owned();
    for root in roots(served) {
        for own in [".qingdan.json", ".qingdan.stamp"] {
            text.push_str(&format!("{root}{own}  /404.html  404!\n"));
        }
    }
    let base = served.base();
    if base != "/" {
        text.push_str("# The files lie at the root of the host, and the site is served below a path.\n");
        text.push_str(&format!("{base}*  /:splat  200\n"));
    }
    text
}
