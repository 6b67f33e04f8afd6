//! The sums that figures are made of: numbers with names, which add up over articles and pairs of annotators.

use foldhash::HashMap;

use crate::agreement::Prf;
use crate::agreement::identity::IdentityScores;
use crate::agreement::spans::{MatchRule, SpanScores};
use crate::model::Name;

/// The subject of a sum. The number of a topic is part of the cache's format: new ones go to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Topic {
    /// Mentions in the schemes of SemEval-2013 task 9.1; of all labels, or of label `a`. Parts: correct, predicted, gold.
    Strict,
    Exact,
    Partial,
    Type,
    /// Words by the label of the innermost mention: [`crate::agreement::items::Ratings::to_sums`].
    Words,
    /// The same over articles that everybody has begun.
    Complete,
    /// α_U, of all labels or of label `a`. Parts: sum over articles, articles, articles where it is undefined.
    AlphaU,
    /// γ and γ_cat, likewise; then the articles whose alignments are not proven best and, for γ, the sum of what each may lack
    /// for it.
    Gamma,
    GammaCat,
    /// Frames that are paired, all or of label `a`. Parts: paired, predicted, gold.
    Frames,
    /// Fillers of role `b` of paired frames of label `a`. Parts as before.
    Role,
    /// Values `c` (empty: not set) of attribute `b` of paired frames of label `a`. Parts: both say it, the first does, the
    /// second does.
    Attribute,
    /// Identity within articles. Parts: credit of predicted, predicted, credit of gold, gold.
    Muc,
    BCubed,
    CeafE,
    Lea,
    /// Event scores and template scores. Parts: correct, predicted, gold.
    TriggerFound,
    TriggerTyped,
    ArgumentFound,
    ArgumentTyped,
    RoleFillers,
    Templates,
    /// Counts of the first annotator's label `a` against the second's `b`; empty where one has nothing.
    Confusion,
    /// Offsets by which the second's start or end differs from the first's, in code points: part = [`SHIFT`] + offset.
    Start,
    End,
    /// Words by which extents differ: `a` says where (`start`, `end`), `b` the words. Parts: the first has them, the second.
    Edge,
    /// Everybody's labels of one thing: `a` is the numbers of their labels.
    Pattern,
    /// Zones, and statements about whole articles, of all labels or of label `a`. Parts: correct, predicted, gold.
    Zones,
    ZoneWords,
    Documents,
    /// Fillers of role `b` of frames of label `a`, whether the frames are paired or not. Parts as before.
    RoleWhole,
    /// Ranks of attribute `b` of label `a`, where its values are ordered: [`crate::agreement::items::ScaleSums`].
    Ordered,
    /// [`Topic::Frames`] and [`Topic::RoleWhole`] by chance: the mean of shufflings.
    FramesByChance,
    RoleByChance,
    /// Words of label `a` against all others: made of [`Topic::Words`], and never kept. Parts: ratings of it, those that
    /// agree.
    LabelWords,
}

impl Topic {
    const LAST: u8 = Self::LabelWords as u8;

    /// The topic of this number.
    pub(super) fn numbered(number: u8) -> Option<Self> {
        const ALL: [Topic; Topic::LAST as usize + 1] = [
            Topic::Strict,
            Topic::Exact,
            Topic::Partial,
            Topic::Type,
            Topic::Words,
            Topic::Complete,
            Topic::AlphaU,
            Topic::Gamma,
            Topic::GammaCat,
            Topic::Frames,
            Topic::Role,
            Topic::Attribute,
            Topic::Muc,
            Topic::BCubed,
            Topic::CeafE,
            Topic::Lea,
            Topic::TriggerFound,
            Topic::TriggerTyped,
            Topic::ArgumentFound,
            Topic::ArgumentTyped,
            Topic::RoleFillers,
            Topic::Templates,
            Topic::Confusion,
            Topic::Start,
            Topic::End,
            Topic::Edge,
            Topic::Pattern,
            Topic::Zones,
            Topic::ZoneWords,
            Topic::Documents,
            Topic::RoleWhole,
            Topic::Ordered,
            Topic::FramesByChance,
            Topic::RoleByChance,
            Topic::LabelWords,
        ];
        ALL.get(usize::from(number)).copied()
    }

    /// The topic of a scheme.
    pub(super) fn of(scheme: MatchRule) -> Self {
        match scheme {
            MatchRule::Strict => Self::Strict,
            MatchRule::Exact => Self::Exact,
            MatchRule::Partial => Self::Partial,
            MatchRule::Type => Self::Type,
        }
    }
}

/// Boundaries that differ by more code points than this count as differing by so many.
pub const SHIFT: i32 = 32;

/// The name of one sum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SumKey {
    /// The subject.
    pub topic: Topic,
    /// The label or the like; empty for all.
    pub a: Name,
    /// The role, attribute or the like.
    pub b: Name,
    /// The value of it.
    pub c: Name,
    /// The place among the topic's numbers.
    pub part: u32,
}

/// The sums of one article as they are made: each name once, nothing that is 0.
#[derive(Debug, Default)]
pub(super) struct Sums {
    all: HashMap<SumKey, f64>,
    none: Option<Name>,
}

impl Sums {
    /// Adds to the sum of a name.
    pub fn add(&mut self, topic: Topic, [a, b, c]: [&Name; 3], part: u32, value: f64) {
        if value != 0.0 {
            let key = SumKey { topic, a: a.clone(), b: b.clone(), c: c.clone(), part };
            *self.all.entry(key).or_default() += value;
        }
    }

    /// The empty name.
    pub fn none(&mut self) -> Name {
        self.none.get_or_insert_with(|| Name::new("")).clone()
    }

    /// Adds a list of numbers, the first as part 0.
    pub fn list(&mut self, topic: Topic, a: &Name, values: impl IntoIterator<Item = f64>) {
        let none = self.none();
        for (part, value) in values.into_iter().enumerate() {
            self.add(topic, [a, &none, &none], part as u32, value);
        }
    }

    /// Adds counts that credit both sides alike.
    pub fn prf(&mut self, topic: Topic, a: &Name, b: &Name, sums: &Prf) {
        let none = self.none();
        for (part, value) in [sums.correct_gold, sums.predicted, sums.gold].into_iter().enumerate() {
            self.add(topic, [a, b, &none], part as u32, value);
        }
    }

    /// Adds the span scores of all labels or of one.
    pub fn spans(&mut self, label: &Name, scores: &SpanScores) {
        for scheme in MatchRule::ALL {
            let none = self.none();
            self.prf(Topic::of(scheme), label, &none, &scores[scheme].prf());
        }
    }

    /// Adds scores of identity.
    pub fn identity(&mut self, scores: &IdentityScores) {
        let none = self.none();
        let topics = [Topic::Muc, Topic::BCubed, Topic::CeafE, Topic::Lea];
        for (topic, sums) in topics.into_iter().zip([scores.muc, scores.b_cubed, scores.ceaf_e, scores.lea]) {
            self.list(topic, &none, [sums.correct_predicted, sums.predicted, sums.correct_gold, sums.gold]);
        }
    }

    /// Adds the sums of a topic that were made before.
    pub fn again(&mut self, made: &[KeyedSum], topic: Topic) {
        for (key, value) in made.iter().filter(|(key, _)| key.topic == topic) {
            *self.all.entry(key.clone()).or_default() += value;
        }
    }

    /// The sums, in no order.
    pub fn finish(self) -> Vec<(SumKey, f64)> {
        self.all.into_iter().collect()
    }
}

/// A sum and its name.
pub(super) type KeyedSum = (SumKey, f64);
