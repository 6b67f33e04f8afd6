//! The seeded generator behind every sampled figure.

/// SplitMix64 (Steele, Lea and Flood 2014): small, fast, and the same figures for the same seed for ever, which a general
/// library of random numbers does not promise across its versions.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator for a seed and a stream: different streams of one seed are independent, so that parallel work does not
    /// depend on who does it.
    pub fn new(seed: u64, stream: u64) -> Random {
        let mut mixer = Random(seed);
        let start = mixer.next_u64();
        Random(start ^ stream.wrapping_mul(0xd134_2543_de82_ef95))
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Uniform in `[0, 1)`.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform in `0..bound`; 0 for an empty range.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next_u64()) * bound as u128) >> 64) as usize
    }

    /// Normal with this mean and standard deviation (Box and Muller 1958).
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        mean + deviation * radius * (std::f64::consts::TAU * self.unit()).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_has_its_mean_and_deviation() {
        let mut random = Random::new(7, 0);
        let draws: Vec<f64> = (0..20_000).map(|_| random.normal(3.0, 2.0)).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / draws.len() as f64;
        assert!((mean - 3.0).abs() < 0.06 && (variance - 4.0).abs() < 0.2, "{mean} {variance}");
    }

    #[test]
    fn bounds_hold_and_streams_differ() {
        let (mut one, mut other) = (Random::new(7, 1), Random::new(7, 2));
        let draws = |random: &mut Random| (0..100).map(|_| random.below(6)).collect::<Vec<_>>();
        let (first, second) = (draws(&mut one), draws(&mut other));
        assert_ne!(first, second);
        assert_eq!(first.iter().copied().max(), Some(5));
    }
}
