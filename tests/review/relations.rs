//! Relations across articles, measured: what two annotators' claims are to each other, followed through.

use std::path::Path;

use jejak::exchange::{Allowed, PendingImport};
use jejak::figures::{Detail, Figure, ReportRequest, Scope, measure_project};
use jejak::formats::{ImportFiles, Memory, NameMap, ReadOptions, format};
use jejak::model::{Name, Schema, Verdict};
use jejak::store::{Access, Session};
use jejak::text::sha256_hex;
use serde_json::{Value, json};

const WORDS: [&str; 4] = ["kapal tiba lebih awal", "kapal terlambat", "kapal tidak berangkat", "pelabuhan ditutup"];

/// The relations of two claims, by the numbers of their words.
type Related<'a> = &'a [(usize, usize, Verdict)];

/// The referent that an annotator has for a claim.
fn id(annotator: &str, claim: usize) -> String {
    format!("{annotator}{claim}")
}

/// One annotator's set: every text is a claim with a referent of its own.
fn set(annotator: &str) -> Value {
    let text = WORDS.join(". ");
    let annotation = |at: usize| {
        let start = text.find(WORDS[at]).unwrap();
        let span = json!({"start": start, "end": start + WORDS[at].len(), "text": WORDS[at]});
        json!({"id": format!("m{at}"), "label": "claim", "spans": [span], "referent": id(annotator, at)})
    };
    let referent = |at: usize| json!({"id": id(annotator, at), "label": "claim", "name": WORDS[at]});
    json!({
        "annotator": annotator, "progress": "done",
        "annotations": (0..WORDS.len()).map(annotation).collect::<Vec<_>>(),
        "referents": (0..WORDS.len()).map(referent).collect::<Vec<_>>(),
    })
}

/// The figures of relations of two annotators, who relate claims so.
fn figures(dir: &Path, related: [Related<'_>; 2]) -> Vec<Figure> {
    let schema: Schema = ron::from_str(include_str!("../../assets/schemas/trips.ron")).unwrap();
    Session::create(dir, "Contoh", schema).unwrap();
    let text = WORDS.join(". ");
    let line = json!({
        "jejak_jsonl": 1,
        "article": {"id": "000", "sha256": sha256_hex(text.as_bytes()), "offset_unit": "code-point", "language": "id"},
        "text": text, "sets": [set("a"), set("b")],
    });
    let files = [("x.jsonl".to_owned(), line.to_string().into_bytes())].into();
    let source = ImportFiles::from(Memory { files });
    let mut session = Session::open(dir, &"a".into(), Access::Write).unwrap();
    let jsonl = format("jejak-jsonl").unwrap();
    let read = PendingImport::read(jsonl, &source, None, &ReadOptions::default(), &mut |_| true).unwrap();
    let read = read.allowing(Allowed::ALL);
    session.run(|link| read.bring_in(link, &NameMap::default(), true, &mut |_, _| true)).unwrap().unwrap();
    session.close().unwrap();
    for (annotator, related) in ["a", "b"].into_iter().zip(related) {
        let maker = Name::new(annotator);
        let mut session = Session::open(dir, &maker, Access::Write).unwrap();
        for (one, other, verdict) in related {
            let of = (id(annotator, *one).parse().unwrap(), id(annotator, *other).parse().unwrap());
            let said = jejak::edit::judge(session.corpus(), &maker, of, *verdict, "").unwrap();
            session.commit(said).unwrap();
        }
        session.close().unwrap();
    }
    let request = ReportRequest { annotators: vec![Name::new("a"), Name::new("b")], ..ReportRequest::default() };
    let report = measure_project(dir, &request, &mut |_, _| true).unwrap().unwrap();
    assert_eq!(report.unread, []);
    let all = report.figures(Scope::default(), Detail::Whole, true);
    all.into_iter().filter(|it| it.family.starts_with("relations")).collect()
}

#[test]
fn relations_are_paired_by_what_claims_are_of_and_followed_through() {
    let dir = tempfile::tempdir().unwrap();
    let a: Related<'_> = &[(0, 1, Verdict::Same), (1, 2, Verdict::Contradicts), (2, 3, Verdict::Unrelated)];
    // The same in other words, but for one that a calls unrelated.
    let b: Related<'_> = &[(0, 1, Verdict::Same), (2, 0, Verdict::Contradicts), (3, 2, Verdict::Supports)];
    let all = figures(dir.path(), [a, b]);
    let told: Vec<_> = all.iter().map(|it| (it.name.as_str(), it.value.ok(), it.sides)).collect();
    let share = |correct: f64, gold: f64, predicted: f64| 2.0 * correct / (gold + predicted);
    let (same, against) = (share(1.0, 1.0, 1.0), told.iter().find(|it| it.0 == "relations contradicts").unwrap().1);
    assert_eq!(
        told.iter().map(|it| it.0).collect::<Vec<_>>(),
        ["relations", "relations same", "relations supports", "relations contradicts"]
    );
    assert_eq!((told[1].1, against), (Some(same), Some(1.0)), "{told:?}");
    assert_eq!((told[2].1, told[2].2), (Some(0.0), None), "a has none of these: {told:?}");
    let (precision, recall) = told[0].2.unwrap();
    assert!(precision < 1.0 && recall > 0.99 && told[0].1.unwrap() < 1.0, "{told:?}");
    assert!(all[0].interval.is_ok_and(|interval| interval.low < 1.0));
}

#[test]
fn where_nobody_states_a_relation_there_are_no_figures_of_them() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(figures(dir.path(), [&[(0, 1, Verdict::NotSame)], &[]]), []);
}
