//! The height of everything: known for what was laid out, estimated for what was never seen.

use eframe::egui::{FontFamily, FontId, epaint::text::FontsView};

use super::decorated::Metrics;
use super::index::Blocks;
use crate::text::Text;

/// The heights of all blocks, summed in a Fenwick tree: changing one and finding one costs O(log n).
#[derive(Debug, Default)]
pub struct Heights {
    each: Vec<f32>,
    /// Sums in `f64`, since a million points do not fit an `f32` to the pixel.
    tree: Vec<f64>,
}

impl Heights {
    pub fn new(each: Vec<f32>) -> Self {
        let mut tree: Vec<f64> = std::iter::once(0.0).chain(each.iter().map(|&height| f64::from(height))).collect();
        for index in 1..tree.len() {
            let parent = index + (index & index.wrapping_neg());
            if parent < tree.len() {
                tree[parent] += tree[index];
            }
        }
        Self { each, tree }
    }

    pub fn of(&self, block: usize) -> f32 {
        self.each[block]
    }

    pub fn set(&mut self, block: usize, height: f32) {
        let change = f64::from(height) - f64::from(self.each[block]);
        if change == 0.0 {
            return;
        }
        self.each[block] = height;
        let mut index = block + 1;
        while index < self.tree.len() {
            self.tree[index] += change;
            index += index & index.wrapping_neg();
        }
    }

    /// Height of all blocks before `block` together.
    pub fn top(&self, block: usize) -> f64 {
        let (mut index, mut sum) = (block, 0.0);
        while index > 0 {
            sum += self.tree[index];
            index &= index - 1;
        }
        sum
    }

    pub fn total(&self) -> f64 {
        self.top(self.each.len())
    }

    /// The block at height `y`, and how far below its top that is.
    pub fn find(&self, y: f64) -> (usize, f32) {
        let mut rest = y.max(0.0);
        let mut index = 0;
        let mut step = self.tree.len().next_power_of_two() / 2;
        while step > 0 {
            let next = index + step;
            if next < self.tree.len() && self.tree[next] <= rest {
                rest -= self.tree[next];
                index = next;
            }
            step /= 2;
        }
        let last = self.each.len().saturating_sub(1);
        if index > last { (last, self.each[last]) } else { (index, rest as f32) }
    }

    pub fn memory(&self) -> usize {
        self.each.capacity() * 4 + self.tree.capacity() * 8
    }
}

/// The width that each block would have on one line, in units of the font's height.
pub fn natural_widths(text: &Text, blocks: &Blocks, fonts: &mut FontsView<'_>) -> Vec<f32> {
    const SIZE: f32 = 64.0; // Large, so that rounding to pixels does not count.
    let font = FontId::new(SIZE, FontFamily::Proportional);
    // Whole numbers of 1/1024 of the font's height: they are summed far faster.
    let mut latin = [0_u32; 128];
    for (code, width) in latin.iter_mut().enumerate().skip(32) {
        *width = (fonts.glyph_width(&font, code as u8 as char) / SIZE * 1024.0) as u32;
    }
    let width_of = |block: usize| {
        let content = text.slice(blocks.span(text, block));
        let sum: u32 = match content.is_ascii() {
            true => content.bytes().map(|byte| latin[usize::from(byte & 127)]).sum(),
            false => content.chars().map(|c| latin.get(c as usize).copied().unwrap_or_else(|| beyond_latin(c))).sum(),
        };
        sum as f32 / 1024.0
    };
    (0..blocks.len()).map(width_of).collect()
}

/// Rough advance width of a character beyond ASCII, in 1/1024 of the font's height.
fn beyond_latin(c: char) -> u32 {
    match c as u32 {
        0x0300..=0x036f | 0x200b..=0x200f | 0x00ad => 0,
        0x1100..=0x11ff | 0x2e80..=0xa4cf | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x1f300.. => 1024,
        _ => 563,
    }
}

/// Estimated heights: text as if words were wrapped to the letter, less half a word lost at each line's end.
pub fn estimate(text: &Text, blocks: &Blocks, natural: &[f32], metrics: &Metrics, width: f32) -> Vec<f32> {
    let ems = (width / metrics.font_size - 1.6).max(4.0);
    let estimate_one = |block: usize| {
        if blocks.span(text, block).is_empty() {
            return metrics.blank_height();
        }
        let lines =
            if natural[block] * metrics.font_size <= width { 1.0 } else { (natural[block] / ems).ceil().max(2.0) };
        metrics.block_height(lines as usize)
    };
    (0..blocks.len()).map(estimate_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_a_plain_list() {
        let mut plain: Vec<f32> = (0..1000).map(|i| (i % 7) as f32 * 10.5).collect();
        let mut heights = Heights::new(plain.clone());
        for (index, height) in [(3, 99.0), (999, 1.0), (500, 0.0), (3, 12.0)] {
            plain[index] = height;
            heights.set(index, height);
        }
        let top = |block: usize| plain[..block].iter().map(|&h| f64::from(h)).sum::<f64>();
        for block in [0, 1, 3, 4, 500, 501, 999, 1000] {
            assert!((heights.top(block) - top(block)).abs() < 1e-6);
        }
        for block in [1, 4, 499, 502, 999] {
            let (found, rest) = heights.find(top(block) + 0.25);
            assert_eq!((found, rest > 0.2 && rest < 0.3), (block + usize::from(plain[block] == 0.0), true), "{block}");
        }
        assert_eq!(heights.find(1e9).0, 999);
    }
}
