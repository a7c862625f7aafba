use qingdan::{
    lang::LangId,
    search::{self, Index},
    source::Sources,
};
fn main() {
    let sources = Sources::read(std::path::Path::new("content")).unwrap().value;
    let catalogue = qingdan::load(&sources).value;
    let s = search::sounds();
    let scripts = search::Scripts { engine: "assets/e.js".into(), finder: "assets/f.js".into() };
    std::fs::create_dir_all("/tmp/si").unwrap();
    for lang in 0..2 {
        let index = Index::build(&catalogue, LangId(lang));
        for f in search::files(&index, &catalogue, &scripts, &s.path) {
            let p = std::path::Path::new("/tmp/si").join(&f.path);
            std::fs::create_dir_all(p.parent().unwrap()).unwrap();
            std::fs::write(p, f.bytes).unwrap();
        }
    }
    std::fs::write(std::path::Path::new("/tmp/si").join(&s.path), s.bytes).unwrap();
}
