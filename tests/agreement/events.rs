//! Triggers, arguments and templates.

use super::common::shared;
use super::{entries, list, number, parsed, same_prf};
use jejak::agreement::Prf;
use jejak::agreement::events::{EventArgument, EventMention, EventScores, Unfilled, event_scores};
use jejak::agreement::templates::{Same, Template, TemplateEntity, role_filler_scores, template_scores};
use serde_json::Value;
use std::collections::HashMap;

/// Numbers for names.
#[derive(Default)]
struct Ids(HashMap<String, u32>);

impl Ids {
    fn of(&mut self, name: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(name.to_owned()).or_insert(next)
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

#[test]
fn events_of_twenty_articles() {
    let Some(folder) = shared("fixtures/events") else { return };
    let mut ids = Ids::default();
    let mut events = |name: &str| -> Vec<Vec<EventMention>> {
        let extent = |value: &Value| (number(&value[0]), number(&value[1]));
        let mut event = |event: &Value| EventMention {
            kind: ids.of(text(&event["type"])),
            trigger: extent(&event["trigger"]),
            arguments: list(&event["args"])
                .iter()
                .map(|argument| EventArgument {
                    role: ids.of(text(&argument["role"])),
                    extent: extent(&argument["span"]),
                })
                .collect(),
        };
        let lines = std::fs::read_to_string(folder.join(name)).expect("a fixture");
        let article = |line: &str| serde_json::from_str::<Value>(line).expect("a line of JSON");
        lines.lines().map(|line| list(&article(line)["events"]).iter().map(&mut event).collect()).collect()
    };
    let (gold, predicted) = (events("wikievents_gold.jsonl"), events("wikievents_pred.jsonl"));
    let scores = |unfilled| {
        let mut sum = EventScores::default();
        for (gold, predicted) in gold.iter().zip(&predicted) {
            sum += &event_scores(gold, predicted, unfilled);
        }
        sum
    };
    let reference = parsed(&folder.join("events_ref.json"));
    let as_metametric = scores(Unfilled::CountsAsOne);
    for (name, found) in [
        ("trigger_identification", as_metametric.trigger_identification),
        ("trigger_classification", as_metametric.trigger_classification),
        ("argument_identification", as_metametric.argument_identification),
        ("argument_classification", as_metametric.argument_classification),
    ] {
        same_prf(found, &reference[name], name);
    }
    // Arguments alone: counted by hand from the same files.
    let arguments = scores(Unfilled::Ignored);
    assert_eq!(arguments.argument_identification, Prf::new(252.0, 323.0, 428.0));
    assert_eq!(arguments.argument_classification, Prf::new(221.0, 323.0, 428.0));
}

#[test]
fn templates_of_two_hundred_articles() {
    let Some(folder) = shared("fixtures/events") else { return };
    let file = parsed(&folder.join("muc4_templates.json"));
    let mut ids = Ids::default();
    let mut templates = |value: &Value| -> Vec<Template> {
        let mut template = |template: &Value| Template {
            kind: ids.of(text(&template["incident_type"])),
            fillers: entries(template)
                .filter(|(role, _)| *role != "incident_type")
                .flat_map(|(role, fillers)| list(fillers).iter().map(move |mentions| (role, mentions)))
                .map(|(role, mentions)| TemplateEntity {
                    role: ids.of(role),
                    mentions: list(mentions).iter().map(|mention| ids.of(text(mention))).collect(),
                })
                .collect(),
        };
        list(value).iter().map(&mut template).collect()
    };
    let articles: Vec<(Vec<Template>, Vec<Template>)> =
        list(&file).iter().map(|article| (templates(&article["gold"]), templates(&article["pred"]))).collect();
    let sum = |score: &dyn Fn(&[Template], &[Template]) -> Prf| {
        let mut sum = Prf::default();
        for (gold, predicted) in &articles {
            sum += &score(gold, predicted);
        }
        sum
    };
    let reference = parsed(&folder.join("events_ref.json"));
    for (name, same) in [("muc4_CEAF-RME_phi3", Same::Mentions), ("muc4_CEAF-RME_subset", Same::Subset)] {
        let found = sum(&|gold, predicted| template_scores(gold, predicted, same, Unfilled::CountsAsOne));
        same_prf(found, &reference[name], name);
    }
    let fillers = sum(&|gold, predicted| template_scores(gold, predicted, Same::Subset, Unfilled::Ignored));
    assert_eq!(fillers, Prf::new(222.0, 413.0, 611.0));
    let pooled = sum(&|gold, predicted| role_filler_scores(gold, predicted, Same::Subset));
    assert!(pooled.correct_gold >= fillers.correct_gold && pooled.gold <= fillers.gold);
}
