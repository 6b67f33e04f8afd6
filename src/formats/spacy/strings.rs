//! spaCy's strings: each is known by a number, the hash of its bytes or its place in a list of reserved words.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The reserved words in the order of their numbers, from 0, which is the empty string (spaCy 3, `spacy.symbols`).
const RESERVED: &str = include_str!("symbols.txt");

static NUMBERS: LazyLock<HashMap<&str, u64>> = LazyLock::new(|| RESERVED.lines().zip(0..).collect());

/// The number that spaCy's `StringStore` gives a string.
pub(super) fn number(text: &str) -> u64 {
    NUMBERS.get(text).copied().unwrap_or_else(|| murmur64a(text.as_bytes(), 1))
}

/// The reserved word of this number.
pub(super) fn reserved(number: u64) -> Option<&'static str> {
    // Numbers of words that are not reserved are hashes, far beyond the list.
    let at = usize::try_from(number).ok().filter(|at| *at < 1000)?;
    RESERVED.lines().nth(at)
}

/// `MurmurHash64A` (A. Appleby, public domain), reading little-endian words on every machine.
fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (blocks, rest) = bytes.as_chunks::<8>();
    for block in blocks {
        let mut k = u64::from_le_bytes(*block).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> R)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spacys() {
        // As `spacy.strings.StringStore` of spaCy 3.8 gives them.
        for (text, expected) in [
            ("", 0),
            ("ORTH", 65),
            ("PERSON", 380),
            ("person", 0xcd65_f31a_e85f_60d0),
            ("12345678", 0x8900_6016_6fad_afa0),
            ("a longer string of words é 🛬", 0xf09e_7033_ce5d_f382),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
        assert_eq!(reserved(380), Some("PERSON"));
        assert_eq!(reserved(456), Some("_"));
        assert_eq!(reserved(457), None);
    }
}
