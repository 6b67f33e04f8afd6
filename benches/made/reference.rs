//! The sources without any work to learn from, held against articles of which a reference says all that is in them.

use std::collections::BTreeSet;
use std::path::Path;

use jejak::assist::{Learned, Page, Suggestion, Wanted};
use jejak::model::{AnnotationSet, ArticleId, Filler, Kind, Progress};
use jejak::text::Span;
use serde_json::Value as Json;

use crate::replay::Gold;

/// A count of those that are right among all.
#[derive(Default)]
struct Share(usize, usize);

impl Share {
    fn add(&mut self, right: bool) {
        self.0 += usize::from(right);
        self.1 += 1;
    }

    fn print(&self, name: &str) {
        let percent = 100.0 * self.0 as f64 / self.1.max(1) as f64;
        println!("assist.seeds.{name} {percent:.1} % # {} of {}", self.0, self.1);
    }
}

/// Prints what each source finds; with `JEJAK_MISSES` set, what it misses, too.
pub fn print(file: &Path, gold: &Gold) {
    let json: Json = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let articles: Vec<&Json> = json["articles"].as_object().unwrap().values().collect();
    dates(gold);
    zones(gold);
    let names = |entity: &str| json["entities"][entity]["name"].as_str().unwrap_or(entity).to_owned();
    trips(gold, &articles, &names);
    claims(gold, &articles, &names);
}

fn miss(what: &str) {
    if std::env::var_os("JEJAK_MISSES").is_some() {
        println!("# {what}");
    }
}

/// The suggestions of one source for an article; the mentions and zones of the reference stand in it where `marked`.
fn suggested(gold: &Gold, at: usize, source: &str, marked: bool) -> (AnnotationSet, Vec<Suggestion>) {
    let (text, set, published) = &gold.articles[at];
    let mention = |it: &&std::sync::Arc<jejak::model::Annotation>| {
        marked && matches!(gold.schema.kind(&it.label), Kind::Entity | Kind::Zone)
    };
    let set = AnnotationSet::new(set.iter().filter(mention).cloned(), Progress::InProgress);
    let wanted = Wanted { sources: vec![source.to_owned()], ..Wanted::default() };
    let learned = Learned::of(&gold.schema, &[], &wanted, &|| true).unwrap();
    let id = ArticleId::numbered(at);
    let found = learned.suggest(&Page::new(&gold.schema, &id, text, &set, published), &BTreeSet::new());
    (set, found)
}

fn dates(gold: &Gold) {
    let (mut right, mut spans, mut precise) = (Share::default(), Share::default(), Share::default());
    for (at, (text, set, _)) in gold.articles.iter().enumerate() {
        let (_, found) = suggested(gold, at, "dates", false);
        for date in set.iter().filter(|it| it.label == *"date") {
            let there = found.iter().find(|it| it.at == date.at);
            spans.add(there.is_some());
            let value = |it: &&Suggestion| it.attributes == date.attributes;
            right.add(there.filter(value).is_some());
            if there.filter(value).is_none() {
                let words = text.slice(date.at[0]);
                miss(&format!("date {words:?} {:?}, found {there:?}", date.attributes));
            }
        }
        for one in &found {
            let there = set.iter().any(|it| it.label == *"date" && it.at == one.at);
            precise.add(there);
            if !there {
                miss(&format!("no date of the reference: {:?}", text.slice(one.at[0])));
            }
        }
    }
    spans.print("dates.spans_found");
    right.print("dates.right_at_first_proposal");
    precise.print("dates.precision");
}

/// Headlines are not a part of what the reference leaves out.
fn zones(gold: &Gold) {
    let (mut left_out, mut precise, mut keys) = (Share::default(), Share::default(), 0);
    for (at, (text, set, _)) in gold.articles.iter().enumerate() {
        let (_, found) = suggested(gold, at, "zones", false);
        let found: Vec<&Suggestion> = found.iter().filter(|it| it.label != *"headline").collect();
        keys += usize::from(!found.is_empty());
        let there: Vec<Span> = found.iter().flat_map(|it| it.at.iter().copied()).collect();
        let wanted: Vec<Span> = set
            .iter()
            .filter(|it| gold.schema.kind(&it.label) == Kind::Zone)
            .flat_map(|it| it.at.iter().copied())
            .collect();
        let inside = |all: &[Span], byte: u32| all.iter().any(|it| it.start <= byte && byte < it.end);
        for (byte, c) in text.as_str().char_indices() {
            let (is, was) = (inside(&wanted, byte as u32), inside(&there, byte as u32));
            if is && !c.is_whitespace() {
                left_out.add(was);
            }
            if was && !c.is_whitespace() {
                precise.add(is);
            }
        }
        let short = |at: Span| text.slice(at).chars().take(90).collect::<String>();
        for zone in wanted.iter().filter(|it| !there.iter().any(|other| other.overlaps(**it))) {
            miss(&format!("zone {:?}", short(*zone)));
        }
        for zone in there.iter().filter(|it| !wanted.iter().any(|other| other.overlaps(**it))) {
            miss(&format!("no zone of the reference: {:?}", short(*zone)));
        }
    }
    left_out.print("zones.characters_found");
    precise.print("zones.precision");
    println!("assist.seeds.zones.keys {keys} keys");
}

fn spans(gold: &Gold, at: usize, of: &Json) -> Vec<Span> {
    let text = &gold.articles[at].0;
    let span = |at: &Json| text.from_chars(at["start"].as_u64()? as u32, at["end"].as_u64()? as u32);
    of.as_array().into_iter().flatten().filter_map(span).collect()
}

/// The name of who or what fills a role of a suggestion.
fn fillers(gold: &Gold, set: &AnnotationSet, one: &Suggestion, role: &str) -> Vec<(String, Span)> {
    let of = |it: &jejak::model::Role| {
        let Filler::Annotation(id) = it.filler else { return None };
        let record = set.get(id)?;
        Some((gold.names.get(&record.referent?).cloned().unwrap_or_default(), record.at[0]))
    };
    one.roles.iter().filter(|it| it.name == *role).filter_map(of).collect()
}

fn dates_of(set: &AnnotationSet, one: &Suggestion) -> Vec<Span> {
    let of = |it: &jejak::model::Role| {
        let Filler::Annotation(id) = it.filler else { return None };
        set.get(id).filter(|record| record.label == *"date").map(|record| record.at[0])
    };
    one.roles.iter().filter_map(of).collect()
}

fn trips(gold: &Gold, articles: &[&Json], names: &dyn Fn(&str) -> String) {
    let (mut found, mut precise) = (Share::default(), Share::default());
    let (mut traveller, mut destination, mut date) = (Share::default(), Share::default(), Share::default());
    for (at, article) in articles.iter().enumerate() {
        let (set, all) = suggested(gold, at, "frames", true);
        let all: Vec<&Suggestion> = all.iter().filter(|it| it.label == *"trip").collect();
        let text = &gold.articles[at].0;
        let mut right: Vec<bool> = vec![false; all.len()];
        for trip in article["trips"].as_array().unwrap() {
            let triggers = spans(gold, at, &trip["triggers"]);
            let hits: Vec<usize> =
                (0..all.len()).filter(|it| triggers.iter().any(|span| span.overlaps(all[*it].at[0]))).collect();
            found.add(!hits.is_empty());
            if hits.is_empty() {
                miss(&format!("trip {:?}", triggers.iter().map(|it| text.slice(*it)).collect::<Vec<_>>()));
            }
            let listed = |of: &Json| -> Vec<String> {
                of.as_array().into_iter().flatten().filter_map(Json::as_str).map(names).collect()
            };
            let travellers = listed(&trip["travellers"]);
            let legs: Vec<String> = (trip["legs"].as_array().into_iter().flatten())
                .flat_map(|leg| [&leg["destination"], &leg["country"]])
                .filter_map(Json::as_str)
                .map(names)
                .collect();
            let when = spans(gold, at, &trip["date_spans"]);
            for hit in hits {
                right[hit] = true;
                for (role, wanted, share) in
                    [("traveller", &travellers, &mut traveller), ("destination", &legs, &mut destination)]
                {
                    for (name, _) in fillers(gold, &set, all[hit], role) {
                        let is_right = wanted.contains(&name);
                        share.add(is_right);
                        if !is_right {
                            let trigger = text.slice(all[hit].at[0]);
                            miss(&format!("{role} of {trigger:?} is {name}, not one of {wanted:?}"));
                        }
                    }
                }
                for one in dates_of(&set, all[hit]) {
                    date.add(when.iter().any(|it| it.overlaps(one)));
                    if !when.iter().any(|it| it.overlaps(one)) {
                        miss(&format!("date of {:?} is {:?}", text.slice(all[hit].at[0]), text.slice(one)));
                    }
                }
            }
        }
        for (one, right) in all.iter().zip(right) {
            precise.add(right);
            if !right {
                miss(&format!("no trip of the reference: {:?}", text.slice(text.sentence_at(one.at[0].start))));
                miss(&format!("  by {:?}", text.slice(one.at[0])));
            }
        }
    }
    found.print("trips.triggers_found");
    precise.print("trips.trigger_precision");
    traveller.print("trips.traveller_right");
    destination.print("trips.destination_right");
    date.print("trips.date_right");
    Share(traveller.0 + destination.0 + date.0, traveller.1 + destination.1 + date.1).print("trips.roles_right");
}

fn claims(gold: &Gold, articles: &[&Json], names: &dyn Fn(&str) -> String) {
    let (mut cue, mut precise, mut claimant, mut content) =
        (Share::default(), Share::default(), Share::default(), Share::default());
    for (at, article) in articles.iter().enumerate() {
        let (set, all) = suggested(gold, at, "frames", true);
        let text = &gold.articles[at].0;
        let said = |one: &Suggestion| {
            one.roles.iter().find_map(|role| match &role.filler {
                Filler::Span(at) => at.first().copied(),
                _ => None,
            })
        };
        let all: Vec<(&Suggestion, Span)> =
            all.iter().filter(|it| it.label == *"claim").filter_map(|it| Some((it, said(it)?))).collect();
        let mut cues: Vec<Span> = Vec::new();
        for claim in article["claims"].as_array().unwrap() {
            let there = spans(gold, at, &claim["cue"]);
            if there.is_empty() {
                continue;
            }
            let Some(whole) = spans(gold, at, &Json::Array(vec![claim.clone()])).first().copied() else { continue };
            cues.extend(&there);
            let over = |it: &&(&Suggestion, Span)| there.iter().any(|cue| cue.overlaps(it.1));
            let share = |one: &Suggestion| {
                let both = one.at[0].intersection(whole).map_or(0, Span::len);
                f64::from(both) / f64::from(one.at[0].len() + whole.len() - both)
            };
            let hits = all.iter().filter(over);
            let hit = hits.max_by(|a, b| share(a.0).total_cmp(&share(b.0)));
            cue.add(hit.is_some());
            content.add(hit.is_some_and(|(one, _)| share(one) >= 0.5));
            let shown = there.iter().map(|it| text.slice(*it)).collect::<Vec<_>>();
            if hit.is_none_or(|(one, _)| share(one) < 0.5) {
                let words = hit.map(|(one, _)| text.slice(one.at[0]));
                miss(&format!("claim by {shown:?}: {:?}, found {words:?}", text.slice(whole)));
            }
            let wanted = claim["claimant"].as_str().filter(|it| it.starts_with("E:") && !it.contains(' '));
            if let Some(wanted) = wanted {
                let wanted: Vec<String> = wanted.split('/').map(names).collect();
                let who = hit.map(|(one, _)| fillers(gold, &set, one, "claimant")).unwrap_or_default();
                claimant.add(who.iter().any(|(name, _)| wanted.contains(name)));
                if !who.iter().any(|(name, _)| wanted.contains(name)) {
                    miss(&format!("claimant of {shown:?} is {wanted:?}, found {who:?}"));
                }
            }
        }
        for (one, said) in &all {
            precise.add(cues.iter().any(|it| it.overlaps(*said)));
            if !cues.iter().any(|it| it.overlaps(*said)) {
                miss(&format!("no claim of the reference: {:?} by {:?}", text.slice(one.at[0]), text.slice(*said)));
            }
        }
    }
    cue.print("claims.cues_found");
    precise.print("claims.cue_precision");
    claimant.print("claims.claimant_right");
    content.print("claims.content_right");
}
