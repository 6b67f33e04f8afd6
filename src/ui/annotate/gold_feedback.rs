//! Mine versus gold: an annotator steps through the differences, with the reasons of the decisions.

use eframe::egui::{self, RichText};

use crate::model::{ArticleId, Name, Progress, Slot};
use crate::review::{Lesson, Why, lessons};
use crate::ui::commands::Command;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::card;
use crate::ui::workspace::{GOLD, Workspace};

/// The walk through an article's differences to gold.
#[derive(Debug)]
pub struct GoldFeedback {
    /// The article that it goes through.
    pub article: ArticleId,
    /// The difference that is looked at, from 0.
    pub at: usize,
    lessons: Vec<Lesson>,
    /// The state of the data that they were found in.
    revision: u64,
}

impl GoldFeedback {
    /// The difference that is looked at.
    pub fn lesson(&self) -> Option<&Lesson> {
        self.lessons.get(self.at)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.lessons.len()
    }
}

/// Steps to the next or the last difference, from where one stands. The gold set must be loaded; gives a sentence where
/// there is nothing to step to.
pub fn step(work: &mut Workspace, forward: bool) -> Option<String> {
    let (article, me) = work.key()?;
    if me != *work.annotator() {
        return Some("F2 goes back to your own annotations, which gold is compared with.".to_owned());
    }
    let gold = Name::new(GOLD);
    match work.session.corpus().set(&article, &gold).map(crate::model::AnnotationSet::progress) {
        None | Some(Progress::New) => return Some("There is no gold for this article yet.".to_owned()),
        Some(Progress::InProgress) => return Some("The gold of this article is not decided yet.".to_owned()),
        Some(Progress::Done) => {}
    }
    let before = work.feedback.take().filter(|walk| walk.article == article);
    let at = before.as_ref().map(|walk| walk.at);
    let lessons = match before {
        Some(walk) if walk.revision == work.revision => walk.lessons,
        _ => lessons(work.session.corpus(), &article, &me, &gold),
    };
    if lessons.is_empty() {
        return Some("Nothing in this article differs from gold.".to_owned());
    }
    let caret = work.open.as_ref().map_or(0, |open| open.reader.caret());
    let start = |lesson: &Lesson| lesson.place.map_or(0, |place| place.start);
    let at = match (at, forward) {
        (Some(at), true) => (at + 1) % lessons.len(),
        (Some(at), false) => (at.min(lessons.len()) + lessons.len() - 1) % lessons.len(),
        (None, true) => lessons.iter().position(|lesson| start(lesson) >= caret).unwrap_or(0),
        (None, false) => lessons.iter().rposition(|lesson| start(lesson) < caret).unwrap_or(lessons.len() - 1),
    };
    let (annotation, place) = (lessons[at].annotation, lessons[at].place);
    work.feedback = Some(GoldFeedback { article, at, lessons, revision: work.revision });
    match (annotation, place, &mut work.open) {
        (Some(id), ..) => work.look_at(id),
        (None, Some(place), Some(open)) => {
            open.selected.clear();
            open.reader.select(place);
            open.reader.reveal(place);
        }
        _ => {}
    }
    None
}

/// Shows the difference that is looked at; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, work: &Workspace, theme: &Theme) -> Vec<Command> {
    let mut commands = Vec::new();
    let own = work.key().filter(|(_, whose)| whose == work.annotator());
    let Some(walk) = work.feedback.as_ref().filter(|walk| own.is_some_and(|(article, _)| article == walk.article))
    else {
        return commands;
    };
    let Some(lesson) = walk.lesson() else { return commands };
    egui::Frame::group(ui.style()).fill(theme.raised).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(format!("Differs from gold, {} of {}:", walk.at + 1, walk.len())).strong());
            ui.label(format!("{} of {}", slot(&lesson.slot), card::short(&lesson.title, 80)));
        });
        egui::Grid::new("lesson").num_columns(2).show(ui, |ui| {
            for (who, said) in [("you", &lesson.mine), ("gold", &lesson.gold)] {
                ui.label(RichText::new(who).color(theme.weak));
                let said = if said.is_empty() { "nothing" } else { said };
                ui.add(egui::Label::new(said).wrap());
                ui.end_row();
            }
        });
        if let Some(why) = &lesson.why {
            ui.label(RichText::new(because(why)).color(theme.weak));
        }
        ui.horizontal_wrapped(|ui| {
            for (title, key, command) in [
                ("Next", "Ctrl+G", Command::Difference(true)),
                ("Previous", "Ctrl+Shift+G", Command::Difference(false)),
                ("Comment…", "Ctrl+M", Command::Comment),
                ("Close", "Esc", Command::Escape),
            ] {
                if ui.small_button(title).on_hover_text(key).clicked() {
                    commands.push(command);
                }
            }
        });
    });
    ui.add_space(4.0);
    commands
}

fn slot(slot: &Slot) -> String {
    match slot {
        Slot::Presence => "presence".to_owned(),
        Slot::Extent => "words".to_owned(),
        Slot::Label => "label".to_owned(),
        Slot::Attribute(name) | Slot::Role(name) => format!("“{name}”"),
        Slot::Identity => "who or what it is".to_owned(),
    }
}

/// A decision in a sentence.
pub fn because(why: &Why) -> String {
    let adopted: Vec<&str> = why.adopted.iter().map(Name::as_str).collect();
    let mut said = match adopted[..] {
        [] => format!("Decided by {}", why.by),
        _ => format!("Decided by {}, as {} has it", why.by, adopted.join(", ")),
    };
    if !why.reason.is_empty() {
        said.push_str(&format!(": {}", why.reason));
    }
    said.push('.');
    if !why.gap.is_empty() {
        said.push_str(&format!(" The guideline does not say: {}.", why.gap.trim_end_matches('.')));
    }
    said
}
