//! The menu bar by keyboard: Alt and a letter opens a menu, arrows go through it and on to the next one.

use eframe::egui::containers::menu::MenuState;
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Color32, FontSelection, Id, Key, Modifiers, Popup, Response, Stroke, TextStyle};

use crate::ui::commands::{KeyContext, Menu};

/// The menus of a place, each with the letter that opens it.
pub fn with_letters(context: KeyContext) -> Vec<(Menu, Option<char>)> {
    let mut taken: Vec<char> = Vec::new();
    let menus = Menu::ALL.into_iter().filter(|menu| menu.shown(context));
    let lettered = menus.map(|menu| {
        let letters = menu.title().chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
        let letter = letters.into_iter().find(|letter| !taken.contains(letter));
        taken.extend(letter);
        (menu, letter)
    });
    lettered.collect()
}

/// The menu that a key opens.
pub fn of_key(key: Key, held: Modifiers, context: KeyContext) -> Option<Menu> {
    if !held.matches_exact(Modifiers::ALT) {
        return None;
    }
    let same = |letter: char| key.name().chars().eq([letter]);
    with_letters(context).into_iter().find(|(_, letter)| letter.is_some_and(same)).map(|(menu, _)| menu)
}

/// The title of a menu; while Alt is held the letter that opens it is underlined.
pub fn title(ui: &egui::Ui, menu: Menu, letter: Option<char>) -> LayoutJob {
    let title = menu.title();
    let at = letter.filter(|_| ui.input(|input| input.modifiers.alt)).and_then(|letter| {
        let letters = [letter, letter.to_ascii_lowercase()];
        title.find(letters)
    });
    let font_id = FontSelection::from(TextStyle::Button).resolve(ui.style());
    let plain = TextFormat { font_id, color: Color32::PLACEHOLDER, ..TextFormat::default() };
    let underline = Stroke::new(1.0, ui.visuals().text_color());
    let mut job = LayoutJob::default();
    let (before, after) = title.split_at(at.unwrap_or(title.len()));
    let (marked, after) = after.split_at(at.map_or(0, |_| 1));
    for (part, format) in [(before, plain.clone()), (marked, TextFormat { underline, ..plain.clone() }), (after, plain)]
    {
        if !part.is_empty() {
            job.append(part, 0.0, format);
        }
    }
    job
}

/// The menus of the bar as they were shown, and where the arrows lead.
#[derive(Default)]
pub struct Bar {
    titles: Vec<(Menu, Response)>,
}

impl Bar {
    /// Takes note of a menu that was shown; tells a screen reader how it is opened, and whether it is.
    pub fn shown(&mut self, menu: Menu, letter: Option<char>, title: Response) {
        let open = is_open(&title);
        title.ctx.accesskit_node_builder(title.id, |node| {
            node.set_has_popup(egui::accesskit::HasPopup::Menu);
            node.set_expanded(open);
            if let Some(letter) = letter {
                node.set_access_key(letter.to_string());
            }
        });
        self.titles.push((menu, title));
    }

    /// Opens the menu that is wanted, or that an arrow key leads to from the open one; `held` where that key is for an entry
    /// with a menu of its own.
    pub fn open(&self, ctx: &egui::Context, wanted: Option<Menu>, held: bool) {
        let count = self.titles.len();
        let wanted = self.titles.iter().position(|(menu, _)| Some(*menu) == wanted);
        let beside = || {
            let open = self.titles.iter().position(|(_, title)| is_open(title)).filter(|_| !held)?;
            let deepest = MenuState::is_deepest_open_sub_menu(ctx, popup(&self.titles[open].1));
            let pressed = |key| deepest && ctx.input(|input| input.modifiers.is_none() && input.key_pressed(key));
            match (pressed(Key::ArrowRight), pressed(Key::ArrowLeft)) {
                (true, false) => Some((open + 1) % count),
                (false, true) => Some((open + count - 1) % count),
                _ => None,
            }
        };
        let Some((_, title)) = wanted.or_else(beside).map(|at| &self.titles[at]) else { return };
        title.request_focus();
        Popup::open_id(ctx, popup(title));
        ctx.data_mut(|data| data.insert_temp(entering(), true));
        ctx.request_discard("a key opened a menu");
    }
}

/// Gives the keyboard to the first entry of a menu that a key opened.
pub fn enter(ui: &egui::Ui, entry: &Response) {
    if !ui.is_sizing_pass() && ui.data_mut(|data| data.remove_temp::<bool>(entering())).is_some() {
        entry.request_focus();
    }
}

fn popup(title: &Response) -> Id {
    Popup::default_response_id(title)
}

fn is_open(title: &Response) -> bool {
    Popup::is_id_open(&title.ctx, popup(title))
}

fn entering() -> Id {
    Id::unique("a menu that a key opened")
}
