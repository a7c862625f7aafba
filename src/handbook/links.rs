//! Links of a book that has left its site: to pages of the site by their full address, or not at all.

/// Rewrites the address of every link in HTML of our own writing (`<a href="…">`, attributes quoted and escaped). Where
/// `address` has none, the link is dropped and its text stays.
pub fn rewrite(html: &str, address: &dyn Fn(&str) -> Option<String>) -> String {
    const START: &str = "<a ";
    const END: &str = "</a>";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // Links do not nest in HTML: one end belongs to one start.
    let mut dropped = false;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let tag = &rest[..end];
        rest = &rest[end..];
        if tag.starts_with(START) {
            match href(tag) {
                None => out.push_str(tag),
                Some((from, to)) => match address(&tag[from..to]) {
                    Some(address) => {
                        out.push_str(&tag[..from]);
                        out.push_str(&address);
                        out.push_str(&tag[to..]);
                    }
                    None => dropped = true,
                },
            }
        } else if tag == END && dropped {
            dropped = false;
        } else {
            out.push_str(tag);
        }
    }
    out.push_str(rest);
    out
}

/// Where in a tag the value of `href` begins and ends.
fn href(tag: &str) -> Option<(usize, usize)> {
    let from = tag.find("href=\"")? + 6;
    let to = from + tag[from..].find('"')?;
    Some((from, to))
}

/// Whether an address leads out of the site: it holds anywhere.
pub fn is_absolute(address: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme))
}

/// The full address of a link of the page at `path` (in the output), on a site at `base`.
pub fn resolve(base: &str, path: &str, link: &str) -> String {
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    let mut link = link;
    while let Some(above) = link.strip_prefix("../") {
        folders.pop();
        link = above;
    }
    let folder: String = folders.iter().flat_map(|folder| [*folder, "/"]).collect();
    format!("{base}{folder}{link}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_kept_changed_or_dropped() {
        let html = "<p><a href=\"#x\">a</a> <a class=\"b\" href=\"y.html\">b <b>c</b></a> <a href=\"z\">d</a></p>";
        let rewritten = rewrite(html, &|link| match link {
            "#x" => Some("one.xhtml#x".into()),
            "y.html" => None,
            other => Some(other.into()),
        });
        assert_eq!(rewritten, "<p><a href=\"one.xhtml#x\">a</a> b <b>c</b> <a href=\"z\">d</a></p>");
        assert_eq!(rewrite("a < b <a", &|_| None), "a < b <a");
    }

    #[test]
    fn addresses_are_resolved_from_their_page() {
        let base = "https://example.org/list/";
        assert_eq!(resolve(base, "zh/catalogue.html", "items/x.html"), "https://example.org/list/zh/items/x.html");
        assert_eq!(resolve(base, "zh/catalogue.html", "../data/items.csv"), "https://example.org/list/data/items.csv");
    }
}
