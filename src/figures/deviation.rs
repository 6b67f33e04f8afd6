//! Deviations of a set from the one that is taken for right, thing by thing: the errors of a model, and what an annotator can
//! learn from gold. Judged as the figures count it, by the same alignment.

use std::collections::{BTreeMap, BTreeSet};

use super::frames::{match_roles, normal_values};
use super::identity_errors::{Identified, WrongAcross, wrong_across};
use super::project::has_gold;
use super::report::ScoredArticles;
use super::request::ArticlesOf;
use super::zones::{LeftOut, ZoneText};
use crate::lang::Message;
use crate::message;
use crate::model::{Annotation, AnnotationSet, ArticleId, Corpus, Filler, Id, Kind, Name, Schema, Slot};
use crate::review::{Review, Strategy, Why, align_with};
use crate::store::{Scan, Scanned};
use crate::text::{Span, Text};

/// The kind of a deviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeviationKind {
    /// It is not there.
    Missing,
    /// It is there and should not be.
    Spurious,
    /// It has other words.
    Boundary,
    /// It is called something else.
    Label,
    /// Something else is said of it.
    Attribute,
    /// Something else fills a role.
    Role,
    /// It is said to be someone or something else.
    Identity,
}

impl DeviationKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] =
        [Self::Missing, Self::Spurious, Self::Boundary, Self::Label, Self::Attribute, Self::Role, Self::Identity];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Spurious => "spurious",
            Self::Boundary => "boundary",
            Self::Label => "label",
            Self::Attribute => "attribute",
            Self::Role => "role",
            Self::Identity => "identity",
        }
    }
}

/// One deviation of a set from the one that is taken for right. What has two sides has that one first.
#[derive(Debug, Clone, PartialEq)]
pub struct Deviation {
    /// The article.
    pub article: ArticleId,
    /// The kind of deviation.
    pub kind: DeviationKind,
    /// In which slot.
    pub slot: Slot,
    /// The kind of thing that it is about.
    pub of: Kind,
    /// The subject: label and words.
    pub title: String,
    /// The record of each side; none where it has nothing.
    pub records: [Option<Id>; 2],
    /// The label of each record.
    pub labels: [Option<Name>; 2],
    /// The words of each record; none where it has none.
    pub places: [Vec<Span>; 2],
    /// The same in code points, from the first to the last.
    pub chars: [Option<(u32, u32)>; 2],
    /// The words of each record, fragments with " … " between them; empty where it has none.
    pub words: [String; 2],
    /// The value of each side, in words; empty for nothing.
    pub said: [String; 2],
    /// Of a role: the number of fillers of each side that the other lacks.
    pub fillers: [usize; 2],
    /// True where the figures count it; an order of fillers, or an attribute that the schema does not know, is no error to
    /// them.
    pub counted: bool,
    /// True of identity that is right within the article, and wrong in view of others.
    pub across: bool,
    /// The place to look at; none where nothing of it stands in the text.
    pub place: Option<Span>,
    /// The reason, where somebody decided it.
    pub why: Option<Why>,
}

/// A part of the figures that has nothing where predictions have nothing of the kind anywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Predicted {
    /// Mentions, trips and claims, zones, or statements about the article.
    Things(Kind),
    /// An attribute of a label.
    Attribute(Name, Name),
    /// A role of a label.
    Role(Name, Name),
    /// The referents of annotations.
    Identity,
}

impl Predicted {
    /// As people read it.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Things(Kind::Entity) => message!("mentions"),
            Self::Things(Kind::Frame) => message!("frames"),
            Self::Things(Kind::Zone) => message!("figure-zones"),
            Self::Things(Kind::Document) => message!("figure-documents"),
            Self::Attribute(label, name) | Self::Role(label, name) => {
                message!("feedback-slot", slot = name, name = label)
            }
            Self::Identity => message!("kind-identity"),
        }
    }
}

/// The deviations of a set in one or more articles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deviations {
    /// All of them, article by article, in reading order.
    pub all: Vec<Deviation>,
    /// The number of things in each part of the figures, on either side.
    tally: BTreeMap<Predicted, [usize; 2]>,
    /// The annotations of which both say who or what they are.
    identified: Vec<Identified>,
}

impl Deviations {
    /// The deviations of the set of `whose` from that of `gold` in an article. A set that is not loaded counts as empty.
    #[must_use]
    pub fn of(corpus: &Corpus, article: &ArticleId, gold: &Name, whose: &Name) -> Self {
        let mut found = Self::default();
        each_thing(corpus, article, [gold, whose], |judge| judge.thing(&mut found));
        found
    }

    /// The deviations of identity in an article that only others show.
    fn across(corpus: &Corpus, article: &ArticleId, names: [&Name; 2], wrong: &WrongAcross) -> Self {
        let mut found = Self::default();
        each_thing(corpus, article, names, |judge| judge.across(wrong, &mut found));
        found
    }

    /// Adds those of another article.
    pub fn extend(&mut self, other: Self) {
        self.all.extend(other.all);
        self.identified.extend(other.identified);
        for (part, [gold, predicted]) in other.tally {
            let sum = self.tally.entry(part).or_default();
            *sum = [sum[0] + gold, sum[1] + predicted];
        }
    }

    /// Puts deviations of several articles among the others, each in its place.
    fn insert(&mut self, more: Vec<Deviation>, corpus: &Corpus) {
        if more.is_empty() {
            return;
        }
        let at = |it: &Deviation| (corpus.article_index(&it.article), it.place.map(|place| place.start));
        self.all.extend(more);
        self.all.sort_by_key(at);
    }

    /// The parts of which gold has something and predictions have nothing anywhere: no figure counts what is lacking there.
    pub fn not_predicted(&self) -> impl Iterator<Item = &Predicted> {
        self.tally.iter().filter(|(_, [gold, predicted])| *gold > 0 && *predicted == 0).map(|(part, _)| part)
    }

    /// Keeps what the figures count as an error of the predictions.
    pub fn keep_errors(&mut self) {
        let not_predicted: BTreeSet<Predicted> = self.not_predicted().cloned().collect();
        self.all.retain(|it| it.counted && !it.part().is_some_and(|part| not_predicted.contains(&part)));
    }

    /// Keeps what an annotator can learn: who names no referent has not said that mentions are about nobody.
    pub fn keep_lessons(&mut self) {
        let identifies = self.not_predicted().all(|part| *part != Predicted::Identity);
        self.all.retain(|it| it.kind != DeviationKind::Identity || identifies);
    }

    /// The number of each kind, in the order of [`DeviationKind::ALL`].
    #[must_use]
    pub fn counts(&self) -> [(DeviationKind, usize); 7] {
        DeviationKind::ALL.map(|kind| (kind, self.all.iter().filter(|it| it.kind == kind).count()))
    }
}

impl Deviation {
    /// The part of the figures that it counts in.
    fn part(&self) -> Option<Predicted> {
        let label = self.labels[0].clone();
        match (self.kind, &self.slot) {
            (DeviationKind::Attribute, Slot::Attribute(name)) => label.map(|it| Predicted::Attribute(it, name.clone())),
            (DeviationKind::Role, Slot::Role(name)) => label.map(|it| Predicted::Role(it, name.clone())),
            (DeviationKind::Identity, _) => Some(Predicted::Identity),
            _ => Some(Predicted::Things(self.of)),
        }
    }
}

/// Aligns two sets of an article, gold first, and has each thing judged.
fn each_thing(corpus: &Corpus, article: &ArticleId, names: [&Name; 2], mut judged: impl FnMut(&Judge<'_>)) {
    let names = names.map(Name::clone);
    let (none, blank) = (AnnotationSet::default(), Text::default());
    let sets = names.each_ref().map(|name| corpus.set(article, name).unwrap_or(&none));
    let text = corpus.text(article).unwrap_or(&blank);
    let all = [sets[0], sets[1], &none];
    // As the figures align them: the names of referents decide nothing.
    let alignment = align_with(&corpus.schema, text, (&all, Vec::new()), 2);
    let panel = (&names[..], &Name::new(""));
    let review = Review::of_aligned(corpus, article, panel, Strategy::Unanimous, None, (&all, alignment));
    for unit in 0..review.units.len() {
        judged(&Judge { corpus, review: &review, sets, unit, records: records(&review, sets, unit) });
    }
}

/// The set whose deviations are wanted, in a whole project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviationRequest {
    /// The set that is taken for right.
    pub gold: Name,
    /// The set that deviates from it.
    pub whose: Name,
    /// The articles that are looked at.
    pub articles_of: ArticlesOf,
    /// The choice whether text in zones of gold counts.
    pub zones: ZoneText,
}

/// The deviations in a project.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectDeviations {
    /// The deviations.
    pub found: Deviations,
    /// The numbers of articles behind it.
    pub articles: ScoredArticles,
    /// The files that could not be read, a sentence each.
    pub unread: Vec<Message>,
}

/// Looks for the deviations of a set in every article, as predictions are scored. `progress` is told articles done and
/// articles in all, and stops the work by saying `false`: then there is no answer.
pub fn project_deviations(
    scan: &Scan,
    request: &DeviationRequest,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<ProjectDeviations> {
    let total = scan.corpus().articles().len();
    let none = ScoredArticles { gold: 0, predicted: 0, scored: 0 };
    let mut all = ProjectDeviations { found: Deviations::default(), articles: none, unread: Vec::new() };
    let mut done = 0;
    let scan = scan.only(&[&request.gold, &request.whose]);
    let take = |(there, found, unread): ([bool; 2], Option<Deviations>, Vec<Message>)| {
        done += 1;
        all.articles.gold += usize::from(there[0]);
        all.articles.predicted += usize::from(there[1]);
        all.articles.scored += usize::from(found.is_some());
        found.into_iter().for_each(|found| all.found.extend(found));
        all.unread.extend(unread);
        if progress(done, total) { Ok(()) } else { Err(()) }
    };
    scan.each(0..total, |_, scanned| article(scan.corpus(), request, scanned, None), take).ok()?;
    let wrong = wrong_across(&all.found.identified);
    let places = (0..total).filter(|at| wrong.contains_key(&scan.corpus().articles()[*at].id));
    let again = |_, scanned: Scanned| {
        let wrong = wrong.get(&scanned.article.id);
        article(scan.corpus(), request, scanned, wrong).1
    };
    let mut more = Vec::new();
    let take = |found: Option<Deviations>| {
        more.extend(found.into_iter().flat_map(|found| found.all));
        if progress(total, total) { Ok(()) } else { Err(()) }
    };
    scan.each(places, again, take).ok()?;
    all.found.insert(more, scan.corpus());
    Some(all)
}

/// Looks at one article: says whether gold and predictions are there, the deviations where it is scored (or of what is `wrong`
/// in view of others, where that is given, those alone), and which files could not be read.
fn article(
    corpus: &Corpus,
    request: &DeviationRequest,
    scanned: Scanned,
    wrong: Option<&WrongAcross>,
) -> ([bool; 2], Option<Deviations>, Vec<Message>) {
    let Scanned { article, text, sets, unread, .. } = scanned;
    let Some(text) = text else { return ([false; 2], None, unread) };
    let names = [&request.gold, &request.whose];
    let zones = sets.iter().filter(|it| it.annotator == request.gold && request.zones == ZoneText::LeftOut);
    let left_out = LeftOut::of(&corpus.schema, &text, zones.map(|it| &it.set));
    let mut corpus = corpus.clone();
    corpus.load_text(article.id.clone(), text);
    let mut there = [false; 2];
    for set in sets {
        let Some(side) = names.iter().position(|name| **name == set.annotator) else { continue };
        there[side] = side == 1 || has_gold(&set.set);
        if there[side] {
            let counted = left_out.without(&corpus.schema, &set.set).into_owned();
            corpus.load_set((article.id.clone(), set.annotator), counted);
        }
    }
    let scored = request.articles_of.takes(there);
    let found = || match wrong {
        Some(wrong) => Deviations::across(&corpus, &article.id, names, wrong),
        None => Deviations::of(&corpus, &article.id, names[0], names[1]),
    };
    (there, scored.then(found), unread)
}

fn records<'a>(review: &Review, sets: [&'a AnnotationSet; 2], unit: usize) -> [Option<&'a Annotation>; 2] {
    [0, 1].map(|side| review.units[unit].members[side].and_then(|id| sets[side].get(id)).map(|record| &**record))
}

/// The words of both sides in quotes, long ones cut in their middle, so that ends that differ are seen; none where they look the
/// same so.
fn ends(words: &[String; 2]) -> Option<[String; 2]> {
    const EITHER: usize = 30;
    let cut = |words: &String| {
        let words: Vec<char> = words.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        match words.len() {
            0 => String::new(),
            length if length <= 2 * EITHER => format!("\"{}\"", words.iter().collect::<String>()),
            length => {
                let [first, last] =
                    [&words[..EITHER], &words[length - EITHER..]].map(|part| part.iter().collect::<String>());
                format!("\"{first}…{last}\"")
            }
        }
    };
    let [one, other] = words.each_ref().map(cut);
    (one != other).then_some([one, other])
}

/// One thing of an article, as it is judged.
struct Judge<'a> {
    corpus: &'a Corpus,
    review: &'a Review,
    sets: [&'a AnnotationSet; 2],
    unit: usize,
    records: [Option<&'a Annotation>; 2],
}

impl Judge<'_> {
    fn schema(&self) -> &Schema {
        &self.corpus.schema
    }

    fn of(&self) -> Kind {
        let first = self.records.iter().flatten().next();
        first.map_or(Kind::Entity, |record| self.schema().kind(&record.label))
    }

    /// Judges all of it.
    fn thing(&self, found: &mut Deviations) {
        for (side, record) in self.records.iter().enumerate() {
            let Some(record) = record else { continue };
            found.tally.entry(Predicted::Things(self.of())).or_default()[side] += 1;
            found.tally.entry(Predicted::Identity).or_default()[side] += usize::from(record.referent.is_some());
        }
        match self.records {
            [Some(_), None] => found.all.push(self.deviation(DeviationKind::Missing, Slot::Presence)),
            [None, Some(_)] => found.all.push(self.deviation(DeviationKind::Spurious, Slot::Presence)),
            [Some(gold), Some(other)] => self.slots([gold, other], found),
            [None, None] => {}
        }
    }

    /// Judges what two say of one thing.
    fn slots(&self, records: [&Annotation; 2], found: &mut Deviations) {
        let [gold, other] = records;
        if gold.at != other.at {
            found.all.push(self.deviation(DeviationKind::Boundary, Slot::Extent));
        }
        if gold.label != other.label {
            found.all.push(self.deviation(DeviationKind::Label, Slot::Label));
        } else {
            self.attributes(records, found);
        }
        if self.of() == Kind::Frame {
            self.roles(records, found);
        }
        let clusters = [0, 1].map(|side| {
            let referent = records[side].referent?;
            self.review.alignment.referents.group_of(side, referent)
        });
        if clusters[0] != clusters[1] {
            found.all.push(self.deviation(DeviationKind::Identity, Slot::Identity));
        }
        if let [Some(one), Some(other)] = records.map(|record| record.referent) {
            found.identified.push(Identified {
                article: self.review.article.clone(),
                records: records.map(|record| record.id),
                referents: [one, other],
                right: clusters[0] == clusters[1],
            });
        }
    }

    /// Tells of what only other articles show to be somebody else.
    fn across(&self, wrong: &WrongAcross, found: &mut Deviations) {
        let [Some(gold), Some(other)] = self.records else { return };
        let Some(elsewhere) = wrong.get(&[gold.id, other.id]) else { return };
        let said = [0, 1].map(|side| {
            let name = self.records[side].and_then(|record| {
                let all = self.corpus.referents(&self.review.annotators[side])?;
                Some(all.get(&record.referent?)?.name.clone())
            });
            let name = name.unwrap_or_default();
            match &elsewhere[side] {
                Some(article) => message!("deviation-also-in", name = name, article = article).told(),
                None => message!("deviation-only-here", name = name).told(),
            }
        });
        let here = self.deviation(DeviationKind::Identity, Slot::Identity);
        found.all.push(Deviation { said, across: true, ..here });
    }

    fn attributes(&self, records: [&Annotation; 2], found: &mut Deviations) {
        let label = &records[0].label;
        let known: Vec<&Name> = match self.schema().label(label) {
            Some(def) => def.attributes.iter().map(|attribute| &attribute.name).collect(),
            None => Vec::new(),
        };
        let more = records.iter().flat_map(|record| &record.attributes).map(|(name, _)| name);
        let more: BTreeSet<&Name> = more.filter(|name| !known.contains(name)).collect();
        for name in known.iter().copied().chain(more) {
            let said = records.map(|record| normal_values(record, name));
            let tally = found.tally.entry(Predicted::Attribute(label.clone(), name.clone())).or_default();
            for (sum, said) in tally.iter_mut().zip(&said) {
                *sum += usize::from(said.is_some());
            }
            if said[0] != said[1] {
                let counted = known.contains(&name);
                let one = self.deviation(DeviationKind::Attribute, Slot::Attribute(name.clone()));
                found.all.push(Deviation { counted, ..one });
            }
        }
    }

    fn roles(&self, records: [&Annotation; 2], found: &mut Deviations) {
        let label = &records[0].label;
        for one in match_roles(&self.review.alignment, records) {
            let tally = found.tally.entry(Predicted::Role(label.clone(), one.role.clone())).or_default();
            *tally = [tally[0] + one.fillers[0], tally[1] + one.fillers[1]];
            let counted = one.left != [0, 0];
            let slot = Slot::Role(one.role.clone());
            // In an ordered role the same fillers may stand in another order.
            let ordered =
                || self.review.units[self.unit].rows.iter().any(|row| row.slot == slot && row.readings.len() > 1);
            if counted || ordered() {
                let found_here = self.deviation(DeviationKind::Role, slot);
                found.all.push(Deviation { counted, fillers: one.left, ..found_here });
            }
        }
    }

    fn deviation(&self, kind: DeviationKind, slot: Slot) -> Deviation {
        let unit = &self.review.units[self.unit];
        let row = unit.rows.iter().position(|row| row.slot == slot).unwrap_or(0);
        let place = |side: usize| {
            let record = self.records[side]?;
            record.extent().or_else(|| self.filler_place(side, record))
        };
        let text = self.corpus.text(&self.review.article);
        let places = self.records.map(|record| record.map_or(Vec::new(), |record| record.at.clone()));
        let words = |at: &Vec<Span>| {
            let words = at.iter().filter_map(|span| text?.as_str().get(span.range()));
            words.collect::<Vec<_>>().join(" … ")
        };
        let chars = |at: &Vec<Span>| Some(text?.to_chars(Span::new(at.first()?.start, at.last()?.end)));
        Deviation {
            article: self.review.article.clone(),
            kind,
            of: self.of(),
            title: self.review.title(self.corpus, unit),
            records: self.records.map(|record| record.map(|record| record.id)),
            labels: self.records.map(|record| record.map(|record| record.label.clone())),
            said: match (kind, ends(&places.each_ref().map(words))) {
                (DeviationKind::Boundary, Some(said)) => said,
                _ => self.review.said_by_two(self.corpus, self.unit, &slot),
            },
            chars: places.each_ref().map(chars),
            words: places.each_ref().map(words),
            places,
            fillers: [0, 0],
            counted: true,
            across: false,
            place: place(0).or_else(|| place(1)),
            why: self.review.why(self.corpus, &unit.case(self.unit, row)),
            slot,
        }
    }

    /// The words of the first filler that has any.
    fn filler_place(&self, side: usize, record: &Annotation) -> Option<Span> {
        record.roles.iter().find_map(|role| match &role.filler {
            Filler::Annotation(id) => self.sets[side].get(*id)?.extent(),
            Filler::Span(at) => Some(Span::new(at.first()?.start, at.last()?.end)),
            Filler::Value(_) => None,
        })
    }
}
