//! `qingdan handbook`: the list as a book. Its own options stand here; what the machine has is `tool`'s, how a book is made
//! `handbook`'s.

use super::options::{Answer, Inputs};
use super::run::{Loaded, Voice, failed, folders, language, prepare_without_search, wrote};
use super::{CONTENT_ERRORS, DONE, progress};
use crate::diag::Message;
use crate::handbook::Edition;
use crate::lang::{LangId, Writing};
use crate::model::OptionalPart;
use crate::msg;
use crate::site::{Options as SiteOptions, Site};
use crate::write;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[cfg(feature = "pdf")]
mod pdf;

const AFTER_HELP: &str = "\
Examples:
  qingdan handbook                                  handbook-zh-a4.pdf, in the source language
  qingdan handbook --edition a5 --base-url https://example.org/list/    with a QR code for each service
  qingdan handbook --edition booklet                two pages a side on A3: print both sides, fold, staple
  qingdan handbook --lang mn-Mong --edition large   vertical script is printed by a Chromium on PATH
  qingdan handbook --edition epub --out guide.epub

The PDF of horizontal text passes PDF/UA-1 and has the same bytes on every run with the same fonts. Without
a PDF, the page catalogue.html of a built site prints well from any browser.";

/// The form of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Form {
    /// PDF on A4 / A4
    #[default]
    A4,
    /// PDF on A5 / A5
    A5,
    /// PDF on A4 in 18 pt, without grey / 大字本
    Large,
    /// PDF for a folded booklet, two pages a side on A3 / A3 折页小册
    Booklet,
    /// EPUB 3 / 电子书
    Epub,
}

/// The options of `handbook`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_HELP)]
pub struct HandbookOptions {
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// The form of the book / 版本
    #[arg(long, value_enum, value_name = "EDITION", default_value_t)]
    pub edition: Form,
    /// The language / 语言 [default: the source language]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The file that is written / 输出文件 [default: handbook-LANGUAGE-EDITION.pdf]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The browser that prints vertical script / 打印竖排文字的浏览器 [default: the first Chromium on PATH]
    #[arg(long, value_name = "PROGRAM")]
    pub chromium: Option<PathBuf>,
    /// A folder with fonts besides the system's; may be given again / 字体文件夹
    #[arg(long = "fonts", value_name = "DIR")]
    pub fonts: Vec<PathBuf>,
    /// How it is answered.
    #[command(flatten)]
    pub answer: Answer,
    /// Say nothing but what is wrong / 只报告问题
    #[arg(long)]
    pub quiet: bool,
}

/// A book that cannot be made: what is wrong, and what to do.
struct Refusal {
    message: Message,
    hint: Option<Message>,
}

/// Why there is no book.
enum Failure {
    /// The call or the environment is wrong.
    Refused(Refusal),
    /// A template has a fault.
    Faults(crate::diag::Report),
}

/// What every form of book is made from.
struct Order<'a> {
    options: &'a HandbookOptions,
    loaded: &'a Loaded,
    lang: LangId,
    bar: &'a progress::Bar,
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &HandbookOptions) -> u8 {
    let voice = Voice { format: options.answer.format, lang: options.answer.messages() };
    let loaded = match prepare_without_search(&options.inputs) {
        Ok(loaded) => loaded,
        Err(message) => return voice.refuse(&message, None),
    };
    if loaded.report.has_errors() {
        return voice.report(&loaded.report).err().unwrap_or(CONTENT_ERRORS);
    }
    let lang = match language(options.lang.as_deref(), &loaded.catalogue) {
        Ok(lang) => lang,
        Err((message, hint)) => return voice.refuse(&message, hint.as_ref()),
    };
    let out = options.out.clone().unwrap_or_else(|| default_name(options.edition, &loaded, lang));
    let inputs = folders(&options.inputs);
    let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    if let Err(error) = write::refuse_file(&out, &inputs) {
        return voice.refuse(&error.message(), error.hint().as_ref());
    }
    let bar = progress::Bar::new(STEPS, options.quiet);
    let made = make(&Order { options, loaded: &loaded, lang, bar: &bar });
    bar.finish();
    match made {
        Ok(bytes) => match write::file(&out, &inputs, &bytes) {
            Ok(()) => {
                if !options.quiet {
                    voice.remark(&wrote(&out, bytes.len()));
                }
                DONE
            }
            Err(error) => voice.refuse(&error.message(), error.hint().as_ref()),
        },
        Err(Failure::Refused(refusal)) => voice.refuse(&refusal.message, refusal.hint.as_ref()),
        Err(Failure::Faults(faults)) => failed(&loaded, faults, voice),
    }
}

/// The steps that the bar counts: content read, fonts or browser found, pages set once and again, file finished.
const STEPS: usize = 5;

fn make(order: &Order<'_>) -> Result<Vec<u8>, Failure> {
    order.bar.at(1);
    let edition = match order.options.edition {
        Form::A4 => Edition::A4,
        Form::A5 => Edition::A5,
        Form::Large => Edition::Large,
        Form::Booklet => Edition::Booklet,
        Form::Epub => return epub(order),
    };
    let writing = order.loaded.catalogue.languages()[order.lang.0].writing;
    pdf_of(order, edition, writing)
}

fn epub(order: &Order<'_>) -> Result<Vec<u8>, Failure> {
    let options = SiteOptions::new(order.options.inputs.base_url.clone(), false);
    let loaded = order.loaded;
    let site = Site::plan(&loaded.catalogue, Vec::new(), &loaded.theme, &options).map_err(Failure::Faults)?;
    order.bar.at(2);
    site.epub(order.lang).map_err(Failure::Faults)
}

#[cfg(feature = "pdf")]
fn pdf_of(order: &Order<'_>, edition: Edition, writing: Writing) -> Result<Vec<u8>, Failure> {
    match writing {
        Writing::Horizontal => pdf::horizontal(order, edition),
        Writing::Vertical => pdf::vertical(order, edition),
    }
}

#[cfg(not(feature = "pdf"))]
fn pdf_of(order: &Order<'_>, _: Edition, _: Writing) -> Result<Vec<u8>, Failure> {
    let message = msg!(
        "这个 qingdan 编译时没有带 PDF 功能（feature pdf）",
        "this qingdan was built without PDF (the feature `pdf`)"
    );
    Err(Failure::Refused(Refusal { message, hint: Some(print_instead(order)) }))
}

/// What one can do without a PDF.
fn print_instead(order: &Order<'_>) -> Message {
    let catalogue = &order.loaded.catalogue;
    let page = crate::url::Page::Catalogue.path(&catalogue.languages()[order.lang.0]);
    if !catalogue.site.has(OptionalPart::Catalogue) {
        return msg!(
            "也可以从 site.yaml 的 leave_out 中去掉 catalogue，运行 qingdan build，再用任意浏览器打开 public/{page} 打印",
            "or take `catalogue` out of `leave_out` in site.yaml, run `qingdan build`, and print public/{page} from any browser"
        );
    }
    msg!(
        "也可以运行 qingdan build，用任意浏览器打开 public/{page} 打印",
        "or run `qingdan build` and print public/{page} from any browser"
    )
}

fn default_name(form: Form, loaded: &Loaded, lang: LangId) -> PathBuf {
    let path = loaded.catalogue.languages()[lang.0].path.as_str();
    let name = match form {
        Form::A4 => "a4.pdf",
        Form::A5 => "a5.pdf",
        Form::Large => "large.pdf",
        Form::Booklet => "booklet.pdf",
        Form::Epub => return format!("handbook-{path}.epub").into(),
    };
    format!("handbook-{path}-{name}").into()
}
