//! The preview of two trips as one: what stays beside each other, and what would contradict.

use super::rows::{names, once, state_title};
use crate::corpus::{Index, Item, Scheme, Trip};
use crate::t;
use crate::ui::corpus::days;

/// Conflicts that are named at most.
const CONFLICTS: usize = 4;

/// The preview in lines.
pub fn preview(index: &Index, [one, other]: [&Trip; 2], language: &str) -> String {
    let frames = one.frames_with(other);
    let articles: std::collections::BTreeSet<u32> = frames.iter().map(|item| item.article).collect();
    let name = one.name(index);
    let mut lines =
        vec![t!("trips-join-name", one = name, other = other.name(index), count = articles.len()), String::new()];
    if let Some(label) = index.schema().label(&one.label) {
        let scheme = Scheme::of(index.schema(), label);
        for role in &label.roles {
            let said = |trip: &Trip| match scheme.dates.contains(&&role.name) {
                true => days_of(index, &trip.frames, &role.name),
                false => names(index, &trip.frames, Some(&role.name)),
            };
            lines.extend(line(role.title.get(language), &said(one), &said(other)));
        }
        if let Some(state) = scheme.state {
            let said = |trip: &Trip| {
                let values = trip.frames.iter().filter_map(|item| index.frame(*item)?.attribute(&state.name));
                once(values.map(|value| state_title(&scheme, value, language)))
            };
            lines.extend(line(state.title.get(language), &said(one), &said(other)));
        }
    }
    let conflicts = one.conflicts_with(other, index);
    if !conflicts.is_empty() {
        lines.extend([String::new(), t!("trips-join-conflicts", count = conflicts.len())]);
        lines.extend(conflicts.iter().take(CONFLICTS).map(|conflict| format!("≠ {}", conflict.message().told())));
    }
    lines.join("\n")
}

/// A slot of both; none where neither says it.
fn line(title: &str, one: &[String], other: &[String]) -> Option<String> {
    let both = once(one.iter().chain(other).cloned());
    let clash = !one.is_empty() && !other.is_empty() && both.len() > one.len().max(other.len());
    let values = both.join(", ");
    (!both.is_empty()).then(|| match clash {
        true => t!("trips-join-several", slot = title, values = values),
        false => t!("trips-join-slot", slot = title, values = values),
    })
}

fn days_of(index: &Index, items: &[Item], role: &crate::model::Name) -> Vec<String> {
    let frames = items.iter().filter_map(|item| index.frame(*item));
    once(frames.flat_map(|frame| frame.fillers(role)).map(|filler| match filler.days {
        Some(of) => days::days(of, None),
        None => filler.words.to_string(),
    }))
}
