use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::model::{
    Annotation, AnnotationSet, Article, Comment, Comments, Corpus, Decision, Filler, Id, Name, Progress, Quote,
    Referent, Referents, SetKind, Thread, threads,
};
use crate::text::{Span, Text};

/// One article as it leaves or enters the program: text, what is known about it, and annotation sets.
#[derive(Debug, Clone)]
pub struct ExchangeDocument {
    /// The article's name: its id in the project, or whatever name a file gives it; empty where it gives none.
    pub id: String,
    /// The file that it was read from, by its name in the source; empty where it comes from a project.
    pub file: String,
    /// The metadata.
    pub about: ArticleMetadata,
    /// The normalised text.
    pub text: Text,
    /// The annotation sets, in the order in which they were asked for.
    pub sets: Vec<AnnotatorSet>,
    /// The comments on it and on its annotations, each with its author. Their places are
    /// code points and words.
    pub comments: Vec<(Name, Arc<Comment>)>,
}

/// The metadata of an article; empty where it is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleMetadata {
    /// Headline, or what stands for one.
    pub title: String,
    /// The publisher.
    pub publisher: String,
    /// The author, or several with commas between them.
    pub author: String,
    /// The date, as a [`crate::model::Date`] is written.
    pub published: String,
    /// The place that it was written from.
    pub dateline: String,
    /// The address where it was found.
    pub url: String,
    /// ISO 639-1 code.
    pub language: String,
    /// The file that it was read from.
    pub source: String,
    /// SHA-256 of that file's own bytes, lower-case hexadecimal.
    pub source_sha256: String,
}

impl ArticleMetadata {
    /// The fields by name, in the order in which they are written.
    #[must_use]
    pub fn fields(&self) -> [(&'static str, &str); 9] {
        [
            ("title", &self.title),
            ("publisher", &self.publisher),
            ("author", &self.author),
            ("published", &self.published),
            ("dateline", &self.dateline),
            ("url", &self.url),
            ("language", &self.language),
            ("source", &self.source),
            ("source_sha256", &self.source_sha256),
        ]
    }

    /// The field of this name.
    pub fn field_mut(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "title" => &mut self.title,
            "publisher" => &mut self.publisher,
            "author" => &mut self.author,
            "published" => &mut self.published,
            "dateline" => &mut self.dateline,
            "url" => &mut self.url,
            "language" => &mut self.language,
            "source" => &mut self.source,
            "source_sha256" => &mut self.source_sha256,
            _ => return None,
        })
    }
}

impl From<&Article> for ArticleMetadata {
    fn from(article: &Article) -> Self {
        Self {
            title: article.title.clone(),
            publisher: article.publisher.clone(),
            author: article.author.clone(),
            published: article.published.clone(),
            dateline: article.dateline.clone(),
            url: article.url.clone(),
            language: article.language.clone(),
            source: article.source.clone(),
            source_sha256: article.source_sha256.clone(),
        }
    }
}

/// One annotator's set in a page, with the referents that it needs to be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotatorSet {
    /// The annotator whose set it is.
    pub annotator: Name,
    /// The kind of the set; none where it is a person's, or a file does not say.
    pub kind: Option<SetKind>,
    /// The annotator's progress.
    pub progress: Progress,
    /// The records, by place.
    pub records: Vec<Arc<Annotation>>,
    /// The referents that the records are about and those that these lead to, by id.
    pub referents: Vec<Arc<Referent>>,
    /// The decisions, by id, where the set is an adjudicated one.
    pub decisions: Vec<Arc<Decision>>,
}

impl AnnotatorSet {
    /// The set of one annotator, with those of the annotator's referents that it needs.
    #[must_use]
    pub fn of(annotator: &Name, set: &AnnotationSet, referents: Option<&Referents>) -> Self {
        let records: Vec<_> = set.iter().cloned().collect();
        let needed = needed(&records, |id| referents.and_then(|all| all.get(&id)));
        let decisions = set.decisions().values().cloned().collect();
        Self {
            annotator: annotator.clone(),
            kind: None,
            progress: set.progress(),
            records,
            referents: needed,
            decisions,
        }
    }

    /// Keeps some of the records; roles that the others filled go, referents that nothing leads to any more, and decisions
    /// that shaped them.
    pub fn retain(&mut self, keep: impl FnMut(&Arc<Annotation>) -> bool) {
        let before: HashSet<Id> = self.records.iter().map(|record| record.id).collect();
        self.records.retain(keep);
        if self.records.len() == before.len() {
            return;
        }
        let left: HashSet<Id> = self.records.iter().map(|record| record.id).collect();
        let gone = |id: &Id| before.contains(id) && !left.contains(id);
        self.decisions.retain(|decision| !decision.annotation.iter().any(gone));
        for record in &mut self.records {
            if record.targets().any(|id| !left.contains(&id)) {
                let record = Arc::make_mut(record);
                record.roles.retain(|role| !matches!(&role.filler, Filler::Annotation(id) if !left.contains(id)));
            }
        }
        let all: BTreeMap<Id, Arc<Referent>> = self.referents.drain(..).map(|one| (one.id, one)).collect();
        self.referents = needed(&self.records, |id| all.get(&id));
    }
}

/// The referents that `records` are about and those that these lead to, by id.
fn needed<'a>(records: &[Arc<Annotation>], get: impl Fn(Id) -> Option<&'a Arc<Referent>>) -> Vec<Arc<Referent>> {
    let mut open: Vec<Id> = records.iter().filter_map(|record| record.referent).collect();
    let mut seen: HashSet<Id> = HashSet::new();
    let mut found: BTreeMap<Id, Arc<Referent>> = BTreeMap::new();
    while let Some(id) = open.pop() {
        let Some(referent) = get(id).filter(|_| seen.insert(id)) else { continue };
        found.insert(id, referent.clone());
        open.extend(referent.roles.iter().filter_map(|role| match role.filler {
            Filler::Annotation(id) => Some(id),
            Filler::Span(_) | Filler::Value(_) => None,
        }));
    }
    found.into_values().collect()
}

impl ExchangeDocument {
    /// An article of `corpus` with the sets of these annotators; an annotator without a set there has an empty layer.
    /// Comments are not among it: which of them go along is for who makes it to say.
    #[must_use]
    pub fn of<'a>(
        corpus: &Corpus,
        article: &Article,
        text: &Text,
        annotators: &[Name],
        set: impl Fn(&Name) -> Option<&'a AnnotationSet>,
    ) -> Self {
        let empty = AnnotationSet::default();
        let layer = |name: &Name| AnnotatorSet {
            kind: Some(corpus.project.kind(name)).filter(|kind| *kind != SetKind::Person),
            ..AnnotatorSet::of(name, set(name).unwrap_or(&empty), corpus.referents(name))
        };
        Self {
            id: article.id.to_string(),
            file: String::new(),
            about: ArticleMetadata::from(article),
            text: text.clone(),
            sets: annotators.iter().map(layer).collect(),
            comments: Vec::new(),
        }
    }

    /// Keeps some of the threads of comments, and brings them into the order of threads.
    pub fn retain_threads(&mut self, keep: impl FnMut(&Thread) -> bool) {
        let mut all: BTreeMap<Name, Comments> = BTreeMap::new();
        for (who, comment) in self.comments.drain(..) {
            all.entry(who).or_default().insert(comment.id, comment);
        }
        self.comments = threads(&all).into_iter().filter(keep).flat_map(|thread| thread.comments).collect();
    }

    /// Moves the words of comments from the page's text, which is another one from now on, to where they stand in `text`,
    /// as `moved` says of spans; words without a place stay as they were said.
    pub(super) fn move_comments(&mut self, text: &Text, moved: impl Fn(&Span) -> Option<Span>) {
        for (_, comment) in self.comments.iter_mut().filter(|(_, comment)| !comment.at.is_empty()) {
            for quote in &mut Arc::make_mut(comment).at {
                if let Some(span) = quote.place(&self.text).and_then(|span| moved(&span)) {
                    *quote = Quote::of(text, span);
                }
            }
        }
    }
}

impl PartialEq for ExchangeDocument {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
            && self.about == other.about
            && self.text.as_str() == other.text.as_str()
            && self.sets == other.sets
            && self.comments == other.comments
    }
}
