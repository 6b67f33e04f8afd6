//! `jejak import`: annotations that other software wrote become sets of a project.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::export::{UnitArg, format_named};
use super::output::{Ended, Output, could_not};
use super::recover::tell_journals;
use crate::exchange::{ImportOutcome, PendingImport, RecordCount, set_name};
use crate::formats::{LabelMap, OffsetUnit, Source};
use crate::model::{Name, SetKind};
use crate::store::{Access, Session};

/// Brings annotations of other software into a project
///
/// Articles that the project has already (the same text, or the same but for white space) get the annotations; others
/// are added. Labels are matched by --map, else by name; labels that the project does not know are kept under their own
/// name and can be added to its schema. Each part that cannot be read is told in one line, "FILE:LINE: why", and the rest
/// comes in; then the exit code is 1. All of it is one transaction, which one undo takes back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak import trips/ --format brat --annotator ana brat-data/
  jejak import trips/ --format conll --annotator tagger --kind model --map PER=person --map LOC=place out.conll
  jejak import trips/ --format conll --annotator tagger --kind model --replace better.conll
  jejak import trips/ --format jejak-jsonl --annotator gold trips.jsonl --extend-schema")]
pub(super) struct Import {
    /// The project folder
    project: PathBuf,
    /// Files, or folders of them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format, as "jejak formats" names it
    #[arg(long, value_name = "FORMAT")]
    format: String,
    /// The annotator of the set; where a file holds the sets of several, each keeps its own name
    #[arg(long, value_name = "NAME")]
    annotator: String,
    /// The kind of the sets: a person's work, or predictions of a model. Unsaid, what the files or the project say, and
    /// for a new name a person's
    #[arg(long, value_enum)]
    kind: Option<KindArg>,
    /// A label of the files, and the label of the project that it means; can be given again. One that the files or the
    /// schema do not have is a mistake, and nothing comes in
    #[arg(long, value_name = "FILE-LABEL=LABEL")]
    map: Vec<String>,
    /// Adds labels that the project does not know to its schema
    #[arg(long)]
    extend_schema: bool,
    /// The predictions of a model come in place of its old ones, in the articles of the files; unsaid, they are added
    #[arg(long)]
    replace: bool,
    /// The unit of offsets, where it is another than the format prescribes
    #[arg(long, value_enum)]
    unit: Option<UnitArg>,
    /// Prints one JSON object: {"articles":{"added","known"},"annotations":{"added","known"},"problems":[…],…}
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum KindArg {
    Person,
    Model,
}

impl Import {
    pub fn run(self, output: &mut Output) -> Ended {
        let format = format_named(&self.format)?;
        if !format.info().reads {
            return Err(could_not(format!("{} is written only", format.info().name)));
        }
        let map = LabelMap::of_pairs(&self.map).map_err(could_not)?;
        let annotator = set_name(&self.annotator).map_err(could_not)?;
        let source = Source::of_paths(&self.files).map_err(could_not)?;
        let unit = self.unit.map(OffsetUnit::from);
        let pending = PendingImport::read(format, &source, &annotator, unit, &mut |done| {
            output.progress("reading", done, 0);
            true
        });
        let kind = self.kind.map(|kind| match kind {
            KindArg::Person => SetKind::Person,
            KindArg::Model => SetKind::Model,
        });
        let pending = pending.expect("nobody stops it").of_kind(kind).replacing(self.replace);
        if pending.articles() == 0 {
            self.report(output, &ImportOutcome { problems: pending.problems, ..ImportOutcome::default() })?;
            output.finish()?;
            return Err(could_not("there is no article in what was to be read"));
        }
        let mut session = Session::open(&self.project, &annotator, Access::Write).map_err(could_not)?;
        tell_journals(output, &session);
        pending.check_replacing(&session.corpus().project, &session.makers()).map_err(could_not)?;
        pending.check_map(&map, &session.corpus().schema, self.extend_schema).map_err(could_not)?;
        let outcome = pending.bring_in(&mut session, &map, self.extend_schema, &mut |done, total| {
            output.progress("bringing in", done, total);
            true
        });
        let outcome = outcome.map_err(could_not)?.expect("nobody stops it");
        session.close().map_err(could_not)?;
        self.report(output, &outcome)?;
        Ok(!outcome.problems.is_empty())
    }

    fn report(&self, output: &mut Output, outcome: &ImportOutcome) -> Result<(), super::output::Ending> {
        if self.json {
            return output.json_line(outcome);
        }
        for problem in &outcome.problems {
            output.line(&problem.to_string())?;
        }
        let ImportOutcome {
            articles,
            annotations,
            replaced,
            referents,
            about_referents,
            decisions,
            comments,
            new_labels,
            problems,
        } = outcome;
        output.line(&format!(
            "articles: {} added, {} known; annotations: {} added, {} known; referents: {referents}; problems: {}",
            articles.added,
            articles.known,
            annotations.added,
            annotations.known,
            problems.len()
        ))?;
        if *replaced > 0 {
            output.line(&format!("annotations replaced: {replaced}"))?;
        }
        if *about_referents > 0 {
            output.line(&format!("records about two referents: {about_referents}"))?;
        }
        if *comments != RecordCount::default() || *decisions > 0 {
            let RecordCount { added, known } = comments;
            output.line(&format!("comments: {added} added, {known} known; decisions of review: {decisions}"))?;
        }
        if !new_labels.is_empty() {
            let names: Vec<&str> = new_labels.iter().map(Name::as_str).collect();
            let what = if self.extend_schema { "added to the schema" } else { "not in the schema (--extend-schema)" };
            output.line(&format!("labels {what}: {}", names.join(", ")))?;
        }
        Ok(())
    }
}
