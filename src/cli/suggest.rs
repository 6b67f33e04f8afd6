//! `jejak suggest`: what the sources of suggestions say of articles, without a window.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::ask_programs;
use super::compare::known;
use super::fates;
use super::output::{Ended, Ending, Output, could_not, not_opened};
use crate::assist::{
    Learned, Lesson, OtherSet, Page, Record, SOURCES, Source as _, Suggestion, Wanted, program_of_source,
    program_source, set_of_source, set_source,
};
use crate::edit::{Edit, Transaction};
use crate::model::{
    Annotation, AnnotationSet, Article, ArticleId, Corpus, Id, Kind, Name, Origin, Progress, SetKind, Via,
};
use crate::store::settings::Program;
use crate::store::{Access, Loader, Session, annotator};

/// Suggests annotations, learned from what one maker has marked
///
/// Sources learn from one maker's own work in this project (lexicon, tagger, and what zones and frames look like) or know
/// phrases and patterns of Indonesian and English (dates, zones, frames); set:NAME is what stands in another set of the project,
/// such as a model's; command:NAME is a program of your own settings, which is run and given the articles. Nothing else is
/// fetched, and the same work gives the same suggestions. Suggestions are printed, or with --as written as a model's set, which becomes nobody's annotations by itself:
/// compare it with jejak evaluate, or look at it in the window.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak suggest trips/ --from a
  jejak suggest trips/ --from gold --source tagger --source lexicon --as tagger
  jejak suggest trips/ --from a --articles 004,005 --json
  jejak suggest trips/ --source set:bert --json
  jejak suggest trips/ --report")]
pub(super) struct Suggest {
    /// The project folder
    project: PathBuf,
    /// The maker from whose work is learned; the only person who has a set, where none is named
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// Only these sources: lexicon, tagger, dates, zones, frames, set:NAME, command:NAME
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    source: Vec<String>,
    /// Only these articles; those that the maker has not finished, where none are named
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    articles: Vec<String>,
    /// Looks nothing up in the names of places that come with the program
    #[arg(long)]
    no_gazetteer: bool,
    /// Writes the suggestions as the set of a model of this name
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
    /// Suggests nothing, and tells what became of suggestions in the window: of those to --from, or to everybody
    #[arg(long, conflicts_with_all = ["source", "articles", "no_gazetteer", "name"])]
    report: bool,
    /// Prints one JSON object a suggestion: {"article","source","label","start","end","quote","attributes","score"}; places in code points;
    /// with --report one a source and label
    #[arg(long)]
    json: bool,
}

/// The sources that are asked.
#[derive(Debug, Default)]
struct Asked {
    /// Those that learn or know by themselves.
    own: Vec<String>,
    /// Other sets of the project.
    sets: Vec<Name>,
    /// Programs of the person's settings.
    programs: Vec<Program>,
}

/// A suggestion as it is printed.
#[derive(Debug, Serialize)]
struct Line<'a> {
    article: &'a ArticleId,
    source: &'a Name,
    label: &'a Name,
    start: u32,
    end: u32,
    quote: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    attributes: &'a [(Name, String)],
    score: f32,
}

impl Suggest {
    pub fn run(self, output: &mut Output) -> Ended {
        if self.report {
            return fates::tell(output, &self.project, self.from.as_deref(), self.json);
        }
        let (corpus, loader) = Loader::open(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let Asked { own, sets, programs } = self.sources(&loader)?;
        // A set or a program alone needs nobody's work to learn from.
        let from = match own.is_empty() && self.from.is_none() {
            true => None,
            false => Some(self.maker(&corpus, &loader)?),
        };
        let wanted = Wanted { sources: own, gazetteer: !self.no_gazetteer };
        let mut lessons = Vec::new();
        let mut finished = BTreeSet::new();
        for (done, article) in corpus.articles().iter().enumerate() {
            output.progress("reading", done, corpus.articles().len());
            let Some(from) = &from else { break };
            let loaded = loader.read(article, std::slice::from_ref(from)).map_err(could_not)?;
            let Some(set) = loaded.found(from) else { continue };
            if set.progress() == Progress::Done {
                finished.insert(article.id.clone());
            }
            lessons.push(Lesson::new(&corpus.schema, &article.id, loaded.text(), Arc::new(set.clone())));
        }
        let articles = self.asked(&corpus, &finished)?;
        // Articles that are asked about are not learned from.
        lessons.retain(|lesson| !articles.iter().any(|article| article.id == lesson.article));
        let answers = ask_programs::ask(&programs, (&corpus, &loader), &articles, &lessons, output)?;
        let Some(learned) = Learned::of(&corpus.schema, &lessons, &wanted, &|| true) else { return Ok(false) };
        let mut session = match &self.name {
            None => None,
            Some(name) => {
                let name = annotator(name).map_err(could_not)?;
                if loader.annotators().contains(&name) && corpus.project.kind(&name) != SetKind::Model {
                    let project = self.project.display();
                    return Err(Ending::CouldNot(format!(
                        "{project}: {name} has sets that are not a model's; choose a new name"
                    )));
                }
                let mut session = Session::open(&self.project, &name, Access::Write)
                    .map_err(|error| not_opened(&self.project, &error))?;
                session.claim(&name, SetKind::Model).map_err(could_not)?;
                Some((name, session))
            }
        };
        let mut count = 0;
        for (done, article) in articles.iter().enumerate() {
            output.progress("suggesting", done, articles.len());
            let loaded = loader.read(article, &sets).map_err(could_not)?;
            let text = loaded.text();
            let nothing = AnnotationSet::default();
            let page = Page::new(&corpus.schema, &article.id, text, &nothing, &article.published);
            let by = session.as_ref().map(|(name, _)| name).or(from.as_ref());
            let by = by.cloned().unwrap_or_else(|| SetKind::Model.name().into());
            let others = |page: &Page<'_>| -> Vec<Suggestion> {
                let read = sets.iter().filter_map(|name| Some((name, loaded.found(name)?)));
                let said = answers.get(&article.id).into_iter().flatten();
                let said = said.flat_map(|(source, answer)| answer.suggestions(source, page, &Record::default()));
                read.flat_map(|(name, set)| OtherSet::new(name, set, None).suggest(page)).chain(said).collect()
            };
            let mut records = Records::default();
            let found = learned.suggest_with(&page, others(&page), &BTreeSet::new());
            records.take(&found, &by, &corpus, &[Kind::Zone, Kind::Entity]);
            // Frames are filled by mentions, so they are looked for once those are there.
            let mentions = AnnotationSet::new(records.all.iter().cloned(), Progress::InProgress);
            let page = Page::new(&corpus.schema, &article.id, text, &mentions, &article.published);
            let frames = learned.suggest_frames(&page, others(&page), &BTreeSet::new());
            records.take(&frames, &by, &corpus, &[Kind::Frame]);
            count += records.all.len();
            match &mut session {
                Some((name, session)) => write(session, name, &article.id, &records.all)?,
                None => self.print(output, article, text, &records)?,
            }
        }
        if let Some((name, session)) = session {
            session.close().map_err(could_not)?;
            output.message(&format!("{count} suggestions in {} articles written for {name}", articles.len()));
        }
        Ok(false)
    }

    /// The sources that are asked.
    fn sources(&self, loader: &Loader) -> Result<Asked, Ending> {
        if self.source.is_empty() {
            return Ok(Asked { own: Wanted::default().sources, ..Asked::default() });
        }
        let (mut own, mut sets, mut programs) = (Vec::new(), Vec::new(), Vec::new());
        for name in &self.source {
            match set_of_source(name) {
                Some(set) => {
                    known(&self.project, &loader.makers(), std::slice::from_ref(&set))?;
                    sets.push(set);
                }
                None if program_of_source(name).is_some() => {
                    programs.push(ask_programs::program(program_of_source(name).unwrap_or_default())?);
                }
                None if SOURCES.contains(&name.as_str()) => own.push(name.clone()),
                None => {
                    let all = SOURCES.join(", ");
                    let (set, program) = (set_source(&"NAME".into()), program_source("NAME"));
                    let none = format!("there is no source \"{name}\"; there are {all}, {set}, {program}");
                    return Err(Ending::CouldNot(none));
                }
            }
        }
        Ok(Asked { own, sets, programs })
    }

    fn maker(&self, corpus: &Corpus, loader: &Loader) -> Result<Name, Ending> {
        let makers = loader.makers();
        if let Some(name) = &self.from {
            let name = Name::new(name);
            known(&self.project, &makers, std::slice::from_ref(&name))?;
            return Ok(name);
        }
        match &corpus.project.compared(&makers)[..] {
            [only] => Ok(only.clone()),
            all => {
                let project = self.project.display();
                Err(Ending::CouldNot(format!("{project}: {} persons have sets; --from names one of them", all.len())))
            }
        }
    }

    fn asked(&self, corpus: &Corpus, finished: &BTreeSet<ArticleId>) -> Result<Vec<Arc<Article>>, Ending> {
        if self.articles.is_empty() {
            let open = corpus.articles().iter().filter(|article| !finished.contains(&article.id));
            return Ok(open.cloned().collect());
        }
        let find = |id: &String| {
            let article = ArticleId::new(id).and_then(|id| corpus.article(&id).cloned());
            article.ok_or_else(|| Ending::CouldNot(format!("{}: there is no article \"{id}\"", self.project.display())))
        };
        self.articles.iter().map(find).collect()
    }

    fn print(
        &self,
        output: &mut Output,
        article: &Article,
        text: &crate::text::Text,
        records: &Records,
    ) -> Result<(), Ending> {
        for (record, score) in records.all.iter().zip(&records.scores) {
            let Some(extent) = record.extent() else { continue };
            let (start, end) = text.to_chars(extent);
            let (score, quote) = (f32::from(*score) / 1000.0, text.slice(extent));
            let Via::Suggestion { source, .. } = &record.origin.via else { continue };
            if self.json {
                let (label, attributes) = (&record.label, &record.attributes[..]);
                output.json_line(&Line {
                    article: &article.id,
                    source,
                    label,
                    start,
                    end,
                    quote,
                    attributes,
                    score,
                })?;
                continue;
            }
            let values: String = record.attributes.iter().map(|(name, value)| format!(" {name}={value}")).collect();
            output
                .line(&format!("{} {start}-{end} {} {score:.2} {source}: {quote}{values}", article.id, record.label))?;
        }
        Ok(())
    }
}

/// Suggestions as records of a model.
#[derive(Debug, Default)]
struct Records {
    all: Vec<Arc<Annotation>>,
    scores: Vec<u16>,
}

impl Records {
    /// Takes suggestions of these kinds. Ids count up, so that they are the same each time.
    fn take(&mut self, suggestions: &[Suggestion], by: &Name, corpus: &Corpus, kinds: &[Kind]) {
        for suggestion in suggestions {
            if !kinds.contains(&corpus.schema.kind(&suggestion.label)) {
                continue;
            }
            let id: Option<Id> = format!("s{}", self.all.len() + 1).parse().ok();
            let via = Via::Suggestion { source: suggestion.source.clone(), score: suggestion.score, changed: false };
            let mut record =
                Annotation::new(&suggestion.label, suggestion.at.clone(), Origin { via, ..Origin::hand(by) });
            record.id = id.unwrap_or(record.id);
            record.attributes.clone_from(&suggestion.attributes);
            record.roles.clone_from(&suggestion.roles);
            self.all.push(Arc::new(record));
            self.scores.push(suggestion.score);
        }
    }
}

/// Replaces what a model has in an article.
fn write(session: &mut Session, name: &Name, article: &ArticleId, records: &[Arc<Annotation>]) -> Result<(), Ending> {
    session.load(article, std::slice::from_ref(name)).map_err(could_not)?;
    let key = (article.clone(), name.clone());
    let before: Vec<Arc<Annotation>> =
        session.corpus().set(article, name).map_or(Vec::new(), |set| set.iter().cloned().collect());
    let mut transaction = Transaction::new("suggest", name);
    let gone = before.iter().filter(|old| !records.iter().any(|new| new.id == old.id));
    transaction.edits.extend(gone.map(|old| Edit::new(key.clone(), Some(old.clone()), None)));
    for record in records {
        let old = before.iter().find(|old| old.id == record.id).cloned();
        transaction.edits.push(Edit::new(key.clone(), old, Some(record.clone())));
    }
    session.commit(transaction).map_err(could_not)?;
    session.unload(article).map_err(could_not)?;
    Ok(())
}
