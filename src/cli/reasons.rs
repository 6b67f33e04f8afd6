//! `jejak reasons`: why cases were decided as they were, and what the guideline lacks.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::compare::known;
use super::output::{Ended, Output, not_opened};
use super::recover::tell_waiting;
use crate::figures::reasons_csv;
use crate::model::{ArticleId, Name};
use crate::review::{ProjectReasons, Reasoned, grouped, project_reasons};
use crate::store;

/// Lists the reasons of decisions and the gaps of the guideline
///
/// Prints one line for each decision of which an adjudicator said the reason or the gap: the article, the place in code
/// points, the slot, the thing, what stands in the adjudicated set, whose reading it is, the reason and the gap. How often
/// each reason and each gap was said goes to stderr.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak reasons trips/
  jejak reasons trips/ --csv > for-the-guideline.csv
  jejak reasons trips/ --json | jq -r 'select(.gap != \"\") | .gap' | sort | uniq -c")]
pub(super) struct Reasons {
    /// The project folder
    project: PathBuf,
    /// The adjudicated set; where none is named, the one that receives decisions
    #[arg(long, value_name = "NAME")]
    gold: Option<String>,
    /// Only decisions of which a gap of the guideline was said
    #[arg(long)]
    gaps: bool,
    /// Prints one table for a spreadsheet
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Prints one JSON object for each decision
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct ReasonLine<'a> {
    article: &'a ArticleId,
    /// Code points.
    start: Option<u32>,
    end: Option<u32>,
    slot: String,
    about: &'a str,
    /// The value in the adjudicated set.
    value: &'a str,
    adopted: &'a [Name],
    by: &'a Name,
    at: String,
    reason: &'a str,
    gap: &'a str,
}

impl Reasons {
    pub fn run(self, output: &mut Output) -> Ended {
        let scan = store::scan(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let problems = tell_waiting(output, &self.project)?;
        let named = self.gold.map(|name| Name::new(&name));
        known(&self.project, scan.makers(), named.as_slice())?;
        let gold = named.unwrap_or_else(|| scan.corpus().project.gold.clone());
        let mut progress = |done: usize, total: usize| {
            output.progress("reading", done, total);
            true
        };
        let found = project_reasons(&scan, &gold, &mut progress).expect("nobody stops it");
        let ProjectReasons { mut all, unread } = found;
        for sentence in &unread {
            output.message(&format!("{}: {sentence}", self.project.display()));
        }
        all.retain(|it| !self.gaps || !it.why.gap.is_empty());
        if self.csv {
            output.table(&reasons_csv(&all))?;
        }
        for it in all.iter().filter(|_| !self.csv) {
            let line = ReasonLine::of(it);
            output.result(self.json, &line, &line.words())?;
        }
        let told = |name: &str, of: fn(&Reasoned) -> &str| {
            let said = grouped(all.iter().map(of));
            let said: Vec<String> = said.into_iter().map(|(text, by)| format!("{text} ({})", by.len())).collect();
            format!("{name}: {}", if said.is_empty() { "none".to_owned() } else { said.join(", ") })
        };
        output.message(&told("reasons", |it| &it.why.reason));
        output.message(&told("gaps of the guideline", |it| &it.why.gap));
        Ok(problems || !unread.is_empty())
    }
}

impl<'a> ReasonLine<'a> {
    fn of(it: &'a Reasoned) -> Self {
        Self {
            article: &it.article,
            start: it.chars.map(|at| at.0),
            end: it.chars.map(|at| at.1),
            slot: it.decision.slot.to_string(),
            about: &it.title,
            value: &it.said,
            adopted: &it.why.adopted,
            by: &it.why.by,
            at: it.why.at.to_string(),
            reason: &it.why.reason,
            gap: &it.why.gap,
        }
    }

    fn words(&self) -> String {
        let place = match (self.start, self.end) {
            (Some(start), Some(end)) => format!("{start}-{end}"),
            _ => "-".to_owned(),
        };
        let value = if self.value.is_empty() { "nothing" } else { self.value };
        let from =
            if self.adopted.is_empty() { String::new() } else { format!(", as {} has it", self.adopted.join(", ")) };
        let reason = if self.reason.is_empty() { String::new() } else { format!(": {}", self.reason) };
        let gap = if self.gap.is_empty() { String::new() } else { format!(" (guideline gap: {})", self.gap) };
        let Self { article, slot, about, by, .. } = self;
        format!("{article}:{place}: {slot}: {about}: {value}{from}; {by}{reason}{gap}")
    }
}
