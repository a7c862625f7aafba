//! The development server over its socket: what it answers, what it refuses, and what a save brings.

use crate::cli::{Desk, code, text};
use crate::messages::BASE;
use proptest::prelude::*;
use qingdan::serve::{Content, Event, Handle, Options, Port, Server};
use qingdan::source::{Changed, Sources};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Long enough for a slow machine; nothing waits for it to pass.
const LONG: Duration = Duration::from_secs(60);
const ITEM: &str = "content/items/work/job-board.yaml";
const PAGE: &str = "/en/items/job-board.html";

/// A running server over a desk.
struct Served {
    desk: Desk,
    port: u16,
    handle: Handle,
    thread: Option<JoinHandle<()>>,
    events: Arc<Mutex<Vec<String>>>,
}

impl Served {
    fn new(desk: Desk) -> Self {
        Self::with(desk, None, |_| {})
    }

    fn with(desk: Desk, poll: Option<Duration>, change: impl Fn(&mut Options)) -> Self {
        let mut options = Options {
            content: desk.path("content"),
            templates: desk.path("templates"),
            base_url: None,
            port: Port::Just(0),
            poll,
            explain: qingdan::cli::output::explain,
        };
        change(&mut options);
        let server = Server::open(options).unwrap_or_else(|message| panic!("{message:?}"));
        let (port, handle) = (server.port(), server.handle());
        assert_eq!(server.address(), format!("http://127.0.0.1:{port}/"));
        let events = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&events);
        let tell = move |event: Event| heard.lock().unwrap().push(format!("{event:?}"));
        let thread = std::thread::spawn(move || server.run(Arc::new(tell)).unwrap());
        Self { desk, port, handle, thread: Some(thread), events }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], self.port))).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream
    }

    /// An answer to a request of these lines: its head in lower case, and its body.
    fn raw(&self, lines: &str) -> (String, String) {
        let mut stream = self.connect();
        stream.write_all(format!("{lines}\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        (head.to_ascii_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        let (head, body) = self.raw(&format!("GET {path} HTTP/1.1\r\nHost: localhost:{}", self.port));
        (status(&head), head, body)
    }

    fn page(&self, path: &str) -> String {
        let (status, _, body) = self.get(path);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    fn listen(&self) -> News {
        let mut stream = self.connect();
        write!(stream, "GET /_qingdan/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port).unwrap();
        News(BufReader::new(stream))
    }

    fn swap(&self, path: &str, from: &str, to: &str) {
        let before = std::fs::read_to_string(self.desk.path(path)).unwrap();
        assert!(before.contains(from), "{path} has no {from:?}");
        self.desk.write(path, &before.replacen(from, to, 1));
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.handle.stop();
        let ended = self.thread.take().unwrap().join();
        assert!(ended.is_ok() || std::thread::panicking(), "the server ended badly");
    }
}

/// What a page hears.
struct News(BufReader<TcpStream>);

impl News {
    fn next(&mut self) -> serde_json::Value {
        let begun = Instant::now();
        loop {
            // Signs of life come as long as the server runs.
            assert!(begun.elapsed() < LONG, "no news");
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the server hung up");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// The first news of which this holds.
    fn until(&mut self, holds: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let begun = Instant::now();
        loop {
            let news = self.next();
            if holds(&news) {
                return news;
            }
            assert!(begun.elapsed() < LONG, "nothing but {news}");
        }
    }

    /// Whether nothing but signs of life comes for a while.
    fn is_silent(&mut self) -> bool {
        self.0.get_ref().set_read_timeout(Some(Duration::from_millis(600))).unwrap();
        let mut line = String::new();
        let silent = loop {
            match self.0.read_line(&mut line) {
                Err(_) => break true,
                Ok(_) if line.starts_with("data: ") => break false,
                Ok(_) => line.clear(),
            }
        };
        self.0.get_ref().set_read_timeout(Some(LONG)).unwrap();
        silent
    }
}

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no status: {head}"))
}

fn faults(news: &serde_json::Value) -> usize {
    news["faults"].as_array().unwrap().len()
}

#[test]
fn pages_come_from_memory_and_may_connect_to_their_host() {
    let served = Served::new(Desk::valley());
    let before = served.desk.tree(".");
    let (status, head, page) = served.get(PAGE);
    assert_eq!(status, 200);
    for header in [
        "content-type: text/html; charset=utf-8",
        "cache-control: no-store",
        "connect-src 'self'; frame-ancestors 'none'",
        "x-content-type-options: nosniff",
        "cross-origin-resource-policy: same-origin",
    ] {
        assert!(head.contains(header), "{header}: {head}");
    }
    assert!(page.contains("manifest-src 'self'; connect-src 'self'\""), "{page}");
    assert!(page.contains("<script src=\"/_qingdan/reload.js\" data-version="));
    let wanted: [(&str, u16, &str); 9] = [
        ("/", 200, "text/html"),
        ("/en/", 200, "text/html"),
        ("/en", 302, "location: /en/"),
        ("/en/items", 404, "text/html"),
        ("/data/items.json", 200, "application/json"),
        ("/search/en/index.js?x=1", 200, "text/javascript"),
        ("/_qingdan/reload.js", 200, "text/javascript"),
        ("/_qingdan/overlay.css", 200, "text/css"),
        ("/sw.js", 200, "text/javascript"),
    ];
    for (path, status, header) in wanted {
        let (found, head, _) = served.get(path);
        assert!(found == status && head.contains(header), "{path}: {head}");
    }
    let (status, _, body) = served.get("/en/nowhere.html");
    assert!(status == 404 && body.contains("<title>") && body.contains("reload.js"), "{body}");
    assert_eq!(served.get("/_qingdan/Cargo.toml").0, 404);
    assert_eq!(served.desk.tree("."), before, "nothing is written");
}

#[test]
fn foreign_hosts_methods_and_paths_are_refused() {
    let served = Served::new(Desk::valley());
    let port = served.port;
    let ask = |lines: String| status(&served.raw(&lines).0);
    for host in ["evil.example".to_owned(), format!("evil.example:{port}"), "localhost".to_owned(), String::new()] {
        assert_eq!(ask(format!("GET / HTTP/1.1\r\nHost: {host}")), 403, "{host}");
    }
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(ask(format!("GET / HTTP/1.1\r\nHost: {host}:{port}")), 200, "{host}");
    }
    let (head, body) = served.raw(&format!("POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 0"));
    assert!(status(&head) == 405 && head.contains("allow: get, head"), "{head}");
    assert!(body.contains("GET") && body.contains("只支持"));
    for path in ["/../Cargo.toml", "/en/../../x", "/%2e%2e/x", "/en%2findex.html", "/en%5c..", "/%00", "/%zz", "//x/"] {
        assert_eq!(ask(format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}")), 400, "{path}");
    }
    for path in ["/content/site.yaml", "/etc/passwd", "/.qingdan.json"] {
        assert_eq!(served.get(path).0, 404, "{path}");
    }
    let (head, body) = served.raw(&format!("HEAD {PAGE} HTTP/1.1\r\nHost: localhost:{port}"));
    assert!(status(&head) == 200 && body.is_empty() && head.contains("content-length"), "{head}");
}

#[test]
fn a_connection_serves_many_requests_and_many_listeners_starve_nobody() {
    let served = Served::new(Desk::valley());
    let mut listeners: Vec<News> = (0..40).map(|_| served.listen()).collect();
    listeners.iter_mut().for_each(|news| drop(news.next()));
    let mut stream = served.connect();
    for _ in 0..3 {
        write!(stream, "GET /robots.txt HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", served.port).unwrap();
        let mut reader = BufReader::new(&stream);
        let (mut line, mut length) = (String::new(), 0);
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).unwrap();
            if let Some(n) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
                length = n.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        assert!(length > 0);
    }
    served.swap(ITEM, "in print and online", "in print");
    for news in &mut listeners {
        news.until(|news| !news["version"].as_str().unwrap().ends_with("-1"));
    }
}

#[test]
fn a_save_is_served_and_announced_and_one_without_a_change_is_not() {
    for poll in [None, Some(Duration::from_millis(50))] {
        let served = Served::with(Desk::valley(), poll, |_| {});
        let mut news = served.listen();
        let first = news.next()["version"].clone();
        assert!(served.page(PAGE).contains(&format!("data-version={first}")));
        let same = std::fs::read_to_string(served.desk.path(ITEM)).unwrap();
        served.desk.write(ITEM, &same);
        assert!(news.is_silent(), "the same bytes");
        served.swap(ITEM, "in print and online", "on paper alone");
        let second = news.until(|news| news["version"] != first)["version"].clone();
        let page = served.page(PAGE);
        assert!(page.contains("on paper alone") && page.contains(&format!("data-version={second}")));
        // What the terminal is told comes after what the browsers are.
        let begun = Instant::now();
        let told = || served.events.lock().unwrap().join("\n");
        while !told().contains("job-board.yaml\"], took") {
            assert!(begun.elapsed() < LONG, "{}", told());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn as_editors_save_by_renaming_and_leave_files_behind() {
    let served = Served::new(Desk::valley());
    let mut news = served.listen();
    let first = news.next()["version"].clone();
    let whole = std::fs::read_to_string(served.desk.path(ITEM)).unwrap();
    let at = |name: &str| served.desk.path(&format!("content/items/work/{name}"));
    // Vim: a probe, a swap file, the old file kept under another name, the new one written in its place.
    std::fs::write(at("4913"), "").unwrap();
    std::fs::remove_file(at("4913")).unwrap();
    std::fs::write(at(".job-board.yaml.swp"), "x").unwrap();
    std::fs::rename(at("job-board.yaml"), at("job-board.yaml~")).unwrap();
    std::fs::write(at("job-board.yaml"), whole.replace("in print and online", "by vim")).unwrap();
    std::fs::remove_file(at("job-board.yaml~")).unwrap();
    let second = news.until(|news| news["version"] != first && faults(news) == 0)["version"].clone();
    assert!(served.page(PAGE).contains("by vim"));
    std::fs::write(at(".job-board.yaml.tmp"), whole.replace("in print and online", "by rename")).unwrap();
    std::fs::rename(at(".job-board.yaml.tmp"), at("job-board.yaml")).unwrap();
    news.until(|news| news["version"] != second && faults(news) == 0);
    assert!(served.page(PAGE).contains("by rename"));
}

#[test]
fn a_fault_is_shown_with_its_place_and_the_last_good_site_stays_up() {
    let served = Served::new(Desk::valley());
    let mut news = served.listen();
    let first = news.next()["version"].clone();
    let whole = std::fs::read_to_string(served.desk.path(ITEM)).unwrap();
    served.desk.write(ITEM, &format!("departments: [nobody]\n{whole}"));
    let wrong = news.until(|news| faults(news) > 0);
    assert_eq!(wrong["version"], first, "the site is the one before");
    let fault = &wrong["faults"][0];
    assert!(fault["file"].as_str().unwrap().ends_with(ITEM), "{fault}");
    assert_eq!(fault["code"], "unknown-department");
    assert_eq!(fault["excerpt"]["mark"], "nobody");
    assert!(fault["message"]["zh"].is_string() && fault["message"]["en"].is_string() && fault["line"].is_u64());
    assert!(served.page(PAGE).contains("in print and online"));
    // A rule's error, which comes up after the site was made.
    served.desk.write(ITEM, &whole.replace("in print and online", "in\u{FFFD} print"));
    let ruled = news.until(|news| faults(news) > 0 && news["faults"][0]["code"] != "unknown-department");
    assert_eq!((ruled["version"].clone(), ruled["count"].as_u64()), (first.clone(), Some(1)), "{ruled}");
    assert!(served.page(PAGE).contains("in print and online"));
    served.desk.write(ITEM, &whole.replace("in print and online", "mended"));
    news.until(|news| faults(news) == 0 && news["version"] != first);
    assert!(served.page(PAGE).contains("mended"));
}

#[test]
fn without_a_good_site_a_page_says_so_until_there_is_one() {
    let desk = Desk::valley();
    let whole = std::fs::read_to_string(desk.path("content/domains.yaml")).unwrap();
    desk.write("content/domains.yaml", "- {id: a, nmae: <b>甲</b>}\n");
    let served = Served::new(desk);
    let (status, _, page) = served.get("/en/");
    assert_eq!(status, 500);
    assert!(
        page.contains("content/domains.yaml:1:1") && page.contains("reload.js") && !page.contains("<b>甲"),
        "{page}"
    );
    let mut news = served.listen();
    let wrong = news.next();
    assert!(faults(&wrong) > 0);
    served.desk.write("content/domains.yaml", &whole);
    news.until(|news| faults(news) == 0 && news["version"] != wrong["version"]);
    served.page("/en/");
    // The folder goes away, and comes back.
    std::fs::rename(served.desk.path("content"), served.desk.path("away")).unwrap();
    let gone = news.until(|news| faults(news) > 0);
    assert_eq!(gone["faults"][0]["code"], "unreadable-folder");
    served.page("/en/");
    std::fs::rename(served.desk.path("away"), served.desk.path("content")).unwrap();
    let back = news.until(|news| faults(news) == 0)["version"].clone();
    served.swap(ITEM, "in print and online", "still watched");
    news.until(|news| news["version"] != back);
    assert!(served.page(PAGE).contains("still watched"));
}

#[test]
fn templates_may_appear_and_be_wrong() {
    let served = Served::new(Desk::valley());
    let mut news = served.listen();
    let first = news.next()["version"].clone();
    served.desk.write("templates/pages/about.html", "{% if %}");
    let wrong = news.until(|news| faults(news) > 0);
    assert_eq!((wrong["version"].clone(), wrong["faults"][0]["code"].as_str()), (first.clone(), Some("template")));
    // One that is only wrong when a page is made.
    served.desk.write("templates/pages/about.html", "<p>{{ none.such.thing }}</p>");
    news.until(|news| faults(news) > 0 && news["faults"] != wrong["faults"]);
    served.page("/en/about.html");
    served.desk.write("templates/pages/about.html", "<p>our own</p>");
    let own = news.until(|news| faults(news) == 0 && news["version"] != first)["version"].clone();
    assert!(served.page("/en/about.html").starts_with("<p>our own</p><script src=\"/_qingdan/reload.js\""));
    std::fs::remove_dir_all(served.desk.path("templates")).unwrap();
    news.until(|news| faults(news) == 0 && news["version"] != own);
    assert!(!served.page("/en/about.html").contains("our own"));
}

#[test]
fn a_site_below_a_path_is_served_there() {
    let base = |options: &mut Options| options.base_url = Some("https://example.org/list/".into());
    let served = Served::with(Desk::valley(), None, base);
    let (status, head, _) = served.get("/");
    assert!(status == 302 && head.contains("location: /list/"), "{head}");
    assert!(served.page("/list/en/").contains("reload.js"));
    let (status, _, page) = served.get("/elsewhere");
    assert!(status == 404 && page.contains("\"/list/"), "{page}");
}

#[cfg(unix)]
#[test]
fn the_program_names_its_address_and_ends_with_ctrl_c() {
    let desk = Desk::valley();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = desk.run(&["serve", "--port", &port, "--messages", "en"]);
    assert_eq!(code(&refused), 2);
    assert!(text(&refused.stderr).contains(&format!("port {port} is taken")), "{}", text(&refused.stderr));
    assert_eq!(code(&desk.run(&["serve", "--content", "nowhere"])), 2);
    let mut program = Command::new(env!("CARGO_BIN_EXE_qingdan"))
        .args(["serve", "--port", "0", "--messages", "en"])
        .current_dir(desk.dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(program.stdout.take().unwrap());
    let mut address = String::new();
    said.read_line(&mut address).unwrap();
    assert!(address.starts_with("http://127.0.0.1:") && address.ends_with("/\n"), "{address}");
    let mut log = BufReader::new(program.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("the site is ready") {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0);
    }
    let killed = Command::new("kill").args(["-INT", &program.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(program.wait().unwrap().code(), Some(0));
}

/// An edit: a file, and what it becomes; nothing removes it.
type Edit = (&'static str, Option<String>);

fn item(slug: &'static str) -> impl Strategy<Value = Edit> {
    let path = if slug == "board" { "items/education/board.yaml" } else { "items/education/tuition.yaml" };
    let number = prop_oneof![6 => Just(if slug == "board" { 1 } else { 2 }), 1 => Just(3)];
    let department = prop_oneof![4 => Just("finance"), 4 => Just("schools"), 1 => Just("nobody")];
    let more = prop_oneof![
        4 => Just(""),
        1 => Just("related: [tuition]\n"),
        1 => Just("related: [board]\n"),
        1 => Just("audiences: [students]\nlife_events: [schooling]\n"),
        1 => Just("former_slugs: [old]\n"),
        1 => Just("unknown: key\n"),
    ];
    (number, department, more, "[一二三]{1,3}").prop_map(move |(number, department, more, name)| {
        let text = format!(
            "number: {number}\ndepartments: [{department}]\n{more}text:\n  name: {name}\n  standard: 每年1000元。\n"
        );
        (path, Some(text))
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let translation = |path: &'static str| {
        let stamp =
            prop_oneof![Just(""), Just("source: {name: 0123456789ab}\n"), Just("source: {guide: 0123456789ab}\n")];
        (stamp, "[a-c]{1,3}").prop_map(move |(stamp, name)| {
            (path, Some(format!("status: draft\n{stamp}text: {{name: {name}, standard: {name}}}\n")))
        })
    };
    let whole = |path: &'static str, text: &'static str| Just((path, Some(text.to_owned())));
    prop_oneof![
        6 => item("board"),
        6 => item("tuition"),
        4 => translation("i18n/en/items/education/board.yaml"),
        4 => translation("i18n/en/items/education/tuition.yaml"),
        1 => translation("i18n/fr/items/education/board.yaml"),
        1 => translation("i18n/en/items/education/orphan.yaml"),
        1 => Just(("i18n/en/items/education/board.yaml", None)),
        1 => Just(("i18n/fr/items/education/board.yaml", None)),
        1 => Just(("audiences.yaml", None)),
        1 => whole("audiences.yaml", "- {id: students, name: 学生}\n"),
        1 => whole("items/education/board.yaml", "number: [\n"),
        1 => whole("items/education/board.yaml", ""),
        1 => whole("departments.yaml", "- {id: finance, name: 财政厅}\n- {id: schools, name: 教育局}\n"),
        1 => whole("items/education/board.yaml", "\u{feff}number: 1\r\ndepartments: [finance]\r\ntext: {name: 甲, standard: 乙}\r\n"),
        1 => whole(".items.swp", "x"),
        1 => whole("notes.txt", "x"),
    ]
}

fn cold(root: &Path) -> (String, String) {
    let Ok(outcome) = Sources::read(root) else { panic!("no content") };
    let mut report = outcome.report;
    let catalogue = qingdan::load(&outcome.value).merge_into(&mut report);
    report.sort();
    (format!("{catalogue:?}"), format!("{report:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whatever is edited in whatever order: what was taken in step by step is what a first reading gives.
    #[test]
    fn edits_give_what_a_first_reading_gives(edits in prop::collection::vec((edit(), any::<bool>()), 1..12)) {
        let dir = tempfile::tempdir().unwrap();
        let put = |path: &str, text: Option<&str>| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            match text {
                Some(text) => std::fs::write(path, text).unwrap(),
                None => drop(std::fs::remove_file(path)),
            }
        };
        BASE.iter().for_each(|(path, text)| put(path, Some(text)));
        let Ok(mut content) = Content::read(dir.path()) else { panic!("no content") };
        let mut waiting = BTreeSet::new();
        for ((path, text), more) in edits {
            put(path, text.as_deref());
            waiting.insert(path.to_owned());
            if more {
                continue;
            }
            prop_assert!(content.refresh(&Changed::Paths(std::mem::take(&mut waiting))).is_ok());
            let (catalogue, report) = cold(dir.path());
            prop_assert_eq!(format!("{:?}", content.catalogue()), catalogue);
            prop_assert_eq!(format!("{:?}", content.report()), report);
        }
    }
}
