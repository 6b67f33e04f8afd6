//! Finding a span again by its quote and what stands around it, where offsets no longer fit.

use super::{Span, Text};

/// Words by which a span is found again: its own, and those before and after it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchor {
    /// The words of the span.
    pub quote: String,
    /// Up to [`Anchor::CONTEXT`] code points before it.
    pub before: String,
    /// Up to [`Anchor::CONTEXT`] code points after it.
    pub after: String,
}

impl Anchor {
    /// Code points of context kept on either side.
    pub const CONTEXT: usize = 32;

    /// The anchor of `span` in `text`.
    #[must_use]
    pub fn of(text: &Text, span: Span) -> Self {
        let all = text.as_str();
        let (before, after) = (&all[..span.start as usize], &all[span.end as usize..]);
        let from = before.char_indices().nth_back(Self::CONTEXT - 1).map_or(0, |(at, _)| at);
        let until = after.char_indices().nth(Self::CONTEXT).map_or(after.len(), |(at, _)| at);
        Self { quote: text.slice(span).to_owned(), before: before[from..].to_owned(), after: after[..until].to_owned() }
    }
}

/// The span of `text` that `anchor` means, or none where its quote no longer stands there or fits two places equally.
///
/// `near` (bytes) decides between places whose context fits equally well: the nearer one, unless both are as near.
#[must_use]
pub fn place(text: &Text, anchor: &Anchor, near: u32) -> Option<Span> {
    let mut best: Option<((usize, std::cmp::Reverse<u32>), Span)> = None;
    let mut tied = false;
    for at in occurrences(text.as_str().as_bytes(), anchor.quote.as_bytes()) {
        let span = Span::new(at as u32, (at + anchor.quote.len()) as u32);
        if text.check(span).is_none() {
            continue;
        }
        let score = (context(text, span, anchor), std::cmp::Reverse(span.start.abs_diff(near)));
        match &best {
            Some((least, _)) if score < *least => {}
            Some((least, _)) if score == *least => tied = true,
            _ => {
                best = Some((score, span));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, span)| span)
}

/// Code points around words that have to be the same where their place is not the one that was known.
const LEAST: usize = 12;
/// Code points that have to be the same beyond those at any other place.
const MARGIN: usize = 4;

/// The span of `text` that `anchor` means by what stands around it: as much of that as at no other place, and enough to tell.
/// Without anything around, words that stand only once. None where that leaves it open.
///
/// `at` (bytes) is the place that was known: it counts first where as much is the same there as anywhere.
#[must_use]
pub fn place_by_context(text: &Text, anchor: &Anchor, at: u32) -> Option<Span> {
    let found = occurrences(text.as_str().as_bytes(), anchor.quote.as_bytes());
    let spans = found.map(|start| Span::new(start as u32, (start + anchor.quote.len()) as u32));
    let mut spans: Vec<(usize, Span)> =
        spans.filter(|span| text.check(*span).is_some()).map(|span| (context(text, span, anchor), span)).collect();
    spans.sort_by_key(|(same, span)| (std::cmp::Reverse(*same), span.start != at, span.start));
    let (same, first) = *spans.first()?;
    let known = anchor.before.chars().count() + anchor.after.chars().count();
    // A letter or two more are chance, unless everything is the same.
    let margin = if same == known { 1 } else { MARGIN };
    let second = spans.get(1).map(|(same, _)| *same);
    let alone = second.is_none_or(|second| second + margin <= same || first.start == at && second == same);
    let enough = same >= LEAST.min(known);
    (alone && enough).then_some(first)
}

/// Every place where `quote` stands, overlapping ones too (`ya ya` stands twice in `ya ya ya`), in linear time
/// (Knuth, Morris, Pratt 1977); none for an empty quote.
pub(super) fn occurrences<'a>(text: &'a [u8], quote: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    // For each beginning of the quote, the length of its longest proper beginning that is also its end.
    let mut borders = vec![0; quote.len()];
    for i in 1..quote.len() {
        borders[i] = extended(quote, &borders, borders[i - 1], quote[i]);
    }
    let mut matched = 0;
    let text = if quote.is_empty() { &[] } else { text };
    text.iter().enumerate().filter_map(move |(at, &byte)| {
        matched = extended(quote, &borders, matched, byte);
        (matched == quote.len()).then(|| at + 1 - quote.len())
    })
}

/// Returns how much of the quote's beginning is matched after one more byte, where `matched` bytes of it were before.
fn extended(quote: &[u8], borders: &[usize], mut matched: usize, byte: u8) -> usize {
    while matched > 0 && quote.get(matched) != Some(&byte) {
        matched = borders[matched - 1];
    }
    matched + usize::from(quote[matched] == byte)
}

/// Returns the number of code points of context that agree, before and after together.
fn context(text: &Text, span: Span, anchor: &Anchor) -> usize {
    let all = text.as_str();
    let before = all[..span.start as usize].chars().rev().zip(anchor.before.chars().rev());
    let after = all[span.end as usize..].chars().zip(anchor.after.chars());
    before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_found_again_by_context_then_by_nearness() {
        let old = Text::new("Raja pergi. Raja tiba di Bandar Laut.");
        let second = Anchor::of(&old, Span::new(12, 16));
        let new = Text::new("ADVERTISEMENT\nRaja pergi. Lalu Raja tiba di Bandar Laut.");
        let found = place(&new, &second, 12).unwrap();
        assert_eq!(new.as_str()[found.start as usize..].chars().take(9).collect::<String>(), "Raja tiba");
        assert_eq!(place(&Text::new("Ratu tiba"), &second, 0), None);
        let bare = Anchor { quote: "Raja".into(), ..Anchor::default() };
        assert_eq!(place(&old, &bare, 11), Some(Span::new(12, 16)));
        assert_eq!(place(&old, &bare, 6), None, "equally far and equally fitting: a person must say");
    }
}
