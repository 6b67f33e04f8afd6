//! What imported sets change in a project: the edits of one transaction.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Layer, Page};
use crate::edit::Edit;
use crate::model::{
    Annotation, AnnotationSet, ArticleId, Change, Corpus, Filler, Id, Kind, Name, Progress, Referents, SetKey,
};
use crate::text::{Span, Text};

/// How much of an import came in, in records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// New annotations.
    pub annotations: usize,
    /// Annotations that were there already.
    pub known: usize,
    /// New referents.
    pub referents: usize,
}

/// A text without white space, by which an article is known again whose spacing was lost on the way.
#[must_use]
pub fn spaceless(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Moves the spans of `page` onto `text`, which differs from its own in white space alone.
pub fn respace(page: &mut Page, text: &Text) {
    // The end of each character that is not white space, in both texts.
    let ends = |text: &str| -> Vec<Span> {
        let solid = text.char_indices().filter(|(_, c)| !c.is_whitespace());
        solid.map(|(at, c)| Span::new(at as u32, (at + c.len_utf8()) as u32)).collect()
    };
    let (from, to) = (ends(page.text.as_str()), ends(text.as_str()));
    let moved = |span: &Span| -> Option<Span> {
        let first = from.partition_point(|solid| solid.start < span.start);
        let last = from.partition_point(|solid| solid.end <= span.end).checked_sub(1)?;
        let span = Span::new(to.get(first)?.start, to.get(last)?.end);
        (span.start < span.end).then(|| text.whole_graphemes(span))
    };
    for record in page.sets.iter_mut().flat_map(|layer| &mut layer.records) {
        let record = Arc::make_mut(record);
        record.at = Annotation::tidy(record.at.iter().filter_map(moved).collect());
        for role in &mut record.roles {
            if let Filler::Span(at) = &mut role.filler {
                *at = Annotation::tidy(at.iter().filter_map(moved).collect());
            }
        }
    }
    page.text = text.clone();
}

/// Collects the edits that bring imported sets into a project.
pub struct Take<'a> {
    corpus: &'a Corpus,
    /// New referents by annotator, and what imported ones are called now.
    referents: HashMap<Name, Referents>,
    /// Ids that records of this import have in each set.
    made: HashMap<SetKey, HashSet<Id>>,
    edits: Vec<Edit>,
    /// How much came in.
    pub taken: Taken,
}

impl<'a> Take<'a> {
    /// Into this project, whose sets that are added to are loaded.
    #[must_use]
    pub fn new(corpus: &'a Corpus) -> Self {
        Self { corpus, referents: HashMap::new(), made: HashMap::new(), edits: Vec::new(), taken: Taken::default() }
    }

    /// The edits of all that was added.
    #[must_use]
    pub fn edits(self) -> Vec<Edit> {
        self.edits
    }

    /// Adds referents of an annotator; gives what each is called in the project. One that is there already is not added
    /// again; one whose name another has gets a new name.
    pub fn referents<'r>(
        &mut self,
        annotator: &Name,
        all: impl IntoIterator<Item = &'r Arc<crate::model::Referent>>,
    ) -> HashMap<Id, Id> {
        let there = self.corpus.referents(annotator);
        let new = self.referents.entry(annotator.clone()).or_default();
        let mut names = HashMap::new();
        let mut added = Vec::new();
        for referent in all {
            let same = |other: &Arc<crate::model::Referent>| {
                other.label == referent.label && other.name == referent.name && other.external == referent.external
            };
            let known = there.and_then(|all| all.get(&referent.id)).or_else(|| new.get(&referent.id));
            let id = match known {
                Some(other) if same(other) => {
                    names.insert(referent.id, referent.id);
                    continue;
                }
                Some(_) => Id::random(),
                None => referent.id,
            };
            names.insert(referent.id, id);
            new.insert(id, referent.clone());
            added.push((id, referent.clone()));
        }
        for (id, referent) in added {
            let mut after = referent;
            let changed = Arc::make_mut(&mut after);
            changed.id = id;
            for role in &mut changed.roles {
                if let Filler::Annotation(to) = &mut role.filler {
                    *to = names.get(to).copied().unwrap_or(*to);
                }
            }
            self.taken.referents += 1;
            let change = Change { before: None, after: Some(after) };
            self.edits.push(Edit::Referent { annotator: annotator.clone(), change });
        }
        names
    }

    /// Adds a set to an annotator's set of an article, new or known. A mention or zone that stands there already with
    /// the same label, and any record that is there with all its parts, is not made twice.
    pub fn layer(&mut self, article: &ArticleId, layer: &Layer) {
        let names = self.referents(&layer.annotator, &layer.referents);
        let key = (article.clone(), layer.annotator.clone());
        let there = self.corpus.set(article, &layer.annotator);
        let first = !self.made.contains_key(&key);
        if first && layer.progress != Progress::New && there.is_none_or(|set| set.progress() == Progress::New) {
            let (before, after) = (Progress::New, layer.progress);
            self.edits.push(Edit::Progress { set: key.clone(), before, after });
        }
        let made = self.made.entry(key.clone()).or_default();
        if first {
            made.extend(there.into_iter().flat_map(AnnotationSet::iter).map(|record| record.id));
        }
        let mut ids: HashMap<Id, Id> = HashMap::new();
        let mut new = Vec::new();
        for record in &layer.records {
            let known = there.and_then(|set| {
                let same_name = set.get(record.id).filter(|other| same(other, record));
                same_name.or_else(|| {
                    let bare = matches!(self.corpus.schema.kind(&record.label), Kind::Entity | Kind::Zone);
                    let extent = record.extent().filter(|_| bare && record.roles.is_empty())?;
                    let alike = |other: &&Arc<Annotation>| {
                        other.label == record.label && other.at == record.at && other.attributes == record.attributes
                    };
                    set.within(extent).find(alike)
                })
            });
            if let Some(known) = known {
                ids.insert(record.id, known.id);
                self.taken.known += 1;
                continue;
            }
            let id = std::iter::once(record.id).chain(std::iter::repeat_with(Id::random));
            let id = id.into_iter().find(|id| made.insert(*id)).expect("random ids do not run out");
            ids.insert(record.id, id);
            new.push(record);
        }
        for record in new {
            let mut after = Annotation::clone(record);
            after.id = ids[&record.id];
            after.referent = after.referent.map(|id| names.get(&id).copied().unwrap_or(id));
            for role in &mut after.roles {
                if let Filler::Annotation(id) = &mut role.filler {
                    *id = ids.get(id).copied().unwrap_or(*id);
                }
            }
            self.taken.annotations += 1;
            let change = Change { before: None, after: Some(Arc::new(after)) };
            self.edits.push(Edit::Annotation { set: key.clone(), change });
        }
    }
}

/// Whether two records say the same, wherever they came from.
fn same(a: &Annotation, b: &Annotation) -> bool {
    Annotation { origin: b.origin.clone(), ..a.clone() } == *b
}
