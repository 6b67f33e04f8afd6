//! The words, numbers and signs of a phrase.

/// One piece of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A word in lower case; `capital` where it began with a capital letter.
    Word { word: String, capital: bool },
    /// A number of so many digits; `th` where an ordinal's ending followed (`18th`).
    Number { value: u32, digits: usize, th: bool },
    /// One of `-/(),.:'`.
    Sign(char),
}

impl Token {
    /// The word, where it is one.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word { word, .. } => Some(word),
            Self::Number { .. } | Self::Sign(_) => None,
        }
    }
}

/// Numbers of more digits are no part of a date.
const MOST_DIGITS: usize = 8;

/// The pieces of a phrase; none where it has a sign that phrases of time do not have, or is longer than any.
pub(super) fn tokens(phrase: &str) -> Option<Vec<Token>> {
    let mut all = Vec::new();
    let mut rest = phrase.chars().peekable();
    while let Some(&c) = rest.peek() {
        if all.len() > 40 {
            return None;
        }
        if c.is_ascii_digit() {
            let mut digits = String::new();
            while let Some(c) = rest.next_if(char::is_ascii_digit) {
                digits.push(c);
            }
            let mut ending = String::new();
            let mut after = rest.clone();
            while let Some(c) = after.next_if(|c| c.is_alphabetic()) {
                ending.extend(c.to_lowercase());
            }
            let th = matches!(&*ending, "st" | "nd" | "rd" | "th");
            if th {
                rest = after;
            }
            let value = digits.parse().ok().filter(|_| digits.len() <= MOST_DIGITS)?;
            all.push(Token::Number { value, digits: digits.len(), th });
        } else if c.is_alphabetic() {
            let capital = c.is_uppercase();
            let mut word = String::new();
            while let Some(c) = rest.next_if(|c| c.is_alphabetic() || matches!(c, '\'' | '’')) {
                word.extend(c.to_lowercase().map(|c| if c == '’' { '\'' } else { c }));
            }
            // `p.m.` is one word.
            if matches!(&*word, "a" | "p") {
                let mut after = rest.clone();
                if after.next() == Some('.') && after.next_if(|c| matches!(c, 'm' | 'M')).is_some() {
                    after.next_if_eq(&'.');
                    rest = after;
                    word.push('m');
                }
            }
            let word = word.strip_suffix("'s").map(str::to_owned).unwrap_or(word);
            all.push(Token::Word { word: word.trim_matches('\'').to_owned(), capital });
        } else {
            rest.next();
            match c {
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => all.push(Token::Sign('-')),
                '/' | '(' | ')' | ',' | '.' | ':' => all.push(Token::Sign(c)),
                '\'' | '’' | '‘' => all.push(Token::Sign('\'')),
                '|' | ';' | '·' | '•' => all.push(Token::Sign(',')),
                '"' | '“' | '”' => {}
                c if c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}') => {}
                _ => return None,
            }
        }
    }
    Some(all)
}
