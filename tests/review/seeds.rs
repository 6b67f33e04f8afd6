//! A reference annotation of real articles, disturbed at random: alignment finds what was done, and nothing else.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::sync::Arc;

use jejak::agreement::random::Random;
use jejak::model::{Annotation, AnnotationSet, Corpus, Filler, Id, Progress, Role};
use jejak::review::{CaseKind, Choice, Review, Ruling, Strategy};
use jejak::text::{Span, Text};
use serde_json::Value as Json;

use super::build::{corpus, id, pick, record, renamed};
use super::common::shared;

/// The articles with their reference sets, in the default schema as far as it goes.
fn articles() -> Option<Vec<(Text, AnnotationSet)>> {
    let file = shared("seeds/gold.json")?;
    let gold: Json = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let random = &mut Random::new(0, 0);
    let mut all = Vec::new();
    for article in gold["articles"].as_object().unwrap().values() {
        let text = fs::read_to_string(file.with_file_name(article["file"].as_str().unwrap())).unwrap();
        let text = Text::new(&text);
        let set = convert(random, article, &text);
        all.push((text, set));
    }
    Some(all)
}

fn span(text: &Text, at: &Json) -> Option<Span> {
    text.from_chars(at["start"].as_u64()? as u32, at["end"].as_u64()? as u32)
}

fn spans(text: &Text, at: &Json) -> Vec<Span> {
    at.as_array().into_iter().flatten().filter_map(|at| span(text, at)).collect()
}

fn convert(random: &mut Random, article: &Json, text: &Text) -> AnnotationSet {
    let mut records: Vec<Annotation> = Vec::new();
    let mut entity_of: HashMap<Id, String> = HashMap::new();
    let mut referents: HashMap<String, Id> = HashMap::new();
    for zone in article["exclude_zones"].as_array().unwrap() {
        records.push(record(random, "boilerplate", span(text, zone).into_iter().collect(), "a"));
    }
    for mention in article["mentions"].as_array().unwrap() {
        let label = match mention["type"].as_str().unwrap() {
            "PER" => "person",
            "GPE" | "LOC" | "FAC" => "place",
            "ORG" | "MEDIA" => "organization",
            "DATE" => "date",
            "EVENT" => "event",
            _ => "object",
        };
        let mut one = record(random, label, span(text, mention).into_iter().collect(), "a");
        if let Some(entity) = mention["entity"].as_str() {
            entity_of.insert(one.id, entity.into());
            one.referent = Some(*referents.entry(entity.into()).or_insert_with(|| id(random)));
        }
        records.push(one);
    }
    let mentions = records.clone();
    // The mention of an entity that stands in one of these spans, or else the first one of it.
    let mention = |entity: &str, within: &[Span]| -> Option<Id> {
        let mut of = mentions.iter().filter(|it| entity_of.get(&it.id).is_some_and(|it| entity.contains(it.as_str())));
        let inside = of.clone().find(|it| within.iter().any(|span| span.contains(it.at[0])));
        inside.or_else(|| of.next()).map(|it| it.id)
    };
    let fill = |frame: &mut Annotation, role: &str, filler: Option<Filler>| {
        frame
            .roles
            .extend(filler.map(|filler| Role { name: role.into(), filler }).filter(|role| !frame.roles.contains(role)));
    };
    let mut trips: HashMap<String, Id> = HashMap::new();
    for trip in article["trips"].as_array().unwrap() {
        let mut frame = record(random, "trip", spans(text, &trip["triggers"]).into_iter().take(1).collect(), "a");
        frame.set_attribute(&"status".into(), trip["status"].as_str().map(Into::into));
        let names = |key: &str| trip[key].as_array().into_iter().flatten().filter_map(Json::as_str).collect::<Vec<_>>();
        for entity in names("travellers") {
            let there = mention(entity, &spans(text, &trip["traveller_spans"]));
            fill(&mut frame, "traveller", there.map(Filler::Annotation));
        }
        for leg in trip["legs"].as_array().into_iter().flatten() {
            let there = mention(leg["destination"].as_str().unwrap_or("?"), &spans(text, &trip["destination_spans"]));
            fill(&mut frame, "destination", there.map(Filler::Annotation));
        }
        for entity in names("hosts") {
            fill(&mut frame, "host", mention(entity, &[]).map(Filler::Annotation));
        }
        for date in spans(text, &trip["date_spans"]) {
            let there = mentions.iter().find(|it| it.label == *"date" && it.at == [date]).map(|it| it.id);
            fill(&mut frame, "departure", there.map(Filler::Annotation));
        }
        for purpose in spans(text, &trip["purpose_spans"]) {
            fill(&mut frame, "purpose", Some(Filler::Span(vec![purpose])));
        }
        trips.insert(trip["id"].as_str().unwrap().into(), frame.id);
        records.push(frame);
    }
    for claim in article["claims"].as_array().unwrap() {
        let mut frame = record(random, "claim", span(text, claim).into_iter().collect(), "a");
        let cue = spans(text, &claim["cue"]);
        fill(&mut frame, "claimant", mention(claim["claimant"].as_str().unwrap(), &cue).map(Filler::Annotation));
        for cue in cue {
            fill(&mut frame, "cue", Some(Filler::Span(vec![cue])));
        }
        for about in claim["about"].as_array().into_iter().flatten().filter_map(Json::as_str) {
            fill(&mut frame, "about", trips.get(about).copied().map(Filler::Annotation));
        }
        records.push(frame);
    }
    AnnotationSet::new(records.into_iter().map(Arc::new), Progress::Done)
}

/// What was done to a set: the kind of each difference, and the record of the reference that it concerns; none where
/// the reference has none.
type Expected = Vec<(CaseKind, Option<Id>)>;

/// A set being disturbed: every record is touched once at the most, so that differences can be told apart.
struct Disturbed<'a> {
    text: &'a Text,
    records: Vec<Annotation>,
    touched: HashSet<Id>,
    expected: Expected,
}

impl Disturbed<'_> {
    fn disturb(&mut self, random: &mut Random) {
        match random.below(7) {
            0 => self.shift(random),
            1 => self.relabel(random),
            2 => self.drop_mention(random),
            3 => self.drop_frame(random),
            4 => self.split(random),
            5 => self.swap(random),
            _ => self.merge(random),
        }
    }

    fn choose(&mut self, random: &mut Random, wanted: impl Fn(&Self, &Annotation) -> bool) -> Option<usize> {
        let fits = |at: &usize| !self.touched.contains(&self.records[*at].id) && wanted(self, &self.records[*at]);
        let fitting: Vec<usize> = (0..self.records.len()).filter(fits).collect();
        if fitting.is_empty() {
            return None;
        }
        let at = *pick(random, &fitting);
        self.touched.insert(self.records[at].id);
        Some(at)
    }

    fn fills(&self, id: Id) -> bool {
        self.records.iter().any(|record| record.targets().any(|target| target == id))
    }

    fn is_frame(record: &Annotation) -> bool {
        ["trip", "claim"].contains(&&*record.label)
    }

    /// One end moves by a letter or more.
    fn shift(&mut self, random: &mut Random) {
        let Some(at) = self.choose(random, |_, record| record.at[0].len() > 3) else { return };
        let old = self.records[at].at[0];
        let mut ends = (old.start + 1..old.end + 9).filter(|end| *end != old.end);
        let mut starts = (old.start.saturating_sub(9)..old.end).filter(|start| *start != old.start);
        let moved: Vec<Span> = if random.below(2) == 0 {
            ends.by_ref().map(|end| Span::new(old.start, end)).collect()
        } else {
            starts.by_ref().map(|start| Span::new(start, old.end)).collect()
        };
        let free =
            |span: &Span| self.text.check(*span).is_some() && self.records.iter().all(|other| other.at != [*span]);
        let moved: Vec<Span> = moved.into_iter().filter(free).collect();
        if moved.is_empty() {
            return;
        }
        self.records[at].at = vec![*pick(random, &moved)];
        self.expected.push((CaseKind::Boundary, Some(self.records[at].id)));
    }

    fn relabel(&mut self, random: &mut Random) {
        let Some(at) = self.choose(random, |_, record| !Self::is_frame(record) && record.label != *"boilerplate")
        else {
            return;
        };
        let labels = ["person", "place", "organization", "object"];
        let others: Vec<&str> = labels.into_iter().filter(|label| self.records[at].label != **label).collect();
        self.records[at].label = (*pick(random, &others)).into();
        self.expected.push((CaseKind::Label, Some(self.records[at].id)));
    }

    fn drop_mention(&mut self, random: &mut Random) {
        let Some(at) = self.choose(random, |it, record| !Self::is_frame(record) && !it.fills(record.id)) else {
            return;
        };
        let gone = self.records.remove(at);
        self.expected.push((CaseKind::Missing, Some(gone.id)));
    }

    fn drop_frame(&mut self, random: &mut Random) {
        let Some(at) = self.choose(random, |it, record| Self::is_frame(record) && !it.fills(record.id)) else { return };
        let gone = self.records.remove(at);
        self.expected.push((CaseKind::Missing, Some(gone.id)));
    }

    /// A trip of several legs becomes two trips on the same trigger.
    fn split(&mut self, random: &mut Random) {
        let legs = |record: &Annotation| record.fillers("destination").count();
        let Some(at) = self.choose(random, |_, record| record.label == *"trip" && legs(record) > 1) else { return };
        let mut rest = Annotation { id: id(random), ..self.records[at].clone() };
        let first = self.records[at].roles.iter().position(|role| role.name == *"destination").unwrap();
        let leg = self.records[at].roles.remove(first);
        rest.roles.retain(|role| role.name != *"destination" || *role == leg);
        self.touched.insert(rest.id);
        self.records.push(rest);
        // One question about both halves.
        self.expected.push((CaseKind::Missing, None));
    }

    /// Two roles of a frame change their fillers.
    fn swap(&mut self, random: &mut Random) {
        let roles = |record: &Annotation| {
            let filled = record.roles.iter().enumerate().filter(|(_, role)| record.fillers(&role.name).count() == 1);
            filled.map(|(index, _)| index).collect::<Vec<_>>()
        };
        let Some(at) = self.choose(random, |_, record| roles(record).len() > 1) else { return };
        let fitting = roles(&self.records[at]);
        let from = random.below(fitting.len() - 1);
        let (x, y) = (fitting[from], fitting[from + 1]);
        let record = &mut self.records[at];
        if record.roles[x].filler == record.roles[y].filler {
            return;
        }
        let filler = record.roles[x].filler.clone();
        record.roles[x].filler = std::mem::replace(&mut record.roles[y].filler, filler);
        self.expected.extend([(CaseKind::Role, Some(record.id)); 2]);
    }

    /// A trip takes up another one and all that points to it.
    fn merge(&mut self, random: &mut Random) {
        let untouched = |it: &Self, id: Id| {
            it.records
                .iter()
                .filter(|record| record.targets().any(|target| target == id))
                .all(|record| !it.touched.contains(&record.id))
        };
        let fits = |it: &Self, record: &Annotation| record.label == *"trip" && untouched(it, record.id);
        let Some(into) = self.choose(random, fits) else { return };
        let Some(gone) = self.choose(random, fits) else { return };
        // A merge into the lesser one is seen as the greater one with other words.
        let greater = self.records[into].roles.len() >= self.records[gone].roles.len();
        let (into, gone) = if greater { (into, gone) } else { (gone, into) };
        let (into_id, gone_id) = (self.records[into].id, self.records[gone].id);
        let taken = self.records[gone].clone();
        for role in taken.roles {
            if !self.records[into].roles.contains(&role) {
                self.records[into].roles.push(role);
            }
        }
        // One question about both: what fills the one frame comes from the halves.
        self.expected.push((CaseKind::Missing, Some(gone_id)));
        self.records.remove(gone);
        for record in &mut self.records {
            if !record.targets().any(|target| target == gone_id) {
                continue;
            }
            self.touched.insert(record.id);
            let (from, to) = (Filler::Annotation(gone_id), Filler::Annotation(into_id));
            let about = |role: &Role| role.filler == to;
            // A claim that lacks the one that is gone, and nothing else, is not asked about apart.
            if record.roles.iter().any(about) {
                record.roles.retain(|role| role.filler != from);
            } else {
                self.expected.push((CaseKind::Role, Some(record.id)));
            }
            for role in record.roles.iter_mut().filter(|role| role.filler == from) {
                role.filler = to.clone();
            }
        }
    }
}

#[test]
fn disturbances_of_a_reference_are_found_one_by_one() {
    let Some(articles) = articles() else { return };
    let mut kinds: HashMap<CaseKind, usize> = HashMap::new();
    for seed in 0..1_000 {
        let mut random = Random::new(seed, 1);
        let (text, reference) = &articles[seed as usize % articles.len()];
        let records: Vec<Annotation> = reference.iter().map(|record| Annotation::clone(record)).collect();
        let mut disturbed = Disturbed { text, records, touched: HashSet::new(), expected: Vec::new() };
        for _ in 0..1 + random.below(6) {
            disturbed.disturb(&mut random);
        }
        let mut expected = disturbed.expected;
        let other = AnnotationSet::new(disturbed.records.into_iter().map(Arc::new), Progress::Done);
        let (other, _) = renamed(&mut random, &other);
        let sets = [("a", reference.clone()), ("b", other)];
        let (mut corpus, article) = corpus(text.as_str(), &sets);
        let (names, gold) = (["a", "b"].map(Into::into), "gold".into());
        let open = |corpus: &Corpus| Review::open(corpus, &article, &names, &gold, Strategy::Unanimous);
        let review = open(&corpus);
        let mut found: Expected =
            review.cases.iter().map(|case| (case.kind, review.units[case.unit].members[0])).collect();
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "seed {seed}");
        // A third annotator who agrees with the first changes nothing in that, whoever comes first.
        let (third, _) = renamed(&mut random, reference);
        corpus.load_set((article.clone(), "c".into()), third);
        let three = ["b", "a", "c"].map(Into::into);
        let review = Review::open(&corpus, &article, &three, &gold, Strategy::Unanimous);
        let mut again: Expected =
            review.cases.iter().map(|case| (case.kind, review.units[case.unit].members[1])).collect();
        again.sort_unstable();
        assert_eq!(again, expected, "seed {seed}, three annotators");
        for (kind, _) in &found {
            *kinds.entry(*kind).or_default() += 1;
        }
        if seed % 20 != 0 {
            continue;
        }
        // As many decisions as differences, and what comes of them is the reading that was adopted.
        review.premerge(&corpus, &"c".into()).apply(&mut corpus).unwrap();
        for left in (0..found.len()).rev() {
            let review = open(&corpus);
            let choice = Choice::Adopt(0);
            let ruling = Ruling { choice, by: "c".into(), reason: String::new(), gap: String::new() };
            review.decide(&corpus, &review.cases[0], &ruling).apply(&mut corpus).unwrap();
            assert_eq!(open(&corpus).cases.len(), left, "seed {seed}");
        }
        let same = Review::open(&corpus, &article, &["a".into(), "gold".into()], &"-".into(), Strategy::Unanimous);
        assert_eq!(same.cases, [], "seed {seed}");
        assert!(open(&corpus).premerge(&corpus, &"c".into()).is_empty(), "seed {seed}");
    }
    for kind in [CaseKind::Missing, CaseKind::Boundary, CaseKind::Label, CaseKind::Role] {
        assert!(kinds[&kind] > 100, "{kinds:?}");
    }
}
