//! The card of a data set: `README.md`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::agree::PairTable;
use super::plan::Plan;
use super::survey::{SplitPart, Survey};
use crate::figures::Figure;
use crate::formats::{Finished, Zones};
use crate::model::{AttributeKind, Kind, LabelDef, Name, RoleDef, Schema};
use crate::say::{code, markdown};

/// The language of guidelines in a card.
const LANGUAGE: &str = "en";

/// The whole card. Writing to a string cannot fail, so its results are not looked at.
pub(super) fn text(plan: &Plan, survey: &Survey, finished: &Finished<'_>, agreement: &PairTable, head: &str) -> String {
    let mut card = head.to_owned();
    let title = if finished.title.is_empty() { "A data set" } else { finished.title };
    let sets: Vec<String> = plan.sets.iter().map(|name| markdown(name)).collect();
    let annotations: u64 = survey.parts.iter().flat_map(|part| part.labels.values()).sum();
    let _ = writeln!(card, "# {}\n", markdown(title));
    let _ = writeln!(
        card,
        "{annotations} annotations in {} articles, as {} marked them. Written by Jejak {} as `{}`: {}.",
        survey.articles(),
        sets.join(", "),
        env!("CARGO_PKG_VERSION"),
        plan.format.info().name,
        plan.format.info().title.english()
    );
    if let Some(unfinished) = &survey.unfinished {
        let _ = writeln!(card, "\n**{}.**\n", markdown(&unfinished.to_string()));
    }
    for sentence in survey.began.sentences(&plan.sets.join(", ")) {
        let _ = writeln!(card, "\n**{}.**\n", markdown(&sentence.to_string()));
    }
    match plan.zones {
        Zones::Mark => {}
        Zones::Keep => card.push_str("Zones (headlines, captions, boilerplate) are part of the text and not marked.\n"),
        Zones::Drop => card.push_str("Zones (headlines, captions, boilerplate) are taken out of the text.\n"),
    }
    counts(&mut card, plan, survey, finished.schema);
    agreed(&mut card, agreement);
    lost(&mut card, survey);
    guidelines(&mut card, survey, finished.schema);
    let licence = if finished.licence.is_empty() { "Not stated." } else { finished.licence };
    let _ = writeln!(card, "\n## Licence\n\n{}", markdown(licence));
    card
}

fn counts(card: &mut String, plan: &Plan, survey: &Survey, schema: &Schema) {
    card.push_str("\n## Contents\n\n|");
    let parts = &survey.parts;
    let split = plan.split.is_some();
    for part in parts.iter().filter(|_| split) {
        let _ = write!(card, " | {}", markdown(&part.name));
    }
    card.push_str(" | all |\n|---|");
    card.push_str(&"---:|".repeat(if split { parts.len() + 1 } else { 1 }));
    card.push('\n');
    let mut row = |name: &str, count: &dyn Fn(&SplitPart) -> u64| {
        let _ = write!(card, "| {name} |");
        for part in parts.iter().filter(|_| split) {
            let _ = write!(card, " {} |", count(part));
        }
        let _ = writeln!(card, " {} |", parts.iter().map(count).sum::<u64>());
    };
    row("articles", &|part| part.articles.len() as u64);
    row("words", &|part| part.words);
    row("characters", &|part| part.chars);
    let known = schema.labels.iter().map(|label| &label.name);
    let unknown: BTreeMap<&Name, ()> = (parts.iter().flat_map(|part| part.labels.keys()))
        .filter(|name| schema.label(name).is_none())
        .map(|name| (name, ()))
        .collect();
    for label in known.chain(unknown.into_keys()) {
        let count = |part: &SplitPart| part.labels.get(label).copied().unwrap_or(0);
        if parts.iter().any(|part| count(part) > 0) {
            row(&code(label), &count);
        }
    }
    if let Some(split) = &plan.split {
        let shares: Vec<String> = split.shares.iter().map(|(_, share)| share.to_string()).collect();
        let _ = write!(card, "\nSplit {} with seed {}, by label as evenly as possible", shares.join("/"), split.seed);
        let kept: Vec<&str> = (split.group.names().into_iter())
            .map(|name| match name {
                "trip" => "the same trip or claim",
                "duplicate" => "nearly the same text",
                _ => "the same publisher",
            })
            .collect();
        let _ = match kept.as_slice() {
            [] => writeln!(card, "."),
            kept => writeln!(card, "; articles of {} stay together ({} groups).", kept.join(", or of "), survey.groups),
        };
    }
}

fn agreed(card: &mut String, agreement: &PairTable) {
    let mut rows = agreement.rows().peekable();
    if rows.peek().is_none() {
        return;
    }
    card.push_str("\n## Agreement\n\n");
    card.push_str(
        "Mentions: F1 of the same extent and label. Words: Cohen's kappa. Frames (trips, claims): F1 of those ",
    );
    card.push_str("that are aligned. Over the articles of this data set that both have worked on.\n\n");
    card.push_str("| annotators | articles | mentions | words | frames |\n|---|---:|---:|---:|---:|\n");
    let said = |figure: &Option<Figure>| {
        let Some((figure, value)) = figure.as_ref().and_then(|figure| Some((figure, figure.value.ok()?))) else {
            return "–".to_owned();
        };
        let interval = figure.interval.ok();
        let interval = interval.map(|it| format!(" [{:.3}, {:.3}; {} articles]", it.low, it.high, it.articles));
        format!("{value:.3}{}", interval.unwrap_or_default())
    };
    let mut few = false;
    for pair in rows {
        let (first, second, articles) = (markdown(pair.first), markdown(pair.second), pair.articles);
        let [mentions, words, frames] = pair.figures.each_ref().map(said);
        let _ = writeln!(card, "| {first}, {second} | {articles} | {mentions} | {words} | {frames} |");
        few |= pair.few();
    }
    card.push_str("\nIn brackets: the 95 % interval over articles, and how many it rests on.");
    if few {
        card.push_str(" Fewer than five articles have no interval: they say too little of others.");
    }
    card.push('\n');
}

fn lost(card: &mut String, survey: &Survey) {
    let mut sentences = survey.loss.sentences().peekable();
    if sentences.peek().is_none() {
        return;
    }
    card.push_str("\n## What the format does not carry\n\n");
    for sentence in sentences {
        let _ = writeln!(card, "- {}", markdown(&sentence));
    }
}

/// Lists the meaning of each label that occurs, or may fill a role of one that does.
fn guidelines(card: &mut String, survey: &Survey, schema: &Schema) {
    card.push_str("\n## Guidelines\n");
    let used = |label: &&LabelDef| survey.parts.iter().any(|part| part.labels.contains_key(&label.name));
    for label in schema.labels.iter().filter(used) {
        let kind = match label.kind {
            Kind::Entity => "mention",
            Kind::Frame => "frame",
            Kind::Zone => "zone",
            Kind::Document => "label of a whole article",
        };
        let _ = writeln!(card, "\n### {} ({kind})", code(&label.name));
        let guide = markdown(label.guide.get(LANGUAGE));
        if !guide.is_empty() {
            let _ = writeln!(card, "\n{guide}");
        }
        if label.attributes.is_empty() && label.roles.is_empty() {
            continue;
        }
        card.push('\n');
        for attribute in &label.attributes {
            let values = match &attribute.kind {
                AttributeKind::Choice(choices) => {
                    choices.iter().map(|choice| markdown(&choice.name)).collect::<Vec<_>>().join(" · ")
                }
                AttributeKind::Flag => AttributeKind::SET.into(),
                AttributeKind::Text => "text".into(),
                AttributeKind::Date => "date".into(),
            };
            let said = and(&values, attribute.guide.get(LANGUAGE));
            let _ = writeln!(card, "- {}: {said}", code(&attribute.name));
        }
        for role in &label.roles {
            let said = format!("role, {}, of {}", role.cardinality, fillers(role));
            let said = and(&said, role.guide.get(LANGUAGE));
            let _ = writeln!(card, "- {}: {said}", code(&role.name));
        }
    }
}

/// Everything that may fill a role.
fn fillers(role: &RoleDef) -> String {
    let mut fillers: Vec<Cow<'_, str>> = role.fillers.iter().map(|label| markdown(label).into()).collect();
    fillers.extend(role.spans.then_some("words".into()));
    fillers.extend((!role.values.is_empty()).then_some("value".into()));
    fillers.join(" · ")
}

fn and(said: &str, guide: &str) -> String {
    if guide.is_empty() { said.to_owned() } else { format!("{said}. {}", markdown(guide)) }
}
