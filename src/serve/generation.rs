//! A site that is served: catalogue and theme, the plan that borrows them, and search, which is made when asked for.

use crate::diag::Report;
use crate::model::Catalogue;
use crate::search::{self, Index};
use crate::site::{self, Options, Site};
use crate::theme::Theme;
use crate::url;
use self_cell::self_cell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// What a site is made of.
struct Parts {
    catalogue: Arc<Catalogue>,
    theme: Arc<Theme>,
    options: Options,
}

self_cell!(
    struct Planned {
        owner: Parts,
        #[covariant]
        dependent: Site,
    }
);

/// A site, and its number among those of a run; the first is 1.
pub(super) struct Generation {
    pub(super) number: u64,
    planned: Planned,
    indices: OnceLock<Vec<Index>>,
    found: OnceLock<BTreeMap<String, Vec<u8>>>,
}

/// What a path of a site gives.
pub(super) enum Made {
    /// Its bytes.
    File(Vec<u8>),
    /// Nothing stands there.
    Nothing,
    /// It cannot be made.
    Faulty(Report),
}

impl Generation {
    /// Plans a site.
    ///
    /// # Errors
    /// A report of faults in templates.
    pub(super) fn plan(
        number: u64,
        catalogue: Arc<Catalogue>,
        theme: Arc<Theme>,
        base_url: Option<String>,
    ) -> Result<Self, Report> {
        // A worker keeps pages, which is the last thing that whoever edits them wants.
        let mut catalogue = catalogue;
        if catalogue.site.offline {
            Arc::make_mut(&mut catalogue).site.offline = false;
        }
        let parts = Parts { catalogue, theme, options: Options::new(base_url, false) };
        // Search takes longer than all pages together, and pages name only where it begins.
        let planned =
            Planned::try_new(parts, |parts| Site::plan(&parts.catalogue, Vec::new(), &parts.theme, &parts.options))?;
        Ok(Self { number, planned, indices: OnceLock::new(), found: OnceLock::new() })
    }

    fn site(&self) -> &Site<'_> {
        self.planned.borrow_dependent()
    }

    /// The catalogue.
    pub(super) fn catalogue(&self) -> &Catalogue {
        self.shared_catalogue()
    }

    /// The catalogue, to be shared with others.
    pub(super) fn shared_catalogue(&self) -> &Arc<Catalogue> {
        &self.planned.borrow_owner().catalogue
    }

    /// The path that the site is served under, with a slash at both ends: that of its base URL.
    pub(super) fn base_path(&self) -> String {
        self.site().base_url().map_or_else(|| "/".to_owned(), url::base_path)
    }

    /// Makes a file of each kind, so that faults of templates come up before anybody asks for a page.
    ///
    /// # Errors
    /// Their report.
    pub(super) fn sample(&self) -> Result<(), Report> {
        self.site().try_out(self.site().samples())
    }

    /// The warnings that came up while making files.
    pub(super) fn warnings(&self) -> Report {
        self.site().warnings()
    }

    /// Whether there is such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.site().find(path).is_some()
    }

    /// Makes a file.
    pub(super) fn make(&self, path: &str) -> Made {
        match self.site().find(path) {
            Some(at) => self.site().make(at).map_or_else(Made::Faulty, Made::File),
            None if path.starts_with("search/") => {
                self.found().get(path).map_or(Made::Nothing, |bytes| Made::File(bytes.clone()))
            }
            None => Made::Nothing,
        }
    }

    /// The indices of search.
    pub(super) fn indices(&self) -> &[Index] {
        self.indices.get_or_init(|| search::indices(self.catalogue()))
    }

    /// The files of search.
    fn found(&self) -> &BTreeMap<String, Vec<u8>> {
        self.found.get_or_init(|| {
            let files = site::search_files(self.catalogue(), self.indices(), &self.planned.borrow_owner().theme);
            files.into_iter().map(|file| (file.path, file.bytes)).collect()
        })
    }
}
