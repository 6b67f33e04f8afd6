//! Every figure: its name, what it means in a sentence, who defined it, and how it comes from sums.

use super::key::Topic;
use crate::agreement::identity::IdentityScores;
use crate::agreement::items::Ratings;
use crate::agreement::{Coefficient, Prf, Undefined};

/// The sums that a figure is made of: a list of numbers for each of its topics.
pub(super) type SumLists<'a> = &'a [Vec<f64>];

/// The subjects for which one line of the catalogue gives figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Each {
    /// One figure.
    All,
    /// One for all labels, one for each label.
    Label,
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

/// One line of the catalogue.
pub(super) struct FigureSpec {
    /// Its name; names of labels, roles and attributes follow it.
    pub name: &'static str,
    pub definition: &'static str,
    pub source: &'static str,
    pub each: Each,
    pub from: From,
    pub topics: &'static [Topic],
    /// The items that are counted.
    pub items: &'static str,
    /// True where it is shown only where predictions are compared with gold.
    pub evaluation: bool,
    /// The figure, given the number of annotators that the sums are of (more than two: pairs of several).
    pub figure: fn(SumLists, usize) -> Result<Coefficient, Reason>,
    /// Precision and recall, where it has them.
    pub sides: Option<fn(SumLists) -> Prf>,
}

/// The reason why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The data does not allow it.
    #[error(transparent)]
    Data(#[from] Undefined),
    /// The coefficient is one of two annotators.
    #[error("it compares two annotators: look at one pair")]
    TwoOnly,
    /// It is computed only where it is asked for.
    #[error("not computed yet: it takes longer and is asked for by itself")]
    NotAsked,
    /// The time was over before any article was done.
    #[error("left out: its time was over before an article was done")]
    OutOfTime,
    /// An interval over articles needs several.
    #[error("one article has no interval over articles")]
    OneArticle,
    /// Resampling would take too long.
    #[error("too large for resampling")]
    TooLarge,
}

const SEMEVAL: &str = "SemEval-2013 task 9.1 (Segura-Bedmar, Martínez and Herrero-Zazo 2013)";
const KRIPPENDORFF: &str = "Krippendorff 2004, Content Analysis, ch. 11";
const MATHET: &str = "Mathet, Widlöcher and Métivier 2015";
const RAMS: &str = "Ebner et al. 2020 (RAMS); Li, Ji and Han 2021 (WikiEvents)";
const CONLL: &str = "Pradhan et al. 2014 (CoNLL-2012 shared task)";

const USUAL: FigureSpec = FigureSpec {
    name: "",
    definition: "",
    source: "",
    each: Each::All,
    from: From::Pairs,
    topics: &[],
    items: "mentions",
    evaluation: false,
    figure: |parts, _| f1(&counts(parts)),
    sides: Some(counts),
};

/// All figures in the order in which they are told.
pub(super) const CATALOGUE: &[FigureSpec] = &[
    FigureSpec {
        name: "mentions strict",
        definition: "F1 of mentions with the same extent and the same label",
        source: SEMEVAL,
        each: Each::Label,
        topics: &[Topic::Strict],
        ..USUAL
    },
    FigureSpec {
        name: "mentions exact",
        definition: "F1 of mentions with the same extent, whatever their label",
        source: SEMEVAL,
        each: Each::Label,
        topics: &[Topic::Exact],
        ..USUAL
    },
    FigureSpec {
        name: "mentions partial",
        definition: "F1 of mentions where the same extent counts 1 and any overlap ½, whatever their label",
        source: SEMEVAL,
        each: Each::Label,
        topics: &[Topic::Partial],
        ..USUAL
    },
    FigureSpec {
        name: "mentions type",
        definition: "F1 of mentions that overlap and have the same label",
        source: SEMEVAL,
        each: Each::Label,
        topics: &[Topic::Type],
        ..USUAL
    },
    FigureSpec {
        name: "words kappa",
        definition: "Cohen's κ over words, each labelled by its innermost mention or by none: agreement beyond that of \
                     each annotator's own habits",
        source: "Cohen 1960",
        from: From::Joint,
        topics: &[Topic::Words],
        items: "words",
        figure: |parts, raters| match raters {
            2 => Ok(Ratings::from_sums(2, &parts[0]).cohen_kappa()?),
            _ => Err(Reason::TwoOnly),
        },
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "words fleiss",
        definition: "Fleiss' κ over the words of the articles that everybody has begun; with two annotators it is Scott's π",
        source: "Fleiss 1971; Scott 1955",
        from: From::Joint,
        topics: &[Topic::Words, Topic::Complete],
        items: "words",
        figure: |parts, raters| {
            // Two annotators have no articles that only some of them have begun.
            let all = if raters == 2 { &parts[0] } else { &parts[1] };
            Ok(Ratings::from_sums(raters, all).fleiss_kappa()?)
        },
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "words alpha",
        definition: "Krippendorff's nominal α over words, for any number of annotators, who may have left articles out",
        source: KRIPPENDORFF,
        from: From::Joint,
        topics: &[Topic::Words],
        items: "words",
        figure: |parts, raters| Ok(Ratings::from_sums(raters, &parts[0]).alpha()?),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "unitizing alpha",
        definition: "Krippendorff's α_U: do the same stretches of text bear the same labels, by the squared distances of \
                     their ends; the mean over articles",
        source: "Krippendorff 1995; 2004, ch. 11.6",
        each: Each::Label,
        from: From::Joint,
        topics: &[Topic::AlphaU],
        items: "articles",
        figure: |parts, _| mean(parts, Undefined::OverlappingUnits),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "gamma",
        definition: "γ: 1 − disorder of the best alignment of mentions ÷ disorder by chance (30 seeded samples); overlap \
                     and nesting allowed; the mean over articles. Where several annotators' marks are too many to search \
                     for the best alignment, they are aligned in turns, one annotator against the others, and the \
                     possible loss is reported",
        source: MATHET,
        from: From::Joint,
        topics: &[Topic::Gamma],
        items: "articles",
        figure: |parts, _| request(parts, Undefined::NoExpectedDisagreement),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "gamma cat",
        definition: "γ_cat: agreement on the labels of what γ aligns, whatever the extents; the mean over articles",
        source: "Mathet 2017",
        from: From::Joint,
        topics: &[Topic::GammaCat],
        items: "articles",
        figure: |parts, _| request(parts, Undefined::OneCategoryOnly),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "frames",
        definition: "F1 of trips, claims and other frames that are paired by best total likeness of trigger, roles and \
                     attributes",
        source: "optimal assignment (Kuhn 1955)",
        each: Each::Label,
        topics: &[Topic::Frames],
        items: "frames",
        ..USUAL
    },
    FigureSpec {
        name: "role",
        definition: "F1 of what fills the role in paired frames: aligned annotations, equal words, equal values",
        source: "slot filling as in MUC (Chinchor and Sundheim 1993)",
        each: Each::Role,
        topics: &[Topic::Role],
        items: "fillers",
        ..USUAL
    },
    FigureSpec {
        name: "attribute",
        definition: "κ of the attribute's values over paired frames, 'not set' being a value: Cohen's for two annotators, \
                     Scott's π over pairs of several",
        source: "Cohen 1960; Scott 1955",
        each: Each::Attribute,
        topics: &[Topic::Attribute],
        items: "paired frames",
        figure: |parts, raters| kappa_of_values(&parts[0], raters),
        sides: None,
        ..USUAL
    },
    FigureSpec {
        name: "identity MUC",
        definition: "Within articles: links that join the mentions of one thing",
        source: "Vilain et al. 1995",
        topics: &[Topic::Muc],
        items: "links",
        figure: |parts, _| f1(&full(parts)),
        sides: Some(full),
        ..USUAL
    },
    FigureSpec {
        name: "identity B3",
        definition: "Within articles: for each mention, the share of its cluster that is right",
        source: "Bagga and Baldwin 1998",
        topics: &[Topic::BCubed],
        figure: |parts, _| f1(&full(parts)),
        sides: Some(full),
        ..USUAL
    },
    FigureSpec {
        name: "identity CEAFe",
        definition: "Within articles: clusters paired one to one by the mentions that they share (φ₄)",
        source: "Luo 2005",
        topics: &[Topic::CeafE],
        items: "clusters",
        figure: |parts, _| f1(&full(parts)),
        sides: Some(full),
        ..USUAL
    },
    FigureSpec {
        name: "identity LEA",
        definition: "Within articles: clusters weighted by size, resolved by their links",
        source: "Moosavi and Strube 2016",
        topics: &[Topic::Lea],
        figure: |parts, _| f1(&full(parts)),
        sides: Some(full),
        ..USUAL
    },
    FigureSpec {
        name: "identity conll",
        definition: "Within articles: the mean of the F1 of MUC, B³ and CEAF_e",
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
        definition: "F1 of frames whose words are exactly the same",
        source: RAMS,
        topics: &[Topic::TriggerFound],
        items: "frames",
        evaluation: true,
        ..USUAL
    },
    FigureSpec {
        name: "triggers classified",
        definition: "F1 of frames whose words and label are the same",
        source: RAMS,
        topics: &[Topic::TriggerTyped],
        items: "frames",
        evaluation: true,
        ..USUAL
    },
    FigureSpec {
        name: "arguments found",
        definition: "F1 of fillers with the same words, in a frame with the same words and label",
        source: RAMS,
        topics: &[Topic::ArgumentFound],
        items: "arguments",
        evaluation: true,
        ..USUAL
    },
    FigureSpec {
        name: "arguments classified",
        definition: "F1 of fillers with the same words and role, in a frame with the same words and label",
        source: RAMS,
        topics: &[Topic::ArgumentTyped],
        items: "arguments",
        evaluation: true,
        ..USUAL
    },
    FigureSpec {
        name: "role fillers",
        definition: "CEAF-REE: who or what fills which role in the article, by any of its names, in whichever frame",
        source: "Du, Rush and Cardie 2021 (GTT on MUC-4)",
        topics: &[Topic::RoleFillers],
        items: "entities in roles",
        evaluation: true,
        ..USUAL
    },
    FigureSpec {
        name: "templates",
        definition: "CEAF-RME: frames of one label paired so that most role fillers fit, by any of their names",
        source: "Chen et al. 2023",
        topics: &[Topic::Templates],
        items: "entities in roles",
        evaluation: true,
        ..USUAL
    },
];

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

/// κ from triples: both say the value, the first does, the second does.
fn kappa_of_values(values: &[f64], raters: usize) -> Result<Coefficient, Reason> {
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
    if chance >= 1.0 {
        return Err(Undefined::OneCategoryOnly.into());
    }
    Ok(Coefficient { value: (agreeing / items - chance) / (1.0 - chance), items: items as usize })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_and_each_figure_explains_itself() {
        for (at, spec) in CATALOGUE.iter().enumerate() {
            assert!(CATALOGUE[..at].iter().all(|other| other.name != spec.name), "{}", spec.name);
            assert!(!spec.definition.is_empty() && !spec.source.is_empty() && !spec.topics.is_empty(), "{}", spec.name);
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
