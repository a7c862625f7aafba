//! GitHub Pages: it sets the headers itself, and only must not take the site for a Jekyll project.

use super::File;

pub(super) fn files() -> Vec<File> {
    vec![File { path: ".nojekyll".to_owned(), text: String::new() }]
}
