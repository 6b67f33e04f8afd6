//! The likeness of names to the eye of a person who looks for one among them.

/// The likeness of two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same letters, whatever their case and the space between them.
    Equal,
    /// All words of one stand in the other, or a letter or two are others.
    Similar,
    /// Two names.
    Other,
}

/// Compares two names.
#[must_use]
pub fn likeness(a: &str, b: &str) -> Likeness {
    let (a, b) = (words(a), words(b));
    if a == b {
        return Likeness::Equal;
    }
    let (few, many) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let within = !few.is_empty() && few.iter().all(|word| many.contains(word)) && few.iter().any(|word| long(word));
    if within || spelt_alike(&a.join(" "), &b.join(" ")) { Likeness::Similar } else { Likeness::Other }
}

/// The words of a name in lower case, without what stands around them.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn long(word: &str) -> bool {
    word.chars().nth(2).is_some()
}

/// True where one letter in eight, at least one of five, is another, missing or too many.
fn spelt_alike(a: &str, b: &str) -> bool {
    let length = a.chars().count().min(b.chars().count());
    length >= 5 && strsim::levenshtein(a, b) <= (length / 8).max(1)
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
            ("Di", "Di Angin", Other),
            ("", "Raka", Other),
            ("Kota", "Kuta", Other),
        ] {
            assert_eq!(likeness(a, b), wanted, "{a} and {b}");
            assert_eq!(likeness(b, a), wanted, "{b} and {a}");
        }
    }
}
