//! κ, π, α and their kin.

use super::{close, entries, fixture, list};
use jejak::agreement::items::Ratings;
use jejak::agreement::{Coefficient, Undefined};
use serde_json::Value;

type Measure = fn(&Ratings) -> Result<Coefficient, Undefined>;

/// Which of our coefficients each reference figure is, by its path.
const COMPLETE: &[(&str, Measure)] = &[
    ("irrCAC.fleiss/value", Ratings::fleiss_kappa),
    ("nltk.pi(Fleiss multi-pi)/value", Ratings::fleiss_kappa),
    ("statsmodels.fleiss_kappa/value", Ratings::fleiss_kappa),
    ("dkpro/fleiss_kappa", Ratings::fleiss_kappa),
    ("dkpro/scott_pi", Ratings::fleiss_kappa),
    ("irrCAC.conger/value", Ratings::cohen_kappa),
    ("nltk.multi_kappa(Davies-Fleiss)/value", Ratings::cohen_kappa),
    ("statsmodels.cohens_kappa/value/kappa", Ratings::cohen_kappa),
    ("dkpro/cohen_kappa", Ratings::cohen_kappa),
    ("dkpro/hubert_kappa", Ratings::cohen_kappa),
    ("irrCAC.bp/value", Ratings::s),
    ("nltk.S(Bennett)/value", Ratings::s),
    ("statsmodels.fleiss_kappa(randolph)/value", Ratings::s),
    ("dkpro/randolph_kappa", Ratings::s),
    ("irrCAC.gwet/value", Ratings::ac1),
    ("dkpro/gwet_ac1", Ratings::ac1),
    ("prodigy_iaa/value/ac2", Ratings::ac1),
    ("dkpro/percentage", Ratings::observed),
    ("prodigy_iaa/value/percent_agreement", Ratings::observed),
];

/// Those that are defined where ratings are missing too.
const ALWAYS: &[(&str, Measure)] = &[
    ("krippendorff.alpha(nominal)/value", Ratings::alpha),
    ("nltk.alpha/value", Ratings::alpha),
    ("simpledorff.alpha/value", Ratings::alpha),
    ("irrCAC.krippendorff/value", Ratings::alpha),
    ("prodigy_iaa/value/kripp_alpha", Ratings::alpha),
    ("dkpro/krippendorff_alpha_nominal", Ratings::alpha),
];

/// Items × raters with categories numbered as they come.
fn rows(set: &Value) -> Vec<Vec<Option<u32>>> {
    let mut names: Vec<&str> = Vec::new();
    let mut rating = |value: &'_ Value| value.as_str().map(str::to_owned);
    let texts: Vec<Vec<Option<String>>> =
        list(set).iter().map(|row| list(row).iter().map(&mut rating).collect()).collect();
    for name in texts.iter().flatten().flatten() {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let id = |name: &String| names.iter().position(|known| known == name).expect("listed above") as u32;
    texts.iter().map(|row| row.iter().map(|name| name.as_ref().map(id)).collect()).collect()
}

/// The numbers that software gave; none where it has no such figure or gave an error.
fn given(reference: &Value, path: &str) -> Option<f64> {
    path.split('/').try_fold(reference, |value, key| value.get(key))?.as_f64()
}

#[test]
fn coefficients_are_those_of_nine_libraries() {
    let (sets, reference) = (fixture("items.json"), fixture("items_ref.json"));
    let mut compared = 0;
    for (name, set) in entries(&sets) {
        let rows = rows(set);
        let ratings = Ratings::of(&rows);
        let reference = &reference["results"][name];
        if name == "one_category_only" {
            for (_, coefficient) in ALWAYS.iter().chain(&COMPLETE[..17]) {
                assert_eq!(coefficient(&ratings), Err(Undefined::OneCategoryOnly));
            }
            assert_eq!(ratings.observed().map(|figure| figure.value), Ok(1.0));
            continue;
        }
        let complete = reference["complete"].as_bool().expect("a flag");
        for (path, coefficient) in ALWAYS.iter().chain(if complete { COMPLETE } else { &[] }) {
            // One library gives a figure for a single item where the others divide by zero; there is one definition.
            let Some(expected) = given(reference, path) else { continue };
            let tolerance = if path.starts_with("irrCAC") { 5e-6 } else { 1e-9 };
            let found = coefficient(&ratings).unwrap_or_else(|reason| panic!("{name} {path}: {reason}"));
            close(found.value, expected, tolerance, &format!("{name} {path}"));
            compared += 1;
        }
        if complete {
            for (pair, expected) in entries(&reference["sklearn.cohen_kappa pairwise"]) {
                let (a, b) = pair.split_once('-').expect("two raters");
                let pair = Ratings::between(&rows, a.parse().expect("a rater"), b.parse().expect("a rater"));
                let expected = expected["value"].as_f64().expect("a number");
                close(pair.cohen_kappa().expect("defined").value, expected, 1e-9, name);
                compared += 1;
            }
        } else {
            assert_eq!(ratings.fleiss_kappa(), Err(Undefined::MissingRatings), "{name}");
        }
    }
    assert!(compared > 200, "{compared} figures compared");
}

/// Coefficients of a table of two raters: rows are the first's categories.
fn of_table(table: &[&[usize]]) -> Ratings {
    let cells =
        table.iter().enumerate().flat_map(|(a, row)| row.iter().enumerate().map(move |(b, count)| (a, b, *count)));
    let rows = cells.flat_map(|(a, b, count)| std::iter::repeat_n([Some(a as u32), Some(b as u32)], count));
    Ratings::of(&rows.collect::<Vec<_>>())
}

#[test]
fn gwets_published_examples_come_out_to_their_digits() {
    let is = |found: Result<Coefficient, Undefined>, published: f64, digits: i32| {
        let value = found.unwrap().value;
        assert!((value - published).abs() <= 0.5 * 10f64.powi(-digits), "{value} is not {published}");
    };
    // Two abstractors and a hundred pregnancies: ectopic, abnormal or normal intrauterine (Gwet 2014).
    let abstractors = of_table(&[&[13, 0, 0], &[0, 20, 7], &[0, 4, 56]]);
    is(abstractors.ac1(), 0.849_330_5, 7);
    is(abstractors.cohen_kappa(), 0.796_409_4, 7);
    is(abstractors.fleiss_kappa(), 0.796_239_7, 7);
    is(abstractors.s(), 0.835, 7);
    is(abstractors.alpha(), 0.797_258_5, 7);
    is(abstractors.observed(), 0.89, 7);
    // Fifteen psychiatric patients and six raters, by how many chose each of five diagnoses (Fleiss 1971; Gwet 2014).
    let diagnoses: [[usize; 5]; 15] = [
        [0, 0, 0, 6, 0],
        [0, 3, 0, 0, 3],
        [0, 1, 4, 0, 1],
        [0, 0, 0, 0, 6],
        [0, 3, 0, 3, 0],
        [2, 0, 4, 0, 0],
        [0, 0, 4, 0, 2],
        [2, 0, 3, 1, 0],
        [2, 0, 0, 4, 0],
        [0, 0, 0, 0, 6],
        [1, 0, 0, 5, 0],
        [1, 1, 0, 4, 0],
        [0, 3, 3, 0, 0],
        [1, 0, 0, 5, 0],
        [0, 2, 0, 3, 1],
    ];
    let ratings = |counts: &[usize; 5]| {
        let each =
            counts.iter().enumerate().flat_map(|(category, &count)| std::iter::repeat_n(Some(category as u32), count));
        each.collect::<Vec<_>>()
    };
    let patients = Ratings::of(&diagnoses.iter().map(ratings).collect::<Vec<_>>());
    is(patients.ac1(), 0.444_800_7, 7);
    is(patients.fleiss_kappa(), 0.413_926_5, 7);
    is(patients.alpha(), 0.420_438_4, 7);
    is(patients.s(), 0.438_888_9, 7);
}
