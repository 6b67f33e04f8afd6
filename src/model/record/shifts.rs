//! The distances by which the stretches of a text have moved, where its outline is not known: all marks of a file are looked at
//! together, so that each says for the ones around it where their words stand now.

use std::collections::HashMap;

/// Quotes of at least this many bytes tell more than shorter ones.
const TELLING: usize = 12;
/// The price of a mark whose words do not stand where a distance would have them: a short one, a telling one.
const MISSED: [u32; 2] = [2, 6];
/// The price of another distance than the one before: more than one short mark, less than two of them.
const CHANGED: u32 = 3;
/// Distances that are weighed against each other.
const DISTANCES: usize = 48;
/// Marks that have to agree on a distance.
const AGREED: u32 = 3;
/// Places of one quote that are looked at.
pub(super) const PLACES: usize = 64;
/// Marks of one file that are looked at.
const MARKS: usize = 20_000;

/// The distances of marks whose words stand there: old start and distance, sorted. Of all ways to give each mark a distance, it is
/// the one in which most words fit and the distance changes least (Viterbi 1967). `places` gives where a quote stands now,
/// from the first on, and `stands` says whether it stands at a place.
pub(super) fn shifts<'q>(
    mut marks: Vec<(u32, &'q str)>,
    places: &mut dyn FnMut(&'q str) -> Vec<u32>,
    stands: &dyn Fn(u32, &str) -> bool,
) -> Vec<(u32, i64)> {
    marks.retain(|(_, quote)| !quote.is_empty());
    marks.sort_unstable();
    marks.dedup();
    marks.truncate(MARKS);
    let mut found: HashMap<&str, Vec<u32>> = HashMap::new();
    let mut votes: HashMap<i64, u32> = HashMap::new();
    for &(start, quote) in &marks {
        let now = found.entry(quote).or_insert_with(|| places(quote));
        for at in now.iter().take(PLACES) {
            *votes.entry(i64::from(*at) - i64::from(start)).or_default() += missed(quote);
        }
    }
    let mut distances: Vec<(i64, u32)> = votes.into_iter().filter(|(distance, _)| *distance != 0).collect();
    distances.sort_unstable_by_key(|(distance, votes)| (std::cmp::Reverse(*votes), distance.abs(), *distance));
    distances.truncate(DISTANCES);
    let mut distances: Vec<i64> = distances.into_iter().map(|(distance, _)| distance).chain([0]).collect();
    // Where two are as good, nothing moves, or least.
    distances.sort_unstable_by_key(|distance| (distance.abs(), *distance));
    let at = |start: u32, distance: i64| u32::try_from(i64::from(start) + distance).ok();
    let fits = |(start, quote): (u32, &str), distance: i64| at(start, distance).is_some_and(|at| stands(at, quote));
    let mut prices: Vec<u32> = distances.iter().map(|&distance| if distance == 0 { 0 } else { CHANGED }).collect();
    let mut before: Vec<Vec<u8>> = Vec::with_capacity(marks.len());
    for &mark in &marks {
        let (cheapest, least) = least(&prices);
        let mut from = Vec::with_capacity(distances.len());
        for (index, distance) in distances.iter().enumerate() {
            let stays = prices[index] <= least + CHANGED;
            from.push(if stays { index } else { cheapest } as u8);
            let price = if stays { prices[index] } else { least + CHANGED };
            prices[index] = price + if fits(mark, *distance) { 0 } else { missed(mark.1) };
        }
        before.push(from);
    }
    let (mut index, _) = least(&prices);
    let mut shifts = Vec::new();
    for (mark, from) in marks.iter().zip(&before).rev() {
        if fits(*mark, distances[index]) {
            shifts.push((mark.0, distances[index]));
        }
        index = usize::from(from[index]);
    }
    shifts.reverse();
    each_once(shifts)
}

/// The same without distances that few marks agree on, and without marks whose words would stand where others do: of several at one
/// place the one that moved as most did.
fn each_once(mut shifts: Vec<(u32, i64)>) -> Vec<(u32, i64)> {
    let mut votes: HashMap<i64, u32> = HashMap::new();
    shifts.iter().for_each(|(_, shift)| *votes.entry(*shift).or_default() += 1);
    let place = |&(start, shift): &(u32, i64)| i64::from(start) + shift;
    let mut best: HashMap<i64, i64> = HashMap::new();
    for mark in &shifts {
        let shift = best.entry(place(mark)).or_insert(mark.1);
        if votes[&mark.1] > votes[shift] {
            *shift = mark.1;
        }
    }
    shifts.retain(|mark| best[&place(mark)] == mark.1 && (mark.1 == 0 || votes[&mark.1] >= AGREED));
    shifts.dedup();
    shifts
}

fn missed(quote: &str) -> u32 {
    MISSED[usize::from(quote.len() >= TELLING)]
}

/// The first of the least prices.
fn least(prices: &[u32]) -> (usize, u32) {
    prices.iter().copied().enumerate().min_by_key(|(index, price)| (*price, *index)).unwrap_or((0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(old: &str, words: &[(&str, usize)], new: &str) -> Vec<(u32, i64)> {
        let places = |text: &str, quote: &str| text.match_indices(quote).map(|(at, _)| at as u32).collect::<Vec<_>>();
        let marks = words.iter().map(|(quote, nth)| (places(old, quote)[*nth], *quote)).collect();
        let stands = |at: u32, quote: &str| new.get(at as usize..).is_some_and(|rest| rest.starts_with(quote));
        shifts(marks, &mut |quote| places(new, quote), &stands)
    }

    const OLD: &str = "Raja tiba di Solo. Ratu pergi. Raja pulang ke Tegal, Ratu ke Solo.";
    const MARKS: [(&str, usize); 6] = [("Raja", 0), ("Solo", 0), ("Ratu", 0), ("Raja", 1), ("Tegal", 0), ("Solo", 1)];

    fn distances(new: &str) -> Vec<i64> {
        found(OLD, &MARKS, new).into_iter().map(|(_, distance)| distance).collect()
    }

    #[test]
    fn marks_follow_their_stretch_and_not_the_nearest_equal_word() {
        assert_eq!(distances(OLD), [0; 6]);
        let above = "Ratu dan Raja di Solo, Raja di Tegal.\n";
        assert_eq!(distances(&format!("{above}{OLD}")), [above.len() as i64; 6]);
        let between = OLD.replace("pergi. ", "pergi. Raja, Ratu, Solo, Raja. ");
        assert_eq!(distances(&between), [0, 0, 0, 24, 24, 24]);
        let gone = OLD.replace("Ratu pergi. ", "");
        assert_eq!(distances(&gone), [0, 0, -12, -12, -12]);
        assert_eq!(distances(""), [0; 0]);
    }

    #[test]
    fn few_marks_alone_tell_nothing() {
        assert_eq!(found("Raja tiba", &[("Raja", 0)], "kata Raja tiba"), []);
        let long = [("Raja tiba di Solo", 0), ("Ratu", 1)];
        assert_eq!(found(OLD, &long, &format!("kata {OLD}")), []);
    }
}
