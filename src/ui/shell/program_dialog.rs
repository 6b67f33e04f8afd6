//! A program of the person's own that suggests annotations: how it is called, and what is run for it.

use eframe::egui::{self, Modifiers, RichText};

use crate::store::settings::Program;
use crate::t;
use crate::ui::widgets::dialog::{self, Reply};

/// The open dialog.
pub struct ProgramDialog {
    /// The place among the programs of the settings; none where it is new.
    pub place: Option<usize>,
    /// True where it is to be taken away.
    pub removed: bool,
    /// The names of the other ones.
    others: Vec<String>,
    program: Program,
    arguments: String,
    fresh: bool,
}

impl ProgramDialog {
    /// A dialog about one of some programs, or about a new one.
    pub fn new(place: Option<usize>, all: &[Program]) -> Self {
        let there = place.and_then(|at| all.get(at));
        let others = all.iter().enumerate().filter(|(at, _)| Some(*at) != place).map(|(_, it)| it.name.clone());
        let program = there.cloned().unwrap_or_default();
        let arguments = program.arguments.join("\n");
        let place = place.filter(|_| there.is_some());
        Self { place, removed: false, others: others.collect(), program, arguments, fresh: true }
    }

    /// The program as it is written now. It has to be agreed to once more where something else would be run.
    pub fn program(&self) -> Program {
        let line = |line: &str| (!line.trim().is_empty()).then(|| line.trim().to_owned());
        let arguments: Vec<String> = self.arguments.lines().filter_map(line).collect();
        let program = self.program.program.trim().to_owned();
        Program { name: self.program.name.trim().to_owned(), program, arguments, ..self.program.clone() }
    }

    fn wrong(&self) -> Option<String> {
        let program = self.program();
        if !program.is_named() || self.others.contains(&program.name) {
            return Some(t!("program-name-wrong").to_owned());
        }
        (!program.is_findable()).then(|| t!("program-path-wrong").to_owned())
    }

    /// Shows it; [`Reply::Done`] only where everything written can be kept.
    pub fn ui(&mut self, ctx: &egui::Context) -> Reply {
        let wrong = self.wrong();
        let mut removed = false;
        let reply = dialog::ask(ctx, "program", 560.0, Modifiers::COMMAND, |ui, reply| {
            dialog::heading(ui, t!("program-title"));
            ui.label(t!("program-about"));
            ui.add_space(6.0);
            egui::Grid::new("program").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
                for (name, value, hint) in [
                    (t!("program-name"), &mut self.program.name, "spacy"),
                    (t!("program-program"), &mut self.program.program, "python3"),
                ] {
                    let label = ui.label(name);
                    let field = egui::TextEdit::singleline(value).hint_text(hint).desired_width(380.0);
                    let field = field.show(ui).response.response.labelled_by(label.id);
                    if std::mem::take(&mut self.fresh) {
                        field.request_focus();
                    }
                    ui.end_row();
                }
                let label = ui.label(t!("program-arguments"));
                let field = egui::TextEdit::multiline(&mut self.arguments).desired_rows(3).desired_width(380.0);
                field.show(ui).response.response.labelled_by(label.id);
                ui.end_row();
                let label = ui.label(t!("program-seconds"));
                let seconds = egui::DragValue::new(&mut self.program.seconds).range(1..=Program::LONGEST);
                ui.add(seconds).labelled_by(label.id);
                ui.end_row();
            });
            if let Some(why) = &wrong {
                ui.label(RichText::new(why).color(ui.visuals().error_fg_color));
            }
            if self.place.is_some() {
                removed = ui.button(t!("program-remove")).clicked();
            }
            dialog::buttons(ui, t!("ok-ctrl-enter"), wrong.is_none(), reply)
        });
        self.removed = removed;
        if removed { Reply::Done } else { reply }
    }
}
