//! A browser of the Chromium family as a program that prints pages to PDF.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The names of the program, the cheapest to start first.
const NAMES: [&str; 9] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
];

/// Where it lies on systems whose programs are not on PATH.
const PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// How long one printing may take: a hundred times what a thousand items need.
const PATIENCE: Duration = Duration::from_secs(1800);

/// A browser that was found.
#[derive(Debug, Clone)]
pub struct Browser {
    program: PathBuf,
}

/// There is no browser.
#[derive(Debug)]
pub struct NoBrowser;

/// Printing failed.
#[derive(Debug)]
pub enum PrintError {
    /// The program could not be run.
    Start(std::io::Error),
    /// It ended without a file, or did not end; the last lines that it said.
    Failed(String),
}

impl Browser {
    /// The browser that was named, or else the first on PATH.
    ///
    /// # Errors
    /// [`NoBrowser`] where there is none.
    pub fn find(named: Option<&Path>) -> Result<Self, NoBrowser> {
        let found = match named {
            Some(path) => which::which(path).ok(),
            None => {
                let on_path = NAMES.iter().find_map(|name| which::which(name).ok());
                on_path.or_else(|| PLACES.iter().map(PathBuf::from).find(|path| path.is_file()))
            }
        };
        found.map(|program| Self { program }).ok_or(NoBrowser)
    }

    /// Prints the page at `page`, tagged and with an outline of its headings. `folder` is for the browser's own files.
    ///
    /// # Errors
    /// [`PrintError`].
    pub fn print(&self, page: &Path, pdf: &Path, folder: &Path) -> Result<Vec<u8>, PrintError> {
        let profile = folder.join("profile");
        let log = folder.join("browser.log");
        // A profile left from the pass before would make the next one differ.
        let _ = std::fs::remove_dir_all(&profile);
        let said = std::fs::File::create(&log).map_err(PrintError::Start)?;
        let mut command = Command::new(&self.program);
        command
            .args(["--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync"])
            .args(["--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"])
            .args(["--generate-pdf-document-outline", "--export-tagged-pdf"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("--print-to-pdf={}", pdf.display()));
        if is_root() {
            // Chromium's sandbox refuses to work for root, as in containers; the page is our own and has no network.
            command.arg("--no-sandbox");
        }
        command.arg(page).stdin(Stdio::null()).stdout(Stdio::null()).stderr(said);
        let child = command.spawn().map_err(PrintError::Start)?;
        let ended = wait(child);
        match std::fs::read(pdf) {
            Ok(bytes) if ended && !bytes.is_empty() => Ok(bytes),
            _ => Err(PrintError::Failed(last_lines(&log))),
        }
    }
}

/// Waits for the end; a browser that never ends is killed.
fn wait(mut child: Child) -> bool {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(_)) => return true,
            Ok(None) if start.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(20)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

fn last_lines(log: &Path) -> String {
    let text = std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(3)..].join("; ")
}

#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    // The owner of a process's folder in /proc is its effective user.
    std::fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_is_not_there_is_not_found() {
        assert!(Browser::find(Some(Path::new("/no/such/browser"))).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_prints_nothing_is_named_with_what_it_said() {
        let dir = tempfile::tempdir().unwrap();
        let browser = Browser::find(Some(Path::new("ls"))).unwrap();
        let printed = browser.print(Path::new("x.html"), &dir.path().join("x.pdf"), dir.path());
        assert!(matches!(printed, Err(PrintError::Failed(said)) if said.contains("ls")));
    }
}
