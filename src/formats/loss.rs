//! Losses of an export, counted before anything is written.
//!
//! Each format *reduces* a page to what it can carry, noting what goes, and writes the reduced page in full. So the
//! report is exact by construction: what comes back from an export is the reduced page.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use super::{Capabilities, Context, ExchangeDocument};
use crate::lang::{Key, Message};
use crate::model::{Annotation, Filler, Id, Kind, Origin, Progress, Project, Record, RecordFile, Timestamp, Via};
use crate::text::Span;
use crate::{key, message};

/// A kind of thing that an export leaves out or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lost {
    /// An article without anything that the format could write.
    Article,
    /// A field of what is known about an article.
    Metadata,
    /// An annotator's progress in an article.
    Progress,
    /// An article's white space: it comes back with single spaces between words.
    Spacing,
    /// Characters of an article that the format cannot hold: another stands in the place of each.
    Character,
    /// A mention, left out.
    Mention,
    /// A trip, claim or other frame, left out.
    Frame,
    /// A zone, left out.
    Zone,
    /// A label of a whole article, left out.
    DocumentLabel,
    /// An annotation left out because it overlaps with one that is kept.
    Overlap,
    /// A span that does not begin and end with words: it is widened to whole ones.
    Alignment,
    /// The words that evoke a frame, which becomes one without a span.
    Trigger,
    /// An annotation of several fragments: it becomes one from first to last.
    Fragments,
    /// A fragment that has no place in the text any more.
    Drift,
    /// A value of an attribute.
    Attribute,
    /// A role filled by an annotation.
    Role,
    /// A role filled by bare words.
    RoleWords,
    /// A role filled by a date or another value.
    RoleValue,
    /// The order of a record's roles.
    RoleOrder,
    /// The link from an annotation to its referent.
    Reference,
    /// A referent, left out.
    Referent,
    /// An attribute, role, note or identifier of a referent.
    ReferentDetail,
    /// A record that an annotator keeps beside the referents, about two of them.
    Beside,
    /// A note.
    Note,
    /// A comment, or an answer to one.
    Comment,
    /// The origin of a record: who made it, when and how.
    Provenance,
    /// A decision about a slot of a record.
    Decision,
    /// The id of a record.
    Id,
    /// A label, role or attribute that is written under another name.
    Name,
    /// A setting of the project: a person who may label, or that annotators see each other's sets. (Its title and what its
    /// labels mean stand in the card of a data set, whatever the format.)
    Project,
}

impl Lost {
    /// Every kind.
    pub const ALL: [Self; 30] = [
        Self::Article,
        Self::Metadata,
        Self::Progress,
        Self::Spacing,
        Self::Character,
        Self::Mention,
        Self::Frame,
        Self::Zone,
        Self::DocumentLabel,
        Self::Overlap,
        Self::Alignment,
        Self::Trigger,
        Self::Fragments,
        Self::Drift,
        Self::Attribute,
        Self::Role,
        Self::RoleWords,
        Self::RoleValue,
        Self::RoleOrder,
        Self::Reference,
        Self::Referent,
        Self::ReferentDetail,
        Self::Beside,
        Self::Note,
        Self::Comment,
        Self::Provenance,
        Self::Decision,
        Self::Id,
        Self::Name,
        Self::Project,
    ];

    /// The kind as options and reports name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Metadata => "metadata",
            Self::Progress => "progress",
            Self::Spacing => "spacing",
            Self::Character => "character",
            Self::Mention => "mention",
            Self::Frame => "frame",
            Self::Zone => "zone",
            Self::DocumentLabel => "document-label",
            Self::Overlap => "overlap",
            Self::Alignment => "alignment",
            Self::Trigger => "trigger",
            Self::Fragments => "fragments",
            Self::Drift => "drift",
            Self::Attribute => "attribute",
            Self::Role => "role",
            Self::RoleWords => "role-words",
            Self::RoleValue => "role-value",
            Self::RoleOrder => "role-order",
            Self::Reference => "reference",
            Self::Referent => "referent",
            Self::ReferentDetail => "referent-detail",
            Self::Beside => "about-referents",
            Self::Note => "note",
            Self::Comment => "comment",
            Self::Provenance => "provenance",
            Self::Decision => "decision",
            Self::Id => "id",
            Self::Name => "name",
            Self::Project => "project",
        }
    }

    /// Says whether such things are about the annotations and not the annotations themselves: their loss is said, and needs
    /// nobody's leave.
    #[must_use]
    pub fn is_about(self) -> bool {
        match self {
            Self::Metadata
            | Self::Progress
            | Self::Spacing
            | Self::RoleOrder
            | Self::Comment
            | Self::Provenance
            | Self::Decision
            | Self::Id
            | Self::Project => true,
            Self::Article
            | Self::Character
            | Self::Mention
            | Self::Frame
            | Self::Zone
            | Self::DocumentLabel
            | Self::Overlap
            | Self::Alignment
            | Self::Trigger
            | Self::Fragments
            | Self::Drift
            | Self::Attribute
            | Self::Role
            | Self::RoleWords
            | Self::RoleValue
            | Self::Reference
            | Self::Referent
            | Self::ReferentDetail
            | Self::Beside
            | Self::Note
            | Self::Name => false,
        }
    }

    /// Returns what happens to such things, in words that follow a number: `3 notes are left out`.
    #[must_use]
    pub fn says(self) -> Key {
        match self {
            Self::Article => key!("loss-article"),
            Self::Metadata => key!("loss-metadata"),
            Self::Progress => key!("loss-progress"),
            Self::Spacing => key!("loss-spacing"),
            Self::Character => key!("loss-character"),
            Self::Mention => key!("loss-mention"),
            Self::Frame => key!("loss-frame"),
            Self::Zone => key!("loss-zone"),
            Self::DocumentLabel => key!("loss-document-label"),
            Self::Overlap => key!("loss-overlap"),
            Self::Alignment => key!("loss-alignment"),
            Self::Trigger => key!("loss-trigger"),
            Self::Fragments => key!("loss-fragments"),
            Self::Drift => key!("loss-drift"),
            Self::Attribute => key!("loss-attribute"),
            Self::Role => key!("loss-role"),
            Self::RoleWords => key!("loss-role-words"),
            Self::RoleValue => key!("loss-role-value"),
            Self::RoleOrder => key!("loss-role-order"),
            Self::Reference => key!("loss-reference"),
            Self::Referent => key!("loss-referent"),
            Self::ReferentDetail => key!("loss-referent-detail"),
            Self::Beside => key!("loss-about-referents"),
            Self::Note => key!("loss-note"),
            Self::Comment => key!("loss-comment"),
            Self::Provenance => key!("loss-provenance"),
            Self::Decision => key!("loss-decision"),
            Self::Id => key!("loss-id"),
            Self::Name => key!("loss-name"),
            Self::Project => key!("loss-project"),
        }
    }
}

/// The number of losses of a kind, and the first place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    /// The number.
    pub count: u64,
    /// The first place: article, and words where there are some.
    pub first: String,
    /// The document that it is in, in the order of documents.
    #[serde(skip)]
    at: usize,
}

/// The loss report of an export, by kind.
#[derive(Debug, Clone, Default)]
pub struct Loss {
    counts: BTreeMap<Lost, Count>,
    /// Referents lost already, so that one which several articles mention counts once: in which page, and how much.
    referents: HashMap<(Lost, crate::model::Name, Id), (usize, usize)>,
    /// The document that is being reduced, in the order of documents.
    at: usize,
}

impl Loss {
    /// Notes that `count` things are lost at `place`, which is said only where it is the first.
    pub fn note(&mut self, what: Lost, count: usize, place: impl FnOnce() -> String) {
        if count == 0 {
            return;
        }
        let entry = self.counts.entry(what).or_default();
        if entry.count == 0 {
            (entry.first, entry.at) = (place(), self.at);
        }
        entry.count += count as u64;
    }

    /// Returns the losses by kind.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<Lost, Count> {
        &self.counts
    }

    /// Returns the number of things of this kind that are lost.
    #[must_use]
    pub fn count(&self, what: Lost) -> u64 {
        self.counts.get(&what).map_or(0, |count| count.count)
    }

    /// Says whether nothing is lost but what `allowed` names.
    #[must_use]
    pub fn is_within(&self, allowed: &[Lost]) -> bool {
        self.counts.keys().all(|what| allowed.contains(what))
    }

    /// Says whether no content is lost but what `allowed` names; what is about it needs no leave.
    #[must_use]
    pub fn is_allowed(&self, allowed: &[Lost]) -> bool {
        self.counts.keys().all(|what| what.is_about() || allowed.contains(what))
    }

    /// One English sentence for each kind, which begins with the kind's name.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        self.messages().map(|(what, message)| format!("{}: {message}", what.name()))
    }

    /// One message for each kind.
    pub fn messages(&self) -> impl Iterator<Item = (Lost, Message)> {
        self.counts.iter().map(|(what, count)| {
            let says = Message::from(what.says());
            let message = match count.first.as_str() {
                "" => message!("loss-of", count = count.count, says = says),
                first => message!("loss-of-first", count = count.count, says = says, first = first),
            };
            (*what, message)
        })
    }

    /// Notes that a referent, or `details` of it, are lost, once for each referent.
    pub(super) fn note_referent(&mut self, what: Lost, whose: &crate::model::Name, id: Id, details: usize) {
        if details == 0 {
            return;
        }
        if let Entry::Vacant(new) = self.referents.entry((what, whose.clone(), id)) {
            new.insert((self.at, details));
            self.note(what, details, || format!("referent {id} of {whose}"));
        }
    }

    /// Says which page is reduced next, by its place among all pages.
    pub(crate) fn at(&mut self, page: usize) {
        self.at = page;
    }

    /// Adds what was lost of a page that was reduced apart from those before; as if it had been one after the other.
    pub(crate) fn add(&mut self, part: Self) {
        for (what, count) in part.counts {
            let entry = self.counts.entry(what).or_default();
            if entry.count == 0 || count.at < entry.at {
                (entry.first, entry.at) = (count.first, count.at);
            }
            entry.count += count.count;
        }
        for (key, (at, details)) in part.referents {
            let counted = match self.referents.entry(key) {
                Entry::Vacant(new) => {
                    new.insert((at, details));
                    continue;
                }
                Entry::Occupied(mut known) => {
                    let later = if known.get().0 <= at { (at, details) } else { known.insert((at, details)) };
                    (known.key().0, later.1)
                }
            };
            if let Some(entry) = self.counts.get_mut(&counted.0) {
                entry.count -= counted.1 as u64;
            }
        }
    }
}

/// The origin that a record has where a format does not say.
#[must_use]
pub fn unknown_origin(by: &crate::model::Name) -> Origin {
    let (at, via) = nowhere_at();
    Origin { by: by.clone(), at, via }
}

fn nowhere_at() -> (Timestamp, Via) {
    (Timestamp::from_seconds(0), Via::Import { file: String::new() })
}

/// Takes out of `page` what `capabilities` has no room for, and notes each thing in `loss`. `keep` may keep records without
/// a span that a format has a special way to write.
///
/// A record that goes counts once, as what it is; what it held goes with it and does not count again.
pub(super) fn reduce(
    page: &mut ExchangeDocument,
    capabilities: &Capabilities,
    cx: &Context<'_>,
    loss: &mut Loss,
    keep: impl Fn(&Annotation) -> bool,
) {
    let article = page.id.clone();
    for (name, value) in page.about.clone().fields() {
        if !value.is_empty() && !capabilities.metadata.contains(&name) {
            loss.note(Lost::Metadata, 1, || format!("{name} of article {article}"));
            page.about.field_mut(name).expect("the name came from the fields").clear();
        }
    }
    let text = page.text.clone();
    if !capabilities.comments {
        for (who, comment) in page.comments.drain(..) {
            loss.note(Lost::Comment, 1, || format!("comment {} of {who} in {article}", comment.id));
        }
    }
    for layer in &mut page.sets {
        if !capabilities.decisions {
            loss.note(Lost::Decision, layer.decisions.len(), || format!("article {article}"));
            layer.decisions.clear();
        }
        if !capabilities.project {
            // Counted once for the whole set, in [`reduce_project`].
            layer.kind = None;
        }
        if layer.progress != Progress::New && !capabilities.progress {
            // That somebody has looked, and marked nothing, is what an article without marks says.
            let left = if layer.records.is_empty() { Progress::InProgress } else { Progress::New };
            loss.note(Lost::Progress, usize::from(layer.progress != left), || format!("article {article}"));
            layer.progress = left;
        }
        let place = |record: &Annotation| place(&article, &text, record);
        layer.records.retain(|record| {
            let kept = fate(record, capabilities, cx, &keep);
            if let Some(lost) = kept {
                loss.note(lost, 1, || place(record));
            }
            kept.is_none()
        });
        let ids: HashSet<Id> = layer.records.iter().map(|record| record.id).collect();
        for record in &mut layer.records {
            trim(record, capabilities, &ids, loss, &place);
        }
        if !capabilities.referents {
            for referent in layer.referents.drain(..) {
                loss.note_referent(Lost::Referent, &layer.annotator, referent.id, 1);
            }
        }
    }
}

/// Notes what `capabilities` has no room for of the project as a whole: its settings, and comments that no page has.
pub(super) fn reduce_project(capabilities: &Capabilities, cx: &Context<'_>, loss: &mut Loss) {
    if !capabilities.project {
        let project = &cx.corpus.project;
        let usual = Project::default();
        let people = project.people.iter().filter(|maker| maker.kind == usual.kind(&maker.name));
        // The kind of a set that is not written is not lost with it.
        let kinds = cx.annotators.iter().filter(|name| project.kind(name) != usual.kind(name));
        for name in people.map(|maker| &maker.name) {
            loss.note(Lost::Project, 1, || name.to_string());
        }
        for name in kinds {
            loss.note(Lost::Project, 1, || format!("{name}: {}", project.kind(name)));
        }
        for (changed, what) in [
            (project.compared != usual.compared, "who is compared"),
            (project.strategy != usual.strategy, "what counts as agreed"),
            (project.gold != usual.gold, "the name of the adjudicated set"),
            (project.open_sets, "open sets"),
            (project.schema_locked, "the lock of the schema"),
        ] {
            loss.note(Lost::Project, usize::from(changed), || what.to_owned());
        }
    }
    for annotator in cx.annotators.iter().filter(|_| !capabilities.beside) {
        let mut kept = cx.corpus.records(&RecordFile::Referents(annotator.clone()));
        kept.retain(|record| match record {
            Record::Referent(_) => false,
            Record::Judgement(_) => !capabilities.judgements,
            _ => true,
        });
        loss.note(Lost::Beside, kept.len(), || format!("{} of {annotator}", kept[0].key()));
    }
    if !capabilities.comments {
        for (who, all) in cx.corpus.all_comments() {
            loss.note(Lost::Comment, all.len(), || format!("comments of {who} about no article"));
        }
    }
}

/// Returns why a whole record goes, if it does.
fn fate(
    record: &Annotation,
    capabilities: &Capabilities,
    cx: &Context<'_>,
    keep: &impl Fn(&Annotation) -> bool,
) -> Option<Lost> {
    let kind = cx.corpus.schema.kind(&record.label);
    let as_what = match kind {
        Kind::Entity => Lost::Mention,
        Kind::Frame => Lost::Frame,
        Kind::Zone => Lost::Zone,
        Kind::Document => Lost::DocumentLabel,
    };
    if !capabilities.kinds.contains(&kind) {
        return Some(as_what);
    }
    let drifted = record.drift.is_some() && capabilities.drift;
    let stands = !record.at.is_empty() || capabilities.spanless || drifted || kind == Kind::Document || keep(record);
    (!stands).then_some(as_what)
}

/// Takes out of a record that stays what there is no room for. It is copied only where something goes: copies count
/// names up and down that all threads share.
fn trim(
    record: &mut Arc<Annotation>,
    capabilities: &Capabilities,
    ids: &HashSet<Id>,
    loss: &mut Loss,
    place: &dyn Fn(&Annotation) -> String,
) {
    if !capabilities.drift
        && let Some(drift) = &record.drift
    {
        loss.note(Lost::Drift, drift.spans.len() + drift.roles.len(), || place(record));
        Arc::make_mut(record).drift = None;
    }
    if record.at.len() > 1 && !capabilities.fragments {
        loss.note(Lost::Fragments, 1, || place(record));
        let extent = record.extent();
        Arc::make_mut(record).at = extent.into_iter().collect();
    }
    if !capabilities.attributes && !record.attributes.is_empty() {
        loss.note(Lost::Attribute, record.attributes.len(), || place(record));
        Arc::make_mut(record).attributes.clear();
    }
    let lost = |filler: &Filler| match filler {
        // Only a format that carries everything can say what is not there.
        Filler::Annotation(id) => {
            (!capabilities.roles || !(ids.contains(id) || capabilities.drift)).then_some(Lost::Role)
        }
        Filler::Span(_) => (!capabilities.role_words).then_some(Lost::RoleWords),
        Filler::Value(_) => (!capabilities.role_values).then_some(Lost::RoleValue),
    };
    let before = record.roles.len();
    let mut kept = before;
    for what in record.roles.iter().filter_map(|role| lost(&role.filler)) {
        loss.note(what, 1, || place(record));
        kept -= 1;
    }
    if kept < before {
        Arc::make_mut(record).roles.retain(|role| lost(&role.filler).is_none());
    }
    if record.referent.is_some() && !capabilities.referents {
        loss.note(Lost::Reference, 1, || place(record));
        Arc::make_mut(record).referent = None;
    }
    if !record.note.is_empty() && !capabilities.notes {
        loss.note(Lost::Note, 1, || place(record));
        Arc::make_mut(record).note.clear();
    }
    let (at, via) = nowhere_at();
    if !capabilities.provenance && (record.origin.at != at || record.origin.via != via) {
        loss.note(Lost::Provenance, 1, || place(record));
        let origin = &mut Arc::make_mut(record).origin;
        (origin.at, origin.via) = (at, via);
    }
}

/// Names a record's place for a person: article and words.
pub(super) fn place(article: &str, text: &crate::text::Text, record: &Annotation) -> String {
    let words = record.extent().map_or("", |extent| text.slice(Span::new(extent.start, extent.end)));
    let words: String = words.chars().take(40).collect();
    let label = &record.label;
    if words.is_empty() {
        format!("{label} {} in {article}", record.id)
    } else {
        format!("{label} “{words}” in {article}")
    }
}

/// Gives the records of a layer other names, and roles with them; notes those that change.
pub(super) fn rename(page: &mut ExchangeDocument, loss: &mut Loss, mut name: impl FnMut(usize, &Annotation) -> Id) {
    let article = &page.id;
    for layer in &mut page.sets {
        let names: HashMap<Id, Id> =
            layer.records.iter().enumerate().map(|(index, record)| (record.id, name(index, record))).collect();
        for record in &mut layer.records {
            let changed = names[&record.id] != record.id;
            loss.note(Lost::Id, usize::from(changed), || format!("{} in {article}", record.id));
            let after = Arc::make_mut(record);
            after.id = names[&after.id];
            for role in &mut after.roles {
                if let Filler::Annotation(id) = &mut role.filler {
                    *id = names.get(id).copied().unwrap_or(*id);
                }
            }
        }
        layer.records.sort_by_key(|record| {
            let extent = record.extent();
            (extent.map(|span| span.start), std::cmp::Reverse(extent.map(|span| span.end)), record.id)
        });
    }
}

/// Takes out roles that hold from or to a record without a span, for formats whose relations join places in the text.
/// `keep` may keep the roles that a record without a span has.
pub(super) fn drop_roles_without_span(
    page: &mut ExchangeDocument,
    loss: &mut Loss,
    keep: impl Fn(&Annotation) -> bool,
) {
    let (article, text) = (page.id.clone(), page.text.clone());
    for layer in &mut page.sets {
        let standing: HashSet<Id> =
            layer.records.iter().filter(|record| !record.at.is_empty()).map(|record| record.id).collect();
        for record in &mut layer.records {
            let none = record.at.is_empty() && !keep(record);
            let goes = |filler: &Filler| none || matches!(filler, Filler::Annotation(id) if !standing.contains(id));
            let gone = record.roles.iter().filter(|role| goes(&role.filler)).count();
            if gone > 0 {
                loss.note(Lost::Role, gone, || place(&article, &text, record));
                Arc::make_mut(record).roles.retain(|role| !goes(&role.filler));
            }
        }
    }
}
