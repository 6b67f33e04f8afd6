//! Work over time: what each annotator marked on each day, how long that took, and which articles were finished then. It comes from
//! the times of annotations.

use std::collections::BTreeMap;

use super::report::Report;
use super::table::ArticleDay;
use crate::model::{AnnotationSet, Progress, Timestamp, Via};

/// Seconds between two annotations of an article beyond which there was a pause.
const PAUSE: i64 = 300;

/// Seconds of work below which there is no speed.
const LEAST: usize = 60;

/// One annotator's work on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkDay {
    /// The day in UTC, as `2026-11-21`.
    pub day: String,
    /// The annotator, by place in [`Report::annotators`].
    pub annotator: usize,
    /// The number of annotations that the annotator made by hand, or accepted.
    pub marks: usize,
    /// Seconds between annotations of one article, pauses of more than five minutes left out.
    pub seconds: usize,
    /// The number of annotations that the seconds were spent on: neither the first of an article nor the first after a pause.
    pub timed: usize,
    /// The number of articles whose last annotation is of that day, and that are done.
    pub done: usize,
}

impl WorkDay {
    /// Annotations an hour; none where less than a minute is known of.
    #[must_use]
    pub fn speed(&self) -> Option<f64> {
        (self.seconds >= LEAST).then(|| self.timed as f64 * 3_600.0 / self.seconds as f64)
    }
}

/// The work in an article. What an import brought, or a decision, was not marked then.
pub(super) fn of(sets: &[Option<&AnnotationSet>]) -> Vec<ArticleDay> {
    let mut days = Vec::new();
    for (who, set) in sets.iter().enumerate() {
        let by_hand = set.iter().flat_map(|set| set.iter());
        let by_hand = by_hand.filter(|it| matches!(it.origin.via, Via::Hand | Via::Suggestion { .. }));
        let mut times: Vec<_> = by_hand.map(|record| record.origin.at).collect();
        times.sort_unstable();
        let mut last: Option<Timestamp> = None;
        for at in times {
            let before = last.filter(|last| last.day() == at.day());
            if before.is_none() {
                days.push(ArticleDay { who, day: at.day().to_string(), marks: 0, seconds: 0, timed: 0 });
            }
            let now = days.last_mut().expect("it was just put there");
            now.marks += 1;
            let gap = before.map(|last| at.seconds() - last.seconds()).filter(|gap| *gap <= PAUSE);
            if let Some(gap) = gap.and_then(|gap| usize::try_from(gap).ok()) {
                (now.seconds, now.timed) = (now.seconds + gap, now.timed + 1);
            }
            last = Some(at);
        }
    }
    days
}

impl Report {
    /// The work of each annotator on each day, by day and annotator.
    #[must_use]
    pub fn work_days(&self) -> Vec<WorkDay> {
        let mut days: BTreeMap<(&str, usize), WorkDay> = BTreeMap::new();
        for (entry, standing) in self.entries.iter().zip(&self.standing) {
            for (at, one) in entry.work.iter().enumerate() {
                let last = entry.work.get(at + 1).is_none_or(|next| next.who != one.who);
                let state = standing.sets.get(one.who).copied().flatten();
                let done = last && state.is_some_and(|(progress, _)| progress == Progress::Done);
                let day = days.entry((&one.day, one.who)).or_insert_with(|| WorkDay {
                    day: one.day.clone(),
                    annotator: one.who,
                    marks: 0,
                    seconds: 0,
                    timed: 0,
                    done: 0,
                });
                day.marks += one.marks;
                day.seconds += one.seconds;
                day.timed += one.timed;
                day.done += usize::from(done);
            }
        }
        days.into_values().collect()
    }

    /// The value of a figure of all labels on each day of work, over the articles that were last worked on then; none where it
    /// has none.
    #[must_use]
    pub fn figure_by_day(&self, family: &str) -> Vec<(String, usize, Option<f64>)> {
        let days = self.days().into_iter();
        days.map(|(day, articles)| {
            let value = self.part(&articles).figure_of_all(family);
            (day, articles.len(), value)
        })
        .collect()
    }
}
