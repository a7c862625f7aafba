//! The editor's desk as an editor meets it: `init`, `new`, `schema`, `completions`, `man`.

use crate::cli::{Desk, code, text};
use crate::messages::BASE;
use std::fmt::Write as _;

fn empty() -> Desk {
    Desk { dir: tempfile::tempdir().unwrap() }
}

fn done(desk: &Desk, args: &[&str]) -> String {
    let output = desk.run(args);
    assert_eq!(code(&output), 0, "{args:?}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn a_new_catalogue_is_sound_and_builds_in_every_language() {
    for (at, (langs, lang)) in [
        ("zh-Hans", "zh"),
        ("zh-Hans", "en"),
        ("zh-Hans,mn-Mong", "zh"),
        ("zh-hans,en", "zh"),
        ("en", "en"),
        ("en,zh-Hans", "en"),
        ("en,mn-Mong,zh-Hans", "en"),
        ("mn-Mong", "zh"),
        ("zh-Hans-CN,zh-Hans-SG", "zh"),
    ]
    .into_iter()
    .enumerate()
    {
        let desk = empty();
        let folder = format!("清单 {at}");
        done(&desk, &["init", &folder, "--lang", langs, "--messages", lang]);
        let (content, out) = (format!("{folder}/content"), format!("{folder}/public"));
        let said = done(&desk, &["check", "--content", &content, "--messages", "en"]);
        assert_eq!(said, "no problems found\n", "{langs}");
        done(&desk, &["build", "--content", &content, "--out", &out]);
        assert!(desk.path(&out).join("index.html").is_file());
        // The comments are in one language alone, and nothing is left of the templates.
        for (path, bytes) in desk.tree(&folder) {
            let whole = String::from_utf8(bytes).unwrap_or_default();
            if path.ends_with(".yaml") {
                assert!(!whole.contains("{{") && !whole.contains("#zh") && !whole.contains("#en"), "{path}: {whole}");
                let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
                let note = whole.lines().nth(1).unwrap().replace("中文", "");
                assert!(note.starts_with("# ") && note.contains(han) == (lang == "zh"), "{path}: {whole}");
            }
        }
    }
}

#[test]
fn languages_without_strings_are_named_and_folders_never_collide() {
    let desk = empty();
    let output = desk.run(&["init", "a", "--lang", "fr,data,zh-Hant,zh-Hans", "--messages", "en"]);
    let said = text(&output.stderr);
    assert_eq!(code(&output), 0, "{said}");
    for tag in ["fr", "data", "zh-Hant"] {
        assert!(said.contains(&format!("{tag} lacks")) && said.contains(&format!("locales/{tag}.yaml")), "{said}");
    }
    assert!(said.contains("no example texts in that language"));
    let site = text(&desk.tree("a")["content/site.yaml"]);
    for line in ["{tag: fr, path: fr, name: Français}", "{tag: zh-Hant, path: zh, name: 繁體中文}"] {
        assert!(site.contains(line), "{site}");
    }
    assert!(site.contains("{tag: zh-Hans, path: zh-hans, name: 中文}"), "{site}");
}

#[test]
fn nothing_is_ever_overwritten() {
    let desk = empty();
    desk.write("a/README.md", "mine");
    desk.write("a/.git/config", "mine");
    done(&desk, &["init", "a"]);
    let before = desk.tree("a");
    assert_eq!(text(&before["README.md"]), "mine");
    assert!(before.contains_key(".gitignore"));
    assert_eq!(code(&desk.run(&["init", "a"])), 2);
    assert_eq!(desk.tree("a"), before);
    desk.write("a/content/.schema/item.json", "{}");
    let output = desk.run(&["schema", "--content", "a/content"]);
    assert_eq!(code(&output), 2, "a file of somebody else's");
    assert_eq!(text(&desk.tree("a")["content/.schema/item.json"]), "{}");
}

#[test]
fn a_new_item_is_a_skeleton_that_check_completes() {
    let desk = Desk::with("content");
    let said = done(&desk, &["new", "item", "老年人免费体检", "--domain", "health", "--messages", "en"]);
    insta::assert_snapshot!("new_item", said);
    let path = "content/items/health/lao-nian-ren-mian-fei-ti-jian.yaml";
    let skeleton = std::fs::read_to_string(desk.path(path)).unwrap();
    insta::assert_snapshot!("skeleton_en", skeleton);
    let faults = desk.run(&["check", "--messages", "en", "--format", "short"]);
    assert_eq!(code(&faults), 1);
    insta::assert_snapshot!("new_item_check", text(&faults.stdout));
    // Filled in, and counted, it is sound.
    let filled = skeleton
        .replace("departments: []", "departments: [health]")
        .replace("  audience:\n", "  audience: 老年人\n")
        .replace("  standard:\n", "  standard: 免费。\n")
        .replace("  funding:\n", "  funding: 财政。\n");
    std::fs::remove_file(desk.path(path)).unwrap();
    done(&desk, &["new", "item", "老年人免费体检", "--domain", "health", "--raise-expected", "--messages", "zh"]);
    insta::assert_snapshot!("skeleton_zh", std::fs::read_to_string(desk.path(path)).unwrap());
    desk.write(path, &filled);
    let said = desk.run(&["check", "--messages", "en"]);
    assert_eq!(code(&said), 0, "{}", text(&said.stdout));
}

#[test]
fn lists_grow_and_every_other_byte_stays() {
    let desk = Desk::valley();
    let before = desk.tree("content");
    done(&desk, &["schema"]);
    done(&desk, &["new", "department", "Ministry: of \"walks\""]);
    done(&desk, &["new", "domain", "Leisure", "--parent", "life"]);
    done(&desk, &["new", "domain", "ᠠᠮᠢᠳᠤᠷᠠᠯ"]);
    done(&desk, &["new", "item", "Choir", "--domain", "leisure"]);
    let after = desk.tree("content");
    for (path, bytes) in &before {
        let (old, new) = (text(bytes), text(&after[path]));
        match path.as_str() {
            "departments.yaml" => {
                assert_eq!(new, format!("{old}- id: ministry-of-walks\n  name: 'Ministry: of \"walks\"'\n"));
            }
            "domains.yaml" => insta::assert_snapshot!("grown_domains", new),
            _ => assert_eq!(old, new, "{path}"),
        }
    }
    assert!(after.contains_key("items/life/leisure/choir.yaml"));
    let schema = text(&after[".schema/item.json"]);
    assert!(schema.contains("ministry-of-walks"), "the schemas know what has been added");
}

#[test]
fn refusals_say_what_to_do_in_both_languages() {
    let desk = empty();
    BASE.iter().for_each(|(path, text)| desk.write(&format!("content/{path}"), text));
    desk.write("content/domains.yaml", "- {id: education, name: 教育}\n- {id: health, name: 卫生}\n");
    desk.write("taken", "a file");
    let before = desk.tree("content");
    let mut shown = String::new();
    for args in [
        &["init", "taken"][..],
        &["init", "."],
        &["init", "new", "--lang", "no_tag"],
        &["init", "new", "--lang", "zh_Hans"],
        &["init", "new", "--lang", "en,EN"],
        &["new", "item", "体检", "--content", "nowhere"],
        &["new", "item", "体检"],
        &["new", "item", "体检", "--domain", "healt"],
        &["new", "item", "体检", "--domain", "zzzzzz"],
        &["new", "item", "住宿补助", "--domain", "education"],
        &["new", "item", "体检", "--domain", "health", "--slug", "board"],
        &["new", "item", "体检", "--domain", "health", "--slug", "../a"],
        &["new", "item", "体检", "--domain", "health", "--number", "2"],
        &["new", "item", "a\u{7}b", "--domain", "health"],
        &["new", "item", " ", "--domain", "health"],
        &["new", "domain", "卫生"],
        &["new", "domain", "体检", "--id", "health"],
        &["new", "domain", "体检", "--parent", "healt"],
        &["new", "department", "财政局"],
        &["new", "department", "体检局", "--id", "A"],
        &["import", "清单.csv", "--content", "nowhere"],
        &["check", "--content", "nowhere"],
        &["schema", "--content", "nowhere"],
        &["schema", "--generic"],
    ] {
        let _ = writeln!(shown, "$ qingdan {}", args.join(" ").replace('\u{7}', "<bell>"));
        for lang in ["zh", "en"] {
            let output = desk.run(&[args, &["--messages", lang]].concat());
            assert_eq!(code(&output), 2, "{args:?}: {}", text(&output.stderr));
            assert!(output.stdout.is_empty());
            shown.push_str(&text(&output.stderr));
        }
        shown.push('\n');
    }
    insta::assert_snapshot!("refusals", shown);
    assert_eq!(desk.tree("content"), before);
}

#[test]
fn what_would_spoil_the_content_is_not_written() {
    let desk = Desk::with("content");
    // A private-use character: the rules refuse it wherever it stands.
    let output = desk.run(&["new", "department", "体检\u{e000}局", "--messages", "en"]);
    assert_eq!(code(&output), 1);
    let said = text(&output.stdout);
    assert!(said.contains("private-use-character") && text(&output.stderr).contains("no file was changed"), "{said}");
    desk.write("content/domains.yaml", "- id: [\n");
    let before = desk.tree("content");
    let output = desk.run(&["new", "domain", "体检", "--messages", "en"]);
    assert_eq!(code(&output), 1);
    assert!(text(&output.stdout).contains("yaml-syntax"));
    assert_eq!(desk.tree("content"), before);
}

/// Where a list is missing, its first entry may be added though others are still lacking.
#[test]
fn a_missing_list_begins_with_one_entry() {
    let desk = Desk::valley();
    std::fs::remove_file(desk.path("content/departments.yaml")).unwrap();
    done(&desk, &["new", "department", "Registry"]);
    let made = std::fs::read_to_string(desk.path("content/departments.yaml")).unwrap();
    assert_eq!(made, "# yaml-language-server: $schema=.schema/departments.json\n- id: registry\n  name: Registry\n");
}

/// A clerk's first hour: a catalogue, a domain and a department of one's own, a spreadsheet, the site.
#[test]
fn a_spreadsheet_comes_into_a_new_catalogue() {
    let desk = empty();
    done(&desk, &["init", "."]);
    for (what, name) in [("domain", "示例领域甲"), ("department", "示例部门甲")] {
        done(&desk, &["new", what, name]);
    }
    desk.write(
        "清单.csv",
        "序号,服务项目,服务对象,服务标准,支出责任,负责单位\n示例领域甲,,,,,\n1,示例一,所有人,免费。,示例,示例部门甲\n2,示例二,所有人,免费。,示例,示例部门甲\n",
    );
    let said = done(&desk, &["import", "清单.csv", "--update", "--messages", "en"]);
    assert!(said.contains("2 new, 0 changed") && said.contains(" 0 doubtful"), "{said}");
    let made = std::fs::read_to_string(desk.path("content/items/shi-li-ling-yu-jia/shi-li-yi.yaml")).unwrap();
    assert!(made.starts_with("# yaml-language-server: $schema=../../.schema/item.json\n"), "{made}");
    assert_eq!(done(&desk, &["check", "--messages", "en"]), "no problems found\n");
    done(&desk, &["build"]);
}

#[test]
fn shells_and_manuals_get_what_they_can_read() {
    let desk = empty();
    for (shell, word) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef"),
        ("fish", "complete -c"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion"),
    ] {
        let script = done(&desk, &["completions", shell]);
        assert!(script.contains(word) && script.contains("raise-expected"), "{shell}: {script}");
    }
    desk.write("qingdan.bash", &done(&desk, &["completions", "bash"]));
    let parsed = std::process::Command::new("bash").arg("-n").arg(desk.path("qingdan.bash")).status().unwrap();
    assert!(parsed.success(), "bash cannot read its script");

    let main = done(&desk, &["man"]);
    done(&desk, &["man", "--out", "man1"]);
    let pages = desk.tree("man1");
    done(&desk, &["man", "--out", "man1"]);
    assert_eq!(desk.tree("man1"), pages, "the same pages each time, put in the places of the old ones");
    assert_eq!(text(&pages["qingdan.1"]), main);
    for name in ["qingdan-init.1", "qingdan-new.1", "qingdan-new-item.1", "qingdan-translate-stamp.1", "qingdan-man.1"]
    {
        let page = text(&pages[name]);
        assert!(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"), "{name}: {page}");
    }
    let requests = [".TH", ".SH", ".TP", ".RS", ".RE", ".br", ".sp", ".ie", ".el", ".nf", ".fi", ".PP", ".IP"];
    for (name, page) in &pages {
        let page = text(page);
        assert!(page.contains("\n.TH qingdan"), "{name}: {page}");
        for line in page.lines().filter(|line| line.starts_with(['.', '\''])) {
            assert!(requests.iter().any(|request| line.starts_with(request)), "{name}: {line}");
        }
    }
}

#[test]
fn every_command_has_examples() {
    let desk = empty();
    let commands = |path: &[&str]| -> Vec<String> {
        let help = done(&desk, &[path, &["--help"]].concat());
        let list = help.split("Commands:\n").nth(1).unwrap_or_default().split("\n\n").next().unwrap_or_default();
        let names = list.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
        names
            .filter_map(|line| line.split_whitespace().next())
            .filter(|name| *name != "help")
            .map(str::to_owned)
            .collect()
    };
    let top = commands(&[]);
    assert!(top.len() > 12, "{top:?}");
    for command in &top {
        let within = commands(&[command]);
        for path in within.iter().map(|inner| vec![command.as_str(), inner.as_str()]).chain([vec![command.as_str()]]) {
            let help = done(&desk, &[path.as_slice(), &["--help"]].concat());
            let example = format!("  qingdan {}", path.join(" "));
            assert!(help.contains("Examples:\n") && help.contains(&example), "{path:?}: {help}");
        }
    }
}
