//! A place that was found, and the orders of places.

use std::borrow::Borrow;
use std::cmp::Ordering;

use jiff::civil::Date as Day;

use crate::model::{Article, ArticleId, Id, Name, Progress, Quote};
use crate::say::one_line;
use crate::text::{Span, Text};
use std::sync::Arc;

/// Characters that are shown of each side at the most.
const SIDE: usize = 80;

/// A place that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub article: Arc<Article>,
    /// The day on which it was published; none where none is known.
    pub day: Option<Day>,
    /// The fragments of the place, bytes of the article's text.
    pub at: Box<[Span]>,
    /// First and past the last code point.
    pub chars: (u32, u32),
    /// The words before it in its paragraph, on one line.
    pub left: String,
    /// The words of the place, as they stand.
    pub words: String,
    /// The words after it in its paragraph, on one line.
    pub right: String,
    /// The annotations that stand exactly there, with their labels.
    pub records: Vec<(Id, Name)>,
    /// The thing that the first of them is.
    pub referent: Option<Id>,
    /// True where it lies in text that does not count.
    pub in_zone: bool,
    /// True where a person said that it needs no mark.
    pub discarded: bool,
    /// The progress of the maker in the article.
    pub progress: Option<Progress>,
}

impl Hit {
    /// True where the article is finished, so that nothing is changed in it from here.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.progress == Some(Progress::Done)
    }

    /// The article's id.
    #[must_use]
    pub fn id(&self) -> &ArticleId {
        &self.article.id
    }

    /// The words as comments have them, by which they are found again; those of several fragments stand in no one place.
    #[must_use]
    pub fn quote(&self) -> Option<Quote> {
        (self.at.len() == 1).then(|| Quote(self.chars.0, self.chars.1, self.words.clone()))
    }

    /// The first label that stands there.
    #[must_use]
    pub fn label(&self) -> Option<&Name> {
        self.records.first().map(|(_, label)| label)
    }

    /// The words before a place, those of it, and those after it, on one line each.
    pub(super) fn context(text: &Text, at: &[Span]) -> (String, String, String) {
        let (Some(first), Some(last)) = (at.first(), at.last()) else { return Default::default() };
        let before = Span::new(text.paragraph(text.paragraph_at(first.start)).start.min(first.start), first.start);
        let end = text.paragraph(text.paragraph_at(last.end.saturating_sub(1))).end;
        let after = Span::new(last.end, end.max(last.end));
        let mut left: Vec<char> = text.slice(before).chars().rev().take(SIDE).collect();
        left.reverse();
        let left: String = left.into_iter().collect();
        let right: String = text.slice(after).chars().take(SIDE).collect();
        let words: Vec<&str> = at.iter().map(|span| text.slice(*span)).collect();
        (one_line(&left), words.join(" … "), one_line(&right))
    }
}

/// An order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By the words after the place.
    Right,
    /// By the words before the place, from the nearest on.
    Left,
    /// By article, as the project has them.
    #[default]
    Article,
    /// By the day on which the article was published; those of which none is known last.
    Date,
    /// By label; those without one last.
    Label,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 5] = [Self::Left, Self::Right, Self::Article, Self::Date, Self::Label];

    /// The name in options.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Article => "article",
            Self::Date => "date",
            Self::Label => "label",
        }
    }
}

/// Puts hits in order; equal ones stay by article and place. `place` gives the place of an article in the project.
pub fn sort<H: Borrow<Hit>>(hits: &mut [H], order: Order, place: impl Fn(&ArticleId) -> Option<usize>) {
    hits.sort_by_cached_key(|hit| (place(hit.borrow().id()), hit.borrow().at.first().copied()));
    match order {
        Order::Article => {}
        Order::Right => hits.sort_by_cached_key(|hit| comparable(&hit.borrow().words, &hit.borrow().right)),
        Order::Left => hits.sort_by_cached_key(|hit| {
            let words = hit.borrow().left.to_lowercase();
            let mut words: Vec<String> = words.split_whitespace().map(bare).collect();
            words.reverse();
            words
        }),
        Order::Date => hits.sort_by(|one, other| none_last(one.borrow().day.as_ref(), other.borrow().day.as_ref())),
        Order::Label => hits.sort_by(|one, other| none_last(one.borrow().label(), other.borrow().label())),
    }
}

fn comparable(words: &str, right: &str) -> (Vec<String>, String) {
    let right = right.to_lowercase();
    (right.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect(), words.to_lowercase())
}

/// A word without what stands around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn none_last<T: Ord>(one: Option<&T>, other: Option<&T>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => one.cmp(other),
        _ => one.is_none().cmp(&other.is_none()),
    }
}
