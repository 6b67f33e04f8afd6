//! Entries that may be one thing under two names.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::entry::{Entry, Register};
use super::names::{fingerprint, without_titles, words};
use crate::gazetteer::{Place, gazetteer};
use crate::model::{Id, Judgements, Name, Verdict};

/// The reason to think that two names are of one thing, the strongest first.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// Both are names of a place.
    Alias(&'static Place),
    /// The same words, in whatever order, case and marks.
    Fingerprint,
    /// All words of one, without these titles, stand in the other.
    Within(Vec<String>),
    /// So many letters are others, missing or too many.
    Spelling(usize),
}

impl Evidence {
    /// The name of the method.
    #[must_use]
    pub fn method(&self) -> &'static str {
        match self {
            Self::Alias(_) => "alias",
            Self::Fingerprint => "fingerprint",
            Self::Within(_) => "within",
            Self::Spelling(_) => "spelling",
        }
    }

    fn rank(&self) -> (u8, usize) {
        match self {
            Self::Alias(_) => (0, 0),
            Self::Fingerprint => (1, 0),
            Self::Within(_) => (2, 0),
            Self::Spelling(edits) => (3, *edits),
        }
    }
}

/// Two entries that may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspect {
    /// The two, by their place in the register; the one with more mentions first.
    pub of: (usize, usize),
    /// The names that are alike, in the same order.
    pub names: (String, String),
    /// The reason.
    pub evidence: Evidence,
}

/// Names of an entry that are compared at the most, the most frequent ones.
const NAMES: usize = 8;

/// Names are compared letter by letter with so many neighbours in the order of letters.
const NEIGHBOURS: usize = 12;

/// Names that are compared letter by letter have at least so many.
const LONG: usize = 8;

/// A name of an entry, as it is compared.
struct Known {
    entry: usize,
    name: String,
    words: Vec<String>,
    /// The words from this one on are not titles.
    bare_from: usize,
}

impl Known {
    fn new(entry: usize, name: &str, words: Vec<String>) -> Self {
        let bare_from = without_titles(&words).1.len();
        Self { entry, name: name.to_owned(), words, bare_from }
    }

    fn bare(&self) -> &[String] {
        &self.words[self.bare_from..]
    }
}

/// The pairs of entries that may be one, of one label each, with the strongest evidence first; those that were judged are not
/// among them, nor those of which that follows.
#[must_use]
pub fn suspects(register: &Register, judgements: &Judgements) -> Vec<Suspect> {
    let mut labels: BTreeMap<&Name, Vec<usize>> = BTreeMap::new();
    for (at, entry) in register.entries.iter().enumerate() {
        labels.entry(&entry.label).or_default().push(at);
    }
    let judged = Judged::of(judgements);
    let mut found: HashMap<(usize, usize), Suspect> = HashMap::new();
    for entries in labels.values() {
        let known = known(&register.entries, entries);
        let mut say = |one: &Known, other: &Known, evidence: Evidence| {
            let (one, other) = if one.entry <= other.entry { (one, other) } else { (other, one) };
            let pair = (one.entry, other.entry);
            if one.entry == other.entry || found.get(&pair).is_some_and(|it| it.evidence.rank() <= evidence.rank()) {
                return;
            }
            let names = (one.name.clone(), other.name.clone());
            found.insert(pair, Suspect { of: pair, names, evidence });
        };
        aliases(&known, &mut say);
        fingerprints(&known, &mut say);
        within(&known, &mut say);
        spelling(&known, &mut say);
    }
    let entries = &register.entries;
    let mut found: Vec<Suspect> = found.into_values().filter(|suspect| !judged.has(entries, suspect.of)).collect();
    let weight = |suspect: &Suspect| entries[suspect.of.0].mentions.len() + entries[suspect.of.1].mentions.len();
    found.sort_by(|one, other| {
        let key = |it: &Suspect| (it.evidence.rank(), std::cmp::Reverse(weight(it)), it.of);
        key(one).cmp(&key(other))
    });
    found
}

fn known(entries: &[Entry], of_label: &[usize]) -> Vec<Known> {
    let mut all = Vec::new();
    for &entry in of_label {
        let mut seen = HashSet::new();
        for name in entries[entry].all_names().take(NAMES) {
            let words = words(name);
            if !words.is_empty() && seen.insert(words.clone()) {
                all.push(Known::new(entry, name, words));
            }
        }
    }
    all
}

type Say<'a> = &'a mut dyn FnMut(&Known, &Known, Evidence);

/// Names of one place.
fn aliases(known: &[Known], say: Say<'_>) {
    let mut by_place: BTreeMap<u32, Vec<(&Known, bool, &'static Place)>> = BTreeMap::new();
    for name in known {
        // The largest is meant, unless somebody says another one.
        if let Some((place, own)) = meant(&name.name) {
            by_place.entry(place.id).or_default().push((name, own, place));
        }
    }
    for names in by_place.values() {
        each_pair(names, |(one, own, place), (other, other_own, _)| {
            if *own || *other_own {
                say(one, other, Evidence::Alias(place));
            }
        });
    }
}

fn fingerprints(known: &[Known], say: Say<'_>) {
    let mut same: BTreeMap<String, Vec<&Known>> = BTreeMap::new();
    for name in known {
        same.entry(fingerprint(name.bare())).or_default().push(name);
    }
    for names in same.values() {
        each_pair(names, |one, other| {
            let titles = titles(one, other);
            say(one, other, if titles.is_empty() { Evidence::Fingerprint } else { Evidence::Within(titles) });
        });
    }
}

/// Titles that one of the names has and the other lacks.
fn titles(one: &Known, other: &Known) -> Vec<String> {
    let [one, other] = [one, other].map(|name| &name.words[..name.bare_from]);
    if one == other { Vec::new() } else { if one.is_empty() { other } else { one }.to_vec() }
}

/// All words of one in another.
fn within(known: &[Known], say: Say<'_>) {
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, name) in known.iter().enumerate() {
        for word in name.bare().iter().collect::<BTreeSet<_>>() {
            by_word.entry(word).or_default().push(at);
        }
    }
    for few in known {
        let bare = few.bare();
        let Some(rare) = bare.iter().min_by_key(|word| by_word[word.as_str()].len()) else { continue };
        if !tells(few) {
            continue;
        }
        for many in by_word[rare.as_str()].iter().map(|&at| &known[at]) {
            if many.entry != few.entry && is_within(few, many) && !are_two_places(few, many) {
                say(few, many, Evidence::Within(titles(few, many)));
            }
        }
    }
}

/// True where all words of one, and another one, are words of the other.
fn is_within(few: &Known, many: &Known) -> bool {
    let bare = few.bare();
    many.bare().len() > bare.len() && bare.iter().all(|word| many.bare().contains(word))
}

/// True where a name has a word of three letters or more: shorter ones are in too many names.
fn tells(name: &Known) -> bool {
    name.bare().iter().any(|word| word.chars().nth(2).is_some())
}

/// True where both are known for names of places, and of no place in common.
fn are_two_places(one: &Known, other: &Known) -> bool {
    let own = |name: &Known| gazetteer().named(&name.name).iter().any(|it| it.own_name);
    own(one) && own(other) && gazetteer().of_both(&one.name, &other.name).is_none()
}

/// Long names of which few letters differ: compared with their neighbours in the order of letters, and in that of the letters
/// read backwards.
fn spelling(known: &[Known], say: Say<'_>) {
    let mut spelt: Vec<(String, &Known)> = known.iter().map(|name| (name.bare().join(" "), name)).collect();
    spelt.retain(|(name, _)| name.chars().count() >= LONG);
    for backwards in [false, true] {
        if backwards {
            spelt.iter_mut().for_each(|(name, _)| *name = name.chars().rev().collect());
        }
        spelt.sort_by(|one, other| one.0.cmp(&other.0));
        for (at, (one, first)) in spelt.iter().enumerate() {
            for (other, second) in spelt[at + 1..].iter().take(NEIGHBOURS) {
                if one == other || first.entry == second.entry {
                    continue;
                }
                if let Some(edits) = few_edits(one, other).filter(|_| !are_two_places(first, second)) {
                    say(first, second, Evidence::Spelling(edits));
                }
            }
        }
    }
}

/// The letters of which two long names differ, where they are few; none of names that are not long.
fn few_edits(one: &str, other: &str) -> Option<usize> {
    let most = one.chars().count().min(other.chars().count()) / LONG;
    if most == 0 || one.len().abs_diff(other.len()) > most * 4 {
        return None;
    }
    Some(strsim::levenshtein(one, other)).filter(|edits| *edits <= most)
}

/// A name with which others are compared, each by itself, as suspected duplicates are found.
pub struct Alike {
    known: Known,
    /// The place that it means at first, and true where it is that place's own name.
    place: Option<(&'static Place, bool)>,
}

impl Alike {
    /// Takes the name that others are compared with.
    #[must_use]
    pub fn to(name: &str) -> Self {
        Self { known: Known::new(0, name, words(name)), place: meant(name) }
    }

    /// The strongest reason to think that another name is of the same thing; none where there is none.
    #[must_use]
    pub fn evidence(&self, other: &str) -> Option<Evidence> {
        let (one, other) = (&self.known, &Known::new(0, other, words(other)));
        if one.words.is_empty() || other.words.is_empty() {
            return None;
        }
        let (place, own) = self.place.unzip();
        if let Some((there, _)) = meant(&other.name)
            .filter(|(there, theirs)| place.is_some_and(|place| place.id == there.id) && (own == Some(true) || *theirs))
        {
            return Some(Evidence::Alias(there));
        }
        let within = || Evidence::Within(titles(one, other));
        if fingerprint(one.bare()) == fingerprint(other.bare()) {
            return Some(if titles(one, other).is_empty() { Evidence::Fingerprint } else { within() });
        }
        if are_two_places(one, other) {
            return None;
        }
        let (few, many) = if one.bare().len() <= other.bare().len() { (one, other) } else { (other, one) };
        if tells(few) && is_within(few, many) {
            return Some(within());
        }
        few_edits(&one.bare().join(" "), &other.bare().join(" ")).map(Evidence::Spelling)
    }
}

/// The place that a name means at first, and true where it is that place's own name.
fn meant(name: &str) -> Option<(&'static Place, bool)> {
    gazetteer().named(name).first().map(|first| (first.place, first.own_name))
}

fn each_pair<T>(all: &[T], mut pair: impl FnMut(&T, &T)) {
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            pair(one, other);
        }
    }
}

/// Pairs that were judged, followed through: who is the same as another is not that one's stranger.
struct Judged {
    group: HashMap<Id, Id>,
    pairs: HashSet<(Id, Id)>,
}

impl Judged {
    fn of(judgements: &Judgements) -> Self {
        let mut judged = Self { group: HashMap::new(), pairs: HashSet::new() };
        for judgement in judgements.values().filter(|judgement| judgement.verdict == Verdict::Same) {
            let (one, other) = (judged.first(judgement.of.0), judged.first(judgement.of.1));
            if one != other {
                judged.group.insert(one.max(other), one.min(other));
            }
        }
        for judgement in judgements.values().filter(|judgement| judgement.verdict != Verdict::Same) {
            let (one, other) = (judged.first(judgement.of.0), judged.first(judgement.of.1));
            judged.pairs.insert((one.min(other), one.max(other)));
        }
        judged
    }

    /// The one that stands for all that are the same.
    fn first(&self, mut id: Id) -> Id {
        while let Some(&next) = self.group.get(&id) {
            id = next;
        }
        id
    }

    fn has(&self, entries: &[Entry], (one, other): (usize, usize)) -> bool {
        let (Some(one), Some(other)) = (entries[one].referent, entries[other].referent) else { return false };
        let (one, other) = (self.first(one), self.first(other));
        one == other || self.pairs.contains(&(one.min(other), one.max(other)))
    }
}
