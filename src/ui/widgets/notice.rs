//! Sentences for the person: what was done stays for a moment, or until the next thing is done; what failed stays until it is mended
//! or put away, or, where nothing is left to mend, until the person has had time to read it.

use eframe::egui::{self, RichText};

use crate::diagnostics;
use crate::say;
use crate::t;
use crate::ui::commands::{self, Command, ProjectCommand, WindowCommand};

/// A sentence for the person.
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// True where something failed: then it stays until it was there to be read for a while.
    pub failed: bool,
    about: About,
    /// The time since which it is shown; of what failed, since which the person is there to read it.
    since: f64,
}

/// The subject of a notice, where it leaves by itself once that is so no more.
#[derive(Debug, Clone, PartialEq, Eq)]
enum About {
    /// Nothing that mends itself.
    Anything,
    /// Work that could not be saved.
    Saving,
    /// A folder that cannot be read any more.
    Disk,
    /// A file that cannot be read.
    File(String),
    /// A run that broke off and left a report.
    Report,
}

impl About {
    /// The answers that the person has, as buttons.
    fn offers(&self) -> &'static [Command] {
        match self {
            Self::Saving => &[Command::Project(ProjectCommand::Save), Command::Project(ProjectCommand::SaveCopy)],
            Self::Report => &[Command::Window(WindowCommand::Reports)],
            Self::Anything | Self::Disk | Self::File(_) => &[],
        }
    }
}

/// All that the person is told at the moment.
#[derive(Default)]
pub struct Notices {
    all: Vec<Notice>,
    /// The reason why the work was not saved when that was told last; none since it was mended.
    unsaved: Option<String>,
}

/// Seconds for which a sentence stays that tells of no failure.
const STAYS: f64 = 6.0;

/// Seconds after which such a sentence makes way for the next thing that is done.
const READ: f64 = 1.5;

/// Seconds for which a failure stays that nothing can be done about any more, once the person has moved a hand.
const FAILURE_STAYS: f64 = 30.0;

impl Notices {
    /// The sentences, the oldest first.
    pub fn all(&self) -> &[Notice] {
        &self.all
    }

    /// Tells something that was done.
    pub fn say(&mut self, text: &str) {
        self.put(text, false, About::Anything);
    }

    /// Tells that something failed.
    pub fn fail(&mut self, text: &str) {
        self.put(text, true, About::Anything);
    }

    /// Tells that an earlier run broke off, and offers the report.
    pub fn broke_off(&mut self, text: &str) {
        self.put(text, true, About::Report);
    }

    /// Takes away the offer of reports, which are looked at now.
    pub fn looked_at(&mut self) {
        self.all.retain(|notice| notice.about != About::Report);
    }

    /// Tells that a file cannot be read, until it can.
    pub fn unreadable(&mut self, file: &str, text: &str) {
        self.put(text, true, About::File(file.to_owned()));
    }

    /// Takes away what was told about files that can be read by now.
    pub fn readable(&mut self, still: impl Fn(&str) -> bool) {
        self.all.retain(|notice| !matches!(&notice.about, About::File(file) if !still(file)));
    }

    /// Tells that work is not saved, until it is. Where the person knows the reason already it is told `again` only
    /// where that is asked for.
    pub fn not_saved(&mut self, why: &str, again: bool) {
        if self.unsaved.as_deref() == Some(why) && !again {
            return;
        }
        self.all.retain(|notice| notice.about != About::Saving);
        self.unsaved = Some(why.to_owned());
        let text = t!("notice-not-saved", why = why);
        self.put(&text, true, About::Saving);
    }

    /// Tells that the folder of a project that is only read is out of reach, until it is there again.
    pub fn out_of_reach(&mut self, why: &str) {
        self.put(&t!("notice-out-of-reach", why = why), true, About::Disk);
    }

    /// Notes that everything is saved, and takes away what was told about it; says whether anything had been.
    pub fn saved(&mut self) -> bool {
        self.all.retain(|notice| !matches!(notice.about, About::Saving | About::Disk));
        self.unsaved.take().is_some()
    }

    fn put(&mut self, text: &str, failed: bool, about: About) {
        // Names of files and titles come from anywhere.
        let text = text.lines().map(say::visible).collect::<Vec<_>>().join("\n");
        if failed {
            tracing::warn!(why = diagnostics::elided(&text), "told");
        }
        // One thing is told at a time; what failed is kept beside it.
        self.all.retain(|notice| notice.failed && notice.text != text);
        self.all.push(Notice { text, failed, about, since: f64::NAN });
    }

    /// Puts away what was said to have failed.
    pub fn put_away(&mut self) {
        self.all.retain(|notice| !notice.failed);
    }

    /// The person does something: what was said before makes way for what is said about that.
    pub fn passed(&mut self, now: f64) {
        self.all.retain(|notice| notice.failed || notice.since.is_nan() || now - notice.since < READ);
    }

    /// Shows what failed; gives what was asked for.
    pub fn ui(&mut self, ctx: &egui::Context) -> Option<Command> {
        let (now, there) = ctx.input(|input| (input.time, !input.events.is_empty()));
        for notice in self.all.iter_mut().filter(|notice| notice.since.is_nan() && (!notice.failed || there)) {
            notice.since = now;
        }
        let left = |notice: &Notice| match (notice.failed, &notice.about) {
            (false, _) => Some(STAYS - (now - notice.since)),
            (true, About::Anything) => Some(FAILURE_STAYS - (now - notice.since)),
            // A failure that can be mended is told until it is.
            (true, About::Saving | About::Disk | About::File(_) | About::Report) => None,
        };
        // A failure that nobody has been there to read yet has no time, and stays.
        self.all.retain(|notice| left(notice).is_none_or(|left| left.is_nan() || left > 0.0));
        if let Some(next) = self.all.iter().filter_map(left).filter(|left| !left.is_nan()).reduce(f64::min) {
            ctx.request_repaint_after_secs(next as f32 + 0.05);
        }
        let failed: Vec<usize> = (0..self.all.len()).filter(|&at| self.all[at].failed).collect();
        if failed.is_empty() {
            return None;
        }
        let (mut closed, mut asked) = (None, None);
        let area = egui::Area::new(egui::Id::unique("notices")).order(egui::Order::Foreground);
        area.anchor(egui::Align2::RIGHT_BOTTOM, egui::vec2(-12.0, -40.0)).show(ctx, |ui| {
            ui.set_max_width(460.0_f32.min(ctx.content_rect().width() - 24.0));
            // The latest few; what is older comes up as these are put away.
            for &at in failed.iter().rev().take(4).rev() {
                let notice = &self.all[at];
                egui::Frame::popup(ui.style()).show(ui, |ui| {
                    ui.horizontal_wrapped(|ui| {
                        ui.label(RichText::new("!").color(ui.visuals().error_fg_color));
                        let text = ui.label(&notice.text);
                        ctx.accesskit_node_builder(text.id, |node| node.set_live(egui::accesskit::Live::Assertive));
                        if notice.about.offers().is_empty() && close(ui) {
                            closed = Some(at);
                        }
                    });
                    if notice.about.offers().is_empty() {
                        return;
                    }
                    ui.horizontal_wrapped(|ui| {
                        for offer in notice.about.offers() {
                            let title = commands::find(offer).map_or("", |entry| entry.title());
                            let key = commands::key_of(offer);
                            let button = if key.is_empty() { title.to_owned() } else { format!("{title} ({key})") };
                            if ui.small_button(button).clicked() {
                                asked = Some(offer.clone());
                            }
                        }
                        if close(ui) {
                            closed = Some(at);
                        }
                    });
                });
            }
        });
        if let Some(at) = closed {
            self.all.remove(at);
        }
        asked
    }
}

fn close(ui: &mut egui::Ui) -> bool {
    ui.small_button(t!("close-esc")).clicked()
}
