//! Questions of identity across articles: the questions of a whole project, each asked once however many mentions it
//! is about. They are found, and decided, on a worker, for that every article has to be looked at.

use std::sync::Arc;

use eframe::egui::{self, Key, Modifiers, RichText};

use super::case_counts::ReviewConfig;
use crate::edit::Transaction;
use crate::model::{Article, ArticleId, Name};
use crate::review::{Across, Choice, MentionClusters, Panel, Question, Questions, Ruling};
use crate::store::{Loaded, Snapshot};
use crate::t;
use crate::text::Span;
use crate::ui::widgets::dialog;
use crate::ui::widgets::dialog::Reply;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome, Ticket};
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;

const ROW: f32 = 40.0;

/// Mentions of a question that are shown; the rest is counted.
const SHOWN: usize = 12;

/// The open list.
#[derive(Default)]
pub struct Identities {
    finding: Option<Job<Option<Found>>>,
    deciding: Option<Job<Option<Decided>>>,
    found: Option<Found>,
    at: usize,
    /// The reading that is chosen and not decided yet; none of them where it is `Some(None)`.
    pick: Option<Option<usize>>,
}

struct Found {
    across: Across,
    questions: Vec<Question>,
}

struct Decided {
    transaction: Transaction,
    loaded: Vec<Loaded>,
}

/// The outcome of a frame of it.
pub enum Asked {
    /// The dialog stays or goes.
    Reply(Reply),
    /// A mention is to be looked at.
    Look(ArticleId, Option<Span>),
    /// Something failed, or could not be decided, in one sentence.
    Failed(String),
}

impl Identities {
    /// True where something is on its way.
    pub fn busy(&self) -> bool {
        self.finding.is_some() || self.deciding.is_some()
    }

    /// The number of questions; none while they are looked for.
    pub fn questions(&self) -> Option<usize> {
        self.found.as_ref().map(|found| found.questions.len())
    }

    /// Shows the list, reads its keys, and keeps up with the workers.
    pub fn ui(
        &mut self,
        ctx: &egui::Context,
        work: &mut Workspace,
        config: &ReviewConfig,
        ruling: &Ruling,
        theme: &Theme,
    ) -> Asked {
        if let Some(failed) = self.poll(ctx, work, config) {
            return Asked::Failed(failed);
        }
        let reply = self.keys(ctx, work, config, ruling);
        let mut asked = Asked::Reply(reply);
        let modal = dialog::modal(ctx, "identities", 720.0, |ui| {
            let Some(found) = &self.found else {
                let (done, total) = self.finding.as_ref().map_or((0, 0), Job::counts);
                ui.heading(t!("identity-title"));
                ui.label(t!("identity-comparing", done = done, total = total));
                return;
            };
            ui.heading(t!("identity-open", count = found.questions.len()));
            if found.questions.is_empty() {
                ui.label(t!("identity-none"));
            }
            let height = (ctx.content_rect().height() * 0.3).max(ROW * 2.0);
            let area = egui::ScrollArea::vertical().id_salt("questions").max_height(height).auto_shrink([false, true]);
            let mut clicked = None;
            area.show_rows(ui, ROW, found.questions.len(), |ui, rows| {
                for index in rows {
                    if row(ui, &found.questions[index], index == self.at, theme).clicked() {
                        clicked = Some(index);
                    }
                }
            });
            let mut picked = None;
            if let Some(question) = found.questions.get(self.at) {
                ui.separator();
                picked = readings(ui, question, self.pick);
                if let Some((article, place)) = mentions(ui, question) {
                    asked = Asked::Look(article, place);
                }
            }
            if let Some(at) = clicked {
                (self.at, self.pick) = (at, None);
            }
            self.pick = picked.or(self.pick);
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                ui.weak(t!("identity-keys"));
                if ui.button(t!("close-esc")).clicked() {
                    asked = Asked::Reply(Reply::Closed);
                }
            });
        });
        if modal.should_close() { Asked::Reply(Reply::Closed) } else { asked }
    }

    fn keys(&mut self, ctx: &egui::Context, work: &Workspace, config: &ReviewConfig, ruling: &Ruling) -> Reply {
        const DIGITS: [Key; 9] =
            [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
        let count = self.questions().unwrap_or(0);
        let readings = self.question().map_or(0, |question| question.readings.len());
        let decides = ctx.input_mut(|input| {
            let mut pressed = |key: Key| input.consume_key(Modifiers::NONE, key);
            if pressed(Key::Escape) {
                return None;
            }
            let moved = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
            if moved != 0 && count > 0 {
                (self.at, self.pick) = (self.at.saturating_add_signed(moved).min(count - 1), None);
            }
            for (reading, key) in DIGITS.into_iter().enumerate().take(readings) {
                if pressed(key) {
                    self.pick = Some(Some(reading));
                }
            }
            if pressed(Key::Num0) {
                self.pick = Some(None);
            }
            Some(pressed(Key::Enter))
        });
        match decides {
            None => return Reply::Closed,
            Some(true) => self.decide(ctx, work, config, ruling),
            Some(false) => {}
        }
        Reply::Open
    }

    fn question(&self) -> Option<&Question> {
        self.found.as_ref()?.questions.get(self.at)
    }

    /// Takes what workers have done, and sees to it that questions are looked for.
    fn poll(&mut self, ctx: &egui::Context, work: &mut Workspace, config: &ReviewConfig) -> Option<String> {
        if let Some(job) = &self.deciding {
            let outcome = job.poll();
            if !matches!(outcome, Outcome::Running) {
                self.deciding = None;
                (self.found, self.pick) = (None, None);
            }
            match outcome {
                Outcome::Running => {}
                Outcome::Done(Some(Decided { transaction, loaded })) => {
                    loaded.into_iter().for_each(|loaded| work.session.accept(loaded));
                    if let Err(error) = work.commit(transaction) {
                        return Some(error);
                    }
                }
                Outcome::Done(None) | Outcome::Broken => {
                    return Some(t!("identity-changed").to_owned());
                }
            }
        }
        if self.found.is_none() && self.finding.is_none() && self.deciding.is_none() {
            self.finding = Some(find(ctx, work, config));
        }
        match self.finding.as_ref().map(Job::poll) {
            Some(Outcome::Done(found)) => {
                self.finding = None;
                self.found = found;
                self.at = self.at.min(self.questions().unwrap_or(0).saturating_sub(1));
                None
            }
            Some(Outcome::Broken) => {
                self.finding = None;
                Some(t!("identity-failed").to_owned())
            }
            Some(Outcome::Running) | None => None,
        }
    }

    fn decide(&mut self, ctx: &egui::Context, work: &Workspace, config: &ReviewConfig, ruling: &Ruling) {
        let (Some(pick), Some(found)) = (self.pick, &self.found) else { return };
        let Some(question) = found.questions.get(self.at).filter(|_| self.deciding.is_none()) else { return };
        let corpus = work.session.corpus();
        let mut ids: Vec<&ArticleId> = question.mentions.iter().map(|(article, ..)| article).collect();
        ids.dedup();
        let articles: Vec<Arc<Article>> = ids.into_iter().filter_map(|id| corpus.article(id).cloned()).collect();
        let mut source = work.session.snapshot();
        let (question, across, config) = (question.clone(), found.across.clone(), config.clone());
        let ruling = Ruling { choice: Choice::Nothing, ..ruling.clone() };
        self.deciding = Some(Jobs::of(ctx).start(t!("job-deciding"), move |_| {
            let everybody = config.everybody();
            let mut loaded = Vec::new();
            for article in articles {
                loaded.extend(source.read(&article, &everybody)?.1);
            }
            let panel = Panel { annotators: &config.names, gold: &config.gold, strategy: &config.strategy };
            let transaction = question.decide(source.corpus(), &panel, &across, pick, &ruling).ok()?;
            Some(Decided { transaction, loaded })
        }));
    }
}

/// Goes through all articles twice: for the clusters, and for what is asked about them.
fn find(ctx: &egui::Context, work: &Workspace, config: &ReviewConfig) -> Job<Option<Found>> {
    let articles = work.session.corpus().articles().to_vec();
    // Each pass lets go of what it has read, and begins with what the session has loaded.
    let mut passes = [work.session.snapshot(), work.session.snapshot()];
    let config = config.clone();
    Jobs::of(ctx).start(t!("job-identities"), move |ticket| {
        let (everybody, total) = (config.everybody(), articles.len() as u64);
        let across = across(&mut passes[0], &articles, &config, ticket)?;
        let mut questions = Questions::default();
        for (done, article) in articles.iter().enumerate() {
            if !ticket.progress(total + done as u64, 2 * total) {
                return None;
            }
            let Some((corpus, _)) = passes[1].read(article, &everybody) else { continue };
            questions.add(corpus, &config.review(corpus, &article.id, Some(&across)), &across);
            passes[1].forget(&article.id);
        }
        let questions = questions.all(passes[1].corpus(), &across);
        Some(Found { across, questions })
    })
}

/// The referents that are the same, of those who are compared, in all of these articles; none where it was stopped.
pub fn across(
    source: &mut Snapshot,
    articles: &[Arc<Article>],
    config: &ReviewConfig,
    ticket: &Ticket,
) -> Option<Across> {
    let (everybody, total) = (config.everybody(), articles.len() as u64);
    let mut mentions = MentionClusters::new(&config.names, &config.gold);
    for (done, article) in articles.iter().enumerate() {
        if !ticket.progress(done as u64, 2 * total) {
            return None;
        }
        let Some((corpus, _)) = source.read(article, &everybody) else { continue };
        mentions.add(corpus, &config.review(corpus, &article.id, None));
        source.forget(&article.id);
    }
    Some(mentions.align())
}

fn said(by: &[Name], name: &str) -> String {
    let by: Vec<&str> = by.iter().map(Name::as_str).collect();
    let name = if name.is_empty() { t!("identity-not-said").to_owned() } else { format!("“{name}”") };
    format!("{}: {name}", by.join(", "))
}

fn row(ui: &mut egui::Ui, question: &Question, picked: bool, theme: &Theme) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::click());
    let head = question.readings.iter().map(|(by, name)| said(by, name)).collect::<Vec<_>>().join("  ·  ");
    let mut articles: Vec<&ArticleId> = question.mentions.iter().map(|(article, ..)| article).collect();
    articles.dedup();
    let detail = t!("identity-detail", mentions = question.mentions.len(), articles = articles.len());
    let painter = list_row::plain_ground(ui, &response, picked, || format!("{head}, {detail}"), theme);
    let body = egui::TextStyle::Body.resolve(ui.style());
    let small = egui::TextStyle::Small.resolve(ui.style());
    let (left, width) = (rect.left() + 8.0, rect.width() - 16.0);
    list_row::paint(&painter, egui::pos2(left, rect.top() + 12.0), width, &head, body, theme.text);
    list_row::paint(&painter, egui::pos2(left, rect.bottom() - 11.0), width, &detail, small, theme.weak);
    response
}

/// The readings with their digits; gives the one that was clicked.
fn readings(ui: &mut egui::Ui, question: &Question, pick: Option<Option<usize>>) -> Option<Option<usize>> {
    let mut picked = None;
    for (index, (by, name)) in question.readings.iter().enumerate() {
        let text = format!("{}  {}", index + 1, said(by, name));
        if ui.selectable_label(pick == Some(Some(index)), text).clicked() {
            picked = Some(Some(index));
        }
    }
    if ui.selectable_label(pick == Some(None), t!("identity-none-of-them")).clicked() {
        picked = Some(None);
    }
    picked
}

/// The subject of the question; gives the mention that was clicked.
fn mentions(ui: &mut egui::Ui, question: &Question) -> Option<(ArticleId, Option<Span>)> {
    let mut asked = None;
    ui.add_space(4.0);
    ui.label(RichText::new(t!("identity-about")).strong());
    for (article, title, place) in question.mentions.iter().take(SHOWN) {
        if ui.add(egui::Button::new(format!("{article}  {title}")).frame(false).truncate()).clicked() {
            asked = Some((article.clone(), *place));
        }
    }
    if let Some(more) = question.mentions.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        ui.weak(t!("and-more", count = more));
    }
    asked
}
