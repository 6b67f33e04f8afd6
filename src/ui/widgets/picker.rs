//! A list to pick from by typing: the palette, candidates for a role, values of an attribute, referents.

use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::t;
use crate::ui::commands::Command;
use crate::ui::widgets::{dialog, list_row};

/// One thing to pick.
#[derive(Debug, Clone)]
pub struct Item {
    /// The description.
    pub title: String,
    /// A further detail, drawn weaker.
    pub detail: String,
    /// The key that does the same without the list.
    pub key: String,
    /// The command of a pick.
    pub command: Command,
}

impl Item {
    /// An item without detail and key.
    pub fn new(title: impl Into<String>, command: Command) -> Self {
        Self { title: title.into(), detail: String::new(), key: String::new(), command }
    }

    /// With more to say.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// The open list.
pub struct Picker {
    title: String,
    items: Vec<Item>,
    query: String,
    /// Items that fit the query, the best first.
    found: Vec<usize>,
    at: usize,
    /// True where a digit picks while nothing is typed.
    digits: bool,
    /// The offer for a query that fits nothing: title of the offer and the command for the typed text.
    make: Option<fn(&str, &[crate::model::Id]) -> Item>,
    ids: Vec<crate::model::Id>,
    fresh: bool,
}

/// The person's answer to the list.
pub enum Picked {
    /// Still choosing.
    Open,
    /// Left without a choice.
    Closed,
    /// This was chosen.
    Chosen(Command),
}

const ROW_HEIGHT: f32 = 24.0;
const MOST_ROWS: usize = 12;

impl Picker {
    /// A list under a title.
    pub fn new(title: impl Into<String>, items: Vec<Item>) -> Self {
        let found = (0..items.len()).collect();
        let (title, query) = (title.into(), String::new());
        Self { title, items, query, found, at: 0, digits: false, make: None, ids: Vec::new(), fresh: true }
    }

    /// With digits that pick at once.
    #[must_use]
    pub fn with_digits(mut self) -> Self {
        self.digits = true;
        self
    }

    /// With an offer to make something new of the typed text, for these annotations.
    #[must_use]
    pub fn with_make(mut self, ids: Vec<crate::model::Id>, make: fn(&str, &[crate::model::Id]) -> Item) -> Self {
        self.make = Some(make);
        self.ids = ids;
        self
    }

    fn search(&mut self) {
        self.at = 0;
        self.items.retain(|item| item.key != MADE);
        if self.query.trim().is_empty() {
            self.found = (0..self.items.len()).collect();
            return;
        }
        let pattern = Pattern::parse(&self.query, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        // Names come before what is told of them.
        let mut scored: Vec<(bool, u32, usize)> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            if let Some(score) = pattern.score(Utf32Str::new(&item.title, &mut buffer), &mut matcher) {
                scored.push((false, score, index));
                continue;
            }
            let all = format!("{} {}", item.title, item.detail);
            if let Some(score) = pattern.score(Utf32Str::new(&all, &mut buffer), &mut matcher) {
                scored.push((true, score, index));
            }
        }
        scored.sort_by_key(|&(told, score, index)| (told, std::cmp::Reverse(score), index));
        self.found = scored.into_iter().map(|(.., index)| index).collect();
        if let Some(make) = self.make {
            let mut item = make(self.query.trim(), &self.ids);
            MADE.clone_into(&mut item.key);
            // Behind what the typed words begin, and before what has their letters somewhere: that is just anybody.
            let alike = |&index: &usize| begins(&self.items[index].title, &self.query);
            let (mut found, others): (Vec<usize>, Vec<usize>) = self.found.iter().partition(|index| alike(index));
            found.push(self.items.len());
            found.extend(others);
            self.found = found;
            self.items.push(item);
        }
    }

    fn chosen(&self, row: usize) -> Option<Command> {
        self.found.get(row).map(|&index| self.items[index].command.clone())
    }

    /// Shows the list and reads its keys.
    pub fn ui(&mut self, ctx: &egui::Context) -> Picked {
        let mut picked = self.keys(ctx);
        let modal = dialog::modal(ctx, "picker", 560.0, |ui| {
            let title = dialog::small_heading(ui, &self.title);
            let field = egui::TextEdit::singleline(&mut self.query)
                .hint_text(t!("picker-hint"))
                .desired_width(f32::INFINITY)
                .show(ui)
                .response
                .response
                .labelled_by(title.id);
            if std::mem::take(&mut self.fresh) {
                field.request_focus();
            }
            if field.changed() {
                self.search();
            }
            ui.add_space(4.0);
            let moved = matches!(picked, Picked::Open) && ctx.input(|input| !input.keys_down.is_empty());
            let (clicked, at) = self.rows(ui, moved);
            // The keyboard stays in the field while the arrows go through the list: what they are on is told beside it.
            ui.ctx().accesskit_node_builder(field.id, |node| {
                node.set_role(Role::EditableComboBox);
                node.set_expanded(!self.found.is_empty());
                if let Some(at) = at {
                    node.set_active_descendant(at.accesskit_id());
                }
            });
            if let Some(row) = clicked {
                picked = self.chosen(row).map_or(Picked::Closed, Picked::Chosen);
            }
            if self.found.is_empty() {
                ui.weak(t!("picker-nothing"));
            }
        });
        if modal.should_close() && matches!(picked, Picked::Open) {
            picked = Picked::Closed;
        }
        picked
    }

    fn keys(&mut self, ctx: &egui::Context) -> Picked {
        let last = self.found.len().saturating_sub(1);
        let empty = self.query.is_empty();
        ctx.input_mut(|input| {
            for (key, step) in
                [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, MOST_ROWS as isize), (Key::PageUp, -8)]
            {
                while input.consume_key(Modifiers::NONE, key) {
                    self.at = self.at.saturating_add_signed(step).min(last);
                }
            }
            if input.consume_key(Modifiers::NONE, Key::Escape) {
                return Picked::Closed;
            }
            if input.consume_key(Modifiers::NONE, Key::Enter) {
                return self.chosen(self.at).map_or(Picked::Open, Picked::Chosen);
            }
            if self.digits && empty {
                let digit = input.events.iter().find_map(|event| match event {
                    egui::Event::Text(text) => text.parse::<usize>().ok().filter(|digit| (1..=9).contains(digit)),
                    _ => None,
                });
                if let Some(command) = digit.and_then(|digit| self.chosen(digit - 1)) {
                    input.events.retain(|event| !matches!(event, egui::Event::Text(_)));
                    return Picked::Chosen(command);
                }
            }
            Picked::Open
        })
    }

    /// Shows the rows; gives the one that was clicked, and the widget of the one that the arrows are on.
    fn rows(&self, ui: &mut egui::Ui, follow: bool) -> (Option<usize>, Option<egui::Id>) {
        let (mut clicked, mut at) = (None, None);
        let rows = self.found.len();
        // As high as all items want it, whatever is typed: rows do not jump about, and the next list is not narrower.
        let spacing = ui.spacing().item_spacing.y;
        let items = self.items.iter().filter(|item| item.key != MADE).count() + usize::from(self.make.is_some());
        let wanted = (ROW_HEIGHT + spacing) * items.clamp(1, MOST_ROWS) as f32 - spacing;
        let height = wanted.min(ui.available_height()).max(ROW_HEIGHT * 2.0);
        egui::ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false])
            .show_rows(ui, ROW_HEIGHT, rows, |ui, visible| {
                if follow && !visible.contains(&self.at) {
                    list_row::scroll_to(ui, &visible, self.at, ROW_HEIGHT, None);
                }
                for row in visible {
                    let shown = self.row(ui, row);
                    if shown.clicked() {
                        clicked = Some(row);
                    }
                    if row == self.at {
                        at = Some(shown.id);
                    }
                }
            });
        (clicked, at)
    }

    fn row(&self, ui: &mut egui::Ui, row: usize) -> egui::Response {
        let item = &self.items[self.found[row]];
        let digit = self.digits && self.query.is_empty() && row < 9;
        let size = egui::vec2(ui.available_width(), ROW_HEIGHT);
        let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
        list_row::tell(&response, row == self.at, || item.title.clone());
        if !item.detail.is_empty() {
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(item.detail.as_str()));
        }
        let visuals = &ui.visuals().widgets;
        if row == self.at {
            ui.painter().rect_filled(rect, 3.0, ui.visuals().selection.bg_fill);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 3.0, visuals.hovered.weak_bg_fill);
        }
        // The row itself is the widget that a screen reader finds; what is painted on it is not repeated there.
        let (strong, weak) = (ui.visuals().strong_text_color(), ui.visuals().weak_text_color());
        let font = egui::TextStyle::Body.resolve(ui.style());
        let painter = ui.painter();
        let (mut left, mut right, y) = (rect.left() + 6.0, rect.right() - 6.0, rect.center().y);
        if digit {
            list_row::paint(painter, egui::pos2(left, y), 16.0, &(row + 1).to_string(), font.clone(), weak);
            left += 18.0;
        }
        if item.key != MADE && !item.key.is_empty() {
            let at = egui::pos2(right, y);
            let key = painter.text(at, egui::Align2::RIGHT_CENTER, &item.key, font.clone(), weak);
            right = key.left() - 8.0;
        }
        let title = list_row::paint(painter, egui::pos2(left, y), right - left, &item.title, font.clone(), strong);
        left += title.size().x + 10.0;
        if right - left > 24.0 {
            list_row::paint(painter, egui::pos2(left, y), right - left, &item.detail, font, weak);
        }
        response
    }
}

/// True where each typed word begins a word of the title, in any order.
fn begins(title: &str, query: &str) -> bool {
    let title = title.to_lowercase();
    let begun = |typed: &str| title.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(typed));
    query.to_lowercase().split_whitespace().all(begun)
}

/// Marks the item that was made of the query.
const MADE: &str = "\u{0}";
