//! Pairs of claims that may have to do with each other, what was said of them, and all claims with what stands for and
//! against each.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::corpus::{Digest, FillerOf, Frame, FrameKey, Index, Item, Kept, SlotFiller, folded, number};
use crate::model::{Filler, Id, Kind, LabelDef, Name, Verdict};
use crate::text::word_segments;

/// Claims about one thing of which all pairs are looked at; of more, each is compared with so many that follow it.
const NEIGHBOURS: usize = 60;
/// Words in common, as a share of those of the shorter claim, from which on two claims are near.
const NEAR: f32 = 0.34;
/// The share from which on they say the same.
const EQUAL: f32 = 0.8;
/// Days between two articles from which on a claim about "the last" or "until now" may be about another time.
const OTHER_TIME: i64 = 21;

/// The reason why a pair is asked about, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PairReason {
    /// One says it, the other denies it.
    Opposite,
    /// They say other days or numbers.
    OtherValues,
    /// They are about the same thing, in near words.
    NearWords,
    /// The same claimant said them, in near words.
    SameClaimant,
}

/// Two claims that may have to do with each other.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimPair {
    /// The two claims; in the order of their articles.
    pub of: (FrameKey, FrameKey),
    /// The frame of each whose words are compared.
    pub items: (Item, Item),
    /// The reason why it is asked about.
    pub reason: PairReason,
    /// Words in common, as a share of those of the shorter one, from 0 to 1.
    pub near: f32,
    /// The answer that the program would give.
    pub proposed: Verdict,
    /// The answer that a person gave, or that follows from others; none where it is still to be asked.
    pub judged: Option<Verdict>,
}

/// A claim with what stands for and against it; claims that are the same are one.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    /// The claims that are one.
    pub keys: Vec<FrameKey>,
    /// Every frame that makes it.
    pub items: Vec<Item>,
    /// The claims that were said to be the same, beyond the first.
    pub same: usize,
    /// The claims that support it or that it supports.
    pub supports: usize,
    /// The claims that contradict it.
    pub contradicts: usize,
    /// The claims that say something else of another time.
    pub other_time: usize,
    /// Publishers that say it; copies of one report count once.
    pub publishers: usize,
}

/// Pairs and claims of a corpus.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claims {
    /// Pairs that are still to be judged, the strongest reason first, then those that were.
    pub pairs: Vec<ClaimPair>,
    /// All claims, those that are contradicted first.
    pub rows: Vec<ClaimRow>,
}

/// The label of claims: frames of which a role takes others of its kind.
#[must_use]
pub fn claim_label(index: &Index) -> Option<&LabelDef> {
    let frames = index.schema().labels.iter().filter(|label| label.kind == Kind::Frame);
    frames.into_iter().find(|label| label.roles.iter().any(|role| role.fillers.contains(&label.name)))
}

/// The role that says what a claim is about: the first that it needs.
#[must_use]
pub fn about_role(label: &LabelDef) -> Option<&Name> {
    label.roles.iter().find(|role| role.cardinality.least > 0).map(|role| &role.name)
}

/// The role that says who makes a claim: the first one.
#[must_use]
pub fn claimant_role(label: &LabelDef) -> Option<&Name> {
    label.roles.first().map(|role| &role.name)
}

/// One claim on its way into pairs.
struct Node {
    key: FrameKey,
    items: Vec<Item>,
    words: HashSet<String>,
    /// Numbers and days in its words.
    values: BTreeSet<String>,
    polarity: String,
    published: Option<i64>,
    about: BTreeSet<String>,
    claimants: BTreeSet<String>,
}

impl Claims {
    /// Finds the pairs and rows of the claims that a filter keeps.
    #[must_use]
    pub fn of(index: &Index, kept: &Kept) -> Self {
        let Some(label) = claim_label(index) else { return Self::default() };
        let nodes = nodes(index, kept, label);
        let said = Said::of(index, &nodes);
        let mut pairs = pairs(&nodes, &said);
        pairs.sort_by(|a, b| {
            let rank = |pair: &ClaimPair| (pair.judged.is_some(), pair.reason);
            rank(a).cmp(&rank(b)).then(b.near.total_cmp(&a.near)).then_with(|| a.of.cmp(&b.of))
        });
        Self { pairs, rows: rows(index, &nodes, &said) }
    }
}

fn nodes(index: &Index, kept: &Kept, label: &LabelDef) -> Vec<Node> {
    let mut all: BTreeMap<FrameKey, Vec<Item>> = BTreeMap::new();
    for item in &kept.frames {
        let Some(frame) = index.frame(*item).filter(|frame| frame.label == label.name) else { continue };
        let key = match frame.referent {
            Some(id) => FrameKey::Referent(id),
            None => FrameKey::Frame(index.digest_of(*item).article.id.clone(), frame.id),
        };
        all.entry(key).or_default().push(*item);
    }
    let node = |(key, items): (FrameKey, Vec<Item>)| {
        let frames: Vec<(&Digest, &Frame)> =
            items.iter().filter_map(|item| Some((&**index.digest_of(*item), index.frame(*item)?))).collect();
        let (digest, first) = *frames.first()?;
        let fillers = |role: Option<&Name>| {
            let all = frames.iter().flat_map(|(digest, frame)| {
                let fillers = role.map_or(&[][..], |role| frame.fillers(role));
                fillers.iter().filter_map(|filler| subject(digest, filler))
            });
            all.collect::<BTreeSet<String>>()
        };
        Some(Node {
            words: words(&first.words),
            values: values(digest, first),
            polarity: first.attribute("polarity").unwrap_or_default().to_owned(),
            published: digest.published.map(number),
            about: fillers(about_role(label)),
            claimants: fillers(claimant_role(label)),
            key,
            items,
        })
    };
    let mut nodes: Vec<Node> = all.into_iter().filter_map(node).collect();
    nodes.sort_by_key(|node| (node.published, node.items.first().copied()));
    nodes
}

/// The name of what a filler is, across articles: its referent, else its words.
fn subject(digest: &Digest, filler: &SlotFiller) -> Option<String> {
    if let Some(id) = filler.referent {
        return Some(id.to_string());
    }
    match filler.of {
        FillerOf::Frame(id) => Some(format!("{} {id}", digest.article.id)),
        _ => Some(folded(&filler.words)).filter(|words| !words.trim().is_empty()),
    }
}

/// The words that bear meaning: those of four letters and more.
fn words(of: &str) -> HashSet<String> {
    let folded = folded(of);
    let long = word_segments(&folded).map(|(_, word)| word).filter(|word| word.chars().count() >= 4);
    long.filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}

/// Numbers in the words of a claim, and the days of dates in it.
fn values(digest: &Digest, frame: &Frame) -> BTreeSet<String> {
    let holds = |span: &crate::text::Span| frame.at.iter().any(|at| at.start <= span.start && span.end <= at.end);
    let dated: Vec<_> =
        digest.mentions.iter().filter(|mention| mention.days.is_some() && mention.at.iter().all(&holds)).collect();
    if !dated.is_empty() {
        return dated.into_iter().filter_map(|mention| Some(mention.days?.written())).collect();
    }
    let numbers =
        word_segments(&frame.words).map(|(_, word)| word).filter(|word| word.chars().any(|c| c.is_ascii_digit()));
    numbers.map(str::to_owned).collect()
}

fn near(one: &Node, other: &Node) -> f32 {
    let (few, many) = if one.words.len() <= other.words.len() { (one, other) } else { (other, one) };
    if few.words.is_empty() {
        return 0.0;
    }
    few.words.iter().filter(|word| many.words.contains(*word)).count() as f32 / few.words.len() as f32
}

fn pairs(nodes: &[Node], said: &Said) -> Vec<ClaimPair> {
    let mut together: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_claimant: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        node.about.iter().for_each(|about| together.entry(about).or_default().push(at));
        node.claimants.iter().for_each(|claimant| by_claimant.entry(claimant).or_default().push(at));
    }
    let mut found: BTreeMap<(usize, usize), (PairReason, f32)> = BTreeMap::new();
    let mut look = |list: &[usize], same_subject: bool| {
        for (at, one) in list.iter().enumerate() {
            for other in list[at + 1..].iter().take(NEIGHBOURS) {
                let (one, other) = (*one.min(other), *one.max(other));
                let (a, b) = (&nodes[one], &nodes[other]);
                let near = near(a, b);
                if let Some(reason) = reason(a, b, near, same_subject) {
                    let known = found.entry((one, other)).or_insert((reason, near));
                    known.0 = known.0.min(reason);
                }
            }
        }
    };
    together.values().for_each(|list| look(list, true));
    by_claimant.values().for_each(|list| look(list, false));
    let known: BTreeSet<(usize, usize)> = said.relations(nodes).collect();
    for (one, other) in known {
        let near = near(&nodes[one], &nodes[other]);
        found.entry((one, other)).or_insert((PairReason::NearWords, near));
    }
    let pair = |((one, other), (reason, near)): ((usize, usize), (PairReason, f32))| {
        let (a, b) = (&nodes[one], &nodes[other]);
        let first = |node: &Node| node.items.first().copied();
        Some(ClaimPair {
            of: (a.key.clone(), b.key.clone()),
            items: (first(a)?, first(b)?),
            reason,
            near,
            proposed: proposed((a, b), reason, near),
            judged: said.between(one, other),
        })
    };
    found.into_iter().filter_map(pair).collect()
}

fn reason(one: &Node, other: &Node, near: f32, same_subject: bool) -> Option<PairReason> {
    let opposite = !one.polarity.is_empty() && !other.polarity.is_empty() && one.polarity != other.polarity;
    let differ = !one.values.is_empty() && !other.values.is_empty() && one.values.is_disjoint(&other.values);
    match same_subject {
        true if opposite && near >= NEAR / 2.0 => Some(PairReason::Opposite),
        true if differ && near >= NEAR / 2.0 => Some(PairReason::OtherValues),
        true if near >= NEAR => Some(PairReason::NearWords),
        false if near >= NEAR && opposite => Some(PairReason::Opposite),
        false if near >= NEAR => Some(PairReason::SameClaimant),
        _ => None,
    }
}

fn proposed((one, other): (&Node, &Node), reason: PairReason, near: f32) -> Verdict {
    let apart = one.published.zip(other.published).map_or(0, |(one, other)| (one - other).abs());
    match reason {
        PairReason::Opposite if apart >= OTHER_TIME => Verdict::OtherTime,
        PairReason::Opposite => Verdict::Contradicts,
        PairReason::OtherValues if apart >= OTHER_TIME => Verdict::OtherTime,
        PairReason::OtherValues => Verdict::Contradicts,
        PairReason::NearWords | PairReason::SameClaimant if near >= EQUAL => Verdict::Same,
        PairReason::NearWords | PairReason::SameClaimant => Verdict::Supports,
    }
}

/// Everything that was said of claims, followed through: what is said of one holds for all that are the same.
struct Said {
    /// The class of each claim.
    class: Vec<usize>,
    /// The verdict on two classes, the lower one first.
    between: HashMap<(usize, usize), Verdict>,
}

impl Said {
    fn of(index: &Index, nodes: &[Node]) -> Self {
        let places: HashMap<Id, usize> = nodes
            .iter()
            .enumerate()
            .filter_map(|(at, node)| match node.key {
                FrameKey::Referent(id) => Some((id, at)),
                FrameKey::Frame(..) => None,
            })
            .collect();
        let mut all: Vec<(usize, usize, Verdict)> = Vec::new();
        for judgement in index.judgements().values() {
            if let (Some(one), Some(other)) = (places.get(&judgement.of.0), places.get(&judgement.of.1)) {
                all.push((*one, *other, judgement.verdict));
            }
        }
        // Roles of referents that other claims fill say as much as a judgement does.
        for (id, at) in &places {
            let roles = index.referent(*id).into_iter().flat_map(|referent| &referent.roles);
            for role in roles {
                let Filler::Annotation(other) = role.filler else { continue };
                let verdict = match &*role.name {
                    "contradicts" => Verdict::Contradicts,
                    "supports" => Verdict::Supports,
                    "same-as" => Verdict::Same,
                    _ => continue,
                };
                let judged =
                    index.judgements().values().any(|said| said.pair() == ((*id).min(other), (*id).max(other)));
                if let Some(other) = places.get(&other).filter(|_| !judged) {
                    all.push((*at, *other, verdict));
                }
            }
        }
        let mut said = Self { class: (0..nodes.len()).collect(), between: HashMap::new() };
        for (one, other, _) in all.iter().filter(|(.., verdict)| *verdict == Verdict::Same) {
            let (one, other) = (said.find(*one), said.find(*other));
            said.class[one.max(other)] = one.min(other);
        }
        for at in 0..nodes.len() {
            said.class[at] = said.find(at);
        }
        for (one, other, verdict) in all.into_iter().filter(|(.., verdict)| *verdict != Verdict::Same) {
            let (one, other) = (said.class[one], said.class[other]);
            said.between.entry((one.min(other), one.max(other))).or_insert(verdict);
        }
        said
    }

    fn find(&self, mut at: usize) -> usize {
        while self.class[at] != at {
            at = self.class[at];
        }
        at
    }

    /// The verdict on two claims; none where nothing was said.
    fn between(&self, one: usize, other: usize) -> Option<Verdict> {
        let (one, other) = (self.class[one], self.class[other]);
        if one == other {
            return Some(Verdict::Same);
        }
        self.between.get(&(one.min(other), one.max(other))).copied()
    }

    /// Pairs that something was said of: the first claims of two classes, and each with the first of its class.
    fn relations<'a>(&'a self, nodes: &'a [Node]) -> impl Iterator<Item = (usize, usize)> + 'a {
        let same = (0..nodes.len()).filter(|at| self.class[*at] != *at).map(|at| (self.class[at], at));
        same.chain(self.between.keys().copied().filter(|(one, other)| one != other))
    }
}

fn rows(index: &Index, nodes: &[Node], said: &Said) -> Vec<ClaimRow> {
    let mut classes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, class) in said.class.iter().enumerate() {
        classes.entry(*class).or_default().push(at);
    }
    let count = |class: usize, verdict: Verdict| {
        said.between.iter().filter(|((one, other), of)| **of == verdict && (*one == class || *other == class)).count()
    };
    // Of most claims nothing was said, and looking that up for each would take long.
    let named: HashSet<usize> = said.between.keys().flat_map(|(one, other)| [*one, *other]).collect();
    let row = |(class, members): (usize, Vec<usize>)| {
        let items: Vec<Item> = members.iter().flat_map(|at| nodes[*at].items.iter().copied()).collect();
        let mut reports: HashSet<String> = HashSet::new();
        let mut publishers: BTreeSet<&str> = BTreeSet::new();
        for item in &items {
            let said = index.frame(*item).map_or(String::new(), |frame| folded(&frame.words));
            // A copied report is no second voice.
            if reports.insert(said) {
                publishers.insert(&index.digest_of(*item).article.publisher);
            }
        }
        let counted = |verdict| if named.contains(&class) { count(class, verdict) } else { 0 };
        ClaimRow {
            keys: members.iter().map(|at| nodes[*at].key.clone()).collect(),
            same: members.len() - 1,
            supports: counted(Verdict::Supports),
            contradicts: counted(Verdict::Contradicts),
            other_time: counted(Verdict::OtherTime),
            publishers: publishers.len(),
            items,
        }
    };
    let mut rows: Vec<ClaimRow> = classes.into_iter().map(row).collect();
    rows.sort_by_key(|row| {
        let said = row.contradicts + row.supports + row.other_time + row.same;
        (std::cmp::Reverse((row.contradicts, said)), row.items.first().copied())
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_bear_meaning_are_long_and_folded() {
        let mut found: Vec<String> = words("Ia TIBA di Kalvera, pada 12 Maret 2025").into_iter().collect();
        found.sort();
        assert_eq!(found, ["kalvera", "maret", "pada", "tiba"]);
    }
}
