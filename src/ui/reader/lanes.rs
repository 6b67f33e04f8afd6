//! Bars under the words: which lane each annotation gets on each line, and what is written there.
//!
//! On every line the shortest annotation stands nearest to the words, so that what encloses lies outside. One lane is
//! kept free on every line, so that the first label does not move the text.

use std::ops::Range;

use eframe::egui::epaint::text::FontsView;
use eframe::egui::{Color32, Rect, pos2, vec2};

use super::decorated::{Bar, Decorated, Metrics, Name};
use super::index::BlockMark;
use super::label_style::{LabelStyle, LabelStyles};
use super::tracks::Tracks;
use crate::model::{AnnotationSet, Id, Kind};
use crate::text::Span;
use crate::ui::widgets::shaping::{Shaped, moved};

/// One annotation on one line.
struct Item {
    id: Id,
    look: usize,
    /// Bytes of the whole annotation: the shortest come first.
    length: u32,
    left: f32,
    right: f32,
    pieces: Vec<(f32, f32)>,
    /// True where it begins on this line.
    begins: bool,
}

/// The source of the marks of a block.
pub struct LineDecorator<'a> {
    pub set: &'a AnnotationSet,
    pub tracks: Option<&'a Tracks>,
    pub styles: &'a mut LabelStyles,
    pub metrics: Metrics,
    pub dimmed: Color32,
    pub width: f32,
}

impl LineDecorator<'_> {
    /// Puts bars, names and dimmed zones to the shaped text of the block that begins at `start`.
    pub fn decorate(
        &mut self,
        fonts: &mut FontsView<'_>,
        shaped: &Shaped,
        start: u32,
        marks: &[BlockMark],
    ) -> Decorated {
        let m = self.metrics;
        let end = start + shaped.lines.last().map_or(0, |line| line.bytes.end);
        let mut known: Vec<(BlockMark, usize, u32, u32)> = Vec::with_capacity(marks.len());
        let mut zones: Vec<(usize, Id, Range<u32>)> = Vec::new();
        let mut spoken = String::new();
        let block = Span::new(start, end);
        for &mark in marks {
            let record = self.set.get(mark.id);
            let look = match record {
                Some(record) => self.styles.of(fonts, &record.label),
                None => self.styles.of_role(mark.id),
            };
            let Some(look) = look else { continue };
            let at = record.map_or(std::slice::from_ref(&mark.span), |record| &record.at);
            let (length, first) = (at.iter().map(|span| span.len()).sum(), at.first().map_or(0, |span| span.start));
            for here in at.iter().filter_map(|span| span.intersection(block)) {
                if record.is_some() {
                    if !spoken.is_empty() {
                        spoken.push_str("; ");
                    }
                    spoken.push_str(self.styles.title(look));
                    if here.start != first {
                        spoken.push('…');
                    }
                }
                match self.styles[look].kind {
                    Kind::Zone => zones.push((look, mark.id, here.start - start..here.end - start)),
                    _ => known.push((BlockMark { id: mark.id, span: here }, look, length, first)),
                }
            }
        }
        known.sort_unstable_by_key(|&(mark, _, length, _)| (length, mark.id, mark.span.start));

        let mut decorated = Decorated {
            tops: Vec::with_capacity(shaped.lines.len()),
            row: m.row,
            height: 0.0,
            galley: shaped.galley.clone(),
            bars: Vec::new(),
            names: Vec::new(),
            more: Vec::new(),
            track_bars: Vec::new(),
            track_names: Vec::new(),
            zones: Vec::new(),
            spoken,
        };
        let mut y = 0.0;
        for index in 0..shaped.lines.len() {
            decorated.tops.push(y);
            let items = items(shaped, index, start, &known);
            let depth = self.line(fonts, &mut decorated, &items, y);
            y += m.row + m.lanes(depth) as f32 * m.lane;
            if let Some(tracks) = self.tracks {
                y += tracks.decorate(fonts, &mut decorated, (shaped, index, start), y, &m) as f32 * m.track;
            }
            y += m.gap;
        }
        decorated.height = if shaped.cells.is_empty() { m.blank_height() } else { y + m.paragraph_gap };
        for (look, id, bytes) in &zones {
            let lines = shaped.line_at(bytes.start)..shaped.line_at(bytes.end.saturating_sub(1).max(bytes.start)) + 1;
            let (top, last) = (decorated.tops[lines.start], decorated.tops[lines.end - 1]);
            decorated.zones.push((*look, *id, top, last + m.row));
        }
        let dim: Vec<Range<u32>> = zones.into_iter().map(|(_, _, bytes)| bytes).collect();
        decorated.galley = moved(shaped, &decorated.tops, &dim, self.dimmed);
        decorated
    }

    /// Finds a lane for each item of a line; gives back how many lie over each other.
    fn line(&mut self, fonts: &mut FontsView<'_>, decorated: &mut Decorated, items: &[Item], top: f32) -> usize {
        let m = self.metrics;
        let mut lanes: [Vec<(f32, f32, usize)>; Metrics::LANES] = Default::default();
        let mut left_over: Vec<(f32, f32)> = Vec::new();
        let mut depth = 0;
        for (index, item) in items.iter().enumerate() {
            let free = |lane: &&mut Vec<(f32, f32, usize)>| {
                lane.iter().all(|&(left, right, _)| item.right <= left || right <= item.left)
            };
            match lanes.iter_mut().enumerate().find(|(_, lane)| free(lane)) {
                Some((at, lane)) => {
                    lane.push((item.left, item.right, index));
                    depth = depth.max(at + 1);
                }
                None => left_over.push((item.left, item.right)),
            }
        }
        for (lane, placed) in lanes.iter_mut().enumerate() {
            placed.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            let y = top + m.row + lane as f32 * m.lane;
            for at in 0..placed.len() {
                let item = &items[placed[at].2];
                let until = placed.get(at + 1).map_or(self.width + 24.0, |next| next.0 - 3.0);
                self.bars(decorated, item, lane, top, y);
                if item.begins && m.name_size > 0.0 {
                    self.name(decorated, item, until, y);
                }
            }
        }
        if !left_over.is_empty() {
            depth = Metrics::LANES + 1;
            left_over.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            let y = top + m.row + Metrics::LANES as f32 * m.lane;
            let mut rest = left_over.into_iter().peekable();
            while let Some((left, _)) = rest.next() {
                let mut count = 1;
                while rest.next_if(|&(next, _)| next < left + m.font_size * 2.0).is_some() {
                    count += 1;
                }
                let galley = self.styles.small(fonts, format!("+{count}"));
                decorated.more.push((pos2(left, y), galley));
            }
        }
        depth
    }

    fn bars(&self, decorated: &mut Decorated, item: &Item, lane: usize, top: f32, y: f32) {
        let m = self.metrics;
        let bar = |left: f32, right: f32| Rect::from_min_size(pos2(left, y), vec2(right - left, Metrics::BAR));
        let linked = self.styles.role(item.id).is_some();
        let base = Bar { id: item.id, look: item.look, rect: Rect::NOTHING, fill: None, connector: false, linked };
        for &(left, right) in &item.pieces {
            let fill = Rect::from_min_max(pos2(left - 1.0, top), pos2(right + 1.0, top + m.row));
            let fill = (lane < Metrics::FILLS).then_some(fill);
            decorated.bars.push(Bar { rect: bar(left, right.max(left + 2.0)), fill, ..base });
        }
        for pair in item.pieces.windows(2) {
            let (left, right) = (pair[0].1.min(pair[1].1), pair[0].0.max(pair[1].0));
            if right - left > 1.0 {
                decorated.bars.push(Bar { rect: bar(left, right), connector: true, ..base });
            }
        }
    }

    fn name(&self, decorated: &mut Decorated, item: &Item, until: f32, y: f32) {
        let left = item.pieces.iter().map(|piece| piece.0).fold(f32::INFINITY, f32::min);
        let LabelStyle { name, key, color, .. } = &self.styles[item.look];
        let (mut galley, color, mut boxed) = (name, *color, None);
        let role = self.styles.role(item.id);
        if let Some(role) = role {
            (galley, boxed) = (&role.galley, Some(role.color));
        } else if left + name.size().x > until {
            galley = key;
        }
        let mut pos = pos2(left, y + Metrics::BAR - self.metrics.name_size * 0.02);
        if boxed.is_some() {
            pos.x = pos.x.min(self.width - galley.size().x).max(0.0) + 3.0;
        }
        decorated.names.push(Name { id: item.id, pos, galley: galley.clone(), color, boxed });
    }
}

/// The annotations of a line, the shortest first.
fn items(shaped: &Shaped, line: usize, start: u32, known: &[(BlockMark, usize, u32, u32)]) -> Vec<Item> {
    let bytes = shaped.lines[line].bytes.clone();
    let whole = Span::new(start + bytes.start, start + bytes.end);
    let mut items: Vec<Item> = Vec::new();
    for &(mark, look, length, first) in known {
        let Some(here) = mark.span.intersection(whole) else { continue };
        let pieces = shaped.stretches(line, &(here.start - start..here.end - start));
        let Some(left) = pieces.iter().map(|piece| piece.0).reduce(f32::min) else { continue };
        let right = pieces.iter().map(|piece| piece.1).fold(left, f32::max);
        let begins = mark.span.start == first && whole.holds(first);
        // Fragments of one annotation follow each other here, so that they share a lane and are connected.
        match items.last_mut() {
            Some(last) if last.id == mark.id => {
                last.pieces.extend(pieces);
                (last.left, last.right) = (last.left.min(left - 1.0), last.right.max(right + 1.0));
                last.begins |= begins;
            }
            _ => {
                let right = right.max(left + 9.0) + 1.0;
                items.push(Item { id: mark.id, look, length, left: left - 1.0, right, pieces, begins });
            }
        }
    }
    debug_assert!(items.is_sorted_by_key(|item| item.length));
    items
}
