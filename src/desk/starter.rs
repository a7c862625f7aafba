//! The starter: a small catalogue that is complete and builds, commented in the user's language, from `starter/`.
//!
//! Lives here: how its files are filled in. In them a line `#zh …` or `#en …` is a comment in that language, `{{name}}` a
//! text of words.yaml in all languages of the site, `{{name.source}}` in the source language, `{{name.plain}}` the same
//! without quotes. Never here: the texts themselves.

use super::scalar;
use crate::amend::Planned;
use crate::diag::{Message, closest};
use crate::import::Refused;
use crate::lang::Lang;
use crate::model::fingerprint;
use crate::raw::values::is_id;
use crate::{msg, schema, url};
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::fmt::Write as _;

#[derive(RustEmbed)]
#[folder = "starter/"]
struct Files;

/// The language that comments are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comments {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Comments {
    /// The wording in this language.
    pub fn of(self, message: &Message) -> &str {
        self.pick(&message.zh, &message.en)
    }

    pub(super) fn pick<'w>(self, zh: &'w str, en: &'w str) -> &'w str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// The languages that a site may be started with: by their tags, in the usual spelling, each with a folder of its own.
///
/// # Errors
/// [`Refused`] for what is no tag, and for one that is named twice.
fn languages(tags: &[String]) -> Result<Vec<Lang>, Refused> {
    let names = names();
    let mut languages: Vec<Lang> = Vec::new();
    for given in tags {
        if !Lang::is_tag(given) {
            let shown: String = given.chars().take(40).collect();
            return Err(Refused {
                message: msg!("--lang：“{shown}”不是语言标签", "--lang: `{shown}` is no language tag"),
                hint: Some(match closest(given, names.keys().map(String::as_str)) {
                    Some(near) => msg!("是不是想写“{near}”？", "did you mean `{near}`?"),
                    None => msg!(
                        "请用 BCP 47 标签，如 zh-Hans、mn-Mong、en",
                        "use a BCP 47 tag, such as zh-Hans, mn-Mong or en"
                    ),
                }),
            });
        }
        let tag = usual(given);
        if languages.iter().any(|lang| lang.tag == tag) {
            return Err(Refused {
                message: msg!("--lang：“{tag}”出现了两次", "--lang: `{tag}` stands twice"),
                hint: Some(msg!("每种语言写一次", "name each language once")),
            });
        }
        let short = tag.split('-').next().unwrap_or_default().to_owned();
        let is_free = |path: &String| {
            is_id(path)
                && !url::RESERVED_LANG_PATHS.contains(&path.as_str())
                && languages.iter().all(|lang| lang.path != *path)
        };
        let long = tag.to_ascii_lowercase();
        let path = [short, long.clone()].into_iter().find(is_free).unwrap_or_else(|| format!("lang-{long}"));
        let (direction, writing) = Lang::implied(&tag);
        let name = found(&names, &tag).map_or_else(|| tag.clone(), |(_, name)| name.clone());
        languages.push(Lang { name, path, direction, writing, tag });
    }
    Ok(languages)
}

/// A tag as RFC 5646 advises to write it: `zh-Hans-CN`.
fn usual(tag: &str) -> String {
    let part = |(at, part): (usize, &str)| {
        let lower = part.to_ascii_lowercase();
        match part.len() {
            4 if at > 0 && part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                lower[..1].to_ascii_uppercase() + &lower[1..]
            }
            2 if at > 0 => part.to_ascii_uppercase(),
            _ => lower,
        }
    };
    tag.split('-').enumerate().map(part).collect::<Vec<_>>().join("-")
}

/// What stands for a tag, or for the longest part of it that something stands for.
fn found<'m, T>(by_tag: &'m BTreeMap<String, T>, tag: &str) -> Option<(&'m String, &'m T)> {
    let mut tag = tag;
    loop {
        if let Some(found) = by_tag.get_key_value(tag) {
            return Some(found);
        }
        tag = tag.rsplit_once('-')?.0;
    }
}

fn names() -> BTreeMap<String, String> {
    serde_yaml::from_str(&file("names.yaml")).unwrap_or_default()
}

fn file(name: &str) -> String {
    Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// A new catalogue.
#[derive(Debug)]
pub struct Starter {
    /// Its files.
    pub files: Vec<Planned>,
    /// Whether its example texts are in another language than the site's source language, for lack of others.
    pub is_borrowed: bool,
}

/// The files of a new catalogue, below its folder, sorted by path.
///
/// # Errors
/// [`Refused`] for what is no language tag, and for one that is named twice.
pub fn starter(tags: &[String], comments: Comments) -> Result<Starter, Refused> {
    let languages = languages(tags)?;
    let words: Words = serde_yaml::from_str(&file("words.yaml")).unwrap_or_default();
    let pen = Pen { languages: &languages, words, comments };
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for name in Files::iter().filter(|name| !matches!(name.as_ref(), "words.yaml" | "names.yaml")) {
        let path = if name == "gitignore" { ".gitignore" } else { name.as_ref() };
        let mut text = pen.filled(&file(&name));
        if let Some(modeline) = path.strip_prefix("content/").and_then(schema::modeline) {
            text = format!("{modeline}\n{text}");
        }
        files.insert(path.to_owned(), text);
    }
    for lang in languages.iter().skip(1) {
        files.extend(pen.translations(lang));
    }
    let is_borrowed = languages.first().is_none_or(|lang| pen.own("site_title", lang).is_none());
    let files = files.into_iter().map(|(path, text)| Planned { path, text, new: true }).collect();
    Ok(Starter { files, is_borrowed })
}

type Words = BTreeMap<String, BTreeMap<String, String>>;

/// A thing of the starter that is translated.
struct Example {
    file: &'static str,
    /// The key of its entry; empty where the file is about it alone.
    key: &'static str,
    /// Its texts: key, and word of words.yaml.
    texts: &'static [(&'static str, &'static str)],
}

const EXAMPLES: [Example; 8] = [
    Example { file: "domains.yaml", key: "example-one", texts: &[("name", "domain_one")] },
    Example { file: "domains.yaml", key: "example-two", texts: &[("name", "domain_two")] },
    Example { file: "departments.yaml", key: "example-office", texts: &[("name", "office")] },
    Example { file: "departments.yaml", key: "example-office-two", texts: &[("name", "office_other")] },
    Example { file: "audiences.yaml", key: "example-residents", texts: &[("name", "residents")] },
    Example { file: "life-events.yaml", key: "example-event", texts: &[("name", "event")] },
    Example {
        file: "items/example-one/example-allowance.yaml",
        key: "",
        texts: &[("name", "allowance_name"), ("audience", "allowance_audience"), ("standard", "allowance_standard")],
    },
    Example {
        file: "items/example-two/example-service.yaml",
        key: "",
        texts: &[
            ("name", "service_name"),
            ("audience", "service_audience"),
            ("standard", "service_standard"),
            ("procedure", "service_procedure"),
        ],
    },
];

struct Pen<'p> {
    languages: &'p [Lang],
    words: Words,
    comments: Comments,
}

impl Pen<'_> {
    /// A text in a language, if the starter has it in that one.
    fn own(&self, word: &str, lang: &Lang) -> Option<&str> {
        let by_lang = self.words.get(word)?;
        // Simplified Chinese is no example of traditional.
        let is_other = lang.tag.starts_with("zh-Hant");
        let (_, text) = found(by_lang, &lang.tag).filter(|_| !is_other)?;
        Some(text)
    }

    /// A text in the source language; where the starter has none, in the language of the comments.
    fn source(&self, word: &str) -> &str {
        let own = self.languages.first().and_then(|lang| self.own(word, lang));
        let stand_in = || self.words.get(word)?.get(self.comments.pick("zh", "en")).map(String::as_str);
        own.or_else(stand_in).unwrap_or_default()
    }

    /// A text in all languages that it is there in, as a YAML value on one line.
    fn localized(&self, word: &str) -> String {
        let source = self.source(word);
        let others = self.languages.iter().skip(1).filter_map(|lang| Some((lang, self.own(word, lang)?)));
        let others: Vec<String> = others.map(|(lang, text)| format!("{}: {}", lang.tag, within(text))).collect();
        match self.languages.first() {
            Some(first) if !others.is_empty() => {
                format!("{{{}: {}, {}}}", first.tag, within(source), others.join(", "))
            }
            _ => scalar(source),
        }
    }

    fn filled(&self, template: &str) -> String {
        let mut out = String::new();
        let (own, other) = (self.comments.pick("#zh", "#en"), self.comments.pick("#en", "#zh"));
        let is_manual = template.starts_with("#zh # ");
        for line in template.lines() {
            let body = line.trim_start();
            if body.starts_with(other) {
                continue;
            }
            if line == "{{languages}}" {
                for Lang { tag, path, name, .. } in self.languages {
                    let _ = writeln!(out, "  - {{tag: {tag}, path: {path}, name: {}}}", within(name));
                }
                continue;
            }
            let indent = &line[..line.len() - body.len()];
            let body = match body.strip_prefix(own) {
                // The manual is no YAML: there the mark alone goes.
                Some(text) if is_manual => text.strip_prefix(' ').unwrap_or(text).to_owned(),
                Some(text) => format!("#{text}"),
                None => body.to_owned(),
            };
            let _ = writeln!(out, "{indent}{}", self.with_words(&body));
        }
        out
    }

    fn with_words(&self, line: &str) -> String {
        let Some((before, rest)) = line.split_once("{{") else { return line.to_owned() };
        let Some((name, after)) = rest.split_once("}}") else { return line.to_owned() };
        let text = match name.split_once('.') {
            Some((word, "source")) => scalar(self.source(word)),
            Some((word, _)) => self.source(word).to_owned(),
            None => self.localized(name),
        };
        format!("{before}{text}{after}")
    }

    /// The translations into a language: drafts where the starter has the words, else places to fill in.
    fn translations(&self, lang: &Lang) -> BTreeMap<String, String> {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for Example { file: path, key, texts } in EXAMPLES {
            let out = files.entry(format!("content/i18n/{}/{path}", lang.tag)).or_insert_with(|| self.head(lang, path));
            let indent = if key.is_empty() { "" } else { "  " };
            if !key.is_empty() {
                let _ = writeln!(out, "{key}:");
            }
            let own: Option<Vec<(&str, &str, &str)>> =
                texts.iter().map(|(key, word)| Some((*key, self.own(word, lang)?, self.source(word)))).collect();
            let _ = writeln!(out, "{indent}status: draft");
            match own {
                Some(own) => {
                    let prints = own.iter().map(|(key, _, source)| format!("{key}: {}", within(&fingerprint(source))));
                    let _ = writeln!(out, "{indent}source: {{{}}}", prints.collect::<Vec<_>>().join(", "));
                    let _ = writeln!(out, "{indent}text:");
                    for (key, text, _) in own {
                        let _ = writeln!(out, "{indent}  {key}: {}", scalar(text));
                    }
                }
                None => {
                    let _ = writeln!(out, "{indent}text:");
                    for (key, word) in texts {
                        let _ = writeln!(out, "{indent}  # {key}: …        # {}", self.source(word));
                    }
                }
            }
        }
        files
    }

    fn head(&self, lang: &Lang, path: &str) -> String {
        let modeline = schema::modeline(&format!("i18n/{}/{path}", lang.tag)).unwrap_or_default();
        let Lang { name, tag, .. } = lang;
        let note = msg!(
            "{name}译文。status：draft 草稿、checked 译者看过、reviewed 审定（加 reviewer: 姓名）。\n# source 是原文的指纹，译完运行 qingdan translate stamp --lang {tag} 来写；没译的，网页上显示原文。",
            "Translation into {name}. status: draft, checked, or reviewed (with `reviewer: <name>`).\n# source has the fingerprints of the source texts: `qingdan translate stamp --lang {tag}` writes them. Pages show the source text where there is no translation."
        );
        format!("{modeline}\n# {}\n", self.comments.of(&note))
    }
}

/// A text as a YAML value within braces.
fn within(text: &str) -> String {
    let risky = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}' | ':' | '#' | '"' | '\'');
    if text.contains(risky) { serde_json::to_string(text).unwrap_or_default() } else { scalar(text) }
}
