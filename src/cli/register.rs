//! `jejak register`: who and what is mentioned, over all articles.

use clap::Args;
use serde::Serialize;

use super::output::{Ended, Ending, Output, could_not};
use super::over_articles::{Form, OverArticles, counted};
use crate::corpus::register::{Entry, Evidence, Register, suspects};
use crate::model::{Id, Name};

/// Lists who and what is mentioned, over all articles
///
/// Prints one line for each person, organization, place and other thing that mentions are of: label, name, other names,
/// mentions, articles, first and last day, and what it is called outside. Mentions that nobody said the referent of are listed
/// by their words. With --suspects it prints the pairs that may be one thing, each with the reason: names of one place (alias),
/// the same words (fingerprint), all words of one within the other (within), few other letters (spelling). Pairs that were
/// judged are left out.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak register trips/
  jejak register trips/ --set a --label place --csv > places.csv
  jejak register trips/ --suspects")]
pub(super) struct RegisterCommand {
    #[command(flatten)]
    of: OverArticles,
    /// Only entries of this label
    #[arg(long, value_name = "LABEL")]
    label: Option<String>,
    /// Pairs that may be one thing
    #[arg(long)]
    suspects: bool,
    #[command(flatten)]
    form: Form,
}

#[derive(Debug, Serialize)]
struct EntryLine<'a> {
    label: &'a Name,
    name: &'a str,
    referent: Option<Id>,
    other_names: Vec<&'a str>,
    mentions: usize,
    articles: usize,
    first: Option<String>,
    last: Option<String>,
    external: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SuspectLine<'a> {
    method: &'static str,
    label: &'a Name,
    one: &'a str,
    other: &'a str,
    referents: [Option<Id>; 2],
    evidence: String,
}

impl RegisterCommand {
    pub fn run(self, output: &mut Output) -> Ended {
        let opened = self.of.open(output)?;
        let wanted = match &self.label {
            Some(label) => match opened.index.schema().label(label) {
                Some(def) => Some(def.name.clone()),
                None => return Err(could_not(format!("the schema has no label {label}"))),
            },
            None => None,
        };
        let register = Register::of(&opened.index, &|_| true);
        let fits = |entry: &Entry| wanted.as_ref().is_none_or(|label| entry.label == *label);
        if self.suspects {
            let found = suspects(&register, opened.index.judgements());
            let found = found.iter().filter(|it| fits(&register.entries[it.of.0]));
            let lines: Vec<SuspectLine<'_>> = found
                .map(|it| {
                    let (one, other) = (&register.entries[it.of.0], &register.entries[it.of.1]);
                    SuspectLine {
                        method: it.evidence.method(),
                        label: &one.label,
                        one: &it.names.0,
                        other: &it.names.1,
                        referents: [one.referent, other.referent],
                        evidence: evidence(&it.evidence),
                    }
                })
                .collect();
            self.print_suspects(output, &lines)?;
            output.message(&format!("{} may be one thing", counted(lines.len(), "pair")));
            return Ok(opened.problems);
        }
        let lines: Vec<EntryLine<'_>> =
            register.entries.iter().filter(|entry| fits(entry)).map(EntryLine::of).collect();
        self.print(output, &lines)?;
        output.message(&match lines.len() {
            1 => "1 entry".to_owned(),
            many => format!("{many} entries"),
        });
        Ok(opened.problems)
    }

    fn print(&self, output: &mut Output, lines: &[EntryLine<'_>]) -> Result<(), Ending> {
        if self.form.csv {
            let head =
                ["label", "name", "referent", "other_names", "mentions", "articles", "first", "last", "external"];
            let row = |it: &EntryLine<'_>| {
                vec![
                    it.label.to_string(),
                    it.name.to_owned(),
                    it.referent.map(|id| id.to_string()).unwrap_or_default(),
                    it.other_names.join("; "),
                    it.mentions.to_string(),
                    it.articles.to_string(),
                    it.first.clone().unwrap_or_default(),
                    it.last.clone().unwrap_or_default(),
                    it.external.join("; "),
                ]
            };
            return output.table(&super::over_articles::csv(&head, lines.iter().map(row)));
        }
        lines.iter().try_for_each(|line| output.result(self.form.json, line, &line.words()))
    }

    fn print_suspects(&self, output: &mut Output, lines: &[SuspectLine<'_>]) -> Result<(), Ending> {
        if self.form.csv {
            let head = ["method", "label", "one", "other", "referent_one", "referent_other", "evidence"];
            let id = |id: Option<Id>| id.map(|id| id.to_string()).unwrap_or_default();
            let row = |it: &SuspectLine<'_>| {
                let [one, other] = it.referents.map(id);
                let (label, evidence) = (it.label.to_string(), it.evidence.clone());
                vec![it.method.to_owned(), label, it.one.to_owned(), it.other.to_owned(), one, other, evidence]
            };
            return output.table(&super::over_articles::csv(&head, lines.iter().map(row)));
        }
        lines.iter().try_for_each(|line| {
            let words = format!(
                "{}: {} \"{}\" and \"{}\"{}",
                line.method,
                line.label,
                line.one,
                line.other,
                line.evidence_words()
            );
            output.result(self.form.json, line, &words)
        })
    }
}

impl SuspectLine<'_> {
    fn evidence_words(&self) -> String {
        if self.evidence.is_empty() { String::new() } else { format!(" ({})", self.evidence) }
    }
}

/// The reason, beside the name of its method.
fn evidence(of: &Evidence) -> String {
    match of {
        Evidence::Alias(place) => format!("{}, GeoNames {}", place.name, place.id),
        Evidence::Fingerprint => String::new(),
        Evidence::Within(titles) => titles.join(" "),
        Evidence::Spelling(edits) => format!("{edits} other letters"),
    }
}

impl<'a> EntryLine<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self {
            label: &entry.label,
            name: &entry.name,
            referent: entry.referent,
            other_names: entry.other_names.iter().map(|(name, _)| name.as_str()).collect(),
            mentions: entry.mentions.len(),
            articles: entry.articles,
            first: entry.days.map(|(first, _)| first.to_string()),
            last: entry.days.map(|(_, last)| last.to_string()),
            external: entry.external.iter().map(|(register, id)| format!("{register} {id}")).collect(),
        }
    }

    fn words(&self) -> String {
        let mut words = format!(
            "{} \"{}\": {} in {}",
            self.label,
            self.name,
            counted(self.mentions, "mention"),
            counted(self.articles, "article")
        );
        match (&self.first, &self.last) {
            (Some(first), Some(last)) if first != last => words += &format!(", {first} to {last}"),
            (Some(day), _) => words += &format!(", {day}"),
            _ => {}
        }
        if !self.other_names.is_empty() {
            words += &format!("; also \"{}\"", self.other_names.join("\", \""));
        }
        if !self.external.is_empty() {
            words += &format!("; {}", self.external.join(", "));
        }
        if self.referent.is_none() {
            words += "; no referent";
        }
        words
    }
}
