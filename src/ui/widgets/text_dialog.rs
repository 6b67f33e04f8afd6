//! A dialog for one text: a note, a name, a free attribute.

use eframe::egui::{self, Key, Modifiers};

use crate::model::{ArticleId, Id, Name, Quote, Target};
use crate::store::folder_name;
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
    /// The title of the project.
    Title,
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
        /// The people whom it can be meant for.
        to: Vec<Addressee>,
    },
    /// An answer in the thread that begins with this comment.
    Answer((Name, Id)),
    /// Other words for one's own comment.
    Reword(Id),
}

/// A person whom a comment can be meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Their name.
    pub name: Name,
    /// The thing of theirs that it is on.
    pub on: Target,
    /// True where it is meant for them.
    pub chosen: bool,
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
            dialog::name(ui, &title);
            let field = if self.lines {
                egui::TextEdit::multiline(&mut self.text).desired_rows(4)
            } else {
                egui::TextEdit::singleline(&mut self.text)
            };
            let field = field.desired_width(f32::INFINITY).show(ui).response.response.labelled_by(title.id);
            dialog::focus(&field, &mut self.fresh, &self.text);
            if let TextFor::Comment { to, .. } = &mut self.target {
                addressees(ui, to);
            }
            if self.target == TextFor::Annotator
                && let Ok(folder) = folder_name(&self.text)
            {
                ui.weak(t!("name-folder", folder = folder));
            }
            ui.add_space(4.0);
            let confirm = if self.lines { t!("ok-ctrl-enter") } else { t!("ok-enter") };
            dialog::buttons(ui, confirm, true, reply)
        })
    }
}

/// Shows who a comment is meant for: a click or the digit with Alt takes a person in or leaves them out.
fn addressees(ui: &mut egui::Ui, to: &mut [Addressee]) {
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    if to.is_empty() {
        return;
    }
    for (person, digit) in to.iter_mut().zip(DIGITS) {
        person.chosen ^= ui.input_mut(|input| input.consume_key(Modifiers::ALT, digit));
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(t!("comment-for"));
        for (at, person) in to.iter_mut().enumerate() {
            ui.checkbox(&mut person.chosen, person.name.as_str()).on_hover_text(format!("Alt+{}", at + 1));
        }
    });
    let everybody = to.iter().all(|person| !person.chosen);
    ui.weak(if everybody { t!("comment-for-all") } else { t!("comment-for-each") });
}
