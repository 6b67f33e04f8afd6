//! Near-duplicates: texts that share most of their wording, such as two sites' copies of one agency report.
//!
//! A text is seen as the set of its runs of five words (shingles). How alike two texts are is the Jaccard index of
//! their sets, estimated by MinHash (A. Z. Broder, "On the resemblance and containment of documents", 1997) with one
//! pass over the text (P. Li, A. Owen, C.-H. Zhang, "One permutation hashing", 2012, with empty bins filled as in A.
//! Shrivastava, "Optimal densification for fast and accurate minwise hashing", 2017). Candidates are found by banding:
//! texts that agree on all rows of some band are compared.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Minima in a signature. The estimate's standard error is at most 1 / (2 √BINS) = 0.0625.
const BINS: usize = 64;
/// Minima in a band: two texts with similarity s share one of the 16 bands with probability 1 - (1 - s⁴)¹⁶,
/// which is 0.63 for 0.5, 0.99 for 0.7 and 0.9999 for 0.8.
const ROWS: usize = 4;
const BANDS: usize = BINS / ROWS;
/// Words in a shingle.
const SHINGLE: usize = 5;
/// Texts of one band that are compared, latest first; more share a band only where one text comes again and again.
const COMPARED: usize = 64;

/// The signature by which near-duplicates are told: 256 bytes for a text of any length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature([u32; BINS]);

/// The signature of `text`. Case, punctuation and white space play no part.
#[must_use]
pub fn signature(text: &str) -> Signature {
    const EMPTY: u32 = u32::MAX;
    let mut bins = [EMPTY; BINS];
    let mut last = [0_u64; SHINGLE];
    let mut words = 0;
    let mut take = |shingle: &[u64]| {
        let hash = shingle.iter().fold(0, |hash, &word| mix(hash ^ word));
        let bin = &mut bins[(hash >> 32) as usize % BINS];
        *bin = (*bin).min((hash as u32).min(EMPTY - 1));
    };
    each_word(text, |word| {
        last.rotate_left(1);
        last[SHINGLE - 1] = word;
        words += 1;
        if words >= SHINGLE {
            take(&last);
        }
    });
    if words < SHINGLE && words > 0 {
        take(&last[SHINGLE - words..]);
    }
    let filled = bins;
    if words > 0 {
        for (at, bin) in bins.iter_mut().enumerate().filter(|(_, bin)| **bin == EMPTY) {
            // Every text tries the same other bins in the same order, so that alike texts borrow alike.
            let mut tries = (1..).map(|attempt: u64| filled[mix(at as u64 ^ attempt << 32) as usize % BINS]);
            *bin = tries.find(|&borrowed| borrowed != EMPTY).unwrap_or(EMPTY);
        }
    }
    Signature(bins)
}

/// Returns the likeness of two texts, 0 to 1: an estimate of the share of their five-word runs that both have.
#[must_use]
pub fn similarity(a: &Signature, b: &Signature) -> f32 {
    a.0.iter().zip(&b.0).filter(|(a, b)| a == b).count() as f32 / BINS as f32
}

/// Signatures of many texts, in which those like another are found without comparing with all.
#[derive(Debug, Clone, Default)]
pub struct SignatureIndex {
    signatures: Vec<Signature>,
    /// The latest text of each band's value.
    latest: HashMap<u64, u32, BuildHasherDefault<Mixed>>,
    /// For each text and band, the text before it with the same value; itself if there is none.
    before: Vec<[u32; BANDS]>,
}

impl SignatureIndex {
    /// Adds a text and returns its number: 0, 1, 2, …
    ///
    /// # Panics
    /// With the 2³²th text.
    pub fn insert(&mut self, signature: Signature) -> usize {
        let number = u32::try_from(self.signatures.len()).expect("an index holds fewer than 2^32 texts");
        let mut before = [number; BANDS];
        for (band, before) in before.iter_mut().enumerate() {
            if let Some(earlier) = self.latest.insert(key(&signature, band), number) {
                *before = earlier;
            }
        }
        self.before.push(before);
        self.signatures.push(signature);
        number as usize
    }

    /// Texts whose similarity to `signature` is at least `threshold`, as (number, similarity), the most alike first.
    ///
    /// Below a threshold of 0.7 some are missed; of many copies of one text not all are named.
    #[must_use]
    pub fn find(&self, signature: &Signature, threshold: f32) -> Vec<(usize, f32)> {
        let mut candidates = Vec::new();
        for band in 0..BANDS {
            let mut next = self.latest.get(&key(signature, band)).copied();
            for _ in 0..COMPARED {
                let Some(number) = next else { break };
                candidates.push(number as usize);
                let before = self.before[number as usize][band];
                next = (before != number).then_some(before);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let compared = candidates.into_iter().map(|at| (at, similarity(&self.signatures[at], signature)));
        let mut found: Vec<_> = compared.filter(|(_, similarity)| *similarity >= threshold).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }
}

/// Passes on keys that [`mix`] has made: to hash them again would take most of the time of a short text.
#[derive(Debug, Clone, Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, &byte| mix(hash ^ u64::from(byte)));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

fn key(signature: &Signature, band: usize) -> u64 {
    let rows = &signature.0[band * ROWS..][..ROWS];
    rows.iter().fold(band as u64, |key, &row| mix(key ^ u64::from(row)))
}

/// Calls `take` with a hash of each word in lower case; in scripts without spaces each letter is a word.
fn each_word(text: &str, mut take: impl FnMut(u64)) {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let mut hash = START;
    for char in text.chars() {
        let is_alone = is_written_without_spaces(char);
        if !is_alone && char.is_alphanumeric() {
            // FNV-1a over code points.
            hash = char.to_lowercase().fold(hash, |hash, c| (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3));
            continue;
        }
        if hash != START {
            take(hash);
            hash = START;
        }
        if is_alone {
            take(u64::from(char));
        }
    }
    if hash != START {
        take(hash);
    }
}

/// Thai, Lao, Burmese, Khmer, kana and Chinese characters.
fn is_written_without_spaces(char: char) -> bool {
    matches!(char, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The finaliser of SplitMix64: every bit of the input bears on every bit of the result.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
