//! A dialog for one text: a note, a name, a free attribute.

use eframe::egui::{self, Modifiers};

use crate::model::{ArticleId, Id, Name, Quote, Target};
use crate::t;
use crate::ui::widgets::dialog::{self, Reply};

/// The purpose of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextFor {
    /// The note of an annotation.
    Note(Id),
    /// An attribute of annotations.
    Attribute {
        /// The annotations.
        ids: Vec<Id>,
        /// The attribute.
        name: Name,
    },
    /// The annotator's name.
    Annotator,
    /// The gap in the guideline, for the next decision.
    Gap,
    /// The words that listed cases have.
    CaseText,
    /// A new comment.
    Comment {
        /// On which article.
        article: ArticleId,
        /// On what in it.
        on: Target,
        /// On which words.
        at: Vec<Quote>,
    },
    /// An answer in the thread that begins with this comment.
    Answer((Name, Id)),
    /// Other words for one's own comment.
    Reword(Id),
}

/// The open dialog.
pub struct TextDialog {
    title: String,
    /// The text written so far.
    pub text: String,
    lines: bool,
    /// The purpose.
    pub target: TextFor,
    fresh: bool,
}

impl TextDialog {
    /// A dialog that begins with a text; of several lines where `lines`.
    pub fn new(title: String, text: &str, lines: bool, target: TextFor) -> Self {
        Self { title, text: text.to_owned(), lines, target, fresh: true }
    }

    /// Shows it.
    pub fn ui(&mut self, ctx: &egui::Context) -> Reply {
        let confirm = if self.lines { Modifiers::COMMAND } else { Modifiers::NONE };
        dialog::ask(ctx, "text", 460.0, confirm, |ui, reply| {
            let title = ui.label(&self.title);
            let field = if self.lines {
                egui::TextEdit::multiline(&mut self.text).desired_rows(4)
            } else {
                egui::TextEdit::singleline(&mut self.text)
            };
            let field = field.desired_width(f32::INFINITY).show(ui).response.response.labelled_by(title.id);
            dialog::focus(&field, &mut self.fresh, &self.text);
            ui.add_space(4.0);
            let confirm = if self.lines { t!("ok-ctrl-enter") } else { t!("ok-enter") };
            dialog::buttons(ui, confirm, true, reply)
        })
    }
}
