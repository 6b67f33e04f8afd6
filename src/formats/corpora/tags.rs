//! Tags of tokens, of any of the usual schemes, as mentions.

use std::ops::Range;

/// The sign and the label of a tag; no label where it is outside of any mention.
fn parts(tag: &str) -> (Option<u8>, &str) {
    let tag = tag.trim();
    if matches!(tag, "" | "O" | "o" | "_" | "-") {
        return (None, "");
    }
    match tag.as_bytes() {
        [sign, b'-' | b'_', _, ..] if b"BIESLUMbieslum".contains(sign) => (Some(sign.to_ascii_uppercase()), &tag[2..]),
        _ => (None, tag),
    }
}

/// The mentions of a row of tags: BIO in any of its forms, BIOES, BILOU, BMES, or labels alone.
pub(super) fn mentions<'t>(tags: impl Iterator<Item = &'t str>) -> Vec<(Range<usize>, &'t str)> {
    let mut found: Vec<(Range<usize>, &'t str)> = Vec::new();
    let mut open: Option<(usize, &'t str)> = None;
    let mut count = 0;
    for (at, tag) in tags.enumerate() {
        count = at + 1;
        let (sign, label) = parts(tag);
        let begins = matches!(sign, Some(b'B' | b'S' | b'U'));
        if let Some((start, before)) = open.filter(|(_, before)| begins || *before != label) {
            found.push((start..at, before));
            open = None;
        }
        if label.is_empty() {
            continue;
        }
        let (start, _) = *open.get_or_insert((at, label));
        if matches!(sign, Some(b'E' | b'L' | b'S' | b'U')) {
            found.push((start..at + 1, label));
            open = None;
        }
    }
    found.extend(open.map(|(start, label)| (start..count, label)));
    found
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn every_scheme_says_the_same() {
        for tags in [
            "B-PER I-PER O B-LOC B-LOC",
            "B-PER I-PER O I-LOC B-LOC",
            "B-PER E-PER O S-LOC S-LOC",
            "B-PER L-PER O U-LOC U-LOC",
            "B_PER E_PER _ S_LOC S_LOC",
            "b-PER i-PER o b-LOC b-LOC",
        ] {
            let found = mentions(tags.split(' '));
            assert_eq!(found, [(0..2, "PER"), (3..4, "LOC"), (4..5, "LOC")], "{tags}");
        }
        assert_eq!(mentions("PER PER O LOC".split(' ')), [(0..2, "PER"), (3..4, "LOC")]);
        assert_eq!(mentions("O I-PER I-LOC".split(' ')), [(1..2, "PER"), (2..3, "LOC")]);
        assert_eq!(mentions(std::iter::empty()), []);
    }
}
