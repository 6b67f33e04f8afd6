//! The words behind what is looked at: every quote with its article, in the sentence that it stands in.

use std::collections::HashMap;
use std::sync::Arc;

use crate::corpus::{Index, Item};
use crate::lang::InWords;
use crate::model::{ArticleId, Id, Name, Quote};
use crate::store::Snapshot;
use crate::t;
use crate::text::{Span, Text};
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::workspace::Workspace;

/// Texts that are kept at most; the words of one row are seldom in more articles.
const KEPT: usize = 500;
/// Bytes of context on each side of the words.
const CONTEXT: u32 = 160;

/// Everything that is said about what is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The thing that it is about.
    pub title: String,
    /// A line about it.
    pub detail: String,
    /// Its label.
    pub label: Option<Name>,
    /// The conflicts of articles about it, each with its rule in words.
    pub conflicts: Vec<(String, String)>,
    /// The quotes, by slot.
    pub groups: Vec<Group>,
}

/// The quotes of a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The slot.
    pub title: String,
    /// The quotes.
    pub quotes: Vec<Passage>,
}

/// Words of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The annotation that they belong to.
    pub item: Item,
    /// The article.
    pub article: ArticleId,
    /// The annotation's id in its set; none of bare words.
    pub id: Option<Id>,
    /// The line over the words: day, publisher, maker.
    pub source: String,
    /// The value that they give.
    pub value: String,
    /// The fragments, bytes of the text; none of a value.
    pub at: Box<[Span]>,
    /// The label whose colour the words have.
    pub label: Option<Name>,
    /// True where they belong to the cell that is looked at.
    pub chosen: bool,
}

/// Words in their sentence, each stretch with true where it is what is quoted.
pub type InContext = Vec<(String, bool)>;

/// The text of an article, or the reason why it cannot be read.
type ReadText = (ArticleId, Result<Text, String>);

/// The texts of articles that were looked at.
#[derive(Default)]
pub struct Texts {
    texts: HashMap<ArticleId, Text>,
    running: Option<Job<Vec<ReadText>>>,
    failed: HashMap<ArticleId, String>,
}

impl Texts {
    /// True while texts are read.
    pub fn busy(&self) -> bool {
        self.running.is_some()
    }

    /// Forgets texts, which may be others by now.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// The text of an article, where it is known.
    pub fn get<'a>(&'a self, work: &'a Workspace, article: &ArticleId) -> Option<&'a Text> {
        work.session.corpus().text(article).or_else(|| self.texts.get(article))
    }

    /// The reason why a text is not there.
    pub fn failed(&self, article: &ArticleId) -> Option<&str> {
        self.failed.get(article).map(String::as_str)
    }

    /// Reads the texts of these articles that are not known yet.
    pub fn follow<'a>(&mut self, jobs: &Jobs, work: &Workspace, wanted: impl Iterator<Item = &'a ArticleId>) {
        if let Some(read) = Job::over(&mut self.running) {
            for (article, text) in read.unwrap_or_default() {
                match text {
                    Ok(text) => drop(self.texts.insert(article, text)),
                    Err(why) => drop(self.failed.insert(article, why)),
                }
            }
        }
        if self.busy() {
            return;
        }
        let unknown = |id: &&ArticleId| self.get(work, id).is_none() && self.failed(id).is_none();
        let mut lacking: Vec<ArticleId> = wanted.filter(unknown).cloned().collect();
        lacking.sort();
        lacking.dedup();
        if lacking.is_empty() {
            return;
        }
        if self.texts.len() + lacking.len() > KEPT {
            self.texts.clear();
        }
        lacking.truncate(KEPT);
        let snapshot = work.session.snapshot();
        self.running = Some(jobs.start(t!("corpus-reading-words"), move |ticket| {
            let read = |id: ArticleId| (id.clone(), read(&snapshot, &id));
            lacking.into_iter().take_while(|_| !ticket.cancelled()).map(read).collect()
        }));
    }
}

fn read(snapshot: &Snapshot, id: &ArticleId) -> Result<Text, String> {
    let Some(article) = snapshot.corpus().article(id) else {
        return Err(t!("article-unreadable", id = id));
    };
    let loaded = snapshot.loader().read(article, &[]).map_err(|error| error.in_words().told())?;
    Ok(loaded.text().clone())
}

/// Words in the sentence that they stand in; in a long one in what is near.
pub fn in_context(text: &Text, at: &[Span]) -> InContext {
    let (Some(first), Some(last)) = (at.first(), at.last()) else { return Vec::new() };
    let (start, end) = (first.start, at.iter().map(|span| span.end).max().unwrap_or(last.end));
    if text.check(Span::new(start, end)).is_none() {
        return Vec::new();
    }
    let sentence = Span::new(text.sentence_at(start).start.min(start), text.sentence_at(end.max(1) - 1).end.max(end));
    let from = match start - sentence.start > CONTEXT {
        true => text.word_at(text.grapheme_floor(start - CONTEXT)).map_or(start, |word| word.start.min(start)),
        false => sentence.start,
    };
    let until = match sentence.end - end > CONTEXT {
        true => text.word_at(text.grapheme_floor(end + CONTEXT)).map_or(end, |word| word.start.max(end)),
        false => sentence.end,
    };
    let mut parts = Vec::new();
    let mut push = |from: u32, until: u32, quoted: bool| {
        if from < until {
            parts.push((text.slice(Span::new(from, until)).replace('\n', " "), quoted));
        }
    };
    let mut at: Vec<Span> = at.to_vec();
    at.sort_by_key(|span| span.start);
    let mut done = from;
    for span in at {
        let begin = span.start.max(done);
        push(done, begin, false);
        push(begin, span.end, true);
        done = span.end.max(done);
    }
    push(done, until, false);
    if let Some((first, _)) = parts.first_mut() {
        let trimmed = first.trim_start().to_owned();
        *first = if from > sentence.start { format!("… {trimmed}") } else { trimmed };
    }
    if let Some((last, _)) = parts.last_mut() {
        let trimmed = last.trim_end().to_owned();
        *last = if until < sentence.end { format!("{trimmed} …") } else { trimmed };
    }
    parts
}

impl Passage {
    /// The words with those around them, by which they are found again; none where the text is not known.
    pub fn quotes(&self, text: Option<&Text>) -> Vec<Quote> {
        let place = self.at.first().copied();
        text.zip(place)
            .filter(|(text, at)| text.check(*at).is_some())
            .map(|(text, at)| Quote::of(text, at))
            .into_iter()
            .collect()
    }
}

impl Evidence {
    /// All quotes, from top to bottom.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.groups.iter().flat_map(|group| &group.quotes)
    }
}

/// The line over a quote: day, publisher, maker.
pub fn source(index: &Index, item: Item) -> String {
    let digest: &Arc<_> = index.digest_of(item);
    let article = &digest.article;
    let day = digest.published.map(|day| super::days::day(day, None));
    let day = day.unwrap_or_else(|| article.published.clone());
    let parts = [day.as_str(), &article.publisher, index.maker()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
