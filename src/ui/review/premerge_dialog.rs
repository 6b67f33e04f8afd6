//! The question before what is agreed goes into the adjudicated set: what would be added, what stands there already, and
//! what stands there otherwise and stays.

use eframe::egui::{self, Modifiers, RichText};

use super::prepared::{PreparedMerge, Reach};
use crate::model::Name;
use crate::review::{MergeOutcome, StandingValue};
use crate::t;
use crate::ui::widgets::dialog;
use crate::ui::widgets::dialog::Reply;
use crate::ui::widgets::jobs::Job;
use crate::ui::widgets::theme::Theme;

/// Height of the list of values that stand otherwise, in points.
const LIST: f32 = 120.0;

/// The question before it.
pub struct PremergeDialog {
    /// The worker that makes it ready; none once it has come to its end.
    job: Option<Job<Option<PreparedMerge>>>,
    /// The merges to choose from, once they are ready.
    prepared: Option<PreparedMerge>,
    /// The owner of the set that would change.
    gold: Name,
    /// The answer.
    reach: Reach,
}

impl PremergeDialog {
    /// The question, while what it is about is being made ready.
    pub(super) fn new(job: Job<Option<PreparedMerge>>, gold: Name) -> Self {
        Self { job: Some(job), prepared: None, gold, reach: Reach::Article }
    }

    /// True where it is being made ready.
    pub fn busy(&self) -> bool {
        self.job.is_some()
    }

    /// The merge that was chosen, where it is ready.
    pub(super) fn chosen(self) -> Option<(Reach, PreparedMerge)> {
        Some((self.reach, self.prepared?))
    }

    /// True where this much can be merged.
    fn ready(&self, reach: Reach) -> bool {
        self.prepared.as_ref().is_some_and(|prepared| match reach {
            Reach::Article => !prepared.here.transaction.is_empty(),
            Reach::Project => !prepared.all.transaction.is_empty(),
        })
    }

    /// Takes what the worker has made ready, once it is there.
    fn follow(&mut self) {
        if let Some(Some(prepared)) = Job::over(&mut self.job) {
            self.prepared = prepared;
        }
    }

    /// Shows it.
    pub fn ui(&mut self, ctx: &egui::Context, theme: &Theme) -> Reply {
        self.follow();
        let mut wanted = None;
        let mut reply = Reply::Open;
        for (modifiers, reach) in [(Modifiers::COMMAND, Reach::Project), (Modifiers::NONE, Reach::Article)] {
            match dialog::keys(ctx, modifiers) {
                Reply::Done => wanted = Some(reach),
                Reply::Closed => reply = Reply::Closed,
                Reply::Open => {}
            }
        }
        let modal = dialog::modal(ctx, "premerge", 520.0, |ui| {
            dialog::heading(ui, t!("premerge-title"));
            ui.add_space(4.0);
            match (&self.prepared, &self.job) {
                (Some(prepared), _) => {
                    counts(ui, &prepared.here.outcome, &prepared.all.outcome, &self.gold);
                    differing(ui, &prepared.all.outcome.differing, theme);
                }
                (None, Some(job)) => {
                    let (done, total) = job.counts();
                    ui.label(t!("premerge-comparing", done = done, total = total));
                }
                (None, None) => drop(ui.label(t!("premerge-failed"))),
            }
            ui.add_space(4.0);
            ui.add(egui::Label::new(RichText::new(t!("premerge-hint")).weak()).wrap());
            ui.add_space(6.0);
            ui.horizontal_wrapped(|ui| {
                for (text, reach) in
                    [(t!("premerge-this"), Reach::Article), (t!("premerge-everywhere"), Reach::Project)]
                {
                    if ui.add_enabled(self.ready(reach), egui::Button::new(text)).clicked() {
                        wanted = Some(reach);
                    }
                }
                if ui.button(t!("cancel-esc")).clicked() {
                    reply = Reply::Closed;
                }
            });
        });
        if modal.should_close() || reply == Reply::Closed {
            return Reply::Closed;
        }
        match wanted.filter(|reach| self.ready(*reach)) {
            Some(reach) => {
                self.reach = reach;
                Reply::Done
            }
            None => Reply::Open,
        }
    }
}

/// The counts of both merges, side by side.
fn counts(ui: &mut egui::Ui, here: &MergeOutcome, all: &MergeOutcome, gold: &Name) {
    egui::Grid::new("premerge counts").num_columns(3).spacing([18.0, 5.0]).show(ui, |ui| {
        ui.label("");
        ui.weak(t!("premerge-column-here"));
        ui.weak(t!("premerge-column-all"));
        ui.end_row();
        let rows = [
            (t!("premerge-added", gold = gold), [here.added, all.added]),
            (t!("premerge-confirmed", gold = gold), [here.confirmed, all.confirmed]),
            (t!("premerge-differing", gold = gold), [here.differing.len(), all.differing.len()]),
        ];
        let removed = [here.removed, all.removed];
        let gone = (removed != [0, 0]).then(|| (t!("premerge-removed", gold = gold), removed));
        for (name, counts) in rows.into_iter().chain(gone) {
            ui.label(name);
            for count in counts {
                ui.label(RichText::new(count.to_string()).strong());
            }
            ui.end_row();
        }
    });
}

/// The values that stand while all say something else: they stay, and are cases.
fn differing(ui: &mut egui::Ui, values: &[StandingValue], theme: &Theme) {
    if values.is_empty() {
        return;
    }
    ui.add_space(6.0);
    ui.label(RichText::new(t!("premerge-list")).color(theme.warn));
    let nothing = |said: &str| if said.is_empty() { "–".to_owned() } else { said.to_owned() };
    egui::ScrollArea::vertical().id_salt("differing").max_height(LIST).auto_shrink([false, true]).show(ui, |ui| {
        for StandingValue { article, title, slot, stands, said } in values {
            let slot = super::queue::slot_title(slot);
            let (stands, said) = (nothing(stands), nothing(said));
            let line = t!("premerge-line", article = article, title = title, slot = slot, stands = stands, said = said);
            ui.add(egui::Label::new(line).wrap());
        }
    });
}
