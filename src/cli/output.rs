//! Where a command's words go: results to stdout, messages and progress to stderr.

use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::input;
use crate::store::OpenError;

/// Why a command ended before it was done.
#[derive(Debug)]
pub(super) enum Ending {
    /// It could not be done, in one sentence that names the file and the place.
    CouldNot(String),
    /// Nobody reads its results any more.
    Unheard,
}

/// Whether problems were found, or why the command ended early.
pub(super) type Ended = Result<bool, Ending>;

/// That a file which was named cannot be read.
pub(super) fn not_read(file: &Path, error: &io::Error) -> Ending {
    Ending::CouldNot(format!("{}: {}", file.display(), input::why(error)))
}

/// Any error that is one sentence already.
pub(super) fn could_not(error: impl std::fmt::Display) -> Ending {
    Ending::CouldNot(error.to_string())
}

/// Why a project does not open; files in it are named with the path that leads to them from here.
pub(super) fn not_opened(project: &Path, error: &OpenError) -> Ending {
    match error {
        OpenError::Malformed { .. } | OpenError::Newer { .. } => could_not(project.join(error.to_string()).display()),
        _ => could_not(error),
    }
}

/// Both streams of a command.
pub(super) struct Output {
    results: BufWriter<io::StdoutLock<'static>>,
    /// When progress was last shown, and whether it stands on the line now.
    shown: Option<Instant>,
    watched: bool,
}

impl Output {
    pub fn new() -> Self {
        let watched = io::stderr().is_terminal();
        Self { results: BufWriter::new(io::stdout().lock()), shown: None, watched }
    }

    /// One line of results.
    pub fn line(&mut self, line: &str) -> Result<(), Ending> {
        self.raw(&format!("{}\n", printable(line)))
    }

    /// A piece of results as it is, such as JSON.
    pub fn raw(&mut self, piece: &str) -> Result<(), Ending> {
        self.results.write_all(piece.as_bytes()).map_err(|error| unwritten(&error))
    }

    /// A value as JSON on one line.
    pub fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Ending> {
        let text = serde_json::to_string(value).map_err(could_not)?;
        self.raw(&text)
    }

    /// One line to the person; lost where nobody can read it.
    pub fn message(&mut self, line: &str) {
        self.wipe();
        let _ = writeln!(io::stderr().lock(), "{}", printable(line));
    }

    /// How far it is, for a person at a terminal; not more often than the eye follows.
    pub fn progress(&mut self, what: &str, done: usize, total: usize) {
        self.going(|| if total == 0 { format!("{what} {done}") } else { format!("{what} {done} of {total}") });
    }

    /// As [`Output::progress`], in words that are made when they are shown.
    pub fn going(&mut self, words: impl FnOnce() -> String) {
        const PAUSE: Duration = Duration::from_millis(100);
        if self.watched && self.shown.is_none_or(|at| at.elapsed() >= PAUSE) {
            self.shown = Some(Instant::now());
            let _ = write!(io::stderr().lock(), "\r\x1b[K{}", printable(&words()));
        }
    }

    fn wipe(&mut self) {
        if self.shown.take().is_some() {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }

    /// Writes what is left.
    pub fn finish(&mut self) -> Result<(), Ending> {
        self.wipe();
        self.results.flush().map_err(|error| unwritten(&error))
    }
}

fn unwritten(error: &io::Error) -> Ending {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ending::Unheard,
        _ => Ending::CouldNot(format!("the results cannot be written: {error}")),
    }
}

/// Without characters that steer a terminal: titles and file names come from anywhere.
fn printable(line: &str) -> String {
    line.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
