//! Hands each command to its feature: the one place where the window changes anything.

use std::collections::BTreeSet;

use crate::lang::{self, InWords, Language};
use eframe::egui;

use crate::assist::program_source;
use crate::diagnostics;
use crate::model::{ArticleId, Name};
use crate::store::Access;
use crate::store::settings::Suggesting;
use crate::t;
use crate::ui::annotate;
use crate::ui::annotate::describe::DescribeDialog;
use crate::ui::commands::{
    AnnotateCommand, ClaimsCommand, Command, CommentsCommand, CorpusCommand, DashboardCommand, Direction,
    ErrorsCommand, ExchangeCommand, KeyContext, Menu, Motion, ProjectCommand, ReviewCommand, SchemaCommand, Selection,
    Step, View, WindowCommand,
};
use crate::ui::comments;
use crate::ui::corpus;
use crate::ui::dashboard;
use crate::ui::errors;
use crate::ui::exchange::{self, copies};
use crate::ui::review;
use crate::ui::schema;
use crate::ui::shell::app::{App, Features, NARROW, label_language};
use crate::ui::shell::guidelines::GuidelinesDialog;
use crate::ui::shell::overlay::Overlay;
use crate::ui::shell::program_dialog::ProgramDialog;
use crate::ui::widgets::jobs::Jobs;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::cx;

type Done = cx::Done<Overlay>;
type Outcome = cx::Outcome<Overlay>;

impl App {
    /// Does one command.
    pub fn perform(&mut self, ctx: &egui::Context, command: Command) {
        if self.is_replaced(&command) || self.asks_for_name(&command) {
            return;
        }
        diagnostics::done(&command);
        let outcome = match command {
            Command::Window(command) => self.on_window(ctx, command),
            Command::Project(command) => self.on_project(ctx, command),
            Command::Annotate(command) => self.on_text(command),
            Command::Review(command) => self.on_case(command),
            Command::Comments(command) => self.on_comment(command),
            Command::Dashboard(command) => self.on_figures(command),
            Command::Errors(command) => self.on_errors(command),
            Command::Corpus(command) => self.on_corpus(ctx, command),
            Command::Schema(command) => self.on_schema(command),
            Command::Exchange(command) => self.on_exchange(command),
        };
        match outcome {
            Ok(Done::Nothing) => {}
            Ok(Done::Said(message)) => self.say(message),
            Ok(Done::Ask(overlay)) => self.overlay = Some(overlay),
            Ok(Done::Do(command)) => self.perform(ctx, command),
            Err(error) => self.refused(error),
        }
    }

    /// Tells why something was not done; where that is a file that cannot be read, until it can.
    pub(in crate::ui) fn refused(&mut self, why: String) {
        let unreadable = |work: &Workspace| {
            work.session.unreadable().find(|(_, error)| why.contains(&error.told())).map(|found| found.0)
        };
        match self.work.as_ref().and_then(unreadable) {
            Some(file) => self.notices.unreadable(&file, &why),
            None if self.visits() => self.fail(format!("{why} {}", t!("visitor-name-first"))),
            None => self.fail(why),
        }
    }

    /// Has the window speak a language, and labels with it; none is the system's.
    fn speak(&mut self, language: Option<Language>) {
        let spoken = language.unwrap_or_else(Language::of_system);
        lang::speak(spoken);
        self.change_settings(|settings| {
            settings.window = language.map_or("", Language::code).to_owned();
            settings.language = label_language(spoken).to_owned();
        });
    }

    fn on_window(&mut self, ctx: &egui::Context, command: WindowCommand) -> Outcome {
        use WindowCommand as W;
        match command {
            W::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            W::Show(View::Dashboard) if self.view == View::Dashboard => self.dashboard.again(),
            W::Show(view)
                if !matches!(view, View::Annotate | View::Corpus)
                    && self.view == View::Annotate
                    && self.work.as_ref().is_some_and(Workspace::is_blind) =>
            {
                return Ok(Done::Ask(Overlay::unfinished(view)));
            }
            W::Show(view) | W::ShowAnyway(view) => return self.show_view(view),
            W::Palette => {
                let (context, language) = (self.key_context(), &self.settings.language);
                return Ok(Done::Ask(Overlay::palette(self.work.as_ref(), context, language)));
            }
            W::Reports => self.show_reports(),
            W::DeleteReports => self.delete_reports(),
            W::Keys => return Ok(Done::Ask(Overlay::Keys)),
            W::Welcome => self.change_settings(|settings| settings.welcomed = !settings.welcomed),
            W::ChangeName => return Ok(Done::Ask(Overlay::name(&self.settings))),
            W::Preferences => return Ok(Done::Ask(Overlay::Preferences)),
            W::Keymap => {
                let schema = self.work.as_ref().map(|work| &work.session.corpus().schema);
                return Ok(Done::Ask(Overlay::keymap(schema.map(|schema| &**schema))));
            }
            W::About => return Ok(Done::Ask(Overlay::About)),
            W::Suggestions => return Ok(Done::Ask(Overlay::Suggestions)),
            W::Suggest => {
                self.change_settings(|settings| settings.suggesting.on = !settings.suggesting.on);
                let on = self.settings.suggesting.on;
                return Done::said(if on { t!("say-suggesting") } else { t!("say-not-suggesting") });
            }
            W::SuggestSource(name) => self.change_settings(|settings| toggle(&mut settings.suggesting.off, name)),
            W::AskProgram(at) => return self.ask_program(at),
            W::AgreeToProgram(at) => {
                self.agree_to_program(at);
                return Ok(Done::Ask(Overlay::Suggestions));
            }
            W::AskAgain => {
                if let Some(work) = &mut self.work {
                    work.ask_programs_again();
                }
            }
            W::EditProgram(at) => {
                let dialog = ProgramDialog::new(at, &self.settings.suggesting.programs);
                return Ok(Done::Ask(Overlay::Program(Box::new(dialog))));
            }
            W::SuggestWithout(share) => self.change_settings(|settings| settings.suggesting.without = share.min(100)),
            W::SetTheme(dark) => self.change_settings(|settings| settings.dark = dark),
            W::SetZoom(zoom) => self.change_settings(|settings| settings.zoom = zoom.clamp(60, 300)),
            W::SetTextSize(size) => self.change_settings(|settings| settings.text_size = size.clamp(11, 40)),
            W::Theme => {
                let dark = ctx.global_style().visuals.dark_mode;
                self.change_settings(|settings| settings.dark = Some(!dark));
            }
            W::HighContrast => self.change_settings(|settings| settings.high_contrast = !settings.high_contrast),
            W::Still => self.change_settings(|settings| settings.still = !settings.still),
            W::Larger => self.change_settings(|settings| settings.zoom = (settings.zoom + 10).min(300)),
            W::Smaller => self.change_settings(|settings| settings.zoom = settings.zoom.max(60) - 10),
            W::UsualSize => self.change_settings(|settings| settings.zoom = 100),
            W::LabelNames => self.change_settings(|settings| settings.label_names = !settings.label_names),
            W::Spacing(spacing) => self.change_settings(|settings| settings.spacing = spacing),
            W::Language => return Ok(Done::Ask(Overlay::language())),
            W::Speak(language) => self.speak(language),
            W::LabelLanguage => self.change_settings(|settings| {
                settings.language = if settings.language == "id" { "en" } else { "id" }.to_owned();
            }),
            W::FocusArticles => {
                self.articles_shown = Some(true);
                self.focus_filter = true;
            }
            W::ToggleArticles => {
                let shown = self.articles_shown.unwrap_or(ctx.content_rect().width() >= NARROW);
                self.articles_shown = Some(!shown);
            }
            W::ToggleCard => self.card_shown = Some(!self.card_shown.unwrap_or(true)),
            // The key that opens the menus leaves them, too.
            W::MenuBar if egui::Popup::is_any_open(ctx) => egui::Popup::close_all(ctx),
            W::MenuBar => self.menu_wanted = Some(Menu::Project),
            W::OpenMenu(menu) => self.menu_wanted = Some(menu),
            W::Escape => return self.escape(ctx),
        }
        Ok(Done::Nothing)
    }

    /// Asks a program, or does not any more. One that the person has not agreed to is shown first.
    fn ask_program(&mut self, at: usize) -> Outcome {
        let Some(program) = self.settings.suggesting.programs.get(at) else { return Ok(Done::Nothing) };
        let source = program_source(&program.name).to_string();
        if !program.agreed {
            return Ok(Done::Ask(Overlay::Confirm {
                title: t!("program-run-title", name = &program.name),
                message: t!("program-run-message", line = program.line()),
                yes: t!("program-run-yes").to_owned(),
                command: WindowCommand::AgreeToProgram(at).into(),
            }));
        }
        self.change_settings(|settings| toggle(&mut settings.suggesting.also, &source));
        Ok(Done::Nothing)
    }

    fn agree_to_program(&mut self, at: usize) {
        self.change_settings(|settings| {
            let Some(program) = settings.suggesting.programs.get_mut(at) else { return };
            program.agreed = true;
            let source = program_source(&program.name).to_string();
            settings.suggesting.also.insert(source);
        });
    }

    /// Keeps a program as it was written, or takes it away. What is run otherwise has to be agreed to anew.
    pub(super) fn keep_program(&mut self, dialog: &ProgramDialog) {
        let mut program = dialog.program();
        self.change_settings(|settings| {
            let Suggesting { programs, also, .. } = &mut settings.suggesting;
            let before = dialog.place.and_then(|at| programs.get(at).cloned());
            if let Some(before) = &before {
                let same = before.program == program.program && before.arguments == program.arguments;
                program.agreed = before.agreed && same;
                let was_asked = also.remove(program_source(&before.name).as_str());
                if was_asked && program.agreed && !dialog.removed {
                    also.insert(program_source(&program.name).to_string());
                }
            }
            match dialog.place {
                Some(at) if dialog.removed && before.is_some() => drop(programs.remove(at)),
                Some(at) if before.is_some() => programs[at] = program,
                _ => programs.push(program),
            }
        });
        self.overlay = Some(Overlay::Suggestions);
    }

    /// Esc: leaves what stands nearest.
    fn escape(&mut self, ctx: &egui::Context) -> Outcome {
        let reviews = self.view == View::Review;
        if let Some((mut cx, Features { reviewing, .. })) = self.parts()
            && reviews
            && review::leaves_editing(cx.workspace, reviewing)
        {
            return review::leave_editing(&mut cx, reviewing).map(|done| done.map(Overlay::from));
        }
        self.back_to_text(ctx);
        self.notices.put_away();
        if let Some(work) = &mut self.work
            && work.page().is_some()
        {
            annotate::escape(work);
        }
        Ok(Done::Nothing)
    }

    /// Shows another side of the work.
    pub(super) fn show_view(&mut self, view: View) -> Outcome {
        let mut outcome = Ok(Done::Nothing);
        if let Some((mut cx, Features { reviewing, .. })) = self.parts()
            && reviewing.editing()
        {
            outcome = review::leave_editing(&mut cx, reviewing).map(|done| done.map(Overlay::from));
        }
        self.view = view;
        if let Some((cx, Features { reviewing, errors, corpus: tables, .. })) = self.parts() {
            match view {
                View::Annotate => {
                    tables.came_from = false;
                    let beside = cx.workspace.shown_beside().into_iter().collect();
                    cx.workspace.edit_set(cx.jobs, None, beside);
                }
                View::Review => {
                    reviewing.come_back();
                    reviewing.follow(cx.jobs, cx.workspace);
                }
                View::Dashboard => {}
                View::Errors => errors.come_back(),
                View::Corpus => tables.come_back(),
                View::Schema => {}
            }
        }
        outcome
    }

    fn on_project(&mut self, ctx: &egui::Context, command: ProjectCommand) -> Outcome {
        use ProjectCommand as P;
        match command {
            P::New => return Ok(Done::Ask(Overlay::new_project(&self.settings.recent))),
            P::OpenAt(dir) => self.open(ctx, &dir, Access::Write),
            P::Rename => return Ok(self.work.as_ref().map_or(Done::Nothing, |work| Done::Ask(Overlay::title(work)))),
            P::SetTitle(title) => return self.set_title(&title),
            P::AskSource(name) => self.change_settings(|settings| toggle(&mut settings.suggesting.also, &name)),
            P::Open => return Ok(Done::Ask(Overlay::open_project(&self.settings.recent))),
            P::Save => self.save_now(),
            P::SaveCopy if self.work.is_some() => return Ok(Done::Ask(Overlay::copy())),
            P::SaveCopy => return Done::said(t!("copy-no-project")),
            P::BringInElsewhere => self.undertake(copies::bring_in()),
            P::MissingFiles => self.look_at_gone(),
            P::WriteMissing => return self.write_missing(),
            P::TakeOutMissing => return self.take_out_missing(),
            P::SaveAndLeave => self.save_and_leave(),
            P::LeaveUnsaved => self.leave_unsaved(ctx),
            P::RemoveArticle => {
                let open = self.work.as_ref().and_then(|work| work.open.as_ref()).map(|open| open.id.clone());
                return Ok(open.map_or(Done::Nothing, |id| self.ask_remove(id)));
            }
            P::AskRemove(id) => return Ok(self.ask_remove(id)),
            P::Remove(id) => self.undertake(exchange::remove::article(id)),
            P::Trash => return Ok(self.trash()),
            P::BringBack(name) => self.undertake(exchange::trash::bring_back(name)),
            P::AskEmptyTrash(names, size) => {
                return Ok(Done::Ask(Overlay::Confirm {
                    title: t!("trash-empty-title", count = names.len()),
                    message: t!("trash-empty-message", size = size),
                    yes: t!("trash-empty-yes").to_owned(),
                    command: ProjectCommand::EmptyTrash(names).into(),
                }));
            }
            P::EmptyTrash(names) => self.undertake(exchange::trash::empty(names)),
            P::DescribeArticle(id) => {
                let article = self.work.as_ref().and_then(|work| work.session.corpus().article(&id));
                let dialog = article.map(|article| Overlay::Describe(Box::new(DescribeDialog::new(article))));
                return Ok(dialog.map_or(Done::Nothing, Done::Ask));
            }
            P::Copy => return Done::said(self.copy(ctx, false)),
            P::CopyWithPlace => return Done::said(self.copy(ctx, true)),
            P::Undo => return self.undo_asked(),
            P::UndoOlder => return self.travel(Direction::Back),
            P::Redo => return self.travel(Direction::Forward),
            P::Problems if self.work.is_some() => return Ok(Done::Ask(Overlay::Problems)),
            P::Problems => {}
            P::Guidelines => {
                let work = self.work.as_ref();
                let subject = work.and_then(|work| Some((work.page()?.1, *work.subject().first()?)));
                let label = subject.and_then(|(set, id)| Some(set.get(id)?.label.clone()));
                return Ok(self.guidelines(label.as_ref()));
            }
            P::GuidelinesOf(label) => return Ok(self.guidelines(Some(&label))),
            P::LookAt(id, annotation) => {
                if let Some((cx, ..)) = self.parts() {
                    cx.workspace.show(cx.jobs, &id, annotation);
                }
            }
            P::LookAtWords(id, place) => {
                if let Some((cx, ..)) = self.parts() {
                    cx.workspace.show_at(cx.jobs, &id, place);
                }
            }
            P::NextArticle => return self.step_article(Direction::Forward),
            P::PreviousArticle => return self.step_article(Direction::Back),
            P::OpenSets => {
                if let Some((cx, ..)) = self.parts() {
                    return cx.workspace.toggle_open_sets().map(Done::Said);
                }
            }
            P::Beside => {
                let Some(work) = &self.work else { return Ok(Done::Nothing) };
                let none = || Done::Said(t!("say-no-others").to_owned());
                return Ok(Overlay::beside(work).map_or_else(none, Done::Ask));
            }
            P::ShowBeside(name) => {
                if let Some((cx, ..)) = self.parts() {
                    cx.workspace.show_beside(cx.jobs, name);
                }
            }
        }
        Ok(Done::Nothing)
    }

    fn guidelines(&self, label: Option<&Name>) -> Done {
        let Some(work) = &self.work else { return Done::Nothing };
        let (schema, language) = (&work.session.corpus().schema, &self.settings.language);
        Done::Ask(Overlay::Guidelines(Box::new(GuidelinesDialog::new(schema, language, label))))
    }

    /// The articles that were removed.
    fn trash(&self) -> Done {
        let Some(work) = &self.work else { return Done::Nothing };
        let dialog = exchange::trash::TrashDialog::new(&self.jobs, work.session.snapshot());
        Done::Ask(Overlay::Trash(Box::new(dialog)))
    }

    /// Asks before an article is removed.
    fn ask_remove(&self, id: ArticleId) -> Done {
        let article = self.work.as_ref().and_then(|work| work.session.corpus().article(&id));
        article.map_or(Done::Nothing, |article| {
            Done::Ask(Overlay::Confirm {
                title: t!("remove-article-title", title = article.title),
                message: t!("remove-article-message").to_owned(),
                yes: t!("remove-article-yes").to_owned(),
                command: ProjectCommand::Remove(id).into(),
            })
        })
    }

    /// Gives the project another title.
    fn set_title(&mut self, title: &str) -> Outcome {
        let Some(work) = &mut self.work else { return Ok(Done::Nothing) };
        if work.session.read_only() {
            return Err(t!("rename-read-only").to_owned());
        }
        if title.is_empty() {
            return Err(t!("rename-empty").to_owned());
        }
        work.session.change_project_soon(|project| title.clone_into(&mut project.title));
        Done::said(t!("rename-done", title = title))
    }

    fn step_article(&mut self, direction: Direction) -> Outcome {
        match self.parts() {
            Some((cx, ..)) => step_article(cx.jobs, cx.workspace, direction),
            None => Ok(Done::Nothing),
        }
    }

    fn on_text(&mut self, command: AnnotateCommand) -> Outcome {
        let (reviews, context) = (self.view == View::Review, self.key_context());
        if let Some(why) = review::refused(context, &command) {
            return Done::said(why);
        }
        let back = AnnotateCommand::Caret(Motion { step: Step::Grapheme, forward: false }, Selection::Dropped);
        if self.corpus.came_from && command == back {
            return Ok(Done::Do(CorpusCommand::Back.into()));
        }
        if let KeyContext::Corpus(_) = context {
            self.focus_filter |= command == AnnotateCommand::Find;
            return corpus::refused(&command).map_or(Ok(Done::Nothing), Done::said);
        }
        if context == KeyContext::Errors {
            match (errors::refused(&command), &command) {
                (Some(why), _) => return Done::said(why),
                (None, AnnotateCommand::Difference(direction)) => {
                    return Ok(Done::Do(ErrorsCommand::Step(*direction).into()));
                }
                (None, _) => {}
            }
        }
        let Some((mut cx, Features { reviewing, .. })) = self.parts() else { return Ok(Done::Nothing) };
        if reviews && command == AnnotateCommand::Accept && review::settles(cx.workspace, reviewing) {
            return Ok(Done::Do(ReviewCommand::Settle.into()));
        }
        annotate::perform(&mut cx, command).map(|done| done.map(Overlay::from))
    }

    fn on_case(&mut self, command: ReviewCommand) -> Outcome {
        if matches!(command, ReviewCommand::ShowCases(..)) {
            self.view = View::Review;
        }
        if command == ReviewCommand::ReasonList && self.view == View::Dashboard {
            self.show_view(View::Review)?;
        }
        let reviews = self.view == View::Review;
        let Some((mut cx, Features { reviewing, .. })) = self.parts().filter(|_| reviews) else {
            return Ok(Done::Nothing);
        };
        review::perform(&mut cx, reviewing, command).map(|done| done.map(Overlay::from))
    }

    fn on_comment(&mut self, command: CommentsCommand) -> Outcome {
        let reviews = self.view == View::Review;
        let Some((mut cx, Features { reviewing, .. })) = self.parts() else { return Ok(Done::Nothing) };
        // While cases are decided, a comment is about what the case is about.
        if reviews
            && command == CommentsCommand::Ask
            && let (Some(review), Some(case)) = (reviewing.review(), reviewing.case())
            && let Some(dialog) = comments::ask_about(cx.workspace, review, &case, reviewing.adopted())
        {
            return Ok(Done::Ask(dialog.into()));
        }
        comments::perform(&mut cx, command).map(|done| done.map(Overlay::from))
    }

    fn on_figures(&mut self, command: DashboardCommand) -> Outcome {
        if self.view != View::Dashboard && matches!(command, DashboardCommand::Save(_)) {
            return Done::said(t!("say-dashboard-first"));
        }
        let Some((mut cx, Features { dashboard, .. })) = self.parts() else { return Ok(Done::Nothing) };
        dashboard::perform(&mut cx, dashboard, command).map(|done| done.map(Overlay::from))
    }

    fn on_errors(&mut self, command: ErrorsCommand) -> Outcome {
        if matches!(command, ErrorsCommand::Show(..)) && self.view != View::Errors {
            self.show_view(View::Errors)?;
        }
        let looks = self.view == View::Errors;
        let Some((mut cx, Features { errors, .. })) = self.parts().filter(|_| looks) else { return Ok(Done::Nothing) };
        errors::perform(&mut cx, errors, command).map(|done| done.map(Overlay::from))
    }

    fn on_corpus(&mut self, ctx: &egui::Context, command: CorpusCommand) -> Outcome {
        match command {
            CorpusCommand::Back => return self.show_view(View::Corpus),
            // Tab is taken: it moves no focus besides.
            CorpusCommand::Claims(ClaimsCommand::Next | ClaimsCommand::Previous) => {
                ctx.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
            }
            CorpusCommand::Copy => {
                ctx.copy_text(self.corpus.table());
                return Done::said(t!("corpus-copied"));
            }
            CorpusCommand::Open => {
                let Some((article, annotation, at)) = self.work.as_ref().and_then(|work| self.corpus.place(work))
                else {
                    return Done::said(t!("corpus-nothing-chosen"));
                };
                let outcome = self.show_view(View::Annotate)?;
                if let Some((cx, Features { corpus: tables, .. })) = self.parts() {
                    cx.workspace.show_place(cx.jobs, &article, annotation, at);
                    tables.came_from = true;
                }
                return Ok(outcome);
            }
            _ => {}
        }
        let looks = self.view == View::Corpus;
        let made = self.work.as_ref().filter(|_| looks).and_then(|work| self.corpus.long_work(work, &command));
        match made {
            Some(Ok(work)) => {
                self.undertake(work);
                return Ok(Done::Nothing);
            }
            Some(Err(why)) => return Done::said(why),
            None => {}
        }
        let Some((mut cx, Features { corpus: tables, .. })) = self.parts().filter(|_| looks) else {
            return Ok(Done::Nothing);
        };
        corpus::perform(&mut cx, tables, command).map(|done| done.map(Overlay::from))
    }

    fn on_schema(&mut self, command: SchemaCommand) -> Outcome {
        if command == SchemaCommand::Apply {
            if let Some(work) = schema::apply(&self.schema) {
                self.undertake(work);
            }
            return Ok(Done::Nothing);
        }
        let Some((mut cx, Features { schema: draft, .. })) = self.parts() else { return Ok(Done::Nothing) };
        let said = schema::perform(&mut cx, draft, command)?;
        Ok(if said.is_empty() { Done::Nothing } else { Done::Said(said) })
    }

    fn on_exchange(&mut self, command: ExchangeCommand) -> Outcome {
        let Some((mut cx, exporting)) = self.exporting() else { return Done::said(t!("under-way-no-project")) };
        exchange::perform(&mut cx, exporting, command).map(|done| done.map(Overlay::from))
    }
}

fn step_article(jobs: &Jobs, work: &mut Workspace, direction: Direction) -> Outcome {
    let listed = work.listed();
    let corpus = work.session.corpus();
    let open = work.open.as_ref().and_then(|open| corpus.article_index(&open.id));
    // In the order of the list; where that does not have the open article, in that of the project.
    let listed = match open {
        Some(open) if !listed.contains(&open) => (0..corpus.articles().len()).collect(),
        _ => listed,
    };
    let at = open.and_then(|open| listed.iter().position(|at| *at == open));
    let next = match at {
        None => Some(0),
        Some(at) if direction == Direction::Forward => Some(at + 1),
        Some(at) => at.checked_sub(1),
    };
    let next = next.and_then(|next| listed.get(next));
    let Some(article) = next.and_then(|&next| corpus.articles().get(next)) else {
        return Ok(Done::Said(
            if direction == Direction::Forward { t!("say-last-article") } else { t!("say-first-article") }.into(),
        ));
    };
    let id = article.id.clone();
    work.show(jobs, &id, None);
    Ok(Done::Nothing)
}

/// Takes a name out of a set that has it, and puts it in otherwise.
fn toggle(names: &mut BTreeSet<String>, name: &str) {
    if !names.remove(name) {
        names.insert(name.to_owned());
    }
}
