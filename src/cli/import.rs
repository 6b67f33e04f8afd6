//! `jejak import`: annotations that other software wrote become sets of a project.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::export::{UnitArg, format_named};
use super::output::{Ended, Output, could_not, not_opened};
use super::recover::tell_journals;
use crate::exchange::{
    Allowed, ForeignName, ForeignNames, ImportOutcome, PendingImport, RecordCount, proposal, set_name,
};
use crate::formats::{AskedColumns, ImportFiles, NameMap, OffsetUnit, Per, ReadOptions, Recognized, recognize};
use crate::message;
use crate::model::{Name, Problem, Project, Schema, SetKind};
use crate::store::{self, Access, Session};

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
  jejak import trips/ --columns word=2,tag=5 --per 20 out.tsv
  jejak import trips/ --format label-studio tasks.json
  jejak import trips/ --format jejak-jsonl trips.jsonl --map annotator:siti=gold --into-gold --extend-schema")]
pub(super) struct Import {
    /// The project folder
    project: PathBuf,
    /// Files, or folders of them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format, as "jejak formats" names it; unsaid, the one that is recognised from the files, which is told
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// The annotator of sets that the files do not name; the only annotator whom another program's files name is called so,
    /// too. Where they name several, each keeps its own name, and so does who made a set of Jejak's
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
    /// The kind of the sets: a person's work, or predictions of a model. Unsaid, what the files or the project say, and
    /// for a new name a person's
    #[arg(long, value_enum)]
    kind: Option<KindArg>,
    /// A name of the files, and the name of the project that it means: a label, or with what it names before it
    /// role:TRAVELLER=traveller, attribute:KIND=kind, value:KIND.CITY=city, annotator:1=siti; can be given again. With the
    /// label of the files (role:TRIP.WHO=traveller) it holds for that label alone. A name that the files or the schema do
    /// not have is a mistake, and nothing comes in
    #[arg(long, value_name = "FILE-NAME=NAME")]
    map: Vec<String>,
    /// A name of the files that is left out, as --map names it, with all that has it; can be given again
    #[arg(long, value_name = "FILE-NAME")]
    leave_out: Vec<String>,
    /// Adds to a person's set that has work in the articles of the files already; unsaid, nothing comes in then
    #[arg(long)]
    merge: bool,
    /// Adds to the adjudicated set where there is work in the articles of the files already; unsaid, nothing comes in then
    #[arg(long)]
    into_gold: bool,
    /// Adds labels, roles, attributes and values that the project does not know to its schema; one that is open gets them
    /// in any case
    #[arg(long)]
    extend_schema: bool,
    /// Reads the files and lists what the schema lacks, and changes nothing
    #[arg(long)]
    dry_run: bool,
    /// The predictions of a model come in place of its old ones, in the articles of the files; unsaid, they are added
    #[arg(long)]
    replace: bool,
    /// The unit of offsets, where it is another than the format prescribes
    #[arg(long, value_enum)]
    unit: Option<UnitArg>,
    /// The columns of files in columns, counted from 1, where they are not what is recognised: word, tag (or any name, again and
    /// again, for several layers), sentence, coref, misc
    #[arg(long, value_name = "NAME=NUMBER,…")]
    columns: Option<AskedColumns>,
    /// Sentences of files in columns that make an article where no line says where one begins; "blank-lines" where two empty
    /// lines do. Unsaid, a file is an article
    #[arg(long, value_name = "NUMBER")]
    per: Option<Per>,
    /// Prints one JSON object: {"articles":{"added","known"},"annotations":{"added","known"},"problems":[…],…}
    #[arg(long)]
    json: bool,
}

/// A name of the files that the schema lacks.
#[derive(Debug, Serialize)]
struct Lacking {
    part: &'static str,
    name: String,
    count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<Name>,
}

impl Lacking {
    fn of(name: &ForeignName, schema: &Schema, map: &NameMap) -> Self {
        let (part, count) = (name.part.word(), name.count);
        Self { part, name: name.key(), count, proposed: proposal(name, schema, map) }
    }

    fn told(&self, added: bool) -> String {
        let Self { part, name, count, proposed } = self;
        let given = if *part == "label" { String::new() } else { format!("{part}:") };
        let proposed = proposed.as_ref().filter(|_| !added);
        let perhaps = proposed.map_or(String::new(), |to| format!("; perhaps --map {given}{name}={to}"));
        format!("not in the schema: {part} {name} ({count}){perhaps}")
    }
}

/// The content of files that would come in.
#[derive(Debug, Serialize)]
struct DryRun<'a> {
    articles: usize,
    sets: &'a BTreeMap<Name, usize>,
    lacking: &'a [Lacking],
    problems: &'a [Problem],
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum KindArg {
    Person,
    Model,
}

fn lacking(names: &ForeignNames, schema: &Schema, map: &NameMap) -> Vec<Lacking> {
    names.lacking(schema, map).map(|name| Lacking::of(name, schema, map)).collect()
}

impl Import {
    pub fn run(self, output: &mut Output) -> Ended {
        let named = self.format.as_deref().map(format_named).transpose()?;
        if let Some(format) = named.filter(|format| !format.info().reads) {
            return Err(could_not(format!("{} is written only", format.info().name)));
        }
        let map = NameMap::of_pairs(&self.map, &self.leave_out).map_err(could_not)?;
        let annotator = self.annotator.as_deref().map(set_name).transpose().map_err(could_not)?;
        let source = ImportFiles::of_paths(&self.files).map_err(could_not)?;
        let format = match named {
            Some(format) => format,
            None => {
                let Recognized { format, why } = recognize(&source).map_err(could_not)?;
                output.message(&why.to_string());
                format
            }
        };
        let options =
            ReadOptions { unit: self.unit.map(OffsetUnit::from), columns: self.columns.clone(), per: self.per };
        let pending = PendingImport::read(format, &source, annotator.as_ref(), &options, &mut |done| {
            output.progress("reading", done, 0);
            true
        });
        let kind = self.kind.map(|kind| match kind {
            KindArg::Person => SetKind::Person,
            KindArg::Model => SetKind::Model,
        });
        let allowed = Allowed { merge: self.merge, into_gold: self.into_gold };
        let pending = pending.expect("nobody stops it").of_kind(kind).replacing(self.replace).allowing(allowed);
        pending.notes().for_each(|note| output.message(&note.to_string()));
        if pending.articles() == 0 {
            self.report(output, &ImportOutcome { problems: pending.problems, ..ImportOutcome::default() }, false)?;
            output.finish()?;
            return Err(could_not("there is no article in what was to be read"));
        }
        let names = pending.names();
        let theirs: Vec<Name> = pending.sets().into_keys().collect();
        let pending = pending.called(&map.annotators()).map_err(could_not)?;
        let sets = pending.sets();
        let nameless = Name::new("");
        if sets.contains_key(&nameless) {
            return Err(could_not(message!("import-nameless")));
        }
        if self.dry_run {
            return self.dry(output, &pending, (&names, &theirs), &map);
        }
        let opener = annotator.as_ref().or(sets.keys().next()).cloned().unwrap_or_else(|| Project::GOLD.into());
        let mut session = Session::open(&self.project, &opener, Access::Write).map_err(could_not)?;
        tell_journals(output, &session);
        pending.check_replacing(&session.corpus().project, &session.makers()).map_err(could_not)?;
        let schema = session.corpus().schema.clone();
        let extend = self.extend_schema || schema.open;
        names.check(&map, &theirs, &schema, extend).map_err(could_not)?;
        let lacking = lacking(&names, &schema, &map);
        if !self.json {
            lacking.iter().try_for_each(|name| output.line(&name.told(extend)))?;
        }
        let going = &mut |done: usize, total: usize| {
            output.progress("bringing in", done, total);
            true
        };
        let outcome = session.run(|link| pending.bring_in(link, &map, extend, going));
        let outcome = outcome.map_err(could_not)?.expect("nobody stops it");
        session.close().map_err(could_not)?;
        let asked = annotator.as_ref().is_none_or(|name| !sets.keys().eq([name]));
        if !self.json && asked && !sets.is_empty() {
            let sets: Vec<String> = sets.iter().map(|(name, count)| format!("{name} ({count})")).collect();
            output.line(&format!("sets: {}", sets.join(", ")))?;
        }
        self.report(output, &outcome, extend)?;
        Ok(!outcome.problems.is_empty())
    }

    /// Tells what would come in, beside whoever works in the project.
    fn dry(
        &self,
        output: &mut Output,
        pending: &PendingImport,
        (names, theirs): (&ForeignNames, &[Name]),
        map: &NameMap,
    ) -> Ended {
        let scan = store::scan(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let corpus = scan.corpus();
        pending.check_replacing(&corpus.project, scan.makers()).map_err(could_not)?;
        let extend = self.extend_schema || corpus.schema.open;
        names.check(map, theirs, &corpus.schema, extend).map_err(could_not)?;
        let lacking = lacking(names, &corpus.schema, map);
        let (articles, annotations, problems) = (pending.articles(), pending.annotations(), &pending.problems);
        if self.json {
            output.json_line(&DryRun { articles, sets: &pending.sets(), lacking: &lacking, problems })?;
        } else {
            lacking.iter().try_for_each(|name| output.line(&name.told(extend)))?;
            problems.iter().try_for_each(|problem| output.line(&problem.to_string()))?;
            output.line(&format!("would come in: articles: {articles}; annotations: {annotations}"))?;
        }
        Ok(!problems.is_empty())
    }

    fn report(&self, output: &mut Output, outcome: &ImportOutcome, extend: bool) -> Result<(), super::output::Ending> {
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
            left_out,
            twice,
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
        if *twice > 0 {
            output.line(&format!("texts that come more than once, put together: {twice}"))?;
        }
        if *left_out > 0 {
            output.line(&format!("left out: {left_out}"))?;
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
            let what = if extend { "added to the schema" } else { "not in the schema (--extend-schema)" };
            output.line(&format!("labels {what}: {}", names.join(", ")))?;
        }
        Ok(())
    }
}
