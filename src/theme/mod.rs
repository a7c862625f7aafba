//! The theme: templates, strings, icons and assets, embedded in the binary and overlaid file by file by a site's own.
//!
//! Lives here: finding each file (the site's folder first, then the embedded one), joining the style sheet, naming assets
//! by their content, reading strings with their fallbacks. Never here: rendering, and what a page shows.
#![allow(clippy::disallowed_methods, reason = "this is the room that reads the site's own theme")]

mod locales;
mod scripts;

use crate::diag::{Diagnostic, Message, Outcome, Report, SourceFile, Span, suggest};
use crate::lang::{Lang, LangId};
use crate::msg;
use locales::Locales;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use walkdir::WalkDir;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Embedded;

/// The locale whose strings are complete by definition: the last fallback.
const LAST_RESORT: &str = "en";

/// The kinds of file that are templates.
const TEMPLATES: [&str; 6] = [".html", ".svg", ".xml", ".xhtml", ".opf", ".css"];

/// The script of the service worker, which is no asset: the build puts a list before it.
const WORKER: &str = "offline/worker.js";

/// The layout of the handbook in Typst, which has a language of its own.
const TYPST: &str = "handbook/book.typ";

/// The theme, read whole.
#[derive(Debug)]
pub struct Theme {
    /// Templates by name: `pages/item.html`, `partials/footer.html`, `handbook/print.css`.
    pub templates: BTreeMap<String, Arc<SourceFile>>,
    /// The handbook's layout in Typst.
    pub typst: Option<Arc<SourceFile>>,
    /// The script of the service worker.
    pub worker: Vec<u8>,
    /// Icons by name, as SVG.
    pub icons: BTreeMap<String, String>,
    /// The strings of each language of the site, in its order.
    pub strings: Vec<Strings>,
    /// The assets, with their names in the output.
    pub assets: Vec<Asset>,
}

/// The interface's strings in one language.
#[derive(Debug, Default)]
pub struct Strings {
    /// The strings, by key.
    pub by_key: BTreeMap<String, UiString>,
}

/// A string of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UiString {
    /// The text, with `{name}` where something is to be filled in.
    pub text: String,
    /// The text for exactly one, where the language has one.
    pub one: Option<String>,
    /// The language it is really in, where that is not the page's.
    pub fallback: Option<String>,
}

/// A file of the output's `assets/`.
#[derive(Debug)]
pub struct Asset {
    /// Its name in the theme: `style.css`, `display.js`.
    pub name: String,
    /// Its path in the output, with a part that changes with its content.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The site's own theme cannot be read.
#[derive(Debug)]
pub struct NoTheme {
    /// What was asked for, and why not.
    pub message: Message,
}

/// A file of the theme: where it came from, and its bytes.
#[derive(Debug)]
struct Part {
    root: String,
    bytes: Vec<u8>,
}

impl Theme {
    /// Reads the theme for these languages; `overlay` is the site's own folder.
    ///
    /// # Errors
    /// [`NoTheme`] where `overlay` cannot be read.
    pub fn load(overlay: Option<&Path>, languages: &[Lang]) -> Result<Outcome<Self>, NoTheme> {
        Ok(Self::with(Own::read(overlay)?, languages))
    }

    /// The theme for these languages, with the site's own files over the embedded ones.
    pub fn with(own: Own, languages: &[Lang]) -> Outcome<Self> {
        let mut parts = BTreeMap::new();
        for name in Embedded::iter() {
            if let Some(file) = Embedded::get(&name) {
                parts.insert(name.into_owned(), Part { root: "(theme)".into(), bytes: file.data.into_owned() });
            }
        }
        let mut report = Report::default();
        // Strings are overlaid one by one: a site that changes one word keeps the others.
        let mut locales = Locales::default();
        for (name, part) in &parts {
            locales.add(name, part, &mut report);
        }
        for (name, part) in &own.0 {
            locales.add(name, part, &mut report);
            unused(name, part, &parts, &mut report);
        }
        parts.extend(own.0);
        let assets = assets(&parts);
        let (templates, icons) = (BTreeMap::new(), BTreeMap::new());
        let worker = parts.get(WORKER).map(|part| scripts::minified(&part.bytes)).unwrap_or_default();
        let mut theme = Self { templates, typst: None, worker, icons, strings: Vec::new(), assets };
        for (name, part) in &parts {
            if name.starts_with("assets/") || locale_tag(name).is_some() {
                continue;
            }
            let Some(file) = text_file(name, part, &mut report) else { continue };
            if let Some(icon) = name.strip_prefix("partials/icons/").and_then(|n| n.strip_suffix(".svg")) {
                theme.icons.insert(icon.to_owned(), file.text.trim().to_owned());
            } else if name == TYPST {
                theme.typst = Some(file);
            } else if TEMPLATES.iter().any(|extension| name.ends_with(extension)) {
                theme.templates.insert(name.clone(), file);
            }
        }
        theme.strings = locales.strings(languages, &mut report);
        Outcome::new(theme, report)
    }

    /// A string of the interface in a language that has it itself: nothing borrowed from another.
    pub fn own_string(&self, lang: LangId, key: &str) -> Option<String> {
        let string = self.strings.get(lang.0)?.by_key.get(key)?;
        string.fallback.is_none().then(|| string.text.clone())
    }

    /// The path in the output of an asset.
    pub fn asset(&self, name: &str) -> Option<&str> {
        self.assets.iter().find(|a| a.name == name).map(|a| a.path.as_str())
    }
}

/// The files of a site's own theme, as read.
#[derive(Debug, Default)]
pub struct Own(BTreeMap<String, Part>);

impl Own {
    /// Reads a site's own folder, where it has one.
    ///
    /// # Errors
    /// [`NoTheme`] where it cannot be read.
    pub fn read(overlay: Option<&Path>) -> Result<Self, NoTheme> {
        overlay.map_or_else(|| Ok(Self::default()), |folder| read_overlay(folder).map(Self))
    }

    /// The files, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, part)| (name.as_str(), part.bytes.as_slice()))
    }
}

fn read_overlay(folder: &Path) -> Result<BTreeMap<String, Part>, NoTheme> {
    let root = folder.to_string_lossy().replace('\\', "/");
    let fault = |path: &Path, error: &dyn std::fmt::Display| {
        let path = path.display();
        NoTheme {
            message: msg!("无法读取主题文件“{path}”：{error}", "cannot read the theme file `{path}`: {error}")
        }
    };
    let mut parts = BTreeMap::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| fault(error.path().unwrap_or(folder), &error))?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.') && entry.depth() > 0;
        if !entry.file_type().is_file() || hidden {
            continue;
        }
        let bytes = std::fs::read(entry.path()).map_err(|error| fault(entry.path(), &error))?;
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = relative.to_string_lossy().replace('\\', "/");
        parts.insert(name, Part { root: root.clone(), bytes });
    }
    Ok(parts)
}

fn text_file(name: &str, part: &Part, report: &mut Report) -> Option<Arc<SourceFile>> {
    let text = std::str::from_utf8(&part.bytes);
    let file = SourceFile::new(part.root.as_str(), name, text.unwrap_or_default().replace("\r\n", "\n"));
    if text.is_err() {
        let message = msg!("主题文件不是 UTF-8 编码", "the theme file is not UTF-8");
        report.push(Diagnostic::error("not-utf8", Span::whole(&file), message));
        return None;
    }
    Some(file)
}

/// The style sheet joined from its parts in order of their names, and every other asset, named by content.
/// `lang-<tag>.css` is a sheet of its own, for the pages of that language alone; the parts in a folder make up another,
/// named after the folder: `pages/*.css` are `pages.css`.
///
/// A sheet refers to other assets by their plain names, `url("font.woff2")`; the names of the output are put in.
fn assets(parts: &BTreeMap<String, Part>) -> Vec<Asset> {
    let mut assets = Vec::new();
    let mut sheets: BTreeMap<String, String> = BTreeMap::new();
    for (path, part) in parts {
        let Some(name) = path.strip_prefix("assets/") else { continue };
        if name.ends_with(".css") {
            let sheet = match name.split_once('/') {
                Some((folder, _)) => format!("{folder}.css"),
                None if name.starts_with("lang-") => name.to_owned(),
                None => "style.css".to_owned(),
            };
            sheets.entry(sheet).or_default().push_str(&String::from_utf8_lossy(&part.bytes));
            continue;
        }
        let bytes = if name.ends_with(".js") { scripts::minified(&part.bytes) } else { part.bytes.clone() };
        assets.push(asset(name, bytes));
    }
    let named = |sheet: &str| {
        assets.iter().fold(compact(sheet), |sheet, asset| {
            let file = asset.path.trim_start_matches("assets/");
            sheet.replace(&format!("url(\"{}\")", asset.name), &format!("url(\"{file}\")"))
        })
    };
    let sheets: Vec<Asset> = sheets.iter().map(|(name, sheet)| asset(name, named(sheet).into_bytes())).collect();
    assets.extend(sheets);
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    assets
}

fn asset(name: &str, bytes: Vec<u8>) -> Asset {
    let hash = &blake3::hash(&bytes).to_hex()[..12];
    let path = match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}-{hash}.{extension}"),
        None => format!("assets/{name}-{hash}"),
    };
    Asset { name: name.to_owned(), path, bytes }
}

/// Drops comments and needless white space of a style sheet: a third of its weight, at no risk. Text within quotes is
/// kept as it is. (minify-html's own CSS minifier lowers logical properties, which vertical pages live by.)
fn compact(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        let len = if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").map_or(rest.len(), |end| end + 4)
        } else if c == '"' || c == '\'' {
            let len = rest[1..].find(c).map_or(rest.len(), |end| end + 2);
            out.push_str(&rest[..len]);
            len
        } else if c.is_ascii_whitespace() {
            let len = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
            // A comment may stand between two runs: one space is enough for both.
            let needless =
                out.ends_with(['{', '}', ';', ':', ',', ' ']) || rest[len..].starts_with(['{', '}', ';', ',']);
            if !needless && !out.is_empty() {
                out.push(' ');
            }
            len
        } else {
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
            c.len_utf8()
        };
        rest = &rest[len..];
    }
    out
}

fn locale_tag(name: &str) -> Option<&str> {
    name.strip_prefix("locales/")?.strip_suffix(".yaml")
}

/// A page of the site's own that takes the place of none: most often a slip in its name.
fn unused(name: &str, part: &Part, embedded: &BTreeMap<String, Part>, report: &mut Report) {
    let known = |name: &str| name.starts_with("pages/") || name.starts_with("handbook/");
    if !known(name) || embedded.contains_key(name) {
        return;
    }
    let file = SourceFile::new(part.root.as_str(), name, "");
    let message = msg!("没有哪种页面使用这个模板", "no kind of page uses this template");
    let pages = embedded.keys().map(String::as_str).filter(|name| known(name));
    report.push(Diagnostic::warning("unknown-template", Span::whole(&file), message).maybe_hint(suggest(name, pages)));
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn lang(tag: &str) -> Lang {
        let (direction, writing) = Lang::implied(tag);
        Lang { tag: tag.into(), path: "x".into(), name: tag.into(), direction, writing }
    }

    #[test]
    fn every_embedded_locale_has_every_string() {
        for name in Embedded::iter().filter(|name| name.starts_with("locales/")) {
            let tag = name.trim_start_matches("locales/").trim_end_matches(".yaml").to_owned();
            let outcome = Theme::load(None, &[lang(&tag)]).unwrap();
            assert!(outcome.report.is_empty(), "{tag}: {:?}", outcome.report);
        }
    }

    #[test]
    fn a_language_without_strings_borrows_and_says_so() {
        let outcome = Theme::load(None, &[lang("zh-Hans"), lang("fr")]).unwrap();
        assert!(outcome.report.has("missing-string"));
        let french = &outcome.value.strings[1].by_key["skip"];
        assert_eq!(french.fallback.as_deref(), Some("zh-Hans"));
        assert!(outcome.value.strings[0].by_key["skip"].fallback.is_none());
    }

    #[test]
    fn a_site_overlays_strings_one_by_one_and_slips_are_named() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("locales")).unwrap();
        std::fs::create_dir_all(dir.path().join("pages")).unwrap();
        std::fs::write(dir.path().join("locales/zh-Hans.yaml"), "home: 主页\nhom: x\nn_items: \"{m}项\"\n").unwrap();
        std::fs::write(dir.path().join("pages/itm.html"), "").unwrap();
        let outcome = Theme::load(Some(dir.path()), &[lang("zh-Hans")]).unwrap();
        let strings = &outcome.value.strings[0].by_key;
        assert_eq!(strings["home"].text, "主页");
        assert!(strings["skip"].fallback.is_none(), "the other strings stay Chinese");
        for code in ["unknown-string", "string-places", "unknown-template"] {
            assert!(outcome.report.has(code), "{code}: {:?}", outcome.report);
        }
    }

    #[test]
    fn sheets_lose_only_what_says_nothing() {
        let css = "/* a */\na :is(b, c) > d::before {\n  content: \"/* x */ ; \" / \"\";\n  margin: calc(1em + 2px) 0;\n}\n@media (min-width: 1em) { e { color: red; } }\n";
        let small = "a :is(b,c) > d::before{content:\"/* x */ ; \" / \"\";margin:calc(1em + 2px) 0}@media (min-width:1em){e{color:red}}";
        assert_eq!(compact(css), small);
        assert_eq!(compact("a{content:\"open"), "a{content:\"open");
        assert_eq!(compact("/* open"), "");
    }

    #[test]
    fn a_site_overlays_file_by_file() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("assets")).unwrap();
        std::fs::write(dir.path().join("assets/10-tokens.css"), "/* own */ :root{--x:\"/* kept */\"}\n").unwrap();
        let plain = Theme::load(None, &[lang("en")]).unwrap().value;
        let own = Theme::load(Some(dir.path()), &[lang("en")]).unwrap().value;
        assert_eq!(plain.templates.len(), own.templates.len());
        assert_ne!(plain.asset("style.css"), own.asset("style.css"));
        let sheet = own.assets.iter().find(|a| a.name == "style.css").unwrap();
        assert!(String::from_utf8_lossy(&sheet.bytes).starts_with(":root{--x:\"/* kept */\"}"));
    }
}
