//! Listed errors are those that the figures count, by kind.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jejak::agreement::random::Random;
use jejak::figures::{
    ArticlesOf, Detail, Deviation, DeviationKind, DeviationRequest, Deviations, Figure, Reason, Report, ReportBuilder,
    ReportRequest, Scope, ZoneText, measure_project, project_deviations,
};
use jejak::model::{
    Annotation, AnnotationSet, Article, ArticleId, Corpus, Filler, Id, Kind, Name, Referent, Referents, Role, Schema,
    Slot,
};
use jejak::store::scan;
use jejak::text::{Span, Text};
use serde_json::Value as Json;

use super::build::{WORDS, corpus, id, jejak, pick, random_set, real_project, record, schema};
use super::figures::{mention, project, request, set};

type Sets<'a> = [&'a AnnotationSet; 2];

/// The wrong annotations of each side that are of a kind, with these deviations.
fn wrong(found: &Deviations, of: Kind, kinds: [&[DeviationKind]; 2]) -> [usize; 2] {
    [0, 1].map(|side| {
        let such = found.all.iter().filter(|it| it.of == of && kinds[side].contains(&it.kind));
        such.map(|it| (&it.article, it.records[side].unwrap())).collect::<BTreeSet<_>>().len()
    })
}

/// Checks that precision and recall say that so many of each side are wrong.
fn close(figure: &Figure, wrong: [usize; 2], all: [usize; 2]) {
    let share = |side: usize| 1.0 - wrong[side] as f64 / all[side] as f64;
    match figure.sides {
        Some((precision, recall)) => {
            assert!((precision - share(1)).abs() < 1e-9, "{}: {precision} {wrong:?} of {all:?}", figure.name);
            assert!((recall - share(0)).abs() < 1e-9, "{}: {recall} {wrong:?} of {all:?}", figure.name);
        }
        // One side has nothing.
        None => assert_eq!(wrong, all, "{}", figure.name),
    }
}

/// Checks every kind of deviation with the figures of the same sets.
fn same(report: &Report, found: &Deviations, sets: &[Sets<'_>], schema: &Schema) {
    use DeviationKind as D;
    let all = report.figures(Scope::default(), Detail::Whole, false);
    let figure = |name: &str| all.iter().find(|figure| figure.name == name);
    let count = |kind: Kind| {
        [0, 1].map(|side| {
            let records = sets.iter().flat_map(|sets| sets[side].iter());
            records.filter(|record| schema.kind(&record.label) == kind).count()
        })
    };
    let strict: [&[D]; 2] = [&[D::Missing, D::Boundary, D::Label], &[D::Spurious, D::Boundary, D::Label]];
    let there: [&[D]; 2] = [&[D::Missing], &[D::Spurious]];
    for (name, kind, kinds) in [
        ("mentions strict", Kind::Entity, strict),
        ("zones", Kind::Zone, strict),
        ("documents", Kind::Document, strict),
        ("frames", Kind::Frame, there),
    ] {
        let Some(figure) = figure(name) else {
            assert_eq!(count(kind), [0, 0], "{name}");
            continue;
        };
        if figure.value.is_ok() {
            close(figure, wrong(found, kind, kinds), count(kind));
        }
    }
    confusion(report, found);
    let differs = |it: &&Deviation| {
        let ends = it.places.each_ref().map(|at| Some((at.first()?.start, at.last()?.end)));
        it.kind == D::Boundary && matches!(ends, [Some(one), Some(other)] if one != other)
    };
    let boundaries: f64 = report.boundaries(Scope::default()).start.iter().map(|(_, count)| count).sum();
    assert_eq!(found.all.iter().filter(differs).count() as f64, boundaries);
    for figure in all.iter().filter(|figure| figure.family == "role") {
        role(figure, found);
    }
    for figure in all.iter().filter(|figure| figure.family == "attribute") {
        let slot = Slot::Attribute(figure.slot.clone());
        let of_slot = |it: &&Deviation| it.slot == slot && it.labels[0].as_ref() == Some(&figure.label);
        let differ = found.all.iter().filter(of_slot).count();
        match figure.value {
            Ok(value) => assert_eq!(value < 1.0, differ > 0, "{}: {value}, {differ}", figure.name),
            Err(_) => assert_eq!(differ, 0, "{}", figure.name),
        }
        assert!(differ <= figure.items);
    }
    let identity = |it: &Deviation| it.kind == D::Identity && !it.across;
    if let Some(Ok(value)) = figure("identity across B3").map(|figure| figure.value) {
        let across = |it: &Deviation| it.across;
        assert!(value < 1.0 || !found.all.iter().any(across), "{value}");
    }
    if let Some(Ok(value)) = figure("identity B3").map(|figure| figure.value) {
        let lacks = found.all.iter().any(|it| matches!(it.kind, D::Missing | D::Spurious));
        assert!(value < 1.0 || !found.all.iter().any(identity), "{value}");
        assert!(value >= 1.0 || lacks || found.all.iter().any(identity), "{value}");
    }
}

/// Labels that are taken for others, and what one side lacks.
fn confusion(report: &Report, found: &Deviations) {
    let confusion = report.confusion(Scope::default());
    let mut told: BTreeMap<(Name, Name), f64> = BTreeMap::new();
    for (row, a) in confusion.labels.iter().enumerate() {
        for (column, b) in confusion.labels.iter().enumerate().filter(|(_, b)| a != *b) {
            let count = confusion.counts[row][column];
            if count > 0.0 {
                told.insert((a.clone(), b.clone()), count);
            }
        }
    }
    let mut listed: BTreeMap<(Name, Name), f64> = BTreeMap::new();
    for it in &found.all {
        if matches!(it.kind, DeviationKind::Missing | DeviationKind::Spurious | DeviationKind::Label) {
            let [a, b] = it.labels.clone().map(|label| label.unwrap_or_else(|| Name::new("")));
            *listed.entry((a, b)).or_default() += 1.0;
        }
    }
    assert_eq!(listed, told);
}

/// Fillers that one of two paired frames lacks.
fn role(figure: &Figure, found: &Deviations) {
    let slot = Slot::Role(figure.slot.clone());
    let of_slot = |it: &&Deviation| it.slot == slot && it.labels[0].as_ref() == Some(&figure.label);
    let left =
        found.all.iter().filter(of_slot).fold([0, 0], |sum, it| [sum[0] + it.fillers[0], sum[1] + it.fillers[1]]);
    let items = figure.items as f64;
    match figure.sides {
        Some((precision, recall)) if precision > 0.0 => {
            let right = precision.min(recall) * items;
            let lacking = [right / recall - right, right / precision - right];
            for side in [0, 1] {
                assert!((lacking[side] - left[side] as f64).abs() < 1e-6, "{}: {lacking:?} {left:?}", figure.name);
            }
        }
        _ => assert_eq!(left.into_iter().max(), Some(figure.items), "{}", figure.name),
    }
}

/// Gives each referent of an annotator one of three names.
fn call(corpus: &mut Corpus, annotator: &Name, random: &mut Random) {
    let all = corpus.referents(annotator).unwrap().iter();
    let named = |(id, referent): (&Id, &Arc<Referent>)| {
        let name = (*pick(random, &["Dewi", "Laras", "Sari"])).to_owned();
        (*id, Arc::new(Referent { name, ..(**referent).clone() }))
    };
    let named: Referents = all.map(named).collect();
    corpus.load_referents(annotator.clone(), named);
}

#[test]
fn names_of_referents_decide_no_error_as_they_decide_no_figure() {
    let text = "kata1 ".repeat(WORDS as usize);
    for seed in 0..400 {
        let random = &mut Random::new(seed, 1);
        let gold = random_set(random);
        // The same things, taken for others.
        let others: Vec<Id> = (0..4).map(|_| id(random)).collect();
        let taken = |record: &Arc<Annotation>| {
            let referent = record.referent.and_then(|_| others.get(random.below(6)).copied());
            Annotation { referent, ..(**record).clone() }
        };
        let model = set(gold.iter().map(taken).collect());
        let (mut corpus, article) = corpus(&text, &[("gold", gold), ("model", model)]);
        let [gold, model] = ["gold", "model"].map(Name::new);
        let unnamed = Deviations::of(&corpus, &article, &gold, &model);
        call(&mut corpus, &gold, random);
        call(&mut corpus, &model, random);
        let named = Deviations::of(&corpus, &article, &gold, &model);
        let about = |all: &Deviations| {
            let one = |it: &Deviation| (it.kind, it.slot.clone(), it.records, it.fillers);
            all.all.iter().map(one).collect::<Vec<_>>()
        };
        assert_eq!(about(&named), about(&unnamed), "seed {seed}");
    }
}

#[test]
fn errors_of_random_articles_are_what_the_figures_count() {
    let schema = schema();
    let text = "kata1 ".repeat(WORDS as usize);
    for seed in 0..60 {
        let random = &mut Random::new(seed, 1);
        let mut builder = ReportBuilder::new(vec!["gold".into(), "model".into()]);
        let (mut found, mut all) = (Deviations::default(), Vec::new());
        for number in 0..4 {
            let gold = random_set(random);
            // Some of it is as gold has it, some is not.
            let mut other: Vec<_> = random_set(random).iter().map(|record| (**record).clone()).collect();
            other.truncate(random.below(12));
            let mut kept: Vec<_> = gold.iter().map(|record| (**record).clone()).collect();
            kept.retain(|_| random.below(5) > 0);
            for record in &mut kept {
                match random.below(8) {
                    0 => record.at = record.at.iter().map(|at| Span::new(at.start, at.end - 2)).collect(),
                    1 if schema.kind(&record.label) == Kind::Entity => record.label = "person".into(),
                    2 => record.referent = None,
                    3 => drop(record.roles.pop()),
                    _ => {}
                }
            }
            let there: BTreeSet<_> = kept.iter().map(|record| record.id).collect();
            other.retain(|record| !there.contains(&record.id));
            kept.extend(other);
            let model = set(kept);
            let (mut corpus, article) = corpus(&text, &[("gold", gold.clone()), ("model", model.clone())]);
            let names = &mut Random::new(seed, number as u64 + 2);
            call(&mut corpus, &"gold".into(), names);
            call(&mut corpus, &"model".into(), names);
            let text = Text::new(&text);
            let sample = builder.measure(&schema, &text, &[Some(&gold), Some(&model)]);
            builder.add(&Article::of(ArticleId::numbered(number), String::new(), &text), sample);
            let mut here = Deviations::of(&corpus, &article, &"gold".into(), &"model".into());
            here.all.iter_mut().for_each(|it| it.article = ArticleId::numbered(number));
            found.extend(here);
            all.push([gold, model]);
        }
        let sets: Vec<Sets> = all.iter().map(<[AnnotationSet; 2]>::each_ref).collect();
        same(&builder.report(&schema), &found, &sets, &schema);
    }
}

#[test]
fn errors_of_real_articles_are_what_evaluation_counts() {
    let sets = ["ref", "dewi", "eko", "fajar"].map(String::from);
    let Some((_temp, dir)) = real_project(&sets) else { return };
    let scan = scan(&dir).unwrap();
    for name in ["dewi", "eko", "fajar"] {
        let names: Vec<Name> = vec!["ref".into(), name.into()];
        let asked = ReportRequest { annotators: names.clone(), evaluation: true, ..ReportRequest::default() };
        let report = measure_project(&dir, &asked, &mut |_, _| true).unwrap().unwrap();
        let request = DeviationRequest {
            gold: "ref".into(),
            whose: name.into(),
            articles_of: ArticlesOf::Gold,
            zones: ZoneText::Counts,
        };
        let found = project_deviations(&scan, &request, &mut |_, _| true).unwrap();
        assert_eq!(found.articles, report.scored(0));
        let sets: Vec<Vec<AnnotationSet>> = scan
            .clone()
            .map(|scanned| {
                let of = |name: &Name| scanned.sets.iter().find(|set| set.annotator == *name).unwrap().set.clone();
                names.iter().map(of).collect()
            })
            .collect();
        let sets: Vec<Sets> = sets.iter().map(|sets| [&sets[0], &sets[1]]).collect();
        assert!(found.found.all.len() > 20, "{name}");
        same(&report, &found.found, &sets, &scan.corpus().schema);
    }
}

/// A model that knows names alone, in two articles, and gold.
fn names_only() -> tempfile::TempDir {
    let gold = |first: &str| {
        let random = &mut Random::new(1, 1);
        let mut place = mention(first, 0, 1);
        place.set_attribute(&"kind".into(), Some("city".into()));
        let mut trip = record(random, "trip", vec![Span::new(24, 28)], "x");
        trip.id = id(random);
        trip.roles.push(Role { name: "destination".into(), filler: Filler::Annotation(place.id) });
        set(vec![place, mention("person", 2, 3), trip])
    };
    let model = set(vec![mention("place", 0, 1), mention("person", 2, 4), mention("date", 6, 7)]);
    project(3, &[(0, "gold", gold("place")), (1, "gold", gold("place")), (0, "m", model)])
}

#[test]
fn errors_are_listed_by_kind_with_the_words_of_both_sides() {
    let folder = names_only();
    let dir = folder.path().join("p");
    let project = dir.to_str().unwrap();
    let (code, lines, said) = jejak(&["evaluate", project, "--pred", "m", "--errors"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(
        lines.lines().collect::<Vec<_>>(),
        [
            "001:0-5: missing: gold place \"satu1\", m nothing",
            "001:12-17: missing: gold person \"tiga3\", m nothing",
            "000:36-41: spurious: gold nothing, m date \"tujuh\"",
            "000:12-17: boundary: person \"tiga3\": gold \"tiga3\", m \"tiga3 empat\"",
        ]
    );
    assert!(said.contains("gold in 2 articles, predicted in 1, scored 2"), "{said}");
    assert!(said.contains("not predicted, and so not counted: frames, kind of place"), "{said}");
    assert!(said.contains("4 errors: 2 missing, 1 spurious, 1 boundary, 0 label"), "{said}");
    let (_, lines, _) = jejak(&["evaluate", project, "--pred", "m", "--errors", "boundary,label", "--json"]);
    let line: Json = serde_json::from_str(lines.trim()).unwrap();
    let expected = serde_json::json!({
        "article": "000", "kind": "boundary", "slot": "extent", "of": "mention", "about": "person \"tiga3\"",
        "gold": {"label": "person", "start": 12, "end": 17, "words": "tiga3", "said": "\"tiga3\""},
        "pred": {"label": "person", "start": 12, "end": 23, "words": "tiga3 empat", "said": "\"tiga3 empat\""},
    });
    assert_eq!(line, expected);
    let (_, lines, _) = jejak(&["evaluate", project, "--pred", "m", "--errors", "missing", "--articles-of", "pred"]);
    assert_eq!(lines, "");
    let (code, _, said) = jejak(&["evaluate", project, "--pred", "m", "--errors", "wrong"]);
    assert!(code == Some(2) && said.contains("spurious"), "{said}");
}

#[test]
fn an_attribute_that_is_never_predicted_has_no_figure() {
    let folder = names_only();
    let dir = folder.path().join("p");
    let attribute = |request: &ReportRequest| {
        let report = measure_project(&dir, request, &mut |_, _| true).unwrap().unwrap();
        let figures = report.figures(Scope::default(), Detail::Whole, false);
        figures.iter().find(|figure| figure.name == "attribute place kind").unwrap().value
    };
    let asked = ReportRequest { gold: None, ..request(&["gold", "m"]) };
    assert_eq!(attribute(&asked), Ok(0.0));
    assert_eq!(attribute(&ReportRequest { evaluation: true, ..asked }), Err(Reason::NotPredicted));
}

#[test]
fn who_is_another_one_than_in_other_articles_is_an_error_of_identity() {
    let about =
        |mention: Annotation, referent: &str| Annotation { referent: Some(referent.parse().unwrap()), ..mention };
    let sets = |same: [&str; 3]| {
        let first = [about(mention("person", 0, 1), same[0]), about(mention("person", 2, 3), same[1])];
        [set(first.to_vec()), set(vec![about(mention("person", 0, 1), same[2])])]
    };
    let [gold_0, gold_1] = sets(["k1", "k2", "k1"]);
    let [mixed_0, mixed_1] = sets(["r1", "r2", "r2"]);
    let [apart_0, apart_1] = sets(["s1", "s2", "s3"]);
    let folder = project(
        2,
        &[
            (0, "gold", gold_0),
            (1, "gold", gold_1),
            (0, "mixed", mixed_0),
            (1, "mixed", mixed_1),
            (0, "apart", apart_0),
            (1, "apart", apart_1),
        ],
    );
    let dir = folder.path().join("p");
    for (who, names) in [
        ("gold", &[("k1", "Sari"), ("k2", "Tuan")][..]),
        ("mixed", &[("r1", "Ratu"), ("r2", "Budi")]),
        ("apart", &[("s1", "Sari"), ("s2", "Tuan"), ("s3", "Sari")]),
    ] {
        let line = |(id, name): &(&str, &str)| {
            format!(
                "  (id: \"{id}\", label: \"person\", name: \"{name}\", origin: (by: \"x\", at: \"2031-03-03T08:00:00Z\")),\n"
            )
        };
        let lines: String = names.iter().map(line).collect();
        let file = format!("(\n jejak: 1,\n annotator: \"{who}\",\n referents: [\n{lines} ],\n)\n");
        std::fs::write(dir.join(format!("sets/{who}/referents.ron")), file).unwrap();
    }
    let project = dir.to_str().unwrap();
    for (who, expected) in [
        ("mixed", "001:0-5: identity: person \"satu1\": gold Sari, as in 000, mixed Budi, as in 000"),
        ("apart", "001:0-5: identity: person \"satu1\": gold Sari, as in 000, apart Sari, in no other article"),
    ] {
        let (_, lines, said) = jejak(&["evaluate", project, "--pred", who, "--errors"]);
        assert_eq!(lines.trim(), expected, "{said}");
        assert!(said.contains("1 errors: ") && said.contains(", 1 identity"), "{said}");
        let (_, lines, _) = jejak(&["evaluate", project, "--pred", who, "--errors", "--json"]);
        assert!(lines.contains("\"across\":true"), "{lines}");
    }
}
