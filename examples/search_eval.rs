use qingdan::{
    lang::LangId,
    search::{Index, Kind, Searcher},
    source::Sources,
};
use std::collections::BTreeMap;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let (tag, file, verbose) = (&args[1], &args[2], args.len() > 3);
    let sources = Sources::read(std::path::Path::new("content")).unwrap().value;
    let catalogue = qingdan::load(&sources).value;
    let lang = LangId(catalogue.languages().iter().position(|l| &l.tag == tag).unwrap());
    let t = std::time::Instant::now();
    let index = Index::build(&catalogue, lang);
    let built = t.elapsed();
    let source = Index::build(&catalogue, LangId(0));
    let searcher = Searcher::new(&index, (lang.0 > 0).then_some(&source));
    let mut by: BTreeMap<String, (f64, usize, usize)> = BTreeMap::new();
    let mut total = (0.0, 0, 0);
    let mut longest = std::time::Duration::ZERO;
    for line in std::fs::read_to_string(file).unwrap().lines().filter(|l| !l.is_empty()) {
        let cols: Vec<&str> = line.split('\t').collect();
        let want: Vec<&str> = cols[2].split(',').collect();
        let t = std::time::Instant::now();
        let answer = searcher.search(cols[1]);
        longest = longest.max(t.elapsed());
        let items: Vec<&str> = answer
            .hits
            .iter()
            .map(|h| &index.documents[h.document])
            .filter(|d| d.kind == Kind::Item)
            .map(|d| d.slug.as_str())
            .collect();
        let rank = items.iter().position(|s| want.contains(s)).map(|r| r + 1);
        let rr = rank.filter(|r| *r <= 10).map_or(0.0, |r| 1.0 / r as f64);
        let e = by.entry(cols[0].to_owned()).or_default();
        e.0 += rr;
        e.1 += 1;
        e.2 += usize::from(items.is_empty());
        total.0 += rr;
        total.1 += 1;
        total.2 += usize::from(items.is_empty());
        if verbose && rank != Some(1) {
            println!(
                "{:?} {} {} -> {:?}  got {:?} meant {:?}",
                rank,
                cols[0],
                cols[1],
                want,
                &items[..items.len().min(4)],
                answer.meant
            );
        }
    }
    for (class, (rr, n, none)) in &by {
        println!("{class:14} n {n:3} MRR {:.3} none {none}", rr / *n as f64);
    }
    let postings: usize = index.entries.iter().map(|e| e.postings.len()).sum();
    println!(
        "ALL n {} MRR {:.3} none {}  terms {} postings {} build {:?} longest {:?}",
        total.1,
        total.0 / total.1 as f64,
        total.2,
        index.entries.len(),
        postings,
        built,
        longest
    );
}
