//! The scripts of a theme, made small: a first search should be one round trip.
//!
//! Never here: style sheets (`compact`) and HTML (`render`).

/// A script without comments, white space and long names of its own variables; as it is where it cannot be read, or in a
/// build without the feature `minify`.
#[cfg(feature = "minify")]
pub(super) fn minified(script: &[u8]) -> Vec<u8> {
    use oxc_allocator::Allocator;
    use oxc_codegen::{Codegen, CodegenOptions};
    use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
    use oxc_parser::Parser;
    use oxc_span::SourceType;

    let Ok(text) = std::str::from_utf8(script) else { return script.to_vec() };
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, text, SourceType::default().with_script(true)).parse();
    if parsed.panicked || !parsed.errors.is_empty() {
        return script.to_vec();
    }
    // The safest compression: a site's own scripts come through here too.
    let options = MinifierOptions { mangle: Some(MangleOptions::default()), compress: Some(CompressOptions::safest()) };
    let scoping = Minifier::new(options).minify(&allocator, &mut parsed.program).scoping;
    // Without comments, those that name a licence included: our scripts have none, and a site's own are its own.
    let options = CodegenOptions::minify();
    Codegen::new().with_options(options).with_scoping(scoping).build(&parsed.program).code.into_bytes()
}

/// As above, for a build without the feature.
#[cfg(not(feature = "minify"))]
pub(super) fn minified(script: &[u8]) -> Vec<u8> {
    script.to_vec()
}

#[cfg(all(test, feature = "minify"))]
mod tests {
    use super::minified;

    #[test]
    fn scripts_become_shorter_and_broken_ones_stay() {
        let small = minified(
            b"(function () {\n  // words\n  var longName = window.a;\n  window.b = longName + longName;\n})();\n",
        );
        assert!(small.len() < 60 && !small.windows(5).any(|w| w == b"words"));
        assert_eq!(minified(b"function ("), b"function (");
    }
}
