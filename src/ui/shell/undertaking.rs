//! Long work on the project, one at a time: begun on a worker, and what came of it. One goes on labelling meanwhile.

use std::path::Path;

use eframe::egui;

use crate::lang::InWords;
use crate::store::Session;
use crate::t;
use crate::ui::shell::app::App;
use crate::ui::shell::under_way::UnderWay;
use crate::ui::widgets::jobs::Outcome;
use crate::ui::workspace::long_work::{LongWork, WorkEnd};

impl App {
    /// Begins long work on the open project, unless other such work is under way.
    pub(in crate::ui) fn undertake(&mut self, work: LongWork) {
        let LongWork { title, counted, read_only, work } = work;
        let Some(open) = &self.work else {
            self.fail(t!("under-way-no-project"));
            return;
        };
        if let Some(why) = read_only.filter(|_| open.session.read_only()) {
            self.fail(why);
            return;
        }
        let link = open.session.link();
        if let Some(other) = &self.under_way {
            let other = other.title();
            self.fail(t!("under-way-later", work = other));
            return;
        }
        let job = self.jobs.start(title, move |ticket| work(&link, ticket));
        self.under_way = Some(UnderWay { job, title, counted });
    }

    /// Takes what came of the long work, once it is done.
    pub(in crate::ui) fn poll_under_way(&mut self, ctx: &egui::Context) {
        let Some(under_way) = &self.under_way else { return };
        let report = match under_way.job.poll() {
            Outcome::Running => return,
            Outcome::Done(report) => Some(report),
            // It was told that the job broke off.
            Outcome::Broken => None,
        };
        self.under_way = None;
        let Some(WorkEnd { summary, lines, serious, moved }) = report else { return self.look_again() };
        match moved {
            Some((dir, session)) => self.move_to(ctx, &dir, *session),
            None => self.look_again(),
        }
        let more: String = lines.iter().take(6).map(|line| format!("\n{line}")).collect();
        match serious {
            true => self.fail(summary + &more),
            false => self.say(summary),
        }
    }

    /// Shows what there may be that was not there before.
    fn look_again(&mut self) {
        let Some(work) = &mut self.work else { return };
        work.session.stop_following();
        // The schema may have new labels, and the open article new annotations.
        work.changed_elsewhere();
        work.summarise(&self.jobs);
        let first = work.session.corpus().articles().first().map(|article| article.id.clone());
        if let Some(first) = first.filter(|_| work.open.is_none()) {
            work.show(&self.jobs, &first, None);
        }
    }

    /// Goes on in a copy of the project. What was done since it was made is done in it, too.
    fn move_to(&mut self, ctx: &egui::Context, dir: &Path, mut session: Session) {
        let Some(work) = self.work.take() else { return };
        let place = work.open.as_ref().map(|open| open.id.clone());
        let mut old = work.session;
        if let Err(error) = session.ask_follow(old.take_followed()) {
            self.fail(error.told());
        }
        self.take(ctx, dir, session, place);
        // It is written as far as it can be: what cannot be is in the copy.
        self.let_go(old);
    }
}
