//! The places of a list's items in an article: what is drawn beside the text, and what a click on it means.

use crate::text::Span;

/// The places of some items of a list in one article, by place.
#[derive(Debug, Default)]
pub struct Places {
    each: Vec<(Span, usize)>,
    spans: Vec<Span>,
}

impl Places {
    /// The places of items, each with its number in the list.
    pub fn of(items: impl Iterator<Item = (Span, usize)>) -> Self {
        let mut each: Vec<(Span, usize)> = items.collect();
        each.sort_unstable_by_key(|&(span, at)| (span.start, span.end, at));
        let mut spans: Vec<Span> = each.iter().map(|(span, _)| *span).collect();
        spans.dedup();
        Self { each, spans }
    }

    /// The places, each once, in reading order.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The number of a place among [`Places::spans`].
    pub fn position(&self, place: Span) -> Option<usize> {
        self.spans.iter().position(|span| *span == place)
    }

    /// The item that a click on a byte means: the one of the shortest place there; where `current` is one of several, the
    /// one after it, so that clicks go through all of them.
    pub fn clicked(&self, byte: u32, current: Option<usize>) -> Option<usize> {
        let mut here: Vec<&(Span, usize)> = self.each.iter().filter(|(span, _)| span.holds(byte)).collect();
        here.sort_by_key(|(span, at)| (span.len(), *at));
        let next = here.iter().skip_while(|(_, at)| Some(*at) != current).nth(1);
        next.or(here.first()).map(|(_, at)| *at)
    }
}
