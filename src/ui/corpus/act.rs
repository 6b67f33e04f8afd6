//! Does what commands about the corpus say.

use super::state::CorpusView;
use super::timeline::day_of;
use crate::corpus::concordance::Order;
use crate::corpus::{Filter, judge_pair, unjudge_pair};
use crate::model::{Name, SetKind};
use crate::t;
use crate::ui::commands::{
    AnnotateCommand, ClaimsCommand, ConcordanceCommand, CorpusCommand, MapCommand, Pane, RegisterCommand,
    TimelineCommand, Towards, TripsCommand,
};
use crate::ui::widgets::picker::{Item, Picker};
use crate::ui::workspace::cx::{self, Cx};
use crate::ui::workspace::other_annotators::set_kind_title;

/// Something that a command about the corpus asks.
pub enum CorpusDialog {
    /// A list to pick from.
    Picker(Box<Picker>),
    /// The question whether the sets of others are to be shown, though one's own work is not done.
    Unfinished(Name),
    /// A preview of two trips as one, and the command that makes one of them.
    Join(String, CorpusCommand),
}

type Done = cx::Done<CorpusDialog>;
type Outcome = cx::Outcome<CorpusDialog>;

/// The reason why a command about marking cannot be done here.
pub fn refused(command: &AnnotateCommand) -> Option<&'static str> {
    (!matches!(command, AnnotateCommand::Find)).then(|| t!("corpus-opens-first"))
}

/// Does what a command about the corpus says, save [`CorpusCommand::Open`] and [`CorpusCommand::Back`], which go to another
/// view, and [`CorpusCommand::Copy`], which the window does.
///
/// # Errors
/// One sentence, where it cannot be done.
pub fn perform(cx: &mut Cx<'_>, view: &mut CorpusView, command: CorpusCommand) -> Outcome {
    use CorpusCommand as C;
    match command {
        C::Look(pane) => view.look(pane),
        C::Go(towards) => match view.pane {
            Pane::Trips => view.trips.go(towards),
            Pane::Timeline => view.timeline.go(towards),
            Pane::Claims => view.claims.go(towards),
            Pane::Register => view.register.go(towards),
            Pane::Concordance => view.concordance.go(towards),
            Pane::Map => view.map.go(towards),
        },
        C::Quote(at) => view.quote = at,
        C::Whose => return Ok(whose(cx, view)),
        C::Of(name) => {
            let own = name == *cx.workspace.annotator();
            if !own && !cx.workspace.others().contains(&name) && cx.workspace.is_blind() {
                return Ok(Done::Ask(CorpusDialog::Unfinished(name)));
            }
            view.take(cx.workspace, name);
        }
        C::OfAnyway(name) => view.take(cx.workspace, name),
        C::ClearFilter => view.line.clear(),
        C::Stop => view.stop(),
        C::Trips(command) => return trips(cx, view, &command),
        C::Timeline(command) => timeline(view, &command),
        C::Claims(command) => claims(cx, view, &command)?,
        C::Register(command) => register(view, &command),
        C::Concordance(command) => concordance(view, &command),
        C::Map(command) => map(view, &command),
        C::Open | C::Back | C::Copy => {}
    }
    Ok(Done::Nothing)
}

/// Does what a command about trips says, save those that change articles, which are long work.
fn trips(cx: &Cx<'_>, view: &mut CorpusView, command: &TripsCommand) -> Outcome {
    use TripsCommand as T;
    match command {
        T::At(row, column) => view.trips.look(*row, *column),
        T::Unfold => view.trips.unfold(),
        T::RowsBy(by) => view.trips.rows_by(*by),
        T::ColumnsBy(by) => view.trips.columns_by(*by),
        T::Counts => view.trips.toggle_counts(),
        T::ConflictsOnly => view.trips.toggle_conflicts(),
        T::Why => return Ok(Done::Said(view.trips.why().unwrap_or_else(|| t!("trips-no-why").to_owned()))),
        T::Mark => view.trips.mark(),
        T::Join => {
            if let Some(why) = view.locked(cx.workspace) {
                return Err(why);
            }
            let Some(index) = &view.index else { return Ok(Done::Nothing) };
            let [(one, into), (other, from)] = match super::trips::both(&view.trips, index) {
                Ok(both) => both,
                Err(why) => return Ok(Done::Said(why)),
            };
            let message = super::trips::preview(index, [&into, &from], &cx.settings.language);
            let command = CorpusCommand::Trips(T::JoinThese(one, other));
            return Ok(Done::Ask(CorpusDialog::Join(message, command)));
        }
        T::JoinThese(..) | T::NotSame | T::Unsure | T::Part => {}
    }
    Ok(Done::Nothing)
}

fn timeline(view: &mut CorpusView, command: &TimelineCommand) {
    use TimelineCommand as T;
    match command {
        T::At(at) => view.timeline.look(*at),
        T::Closer => view.timeline.zoom(1.5, 0.5),
        T::Further => view.timeline.zoom(1.0 / 1.5, 0.5),
        T::Everything => view.timeline.everything(),
        T::Lanes => view.timeline.lanes(),
        T::Within(from, until) => {
            let [from, until] = [*from, *until].map(day_of);
            view.line = Filter::line_within(&view.line, Some(from), Some(until));
        }
    }
}

fn claims(cx: &Cx<'_>, view: &mut CorpusView, command: &ClaimsCommand) -> Result<(), String> {
    use ClaimsCommand as C;
    match command {
        C::At(at) => view.claims.look(*at),
        C::Next => view.claims.go(Towards::Down),
        C::Previous => view.claims.go(Towards::Up),
        C::Side(right) => view.claims.side(*right),
        C::Judge(_) | C::Unjudge if view.claims.overview => return Err(t!("claims-pair-first").to_owned()),
        C::Judge(verdict) => {
            let verdict = *verdict;
            let Some(of) = view.claims.of() else { return Ok(()) };
            view.change(cx.jobs, cx.workspace, move |snapshot, maker, by| {
                judge_pair(snapshot, maker, by, [(&of.0, ""), (&of.1, "")], verdict)
            })?;
            view.claims.judged();
        }
        C::Unjudge => {
            let Some(of) = view.claims.of() else { return Ok(()) };
            view.change(cx.jobs, cx.workspace, move |snapshot, maker, by| {
                unjudge_pair(snapshot, maker, by, (&of.0, &of.1))
            })?;
        }
        C::Overview => view.claims.toggle_overview(),
        C::ContradictedOnly => {
            if !view.claims.overview {
                view.claims.toggle_overview();
            }
            view.claims.toggle_contradicted();
        }
    }
    Ok(())
}

/// Does what a command about the register says, save those that change articles, which are long work.
fn register(view: &mut CorpusView, command: &RegisterCommand) {
    use RegisterCommand as R;
    match *command {
        R::At(at) => view.register.look(at, 1),
        R::Mark => view.register.mark(),
        R::NextQuote => {
            let count = view.evidence.passages().count();
            view.quote = if view.quote + 1 < count { view.quote + 1 } else { 0 };
        }
        R::TickQuote => {
            let item = view.evidence.passages().nth(view.quote).map(|quote| quote.item);
            if let Some(item) = item {
                view.register.tick(item);
            }
        }
        R::NextLabel => {
            if let Some(index) = &view.index {
                view.register.next_label(index);
            }
        }
        R::Join | R::NotSame | R::Unsure | R::Part => {}
    }
}

fn map(view: &mut CorpusView, command: &MapCommand) {
    use MapCommand as M;
    match *command {
        M::At(at) => view.map.look(at),
        M::Zoom(by, around, all) => view.map.zoom(by, around, all),
        M::Pan(x, y, all) => view.map.pan(eframe::egui::vec2(x, y), all),
        M::Closer => view.map.zoom_in_place(1.5),
        M::Farther => view.map.zoom_in_place(1.0 / 1.5),
        M::Fit => view.map.fit(),
        M::Only if view.is_of_map() => view.everywhere(),
        M::Only => view.only_of_map(view.map.filter_of_place()),
        M::OnlyHere(part) => {
            view.map.stay(part);
            view.map.end_round();
            view.only_of_map(view.map.filter_of_place());
        }
        M::OnlyLeg(at, part) => {
            view.map.stay(part);
            view.map.end_round();
            view.only_of_map(view.map.filter_of_leg(at));
        }
        M::OnlyNextLeg => {
            let parts = view.map.filter_of_next_leg();
            view.only_of_map(parts);
        }
        M::Everywhere => view.everywhere(),
        M::Resolve(_) => {}
    }
}

/// Does what a command about places says, save those that change articles, which are long work.
fn concordance(view: &mut CorpusView, command: &ConcordanceCommand) {
    use ConcordanceCommand as K;
    let places = &mut view.concordance;
    match command {
        K::At(at) => places.look(*at),
        K::Range(to) => places.range(*to),
        K::Extend(towards) => places.extend(*towards),
        K::Tick => places.tick(),
        K::TickAll => places.tick_all(),
        K::Sort(order) => places.order = *order,
        K::SortNext => {
            let at = Order::ALL.iter().position(|order| *order == places.order).unwrap_or(0);
            places.order = Order::ALL[(at + 1) % Order::ALL.len()];
        }
        K::Case => places.fold[0] = !places.fold[0],
        K::Words => places.fold[1] = !places.fold[1],
        K::Search => places.focus = true,
        K::Side => places.side = !places.side,
        K::Finding(at) => {
            places.side = true;
            places.findings.look(*at);
        }
        K::ShowPlaces => {
            if let Some(finding) = places.findings.current() {
                places.line = finding.about.clone();
                places.side = false;
            }
        }
        K::LabelAs(_) | K::LabelOffered | K::Unlabel | K::Discard | K::Mend | K::Right => {}
    }
}

/// Asks whose sets are wanted: one's own, gold, and those of everybody who has some.
fn whose(cx: &Cx<'_>, view: &CorpusView) -> Done {
    let corpus = cx.workspace.session.corpus();
    let own = cx.workspace.annotator().clone();
    let gold = corpus.project.gold.clone();
    let mut names = vec![own.clone(), gold];
    // Everybody who has a folder of sets has comments, if only none.
    for name in corpus.all_comments().keys() {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let item = |name: Name| {
        let kind = if name == own { SetKind::Person } else { corpus.project.kind(&name) };
        let shown = if *view.whose(cx.workspace) == name { t!("corpus-set-shown") } else { set_kind_title(kind) };
        Item::new(name.as_str(), CorpusCommand::Of(name.clone()).into()).detail(shown)
    };
    let items = names.into_iter().map(item).collect();
    Done::Ask(CorpusDialog::Picker(Box::new(Picker::new(t!("corpus-whose-title"), items).with_digits())))
}
