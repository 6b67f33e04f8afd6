//! Who is compared, and what counts as agreed: as it is set, and the dialog that sets it.

use eframe::egui::{self, Modifiers, RichText};

use crate::model::Name;
use crate::review::Strategy;
use crate::store::settings::Compared;
use crate::t;
use crate::ui::shell::overlay::Reply;
use crate::ui::widgets::dialog;

/// Who is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// Whose sets, in the order of the digit keys; none named means everybody's but the adjudicated one.
    pub sets: Vec<Name>,
    /// What counts as agreed without anybody deciding it.
    pub strategy: Strategy,
    /// Whose set the decisions go into.
    pub gold: Name,
}

impl Default for Setup {
    fn default() -> Self {
        Self { sets: Vec::new(), strategy: Strategy::Unanimous, gold: Name::new("gold") }
    }
}

impl Setup {
    /// As it was remembered.
    pub fn of(remembered: &Compared) -> Self {
        Self {
            sets: remembered.sets.iter().map(|name| Name::new(name)).collect(),
            strategy: remembered.strategy.parse().unwrap_or(Strategy::Unanimous),
            gold: Name::new(&remembered.gold),
        }
    }

    /// Those who are compared, of all who have sets.
    pub fn names(&self, known: &[Name]) -> Vec<Name> {
        match self.sets.is_empty() {
            true => known.iter().filter(|name| **name != self.gold).cloned().collect(),
            false => self.sets.clone(),
        }
    }
}

/// The open dialog.
pub struct SetupDialog {
    /// Everybody, and whether they are compared.
    people: Vec<(Name, bool)>,
    strategy: Strategy,
    percent: u8,
    least: usize,
    prefer: usize,
    gold: String,
}

impl SetupDialog {
    /// A dialog about what is set, for all who have sets.
    pub fn new(setup: &Setup, known: &[Name]) -> Self {
        let names = setup.names(known);
        let mut people: Vec<(Name, bool)> = names.iter().map(|name| (name.clone(), true)).collect();
        people.extend(known.iter().filter(|name| !names.contains(name)).map(|name| (name.clone(), false)));
        let (mut percent, mut least, mut prefer) = (60, 2, 0);
        match &setup.strategy {
            Strategy::Unanimous => {}
            Strategy::Majority { percent: share, least: count } => (percent, least) = (*share, *count),
            Strategy::Prefer(name) => prefer = people.iter().position(|(other, _)| other == name).unwrap_or(0),
        }
        Self { people, strategy: setup.strategy.clone(), percent, least, prefer, gold: setup.gold.to_string() }
    }

    /// What was chosen; none while it makes no sense.
    pub fn setup(&self) -> Option<Setup> {
        let gold = match self.gold.trim() {
            "gold" => Name::new("gold"),
            other => crate::store::annotator(other).ok()?,
        };
        let sets: Vec<Name> = self.people.iter().filter(|(_, on)| *on).map(|(name, _)| name.clone()).collect();
        let strategy = match self.strategy {
            Strategy::Unanimous => Strategy::Unanimous,
            Strategy::Majority { .. } => Strategy::Majority { percent: self.percent, least: self.least },
            Strategy::Prefer(_) => Strategy::Prefer(self.people.get(self.prefer)?.0.clone()),
        };
        let everybody = self.people.iter().all(|(name, on)| *on == (*name != gold));
        let sound = !sets.is_empty() && !sets.contains(&gold);
        sound.then_some(Setup { sets: if everybody { Vec::new() } else { sets }, strategy, gold })
    }

    /// Shows it.
    pub fn ui(&mut self, ctx: &egui::Context) -> Reply {
        let mut reply = dialog::keys(ctx, Modifiers::NONE);
        let modal = dialog::modal(ctx, "reviewers", 460.0, |ui| {
            ui.heading(t!("setup-title"));
            ui.weak(t!("setup-hint"));
            let mut up = None;
            for (at, (name, on)) in self.people.iter_mut().enumerate() {
                ui.horizontal(|ui| {
                    ui.checkbox(on, name.as_str());
                    let earlier = egui::Button::new("↑").small();
                    let earlier = ui.add_enabled(at > 0, earlier).on_hover_text(t!("earlier"));
                    earlier.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::Button, true, t!("moved-forward", name = name))
                    });
                    if earlier.clicked() {
                        up = Some(at);
                    }
                });
            }
            if let Some(at) = up {
                self.people.swap(at, at - 1);
            }
            ui.add_space(8.0);
            ui.label(RichText::new(t!("setup-agreed")).strong());
            self.strategies(ui);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let label = ui.label(t!("setup-gold"));
                egui::TextEdit::singleline(&mut self.gold)
                    .desired_width(120.0)
                    .show(ui)
                    .response
                    .response
                    .labelled_by(label.id);
            });
            ui.add_space(4.0);
            reply = dialog::buttons(ui, t!("ok-enter"), self.setup().is_some(), reply);
        });
        match reply {
            _ if modal.should_close() => Reply::Closed,
            Reply::Done if self.setup().is_none() => Reply::Open,
            reply => reply,
        }
    }

    fn strategies(&mut self, ui: &mut egui::Ui) {
        if ui.radio(self.strategy == Strategy::Unanimous, t!("setup-unanimous")).clicked() {
            self.strategy = Strategy::Unanimous;
        }
        ui.horizontal_wrapped(|ui| {
            let on = matches!(self.strategy, Strategy::Majority { .. });
            let radio = ui.radio(on, t!("setup-majority"));
            let percent = ui.add(egui::DragValue::new(&mut self.percent).range(1..=100).suffix(" %"));
            let least = ui.label(t!("setup-least"));
            let count = ui.add(egui::DragValue::new(&mut self.least).range(1..=99)).labelled_by(least.id);
            let touched = percent.labelled_by(radio.id).changed() || count.changed();
            if radio.clicked() || touched {
                self.strategy = Strategy::Majority { percent: self.percent, least: self.least };
            }
        });
        ui.horizontal_wrapped(|ui| {
            let on = matches!(self.strategy, Strategy::Prefer(_));
            let radio = ui.radio(on, t!("setup-prefer"));
            let name = |at: usize| self.people.get(at).map_or("", |(name, _)| name.as_str()).to_owned();
            let mut prefer = self.prefer;
            egui::ComboBox::from_id_salt("prefer")
                .selected_text(name(prefer))
                .show_ui(ui, |ui| {
                    for at in 0..self.people.len() {
                        ui.selectable_value(&mut prefer, at, name(at));
                    }
                })
                .response
                .labelled_by(radio.id);
            if radio.clicked() || prefer != self.prefer {
                self.prefer = prefer;
                self.strategy = Strategy::Prefer(Name::new(&name(prefer)));
            }
        });
    }
}
