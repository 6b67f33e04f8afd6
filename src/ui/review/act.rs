//! Does what is asked while reviewing. Every decision is one transaction of the session: journaled, undoable, by the
//! person at work, in the adjudicated set.

use std::sync::Arc;

use super::conflicts::ConflictList;
use super::decide_alike;
use super::identity::Identities;
use super::premerge_dialog::PremergeDialog;
use super::queue::{CaseKey, Item as QueueItem};
use super::reasons::ReasonList;
use super::setup::SetupDialog;
use super::state::{Editing, Pick, Reviewing};
use crate::edit::{self, Transaction};
use crate::lang::{InWords, Key};
use crate::model::{ArticleId, Conflict, Decision, RecordFile, Slot};
use crate::review::{Case, CaseKind, Choice, Order, Ruling};
use crate::store::StoreError;
use crate::ui::commands::{
    AnnotateCommand, CaseFilter, CasesAlike, Command, ConflictPlace, ConflictSide, Direction, KeyContext,
    ReviewCommand, RightReading, kind_name,
};
use crate::ui::widgets::picker::{Item, Picker};
use crate::ui::widgets::text_dialog::{TextDialog, TextFor};
use crate::ui::workspace::cx::{self, Cx};
use crate::ui::workspace::{OpenArticle, Workspace};
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

/// Does a command that is about reviewing.
///
/// # Errors
/// One sentence, where it cannot be done.
pub fn perform(cx: &mut Cx<'_>, reviewing: &mut Reviewing, command: ReviewCommand) -> Outcome {
    use ReviewCommand as R;
    match command {
        R::Adopt(index) => adopt(cx, reviewing, index),
        R::NoneIsRight => none_is_right(cx, reviewing),
        R::TakeOut => take_out(reviewing),
        R::Decide => decide(cx, reviewing),
        R::EditGold => edit(cx, reviewing),
        R::Settle => settle(cx, reviewing),
        R::NextCase => step(reviewing, Direction::Forward),
        R::PreviousCase => step(reviewing, Direction::Back),
        R::GoToCase(at) => {
            reviewing.go(at);
            Ok(Done::Nothing)
        }
        R::NextOpenArticle => next_article(cx, reviewing),
        R::Reason => Ok(Done::Ask(reasons())),
        R::SetReason(reason) => {
            reviewing.reason = reason;
            Ok(Done::Nothing)
        }
        R::Gap => {
            let title = t!("gap-title").to_owned();
            let dialog = TextDialog::new(title, &reviewing.gap, true, TextFor::Gap);
            Ok(Done::Ask(ReviewDialog::Text(Box::new(dialog))))
        }
        R::SetGap(gap) => {
            reviewing.gap = gap;
            Ok(Done::Nothing)
        }
        R::Conflicts => Ok(Done::Ask(ReviewDialog::Conflicts(Box::default()))),
        R::SettleConflict(place, conflict, side) => settle_conflict(cx, &place, &conflict, side),
        R::ReasonList => Ok(Done::Ask(ReviewDialog::Reasons(Box::default()))),
        R::LookAtDecision(article, decision) => look_at_decision(cx, reviewing, &article, decision),
        R::Premerge => Ok(reviewing
            .ask_to_merge(cx.jobs, cx.workspace)
            .map_or(Done::Nothing, |it| Done::Ask(ReviewDialog::Premerge(it)))),
        R::Identities => {
            let now = (reviewing.config(cx.workspace.annotator()), cx.workspace.revision);
            let found = reviewing.identity_count.found(&now);
            Ok(Done::Ask(ReviewDialog::Identities(Box::new(Identities::of(found)))))
        }
        R::Setup => {
            let known = reviewing.known.clone().unwrap_or_default();
            Ok(Done::Ask(ReviewDialog::Setup(Box::new(SetupDialog::new(&reviewing.setup, &known)))))
        }
        R::StopCounting => {
            reviewing.stop();
            Ok(Done::Nothing)
        }
        R::QueueOrder => list(reviewing, |it| {
            it.order = if it.order == Order::Agreement { Order::Reading } else { Order::Agreement };
        }),
        R::ShowDecided => list(reviewing, |it| it.filter.decided = !it.filter.decided),
        R::CaseKinds => Ok(Done::Ask(kinds(reviewing))),
        R::OnlyKind(kind) => list(reviewing, |it| {
            let text = std::mem::take(&mut it.filter.text);
            it.filter = CaseFilter { kind, decided: it.filter.decided, text, ..CaseFilter::default() };
        }),
        R::DecideAll => alike(reviewing, CasesAlike::Listed),
        R::TakeWhole => alike(reviewing, CasesAlike::Thing),
        R::DecideAlike(right, which) => {
            reviewing.decide_alike(cx.jobs, cx.workspace, &right, which);
            Ok(Done::Nothing)
        }
        R::SameWords => {
            let words = reviewing.current().map_or(String::new(), |(_, item)| item.entry.words().to_owned());
            list(reviewing, |it| it.filter.text = if it.filter.text == words { String::new() } else { words })
        }
        R::CaseText => {
            let title = t!("case-text-title").to_owned();
            let dialog = TextDialog::new(title, &reviewing.filter.text, false, TextFor::CaseText);
            Ok(Done::Ask(ReviewDialog::Text(Box::new(dialog))))
        }
        R::SetCaseText(text) => list(reviewing, |it| it.filter.text = text),
        R::ShowCases(filter, article) => show_cases(cx, reviewing, *filter, article.as_ref()),
    }
}

/// Something that a command of reviewing asks.
pub enum ReviewDialog {
    /// A list to pick from.
    Picker(Box<Picker>),
    /// A text to write.
    Text(Box<TextDialog>),
    /// The people who are compared.
    Setup(Box<SetupDialog>),
    /// The identities of mentions across articles.
    Identities(Box<Identities>),
    /// The conflicts that merges left.
    Conflicts(Box<ConflictList>),
    /// The reasons of decisions, and the gaps of the guideline.
    Reasons(Box<ReasonList>),
    /// The records that would be merged.
    Premerge(Box<PremergeDialog>),
}

type Done = cx::Done<ReviewDialog>;
type Outcome = cx::Outcome<ReviewDialog>;

/// The reason why a command cannot be done where the keys mean this; none where it can.
pub fn refused(context: KeyContext, command: &AnnotateCommand) -> Option<&'static str> {
    (context == KeyContext::Queue && command.marks()).then(|| t!("review-press-e"))
}

/// Changes what is listed.
fn list(reviewing: &mut Reviewing, change: impl FnOnce(&mut Reviewing)) -> Outcome {
    reviewing.change(change);
    Ok(Done::Nothing)
}

fn reasons() -> ReviewDialog {
    let item = |(name, detail): (&str, Key)| {
        Item::new(name, Command::Review(ReviewCommand::SetReason(name.to_owned()))).detail(detail.text())
    };
    let mut items: Vec<Item> = REASONS.into_iter().map(item).collect();
    items.push(Item::new(t!("reason-none"), Command::Review(ReviewCommand::SetReason(String::new()))));
    let own = |typed: &str, _: &[crate::model::Id]| {
        Item::new(typed, Command::Review(ReviewCommand::SetReason(typed.to_owned()))).detail(t!("reason-own"))
    };
    let picker = Picker::new(t!("reason-title"), items).with_digits().with_make(Vec::new(), own);
    ReviewDialog::Picker(Box::new(picker))
}

/// Asks who is right in many cases: in those that are listed, here or in any article, or in all about one thing.
fn alike(reviewing: &Reviewing, which: CasesAlike) -> Outcome {
    let Some(sheet) = &reviewing.sheet else { return Ok(Done::Nothing) };
    let cases = reviewing.alike(which);
    if cases.is_empty() {
        return Done::said(t!("no-case-waits"));
    }
    let names = sheet.review.annotators.iter().cloned().map(RightReading::Of);
    let item = |right: RightReading, which: CasesAlike| {
        let count = cases.iter().filter(|case| decide_alike::voter(&sheet.review, case, &right).is_some()).count();
        let title = match &right {
            RightReading::Of(name) => t!("is-right", name = name),
            RightReading::Majority => t!("most-are-right").to_owned(),
        };
        let detail = match which {
            CasesAlike::AllArticles => t!("in-all-articles").to_owned(),
            CasesAlike::Listed | CasesAlike::Thing => t!("in-cases", count = count),
        };
        Item::new(title, Command::Review(ReviewCommand::DecideAlike(right, which))).detail(detail)
    };
    let mut items: Vec<Item> = names.clone().map(|right| item(right, which)).collect();
    if which == CasesAlike::Listed {
        items.push(item(RightReading::Majority, which));
        let everywhere = names.chain([RightReading::Majority]).map(|right| item(right, CasesAlike::AllArticles));
        items.extend(everywhere);
    }
    let title = match which {
        CasesAlike::Thing => {
            let title = reviewing.current().map_or(String::new(), |(_, item)| item.entry.title.clone());
            t!("take-whole-title", title = title)
        }
        CasesAlike::Listed | CasesAlike::AllArticles => t!("decide-all-title", count = cases.len()),
    };
    Ok(Done::Ask(ReviewDialog::Picker(Box::new(Picker::new(title, items).with_digits()))))
}

fn kinds(reviewing: &Reviewing) -> ReviewDialog {
    use CaseKind::{Attribute, Boundary, Identity, Label, Missing, Role};
    let cases = reviewing.sheet.as_ref().map_or(&[][..], |sheet| &sheet.review.cases);
    let mut items = vec![
        Item::new(t!("every-kind"), Command::Review(ReviewCommand::OnlyKind(None))).detail(cases.len().to_string()),
    ];
    for kind in [Missing, Boundary, Label, Attribute, Role, Identity] {
        let count = cases.iter().filter(|case| case.kind == kind).count();
        items.push(
            Item::new(kind_name(kind), Command::Review(ReviewCommand::OnlyKind(Some(kind)))).detail(count.to_string()),
        );
    }
    ReviewDialog::Picker(Box::new(Picker::new(t!("which-cases"), items).with_digits()))
}

fn step(reviewing: &mut Reviewing, direction: Direction) -> Outcome {
    let Some(sheet) = reviewing.sheet.as_ref().filter(|sheet| !sheet.items.is_empty()) else {
        return Ok(Done::Nothing);
    };
    let count = sheet.items.len();
    let at = match (sheet.at, direction) {
        (None, _) => 0,
        (Some(at), Direction::Forward) => (at + 1) % count,
        (Some(at), Direction::Back) => (at + count - 1) % count,
    };
    reviewing.go(at);
    Ok(Done::Nothing)
}

/// Points at what the n-th of those who are compared says.
fn adopt(cx: &mut Cx<'_>, reviewing: &mut Reviewing, index: usize) -> Outcome {
    reviewing.follow(cx.jobs, cx.workspace);
    let names = reviewing.names();
    let Some(name) = names.get(index) else {
        return Done::said(t!("only-compared", count = names.len()));
    };
    let Some((sheet, item)) = reviewing.current() else { return Done::said(t!("no-case-waits")) };
    let Some(voter) = sheet.review.annotators.iter().position(|other| other == name) else {
        return Done::said(t!("not-begun", name = name));
    };
    if sheet.review.row(&item.case).reading_of(voter).is_none() {
        return Done::said(t!("says-nothing", name = name));
    }
    reviewing.pick = Some(Pick::Adopt(voter));
    Ok(Done::Nothing)
}

fn decide(cx: &mut Cx<'_>, reviewing: &mut Reviewing) -> Outcome {
    let work = &mut *cx.workspace;
    reviewing.follow(cx.jobs, work);
    let Some((_, item)) = reviewing.current() else {
        return Done::said(t!("no-case-next"));
    };
    let case = item.case;
    match reviewing.pick {
        None => Done::said(t!("say-who-first")),
        Some(Pick::Adopt(voter)) => rule(cx, reviewing, &case, Choice::Adopt(voter)),
        Some(Pick::Empty) => rule(cx, reviewing, &case, Choice::Nothing),
        Some(Pick::Out) => rule_out(cx, reviewing, &case),
    }
}

/// Says that no reading is right: of a thing that some have, that it is not there; of anything else one makes what is
/// right in the adjudicated set.
fn none_is_right(cx: &mut Cx<'_>, reviewing: &mut Reviewing) -> Outcome {
    match reviewing.current().map(|(_, item)| item.case.kind) {
        Some(CaseKind::Missing) => {
            reviewing.pick = Some(Pick::Out);
            Ok(Done::Nothing)
        }
        Some(_) => edit(cx, reviewing),
        None => Done::said(t!("no-case-waits")),
    }
}

/// Points at taking out: the whole thing where it is about that, its words or its label; else the value of the slot.
fn take_out(reviewing: &mut Reviewing) -> Outcome {
    reviewing.pick = match reviewing.current().map(|(_, item)| item.case.kind) {
        Some(CaseKind::Missing | CaseKind::Boundary | CaseKind::Label) => Some(Pick::Out),
        Some(CaseKind::Attribute | CaseKind::Role | CaseKind::Identity) => Some(Pick::Empty),
        None => return Done::said(t!("no-case-waits")),
    };
    Ok(Done::Nothing)
}

/// Decides that the thing which a case is about is not there.
fn rule_out(cx: &mut Cx<'_>, reviewing: &mut Reviewing, case: &Case) -> Outcome {
    let Some(sheet) = &reviewing.sheet else { return Ok(Done::Nothing) };
    let presence = sheet.review.presence(case.unit);
    rule(cx, reviewing, &presence, Choice::Nothing)
}

/// Decides a case and looks at the next one that waits, from the one on that is looked at.
fn rule(cx: &mut Cx<'_>, reviewing: &mut Reviewing, case: &Case, choice: Choice) -> Outcome {
    let Some(sheet) = &reviewing.sheet else { return Ok(Done::Nothing) };
    let work = &mut *cx.workspace;
    let by = work.annotator().clone();
    let ruling = Ruling { choice, by, reason: reviewing.reason.clone(), gap: reviewing.gap.clone() };
    let transaction = sheet.review.decide(work.session.corpus(), case, &ruling);
    let goes = ruling.choice == Choice::Nothing && sheet.review.row(case).slot == Slot::Presence;
    let ruled = |item: &QueueItem| item.case.unit == case.unit && (goes || item.case.row == case.row);
    let from = sheet.items.iter().position(|item| item.case.unit == case.unit && item.case.row == case.row);
    let from = from.or(sheet.at).map_or(0, |at| at + 1);
    let waits = |at: &usize| sheet.items[*at].open && !ruled(&sheet.items[*at]);
    let next = (from..sheet.items.len()).chain(0..from.min(sheet.items.len())).find(waits);
    let next = next.map(|at| CaseKey::of(&sheet.review, &sheet.items[at].case));
    work.commit(transaction)?;
    reviewing.aim(next);
    reviewing.follow(cx.jobs, work);
    let Some(sheet) = reviewing.sheet.as_ref().filter(|sheet| sheet.count.open == 0) else {
        return Ok(Done::Nothing);
    };
    match reviewing.identity_count.about(&sheet.of.0) > 0 {
        true => Done::said(t!("identity-left")),
        false => Done::said(t!("article-decided")),
    }
}

/// Opens the adjudicated set for marking, at the thing that the current case is about.
fn edit(cx: &mut Cx<'_>, reviewing: &mut Reviewing) -> Outcome {
    let work = &mut *cx.workspace;
    if work.session.read_only() {
        return Done::said(t!("review-read-only"));
    }
    reviewing.follow(cx.jobs, work);
    let Some((sheet, item)) = reviewing.current() else {
        reviewing.editing = Some(Editing { spot: None, drafted: None });
        return Ok(Done::Nothing);
    };
    let (spot, slot) = (CaseKey::of(&sheet.review, &item.case), sheet.review.row(&item.case).slot.clone());
    let unit = &sheet.review.units[item.case.unit];
    let place = super::queue::place(&sheet.review, work.session.corpus(), item.case.unit);
    let mut drafted = None;
    if unit.gold.is_none() {
        let picked = reviewing.adopted();
        let has = |voter: &usize| unit.members[*voter].is_some();
        let like = picked.filter(has).or_else(|| (0..unit.members.len()).find(has));
        if let Some(like) = like {
            let by = work.annotator().clone();
            let draft = sheet.review.draft(work.session.corpus(), item.case.unit, like, &by);
            if !draft.is_empty() {
                work.commit(draft)?;
                drafted = work.session.history().to_undo().cloned();
                let chosen = (reviewing.reason.clone(), reviewing.gap.clone());
                reviewing.follow(cx.jobs, work);
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
    Ok(Done::Nothing)
}

/// True where Enter says that what is edited is right, rather than fill a role of the open card with selected words.
pub fn settles(work: &Workspace, reviewing: &Reviewing) -> bool {
    let words = work.open.as_ref().is_some_and(|open| open.reader.selection().is_some());
    let fills = words && work.armed().is_some();
    reviewing.editing.is_some() && !fills
}

/// Back from marking: what stands in the adjudicated set now is right.
fn settle(cx: &mut Cx<'_>, reviewing: &mut Reviewing) -> Outcome {
    let work = &mut *cx.workspace;
    let Some(editing) = reviewing.editing.take() else { return Ok(Done::Nothing) };
    clear(work);
    reviewing.follow(cx.jobs, work);
    let Some(spot) = editing.spot else { return Ok(Done::Nothing) };
    let case = reviewing.sheet.as_ref().and_then(|sheet| {
        let (unit, row) = spot.find(&sheet.review)?;
        let of = &sheet.review.units[unit];
        Some((of.case(unit, row), of.gold.is_none()))
    });
    match case {
        // A record that was taken out while it was edited is not there.
        Some((case, true)) => rule_out(cx, reviewing, &case),
        Some((case, false)) => rule(cx, reviewing, &case, Choice::AsItStands),
        None => Done::said(t!("case-gone")),
    }
}

/// True where Esc leaves the marking of the adjudicated set, and has nothing nearer to leave.
pub fn leaves_editing(work: &Workspace, reviewing: &Reviewing) -> bool {
    let nearer = |open: &OpenArticle| open.reader.raw_selection().is_some() || open.finder.is_some();
    reviewing.editing.is_some() && !work.open.as_ref().is_some_and(nearer)
}

/// Back from marking without a decision; what was put there to begin with goes again, if nothing was made of it.
///
/// # Errors
/// One sentence, where that cannot be done.
pub fn leave_editing(cx: &mut Cx<'_>, reviewing: &mut Reviewing) -> Outcome {
    let work = &mut *cx.workspace;
    let Some(editing) = reviewing.editing.take() else { return Ok(Done::Nothing) };
    clear(work);
    let untouched = editing
        .drafted
        .filter(|drafted| work.session.history().to_undo().is_some_and(|last| Arc::ptr_eq(last, drafted)));
    if untouched.is_some() {
        work.travel(Direction::Back)?;
    }
    reviewing.follow(cx.jobs, work);
    Ok(Done::Nothing)
}

fn clear(work: &mut Workspace) {
    if let Some(open) = &mut work.open {
        open.selected.clear();
        open.card = None;
        open.reader.clear_selection();
    }
}

fn next_article(cx: &mut Cx<'_>, reviewing: &mut Reviewing) -> Outcome {
    let work = &mut *cx.workspace;
    let articles = work.session.corpus().articles();
    let here = work.open.as_ref().and_then(|open| work.session.corpus().article_index(&open.id));
    let from = here.map_or(0, |at| at + 1);
    let mut others = (from..articles.len()).chain(0..from.saturating_sub(1));
    let waits = |at: &usize| reviewing.case_counts.of(&articles[*at].id).is_some_and(|count| count.open > 0);
    match others.find(waits).map(|at| articles[at].id.clone()) {
        Some(id) => {
            work.show(cx.jobs, &id, None);
            Ok(Done::Nothing)
        }
        None if reviewing.case_counts.progress().is_some() => Done::said(t!("not-all-compared")),
        None => Done::said(t!("no-other-open")),
    }
}

fn show_cases(cx: &mut Cx<'_>, reviewing: &mut Reviewing, filter: CaseFilter, article: Option<&ArticleId>) -> Outcome {
    reviewing.editing = None;
    let names = reviewing.names();
    let lacking: Vec<_> =
        filter.between.iter().filter(|name| reviewing.known.is_some() && !names.contains(name)).collect();
    if !lacking.is_empty() {
        let sets = names.iter().chain(lacking).cloned().collect();
        reviewing.setup.sets = sets;
    }
    reviewing.aim(None);
    reviewing.change(|it| it.filter = filter);
    if let Some(article) = article {
        cx.workspace.show(cx.jobs, article, None);
    }
    reviewing.follow(cx.jobs, cx.workspace);
    Ok(Done::Nothing)
}

/// Settles what a merge left to decide as one side has it.
fn settle_conflict(cx: &mut Cx<'_>, place: &ConflictPlace, conflict: &Arc<Conflict>, side: ConflictSide) -> Outcome {
    let work = &mut *cx.workspace;
    let unreadable = || t!("conflict-unreadable").to_owned();
    let file = match place {
        ConflictPlace::Records(file) => file,
        ConflictPlace::Settings => {
            if work.session.read_only() {
                return Err(StoreError::ReadOnly.told());
            }
            let settled = match side {
                ConflictSide::Ours => work.session.corpus().project.clone(),
                ConflictSide::Theirs => work.session.their_settings(conflict).ok_or_else(unreadable)?,
            };
            work.session.change_project_soon(|project| {
                *project = settled;
                project.conflicts.retain(|other| other != &**conflict);
            });
            work.revision += 1;
            return Ok(Done::Said(t!("conflict-settled-settings").to_owned()));
        }
    };
    let theirs = match side {
        ConflictSide::Ours => None,
        ConflictSide::Theirs => {
            let side = work.session.their_side(file, conflict).ok_or_else(unreadable)?;
            let there = work.session.corpus().record(file, &side.key).is_some();
            if *file == RecordFile::Articles && side.record.is_none() && there {
                // Sets and comments go with it, which is more than its line.
                return Err(t!("conflict-article-removed", name = conflict.of.name()));
            }
            Some((side.key, side.record))
        }
    };
    let transaction = edit::settle_conflict(work.session.corpus(), file, conflict, theirs, work.annotator());
    work.commit(transaction)?;
    Ok(Done::Nothing)
}

/// Shows the case that a decision is about, among all decided ones.
fn look_at_decision(
    cx: &mut Cx<'_>,
    reviewing: &mut Reviewing,
    article: &ArticleId,
    decision: Arc<Decision>,
) -> Outcome {
    reviewing.editing = None;
    reviewing.change(|it| it.filter = CaseFilter { decided: true, ..CaseFilter::default() });
    reviewing.seek = Some(decision);
    cx.workspace.show(cx.jobs, article, None);
    reviewing.follow(cx.jobs, cx.workspace);
    reviewing.look_for_decision();
    Ok(Done::Nothing)
}

/// The decision that a transaction makes or takes back.
fn decision(applied: &Transaction) -> Option<Arc<Decision>> {
    applied.edits.iter().rev().find_map(|edit| {
        let (before, after) = edit.sides::<Decision>()?;
        after.or(before).cloned()
    })
}

impl Reviewing {
    /// Remembers the decision that a transaction made or takes back, to look at its case.
    pub fn seek(&mut self, applied: &Transaction) {
        self.seek = decision(applied);
    }

    /// Stops what is computed about all articles.
    fn stop(&mut self) {
        self.case_counts.cancel();
        self.deciding = None;
    }

    /// Articles that others have changed are counted again.
    pub fn invalidate<'a>(&mut self, articles: impl IntoIterator<Item = &'a ArticleId>) {
        articles.into_iter().for_each(|article| self.case_counts.invalidate(article));
        // Somebody may have begun: who joins has a say from now on.
        self.unknown = true;
    }

    /// Looks at the case that the decision was about which was just made or taken back.
    pub fn look_for_decision(&mut self) {
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
