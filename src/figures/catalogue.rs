//! Every figure: its name, what it means in a sentence, who defined it, and how it comes from sums.

use super::from_sums::{
    against, agreeing_values, categories, complete, counts, f1, full, kappa_of_values, mean, part, request, words_share,
};
use super::key::Topic;
use super::spec::{Each, FigureSpec, From, Reason, Told};
use crate::agreement::identity::IdentityScores;
use crate::agreement::items::{Against, Ratings, ScaleSums};
use crate::agreement::{Coefficient, Undefined};
use crate::key;
use crate::lang::Key;

const SEMEVAL: &str = "SemEval-2013 task 9.1 (Segura-Bedmar, Martínez and Herrero-Zazo 2013)";
const KRIPPENDORFF: &str = "Krippendorff 2004, Content Analysis, ch. 11";
const MATHET: &str = "Mathet, Widlöcher and Métivier 2015";
const RAMS: &str = "Ebner et al. 2020 (RAMS); Li, Ji and Han 2021 (WikiEvents)";
const CICCHETTI: &str = "Cicchetti and Feinstein 1990; Dice 1945";
const SHUFFLED: &str = "Fisher and Yates 1938 (shuffling); Artstein and Poesio 2008 (chance); shuffled annotations as in Mathet et al. 2015";
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
        figure: |parts, raters| Ok(complete(parts, raters).fleiss_kappa()?),
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
        figure: |parts, raters| Ok(complete(parts, raters).ac1()?),
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
        name: "frames by chance",
        title: key!("figure-frames-chance"),
        definition: key!("figure-frames-chance-means"),
        source: SHUFFLED,
        each: Each::Label,
        topics: &[Topic::FramesByChance],
        items: key!("frames"),
        present: true,
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
        name: "role by chance",
        title: key!("figure-role-chance"),
        definition: key!("figure-role-chance-means"),
        source: SHUFFLED,
        each: Each::Role,
        topics: &[Topic::RoleByChance],
        items: key!("items-fillers"),
        present: true,
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
}
