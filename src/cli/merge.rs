//! `jejak merge`: three versions of a file become one, for git; copies that sync programs left become one file again.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::output::{Ended, Ending, Output, could_not, not_opened, not_read};
use crate::input;
use crate::review::{merge_copy, merge3};
use crate::say;
use crate::store::{self, Loader, RawFile, Renumbered, atomic};

/// The largest file that is read, bytes: a list of half a million articles.
const MAX_BYTES: u64 = 256 << 20;

/// Merges two people's versions of one file, or copies of files in one project
///
/// With three files, as a git merge driver: merges sets, referents and lists of articles by record, not by line, and
/// writes the result to OURS. Where both sides changed the same record, ours stays in its place and theirs is kept
/// under "conflicts" in the head of the file. Where both sides gave one number to two new articles, one of them gets
/// another number, the same on both sides; its text, sets and comments are found by the text's hash and need no change.
///
/// With a project: merges the copies that sync programs leave where two changed one file at once ("006 (conflicted
/// copy).ron", "006.sync-conflict-….ron"), and sets that lie under another name than that of their text, into the files
/// that they belong in; what was merged is kept in .jejak/.merged-copies. Gives articles of one number two.
#[derive(Debug, Args)]
#[command(
    override_usage = "jejak merge [--json] BASE OURS THEIRS [PATH]\n       jejak merge [--dry-run] [--json] PROJECT",
    after_help = "\
To let git merge a project with it, once for each clone:
  git config merge.jejak.driver 'jejak merge %O %A %B %P'
  git config diff.jejak.textconv 'jejak show'
and once in the project, in .gitattributes:
  articles.ron merge=jejak diff=jejak
  sets/**/*.ron merge=jejak diff=jejak

Examples:
  jejak merge trips/ --dry-run            where a folder is shared otherwise: say what would be merged
  jejak merge trips/                      merge it

Exit code: 0 merged, 1 merged with conflicts or not everything merged, 2 not merged, OURS is as it was"
)]
pub(super) struct Merge {
    /// The version that both sides began with; our version, where the merged file is written; their version; and the name
    /// of the file, for messages. Or a project folder alone
    #[arg(value_name = "PROJECT|BASE OURS THEIRS [PATH]", required = true, num_args = 1..=4)]
    paths: Vec<PathBuf>,
    /// Says what would be merged in a project, and changes nothing
    #[arg(long)]
    dry_run: bool,
    /// Prints one JSON object: {"renumbered":[…],"conflicts":[…]}, for a project with "copies":[…]
    #[arg(long)]
    json: bool,
}

/// The outcome of merging in a project.
#[derive(Debug, Default, Serialize)]
struct MergeOutcome {
    renumbered: Vec<String>,
    copies: Vec<CopyFate>,
    conflicts: Vec<String>,
    dry_run: bool,
}

/// The fate of a copy.
#[derive(Debug, Serialize)]
struct CopyFate {
    file: String,
    into: String,
    /// The place where it is kept now.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<String>,
    /// The reason why it was not merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<String>,
}

impl Merge {
    pub fn run(self, output: &mut Output) -> Ended {
        match &self.paths[..] {
            [project] => self.project(project, output),
            [base, ours, theirs] => self.files(base, ours, theirs, None, output),
            [base, ours, theirs, called] => self.files(base, ours, theirs, Some(called), output),
            _ => {
                Err(could_not("merge takes a project, or three files and what they are called; see jejak merge --help"))
            }
        }
    }

    fn files(&self, base: &Path, ours: &Path, theirs: &Path, called: Option<&Path>, output: &mut Output) -> Ended {
        if self.dry_run {
            return Err(could_not("--dry-run is for a project, not for three files"));
        }
        // git gives its own names to the three; a person knows the file by the one that it has in the project. Where it is
        // not said, each is called as it was named.
        let version = |path: &Path, whose: &str| {
            let name =
                called.map_or_else(|| path.display().to_string(), |called| format!("{} ({whose})", called.display()));
            RawFile::read(&name, &text(path)?).map_err(could_not)
        };
        let (base, theirs) = (version(base, "version that both began with")?, version(theirs, "their version")?);
        let merged = merge3(&base, &version(ours, "our version")?, &theirs);
        atomic::write(ours, merged.file.write().as_bytes())
            .map_err(|error| Ending::CouldNot(format!("{}: {}", ours.display(), say::io(&error))))?;
        let renumbered: Vec<String> = merged.renumbered.iter().map(sentence).collect();
        if self.json {
            let conflicts: Vec<String> = merged.conflicts.iter().map(ToString::to_string).collect();
            output.json_line(&serde_json::json!({"renumbered": renumbered, "conflicts": conflicts}))?;
            return Ok(!merged.conflicts.is_empty());
        }
        for said in renumbered.iter().chain(&merged.conflicts) {
            output.message(&format!("{}: {said}", called.unwrap_or(ours).display()));
        }
        Ok(!merged.conflicts.is_empty())
    }

    fn project(&self, project: &Path, output: &mut Output) -> Ended {
        let opened = |error| not_opened(project, &error);
        // Only a project's folder: a file would be half of the other form.
        let articles_of = || Ok(Loader::open(project).map_err(opened)?.0.articles().to_vec());
        let mut articles = articles_of()?;
        let mut outcome = MergeOutcome { dry_run: self.dry_run, ..MergeOutcome::default() };
        let renumbered = store::renumber_project(project, self.dry_run).map_err(could_not)?;
        outcome.renumbered = renumbered.iter().map(sentence).collect();
        // The list of articles comes first: sets belong to articles that a copy of it may have.
        let (lists, others): (Vec<_>, Vec<_>) =
            store::copies(project, &articles).into_iter().partition(|copy| !copy.of.contains('/'));
        for copy in &lists {
            outcome.merge(project, copy, self.dry_run);
        }
        let mut others = others;
        if !self.dry_run && (!lists.is_empty() || !renumbered.is_empty()) {
            articles = articles_of()?;
            others = store::copies(project, &articles);
            others.retain(|copy| copy.of.contains('/'));
        }
        for copy in &others {
            outcome.merge(project, copy, self.dry_run);
        }
        let problems = !outcome.conflicts.is_empty() || outcome.copies.iter().any(|copy| copy.failed.is_some());
        if self.json {
            output.json_line(&outcome)?;
            return Ok(problems);
        }
        for said in &outcome.renumbered {
            output.line(&format!("articles.ron: {said}"))?;
        }
        for CopyFate { file, into, kept, failed } in &outcome.copies {
            output.line(&match (failed, kept) {
                (Some(why), _) => format!("not merged: {why}"),
                (None, Some(kept)) => format!("merged {file} into {into}; the copy is kept as {kept}"),
                (None, None) => format!("{file} would be merged into {into}"),
            })?;
        }
        for conflict in &outcome.conflicts {
            output.message(conflict);
        }
        if outcome.copies.is_empty() && outcome.renumbered.is_empty() {
            output.message("nothing to merge");
        }
        Ok(problems)
    }
}

impl MergeOutcome {
    fn merge(&mut self, project: &Path, copy: &store::Copy, dry_run: bool) {
        let mut done = CopyFate { file: copy.file.clone(), into: copy.of.clone(), kept: None, failed: None };
        if !dry_run {
            match merge_copy(project, copy) {
                Ok(merged) => {
                    done.kept = Some(merged.kept);
                    self.conflicts.extend(merged.conflicts.iter().map(|conflict| format!("{}: {conflict}", copy.of)));
                }
                Err(error) => done.failed = Some(error.to_string()),
            }
        }
        self.copies.push(done);
    }
}

fn sentence(Renumbered { title, from, to }: &Renumbered) -> String {
    format!("article {from} \"{title}\" has number {to} now: another one is {from}")
}

/// Reads a file's text.
pub(super) fn text(path: &Path) -> Result<String, Ending> {
    input::text(path, MAX_BYTES).map_err(|error| not_read(path, &error))
}
