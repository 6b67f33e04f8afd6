//! Finding in all articles: the hits by article, as a worker finds them.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, FontId};

use crate::model::{ArticleId, Quote};
use crate::store::Session;
use crate::t;
use crate::text::{Anchor, Fold, find_all};
use crate::ui::widgets::jobs::{Jobs, Many, Outcome};
use crate::ui::widgets::theme::Theme;

/// The hits of one article that are listed at the most; all are counted.
const LISTED: usize = 200;
const ROW: f32 = 20.0;

/// The hits in all articles.
#[derive(Default)]
pub struct Everywhere {
    job: Option<Many<Found>>,
    found: Vec<Found>,
    /// The listed rows: an article, or a hit in it.
    rows: Vec<(usize, Option<usize>)>,
    hits: usize,
}

/// The hits in one article.
struct Found {
    article: ArticleId,
    title: String,
    count: usize,
    hits: Vec<Hit>,
}

struct Hit {
    quote: Quote,
    around: Anchor,
}

impl Everywhere {
    /// Begins to look for `needle` in all texts of a project, as they are now.
    pub fn new(jobs: &Jobs, session: &Session, needle: &str, fold: Fold) -> Self {
        if needle.trim().is_empty() {
            return Self::default();
        }
        let (snapshot, needle) = (session.snapshot(), needle.to_owned());
        let articles = session.corpus().articles().to_vec();
        let job = jobs.start_many(t!("find-job"), move |ticket, tell| {
            for (done, article) in articles.iter().enumerate() {
                if !ticket.progress(done as u64, articles.len() as u64) {
                    return;
                }
                // An article that cannot be read is told of where it is opened; here it has no hits.
                let Ok(loaded) = snapshot.loader().read(article, &[]) else { continue };
                let text = loaded.text();
                let spans = find_all(text, &needle, fold);
                let hit = |&span| Hit { quote: Quote::of(text, span), around: Anchor::of(text, span) };
                if !spans.is_empty() {
                    tell(Found {
                        article: article.id.clone(),
                        title: article.title.clone(),
                        count: spans.len(),
                        hits: spans.iter().take(LISTED).map(hit).collect(),
                    });
                }
            }
        });
        Self { job: Some(job), ..Self::default() }
    }

    /// Takes what has been found since the last frame.
    fn follow(&mut self) {
        let Some(job) = &self.job else { return };
        let (found, state) = job.poll();
        for found in found {
            let at = self.found.len();
            self.rows.push((at, None));
            self.rows.extend((0..found.hits.len()).map(|hit| (at, Some(hit))));
            self.hits += found.count;
            self.found.push(found);
        }
        if !matches!(state, Outcome::Running) {
            self.job = None;
        }
    }

    /// True while it looks.
    pub fn busy(&self) -> bool {
        self.job.is_some()
    }

    /// Shows the hits by article; gives the one to look at.
    pub fn ui(&mut self, ui: &mut egui::Ui, theme: &Theme) -> Option<(ArticleId, Quote)> {
        self.follow();
        let mut wanted = None;
        ui.horizontal(|ui| {
            if let Some(job) = &self.job {
                let (done, total) = job.counts();
                ui.spinner();
                ui.label(t!("done-of-articles", done = done, total = total));
            }
            ui.label(t!("find-everywhere-count", hits = self.hits, articles = self.found.len()));
        });
        let height = (ui.available_height() * 0.35).max(ROW * 3.0);
        let area = egui::ScrollArea::vertical().id_salt("hits").max_height(height).auto_shrink([false, true]);
        area.show_rows(ui, ROW, self.rows.len(), |ui, rows| {
            for &(at, hit) in &self.rows[rows] {
                let found = &self.found[at];
                let clicked = match hit {
                    None => ui.add(head(found, theme)).clicked(),
                    Some(hit) => ui.add(line(&found.hits[hit], theme)).clicked(),
                };
                if clicked && let Some(hit) = found.hits.get(hit.unwrap_or(0)) {
                    wanted = Some((found.article.clone(), hit.quote.clone()));
                }
            }
        });
        ui.separator();
        wanted
    }
}

/// The row of an article.
fn head(found: &Found, theme: &Theme) -> egui::Button<'static> {
    let title = crate::say::visible(&found.title).into_owned();
    let job = words([
        (format!("{} ", found.article), theme.weak),
        (title, theme.text),
        (format!("  {}", found.count), theme.weak),
    ]);
    row(job)
}

/// The row of a hit: its words among those around it.
fn line(hit: &Hit, theme: &Theme) -> egui::Button<'static> {
    let flat = |text: &str| crate::say::visible(&text.replace('\n', " ")).into_owned();
    let before = flat(&hit.around.before);
    let job = words([
        (format!("      …{}", before.trim_start()), theme.weak),
        (flat(&hit.around.quote), theme.text),
        (flat(&hit.around.after), theme.weak),
    ]);
    row(job)
}

fn row(job: LayoutJob) -> egui::Button<'static> {
    egui::Button::new(job).frame_when_inactive(false).truncate().min_size(egui::vec2(0.0, ROW))
}

fn words(parts: [(String, egui::Color32); 3]) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (text, color) in parts {
        job.append(&text, 0.0, TextFormat::simple(FontId::proportional(13.0), color));
    }
    job
}
