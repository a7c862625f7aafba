//! What is fuzzed: names and paths that become files, and what a run leaves in the output folder.

use super::{Target, many, numbered};
use qingdan::markdown;
use qingdan::sink::Sink;
use qingdan::{archive, slug, url, write};

pub(in crate::fuzz) fn slug() -> Target {
    fn run(input: &[u8]) {
        let text = String::from_utf8_lossy(input);
        let mut taken = std::collections::BTreeSet::new();
        for line in text.split('\n') {
            let (name, number) = line.split_once('\t').unwrap_or((line, ""));
            let slug = slug::of_item(name, number, &mut taken);
            let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            assert!(
                slug.bytes().all(good) && !slug.starts_with('-') && !slug.is_empty() && slug.len() <= 64,
                "{slug:?}"
            );
        }
    }
    Target {
        name: "slug",
        corpus: "slug",
        run,
        seeds: || vec!["寄宿生生活补助\t3\n女女\nᠨᠡᠷᠡ\t7\n12333 热线（Hot Line）".into()],
        words: &[
            "长",
            "女",
            "Hot",
            " ",
            "\t",
            "\n",
            "7",
            "-",
            "/",
            "..",
            "4294967296",
            "ᠨ",
            "İ",
            "ß",
            "é",
            "\0",
            "con",
            "〇",
        ],
        shapes: &[
            ("one long name", |n| many("", "长", "", n)),
            ("one long word", |n| many("", "a", "", n)),
            ("names alike", |n| many("", "名称\n", "", n)),
            ("names without sounds", |n| many("", "ᠨ\n", "", n)),
            ("names alike with numbers", |n| many("", "ᠨ\t7\n", "", n)),
        ],
    }
}

pub(in crate::fuzz) fn address() -> Target {
    fn run(input: &[u8]) {
        let text = String::from_utf8_lossy(input);
        let (from, to) = text.split_once('\n').unwrap_or((&text, ""));
        let link = url::relative(from, to);
        assert!(link.len() <= 3 * from.len() + to.len() + 3, "a link is longer than its parts");
        url::is_hashed(from);
        url::is_sitemap_part(from);
        url::absolute(from, to);
        assert!(url::base_path(from).ends_with('/'));
        markdown::classify(from);
        if let Some(base) = url::normal_base(from) {
            assert!(base.ends_with('/') && !base.contains(['"', '\'', '<', '>', '&', ' ', '?', '#', '\\']), "{base}");
            assert_eq!(url::normal_base(&base).as_deref(), Some(base.as_str()), "a normal form is its own");
            assert!(url::base_path(&base).starts_with('/'));
        }
    }
    Target {
        name: "address",
        corpus: "address",
        run,
        seeds: || {
            vec![
                "https://example.org/list/\nzh/items/a.html#b".into(),
                "zh/items/a.html\nassets/style-0123456789ab.css".into(),
            ]
        },
        words: &[
            "/",
            "//",
            "../",
            ".",
            "#",
            "?",
            ":",
            "@",
            "https://",
            "http://",
            "index.html",
            "a/",
            "%2e",
            "\\",
            "[::1]",
            "\u{200b}",
            "é",
            "\0",
            "javascript:",
        ],
        shapes: &[
            ("slashes", |n| many("", "/", "", n)),
            ("folders against folders", |n| [many("", "a/", "x\n", n / 2), many("", "b/", "y", n / 2)].concat()),
            ("climbing", |n| many("https://a/", "../", "", n)),
            ("a long base", |n| many("https://example.org/", "a", "", n)),
        ],
    }
}

pub(in crate::fuzz) fn archive() -> Target {
    fn run(input: &[u8]) {
        let text = String::from_utf8_lossy(input);
        let mut zip = archive::Archive::default();
        for line in text.split('\n') {
            let (path, bytes) = line.split_once('\t').unwrap_or((line, ""));
            zip.add(path, bytes.as_bytes());
        }
        let bytes = zip.finish();
        if let Ok(mut read) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
            for at in 0..read.len() {
                let mut out = Vec::new();
                if let Ok(mut file) = read.by_index(at) {
                    std::io::Read::read_to_end(&mut file, &mut out).unwrap();
                }
            }
        }
    }
    Target {
        name: "archive",
        corpus: "archive",
        run,
        seeds: || vec!["mimetype\tx\n清单/index.html\t<p>1</p>".into()],
        words: &["\n", "\t", "/", "../", "\\", "C:", "\0", "a", "清", ".png"],
        shapes: &[
            ("files", |n| numbered("", "f#\tx\n", n)),
            ("one long name", |n| many("", "a", "\tx", n.min(60_000))),
            ("one large file", |n| many("a\t", "x", "", n)),
        ],
    }
}

/// The list of what was written, or the journal of a killed run, as a stranger might leave it.
pub(in crate::fuzz) fn list() -> Target {
    fn run(input: &[u8]) {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let (kind, bytes) = input.split_first().unwrap_or((&0, &[]));
        std::fs::create_dir_all(out.join(".qingdan-stage")).unwrap();
        for (path, text) in [("victim", "kept"), ("out/mine.txt", "mine"), ("out/.qingdan-stage/0", "staged")] {
            std::fs::write(dir.path().join(path), text).unwrap();
        }
        let place = if kind % 2 == 0 { ".qingdan.json" } else { ".qingdan-stage/journal.json" };
        std::fs::write(out.join(".qingdan.json"), "{\"version\": 1, \"files\": {}}").unwrap();
        std::fs::write(out.join(place), bytes).unwrap();
        let paths = ["index.html".to_owned()];
        let make = |_: usize, out: &mut Sink<'_>| -> Result<(), String> {
            out.bytes().extend_from_slice(b"page");
            Ok(())
        };
        let job = write::Job {
            out: &out,
            inputs: &[],
            paths: &paths,
            make: &make,
            last: &[],
            made_from: &|| None,
            progress: &|_| {},
        };
        let _ = write::apply(&job);
        let named = String::from_utf8_lossy(bytes).contains("mine.txt");
        let read = |path: &str| std::fs::read_to_string(dir.path().join(path)).ok();
        assert_eq!(read("victim").as_deref(), Some("kept"));
        // A list that names a file makes it ours: that is what the list is.
        assert!(named || read("out/mine.txt").as_deref() == Some("mine"), "a file of others is gone");
        let beside: Vec<String> = std::fs::read_dir(dir.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        assert_eq!(beside.len(), 2, "{beside:?}");
    }
    fn seeds() -> Vec<Vec<u8>> {
        let list = "{\"version\": 1, \"files\": {\"index.html\": {\"blake3\": \"00\", \"size\": 1}}}";
        let journal = format!(
            "{{\"moves\": [{{\"at\": 0, \"path\": \"a.html\", \"fresh\": true}}], \"removals\": [\"b.html\"], \"list\": {list}}}"
        );
        vec![format!("0{list}").into_bytes(), format!("1{journal}").into_bytes()]
    }
    Target {
        name: "list",
        corpus: "list",
        run,
        seeds,
        words: &[
            "\"../victim\"",
            "\"/etc/passwd\"",
            "\"a/../../victim\"",
            "\"\\u0000\"",
            "\"C:\\\\x\"",
            "\"index.html\"",
            "\"removals\"",
            "\"moves\"",
            "\"files\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "0",
            "1",
            "18446744073709551616",
            "-1",
            "true",
            "null",
            "\".qingdan.lock\"",
            "\"\"",
        ],
        shapes: &[
            ("files", |n| {
                let list = numbered(
                    "0{\"version\": 1, \"files\": {\"a\": {\"blake3\": \"\", \"size\": 0}",
                    ", \"f#\": {\"blake3\": \"\", \"size\": 0}",
                    n,
                );
                [list, b"}}".to_vec()].concat()
            }),
            ("deep", |n| many("0{\"version\": ", "[", "", n)),
            ("one long path", |n| {
                many("0{\"version\": 1, \"files\": {\"", "a/", "b\": {\"blake3\": \"\", \"size\": 0}}}", n)
            }),
        ],
    }
}
