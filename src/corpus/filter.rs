//! The one filter of all tables over articles.

use std::collections::HashSet;

use jiff::civil::Date as Day;
use memchr::memmem::Finder;

use super::days::Days;
use super::digest::{Digest, Frame, Mention, SlotFiller};
use super::filter_line::{self, Completion, FilterError, Key, Part, STATES, completions, parts};
use super::fold::{folded, has};
use super::index::{Index, Item, ItemOf};
use crate::lang::Message;
use crate::message;
use crate::model::{AttributeKind, Id, LabelDef, Name, Progress, Schema};

/// The articles, frames and mentions that are meant: words, `label:trip`, `is:"Ratu Sari"`, `in:003`, `from:2024-05`,
/// `until:2024`, `by:"Kabar Laut"`, `state:planned`, each also with `-` before it. Of several with one key one has to hold
/// (of words all), of several keys all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    parts: Vec<Part>,
    from: Option<Day>,
    until: Option<Day>,
}

/// The articles, frames and mentions that a filter keeps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// For each article, in the project's order, true where it is kept.
    pub articles: Vec<bool>,
    /// The frames that are kept, by article and place.
    pub frames: Vec<Item>,
    /// The mentions that are kept, by article and place.
    pub mentions: Vec<Item>,
}

impl Kept {
    /// True where a frame or mention is kept.
    #[must_use]
    pub fn has(&self, item: Item) -> bool {
        match item.of {
            ItemOf::Frame(_) => self.frames.binary_search(&item).is_ok(),
            ItemOf::Mention(_) => self.mentions.binary_search(&item).is_ok(),
        }
    }
}

impl Filter {
    /// Reads a line; an empty one keeps everything.
    ///
    /// # Errors
    /// The first part that means nothing: an unknown key or label, a value that is missing or is not a date, an unknown state.
    pub fn parse(line: &str, schema: &Schema) -> Result<Self, FilterError> {
        let parts = parts(line)?;
        let mut filter = Self::default();
        for part in &parts {
            let error = |why: Message| Err(FilterError { at: part.at.clone(), why });
            match part.key {
                Key::Label if !schema.labels.iter().any(|label| is_label(label, part)) => {
                    return error(message!("filter-no-label", text = part.value));
                }
                Key::State if !states(schema).any(|state| *state == *folded(&part.value)) => {
                    let known = states(schema).collect::<Vec<_>>().join(", ");
                    return error(message!("filter-no-state", text = part.value, known = known));
                }
                Key::From | Key::Until if part.not => return error(message!("filter-not-days")),
                Key::From => filter.from = filter_line::days(part)?.from,
                Key::Until => filter.until = filter_line::days(part)?.until,
                _ => {}
            }
        }
        filter.parts = parts;
        Ok(filter)
    }

    /// The same with another period, as when it is drawn with the mouse: none on a side that is open.
    #[must_use]
    pub fn line_within(line: &str, from: Option<Day>, until: Option<Day>) -> String {
        let period = |part: &Part| matches!(part.key, Key::From | Key::Until);
        let kept: Vec<&str> = parts(line).map_or_else(
            |_| vec![line],
            |parts| parts.iter().filter(|part| !period(part)).map(|part| &line[part.at.clone()]).collect(),
        );
        let mut words: Vec<String> = kept.into_iter().map(str::to_owned).collect();
        words.extend(from.map(|day| format!("from:{day}")));
        words.extend(until.map(|day| format!("until:{day}")));
        words.join(" ")
    }

    /// The same without the parts that are written so, and with others at its end.
    #[must_use]
    pub fn line_with(line: &str, without: &[String], with: &[String]) -> String {
        let kept: Vec<&str> =
            parts(line).map_or_else(|_| vec![line], |parts| parts.iter().map(|part| &line[part.at.clone()]).collect());
        let kept = kept.into_iter().filter(|part| !without.iter().any(|other| other == part));
        kept.chain(with.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
    }

    /// The part that ends at byte `caret` of a line, made whole: keys and values, the likeliest first.
    #[must_use]
    pub fn completions(line: &str, caret: usize, index: &Index) -> Vec<Completion> {
        completions(line, caret, index)
    }

    /// True where it keeps everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The parts of the line.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns what it keeps of an index.
    #[must_use]
    pub fn apply(&self, index: &Index) -> Kept {
        let run = Run::new(self, index);
        let mut kept = Kept { articles: Vec::with_capacity(index.digests().len()), ..Kept::default() };
        for (article, digest) in (0_u32..).zip(index.digests()) {
            let Some(words) = run.article(digest) else {
                kept.articles.push(false);
                continue;
            };
            let before = kept.frames.len() + kept.mentions.len();
            // Words that are nowhere in the article are in nothing of it; values alone stand outside its text.
            for (at, frame) in (0_u32..).zip(&digest.frames) {
                if run.frame(digest, frame) {
                    kept.frames.push(Item { article, of: ItemOf::Frame(at) });
                }
            }
            if words || run.names {
                for (at, mention) in (0_u32..).zip(&digest.mentions) {
                    if run.mention(digest, mention) {
                        kept.mentions.push(Item { article, of: ItemOf::Mention(at) });
                    }
                }
            }
            let some = kept.frames.len() + kept.mentions.len() > before;
            kept.articles.push(some || (words && !run.items && run.published(digest)));
        }
        kept
    }
}

/// A filter on its way through an index: what it names, looked up once.
struct Run<'a> {
    from: Option<Day>,
    until: Option<Day>,
    words: Vec<Word<'a>>,
    labels: Choice<Name>,
    referents: Choice<Named>,
    publishers: Choice<String>,
    articles: Choice<String>,
    progress: Choice<Progress>,
    joined: Choice<bool>,
    values: Choice<String>,
    /// True where a referent's name has one of the words.
    names: bool,
    /// True where something is said of frames or mentions, so that an article without any such is not meant.
    items: bool,
}

/// Somebody or something that is asked for by name.
enum Named {
    /// One who is called so.
    Referent(Id),
    /// Words that have the name, folded, where nobody said of whom they are.
    Words(String),
}

impl Named {
    fn is(&self, referent: Option<Id>, words: &str) -> bool {
        match self {
            Self::Referent(id) => referent == Some(*id),
            Self::Words(name) => referent.is_none() && has(words, name),
        }
    }
}

/// A word, and the referents whose names have it.
struct Word<'a> {
    folded: String,
    finder: Finder<'a>,
    referents: HashSet<Id>,
    not: bool,
}

/// Things of which one has to be there, and things of which none may.
struct Choice<T> {
    any: Vec<T>,
    none: Vec<T>,
}

impl<T> Choice<T> {
    fn of(parts: &[Part], key: Key, make: impl Fn(&Part) -> Vec<T>) -> Self {
        let mut choice = Self { any: Vec::new(), none: Vec::new() };
        for part in parts.iter().filter(|part| part.key == key) {
            let list = if part.not { &mut choice.none } else { &mut choice.any };
            list.extend(make(part));
        }
        choice
    }

    fn is_empty(&self) -> bool {
        self.any.is_empty() && self.none.is_empty()
    }

    fn keeps(&self, is: impl Fn(&T) -> bool) -> bool {
        (self.any.is_empty() || self.any.iter().any(&is)) && !self.none.iter().any(is)
    }
}

impl<'a> Run<'a> {
    fn new(filter: &'a Filter, index: &'a Index) -> Self {
        let parts = &filter.parts;
        let named = |wanted: &str| {
            let all = index.referents().values();
            all.filter(|one| has(&one.name, wanted)).map(|one| one.id).collect::<HashSet<Id>>()
        };
        let words = parts.iter().filter(|part| part.key == Key::Words).map(|part| {
            let folded = folded(&part.value);
            let finder = Finder::new(folded.as_bytes()).into_owned();
            Word { finder, referents: named(&folded), folded, not: part.not }
        });
        let words: Vec<Word<'_>> = words.collect();
        let labels = Choice::of(parts, Key::Label, |part| {
            let labels = index.schema().labels.iter().filter(|label| is_label(label, part));
            labels.map(|label| label.name.clone()).collect()
        });
        let referents = Choice::of(parts, Key::Is, |part| {
            let name = folded(&part.value);
            let id = part.value.parse::<Id>().ok().filter(|id| index.referent(*id).is_some());
            let known = named(&name).into_iter().chain(id).map(Named::Referent);
            known.chain([Named::Words(name)]).collect()
        });
        let states = |part: &Part| folded(&part.value);
        let progress = Choice::of(parts, Key::State, |part| {
            let known = [("new", Progress::New), ("in-progress", Progress::InProgress), ("done", Progress::Done)];
            known.into_iter().filter(|(name, _)| *name == states(part)).map(|(_, progress)| progress).collect()
        });
        let joined = Choice::of(parts, Key::State, |part| match &*states(part) {
            "joined" => vec![true],
            "unjoined" => vec![false],
            _ => Vec::new(),
        });
        let values = Choice::of(parts, Key::State, |part| {
            Some(states(part)).filter(|state| !STATES.contains(&&**state)).into_iter().collect()
        });
        let folds = |part: &Part| vec![folded(&part.value)];
        let items = !labels.is_empty() || !referents.is_empty() || !joined.is_empty() || !values.is_empty();
        Self {
            from: filter.from,
            until: filter.until,
            names: words.iter().any(|word| !word.referents.is_empty()),
            words,
            labels,
            referents,
            publishers: Choice::of(parts, Key::By, folds),
            articles: Choice::of(parts, Key::In, folds),
            progress,
            joined,
            values,
            items,
        }
    }

    /// None where nothing of the article is meant; else true where the article itself has the words.
    fn article(&self, digest: &Digest) -> Option<bool> {
        let article = &digest.article;
        let progress = digest.progress.unwrap_or_default();
        let meant = self.publishers.keeps(|by| has(&article.publisher, by))
            && self.articles.keeps(|wanted| article.id.eq_ignore_ascii_case(wanted) || has(&article.title, wanted))
            && self.progress.keeps(|wanted| *wanted == progress);
        let there = |word: &Word<'_>| {
            word.finder.find(digest.text.as_bytes()).is_some()
                || has(&article.title, &word.folded)
                || has(&article.publisher, &word.folded)
        };
        meant.then(|| self.words.iter().all(|word| there(word) != word.not))
    }

    fn frame(&self, digest: &Digest, frame: &Frame) -> bool {
        let fillers = || frame.slots.iter().flat_map(|slot| &slot.fillers);
        let is = |named: &Named| {
            frame.referent.is_some() && named.is(frame.referent, "")
                || fillers().any(|filler: &SlotFiller| named.is(filler.referent, &filler.words))
        };
        self.labels.keeps(|label| frame.label == *label)
            && self.referents.keeps(is)
            && self.joined.keeps(|joined| frame.referent.is_some() == *joined)
            && self.values.keeps(|value| frame.attributes.iter().any(|(_, of)| has_value(of, value)))
            && self.within(frame.days.or(digest.published.map(Days::day)))
            && self.words.iter().all(|word| {
                let named = |id: Option<Id>| id.is_some_and(|id| word.referents.contains(&id));
                let there = has(&frame.words, &word.folded)
                    || named(frame.referent)
                    || fillers().any(|filler| has(&filler.words, &word.folded) || named(filler.referent));
                there != word.not
            })
    }

    fn mention(&self, digest: &Digest, mention: &Mention) -> bool {
        self.labels.keeps(|label| mention.label == *label)
            && self.referents.keeps(|named| named.is(mention.referent, &mention.words))
            && self.joined.keeps(|joined| mention.referent.is_some() == *joined)
            && self.values.keeps(|value| mention.attributes.iter().any(|(_, of)| has_value(of, value)))
            && self.within(mention.days.or(digest.published.map(Days::day)))
            && self.words.iter().all(|word| {
                let named = mention.referent.is_some_and(|id| word.referents.contains(&id));
                (named || has(&mention.words, &word.folded)) != word.not
            })
    }

    /// True where days can lie in the period; what has no days at all lies in none.
    fn within(&self, days: Option<Days>) -> bool {
        if self.from.is_none() && self.until.is_none() {
            return true;
        }
        let Some(days) = days else { return false };
        self.from.is_none_or(|from| days.until.is_none_or(|until| until >= from))
            && self.until.is_none_or(|until| days.from.is_none_or(|from| from <= until))
    }

    fn published(&self, digest: &Digest) -> bool {
        self.within(digest.published.map(Days::day))
    }
}

fn has_value(value: &str, wanted: &str) -> bool {
    value.eq_ignore_ascii_case(wanted)
}

/// True where a part names a label, by its name or by a title of it.
fn is_label(label: &LabelDef, part: &Part) -> bool {
    let wanted = folded(&part.value);
    folded(&label.name) == wanted || label.title.all().any(|title| folded(title) == wanted)
}

/// Every value of `state:`, folded.
fn states(schema: &Schema) -> impl Iterator<Item = String> {
    let attributes = schema.labels.iter().flat_map(|label| &label.attributes);
    let choices = attributes.filter_map(|attribute| match &attribute.kind {
        AttributeKind::Choice(choices) => Some(choices.iter().map(|choice| folded(&choice.name))),
        _ => None,
    });
    let known: HashSet<String> = choices.flatten().collect();
    let mut known: Vec<String> = known.into_iter().collect();
    known.sort();
    STATES.iter().map(|state| (*state).to_owned()).chain(known)
}
