//! Building again over what is there: the same tree as a build from nothing, and no file is touched that need not be.

use crate::messages::BASE;
use proptest::prelude::*;
use qingdan::lang::Lang;
use qingdan::search;
use qingdan::sink::Sink;
use qingdan::site::{Options, Site, search_files};
use qingdan::source::Sources;
use qingdan::theme::Theme;
use qingdan::write::{self, Job, Summary};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use std::time::SystemTime;

/// The theme for the languages of the small catalogue, read once.
fn theme(languages: &[Lang]) -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| Theme::load(None, languages).unwrap_or_else(|none| panic!("{:?}", none.message)).value)
}

/// What `build` does; none where the content has errors.
fn build(content: &Path, out: &Path) -> Option<Summary> {
    let outcome = Sources::read(content).unwrap_or_else(|none| panic!("{:?}", none.message));
    let mut report = outcome.report;
    let catalogue = qingdan::load(&outcome.value).merge_into(&mut report);
    report.merge(qingdan::check::check(&catalogue));
    if report.has_errors() {
        return None;
    }
    let options = Options::new(Some("https://example.org/list/".into()), true);
    let indices = search::indices(&catalogue);
    let theme = theme(catalogue.languages());
    let files = search_files(&catalogue, &indices, theme);
    let site = Site::plan(&catalogue, files, theme, &options).unwrap();
    let (make, last) = (|at: usize, out: &mut Sink<'_>| site.write(at, out), site.last());
    let job = Job {
        out,
        inputs: &[content],
        paths: site.paths(),
        make: &make,
        last: &last,
        made_from: &|| None,
        progress: &|_| {},
    };
    Some(write::apply(&job).unwrap())
}

/// Every file with its bytes, and what tells whether it was touched: its time and its place on the disk.
fn tree(out: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime, u64)> {
    let files = walkdir::WalkDir::new(out).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let named = |entry: walkdir::DirEntry| {
        let meta = entry.metadata().unwrap();
        let path = entry.path().strip_prefix(out).unwrap().to_string_lossy().into_owned();
        (path, (std::fs::read(entry.path()).unwrap(), meta.modified().unwrap(), place(&meta)))
    };
    files.map(named).collect()
}

#[cfg(unix)]
fn place(meta: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn place(_: &std::fs::Metadata) -> u64 {
    0
}

/// What an editor does between two builds.
#[derive(Debug, Clone)]
enum Deed {
    /// An item is written anew, or added: its slug, name and whether it is translated.
    Write(u8, String, bool),
    /// An item's file gets another name: its address changes.
    Rename(u8, u8),
    /// An item goes, and its translation.
    Delete(u8),
    /// A department is called something else.
    Department(String),
    /// The document says something else.
    Notice(String),
    /// A change is noted, or not.
    Change(Option<String>),
    /// Something that is wrong: nothing is built.
    Spoil,
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let name = || "[一二三四]{1,4}";
    prop_oneof![
        6 => (0_u8..5, name(), any::<bool>()).prop_map(|(at, name, translated)| Deed::Write(at, name, translated)),
        2 => (0_u8..5, 0_u8..5).prop_map(|(from, to)| Deed::Rename(from, to)),
        2 => (0_u8..5).prop_map(Deed::Delete),
        1 => name().prop_map(Deed::Department),
        1 => name().prop_map(Deed::Notice),
        1 => prop::option::of(name()).prop_map(Deed::Change),
        1 => Just(Deed::Spoil),
    ]
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn item(at: u8) -> (String, String) {
    (format!("items/education/more-{at}.yaml"), format!("i18n/en/items/education/more-{at}.yaml"))
}

fn run(root: &Path, deed: &Deed) {
    let remove = |path: &str| drop(std::fs::remove_file(root.join(path)));
    match deed {
        Deed::Write(at, name, translated) => {
            let (source, translation) = item(*at);
            put(
                root,
                &source,
                &format!("number: {}\ndepartments: [schools]\ntext: {{name: {name}, standard: 免费。}}\n", at + 10),
            );
            match translated {
                true => put(root, &translation, &format!("status: draft\ntext: {{name: N {name}, standard: Free.}}\n")),
                false => remove(&translation),
            }
        }
        Deed::Rename(from, to) => {
            for (old, new) in [(item(*from).0, item(*to).0), (item(*from).1, item(*to).1)] {
                if let (Ok(text), false) = (std::fs::read_to_string(root.join(&old)), root.join(&new).exists()) {
                    // The number goes with the name, or the next file of the old name would have it too.
                    put(
                        root,
                        &new,
                        &text.replace(&format!("number: {}\n", from + 10), &format!("number: {}\n", to + 10)),
                    );
                    remove(&old);
                }
            }
        }
        Deed::Delete(at) => [item(*at).0, item(*at).1].iter().for_each(|path| remove(path)),
        Deed::Department(name) => {
            put(
                root,
                "departments.yaml",
                &format!("- {{id: finance, name: 财政局}}\n- {{id: schools, name: {name}局}}\n"),
            );
        }
        Deed::Notice(name) => put(
            root,
            "policy/notice.md",
            &format!(
                "---\ntitle: 通知\nkind: notice\n---\n## 一、总则 {{#general}}\n\n{name}见[住宿补助](items/education/board.yaml)。\n"
            ),
        ),
        Deed::Change(Some(title)) => {
            put(root, "changes.yaml", &format!("- {{id: a, date: 2024-01-01, kind: changed, title: {title}}}\n"))
        }
        Deed::Change(None) => remove("changes.yaml"),
        Deed::Spoil => put(root, "items/education/more-9.yaml", "number: [\n"),
    }
}

/// The small catalogue, without what it says of how many items there are.
fn write_base(root: &Path) {
    for (path, text) in BASE {
        let text = text.split("expected:").next().unwrap();
        put(root, path, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn building_again_is_building_from_nothing_and_touches_only_what_changes(
        steps in prop::collection::vec(prop::collection::vec(any_deed(), 1..4), 1..5),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let (content, out) = (dir.path().join("content"), dir.path().join("public"));
        write_base(&content);
        prop_assert!(build(&content, &out).is_some());
        for (at, deeds) in steps.iter().enumerate() {
            let spoilt = content.join("items/education/more-9.yaml");
            let _ = std::fs::remove_file(&spoilt);
            deeds.iter().for_each(|deed| run(&content, deed));
            let before = tree(&out);
            let built = build(&content, &out);
            let after = tree(&out);
            prop_assert_eq!(built.is_none(), spoilt.exists(), "only what is meant to be wrong is");
            let Some(summary) = built else {
                prop_assert_eq!(before, after, "with errors nothing changes");
                continue;
            };
            let cold = dir.path().join(format!("cold-{at}"));
            prop_assert!(build(&content, &cold).is_some());
            let bytes = |tree: &BTreeMap<String, (Vec<u8>, SystemTime, u64)>| -> BTreeMap<String, Vec<u8>> {
                tree.iter().map(|(path, (bytes, ..))| (path.clone(), bytes.clone())).collect()
            };
            prop_assert!(bytes(&after) == bytes(&tree(&cold)), "as a build from nothing");
            let mut written = 0;
            for (path, now) in &after {
                match before.get(path) {
                    Some(then) if then.0 == now.0 => prop_assert_eq!((then.1, then.2), (now.1, now.2), "{} is untouched", path),
                    _ => written += usize::from(!path.starts_with(".qingdan")),
                }
            }
            prop_assert_eq!(summary.written, written);
            let again = build(&content, &out).unwrap();
            prop_assert_eq!((again.written, again.removed), (0, 0));
            prop_assert!(tree(&out) == after, "an unchanged tree is not touched at all");
        }
    }
}

/// The pages that one edit of one item may change, in a catalogue of three.
#[test]
fn an_edited_item_rewrites_the_pages_that_show_it() {
    let dir = tempfile::tempdir().unwrap();
    let (content, out) = (dir.path().join("content"), dir.path().join("public"));
    write_base(&content);
    run(&content, &Deed::Write(0, "一".into(), false));
    build(&content, &out).unwrap();
    let before = tree(&out);
    let board = std::fs::read_to_string(content.join("items/education/board.yaml")).unwrap();
    put(&content, "items/education/board.yaml", &board.replace("每年1000元。", "每年1000元，按学期发。"));
    build(&content, &out).unwrap();
    let changed: Vec<String> = tree(&out)
        .into_iter()
        .filter(|(path, now)| path.ends_with(".html") && before.get(path).is_none_or(|then| then.0 != now.0))
        .map(|(path, _)| path)
        .collect();
    assert!(changed.contains(&"zh/items/board.html".to_owned()), "{changed:?}");
    let others = ["tuition", "more-0", "departments/", "audiences/", "policy/", "index.html", "about.html", "404.html"];
    let too_many: Vec<&String> =
        changed.iter().filter(|path| others.iter().any(|other| path.contains(other))).collect();
    assert!(too_many.is_empty(), "{too_many:?}");
}

/// Runs the program; what it says.
fn built(root: &Path, options: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_qingdan"));
    command.current_dir(root).args(["build", "--messages", "en"]).args(options);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn whatever_a_site_is_made_from_is_looked_at_again() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    write_base(&root.join("content"));
    let based = ["--base-url", "https://example.org/"];
    let same = |options: &[&str]| built(root, options).contains(": 0 written");
    assert!(!same(&based));
    let stamp = || std::fs::read_to_string(root.join("public/.qingdan.stamp")).unwrap();
    let append = |path: &str, line: &str| {
        let text = std::fs::read_to_string(root.join("content").join(path)).unwrap();
        put(&root.join("content"), path, &(text + line));
    };
    let (before, first) = (tree(&root.join("public")), stamp());
    assert!(same(&based) && tree(&root.join("public")) == before, "nothing is touched");
    // Each of these makes another site, and then stands.
    type Step<'d> = (&'d str, &'d dyn Fn(), &'d [&'d str]);
    let deeds: [Step<'_>; 5] = [
        ("other options", &|| (), &["--base-url", "https://example.com/"]),
        ("minified no more", &|| (), &["--base-url", "https://example.com/", "--no-minify"]),
        ("an item", &|| append("items/education/board.yaml", "aliases: [寄宿]\n"), &based),
        (
            "a template",
            &|| put(root, "templates/partials/footer.html", "<footer class=\"footer\">ours</footer>\n"),
            &based,
        ),
        ("a lost page", &|| std::fs::remove_file(root.join("public/index.html")).unwrap(), &based),
    ];
    let mut seen = vec![first];
    for (what, deed, options) in deeds {
        deed();
        assert!(!same(options), "{what}");
        let cold = root.join("cold");
        let _ = std::fs::remove_dir_all(&cold);
        built(root, &[options, &["--out", "cold"]].concat());
        let bytes =
            |out: &str| tree(&root.join(out)).into_iter().map(|(path, (bytes, ..))| (path, bytes)).collect::<Vec<_>>();
        assert!(bytes("public") == bytes("cold"), "{what}: as a build from nothing");
        assert!(same(options), "{what}: and then it stands");
        if what != "a lost page" {
            assert!(!seen.contains(&stamp()), "{what}");
            seen.push(stamp());
        }
    }
    // What a run has to say it says each time.
    put(&root.join("content"), "policy/unused.txt", "x");
    assert!(same(&based));
    put(&root.join("content"), "stray.yml", "a: 1\n");
    for _ in 0..2 {
        let said = built(root, &based);
        assert!(said.contains("stray.yml") && said.contains(": 0 written"), "{said}");
    }
}
