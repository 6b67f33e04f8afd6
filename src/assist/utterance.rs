//! Sentences as one hears them: a quotation is never cut, whatever stands in it.

use crate::text::{Span, Text};

/// A sentence with the quotations in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Utterance {
    /// The whole of it.
    pub at: Span,
    /// The same without the signs that end it.
    pub body: Span,
    /// The words inside its quotation marks.
    pub quotes: Vec<Span>,
}

impl Utterance {
    /// The words of it, letters and digits with the hyphens between them.
    pub fn words(&self, text: &Text) -> Vec<Span> {
        let mut words: Vec<Span> = Vec::new();
        let mut from: Option<u32> = None;
        for (at, c) in text.slice(self.at).char_indices() {
            let at = self.at.start + at as u32;
            let inside = c.is_alphanumeric() || c == '-' && from.is_some();
            match (inside, from) {
                (true, None) => from = Some(at),
                (false, Some(start)) => {
                    words.push(Span::new(start, at));
                    from = None;
                }
                _ => {}
            }
        }
        words.extend(from.map(|start| Span::new(start, self.at.end)));
        words
    }
}

/// The sentences of a text, a line at a time.
pub(super) fn utterances(text: &Text) -> Vec<Utterance> {
    let mut all = Vec::new();
    for at in 0..text.paragraphs() {
        line(text, text.paragraph(at), &mut all);
    }
    all
}

fn line(text: &Text, line: Span, all: &mut Vec<Utterance>) {
    let words = text.slice(line);
    let chars: Vec<(usize, char)> = words.char_indices().collect();
    let (mut start, mut opened, mut quotes) = (0_usize, None::<usize>, Vec::new());
    let place = |byte: usize| line.start + byte as u32;
    let mut push = |from: usize, until: usize, quotes: Vec<Span>| {
        let whole = words[from..until].trim();
        if whole.chars().any(char::is_alphanumeric) {
            let from = from + (words[from..until].len() - words[from..until].trim_start().len());
            let at = Span::new(place(from), place(from + whole.len()));
            let body = whole.trim_end_matches(|c: char| matches!(c, '.' | '!' | '?' | '…') || c.is_whitespace());
            all.push(Utterance { at, body: Span::new(at.start, at.start + body.len() as u32), quotes });
        }
    };
    for (number, &(byte, c)) in chars.iter().enumerate() {
        let before = number.checked_sub(1).map(|at| chars[at].1);
        let after = |by: usize| chars.get(number + by).map(|it| it.1);
        match c {
            '“' | '”' | '"' | '„' | '«' | '»' => match opened {
                Some(from) => {
                    quotes.push(Span::new(place(from), place(byte)));
                    opened = None;
                }
                // A quote within a word, or behind one, opens nothing.
                None if before.is_none_or(|c| !c.is_alphanumeric()) => opened = Some(byte + c.len_utf8()),
                None => {}
            },
            _ => {}
        }
        let ended = matches!(c, '.' | '!' | '?' | '…') && opened.is_none()
            || matches!(c, '”' | '"') && opened.is_none() && matches!(before, Some('.' | '!' | '?'));
        let next = after(1).is_some_and(char::is_whitespace)
            && after(2).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"'));
        // An initial or a short title before a point ends no sentence.
        let short = || {
            let word = words[start..byte].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            c == '.' && word.chars().count() <= 2 && word.chars().next().is_some_and(char::is_uppercase)
        };
        if ended && next && !short() {
            let until = byte + c.len_utf8();
            push(start, until, std::mem::take(&mut quotes));
            start = until;
        }
    }
    push(start, words.len(), quotes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_not_cut() {
        let text = Text::new("Ia tiba. “Kami lelah. Kami pulang,” kata Dr. A. Wirya. Hujan turun.\n“Baik.” Ia pergi");
        let all: Vec<&str> = utterances(&text).iter().map(|it| text.slice(it.at)).collect();
        let wanted =
            ["Ia tiba.", "“Kami lelah. Kami pulang,” kata Dr. A. Wirya.", "Hujan turun.", "“Baik.”", "Ia pergi"];
        assert_eq!(all, wanted);
        let quotes: Vec<&str> = utterances(&text)[1].quotes.iter().map(|at| text.slice(*at)).collect();
        assert_eq!(quotes, ["Kami lelah. Kami pulang,"]);
    }
}
