//! Every figure: its name, what it means in a sentence, who defined it, and how it comes from sums.

use std::fmt;

use super::key::Topic;
use crate::agreement::identity::IdentityScores;
use crate::agreement::items::{Against, HEAD, Ratings, ScaleSums};
use crate::agreement::{Coefficient, Prf, Undefined};
use crate::lang::{Key, Message};
use crate::{key, message};

/// The sums that a figure is made of: a list of numbers for each of its topics.
pub(super) type SumLists<'a> = &'a [Vec<f64>];

/// The subjects for which one line of the catalogue gives figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Each {
    /// One figure.
    All,
    /// One for all labels, one for each label.
    Label,
    /// One for each label and none for all.
    Single,
    /// One for each role of each label.
    Role,
    /// One for each attribute of each label.
    Attribute,
}

/// The sums that it takes where all annotators are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// Those of all pairs, added up.
    Pairs,
    /// Those of all annotators together.
    Joint,
}

/// The share of items on which two agree, that of chance, and the number of items; given the number of annotators.
pub(super) type AgreeingShare = fn(SumLists, usize) -> Option<(f64, f64, usize)>;

/// The figures of the catalogue that are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Those that one looks at first.
    First,
    /// Those that say more of what others say.
    More,
}

/// One line of the catalogue.
pub(super) struct FigureSpec {
    /// Its name, by which files and other programs know it; names of labels, roles and attributes follow it.
    pub name: &'static str,
    /// Its name for people: in English the same.
    pub title: Key,
    pub definition: Key,
    pub source: &'static str,
    pub each: Each,
    pub from: From,
    pub topics: &'static [Topic],
    /// The items that are counted.
    pub items: Key,
    /// True where it is shown only where predictions are compared with gold.
    pub evaluation: bool,
    /// The figures that it is told among.
    pub told: Told,
    /// True where it is told only where somebody marked anything of the kind.
    pub present: bool,
    /// The figure, given the number of annotators that the sums are of (more than two: pairs of several).
    pub figure: fn(SumLists, usize) -> Result<Coefficient, Reason>,
    /// Of a share of items that agree: that share, the one of chance, and the number of items; where there is none, F1 counts
    /// as one.
    pub share: Option<AgreeingShare>,
    /// Precision and recall, where it has them.
    pub sides: Option<fn(SumLists) -> Prf>,
}

/// The reason why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The data does not allow it.
    Data(#[from] Undefined),
    /// The coefficient is one of two annotators.
    TwoOnly,
    /// It is computed only where it is asked for.
    NotAsked,
    /// Predictions have nothing of the kind anywhere, and gold has.
    NotPredicted,
    /// The time was over before any article was done.
    OutOfTime,
    /// An interval over articles needs several.
    OneArticle,
    /// Resampling would take too long.
    TooLarge,
}

impl Reason {
    /// The reason in words, as they stand after a colon.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Data(why) => why.message(),
            Self::TwoOnly => message!("undefined-two-only"),
            Self::NotAsked => message!("undefined-not-asked"),
            Self::NotPredicted => message!("undefined-not-predicted"),
            Self::OutOfTime => message!("undefined-out-of-time"),
            Self::OneArticle => message!("undefined-one-article"),
            Self::TooLarge => message!("undefined-too-large"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

const SEMEVAL: &str = "SemEval-2013 task 9.1 (Segura-Bedmar, Martínez and Herrero-Zazo 2013)";
const KRIPPENDORFF: &str = "Krippendorff 2004, Content Analysis, ch. 11";
const MATHET: &str = "Mathet, Widlöcher and Métivier 2015";
const RAMS: &str = "Ebner et al. 2020 (RAMS); Li, Ji and Han 2021 (WikiEvents)";
const CICCHETTI: &str = "Cicchetti and Feinstein 1990; Dice 1945";
const CONLL: &str = "Pradhan et al. 2014 (CoNLL-2012 shared task)";

const USUAL: FigureSpec = FigureSpec {
    name: "",
    title: Key::new(""),
    definition: Key::new(""),
    source: "",
    each: Each::All,
    from: From::Pairs,
    topics: &[],
    items: key!("mentions"),
    evaluation: false,
    told: Told::First,
    present: false,
    figure: |parts, _| f1(&counts(parts)),
    share: None,
    sides: Some(counts),
};

/// All figures in the order in which they are told.
pub(super) const CATALOGUE: &[FigureSpec] = &[
    FigureSpec {
        name: "mentions strict",
        title: key!("figure-mentions-strict"),
        definition: key!("figure-mentions-strict-means"),
        source: SEMEVAL,
        each: Each::Label,
        topics: &[Topic::Strict],
        ..USUAL
    },
    FigureSpec {
        name: "mentions exact",
        title: key!("figure-mentions-exact"),
        definition: key!("figure-mentions-exact-means"),
        source: SEMEVAL,
        each: Each::Label,
        topics: &[Topic::Exact],
        ..USUAL
    },
    FigureSpec {
        name: "mentions partial",
        title: key!("figure-mentions-partial"),
        definition: key!("figure-mentions-partial-means"),
        source: SEMEVAL,
        each: Each::Label,
        topics: &[Topic::Partial],
        ..USUAL
    },
    FigureSpec {
        name: "mentions type",
        title: key!("figure-mentions-type"),
        definition: key!("figure-mentions-type-means"),
        source: SEMEVAL,
        each: Each::Label,
        topics: &[Topic::Type],
        ..USUAL
    },
    FigureSpec {
        name: "words kappa",
        title: key!("figure-words-kappa"),
        definition: key!("figure-words-kappa-means"),
        source: "Cohen 1960",
        from: From::Joint,
        topics: &[Topic::Words],
        items: key!("words"),
        figure: |parts, raters| match raters {
            2 => Ok(Ratings::from_sums(2, &parts[0]).cohen_kappa()?),
            _ => Err(Reason::TwoOnly),
        },
        share: Some(words_share),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "words fleiss",
        title: key!("figure-words-fleiss"),
        definition: key!("figure-words-fleiss-means"),
        source: "Fleiss 1971; Scott 1955",
        from: From::Joint,
        topics: &[Topic::Words, Topic::Complete],
        items: key!("words"),
        figure: |parts, raters| {
            // Two annotators have no articles that only some of them have begun.
            let all = if raters == 2 { &parts[0] } else { &parts[1] };
            Ok(Ratings::from_sums(raters, all).fleiss_kappa()?)
        },
        share: Some(words_share),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "words alpha",
        title: key!("figure-words-alpha"),
        definition: key!("figure-words-alpha-means"),
        source: KRIPPENDORFF,
        from: From::Joint,
        topics: &[Topic::Words],
        items: key!("words"),
        figure: |parts, raters| Ok(Ratings::from_sums(raters, &parts[0]).alpha()?),
        share: Some(words_share),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "words ac1",
        title: key!("figure-words-ac1"),
        definition: key!("figure-words-ac1-means"),
        source: "Gwet 2008",
        from: From::Joint,
        topics: &[Topic::Words, Topic::Complete],
        items: key!("words"),
        told: Told::More,
        figure: |parts, raters| {
            let all = if raters == 2 { &parts[0] } else { &parts[1] };
            Ok(Ratings::from_sums(raters, all).ac1()?)
        },
        share: Some(words_share),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "words positive",
        title: key!("figure-words-positive"),
        definition: key!("figure-words-positive-means"),
        source: CICCHETTI,
        each: Each::Label,
        from: From::Joint,
        topics: &[Topic::LabelWords, Topic::Words],
        items: key!("items-words-so-labelled"),
        told: Told::More,
        figure: |parts, raters| Ok(against(parts, raters).positive()?),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "words negative",
        title: key!("figure-words-negative"),
        definition: key!("figure-words-negative-means"),
        source: CICCHETTI,
        each: Each::Label,
        from: From::Joint,
        topics: &[Topic::LabelWords, Topic::Words],
        items: key!("items-words-so-labelled"),
        told: Told::More,
        figure: |parts, raters| {
            if parts[0].is_empty() {
                // Of all labels: the words that nobody labels.
                let none = categories(parts, raters).next().unwrap_or_default();
                return Ok(Against { total: none[0], yes: none[0], both: none[1] }.positive()?);
            }
            match against(parts, raters) {
                unused if unused.yes <= 0.0 => Err(Undefined::NoItems.into()),
                against => Ok(against.negative()?),
            }
        },
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "label alpha",
        title: key!("figure-label-alpha"),
        definition: key!("figure-label-alpha-means"),
        source: KRIPPENDORFF,
        each: Each::Single,
        from: From::Joint,
        topics: &[Topic::LabelWords, Topic::Words],
        items: key!("items-words-so-labelled"),
        figure: |parts, raters| Ok(against(parts, raters).alpha()?),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "unitizing alpha",
        title: key!("figure-unitizing-alpha"),
        definition: key!("figure-unitizing-alpha-means"),
        source: "Krippendorff 1995; 2004, ch. 11.6",
        each: Each::Label,
        from: From::Joint,
        topics: &[Topic::AlphaU],
        items: key!("unit-articles"),
        figure: |parts, _| mean(parts, Undefined::OverlappingUnits),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "gamma",
        title: key!("figure-gamma"),
        definition: key!("figure-gamma-means"),
        source: MATHET,
        from: From::Joint,
        topics: &[Topic::Gamma],
        items: key!("unit-articles"),
        figure: |parts, _| request(parts, Undefined::NoExpectedDisagreement),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "gamma cat",
        title: key!("figure-gamma-cat"),
        definition: key!("figure-gamma-cat-means"),
        source: "Mathet 2017",
        from: From::Joint,
        topics: &[Topic::GammaCat],
        items: key!("unit-articles"),
        figure: |parts, _| request(parts, Undefined::OneCategoryOnly),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "frames",
        title: key!("frames"),
        definition: key!("figure-frames-means"),
        source: "optimal assignment (Kuhn 1955)",
        each: Each::Label,
        topics: &[Topic::Frames],
        items: key!("frames"),
        ..USUAL
    },
    FigureSpec {
        name: "role",
        title: key!("role"),
        definition: key!("figure-role-means"),
        source: "slot filling as in MUC (Chinchor and Sundheim 1993)",
        each: Each::Role,
        topics: &[Topic::Role],
        items: key!("items-fillers"),
        ..USUAL
    },
    FigureSpec {
        name: "role end to end",
        title: key!("figure-role-whole"),
        definition: key!("figure-role-whole-means"),
        source: "slot filling as in MUC (Chinchor and Sundheim 1993)",
        each: Each::Role,
        topics: &[Topic::RoleWhole],
        items: key!("items-fillers"),
        ..USUAL
    },
    FigureSpec {
        name: "attribute",
        title: key!("attribute"),
        definition: key!("figure-attribute-means"),
        source: "Cohen 1960; Scott 1955",
        each: Each::Attribute,
        topics: &[Topic::Attribute],
        items: key!("items-paired-annotations"),
        figure: |parts, raters| kappa_of_values(&parts[0], raters),
        share: Some(|parts, raters| agreeing_values(&parts[0], raters).ok()),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "attribute weighted",
        title: key!("figure-attribute-weighted"),
        definition: key!("figure-attribute-weighted-means"),
        source: "Cohen 1968; Fleiss and Cohen 1973",
        each: Each::Attribute,
        topics: &[Topic::Ordered],
        items: key!("items-paired-annotations"),
        figure: |parts, raters| {
            let sums = std::array::from_fn(|at| part(parts, 0, at));
            Ok(ScaleSums { sums }.kappa(raters != 2)?)
        },
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "zones",
        title: key!("figure-zones"),
        definition: key!("figure-zones-means"),
        source: SEMEVAL,
        each: Each::Label,
        topics: &[Topic::Zones],
        items: key!("figure-zones"),
        present: true,
        ..USUAL
    },
    FigureSpec {
        name: "zone words",
        title: key!("figure-zone-words"),
        definition: key!("figure-zone-words-means"),
        source: CICCHETTI,
        each: Each::Label,
        topics: &[Topic::ZoneWords],
        items: key!("words"),
        present: true,
        ..USUAL
    },
    FigureSpec {
        name: "documents",
        title: key!("figure-documents"),
        definition: key!("figure-documents-means"),
        source: CICCHETTI,
        each: Each::Label,
        topics: &[Topic::Documents],
        items: key!("items-documents"),
        present: true,
        ..USUAL
    },
    FigureSpec {
        name: "identity MUC",
        title: key!("figure-identity-muc"),
        definition: key!("figure-identity-muc-means"),
        source: "Vilain et al. 1995",
        topics: &[Topic::Muc],
        items: key!("items-links"),
        figure: |parts, _| f1(&full(parts)),
        sides: Some(full),
        ..USUAL
    },
    FigureSpec {
        name: "identity B3",
        title: key!("figure-identity-b3"),
        definition: key!("figure-identity-b3-means"),
        source: "Bagga and Baldwin 1998",
        topics: &[Topic::BCubed],
        figure: |parts, _| f1(&full(parts)),
        sides: Some(full),
        ..USUAL
    },
    FigureSpec {
        name: "identity CEAFe",
        title: key!("figure-identity-ceafe"),
        definition: key!("figure-identity-ceafe-means"),
        source: "Luo 2005",
        topics: &[Topic::CeafE],
        items: key!("items-clusters"),
        figure: |parts, _| f1(&full(parts)),
        sides: Some(full),
        ..USUAL
    },
    FigureSpec {
        name: "identity LEA",
        title: key!("figure-identity-lea"),
        definition: key!("figure-identity-lea-means"),
        source: "Moosavi and Strube 2016",
        topics: &[Topic::Lea],
        figure: |parts, _| f1(&full(parts)),
        sides: Some(full),
        ..USUAL
    },
    FigureSpec {
        name: "identity conll",
        title: key!("figure-identity-conll"),
        definition: key!("figure-identity-conll-means"),
        source: CONLL,
        topics: &[Topic::Muc, Topic::BCubed, Topic::CeafE],
        figure: |parts, _| {
            let sums = |at: usize| full(&parts[at..]);
            let identity =
                IdentityScores { muc: sums(0), b_cubed: sums(1), ceaf_e: sums(2), ..IdentityScores::default() };
            Ok(Coefficient { value: identity.conll()?, items: identity.b_cubed.gold as usize })
        },
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "triggers found",
        title: key!("figure-triggers-found"),
        definition: key!("figure-triggers-found-means"),
        source: RAMS,
        topics: &[Topic::TriggerFound],
        items: key!("frames"),
        evaluation: true,
        ..USUAL
    },
    FigureSpec {
        name: "triggers classified",
        title: key!("figure-triggers-classified"),
        definition: key!("figure-triggers-classified-means"),
        source: RAMS,
        topics: &[Topic::TriggerTyped],
        items: key!("frames"),
        evaluation: true,
        ..USUAL
    },
    FigureSpec {
        name: "arguments found",
        title: key!("figure-arguments-found"),
        definition: key!("figure-arguments-found-means"),
        source: RAMS,
        topics: &[Topic::ArgumentFound],
        items: key!("items-arguments"),
        evaluation: true,
        ..USUAL
    },
    FigureSpec {
        name: "arguments classified",
        title: key!("figure-arguments-classified"),
        definition: key!("figure-arguments-classified-means"),
        source: RAMS,
        topics: &[Topic::ArgumentTyped],
        items: key!("items-arguments"),
        evaluation: true,
        ..USUAL
    },
    FigureSpec {
        name: "role fillers",
        title: key!("figure-role-fillers"),
        definition: key!("figure-role-fillers-means"),
        source: "Du, Rush and Cardie 2021 (GTT on MUC-4)",
        topics: &[Topic::RoleFillers],
        items: key!("items-entities-in-roles"),
        evaluation: true,
        ..USUAL
    },
    FigureSpec {
        name: "templates",
        title: key!("figure-templates"),
        definition: key!("figure-templates-means"),
        source: "Chen et al. 2023",
        topics: &[Topic::Templates],
        items: key!("items-entities-in-roles"),
        evaluation: true,
        ..USUAL
    },
];

/// The words of one label against all others; where the first topic is empty, those of any label against words of none.
fn against(parts: SumLists, raters: usize) -> Against {
    let total = categories(parts, raters).map(|category| category[0]).sum();
    if parts[0].is_empty() {
        let marked = categories(parts, raters).skip(1);
        let (yes, both) = marked.fold((0.0, 0.0), |(yes, both), category| (yes + category[0], both + category[1]));
        return Against { total, yes, both };
    }
    Against { total, yes: part(parts, 0, 0), both: part(parts, 0, 1) }
}

/// For each category of words, the first being none: its ratings, and those of them that agree.
fn categories(parts: SumLists, raters: usize) -> impl Iterator<Item = [f64; 2]> {
    let each = parts[1].get(HEAD..).unwrap_or_default().chunks(2 + raters);
    each.map(|category| [0, 1].map(|at| category.get(at).copied().unwrap_or(0.0)))
}

fn part(parts: SumLists, topic: usize, at: usize) -> f64 {
    parts.get(topic).and_then(|parts| parts.get(at)).copied().unwrap_or(0.0)
}

/// Counts that credit both sides alike.
fn counts(parts: SumLists) -> Prf {
    Prf::new(part(parts, 0, 0), part(parts, 0, 1), part(parts, 0, 2))
}

/// All four sums of scores that credit the sides differently.
pub(super) fn full(parts: SumLists) -> Prf {
    Prf {
        correct_predicted: part(parts, 0, 0),
        predicted: part(parts, 0, 1),
        correct_gold: part(parts, 0, 2),
        gold: part(parts, 0, 3),
    }
}

/// F1, resting on what both sides have: the larger of the two.
pub(super) fn f1(sums: &Prf) -> Result<Coefficient, Reason> {
    Ok(Coefficient { value: sums.f1()?, items: sums.gold.max(sums.predicted) as usize })
}

/// The mean over articles; where no article has a value, the usual reason for that.
fn mean(parts: SumLists, usual: Undefined) -> Result<Coefficient, Reason> {
    let (sum, count, without) = (part(parts, 0, 0), part(parts, 0, 1), part(parts, 0, 2));
    match count {
        count if count > 0.0 => Ok(Coefficient { value: sum / count, items: count as usize }),
        _ if without > 0.0 => Err(usual.into()),
        _ => Err(Undefined::NoItems.into()),
    }
}

/// As [`mean`], of something that is not always computed.
fn request(parts: SumLists, usual: Undefined) -> Result<Coefficient, Reason> {
    mean(parts, usual).map_err(|why| if why == Reason::Data(Undefined::NoItems) { Reason::NotAsked } else { why })
}

/// The share of words on which annotators agree, that of chance, and the number of words.
fn words_share(parts: SumLists, raters: usize) -> Option<(f64, f64, usize)> {
    let ratings = Ratings::from_sums(raters, &parts[0]);
    let observed = ratings.observed().ok()?;
    Some((observed.value, ratings.chance(), observed.items))
}

/// κ from triples: both say the value, the first does, the second does.
fn kappa_of_values(values: &[f64], raters: usize) -> Result<Coefficient, Reason> {
    let (observed, chance, items) = agreeing_values(values, raters)?;
    if chance >= 1.0 {
        return Err(Undefined::OneCategoryOnly.into());
    }
    Ok(Coefficient { value: (observed - chance) / (1.0 - chance), items })
}

/// The share of values on which two agree, that of chance, and the number of values; from triples.
fn agreeing_values(values: &[f64], raters: usize) -> Result<(f64, f64, usize), Reason> {
    let (mut items, mut agreeing, mut cohen, mut scott) = (0.0, 0.0, 0.0, 0.0);
    for value in values.chunks(3) {
        let at = |index: usize| value.get(index).copied().unwrap_or(0.0);
        items += at(1);
        agreeing += at(0);
        cohen += at(1) * at(2);
        scott += (at(1) + at(2)).powi(2);
    }
    if items == 0.0 {
        return Err(Undefined::NoItems.into());
    }
    let chance = if raters == 2 { cohen } else { scott / 4.0 } / (items * items);
    Ok((agreeing / items, chance, items as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_and_each_figure_explains_itself() {
        for (at, spec) in CATALOGUE.iter().enumerate() {
            assert!(CATALOGUE[..at].iter().all(|other| other.name != spec.name), "{}", spec.name);
            assert!(spec.title.english() == spec.name && spec.definition != USUAL.definition, "{}", spec.name);
            assert!(!spec.source.is_empty() && !spec.topics.is_empty(), "{}", spec.name);
        }
    }

    #[test]
    fn kappa_of_values_is_that_of_ratings() {
        // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: the textbook's κ of 0.4.
        let sums = [20.0, 25.0, 30.0, 15.0, 25.0, 20.0];
        let kappa = kappa_of_values(&sums, 2).expect("two values");
        assert!((kappa.value - 0.4).abs() < 1e-9 && kappa.items == 50);
        assert_eq!(kappa_of_values(&[7.0, 7.0, 7.0], 2), Err(Undefined::OneCategoryOnly.into()));
    }
}
