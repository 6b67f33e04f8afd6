//! Bars under the words: which lane each annotation gets on each line, and what is written there.
//!
//! On every line the shortest annotation stands nearest to the words, so that what encloses lies outside. All lines are of
//! one height, labelled or not: nothing that is marked moves the text. Names stand where there is room for them.

use std::ops::Range;

use eframe::egui::epaint::text::FontsView;
use eframe::egui::{Rect, pos2, vec2};

use super::decorated::{Bar, Decorated, Metrics, Name};
use super::index::BlockMark;
use super::label_style::LabelStyles;
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
            spoken: String::new(),
        };
        let mut y = 0.0;
        for index in 0..shaped.lines.len() {
            decorated.tops.push(y);
            let items = items(shaped, index, start, &known);
            self.line(fonts, &mut decorated, &items, y);
            y += m.line;
            if let Some(tracks) = self.tracks {
                y += tracks.decorate(fonts, &mut decorated, (shaped, index, start), y, &m) as f32 * m.track;
            }
        }
        decorated.height = if shaped.cells.is_empty() { m.blank_height() } else { y + m.paragraph_gap };
        for (look, id, bytes) in &zones {
            let lines = shaped.line_at(bytes.start)..shaped.line_at(bytes.end.saturating_sub(1).max(bytes.start)) + 1;
            let (top, last) = (decorated.tops[lines.start], decorated.tops[lines.end - 1]);
            decorated.zones.push((*look, *id, top, last + m.row));
        }
        // The words of a zone have its colour: an advert's is weak, and a headline's that of the text.
        let dim: Vec<_> = zones.into_iter().map(|(look, _, bytes)| (bytes, self.styles[look].color)).collect();
        decorated.galley = moved(shaped, &decorated.tops, &dim);
        decorated
    }

    /// Finds a lane for each item of a line, and room for the names.
    fn line(&mut self, fonts: &mut FontsView<'_>, decorated: &mut Decorated, items: &[Item], top: f32) {
        let m = self.metrics;
        let mut lanes: Vec<Vec<(f32, f32, usize)>> = vec![Vec::new(); if items.is_empty() { 0 } else { m.lanes }];
        let mut left_over: Vec<(f32, f32)> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let free = |lane: &&mut Vec<(f32, f32, usize)>| {
                lane.iter().all(|&(left, right, _)| item.right <= left || right <= item.left)
            };
            match lanes.iter_mut().find(free) {
                Some(lane) => lane.push((item.left, item.right, index)),
                None => left_over.push((item.left, item.right)),
            }
        }
        for (lane, placed) in lanes.iter().enumerate() {
            let y = top + m.lanes_top + lane as f32 * m.lane;
            for &(.., item) in placed {
                self.bars(decorated, &items[item], lane, top, y);
            }
        }
        if m.name_size > 0.0 {
            self.names(fonts, decorated, items, &lanes, top);
        }
        left_over.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut rest = left_over.into_iter().peekable();
        while let Some((left, _)) = rest.next() {
            let mut count = 1;
            while rest.next_if(|&(next, _)| next < left + m.font_size * 2.0).is_some() {
                count += 1;
            }
            let galley = self.styles.small(fonts, format!("+{count}"));
            decorated.more.push((pos2(left, top + m.line - galley.size().y), galley));
        }
    }

    /// Writes the roles of the open frame, and the names of labels where there is room: beside each other on one row.
    fn names(
        &mut self,
        fonts: &mut FontsView<'_>,
        decorated: &mut Decorated,
        items: &[Item],
        lanes: &[Vec<(f32, f32, usize)>],
        top: f32,
    ) {
        let m = self.metrics;
        // The stretches of the row that are taken.
        let mut taken: Vec<(f32, f32)> =
            lanes.iter().skip(m.lanes_above_names).flatten().map(|&(left, right, _)| (left, right)).collect();
        let mut roles: Vec<(f32, f32)> = Vec::new();
        let mut begun: Vec<&Item> = items.iter().filter(|item| item.begins).collect();
        begun.sort_by(|a, b| a.left.total_cmp(&b.left));
        for item in &begun {
            let Some(role) = self.styles.role(item.id) else { continue };
            let after = roles.last().map_or(0.0, |last| last.1 + 8.0);
            let width = role.galley.size().x;
            let left = item.left.max(after).min(self.width - width - 3.0).max(after) + 3.0;
            let (galley, color, pos) = (role.galley.clone(), role.color, pos2(left, top + m.names_top));
            decorated.names.push(Name { id: item.id, pos, galley, color, boxed: Some(color) });
            roles.push((left - 3.0, left + width + 3.0));
        }
        taken.extend(roles);
        let nearest = |item: &&Item| {
            let lanes = lanes.iter().take(m.lanes_above_names);
            self.styles.role(item.id).is_none()
                && lanes.flatten().any(|&(.., index)| std::ptr::eq(&items[index], *item))
        };
        let named: Vec<&Item> = begun.iter().copied().filter(|item| m.names && nearest(item)).collect();
        let mut free = 0.0_f32;
        for (at, item) in named.iter().enumerate() {
            // One that begins with another has its name after that one's, as long as that is under its own words.
            let left = item.left.max(free);
            let next = named[at..].iter().map(|next| next.left).find(|&next| next > item.left);
            let busy = taken.iter().filter(|(_, right)| *right > left).map(|(left, _)| *left);
            let until = busy.fold(next.unwrap_or(self.width + 24.0), f32::min);
            let galley = self.styles.fitting(fonts, item.look, until - 4.0 - left).filter(|_| left < item.right);
            let Some(galley) = galley else { continue };
            free = left + galley.size().x + 6.0;
            let (color, pos) = (self.styles[item.look].color, pos2(left + 1.0, top + m.names_top));
            decorated.names.push(Name { id: item.id, pos, galley, color, boxed: None });
        }
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
