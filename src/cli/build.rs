//! `qingdan build`: checks, then makes the site and writes it. With errors nothing of the output changes.

use super::args::BuildOptions;
use super::run::{Loaded, Voice, failed, folders, plan, prepare};
use super::{CONTENT_ERRORS, DONE, WRONG_CALL, progress};
use crate::diag::Message;
use crate::msg;
use crate::site::{Options, Site};
use crate::write::{self, Job, Summary, WriteError};
use std::path::{Path, PathBuf};

/// Runs the command; hands back the exit code.
pub(super) fn run(options: &BuildOptions) -> u8 {
    let voice = Voice { format: options.answer.format, lang: options.answer.messages() };
    if let Some(jobs) = options.jobs {
        // Fails only if the pool exists already, which it does not at the start of a command.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global();
    }
    let inputs = folders(&options.inputs);
    let input_paths: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    if let Err(error) = write::refuse(&options.out, &input_paths) {
        return voice.refuse(&error.message(), error.hint().as_ref());
    }
    let loaded = match prepare(&options.inputs) {
        Ok(loaded) => loaded,
        Err(message) => return voice.refuse(&message, None),
    };
    if loaded.report.has_errors() {
        let code = voice.report(&loaded.report).err().unwrap_or(CONTENT_ERRORS);
        voice.remark(&msg!("网站没有改动", "the site was left as it was"));
        return code;
    }
    let site_options = Options { base_url: options.inputs.base_url.clone(), minify: !options.no_minify };
    match plan(&loaded, &site_options, voice) {
        Ok(site) => publish(&site, &loaded, options, &input_paths, voice),
        Err(code) => code,
    }
}

fn publish(site: &Site<'_>, loaded: &Loaded, options: &BuildOptions, inputs: &[&Path], voice: Voice) -> u8 {
    let bar = progress::Bar::new(site.paths().len(), options.quiet);
    let job = Job {
        out: &options.out,
        inputs,
        paths: site.paths(),
        make: &|at| site.make(at),
        progress: &|done| bar.at(done),
    };
    let result = write::apply(&job);
    bar.finish();
    match result {
        Ok(summary) => {
            let mut report = loaded.report.clone();
            report.merge(site.warnings());
            report.sort();
            let machine = !matches!(voice.format, super::output::Format::Human | super::output::Format::Short);
            if (!report.is_empty() || machine) && voice.report(&report).is_err() {
                return WRONG_CALL;
            }
            if !options.quiet {
                voice.remark(&done(&summary, &options.out, site.paths().len()));
                if !site.has_sitemap() {
                    voice.remark(&no_base_url());
                }
            }
            DONE
        }
        Err(WriteError::Make { error, .. }) => failed(loaded, error, voice),
        Err(WriteError::Output(error)) => voice.refuse(&error.message(), error.hint().as_ref()),
    }
}

fn done(summary: &Summary, out: &Path, files: usize) -> Message {
    let Summary { written, unchanged, removed, bytes } = *summary;
    let out = out.display();
    let size = bytes.div_ceil(1024);
    msg!(
        "已生成 {files} 个文件（{size} KB）到“{out}”：写入 {written}，未变 {unchanged}，删除 {removed}",
        "{files} files ({size} KB) in `{out}`: {written} written, {unchanged} unchanged, {removed} removed"
    )
}

fn no_base_url() -> Message {
    msg!(
        "说明：没有网址（--base-url），因此不生成 sitemap.xml、规范链接和二维码",
        "note: without a base URL (--base-url) there are no sitemap.xml, canonical links and QR codes"
    )
}
