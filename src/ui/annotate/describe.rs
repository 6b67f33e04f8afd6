//! A dialog for what is known about an article beside its text.

use crate::lang::InWords;
use std::sync::Arc;

use eframe::egui::{self, Modifiers, RichText};

use crate::model::Article;
use crate::t;
use crate::ui::widgets::dialog::{self, Reply};
use crate::when;

/// The open dialog.
pub struct DescribeDialog {
    /// As it was.
    pub before: Arc<Article>,
    /// As it is written now.
    pub after: Article,
    fresh: bool,
}

impl DescribeDialog {
    /// A dialog about an article.
    pub fn new(article: &Arc<Article>) -> Self {
        Self { before: article.clone(), after: Article::clone(article), fresh: true }
    }

    fn wrong(&self) -> Option<String> {
        published(&self.after.published).err()
    }

    /// Shows it; [`Reply::Done`] only where everything written can be kept.
    pub fn ui(&mut self, ctx: &egui::Context) -> Reply {
        let reply = self.ask(ctx);
        if reply == Reply::Done
            && let Ok(published) = published(&self.after.published)
        {
            self.after.published = published;
        }
        reply
    }

    fn ask(&mut self, ctx: &egui::Context) -> Reply {
        let wrong = self.wrong();
        dialog::ask(ctx, "describe", 560.0, Modifiers::NONE, |ui, reply| {
            dialog::heading(ui, t!("describe-title", id = self.after.id));
            egui::Grid::new("describe").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
                let article = &mut self.after;
                let fields: [(&str, &mut String, &str); 7] = [
                    (t!("describe-name"), &mut article.title, ""),
                    (t!("describe-publisher"), &mut article.publisher, ""),
                    (t!("describe-author"), &mut article.author, ""),
                    (t!("describe-published"), &mut article.published, "2024-06-18"),
                    (t!("describe-dateline"), &mut article.dateline, "Jakarta"),
                    (t!("describe-address"), &mut article.url, "https://…"),
                    (t!("describe-language"), &mut article.language, "id"),
                ];
                for (name, value, hint) in fields {
                    let label = ui.label(name);
                    let field = egui::TextEdit::singleline(value).hint_text(hint).desired_width(420.0);
                    let field = field.show(ui).response.response.labelled_by(label.id);
                    if std::mem::take(&mut self.fresh) {
                        field.request_focus();
                    }
                    ui.end_row();
                }
                for (name, value) in [
                    (t!("describe-source"), article.source.clone()),
                    (t!("describe-length"), t!("describe-size", characters = article.chars, words = article.words)),
                    ("SHA-256", article.sha256.clone()),
                ] {
                    ui.weak(name);
                    ui.add(egui::Label::new(RichText::new(value).weak()).truncate());
                    ui.end_row();
                }
            });
            if let Some(why) = &wrong {
                ui.label(RichText::new(why).color(ui.visuals().error_fg_color));
            }
            dialog::buttons(ui, t!("ok-enter"), wrong.is_none(), reply)
        })
    }
}

/// The date of an article as it is kept, from what was typed: a place in the calendar, or nothing.
fn published(typed: &str) -> Result<String, String> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    let date = when::typed(typed, None).map_err(|error| error.told())?;
    if date.is_duration() { Err(t!("describe-no-duration").to_owned()) } else { Ok(date.to_string()) }
}
