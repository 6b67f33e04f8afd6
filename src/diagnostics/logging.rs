//! The log: which records go into it, and the thread that writes them.

use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::log_file::LogFile;
use crate::say;

/// The amount that is logged: each level has all that those before it have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // Their names are their meaning.
pub enum Level {
    Off,
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl Level {
    /// Every level, the quietest first.
    pub const ALL: [Self; 6] = [Self::Off, Self::Error, Self::Warn, Self::Info, Self::Debug, Self::Trace];

    /// The name as it stands on the command line and in settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }

    /// The records of this level. Libraries are heard from warnings on: what they tell beyond that may quote texts.
    fn targets(self) -> Targets {
        let filter = match self {
            Self::Off => LevelFilter::OFF,
            Self::Error => LevelFilter::ERROR,
            Self::Warn => LevelFilter::WARN,
            Self::Info => LevelFilter::INFO,
            Self::Debug => LevelFilter::DEBUG,
            Self::Trace => LevelFilter::TRACE,
        };
        Targets::new().with_target("jejak", filter).with_default(filter.min(LevelFilter::WARN))
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let named = Self::ALL.into_iter().find(|level| level.name() == name.to_ascii_lowercase());
        named.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("\"{name}\" is not a level of the log; the levels are {names}")
        })
    }
}

/// A log that is being written; what is on its way is written when this goes.
#[must_use]
pub struct Logging {
    _writer: WorkerGuard,
}

/// Begins a log in a folder. Records are written on a thread of their own, so that a slow disk stops nobody; where too
/// many wait, they are left out.
///
/// # Errors
/// One sentence that names the file, where it cannot be written, or says that this process logs already.
pub fn begin(folder: &Path, level: Level) -> Result<Logging, String> {
    let file = LogFile::open(folder).map_err(|why| {
        format!("The log {} cannot be written: {}.", super::log_file::path(folder, 0).display(), say::io(&why))
    })?;
    let (writer, guard): (NonBlocking, WorkerGuard) =
        NonBlockingBuilder::default().buffered_lines_limit(4096).thread_name("log").finish(file);
    let layer = fmt::layer().with_writer(writer).with_ansi(false);
    let begun = tracing_subscriber::registry().with(level.targets()).with(layer).try_init();
    begun.map_err(|_| "This process has a log already.".to_owned())?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), system = super::report::system(), "begins");
    Ok(Logging { _writer: guard })
}
