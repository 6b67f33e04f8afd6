//! Paints the right side: the open card or the details of what is selected, and the list of trips and claims.

use eframe::egui::{self, Align, Layout, RichText};

use super::{choose, proposed};
use crate::model::{AttributeKind, Id, Kind, Name, Pattern, Schema};
use crate::t;
use crate::ui::commands::{self, AnnotateCommand, Command, Direction, ProjectCommand};
use crate::ui::reader;
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::card::{self, Attribute, Details, Filled, Proposal, Row, Slot};
use crate::ui::workspace::cx::Cx;

/// The facts that the right side needs to know.
pub struct SideFacts<'a> {
    /// The labels and what they mean.
    pub schema: &'a Schema,
    /// The colours.
    pub theme: &'a Theme,
    /// The language of the labels' titles.
    pub language: &'a str,
    /// The frame that is open as a card, and its armed role.
    pub card: Option<(Id, Option<Name>)>,
    /// The number of annotations that are selected.
    pub selected: usize,
    /// Those that a change is about: all that are selected, where no card is open.
    pub subject: &'a [Id],
}

/// Shows what is said about an annotation; gives what was asked for.
pub type AboutFn<'a> = &'a mut dyn FnMut(&mut egui::Ui, &mut Cx<'_>, Id) -> Vec<Command>;

/// Shows the right side; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, cx: &mut Cx<'_>, about: AboutFn<'_>) -> Vec<Command> {
    let mut commands = Vec::new();
    let (theme, settings) = (cx.theme, cx.settings);
    let language = &settings.language;
    let work = &mut *cx.workspace;
    let (frames, details) = (work.frames(), work.details());
    let schema = work.session.corpus().schema.clone();
    let Some(open) = &work.open else {
        ui.add_space(8.0);
        ui.weak(t!("details-none"));
        return commands;
    };
    let subject = work.subject();
    let side = SideFacts {
        schema: &schema,
        theme,
        language,
        card: open.card.as_ref().map(|card| (card.frame, card.armed.clone())),
        selected: open.selected.len(),
        subject: &subject,
    };
    let dateline = details.is_none().then(|| proposed::dateline(work)).flatten();
    ui.add_space(6.0);
    egui::Panel::bottom("frames")
        .show_separator_line(false)
        .exact_size((4.0 + 45.0 * frames.len() as f32).min(ui.available_height() * 0.36 - 36.0).max(0.0))
        .frame(egui::Frame::new())
        .show(ui, |ui| {
            let row = |id: Id| work.page().and_then(|(text, set)| card::row(&schema, text, set, id));
            side.list(ui, &frames, row, &mut commands);
        });
    // As high as its words need, which may take two lines.
    egui::Panel::bottom("frames-head")
        .show_separator_line(false)
        .resizable(false)
        .frame(egui::Frame::new())
        .show(ui, |ui| side.list_head(ui, frames.len(), &mut commands));
    egui::CentralPanel::no_frame().show(ui, |ui| {
        egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| match details.as_ref() {
            Some(details) => {
                side.details(ui, details, &mut commands);
                commands.extend(about(ui, cx, details.id));
            }
            None => {
                side.dateline(ui, dateline.as_ref(), &mut commands);
                side.labels(ui, &mut commands);
            }
        });
    });
    commands
}

/// The state of a role in the details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arming {
    /// It is listed only: its frame is not open as a card.
    Listed,
    /// It can be armed.
    Unarmed,
    /// It is armed: the next selection fills it.
    Armed,
}

impl SideFacts<'_> {
    /// With nothing selected: the labels and their keys, which is what a newcomer needs.
    fn labels(&self, ui: &mut egui::Ui, commands: &mut Vec<Command>) {
        ui.label(RichText::new(t!("labels")).strong());
        ui.weak(t!("labels-hint"));
        ui.add_space(4.0);
        for kind in [Kind::Entity, Kind::Frame, Kind::Zone, Kind::Document] {
            let mut some = false;
            for label in self.schema.labels.iter().filter(|label| label.kind == kind) {
                some = true;
                let title = label.title.get(self.language);
                let key = label.key.map_or(String::new(), |key| format!("  {key}"));
                let text = format!("{title}{key}");
                ui.horizontal(|ui| {
                    self.swatch(ui, &label.name);
                    let button = ui.add(egui::Button::new(text).frame(false));
                    let button = button.on_hover_text(label.guide.get(self.language));
                    if button.clicked() {
                        commands.push(AnnotateCommand::Label(label.name.clone()).into());
                    }
                });
            }
            if some {
                ui.add_space(6.0);
            }
        }
    }

    /// The date of publication that the article itself names, where nobody has told it yet.
    fn dateline(&self, ui: &mut egui::Ui, line: Option<&(String, String)>, commands: &mut Vec<Command>) {
        let Some((day, words)) = line else { return };
        let take: Command = AnnotateCommand::TakeDateline.into();
        ui.horizontal_wrapped(|ui| {
            ui.label(t!("dateline-proposed", date = day));
            let text = commands::with_key(t!("dateline-take"), &take);
            if ui.small_button(text).on_hover_text(format!("“{}”", card::short(words, 60))).clicked() {
                commands.push(take);
            }
        });
        ui.add_space(4.0);
    }

    /// A small bar in the label's colour.
    fn swatch(&self, ui: &mut egui::Ui, label: &str) {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, 14.0), egui::Sense::hover());
        ui.painter().rect_filled(rect.shrink2(egui::vec2(0.0, 4.0)), 2.0, self.theme.label(self.schema.label(label)));
    }

    /// The line that a label draws under its words.
    fn line(&self, ui: &mut egui::Ui, label: &str) {
        let (rect, response) = ui.allocate_exact_size(egui::vec2(16.0, 14.0), egui::Sense::hover());
        let def = self.schema.label(label);
        let line = egui::Rect::from_center_size(rect.center(), egui::vec2(16.0, 3.0));
        reader::bar(ui.painter(), line, def.map_or(Pattern::Dotted, |def| def.pattern), self.theme.label(def));
        response.on_hover_text(self.title_of(label));
    }

    fn title_of(&self, label: &str) -> String {
        self.schema.label(label).map_or(label.to_owned(), |def| def.title.get(self.language).to_owned())
    }

    fn details(&self, ui: &mut egui::Ui, details: &Details, commands: &mut Vec<Command>) {
        let card = self.card.as_ref().filter(|(frame, _)| *frame == details.id);
        ui.horizontal(|ui| {
            self.swatch(ui, &details.label);
            let title = egui::Button::new(RichText::new(self.title_of(&details.label)).strong()).frame(false);
            if ui.add(title).on_hover_text(t!("guidelines-of")).clicked() {
                commands.push(ProjectCommand::GuidelinesOf(details.label.clone()).into());
            }
            if self.selected > 1 {
                ui.weak(t!("details-more-selected", count = self.selected - 1));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let key = commands::key_of(&AnnotateCommand::Delete.into());
                if ui.button(t!("delete")).on_hover_text(key).clicked() {
                    // The button deletes what is shown here; of what is selected in the text only where that is shown.
                    commands.push(match card {
                        Some(_) => AnnotateCommand::DeleteThese(vec![details.id]).into(),
                        None => AnnotateCommand::Delete.into(),
                    });
                }
                if details.frame
                    && card.is_none()
                    && ui
                        .button(t!("details-open-card"))
                        .on_hover_text(commands::key_of(&AnnotateCommand::Accept.into()))
                        .clicked()
                {
                    commands.push(AnnotateCommand::OpenCard(details.id).into());
                }
            });
        });
        ui.label(RichText::new(&details.quote).size(15.0));
        for sentence in &details.wrong {
            ui.label(RichText::new(format!("! {sentence}")).color(self.theme.warn));
        }
        if details.frame {
            self.roles(ui, details, card.map(|(_, armed)| armed.as_ref()), commands);
        }
        if !details.attributes.is_empty() {
            ui.add_space(6.0);
            ui.label(RichText::new(t!("attributes")).strong());
            let room = ui.available_width();
            let width = (room - 120.0).clamp(70.0, 150.0);
            let all = details.attributes.iter().enumerate();
            let proposed = details.proposed.as_ref();
            if room < 300.0 {
                // Columns would be wider than the panel.
                for (index, attribute) in all {
                    ui.horizontal(|ui| self.attribute(ui, (details.id, width), index, attribute, proposed, commands));
                }
            } else {
                egui::Grid::new("attributes").num_columns(2).show(ui, |ui| {
                    for (index, attribute) in all {
                        self.attribute(ui, (details.id, width), index, attribute, proposed, commands);
                        ui.end_row();
                    }
                });
            }
        }
        self.next_values(ui, details, commands);
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            ui.label(t!("details-is"));
            let name = details.referent.as_deref().unwrap_or(t!("details-who-or-what"));
            let name = crate::ui::workspace::card::short(name, letters(ui, 40.0));
            if ui.button(name).on_hover_text(t!("details-referent-hint")).clicked() {
                commands.push(AnnotateCommand::Refer.into());
            }
            match &details.proposed {
                _ if details.referent.is_some() => {
                    let nobody = AnnotateCommand::Nobody.into();
                    let button = named(ui.small_button("×"), t!("details-nobody"));
                    if button.on_hover_text(commands::with_key(t!("details-nobody"), &nobody)).clicked() {
                        commands.push(nobody);
                    }
                }
                Some(Proposal::Known { name, .. }) => self.proposal(ui, name, commands),
                Some(Proposal::New(_)) => self.proposal(ui, t!("refer-new"), commands),
                Some(Proposal::Date { .. }) | None => {}
            }
        });
        ui.horizontal_wrapped(|ui| {
            ui.label(t!("details-note"));
            let text = if details.note.is_empty() {
                t!("details-write-note").to_owned()
            } else {
                crate::ui::workspace::card::short(&details.note, 120)
            };
            let note = AnnotateCommand::Note.into();
            if ui.button(text).on_hover_text(commands::key_of(&note)).clicked() {
                commands.push(note);
            }
        });
        for (frame, role, title) in &details.fills {
            let text =
                t!("details-role-of", role = role, card = crate::ui::workspace::card::short(title, letters(ui, 120.0)));
            if ui.link(text).clicked() {
                commands.push(AnnotateCommand::OpenCard(*frame).into());
            }
        }
        ui.add_space(4.0);
        ui.label(RichText::new(&details.origin).small().weak());
    }

    /// An attribute in two columns, its values in a list of this width.
    fn attribute(
        &self,
        ui: &mut egui::Ui,
        (id, width): (Id, f32),
        index: usize,
        attribute: &Attribute,
        proposed: Option<&Proposal>,
        commands: &mut Vec<Command>,
    ) {
        let def = attribute.def.as_ref();
        let title = def.map_or(attribute.name.as_str(), |def| def.title.get(self.language)).to_owned();
        let shown = attribute.value.as_deref().unwrap_or("–");
        let label = ui.horizontal(|ui| {
            let key = if index < 6 { format!("{}", index + 1) } else { String::new() };
            ui.label(RichText::new(key).weak().monospace());
            ui.label(&title).on_hover_text(def.map_or("", |def| def.guide.get(self.language)))
        });
        let label = label.inner;
        ui.horizontal(|ui| {
            let Some(def) = def else {
                ui.label(RichText::new(t!("attribute-unknown", value = shown)).color(self.theme.warn));
                return;
            };
            let AttributeKind::Choice(choices) = &def.kind else {
                if ui.button(shown).labelled_by(label.id).clicked() {
                    commands.push(AnnotateCommand::Attribute(index).into());
                }
                if let Some(Proposal::Date { attribute: name, date }) = proposed
                    && *name == attribute.name
                {
                    self.proposal(ui, date.as_str(), commands);
                }
                return;
            };
            let value_title = |name: &str| {
                let choice = choices.iter().find(|choice| choice.name == *name);
                choice.map_or(name.to_owned(), |choice| choice.title.get(self.language).to_owned())
            };
            let set = |value: Option<&Name>| {
                let ids = if self.subject.contains(&id) { self.subject.to_vec() } else { vec![id] };
                let value = value.map(ToString::to_string);
                Command::Annotate(AnnotateCommand::SetAttribute(ids, attribute.name.clone(), value))
            };
            let shown = attribute.value.as_deref().map_or("–".to_owned(), value_title);
            let empty = def.required && attribute.value.is_none();
            egui::ComboBox::from_id_salt((id, &attribute.name))
                .selected_text(shown)
                .width(width)
                .truncate()
                .show_ui(ui, |ui| {
                    if ui.selectable_label(attribute.value.is_none(), t!("attribute-not-set")).clicked() {
                        commands.push(set(None));
                    }
                    for choice in choices {
                        let chosen = attribute.value.as_deref() == Some(choice.name.as_str());
                        let item = ui.selectable_label(chosen, choice.title.get(self.language));
                        if item.on_hover_text(choice.guide.get(self.language)).clicked() {
                            commands.push(set(Some(&choice.name)));
                        }
                    }
                })
                .response
                .labelled_by(label.id);
            if empty {
                ui.label(RichText::new(t!("slot-empty")).color(self.theme.warn));
            }
        });
    }

    /// The values of the next attribute that is not set yet, each one key or click away.
    fn next_values(&self, ui: &mut egui::Ui, details: &Details, commands: &mut Vec<Command>) {
        let Some((def, choices)) = choose::next(details) else { return };
        ui.horizontal_wrapped(|ui| {
            ui.weak(format!("{}:", def.title.get(self.language)));
            for (at, choice) in choices.iter().enumerate() {
                let choose: Command = AnnotateCommand::Choose(at).into();
                let key = commands::key_of(&choose);
                let button = ui.small_button(format!("{}  {key}", choice.title.get(self.language)).trim_end());
                if button.on_hover_text(choice.guide.get(self.language)).clicked() {
                    commands.push(choose);
                }
            }
        });
    }

    /// Something that waits to be taken: dashed, for it is nobody's yet.
    fn proposal(&self, ui: &mut egui::Ui, what: &str, commands: &mut Vec<Command>) {
        let accept: Command = AnnotateCommand::Accept.into();
        let text = commands::with_key(&format!("{}?", card::short(what, letters(ui, 150.0))), &accept);
        let button = ui.add(egui::Button::new(text).fill(egui::Color32::TRANSPARENT).stroke(egui::Stroke::NONE));
        let edge = button.rect.shrink(0.5);
        let corners = [edge.left_top(), edge.right_top(), edge.right_bottom(), edge.left_bottom(), edge.left_top()];
        let stroke = egui::Stroke::new(1.0, self.theme.weak);
        ui.painter().extend(egui::Shape::dashed_line(&corners, stroke, 3.0, 3.0));
        if button.on_hover_text(t!("proposal-hint")).clicked() {
            commands.push(accept);
        }
    }

    /// The slots of a frame; `armed` is there where it is open as a card.
    fn roles(&self, ui: &mut egui::Ui, details: &Details, armed: Option<Option<&Name>>, commands: &mut Vec<Command>) {
        ui.add_space(6.0);
        for slot in &details.roles {
            let is_armed = armed.flatten() == Some(&slot.name);
            let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(6, 3)).corner_radius(4.0);
            let frame = if is_armed { frame.fill(self.theme.selection) } else { frame };
            let shown = frame.show(ui, |ui| {
                ui.set_width(ui.available_width());
                let arming = match armed {
                    None => Arming::Listed,
                    Some(_) if is_armed => Arming::Armed,
                    Some(_) => Arming::Unarmed,
                };
                self.slot(ui, details, slot, arming, commands);
            });
            if is_armed {
                // In a low window it may be further down: it is shown when it is armed, and may be scrolled away then.
                let key = egui::Id::unique("armed role in view");
                let now = (details.id, slot.name.clone(), slot.fillers.len());
                if ui.data(|data| data.get_temp(key)) != Some(now.clone()) {
                    ui.data_mut(|data| data.insert_temp(key, now));
                    shown.response.scroll_to_me(None);
                }
            }
        }
        if armed.is_some_and(|armed| armed.is_none()) {
            ui.data_mut(|data| data.remove::<(Id, Name, usize)>(egui::Id::unique("armed role in view")));
        }
    }

    fn slot(&self, ui: &mut egui::Ui, details: &Details, slot: &Slot, arming: Arming, commands: &mut Vec<Command>) {
        let armed = arming == Arming::Armed;
        let def = slot.def.as_ref();
        let title = def.map_or(slot.name.as_str(), |def| def.title.get(self.language)).to_owned();
        let mut beside = false;
        ui.horizontal_wrapped(|ui| {
            if arming != Arming::Listed {
                let key = def.and_then(|def| def.key).map_or(String::new(), |key| commands::Press::Char(key).shown());
                ui.label(RichText::new(if armed { "▶" } else { "  " }).monospace());
                let text = if key.is_empty() { title.clone() } else { format!("{title}  {key}") };
                let button = ui.add(egui::Button::new(RichText::new(text).strong()).frame(false));
                let button = button.on_hover_text(def.map_or("", |def| def.guide.get(self.language)));
                if button.clicked() {
                    commands.push(AnnotateCommand::Arm(slot.name.clone()).into());
                }
            } else {
                ui.label(RichText::new(&title).strong());
            }
            if let Some(def) = def {
                ui.weak(def.cardinality.to_string()).on_hover_text(t!("role-cardinality"));
            }
            if slot.missing {
                ui.label(RichText::new(t!("slot-empty")).color(self.theme.warn));
            }
            // Beside the title where there is room for all of it, with its line and its cross.
            let fits = |filled: &Filled| {
                (filled.text.chars().count() + filled.says.chars().count()) as f32 * 7.5 + 84.0
                    <= ui.available_size_before_wrap().x
            };
            if let [filled] = &slot.fillers[..]
                && fits(filled)
            {
                self.filled(ui, details.id, slot, filled, commands);
                beside = true;
            }
        });
        if !beside {
            for filled in &slot.fillers {
                ui.horizontal(|ui| {
                    ui.add_space(24.0);
                    self.filled(ui, details.id, slot, filled, commands);
                });
            }
        }
        if !armed {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            ui.weak(t!("role-select-or"));
            if ui.small_button(t!("role-choose")).clicked() {
                commands.push(AnnotateCommand::Candidates.into());
            }
            if def.is_some_and(|def| !def.values.is_empty()) && ui.small_button(t!("role-value")).clicked() {
                commands.push(AnnotateCommand::TypeValue.into());
            }
        });
        // The labels that words may get here, for the mouse: the same as their keys.
        let entity = |label: &&crate::model::LabelDef| label.kind == Kind::Entity;
        let fitting = def.into_iter().flat_map(|def| &def.fillers);
        let fitting: Vec<_> = fitting.filter_map(|label| self.schema.label(label)).filter(entity).collect();
        if fitting.len() + usize::from(def.is_some_and(|def| def.spans)) > 1 {
            ui.horizontal_wrapped(|ui| {
                ui.weak(t!("role-words-are"));
                for label in fitting {
                    let key = label.key.map_or(String::new(), |key| format!("  {key}"));
                    let button = ui.small_button(format!("{}{key}", label.title.get(self.language)));
                    if button.on_hover_text(label.guide.get(self.language)).clicked() {
                        commands.push(AnnotateCommand::Label(label.name.clone()).into());
                    }
                }
            });
        }
    }

    fn filled(&self, ui: &mut egui::Ui, frame: Id, slot: &Slot, filled: &Filled, commands: &mut Vec<Command>) {
        if let Some(label) = &filled.label {
            self.line(ui, label);
        }
        let text = crate::ui::workspace::card::short(&filled.text, letters(ui, 110.0));
        let text = if filled.broken { RichText::new(format!("! {text}")).color(self.theme.bad) } else { text.into() };
        let button = ui.button(text).on_hover_text(t!("filler-go"));
        if button.clicked()
            && let Some(target) = filled.target
        {
            commands.push(AnnotateCommand::Select(vec![target]).into());
        }
        if !filled.says.is_empty() {
            let sign = if filled.waits { "?" } else { "" };
            ui.weak(format!("{}{sign}", card::short(&filled.says, 24)));
        }
        if slot.def.as_ref().is_some_and(|def| def.ordered) && slot.fillers.len() > 1 {
            let name = t!("moved-forward", name = filled.text);
            if named(ui.small_button("↑"), &name).on_hover_text(t!("earlier")).clicked() {
                commands.push(AnnotateCommand::Reorder(frame, filled.index, Direction::Back).into());
            }
        }
        let name = t!("filler-take-away-of", name = filled.text);
        if named(ui.small_button("×"), &name).on_hover_text(t!("filler-take-away")).clicked() {
            commands.push(AnnotateCommand::Unfill(frame, filled.index).into());
        }
    }

    /// The number of trips and claims, and buttons for new ones.
    fn list_head(&self, ui: &mut egui::Ui, count: usize, commands: &mut Vec<Command>) {
        ui.add_space(10.0);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(t!("cards-in-article", count = count)).strong());
            for label in self.frames() {
                let text = format!("+ {}", label.title.get(self.language).to_lowercase());
                if ui.small_button(text).on_hover_text(t!("cards-new-hint")).clicked() {
                    commands.push(AnnotateCommand::NewFrame(label.name.clone()).into());
                }
            }
        });
    }

    /// The list of trips and claims; rows are made of those that are seen.
    fn list(&self, ui: &mut egui::Ui, frames: &[Id], row: impl Fn(Id) -> Option<Row>, commands: &mut Vec<Command>) {
        let height = 42.0;
        egui::ScrollArea::vertical().id_salt("frames").auto_shrink([false, false]).show_rows(
            ui,
            height,
            frames.len(),
            |ui, visible| {
                for row in frames[visible].iter().filter_map(|&id| row(id)) {
                    if self.row(ui, &row, height).clicked() {
                        commands.push(AnnotateCommand::OpenCard(row.id).into());
                    }
                }
            },
        );
    }

    fn frames(&self) -> impl Iterator<Item = &crate::model::LabelDef> {
        self.schema.labels.iter().filter(|label| label.kind == Kind::Frame)
    }

    fn row(&self, ui: &mut egui::Ui, row: &Row, height: f32) -> egui::Response {
        let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), height), egui::Sense::click());
        let open = self.card.as_ref().is_some_and(|(frame, _)| *frame == row.id);
        let summary = match row.missing {
            0 => row.summary.clone(),
            missing => t!("card-row-empty", summary = row.summary, count = missing),
        };
        let name = format!("{}: {}", self.title_of(&row.label), row.title);
        list_row::tell(&response, open, || format!("{name}, {summary}"));
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        if open {
            painter.rect_filled(rect, 4.0, self.theme.selection);
        } else if response.hovered() {
            painter.rect_filled(rect, 4.0, self.theme.raised);
        }
        list_row::focus_ring(&painter, &response, self.theme);
        let bar = egui::Rect::from_min_size(rect.min + egui::vec2(4.0, 6.0), egui::vec2(4.0, height - 12.0));
        painter.rect_filled(bar, 2.0, self.theme.label(self.schema.label(&row.label)));
        let body = egui::TextStyle::Body.resolve(ui.style());
        let small = egui::TextStyle::Small.resolve(ui.style());
        let left = rect.left() + 14.0;
        let width = rect.right() - left - 6.0;
        list_row::paint(&painter, egui::pos2(left, rect.top() + 12.0), width, &name, body, self.theme.text);
        let tint = if row.missing > 0 { self.theme.warn } else { self.theme.weak };

        list_row::paint(&painter, egui::pos2(left, rect.bottom() - 11.0), width, &summary, small, tint);
        response
    }
}

/// The number of letters that fit beside `taken` points: a row must not be wider than its panel.
fn letters(ui: &egui::Ui, taken: f32) -> usize {
    ((ui.max_rect().width() - taken) / 8.0).clamp(6.0, 40.0) as usize
}

/// A button whose sign says little, with a name for a screen reader.
fn named(response: egui::Response, name: &str) -> egui::Response {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    response
}
