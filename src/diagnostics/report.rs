//! Reports of panics: where, in which version and system, after which commands; never with a text.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::names::lately;
use crate::input;

/// The folder of reports within the data folder.
const FOLDER: &str = "reports";
/// Reports that are kept; with a new one the oldest goes.
const KEPT: usize = 10;
/// Reports of one process; who panics without end fills no disk.
const OF_ONE_PROCESS: u32 = 3;
/// More than a report ever has, bytes.
const MAX_BYTES: u64 = 1 << 20;

/// The beginning of the name of a report that nobody has been shown.
const UNSEEN: &str = "report-";
/// The beginning of the name of one that was put away.
const SEEN: &str = "seen-";

/// A report of a panic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanicReport {
    /// The file in which it lies.
    pub file: PathBuf,
    /// The report, as it may be given away.
    pub text: String,
}

/// Writes the report of a panic into the data folder; gives the file, where it could be written. Called by a panic
/// hook, it panics itself under no circumstances.
pub fn panicked(folder: &Path, panic: &PanicHookInfo<'_>) -> Option<PathBuf> {
    static WRITTEN: AtomicU32 = AtomicU32::new(0);
    let place = panic.location().map_or_else(|| "unknown".to_owned(), ToString::to_string);
    tracing::error!(place, "panicked");
    let before = WRITTEN.fetch_add(1, Ordering::Relaxed);
    if before >= OF_ONE_PROCESS {
        return None;
    }
    let text = described(&place, harmless(panic), &Backtrace::force_capture());
    let name = format!("{}-{}-{before}.txt", now().replace(':', "-"), std::process::id());
    let folder = folder.join(FOLDER);
    let file = folder.join(format!("{UNSEEN}{name}"));
    let written = fs::create_dir_all(&folder).and_then(|()| {
        let mut new = fs::File::create_new(&file)?;
        new.write_all(text.as_bytes())?;
        new.sync_all()
    });
    keep_the_latest(&folder);
    written.ok().map(|()| file)
}

fn now() -> String {
    // Seconds are enough, and the name of a file stays short.
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A panic's message where it stands in the program's own code and so has nothing of a text. A message that is put
/// together may quote one, as where a text is cut within a letter.
fn harmless<'a>(panic: &'a PanicHookInfo<'_>) -> &'a str {
    match panic.payload().downcast_ref::<&'static str>() {
        Some(fixed) => fixed,
        None => "left out, as it may have words of a text",
    }
}

fn described(place: &str, message: &str, backtrace: &Backtrace) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let mut line = |line: std::fmt::Arguments<'_>| writeln!(text, "{line}").unwrap_or_default();
    line(format_args!("Jejak {} broke off at {}", env!("CARGO_PKG_VERSION"), now()));
    line(format_args!("No text of an article and no words of an annotation are in this report."));
    line(format_args!(""));
    line(format_args!("place: {place}"));
    line(format_args!("message: {message}"));
    line(format_args!("thread: {}", std::thread::current().name().unwrap_or("without a name")));
    line(format_args!("system: {}", system()));
    line(format_args!(""));
    line(format_args!("commands before it, the latest last:"));
    for (ago, name) in lately() {
        line(format_args!("  {ago:8.1} s before  {name}"));
    }
    line(format_args!(""));
    line(format_args!("backtrace:\n{}", at_home(&backtrace.to_string())));
    text
}

/// Paths without the person's name: the home folder is `~`.
fn at_home(text: &str) -> String {
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_string_lossy().into_owned());
    match home.filter(|home| home.len() > 1) {
        Some(home) => text.replace(&home, "~"),
        None => text.to_owned(),
    }
}

/// The system: its kind and processor, on Linux its name and how windows are shown.
pub(super) fn system() -> String {
    let mut system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let release = input::text(Path::new("/etc/os-release"), 64 << 10).unwrap_or_default();
    if let Some(name) = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")) {
        let _ = write!(system, ", {}", name.trim_matches('"'));
    }
    for (variable, shown) in [("WAYLAND_DISPLAY", "Wayland"), ("DISPLAY", "X11")] {
        if std::env::var_os(variable).is_some() {
            let _ = write!(system, ", {shown}");
        }
    }
    system
}

/// The files of reports, the oldest first.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let moment = |file: &Path| {
        let name = file.file_name()?.to_str()?;
        let moment = name.strip_prefix(UNSEEN).or_else(|| name.strip_prefix(SEEN))?;
        Some(moment.strip_suffix(".txt")?.to_owned())
    };
    let files = entries.flatten().map(|entry| entry.path());
    let mut files: Vec<_> = files.filter_map(|file| Some((moment(&file)?, file))).collect();
    files.sort();
    files.into_iter().map(|(_, file)| file).collect()
}

fn keep_the_latest(folder: &Path) {
    let files = files(folder);
    for file in &files[..files.len().saturating_sub(KEPT)] {
        // One that cannot be removed is tried again with the next report.
        let _ = fs::remove_file(file);
    }
}

/// All reports in a data folder, the latest first.
#[must_use]
pub fn list(folder: &Path) -> Vec<PanicReport> {
    let read = |file: PathBuf| Some(PanicReport { text: input::text(&file, MAX_BYTES).ok()?, file });
    files(&folder.join(FOLDER)).into_iter().rev().filter_map(read).collect()
}

/// The files of reports that nobody has put away yet, the oldest first.
#[must_use]
pub fn unseen(folder: &Path) -> Vec<PathBuf> {
    let mut files = files(&folder.join(FOLDER));
    files.retain(|file| name(file).starts_with(UNSEEN));
    files
}

fn name(file: &Path) -> &str {
    file.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// Keeps reports without offering them again.
///
/// # Errors
/// Those of the disk.
pub fn put_away(files: &[PathBuf]) -> io::Result<()> {
    files.iter().try_for_each(|file| match name(file).strip_prefix(UNSEEN) {
        Some(rest) => fs::rename(file, file.with_file_name(format!("{SEEN}{rest}"))),
        None => Ok(()),
    })
}

/// Deletes reports.
///
/// # Errors
/// Those of the disk.
pub fn remove(files: &[PathBuf]) -> io::Result<()> {
    files.iter().try_for_each(|file| match fs::remove_file(file) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    })
}
