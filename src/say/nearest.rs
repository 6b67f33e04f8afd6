//! The name that was probably meant where there is none of that name.

/// Likeness below which a name is not the one that was meant: half of the letters are others.
const LEAST: f64 = 0.5;

/// The name that is written most like `name`, whatever its case; none where none is like it.
pub fn nearest<'n>(name: &str, there: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let name = name.to_lowercase();
    let like = |other: &'n str| (strsim::normalized_damerau_levenshtein(&name, &other.to_lowercase()), other);
    let most = there.into_iter().map(like).filter(|(like, _)| *like >= LEAST);
    // Of several the first.
    most.reduce(|most, next| if next.0 > most.0 { next } else { most }).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_told_and_no_other() {
        for (name, there, expected) in [
            ("PRE", &["LOC", "PER", "ORG"][..], Some("PER")),
            ("persn", &["place", "person"], Some("person")),
            ("Persón", &["person"], Some("person")),
            ("travler", &["traveller", "destination"], Some("traveller")),
            ("zebra", &["person", "place"], None),
            ("x", &[], None),
        ] {
            assert_eq!(nearest(name, there.iter().copied()), expected, "{name}");
        }
    }
}
