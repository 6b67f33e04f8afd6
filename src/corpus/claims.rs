//! The claims of a corpus: pairs that may have to do with each other, and what became of all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::days::Days;
use super::digest::{Digest, FillerOf, Frame};
use super::fold::folded;
use super::index::{Index, Item};
use super::rare_words;
use super::scheme::Scheme;
use super::trips::TripKey;
use crate::edit::Standing;
use crate::model::{Id, Name, Verdict};

/// Claims of one subject that are held against each other at most: those that follow in the order of publication.
const NEIGHBOURS: usize = 64;

/// The share of common words from which claims about one trip are alike, those of one claimant, and those about one
/// traveller.
const ALIKE: [f32; 3] = [0.06, 0.15, 0.12];

/// The share of common words from which two claims may say the same.
const SAME: f32 = 0.35;

/// One claim: a referent with all frames that tell it, or a frame that no referent joins.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its name.
    pub key: TripKey,
    /// Its label.
    pub label: Name,
    /// Its frames, by article and place.
    pub frames: Vec<Item>,
    /// True where it denies something, false where it affirms it; none where it does not say, or says both.
    pub denies: Option<bool>,
    /// The days that it says, or that the trips have which it is about.
    pub days: Option<Days>,
    /// Its words, folded, each once, short ones left out.
    words: BTreeSet<String>,
}

/// A part of the work list of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PairPart {
    /// One affirms what the other denies, or their days do not meet.
    Opposite,
    /// They are about one thing and have words in common, or rare words.
    Near,
    /// It was judged, or follows from what was judged.
    Judged(Verdict),
}

/// Two claims that may have to do with each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The claims, by their place in [`Claims::all`].
    pub of: (usize, usize),
    /// The part of the list that it stands in.
    pub part: PairPart,
    /// True where both are about one thing, by the roles for that.
    pub same_about: bool,
    /// True where somebody claims both.
    pub same_claimant: bool,
    /// The words that they have in common, folded.
    pub common: Vec<String>,
    /// The share of their words that they have in common, 0 to 1.
    pub alike: f32,
    /// The likeliest answer, where there is one; it is never taken without a person.
    pub proposed: Option<Verdict>,
}

/// One line of the overview: a claim with all that are the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClaimLine {
    /// The claims, by their place in [`Claims::all`].
    pub claims: Vec<usize>,
    /// The articles that tell it, by their place in the project.
    pub articles: Vec<u32>,
    /// Other lines that it supports, or that support it.
    pub supports: usize,
    /// Other lines that it contradicts.
    pub contradicts: usize,
    /// Other lines that speak of another time.
    pub other_time: usize,
    /// Publishers that tell it; copies of one report count once.
    pub publishers: usize,
}

/// All claims of an index.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// By article and place.
    pub all: Vec<Claim>,
    /// The claims of each subject: what they are about, who claims it, who goes on the trip.
    subjects: BTreeMap<Subject, Vec<usize>>,
}

/// The things that two claims have in common.
#[derive(Debug, Clone, Copy, Default)]
struct Common {
    about: bool,
    claimant: bool,
    goes: bool,
    rare_words: bool,
    /// One follows the other in an article.
    beside: bool,
}

/// A subject that claims have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Subject {
    /// A trip, person or other thing that it is about.
    About(String),
    /// The one who says it.
    Claimant(String),
    /// Somebody who goes on a trip that it is about.
    Goes(String),
}

impl Claims {
    /// The claims of all labels whose frames are about other frames, of the frames that `keep` wants.
    #[must_use]
    pub fn of(index: &Index, keep: &dyn Fn(Item) -> bool) -> Self {
        let schemes = Scheme::statements(index.schema());
        let journeys = Scheme::journeys(index.schema());
        let mut groups: BTreeMap<TripKey, Vec<(Item, &Frame, &Scheme<'_>)>> = BTreeMap::new();
        for (item, frame) in index.frames().filter(|(item, _)| keep(*item)) {
            if let Some(scheme) = schemes.iter().find(|scheme| scheme.label.name == frame.label) {
                let key = frame.referent.map_or(TripKey::Frame(item), TripKey::Joined);
                groups.entry(key).or_default().push((item, frame, scheme));
            }
        }
        let mut claims: Vec<(Claim, BTreeSet<Subject>)> = Vec::with_capacity(groups.len());
        for (key, frames) in groups {
            let mut subjects = BTreeSet::new();
            let (mut words, mut days, mut denies) = (BTreeSet::new(), None::<Days>, BTreeSet::new());
            for (item, frame, scheme) in &frames {
                let digest = index.digest_of(*item);
                let more = subjects_of(digest, frame, scheme, &journeys, &mut subjects);
                days = [days, frame.days, more].into_iter().flatten().reduce(Days::hull);
                denies.extend(scheme.denies(frame));
                words.extend(content(&frame.words));
            }
            let label = frames[0].1.label.clone();
            let denies = denies.first().copied().filter(|_| denies.len() == 1);
            let frames = frames.into_iter().map(|(item, ..)| item).collect();
            claims.push((Claim { key, label, frames, denies, days, words }, subjects));
        }
        claims.sort_by_cached_key(|(claim, _)| {
            let first = claim.frames[0];
            (index.digest_of(first).published, first)
        });
        let mut all = Self::default();
        for (at, (claim, subjects)) in claims.into_iter().enumerate() {
            subjects.into_iter().for_each(|subject| all.subjects.entry(subject).or_default().push(at));
            all.all.push(claim);
        }
        all
    }

    /// The pairs that may have to do with each other: opposite ones first, then those that are alike, then those that were
    /// judged; of each part those with the most words in common first.
    #[must_use]
    pub fn pairs(&self, standing: &Standing) -> Vec<Pair> {
        let mut common: HashMap<(usize, usize), Common> = HashMap::new();
        for (subject, claims) in &self.subjects {
            for (at, one) in claims.iter().enumerate() {
                for other in claims[at + 1..].iter().take(NEIGHBOURS) {
                    let common = common.entry((*one, *other)).or_default();
                    match subject {
                        Subject::About(_) => common.about = true,
                        Subject::Claimant(_) => common.claimant = true,
                        Subject::Goes(_) => common.goes = true,
                    }
                }
            }
        }
        for pair in rare_words::pairs(self.all.iter().map(|claim| &claim.words)) {
            common.entry(pair).or_default().rare_words = true;
        }
        for pair in self.neighbours() {
            common.entry(pair).or_default().beside = true;
        }
        // Two that were judged stand in the list whatever they have in common.
        let joined =
            |(at, claim): (usize, &Claim)| if let TripKey::Joined(id) = claim.key { Some((id, at)) } else { None };
        let places: HashMap<Id, usize> = self.all.iter().enumerate().filter_map(joined).collect();
        for (one, other) in standing.pairs() {
            if let (Some(one), Some(other)) = (places.get(&one), places.get(&other)) {
                common.entry((*one.min(other), *one.max(other))).or_default();
            }
        }
        let pair = |(of, common): (&(usize, usize), &Common)| self.pair(*of, common, standing);
        let mut pairs: Vec<Pair> = common.iter().filter_map(pair).collect();
        pairs.sort_by(|one, other| {
            one.part.cmp(&other.part).then(other.alike.total_cmp(&one.alike)).then(one.of.cmp(&other.of))
        });
        pairs
    }

    /// Claims of which one follows the other in an article.
    fn neighbours(&self) -> Vec<(usize, usize)> {
        let frames =
            self.all.iter().enumerate().flat_map(|(at, claim)| claim.frames.iter().map(move |item| (*item, at)));
        let mut frames: Vec<(Item, usize)> = frames.collect();
        frames.sort_unstable();
        let beside = |pair: &&[(Item, usize)]| pair[0].0.article == pair[1].0.article && pair[0].1 != pair[1].1;
        let pairs = frames.windows(2).filter(beside);
        pairs.map(|pair| (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1))).collect()
    }

    fn pair(&self, of: (usize, usize), by: &Common, standing: &Standing) -> Option<Pair> {
        let (one, other) = (&self.all[of.0], &self.all[of.1]);
        let common: Vec<String> = one.words.intersection(&other.words).cloned().collect();
        let all = one.words.len() + other.words.len() - common.len();
        let alike = if all == 0 { 0.0 } else { common.len() as f32 / all as f32 };
        let denied = one.denies.zip(other.denies).is_some_and(|(one, other)| one != other);
        let judged = match (one.key, other.key) {
            (TripKey::Joined(one), TripKey::Joined(other)) => standing.between(one, other),
            _ => None,
        };
        let near =
            [by.about, by.claimant, by.goes].into_iter().zip(ALIKE).any(|(there, least)| there && alike >= least);
        let against = denied && (by.about || by.claimant || by.beside);
        if judged.is_none() && !near && !by.rare_words && !against {
            return None;
        }
        let apart = one.days.zip(other.days).is_some_and(|(one, other)| !one.meets(other));
        let part = match judged {
            Some(verdict) => PairPart::Judged(verdict),
            None if denied || apart => PairPart::Opposite,
            None => PairPart::Near,
        };
        let proposed = match (denied, apart) {
            _ if judged.is_some() => None,
            (true, false) => Some(Verdict::Contradicts),
            (_, true) => Some(Verdict::OtherTime),
            (false, false) => (alike >= SAME).then_some(Verdict::Same),
        };
        Some(Pair { of, part, same_about: by.about, same_claimant: by.claimant, common, alike, proposed })
    }

    /// The overview: claims that are the same in one line, those that most publishers tell first.
    #[must_use]
    pub fn lines(&self, index: &Index, standing: &Standing) -> Vec<ClaimLine> {
        let class = |key: TripKey| match key {
            TripKey::Joined(id) => TripKey::Joined(standing.class(id)),
            TripKey::Frame(_) => key,
        };
        let mut lines: BTreeMap<TripKey, ClaimLine> = BTreeMap::new();
        for (at, claim) in self.all.iter().enumerate() {
            let line = lines.entry(class(claim.key)).or_default();
            line.claims.push(at);
            line.articles.extend(claim.frames.iter().map(|item| item.article));
        }
        let joined: Vec<Id> =
            lines.keys().filter_map(|key| if let TripKey::Joined(id) = key { Some(*id) } else { None }).collect();
        let known: HashSet<Id> = joined.into_iter().collect();
        for (one, other, verdict) in standing.said() {
            for id in [one, other].into_iter().filter(|id| known.contains(id)) {
                let Some(line) = lines.get_mut(&TripKey::Joined(id)) else { continue };
                match verdict {
                    Verdict::Supports => line.supports += 1,
                    Verdict::Contradicts => line.contradicts += 1,
                    Verdict::OtherTime => line.other_time += 1,
                    Verdict::Same | Verdict::NotSame | Verdict::Unsure | Verdict::Unrelated => {}
                }
            }
        }
        let mut lines: Vec<ClaimLine> = lines.into_values().collect();
        for line in &mut lines {
            line.articles.sort_unstable();
            line.articles.dedup();
            line.publishers = publishers(index, &line.articles);
        }
        lines.sort_by(|one, other| other.publishers.cmp(&one.publishers).then(one.claims.cmp(&other.claims)));
        lines
    }
}

/// Adds what a claim is about, who says it, and who goes on the trips that it is about; gives the days of those.
fn subjects_of(
    digest: &Digest,
    frame: &Frame,
    scheme: &Scheme<'_>,
    journeys: &[Scheme<'_>],
    subjects: &mut BTreeSet<Subject>,
) -> Option<Days> {
    let article = &digest.article.id;
    let named =
        |referent: Option<Id>, words: &str| referent.map_or_else(|| folded(words.trim()), |id| format!("\u{1}{id}"));
    let mut days = None;
    let fillers = scheme.about.iter().flat_map(|role| frame.fillers(role));
    for filler in fillers {
        let FillerOf::Frame(id) = filler.of else {
            subjects.insert(Subject::About(named(filler.referent, &filler.words)));
            continue;
        };
        let own = || format!("\u{1}{article} {id}");
        subjects.insert(Subject::About(filler.referent.map_or_else(own, |id| format!("\u{1}{id}"))));
        let Some(about) = digest.frame(id) else { continue };
        let Some(journey) = journeys.iter().find(|journey| journey.label.name == about.label) else { continue };
        days = [days, about.days].into_iter().flatten().reduce(Days::hull);
        for who in journey.who.into_iter().flat_map(|role| about.fillers(role)) {
            subjects.insert(Subject::Goes(named(who.referent, &who.words)));
        }
    }
    for who in scheme.who.into_iter().flat_map(|role| frame.fillers(role)) {
        subjects.insert(Subject::Claimant(named(who.referent, &who.words)));
    }
    days
}

/// The words of a claim that say something: of three letters or more, folded.
fn content(words: &str) -> impl Iterator<Item = String> {
    let folded = folded(words);
    let split: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3)
        .map(str::to_owned)
        .collect();
    split.into_iter()
}

/// The publishers of articles, copies of one report counted once; one that is not known counts for itself.
fn publishers(index: &Index, articles: &[u32]) -> usize {
    let digests = articles.iter().map(|at| &*index.digests()[*at as usize]);
    let mut own: Vec<(&str, &Digest)> = Vec::new();
    for digest in digests {
        let publisher = digest.article.publisher.trim();
        let known =
            own.iter().any(|(name, first)| (!publisher.is_empty() && *name == publisher) || is_copy(first, digest));
        if !known {
            own.push((publisher, digest));
        }
    }
    own.len()
}

/// True where most of the shorter text stands in the other one, eight words at a time.
fn is_copy(one: &Digest, other: &Digest) -> bool {
    if one.article.sha256 == other.article.sha256 {
        return true;
    }
    let runs = |text: &str| -> HashSet<u64> {
        use std::hash::{BuildHasher, Hasher};
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        let hash = |words: &[&str]| {
            let mut hasher = foldhash::fast::FixedState::default().build_hasher();
            words.iter().for_each(|word| hasher.write(word.as_bytes()));
            hasher.finish()
        };
        words.windows(8).map(hash).collect()
    };
    let (one, other) = (runs(&one.text), runs(&other.text));
    let least = one.len().min(other.len());
    least > 0 && one.intersection(&other).count() * 10 >= least * 7
}
