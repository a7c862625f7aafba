//! `qingdan build`: checks, then makes the site and writes it. With errors nothing of the output changes.

use super::options::{Answer, Inputs, jobs};
use super::run::{Loaded, Read, Voice, failed, folders, found, plan};
use super::{CONTENT_ERRORS, DONE, WRONG_CALL, made_from, progress};
use crate::diag::{Message, Report};
use crate::host::{self, Host, Precompressed, Served};
use crate::msg;
use crate::sink::Sink;
use crate::site::{Options, Site};
use crate::url;
use crate::write::{self, Job, Summary, Swapped, Twins, WriteError};
use clap::Args;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

const AFTER_BUILD: &str = "\
Examples:
  qingdan build
  qingdan build --content lists/hulunbuir --out dist --base-url https://example.org/list/
  qingdan build --jobs 1 --no-minify   readable HTML, one thread
  qingdan build --for nginx --precompress --base-url https://example.org/list/
  qingdan build --for github-pages     docs/hosting.md says how to publish with each
  qingdan build --out /srv/www/list --swap   all at once: /srv/www/list is a link that is replaced

What --for and --precompress write belongs to the site: the next build without them removes it.
Files in the output folder that qingdan did not write are never touched, and a folder that
holds other files only is refused. With errors in the content nothing is changed.";

/// The options of `build`.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
#[command(after_help = AFTER_BUILD)]
pub struct BuildOptions {
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// The folder the site is written to / 输出文件夹
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub out: PathBuf,
    /// The number of threads / 线程数 [default: one a core]
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Leave the HTML as the templates make it / 不压缩 HTML
    #[arg(long)]
    pub no_minify: bool,
    /// Add the configuration of a host: headers, caching, the 404 page / 附带服务器配置
    #[arg(long = "for", value_enum, value_name = "HOST")]
    pub host: Option<Host>,
    /// Add .gz and .br beside text files / 附带预压缩文件
    #[arg(long)]
    pub precompress: bool,
    /// Make the site in a folder of its own beside the output, which is a link, and replace the link / 整站生成后一次切换
    #[arg(long)]
    pub swap: bool,
    /// How it is answered.
    #[command(flatten)]
    pub answer: Answer,
    /// Say nothing but what is wrong / 只报告问题
    #[arg(long)]
    pub quiet: bool,
}

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &BuildOptions) -> u8 {
    let voice = Voice { format: options.answer.format, lang: options.answer.messages() };
    if let Some(jobs) = options.jobs {
        // Fails only if the pool exists already, which it does not at the start of a command.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global();
    }
    let inputs = folders(&options.inputs);
    let input_paths: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    let refuse = if options.swap { write::refuse_swap } else { write::refuse };
    if let Err(error) = refuse(&options.out, &input_paths) {
        return voice.refuse(&error.message(), error.hint().as_ref());
    }
    let read = match Read::of(&options.inputs) {
        Ok(read) => read,
        Err(message) => return voice.refuse(&message, None),
    };
    let key = site_key(options, &read);
    if let Some(standing) = key.as_deref().and_then(|key| write::standing(&options.out, key)) {
        let has_sitemap = standing.paths.iter().any(|path| path == url::SITEMAP);
        return say(options, &Report::default(), &standing.summary, None, has_sitemap, voice);
    }
    let mut loaded = read.check();
    if loaded.report.has_errors() {
        let code = voice.report(&loaded.report).err().unwrap_or(CONTENT_ERRORS);
        voice.remark(&msg!("网站没有改动", "the site was left as it was"));
        return code;
    }
    let site_options = Options::new(options.inputs.base_url.clone(), !options.no_minify);
    let files = found(&mut loaded);
    let code = match plan(&loaded, files, &site_options, voice) {
        Ok(site) => publish(&site, &loaded, options, &input_paths, key.as_deref(), voice),
        Err(code) => code,
    };
    // The program ends here: giving back a large catalogue text by text would only take its time.
    std::mem::forget(loaded);
    code
}

/// What the site is made from, as a key; none where the content has faults, which are to be told each time, and for
/// releases, which are looked at as a whole.
fn site_key(options: &BuildOptions, read: &Read) -> Option<String> {
    if options.swap || !read.content.report.is_empty() {
        return None;
    }
    let BuildOptions { inputs, no_minify, host, precompress, .. } = options;
    Some(made_from::key(read, &(&inputs.base_url, no_minify, host, precompress)))
}

/// The files of the site, and those that its host needs besides, by path.
enum File {
    Site(usize),
    Host(host::File),
}

fn with_host(site: &Site<'_>, options: &BuildOptions) -> Result<BTreeMap<String, File>, Message> {
    let mut files: BTreeMap<String, File> =
        site.paths().iter().enumerate().map(|(at, path)| (path.clone(), File::Site(at))).collect();
    if let Some(host) = options.host {
        let served = Served { base_url: site.base_url(), paths: site.paths(), precompressed: options.precompress };
        let added = host::files(host, &served)?;
        files.extend(added.into_iter().map(|file| (file.path.clone(), File::Host(file))));
    }
    Ok(files)
}

impl Twins for Precompressed {
    fn endings(&self, path: &str) -> &'static [&'static str] {
        Precompressed::endings(*self, path)
    }

    fn make(&self, ending: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        Precompressed::make(*self, ending, bytes)
    }
}

fn publish(
    site: &Site<'_>,
    loaded: &Loaded,
    options: &BuildOptions,
    inputs: &[&Path],
    key: Option<&str>,
    voice: Voice,
) -> u8 {
    let (paths, files): (Vec<String>, Vec<File>) = match with_host(site, options) {
        Ok(files) => files.into_iter().unzip(),
        Err(message) => return voice.refuse(&message, None),
    };
    let make = |at: usize, out: &mut Sink<'_>| -> Result<(), Report> {
        match &files[at] {
            File::Site(at) => site.write(*at, out)?,
            File::Host(file) => out.bytes().extend_from_slice(file.text.as_bytes()),
        }
        Ok(())
    };
    let last = site.last();
    let last: Vec<usize> =
        (0..files.len()).filter(|at| matches!(&files[*at], File::Site(at) if last.binary_search(at).is_ok())).collect();
    let bar = progress::Bar::new(paths.len(), options.quiet);
    // What is found is told each time.
    let silent = || loaded.report.is_empty() && site.warnings().is_empty();
    let job = Job {
        out: &options.out,
        inputs,
        paths: &paths,
        make: &make,
        last: &last,
        made_from: &|| key.filter(|_| silent()).map(str::to_owned),
        progress: &|done| bar.at(done),
    };
    let twins: Option<&dyn Twins> = if options.precompress { Some(&Precompressed) } else { None };
    let result = match options.swap {
        true => write::swap(&job, twins).map(|swapped| (swapped.summary, Some(swapped))),
        false => write::apply_with(&job, twins).map(|summary| (summary, None)),
    };
    bar.finish();
    match result {
        Ok((summary, swapped)) => {
            let mut report = loaded.report.clone();
            report.merge(site.warnings());
            report.sort();
            say(options, &report, &summary, swapped.as_ref(), site.has_sitemap(), voice)
        }
        Err(WriteError::Make { error, .. }) => failed(loaded, error, voice),
        Err(WriteError::Output(error)) => voice.refuse(&error.message(), error.hint().as_ref()),
    }
}

/// Tells what was found and done; hands back the exit code.
fn say(
    options: &BuildOptions,
    report: &Report,
    summary: &Summary,
    swapped: Option<&Swapped>,
    has_sitemap: bool,
    voice: Voice,
) -> u8 {
    let machine = !matches!(voice.format, super::output::Format::Human | super::output::Format::Short);
    if (!report.is_empty() || machine) && voice.report(report).is_err() {
        return WRONG_CALL;
    }
    if options.quiet {
        return DONE;
    }
    voice.remark(&done(summary, &options.out));
    if let Some(swapped) = swapped {
        voice.remark(&shown(swapped, &options.out));
    }
    if !has_sitemap {
        voice.remark(&no_base_url());
    }
    if options.precompress && options.host.is_some_and(|host| !host.sends_twins()) {
        voice.remark(&twins_unused());
    }
    DONE
}

fn done(summary: &Summary, out: &Path) -> Message {
    let Summary { written, unchanged, removed, bytes } = *summary;
    let files = written + unchanged;
    let out = out.display();
    let size = bytes.div_ceil(1024);
    msg!(
        "已生成 {files} 个文件（{size} KB）到“{out}”：写入 {written}，未变 {unchanged}，删除 {removed}",
        "{files} files ({size} KB) in `{out}`: {written} written, {unchanged} unchanged, {removed} removed"
    )
}

/// What the link leads to now.
fn shown(swapped: &Swapped, out: &Path) -> Message {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (out, new) = (out.display(), name(&swapped.shown));
    match &swapped.former {
        Some(former) => {
            let former = name(former);
            msg!(
                "“{out}”现在指向“{new}”；上一版“{former}”保留，可以换回",
                "`{out}` leads to `{new}` now; the former `{former}` stays, for going back"
            )
        }
        None => msg!("“{out}”指向“{new}”", "`{out}` leads to `{new}`"),
    }
}

fn no_base_url() -> Message {
    msg!(
        "说明：没有网址（--base-url），因此不生成 sitemap.xml、规范链接、二维码和订阅（feed.xml）",
        "note: without a base URL (--base-url) there are no sitemap.xml, canonical links, QR codes and feeds"
    )
}

fn twins_unused() -> Message {
    msg!(
        "说明：这个平台自己压缩，用不到 --precompress 生成的文件",
        "note: this host compresses by itself; what --precompress adds is not used"
    )
}
