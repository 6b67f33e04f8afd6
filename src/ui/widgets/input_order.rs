//! Keeps the order of what a person does, however slow the window is: what comes while a frame takes its time is given to the
//! next frames piece by piece, so that each key meets what the click or the key before it has made of the window.
//!
//! A frame reads keys before it lays anything out, and the mouse after that. Everything that arrived since the last frame comes at
//! once; without this, a letter typed after a drag would label what was selected before the drag, and letters typed
//! after a list was opened would label instead of arriving in the list. A click that closes a menu or a drop-down list closes it and is
//! nobody else's.

use eframe::egui::containers::menu::MenuState;
use eframe::egui::{Context, Event, Id, Key, Plugin, Popup, RawInput};

/// The input that waits for the next frame.
#[derive(Default)]
pub struct InputOrder {
    /// Events that are still to come, the oldest first.
    waiting: Vec<Event>,
    /// True where a dialog or a field reads the keys: one that confirms or leaves it changes what the keys after it mean.
    reads: bool,
    /// True between the press and the release of a click that closed a menu or a list.
    closing: bool,
}

impl InputOrder {
    /// Has the windows of a context keep the order of their input.
    pub fn install(ctx: &Context) {
        ctx.add_plugin(Self::default());
    }

    /// Says whether a dialog or a field reads the keys of the next frame.
    pub fn reads(ctx: &Context, reads: bool) {
        ctx.with_plugin(|order: &mut Self| order.reads = reads);
    }

    /// Puts the keys from the `from`th event on off to the next frame, which knows by then what the key before them opened.
    pub fn put_off(ctx: &Context, from: usize) {
        let later = ctx.input_mut(|input| {
            let at = from.min(input.events.len());
            let mut kept = Vec::new();
            let mut later = Vec::new();
            for event in input.events.drain(at..) {
                if is_key(&event) { later.push(event) } else { kept.push(event) }
            }
            input.events.extend(kept);
            later
        });
        if !later.is_empty() {
            ctx.with_plugin(|order: &mut Self| {
                order.waiting.splice(0..0, later);
            });
            ctx.request_repaint();
        }
    }

    /// Forgets letters that wait: they were typed within the click that closed what they would have gone to.
    pub fn forget_letters(ctx: &Context) {
        ctx.with_plugin(|order: &mut Self| order.waiting.retain(|event| !is_letter(event)));
    }

    /// The events of the next frame, out of all that wait.
    fn take(&mut self, dragging: bool) -> Vec<Event> {
        let mut moved = false;
        let mut last: Option<Sort> = None;
        let (mut pressed, mut answered) = (false, false);
        let end = self.waiting.iter().position(|event| {
            let sort = Sort::of(event);
            let split = match (last, sort) {
                // A button is read after the keys of its frame, and one button is enough for a frame.
                (Some(_), Some(Sort::Button { .. })) => true,
                (Some(Sort::Button { .. }), Some(Sort::Key)) => true,
                // A drag whose first move and release come together would be none.
                (None, Some(Sort::Button { pressed: false })) => moved && !dragging,
                // An answer comes after the letters before it have arrived, and before those after it.
                (Some(Sort::Key), Some(Sort::Key)) => {
                    starts(event) && (answered || pressed && self.reads && answers(event))
                }
                _ => false,
            };
            moved |= matches!(event, Event::PointerMoved(_));
            answered |= self.reads && answers(event);
            pressed |= is_key(event) && starts(event);
            last = sort.or(last);
            split
        });
        let rest = self.waiting.split_off(end.unwrap_or(self.waiting.len()));
        std::mem::replace(&mut self.waiting, rest)
    }

    /// Takes clicks beside an open menu or list out of what came in, and closes it for them.
    fn close_popups(&mut self, ctx: &Context, came: Vec<Event>) -> Vec<Event> {
        let mut closed = false;
        let mut kept = Vec::with_capacity(came.len());
        for event in came {
            match &event {
                Event::PointerButton { pos, pressed: true, .. } => {
                    let layer = ctx.layer_id_at(*pos);
                    let inside = layer.is_some_and(|layer| Popup::is_id_open(ctx, layer.id) || is_menu(ctx, layer.id));
                    self.closing = !closed && Popup::is_any_open(ctx) && !inside;
                    if self.closing {
                        closed = true;
                        Popup::close_all(ctx);
                        continue;
                    }
                }
                Event::PointerButton { pressed: false, .. } if self.closing => {
                    (self.closing, closed) = (false, true);
                    continue;
                }
                // A letter within the click, or in the same moment.
                event if (closed || self.closing) && is_letter(event) => continue,
                _ => {}
            }
            kept.push(event);
        }
        kept
    }
}

/// True where a layer is that of a menu: one within another menu is not a popup of its own.
fn is_menu(ctx: &Context, layer: Id) -> bool {
    ctx.data(|data| data.get_temp::<MenuState>(layer.with(MenuState::ID)).is_some())
}

impl Plugin for InputOrder {
    fn debug_name(&self) -> &'static str {
        "input order"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        // A pass that lays the same frame out again is given nothing.
        if ctx.current_pass_index() > 0 {
            return;
        }
        let came = std::mem::take(&mut input.events);
        let came = self.close_popups(ctx, came);
        self.waiting.extend(came);
        let dragging = ctx.dragged_id().is_some();
        input.events = self.take(dragging);
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
    }
}

/// The sorts of events whose order matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Key,
    Button { pressed: bool },
}

impl Sort {
    fn of(event: &Event) -> Option<Self> {
        match event {
            Event::PointerButton { pressed, .. } => Some(Self::Button { pressed: *pressed }),
            event => is_key(event).then_some(Self::Key),
        }
    }
}

fn is_key(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_) | Event::Paste(_) | Event::Copy | Event::Cut)
}

/// True where it begins another press: the release of the key before it does not.
fn starts(event: &Event) -> bool {
    !matches!(event, Event::Key { pressed: false, .. })
}

fn is_letter(event: &Event) -> bool {
    match event {
        Event::Text(_) => true,
        Event::Key { key, pressed: true, modifiers, .. } => !modifiers.any() && key.name().len() == 1,
        _ => false,
    }
}

/// True where the key confirms or leaves what reads it: Enter, Esc, Tab, or a digit that picks.
fn answers(event: &Event) -> bool {
    match event {
        Event::Key { key: Key::Enter | Key::Escape | Key::Tab, pressed: true, .. } => true,
        Event::Text(text) => text.chars().all(|c| c.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::{Modifiers, PointerButton, Pos2};

    fn button(pressed: bool) -> Event {
        let (pos, button, modifiers) = (Pos2::ZERO, PointerButton::Primary, Modifiers::NONE);
        Event::PointerButton { pos, button, pressed, modifiers }
    }

    fn key(key: Key) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    /// The numbers of events that the frames are given.
    fn frames(reads: bool, events: &[Event]) -> Vec<usize> {
        let mut order = InputOrder { waiting: events.to_vec(), reads, closing: false };
        let mut frames = Vec::new();
        while !order.waiting.is_empty() {
            frames.push(order.take(false).len());
        }
        frames
    }

    #[test]
    fn keys_and_buttons_come_in_frames_of_their_own_in_the_order_in_which_they_were_given() {
        let moved = || Event::PointerMoved(Pos2::ZERO);
        assert_eq!(frames(false, &[text("a"), text("b"), key(Key::Enter), text("c")]), [4]);
        assert_eq!(frames(true, &[text("a"), key(Key::Enter), text("c"), text("d")]), [1, 1, 2]);
        assert_eq!(frames(true, &[text("1"), text("c")]), [1, 1]);
        assert_eq!(frames(false, &[moved(), button(true), text("p"), button(false)]), [2, 1, 1]);
        assert_eq!(frames(false, &[button(true), moved(), button(false), text("p")]), [2, 1, 1]);
        assert_eq!(frames(false, &[moved(), button(false)]), [1, 1], "a drag that would be none");
        assert_eq!(frames(false, &[text("p"), button(true)]), [1, 1]);
    }
}
