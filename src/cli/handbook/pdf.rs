//! The PDF of a handbook: the machine's fonts and browser brought to what `handbook` makes of them.

use super::{Failure, Order, Refusal, print_instead};
use crate::diag::Message;
use crate::handbook::{Edition, Fault, Job, fonts, paged, typeset};
use crate::lang::Writing;
use crate::msg;
use crate::site::{Options as SiteOptions, Site};
use crate::tool::{Browser, Face, Fonts, NoBrowser, PrintError};
use crate::view::{BookView, Here, Views};
use std::path::Path;

/// A book in horizontal text, set by Typst.
pub(super) fn horizontal(order: &Order<'_>, edition: Edition) -> Result<Vec<u8>, Failure> {
    // In one thread from the first pass to the finished file: memory that a step gives back is taken up by the next only
    // in the same thread. A long book takes two thirds of the memory, and hardly more time.
    match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(thread) => thread.install(|| set(order, edition)),
        Err(_) => set(order, edition),
    }
}

fn set(order: &Order<'_>, edition: Edition) -> Result<Vec<u8>, Failure> {
    let paper = edition.layout(Writing::Horizontal);
    let catalogue = &order.loaded.catalogue;
    let theme = &order.loaded.theme;
    let base_url = order.options.inputs.base_url.as_deref().or(catalogue.site.base_url.as_deref());
    let views = Views::new(catalogue, base_url);
    let path = crate::url::Page::Catalogue.path(&catalogue.languages()[order.lang.0]);
    let book = views.book(Here { lang: order.lang, path: &path }, paper.longest);
    // The embedded theme has a layout, and a site's own takes its place: one is always there.
    let (Some(layout), Some(strings)) = (&theme.typst, theme.strings.get(order.lang.0)) else {
        return Err(no_layout());
    };
    let with_fonts = |whole: bool| {
        let fonts = choose_fonts(order, &book, whole)?;
        order.bar.at(2);
        let job = Job { book: &book, strings, layout, edition, paper, fonts: &fonts };
        match typeset(&job) {
            Ok(set) => Ok(Some(set)),
            Err(Fault::Unread) => Ok(None),
            Err(Fault::Layout(report)) => Err(Failure::Faults(report)),
        }
    };
    let set = match with_fonts(false)? {
        Some(set) => set,
        None => with_fonts(true)?.unwrap_or_default(),
    };
    order.bar.at(4);
    finish(&set.pdf, paged::Origin::Typesetter(&set.aims), edition)
}

fn no_layout() -> Failure {
    let message = msg!("主题没有 handbook/book.typ", "the theme has no handbook/book.typ");
    Failure::Refused(Refusal { message, hint: None })
}

/// The fonts of a book, read `whole`, or as far as its characters need them.
fn choose_fonts(order: &Order<'_>, book: &BookView, whole: bool) -> Result<fonts::Families, Failure> {
    let shelf = Fonts::find(&order.options.fonts);
    // What `page` says of the site around the book, such as the names of other languages, is not printed.
    let mut printed = serde_json::to_value(book).unwrap_or_default();
    if let Some(fields) = printed.as_object_mut() {
        fields.remove("page");
    }
    let text = printed.to_string();
    let strings = order.loaded.theme.strings.get(order.lang.0);
    let strings: String =
        strings.into_iter().flat_map(|strings| strings.by_key.values()).map(|string| string.text.as_str()).collect();
    let characters = fonts::visible(&(text + &strings));
    let company = (!whole).then(|| fonts::company(&characters));
    let face = |Face { data, index, glyphs }: Face| fonts::Face { data, index, glyphs };
    let source = fonts::Shelf {
        face: &|family, weight| shelf.face(family, weight, company.as_ref()).map(face),
        covering: &|characters| shelf.covering(characters).map(face),
    };
    fonts::choose(&book.page.lang, &characters, &source).map_err(|missing| no_font(order, &missing.characters))
}

/// One sentence that names the letters and what to install.
fn no_font(order: &Order<'_>, characters: &[char]) -> Failure {
    let some: Vec<String> = characters.iter().take(5).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    let (some, count) = (some.join(" "), characters.len());
    let message = msg!(
        "本机的字体缺少 {count} 个字，例如 {some}",
        "the fonts of this machine lack {count} characters, such as {some}"
    );
    let han = characters.iter().any(|c| matches!(u32::from(*c), 0x2E80..=0x9FFF | 0x2_0000..=0x3_FFFF));
    let Message { zh, en } = print_instead(order);
    let hint = if han {
        msg!(
            "请安装中文字体（Debian、Ubuntu：apt install fonts-noto-cjk；或思源宋体、思源黑体），或用 --fonts 指定字体文件夹；{zh}",
            "install a Chinese font (Debian, Ubuntu: apt install fonts-noto-cjk; or Source Han Serif and Sans), or name a folder of fonts with --fonts; {en}"
        )
    } else {
        msg!(
            "请安装含有这些字的字体，或用 --fonts 指定字体文件夹；{zh}",
            "install a font that has them, or name a folder of fonts with --fonts; {en}"
        )
    };
    Failure::Refused(Refusal { message, hint: Some(hint) })
}

/// A book in vertical text, printed by a browser: once to learn where everything stands, and again with the page numbers
/// until they hold.
pub(super) fn vertical(order: &Order<'_>, edition: Edition) -> Result<Vec<u8>, Failure> {
    let browser = Browser::find(order.options.chromium.as_deref()).map_err(|NoBrowser| no_browser(order))?;
    let options = SiteOptions::new(order.options.inputs.base_url.clone(), false);
    let loaded = order.loaded;
    let site = Site::plan(&loaded.catalogue, Vec::new(), &loaded.theme, &options).map_err(Failure::Faults)?;
    let folder = tempfile::tempdir().map_err(|error| no_folder(&error))?;
    order.bar.at(2);
    let anchors = site.book_anchors(order.lang);
    let anchors: Vec<&str> = anchors.iter().map(String::as_str).collect();
    // Room for three digits from the beginning, so that filling them in moves nothing.
    let mut numbers: paged::PageNumbers = anchors.iter().map(|anchor| ((*anchor).to_owned(), "000".into())).collect();
    let (mut pdf, mut front, mut blank) = (Vec::new(), 0, false);
    for pass in 0..MOST_PASSES {
        let files = site.printable(order.lang, edition, numbers.clone(), blank).map_err(Failure::Faults)?;
        pdf = print(&browser, folder.path(), &files).map_err(|error| not_printed(order, &error))?;
        let found = paged::places(&pdf, &anchors).map_err(damaged)?;
        order.bar.at(3 + pass.min(1));
        front = found.front;
        // Page 1 is a right one, as in every book: right pages are the odd ones of the file.
        let wanted = (front % 2 == 1) != blank;
        if found.numbers == numbers && wanted == blank {
            break;
        }
        (numbers, blank) = (found.numbers, wanted);
    }
    let title = loaded.catalogue.name.resolve(order.lang).value.value.clone();
    let sponsor = loaded.catalogue.site.government.sponsor.as_ref();
    let author = sponsor.map(|sponsor| sponsor.resolve(order.lang).value.value.clone());
    let about = paged::About { title: &title, author: author.as_deref(), front };
    finish(&pdf, paged::Origin::Browser(&about), edition)
}

/// How often a book is printed at most: two passes settle all but books whose contents grow with the numbers in them.
const MOST_PASSES: usize = 5;

/// Puts the files into the folder and prints the first.
fn print(browser: &Browser, folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, PrintError> {
    crate::tool::lay_out(folder, files).map_err(PrintError::Start)?;
    let page = files.first().map_or_else(String::new, |(path, _)| path.clone());
    browser.print(&folder.join(page), &folder.join("book.pdf"), folder)
}

fn finish(pdf: &[u8], origin: paged::Origin<'_>, edition: Edition) -> Result<Vec<u8>, Failure> {
    let pages = paged::finish(pdf, origin).map_err(damaged)?;
    if edition == Edition::Booklet { paged::booklet(&pages).map_err(damaged) } else { Ok(pages) }
}

fn damaged(damaged: paged::Damaged) -> Failure {
    Failure::Refused(Refusal { message: damaged.message(), hint: None })
}

fn no_browser(order: &Order<'_>) -> Failure {
    let message = match &order.options.chromium {
        Some(named) => {
            let named = named.display();
            msg!("--chromium 指定的“{named}”不是程序", "`{named}`, given by --chromium, is no program")
        }
        None => msg!(
            "竖排文字由 Chromium 打印，本机没有找到",
            "vertical script is printed by Chromium, and this machine has none"
        ),
    };
    let Message { zh, en } = print_instead(order);
    let hint = msg!(
        "请安装 Chromium、Chrome 或 Edge（Debian、Ubuntu：apt install chromium），或用 --chromium 指定程序；{zh}",
        "install Chromium, Chrome or Edge (Debian, Ubuntu: apt install chromium), or name the program with --chromium; {en}"
    );
    Failure::Refused(Refusal { message, hint: Some(hint) })
}

fn not_printed(order: &Order<'_>, error: &PrintError) -> Failure {
    let message = match error {
        PrintError::Start(error) => {
            msg!("无法运行打印用的浏览器：{error}", "cannot run the browser that prints: {error}")
        }
        PrintError::Failed(said) => {
            msg!("浏览器没有打印出文件：{said}", "the browser printed no file: {said}")
        }
    };
    Failure::Refused(Refusal { message, hint: Some(print_instead(order)) })
}

fn no_folder(error: &std::io::Error) -> Failure {
    let message = msg!("无法建立临时文件夹：{error}", "cannot make a temporary folder: {error}");
    Failure::Refused(Refusal { message, hint: None })
}
