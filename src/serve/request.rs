//! What a request may ask for: this host, by reading, a path of the site.
//!
//! Lives here: the refusals. A page of another site that was led here by its own name (DNS rebinding) sends that name as
//! `Host`, and is refused. Paths are decoded strictly and name files of the plan alone; nothing is looked up on the disk.

use crate::diag::Message;
use crate::msg;
use hyper::header::HOST;
use hyper::http::uri::Authority;
use hyper::{HeaderMap, Method, StatusCode, Uri};
use percent_encoding::percent_decode_str;

/// A request that is not answered with a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    pub(super) why: Message,
}

/// The path that is asked for, decoded, with a slash at its start.
pub(super) fn path(method: &Method, uri: &Uri, headers: &HeaderMap, port: u16) -> Result<String, Refused> {
    let refused = |status, why| Err(Refused { status, why });
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    // A proxy's request names the host in its first line as well.
    let named = uri.authority().map(Authority::as_str);
    let ours = |host: &str| is_ours(host, port);
    if !host.is_some_and(ours) || hosts.next().is_some() || !named.is_none_or(ours) {
        let why = msg!(
            "只接受 localhost、127.0.0.1 和 [::1]（端口 {port}）的请求",
            "only requests to localhost, 127.0.0.1 and [::1], port {port}, are answered"
        );
        return refused(StatusCode::FORBIDDEN, why);
    }
    if method != Method::GET && method != Method::HEAD {
        return refused(StatusCode::METHOD_NOT_ALLOWED, msg!("只支持 GET 和 HEAD", "only GET and HEAD are supported"));
    }
    match decoded(uri.path()) {
        Some(path) => Ok(path),
        None => refused(StatusCode::BAD_REQUEST, msg!("地址的写法不对", "the address is malformed")),
    }
}

fn is_ours(host: &str, port: u16) -> bool {
    let names = ["localhost", "127.0.0.1", "[::1]"];
    let name = match host.strip_suffix(&format!(":{port}")) {
        Some(name) => name,
        // Browsers leave out the port that the scheme implies.
        None if port == 80 => host,
        None => return false,
    };
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A path without its escapes; none where one is broken, hides a separator, or leads upwards.
fn decoded(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    for (at, _) in path.match_indices('%') {
        let digits = bytes.get(at + 1..at + 3)?;
        if !digits.iter().all(u8::is_ascii_hexdigit) || digits.eq_ignore_ascii_case(b"2f") {
            return None;
        }
    }
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let inner = path.strip_prefix('/')?;
    let hidden = path.contains(|c: char| c == '\\' || c.is_control());
    let leads_up = inner.split('/').any(|name| name == "." || name == "..");
    // `//host` as the target of a redirection would be another host.
    let empty = inner.starts_with('/') || inner.contains("//");
    (!hidden && !leads_up && !empty).then(|| path.into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn ask(method: &Method, uri: &str, hosts: &[&str]) -> Result<String, u16> {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(HOST, host.parse().unwrap());
        }
        path(method, &uri.parse().unwrap(), &headers, 8282).map_err(|refused| refused.status.as_u16())
    }

    #[test]
    fn other_hosts_are_refused() {
        for host in ["localhost:8282", "LocalHost:8282", "127.0.0.1:8282", "[::1]:8282"] {
            assert_eq!(ask(&Method::GET, "/a", &[host]), Ok("/a".to_owned()), "{host}");
        }
        for host in
            ["evil.example:8282", "localhost", "localhost:80", "127.0.0.1.evil.example:8282", "127.0.0.2:8282", ""]
        {
            assert_eq!(ask(&Method::GET, "/", &[host]), Err(403), "{host}");
        }
        assert_eq!(ask(&Method::GET, "/", &[]), Err(403));
        assert_eq!(ask(&Method::GET, "/", &["localhost:8282", "evil.example"]), Err(403));
        assert_eq!(ask(&Method::GET, "http://evil.example/", &["localhost:8282"]), Err(403));
        assert_eq!(ask(&Method::GET, "http://localhost:8282/x", &["localhost:8282"]), Ok("/x".to_owned()));
    }

    #[test]
    fn only_reading_is_answered() {
        assert!(ask(&Method::HEAD, "/", &["localhost:8282"]).is_ok());
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::CONNECT] {
            assert_eq!(ask(&method, "/", &["localhost:8282"]), Err(405), "{method}");
        }
    }

    #[test]
    fn paths_are_decoded_strictly() {
        let ask = |uri| ask(&Method::GET, uri, &["localhost:8282"]);
        assert_eq!(ask("/zh/%E6%B8%85.html?q=1"), Ok("/zh/清.html".to_owned()));
        assert_eq!(ask("/..a/b..c/"), Ok("/..a/b..c/".to_owned()));
        for uri in [
            "/../a",
            "/a/../b",
            "/a/%2e%2E/b",
            "/%2e/a",
            "/a%2Fb",
            "/a%2f..%2fb",
            "/a%5Cb",
            "/a%00b",
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
            "//evil.example/",
            "/a//b",
            "/a/..",
        ] {
            assert_eq!(ask(uri), Err(400), "{uri}");
        }
        // A second decoding would lead upwards; there is none.
        assert_eq!(ask("/%252e%252e/a"), Ok("/%2e%2e/a".to_owned()));
    }
}
