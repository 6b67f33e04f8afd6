//! Transactions that fill the roles of a frame.

use super::{SetEditor, Transaction};
use crate::model::{Annotation, Filler, Id, Kind, Name, Role};
use crate::text::Span;

/// The thing that words become when they fill a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FillAs {
    /// The annotation that stands exactly there.
    Annotation(Id),
    /// A new annotation with this label.
    Label(Name),
    /// Bare words, without an annotation of their own.
    Words,
}

impl SetEditor<'_> {
    /// Adds a filler to a role of a frame. Where the role takes one filler only, it replaces the one that is there.
    #[must_use]
    pub fn fill(&self, frame: Id, role: &Name, filler: &Filler) -> Transaction {
        self.each(format!("fill {role}"), &[frame], |record| self.put_filler(record, role, filler.clone()))
    }

    /// Returns what a stretch of text may become when it fills a role: the legal fillers that stand exactly there; where there
    /// are none, bare words where the role takes them, and else a new annotation of each entity label that the role takes.
    /// Several of them mean that a person has to say which; none, that the role takes no words.
    #[must_use]
    pub fn ways_to_fill(&self, frame: Id, role: &Name, at: &[Span]) -> Vec<FillAs> {
        let Some(record) = self.get(frame) else { return Vec::new() };
        let Some(def) = self.corpus.schema.label(&record.label).and_then(|label| label.role(role)) else {
            return Vec::new();
        };
        let there = self.standing_at(at, &def.fillers);
        let there: Vec<FillAs> = there.into_iter().filter(|&id| id != frame).map(FillAs::Annotation).collect();
        if !there.is_empty() {
            return there;
        }
        if def.spans {
            return vec![FillAs::Words];
        }
        // A frame is never made in passing: it would need a card of its own.
        let entity = |label: &&Name| self.corpus.schema.kind(label) == Kind::Entity;
        def.fillers.iter().filter(entity).cloned().map(FillAs::Label).collect()
    }

    /// Fills a role with a stretch of text, as a person means it.
    ///
    /// Gives the id of the annotation that fills the role, if one does.
    #[must_use]
    pub fn fill_with_text(&self, frame: Id, role: &Name, at: Vec<Span>, means: &FillAs) -> (Transaction, Option<Id>) {
        let at = Annotation::tidy(at);
        match means {
            FillAs::Annotation(id) => (self.fill(frame, role, &Filler::Annotation(*id)), Some(*id)),
            FillAs::Words => (self.fill(frame, role, &Filler::Span(at)), None),
            FillAs::Label(label) => {
                let put = |record: &mut Annotation, id| self.put_filler(record, role, Filler::Annotation(id));
                self.label_for(frame, format!("fill {role}"), label, at, put)
            }
        }
    }

    /// Makes an annotation of the bare words that the `index`-th filled role of a frame is filled with.
    ///
    /// Gives the id of the annotation beside the transaction; none where these are no bare words.
    #[must_use]
    pub fn label_filler(&self, frame: Id, index: usize, label: &Name) -> (Transaction, Option<Id>) {
        let filled = self.get(frame).and_then(|record| record.roles.get(index));
        let Some(Role { name, filler: Filler::Span(at) }) = filled else {
            return (Transaction::new("fill", &self.by), None);
        };
        let put = |record: &mut Annotation, id| {
            record.roles[index].filler = Filler::Annotation(id);
            true
        };
        self.label_for(frame, format!("fill {name}"), label, at.clone(), put)
    }

    /// Labels fragments and puts the annotation into a frame by `put`, as one step; `put` says whether it changed anything.
    fn label_for(
        &self,
        frame: Id,
        title: String,
        label: &Name,
        at: Vec<Span>,
        put: impl Fn(&mut Annotation, Id) -> bool,
    ) -> (Transaction, Option<Id>) {
        let Some(before) = self.get(frame) else { return (Transaction::new("fill", &self.by), None) };
        let (mut transaction, id) = self.label(label, at);
        let mut after = Annotation::clone(before);
        if put(&mut after, id) {
            after.origin = self.touched(before);
            transaction.edits.push(self.edit(Some(before), Some(after)));
        }
        transaction.title = title;
        transaction.focus.as_mut().expect("every transaction on a set has a focus").annotation = Some(frame);
        (transaction, Some(id))
    }

    /// Puts a filler into a role of `record`, as the role's cardinality wants; says whether that changed anything.
    fn put_filler(&self, record: &mut Annotation, role: &Name, filler: Filler) -> bool {
        if record.roles.iter().any(|filled| filled.name == *role && filled.filler == filler) {
            return false;
        }
        let def = self.corpus.schema.label(&record.label).and_then(|label| label.role(role));
        if def.is_some_and(|def| def.cardinality.most == Some(1)) {
            record.roles.retain(|filled| filled.name != *role);
        }
        record.roles.push(Role { name: role.clone(), filler });
        true
    }

    /// The annotations on exactly these fragments whose label is one of `labels`, the first label first.
    fn standing_at(&self, at: &[Span], labels: &[Name]) -> Vec<Id> {
        let (Some(first), Some(last)) = (at.first(), at.last()) else { return Vec::new() };
        let Some(set) = self.corpus.set(&self.set.0, &self.set.1) else { return Vec::new() };
        let extent = Span::new(first.start, last.end);
        let here: Vec<_> = set.within(extent).filter(|record| record.at == at).collect();
        let pairs = labels.iter().flat_map(|label| here.iter().map(move |record| (label, record)));
        pairs.filter(|(label, record)| record.label == **label).map(|(_, record)| record.id).collect()
    }
}
