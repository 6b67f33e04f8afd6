//! Mine versus gold: an annotator steps through the differences, with the reasons of the decisions.

use eframe::egui::{self, RichText};

use crate::model::{ArticleId, Name, Progress, Slot};
use crate::review::{Lesson, Why, lessons};
use crate::t;
use crate::ui::commands::Command;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::card;

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
        return Some(t!("feedback-own").to_owned());
    }
    let gold = work.session.corpus().project.gold.clone();
    match work.session.corpus().set(&article, &gold).map(crate::model::AnnotationSet::progress) {
        None | Some(Progress::New) => return Some(t!("feedback-no-gold").to_owned()),
        Some(Progress::InProgress) => return Some(t!("feedback-undecided").to_owned()),
        Some(Progress::Done) => {}
    }
    let before = work.feedback.take().filter(|walk| walk.article == article);
    let at = before.as_ref().map(|walk| walk.at);
    let lessons = match before {
        Some(walk) if walk.revision == work.revision => walk.lessons,
        _ => lessons(work.session.corpus(), &article, &me, &gold),
    };
    if lessons.is_empty() {
        return Some(t!("feedback-same").to_owned());
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
            ui.label(RichText::new(t!("feedback-head", at = walk.at + 1, count = walk.len())).strong());
            ui.label(t!("feedback-slot", slot = slot(&lesson.slot), name = card::short(&lesson.title, 80)));
        });
        egui::Grid::new("lesson").num_columns(2).show(ui, |ui| {
            for (who, said) in [(t!("feedback-you"), &lesson.mine), (t!("feedback-gold"), &lesson.gold)] {
                ui.label(RichText::new(who).color(theme.weak));
                let said = if said.is_empty() { t!("feedback-nothing") } else { said };
                ui.add(egui::Label::new(said).wrap());
                ui.end_row();
            }
        });
        if let Some(why) = &lesson.why {
            ui.label(RichText::new(because(why)).color(theme.weak));
        }
        ui.horizontal_wrapped(|ui| {
            for (title, key, command) in [
                (t!("feedback-next"), "Ctrl+G", Command::Difference(true)),
                (t!("feedback-previous"), "Ctrl+Shift+G", Command::Difference(false)),
                (t!("feedback-comment"), "Ctrl+M", Command::Comment),
                (t!("close"), "Esc", Command::Escape),
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
        Slot::Presence => t!("slot-presence").to_owned(),
        Slot::Extent => t!("slot-words").to_owned(),
        Slot::Label => t!("slot-label").to_owned(),
        Slot::Attribute(name) | Slot::Role(name) => format!("“{name}”"),
        Slot::Identity => t!("slot-identity").to_owned(),
    }
}

/// A decision in a sentence.
pub fn because(why: &Why) -> String {
    let adopted: Vec<&str> = why.adopted.iter().map(Name::as_str).collect();
    let (by, adopted) = (&why.by, adopted.join(", "));
    let said = match (adopted.is_empty(), why.reason.is_empty()) {
        (true, true) => t!("because-by", by = by),
        (true, false) => t!("because-by-why", by = by, reason = why.reason),
        (false, true) => t!("because-as", by = by, adopted = adopted),
        (false, false) => t!("because-as-why", by = by, adopted = adopted, reason = why.reason),
    };
    match why.gap.trim_end_matches('.') {
        "" => said,
        gap => format!("{said} {}", t!("because-gap", gap = gap)),
    }
}
