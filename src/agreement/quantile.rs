//! The normal law and Student's, as far as intervals need them.

/// The 97.5th percentile of the normal law.
pub const NORMAL: f64 = 1.959_963_984_540_054;

/// The share of the normal law below `z`, to seven digits (Abramowitz and Stegun 1964, 26.2.17).
#[must_use]
pub fn normal_below(z: f64) -> f64 {
    const TERMS: [f64; 5] = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let density = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
    let tail = density * TERMS.iter().rev().fold(0.0, |sum, term| (sum + term) * t);
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// The 97.5th percentile of Student's law with so many degrees of freedom, to three digits from four on (Abramowitz and
/// Stegun 1964, 26.7.5).
#[must_use]
pub fn student(freedom: f64) -> f64 {
    let z = NORMAL;
    let powers: [f64; 5] = [z, z.powi(3), z.powi(5), z.powi(7), z.powi(9)];
    let term = |weights: [f64; 5], over: f64| weights.iter().zip(powers).map(|(w, p)| w * p).sum::<f64>() / over;
    z + term([1.0, 1.0, 0.0, 0.0, 0.0], 4.0 * freedom)
        + term([3.0, 16.0, 5.0, 0.0, 0.0], 96.0 * freedom.powi(2))
        + term([-15.0, 17.0, 19.0, 3.0, 0.0], 384.0 * freedom.powi(3))
        + term([-945.0, -1920.0, 1482.0, 776.0, 79.0], 92_160.0 * freedom.powi(4))
}

/// Limits between which a share lies that was seen as `share` among `items` that don't depend on each other: the score
/// interval of Wilson (1927), which does not shrink to nothing where all items are alike.
#[must_use]
pub fn wilson(share: f64, items: f64) -> (f64, f64) {
    let (share, square) = (share.clamp(0.0, 1.0), NORMAL * NORMAL);
    let middle = (share + square / (2.0 * items)) / (1.0 + square / items);
    let spread = (share * (1.0 - share) / items + square / (4.0 * items * items)).sqrt();
    let half = NORMAL * spread / (1.0 + square / items);
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_the_textbooks() {
        for (z, share) in [(-3.0, 0.001_35), (-1.0, 0.158_66), (0.0, 0.5), (1.96, 0.975)] {
            assert!((normal_below(z) - share).abs() < 1e-5, "{z}");
        }
        for (freedom, percentile) in [(4.0, 2.776), (9.0, 2.262), (19.0, 2.093), (99.0, 1.984)] {
            assert!((student(freedom) - percentile).abs() < 1e-3, "{freedom}: {}", student(freedom));
        }
    }

    #[test]
    fn wilson_at_its_ends_and_in_the_middle() {
        // z² ÷ (n + z²) where nothing was seen, and Newcombe's (1998) example of 81 in 263: 0.2553 to 0.3662.
        assert!((wilson(0.0, 20.0).1 - 0.1611).abs() < 1e-4 && wilson(1.0, 20.0).1 == 1.0);
        let (low, high) = wilson(81.0 / 263.0, 263.0);
        assert!((low - 0.2553).abs() < 1e-4 && (high - 0.3662).abs() < 1e-4, "{low} {high}");
    }
}
