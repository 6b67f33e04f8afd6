//! The work of the mouse: dragging selects, clicking chooses, the wheel and the bar scroll.

use eframe::egui::{self, Id as WidgetId, Modifiers, PointerButton, Pos2, Rect, Response, Sense, Ui};

use super::article::Reader;
use super::gesture::{Click, Drag, Edge};
use super::scene::{Event, Scene};
use super::view::Place;
use crate::model::Id;
use crate::t;
use crate::text::Span;

/// The distance at which the handle of an edge is taken: below the words, where no selection begins.
const HANDLE: f32 = 6.0;
/// The distance that the pointer trembles around a press.
const TREMBLES: f32 = 6.0;
/// Width of the scroll bar.
pub const BAR: f32 = 12.0;

impl Reader {
    /// Scrolls by wheel, and while a selection is dragged beyond the edge.
    pub(super) fn scroll_input(&mut self, ui: &Ui, response: &Response, height: f32) {
        if response.contains_pointer() {
            let delta = ui.input(egui::InputState::smooth_scroll_delta).y;
            if delta != 0.0 {
                self.view.scroll_by(-delta);
            }
        }
        if self.mouse.selecting.is_some()
            && let Some(pos) = response.interact_pointer_pos()
        {
            let (rect, dt) = (response.rect, ui.input(|input| input.stable_dt.min(0.1)));
            let beyond = (pos.y - rect.bottom()).max(0.0) - (rect.top() - pos.y).max(0.0);
            if beyond != 0.0 {
                self.view.scroll_by((beyond * 12.0).clamp(-3.0 * height, 3.0 * height) * dt);
                ui.ctx().request_repaint();
            }
        }
    }

    /// Reads what the pointer means in what is on the screen now.
    pub(super) fn pointer(&mut self, ui: &Ui, response: &Response, scene: &Scene<'_>, events: &mut Vec<Event>) {
        self.point(ui, response, scene);
        let Some(pos) = response.interact_pointer_pos() else {
            if !ui.input(|input| input.pointer.primary_down()) {
                self.mouse.selecting = None;
            }
            if let Some(pos) = response.hover_pos() {
                ui.ctx().set_cursor_icon(self.cursor(scene, pos));
            }
            return;
        };
        ui.ctx().set_cursor_icon(self.cursor(scene, pos));
        let held = ui.input(|input| input.modifiers);
        let Some(place) = self.view.place(self.page(), pos) else { return };
        if ui.input(|input| input.pointer.primary_pressed()) {
            self.mouse.edge = self.edge_at(scene, pos);
            if !held.shift && self.mouse.edge.is_none() {
                self.press_again(ui, pos, place);
            }
        }
        if response.drag_started_by(PointerButton::Primary) {
            response.request_focus();
            let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pos);
            self.begin_drag(origin, place, held);
        }
        if let Some(drag) = self.mouse.selecting {
            self.drag_on(drag, place, held);
            if response.drag_stopped_by(PointerButton::Primary) {
                self.mouse.selecting = None;
                self.mouse.edge = None;
                events.extend(self.dragged(drag));
            }
        } else if response.secondary_clicked() {
            response.request_focus();
            let id = self.view.bar_at(pos).or_else(|| self.stack(scene, place).first().copied());
            events.push(Event::Context { id: known(scene, id), byte: place.byte, pos });
        } else if response.clicked() {
            response.request_focus();
            self.mouse.edge = None;
            let count = if response.triple_clicked() { 0 } else { 1 + u8::from(response.double_clicked()) };
            self.mouse.last = Some(Click { at: ui.input(|input| input.time), pos, count });
            self.click(response, scene, place, pos, held, events);
        }
    }

    fn cursor(&self, scene: &Scene<'_>, pos: Pos2) -> egui::CursorIcon {
        match self.mouse.selecting {
            Some(Drag::Edge(_)) => egui::CursorIcon::ResizeHorizontal,
            Some(Drag::Paragraphs(_)) => egui::CursorIcon::VerticalText,
            Some(Drag::Words | Drag::Piece) => egui::CursorIcon::Text,
            None if self.edge_at(scene, pos).is_some() => egui::CursorIcon::ResizeHorizontal,
            None if self.view.in_gutter(pos) => egui::CursorIcon::VerticalText,
            None => egui::CursorIcon::Text,
        }
    }

    fn begin_drag(&mut self, origin: Pos2, place: Place, held: Modifiers) {
        let from = self.view.place(self.page(), origin).unwrap_or(place);
        let drag = match self.mouse.edge {
            Some(edge) => Drag::Edge(edge),
            None if self.view.in_gutter(origin) => Drag::Paragraphs(self.text.paragraph_at(from.byte)),
            None if held.command => Drag::Piece,
            None => Drag::Words,
        };
        match (drag, self.meaning) {
            (Drag::Piece, Some(piece)) => self.pieces.push(piece),
            (Drag::Piece, None) => {}
            (Drag::Words | Drag::Paragraphs(_) | Drag::Edge(_), _) => self.pieces.clear(),
        }
        self.mouse.selecting = Some(drag);
        if !held.shift || drag != Drag::Words {
            self.anchor = from.boundary;
        }
    }

    /// Shows what the drag means so far.
    fn drag_on(&mut self, drag: Drag, place: Place, held: Modifiers) {
        self.goal = None;
        match drag {
            Drag::Words | Drag::Piece => {
                self.caret = place.boundary;
                self.mean(held.alt);
            }
            Drag::Paragraphs(from) => {
                let to = self.text.paragraph_at(place.byte);
                let (first, last) = (self.text.paragraph(from.min(to)), self.text.paragraph(from.max(to)));
                (self.anchor, self.caret) = if to < from { (last.end, first.start) } else { (first.start, last.end) };
                self.meaning = self.text.snap_raw(Span::new(first.start, last.end));
            }
            Drag::Edge(edge) => {
                let meant = self.edge_to(edge, place.boundary, held.alt);
                (self.anchor, self.caret) =
                    if edge.start { (meant.end, meant.start) } else { (meant.start, meant.end) };
                self.meaning = Some(meant);
            }
        }
    }

    /// The meaning of a drag that is over.
    fn dragged(&mut self, drag: Drag) -> Option<Event> {
        let meaning = self.meaning?;
        Some(match drag {
            Drag::Words | Drag::Paragraphs(_) => Event::Selected(meaning),
            Drag::Piece => Event::Piece(meaning),
            Drag::Edge(edge) => {
                self.clear_selection();
                Event::Edge { id: edge.id, from: edge.piece, to: meaning }
            }
        })
    }

    /// A fragment with its edge at `byte`: at the end of a word, or with `raw` of a grapheme. The other edge stays.
    fn edge_to(&self, Edge { piece, start, .. }: Edge, byte: u32, raw: bool) -> Span {
        let rough = match start {
            true => Span::new(byte.min(self.text.prev_grapheme(piece.end)), piece.end),
            false => Span::new(piece.start, byte.max(self.text.next_grapheme(piece.start))),
        };
        let meant = if raw { self.text.snap_raw(rough) } else { self.text.snap(rough) };
        let Some(meant) = meant else { return piece };
        let moved = if start { Span::new(meant.start, piece.end) } else { Span::new(piece.start, meant.end) };
        self.text.check(moved).unwrap_or(piece)
    }

    /// The edge of the one selected annotation whose handle is at a place on the screen.
    fn edge_at(&self, scene: &Scene<'_>, pos: Pos2) -> Option<Edge> {
        let mut found = None;
        self.view.handles(self.page(), scene, |edge, center| {
            let by = (pos - center).abs();
            if by.x <= HANDLE && by.y <= (self.view.room_below() / 2.0).clamp(3.0, HANDLE) {
                found = Some(edge);
            }
        });
        found
    }

    /// Notes what the pointer is at, where it was moved there.
    fn point(&mut self, ui: &Ui, response: &Response, scene: &Scene<'_>) {
        let (moved, pressed, hover) = ui.input(|input| {
            let moved = input.events.iter().any(|event| matches!(event, egui::Event::PointerMoved(_)));
            (moved, input.pointer.any_down(), input.pointer.hover_pos())
        });
        if pressed {
            self.mouse.pressed = hover;
        }
        let at = hover.filter(|pos| {
            let still = self.mouse.pressed.is_some_and(|pressed| pressed.distance(*pos) < TREMBLES);
            response.contains_pointer() && !pressed && !still
        });
        match at {
            None => self.mouse.pointed.clear(),
            Some(pos) if moved => {
                let place = self.view.place(self.page(), pos);
                self.mouse.pointed = place.map_or(Vec::new(), |place| self.stack(scene, place));
            }
            Some(_) => {}
        }
    }

    /// Notes what the pointer rests on; nothing right after a press, and nothing while a button is held.
    pub(super) fn rest(&mut self, ui: &Ui, response: &Response, scene: &Scene<'_>) {
        /// Seconds without a movement.
        const RESTS: f32 = 0.45;
        self.mouse.rested_on.clear();
        let (still, down) = ui.input(|input| (input.pointer.time_since_last_movement(), input.pointer.any_down()));
        let Some(pos) = response.hover_pos().filter(|_| response.hovered() && !down) else { return };
        if self.mouse.pressed.is_some_and(|pressed| pressed.distance(pos) < TREMBLES) {
            return;
        }
        let Some(place) = self.view.place(self.page(), pos) else { return };
        let mut here = self.stack(scene, place);
        if here.is_empty() {
            here.extend(known(scene, self.view.bar_at(pos)));
        }
        match still < RESTS {
            true if !here.is_empty() => {
                ui.ctx().request_repaint_after(std::time::Duration::from_secs_f32(RESTS - still + 0.02));
            }
            true => {}
            false => self.mouse.rested_on = here,
        }
    }

    /// The annotations that a person points at, the shortest first: under the pointer, since it was moved there, until that has
    /// meant something.
    pub fn take_pointed(&mut self) -> Vec<Id> {
        std::mem::take(&mut self.mouse.pointed)
    }

    /// A press that follows a click at once: what a double or triple click selects is shown now, and means something
    /// once it is let go.
    fn press_again(&mut self, ui: &Ui, pos: Pos2, place: Place) {
        let Some(last) = self.mouse.last.take() else { return };
        let options = ui.ctx().options(|options| options.input_options);
        let soon = ui.input(|input| input.time) - last.at < options.max_double_click_delay;
        if !soon || pos.distance(last.pos) > options.max_click_dist {
            return;
        }
        if let Some(span) = self.chosen(place, last.count + 1) {
            self.select(span);
        }
    }

    /// The words that so many clicks in a row select: none for one, the word for two, the paragraph for three.
    fn chosen(&self, place: Place, clicks: u8) -> Option<Span> {
        let chosen = match clicks {
            2 => self.text.snap(Span::new(place.byte, self.text.next_grapheme(place.byte))),
            3 => self.text.snap_raw(self.text.paragraph(self.text.paragraph_at(place.byte))),
            _ => None,
        };
        chosen.filter(|span| !span.is_empty())
    }

    #[allow(clippy::too_many_arguments)] // All of them are the one click.
    fn click(
        &mut self,
        response: &Response,
        scene: &Scene<'_>,
        place: Place,
        pos: Pos2,
        held: Modifiers,
        events: &mut Vec<Event>,
    ) {
        self.goal = None;
        if self.view.in_gutter(pos) {
            let paragraph = self.text.snap_raw(self.text.paragraph(self.text.paragraph_at(place.byte)));
            if let Some(span) = paragraph {
                self.select(span);
                events.push(Event::Selected(span));
            }
            return;
        }
        if held.shift
            && self.meaning.is_none()
            && !scene.selected.is_empty()
            && let Some(&id) = self.stack(scene, place).first()
        {
            events.push(Event::Range(id));
            return;
        }
        if held.shift {
            self.caret = place.boundary;
            self.mean(held.alt);
            events.extend(self.meaning.map(Event::Selected));
            return;
        }
        let clicks = if response.triple_clicked() { 3 } else { 1 + u8::from(response.double_clicked()) };
        if let Some(span) = self.chosen(place, clicks) {
            self.select(span);
            events.push(Event::Selected(span));
        } else {
            self.set_caret(place.boundary);
            events.push(Event::Caret);
        }
        let double = response.double_clicked();
        if response.triple_clicked() {
            return;
        }
        let id = match self.view.bar_at(pos) {
            Some(id) => Some(id),
            None => self.cycle(scene, place, double),
        };
        events.push(Event::Clicked { id: known(scene, id), byte: place.byte, double });
    }

    /// The annotations on the grapheme at a place, the shortest first.
    fn stack(&self, scene: &Scene<'_>, place: Place) -> Vec<Id> {
        if !place.inside {
            return Vec::new();
        }
        let own = self.marks.own(self.blocks.at(place.byte)).iter().chain(self.marks.wide());
        let here = own.filter_map(|mark| scene.set.get(mark.id)).filter(|record| record.holds(place.byte));
        let mut stack: Vec<(u32, Id)> =
            here.map(|record| (record.at.iter().map(|span| span.len()).sum(), record.id)).collect();
        stack.sort_unstable();
        stack.into_iter().map(|(_, id)| id).collect()
    }

    /// The next of the stack at a place; the first where another stack was clicked before.
    fn cycle(&mut self, scene: &Scene<'_>, place: Place, double: bool) -> Option<Id> {
        let stack = self.stack(scene, place);
        let again = stack == self.mouse.stack && scene.selected.first() == stack.get(self.mouse.turn);
        self.mouse.turn = match again {
            // The second of two quick clicks means the same annotation as the first.
            true if double => self.mouse.turn,
            true => (self.mouse.turn + 1) % stack.len().max(1),
            false => 0,
        };
        self.mouse.stack = stack;
        self.mouse.stack.get(self.mouse.turn).copied()
    }

    /// The scroll bar with marks where something was found; gives nothing back, the view scrolls.
    pub(super) fn scroll_bar(&mut self, ui: &Ui, rect: Rect, id: WidgetId, scene: &Scene<'_>) {
        let (total, visible) = (self.view.total(), f64::from(rect.height()));
        if total <= visible {
            return;
        }
        let track = Rect::from_min_max(egui::pos2(rect.right() - BAR, rect.top()), rect.max);
        let response = ui.interact(track, id.with("scroll bar"), Sense::click_and_drag());
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::ScrollBar, true, t!("reader-scroll"));
            info.value = Some((self.view.position() / (total - visible)).clamp(0.0, 1.0) * 100.0);
            info
        });
        let share = |y: f64| (y / total) as f32 * track.height();
        let height = share(visible).max(28.0);
        let room = track.height() - height;
        let top = |position: f64| ((position / (total - visible)) as f32).clamp(0.0, 1.0) * room;
        if let Some(pos) = response.interact_pointer_pos() {
            let y = pos.y - track.top();
            if response.drag_started() || ui.input(|input| input.pointer.primary_pressed()) {
                let now = top(self.view.position());
                self.mouse.thumb = if (now..now + height).contains(&y) { y - now } else { height / 2.0 };
            }
            let wanted = ((y - self.mouse.thumb) / room.max(1.0)).clamp(0.0, 1.0);
            self.view.scroll_to(f64::from(wanted) * (total - visible));
            ui.ctx().request_repaint();
        }
        let theme = scene.theme;
        let painter = ui.painter_at(track);
        if !scene.hits.is_empty() {
            self.ticks(&painter, track, scene);
        }
        let thumb_top = track.top() + top(self.view.position());
        let thumb = Rect::from_min_size(egui::pos2(track.left() + 3.0, thumb_top), egui::vec2(BAR - 6.0, height));
        let busy = response.hovered() || response.dragged();
        painter.rect_filled(
            thumb,
            3.0,
            crate::ui::widgets::theme::with_alpha(theme.weak, if busy { 200 } else { 110 }),
        );
    }

    /// A tick on the scroll bar for each of its points in which something was found.
    fn ticks(&self, painter: &egui::Painter, track: Rect, scene: &Scene<'_>) {
        let (total, points) = (self.view.total(), track.height() as usize);
        let mut from = 0;
        for point in (0..points).step_by(2) {
            let y = total * (point + 2) as f64 / points as f64;
            let (block, _) = self.view.heights.find(y);
            let end = self.blocks.span(&self.text, block).start;
            let until = from + scene.hits[from..].partition_point(|hit| hit.start < end);
            if until > from {
                let current = scene.current_hit.is_some_and(|hit| (from..until).contains(&hit));
                let color = if current { scene.theme.caret } else { scene.theme.current_hit };
                let left = egui::pos2(track.left(), track.top() + point as f32);
                painter.rect_filled(Rect::from_min_size(left, egui::vec2(BAR, 2.0)), 0.0, color);
            }
            from = until;
        }
    }
}

/// An annotation that is really there: bare words of an open frame have bars, too.
fn known(scene: &Scene<'_>, id: Option<Id>) -> Option<Id> {
    id.filter(|&id| scene.set.get(id).is_some())
}
