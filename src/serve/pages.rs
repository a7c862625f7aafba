//! The server's own pages and files: what is shown where there is no site, and the client.

use super::inject;
use crate::diag::Message;
use crate::view::escape;

/// A file of the client.
pub(super) struct File {
    pub(super) name: &'static str,
    pub(super) bytes: &'static [u8],
}

/// The client's files, below [`inject::FOLDER`].
pub(super) const FILES: [File; 2] = [
    File { name: "reload.js", bytes: include_bytes!("client/reload.js") },
    File { name: "overlay.css", bytes: include_bytes!("client/overlay.css") },
];

/// Takes the place of a service worker that a browser may have kept of another site at this address.
pub(super) const WORKER: &[u8] = include_bytes!("client/worker.js");

/// Where the client waits for news.
pub(super) const EVENTS: &str = "events";

/// A page that says why there is none. `lines` are the faults, a line each. It reloads by itself when that changes.
pub(super) fn stand_in(title: &Message, lines: &str, version: &str) -> String {
    let (zh, en, lines) = (escape(&title.zh), escape(&title.en), escape(lines));
    let sheet = inject::FOLDER;
    let script = inject::script(version);
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'";
    format!(
        "<!doctype html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{zh} · {en}</title>\n\
         <link rel=\"stylesheet\" href=\"{sheet}overlay.css\">\n{script}\n</head>\n<body class=\"stand-in\">\n<main>\n\
         <h1>{zh}</h1>\n<p lang=\"en\">{en}</p>\n<pre>{lines}</pre>\n</main>\n</body>\n</html>\n"
    )
}
