//! What the lint says: blocks of records and the problems in them, in tests/data/check/cases.txt.
#![allow(clippy::unwrap_used)] // A helper of a test fails it as an assertion does.

use std::fmt::Write as _;
use std::sync::Arc;

use jejak::check::{Subject, check_article, check_referents, check_set};
use jejak::model::{
    Annotation, AnnotationSet, Article, ArticleId, Drift, DriftedSpan, Filler, Id, Kind, LabelDef, Name, Origin,
    Progress, Referent, Referents, Role, Schema, Severity, Timestamp, Value, Via,
};
use jejak::text::{Span, Text};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/check/cases.txt");
const TEXT: &str = "Ratu tiba. Ratu Sari tiba di Bandar Laut dengan kapal pada Senin dan akan pulang Selasa, kata juru \
                    bicara Bandar Laut di Bandar Laut.";

/// The default schema, and a label for whole articles, of which it has none.
fn schema() -> Schema {
    let mut schema: Schema = ron::from_str(include_str!("../assets/schemas/trips.ron")).unwrap();
    let topic = LabelDef { name: "topic".into(), kind: Kind::Document, ..schema.label("headline").unwrap().clone() };
    schema.labels.push(topic);
    schema
}

fn origin() -> Origin {
    Origin { by: "a".into(), at: Timestamp::from_seconds(0), via: Via::Hand }
}

fn referents() -> Referents {
    let referent = Referent { id: "r1".parse().unwrap(), ..Referent::new(&"person".into(), "Ratu Sari", origin()) };
    Referents::from([(referent.id, Arc::new(referent))])
}

/// The `@words` or `@words#2` of a case.
fn span(said: &str) -> Span {
    let (words, place) = said.split_once('#').unwrap_or((said, "1"));
    let words = words.replace('_', " ");
    let nth = place.parse::<usize>().unwrap() - 1;
    let (at, _) = TEXT.match_indices(&words).nth(nth).unwrap_or_else(|| panic!("the text has no {said}"));
    Span::new(at as u32, (at + words.len()) as u32)
}

fn record(line: &str) -> Annotation {
    let mut parts = line.split(' ');
    let id: Id = parts.next().unwrap().parse().unwrap();
    let label = Name::new(parts.next().unwrap());
    let mut record = Annotation { id, ..Annotation::new(&label, Vec::new(), origin()) };
    for part in parts {
        if let Some(words) = part.strip_prefix('@') {
            record.at.push(span(words));
        } else if let Some(role) = part.strip_prefix('>') {
            let (name, filler) = role.split_once('=').unwrap();
            let filler = match filler.split_once(':') {
                Some(("date", date)) => Filler::Value(Value::Date(date.parse().unwrap())),
                Some((_, text)) => Filler::Value(Value::Text(text.into())),
                None => filler.strip_prefix('@').map_or_else(
                    || Filler::Annotation(filler.parse().unwrap()),
                    |words| Filler::Span(vec![span(words)]),
                ),
            };
            record.roles.push(Role { name: name.into(), filler });
        } else if let Some(id) = part.strip_prefix('^') {
            record.referent = Some(id.parse().unwrap());
        } else if let Some(words) = part.strip_prefix('~') {
            let lost = DriftedSpan { start: 0, end: words.len() as u32, quote: words.replace('_', " ") };
            record.drift = Some(Box::new(Drift { spans: vec![lost], ..Drift::default() }));
        } else {
            let (name, value) = part.split_once(':').unwrap();
            record.set_attribute(&name.into(), Some(value.into()));
        }
    }
    record
}

/// What the lint says of a block's records, as the block should say it.
fn said(block: &str) -> String {
    let lines = block.lines().filter(|line| !line.starts_with(['#', '=', '!']));
    let progress = if block.contains("\n! done") { Progress::Done } else { Progress::InProgress };
    let set = AnnotationSet::new(lines.map(|line| Arc::new(record(line))), progress);
    let (schema, text, article, referents) = (schema(), Text::new(TEXT), ArticleId::numbered(0), referents());
    let subject = Subject { schema: &schema, article: &article, text: &text, set: &set, referents: Some(&referents) };
    let mut said = String::new();
    for problem in check_set(&subject) {
        assert_eq!(problem.article.as_deref(), Some("000"));
        let about = problem.annotation.as_deref().unwrap_or("-");
        let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
        writeln!(said, "= {about} {severity} {}: {}", problem.code, problem.message).unwrap();
    }
    said
}

#[test]
fn the_lint_says_what_the_cases_say() {
    let cases = std::fs::read_to_string(CASES).unwrap();
    let mut fresh = Vec::new();
    for block in cases.trim_end().split("\n\n") {
        let given: String =
            block.lines().filter(|line| !line.starts_with('=')).map(|line| format!("{line}\n")).collect();
        fresh.push(format!("{given}{}", said(block)));
    }
    let fresh = fresh.join("\n");
    if std::env::var_os("JEJAK_BLESS").is_some() {
        #[allow(clippy::disallowed_methods)] // Test data, not anyone's work.
        std::fs::write(CASES, &fresh).unwrap();
    }
    for (fresh, there) in fresh.split("\n\n").zip(cases.split("\n\n")) {
        assert_eq!(fresh.trim_end(), there.trim_end());
    }
    assert_eq!(fresh, cases);
}

#[test]
fn every_code_is_in_the_table_and_in_a_case() {
    let (table, cases) = (include_str!("../src/check/mod.rs"), std::fs::read_to_string(CASES).unwrap());
    for line in table.lines().filter_map(|line| line.strip_prefix("//! | `")) {
        let code = line.split('`').next().unwrap();
        assert!(cases.contains(&format!(" {code}: ")), "no case shows {code}");
    }
    for line in cases.lines().filter_map(|line| line.strip_prefix("= ")) {
        let code = line.split([' ', ':']).nth(2).unwrap();
        let severity = line.split(' ').nth(1).unwrap();
        assert!(table.contains(&format!("//! | `{code}` | {severity} |")), "the table lacks {code}");
    }
}

#[test]
fn referents_and_articles_are_looked_at() {
    let mut all = referents();
    let mut trip = Referent::new(&"trip".into(), "Ke Bandar Laut", origin());
    let id = trip.id;
    trip.roles = vec![
        Role { name: "traveller".into(), filler: Filler::Annotation("r1".parse().unwrap()) },
        Role { name: "destination".into(), filler: Filler::Annotation("r1".parse().unwrap()) },
        Role { name: "via".into(), filler: Filler::Annotation("r7".parse().unwrap()) },
        Role { name: "via".into(), filler: Filler::Annotation(id) },
    ];
    all.insert(id, Arc::new(trip));
    let problems = check_referents(&schema(), &all);
    let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["illegal-filler", "dangling-role", "own-filler"], "what a referent leaves unsaid is no problem");
    assert!(problems.iter().all(|problem| problem.annotation == Some(id.to_string())));

    let article = |published: &str| Article {
        published: published.into(),
        ..Article::of(ArticleId::numbered(0), String::new(), &Text::new(""))
    };
    assert_eq!(check_article(&article("2031-03")), []);
    assert_eq!(check_article(&article("")), []);
    assert_eq!(check_article(&article("bulan lalu"))[0].code, "invalid-date");
}

#[test]
fn a_chain_as_long_as_the_set_is_walked() {
    let ids: Vec<Id> = (0..50_000).map(|n| format!("c{n}").parse().unwrap()).collect();
    let claim = |index: usize| {
        let about = Role { name: "about".into(), filler: Filler::Annotation(ids[(index + 1) % ids.len()]) };
        Arc::new(Annotation {
            id: ids[index],
            roles: vec![about],
            ..Annotation::new(&"claim".into(), vec![span("kata")], origin())
        })
    };
    let set = AnnotationSet::new((0..ids.len()).map(claim), Progress::InProgress);
    let (schema, text, article) = (schema(), Text::new(TEXT), ArticleId::numbered(0));
    let subject = Subject { schema: &schema, article: &article, text: &text, set: &set, referents: None };
    let cycles = check_set(&subject).into_iter().filter(|problem| problem.code == "role-cycle").count();
    assert_eq!(cycles, 1);
}
