//! Adding articles: files are read and stored on a worker, with progress and cancel, and then told of one by one.

use std::path::PathBuf;

use eframe::egui::{self, RichText};

use super::app::App;
use super::job::{Job, Outcome};
use super::work::Work;
use crate::ingest;
use crate::store::Added;

/// Articles on their way into the project. The project itself is with the worker meanwhile, so that nobody writes
/// beside it.
pub struct Import {
    job: Job<(Box<Work>, Report)>,
}

/// What became of the files.
#[derive(Default)]
pub struct Report {
    /// One line for each article or file.
    pub lines: Vec<String>,
    added: usize,
    skipped: usize,
    failed: usize,
}

/// Begins to add files and folders to the open project.
pub fn start(app: &mut App, ctx: &egui::Context, paths: Vec<PathBuf>) {
    let Some(work) = app.work.take() else {
        app.fail("Open or make a project first: articles are added to it.");
        return;
    };
    if work.session.read_only() {
        app.work = Some(work);
        app.fail("The project is open for reading only: no article can be added.");
        return;
    }
    let mut work = Box::new(work);
    let job = Job::start(ctx, "adding articles", move |ticket| {
        let mut report = Report::default();
        let limits = ingest::Limits::default();
        let (files, failures) = ingest::list(&paths, &limits);
        for failure in failures {
            report.failed(&failure);
        }
        let mut drafts = Vec::new();
        for (done, file) in files.iter().enumerate() {
            if !ticket.progress(done as u64, files.len() as u64) {
                report.lines.push("cancelled: nothing was added".to_owned());
                return (work, report);
            }
            match ingest::read(file, &limits, &mut |_| !ticket.cancelled()) {
                Err(failure) => report.failed(&failure),
                Ok(articles) => {
                    for article in articles {
                        match article {
                            Ok(draft) => drafts.push(draft),
                            Err(failure) => report.failed(&failure),
                        }
                    }
                }
            }
        }
        for draft in &drafts {
            report.lines.extend(draft.notes.iter().map(|note| format!("note {}: {note}", draft.source)));
        }
        match work.session.add_articles(drafts) {
            Ok(added) => added.iter().for_each(|added| report.add(added)),
            Err(error) => report.lines.push(error.to_string()),
        }
        (work, report)
    });
    app.importing = Some(Import { job });
}

/// Takes the project back once the worker is done.
pub fn poll(app: &mut App, ctx: &egui::Context) {
    let Some(import) = &app.importing else { return };
    match import.job.poll() {
        Outcome::Running => {}
        Outcome::Broken => {
            app.importing = None;
            app.fail("Adding articles broke off. The project is closed; what was saved is safe: open it again.");
        }
        Outcome::Done((mut work, report)) => {
            app.importing = None;
            work.revision += 1;
            if work.open.is_none()
                && let Some(first) = work.session.corpus().articles().first().map(|article| article.id.clone())
            {
                work.show(ctx, &first, None);
            }
            app.work = Some(*work);
            let summary = report.summary();
            if report.failed > 0 || report.skipped > 0 || !report.lines.is_empty() && report.added == 0 {
                app.fail(format!("{summary}\n{}", report.lines.iter().take(6).cloned().collect::<Vec<_>>().join("\n")));
            } else {
                app.say(summary);
            }
        }
    }
}

impl Report {
    fn failed(&mut self, failure: &ingest::Failure) {
        self.failed += 1;
        self.lines.push(format!("failed {}: {}", failure.source, failure.why));
    }

    fn add(&mut self, added: &Added) {
        match added {
            Added::Added { id, like, .. } => {
                self.added += 1;
                if let Some((other, alike)) = like {
                    self.lines.push(format!("{id} is {:.0} % like {other}", alike * 100.0));
                }
            }
            Added::Skipped { source, same_as } => {
                self.skipped += 1;
                self.lines.push(format!("skipped {source}: same text as {same_as}"));
            }
        }
    }

    fn summary(&self) -> String {
        let Self { added, skipped, failed, .. } = self;
        let articles = if *added == 1 { "article" } else { "articles" };
        format!("{added} {articles} added, {skipped} skipped, {failed} failed.")
    }
}

impl Import {
    /// Shows how far it is, with a way to stop.
    pub fn ui(&self, ui: &mut egui::Ui) {
        let (done, total) = self.job.counts();
        ui.add_space(60.0);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new("Adding articles…").heading());
            let share = if total == 0 { 0.0 } else { done as f32 / total as f32 };
            let bar = egui::ProgressBar::new(share).desired_width(320.0).text(format!("{done} of {total} files"));
            ui.add(bar);
            if ui.button("Cancel").clicked() {
                self.job.cancel();
            }
        });
        ui.ctx().request_repaint_after_secs(0.1);
    }
}
