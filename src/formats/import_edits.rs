//! Edits of an import: what imported sets change in a project, as one transaction.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{AnnotatorSet, ExchangeDocument};
use crate::edit::Edit;
use crate::model::{
    Annotation, AnnotationSet, ArticleId, Comment, Comments, Corpus, Decision, Filler, Id, Kind, Name, Progress,
    Record, RecordFile, RecordId, RecordKey, Referents, SetKey, Target,
};
use crate::text::{Span, Text};

/// Counts of the records that came in with an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportCounts {
    /// New annotations.
    pub annotations: usize,
    /// Annotations that were there already.
    pub known: usize,
    /// Annotations that were taken out, since others came in their place.
    pub replaced: usize,
    /// New referents.
    pub referents: usize,
    /// New decisions.
    pub decisions: usize,
    /// New records that annotators keep beside their referents.
    pub beside: usize,
    /// New comments.
    pub comments: usize,
    /// Comments that were there already.
    pub known_comments: usize,
}

/// Ids in the project of the records of imported sets of one article, by annotator and id in the files.
pub type RecordNames = HashMap<(Name, Id), Id>;

/// Imported comments of one article.
#[derive(Debug)]
pub struct ImportedComments {
    /// The article's id in the project.
    pub article: ArticleId,
    /// The first digits of its text's SHA-256; empty where there is no such article.
    pub digest: String,
    /// The ids there of the annotations that they are about.
    pub names: RecordNames,
    /// The comments, each with its author.
    pub comments: Vec<(Name, Arc<Comment>)>,
}

/// A text without white space, by which an article is known again whose spacing was lost on the way.
#[must_use]
pub fn spaceless(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Moves the spans of `page` onto `text`, which differs from its own in white space alone.
pub fn respace(page: &mut ExchangeDocument, text: &Text) {
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
    page.move_comments(text, moved);
    page.text = text.clone();
}

/// The comments of one person.
#[derive(Default)]
struct PersonComments {
    /// Before the import: comments without their ids, and the ids of those that no imported one was found to be.
    before: HashMap<Comment, Vec<Id>>,
    /// In the import, with the ids that the files give: what each is called in the project.
    here: HashMap<Comment, Id>,
    /// Ids that are new.
    made: HashSet<Id>,
}

/// Collects the edits that bring imported sets into a project.
pub struct ImportEdits<'a> {
    corpus: &'a Corpus,
    /// New referents by annotator, and what imported ones are called now.
    referents: HashMap<Name, Referents>,
    /// Ids that records of this import have in each set.
    made: HashMap<SetKey, HashSet<Id>>,
    /// Decisions that this import brings into each set.
    decided: HashMap<SetKey, BTreeMap<Id, Arc<Decision>>>,
    said: HashMap<Name, PersonComments>,
    /// The names of imported referents in the project, by annotator and by their names in the files.
    names: RecordNames,
    edits: Vec<Edit>,
    /// The annotators whose sets are replaced in the articles that come in.
    replacing: HashSet<Name>,
    /// Records of those sets that came in again.
    again: HashMap<SetKey, HashSet<Id>>,
    /// The counts of records that came in.
    pub taken: ImportCounts,
}

impl<'a> ImportEdits<'a> {
    /// Into this project, whose sets that are added to are loaded.
    #[must_use]
    pub fn new(corpus: &'a Corpus) -> Self {
        Self {
            corpus,
            referents: HashMap::new(),
            made: HashMap::new(),
            decided: HashMap::new(),
            said: HashMap::new(),
            names: RecordNames::new(),
            edits: Vec::new(),
            replacing: HashSet::new(),
            again: HashMap::new(),
            taken: ImportCounts::default(),
        }
    }

    /// The same, where the sets of these annotators are replaced in the articles that come in.
    #[must_use]
    pub fn replacing(self, annotators: HashSet<Name>) -> Self {
        Self { replacing: annotators, ..self }
    }

    /// Takes out what did not come in again of the sets that are replaced; after all pages.
    pub fn replace(&mut self) {
        let mut keys: Vec<SetKey> = self.again.keys().cloned().collect();
        keys.sort();
        for key in keys {
            let Some(set) = self.corpus.set(&key.0, &key.1) else { continue };
            let gone = set.iter().filter(|record| !self.again[&key].contains(&record.id));
            let gone: Vec<Edit> = gone.map(|record| Edit::new(key.clone(), Some(record.clone()), None)).collect();
            self.taken.replaced += gone.len();
            self.edits.extend(gone);
        }
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
                Some(_) => Id::fresh(|id| new.contains_key(&id) || there.is_some_and(|all| all.contains_key(&id))),
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
            self.edits.push(Edit::new(RecordFile::Referents(annotator.clone()), None, Some(after)));
        }
        self.names.extend(names.iter().map(|(from, to)| ((annotator.clone(), *from), *to)));
        names
    }

    /// Adds records that an annotator keeps beside the referents, which follow those that have another name in the project.
    /// One that is there already is not added again.
    pub fn beside<'r>(&mut self, annotator: &Name, records: impl IntoIterator<Item = &'r Record>) {
        let file = RecordFile::Referents(annotator.clone());
        let there = self.corpus.records(&file);
        // The same under another name is the same.
        let nameless = |record: &Record| format!("{:?}", record.moved(Some(Id::LEAST), &|id| id));
        let mut known: HashSet<String> = there.iter().map(nameless).collect();
        let mut taken: HashSet<RecordKey> = there.iter().map(Record::key).collect();
        for record in records {
            let name = |id| self.names.get(&(annotator.clone(), id)).copied().unwrap_or(id);
            let RecordKey { kind, id: RecordId::Id(own) } = record.key() else { continue };
            let after = record.moved(None, &name);
            if !known.insert(nameless(&after)) {
                continue;
            }
            let key = |id| RecordKey { kind, id: RecordId::Id(id) };
            let id = free(own, |id| taken.contains(&key(id)));
            taken.insert(key(id));
            self.taken.beside += 1;
            let after = Some(after.moved(Some(id), &|id| id));
            self.edits.push(Edit { at: file.clone(), before: None, after });
        }
    }

    /// Adds the sets of a page to an article, new or known, with what was decided in them; gives what their annotations are
    /// called there, where there are comments to follow them.
    pub fn page(&mut self, article: &ArticleId, page: &ExchangeDocument) -> RecordNames {
        let mut names = RecordNames::new();
        let followed = !page.comments.is_empty() || page.sets.iter().any(|layer| !layer.decisions.is_empty());
        for layer in &page.sets {
            let ids = self.layer(article, layer);
            if !followed {
                continue;
            }
            names.extend(ids.into_iter().map(|(from, to)| ((layer.annotator.clone(), from), to)));
        }
        for layer in &page.sets {
            self.decisions(article, layer, &names);
        }
        names
    }

    /// Adds decisions to an annotator's set of an article; one that is there already is not made twice.
    fn decisions(&mut self, article: &ArticleId, layer: &AnnotatorSet, names: &RecordNames) {
        let key = (article.clone(), layer.annotator.clone());
        let there = self.corpus.set(article, &layer.annotator).map(AnnotationSet::decisions);
        let made = self.decided.entry(key.clone()).or_default();
        let imported: HashSet<Id> = layer.decisions.iter().map(|decision| decision.id).collect();
        for decision in &layer.decisions {
            let mut after = Decision::clone(decision);
            let own = |id: &Id| names.get(&(layer.annotator.clone(), *id)).copied().unwrap_or(*id);
            after.annotation = after.annotation.iter().map(own).collect();
            for key in &mut after.of {
                key.1 = names.get(key).copied().unwrap_or(key.1);
            }
            let mut known = there.into_iter().flatten().chain(&*made);
            // The same under another name is this one where it came in before, and no other of this import.
            let same = |id: Id, other: &Decision| {
                Decision { id, ..after.clone() } == *other && (id == after.id || !imported.contains(&id))
            };
            if known.any(|(id, other)| same(*id, other)) {
                continue;
            }
            after.id = free(after.id, |id| there.is_some_and(|all| all.contains_key(&id)) || made.contains_key(&id));
            let after = Arc::new(after);
            made.insert(after.id, after.clone());
            self.taken.decisions += 1;
            self.edits.push(Edit::new(key.clone(), None, Some(after)));
        }
    }

    /// Adds comments, each to what its writer has said; one that is there already is not made twice, and answers follow
    /// what they answer.
    pub fn comments(&mut self, comments: &[ImportedComments]) {
        let all: Vec<(usize, &Name, &Comment)> = (comments.iter().enumerate())
            .flat_map(|(at, one)| one.comments.iter().map(move |(who, comment)| (at, who, &**comment)))
            .collect();
        // The comment that an answer names is looked for among the comments of its own page first: files may come from two projects.
        let mut near: HashMap<(usize, &Name, Id), usize> = HashMap::new();
        let mut anywhere: HashMap<(&Name, Id), usize> = HashMap::new();
        for (index, &(at, who, comment)) in all.iter().enumerate() {
            near.entry((at, who, comment.id)).or_insert(index);
            anywhere.entry((who, comment.id)).or_insert(index);
        }
        let answered = |index: usize| {
            let (at, _, comment) = all[index];
            let Target::Comment(who, id) = &comment.on else { return None };
            near.get(&(at, who, *id)).or_else(|| anywhere.get(&(who, *id))).copied()
        };
        let mut begun = vec![false; all.len()];
        let mut names: Vec<Option<Id>> = vec![None; all.len()];
        for index in 0..all.len() {
            let mut path = Vec::new();
            let mut next = Some(index);
            while let Some(index) = next.filter(|&index| !std::mem::replace(&mut begun[index], true)) {
                path.push(index);
                next = answered(index);
            }
            for index in path.into_iter().rev() {
                let (at, who, comment) = all[index];
                let (article, digest) = (comments[at].article.clone(), comments[at].digest.clone());
                let mut after = Comment { article, digest, ..comment.clone() };
                match &mut after.on {
                    Target::Words => {}
                    Target::Annotation(whose, id) => {
                        *id = comments[at].names.get(&(whose.clone(), *id)).copied().unwrap_or(*id);
                    }
                    // (Those that answer each other in a circle keep the name that they say.)
                    Target::Comment(_, id) => *id = answered(index).and_then(|index| names[index]).unwrap_or(*id),
                }
                names[index] = Some(self.comment(who, after));
            }
        }
    }

    /// Adds a comment, and gives what it is called.
    fn comment(&mut self, who: &Name, comment: Comment) -> Id {
        let there = self.corpus.comments(who);
        // (What was written before comments had digests says the same without.)
        let nameless = |comment: &Comment| Comment { id: Id::LEAST, digest: String::new(), ..comment.clone() };
        let said = self.said.entry(who.clone()).or_insert_with(|| {
            let mut said = PersonComments::default();
            for comment in there.into_iter().flat_map(Comments::values) {
                said.before.entry(nameless(comment)).or_default().push(comment.id);
            }
            said
        });
        if let Some(id) = said.here.get(&comment) {
            return *id;
        }
        let alike = said.before.get_mut(&nameless(&comment)).filter(|ids| !ids.is_empty());
        let id = if let Some(ids) = alike {
            self.taken.known_comments += 1;
            ids.swap_remove(ids.iter().position(|id| *id == comment.id).unwrap_or(0))
        } else {
            let taken = |id| there.is_some_and(|all| all.contains_key(&id)) || said.made.contains(&id);
            let id = free(comment.id, taken);
            said.made.insert(id);
            self.taken.comments += 1;
            let after = Some(Arc::new(Comment { id, ..comment.clone() }));
            self.edits.push(Edit::new(RecordFile::Comments(who.clone()), None, after));
            id
        };
        said.here.insert(comment, id);
        id
    }

    /// Adds a set to an annotator's set of an article, new or known; gives what its records are called there. A mention or
    /// zone that stands there already with the same label, and any record that is there with all its parts, is not made
    /// twice.
    fn layer(&mut self, article: &ArticleId, layer: &AnnotatorSet) -> HashMap<Id, Id> {
        let names = self.referents(&layer.annotator, &layer.referents);
        let key = (article.clone(), layer.annotator.clone());
        let there = self.corpus.set(article, &layer.annotator);
        let first = !self.made.contains_key(&key);
        if first && layer.progress != Progress::New && there.is_none_or(|set| set.progress() == Progress::New) {
            let (before, after) = (Progress::New, layer.progress);
            self.edits.push(Edit::progress(key.clone(), before, after));
        }
        if self.replacing.contains(&layer.annotator) {
            self.again.entry(key.clone()).or_default();
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
                if let Some(again) = self.again.get_mut(&key) {
                    again.insert(known.id);
                }
                self.taken.known += 1;
                continue;
            }
            let id = free(record.id, |id| made.contains(&id));
            made.insert(id);
            ids.insert(record.id, id);
            new.push(record);
        }
        for record in new {
            // Mostly nothing has to be called otherwise, and the record is taken over as it is.
            let kept = |id: &Id, now: Option<&Id>| now.is_none_or(|now| now == id);
            let referent = record.referent.is_none_or(|id| kept(&id, names.get(&id)));
            let mut after = record.clone();
            if ids[&record.id] != record.id || !referent || !record.targets().all(|id| kept(&id, ids.get(&id))) {
                let after = Arc::make_mut(&mut after);
                after.id = ids[&record.id];
                after.referent = after.referent.map(|id| names.get(&id).copied().unwrap_or(id));
                for role in &mut after.roles {
                    if let Filler::Annotation(id) = &mut role.filler {
                        *id = ids.get(id).copied().unwrap_or(*id);
                    }
                }
            }
            self.taken.annotations += 1;
            self.edits.push(Edit::new(key.clone(), None, Some(after)));
        }
        ids
    }
}

/// A record's own id where it is free, else a new one.
fn free(own: Id, taken: impl Fn(Id) -> bool) -> Id {
    if taken(own) { Id::fresh(taken) } else { own }
}

/// Says whether two records say the same, wherever they came from.
fn same(a: &Annotation, b: &Annotation) -> bool {
    Annotation { origin: b.origin.clone(), ..a.clone() } == *b
}
