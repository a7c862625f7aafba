//! nginx: a whole configuration of one server, to be copied and completed.

use super::{FEED, FOLDER, FRESH, File, HASHED, IMMUTABLE, ROOT, Served, TYPES, fill, security};

const TEXT: &str = r#"# nginx, for this site. Made by `qingdan build --for nginx`; the next build writes it again, so do not edit it here:
#   1. Copy it to /etc/nginx/conf.d/site.conf (or sites-available/, with a link in sites-enabled/).
#   2. Put the folder of the site where it says CHANGE.
#   3. nginx -t && systemctl reload nginx
# 复制到 /etc/nginx/conf.d/，把标有 CHANGE 的文件夹改为网站所在的文件夹，然后重新加载 nginx。

# Files whose name changes with their bytes are kept for a year; all others are asked for each time.
map $uri $qingdan_cache {
    default "@FRESH@";
    "~^@PATTERN@@HASHED@" "@IMMUTABLE@";
}

server {
    listen @PORT@;
    listen [::]:@PORT@;
    server_name @NAME@;
@TLS@
    server_tokens off;
    # Redirects (a folder without its slash) stay on the host and port that were asked for.
    absolute_redirect off;
    index index.html;
    error_page 404 @BASE@404.html;
    # A folder without an index is no place of the site.
    error_page 403 =404 @BASE@404.html;

    # The charset stands in the types: nginx's own `charset` leaves compressed answers out.
    types {
@TYPES@    }
    default_type application/octet-stream;

@HEADERS@    add_header Cache-Control $qingdan_cache always;

@COMPRESSION@
    # The tool's own files, and this one.
    location ^~ @BASE@@FOLDER@/ { return 404; }
    location ~ "^@PATTERN@\.(?!well-known/)" { return 404; }

@PLACE@}
"#;

const TLS: &str = r"
    # The base URL is https. Let certbot (`certbot --nginx`) add certificate and redirect, or replace the two lines above by
    #   listen 443 ssl; listen [::]:443 ssl; ssl_certificate …; ssl_certificate_key …;
    # and, once nothing needs http any more:
    #   add_header Strict-Transport-Security max-age=31536000 always;
";

/// What a plain nginx understands: brotli needs a module of its own.
const STATIC: &str = r"    # The .gz beside a file is sent as it is. A plain nginx knows no brotli: the .br are used once Debian's
    # libnginx-mod-http-brotli-static is installed and the next line is no comment.
    # brotli_static on;
    gzip_static on;
    gzip_vary on;
    gzip_proxied any;
";

const DYNAMIC: &str = r"    # Nothing was compressed at build (--precompress): nginx does it for each answer.
    gzip on;
    gzip_vary on;
    gzip_proxied any;
    gzip_min_length 1000;
    gzip_types @GZIP@;
";

pub(super) fn files(served: &Served<'_>) -> Vec<File> {
    let (base, pattern) = (served.base(), served.base_pattern());
    let (scheme, name) = served.address().unwrap_or(("http", "_"));
    let (name, port) = match name.rsplit_once(':') {
        // A port of https stands behind TLS, which this file leaves to the operator.
        Some((name, port)) if !port.ends_with(']') => (name, if scheme == "http" { port } else { "80" }),
        _ => (name, "80"),
    };
    let types: String = TYPES.iter().map(|(ending, kind)| format!("        \"{kind}\" {ending};\n")).collect();
    let headers: String =
        security().iter().map(|(name, value)| format!("    add_header {name} \"{value}\" always;\n")).collect();
    let small = TYPES.iter().filter(|(ending, _)| super::twins::is_text(ending));
    let small: Vec<String> = small.map(|(_, kind)| format!("\"{kind}\"")).collect();
    let compression =
        if served.precompressed { STATIC.to_owned() } else { fill(DYNAMIC, &[("GZIP", &small.join(" "))]) };
    let text = fill(
        TEXT,
        &[
            ("PLACE", &place(&base, &served.feeds())),
            ("COMPRESSION", &compression),
            ("TLS", if scheme == "https" { TLS } else { "" }),
            ("HEADERS", &headers),
            ("TYPES", &types),
            ("FRESH", FRESH),
            ("IMMUTABLE", IMMUTABLE),
            ("HASHED", HASHED),
            ("FOLDER", FOLDER),
            ("PATTERN", &pattern),
            ("BASE", &base),
            ("NAME", name),
            ("PORT", port),
        ],
    );
    vec![File { path: format!("{FOLDER}/nginx.conf"), text }]
}

/// Where the files are, and which of them are feeds.
fn place(base: &str, feeds: &[&str]) -> String {
    let typed = |path: &&str| format!("location = {base}{path} {{ types {{ }} default_type \"{FEED}\"; }}\n");
    if base == "/" {
        let feeds: String = feeds.iter().map(|path| format!("    {}", typed(path))).collect();
        return format!("    root {ROOT}; # CHANGE: the folder of the site\n{feeds}");
    }
    let bare = base.trim_end_matches('/');
    let feeds: String = feeds.iter().map(|path| format!("        {}", typed(path))).collect();
    format!(
        "    location {base} {{\n        alias {ROOT}/; # CHANGE: the folder of the site, with a slash at the end\n{feeds}    }}\n    \
         location = {bare} {{ return 301 {base}; }}\n    # What else the host has; nothing, as far as this file knows.\n    \
         location / {{ return 404; }}\n"
    )
}
