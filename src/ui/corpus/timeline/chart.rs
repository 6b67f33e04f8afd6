//! The timeline, painted: axis, articles, lanes with bars, trips without a date, and the strip of all time.

use eframe::egui::{self, Align2, Color32, FontId, Painter, Rect, Sense, Shape, Stroke, StrokeKind, pos2, vec2};

use super::axis;
use super::bars::Bar;
use super::state::{Period, Timeline, ends};
use crate::t;
use crate::ui::commands::{Command, CorpusCommand, TimelineCommand};
use crate::ui::corpus::signs::StateSign;
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;

/// The height of the axis, of a row, and of the strip of all time, points.
const AXIS: f32 = 76.0;
const ROW: f32 = 32.0;
const STRIP: f32 = 34.0;
const BAR: f32 = 14.0;
/// Below this height, points, there is place for axis and lanes only.
pub const LOW: f32 = 200.0;

/// The timeline in a frame.
struct Chart<'a> {
    ui: &'a egui::Ui,
    line: &'a Timeline,
    theme: &'a Theme,
    color: Color32,
    period: Period,
    /// The place of the axis, and of lanes below it.
    axis: Rect,
    lanes: Rect,
    /// The left edge of time.
    left: f32,
    offset: f32,
    fonts: [FontId; 2],
}

/// Shows it; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, line: &mut Timeline, theme: &Theme, color: Color32, commands: &mut Vec<Command>) {
    let all = ui.available_rect_before_wrap();
    let head = (all.width() * 0.2).clamp(84.0, 190.0);
    line.width = all.width() - head;
    if line.period.is_none() {
        line.usual();
    }
    if line.unseen {
        line.bring();
    }
    line.pack();
    let mut bottom = all.bottom();
    if all.height() >= LOW {
        let tray = tray(ui, line, theme, all, commands);
        bottom = tray.top() - STRIP;
        let place = Rect::from_x_y_ranges(all.x_range(), bottom..=tray.top());
        strip(ui, line, theme, color, place, head);
    }
    let axis_place = Rect::from_min_size(all.min, vec2(all.width(), AXIS));
    let lanes = axis_place.bottom()..=bottom.max(axis_place.bottom());
    let place = Rect::from_x_y_ranges(all.x_range(), lanes);
    let Some(period) = line.period else { return };
    input(ui, line, place.union(axis_place), head, commands);
    let rows = line.packed.as_ref().and_then(|packed| packed.lanes.last()).copied().unwrap_or(0);
    let mut area = egui::ScrollArea::vertical()
        .id_salt("timeline")
        .auto_shrink([false, false])
        .scroll_source(egui::scroll_area::ScrollSource::SCROLL_BAR);
    if std::mem::take(&mut line.unseen)
        && let Some(row) = line.packed.as_ref().and_then(|packed| packed.rows.get(line.at))
    {
        let top = *row as f32 * ROW;
        area = area.vertical_scroll_offset((top - place.height() * 0.5).max(0.0));
    }
    let scope = egui::UiBuilder::new().max_rect(place);
    let scrolled =
        ui.scope_builder(scope, |ui| area.show(ui, |ui| ui.allocate_space(vec2(10.0, rows as f32 * ROW)))).inner;
    let fonts = [egui::TextStyle::Body.resolve(ui.style()), FontId::proportional(11.0)];
    let chart = Chart {
        ui,
        line,
        theme,
        color,
        period,
        axis: axis_place,
        lanes: scrolled.inner_rect,
        left: all.left() + head,
        offset: scrolled.state.clamped_offset().y,
        fonts,
    };
    chart.grid();
    chart.bars(commands);
    chart.lane_heads();
}

/// Zooms, pans, and draws a period.
fn input(ui: &egui::Ui, line: &mut Timeline, place: Rect, head: f32, commands: &mut Vec<Command>) {
    let time = Rect::from_min_max(place.min + vec2(head, 0.0), place.max);
    let response = ui.interact(time, ui.scope_id().with("time"), Sense::drag());
    let Some(period) = line.period else { return };
    let day = |x: f32| period.from + f64::from(x - time.left()) / period.per_day;
    if let Some(pointer) = response.hover_pos().filter(|_| response.contains_pointer()) {
        let scrolled = ui.input(egui::InputState::smooth_scroll_delta);
        if scrolled.y != 0.0 {
            let share = f64::from((pointer.x - time.left()) / time.width().max(1.0));
            line.zoom(f64::from(scrolled.y / 300.0).exp(), share);
        } else if scrolled.x != 0.0 {
            line.pan(-scrolled.x);
        }
    }
    let shift = ui.input(|input| input.modifiers.shift);
    if response.drag_started() && shift {
        line.drawn = response.interact_pointer_pos().map(|pos| day(pos.x));
    }
    if let (Some(begun), Some(pos)) = (line.drawn, response.interact_pointer_pos()) {
        if response.drag_stopped() {
            line.drawn = None;
            let (one, other) = (begun.floor() as i64, day(pos.x).floor() as i64);
            commands.push(CorpusCommand::Timeline(TimelineCommand::Within(one.min(other), one.max(other))).into());
        }
    } else if response.dragged() {
        line.pan(-response.drag_delta().x);
    }
    if !response.dragged() && !response.drag_stopped() {
        line.drawn = None;
    }
}

/// Trips without a date lie below; gives the place that they take.
fn tray(ui: &mut egui::Ui, line: &Timeline, theme: &Theme, all: Rect, commands: &mut Vec<Command>) -> Rect {
    if line.bars.undated.is_empty() {
        return Rect::from_min_max(all.left_bottom(), all.right_bottom());
    }
    let height = 62.0_f32.min(all.height() * 0.3);
    let place = Rect::from_min_max(pos2(all.left(), all.bottom() - height), all.max);
    ui.painter().hline(place.x_range(), place.top(), Stroke::new(1.0, theme.weak));
    ui.scope_builder(egui::UiBuilder::new().max_rect(place.shrink2(vec2(12.0, 4.0))), |ui| {
        ui.weak(t!("timeline-undated", count = line.bars.undated.len()));
        egui::ScrollArea::horizontal().id_salt("undated").show(ui, |ui| {
            ui.horizontal(|ui| {
                // Keys and the table find those that lie further on.
                for (at, bar) in line.bars.undated.iter().enumerate().take(100) {
                    let at = line.bars.bars.len() + at;
                    let title = format!("{} · {}", bar.title, bar.when);
                    let chip = ui.selectable_label(line.at == at, title);
                    if chip.clicked() {
                        commands.push(CorpusCommand::Timeline(TimelineCommand::At(at)).into());
                    }
                    if line.unseen && line.at == at {
                        chip.scroll_to_me(None);
                    }
                }
            });
        });
    });
    place
}

/// All of time, with the period that is shown in a frame that can be dragged.
fn strip(ui: &egui::Ui, line: &mut Timeline, theme: &Theme, color: Color32, place: Rect, head: f32) {
    let (Some((first, last)), Some(period)) = (line.bars.span, line.period) else { return };
    let painter = ui.painter().with_clip_rect(place.intersect(ui.clip_rect()));
    painter.rect_filled(place, 0.0, theme.panel);
    let time = Rect::from_min_max(place.min + vec2(head, 3.0), place.max - vec2(12.0, 3.0));
    let days = ((last - first).max(14) as f32) * 1.04;
    let x = |day: f64| time.left() + (day - first as f64) as f32 / days * time.width();
    let small = FontId::proportional(11.0);
    let years = t!("timeline-years", from = axis::day_of(first).year(), until = axis::day_of(last).year());
    painter.text(pos2(place.left() + 12.0, place.center().y), Align2::LEFT_CENTER, years, small, theme.weak);
    painter.hline(time.x_range(), time.bottom() - 4.0, Stroke::new(1.0, theme.weak));
    // However many trips begin at one point, it is drawn once.
    let mut drawn = std::collections::HashSet::new();
    for bar in &line.bars.bars {
        let day = ends(bar).0 as f64;
        if !drawn.insert(x(day).round() as i32) {
            continue;
        }
        painter.vline(x(day), time.bottom() - 14.0..=time.bottom() - 4.0, Stroke::new(2.0, color));
    }
    let shown = f64::from(line.width) / period.per_day;
    let frame = Rect::from_x_y_ranges(
        x(period.from).max(time.left() - 4.0)..=x(period.from + shown).min(time.right() + 4.0),
        time.top()..=time.bottom(),
    );
    painter.rect_stroke(frame, 3.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    let response = ui.interact(time, ui.scope_id().with("strip"), Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, t!("timeline-period")));
    if let Some(pos) = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged()) {
        let day = first as f64 + f64::from((pos.x - time.left()) / time.width() * days);
        line.period = Some(Period { from: day - shown / 2.0, ..period });
    }
}

impl Chart<'_> {
    fn x(&self, day: f64) -> f32 {
        self.left + ((day - self.period.from) * self.period.per_day) as f32
    }

    fn right(&self) -> f32 {
        self.lanes.right()
    }

    /// Paints right of the names of lanes.
    fn time(&self, place: Rect) -> Painter {
        let clip = Rect::from_x_y_ranges(self.left..=self.right(), place.y_range());
        self.ui.painter().with_clip_rect(clip.intersect(self.ui.clip_rect()))
    }

    /// The lines of years and months, and those of articles.
    fn grid(&self) {
        let (theme, [body, small]) = (self.theme, self.fonts.clone());
        let all = self.time(self.axis.union(self.lanes));
        let days = f64::from(self.right() - self.left) / self.period.per_day;
        let (from, until) = (self.period.from.floor() as i64, (self.period.from + days).ceil() as i64);
        for mark in axis::marks(from, until, self.period.per_day as f32) {
            let x = self.x(mark.day as f64).round() + 0.5;
            let (top, stroke) = match mark.year {
                true => (self.axis.top() + 6.0, Stroke::new(1.0, theme.weak)),
                false => (self.axis.top() + 28.0, Stroke::new(1.0, theme.line)),
            };
            all.vline(x, top..=self.lanes.bottom(), stroke);
            let (font, ink) = if mark.year { (body.clone(), theme.text) } else { (small.clone(), theme.weak) };
            all.text(pos2(x + 5.0, top), Align2::LEFT_TOP, mark.title, font, ink);
        }
        let (mut taken, mut drawn) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
        for (day, id) in &self.line.bars.articles {
            let x = self.x(*day as f64 + 0.5);
            if x < self.left - 40.0 || x > self.right() + 40.0 {
                continue;
            }
            // Of articles that nothing tells apart, as those of one day, the first one is drawn.
            if x - drawn < 2.0 {
                continue;
            }
            drawn = x;
            let tip = pos2(x, self.axis.bottom() - 2.0);
            let triangle = vec![tip, tip + vec2(-5.0, -8.0), tip + vec2(5.0, -8.0)];
            all.add(Shape::convex_polygon(triangle, theme.weak, Stroke::NONE));
            all.extend(Shape::dotted_line(&[tip, pos2(x, self.lanes.bottom())], theme.weak, 6.0, 0.7));
            let name = all.layout_no_wrap(id.clone(), small.clone(), theme.weak);
            let left = (x - name.size().x / 2.0).max(taken + 4.0);
            // Names that would lie far from their sign are left out.
            if left - x < 24.0 {
                taken = left + name.size().x;
                all.galley(pos2(left, tip.y - 11.0 - name.size().y), name, theme.weak);
            }
        }
        self.ui.painter().hline(self.axis.x_range(), self.axis.bottom(), Stroke::new(1.0, theme.weak));
    }

    fn bars(&self, commands: &mut Vec<Command>) {
        let Some(packed) = &self.line.packed else { return };
        for (at, bar) in self.line.bars.bars.iter().enumerate() {
            let Some(row) = packed.rows.get(at) else { continue };
            let middle = self.lanes.top() + (*row as f32 + 0.5) * ROW - self.offset;
            if middle < self.lanes.top() - ROW || middle > self.lanes.bottom() + ROW {
                continue;
            }
            if self.bar(at, bar, middle).clicked() {
                commands.push(CorpusCommand::Timeline(TimelineCommand::At(at)).into());
            }
        }
    }

    /// A bar with its words; beyond an edge of the period it is an arrow there.
    fn bar(&self, at: usize, bar: &Bar, middle: f32) -> egui::Response {
        let painter = self.time(self.lanes);
        let (from, until) = ends(bar);
        let least = if bar.from_vague && bar.until_vague {
            28.0
        } else if bar.from_vague || bar.until_vague {
            18.0
        } else {
            10.0
        };
        let (mut left, mut right) = (self.x(from as f64), self.x(until as f64 + 1.0));
        if right - left < least {
            let center = (left + right) / 2.0;
            (left, right) = (center - least / 2.0, center + least / 2.0);
        }
        let beyond = right < self.left + 2.0 || left > self.right() - 2.0;
        let place = match beyond {
            true if right < self.left + 2.0 => Rect::from_center_size(pos2(self.left + 14.0, middle), vec2(22.0, BAR)),
            true => Rect::from_center_size(pos2(self.right() - 14.0, middle), vec2(22.0, BAR)),
            false => Rect::from_x_y_ranges(left..=right, middle - BAR / 2.0..=middle + BAR / 2.0),
        };
        let id = self.ui.scope_id().with(("bar", at));
        let reach = place.expand2(vec2(4.0, 8.0)).intersect(self.lanes);
        let response = self.ui.interact(reach, id, Sense::click());
        let chosen = self.line.at == at;
        let lane = self.line.bars.lanes.get(bar.lane).map_or("", String::as_str);
        let name = || format!("{lane}, {}, {}", bar.title, bar.when);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, chosen, name()));
        match beyond {
            true => arrow(&painter, place, right >= self.left + 2.0, self.color),
            false => self.body(&painter, bar, place),
        }
        if chosen {
            painter.rect_stroke(place.expand(5.0), 4.0, Stroke::new(2.0, self.theme.accent), StrokeKind::Inside);
        }
        self.words(&painter, bar, place, beyond);
        response.on_hover_text(format!("{} · {}", bar.title, bar.when))
    }

    /// The bar itself: its state is its filling, its sureness its ends.
    fn body(&self, painter: &Painter, bar: &Bar, place: Rect) {
        let color = self.color;
        let mut solid = place;
        // Strips of 1, 2 and 3 points lead to a day that is not known.
        let comb = |painter: &Painter, from: f32, direction: f32| {
            for (width, shift) in [(1.0, 0.0), (2.0, 3.0), (3.0, 7.0)] {
                let x = from + direction * shift;
                let strip =
                    Rect::from_x_y_ranges(x.min(x + direction * width)..=x.max(x + direction * width), place.y_range());
                painter.rect_filled(strip, 0.0, color);
            }
        };
        if bar.from_vague {
            comb(painter, place.left(), 1.0);
            solid.min.x += 11.0;
        }
        if bar.until_vague {
            comb(painter, place.right(), -1.0);
            solid.max.x -= 11.0;
        }
        if solid.width() > 0.5 {
            let stroke = Stroke::new(1.6, color);
            match bar.sign {
                StateSign::Full => {
                    painter.rect_filled(solid, 2.0, color);
                }
                StateSign::Half => {
                    painter.rect_stroke(solid, 2.0, stroke, StrokeKind::Inside);
                    painter.rect_filled(Rect::from_min_max(solid.min, pos2(solid.center().x, solid.max.y)), 2.0, color);
                }
                StateSign::Outline | StateSign::Struck | StateSign::None => {
                    painter.rect_filled(solid, 2.0, self.theme.ground);
                    painter.rect_stroke(solid, 2.0, stroke, StrokeKind::Inside);
                }
            }
            self.legs(painter, bar, solid);
        }
        if bar.sign == StateSign::Struck {
            let y = place.center().y;
            painter.hline(place.left() - 6.0..=place.right() + 6.0, y, Stroke::new(2.0, color));
        }
        if bar.until.is_none() {
            arrow(
                painter,
                Rect::from_center_size(pos2(place.right() + 14.0, place.center().y), vec2(22.0, BAR)),
                true,
                color,
            );
        }
        if bar.from.is_none() {
            arrow(
                painter,
                Rect::from_center_size(pos2(place.left() - 14.0, place.center().y), vec2(22.0, BAR)),
                false,
                color,
            );
        }
    }

    /// The days where a leg begins, where there is room for its place.
    fn legs(&self, painter: &Painter, bar: &Bar, solid: Rect) {
        if bar.legs.len() < 2 || solid.width() < 60.0 {
            return;
        }
        let ink = if bar.sign == StateSign::Full { self.theme.ground } else { self.theme.text };
        for (at, (from, until, place)) in bar.legs.iter().enumerate() {
            let (left, right) =
                (self.x(*from as f64).max(solid.left()), self.x(*until as f64 + 1.0).min(solid.right()));
            let next = bar.legs.get(at + 1).map_or(right, |(next, ..)| self.x(*next as f64).min(right));
            if at > 0 {
                painter.vline(left, solid.y_range(), Stroke::new(1.5, ink));
            }
            if next - left > 40.0 {
                let font = FontId::proportional(11.0);
                list_row::paint(painter, pos2(left + 4.0, solid.center().y), next - left - 8.0, place, font, ink);
            }
        }
    }

    /// The place and the days beside a bar, on the side where there is room.
    fn words(&self, painter: &Painter, bar: &Bar, place: Rect, beyond: bool) {
        let [_, small] = self.fonts.clone();
        let title = painter.layout_no_wrap(
            crate::say::visible(&bar.title).into_owned(),
            FontId::proportional(12.0),
            self.theme.text,
        );
        let when = painter.layout_no_wrap(bar.when.clone(), small, self.theme.weak);
        let width = title.size().x + 6.0 + when.size().x;
        let open = if bar.until.is_none() && !beyond { 26.0 } else { 0.0 };
        let right = place.right() + 9.0 + open;
        let left = match right + width > self.right() - 4.0 && place.left() - 9.0 - width > self.left {
            true => place.left() - 9.0 - width,
            false => right,
        };
        let y = place.center().y;
        let ground = Rect::from_min_size(pos2(left - 2.0, y - 9.0), vec2(width + 4.0, 18.0));
        painter.rect_filled(ground, 2.0, self.theme.ground);
        let after = left + title.size().x + 6.0;
        painter.galley(pos2(left, y - title.size().y / 2.0), title, self.theme.text);
        painter.galley(pos2(after, y - when.size().y / 2.0), when, self.theme.weak);
    }

    /// The names of lanes, over what is scrolled.
    fn lane_heads(&self) {
        let Some(packed) = &self.line.packed else { return };
        let heads = Rect::from_min_max(self.lanes.left_top(), pos2(self.left, self.lanes.bottom()));
        let painter = self.ui.painter().with_clip_rect(heads.intersect(self.ui.clip_rect()));
        painter.rect_filled(heads, 0.0, self.theme.ground);
        let over = self.ui.painter().with_clip_rect(self.lanes.intersect(self.ui.clip_rect()));
        for (lane, rows) in self.line.bars.lanes.iter().zip(packed.lanes.windows(2)) {
            let [top, bottom] = [rows[0], rows[1]].map(|row| self.lanes.top() + row as f32 * ROW - self.offset);
            if bottom < self.lanes.top() || top > self.lanes.bottom() {
                continue;
            }
            let at = pos2(heads.left() + 12.0, top.max(self.lanes.top()) + ROW / 2.0);
            list_row::paint(&painter, at, heads.width() - 20.0, lane, self.fonts[0].clone(), self.theme.text);
            over.hline(self.lanes.x_range(), bottom, Stroke::new(1.0, self.theme.line));
        }
    }
}

/// An arrow that fills a place.
fn arrow(painter: &Painter, place: Rect, forward: bool, color: Color32) {
    let stroke = Stroke::new(2.0, color);
    let (tail, tip) = match forward {
        true => (place.left_center(), place.right_center()),
        false => (place.right_center(), place.left_center()),
    };
    painter.line_segment([tail, tip], stroke);
    let back = if forward { -6.0 } else { 6.0 };
    painter.add(Shape::line(vec![tip + vec2(back, -5.0), tip, tip + vec2(back, 5.0)], stroke));
}
