//! `jejak probable`: what is probably true, by the reliability of the annotators, as one more set to look at.

use std::path::PathBuf;

use clap::Args;

use super::agreement::measured;
use super::compare::chosen;
use super::output::{Ended, Ending, Output, could_not, not_opened};
use crate::edit::{Edit, Transaction};
use crate::figures::{ReportRequest, probable};
use crate::model::{AnnotationSet, Name, SetKind};
use crate::store::{Access, Loader, Session, annotator};

/// Computes what is probably true, as one more set to look at
///
/// The model of Dawid and Skene (1979) estimates the reliability of each annotator and the probability of each
/// annotation. Annotations that are probably there are written as a computed set, under a name that has none yet; each
/// record says that it was computed and how probable it is. Nobody's set is changed, no article becomes done, and nothing
/// of it becomes gold by itself: compare it with jejak compare, or choose it in the window's review.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak probable trips/ --sets a,b,c --as probable
  jejak compare trips/ probable gold")]
pub(super) struct Probable {
    /// The project folder
    project: PathBuf,
    /// Annotators; where none are named, those that the project compares: all persons, unless jejak people says otherwise
    #[arg(long, value_delimiter = ',')]
    sets: Vec<String>,
    /// The name of the new set
    #[arg(long = "as", value_name = "NAME")]
    name: String,
    /// Prints one JSON object: {"accuracy":{NAME:SHARE…},"items":N,"written":N}
    #[arg(long)]
    json: bool,
}

impl Probable {
    pub fn run(self, output: &mut Output) -> Ended {
        let (corpus, loader) = Loader::open(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let project = &corpus.project;
        let name = annotator(&self.name).map_err(could_not)?;
        let refused = |why: &str| Err(Ending::CouldNot(format!("{}: {why}", self.project.display())));
        if loader.annotators().contains(&name) || project.kind(&name) == SetKind::Adjudicated {
            return refused(&format!("{name} has a set already, or is the adjudicated set; choose a new name"));
        }
        let names = chosen(&self.project, project, &loader.makers(), &self.sets)?;
        let request = ReportRequest { annotators: names.clone(), ..ReportRequest::default() };
        let report = measured(output, &self.project, &request)?;
        let reliability = match report.reliability() {
            Ok(reliability) => reliability,
            Err(why) => return refused(&format!("there is no probable set: {why}")),
        };
        let mut session =
            Session::open(&self.project, &name, Access::Write).map_err(|error| not_opened(&self.project, &error))?;
        session.claim(&name, SetKind::Computed).map_err(could_not)?;
        let mut written = 0;
        for (done, (article, standing)) in corpus.articles().iter().zip(&report.standing).enumerate() {
            output.progress("computing", done, corpus.articles().len());
            let begun: Vec<bool> = standing.sets.iter().map(Option::is_some).collect();
            let whose: Vec<Name> =
                names.iter().zip(&begun).filter(|(_, begun)| **begun).map(|(name, _)| name.clone()).collect();
            if whose.len() < 2 {
                continue;
            }
            let loaded = loader.read(article, &whose).map_err(could_not)?;
            let set = |(name, begun): (&Name, &bool)| begun.then(|| loaded.page(name).map(|(_, set)| set))?;
            let sets: Vec<Option<&AnnotationSet>> = names.iter().zip(&begun).map(set).collect();
            let records = probable(&corpus.schema, loaded.text(), &sets, &reliability, &name);
            written += records.len();
            let key = (article.id.clone(), name.clone());
            let edit = |record| Edit::new(key.clone(), None, Some(std::sync::Arc::new(record)));
            let mut transaction = Transaction::new("compute what is probable", &name);
            transaction.edits = records.into_iter().map(edit).collect();
            session.load(&article.id, std::slice::from_ref(&name)).map_err(could_not)?;
            session.commit(transaction).map_err(could_not)?;
            session.unload(&article.id).map_err(could_not)?;
        }
        session.close().map_err(could_not)?;
        if self.json {
            let accuracy: serde_json::Map<String, serde_json::Value> = (names.iter().zip(&reliability.accuracy))
                .map(|(name, accuracy)| (name.to_string(), serde_json::json!(accuracy)))
                .collect();
            output.json_line(
                &serde_json::json!({"accuracy": accuracy, "items": reliability.items, "written": written}),
            )?;
            return Ok(false);
        }
        for (name, accuracy) in names.iter().zip(&reliability.accuracy) {
            output.line(&format!("{name}: {accuracy:.3}"))?;
        }
        output.message(&format!("{written} probable annotations of {} written for {name}", reliability.items));
        Ok(false)
    }
}
