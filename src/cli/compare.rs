//! `jejak compare`: where two annotators differ.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::output::{Ended, Ending, Output, not_opened};
use super::recover::tell_waiting;
use crate::model::{ArticleId, Corpus, Name, Project};
use crate::review::{MentionClusters, Review, Strategy, Why};
use crate::store::{self, Scanned};

/// Lists the differences between two annotators
///
/// Prints one line for each: the article, the place in code points, the kind (missing, boundary, label, attribute, role,
/// identity), the thing, and what each of the two says of it; below it the reason, where one of the two is an adjudicated
/// set. Articles that only one of the two has begun are left out. Identity is compared across all articles.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak compare trips/ a b
  jejak compare trips/ a gold 000
  jejak compare trips/ a b --json | jq 'select(.kind == \"role\")'

Exit code: 0 they agree, 1 they differ, 2 could not be compared")]
pub(super) struct Compare {
    /// The project folder
    project: PathBuf,
    /// One annotator
    a: String,
    /// The other one
    b: String,
    /// One article alone
    article: Option<String>,
    /// Prints one JSON object for each difference
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Difference<'a> {
    article: &'a ArticleId,
    /// Code points.
    start: Option<u32>,
    end: Option<u32>,
    kind: &'static str,
    slot: String,
    about: String,
    a: String,
    b: String,
    /// The reason, where one of the two is an adjudicated set and somebody decided it.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<CaseReason>,
}

#[derive(Debug, Serialize)]
struct CaseReason {
    by: Name,
    adopted: Vec<Name>,
    reason: String,
    gap: String,
}

impl Compare {
    pub fn run(self, output: &mut Output) -> Ended {
        let scan = store::scan(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let names = [Name::new(&self.a), Name::new(&self.b)];
        known(&self.project, scan.makers(), &names)?;
        let wanted = self.article.as_deref();
        if let Some(id) = wanted
            && !scan.corpus().articles().iter().any(|article| &*article.id == id)
        {
            return Err(Ending::CouldNot(format!("{}: there is no article {id}", self.project.display())));
        }
        let scan = scan.only(&names.each_ref());
        let total = scan.corpus().articles().len();
        let mut corpus = scan.corpus().clone();
        let mut differ = tell_waiting(output, &self.project)?;
        let none = Name::new("");
        let mut mentions = MentionClusters::new(&names, &none);
        for (done, scanned) in scan.clone().enumerate() {
            output.progress("aligning", done, total);
            for sentence in &scanned.unread {
                output.message(&format!("{}: {sentence}", self.project.display()));
                differ = true;
            }
            let id = scanned.article.id.clone();
            if load(&mut corpus, scanned, &names, 2) {
                mentions.add(&corpus, &Review::open(&corpus, &id, &names, &none, Strategy::Unanimous));
                corpus.unload(&id);
            }
        }
        let across = mentions.align();
        for (done, scanned) in scan.enumerate().filter(|(_, it)| wanted.is_none_or(|id| &*it.article.id == id)) {
            output.progress("comparing", done, total);
            let id = scanned.article.id.clone();
            if !load(&mut corpus, scanned, &names, 2) {
                continue;
            }
            let review = Review::open_across(&corpus, &id, &names, &none, Strategy::Unanimous, Some(&across));
            for case in &review.cases {
                differ = true;
                let entry = review.entry(&corpus, case);
                let said = review.readings(&corpus, case);
                let of = |who: usize| {
                    said.iter().find(|it| it.by.contains(&who)).map_or(String::new(), |it| it.said.clone())
                };
                let text = corpus.text(&id);
                let place = entry.place.and_then(|at| Some(text?.to_chars(at)));
                let difference = Difference {
                    article: &id,
                    start: place.map(|at| at.0),
                    end: place.map(|at| at.1),
                    kind: entry.kind.name(),
                    slot: entry.slot.to_string(),
                    about: entry.title,
                    a: of(0),
                    b: of(1),
                    why: review.why(&corpus, case).map(|Why { by, adopted, reason, gap, .. }| CaseReason {
                        by,
                        adopted,
                        reason,
                        gap,
                    }),
                };
                if self.json {
                    output.json_line(&difference)?;
                } else {
                    difference.print(output, &names)?;
                }
            }
            corpus.unload(&id);
        }
        Ok(differ)
    }
}

impl Difference<'_> {
    fn print(&self, output: &mut Output, names: &[Name; 2]) -> Result<(), Ending> {
        let place = match (self.start, self.end) {
            (Some(start), Some(end)) => format!("{start}-{end}"),
            _ => "-".to_owned(),
        };
        let slot = if self.slot == self.kind { String::new() } else { format!(" {}", self.slot) };
        let said = |said: &str| if said.is_empty() { "nothing".to_owned() } else { said.to_owned() };
        output.line(&format!(
            "{}:{place}: {}{slot}: {}: {} {}, {} {}",
            self.article,
            self.kind,
            self.about,
            names[0],
            said(&self.a),
            names[1],
            said(&self.b)
        ))?;
        let Some(CaseReason { by, adopted, reason, gap }) = &self.why else { return Ok(()) };
        let adopted: Vec<&str> = adopted.iter().map(Name::as_str).collect();
        let from = if adopted.is_empty() { String::new() } else { format!(" as {} has it", adopted.join(", ")) };
        let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        let gap = if gap.is_empty() { String::new() } else { format!(" (guideline gap: {gap})") };
        output.line(&format!("  decided by {by}{from}{reason}{gap}"))
    }
}

/// The sets that a command is about: those that are named, else those that the project compares; `makers` have sets.
pub(super) fn chosen(
    dir: &std::path::Path,
    project: &Project,
    makers: &[Name],
    named: &[String],
) -> Result<Vec<Name>, Ending> {
    if named.is_empty() {
        return Ok(project.compared(makers));
    }
    let names: Vec<Name> = named.iter().map(|name| Name::new(name)).collect();
    known(dir, makers, &names)?;
    Ok(names)
}

/// Refuses names that are not among those that are there.
pub(super) fn known(project: &std::path::Path, there: &[Name], names: &[Name]) -> Result<(), Ending> {
    match names.iter().find(|name| !there.contains(name)) {
        Some(name) => Err(Ending::CouldNot(format!("{}: there is no annotator \"{name}\"", project.display()))),
        None => Ok(()),
    }
}

/// Takes an article and its sets into a corpus; does not where fewer than `least` of `names` have a set in it.
pub(super) fn load(corpus: &mut Corpus, scanned: Scanned, names: &[Name], least: usize) -> bool {
    let begun = scanned.sets.iter().filter(|set| names.contains(&set.annotator)).count();
    begun >= least && scanned.load_into(corpus)
}
