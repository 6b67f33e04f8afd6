//! Any project, written and read again, is what the loss report says it would be.

use std::collections::HashMap;
use std::sync::Arc;

use jejak::formats::{About, Context, FORMATS, Format, Layer, Loss, Lost, Options, Page, Source, nowhere};
use jejak::model::{
    Annotation, AnnotationSet, Corpus, Drift, DriftedSpan, Filler, Id, Name, Origin, Progress, Referent, Referents,
    Role, Timestamp, Value, Via,
};
use jejak::text::{Span, Text};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::{corpus_of, golden, read, write};

const PIECES: [&str; 18] = [
    "Ratu Sari",
    "tiba",
    "di",
    "Bandar Laut",
    "🛬",
    "e\u{301}lan",
    "👩‍👩‍👧",
    "שלום",
    "kata “juru”",
    ",",
    ".",
    "\n",
    "\n\n",
    "a-b",
    "=1+1",
    "\"x\"\t;",
    "\u{a0}",
    "日本",
];
const LABELS: [&str; 8] = ["person", "place", "trip", "claim", "headline", "topic", "date", "new label"];
const ROLES: [&str; 4] = ["traveller", "destination", "about", "purpose"];
const WORDS: [&str; 5] = ["", "yes", "dua kata", "garis\nbaru", "tab\t\"'\\|;"];

#[derive(Debug, Clone)]
struct Rec {
    label: usize,
    at: Vec<(usize, usize)>,
    attributes: Vec<(usize, usize)>,
    roles: Vec<(usize, usize, usize)>,
    referent: Option<usize>,
    note: usize,
    via: usize,
    drift: bool,
}

fn rec() -> impl Strategy<Value = Rec> {
    let pick = || 0..32_usize;
    (
        pick(),
        prop_oneof![1 => Just(vec![]), 6 => prop::collection::vec((0..40_usize, 1..8_usize), 1..2), 2 => prop::collection::vec((0..40_usize, 1..5_usize), 2..4)],
        prop::collection::vec((pick(), pick()), 0..3),
        prop::collection::vec((pick(), 0..10_usize, pick()), 0..4),
        prop::option::weighted(0.3, pick()),
        prop_oneof![3 => Just(0), 1 => pick()],
        pick(),
        prop::bool::weighted(0.05),
    )
        .prop_map(|(label, at, attributes, roles, referent, note, via, drift)| Rec {
            label,
            at,
            attributes,
            roles,
            referent,
            note,
            via,
            drift,
        })
}

/// A grapheme boundary near the `n`-th character.
fn boundary(text: &Text, n: usize) -> u32 {
    text.grapheme_ceil(text.char_to_byte((n as u32).min(text.chars())).unwrap())
}

fn spans(text: &Text, at: &[(usize, usize)]) -> Vec<Span> {
    let span = |&(from, len): &(usize, usize)| Span::new(boundary(text, from), boundary(text, from + len));
    let at = at.iter().map(span).filter(|span| !text.slice(*span).trim().is_empty()).collect();
    Annotation::tidy(at)
}

fn origin(pick: usize) -> Origin {
    let via = match pick % 5 {
        0 => Via::Hand,
        1 => Via::Suggestion { source: "tagger".into(), score: 500, changed: pick > 16 },
        2 => Via::Decision { adopted: vec!["a".into()], reason: "typo".into(), gap: String::new() },
        3 => Via::Import { file: "x.ann".into() },
        _ => return nowhere(&"gold".into()),
    };
    Origin { by: "gold".into(), at: Timestamp::from_seconds(1_700_000_000), via }
}

fn page(number: usize, pieces: &[usize], recs: &[Rec], progress: usize, about: usize, corpus: &Corpus) -> Page {
    let text: Vec<&str> = pieces.iter().map(|&piece| PIECES[piece % PIECES.len()]).collect();
    let text = Text::new(&text.join(" "));
    let gold = Name::new("gold");
    let id = |n: usize| -> Id { format!("r{}", n % (recs.len() + 1)).parse().unwrap() };
    let known: Vec<Id> = corpus.referents(&gold).into_iter().flatten().map(|(id, _)| *id).collect();
    let records = recs.iter().enumerate().map(|(n, rec)| {
        let mut record =
            Annotation::new(&LABELS[rec.label % LABELS.len()].into(), spans(&text, &rec.at), origin(rec.via));
        record.id = id(n);
        for &(name, value) in &rec.attributes {
            record.attributes.push((["kind", "status"][name % 2].into(), WORDS[1 + value % 4].into()));
        }
        record.attributes.sort();
        for &(name, kind, pick) in &rec.roles {
            let filler = match kind {
                0 => Filler::Value(Value::Text("Teluk Jauh".into())),
                1 => Filler::Value(Value::Date("2026-02".parse().unwrap())),
                2 => Filler::Span(spans(&text, &[(pick, 4)])),
                _ => Filler::Annotation(id(pick)),
            };
            if filler != Filler::Span(vec![]) {
                record.roles.push(Role { name: ROLES[name % 4].into(), filler });
            }
        }
        record.referent = rec.referent.map(|pick| known[pick % known.len()]);
        record.note = WORDS[rec.note % WORDS.len()].into();
        if rec.drift {
            let spans = vec![DriftedSpan { start: 3, end: 9, quote: "hilang".into() }];
            let roles = vec![("purpose".into(), spans[0].clone())];
            record.drift = Some(Box::new(Drift { spans, roles }));
        }
        Arc::new(record)
    });
    let progress = [Progress::New, Progress::InProgress, Progress::Done][progress % 3];
    let set = AnnotationSet::new(records, progress);
    let layer = Layer::of(&gold, &set, corpus.referents(&gold));
    let field = |bit: usize, value: &str| if about & bit == 0 { String::new() } else { value.to_owned() };
    let about = About {
        title: field(1, "Judul: \"satu\", dua"),
        publisher: field(2, "Kabar"),
        published: field(4, "2026-02-01"),
        language: field(8, "id"),
        url: field(16, "https://example.org/?a=1&b=2"),
        ..About::default()
    };
    Page { id: format!("{number:03}"), about, text, sets: vec![layer] }
}

/// The project's corpus: the golden one with some more referents.
fn corpus() -> Corpus {
    let mut corpus = corpus_of(&golden::source());
    let gold = Name::new("gold");
    let mut all: Referents = corpus.referents(&gold).cloned().unwrap();
    for (n, label) in ["person", "trip"].iter().enumerate() {
        let mut one = Referent::new(&(*label).into(), "nama", origin(n));
        one.id = format!("ref{n}").parse().unwrap();
        one.note = WORDS[n + 2].into();
        all.insert(one.id, Arc::new(one));
    }
    corpus.load_referents(gold, all);
    corpus
}

/// Where a format has no room for origins, a reader gives its own.
fn blank(pages: &mut [Page], format: &dyn Format) {
    if format.card().carries.provenance {
        return;
    }
    for layer in pages.iter_mut().flat_map(|page| &mut page.sets) {
        for record in &mut layer.records {
            Arc::make_mut(record).origin = nowhere(&layer.annotator);
        }
        for referent in &mut layer.referents {
            Arc::make_mut(referent).origin = nowhere(&layer.annotator);
        }
    }
}

/// What is missing in `after` of what is in `before`, counted without the format's help; for formats that keep ids.
fn missing(before: &Page, after: &Page) -> HashMap<Lost, u64> {
    let mut lost: HashMap<Lost, u64> = HashMap::new();
    let mut add = |what: Lost, n: usize| *lost.entry(what).or_default() += n as u64;
    let kept: HashMap<Id, &Annotation> = after.sets[0].records.iter().map(|record| (record.id, &**record)).collect();
    for record in &before.sets[0].records {
        let Some(kept) = kept.get(&record.id) else { continue };
        add(Lost::Attribute, record.attributes.len() - kept.attributes.len());
        add(Lost::Note, usize::from(record.note != kept.note));
        add(Lost::Fragments, usize::from(record.at != kept.at));
        add(Lost::Reference, usize::from(record.referent != kept.referent));
        let roles = |record: &Annotation, kind: fn(&Filler) -> bool| {
            record.roles.iter().filter(|role| kind(&role.filler)).count()
        };
        for (what, kind) in [
            (Lost::Role, (|f| matches!(f, Filler::Annotation(_))) as fn(&Filler) -> bool),
            (Lost::RoleWords, |f| matches!(f, Filler::Span(_))),
            (Lost::RoleValue, |f| matches!(f, Filler::Value(_))),
        ] {
            add(what, roles(record, kind) - roles(kept, kind));
        }
    }
    add(Lost::Metadata, {
        let set = |page: &Page| page.about.fields().iter().filter(|(_, value)| !value.is_empty()).count();
        set(before) - set(after)
    });
    lost
}

fn check(format: &dyn Format, corpus: &Corpus, pages: &[Page], options: &Options) -> Result<(), TestCaseError> {
    let annotators = [Name::new("gold")];
    let cx = Context { corpus, annotators: &annotators, options };
    let mut loss = Loss::default();
    let mut reduced = pages.to_vec();
    for page in &mut reduced {
        format.reduce(page, &cx, &mut loss);
    }
    // Nothing is lost twice, and where nothing is lost nothing differs.
    let mut again = Loss::default();
    for page in &mut reduced.clone() {
        format.reduce(page, &cx, &mut again);
    }
    // (Sentences may end otherwise in a text that has lost its white space; an empty article stays empty.)
    let only_again = again.is_within(&[Lost::Spacing, Lost::Article]);
    prop_assert!(only_again, "{}: lost again: {:?}", format.card().name, again.counts());
    let same = reduced == *pages && !reduced.iter().any(|page| format.leaves_out(page));
    prop_assert_eq!(loss.counts().is_empty(), same, "{}: {:?}", format.card().name, loss.counts());
    let gone =
        [Lost::Mention, Lost::Frame, Lost::Zone, Lost::DocumentLabel, Lost::Overlap].map(|what| loss.count(what));
    let count = |pages: &[Page]| pages.iter().map(|page| page.sets[0].records.len() as u64).sum::<u64>();
    prop_assert_eq!(count(pages) - count(&reduced), gone.iter().sum::<u64>());
    if format.card().carries.ids {
        let mut total: HashMap<Lost, u64> = HashMap::new();
        for (before, after) in pages.iter().zip(&reduced) {
            for (what, n) in missing(before, after) {
                *total.entry(what).or_default() += n;
            }
        }
        for (what, n) in total {
            prop_assert_eq!(loss.count(what), n, "{}: {}", format.card().name, what.name());
        }
    }
    if !format.card().reads {
        return Ok(());
    }
    let (memory, said) = write(format, corpus, pages, options);
    let counted = jejak::formats::losses(format, pages.iter().cloned(), &cx);
    prop_assert_eq!(said, counted.sentences().collect::<Vec<_>>());
    let shown: Vec<_> =
        memory.files.iter().map(|(name, file)| format!("{name}:\n{}", String::from_utf8_lossy(file))).collect();
    let mut back = read(format, &Source::from(memory));
    prop_assert!(back.problems.is_empty(), "{}: {:?}\n{}", format.card().name, back.problems, shown.join("\n"));
    blank(&mut reduced, format);
    blank(&mut back.pages, format);
    // An article with nothing that a format can write has no place in its file.
    let expected: Vec<&Page> = reduced.iter().filter(|page| !format.leaves_out(page)).collect();
    prop_assert_eq!(back.pages.len(), expected.len());
    for (back, expected) in back.pages.iter().zip(expected) {
        prop_assert_eq!(back, expected, "{}\n{}", format.card().name, shown.join("\n"));
    }
    Ok(())
}

/// Pieces of text, records, progress, and which fields are known.
type Seed = (Vec<usize>, Vec<Rec>, usize, usize);

/// Each format with its own run, and all that fail in one report.
#[test]
fn what_comes_back_is_what_the_report_says() {
    let corpus = corpus();
    let recs = || prop::collection::vec(rec(), 0..7);
    let one = || (prop::collection::vec(0..32_usize, 0..12), recs(), 0..3_usize, 0..32_usize);
    let mut failures = Vec::new();
    for format in FORMATS {
        let mut runner = TestRunner::new(Config {
            cases: 64,
            max_shrink_iters: 4000,
            failure_persistence: None,
            ..Config::default()
        });
        let outcome = runner.run(&prop::collection::vec(one(), 1..3), |pages| {
            let page = |(number, (pieces, recs, progress, about)): (usize, &Seed)| {
                page(number, pieces, recs, *progress, *about, &corpus)
            };
            let pages: Vec<Page> = pages.iter().enumerate().map(page).collect();
            format.variants().iter().try_for_each(|options| check(*format, &corpus, &pages, options))
        });
        if let Err(error) = outcome {
            failures.push(format!("{}: {error}", format.card().name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn nothing_of_the_whole_project_is_lost_in_jejaks_own_record() {
    let source = golden::source();
    let format = jejak::formats::format("jejak-jsonl").unwrap();
    let (memory, loss) = write(format, &corpus_of(&source), &source.pages, &Options::default());
    assert!(loss.is_empty(), "{loss:?}");
    let back = read(format, &Source::from(memory));
    assert_eq!(back.pages, source.pages);
    assert_eq!(back.wholes, source.wholes);
}
