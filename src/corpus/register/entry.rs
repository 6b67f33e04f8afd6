//! Lines of the register.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date as Day;

use crate::corpus::{Index, Item, folded};
use crate::gazetteer::folded as name_folded;
use crate::model::{AttributeKind, Id, Kind, LabelDef, Name, Schema};

/// A person, organization, place, event or other thing that mentions are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The referent; none for mentions of equal words that nobody said a referent of.
    pub referent: Option<Id>,
    /// The label.
    pub label: Name,
    /// The name.
    pub name: String,
    /// The words of its mentions that are not the name, with how often each stands, the most frequent first.
    pub other_names: Vec<(String, usize)>,
    /// The mentions, by article and place.
    pub mentions: Vec<Item>,
    /// The number of articles that have one.
    pub articles: usize,
    /// The first and the last day on which such an article was published; none where no day is known.
    pub days: Option<(Day, Day)>,
    /// Registers and identifiers outside.
    pub external: Vec<(Name, String)>,
}

impl Entry {
    /// The name and all other names.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.other_names.iter().map(|(name, _)| name.as_str()))
    }
}

/// All entries, by label in the order of the schema, then from the most to the least mentioned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// The facts about an entry while mentions are gone through.
#[derive(Default)]
struct Gathered {
    label: Option<Name>,
    names: HashMap<String, usize>,
    mentions: Vec<Item>,
}

/// The thing that mentions are gathered under.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Under {
    Referent(Id),
    Words(Name, String),
}

impl Register {
    /// The register of an index: of every label for mentions, save those of dates. Mentions that `keep` says no to are left
    /// out, and with them who has no other.
    #[must_use]
    pub fn of(index: &Index, keep: &dyn Fn(Item) -> bool) -> Self {
        let schema = index.schema();
        let order: HashMap<&Name, usize> = schema
            .labels
            .iter()
            .enumerate()
            .filter(|(_, def)| is_listed(def))
            .map(|(at, def)| (&def.name, at))
            .collect();
        let mut gathered: BTreeMap<Under, Gathered> = BTreeMap::new();
        for (item, mention) in index.mentions() {
            if !order.contains_key(&mention.label) || !keep(item) {
                continue;
            }
            let under = match mention.referent.filter(|id| index.referent(*id).is_some()) {
                Some(id) => Under::Referent(id),
                None => Under::Words(mention.label.clone(), folded(&mention.words)),
            };
            let found = gathered.entry(under).or_default();
            found.label.get_or_insert_with(|| mention.label.clone());
            *found.names.entry(one_line(&mention.words)).or_default() += 1;
            found.mentions.push(item);
        }
        let everything = index.mentions().all(|(item, _)| keep(item));
        for (id, referent) in index.referents().iter() {
            if everything && order.contains_key(&referent.label) {
                gathered.entry(Under::Referent(*id)).or_default();
            }
        }
        let mut entries: Vec<Entry> =
            gathered.into_iter().filter_map(|(under, found)| entry(index, under, found)).collect();
        let place = |entry: &Entry| order.get(&entry.label).copied().unwrap_or(usize::MAX);
        entries.sort_by(|one, other| {
            let key = |entry: &Entry| (place(entry), std::cmp::Reverse(entry.mentions.len()));
            key(one).cmp(&key(other)).then_with(|| one.name.cmp(&other.name)).then(one.referent.cmp(&other.referent))
        });
        Self { entries }
    }

    /// The entry of a referent.
    #[must_use]
    pub fn of_referent(&self, id: Id) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.referent == Some(id))
    }
}

/// True for labels of mentions that are of something: a date is not such a thing.
pub(in crate::corpus) fn is_listed(def: &LabelDef) -> bool {
    def.kind == Kind::Entity && def.attributes.iter().all(|attribute| attribute.kind != AttributeKind::Date)
}

/// The labels that the register lists, in the order of the schema.
#[must_use]
pub fn labels(schema: &Schema) -> Vec<Name> {
    schema.labels.iter().filter(|def| is_listed(def)).map(|def| def.name.clone()).collect()
}

/// Words on one line.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn entry(index: &Index, under: Under, found: Gathered) -> Option<Entry> {
    let mut names: Vec<(String, usize)> = found.names.into_iter().collect();
    names.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let (referent, label, name, external) = match under {
        Under::Referent(id) => {
            let referent = index.referent(id)?;
            (Some(id), referent.label.clone(), referent.name.clone(), referent.external.clone())
        }
        Under::Words(label, _) => (None, found.label.unwrap_or(label), names.first()?.0.clone(), Vec::new()),
    };
    // Names that are equal to the eye are one.
    let mut seen = HashSet::from([name_folded(&name)]);
    names.retain(|(other, _)| seen.insert(name_folded(other)));
    let mut places: Vec<u32> = found.mentions.iter().map(|item| item.article).collect();
    places.dedup();
    let days = places.iter().filter_map(|&place| index.digests()[place as usize].published);
    let days = days.fold(None, |days: Option<(Day, Day)>, day| {
        Some(days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
    });
    let articles = places.len();
    Some(Entry { referent, label, name, other_names: names, mentions: found.mentions, articles, days, external })
}
