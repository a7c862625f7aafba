//! The handbook as far as no font and no browser of the machine is needed; the books themselves are read by
//! `tests/browser/handbook.test.mjs`.

use qingdan::diag::SourceFile;
use qingdan::handbook::{Edition, Fault, Job, fonts, typeset};
use qingdan::lang::{LangId, Writing};
use qingdan::source::Sources;
use qingdan::theme::Theme;
use qingdan::view::{Here, Views};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Sets the small catalogue with a layout of the test's own, without any font.
fn set(layout: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources::read(&root.join("tests/sites/valley/content")).unwrap().value;
    let catalogue = qingdan::load(&sources).value;
    let theme = Theme::load(None, catalogue.languages()).unwrap().value;
    let book = Views::new(&catalogue, None).book(Here { lang: LangId::SOURCE, path: "en/catalogue.html" }, 100);
    let shelf = fonts::Shelf { face: &|_, _| None, covering: &|_| None };
    let families = fonts::choose("en", &BTreeSet::new(), &shelf).unwrap();
    let job = Job {
        book: &book,
        strings: &theme.strings[0],
        layout: &SourceFile::new("templates", "handbook/book.typ", layout),
        edition: Edition::A5,
        paper: Edition::A5.layout(Writing::Horizontal),
        fonts: &families,
    };
    let Err(Fault::Layout(report)) = typeset(&job) else { panic!("the layout has a fault") };
    let line = |d: &qingdan::diag::Diagnostic| {
        let (line, column) = d.span.line_column();
        format!("{line}:{column} {} {}\n", d.code, d.message.en)
    };
    report.iter().map(line).collect()
}

#[test]
fn faults_of_a_layout_are_named_at_their_place() {
    insta::assert_snapshot!("layout-field", set("#let data = json(\"book.json\")\n#data.book.nme\n"));
    insta::assert_snapshot!("layout-syntax", set("= A heading\n#("));
}

#[test]
fn a_layout_reads_nothing_but_the_book() {
    for path in ["/etc/hostname", "../Cargo.toml", "content/site.yaml", "@preview/cetz:0.3.0"] {
        let said = set(&format!("#read(\"{path}\")"));
        assert!(said.contains("handbook-layout"), "{path}: {said}");
    }
}

#[test]
fn what_pdf_ua_forbids_is_a_fault() {
    let said = set(
        "#set document(title: \"x\")\n#let data = json(\"book.json\")\n#rect()#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>\"), format: \"svg\")",
    );
    assert!(said.contains("PDF/UA-1"), "{said}");
}
