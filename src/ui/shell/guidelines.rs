//! The guidelines as pages: what holds for the whole schema, and a page for each label with its attributes, values and roles.

use eframe::egui::{self, Key, Modifiers, RichText};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use crate::model::{AttributeKind, LabelDef, Name, Schema, Titles};
use crate::say;
use crate::t;
use crate::ui::schema::cardinality_words;
use crate::ui::widgets::dialog::{self, Reply};
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;

/// The schema that comes with the program has a page of its own on what no single label can say.
const TRIPS: [(&str, &str); 2] = [
    ("en", include_str!("../../../assets/guidelines/trips.en.md")),
    ("id", include_str!("../../../assets/guidelines/trips.id.md")),
];

/// A page.
struct Page {
    /// The label that it is about; none where it is about all.
    label: Option<Name>,
    title: String,
    /// Markdown.
    text: String,
    /// The same in lower case, as words are looked for in it.
    lower: String,
}

impl Page {
    fn new(label: Option<Name>, title: String, text: String) -> Self {
        let lower = text.to_lowercase();
        Self { label, title, text, lower }
    }
}

/// The guidelines, to be read.
pub struct GuidelinesDialog {
    pages: Vec<Page>,
    wanted: String,
    /// The page that is shown.
    at: usize,
    cache: CommonMarkCache,
    fresh: bool,
}

impl GuidelinesDialog {
    /// The guidelines of a schema in a language, ISO 639-1, opened at a label.
    pub fn new(schema: &Schema, language: &str, label: Option<&Name>) -> Self {
        let general =
            TRIPS.iter().find(|(code, _)| *code == language).or(TRIPS.first()).filter(|_| schema.name == *"trips");
        let general = general.map(|(_, text)| Page::new(None, t!("guidelines-general").to_owned(), (*text).to_owned()));
        let labels = schema.labels.iter().map(|label| {
            let title = titled(&label.title, &label.name, language);
            Page::new(Some(label.name.clone()), title, page(label, language))
        });
        let pages: Vec<Page> = general.into_iter().chain(labels).collect();
        let at = label.and_then(|label| pages.iter().position(|page| page.label.as_ref() == Some(label)));
        let (wanted, cache) = (String::new(), CommonMarkCache::default());
        Self { pages, wanted, at: at.unwrap_or(0), cache, fresh: true }
    }

    /// The pages that have the words that are looked for.
    fn found(&self) -> Vec<usize> {
        let words: Vec<String> = self.wanted.split_whitespace().map(str::to_lowercase).collect();
        let has = |page: &Page| words.iter().all(|word| page.lower.contains(word));
        (0..self.pages.len()).filter(|&at| has(&self.pages[at])).collect()
    }

    /// Shows it.
    pub fn ui(&mut self, ctx: &egui::Context, theme: &Theme) -> Reply {
        let mut reply = dialog::keys(ctx, Modifiers::NONE);
        if reply == Reply::Done {
            reply = Reply::Open;
        }
        let found = self.found();
        let step = ctx.input_mut(|input| {
            let down = input.consume_key(Modifiers::NONE, Key::ArrowDown);
            i32::from(down) - i32::from(input.consume_key(Modifiers::NONE, Key::ArrowUp))
        });
        let here = found.iter().position(|&at| at == self.at);
        let next = here.map_or(0, |here| here.saturating_add_signed(step as isize).min(found.len().saturating_sub(1)));
        if let Some(&at) = found.get(next) {
            self.at = at;
        }
        let shown = dialog::modal(ctx, "guidelines", 860.0, |ui| {
            dialog::heading(ui, t!("guidelines-title"));
            let label = ui.label(t!("guidelines-find"));
            let field = egui::TextEdit::singleline(&mut self.wanted).desired_width(f32::INFINITY);
            let field = field.show(ui).response.response.labelled_by(label.id);
            dialog::focus(&field, &mut self.fresh, "");
            ui.add_space(6.0);
            let height = (ui.available_height() - 40.0).max(120.0);
            ui.horizontal_top(|ui| {
                let list = egui::vec2(if ui.available_width() > 480.0 { 180.0 } else { 110.0 }, height);
                let down = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(list, down, |ui| self.list(ui, &found, height, theme));
                ui.separator();
                ui.vertical(|ui| self.page(ui, &found, height));
            });
            if ui.button(t!("close-esc")).clicked() { Reply::Closed } else { Reply::Open }
        });
        if shown.should_close() || shown.inner == Reply::Closed { Reply::Closed } else { reply }
    }

    fn list(&mut self, ui: &mut egui::Ui, found: &[usize], height: f32, theme: &Theme) {
        let area = egui::ScrollArea::vertical().id_salt("pages").max_height(height).auto_shrink([false, false]);
        area.show(ui, |ui| {
            let row = ui.text_style_height(&egui::TextStyle::Body) + 8.0;
            for &at in found {
                let title = self.pages[at].title.clone();
                let size = egui::vec2(ui.available_width(), row);
                let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
                let painter = list_row::ground(ui, &response, at == self.at, || title.clone(), theme);
                let font = egui::TextStyle::Body.resolve(ui.style());
                let left = egui::pos2(rect.left() + 10.0, rect.center().y);
                list_row::paint(&painter, left, rect.width() - 14.0, &title, font, theme.text);
                if response.clicked() {
                    self.at = at;
                }
            }
            if found.is_empty() {
                ui.label(RichText::new(t!("guidelines-none")).color(theme.weak));
            }
        });
    }

    fn page(&mut self, ui: &mut egui::Ui, found: &[usize], height: f32) {
        let Some(page) = self.pages.get(self.at).filter(|_| found.contains(&self.at)) else { return };
        // A page begins at its top.
        let area = egui::ScrollArea::vertical().id_salt(("page", self.at)).max_height(height);
        area.auto_shrink([false, false]).show(ui, |ui| {
            CommonMarkViewer::new().show(ui, &mut self.cache, &page.text);
        });
    }
}

/// The page of a label.
fn page(label: &LabelDef, language: &str) -> String {
    let mut lines = vec![format!("# {}", say::markdown(&titled(&label.title, &label.name, language)))];
    if let Some(key) = label.key {
        lines.push(t!("guidelines-key", key = crate::ui::commands::Press::Char(key).shown()));
    }
    lines.push(say::markdown(label.guide.get(language)));
    if !label.attributes.is_empty() {
        lines.push(format!("## {}", t!("attributes")));
    }
    for attribute in &label.attributes {
        lines.push(entry(&titled(&attribute.title, &attribute.name, language), "", attribute.guide.get(language)));
        if let AttributeKind::Choice(values) = &attribute.kind {
            let value = |title: String, guide: &str| format!("  {}", entry(&title, "", guide));
            lines.extend(values.iter().map(|it| value(titled(&it.title, &it.name, language), it.guide.get(language))));
        }
    }
    if !label.roles.is_empty() {
        lines.push(format!("## {}", t!("schema-role-list")));
    }
    for role in &label.roles {
        let said = cardinality_words(role.cardinality);
        lines.push(entry(&titled(&role.title, &role.name, language), said, role.guide.get(language)));
    }
    let list = |line: &str| line.trim_start().starts_with("- ");
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let close = at > 0 && list(line) && list(&lines[at - 1]);
        text.push_str(if at == 0 {
            ""
        } else if close {
            "\n"
        } else {
            "\n\n"
        });
        text.push_str(line);
    }
    text
}

fn entry(title: &str, said: &str, guide: &str) -> String {
    let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
    let guide = if guide.is_empty() { String::new() } else { format!(": {}", say::markdown(guide)) };
    format!("- **{}**{said}{guide}", say::markdown(title))
}

fn titled(titles: &Titles, name: &Name, language: &str) -> String {
    let title = titles.get(language);
    if title.is_empty() { name.to_string() } else { title.to_owned() }
}
