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
                let bare_from = without_titles(&words).1.len();
                all.push(Known { entry, name: name.to_owned(), words, bare_from });
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
        if let Some(first) = gazetteer().named(&name.name).first() {
            by_place.entry(first.place.id).or_default().push((name, first.own_name, first.place));
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
        if !bare.iter().any(|word| word.chars().nth(2).is_some()) {
            continue;
        }
        for many in by_word[rare.as_str()].iter().map(|&at| &known[at]) {
            let longer = many.bare().len() > bare.len() && many.entry != few.entry;
            if longer && bare.iter().all(|word| many.bare().contains(word)) && !are_two_places(few, many) {
                say(few, many, Evidence::Within(titles(few, many)));
            }
        }
    }
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
                let most = one.chars().count().min(other.chars().count()) / LONG;
                let far = one.len().abs_diff(other.len()) > most * 4;
                if one == other || far || first.entry == second.entry {
                    continue;
                }
                let edits = strsim::levenshtein(one, other);
                if edits <= most && !are_two_places(first, second) {
                    say(first, second, Evidence::Spelling(edits));
                }
            }
        }
    }
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
