//! The statement of each annotator of one case, as rows under the words.

use crate::model::{Corpus, Id, Name, Pattern};
use crate::review::{Case, Review};
use crate::ui::reader::{Track, TrackMark};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::said_marks;

/// Patterns of those who are compared, in their order.
const PATTERNS: [Pattern; 6] =
    [Pattern::Solid, Pattern::Dashed, Pattern::Dotted, Pattern::Double, Pattern::DashDot, Pattern::Wavy];

/// The way in which the n-th of those who are compared is drawn.
pub fn look(theme: &Theme, index: usize) -> (Pattern, eframe::egui::Color32) {
    (PATTERNS[index % PATTERNS.len()], theme.people[index % theme.people.len()])
}

/// The digit key of the n-th of those who are compared; none beyond the ninth.
pub fn key(index: usize) -> String {
    if index < 9 { (index + 1).to_string() } else { String::new() }
}

/// The rows of a case: one for each of `names` who has begun the article, and one for the adjudicated set.
pub fn tracks(
    review: &Review,
    corpus: &Corpus,
    case: &Case,
    names: &[Name],
    theme: &Theme,
    language: &str,
) -> Vec<Track> {
    let unit = &review.units[case.unit];
    let slot = &review.row(case).slot;
    let beside: Vec<_> = review.beside_half(case.unit).into_iter().map(|unit| &review.units[unit]).collect();
    let said = |who: &Name, id: Option<Id>, called: &str, short: &str| {
        let record = id.and_then(|id| corpus.annotation(&review.article, who, id));
        let record = record.map(|record| &**record);
        record.map_or(Vec::new(), |record| {
            said_marks::of(corpus, &review.article, (who, record), slot, (called, short), language)
        })
    };
    let mut tracks: Vec<Track> = Vec::new();
    for (voter, name) in review.annotators.iter().enumerate() {
        let index = names.iter().position(|other| other == name).unwrap_or(voter);
        let (pattern, color) = look(theme, index);
        let called = format!("{} {name}", key(index));
        let others = beside.iter().flat_map(|unit| said(name, unit.members[voter], called.trim_start(), &key(index)));
        let others: Vec<TrackMark> = others.collect();
        let mut marks = said(name, unit.members[voter], called.trim_start(), &key(index));
        marks.extend(others);
        tracks.push(Track { pattern, color, marks });
    }
    let marks = said(&review.gold, unit.gold, &review.gold, "g");
    tracks.push(Track { pattern: Pattern::Thick, color: theme.gold, marks });
    tracks.retain(|track| !track.marks.is_empty());
    tracks
}
