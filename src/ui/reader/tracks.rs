//! Readings of several people beside each other: below the annotations of a line, a row for each person.
//!
//! A row is told apart by its person's name, by the pattern of its bars and by their colour, in this order of weight.

use eframe::egui::epaint::text::FontsView;
use eframe::egui::{Color32, FontId, Rect, pos2, vec2};

use super::decorated::{Decorated, Metrics, TrackBar, TrackName};
use crate::model::Pattern;
use crate::text::Span;
use crate::ui::widgets::shaping::Shaped;

/// The statements of several people about a few places of an article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tracks {
    /// Another number whenever anything below is another, so that layouts know when they are stale.
    pub revision: u64,
    /// One for each person, from top to bottom.
    pub tracks: Vec<Track>,
}

/// The statements of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// The way in which the bars are drawn.
    pub pattern: Pattern,
    /// Their colour, and that of the names' boxes.
    pub color: Color32,
    /// The places that something is said about.
    pub marks: Vec<TrackMark>,
}

/// One thing that is said.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackMark {
    /// Its fragments, in bytes.
    pub at: Vec<Span>,
    /// The statements by person, as it is written under the words.
    pub name: String,
    /// The same in a letter or two, for where there is no room.
    pub short: String,
}

/// One mark on one line.
struct Piece<'a> {
    mark: &'a TrackMark,
    stretches: Vec<(f32, f32)>,
    left: f32,
    right: f32,
    begins: bool,
}

impl Tracks {
    /// Puts the rows of a line below `top`; gives back how many there are.
    pub fn decorate(
        &self,
        fonts: &mut FontsView<'_>,
        decorated: &mut Decorated,
        (shaped, line, start): (&Shaped, usize, u32),
        top: f32,
        metrics: &Metrics,
    ) -> usize {
        let mut rows = 0;
        for track in &self.tracks {
            let mut ends: Vec<f32> = Vec::new();
            let mut pieces: Vec<Piece<'_>> =
                track.marks.iter().filter_map(|mark| piece(mark, shaped, line, start)).collect();
            pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
            for at in 0..pieces.len() {
                let piece = &pieces[at];
                let row = ends.iter().position(|&end| end <= piece.left).unwrap_or(ends.len());
                if row == ends.len() {
                    ends.push(0.0);
                }
                let until = pieces.get(at + 1).map_or(f32::INFINITY, |next| next.left);
                let y = top + (rows + row) as f32 * metrics.track;
                ends[row] = track.piece(fonts, decorated, piece, y, until, metrics);
            }
            rows += ends.len();
        }
        rows
    }
}

impl Track {
    /// Draws one piece; gives back where it ends.
    fn piece(
        &self,
        fonts: &mut FontsView<'_>,
        decorated: &mut Decorated,
        piece: &Piece<'_>,
        y: f32,
        until: f32,
        metrics: &Metrics,
    ) -> f32 {
        let bar = |left: f32, right: f32, connector: bool| TrackBar {
            rect: Rect::from_min_size(pos2(left, y), vec2(right - left, Metrics::BAR)),
            pattern: self.pattern,
            color: self.color,
            connector,
        };
        for &(left, right) in &piece.stretches {
            decorated.track_bars.push(bar(left, right.max(left + 4.0), false));
        }
        for pair in piece.stretches.windows(2) {
            let (left, right) = (pair[0].1.min(pair[1].1), pair[0].0.max(pair[1].0));
            if right - left > 1.0 {
                decorated.track_bars.push(bar(left, right, true));
            }
        }
        if !piece.begins {
            return piece.right + 3.0;
        }
        if !decorated.spoken.is_empty() {
            decorated.spoken.push_str("; ");
        }
        decorated.spoken.push_str(&piece.mark.name);
        let mut written = |text: &str| {
            fonts.layout_no_wrap(text.to_owned(), FontId::proportional(metrics.track_name), Color32::PLACEHOLDER)
        };
        let mut galley = written(&piece.mark.name);
        if piece.left + galley.size().x + 8.0 > until {
            galley = written(&piece.mark.short);
        }
        let pos = pos2(piece.left + 3.0, y + Metrics::BAR + 1.0);
        let end = pos.x + galley.size().x + 6.0;
        decorated.track_names.push(TrackName { pos, galley, color: self.color });
        end.max(piece.right + 3.0)
    }
}

fn piece<'a>(mark: &'a TrackMark, shaped: &Shaped, line: usize, start: u32) -> Option<Piece<'a>> {
    let bytes = shaped.lines[line].bytes.clone();
    let whole = Span::new(start + bytes.start, start + bytes.end);
    let here = mark.at.iter().filter_map(|span| span.intersection(whole));
    let stretches: Vec<(f32, f32)> =
        here.flat_map(|span| shaped.stretches(line, &(span.start - start..span.end - start))).collect();
    let left = stretches.iter().map(|stretch| stretch.0).reduce(f32::min)?;
    let right = stretches.iter().map(|stretch| stretch.1).fold(left, f32::max);
    let begins = mark.at.first().is_some_and(|first| whole.holds(first.start));
    Some(Piece { mark, stretches, left, right, begins })
}
