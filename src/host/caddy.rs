//! Caddy: a Caddyfile of one site, to be copied and completed.

use super::{FEED, FOLDER, FRESH, File, HASHED, IMMUTABLE, ROOT, Served, TYPES, fill, security, twins};

const TEXT: &str = r#"# Caddy, for this site. Made by `qingdan build --for caddy`; the next build writes it again, so do not edit it here:
#   1. Copy it to /etc/caddy/Caddyfile, or import the copy there.
#   2. Put the folder of the site where it says CHANGE.
#   3. systemctl reload caddy
# With a host name and https Caddy sees to the certificate itself.
# 复制到 /etc/caddy/Caddyfile，把标有 CHANGE 的文件夹改为网站所在的文件夹，然后重新加载 caddy。

@ADDRESS@ {
	# CHANGE: the folder of the site
	root * @ROOT@

	header {
@HEADERS@	}
	header -Server

	# Files whose name changes with their bytes are kept for a year; all others are asked for each time.
	@hashed path_regexp hashed ^@PATTERN@@HASHED@
	@others not path_regexp others ^@PATTERN@@HASHED@
	header @hashed Cache-Control "@IMMUTABLE@"
	header @others Cache-Control "@FRESH@"

	# Caddy would ask the machine for types, and machines differ.
@TYPES@@FEEDS@
	# The tool's own files, and this one.
	@private {
		path @BASE@@FOLDER@ @BASE@@FOLDER@/* @BASE@.*
		not path @BASE@.well-known/*
	}
@COMPRESSION@
	route {
		error @private 404
@PLACE@	}

	handle_errors {
		@missing expression {http.error.status_code} == 404
		route @missing {
			header -Server
			header Cache-Control "@FRESH@"
			header Content-Type "text/html; charset=utf-8"
			rewrite * /404.html
			file_server
		}
	}
}
"#;

const STATIC: &str = " {
@TABS@	precompressed br gzip
@TABS@}";

/// Caddy itself says this of the compressed answers alone; last, since Caddy's own would stand beside it.
const VARY: &str = "
	# Caches keep the forms apart.
	@text path */ @TEXT@
	header @text {
		Vary Accept-Encoding
		defer
	}
";

/// Last, since the type of any XML would take its place.
const FEEDS: &str = "	@feeds path @PATHS@
	header @feeds {
		Content-Type \"@FEED@\"
		defer
	}
";

const DYNAMIC: &str = "
	# Nothing was compressed at build (--precompress): Caddy does it for each answer.
	encode gzip
";

pub(super) fn files(served: &Served<'_>) -> Vec<File> {
    let base = served.base();
    let address = match served.address() {
        // A bare name makes Caddy get a certificate.
        Some(("https", name)) => name.to_owned(),
        Some((scheme, name)) => format!("{scheme}://{name}"),
        None => ":80".to_owned(),
    };
    let headers: String = security().iter().map(|(name, value)| format!("\t\t{name} \"{value}\"\n")).collect();
    let types: String = TYPES
        .iter()
        .map(|(ending, kind)| format!("\t@{ending} path *.{ending}\n\theader @{ending} Content-Type \"{kind}\"\n"))
        .collect();
    let feeds: Vec<String> = served.feeds().into_iter().map(|path| format!("{base}{path}")).collect();
    let feeds = match feeds.as_slice() {
        [] => String::new(),
        paths => fill(FEEDS, &[("PATHS", &paths.join(" ")), ("FEED", FEED)]),
    };
    let server = |tabs: &str| {
        let options = if served.precompressed { fill(STATIC, &[("TABS", tabs)]) } else { String::new() };
        format!("{tabs}file_server{options}\n")
    };
    let place = if base == "/" {
        server("\t\t")
    } else {
        let bare = base.trim_end_matches('/');
        format!(
            "\t\tredir {bare} {base} 301\n\t\thandle_path {base}* {{\n{}\t\t}}\n\t\t# What else the host has; nothing, as \
             far as this file knows.\n\t\terror 404\n",
            server("\t\t\t")
        )
    };
    let compression = if served.precompressed {
        fill(VARY, &[("TEXT", &twins::TEXT.map(|ending| format!("*.{ending}")).join(" "))])
    } else {
        DYNAMIC.to_owned()
    };
    let text = fill(
        TEXT,
        &[
            ("PLACE", &place),
            ("COMPRESSION", &compression),
            ("HEADERS", &headers),
            ("FEEDS", &feeds),
            ("TYPES", &types),
            ("ADDRESS", &address),
            ("FRESH", FRESH),
            ("IMMUTABLE", IMMUTABLE),
            ("HASHED", HASHED),
            ("FOLDER", FOLDER),
            ("PATTERN", &served.base_pattern()),
            ("BASE", &base),
            ("ROOT", ROOT),
        ],
    );
    vec![File { path: format!("{FOLDER}/Caddyfile"), text }]
}
