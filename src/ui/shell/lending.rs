//! The project lent to a worker: what takes long and needs all of it, with progress and cancel. Nobody writes beside
//! the worker meanwhile, and what came of it is told at the end.

use eframe::egui;

use crate::t;
use crate::ui::shell::app::App;
use crate::ui::shell::lent::Lent;
use crate::ui::widgets::jobs;
use crate::ui::workspace::loan::{Loan, Report};

impl App {
    /// Gives the project to a worker until it is done.
    pub(in crate::ui) fn lend(&mut self, loan: Loan) {
        let Loan { title, counted, read_only, work } = loan;
        let reads = self.work.as_ref().is_some_and(|work| work.session.read_only());
        if let Some(why) = read_only.filter(|_| reads) {
            self.fail(why);
            return;
        }
        let Some(lent) = self.work.take() else {
            self.fail(t!("lend-first"));
            return;
        };
        let mut lent = Box::new(lent);
        let job = self.jobs.start(title, move |ticket| {
            let report = work(&mut lent, ticket);
            (lent, report)
        });
        self.lent = Some(Lent { job, title, counted });
    }

    /// Takes the project back once the worker is done.
    pub(in crate::ui) fn poll_lent(&mut self, ctx: &egui::Context) {
        let Some(lent) = &self.lent else { return };
        match lent.job.poll() {
            jobs::Outcome::Running => {}
            jobs::Outcome::Broken => {
                self.lent = None;
                self.fail(t!("lend-broken"));
            }
            jobs::Outcome::Done((mut work, report)) => {
                self.lent = None;
                let Report { summary, lines, serious, moved } = report;
                match moved {
                    Some((dir, place)) => self.take(ctx, &dir, work.session, place),
                    None => {
                        // The schema may have new labels, and the open article new annotations.
                        work.changed_elsewhere();
                        work.summarise(&self.jobs);
                        if work.open.is_none()
                            && let Some(first) =
                                work.session.corpus().articles().first().map(|article| article.id.clone())
                        {
                            work.show(&self.jobs, &first, None);
                        }
                        self.work = Some(*work);
                    }
                }
                let more: String = lines.iter().take(6).map(|line| format!("\n{line}")).collect();
                match serious {
                    true => self.fail(summary + &more),
                    false => self.say(summary),
                }
            }
        }
    }
}
