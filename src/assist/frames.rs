//! Trips, claims and other frames: words that begin one, and what of the same sentence fills its roles.

use foldhash::fast::FixedState;

use super::claims::Claims;
use super::hints::{choice_about, label_about};
use super::lesson::{Lesson, Page, date_attribute, left_out};
use super::suggestion::{Source, Suggestion};
use super::tokens::{Tokens, join};
use crate::model::{Annotation, AnnotationSet, Filler, Id, Kind, LabelDef, Name, Role, RoleDef, Schema};
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
        "menghadiri",
        "hadir di",
        "attend",
        "attended",
        "attends",
        "pertemuan di",
        "konferensi di",
        "ktt di",
        "summit in",
        "meeting in",
        "talks in",
        "traveling to",
        "travelling to",
        "travel to",
        "flies to",
        "fly to",
        "bepergian",
        "singgah",
        "kunjungannya",
        "perjalanannya",
        "lawatannya",
        "berangkat ke",
        "bertolak ke",
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
    claims: Option<Claims>,
}

fn key(tokens: &Tokens, from: usize, length: usize) -> u64 {
    tokens.all[from..from + length].iter().fold(length as u64, |key, token| join(key, token.lower))
}

impl Frames {
    /// Learns from work.
    pub fn of<'a>(schema: &Schema, lessons: impl Iterator<Item = &'a Lesson> + Clone) -> Self {
        Self::with(Claims::of(schema, lessons.clone()), schema, lessons)
    }

    /// Learns anew where what is finished is the same as before: claims are learned from that alone.
    pub fn again<'a>(&self, schema: &Schema, lessons: impl Iterator<Item = &'a Lesson> + Clone) -> Self {
        Self::with(self.claims.clone(), schema, lessons)
    }

    fn with<'a>(claims: Option<Claims>, schema: &Schema, lessons: impl Iterator<Item = &'a Lesson> + Clone) -> Self {
        let mut frames = Self { claims, ..Self::default() };
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
        let dated =
            role.fillers.iter().any(|label| page.schema.label(label).is_some_and(|def| date_attribute(def).is_some()));
        // A role that is seldom filled is left open; until it is known, only the ones that have to be filled are proposed, and the
        // first one that takes a date.
        let often = if habit.frames >= 3 { habit.filled * 2 > habit.frames } else { habit.filled > 0 };
        let first_date = dated && habit.frames < 3 && is_first_date(page.schema, frame, role);
        if !often && role.cardinality.least == 0 && !first_date {
            return None;
        }
        let takes = |record: &Annotation| {
            role.fillers.contains(&record.label) && record.at.len() == 1 && !taken.contains(&record.id)
        };
        let known = habit.before + habit.after > 0;
        let acts = !dated && is_first(page.schema, frame, role);
        let before = if known { habit.before > habit.after } else { role.cardinality.least > 0 && acts };
        let rank = |record: &Annotation| role.fillers.iter().position(|label| *label == record.label).unwrap_or(0);
        let near = |record: &&std::sync::Arc<Annotation>| {
            let there = record.at[0];
            let (behind, between) = match there.start < at.start {
                true => (false, Span::new(there.end.min(at.start), at.start)),
                false => (true, Span::new(at.end, there.start.max(at.end))),
            };
            // A name right behind a noun is that of the one who acts: `kunjungan Ratu Sari`.
            let right_behind = behind && page.text.slice(between).trim().is_empty() && rank(record) == 0;
            let wrong_side = behind == before && !(acts && right_behind);
            (wrong_side, !(acts && right_behind), acts && rank(record) > 0, between.len())
        };
        let mut fits: Vec<_> = page
            .set
            .within(sentence)
            .filter(|record| takes(record) && !record.at[0].overlaps(at) && sentence.contains(record.at[0]))
            .collect();
        if dated {
            // A length of time is not a day on which one goes.
            let counts = |record: &Annotation| {
                let attribute = page.schema.label(&record.label).and_then(date_attribute);
                let value = attribute.and_then(|attribute| record.attribute(attribute));
                !value.is_some_and(|value| value.starts_with('P'))
            };
            let apart = |record: &Annotation| {
                let there = record.at[0];
                broken(page, Span::new(at.end.min(there.end), at.start.max(there.start)))
            };
            fits.retain(|record| counts(record) && !apart(record));
        } else if !acts && role.cardinality.least > 0 {
            // Where to is led to by a word that says so, or stands right behind.
            fits.retain(|record| {
                let there = record.at[0];
                leads_to(page, at, there) && !(there.start >= at.end && broken(page, Span::new(at.end, there.start)))
            });
        }
        fits.into_iter().min_by_key(|record| near(record)).map(|record| record.id)
    }
}

/// True where another clause begins between two places: what stands there is about something else.
fn broken(page: &Page<'_>, between: Span) -> bool {
    const BREAKS: &[&str] = &[
        "sejak",
        "setelah",
        "sebelum",
        "karena",
        "ketika",
        "saat",
        "sementara",
        "yang",
        "untuk",
        "bahwa",
        "meskipun",
        "since",
        "after",
        "before",
        "because",
        "when",
        "while",
        "who",
        "which",
        "that",
        "although",
    ];
    if between.is_empty() || page.text.check(between).is_none() {
        return false;
    }
    let words = page.text.slice(between).to_lowercase();
    words.split(|c: char| !c.is_alphanumeric()).any(|word| BREAKS.contains(&word))
}

/// True where a place is one that somebody goes to: right behind the words of going, or behind a word that leads there.
fn leads_to(page: &Page<'_>, at: Span, place: Span) -> bool {
    const TO: &[&str] = &["ke", "di", "menuju", "to", "in", "at", "into", "for"];
    const FROM: &[&str] = &[
        "dari", "from", "oleh", "by", "terhadap", "against", "tentang", "about", "dengan", "with", "negeri", "abroad",
    ];
    /// Words between the one that leads there and the place: `ke ibu kota Kalvera`.
    const WORDS: usize = 4;
    if place.start >= at.end && page.text.slice(Span::new(at.end, place.start)).trim().is_empty() {
        return true;
    }
    let from = place.start.saturating_sub(60);
    let Some(from) = (from..=place.start).find(|byte| page.text.as_str().is_char_boundary(*byte as usize)) else {
        return false;
    };
    let before = page.text.slice(Span::new(from, place.start)).to_lowercase();
    let clause = before.rsplit([',', '.', ';', ':', '(', ')', '–', '”', '“', '"']).next().unwrap_or("");
    let words = clause.split_whitespace().rev().take(WORDS + 1);
    let lead = words.into_iter().find(|word| TO.contains(word) || FROM.contains(word));
    lead.is_some_and(|word| TO.contains(&word))
}

/// True for the first role of a frame that takes a date.
fn is_first_date(schema: &Schema, frame: &Name, role: &RoleDef) -> bool {
    let takes = |role: &&RoleDef| {
        role.fillers.iter().any(|label| schema.label(label).is_some_and(|def| date_attribute(def).is_some()))
    };
    let first = schema.label(frame).and_then(|def| def.roles.iter().find(takes));
    first.is_some_and(|first| first.name == role.name)
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
        let excluded = left_out(page.schema, page.set);
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
        found.extend(self.claims.iter().flat_map(|claims| claims.suggest(page, NAME)));
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
    choice_about(def, told_by)
}

/// True where a set has a frame of this label that begins with some words already.
pub(super) fn begun(set: &AnnotationSet, label: &Name, at: Span) -> bool {
    set.within(at).any(|record| {
        record.label == *label && record.at.iter().any(|it| it.overlaps(at)) && record.at[0].len() < 2 * at.len() + 40
    })
}
