//! Bringing articles and annotations in: files are read and stored on a worker, with progress and cancel, and what came
//! of it is told at the end.

use std::path::PathBuf;

use eframe::egui::{self, RichText};

use super::app::App;
use super::dialog::counted;
use super::job::{self, Job, Ticket};
use super::work::Work;
use crate::exchange::{Outcome, Parcel};
use crate::formats::LabelMap;
use crate::ingest;
use crate::store::Added;

/// Articles on their way into the project. The project itself is with the worker meanwhile, so that nobody writes
/// beside it.
pub struct Import {
    job: Job<(Box<Work>, Report)>,
    title: &'static str,
    /// What progress counts.
    counted: &'static str,
}

/// What is told at the end.
struct Report {
    /// What came of it, in a sentence or two.
    summary: String,
    /// More of it, one line each; the first few are shown.
    lines: Vec<String>,
    /// Whether it stays until it is put away.
    serious: bool,
}

/// What became of files with articles.
#[derive(Default)]
struct Articles {
    /// One line for each article or file of which there is something to say.
    lines: Vec<String>,
    added: usize,
    skipped: usize,
    failed: usize,
}

/// Begins to add files and folders to the open project.
pub fn start(app: &mut App, ctx: &egui::Context, paths: Vec<PathBuf>) {
    lend(app, ctx, "Adding articles…", "files", move |work, ticket| {
        let mut report = Articles::default();
        let limits = ingest::Limits::default();
        let (files, failures) = ingest::list(&paths, &limits);
        for failure in failures {
            report.failed(&failure);
        }
        let mut drafts = Vec::new();
        for (done, file) in files.iter().enumerate() {
            if !ticket.progress(done as u64, files.len() as u64) {
                return Report::cancelled();
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
        let going = &mut |done: usize, total: usize| ticket.progress(done as u64, total as u64);
        match work.session.add_articles_and(drafts, "add articles", going, |_, _| Vec::new()) {
            Ok(None) => return Report::cancelled(),
            Ok(Some(added)) => added.iter().for_each(|added| report.add(added)),
            Err(error) => return Report::failed(error.to_string()),
        }
        report.told()
    });
}

/// Begins to bring annotations of other software into the open project.
pub fn bring_in(app: &mut App, ctx: &egui::Context, parcel: Parcel, map: LabelMap, extend: bool) {
    lend(app, ctx, "Importing…", "articles", move |work, ticket| {
        let going = &mut |done: usize, total: usize| ticket.progress(done as u64, total as u64);
        match parcel.bring_in(&mut work.session, &map, extend, going) {
            Err(error) => Report::failed(error.to_string()),
            Ok(None) => Report::cancelled(),
            Ok(Some(Outcome { articles, annotations, comments, problems, .. })) => Report {
                summary: format!(
                    "Imported: {} new, {} known; {} new, {} known{}. Ctrl+Z takes it all back.",
                    counted(articles.added as u64, "article"),
                    articles.known,
                    counted(annotations.added as u64, "annotation"),
                    annotations.known,
                    match comments.added {
                        0 => String::new(),
                        new => format!("; {} new", counted(new as u64, "comment")),
                    }
                ),
                serious: !problems.is_empty(),
                lines: problems.iter().map(ToString::to_string).collect(),
            },
        }
    });
}

/// Gives the project to a worker until it is done.
fn lend(
    app: &mut App,
    ctx: &egui::Context,
    title: &'static str,
    counted: &'static str,
    work: impl FnOnce(&mut Work, &Ticket) -> Report + Send + 'static,
) {
    let Some(lent) = app.work.take() else {
        app.fail("Open or make a project first: what comes in is added to it.");
        return;
    };
    if lent.session.read_only() {
        app.work = Some(lent);
        app.fail("The project is open for reading only: nothing can be added.");
        return;
    }
    let mut lent = Box::new(lent);
    let job = Job::start(ctx, title, move |ticket| {
        let report = work(&mut lent, ticket);
        (lent, report)
    });
    app.importing = Some(Import { job, title, counted });
}

/// Takes the project back once the worker is done.
pub fn poll(app: &mut App, ctx: &egui::Context) {
    let Some(import) = &app.importing else { return };
    match import.job.poll() {
        job::Outcome::Running => {}
        job::Outcome::Broken => {
            app.importing = None;
            app.fail("Bringing it in broke off. The project is closed; what was saved is safe: open it again.");
        }
        job::Outcome::Done((mut work, report)) => {
            app.importing = None;
            // The schema may have new labels, and the open article new annotations.
            work.refresh();
            work.summarise(ctx);
            if work.open.is_none()
                && let Some(first) = work.session.corpus().articles().first().map(|article| article.id.clone())
            {
                work.show(ctx, &first, None);
            }
            app.work = Some(*work);
            let Report { summary, lines, serious } = report;
            if serious {
                app.fail(format!("{summary}\n{}", lines.iter().take(6).cloned().collect::<Vec<_>>().join("\n")));
            } else {
                app.say(summary);
            }
        }
    }
}

impl Report {
    fn cancelled() -> Self {
        Self { summary: "Cancelled: nothing was added.".to_owned(), lines: Vec::new(), serious: false }
    }

    fn failed(error: String) -> Self {
        Self { summary: "Nothing was added.".to_owned(), lines: vec![error], serious: true }
    }
}

impl Articles {
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

    fn told(self) -> Report {
        let Self { added, skipped, failed, lines } = self;
        let articles = counted(added as u64, "article");
        let summary = format!("{articles} added, {skipped} skipped, {failed} failed.");
        Report { summary, serious: failed > 0 || skipped > 0 || !lines.is_empty() && added == 0, lines }
    }
}

impl Import {
    /// Shows how far it is, with a way to stop.
    pub fn ui(&self, ui: &mut egui::Ui) {
        let (done, total) = self.job.counts();
        ui.add_space(60.0);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new(self.title).heading());
            let share = if total == 0 { 0.0 } else { done as f32 / total as f32 };
            let bar =
                egui::ProgressBar::new(share).desired_width(320.0).text(format!("{done} of {total} {}", self.counted));
            ui.add(bar);
            if ui.button("Cancel").clicked() {
                self.job.cancel();
            }
        });
        ui.ctx().request_repaint_after_secs(0.1);
    }
}
