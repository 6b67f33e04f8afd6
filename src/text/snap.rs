//! Snapping a rough selection to whole words, as a person means it.

use unicode_segmentation::UnicodeSegmentation;

use super::{Span, Text};

impl Text {
    /// Returns the meaning of a rough selection: grown to whole words (UAX #29), without outer punctuation and space, save
    /// brackets and quotes whose partner is inside: `Rabu (19/6)`.
    ///
    /// A selection of nothing but punctuation is kept on grapheme boundaries, since it can only be meant as it is;
    /// one of nothing but space, or of nothing, gives none.
    ///
    /// ```
    /// use jejak::text::{Span, Text};
    /// let text = Text::new("tiba di “Bandar Laut”, kata");
    /// let rough = Span::new(12, 20); // “andar La”
    /// assert_eq!(text.slice(text.snap(rough).unwrap()), "Bandar Laut");
    /// ```
    #[must_use]
    pub fn snap(&self, rough: Span) -> Option<Span> {
        let rough = self.whole_graphemes(rough);
        if let Some(kept) = self.trim(rough, |cluster| !cluster.chars().any(is_wordy)) {
            return Some(self.with_partners(self.grow(kept), rough));
        }
        let kept = self.snap_raw(rough)?;
        let grown = self.grow(kept);
        // A sign that looks like punctuation may be inside a word, or touch one: then the word is meant.
        if grown == kept { Some(kept) } else { self.snap(grown) }
    }

    /// `kept` with the closing signs after it, and the opening ones before it, whose partners are inside: wherever they stand
    /// in `rough`, and beyond that right beside the words.
    fn with_partners(&self, kept: Span, rough: Span) -> Span {
        /// A longer selection, in bytes, is none that a bracket makes a difference to.
        const MOST: u32 = 8192;
        if kept.len() > MOST {
            return kept;
        }
        let (mut closed, mut open) = unpaired(self.as_str(), kept);
        let mut end = kept.end;
        for (at, cluster) in self.slice(Span::new(kept.end, self.len())).grapheme_indices(true) {
            let from = kept.end + at as u32;
            let Some(&opening) = open.last() else { break };
            match single(cluster) {
                Some(c) if is_pair(opening, c) => {
                    open.pop();
                    end = from + cluster.len() as u32;
                }
                Some(c) if from < rough.end && !is_wordy(c) => {}
                _ => break,
            }
        }
        let mut start = kept.start;
        closed.reverse();
        for (at, cluster) in self.slice(Span::new(0, kept.start)).grapheme_indices(true).rev() {
            let from = at as u32;
            let Some(&closing) = closed.last() else { break };
            match single(cluster) {
                Some(c) if is_pair(c, closing) => {
                    closed.pop();
                    start = from;
                }
                Some(c) if from >= rough.start && !is_wordy(c) => {}
                _ => break,
            }
        }
        Span::new(start, end)
    }

    /// True where a span begins and ends where words do, and not within one.
    #[must_use]
    pub fn has_whole_words(&self, span: Span) -> bool {
        !span.is_empty() && self.grow(span) == span
    }

    /// `span` grown to whole words at both ends.
    fn grow(&self, span: Span) -> Span {
        let start = self.word_at(span.start).filter(|word| word.holds(span.start));
        let end = self.word_at(span.end - 1);
        let grown = Span::new(
            start.map_or(span.start, |word| word.start.min(span.start)),
            end.map_or(span.end, |word| word.end.max(span.end)),
        );
        self.whole_graphemes(grown)
    }

    /// The span of exactly these graphemes, without outer space: what a raw selection means.
    #[must_use]
    pub fn snap_raw(&self, rough: Span) -> Option<Span> {
        self.trim(self.whole_graphemes(rough), |cluster| cluster.chars().all(char::is_whitespace))
    }

    /// Without the outer grapheme clusters that `outer` names; none where nothing is left.
    fn trim(&self, span: Span, outer: impl Fn(&str) -> bool) -> Option<Span> {
        if span.is_empty() {
            return None;
        }
        let mut start = span.start;
        for cluster in self.slice(span).graphemes(true) {
            if !outer(cluster) {
                break;
            }
            start += cluster.len() as u32;
        }
        let mut end = span.end;
        for cluster in self.slice(Span::new(start, span.end)).graphemes(true).rev() {
            if !outer(cluster) {
                break;
            }
            end -= cluster.len() as u32;
        }
        (start < end).then_some(Span::new(start, end))
    }

    /// `span` with its end moved by one word: out where `grow`, in otherwise; as it was where no word is left.
    #[must_use]
    pub fn stretch(&self, span: Span, grow: bool) -> Span {
        let end = if grow {
            self.word_from(span.end).map_or(span.end, |word| word.end)
        } else {
            // The last word still wholly inside goes; what stands before it stays, without trailing punctuation.
            let last = self.word_until(span.end).map_or(span.start, |word| word.start);
            self.word_until(last).map_or(span.start, |word| word.end)
        };
        if end > span.start && self.is_grapheme_boundary(end) { Span::new(span.start, end) } else { span }
    }

    /// `span` with its start moved by one word: out where `grow`, in otherwise; as it was where no word is left.
    #[must_use]
    pub fn stretch_start(&self, span: Span, grow: bool) -> Span {
        let start = if grow {
            self.word_until(span.start).map_or(span.start, |word| word.start)
        } else {
            let first = self.word_from(span.start).map_or(span.end, |word| word.end);
            self.word_from(first).map_or(span.end, |word| word.start)
        };
        if start < span.end && self.is_grapheme_boundary(start) { Span::new(start, span.end) } else { span }
    }
}

/// Says whether a character belongs to what is marked rather than to what stands around it: letters, digits, marks,
/// currency and mathematical signs, emoji; not space, quotes, brackets or other punctuation.
fn is_wordy(c: char) -> bool {
    const SHED: &str = "…–—‐‑‒―•·«»“”‘’‚„‹›¡¿、。，！？；：「」『』（）《》〈〉【】・．";
    !(c.is_whitespace() || c.is_control() || is_ascii_outer(c) || SHED.contains(c) || is_format(c))
}

/// The only character of a grapheme.
fn single(cluster: &str) -> Option<char> {
    let mut chars = cluster.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// True where one sign opens what the other closes.
fn is_pair(open: char, close: char) -> bool {
    const PAIRS: &[(char, char)] = &[
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('“', '”'),
        ('„', '”'),
        ('„', '“'),
        ('‘', '’'),
        ('‚', '’'),
        ('‚', '‘'),
        ('«', '»'),
        ('‹', '›'),
        ('（', '）'),
        ('「', '」'),
        ('『', '』'),
        ('《', '》'),
        ('〈', '〉'),
        ('【', '】'),
        ('"', '"'),
    ];
    PAIRS.contains(&(open, close))
}

/// The closing signs of a span whose partners are not inside, and the opening ones, each in the order of the text.
fn unpaired(text: &str, span: Span) -> (Vec<char>, Vec<char>) {
    let (mut closed, mut open) = (Vec::new(), Vec::new());
    let mut before = text[..span.start as usize].chars().next_back();
    let mut chars = text[span.range()].chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // Quotes between letters are apostrophes and abbreviations.
        let within = letter(before) && letter(after) && matches!(c, '"' | '’' | '‘');
        let opens = match c {
            '"' => before.is_none_or(|c| c.is_whitespace() || is_opening(c)),
            c => is_opening(c),
        };
        match open.last() {
            _ if within => {}
            Some(&last) if is_pair(last, c) && !(c == '"' && opens) => drop(open.pop()),
            _ if opens => open.push(c),
            _ if is_closing(c) => closed.push(c),
            _ => {}
        }
        before = Some(c);
    }
    (closed, open)
}

fn is_opening(c: char) -> bool {
    "([{“„‘‚«‹（「『《〈【".contains(c)
}

fn is_closing(c: char) -> bool {
    ")]}”’»›）」』》〉】\"".contains(c)
}

fn is_ascii_outer(c: char) -> bool {
    c.is_ascii_punctuation() && !matches!(c, '$' | '%' | '#' | '@' | '&' | '+' | '=' | '<' | '>' | '~' | '^' | '|')
}

fn is_format(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapping_finds_what_was_meant() {
        // The rough selection stands between [ and ], the expected span between < and >.
        let cases = [
            ("kata [Put]in, lalu", "kata <Putin>, lalu"),
            ("kata “[Putin]”.", "kata “<Putin>”."),
            ("kata [“Putin”.]", "kata “<Putin>”."),
            ("di [(AS) ]dan", "di (<AS>) dan"),
            ("S[t. Peter]sburg", "<St. Petersburg>"),
            ("St[. Peter]sburg", "St. <Petersburg>"),
            ("naik[ ]kapal", ""),
            ("usai [—] itu", "usai <—> itu"),
            ("re[pub]lik\u{a0}baru", "<republik>\u{a0}baru"),
            ("👩‍👩‍👧 [pe]rgi", "👩‍👩‍👧 <pergi>"),
            ("senilai [$5] juta", "senilai <$5> juta"),
            ("12[.500] km", "<12.500> km"),
            ("d[']été", "<d'été>"),
        ];
        for (rough, expected) in cases {
            let (start, end) = (rough.find('[').unwrap(), rough.find(']').unwrap() - 1);
            let text = Text::new(&rough.replace(['[', ']'], ""));
            let found = text.snap(Span::new(start as u32, end as u32));
            let shown = found.map_or(String::new(), |span| {
                let (all, Span { start, end }) = (text.as_str(), span);
                format!("{}<{}>{}", &all[..start as usize], text.slice(span), &all[end as usize..])
            });
            assert_eq!(shown, expected, "{rough}");
        }
    }

    #[test]
    fn stretching_moves_by_words() {
        let text = Text::new("Presiden Bandar Laut, kemarin");
        let name = Span::new(9, 15);
        assert_eq!(text.slice(text.stretch(name, true)), "Bandar Laut");
        assert_eq!(text.slice(text.stretch(Span::new(9, 20), false)), "Bandar");
        assert_eq!(text.slice(text.stretch(name, false)), "Bandar", "one word can't shrink");
        assert_eq!(text.slice(text.stretch_start(name, true)), "Presiden Bandar");
        assert_eq!(text.slice(text.stretch_start(Span::new(0, 15), false)), "Bandar");
    }
}
