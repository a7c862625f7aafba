//! Edits of files as people write them: what is asked for changes, every other byte stays.

#![allow(clippy::unwrap_used)]
use super::meant::Plain;
use super::*;
use proptest::prelude::*;

fn path(text: &str) -> Vec<Step> {
    let step = |part: &str| match part.split_once('=') {
        Some(("id", id)) => Step::Element("id", id.to_owned()),
        Some((_, id)) => Step::Element("number", id.to_owned()),
        None => Step::key(part),
    };
    text.split('/').map(step).collect()
}

fn order(_: Option<&Step>) -> Vec<String> {
    ["id", "number", "departments", "aliases", "text", "name", "offer", "phone"].map(str::to_owned).to_vec()
}

fn text(value: &str) -> Option<Value> {
    Some(Value::Text(value.to_owned()))
}

fn words(words: &[&str]) -> Option<Value> {
    Some(Value::List(words.iter().map(|word| Value::Text((*word).to_owned())).collect()))
}

fn edit(written: &str, changes: &[(&str, Option<Value>)]) -> Option<String> {
    let paths: Vec<Vec<Step>> = changes.iter().map(|(at, _)| path(at)).collect();
    let changes: Vec<Change<'_>> =
        paths.iter().zip(changes).map(|(path, (_, value))| (path.as_slice(), value.as_ref())).collect();
    edited(written, &changes, &order)
}

const ITEM: &str = "\
# A comment at the top.
number: 3
departments: [finance, 'education']   # in this order
text:
  name: \"Meals\"  # as printed

  # about the meal
  offer: |-
    A warm meal.
    Every day.
  phone: '0105'
# the end
former_slugs: [old]
";

#[test]
fn values_change_and_everything_else_stays() {
    let cases: [(&str, Option<Value>, &str, &str); 9] = [
        ("text/phone", text("0106"), "phone: '0105'", "phone: '0106'"),
        ("text/name", text("Dinner"), "name: \"Meals\"  #", "name: Dinner  #"),
        ("number", Some(Value::Number(4)), "number: 3", "number: 4"),
        ("departments", words(&["a", "b"]), "[finance, 'education']", "[a, b]"),
        ("text/offer", text("One.\nTwo."), "    A warm meal.\n    Every day.", "    One.\n    Two."),
        ("text/offer", text("One."), "offer: |-\n    A warm meal.\n    Every day.", "offer: One."),
        ("text/phone", None, "  phone: '0105'\n", ""),
        ("former_slugs", None, "former_slugs: [old]\n", ""),
        ("aliases", words(&["甲", "a b"]), "in this order\n", "in this order\naliases: [甲, \"a b\"]\n"),
    ];
    for (at, value, from, to) in cases {
        let wanted = ITEM.replace(from, to);
        assert_ne!(wanted, ITEM, "{at}");
        for (written, wanted) in [
            (ITEM.to_owned(), wanted.clone()),
            (format!("\u{feff}{}", ITEM.replace('\n', "\r\n")), format!("\u{feff}{}", wanted.replace('\n', "\r\n"))),
        ] {
            let edited = edit(&written, &[(at, value.clone())]);
            assert_eq!(edited.as_deref(), Some(wanted.as_str()), "{at}");
        }
    }
}

#[test]
fn several_values_go() {
    let birth = "departments: [registry]\ntext:\n  name: Birth\n  guide: |-\n    1. Bring\n  phone: 555-0101, 555-0102\n  place: Room 3\nformer_slugs: [birth-paper]\n";
    let done = edit(birth, &[("former_slugs", None), ("text/phone", None)]).unwrap();
    assert_eq!(done, "departments: [registry]\ntext:\n  name: Birth\n  guide: |-\n    1. Bring\n  place: Room 3\n");
}

const LIST: &str = "\
# Who does it.
- {id: registry, name: Registry}   # first
- id: welfare
  name: Welfare
  aliases: [social office]
";

#[test]
fn lists_take_changes_and_new_elements() {
    let summary = edit(LIST, &[("id=registry/summary", text("Births")), ("id=welfare/name", text("Care"))]).unwrap();
    let wanted =
        LIST.replace("name: Registry}", "name: Registry, summary: Births}").replace("name: Welfare", "name: Care");
    assert_eq!(summary, wanted);
    let new = edit(LIST, &[("id=library/name", text("Library")), ("id=library/aliases", words(&["books"]))]).unwrap();
    assert_eq!(new, format!("{LIST}- id: library\n  name: Library\n  aliases:\n  - books\n"));
    let whole =
        edit("- id: a\n  domains:\n    - {id: b, name: B}\n", &[("id=a/domains/id=c/name", text("C"))]).unwrap();
    assert_eq!(whole, "- id: a\n  domains:\n    - {id: b, name: B}\n    - id: c\n      name: C\n");
    let numbers = edit(
        "1:\n  status: draft\n",
        &[("1/status", text("checked")), ("2/status", text("draft")), ("2/text/title", text("T"))],
    );
    assert_eq!(numbers.unwrap(), "1:\n  status: checked\n2:\n  status: draft\n  text:\n    title: T\n");
}

#[test]
fn what_cannot_be_done_is_not_done() {
    for (written, at) in [
        ("a: [1, 2\n", "a"),
        ("a: &x 1\nb: *x\n", "a"),
        ("- a\n", "id=b/name"),
        ("a: 1\n", "a/b"),
        ("text: [x]\n", "text/name"),
    ] {
        let done = edit(written, &[(at, text("v"))]);
        // Putting a name into a list of other things would be sound YAML; nothing else may come out.
        assert!(done.is_none() || at == "id=b/name", "{written}: {done:?}");
    }
}

#[test]
fn new_files_are_as_people_write_them() {
    let changes = [
        (path("number"), Some(Value::Number(3))),
        (path("text/name"), text("名")),
        (path("text/offer"), text("一\n二")),
        (path("text/phone"), text("0105")),
        (path("none"), None),
    ];
    let changes: Vec<Change<'_>> = changes.iter().map(|(path, value)| (path.as_slice(), value.as_ref())).collect();
    assert_eq!(fresh(&changes), "number: 3\ntext:\n  name: 名\n  offer: |-\n    一\n    二\n  phone: '0105'\n");
}

proptest! {
    /// Whatever a cell says and however the file looks: nothing, or a file that says it and keeps its comments.
    #[test]
    fn edits_are_right_or_not_done(
        value in "(\\PC|\n){0,30}",
        comment in "[ -~]{0,10}",
        at in prop::sample::select(vec!["text/name", "text/offer", "text/new", "aliases", "text/phone"]),
        flow in any::<bool>(),
    ) {
        let value = value.trim().to_owned();
        let written = if flow {
            format!("# {comment}\ntext: {{name: 'a', offer: \"b\", phone: 0105}} # {comment}\n")
        } else {
            format!("# {comment}\ntext:\n  name: 'a' # {comment}\n  offer: |-\n    b\n    c\n\n  phone: 0105\n# {comment}\n")
        };
        if !value.is_empty()
            && let Some(new) = edit(&written, &[(at, text(&value))])
        {
            let root = parse(&Normal::of(&new).text).unwrap();
            let node = find(&root, &path(at)).unwrap();
            prop_assert_eq!(Plain::of(node), Plain::Text(value));
            prop_assert_eq!(new.matches(&format!("# {comment}")).count() >= 2, true);
        }
    }

    #[test]
    fn no_file_makes_it_panic(written in "([ -~\n]|\\PC){0,80}", value in "\\PC{0,8}") {
        let _ = edit(&written, &[("text/name", text(&value)), ("a", None), ("id=b/c", text(&value))]);
    }
}

#[test]
fn a_line_that_ends_as_the_one_before_is_removed_alone() {
    let file = "status: draft # by whom\ntranslator: B. Person\nreviewer: A. Person\ntext: {name: x}\n";
    let removed = edit(file, &[("reviewer", None)]);
    assert_eq!(removed.unwrap(), "status: draft # by whom\ntranslator: B. Person\ntext: {name: x}\n");
}
