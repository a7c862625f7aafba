//! Apache: an `.htaccess` in the root of the site, which works where nothing but files can be uploaded.

use super::{FEED, FOLDER, FRESH, File, HASHED, IMMUTABLE, Served, TYPES, fill, security, twins};

const TEXT: &str = r#"# Apache 2.4, for this site. Made by `qingdan build --for apache`; the next build writes it again.
# It needs `AllowOverride All` for the folder, and the modules headers and rewrite (a2enmod headers rewrite). Without them
# Apache answers 500 rather than leave the headers of security out.
# 需要对网站文件夹设置 AllowOverride All，并启用 headers 和 rewrite 模块。

Options -Indexes -MultiViews
DirectoryIndex index.html
ErrorDocument 404 @BASE@404.html
ErrorDocument 403 @BASE@404.html

# Types, and those of their compressed twins.
@TYPES@@FEEDS@
@HEADERS@
# Files whose name changes with their bytes are kept for a year; all others are asked for each time.
Header always set Cache-Control "@IMMUTABLE@" "expr=%{REQUEST_URI} =~ m#^@PATTERN@@HASHED@#"
Header always set Cache-Control "@FRESH@" "expr=%{REQUEST_URI} !~ m#^@PATTERN@@HASHED@#"

RewriteEngine On
RewriteBase @BASE@
# The tool's own files.
RewriteRule ^@FOLDER@(/|$) - [R=404,L]
RewriteRule ^\.(?!well-known/) - [R=404,L]
@TWINS@"#;

const TWINS: &str = r#"
# The .br or .gz beside a file is sent in its place to who takes it.
RewriteCond %{HTTP:Accept-Encoding} "(^|[ ,])br([ ,;]|$)"
RewriteCond %{HTTP:Accept-Encoding} "!(^|[ ,])br *; *q=0(\.0*)?([ ,]|$)"
RewriteCond %{REQUEST_FILENAME}.br -f
RewriteRule ^(.+)$ $1.br [L]
RewriteCond %{HTTP:Accept-Encoding} "(^|[ ,])gzip([ ,;]|$)"
RewriteCond %{HTTP:Accept-Encoding} "!(^|[ ,])gzip *; *q=0(\.0*)?([ ,]|$)"
RewriteCond %{REQUEST_FILENAME}.gz -f
RewriteRule ^(.+)$ $1.gz [L]
# An encoding, and neither a type of its own nor a language.
RemoveType .gz .br
RemoveLanguage .br
AddEncoding br .br
AddEncoding gzip .gz
# Caches keep the forms apart; mod_deflate leaves them as they are.
<FilesMatch "\.(@TEXT@)(\.(br|gz))?$">
    Header always merge Vary Accept-Encoding
    SetEnv no-gzip 1
    SetEnv no-brotli 1
</FilesMatch>
"#;

pub(super) fn files(served: &Served<'_>) -> Vec<File> {
    let (base, pattern) = (served.base(), served.base_pattern());
    let types: String = TYPES
        .iter()
        .map(|(ending, kind)| {
            format!("<FilesMatch \"\\.{ending}(\\.(br|gz))?$\">\n    ForceType \"{kind}\"\n</FilesMatch>\n")
        })
        .collect();
    let feeds = if served.feeds().is_empty() {
        String::new()
    } else {
        format!("<FilesMatch \"^feed\\.xml(\\.(br|gz))?$\">\n    ForceType \"{FEED}\"\n</FilesMatch>\n")
    };
    let headers: String =
        security().iter().map(|(name, value)| format!("Header always set {name} \"{value}\"\n")).collect();
    // Within one request the name may be that of the twin.
    let hashed = format!(r"{}(\.(br|gz))?$", HASHED.trim_end_matches('$'));
    let twins = if served.precompressed { fill(TWINS, &[("TEXT", &twins::TEXT.join("|"))]) } else { String::new() };
    let text = fill(
        TEXT,
        &[
            ("TWINS", &twins),
            ("FEEDS", &feeds),
            ("TYPES", &types),
            ("HEADERS", &headers),
            ("HASHED", &hashed),
            ("PATTERN", &pattern),
            ("IMMUTABLE", IMMUTABLE),
            ("FRESH", FRESH),
            ("FOLDER", FOLDER),
            ("BASE", &base),
        ],
    );
    vec![File { path: ".htaccess".to_owned(), text }]
}
