//! `jejak stats`: how much there is in a project.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::compare::chosen;
use super::output::{Ended, Output, not_opened};
use super::recover::tell_waiting;
use crate::model::{Name, Progress, threads};
use crate::store::{self, ScannedSet};

/// Counts what is in a project
///
/// Prints the number of articles, characters (code points) and words, of annotations by annotator and label, and of
/// articles that each annotator has begun and done.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak stats trips/
  jejak stats trips/ --json | jq '.annotations.a.trip'")]
pub(super) struct Stats {
    /// The project folder
    project: PathBuf,
    /// Annotators; where none are named, those that the project compares and the set that receives decisions
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    sets: Vec<String>,
    /// Prints one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Default, Serialize)]
struct ProjectCounts {
    articles: usize,
    /// Code points.
    characters: u64,
    words: u64,
    annotators: Vec<Name>,
    /// By annotator and label.
    annotations: BTreeMap<Name, BTreeMap<Name, usize>>,
    /// By annotator: articles begun, articles done; of the rest nothing was said yet. Of the set that receives decisions in
    /// `review` alone.
    progress: BTreeMap<Name, ProgressCounts>,
    /// Articles of which the set that receives decisions is begun, and of which it is decided.
    review: ReviewCounts,
    /// Threads of comments, and how many of them are open.
    comments: CommentCounts,
}

#[derive(Debug, Default, Serialize)]
struct ReviewCounts {
    open: usize,
    decided: usize,
}

#[derive(Debug, Default, Serialize)]
struct CommentCounts {
    threads: usize,
    open: usize,
}

#[derive(Debug, Default, Serialize)]
struct ProgressCounts {
    in_progress: usize,
    done: usize,
}

impl Stats {
    pub fn run(self, output: &mut Output) -> Ended {
        let scan = store::scan(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        tell_waiting(output, &self.project)?;
        let total = scan.corpus().articles().len();
        let mut problems = scan.problems().len();
        let mut counts = ProjectCounts::default();
        let gold = scan.corpus().project.gold.clone();
        let mut names = chosen(&self.project, &scan.corpus().project, scan.makers(), &self.sets)?;
        if self.sets.is_empty() && scan.makers().contains(&gold) {
            names.push(gold.clone());
        }
        counts.annotations = names.iter().map(|name| (name.clone(), BTreeMap::new())).collect();
        let threads = threads(scan.corpus().all_comments());
        counts.comments.threads = threads.len();
        counts.comments.open = threads.iter().filter(|thread| !thread.resolved).count();
        let mut done = 0;
        scan.each(
            0..total,
            |_, scanned| scanned,
            |scanned| {
                output.progress("counting", done, total);
                done += 1;
                problems += scanned.problems.len();
                counts.articles += 1;
                counts.characters += u64::from(scanned.article.chars);
                counts.words += u64::from(scanned.article.words);
                let sets = scanned.sets.into_iter().filter(|set| names.contains(&set.annotator));
                for ScannedSet { annotator, set, .. } in sets {
                    let labels = counts.annotations.entry(annotator.clone()).or_default();
                    for record in set.iter() {
                        *labels.entry(record.label.clone()).or_default() += 1;
                    }
                    if annotator == gold {
                        match set.progress() {
                            Progress::Done => counts.review.decided += 1,
                            Progress::New | Progress::InProgress => counts.review.open += 1,
                        }
                        continue;
                    }
                    let progress = counts.progress.entry(annotator).or_default();
                    match set.progress() {
                        Progress::New => {}
                        Progress::InProgress => progress.in_progress += 1,
                        Progress::Done => progress.done += 1,
                    }
                }
                Ok(())
            },
        )?;
        counts.annotators = counts.annotations.keys().cloned().collect();
        if self.json {
            output.json_line(&counts)?;
        } else {
            counts.print(output, &gold)?;
        }
        if problems > 0 {
            output.finish()?;
            output.message(&format!("problems in the files: {problems}; see jejak check {}", self.project.display()));
        }
        Ok(problems > 0)
    }
}

impl ProjectCounts {
    fn print(&self, output: &mut Output, gold: &Name) -> Result<(), super::output::Ending> {
        output.line(&format!("articles    {}", self.articles))?;
        output.line(&format!("characters  {}", self.characters))?;
        output.line(&format!("words       {}", self.words))?;
        if self.comments.threads > 0 {
            output.line(&format!("comments    {} open, {} in all", self.comments.open, self.comments.threads))?;
        }
        for (annotator, labels) in &self.annotations {
            output.line("")?;
            let all: usize = labels.values().sum();
            let ProgressCounts { in_progress, done } = self.progress.get(annotator).unwrap_or(&ProgressCounts::NONE);
            if annotator == gold {
                let ReviewCounts { open, decided } = self.review;
                output.line(&format!("{annotator}: {all} annotations, {open} articles open, {decided} decided"))?;
            } else {
                output.line(&format!("{annotator}: {all} annotations, {in_progress} articles begun, {done} done"))?;
            }
            let width = labels.keys().map(|label| label.chars().count()).max().unwrap_or_default();
            for (label, count) in labels {
                output.line(&format!("  {label:width$}  {count:>6}"))?;
            }
        }
        Ok(())
    }
}

impl ProgressCounts {
    const NONE: Self = Self { in_progress: 0, done: 0 };
}
