//! The streams of a command: results to stdout, messages and progress to stderr. Nothing that comes from a file steers
//! the terminal: titles, names and labels come from anywhere.

use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::input;
use crate::say::{self, json_fault, visible};
use crate::store::OpenError;

/// The reason why a command ended before it was done.
#[derive(Debug)]
pub(super) enum Ending {
    /// It could not be done, in one sentence that names the file and the place.
    CouldNot(String),
    /// Nobody reads its results any more.
    Unheard,
}

/// True where problems were found, or why the command ended early.
pub(super) type Ended = Result<bool, Ending>;

/// Returns the failure of a named file that cannot be read.
pub(super) fn not_read(file: &Path, error: &io::Error) -> Ending {
    Ending::CouldNot(format!("{}: {}", file.display(), input::why(error)))
}

/// Any error that is one sentence already.
pub(super) fn could_not(error: impl std::fmt::Display) -> Ending {
    Ending::CouldNot(error.to_string())
}

/// Returns why a project does not open; files in it are named with the path that leads to them from here.
pub(super) fn not_opened(project: &Path, error: &OpenError) -> Ending {
    match error {
        OpenError::Malformed { .. } | OpenError::Newer { .. } => could_not(project.join(error.to_string()).display()),
        _ => could_not(error),
    }
}

/// Both streams of a command.
pub(super) struct Output {
    results: BufWriter<io::StdoutLock<'static>>,
    /// The time when progress was last shown, and true where it stands on the line now.
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
        self.raw(&format!("{}\n", visible(line)))
    }

    /// A table for a spreadsheet: as it is, and at a terminal with what would steer it made visible.
    pub fn table(&mut self, table: &str) -> Result<(), Ending> {
        if !io::stdout().is_terminal() {
            return self.raw(table);
        }
        table.lines().try_for_each(|row| self.line(row))
    }

    /// A piece of results as it is: what the program itself writes between values.
    pub fn raw(&mut self, piece: &str) -> Result<(), Ending> {
        self.results.write_all(piece.as_bytes()).map_err(|error| unwritten(&error))
    }

    /// A value as JSON on one line, which steers no terminal and loses nothing.
    pub fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Ending> {
        self.raw(&Self::json_text(value)?)
    }

    /// A value as JSON, and the end of its line.
    pub fn json_line(&mut self, value: &impl serde::Serialize) -> Result<(), Ending> {
        self.json(value)?;
        self.raw("\n")
    }

    /// One result: as JSON where that is asked for, else in words.
    pub fn result(&mut self, json: bool, value: &impl serde::Serialize, words: &str) -> Result<(), Ending> {
        if json { self.json_line(value) } else { self.line(words) }
    }

    /// The text of a value as [`Output::json`] writes it.
    pub fn json_text(value: &impl serde::Serialize) -> Result<String, Ending> {
        let text = serde_json::to_string(value).map_err(|error| could_not(json_fault(&error)))?;
        Ok(say::json(&text).into_owned())
    }

    /// One line to the person; lost where nobody can read it.
    pub fn message(&mut self, line: &str) {
        self.wipe();
        Self::message_alone(line);
    }

    /// A line to the person from where no command is at hand, such as another thread.
    pub fn message_alone(line: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", visible(line));
    }

    /// Tells the progress, for a person at a terminal; not more often than the eye follows.
    pub fn progress(&mut self, what: &str, done: usize, total: usize) {
        self.going(|| if total == 0 { format!("{what} {done}") } else { format!("{what} {done} of {total}") });
    }

    /// As [`Output::progress`], in words that are made when they are shown.
    pub fn going(&mut self, words: impl FnOnce() -> String) {
        const PAUSE: Duration = Duration::from_millis(100);
        if self.watched && self.shown.is_none_or(|at| at.elapsed() >= PAUSE) {
            self.shown = Some(Instant::now());
            let _ = write!(io::stderr().lock(), "\r\x1b[K{}", visible(&words()));
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

/// A stream of data at a terminal: line by line, with what would steer it made visible. Tabs stay.
pub(super) struct VisibleStream<W: io::Write> {
    out: W,
    /// The beginning of a line whose end has not come yet.
    begun: Vec<u8>,
}

impl<W: io::Write> VisibleStream<W> {
    pub fn new(out: W) -> Self {
        Self { out, begun: Vec::new() }
    }

    fn show(&mut self, end: &str) -> io::Result<()> {
        let line = String::from_utf8_lossy(&self.begun);
        let cells: Vec<_> = line.split('\t').map(visible).collect();
        write!(self.out, "{}{end}", cells.join("\t"))?;
        self.begun.clear();
        Ok(())
    }
}

impl<W: io::Write> io::Write for VisibleStream<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            match piece.strip_suffix(b"\n") {
                Some(line) => {
                    self.begun.extend_from_slice(line);
                    self.show("\n")?;
                }
                None => self.begun.extend_from_slice(piece),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.show("")?;
        self.out.flush()
    }
}

fn unwritten(error: &io::Error) -> Ending {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ending::Unheard,
        _ => Ending::CouldNot(format!("the results cannot be written: {}", say::io(error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_shown_line_by_line() {
        let mut out = Vec::new();
        let mut shown = VisibleStream::new(&mut out);
        for piece in ["a\u{1b}[2".as_bytes(), b"J\tb\n\xe2", b"\x80\xae\nlast \x07"] {
            shown.write_all(piece).unwrap();
        }
        shown.flush().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\\u{1b}[2J\tb\n\\u{202e}\nlast \\u{7}");
    }
}
