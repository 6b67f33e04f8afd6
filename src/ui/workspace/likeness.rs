//! The likeness of names to the eye of a person who looks for one among them: as suspected duplicates of the register are
//! found.

use crate::corpus::register::{Alike, Evidence};
use crate::t;

/// The likeness of two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same letters, whatever their case and the space between them.
    Equal,
    /// All words of one stand in the other, both are names of one place, or a letter or two are others.
    Similar,
    /// Two names.
    Other,
}

/// A name with which others are compared.
pub struct Wanted {
    words: Vec<String>,
    alike: Alike,
}

impl Wanted {
    /// Takes the name that others are compared with.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { words: words(name), alike: Alike::to(name) }
    }

    /// Compares another name with it.
    #[must_use]
    pub fn likeness(&self, other: &str) -> Likeness {
        self.compared(other).0
    }

    /// Compares another name with it; gives the reason why they are similar, where there is one in words.
    #[must_use]
    pub fn compared(&self, other: &str) -> (Likeness, Option<Evidence>) {
        let theirs = words(other);
        if self.words == theirs {
            return (Likeness::Equal, None);
        }
        match self.alike.evidence(other) {
            Some(evidence) => (Likeness::Similar, Some(evidence)),
            None if spelt_alike(&self.words.join(" "), &theirs.join(" ")) => (Likeness::Similar, None),
            None => (Likeness::Other, None),
        }
    }
}

/// True where two names have the same letters, whatever their case and the space between them.
#[must_use]
pub fn equal(a: &str, b: &str) -> bool {
    words(a) == words(b)
}

/// The words of a name in lower case, without what stands around them.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// True where one letter in eight, at least one of five, is another, missing or too many.
fn spelt_alike(a: &str, b: &str) -> bool {
    let length = a.chars().count().min(b.chars().count());
    length >= 5 && strsim::levenshtein(a, b) <= (length / 8).max(1)
}

/// The reason to think that two names are of one thing, in words.
#[must_use]
pub fn why(evidence: &Evidence, language: &str) -> String {
    match evidence {
        Evidence::Alias(place) => {
            let name = if language == "id" { place.indonesian } else { place.name };
            t!("register-alias", place = name, id = place.id.to_string())
        }
        Evidence::Fingerprint => t!("register-fingerprint").to_owned(),
        Evidence::Within(titles) if titles.is_empty() => t!("register-within").to_owned(),
        Evidence::Within(titles) => t!("register-within-titles", titles = titles.join(" ")),
        Evidence::Spelling(edits) => t!("register-spelling", count = *edits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_as_a_person_would_say() {
        use Likeness::{Equal, Other, Similar};
        for (a, b, wanted) in [
            ("Raka Wirya", "RAKA  wirya", Equal),
            ("Raka\u{a0}Wirya", "Raka Wirya", Equal),
            ("Raka", "Raka Wirya", Similar),
            ("Wirya", "Raka Wirya", Similar),
            ("Sergej Lavrov", "Sergei Lavrov", Similar),
            ("Kota Karang", "Kota Awan", Other),
            ("Raka Wirya", "Lidia Moreno", Other),
            ("Presiden Raka Wirya", "Raka Wirya", Similar),
            ("Wirya, Raka", "Raka Wirya", Similar),
            ("Tiongkok", "China", Similar),
            ("Di", "Di Angin", Other),
            ("", "Raka", Other),
            ("Kota", "Kuta", Other),
        ] {
            assert_eq!(Wanted::new(a).likeness(b), wanted, "{a} and {b}");
            assert_eq!(Wanted::new(b).likeness(a), wanted, "{b} and {a}");
            assert_eq!(equal(a, b), wanted == Equal, "{a} and {b}");
        }
    }
}
