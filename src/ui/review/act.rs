//! Does what is asked while reviewing. Every decision is one transaction of the session: journaled, undoable, by the
//! person at work, in the adjudicated set.

use std::sync::Arc;

use eframe::egui;

use super::premerge::PremergeDialog;
use super::queue::CaseKey;
use super::setup::SetupDialog;
use super::{CaseFilter, Editing, Pick, Reviewing};
use crate::edit::Transaction;
use crate::lang::Key;
use crate::model::{ArticleId, Decision, Slot};
use crate::review::{Case, CaseKind, Choice, Order, Review, Ruling};
use crate::ui::commands::view::View;
use crate::ui::commands::{Command, KeyContext};
use crate::ui::review::queue::kind_name;
use crate::ui::shell::app::App;
use crate::ui::shell::overlay::Overlay;
use crate::ui::widgets::picker::{Item, Picker};
use crate::ui::widgets::text_dialog::{TextDialog, TextFor};
use crate::ui::workspace::Workspace;
use crate::{key, t};

/// Reasons that are offered; any other can be typed.
const REASONS: [(&str, Key); 6] = [
    ("guideline", key!("reason-guideline")),
    ("slip", key!("reason-slip")),
    ("boundary", key!("reason-boundary")),
    ("ambiguous", key!("reason-ambiguous")),
    ("knowledge", key!("reason-knowledge")),
    ("consistency", key!("reason-consistency")),
];

/// The reason why a command cannot be done where the keys mean this.
pub fn allowed(context: KeyContext, command: &Command) -> Result<(), String> {
    match context {
        KeyContext::Queue if command.marks() => Err(t!("review-press-e").to_owned()),
        _ => Ok(()),
    }
}

/// Does a command that is about reviewing; says whether it was one.
pub fn perform(app: &mut App, ctx: &egui::Context, command: &Command) -> bool {
    let done = match command {
        Command::Undo | Command::Redo => travel(app, ctx, *command == Command::Undo),
        Command::ReviewCases(filter, article) => show_cases(app, ctx, filter, article.as_ref()),
        _ if app.view != View::Review => return false,
        Command::Escape if leaves_editing(app) => leave_editing(app, ctx),
        Command::Accept if app.key_context() == KeyContext::Editing && !fills(app) => settle(app, ctx),
        Command::Settle => settle(app, ctx),
        _ => match in_queue(app, ctx, command) {
            Some(done) => done,
            None => return false,
        },
    };
    match done {
        Ok(None) => {}
        Ok(Some(said)) => app.say(said),
        Err(error) => app.fail(error),
    }
    true
}

/// What it came to: nothing to tell, something to tell, or one sentence about what failed.
type Done = Result<Option<String>, String>;

fn said(text: impl Into<String>) -> Done {
    Ok(Some(text.into()))
}

fn in_queue(app: &mut App, ctx: &egui::Context, command: &Command) -> Option<Done> {
    let reviewing = &mut app.reviewing;
    match command {
        Command::Adopt(index) => return Some(adopt(app, ctx, *index)),
        Command::NoneIsRight => reviewing.pick = Some(Pick::Nothing),
        Command::Decide => return Some(decide(app, ctx)),
        Command::EditGold => return Some(edit(app, ctx)),
        Command::NextCase => step(reviewing, true),
        Command::PreviousCase => step(reviewing, false),
        Command::GoToCase(at) => reviewing.go(*at),
        Command::NextOpenArticle => return Some(next_article(app, ctx)),
        Command::Reason => app.overlay = Some(reasons()),
        Command::SetReason(reason) => reviewing.reason.clone_from(reason),
        Command::Gap => {
            let title = t!("gap-title").to_owned();
            let dialog = TextDialog::new(title, &reviewing.gap, true, TextFor::Gap);
            app.overlay = Some(Overlay::Text(Box::new(dialog)));
        }
        Command::Premerge => {
            if let Some(sheet) = &reviewing.sheet {
                let all = reviewing.case_counts.counts().map(|(_, count)| count.ready).sum();
                let counting = reviewing.case_counts.progress().is_some();
                let gold = reviewing.setup.gold.clone();
                app.overlay = Some(Overlay::Premerge(PremergeDialog {
                    here: sheet.count.ready,
                    all,
                    counting,
                    gold,
                    everywhere: false,
                }));
            }
        }
        Command::Identities => app.overlay = Some(Overlay::Identities(Box::default())),
        Command::PremergeNow(all) => return Some(premerge(app, ctx, *all)),
        Command::ReviewSetup => {
            let known = reviewing.known.clone().unwrap_or_default();
            app.overlay = Some(Overlay::Reviewers(Box::new(SetupDialog::new(&reviewing.setup, &known))));
        }
        Command::StopCounting => reviewing.stop(),
        Command::QueueOrder => reviewing.change(|it| {
            it.order = if it.order == Order::Agreement { Order::Reading } else { Order::Agreement };
        }),
        Command::ShowDecided => reviewing.change(|it| it.filter.decided = !it.filter.decided),
        Command::DecideAll => app.overlay = everywhere(reviewing),
        Command::DecideListed(name) => {
            let name = name.clone();
            let Some(work) = &app.work else { return Some(Ok(None)) };
            reviewing.decide_listed(ctx, work, &name);
        }
        Command::CaseKinds => app.overlay = Some(kinds(reviewing)),
        Command::OnlyKind(kind) => reviewing.change(|it| {
            it.filter = CaseFilter { kind: *kind, decided: it.filter.decided, ..CaseFilter::default() };
        }),
        _ => return None,
    }
    Some(Ok(None))
}

fn reasons() -> Overlay {
    let item = |(name, detail): (&str, Key)| Item::new(name, Command::SetReason(name.to_owned())).detail(detail.text());
    let mut items: Vec<Item> = REASONS.into_iter().map(item).collect();
    items.push(Item::new(t!("reason-none"), Command::SetReason(String::new())));
    let own = |typed: &str, _: &[crate::model::Id]| {
        Item::new(typed, Command::SetReason(typed.to_owned())).detail(t!("reason-own"))
    };
    let picker = Picker::new(t!("reason-title"), items).with_digits().with_make(Vec::new(), own);
    Overlay::Picker(Box::new(picker))
}

/// Who is right in all listed cases; none where no case is listed.
fn everywhere(reviewing: &Reviewing) -> Option<Overlay> {
    let sheet = reviewing.sheet.as_ref()?;
    let open: Vec<&Case> = sheet.items.iter().filter(|item| item.open).map(|item| &item.case).collect();
    let item = |(voter, name): (usize, &crate::model::Name)| {
        let count = open.iter().filter(|case| sheet.review.row(case).reading_of(voter).is_some()).count();
        Item::new(t!("is-right", name = name), Command::DecideListed(name.clone()))
            .detail(t!("in-cases", count = count))
    };
    let items = sheet.review.annotators.iter().enumerate().map(item).collect();
    let title = t!("decide-all-title", count = open.len());
    (!open.is_empty()).then(|| Overlay::Picker(Box::new(Picker::new(title, items).with_digits())))
}

fn kinds(reviewing: &Reviewing) -> Overlay {
    use CaseKind::{Attribute, Boundary, Identity, Label, Missing, Role};
    let cases = reviewing.sheet.as_ref().map_or(&[][..], |sheet| &sheet.review.cases);
    let mut items = vec![Item::new(t!("every-kind"), Command::OnlyKind(None)).detail(cases.len().to_string())];
    for kind in [Missing, Boundary, Label, Attribute, Role, Identity] {
        let count = cases.iter().filter(|case| case.kind == kind).count();
        items.push(Item::new(kind_name(kind), Command::OnlyKind(Some(kind))).detail(count.to_string()));
    }
    Overlay::Picker(Box::new(Picker::new(t!("which-cases"), items).with_digits()))
}

fn step(reviewing: &mut Reviewing, forward: bool) {
    let Some(sheet) = reviewing.sheet.as_ref().filter(|sheet| !sheet.items.is_empty()) else { return };
    let count = sheet.items.len();
    let at = match (sheet.at, forward) {
        (None, _) => 0,
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
    };
    reviewing.go(at);
}

/// Points at what the n-th of those who are compared says.
fn adopt(app: &mut App, ctx: &egui::Context, index: usize) -> Done {
    let Some(work) = &mut app.work else { return Ok(None) };
    app.reviewing.follow(ctx, work);
    let names = app.reviewing.names();
    let Some(name) = names.get(index) else {
        return said(t!("only-compared", count = names.len()));
    };
    let Some((sheet, item)) = app.reviewing.current() else { return said(t!("no-case-waits")) };
    let Some(voter) = sheet.review.annotators.iter().position(|other| other == name) else {
        return said(t!("not-begun", name = name));
    };
    if sheet.review.row(&item.case).reading_of(voter).is_none() {
        return said(t!("says-nothing", name = name));
    }
    app.reviewing.pick = Some(Pick::Adopt(voter));
    Ok(None)
}

fn decide(app: &mut App, ctx: &egui::Context) -> Done {
    let Some(work) = &mut app.work else { return Ok(None) };
    let reviewing = &mut app.reviewing;
    reviewing.follow(ctx, work);
    let Some((_, item)) = reviewing.current() else {
        return said(t!("no-case-next"));
    };
    let choice = match reviewing.pick {
        None => return said(t!("say-who-first")),
        Some(Pick::Adopt(voter)) => Choice::Adopt(voter),
        Some(Pick::Nothing) => Choice::Nothing,
    };
    let case = item.case;
    rule(reviewing, ctx, work, &case, choice)
}

/// Decides a case and looks at the next one that waits.
fn rule(reviewing: &mut Reviewing, ctx: &egui::Context, work: &mut Workspace, case: &Case, choice: Choice) -> Done {
    let Some(sheet) = &reviewing.sheet else { return Ok(None) };
    let by = work.annotator().clone();
    let ruling = Ruling { choice, by, reason: reviewing.reason.clone(), gap: reviewing.gap.clone() };
    let transaction = sheet.review.decide(work.session.corpus(), case, &ruling);
    let from = sheet.items.iter().position(|item| (item.case.unit, item.case.row) == (case.unit, case.row));
    let from = from.map_or(0, |at| at + 1);
    let waits = |at: &usize| sheet.items[*at].open && Some(*at + 1) != Some(from);
    let next = (from..sheet.items.len()).chain(0..from.saturating_sub(1)).find(waits);
    let next = next.map(|at| CaseKey::of(&sheet.review, &sheet.items[at].case));
    work.commit(transaction)?;
    reviewing.aim(next);
    reviewing.follow(ctx, work);
    match reviewing.sheet.as_ref().is_some_and(|sheet| sheet.review.cases.is_empty()) {
        true => said(t!("article-decided")),
        false => Ok(None),
    }
}

/// Opens the adjudicated set for marking, at the thing that the current case is about.
fn edit(app: &mut App, ctx: &egui::Context) -> Done {
    let Some(work) = &mut app.work else { return Ok(None) };
    let reviewing = &mut app.reviewing;
    if work.session.read_only() {
        return said(t!("review-read-only"));
    }
    reviewing.follow(ctx, work);
    let Some((sheet, item)) = reviewing.current() else {
        reviewing.editing = Some(Editing { spot: None, drafted: None });
        return Ok(None);
    };
    let (spot, slot) = (CaseKey::of(&sheet.review, &item.case), sheet.review.row(&item.case).slot.clone());
    let unit = &sheet.review.units[item.case.unit];
    let place = super::queue::place(&sheet.review, work.session.corpus(), item.case.unit);
    let mut drafted = None;
    if unit.gold.is_none() {
        let picked = match reviewing.pick {
            Some(Pick::Adopt(voter)) => Some(voter),
            Some(Pick::Nothing) | None => None,
        };
        let has = |voter: &usize| unit.members[*voter].is_some();
        let like = picked.filter(has).or_else(|| (0..unit.members.len()).find(has));
        if let Some(like) = like {
            let by = work.annotator().clone();
            let draft = sheet.review.draft(work.session.corpus(), item.case.unit, like, &by);
            if !draft.is_empty() {
                work.commit(draft)?;
                drafted = work.session.history().to_undo().cloned();
                let chosen = (reviewing.reason.clone(), reviewing.gap.clone());
                reviewing.follow(ctx, work);
                (reviewing.reason, reviewing.gap) = chosen;
            }
        }
    }
    let gold = reviewing.sheet.as_ref().and_then(|sheet| {
        let (unit, _) = spot.find(&sheet.review)?;
        sheet.review.units[unit].gold
    });
    match (gold, place) {
        (Some(id), _) => {
            work.look_at(id);
            work.select(vec![id]);
            if work.is_frame(id) {
                work.open_card(id);
                if let Some(card) = work.open.as_mut().and_then(|open| open.card.as_mut()) {
                    card.armed = if let Slot::Role(role) = slot { Some(role) } else { None };
                }
            }
        }
        (None, Some(place)) => {
            if let Some(open) = &mut work.open {
                open.reader.select(place);
            }
        }
        (None, None) => {}
    }
    reviewing.editing = Some(Editing { spot: Some(spot), drafted });
    Ok(None)
}

/// Whether Enter fills a role of the open card with selected words.
fn fills(app: &App) -> bool {
    let open = app.work.as_ref().and_then(|work| work.open.as_ref());
    open.is_some_and(|open| open.reader.selection().is_some() && open.card.is_some())
}

/// Back from marking: what stands in the adjudicated set now is right.
fn settle(app: &mut App, ctx: &egui::Context) -> Done {
    let (Some(work), reviewing) = (&mut app.work, &mut app.reviewing) else { return Ok(None) };
    let Some(editing) = reviewing.editing.take() else { return Ok(None) };
    clear(work);
    reviewing.follow(ctx, work);
    let Some(spot) = editing.spot else { return Ok(None) };
    let case = reviewing.sheet.as_ref().and_then(|sheet| {
        let (unit, row) = spot.find(&sheet.review)?;
        let of = &sheet.review.units[unit];
        let kind = CaseKind::of(&of.rows[row].slot);
        let gone = of.gold.is_none();
        Some((Case { unit, row, kind, agreement: of.rows[row].agreement(), reopened: false }, gone))
    });
    match case {
        // What was taken out while it was edited is not there.
        Some((case, true)) => rule(reviewing, ctx, work, &case, Choice::Nothing),
        Some((case, false)) => rule(reviewing, ctx, work, &case, Choice::AsItStands),
        None => said(t!("case-gone")),
    }
}

/// Whether Esc has nothing nearer to leave.
fn leaves_editing(app: &App) -> bool {
    let open = app.work.as_ref().and_then(|work| work.open.as_ref());
    let nearer = open.is_some_and(|open| open.reader.raw_selection().is_some() || open.finder.is_some());
    app.reviewing.editing.is_some() && !nearer
}

/// Back from marking because something else is shown.
pub fn stop_editing(app: &mut App, ctx: &egui::Context) {
    if let Err(error) = leave_editing(app, ctx) {
        app.fail(error);
    }
}

/// Back from marking without a decision; what was put there to begin with goes again, if nothing was made of it.
fn leave_editing(app: &mut App, ctx: &egui::Context) -> Done {
    let (Some(work), reviewing) = (&mut app.work, &mut app.reviewing) else { return Ok(None) };
    let Some(editing) = reviewing.editing.take() else { return Ok(None) };
    clear(work);
    let untouched = editing
        .drafted
        .filter(|drafted| work.session.history().to_undo().is_some_and(|last| Arc::ptr_eq(last, drafted)));
    if untouched.is_some() {
        work.travel(true)?;
    }
    reviewing.follow(ctx, work);
    Ok(None)
}

fn clear(work: &mut Workspace) {
    if let Some(open) = &mut work.open {
        open.selected.clear();
        open.card = None;
        open.reader.clear_selection();
    }
}

fn next_article(app: &mut App, ctx: &egui::Context) -> Done {
    let (Some(work), reviewing) = (&mut app.work, &app.reviewing) else { return Ok(None) };
    let articles = work.session.corpus().articles();
    let here = work.open.as_ref().and_then(|open| work.session.corpus().article_index(&open.id));
    let from = here.map_or(0, |at| at + 1);
    let mut others = (from..articles.len()).chain(0..from.saturating_sub(1));
    let waits = |at: &usize| reviewing.case_counts.of(&articles[*at].id).is_some_and(|count| count.open > 0);
    match others.find(waits).map(|at| articles[at].id.clone()) {
        Some(id) => {
            work.show(ctx, &id, None);
            Ok(None)
        }
        None if reviewing.case_counts.progress().is_some() => said(t!("not-all-compared")),
        None => said(t!("no-other-open")),
    }
}

fn premerge(app: &mut App, ctx: &egui::Context, all: bool) -> Done {
    let (Some(work), reviewing) = (&mut app.work, &mut app.reviewing) else { return Ok(None) };
    reviewing.follow(ctx, work);
    if all {
        reviewing.merge_all(ctx, work);
        return Ok(None);
    }
    let Some(sheet) = &reviewing.sheet else { return Ok(None) };
    let by = work.annotator().clone();
    let gold = sheet.review.gold.clone();
    let focus = super::premerge::focus(&sheet.of.0, &gold);
    let transaction = Transaction { focus, ..sheet.review.premerge(work.session.corpus(), &by) };
    let count = transaction.edits.len();
    work.commit(transaction)?;
    reviewing.follow(ctx, work);
    said(t!("merged-here", count = count, gold = gold))
}

fn show_cases(app: &mut App, ctx: &egui::Context, filter: &CaseFilter, article: Option<&ArticleId>) -> Done {
    app.view = View::Review;
    let Some(work) = &mut app.work else { return Ok(None) };
    let reviewing = &mut app.reviewing;
    reviewing.editing = None;
    let names = reviewing.names();
    let lacking: Vec<_> =
        filter.between.iter().filter(|name| reviewing.known.is_some() && !names.contains(name)).collect();
    if !lacking.is_empty() {
        let sets = names.iter().chain(lacking).cloned().collect();
        reviewing.setup.sets = sets;
    }
    reviewing.aim(None);
    reviewing.change(|it| it.filter = filter.clone());
    if let Some(article) = article {
        work.show(ctx, article, None);
    }
    reviewing.follow(ctx, work);
    Ok(None)
}

/// Undo and redo, and the view in which that is seen.
fn travel(app: &mut App, ctx: &egui::Context, back: bool) -> Done {
    let Some(work) = &mut app.work else { return Ok(None) };
    let Some(applied) = work.travel(back)? else {
        return said(if back { t!("nothing-to-undo") } else { t!("nothing-to-redo") });
    };
    let reviewing = &mut app.reviewing;
    if let Some(focus) = applied.focus.clone() {
        let golden = focus.annotator == reviewing.setup.gold;
        match app.view {
            View::Annotate if golden && focus.annotator != *work.annotator() => app.view = View::Review,
            View::Review if !golden && focus.annotator == *work.annotator() => app.view = View::Annotate,
            _ => {}
        }
        match app.view {
            View::Review => reviewing.follow(ctx, work),
            View::Annotate => work.edit_set(ctx, None, Vec::new()),
            View::Dashboard => {}
        }
        reviewing.seek = decision(&applied);
        work.show(ctx, &focus.article, focus.annotation.filter(|_| app.view == View::Annotate));
        if app.view == View::Review {
            reviewing.look_for_decision();
        }
    }
    let step = crate::ui::workspace::steps::title(&applied.title);
    said(if back { t!("undone", step = step) } else { t!("done-again", step = step) })
}

/// The decision that a transaction makes or takes back.
fn decision(applied: &Transaction) -> Option<Arc<Decision>> {
    applied.edits.iter().rev().find_map(|edit| {
        let (before, after) = edit.sides::<Decision>()?;
        after.or(before).cloned()
    })
}

impl Reviewing {
    /// Stops what is computed about all articles.
    fn stop(&mut self) {
        self.case_counts.cancel();
        self.merging = None;
    }

    /// Articles that others have changed are counted again.
    pub fn invalidate<'a>(&mut self, articles: impl IntoIterator<Item = &'a ArticleId>) {
        articles.into_iter().for_each(|article| self.case_counts.invalidate(article));
    }

    /// Looks at the case that the decision was about which was just made or taken back.
    pub(super) fn look_for_decision(&mut self) {
        let (Some(sheet), Some(decision)) = (&self.sheet, &self.seek) else { return };
        let Some(spot) = CaseKey::of_decision(&sheet.review, decision) else { return };
        let at = sheet.items.iter().position(|item| CaseKey::of(&sheet.review, &item.case) == spot);
        self.seek = None;
        match at {
            Some(at) => self.go(at),
            None => self.aim(Some(spot)),
        }
    }
}

impl CaseKey {
    /// The unit and the row of it.
    pub(super) fn find(&self, review: &Review) -> Option<(usize, usize)> {
        let unit = review.units.iter().position(|unit| unit.members == self.members)?;
        let row = review.units[unit].rows.iter().position(|row| row.slot == self.slot)?;
        Some((unit, row))
    }
}
