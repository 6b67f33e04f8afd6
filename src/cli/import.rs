//! `jejak import`: annotations that other software wrote become sets of a project.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::export::{UnitArg, format_named};
use super::output::{Ended, Output, could_not};
use crate::formats::{Item, LabelMap, Page, Reading, Source, Take, Unit, Usage, Whole, respace, spaceless};
use crate::ingest::Draft;
use crate::model::{ArticleId, Name, Problem, Timestamp};
use crate::store::{self, Access, Added, Session};

/// Bring annotations of other software into a project
///
/// Articles that the project has already (the same text, or the same but for white space) get the annotations; others
/// are added. Labels are matched by --map, else by name; labels that the project does not know are kept under their own
/// name and can be added to its schema. What cannot be read is one line each, "FILE:LINE: why", and the rest comes in;
/// then the exit code is 1. All of it is one transaction, which one undo takes back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak import trips/ --format brat --annotator ana brat-data/
  jejak import trips/ --format conll --annotator model --map PER=person --map LOC=place out.conll
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
    /// Whose set it becomes; where a file holds the sets of several, each keeps its own name
    #[arg(long, value_name = "NAME")]
    annotator: String,
    /// Which label of the project a label of the files means; can be given again
    #[arg(long, value_name = "FILE-LABEL=LABEL")]
    map: Vec<String>,
    /// Add labels that the project does not know to its schema
    #[arg(long)]
    extend_schema: bool,
    /// What offsets count, where it is other than the format prescribes
    #[arg(long, value_enum)]
    unit: Option<UnitArg>,
    /// Print one JSON object: {"articles":{"added","known"},"annotations":{"added","known"},"problems":[…],…}
    #[arg(long)]
    json: bool,
}

/// What became of an import.
#[derive(Debug, Default, Serialize)]
struct Outcome {
    articles: Count,
    annotations: Count,
    referents: usize,
    /// Labels that the project did not know.
    new_labels: Vec<Name>,
    problems: Vec<Problem>,
}

#[derive(Debug, Default, Serialize)]
struct Count {
    added: usize,
    known: usize,
}

impl Import {
    pub fn run(self, output: &mut Output) -> Ended {
        let format = format_named(&self.format)?;
        if !format.card().reads {
            return Err(could_not(format!("{} is written only", format.card().name)));
        }
        let map = LabelMap::of_pairs(&self.map).map_err(could_not)?;
        let annotator = set_name(&self.annotator).map_err(could_not)?;
        let source = Source::of_paths(&self.files).map_err(could_not)?;
        let mut outcome = Outcome::default();

        let (mut pages, mut whole) = (Vec::new(), Whole::default());
        let reading = Reading::new(&annotator, Timestamp::now(), self.unit.map(Unit::from));
        format.read(&source, &reading, &mut |item| match item {
            Item::Page(page) => pages.push(*page),
            Item::Whole(found) => whole = *found,
            Item::Problem(problem) => outcome.problems.push(problem),
        });
        if pages.is_empty() {
            self.report(output, &outcome)?;
            output.finish()?;
            return Err(could_not("there is no article in what was to be read"));
        }
        let mut usage = Usage::default();
        let known = store::scan(&self.project).map_err(could_not)?;
        let schema = known.corpus().schema.clone();
        for page in &mut pages {
            if let [only] = &mut page.sets[..] {
                only.annotator = annotator.clone();
            }
            // A name is a folder's name too: one from a file must not lead anywhere else.
            page.sets.retain(|layer| match set_name(&layer.annotator) {
                Ok(_) => true,
                Err(error) => {
                    let count = layer.records.len();
                    let message = format!("{error}; {count} annotations of article {} were left out", page.id);
                    outcome.problems.push(Problem::error("annotator", message));
                    false
                }
            });
            map.apply(&schema, page);
            usage.add(page);
        }
        let new_labels = usage.new_labels(&schema, &whole.labels);
        outcome.new_labels = new_labels.iter().map(|label| label.name.clone()).collect();
        find_by_words(known, &mut pages);

        if self.extend_schema && !new_labels.is_empty() {
            Session::add_labels(&self.project, &new_labels).map_err(could_not)?;
        }
        let mut session = Session::open(&self.project, &annotator, Access::Write).map_err(could_not)?;
        bring_in(&mut session, &pages, &whole, &annotator, &mut outcome).map_err(could_not)?;
        session.close().map_err(could_not)?;
        self.report(output, &outcome)?;
        Ok(!outcome.problems.is_empty())
    }

    fn report(&self, output: &mut Output, outcome: &Outcome) -> Result<(), super::output::Ending> {
        if self.json {
            output.json(outcome)?;
            return output.raw("\n");
        }
        for problem in &outcome.problems {
            output.line(&problem.to_string())?;
        }
        let Outcome { articles, annotations, referents, new_labels, problems } = outcome;
        output.line(&format!(
            "articles: {} added, {} known; annotations: {} added, {} known; referents: {referents}; problems: {}",
            articles.added,
            articles.known,
            annotations.added,
            annotations.known,
            problems.len()
        ))?;
        if !new_labels.is_empty() {
            let names: Vec<&str> = new_labels.iter().map(Name::as_str).collect();
            let what = if self.extend_schema { "added to the schema" } else { "not in the schema (--extend-schema)" };
            output.line(&format!("labels {what}: {}", names.join(", ")))?;
        }
        Ok(())
    }
}

/// Whose a set can be: an annotator's, or the adjudicated one.
fn set_name(text: &str) -> Result<Name, store::AnnotatorError> {
    if text == "gold" { Ok(text.into()) } else { store::annotator(text) }
}

/// Gives the text of the project to pages that differ from it in white space alone.
fn find_by_words(scan: store::Scan, pages: &mut [Page]) {
    let exact: std::collections::HashSet<String> =
        scan.corpus().articles().iter().map(|article| article.sha256.clone()).collect();
    let mut wanted: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        if !exact.contains(&page.text.sha256()) {
            wanted.entry(spaceless(page.text.as_str())).or_default().push(at);
        }
    }
    if wanted.is_empty() {
        return;
    }
    for text in scan.filter_map(|scanned| scanned.text) {
        for at in wanted.remove(&spaceless(text.as_str())).into_iter().flatten() {
            respace(&mut pages[at], &text);
        }
    }
}

/// Adds what is new and the annotations of all as one transaction.
fn bring_in(
    session: &mut Session,
    pages: &[Page],
    whole: &Whole,
    annotator: &Name,
    outcome: &mut Outcome,
) -> Result<(), store::StoreError> {
    let known: HashMap<String, ArticleId> =
        session.corpus().articles().iter().map(|article| (article.sha256.clone(), article.id.clone())).collect();
    for page in pages {
        let whose: Vec<Name> = page.sets.iter().map(|layer| layer.annotator.clone()).collect();
        if let Some(id) = known.get(&page.text.sha256()) {
            session.load(id, &whose)?;
        }
    }
    let drafts = pages.iter().map(draft).collect();
    let title = format!("import {} articles", pages.len());
    let mut taken = crate::formats::Taken::default();
    let added = session.add_articles_and(drafts, &title, |corpus, added| {
        let mut take = Take::new(corpus);
        for (page, added) in pages.iter().zip(added) {
            let (Added::Added { id, .. } | Added::Skipped { same_as: id, .. }) = added;
            for layer in &page.sets {
                take.layer(id, layer);
            }
        }
        for (whose, referents) in whole.referents.iter().filter(|(whose, _)| set_name(whose).is_ok()) {
            let whose = if whole.referents.len() == 1 { annotator } else { whose };
            take.referents(whose, referents.values());
        }
        taken = take.taken;
        take.edits()
    })?;
    outcome.articles.added = added.iter().filter(|added| matches!(added, Added::Added { .. })).count();
    outcome.articles.known = added.len() - outcome.articles.added;
    outcome.annotations = Count { added: taken.annotations, known: taken.known };
    outcome.referents = taken.referents;
    Ok(())
}

fn draft(page: &Page) -> Draft {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let about = &page.about;
    let named = if page.id.is_empty() { "imported" } else { &page.id };
    Draft {
        text: page.text.as_str().to_owned(),
        title: given(&about.title).or_else(|| headline(page)).unwrap_or_else(|| named.to_owned()),
        publisher: given(&about.publisher),
        published: given(&about.published),
        url: given(&about.url),
        language: given(&about.language),
        source: given(&about.source).unwrap_or_else(|| named.to_owned()),
        source_sha256: about.source_sha256.clone(),
        notes: Vec::new(),
    }
}

/// The first line that says something, cut where it is long.
fn headline(page: &Page) -> Option<String> {
    let line = page.text.as_str().lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().take(80).collect())
}
