//! Trips, claims and other frames: words that begin one, and what of the same sentence fills its roles.

use foldhash::fast::FixedState;

use super::hints::label_about;
use super::lesson::{Lesson, Page, date_attribute, zones};
use super::suggestion::{Source, Suggestion};
use super::tokens::{Tokens, join};
use crate::model::{Annotation, AnnotationSet, AttributeKind, Filler, Id, Kind, LabelDef, Name, Role, RoleDef, Schema};
use crate::text::Span;

type Map<T> = std::collections::HashMap<u64, T, FixedState>;

/// The name of the source.
pub(super) const NAME: &str = "frames";

/// Tokens of a trigger at the most.
const LONGEST: usize = 4;

/// Words for travelling and for saying, in Indonesian and English, and beginnings of words by which a schema tells which of its
/// frames they begin.
const WORDS: &[(&[&str], &[&str])] = &[(
    &["trip", "travel", "journey", "visit", "perjalanan", "kunjungan", "lawatan"],
    &[
        "arrived",
        "arrives",
        "bertolak",
        "berangkat",
        "berkunjung",
        "departed",
        "flew",
        "journey",
        "kunjungan",
        "lawatan",
        "left for",
        "melawat",
        "mengunjungi",
        "mendarat",
        "perjalanan",
        "pergi ke",
        "terbang ke",
        "tiba",
        "travelled",
        "traveled",
        "travels",
        "trip",
        "visit",
        "visited",
        "visits",
        "will visit",
        "terbang",
        "tur",
        "bertandang",
        "heading to",
        "headed to",
        "tour",
    ],
)];

/// Signs that what a sentence tells has not happened yet, or will not, with beginnings of words that tell which choice means that.
const STATUS: &[(&[&str], &[&str])] = &[
    (&["cancel", "batal"], &["batal", "membatalkan", "dibatalkan", "cancelled", "canceled", "called off", "postponed"]),
    (
        &["plan", "rencana", "expected", "future"],
        &[
            "akan",
            "berencana",
            "dijadwalkan",
            "direncanakan",
            "hendak",
            "plans",
            "will",
            "planned",
            "scheduled",
            "is due",
            "to visit",
        ],
    ),
    (
        &["complet", "happened", "done", "selesai", "past", "terjadi"],
        &["telah", "sudah", "usai", "arrived", "visited", "had", "returned", "tiba"],
    ),
];

/// The lesson of some words.
#[derive(Debug, Clone, Default)]
struct Trigger {
    seen: u32,
    labels: Vec<(Name, u32)>,
}

/// The fillers of a role so far: before and after the trigger, and in how many frames of its label.
#[derive(Debug, Clone, Copy, Default)]
struct Habit {
    before: u32,
    after: u32,
    filled: u32,
    frames: u32,
}

/// The source of frames.
#[derive(Debug, Clone, Default)]
pub(super) struct Frames {
    triggers: Map<Trigger>,
    /// Words of the language, until work says otherwise.
    words: Vec<(String, Name)>,
    habits: Vec<((Name, Name), Habit)>,
}

fn key(tokens: &Tokens, from: usize, length: usize) -> u64 {
    tokens.all[from..from + length].iter().fold(length as u64, |key, token| join(key, token.lower))
}

impl Frames {
    /// Learns from work.
    pub fn of<'a>(schema: &Schema, lessons: impl Iterator<Item = &'a Lesson> + Clone) -> Self {
        let mut frames = Self::default();
        for (told_by, words) in WORDS {
            let Some(def) = label_about(schema, Kind::Frame, told_by) else { continue };
            frames.words.extend(words.iter().map(|word| ((*word).to_owned(), def.name.clone())));
        }
        for lesson in lessons.clone() {
            for frame in lesson.set.iter() {
                let Some(def) = schema.label(&frame.label).filter(|def| def.kind == Kind::Frame) else { continue };
                frames.mark(lesson, frame, def);
            }
        }
        for lesson in lessons {
            for sentence in &lesson.tokens.sentences {
                for at in sentence.clone() {
                    for length in 1..=LONGEST.min(sentence.end - at) {
                        if lesson.counts(lesson.tokens.span(&(at..at + length)))
                            && let Some(trigger) = frames.triggers.get_mut(&key(&lesson.tokens, at, length))
                        {
                            trigger.seen += 1;
                        }
                    }
                }
            }
        }
        frames
    }

    fn mark(&mut self, lesson: &Lesson, frame: &Annotation, def: &LabelDef) {
        let [at] = frame.at[..] else { return };
        if let Some(range) = lesson.tokens.range(at).filter(|range| range.len() <= LONGEST) {
            let trigger = self.triggers.entry(key(&lesson.tokens, range.start, range.len())).or_default();
            match trigger.labels.iter_mut().find(|(label, _)| *label == frame.label) {
                Some((_, count)) => *count += 1,
                None => trigger.labels.push((frame.label.clone(), 1)),
            }
        }
        for role in &def.roles {
            let pair = (def.name.clone(), role.name.clone());
            let index = self.habits.iter().position(|(there, _)| *there == pair).unwrap_or_else(|| {
                self.habits.push((pair, Habit::default()));
                self.habits.len() - 1
            });
            let habit = &mut self.habits[index].1;
            habit.frames += 1;
            habit.filled += u32::from(frame.fillers(&role.name).next().is_some());
            for filler in frame.fillers(&role.name) {
                let Filler::Annotation(id) = filler else { continue };
                let Some(there) = lesson.set.get(*id).and_then(|it| it.extent()) else { continue };
                match there.start < at.start {
                    true => habit.before += 1,
                    false => habit.after += 1,
                }
            }
        }
    }

    /// The label that some tokens begin, and how sure that is.
    fn label(&self, page: &Page<'_>, at: usize, length: usize) -> Option<(&Name, f32)> {
        if let Some(trigger) = self.triggers.get(&key(&page.tokens, at, length)) {
            let (label, count) = trigger.labels.iter().max_by_key(|(_, count)| *count)?;
            return Some((label, *count as f32 / (trigger.seen.max(*count) as f32 + 0.2)));
        }
        let words = page.text.slice(page.tokens.span(&(at..at + length))).to_lowercase();
        self.words.iter().find(|(word, _)| *word == words).map(|(_, label)| (label, 0.5))
    }

    /// The filler of a role: of the mentions that it takes, one of the trigger's sentence.
    fn filler(
        &self,
        page: &Page<'_>,
        frame: &Name,
        role: &RoleDef,
        (sentence, at): (Span, Span),
        taken: &[Id],
    ) -> Option<Id> {
        let habit = self.habits.iter().find(|((label, name), _)| label == frame && *name == role.name).map(|it| it.1);
        let habit = habit.unwrap_or_default();
        // A role that is seldom filled is left open; until it is known, only the ones that have to be filled are proposed.
        let often = if habit.frames >= 3 { habit.filled * 2 > habit.frames } else { habit.filled > 0 };
        if !often && role.cardinality.least == 0 {
            return None;
        }
        let takes = |record: &Annotation| {
            role.fillers.contains(&record.label) && record.at.len() == 1 && !taken.contains(&record.id)
        };
        let dated =
            role.fillers.iter().any(|label| page.schema.label(label).is_some_and(|def| date_attribute(def).is_some()));
        let before = match (habit.before, habit.after) {
            (0, 0) => role.cardinality.least > 0 && !dated && is_first(page.schema, frame, role),
            (before, after) => before > after,
        };
        let near = |record: &&std::sync::Arc<Annotation>| {
            let there = record.at[0];
            let distance = if there.start < at.start {
                at.start - there.end.min(at.start)
            } else {
                there.start.saturating_sub(at.end)
            };
            let wrong_side = (there.start < at.start) != before;
            (wrong_side, distance)
        };
        let fits = page.set.within(sentence).filter(|record| takes(record) && !record.at[0].overlaps(at));
        fits.min_by_key(near).map(|record| record.id)
    }
}

/// True for the first role that has to be filled: who acts stands before what is done.
fn is_first(schema: &Schema, frame: &Name, role: &RoleDef) -> bool {
    let first = schema.label(frame).and_then(|def| def.roles.iter().find(|role| role.cardinality.least > 0));
    first.is_some_and(|first| first.name == role.name)
}

impl Source for Frames {
    fn name(&self) -> &'static str {
        NAME
    }

    fn suggest(&self, page: &Page<'_>) -> Vec<Suggestion> {
        let excluded = zones(page.schema, page.set);
        let mut found = Vec::new();
        for range in &page.tokens.sentences {
            let sentence = page.tokens.span(range);
            if excluded.iter().any(|zone| zone.overlaps(sentence)) {
                continue;
            }
            let mut at = range.start;
            while at < range.end {
                let longest = (1..=LONGEST.min(range.end - at)).rev();
                let Some((length, label, score)) = longest
                    .filter_map(|length| self.label(page, at, length).map(|(label, score)| (length, label, score)))
                    .next()
                else {
                    at += 1;
                    continue;
                };
                let trigger = page.tokens.span(&(at..at + length));
                at += length;
                found.extend(self.frame(page, label, (sentence, trigger), score));
            }
        }
        found
    }
}

impl Frames {
    /// A frame with what fills it; none where nothing in its sentence fills any role that has to be filled.
    fn frame(&self, page: &Page<'_>, label: &Name, (sentence, at): (Span, Span), score: f32) -> Option<Suggestion> {
        let def = page.schema.label(label)?;
        let mut taken: Vec<Id> = Vec::new();
        let mut roles = Vec::new();
        for role in &def.roles {
            if let Some(id) = self.filler(page, label, role, (sentence, at), &taken) {
                taken.push(id);
                roles.push(Role { name: role.name.clone(), filler: Filler::Annotation(id) });
            }
        }
        let required = def.roles.iter().filter(|role| role.cardinality.least > 0 && !role.fillers.is_empty()).count();
        let filled =
            roles.iter().filter(|it| def.role(&it.name).is_some_and(|role| role.cardinality.least > 0)).count();
        if required > 0 && filled == 0 {
            return None;
        }
        let share = if required == 0 { 1.0 } else { 0.6 + 0.4 * filled as f32 / required as f32 };
        let mut suggestion = Suggestion::new(NAME, label, vec![at], score * share);
        suggestion.roles = roles;
        let words = page.text.slice(sentence).to_lowercase();
        suggestion.attributes.extend(status(def, &words));
        Some(suggestion)
    }
}

/// The choice that the words of a sentence speak for, of the first attribute whose choices are about what has happened.
fn status(def: &LabelDef, sentence: &str) -> Option<(Name, String)> {
    let said = |word: &str| {
        sentence.match_indices(word).any(|(at, _)| {
            let before = sentence[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            before && sentence[at + word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric())
        })
    };
    let (told_by, _) = STATUS.iter().find(|(_, words)| words.iter().any(|word| said(word)))?;
    def.attributes.iter().find_map(|attribute| {
        let AttributeKind::Choice(choices) = &attribute.kind else { return None };
        let about = |text: &str| told_by.iter().any(|beginning| text.to_lowercase().starts_with(beginning));
        let choice = choices.iter().find(|choice| about(&choice.name) || choice.title.all().any(about))?;
        Some((attribute.name.clone(), choice.name.to_string()))
    })
}

/// The frames of a set that begin with some words already.
pub(super) fn begun(schema: &Schema, set: &AnnotationSet, at: Span) -> bool {
    set.within(at).any(|record| {
        schema.kind(&record.label) == Kind::Frame
            && record.at.iter().any(|it| it.overlaps(at))
            && record.at[0].len() < 2 * at.len() + 40
    })
}
