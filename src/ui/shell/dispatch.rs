//! Does what a command says: the one place where the window changes anything.

use eframe::egui;

use crate::diagnostics;
use crate::edit::Transaction;
use crate::lang::{self, Language};
use crate::model::{Filler, Id, Kind, Name, Origin, Progress, Referent};
use crate::t;
use crate::text::Span;
use crate::ui::annotate::navigate;
use crate::ui::commands::Command;
use crate::ui::commands::view::View;
use crate::ui::comments::{self, CommentList};
use crate::ui::exchange::copies;
use crate::ui::review;
use crate::ui::shell::app::App;
use crate::ui::shell::overlay::Overlay;
use crate::ui::workspace::Workspace;

impl App {
    /// Does one command.
    pub fn perform(&mut self, ctx: &egui::Context, command: Command) {
        diagnostics::done(&command);
        if self.perform_on_window(ctx, &command) {
            return;
        }
        if let Err(why) = review::allowed(self.key_context(), &command) {
            self.say(why);
            return;
        }
        if review::perform(self, ctx, &command) {
            return;
        }
        if command == Command::Escape {
            self.back_to_text(ctx);
            self.notices.put_away();
        }
        let Some(work) = &mut self.work else { return };
        if let (Command::Comment, Some(review), Some(case)) = (&command, self.reviewing.review(), self.reviewing.case())
            && self.view == View::Review
            && let Some(overlay) = comments::ask_about(work, review, &case)
        {
            self.overlay = Some(overlay);
            return;
        }
        match act(ctx, work, command, &self.settings.language) {
            Ok(Done::Nothing) => {}
            Ok(Done::Said(message)) => self.say(message),
            Ok(Done::Ask(overlay)) => self.overlay = Some(*overlay),
            Err(error) => self.refused(error),
        }
    }

    /// Tells why something was not done; where that is a file that cannot be read, until it can.
    fn refused(&mut self, why: String) {
        let unreadable =
            |work: &Workspace| work.session.unreadable().find(|(_, error)| why.contains(error)).map(|found| found.0);
        match self.work.as_ref().and_then(unreadable) {
            Some(file) => self.notices.unreadable(&file, &why),
            None => self.fail(why),
        }
    }

    /// Asks where what the dashboard shows is to be written.
    fn save_figures(&mut self, picture: bool) {
        match (&self.work, self.dashboard.measured()) {
            (Some(work), Some(_)) if self.view == View::Dashboard => {
                let suggested = crate::ui::dashboard::suggested(work.session.root(), self.dashboard.section, picture);
                self.overlay = Some(Overlay::save_figures(picture, suggested));
            }
            _ => self.say(t!("say-dashboard-first")),
        }
    }

    /// Has the window speak a language, and labels with it; none is the system's.
    fn speak(&mut self, language: Option<Language>) {
        let spoken = language.unwrap_or_else(Language::of_system);
        lang::speak(spoken);
        self.change_settings(|settings| {
            settings.window = language.map_or("", Language::code).to_owned();
            settings.language = spoken.code().to_owned();
        });
    }

    /// Commands that need no open project; says whether it was one.
    fn perform_on_window(&mut self, ctx: &egui::Context, command: &Command) -> bool {
        match command {
            Command::NewProject => self.overlay = Some(Overlay::new_project()),
            Command::OpenProject => self.overlay = Some(Overlay::open_project(&self.settings.recent)),
            Command::SaveNow => self.save_now(),
            Command::SaveCopy => copies::ask(self),
            Command::BringInElsewhere => copies::bring_in(self, ctx),
            Command::Gone => self.look_at_gone(),
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Command::Palette => {
                self.overlay = Some(Overlay::palette(self.work.as_ref(), self.key_context(), &self.settings.language));
            }
            Command::Reports => self.show_reports(),
            Command::Keys => self.overlay = Some(Overlay::Keys),
            Command::Welcome => self.change_settings(|settings| settings.welcomed = !settings.welcomed),
            Command::ChangeName => self.overlay = Some(Overlay::name(&self.settings)),
            Command::Theme => {
                let dark = ctx.global_style().visuals.dark_mode;
                self.change_settings(|settings| settings.dark = Some(!dark));
            }
            Command::Larger => self.change_settings(|settings| settings.zoom = (settings.zoom + 10).min(300)),
            Command::Smaller => self.change_settings(|settings| settings.zoom = settings.zoom.max(60) - 10),
            Command::UsualSize => self.change_settings(|settings| settings.zoom = 100),
            Command::LabelNames => self.change_settings(|settings| settings.label_names = !settings.label_names),
            Command::Language => self.overlay = Some(Overlay::language()),
            Command::Speak(language) => self.speak(*language),
            Command::LabelLanguage => self.change_settings(|settings| {
                settings.language = if settings.language == "id" { "en" } else { "id" }.to_owned();
            }),
            Command::FocusArticles => {
                self.articles_shown = Some(true);
                self.focus_filter = true;
            }
            Command::ToggleArticles => {
                let shown = self.articles_shown.unwrap_or(ctx.content_rect().width() >= crate::ui::shell::app::NARROW);
                self.articles_shown = Some(!shown);
            }
            Command::Show(View::Dashboard) if self.view == View::Dashboard => self.dashboard.again(),
            Command::Show(view)
                if *view != View::Annotate
                    && self.view == View::Annotate
                    && self.work.as_ref().is_some_and(Workspace::is_blind) =>
            {
                self.overlay = Some(Overlay::unfinished(*view));
            }
            Command::ShowAnyway(view) => self.show_view(ctx, *view),
            Command::Show(view) => self.show_view(ctx, *view),
            Command::SaveFigures(picture) => self.save_figures(*picture),
            Command::ToggleCard => self.card_shown = Some(!self.card_shown.unwrap_or(true)),
            _ => return false,
        }
        true
    }
}

/// What a command came to.
pub enum Done {
    /// It is done, and speaks for itself.
    Nothing,
    /// It is done; this sentence tells.
    Said(String),
    /// It needs an answer first.
    Ask(Box<Overlay>),
}

impl From<Overlay> for Done {
    fn from(overlay: Overlay) -> Self {
        Self::Ask(Box::new(overlay))
    }
}

type Outcome = Result<Done, String>;

fn act(ctx: &egui::Context, work: &mut Workspace, command: Command, language: &str) -> Outcome {
    match command {
        Command::AddArticles => Ok(Overlay::add_articles().into()),
        Command::Import if work.session.read_only() => Err(t!("say-import-read-only").to_owned()),
        Command::Import => Ok(Overlay::import(work, language).into()),
        Command::Export => {
            // What is written is what the files hold.
            if !work.session.read_only() {
                work.session.flush().map_err(|error| t!("say-export-not-yet", error = error))?;
            }
            Ok(Overlay::export(work, language).into())
        }
        Command::Problems => Ok(Overlay::Problems.into()),
        Command::OpenArticle(id) => {
            work.show(ctx, &id, None);
            Ok(Done::Nothing)
        }
        Command::Comments(at) => Ok(Overlay::Comments(Box::new(CommentList::new(at))).into()),
        command if comments::is_about(&command) => comments::perform(ctx, work, &command),
        Command::Beside => {
            Ok(Overlay::beside(work).map_or_else(|| Done::Said(t!("say-no-others").to_owned()), Into::into))
        }
        Command::ShowBeside(name) => {
            work.show_beside(ctx, name);
            Ok(Done::Nothing)
        }
        Command::OpenSets => work.toggle_open_sets().map(Done::Said),
        Command::Difference(forward) => Ok(work.differ(ctx, forward).map_or(Done::Nothing, Done::Said)),
        Command::NextArticle => step_article(ctx, work, true),
        Command::PreviousArticle => step_article(ctx, work, false),
        command => match work.page().is_some() {
            true => act_on_page(work, command, language),
            false => Ok(Done::Nothing),
        },
    }
}

fn step_article(ctx: &egui::Context, work: &mut Workspace, forward: bool) -> Outcome {
    let corpus = work.session.corpus();
    let at = work.open.as_ref().and_then(|open| corpus.article_index(&open.id));
    let next = match at {
        None => Some(0),
        Some(at) if forward => Some(at + 1),
        Some(at) => at.checked_sub(1),
    };
    let Some(article) = next.and_then(|next| corpus.articles().get(next)) else {
        return Ok(Done::Said(if forward { t!("say-last-article") } else { t!("say-first-article") }.into()));
    };
    let id = article.id.clone();
    work.show(ctx, &id, None);
    Ok(Done::Nothing)
}

/// Commands that need an open article.
fn act_on_page(work: &mut Workspace, command: Command, language: &str) -> Outcome {
    match command {
        Command::Label(label) => label_here(work, &label),
        Command::Delete => delete(work),
        Command::DeleteAllSuch | Command::LabelAll => {
            Ok(crate::ui::annotate::label_all::ask(work, command == Command::DeleteAllSuch))
        }
        Command::Grow => respan(work, |text, span| text.stretch(span, true), false),
        Command::Shrink => respan(work, |text, span| text.stretch(span, false), false),
        Command::GrowStart => respan(work, |text, span| text.stretch_start(span, true), true),
        Command::ShrinkStart => respan(work, |text, span| text.stretch_start(span, false), true),
        Command::AddFragment => fragment(work, true),
        Command::RemoveFragment => match last_filler(work) {
            Some((frame, index)) => commit(work, |work| Some(work.desk()?.unfill(frame, index))),
            None => fragment(work, false),
        },
        Command::Earlier => match last_filler(work) {
            Some((frame, index)) => commit(work, |work| Some(work.desk()?.reorder(frame, index, false))),
            None => Ok(Done::Said(t!("say-arm-fillers").to_owned())),
        },
        Command::Note => Ok(Overlay::note(work).map_or_else(needs_selection, Into::into)),
        Command::Comment => Ok(comments::ask(work).map_or(Done::Nothing, Into::into)),
        Command::Refer => Ok(Overlay::refer(work).map_or_else(needs_selection, Into::into)),
        Command::Describe => Ok(Overlay::describe(work).map_or(Done::Nothing, Into::into)),
        Command::Attribute(index) => attribute(work, index, language),
        Command::SetAttribute(ids, name, value) => {
            commit(work, |work| Some(work.desk()?.attribute(&ids, &name, value.as_deref())))
        }
        Command::ReferTo(ids, referent) => commit(work, |work| Some(work.desk()?.refer(&ids, referent))),
        Command::ReferNew(ids, name) => refer_new(work, &ids, &name),
        Command::Select(ids) => {
            match ids[..] {
                [id] => work.look_at(id),
                _ => work.select(ids),
            }
            Ok(Done::Nothing)
        }
        Command::SelectAlike => select_alike(work),
        Command::OpenCard(id) => {
            work.look_at(id);
            work.open_card(id);
            Ok(Done::Nothing)
        }
        Command::NewFrame(label) => new_frame(work, &label, Vec::new()),
        Command::Arm(role) => {
            arm(work, role);
            Ok(Done::Nothing)
        }
        Command::Candidates => {
            Ok(Overlay::candidates(work, language).map_or_else(|| Done::Said(t!("say-card-first").into()), Into::into))
        }
        Command::TypeValue => {
            Ok(Overlay::value(work, language).map_or_else(|| Done::Said(t!("say-value-first").into()), Into::into))
        }
        Command::Fill(frame, role, filler) => fill(work, frame, &role, &filler),
        Command::FillText(frame, role, span) => fill_text(work, frame, &role, span),
        Command::Unfill(frame, index) => commit(work, |work| Some(work.desk()?.unfill(frame, index))),
        Command::Reorder(frame, index, forward) => {
            commit(work, |work| Some(work.desk()?.reorder(frame, index, forward)))
        }
        Command::Accept => accept(work),
        Command::Escape => escape(work),
        Command::MarkDone => {
            let done = work.page().is_some_and(|(_, set)| set.progress() == Progress::Done);
            set_progress(work, if done { Progress::InProgress } else { Progress::Done })
        }
        Command::SetProgress(progress) => set_progress(work, progress),
        command => {
            navigate::look_around(work, &command);
            Ok(Done::Nothing)
        }
    }
}

fn commit(work: &mut Workspace, make: impl FnOnce(&Workspace) -> Option<Transaction>) -> Outcome {
    let Some(transaction) = make(work) else { return Ok(Done::Nothing) };
    work.commit(transaction)?;
    Ok(Done::Nothing)
}

fn needs_selection() -> Done {
    Done::Said(t!("say-annotation-first").to_owned())
}

/// What a label key means here: label the selected words, else relabel what is selected, else label the word at the
/// caret.
fn label_here(work: &mut Workspace, label: &Name) -> Outcome {
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    let kind = work.session.corpus().schema.kind(label);
    let selection = open.reader.selection();
    if kind == Kind::Document {
        return mark(work, label, Vec::new());
    }
    if selection.is_none() && !open.selected.is_empty() {
        let ids = open.selected.clone();
        return commit(work, |work| Some(work.desk()?.relabel(&ids, label)));
    }
    let word = work.page().and_then(|(text, _)| text.word_at(open.reader.caret()));
    match selection.or(word) {
        Some(span) if kind == Kind::Frame => new_frame(work, label, vec![span]),
        Some(span) => mark(work, label, vec![span]),
        None if kind == Kind::Frame => new_frame(work, label, Vec::new()),
        None => Ok(Done::Said(t!("say-words-first").to_owned())),
    }
}

fn mark(work: &mut Workspace, label: &Name, at: Vec<Span>) -> Outcome {
    let Some((transaction, id)) = work.desk().map(|desk| desk.label(label, at)) else { return Ok(Done::Nothing) };
    let found = transaction.is_empty();
    work.commit(transaction)?;
    let card = work.open.as_mut().and_then(|open| open.card.take());
    work.select(vec![id]);
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
        // Labelling something in passing leaves the card open.
        open.card = card;
    }
    work.used(id);
    Ok(if found { Done::Said(t!("say-same-label").to_owned()) } else { Done::Nothing })
}

fn new_frame(work: &mut Workspace, label: &Name, at: Vec<Span>) -> Outcome {
    let Some((transaction, id)) = work.desk().map(|desk| desk.label(label, at)) else { return Ok(Done::Nothing) };
    work.commit(transaction)?;
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
    }
    work.open_card(id);
    Ok(Done::Nothing)
}

fn delete(work: &mut Workspace) -> Outcome {
    let ids = work.open.as_ref().map(|open| open.selected.clone()).unwrap_or_default();
    if ids.is_empty() {
        return Ok(needs_selection());
    }
    commit(work, |work| Some(work.desk()?.delete(&ids)))
}

fn respan(work: &mut Workspace, change: impl Fn(&crate::text::Text, Span) -> Span, start: bool) -> Outcome {
    let Some(id) = work.open.as_ref().and_then(|open| open.selected.first().copied()) else {
        return Ok(needs_selection());
    };
    let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
    let Some(mut at) = set.get(id).map(|record| record.at.clone()) else { return Ok(Done::Nothing) };
    let edge = if start { at.first_mut() } else { at.last_mut() };
    let Some(edge) = edge else { return Ok(Done::Said(t!("say-no-words").to_owned())) };
    *edge = change(text, *edge);
    let look = *edge;
    let outcome = commit(work, |work| Some(work.desk()?.respan(id, at)));
    if let Some(open) = &mut work.open {
        open.reader.reveal(look);
    }
    outcome
}

fn fragment(work: &mut Workspace, add: bool) -> Outcome {
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    let (Some(&id), Some(span)) = (open.selected.first(), open.reader.selection()) else {
        return Ok(Done::Said(t!("say-fragment-first").to_owned()));
    };
    let Some(record) = work.page().and_then(|(_, set)| set.get(id)) else { return Ok(Done::Nothing) };
    let mut at = record.at.clone();
    if add {
        at.push(span);
    } else {
        at = at.into_iter().flat_map(|piece| without(piece, span)).collect();
        if at.is_empty() {
            return Ok(Done::Said(t!("say-leaves-nothing").to_owned()));
        }
    }
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
    }
    commit(work, |work| Some(work.desk()?.respan(id, at)))
}

/// What is left of a fragment when a hole is cut.
fn without(piece: Span, hole: Span) -> Vec<Span> {
    if !piece.overlaps(hole) {
        return vec![piece];
    }
    let before = Span::new(piece.start, hole.start.max(piece.start));
    let after = Span::new(hole.end.min(piece.end), piece.end);
    [before, after].into_iter().filter(|span| !span.is_empty()).collect()
}

fn attribute(work: &mut Workspace, index: usize, language: &str) -> Outcome {
    let ids = work.open.as_ref().map(|open| open.selected.clone()).unwrap_or_default();
    Ok(Overlay::attribute(work, &ids, index, language).map_or_else(needs_selection, Into::into))
}

fn refer_new(work: &mut Workspace, ids: &[Id], name: &str) -> Outcome {
    let annotator = work.annotator().clone();
    commit(work, |work| {
        let (_, set) = work.page()?;
        let label = &set.get(*ids.first()?)?.label;
        let referent = Referent::new(label, name, Origin::hand(&annotator));
        Some(work.desk()?.refer_new(ids, referent))
    })
}

fn select_alike(work: &mut Workspace) -> Outcome {
    let Some((first, (_, set))) = work.open.as_ref().and_then(|open| open.selected.first().copied()).zip(work.page())
    else {
        return Ok(needs_selection());
    };
    let Some(label) = set.get(first).map(|record| record.label.clone()) else { return Ok(Done::Nothing) };
    let mut ids: Vec<Id> = set.iter().filter(|record| record.label == label).map(|record| record.id).collect();
    ids.retain(|&id| id != first);
    ids.insert(0, first);
    let count = ids.len();
    work.select(ids);
    Ok(Done::Said(t!("say-selected", count = count, label = label)))
}

fn arm(work: &mut Workspace, role: Name) {
    if let Some(card) = work.open.as_mut().and_then(|open| open.card.as_mut()) {
        card.armed = Some(role);
    }
}

fn fill(work: &mut Workspace, frame: Id, role: &Name, filler: &Filler) -> Outcome {
    let Some(transaction) = work.desk().map(|desk| desk.fill(frame, role, filler)) else { return Ok(Done::Nothing) };
    work.commit(transaction)?;
    if let Filler::Annotation(id) = filler {
        work.used(*id);
    }
    work.arm_next(role);
    Ok(Done::Nothing)
}

/// Fills a role with words of the text.
pub fn fill_text(work: &mut Workspace, frame: Id, role: &Name, span: Span) -> Outcome {
    let Some((transaction, filler)) = work.desk().map(|desk| desk.fill_with_text(frame, role, vec![span])) else {
        return Ok(Done::Nothing);
    };
    if transaction.is_empty() {
        return Ok(Done::Said(t!("say-takes-no-words", role = role)));
    }
    work.commit(transaction)?;
    if let Some(id) = filler {
        work.used(id);
    }
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
        open.selected = vec![frame];
    }
    work.arm_next(role);
    Ok(Done::Nothing)
}

/// The frame of the open card and its armed role.
pub fn armed(work: &Workspace) -> Option<(Id, Name)> {
    let card = work.open.as_ref()?.card.as_ref()?;
    Some((card.frame, card.armed.clone()?))
}

/// The frame of the open card and the place of its armed role's last filler, where no words are selected.
fn last_filler(work: &Workspace) -> Option<(Id, usize)> {
    let (frame, role) = armed(work)?;
    if work.open.as_ref()?.reader.selection().is_some() {
        return None;
    }
    let roles = &work.page()?.1.get(frame)?.roles;
    Some((frame, roles.iter().rposition(|filled| filled.name == role)?))
}

/// Enter: fills the armed role with the selection, or with the annotation at the caret; else opens the selected frame's
/// card; else selects what stands at the caret.
fn accept(work: &mut Workspace) -> Outcome {
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    let selection = open.reader.selection();
    let caret = open.reader.caret();
    if let Some((frame, role)) = armed(work) {
        if let Some(span) = selection {
            return fill_text(work, frame, &role, span);
        }
        let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
        let here = set.at(caret).iter().map(|record| record.id).find(|&id| fits(work, frame, &role, id));
        let word = text.word_at(caret);
        return match (here, word) {
            (Some(id), _) => fill(work, frame, &role, &Filler::Annotation(id)),
            (None, Some(word)) => fill_text(work, frame, &role, word),
            (None, None) => Ok(Done::Nothing),
        };
    }
    match open.selected.first().copied() {
        Some(id) if work.is_frame(id) => work.open_card(id),
        _ => navigate::step_stack(work, true),
    }
    Ok(Done::Nothing)
}

/// Whether an annotation may fill a role of a frame.
pub fn fits(work: &Workspace, frame: Id, role: &Name, id: Id) -> bool {
    let Some((_, set)) = work.page() else { return false };
    let (Some(frame), Some(record)) = (set.get(frame), set.get(id)) else { return false };
    let role = work.session.corpus().schema.label(&frame.label).and_then(|def| def.role(role));
    frame.id != id && role.is_some_and(|role| role.fillers.contains(&record.label))
}

/// A click on an annotation while a role is armed: fills the role where that is legal.
pub fn clicked(work: &mut Workspace, id: Id, add: bool) -> Outcome {
    if let Some((frame, role)) = armed(work)
        && fits(work, frame, &role, id)
        && !add
    {
        return fill(work, frame, &role, &Filler::Annotation(id));
    }
    let selected = work.open.as_ref().map(|open| open.selected.clone()).unwrap_or_default();
    if add {
        let mut ids = selected;
        match ids.iter().position(|&other| other == id) {
            Some(at) => drop(ids.remove(at)),
            None => ids.push(id),
        }
        work.select(ids);
    } else {
        work.select(vec![id]);
    }
    Ok(Done::Nothing)
}

/// Esc: leaves one thing after the other, and always ends in the text.
fn escape(work: &mut Workspace) -> Outcome {
    let Some(open) = &mut work.open else { return Ok(Done::Nothing) };
    if work.feedback.take().is_some() {
    } else if open.reader.raw_selection().is_some() {
        open.reader.clear_selection();
    } else if open.finder.take().is_some() {
    } else if open.card.take().is_none() {
        open.selected.clear();
    }
    Ok(Done::Nothing)
}

fn set_progress(work: &mut Workspace, progress: Progress) -> Outcome {
    commit(work, |work| Some(work.desk()?.progress(progress)))?;
    let said = match progress {
        Progress::New => t!("say-progress-new"),
        Progress::InProgress => t!("say-progress-begun"),
        Progress::Done => t!("say-progress-done"),
    };
    Ok(Done::Said(said.to_owned()))
}
