//! The plan of a data set.

use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::comments::CommentSelection;
use crate::formats::{Context, ExchangeDocument, Format, Lost, Options, Zones};
use crate::model::{Article, ArticleId, Comments, Corpus, Id, LabelDef, Name, Problem, Progress, Schema, Target};
use crate::say::is_reserved;
use crate::store::{OpenError, Scanned};

/// The plan of a data set.
#[derive(Clone)]
pub struct Plan {
    /// In which format.
    pub format: &'static dyn Format,
    /// The annotators whose sets are written, in this order.
    pub sets: Vec<Name>,
    /// The articles and labels.
    pub choice: DatasetSelection,
    /// The fate of zones.
    pub zones: Zones,
    /// The options of the format.
    pub options: Options,
    /// Into which parts; none for one whole.
    pub split: Option<Split>,
    /// Under which terms the data may be used; empty where it is not said.
    pub licence: String,
    /// The losses that are allowed.
    pub allowed: Vec<Lost>,
}

/// A selection of articles and labels of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DatasetSelection {
    /// These articles alone; all where none is named.
    pub articles: Vec<ArticleId>,
    /// Articles that have come so far.
    pub stage: Stage,
    /// Articles whose title, publisher or id contain this.
    pub filter: String,
    /// These labels alone; all where none is named.
    pub labels: Vec<Name>,
}

/// The progress that an article must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// However far.
    #[default]
    Any,
    /// Everyone whose set is written has begun it.
    Begun,
    /// Everyone whose set is written says that it is done.
    Done,
    /// The adjudicated set of the project says that it is done, whoever's sets are written.
    Decided,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 4] = [Self::Any, Self::Begun, Self::Done, Self::Decided];

    /// The stage as options name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Begun => "begun",
            Self::Done => "done",
            Self::Decided => "decided",
        }
    }
}

/// The split of a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Each part's name and its share of the articles, in any measure.
    pub shares: Vec<(String, u32)>,
    /// Another seed deals the articles otherwise.
    pub seed: u64,
    /// The grouping of articles that stay together.
    pub group: Grouping,
}

/// A rule for articles that never come into different parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Grouping {
    /// Those about the same trip, claim or other frame: annotations of one referent.
    pub trip: bool,
    /// Near-duplicates, from the similarity on at which adding an article says so.
    pub duplicate: bool,
    /// Those of one publisher, or of one host where no publisher is known.
    pub source: bool,
}

impl Grouping {
    /// The kinds that are on, as options name them.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let all = [(self.trip, "trip"), (self.duplicate, "duplicate"), (self.source, "source")];
        all.into_iter().filter(|(on, _)| *on).map(|(_, name)| name).collect()
    }
}

impl Split {
    /// Shares as `80/10/10` (train, dev, test), `80/20` (train, test), or with names: `train=80/dev=10/a=5/b=5`.
    ///
    /// # Errors
    /// One sentence that says what is wrong with them.
    pub fn shares(text: &str) -> Result<Vec<(String, u32)>, Message> {
        const PARTS: usize = 16;
        let pieces: Vec<&str> = text.split('/').map(str::trim).collect();
        let usual: &[&str] = match pieces.len() {
            2 => &["train", "test"],
            3 => &["train", "dev", "test"],
            _ => &[],
        };
        let mut shares: Vec<(String, u32)> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let (name, share) = match piece.split_once('=') {
                Some((name, share)) => (name.trim(), share.trim()),
                None => (usual.get(at).copied().unwrap_or_default(), *piece),
            };
            let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if name.is_empty() || name.len() > 32 || !name.chars().all(fits) {
                return Err(message!("split-form", text = text));
            }
            if shares.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
                return Err(message!("split-twice", text = text, name = name));
            }
            if is_reserved(name) {
                return Err(message!("split-name", text = text, name = name));
            }
            let share = share.parse::<u32>().ok().filter(|share| (1..=1_000_000).contains(share));
            let share = share.ok_or_else(|| message!("split-share", text = text, piece = piece))?;
            shares.push((name.to_owned(), share));
        }
        if shares.len() < 2 || shares.len() > PARTS {
            return Err(message!("split-parts", text = text, parts = PARTS));
        }
        Ok(shares)
    }
}

/// The reason why a data set was not made.
#[derive(Debug, thiserror::Error)]
pub enum DatasetFailure {
    /// Whoever watched its progress did not want it any more.
    Stopped,
    /// The project cannot be opened.
    Unopened(#[from] OpenError),
    /// It cannot be as it was asked for, or a file of the project cannot be read: one sentence.
    Impossible(Message),
    /// The target cannot be written; nothing stands there then.
    Unwritten {
        /// The target.
        path: PathBuf,
        /// The system's error.
        why: std::io::Error,
    },
}

impl InWords for DatasetFailure {
    fn in_words(&self) -> Message {
        match self {
            Self::Stopped => message!("export-stopped"),
            Self::Unopened(error) => error.in_words(),
            Self::Impossible(why) => why.clone(),
            Self::Unwritten { path, why } => message!("file-why", file = path.display(), why = why),
        }
    }
}

in_english!(DatasetFailure);

impl Plan {
    /// Everything of these sets in this format, and no loss allowed.
    #[must_use]
    pub fn new(format: &'static dyn Format, sets: Vec<Name>) -> Self {
        Self {
            format,
            sets,
            choice: DatasetSelection::default(),
            zones: Zones::default(),
            options: Options::default(),
            split: None,
            licence: String::new(),
            allowed: Vec::new(),
        }
    }

    /// Says whether all of the project is wanted.
    pub(super) fn is_whole(&self) -> bool {
        self.choice == DatasetSelection::default()
    }

    /// Says what a project lacks of what is asked for.
    pub(super) fn check(&self, corpus: &Corpus, annotators: &[Name]) -> Result<(), DatasetFailure> {
        let not = |why: Message| Err(DatasetFailure::Impossible(why));
        let card = self.format.info();
        if self.sets.is_empty() {
            return not(message!("export-no-set"));
        }
        if self.sets.len() > 1 && !card.several_sets {
            let names: Vec<&str> = self.sets.iter().map(Name::as_str).collect();
            return not(message!("export-one-set", format = card.name, names = names.join(", ")));
        }
        if let Some(missing) = self.sets.iter().find(|name| !annotators.contains(name)) {
            let there: Vec<&str> = annotators.iter().map(Name::as_str).collect();
            let there = if there.is_empty() { "none".into() } else { there.join(", ") };
            return not(message!("export-set-gone", missing = missing, there = there));
        }
        if let Some(missing) = self.choice.articles.iter().find(|id| corpus.article(id).is_none()) {
            return not(message!("no-article", article = missing));
        }
        if let Some(missing) = self.choice.labels.iter().find(|label| corpus.schema.label(label).is_none()) {
            let there: Vec<&str> = corpus.schema.labels.iter().map(|label| label.name.as_str()).collect();
            return not(message!("export-label-gone", missing = missing, there = there.join(", ")));
        }
        Ok(())
    }

    /// Says whether an article is wanted, by what is known about it alone.
    pub(super) fn wants(&self, article: &Article) -> bool {
        let named = self.choice.articles.is_empty() || self.choice.articles.contains(&article.id);
        named && article.fits(&self.choice.filter)
    }

    /// A wanted article as a page; none where it has not come far enough.
    pub(super) fn page(
        &self,
        corpus: &Corpus,
        comments: &CommentSelection,
        scanned: &Scanned,
    ) -> Result<Option<ExchangeDocument>, DatasetFailure> {
        let unread = || scanned.problems.first().map_or_else(|| message!("export-unreadable"), Problem::in_words);
        let text = scanned.text.as_ref().ok_or_else(|| DatasetFailure::Impossible(unread()))?;
        let set = |name: &Name| scanned.sets.iter().find(|set| set.annotator == *name).map(|set| &set.set);
        let reached = |name: &Name, least: Progress| set(name).is_some_and(|set| set.progress() >= least);
        let far_enough = match self.choice.stage {
            Stage::Any => true,
            Stage::Begun => self.sets.iter().all(|name| reached(name, Progress::InProgress)),
            Stage::Done => self.sets.iter().all(|name| reached(name, Progress::Done)),
            Stage::Decided => reached(&corpus.project.gold, Progress::Done),
        };
        if !far_enough {
            return Ok(None);
        }
        let mut page = ExchangeDocument::of(corpus, &scanned.article, text, &self.sets, set);
        page.comments = comments.about(&scanned.article.id);
        let labels = &self.choice.labels;
        if !labels.is_empty() {
            let of = |(name, id): &(Name, Id)| scanned.get(name, *id).is_some_and(|it| labels.contains(&it.label));
            for layer in &mut page.sets {
                layer.retain(|record| labels.contains(&record.label));
                layer.decisions.retain(|decision| !decision.annotation.is_empty() || decision.of.iter().any(of));
            }
        }
        self.zones.apply(&mut page, &corpus.schema);
        let ExchangeDocument { sets, comments, .. } = &page;
        if !comments.is_empty() {
            let chosen: HashSet<(Name, Id)> = sets
                .iter()
                .flat_map(|layer| layer.records.iter().map(|record| (layer.annotator.clone(), record.id)))
                .collect();
            page.retain_threads(|thread| match &thread.first().1.on {
                // One about an annotation goes where that goes; where it is gone, it is about nothing that was left
                // out.
                Target::Annotation(whose, id) => {
                    chosen.contains(&(whose.clone(), *id)) || scanned.get(whose, *id).is_none()
                }
                Target::Words | Target::Comment(..) => true,
            });
        }
        Ok(Some(page))
    }

    /// The project as the format is shown it: with the chosen labels alone, and with those comments that no page has.
    pub(super) fn corpus(&self, corpus: &Corpus, comments: &CommentSelection) -> Corpus {
        let mut chosen = corpus.clone();
        for who in corpus.all_comments().keys() {
            chosen.load_comments(who.clone(), if self.is_whole() { comments.strays(who) } else { Comments::new() });
        }
        if !self.choice.labels.is_empty() {
            chosen.schema = Arc::new(restricted(&corpus.schema, &self.choice.labels));
        }
        chosen
    }

    /// Returns the context of the format.
    pub(super) fn context<'a>(&'a self, corpus: &'a Corpus) -> Context<'a> {
        Context { corpus, annotators: &self.sets, options: &self.options }
    }
}

/// The schema with these labels alone; roles that nothing could fill any more go.
fn restricted(schema: &Schema, labels: &[Name]) -> Schema {
    let mut schema = schema.clone();
    schema.labels.retain(|label| labels.contains(&label.name));
    for LabelDef { roles, .. } in &mut schema.labels {
        for role in &mut *roles {
            role.fillers.retain(|filler| labels.contains(filler));
        }
        roles.retain(|role| !role.fillers.is_empty() || role.spans || !role.values.is_empty());
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_and_refused() {
        let said = |text: &str| match Split::shares(text) {
            Ok(shares) => shares.iter().map(|(name, share)| format!("{name} {share}")).collect::<Vec<_>>().join(", "),
            Err(why) => why.to_string().split(": ").nth(1).unwrap().to_owned(),
        };
        for (text, expected) in [
            ("80/10/10", "train 80, dev 10, test 10"),
            ("2/1", "train 2, test 1"),
            ("a=1/b=2/c=3/d=4", "a 1, b 2, c 3, d 4"),
            ("80", "write 80/10/10, 80/20 or train=80/dev=10/test=10"),
            ("a=80", "it has to have 2 to 16 parts"),
            ("80/0/20", "0 is not a share above 0"),
            ("80/-1", "-1 is not a share above 0"),
            ("a=1/A=1", "two parts are called A"),
            ("NUL=1/b=1", "NUL cannot be a file's name on every system"),
            ("..=1/b=2", "write 80/10/10, 80/20 or train=80/dev=10/test=10"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
