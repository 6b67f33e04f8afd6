//! Bringing articles and annotations in: files are read and stored on a worker, with progress and cancel, and what came
//! of it is told at the end.

use crate::lang::InWords;
use std::path::PathBuf;

use crate::exchange::{ImportOutcome, PendingImport};
use crate::formats::NameMap;
use crate::ingest;
use crate::model::Problem;
use crate::store::{Added, Adder, Link};
use crate::t;
use crate::ui::widgets::jobs::Ticket;
use crate::ui::workspace::long_work::{LongWork, WorkEnd};

/// The outcome of files with articles.
#[derive(Default)]
struct Articles {
    /// One line for each article or file of which there is something to say.
    lines: Vec<String>,
    added: usize,
    skipped: usize,
    failed: usize,
}

/// The adding of files and folders to the open project.
pub fn add(paths: Vec<PathBuf>) -> LongWork {
    writing(t!("adding-articles"), t!("unit-files"), move |link, ticket| {
        let mut report = Articles::default();
        let reading = ingest::Reading::default();
        let (files, failures) = ingest::list(&paths, &reading.limits);
        for failure in failures {
            report.failed(&failure);
        }
        let mut drafts = Vec::new();
        for (done, (file, name)) in files.iter().zip(ingest::names(&files)).enumerate() {
            if !ticket.progress(done as u64, files.len() as u64) {
                return cancelled();
            }
            match ingest::read_as(file, &name, &reading, &mut |_| !ticket.cancelled()) {
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
            report.lines.extend(draft.notes.iter().map(|note| t!("add-note", source = draft.source, note = note)));
        }
        let going = &mut |done: usize, total: usize| ticket.progress(done as u64, total as u64);
        match Adder::new(link).add(drafts, "add articles", going) {
            Ok(None) => return cancelled(),
            Ok(Some(added)) => added.iter().for_each(|added| report.add(added)),
            Err(error) => return failed(error.told()),
        }
        report.told()
    })
}

/// The bringing of annotations of other software into the open project, whose schema gets what it lacks.
pub fn bring_in(pending: PendingImport, map: NameMap) -> LongWork {
    writing(t!("importing"), t!("unit-articles"), move |link, ticket| {
        let going = &mut |done: usize, total: usize| ticket.progress(done as u64, total as u64);
        match pending.bring_in(link, &map, true, going) {
            Err(error) => failed(error.told()),
            Ok(None) => cancelled(),
            Ok(Some(ImportOutcome { articles, annotations, comments, problems, .. })) => WorkEnd {
                summary: match comments.added {
                    0 => t!(
                        "imported",
                        articles = articles.added,
                        known = articles.known,
                        annotations = annotations.added,
                        same = annotations.known,
                    ),
                    new => t!(
                        "imported-comments",
                        articles = articles.added,
                        known = articles.known,
                        annotations = annotations.added,
                        same = annotations.known,
                        comments = new,
                    ),
                },
                serious: !problems.is_empty(),
                lines: problems.iter().map(Problem::told).collect(),
                moved: None,
            },
        }
    })
}

/// Work that writes in the project.
fn writing(
    title: &'static str,
    counted: &'static str,
    work: impl FnOnce(&Link, &Ticket) -> WorkEnd + Send + 'static,
) -> LongWork {
    LongWork { title, counted, read_only: Some(t!("add-read-only")), work: Box::new(work) }
}

/// The sentence where a person stopped it.
fn cancelled() -> WorkEnd {
    WorkEnd::said(t!("add-cancelled"))
}

/// The sentence where nothing came of it.
fn failed(error: String) -> WorkEnd {
    WorkEnd::failed(t!("add-nothing"), error)
}

impl Articles {
    fn failed(&mut self, failure: &ingest::Failure) {
        self.failed += 1;
        self.lines.push(t!("add-failed", source = failure.source, why = failure.why));
    }

    fn add(&mut self, added: &Added) {
        match added {
            Added::Added { id, like, .. } => {
                self.added += 1;
                if let Some((other, alike)) = like {
                    self.lines.push(t!("add-alike", id = id, share = format!("{:.0}", alike * 100.0), other = other));
                }
            }
            Added::Skipped { source, same_as } => {
                self.skipped += 1;
                self.lines.push(t!("add-skipped", source = source, article = same_as));
            }
        }
    }

    fn told(self) -> WorkEnd {
        let Self { added, skipped, failed, lines } = self;
        let summary = t!("add-done", added = added, skipped = skipped, failed = failed);
        let serious = failed > 0 || skipped > 0 || !lines.is_empty() && added == 0;
        WorkEnd { serious, lines, ..WorkEnd::said(summary) }
    }
}
