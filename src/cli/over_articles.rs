//! The part that commands about many articles have in common: the project, whose sets, and the index of them.

use std::path::{Path, PathBuf};

use clap::Args;

use super::compare::known;
use super::output::{Ending, Output, could_not, not_opened};
use super::recover::tell_waiting;
use crate::corpus::Index;
use crate::model::{Name, SetKind};
use crate::store::Snapshot;

/// The project and the sets that a table is made of.
#[derive(Debug, Args)]
pub(super) struct OverArticles {
    /// The project folder
    project: PathBuf,
    /// The maker of the sets; where nobody is named, the adjudicated ones, and where there are none those of the only annotator
    #[arg(long, value_name = "NAME")]
    set: Option<String>,
}

/// A table as it is printed.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Form {
    /// Prints one table for a spreadsheet
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Prints one JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// An opened project with an index.
pub(super) struct Opened {
    pub snapshot: Snapshot,
    pub index: Index,
    /// True where something could not be read, or waits in a journal.
    pub problems: bool,
}

impl OverArticles {
    pub fn project(&self) -> &Path {
        &self.project
    }

    /// Opens the project and makes the index.
    pub fn open(&self, output: &mut Output) -> Result<Opened, Ending> {
        let fails = |error| not_opened(&self.project, &error);
        let mut snapshot = Snapshot::open(&self.project).map_err(fails)?;
        let waiting = tell_waiting(output, &self.project)?;
        let makers = snapshot.makers();
        let named = self.set.as_deref().map(Name::new);
        known(&self.project, &makers, named.as_slice())?;
        let maker = named.or_else(|| usual(&snapshot, &makers)).ok_or_else(|| {
            could_not(format!("{}: several annotators have sets: name one with --set", self.project.display()))
        })?;
        snapshot.read_referents(&maker).map_err(fails)?;
        let mut progress = |done: usize, total: usize| {
            output.progress("reading", done, total);
            true
        };
        let index = Index::build(snapshot.clone(), &maker, &mut progress).map_err(fails)?.expect("nobody stops it");
        for sentence in index.unread() {
            output.message(&format!("{}: {sentence}", self.project.display()));
        }
        let problems = waiting || !index.unread().is_empty();
        Ok(Opened { snapshot, index, problems })
    }
}

/// The sets that are meant where nobody is named.
fn usual(snapshot: &Snapshot, makers: &[Name]) -> Option<Name> {
    let project = &snapshot.corpus().project;
    if makers.contains(&project.gold) {
        return Some(project.gold.clone());
    }
    let persons: Vec<&Name> = makers.iter().filter(|name| project.kind(name) == SetKind::Person).collect();
    match persons[..] {
        [] => Some(project.gold.clone()),
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// A table with a head.
pub(super) fn csv(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    // A writer into memory fails nowhere.
    let _ = table.write_record(head);
    for row in rows {
        let _ = table.write_record(row);
    }
    table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A number of things that are called so in English.
pub(super) fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
