//! Views and theme to HTML.
//!
//! Lives here: the template engine, its functions and filters, and minifying what pages share. What pages of one language
//! and depth share is rendered once. Never here: what a page says (that is `view`) or where it goes (that is `site`).

use crate::diag::{Diagnostic, Message, Report, SourceFile, Span};
use crate::lang::LangId;
use crate::msg;
use crate::theme::{Strings, Theme, UiString};
use crate::view::{SharedView, escape};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tera::{Context, ErrorKind, Kwargs, State, StringInput, Tera, Value};

/// Renders pages.
pub struct Renderer<'t> {
    tera: Tera,
    theme: &'t Theme,
    strings: Vec<(Value, Value)>,
    /// The strings of all languages, in their order: for pages that speak every language.
    all: Value,
    minify: bool,
    unknown_icons: Arc<Mutex<BTreeMap<String, ()>>>,
}

/// Parts that several pages share, rendered: a value that their templates refer to.
#[derive(Debug, Clone)]
pub struct Shared(Value);

/// What templates see of them.
#[derive(Debug, Serialize)]
struct Parts {
    /// The first part of `<head>`: charset, policy, style sheet, scripts.
    head_html: String,
    /// Skip link, masthead and notices, by the entry of the navigation that is the page's; `other` where none is.
    mastheads: BTreeMap<&'static str, Masthead>,
    /// The footer.
    footer_html: String,
    /// The way to each asset: `style.css` is `style_css`, for names in templates cannot have dots.
    assets: BTreeMap<String, String>,
}

/// A masthead, up to the choice of language and after it.
#[derive(Debug, Serialize)]
struct Masthead {
    start_html: String,
    end_html: String,
}

impl<'t> Renderer<'t> {
    /// Compiles the templates.
    ///
    /// # Errors
    /// A report with the place of each fault in a template.
    pub fn new(theme: &'t Theme, minify: bool) -> Result<Self, Report> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html", ".svg", ".xml", ".xhtml", ".opf"]);
        let unknown_icons = Arc::new(Mutex::new(BTreeMap::new()));
        register(&mut tera, theme, &unknown_icons);
        let templates = theme.templates.iter().map(|(name, file)| (name.as_str(), file.text.as_str()));
        tera.add_raw_templates(templates).map_err(|error| fault(theme, &error))?;
        let strings: Vec<(Value, Value)> = theme.strings.iter().map(string_values).collect();
        let all = Value::from(strings.iter().map(|(safe, _)| safe.clone()).collect::<Vec<Value>>());
        Ok(Self { tera, theme, strings, all, minify, unknown_icons })
    }

    /// Renders what the pages of one depth share. `assets` is the way from there to the folder `assets/`.
    ///
    /// # Errors
    /// A report with the place in the template.
    pub fn shared(&self, lang: LangId, view: &SharedView, root: &str) -> Result<Shared, Report> {
        let mut context = self.context(lang, view)?;
        let key = |name: &str| name.replace(['.', '-', '/'], "_");
        let assets: BTreeMap<String, String> =
            self.theme.assets.iter().map(|a| (key(&a.name), format!("{root}{}", a.path))).collect();
        context.insert("assets", &assets);
        // The sheet of one language alone, such as that of its font; pages that speak every language need them all.
        let own = format!("lang-{}.css", view.lang);
        let wanted =
            |name: &str| name == own || (view.speaks_all && name.starts_with("lang-") && name.ends_with(".css"));
        let sheets = self.theme.assets.iter().filter(|asset| wanted(&asset.name));
        let sheets: Vec<String> = sheets.map(|asset| format!("{root}{}", asset.path)).collect();
        context.insert("lang_styles", &sheets);
        let part = |name: &str| self.render_with(&format!("partials/{name}.html"), &context);
        Ok(Shared(Value::from_serializable(&Parts {
            head_html: part("head")?,
            mastheads: mastheads(&self.minified(part("masthead")?), view),
            footer_html: self.minified(part("footer")?),
            assets,
        })))
    }

    /// Renders templates that several pages have in common; pages see each by its name, which ends in `html`.
    ///
    /// # Errors
    /// A report with the place in the template.
    pub fn common<V: Serialize>(&self, lang: LangId, view: &V, parts: &[(&str, &str)]) -> Result<Shared, Report> {
        let context = self.context(lang, view)?;
        let rendered =
            parts.iter().map(|(name, template)| Ok(((*name).to_owned(), self.render_with(template, &context)?)));
        let rendered: BTreeMap<String, String> = rendered.collect::<Result<_, Report>>()?;
        Ok(Shared(Value::from_serializable(&rendered)))
    }

    /// Renders a page into `out`; `shared` are the names of what it shares with others.
    ///
    /// # Errors
    /// A report with the place in the template.
    pub fn page<V: Serialize>(
        &self,
        template: &str,
        lang: LangId,
        view: &V,
        shared: &[(&'static str, &Shared)],
        out: &mut Vec<u8>,
    ) -> Result<(), Report> {
        let mut context = self.context(lang, view)?;
        shared.iter().for_each(|(name, shared)| context.insert_value(*name, shared.0.clone()));
        let template = format!("pages/{template}.html");
        self.tera.render_to(&template, &context, out).map_err(|error| fault(self.theme, &error))
    }

    /// Renders a template that is no page, named with its folder and its extension.
    ///
    /// # Errors
    /// A report with the place in the template.
    pub fn plain<V: Serialize>(&self, template: &str, lang: LangId, view: &V) -> Result<String, Report> {
        let context = self.context(lang, view)?;
        self.render_with(template, &context)
    }

    /// The warnings that came up while rendering: icons that the theme does not have.
    pub fn warnings(&self) -> Report {
        let mut report = Report::default();
        let unknown = self.unknown_icons.lock().map(|names| names.clone()).unwrap_or_default();
        for name in unknown.keys() {
            let file = SourceFile::new("templates", format!("partials/icons/{name}.svg"), "");
            let message = msg!("主题没有图标“{name}”", "the theme has no icon `{name}`");
            report.push(Diagnostic::warning("unknown-icon", Span::whole(&file), message).hint(msg!(
                "请换一个图标名，或在主题的 partials/icons 中添加它",
                "use another icon, or add it to partials/icons of the theme"
            )));
        }
        report
    }

    fn context<V: Serialize>(&self, lang: LangId, view: &V) -> Result<Context, Report> {
        let mut context = Context::from_serialize(view).map_err(|error| fault(self.theme, &error))?;
        if let Some((safe, plain)) = self.strings.get(lang.0) {
            context.insert_value("t", safe.clone());
            context.insert_value("ta", plain.clone());
        }
        // What must be said in the source language too, such as that a translation is a draft.
        if let Some((source, _)) = self.strings.first() {
            context.insert_value("ts", source.clone());
        }
        context.insert_value("strings", self.all.clone());
        Ok(context)
    }

    fn render_with(&self, template: &str, context: &Context) -> Result<String, Report> {
        self.tera.render(template, context).map_err(|error| fault(self.theme, &error))
    }

    #[cfg(feature = "minify")]
    fn minified(&self, html: String) -> String {
        if !self.minify {
            return html;
        }
        let config = minify_html::Cfg {
            keep_closing_tags: true,
            keep_html_and_head_opening_tags: true,
            keep_input_type_text_attr: true,
            ..minify_html::Cfg::default()
        };
        // minify-html lowercases SVG's attributes: it is fed the HTML between the drawings, each kept by a comment.
        let (outside, drawings) = without_drawings(&html);
        let config = minify_html::Cfg { keep_comments: true, ..config };
        let small = minify_html::minify(outside.as_bytes(), &config);
        match String::from_utf8(small) {
            Ok(small) => drawings
                .iter()
                .enumerate()
                .fold(small, |small, (at, drawing)| small.replace(&format!("<!--{at}-->"), drawing)),
            Err(_) => html,
        }
    }

    #[cfg(not(feature = "minify"))]
    fn minified(&self, html: String) -> String {
        let _ = self.minify;
        html
    }
}

/// The masthead as the pages of each entry of the navigation have it: the attribute `data-KEY` of their own says so, and the
/// comment `langs` is where each page puts its choice of language.
fn mastheads(html: &str, view: &SharedView) -> BTreeMap<&'static str, Masthead> {
    let of = |html: &str| {
        let (start, end) = html.split_once("<!--langs-->").unwrap_or((html, ""));
        Masthead { start_html: start.to_owned(), end_html: end.to_owned() }
    };
    let own =
        view.nav.iter().map(|link| (link.key, of(&html.replace(&format!("data-{}", link.key), "aria-current=true"))));
    own.chain([("other", of(html))]).collect()
}

/// Puts a comment in the place of each `<svg>…</svg>`.
#[cfg(feature = "minify")]
fn without_drawings(html: &str) -> (String, Vec<&str>) {
    let (mut out, mut drawings, mut rest) = (String::new(), Vec::new(), html);
    while let Some(start) = rest.find("<svg") {
        let Some(end) = rest[start..].find("</svg>").map(|end| start + end + 6) else { break };
        out.push_str(&rest[..start]);
        out.push_str(&format!("<!--{}-->", drawings.len()));
        drawings.push(&rest[start..end]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    (out, drawings)
}

/// The strings of a language, twice: for content (escaped, with `lang` where borrowed) and for attributes (plain).
fn string_values(strings: &Strings) -> (Value, Value) {
    let safe = |text: &str, string: &UiString| {
        let html = escape(text);
        Value::safe_string(&match &string.fallback {
            Some(tag) => format!("<span lang=\"{}\" dir=\"auto\">{html}</span>", escape(tag)),
            None => html,
        })
    };
    let plain = |text: &str, _: &UiString| Value::from(text.to_owned());
    let all = |value: &dyn Fn(&str, &UiString) -> Value| -> Value {
        let mut map = BTreeMap::new();
        for (key, string) in &strings.by_key {
            map.insert(key.clone(), value(&string.text, string));
            if let Some(one) = &string.one {
                map.insert(format!("{key}_one"), value(one, string));
            }
        }
        Value::from(map)
    };
    (all(&safe), all(&plain))
}

fn register(tera: &mut Tera, theme: &Theme, unknown: &Arc<Mutex<BTreeMap<String, ()>>>) {
    let icons: BTreeMap<String, String> = theme.icons.clone();
    let unknown = Arc::clone(unknown);
    tera.register_function("icon", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<Value> {
        let name = kwargs.must_get::<&str>("name")?;
        match icons.get(name) {
            Some(svg) => Ok(Value::safe_string(svg)),
            None => {
                if let Ok(mut names) = unknown.lock() {
                    names.insert(name.to_owned(), ());
                }
                Ok(Value::safe_string(""))
            }
        }
    });
    tera.register_function("count", count);
    tera.register_filter("fill", fill);
    tera.register_filter("date", date);
    tera.register_filter("css", css_string);
}

/// `count(key="n_items", n=3)`: the string for a number, the singular where the language has one.
fn count(kwargs: Kwargs, state: &State) -> tera::TeraResult<Value> {
    let key = kwargs.must_get::<&str>("key")?;
    let n = kwargs.must_get::<u64>("n")?;
    let strings = state.get::<Value>("t")?.unwrap_or_else(Value::undefined);
    let strings = strings.as_map().ok_or_else(|| tera::Error::message("the strings `t` are missing"))?;
    let find = |key: &str| strings.iter().find(|(k, _)| k.as_str() == Some(key)).map(|(_, v)| v);
    let one = if n == 1 { find(&format!("{key}_one")) } else { None };
    let string = one.or_else(|| find(key)).and_then(Value::as_str);
    let string = string.ok_or_else(|| tera::Error::message(format!("there is no string `{key}`")))?;
    Ok(Value::safe_string(&string.replace("{n}", &n.to_string())))
}

/// `t.x | fill(a=b)`: puts values into the places `{a}` of a string. The values are escaped unless they are HTML already.
fn fill(string: StringInput<'_>, kwargs: Kwargs, state: &State) -> tera::TeraResult<Value> {
    let mut out = string.rendered(state)?.into_owned();
    for (key, value) in kwargs.iter() {
        let Some(key) = key.as_str() else { continue };
        out = out.replace(&format!("{{{key}}}"), &state.escape_if_needed(value)?);
    }
    Ok(Value::safe_string(&out))
}

/// `"2018-08-22" | date(format="{y}年{m}月{d}日")`: a date in words; anything else stays as it is.
fn date(date: &str, kwargs: Kwargs, _: &State) -> tera::TeraResult<String> {
    let format = kwargs.must_get::<&str>("format")?;
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return Ok(date.to_owned()) };
    let short = |part: &str| part.trim_start_matches('0').to_owned();
    let filled = format
        .replace("{y}", year)
        .replace("{m}", &short(month))
        .replace("{d}", &short(day))
        .replace("{mm}", month)
        .replace("{dd}", day);
    Ok(filled)
}

/// `"{{ text | css }}"`: text between the quotes of a string in a style sheet (CSS Syntax 3, serialising a string), in
/// which it can end neither the string nor the sheet.
fn css_string(text: &str, _: Kwargs, _: &State) -> tera::TeraResult<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' => out.push_str(&format!("\\{:x} ", u32::from(c))),
            c if c.is_control() => out.push_str(&format!("\\{:x} ", u32::from(c))),
            c => out.push(c),
        }
    }
    Ok(out)
}

/// A fault of the template engine, at its place in the template.
fn fault(theme: &Theme, error: &tera::Error) -> Report {
    let mut report = Report::default();
    let (name, range, text) = match error.kind() {
        ErrorKind::SyntaxError(inner) | ErrorKind::RenderingError(inner) => {
            (inner.filename().to_owned(), inner.span().range.clone(), inner.message().to_owned())
        }
        _ => (String::new(), 0..0, error.to_string()),
    };
    let file = theme.templates.get(&name).cloned().unwrap_or_else(|| SourceFile::new("templates", name, ""));
    let span = Span::new(&file, range.start, range.end);
    let message: Message = msg!("模板有误：{text}", "the template has a fault: {text}");
    report.push(Diagnostic::error("template", span, message).hint(msg!(
        "模板能用的变量见 docs/theming.md；改坏了可删除这个文件，恢复内置模板",
        "docs/theming.md lists what templates see; without this file the embedded template is used"
    )));
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_put_into_words() {
        let context = Context::new();
        let state = State::new(&context);
        let kwargs = |format: &str| Kwargs::from([("format", Value::from(format))]);
        assert_eq!(date("2018-08-02", kwargs("{y}年{m}月{d}日"), &state).unwrap_or_default(), "2018年8月2日");
        assert_eq!(date("2018", kwargs("{y}"), &state).unwrap_or_default(), "2018");
    }

    #[test]
    fn text_stays_within_a_string_of_a_sheet() {
        let context = Context::new();
        let escaped = css_string("a\"}</style>\\\n低保", Kwargs::from([]), &State::new(&context)).unwrap_or_default();
        assert_eq!(escaped, "a\\22 }\\3c /style\\3e \\5c \\a 低保");
    }

    #[cfg(feature = "minify")]
    #[test]
    fn drawings_are_kept_from_the_minifier() {
        let html = "<p>a</p> <svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg> <p>b</p>";
        let (outside, drawings) = without_drawings(html);
        assert_eq!(outside, "<p>a</p> <!--0--> <p>b</p>");
        assert_eq!(drawings.len(), 1);
    }
}
