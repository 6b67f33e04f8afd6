//! A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001), trained sentence by sentence with AdaGrad
//! (Duchi, Hazan and Singer 2011). Tag 0 is *outside*; label `n` begins with tag `2n + 1` and goes on with tag `2n + 2`.

use std::ops::Range;

use foldhash::fast::FixedState;

/// Step of AdaGrad.
const RATE: f32 = 0.2;
/// Weight of the square of a feature's weight.
const L2: f32 = 1e-4;
/// The sum of squares that a weight begins with, so that a first small error is not a large step.
const BEGIN: f32 = 0.05;
/// Errors below this teach nothing.
const LEAST: f32 = 1e-3;
/// Scores are divided by this before they become probabilities: one pass over little text is too sure of itself.
const CALIBRATION: f32 = 1.6;

/// The field: weights of features by tag, and of a tag after a tag.
#[derive(Debug, Clone)]
pub(super) struct Crf {
    tags: usize,
    /// The row of a feature, in the order in which features came.
    rows: std::collections::HashMap<u64, u32, FixedState>,
    /// A weight for each row and tag.
    weights: Vec<Weight>,
    /// The same for a tag after a tag, row by row of the first.
    after: Vec<Weight>,
}

/// A weight while it is learned.
#[derive(Debug, Clone, Copy)]
struct Weight {
    now: f32,
    /// The sum of squares of its errors.
    squares: f32,
}

impl Weight {
    const NONE: Self = Self { now: 0.0, squares: BEGIN };

    /// One step of AdaGrad against an error.
    fn step(&mut self, error: f32) {
        let error = error + L2 * self.now;
        self.squares += error * error;
        self.now -= RATE * error / self.squares.sqrt();
    }
}

/// The features of the tokens of a sentence, as rows of the field.
#[derive(Debug, Clone, Default)]
pub(super) struct Sequence {
    rows: Vec<u32>,
    ends: Vec<u32>,
}

impl Sequence {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn at(&self, token: usize) -> &[u32] {
        let from = if token == 0 { 0 } else { self.ends[token - 1] as usize };
        &self.rows[from..self.ends[token] as usize]
    }
}

/// The result of forward and backward: `scale` of each token, and the probabilities before and after it.
struct Passes {
    node: Vec<f32>,
    forward: Vec<f32>,
    backward: Vec<f32>,
    scale: Vec<f32>,
    edge: Vec<f32>,
}

/// A stretch that has a label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub tokens: Range<usize>,
    pub label: usize,
    /// The probability that just this stretch has just this label.
    pub probability: f32,
}

fn is_inside(tag: usize) -> bool {
    tag > 0 && tag.is_multiple_of(2)
}

/// True where a tag may stand after another: what goes on has begun.
fn may_follow(before: usize, tag: usize) -> bool {
    !is_inside(tag) || before == tag || before + 1 == tag
}

impl Crf {
    pub fn new(labels: usize) -> Self {
        let tags = 2 * labels + 1;
        Self { tags, rows: Default::default(), weights: Vec::new(), after: vec![Weight::NONE; tags * tags] }
    }

    /// The rows of a sentence's features; new ones get one.
    pub fn sequence<'a>(&mut self, tokens: impl Iterator<Item = &'a [u64]>) -> Sequence {
        let mut sequence = Sequence::default();
        for features in tokens {
            for &feature in features {
                let next = self.rows.len() as u32;
                let row = *self.rows.entry(feature).or_insert(next);
                if row == next {
                    self.weights.resize(self.weights.len() + self.tags, Weight::NONE);
                }
                sequence.rows.push(row);
            }
            sequence.ends.push(sequence.rows.len() as u32);
        }
        sequence
    }

    /// The same, without what was never seen.
    pub fn known<'a>(&self, tokens: impl Iterator<Item = &'a [u64]>) -> Sequence {
        let mut sequence = Sequence::default();
        for features in tokens {
            sequence.rows.extend(features.iter().filter_map(|feature| self.rows.get(feature)));
            sequence.ends.push(sequence.rows.len() as u32);
        }
        sequence
    }

    fn scores(&self, sequence: &Sequence) -> Vec<f32> {
        let mut scores = vec![0.0; sequence.len() * self.tags];
        for (token, scores) in scores.chunks_exact_mut(self.tags).enumerate() {
            for &row in sequence.at(token) {
                let from = row as usize * self.tags;
                for (score, weight) in scores.iter_mut().zip(&self.weights[from..from + self.tags]) {
                    *score += weight.now;
                }
            }
        }
        scores
    }

    fn passes(&self, sequence: &Sequence, divisor: f32) -> Passes {
        let (tags, count) = (self.tags, sequence.len());
        let mut node = self.scores(sequence);
        for scores in node.chunks_exact_mut(tags) {
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            for score in scores {
                *score = ((*score - most) / divisor).exp();
            }
        }
        let mut edge = vec![0.0; tags * tags];
        for (at, weight) in self.after.iter().enumerate() {
            if may_follow(at / tags, at % tags) {
                edge[at] = (weight.now / divisor).exp();
            }
        }
        let (mut forward, mut backward) = (vec![0.0_f32; count * tags], vec![0.0_f32; count * tags]);
        let mut scale = vec![1.0_f32; count];
        for token in 0..count {
            for tag in 0..tags {
                let before: f32 = match token {
                    0 => f32::from(u8::from(!is_inside(tag))),
                    _ => (0..tags).map(|from| forward[(token - 1) * tags + from] * edge[from * tags + tag]).sum(),
                };
                forward[token * tags + tag] = before * node[token * tags + tag];
            }
            let sum: f32 = forward[token * tags..(token + 1) * tags].iter().sum();
            scale[token] = sum.max(f32::MIN_POSITIVE);
            forward[token * tags..(token + 1) * tags].iter_mut().for_each(|it| *it /= scale[token]);
        }
        backward[(count - 1) * tags..].fill(1.0);
        for token in (0..count - 1).rev() {
            for tag in 0..tags {
                let next = (token + 1) * tags;
                let after: f32 =
                    (0..tags).map(|to| edge[tag * tags + to] * node[next + to] * backward[next + to]).sum();
                backward[token * tags + tag] = after / scale[token + 1];
            }
        }
        Passes { node, forward, backward, scale, edge }
    }

    /// Learns the tags of one sentence.
    pub fn learn(&mut self, sequence: &Sequence, gold: &[usize]) {
        if gold.is_empty() {
            return;
        }
        let tags = self.tags;
        let passes = self.passes(sequence, 1.0);
        let mut errors = vec![0.0_f32; tags];
        for (token, &right) in gold.iter().enumerate() {
            for (tag, error) in errors.iter_mut().enumerate() {
                *error = passes.forward[token * tags + tag] * passes.backward[token * tags + tag];
            }
            errors[right] -= 1.0;
            if errors.iter().all(|error| error.abs() < LEAST) {
                continue;
            }
            for &row in sequence.at(token) {
                let from = row as usize * tags;
                for (weight, &error) in self.weights[from..from + tags].iter_mut().zip(&errors) {
                    if error.abs() >= LEAST {
                        weight.step(error);
                    }
                }
            }
        }
        let mut expected = vec![0.0_f32; tags * tags];
        for token in 1..gold.len() {
            let (before, here) = ((token - 1) * tags, token * tags);
            for from in 0..tags {
                let begun = passes.forward[before + from] / passes.scale[token];
                for to in 0..tags {
                    let after = passes.node[here + to] * passes.backward[here + to];
                    expected[from * tags + to] += begun * passes.edge[from * tags + to] * after;
                }
            }
            expected[gold[token - 1] * tags + gold[token]] -= 1.0;
        }
        for (weight, &error) in self.after.iter_mut().zip(&expected) {
            if error.abs() >= LEAST {
                weight.step(error);
            }
        }
    }

    /// The best tags of a sentence, as stretches with their probability.
    pub fn find(&self, sequence: &Sequence) -> Vec<Found> {
        if sequence.len() == 0 {
            return Vec::new();
        }
        let best = self.best(sequence);
        if best.iter().all(|&tag| tag == 0) {
            return Vec::new();
        }
        let passes = self.passes(sequence, CALIBRATION);
        let mut found = Vec::new();
        let mut token = 0;
        while token < best.len() {
            let begun = best[token];
            let mut end = token + 1;
            if begun > 0 {
                while end < best.len() && best[end] == begun + 1 {
                    end += 1;
                }
                let probability = self.probability(&passes, token..end, begun);
                found.push(Found { tokens: token..end, label: begun / 2, probability });
            }
            token = end;
        }
        found
    }

    /// The probability that a label begins with the first of these tokens and ends with the last.
    fn probability(&self, passes: &Passes, tokens: Range<usize>, begun: usize) -> f32 {
        let tags = self.tags;
        let inside = begun + 1;
        let mut probability = passes.forward[tokens.start * tags + begun];
        let mut last = begun;
        for token in tokens.start + 1..tokens.end {
            probability *= passes.edge[last * tags + inside] * passes.node[token * tags + inside] / passes.scale[token];
            last = inside;
        }
        if tokens.end < passes.scale.len() {
            let next = tokens.end * tags;
            let others = (0..tags).filter(|tag| *tag != inside);
            let after: f32 = others
                .map(|tag| passes.edge[last * tags + tag] * passes.node[next + tag] * passes.backward[next + tag])
                .sum();
            probability *= after / passes.scale[tokens.end];
        }
        probability.clamp(0.0, 1.0)
    }

    /// The best path (Viterbi 1967).
    fn best(&self, sequence: &Sequence) -> Vec<usize> {
        let (tags, count) = (self.tags, sequence.len());
        let scores = self.scores(sequence);
        let mut best = vec![f32::MIN; count * tags];
        let mut from_where = vec![0_usize; count * tags];
        for tag in (0..tags).filter(|tag| !is_inside(*tag)) {
            best[tag] = scores[tag];
        }
        for token in 1..count {
            for tag in 0..tags {
                for before in (0..tags).filter(|before| may_follow(*before, tag)) {
                    let score = best[(token - 1) * tags + before] + self.after[before * tags + tag].now;
                    if score > best[token * tags + tag] {
                        best[token * tags + tag] = score;
                        from_where[token * tags + tag] = before;
                    }
                }
                best[token * tags + tag] += scores[token * tags + tag];
            }
        }
        let last = &best[(count - 1) * tags..];
        let mut tag = (0..tags).max_by(|a, b| last[*a].total_cmp(&last[*b]).then(b.cmp(a))).unwrap_or(0);
        let mut path = vec![tag; count];
        for token in (1..count).rev() {
            tag = from_where[token * tags + tag];
            path[token - 1] = tag;
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_learned_and_probabilities_add_up() {
        // Feature 1 begins a label, 2 goes on, 9 is nothing.
        let sentences: [(&[u64], &[usize]); 3] =
            [(&[9, 1, 2, 9], &[0, 1, 2, 0]), (&[1, 9, 9], &[1, 0, 0]), (&[9, 9, 1, 2, 2], &[0, 0, 1, 2, 2])];
        let mut crf = Crf::new(1);
        for _ in 0..20 {
            for (features, gold) in sentences {
                let sequence = crf.sequence(features.iter().map(std::slice::from_ref));
                crf.learn(&sequence, gold);
            }
        }
        let features: &[u64] = &[1, 2, 9, 77, 1];
        let sequence = crf.known(features.iter().map(std::slice::from_ref));
        let found = crf.find(&sequence);
        assert_eq!(found.iter().map(|it| it.tokens.clone()).collect::<Vec<_>>(), [0..2, 4..5]);
        assert!(found.iter().all(|it| it.probability > 0.5 && it.label == 0), "{found:?}");
        let passes = crf.passes(&sequence, 1.0);
        for token in 0..5 {
            let sum: f32 = (0..3).map(|tag| passes.forward[token * 3 + tag] * passes.backward[token * 3 + tag]).sum();
            assert!((sum - 1.0).abs() < 1e-3, "{sum}");
        }
    }
}
