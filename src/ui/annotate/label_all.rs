//! The same label for all equal strings, or the same annotation away everywhere: previewed, with exceptions, one undo.

use eframe::egui::{self, Modifiers, RichText};

use crate::edit::{SetEditor, Transaction};
use crate::model::{AnnotationSet, ArticleId, Id, Name, SetKey};
use crate::store::Loaded;
use crate::t;
use crate::text::{Anchor, Fold, Span, Text, find_all};
use crate::ui::widgets::dialog::Reply;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::card;

/// The open preview.
pub struct LabelAll {
    verb: Verb,
    label: Name,
    words: String,
    fold: Fold,
    corpus: bool,
    hits: Vec<Hit>,
    job: Option<Job<Vec<Found>>>,
}

/// The fate of the annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// They come.
    Label,
    /// They go.
    Delete,
}

/// One place.
struct Hit {
    article: ArticleId,
    span: Span,
    /// The annotation that would go.
    id: Option<Id>,
    around: Anchor,
    chosen: bool,
}

/// The findings of a worker in one article, with the article, so that it need not be read again.
struct Found {
    loaded: Loaded,
    hits: Vec<Hit>,
}

/// A preview that begins with the selected annotation; none where that is not one stretch of words.
pub fn ask(work: &Workspace, verb: Verb) -> Option<LabelAll> {
    let selected = work.open.as_ref().and_then(|open| open.selected.first().copied());
    let record = selected.and_then(|id| work.page()?.1.get(id).cloned());
    let (Some(record), Some((text, _))) = (record.filter(|record| record.at.len() == 1), work.page()) else {
        return None;
    };
    let mut preview = LabelAll {
        verb,
        label: record.label.clone(),
        words: card::quote(text, &record.at),
        fold: Fold { case: true, words: true },
        corpus: false,
        hits: Vec::new(),
        job: None,
    };
    preview.search_article(work);
    Some(preview)
}

impl LabelAll {
    /// The places in the open article, for the reader to show.
    pub fn hits_in(&self, article: &ArticleId) -> Vec<Span> {
        self.hits.iter().filter(|hit| hit.chosen && hit.article == *article).map(|hit| hit.span).collect()
    }

    /// The number of places that are chosen.
    pub fn chosen(&self) -> usize {
        self.hits.iter().filter(|hit| hit.chosen).count()
    }

    fn search_article(&mut self, work: &Workspace) {
        let (Some((text, set)), Some(key)) = (work.page(), work.key()) else { return };
        self.hits = self.search(&key.0, text, set);
    }

    fn search(&self, article: &ArticleId, text: &Text, set: &AnnotationSet) -> Vec<Hit> {
        let hit = |span: Span, id: Option<Id>| Hit {
            article: article.clone(),
            span,
            id,
            around: Anchor::of(text, span),
            chosen: true,
        };
        let labelled = |span: Span| {
            let same = |record: &&std::sync::Arc<crate::model::Annotation>| {
                record.label == self.label && record.at[..] == [span]
            };
            set.within(span).find(same).map(|record| record.id)
        };
        let places = find_all(text, &self.words, self.fold).into_iter();
        if self.verb == Verb::Delete {
            return places.filter_map(|span| labelled(span).map(|id| hit(span, Some(id)))).collect();
        }
        places.filter(|&span| labelled(span).is_none()).map(|span| hit(span, None)).collect()
    }

    fn search_corpus(&mut self, jobs: &Jobs, work: &Workspace) {
        let (snapshot, annotator) = (work.session.snapshot(), work.owner().clone());
        let articles = work.session.corpus().articles().to_vec();
        let like = Self { words: self.words.clone(), label: self.label.clone(), hits: Vec::new(), job: None, ..*self };
        self.job = Some(jobs.start(t!("label-all-job"), move |ticket| {
            let mut found = Vec::new();
            for (done, article) in articles.iter().enumerate() {
                if !ticket.progress(done as u64, articles.len() as u64) {
                    break;
                }
                // An article that cannot be read is told of where it is opened; here it has no hits.
                let Ok(loaded) = snapshot.loader().read(article, std::slice::from_ref(&annotator)) else { continue };
                let Some((text, set)) = loaded.page(&annotator) else { continue };
                let hits = like.search(&article.id, text, set);
                if !hits.is_empty() {
                    found.push(Found { loaded, hits });
                }
            }
            found
        }));
    }

    /// Shows the preview; [`Reply::Done`] when it is confirmed and [`LabelAll::transaction`] is wanted.
    pub fn ui(&mut self, ctx: &egui::Context, work: &Workspace, jobs: &Jobs) -> Reply {
        let mut reply = crate::ui::widgets::dialog::keys(ctx, Modifiers::NONE);
        if reply == Reply::Done && (self.job.is_some() || self.chosen() == 0) {
            reply = Reply::Open;
        }
        let modal = crate::ui::widgets::dialog::modal(ctx, "replicate", 620.0, |ui| {
            let words = card::short(&self.words, 60);
            ui.heading(match self.verb == Verb::Delete {
                true => t!("delete-all-heading", words = words, label = self.label),
                false => t!("label-all-heading", words = words, label = self.label),
            });
            let before = (self.fold, self.corpus);
            ui.horizontal(|ui| {
                ui.radio_value(&mut self.corpus, false, t!("label-all-here"));
                ui.radio_value(&mut self.corpus, true, t!("label-all-everywhere"));
                ui.separator();
                ui.checkbox(&mut self.fold.case, t!("label-all-case"));
                ui.checkbox(&mut self.fold.words, t!("label-all-words"));
            });
            if before != (self.fold, self.corpus) {
                self.job = None;
                if self.corpus {
                    self.search_corpus(jobs, work);
                } else {
                    self.search_article(work);
                }
            }
            ui.separator();
            self.list(ui);
            ui.separator();
            let chosen = self.chosen();
            ui.horizontal(|ui| {
                let busy = self.job.is_some();
                let act = match self.verb == Verb::Delete {
                    true => t!("delete-all-act", count = chosen),
                    false => t!("label-all-act", count = chosen),
                };
                let act = ui.add_enabled(chosen > 0 && !busy, egui::Button::new(act));
                if act.clicked() {
                    reply = Reply::Done;
                }
                if ui.button(t!("cancel-esc")).clicked() {
                    reply = Reply::Closed;
                }
                if let Some(job) = &self.job {
                    let (done, total) = job.counts();
                    ui.spinner();
                    ui.label(t!("job-at", job = job.title, done = done, total = total));
                }
            });
        });
        if modal.should_close() {
            reply = Reply::Closed;
        }
        if reply == Reply::Closed
            && let Some(job) = &self.job
        {
            job.cancel();
        }
        reply
    }

    /// Takes what the worker has found.
    pub fn follow(&mut self, accept: &mut dyn FnMut(Loaded)) {
        let Some(job) = &self.job else { return };
        let found = match job.poll() {
            Outcome::Running => return,
            Outcome::Done(found) => found,
            Outcome::Broken => Vec::new(),
        };
        self.job = None;
        self.hits.clear();
        for Found { loaded, hits } in found {
            accept(loaded);
            self.hits.extend(hits);
        }
    }

    fn list(&mut self, ui: &mut egui::Ui) {
        if self.hits.is_empty() && self.job.is_none() {
            ui.label(if self.verb == Verb::Delete { t!("delete-all-none") } else { t!("label-all-none") });
            return;
        }
        let height = ui.spacing().interact_size.y;
        egui::ScrollArea::vertical().max_height(320.0).auto_shrink([false, true]).show_rows(
            ui,
            height,
            self.hits.len(),
            |ui, rows| {
                for hit in &mut self.hits[rows] {
                    ui.horizontal(|ui| {
                        let line = |text: &str| text.replace('\n', " ");
                        let name = format!("{} {}", hit.article, line(&hit.around.quote));
                        let check = ui.checkbox(&mut hit.chosen, hit.article.to_string());
                        check.widget_info(|| {
                            egui::WidgetInfo::selected(egui::Role::CheckBox, true, hit.chosen, name.clone())
                        });
                        ui.spacing_mut().item_spacing.x = 0.0;
                        ui.label(RichText::new(line(&hit.around.before)).weak());
                        ui.label(RichText::new(line(&hit.around.quote)).strong());
                        ui.add(egui::Label::new(RichText::new(line(&hit.around.after)).weak()).truncate());
                    });
                }
            },
        );
    }

    /// The transaction of the chosen places, over all articles.
    pub fn transaction(&self, work: &Workspace) -> Transaction {
        let verb = if self.verb == Verb::Delete { "delete all" } else { "label all" };
        let title = format!("{verb} “{}”", card::short(&self.words, 40));
        let mut whole = Transaction::new(title, work.annotator());
        let mut hits = self.hits.iter().filter(|hit| hit.chosen).peekable();
        while let Some(first) = hits.next() {
            let key: SetKey = (first.article.clone(), work.owner().clone());
            let mut places = vec![first];
            while let Some(hit) = hits.next_if(|hit| hit.article == first.article) {
                places.push(hit);
            }
            let editor = SetEditor { by: work.annotator().clone(), ..SetEditor::new(work.session.corpus(), key) };
            let part = if self.verb == Verb::Delete {
                editor.delete(&places.iter().filter_map(|hit| hit.id).collect::<Vec<_>>())
            } else {
                editor.label_all(&self.label, places.iter().map(|hit| vec![hit.span])).0
            };
            whole.focus = whole.focus.or(part.focus);
            whole.edits.extend(part.edits);
        }
        whole
    }
}
