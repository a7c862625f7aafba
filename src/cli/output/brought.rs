//! What a translator's file brought, or would bring, for people.

use super::visible;
use crate::cli::locale::MessageLang;
use crate::diag::Message;
use crate::lang::Status;
use crate::msg;
use crate::translate::exchange::{Brought, Fallen, Summary};
use std::fmt::Write as _;
use std::path::Path;

/// The summary: files, what is a draft again, and lines of counts.
pub(super) fn render(brought: &Brought, content: &Path, dry_run: bool, lang: MessageLang) -> String {
    let mut out = String::new();
    let summary = &brought.summary;
    if !brought.files.is_empty() {
        let title = match dry_run {
            true => msg!("将写入的文件：", "Files to be written:"),
            false => msg!("已写入的文件：", "Files written:"),
        };
        let _ = writeln!(out, "{}", lang.pick(&title));
        out.push_str(&super::planned(&brought.files, content, "  "));
    }
    if !summary.fallen.is_empty() {
        let title = msg!("有新译或改动的文字，退回草稿：", "Drafts again, since a text is new or has changed:");
        let _ = writeln!(out, "{}", lang.pick(&title));
        for Fallen { path, key, was } in &summary.fallen {
            let key = key.as_deref().map(|key| format!(" {key}")).unwrap_or_default();
            let was = lang.pick(&said(*was)).to_owned();
            let _ = writeln!(out, "  {} ({was})", visible::line(&format!("{path}{key}")));
        }
    }
    for message in counts(summary) {
        let _ = writeln!(out, "{}", lang.pick(&message));
    }
    if dry_run {
        let _ = writeln!(out, "{}", lang.pick(&msg!("这是预演，没有改动任何文件", "a dry run: no file was changed")));
    }
    out
}

fn said(status: Status) -> Message {
    match status {
        Status::Draft => msg!("原为草稿", "was a draft"),
        Status::Checked => msg!("原为已核对", "was checked"),
        Status::Reviewed => msg!("原为已审定", "was reviewed"),
    }
}

fn counts(summary: &Summary) -> Vec<Message> {
    let Summary { tag, new, changed, confirmed, unchanged, fuzzy, empty, waiting, refused, .. } = summary;
    let Summary { checked, unconfirmed, nameless, .. } = summary;
    let taken = new + changed + confirmed;
    let mut lines = vec![msg!(
        "{tag}：收入 {taken} 条（新译 {new}，改动 {changed}，确认 {confirmed}），没有变化 {unchanged}；未收入：fuzzy {fuzzy}，空 {empty}，等待全文 {waiting}，拒绝 {refused}",
        "{tag}: {taken} taken ({new} new, {changed} changed, {confirmed} confirmed), {unchanged} unchanged; not taken: {fuzzy} fuzzy, {empty} empty, {waiting} waiting for the rest, {refused} refused"
    )];
    if *checked > 0 {
        lines.push(msg!("{checked} 处标为已核对（checked）", "{checked} entries of the content are marked as checked"));
    }
    if *unconfirmed > 0 {
        lines.push(msg!(
            "{unconfirmed} 处仍是草稿：其中还有没有确认的译文",
            "{unconfirmed} entries of the content stay drafts: some of their texts are not confirmed"
        ));
    }
    if *nameless > 0 {
        lines.push(msg!(
            "{nameless} 处没有记下译者：PO 文件没有写 Last-Translator；可用 --translator 姓名",
            "{nameless} entries of the content name no new translator: the file has no Last-Translator; --translator NAME says it"
        ));
    }
    lines
}
