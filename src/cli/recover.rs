//! `jejak recover`: edits that a crash left in journals come into the files.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde::Serialize;

use super::output::{Ended, Ending, Output, could_not, not_opened};
use crate::model::Name;
use crate::store::{self, Access, Session, Waiting};

/// The time that an open window gets to write its last edits.
const PATIENCE: Duration = Duration::from_secs(6);

/// Brings edits that a crash left in a journal into the files
///
/// Work that a window had saved when it was killed or the power failed lies in a journal until the same annotator opens
/// the project again. The command does so for everybody whose edits wait, and says how many there were. A journal that was not
/// written in this folder came with a copy, or from a stranger: --elsewhere brings its edits in, too, in one step that
/// undo takes back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak recover trips/
  jejak recover trips/ --annotator ana --elsewhere

Exit code: 0 nothing waits any more, 1 something still waits or could not be merged, 2 it could not be done")]
pub(super) struct Recover {
    /// The project folder
    project: PathBuf,
    /// The annotator whose edits alone come in
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
    /// Takes edits of journals, too, that were not written in this folder
    #[arg(long)]
    elsewhere: bool,
    /// Prints one JSON object: {"recovered":{NAME:EDITS},"waiting":[…],"problems":[…]}
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Default, Serialize)]
struct RecoveryOutcome {
    recovered: std::collections::BTreeMap<Name, usize>,
    waiting: Vec<String>,
    problems: Vec<String>,
}

impl Recover {
    pub fn run(self, output: &mut Output) -> Ended {
        let mut outcome = RecoveryOutcome::default();
        let before = self.waiting()?;
        let comes = |waiting: &&Waiting| !waiting.open && (self.elsewhere || !waiting.elsewhere);
        for waiting in before.iter().filter(comes) {
            *outcome.recovered.entry(waiting.annotator.clone()).or_default() = edits_of(&before, &waiting.annotator);
        }
        for name in outcome.recovered.keys().cloned().collect::<Vec<_>>() {
            let mut session = Session::open(&self.project, &name, Access::Write).map_err(could_not)?;
            if session.read_only() {
                let why = session.problems().iter().find(|problem| problem.code == "read-only");
                let why = why.map_or_else(|| "it is open for reading only".to_owned(), ToString::to_string);
                return Err(could_not(format!("{}: {why}", self.project.display())));
            }
            if self.elsewhere {
                session.bring_in_elsewhere().map_err(could_not)?;
            }
            let problems = session.problems().iter().filter(|problem| problem.code != "journal-elsewhere");
            outcome.problems.extend(problems.map(ToString::to_string));
            session.close().map_err(could_not)?;
        }
        let after = self.waiting()?;
        for (name, edits) in &mut outcome.recovered {
            *edits = edits.saturating_sub(edits_of(&after, name));
        }
        outcome.waiting = after.iter().map(|waiting| waiting.problem().to_string()).collect();
        let left = !outcome.waiting.is_empty() || !outcome.problems.is_empty();
        if self.json {
            output.json_line(&outcome)?;
            return Ok(left);
        }
        for line in outcome.problems.iter().chain(&outcome.waiting) {
            output.line(line)?;
        }
        for (name, edits) in &outcome.recovered {
            output.line(&format!("{name}: {edits} edits are in the files now"))?;
        }
        if outcome.recovered.is_empty() && outcome.waiting.is_empty() {
            output.line("no edits wait")?;
        }
        Ok(left)
    }

    fn waiting(&self) -> Result<Vec<Waiting>, Ending> {
        let mut all = store::waiting(&self.project, PATIENCE).map_err(|error| not_opened(&self.project, &error))?;
        all.retain(|waiting| self.annotator.as_ref().is_none_or(|name| *waiting.annotator == **name));
        Ok(all)
    }
}

/// The number of edits of one annotator that wait.
fn edits_of(all: &[Waiting], name: &Name) -> usize {
    all.iter().filter(|waiting| waiting.annotator == *name).map(|waiting| waiting.edits).sum()
}

/// Says to the person what became of journals when a project was opened.
pub(super) fn tell_journals(output: &mut Output, session: &Session) {
    for problem in session.problems().iter().filter(|problem| problem.code.starts_with("journal-")) {
        output.message(&problem.to_string());
    }
}

/// Says to the person whose edits are in no file yet, so that a command knows nothing of them; gives whether there are
/// any that no open window is about to write.
pub(super) fn tell_waiting(output: &mut Output, project: &Path) -> Result<bool, Ending> {
    let waiting = store::waiting(project, Duration::ZERO).map_err(|error| not_opened(project, &error))?;
    for waiting in &waiting {
        output.message(&waiting.problem().to_string());
    }
    Ok(waiting.iter().any(|waiting| !waiting.open))
}

/// Refuses where edits are in no file yet, so that what is to be written would lack them.
pub(super) fn nothing_waits(project: &Path, but: &str) -> Result<(), Ending> {
    let waiting = store::waiting(project, PATIENCE).map_err(|error| not_opened(project, &error))?;
    match waiting.first() {
        None => Ok(()),
        Some(first) => Err(could_not(format!("{}; {but}", first.problem()))),
    }
}
