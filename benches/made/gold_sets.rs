//! Sets of articles that others have marked, in the default schema.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use jejak::model::{Annotation, AnnotationSet, Filler, Id, Name, Origin, Progress, Role, Schema};
use jejak::text::{Span, Text};
use serde_json::Value as Json;

use crate::idner;
use crate::replay::{Gold, reduced};

/// The days on which the articles of the seeds appeared, as their dates tell; one names it in its dateline.
const APPEARED: [(&str, &str); 5] =
    [("000", "2022-06-26"), ("001", "2022-06-28"), ("002", "2024-05-16"), ("003", "2023-09-19"), ("004", "2024-06-18")];

fn new(label: &str, at: Vec<Span>) -> Annotation {
    Annotation::new(&label.into(), at, Origin::hand(&Name::new("gold")))
}

/// The five articles with their reference sets.
pub fn seeds(file: &Path) -> Gold {
    let gold: Json = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut known: HashMap<String, Id> = HashMap::new();
    let mut names = HashMap::new();
    let schema = Schema::trips();
    let mut articles = Vec::new();
    for (id, article) in gold["articles"].as_object().unwrap() {
        let text = Text::new(&std::fs::read_to_string(file.with_file_name(article["file"].as_str().unwrap())).unwrap());
        let span = |at: &Json| text.from_chars(at["start"].as_u64()? as u32, at["end"].as_u64()? as u32);
        let spans = |at: &Json| at.as_array().into_iter().flatten().filter_map(span).collect::<Vec<Span>>();
        let mut records: Vec<Annotation> = Vec::new();
        for zone in article["exclude_zones"].as_array().unwrap() {
            records.push(new(zone_label(zone["kind"].as_str().unwrap_or("")), span(zone).into_iter().collect()));
        }
        let mut of: Vec<(String, Id)> = Vec::new();
        for mention in article["mentions"].as_array().unwrap() {
            let label = match mention["type"].as_str().unwrap() {
                "PER" => "person",
                "GPE" | "LOC" | "FAC" => "place",
                "ORG" | "MEDIA" => "organization",
                "DATE" => "date",
                "EVENT" => "event",
                _ => "object",
            };
            let at: Vec<Span> = span(mention).into_iter().collect();
            if records.iter().any(|other| other.label == *label && other.at == at) {
                continue;
            }
            let mut one = new(label, at);
            if let Some(value) = mention["value"].as_str().filter(|_| label == "date") {
                one.set_attribute(&"value".into(), Some(written(value)));
            }
            if let Some(entity) = mention["entity"].as_str() {
                let key = format!("{label} {entity}");
                let referent = *known.entry(key).or_insert_with(Id::random);
                let name = gold["entities"][entity]["name"].as_str().unwrap_or(entity);
                names.insert(referent, name.to_owned());
                one.referent = Some(referent);
                of.push((entity.to_owned(), one.id));
            }
            records.push(one);
        }
        let find = |entity: &str| of.iter().find(|(of, _)| of == entity).map(|(_, id)| *id);
        let fill = |frame: &mut Annotation, role: &str, filler: Option<Filler>| {
            let role = filler.map(|filler| Role { name: role.into(), filler });
            frame.roles.extend(role.filter(|role| !frame.roles.contains(role)));
        };
        let mut trips: HashMap<&str, Id> = HashMap::new();
        let listed = |of: &Json| {
            of.as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect::<Vec<_>>()
        };
        for trip in article["trips"].as_array().unwrap() {
            let mut frame = new("trip", spans(&trip["triggers"]).into_iter().take(1).collect());
            let status = trip["status"].as_str().filter(|status| known_value(&schema, "trip", "status", status));
            frame.set_attribute(&"status".into(), status.map(Into::into));
            for entity in listed(&trip["travellers"]) {
                fill(&mut frame, "traveller", find(&entity).map(Filler::Annotation));
            }
            for leg in trip["legs"].as_array().into_iter().flatten() {
                fill(
                    &mut frame,
                    "destination",
                    find(leg["destination"].as_str().unwrap_or("?")).map(Filler::Annotation),
                );
            }
            for entity in listed(&trip["hosts"]) {
                fill(&mut frame, "host", find(&entity).map(Filler::Annotation));
            }
            for date in spans(&trip["date_spans"]).into_iter().take(1) {
                let there = records.iter().find(|it| it.label == *"date" && it.at == [date]).map(|it| it.id);
                fill(&mut frame, "departure", there.map(Filler::Annotation));
            }
            for purpose in spans(&trip["purpose_spans"]) {
                fill(&mut frame, "purpose", Some(Filler::Span(vec![purpose])));
            }
            trips.insert(trip["id"].as_str().unwrap(), frame.id);
            records.push(frame);
        }
        for claim in article["claims"].as_array().unwrap() {
            let mut frame = new("claim", span(claim).into_iter().collect());
            let quote = claim["mode"].as_str().filter(|mode| known_value(&schema, "claim", "quote", mode));
            frame.set_attribute(&"quote".into(), quote.map(Into::into));
            fill(&mut frame, "claimant", claim["claimant"].as_str().and_then(find).map(Filler::Annotation));
            for cue in spans(&claim["cue"]) {
                fill(&mut frame, "cue", Some(Filler::Span(vec![cue])));
            }
            for about in listed(&claim["about"]) {
                fill(&mut frame, "about", trips.get(&*about).copied().map(Filler::Annotation));
            }
            records.push(frame);
        }
        let set = AnnotationSet::new(records.into_iter().map(Arc::new), Progress::Done);
        let published = APPEARED.iter().find(|(article, _)| article == id).map_or("", |(_, day)| day);
        articles.push((text.clone(), reduced(&set, &schema), published.to_owned()));
    }
    Gold { schema, articles, names }
}

/// The zone of the default schema for a kind of the reference.
fn zone_label(kind: &str) -> &'static str {
    match kind {
        kind if kind.contains("duplicate") => "duplicate",
        kind if kind.contains("caption") => "caption",
        "byline" => "byline",
        _ => "boilerplate",
    }
}

fn known_value(schema: &Schema, label: &str, attribute: &str, value: &str) -> bool {
    use jejak::model::AttributeKind;
    let def = schema.label(label).and_then(|label| label.attribute(attribute));
    matches!(def.map(|def| &def.kind), Some(AttributeKind::Choice(all)) if all.iter().any(|it| it.name == *value))
}

/// A date of the reference as a project writes it: it has names of its own for weeks, seasons and parts of months.
fn written(value: &str) -> String {
    let part = |month: &str, from: i8, until: i8| {
        let last = month.parse::<jejak::model::Date>().unwrap().days().1.unwrap().day().min(until);
        format!("{month}-{from:02}~/{month}-{last:02}~")
    };
    if let Some(month) = value.strip_suffix("~early") {
        return part(month, 1, 10);
    }
    if let Some(month) = value.strip_suffix("~late") {
        return part(month, 21, 31);
    }
    if let Some(year) = value.strip_suffix("-SUMMER") {
        return format!("{year}-22");
    }
    if let Some((year, week)) = value.split_once("-W") {
        let monday =
            jiff::civil::ISOWeekDate::new(year.parse().unwrap(), week.parse().unwrap(), jiff::civil::Weekday::Monday);
        let monday = monday.unwrap().date();
        let sunday = monday.checked_add(jiff::ToSpan::days(6)).unwrap();
        return format!("{monday}/{sunday}");
    }
    value.to_owned()
}

/// Sentences of a corpus of names, some of them to an article; so many articles at the most.
pub fn idner(folder: &Path, most: usize) -> Gold {
    let files = ["train.txt", "dev.txt", "test.txt"].map(|file| folder.join(file));
    let articles = files.iter().flat_map(|file| idner::articles(file)).take(most);
    let articles = articles.map(|(text, set)| (text, set, String::new()));
    Gold { schema: Schema::trips(), articles: articles.collect(), names: HashMap::new() }
}
