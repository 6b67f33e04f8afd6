//! `jejak consistency`: what is marked in one way here and in another there.

use clap::Args;
use serde::Serialize;

use super::output::{Ended, Output};
use super::over_articles::{Form, OverArticles, counted, csv};
use crate::corpus::consistency::{Example, Finding, Mend, consistency};
use crate::model::{ArticleId, Id};

/// Lists what is marked in one way here and in another there
///
/// Prints one line for each finding: equal words with other labels, words that are labelled here and not there, a referent with
/// two labels, a value that is none of its label's or says something else than its words, a person who travels to two places on
/// one day, claims of one claimant that contradict each other. What was said to be right in the window is left out. It exits with
/// 1 where it finds something.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak consistency trips/
  jejak consistency trips/ --set a --csv > look-at.csv
  jejak consistency trips/ --json | jq -r 'select(.rule == \"unlabelled\") | .about'")]
pub(super) struct ConsistencyCommand {
    #[command(flatten)]
    of: OverArticles,
    #[command(flatten)]
    form: Form,
}

#[derive(Debug, Serialize)]
struct FindingLine<'a> {
    rule: &'static str,
    about: &'a str,
    sides: Vec<Side<'a>>,
    /// The change that would mend it, in a word: a label or a value.
    mend: Option<String>,
    examples: Vec<ExampleLine<'a>>,
}

#[derive(Debug, Serialize)]
struct Side<'a> {
    /// Empty for words without a label.
    is: &'a str,
    count: usize,
}

#[derive(Debug, Serialize)]
struct ExampleLine<'a> {
    article: &'a ArticleId,
    annotation: Option<Id>,
    words: &'a str,
}

impl ConsistencyCommand {
    pub fn run(self, output: &mut Output) -> Ended {
        let opened = self.of.open(output)?;
        let found = consistency(&opened.snapshot, &opened.index, &|_| true, &|| true).expect("nobody stops it");
        let (found, right) = found;
        let lines: Vec<FindingLine<'_>> = found.iter().map(FindingLine::of).collect();
        if self.form.csv {
            let head = ["rule", "about", "sides", "mend", "articles"];
            let row = |it: &FindingLine<'_>| {
                let articles: Vec<&str> = it.examples.iter().map(|it| &**it.article).collect();
                let mend = it.mend.clone().unwrap_or_default();
                vec![it.rule.to_owned(), it.about.to_owned(), it.counts(), mend, articles.join(" ")]
            };
            output.table(&csv(&head, lines.iter().map(row)))?;
        } else {
            for line in &lines {
                output.result(self.form.json, line, &line.words())?;
            }
        }
        output.message(&format!("{}, {right} said to be right", counted(lines.len(), "finding")));
        Ok(opened.problems || !lines.is_empty())
    }
}

impl<'a> FindingLine<'a> {
    fn of(finding: &'a Finding) -> Self {
        let example =
            |it: &'a Example| ExampleLine { article: &it.article.id, annotation: it.record, words: &it.words };
        Self {
            rule: finding.rule.code(),
            about: &finding.about,
            sides: finding.sides.iter().map(|(is, count)| Side { is, count: *count }).collect(),
            mend: finding.mend.as_ref().map(|mend| match mend {
                Mend::Label(label, _) => label.to_string(),
                Mend::Value(_, date, _) => date.to_string(),
            }),
            examples: finding.examples.iter().map(example).collect(),
        }
    }

    fn counts(&self) -> String {
        let side = |it: &Side<'_>| match it.is {
            "" => format!("{} without a label", it.count),
            is => format!("{} {is}", it.count),
        };
        self.sides.iter().map(side).collect::<Vec<_>>().join(", ")
    }

    fn words(&self) -> String {
        let mut articles: Vec<&str> = self.examples.iter().map(|it| &**it.article).collect();
        articles.dedup();
        format!("{}: \"{}\": {} in {}", self.rule, self.about, self.counts(), articles.join(", "))
    }
}
