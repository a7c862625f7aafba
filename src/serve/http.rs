//! Connections and answers: what is asked for, from the board.
//!
//! One thread looks after all connections, so that any number of open pages may wait for news; pages are made by others.
//! Never here: which requests are refused (`request`), what is added to pages (`inject`).

use super::board::{Board, State};
use super::generation::{Generation, Made};
use super::inject::{FOLDER, injected};
use super::listen::Listening;
use super::request::{self, Refused};
use super::{Event, Explained, Tell, pages};
use crate::diag::Message;
use crate::{host, msg, url};
use http_body_util::channel::Channel;
use http_body_util::{Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;

type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// How long a request waits for a save that was noticed to be taken in.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a connection that waits for news gets a sign of life.
const SIGN: Duration = Duration::from_secs(15);
const HTML: &str = "text/html; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";

/// What connections share.
struct Shared {
    board: Arc<Board>,
    tell: Tell,
    port: u16,
}

/// Serves until it is interrupted or told to end.
pub(super) async fn serve(listening: Listening, board: Arc<Board>, tell: Tell, end: Arc<Notify>) -> io::Result<()> {
    let shared = Arc::new(Shared { board, tell, port: listening.port });
    for socket in listening.sockets {
        tokio::spawn(accept(TcpListener::from_std(socket)?, Arc::clone(&shared)));
    }
    tokio::select! {
        () = end.notified() => Ok(()),
        interrupted = interrupted() => interrupted,
    }
}

/// Waits for Ctrl-C, or for the system to end the program.
async fn interrupted() -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut ended = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = ended.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many files are open, most likely: some will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let shared = Arc::clone(&shared);
                async move { Ok::<_, Infallible>(answer(&request, &shared).await) }
            });
            // A browser that goes away in the middle is no news.
            let _ =
                http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(request: &Request<Incoming>, shared: &Arc<Shared>) -> Response<Body> {
    let path = match request::path(request.method(), request.uri(), request.headers(), shared.port) {
        Ok(path) => path,
        Err(refused) => return refusal(&refused),
    };
    if let Some(name) = path.strip_prefix(FOLDER) {
        return own(name, request.method(), shared);
    }
    let mut look = shared.board.look();
    // What takes longer is answered by the last good site.
    let _ = tokio::time::timeout(PATIENCE, look.wait_for(State::is_settled)).await;
    let state = look.borrow().clone();
    let version = shared.board.version(state.site.as_ref());
    let Some(site) = state.site else {
        let (status, title) = if state.has_begun() {
            let title = msg!("内容有错误，还没有网站", "The content has errors, so there is no site yet");
            (StatusCode::INTERNAL_SERVER_ERROR, title)
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, msg!("正在读取内容", "Reading the content"))
        };
        return html(status, pages::stand_in(&title, &state.faults.text, &version));
    };
    let base = site.base_path();
    let Some(within) = path.strip_prefix(&base) else {
        // The site stands where it will be published; the top leads there.
        return if path == "/" { redirect(&base) } else { missing(site, version, shared).await };
    };
    if within == url::WORKER {
        return file(StatusCode::OK, host::content_type(within), Bytes::from_static(pages::WORKER));
    }
    let mut wanted = within.to_owned();
    if wanted.is_empty() || wanted.ends_with('/') {
        wanted.push_str("index.html");
    }
    if !site.has(&wanted) && site.has(&format!("{wanted}/index.html")) {
        return redirect(&format!("{}/", request.uri().path()));
    }
    match made(&site, &wanted).await {
        Made::Nothing => missing(site, version, shared).await,
        made => shown(made, StatusCode::OK, &wanted, &version, shared),
    }
}

/// Makes a file on another thread, since it may take a while.
async fn made(site: &Arc<Generation>, path: &str) -> Made {
    let (site, path) = (Arc::clone(site), path.to_owned());
    tokio::task::spawn_blocking(move || site.make(&path)).await.unwrap_or(Made::Nothing)
}

/// The site's own page for what is not there.
async fn missing(site: Arc<Generation>, version: String, shared: &Arc<Shared>) -> Response<Body> {
    let made = made(&site, url::NOT_FOUND).await;
    shown(made, StatusCode::NOT_FOUND, url::NOT_FOUND, &version, shared)
}

fn shown(made: Made, status: StatusCode, path: &str, version: &str, shared: &Shared) -> Response<Body> {
    match made {
        Made::File(bytes) => match String::from_utf8(bytes) {
            Ok(page) if path.ends_with(".html") => html(status, injected(&page, version)),
            Ok(text) => file(status, host::content_type(path), text.into()),
            Err(error) => file(status, host::content_type(path), error.into_bytes().into()),
        },
        Made::Nothing => file(StatusCode::NOT_FOUND, PLAIN, Bytes::from_static(b"404\n")),
        Made::Faulty(report) => {
            let title = msg!("无法生成这一页", "This page cannot be made");
            let text = report.iter().map(|fault| {
                let ((line, column), file) = (fault.span.line_column(), fault.span.file.shown());
                format!("{file}:{line}:{column}: {} / {}\n", fault.message.zh, fault.message.en)
            });
            let page = pages::stand_in(&title, &text.collect::<String>(), version);
            (shared.tell)(Event::Unmade(report));
            html(StatusCode::INTERNAL_SERVER_ERROR, page)
        }
    }
}

/// The server's own files.
fn own(name: &str, method: &Method, shared: &Arc<Shared>) -> Response<Body> {
    if name == pages::EVENTS && method == Method::GET {
        return events(shared);
    }
    match pages::FILES.iter().find(|file| file.name == name) {
        Some(found) => file(StatusCode::OK, host::content_type(name), Bytes::from_static(found.bytes)),
        None => file(StatusCode::NOT_FOUND, PLAIN, Bytes::from_static(b"404\n")),
    }
}

/// News for a page, for as long as it listens (HTML Standard, server-sent events).
fn events(shared: &Arc<Shared>) -> Response<Body> {
    let (mut sender, body) = Channel::new(4);
    let shared = Arc::clone(shared);
    tokio::spawn(async move {
        let mut look = shared.board.look();
        let mut said = None;
        loop {
            // A save that changed nothing is no news.
            let news = news(&shared, &look.borrow_and_update().clone());
            if news.is_some() && news != said {
                let text = news.clone().unwrap_or_default();
                if sender.send_data(text.into()).await.is_err() {
                    return;
                }
                said = news;
            }
            let silent = tokio::time::timeout(SIGN, look.changed()).await.is_err();
            if silent && sender.send_data(Bytes::from_static(b":\n\n")).await.is_err() {
                return;
            }
        }
    });
    response(StatusCode::OK, "text/event-stream", Either::Right(body))
}

/// What a page must know; none while a save is being taken in.
fn news(shared: &Shared, state: &State) -> Option<String> {
    if !state.is_settled() {
        return None;
    }
    let version = shared.board.version(state.site.as_ref());
    let Explained { json, count, .. } = state.faults.as_ref();
    let faults = if json.is_empty() { "[]" } else { json };
    Some(format!("retry: 500\ndata: {{\"version\":\"{version}\",\"count\":{count},\"faults\":{faults}}}\n\n"))
}

fn refusal(Refused { status, why: Message { zh, en } }: &Refused) -> Response<Body> {
    let mut response = file(*status, PLAIN, format!("{zh}\n{en}\n").into());
    if *status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = file(StatusCode::FOUND, PLAIN, Bytes::new());
    match HeaderValue::from_str(to) {
        Ok(to) => drop(response.headers_mut().insert(LOCATION, to)),
        Err(_) => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}

fn html(status: StatusCode, page: String) -> Response<Body> {
    file(status, HTML, page.into())
}

fn file(status: StatusCode, kind: &'static str, bytes: Bytes) -> Response<Body> {
    response(status, kind, Either::Left(Full::new(bytes)))
}

fn response(status: StatusCode, kind: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A page of another site may not take files from here, as scripts or images.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    for (name, value) in host::security() {
        if let (Ok(name), Ok(value)) = (name.parse::<hyper::header::HeaderName>(), value.parse()) {
            headers.insert(name, value);
        }
    }
    response
}
