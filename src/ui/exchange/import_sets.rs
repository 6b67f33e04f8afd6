//! The sets of an import: whose each becomes, and what of people's work is added to.

use std::collections::BTreeMap;

use eframe::egui::{self, RichText};

use crate::exchange::{Allowed, Working, set_name};
use crate::lang::InWords;
use crate::model::{Name, Project, SetKind};
use crate::t;

/// The sets of the files, each with the name that it gets here.
pub struct SetRows {
    rows: Vec<SetRow>,
    /// The work of people in the articles that come in.
    working: Vec<Working>,
    project: Project,
}

/// A set of the files.
struct SetRow {
    /// The name in the files; empty where they do not say.
    from: Name,
    count: usize,
    to: String,
    /// True where the person allows that it is added to what is there.
    added: bool,
}

/// The state of a set under its name.
enum Standing {
    Free,
    /// The name cannot be that of a set.
    Wrong(String),
    /// There is work of this person: articles and annotations.
    Work(usize, usize),
    /// It is the adjudicated set, and people have worked on this number of the articles.
    Gold(usize),
}

impl SetRows {
    /// Those with these names and numbers of annotations; `proposed` is the name of what the files do not name.
    pub fn new(sets: BTreeMap<Name, usize>, proposed: &Name, working: Vec<Working>, project: Project) -> Self {
        let row = |(from, count): (Name, usize)| {
            let to = if from.is_empty() { proposed.to_string() } else { from.to_string() };
            SetRow { from, count, to, added: false }
        };
        Self { rows: sets.into_iter().map(row).collect(), working, project }
    }

    fn standing(&self, row: &SetRow) -> Standing {
        let name = match set_name(row.to.trim()) {
            Ok(name) => name,
            Err(error) => return Standing::Wrong(error.told()),
        };
        if self.project.kind(&name) == SetKind::Adjudicated {
            let most = self.working.iter().map(|work| work.articles).max();
            return most.map_or(Standing::Free, Standing::Gold);
        }
        let work = self.working.iter().find(|work| work.name == name);
        work.map_or(Standing::Free, |work| Standing::Work(work.articles, work.annotations))
    }

    /// True where every set has a name, and all that is added to is allowed.
    pub fn ready(&self) -> bool {
        self.rows.iter().all(|row| match self.standing(row) {
            Standing::Free => true,
            Standing::Wrong(_) => false,
            Standing::Work(..) | Standing::Gold(_) => row.added,
        })
    }

    /// The sets that the person allows to be added to.
    pub fn allowed(&self) -> Allowed {
        let allowed = |gold: bool| {
            self.rows.iter().any(|row| row.added && gold == matches!(self.standing(row), Standing::Gold(_)))
        };
        Allowed { merge: allowed(false), into_gold: allowed(true) }
    }

    /// The names, by those in the files.
    pub fn names(&self) -> BTreeMap<Name, Option<Name>> {
        self.rows.iter().map(|row| (row.from.clone(), Some(row.to.trim().into()))).collect()
    }

    /// Shows them.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        let states: Vec<Standing> = self.rows.iter().map(|row| self.standing(row)).collect();
        ui.label(t!("import-sets"));
        for (row, state) in self.rows.iter_mut().zip(states) {
            ui.horizontal(|ui| {
                let named = if row.from.is_empty() { t!("import-nobody") } else { &*row.from };
                let name = |ui: &mut egui::Ui| {
                    ui.set_width(150.0);
                    ui.add(egui::Label::new(named).truncate()).on_hover_text(named)
                };
                let label = ui.scope(name).inner;
                let count = |ui: &mut egui::Ui| {
                    ui.set_width(44.0);
                    ui.label(RichText::new(format!("{}×", row.count)).weak());
                };
                ui.scope(count);
                ui.label("→");
                let field = egui::TextEdit::singleline(&mut row.to).desired_width(180.0);
                let field = field.show(ui).response.response.labelled_by(label.id);
                if field.changed() {
                    row.added = false;
                }
            });
            match state {
                Standing::Free => {}
                Standing::Wrong(why) => {
                    ui.label(RichText::new(why).color(ui.visuals().error_fg_color));
                }
                Standing::Work(articles, annotations) => {
                    let name = row.to.trim();
                    let words = t!("import-add-to", name = name, articles = articles, annotations = annotations);
                    ui.checkbox(&mut row.added, RichText::new(words).color(ui.visuals().warn_fg_color));
                }
                Standing::Gold(articles) => {
                    let words = t!("import-add-to-gold", articles = articles);
                    ui.checkbox(&mut row.added, RichText::new(words).color(ui.visuals().warn_fg_color));
                }
            }
        }
    }
}
