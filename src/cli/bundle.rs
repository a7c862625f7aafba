//! `qingdan bundle`: the site as one zip file for memory sticks, kiosks and mail. It unpacks to a folder whose only page at
//! the top is the start. Its own options stand here; the pages are those of `site`.

use super::options::{Answer, Inputs};
use super::run::{Loaded, Voice, failed, folders, found, language, plan, prepare, wrote};
use super::{CONTENT_ERRORS, DONE, progress};
use crate::archive::Archive;
use crate::diag::{Message, Report};
use crate::msg;
use crate::site::{Options, Site};
use crate::url;
use crate::write;
use clap::Args;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  qingdan bundle                       qingdan-bundle.zip with every language
  qingdan bundle --lang zh-Hans        the source language alone
  qingdan bundle --out /media/stick/list.zip
  qingdan bundle --single-file --out /media/stick    qingdan-zh.html, qingdan-mn.html

Unpacked, the folder opens by double click of its index.html: pages, search, fonts and print work without
a network. The source language is always among the languages: translations refer to it.";

/// The options of `bundle`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_HELP)]
pub struct BundleOptions {
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// A language; may be given again / 语言 [default: all]
    #[arg(long, value_name = "TAG")]
    pub lang: Vec<String>,
    /// The file that is written; with --single-file a folder / 输出文件 [default: qingdan-bundle.zip, or here]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// One HTML file per language with everything inside, search too / 每种语言一个网页文件
    #[arg(long)]
    pub single_file: bool,
    /// How it is answered.
    #[command(flatten)]
    pub answer: Answer,
    /// Say nothing but what is wrong / 只报告问题
    #[arg(long)]
    pub quiet: bool,
}

/// Whether only a web server has a use for a file.
fn for_servers(path: &str) -> bool {
    [url::NOT_FOUND, url::ROBOTS, url::SITEMAP].contains(&path) || url::is_sitemap_part(path)
}

/// How many files are made at a time: enough for every core, few enough for memory to stay flat.
const AT_ONCE: usize = 256;

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &BundleOptions) -> u8 {
    let voice = Voice { format: options.answer.format, lang: options.answer.messages() };
    let mut loaded = match prepare(&options.inputs) {
        Ok(loaded) => loaded,
        Err(message) => return voice.refuse(&message, None),
    };
    if loaded.report.has_errors() {
        return voice.report(&loaded.report).err().unwrap_or(CONTENT_ERRORS);
    }
    if let Err((message, hint)) = keep(&mut loaded, &options.lang) {
        return voice.refuse(&message, hint.as_ref());
    }
    // A worker looks after what came over a network; a memory stick has no use for one.
    loaded.catalogue.site.offline = false;
    let inputs = folders(&options.inputs);
    let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    let outs = outs(options, &loaded);
    if let Some(error) = outs.iter().find_map(|out| write::refuse_file(out, &inputs).err()) {
        return voice.refuse(&error.message(), error.hint().as_ref());
    }
    let site_options = Options::new(options.inputs.base_url.clone(), true);
    let files = found(&mut loaded);
    let site = match plan(&loaded, files, &site_options, voice) {
        Ok(site) => site,
        Err(code) => return code,
    };
    if let Some(path) = site.paths().iter().find(|path| !fits_windows(path)) {
        return voice.refuse(&no_windows_name(path), None);
    }
    let bar = progress::Bar::new(site.paths().len(), options.quiet);
    let made =
        if options.single_file { singles(&site, &loaded) } else { pack(&site, &loaded, &bar).map(|zip| vec![zip]) };
    bar.finish();
    let files = match made {
        Ok(files) => files,
        Err(faults) => return failed(&loaded, faults, voice),
    };
    for (out, bytes) in outs.iter().zip(files) {
        if let Err(error) = write::file(out, &inputs, &bytes) {
            return voice.refuse(&error.message(), error.hint().as_ref());
        }
        if !options.quiet {
            voice.remark(&wrote(out, bytes.len()));
        }
    }
    DONE
}

/// The files that are written: the zip, or one for each language.
fn outs(options: &BundleOptions, loaded: &Loaded) -> Vec<PathBuf> {
    if !options.single_file {
        return vec![options.out.clone().unwrap_or_else(|| "qingdan-bundle.zip".into())];
    }
    let folder = options.out.clone().unwrap_or_default();
    loaded.catalogue.lang_ids().map(|(_, language)| folder.join(format!("qingdan-{}.html", language.path))).collect()
}

fn singles(site: &Site<'_>, loaded: &Loaded) -> Result<Vec<Vec<u8>>, Report> {
    loaded.catalogue.lang_ids().map(|(id, _)| site.single(id).map(String::into_bytes)).collect()
}

/// Leaves out the languages that were not asked for.
fn keep(loaded: &mut Loaded, tags: &[String]) -> Result<(), (Message, Option<Message>)> {
    if tags.is_empty() {
        return Ok(());
    }
    let wanted = tags.iter().map(|tag| language(Some(tag), &loaded.catalogue)).collect::<Result<Vec<_>, _>>()?;
    loaded.catalogue.keep(&wanted);
    let kept: Vec<_> = loaded.catalogue.lang_ids().map(|(id, _)| id).collect();
    loaded.indices.retain(|index| kept.contains(&index.lang));
    Ok(())
}

fn pack(site: &Site<'_>, loaded: &Loaded, bar: &progress::Bar) -> Result<Vec<u8>, Report> {
    let folder = folder_name(&loaded.catalogue.site.title.source.value);
    let mut archive = Archive::default();
    archive.add(&format!("{folder}/README.txt"), read_me(loaded).as_bytes());
    let wanted: Vec<usize> = (0..site.paths().len()).filter(|at| !for_servers(&site.paths()[*at])).collect();
    let mut made = 0;
    for chunk in wanted.chunks(AT_ONCE) {
        let files = chunk.par_iter().map(|at| site.make(*at)).collect::<Result<Vec<_>, _>>()?;
        for (at, bytes) in chunk.iter().zip(files) {
            archive.add(&format!("{folder}/{}", site.paths()[*at]), &bytes);
        }
        made += chunk.len();
        bar.at(made);
    }
    Ok(archive.finish())
}

/// How to open it, in every language; with the mark and the line ends that Windows wants.
fn read_me(loaded: &Loaded) -> String {
    let mut text = String::from('\u{feff}');
    for (id, _) in loaded.catalogue.lang_ids() {
        let string = |key: &str| {
            loaded.theme.strings.get(id.0).and_then(|strings| strings.by_key.get(key)).map_or("", |s| s.text.as_str())
        };
        let title = &loaded.catalogue.site.title.resolve(id).value.value;
        text.push_str(&format!("{title}\r\n{}\r\n{}\r\n\r\n", string("bundle_title"), string("bundle_text")));
    }
    text
}

/// A title as the name of a folder on any system.
fn folder_name(title: &str) -> String {
    let kept = |c: char| if c.is_control() || r#"\/:*?"<>|"#.contains(c) { '-' } else { c };
    let name: String = title.chars().map(kept).take(60).collect();
    let name = name.trim_matches(['.', ' ']).to_owned();
    if name.is_empty() || is_device(&name) { "site".into() } else { name }
}

/// Whether every name of a path may stand on a Windows disk (Naming Files, Paths, and Namespaces): no devices.
fn fits_windows(path: &str) -> bool {
    path.split('/').all(|name| !is_device(name))
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| (b'1'..=b'9').contains(&b)))
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

fn no_windows_name(path: &str) -> Message {
    msg!(
        "“{path}”不能存在 Windows 磁盘上：这是系统保留的设备名，请给这一项换一个标识",
        "`{path}` cannot lie on a Windows disk: it is the name of a device; give it another slug"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_keeps_for_devices_are_seen() {
        for path in ["zh/items/con.html", "NUL", "zh/com1.html", "aux.css"] {
            assert!(!fits_windows(path), "{path}");
        }
        for path in ["zh/items/convention.html", "com10.html", "console", "zh/com.html"] {
            assert!(fits_windows(path), "{path}");
        }
    }

    #[test]
    fn a_title_becomes_a_folder() {
        assert_eq!(folder_name("低保：2018/19?"), "低保：2018-19-");
        assert_eq!(folder_name(" .. "), "site");
        assert_eq!(folder_name("con"), "site");
    }
}
