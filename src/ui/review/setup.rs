//! The annotators who are compared, and what counts as agreed: as it is set, and the dialog that sets it.

use eframe::egui::{self, Modifiers, RichText};

use crate::model::{Maker, Name, Project, SetKind};
use crate::review::Strategy;
use crate::t;
use crate::ui::widgets::dialog;
use crate::ui::widgets::dialog::Reply;
use crate::ui::workspace::other_annotators::set_kind_title;

/// The annotators who are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// The makers whose sets are of another kind than is usual, and those that are listed.
    pub people: Vec<Maker>,
    /// The owners of the sets, in the order of the digit keys; none named means every person's.
    pub sets: Vec<Name>,
    /// The rule for agreement without anybody deciding it.
    pub strategy: Strategy,
    /// The set that receives decisions.
    pub gold: Name,
}

impl Default for Setup {
    fn default() -> Self {
        Self::of(&Project::default())
    }
}

impl Setup {
    /// As a project says.
    pub fn of(project: &Project) -> Self {
        let Project { people, compared, strategy, gold, .. } = project.clone();
        Self { people, sets: compared, strategy, gold }
    }

    /// True where a project says so.
    pub fn is_of(&self, project: &Project) -> bool {
        let Project { people, compared, strategy, gold, .. } = project;
        (&self.people, &self.sets, &self.strategy, &self.gold) == (people, compared, strategy, gold)
    }

    /// Makes a project say so.
    pub fn change(&self, project: &mut Project) {
        let Self { people, sets, strategy, gold } = self.clone();
        (project.people, project.compared, project.strategy, project.gold) = (people, sets, strategy, gold);
    }

    fn project(&self) -> Project {
        let mut project = Project::default();
        self.change(&mut project);
        project
    }

    /// Those who are compared, of all who have sets.
    pub fn names(&self, known: &[Name]) -> Vec<Name> {
        self.project().compared(known)
    }
}

/// The width of lists to choose from, in points.
const KINDS: f32 = 130.0;

/// Somebody who has sets, in the dialog.
struct Candidate {
    name: Name,
    kind: SetKind,
    /// True for one who is compared.
    on: bool,
}

/// The open dialog.
pub struct SetupDialog {
    /// The setup before.
    before: Setup,
    /// Everybody who has sets.
    people: Vec<Candidate>,
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
        let project = setup.project();
        let candidate =
            |name: &Name| Candidate { name: name.clone(), kind: project.kind(name), on: names.contains(name) };
        let others = known.iter().filter(|name| !names.contains(name));
        let people: Vec<Candidate> = names.iter().chain(others).map(candidate).collect();
        let (mut percent, mut least, mut prefer) = (60, 2, 0);
        match &setup.strategy {
            Strategy::Unanimous => {}
            Strategy::Majority { percent: share, least: count } => (percent, least) = (*share, *count),
            Strategy::Prefer(name) => prefer = people.iter().position(|one| one.name == *name).unwrap_or(0),
        }
        Self {
            before: setup.clone(),
            people,
            strategy: setup.strategy.clone(),
            percent,
            least,
            prefer,
            gold: setup.gold.to_string(),
        }
    }

    /// The choice; none while it makes no sense.
    pub fn setup(&self) -> Option<Setup> {
        let gold = crate::exchange::set_name(self.gold.trim()).ok()?;
        let sets: Vec<Name> = self.people.iter().filter(|one| one.on).map(|one| one.name.clone()).collect();
        let strategy = match self.strategy {
            Strategy::Unanimous => Strategy::Unanimous,
            Strategy::Majority { .. } => Strategy::Majority { percent: self.percent, least: self.least },
            Strategy::Prefer(_) => Strategy::Prefer(self.people.get(self.prefer)?.name.clone()),
        };
        let mut project = self.before.project();
        for one in &self.people {
            project.set_kind(&one.name, one.kind);
        }
        project.gold = gold.clone();
        let decides = self.people.iter().find(|one| one.name == gold);
        let everybody = self.people.iter().all(|one| one.on == (one.kind == SetKind::Person && one.name != gold));
        let sound = !sets.is_empty()
            && !sets.contains(&gold)
            && decides
                .is_none_or(|one| one.kind == SetKind::Adjudicated || project.kind(&gold) == SetKind::Adjudicated);
        let sets = if everybody { Vec::new() } else { sets };
        sound.then_some(Setup { people: project.people, sets, strategy, gold })
    }

    /// Shows it.
    pub fn ui(&mut self, ctx: &egui::Context) -> Reply {
        dialog::ask(ctx, "reviewers", 460.0, Modifiers::NONE, |ui, reply| {
            dialog::heading(ui, t!("who-is-compared"));
            ui.weak(t!("setup-hint"));
            let mut up = None;
            egui::Grid::new("people").num_columns(3).show(ui, |ui| {
                for (at, one) in self.people.iter_mut().enumerate() {
                    let whose = ui.checkbox(&mut one.on, one.name.as_str());
                    let before = one.kind;
                    egui::ComboBox::from_id_salt(("kind", at))
                        .selected_text(set_kind_title(one.kind))
                        .width(KINDS)
                        .show_ui(ui, |ui| {
                            for kind in SetKind::ALL {
                                ui.selectable_value(&mut one.kind, kind, set_kind_title(kind));
                            }
                        })
                        .response
                        .labelled_by(whose.id);
                    if one.kind != before {
                        one.on = one.kind == SetKind::Person;
                    }
                    let earlier = egui::Button::new("↑").small();
                    let earlier = ui.add_enabled(at > 0, earlier).on_hover_text(t!("earlier"));
                    let name = &one.name;
                    earlier.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::Button, true, t!("moved-forward", name = name))
                    });
                    if earlier.clicked() {
                        up = Some(at);
                    }
                    ui.end_row();
                }
            });
            if let Some(at) = up {
                self.people.swap(at, at - 1);
            }
            ui.add_space(8.0);
            ui.label(RichText::new(t!("setup-agreed")).strong());
            egui::Grid::new("strategies").num_columns(2).show(ui, |ui| self.strategies(ui));
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
            dialog::buttons(ui, t!("ok-enter"), self.setup().is_some(), reply)
        })
    }

    /// A row for each rule, with what it leaves open beside it.
    fn strategies(&mut self, ui: &mut egui::Ui) {
        if ui.radio(self.strategy == Strategy::Unanimous, t!("setup-unanimous")).clicked() {
            self.strategy = Strategy::Unanimous;
        }
        ui.end_row();
        let on = matches!(self.strategy, Strategy::Majority { .. });
        let radio = ui.radio(on, t!("setup-majority"));
        let percent = ui.add(egui::DragValue::new(&mut self.percent).range(1..=100).suffix(" %"));
        ui.end_row();
        let least = ui.horizontal(|ui| {
            ui.add_space(ui.spacing().icon_width + ui.spacing().icon_spacing);
            ui.label(t!("setup-least"))
        });
        let count = ui.add(egui::DragValue::new(&mut self.least).range(1..=99)).labelled_by(least.inner.id);
        ui.end_row();
        let touched = percent.labelled_by(radio.id).changed() || count.changed();
        if radio.clicked() || touched {
            self.strategy = Strategy::Majority { percent: self.percent, least: self.least };
        }
        let on = matches!(self.strategy, Strategy::Prefer(_));
        let radio = ui.radio(on, t!("setup-prefer"));
        let name = |at: usize| self.people.get(at).map_or("", |one| one.name.as_str()).to_owned();
        let mut prefer = self.prefer;
        egui::ComboBox::from_id_salt("prefer")
            .selected_text(name(prefer))
            .width(KINDS)
            .show_ui(ui, |ui| {
                for at in 0..self.people.len() {
                    ui.selectable_value(&mut prefer, at, name(at));
                }
            })
            .response
            .labelled_by(radio.id);
        ui.end_row();
        if radio.clicked() || prefer != self.prefer {
            self.prefer = prefer;
            self.strategy = Strategy::Prefer(Name::new(&name(prefer)));
        }
    }
}
