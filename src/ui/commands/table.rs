//! Every command that needs no argument of the moment: its name, its key, its menu. Menus, palette, key help and the
//! keyboard all read this table.

use eframe::egui::{Key, Modifiers};

use super::annotate::{AnnotateCommand as A, GhostCommand as G};
use super::command::{Command, Command as C};
use super::comments::CommentsCommand as T;
use super::context::{KeyContext, Menu};
use super::corpus::{
    ClaimsCommand as Cl, ConcordanceCommand as Co, CorpusCommand as K, MapCommand as Mp, Pane, RegisterCommand as Rg,
    TimelineCommand as Tl, Towards, TripsCommand as Tr,
};
use super::dashboard::{DashboardCommand as D, FigureFile};
use super::errors::ErrorsCommand as X;
use super::exchange::ExchangeCommand as E;
use super::keymap;
use super::motion::Selection::{Dropped, Extended};
use super::motion::{Direction, Motion, Selection, Step};
use super::press::Press::{self, Char};
use super::project::ProjectCommand as P;
use super::review::ReviewCommand as R;
use super::schema::SchemaCommand as S;
use super::view::View;
use super::window::WindowCommand as W;
use crate::figures::DeviationKind as Error;
use crate::model::Verdict;
use crate::store::settings::Spacing;
use crate::{key, lang};

/// One line of the table.
#[derive(Debug)]
pub struct Entry {
    /// The action.
    pub command: Command,
    /// The message that names it.
    pub name: lang::Key,
    /// The place.
    pub menu: Menu,
    /// The keys that give it; the first one is shown.
    pub keys: &'static [Press],
}

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;
const ALT: Modifiers = Modifiers::ALT;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };

const fn key(modifiers: Modifiers, key: Key) -> Press {
    Press::Key(modifiers, key)
}

/// The caret towards the end of the text.
const fn on(step: Step, selection: Selection) -> Command {
    Command::Annotate(A::Caret(Motion { step, forward: true }, selection))
}

/// The caret towards the start of the text.
const fn back(step: Step, selection: Selection) -> Command {
    Command::Annotate(A::Caret(Motion { step, forward: false }, selection))
}

const fn entry(menu: Menu, command: Command, name: lang::Key, keys: &'static [Press]) -> Entry {
    Entry { command, name, menu, keys }
}

/// Every command that needs no argument of the moment, in menu order.
pub const TABLE: &[Entry] = &[
    entry(Menu::Project, C::Project(P::New), key!("command-new-project"), &[key(CTRL, Key::N)]),
    entry(Menu::Project, C::Project(P::Open), key!("command-open-project"), &[key(CTRL, Key::O)]),
    entry(Menu::Project, C::Project(P::Rename), key!("command-rename-project"), &[]),
    entry(Menu::Project, C::Exchange(E::AddArticles), key!("command-add-articles"), &[key(CTRL, Key::I)]),
    entry(Menu::Project, C::Exchange(E::Import), key!("command-import"), &[key(CTRL_SHIFT, Key::I)]),
    entry(Menu::Project, C::Exchange(E::Export), key!("command-export"), &[key(CTRL_SHIFT, Key::E)]),
    entry(Menu::Project, C::Annotate(A::Describe), key!("command-describe"), &[key(CTRL, Key::E)]),
    entry(Menu::Project, C::Annotate(A::TakeDateline), key!("command-dateline"), &[key(CTRL_SHIFT, Key::D)]),
    entry(Menu::Project, C::Annotate(A::MarkDone), key!("command-done"), &[key(CTRL, Key::D)]),
    entry(Menu::Project, C::Project(P::RemoveArticle), key!("command-remove-article"), &[]),
    entry(Menu::Project, C::Project(P::Trash), key!("command-trash"), &[]),
    entry(Menu::Project, C::Project(P::OpenSets), key!("command-open-sets"), &[]),
    entry(Menu::Project, C::Project(P::Problems), key!("command-problems"), &[key(CTRL, Key::P)]),
    entry(Menu::Project, C::Window(W::ChangeName), key!("command-annotator"), &[]),
    entry(Menu::Project, C::Project(P::Save), key!("command-save"), &[key(CTRL, Key::S)]),
    entry(Menu::Project, C::Project(P::SaveCopy), key!("command-save-copy"), &[key(CTRL_SHIFT, Key::S)]),
    entry(Menu::Project, C::Project(P::BringInElsewhere), key!("command-elsewhere"), &[]),
    entry(Menu::Project, C::Project(P::MissingFiles), key!("command-gone"), &[]),
    entry(Menu::Project, C::Window(W::Quit), key!("command-quit"), &[key(CTRL, Key::Q)]),
    entry(Menu::Edit, C::Project(P::Undo), key!("command-undo"), &[key(CTRL, Key::Z)]),
    entry(Menu::Edit, C::Project(P::Redo), key!("command-redo"), &[key(CTRL_SHIFT, Key::Z), key(CTRL, Key::Y)]),
    entry(
        Menu::Edit,
        C::Annotate(A::Delete),
        key!("command-delete"),
        &[key(NONE, Key::Delete), key(NONE, Key::Backspace)],
    ),
    entry(Menu::Edit, C::Annotate(A::DeleteAllSuch), key!("command-delete-all"), &[key(SHIFT, Key::Delete)]),
    entry(Menu::Edit, C::Project(P::Copy), key!("command-copy"), &[key(CTRL, Key::C)]),
    entry(Menu::Edit, C::Project(P::CopyWithPlace), key!("command-copy-place"), &[key(CTRL_SHIFT, Key::C)]),
    entry(Menu::Edit, C::Annotate(A::Find), key!("command-find"), &[key(CTRL, Key::F)]),
    entry(Menu::Edit, C::Annotate(A::FindEverywhere), key!("command-find-everywhere"), &[key(CTRL_SHIFT, Key::F)]),
    entry(Menu::Edit, C::Annotate(A::FindNext), key!("command-find-next"), &[key(NONE, Key::F3)]),
    entry(Menu::Edit, C::Annotate(A::FindPrevious), key!("command-find-previous"), &[key(SHIFT, Key::F3)]),
    entry(Menu::Edit, C::Annotate(A::SelectAlike), key!("command-select-alike"), &[key(CTRL, Key::A)]),
    entry(Menu::Label, C::Annotate(A::LabelAll), key!("command-label-all"), &[Char('R')]),
    entry(Menu::Label, C::Annotate(A::Grow), key!("command-grow"), &[Char(']')]),
    entry(Menu::Label, C::Annotate(A::Shrink), key!("command-shrink"), &[Char('[')]),
    entry(Menu::Label, C::Annotate(A::GrowStart), key!("command-grow-start"), &[Char('{')]),
    entry(Menu::Label, C::Annotate(A::ShrinkStart), key!("command-shrink-start"), &[Char('}')]),
    entry(Menu::Label, C::Annotate(A::AddFragment), key!("command-add-fragment"), &[Char('+')]),
    entry(Menu::Label, C::Annotate(A::RemoveFragment), key!("command-take-out"), &[Char('-')]),
    entry(Menu::Label, C::Annotate(A::Earlier), key!("command-earlier"), &[Char('<')]),
    entry(Menu::Label, C::Annotate(A::Note), key!("command-note"), &[Char('N')]),
    entry(Menu::Edit, C::Comments(T::Ask), key!("command-comment"), &[key(CTRL, Key::M)]),
    entry(Menu::Label, C::Annotate(A::Refer), key!("command-refer"), &[Char('@')]),
    entry(Menu::Label, C::Annotate(A::Nobody), key!("command-nobody"), &[Char('0')]),
    entry(Menu::Label, C::Annotate(A::Attribute(0)), key!("command-attribute-1"), &[Char('1')]),
    entry(Menu::Label, C::Annotate(A::Attribute(1)), key!("command-attribute-2"), &[Char('2')]),
    entry(Menu::Label, C::Annotate(A::Attribute(2)), key!("command-attribute-3"), &[Char('3')]),
    entry(Menu::Label, C::Annotate(A::Attribute(3)), key!("command-attribute-4"), &[Char('4')]),
    entry(Menu::Label, C::Annotate(A::Attribute(4)), key!("command-attribute-5"), &[Char('5')]),
    entry(Menu::Label, C::Annotate(A::Attribute(5)), key!("command-attribute-6"), &[Char('6')]),
    entry(Menu::Label, C::Annotate(A::Choose(0)), key!("command-choose-1"), &[key(ALT, Key::Num1)]),
    entry(Menu::Label, C::Annotate(A::Choose(1)), key!("command-choose-2"), &[key(ALT, Key::Num2)]),
    entry(Menu::Label, C::Annotate(A::Choose(2)), key!("command-choose-3"), &[key(ALT, Key::Num3)]),
    entry(Menu::Label, C::Annotate(A::Choose(3)), key!("command-choose-4"), &[key(ALT, Key::Num4)]),
    entry(Menu::Label, C::Annotate(A::Choose(4)), key!("command-choose-5"), &[key(ALT, Key::Num5)]),
    entry(Menu::Label, C::Annotate(A::Choose(5)), key!("command-choose-6"), &[key(ALT, Key::Num6)]),
    entry(Menu::Label, C::Annotate(A::Choose(6)), key!("command-choose-7"), &[key(ALT, Key::Num7)]),
    entry(Menu::Label, C::Annotate(A::Choose(7)), key!("command-choose-8"), &[key(ALT, Key::Num8)]),
    entry(Menu::Label, C::Annotate(A::Choose(8)), key!("command-choose-9"), &[key(ALT, Key::Num9)]),
    entry(Menu::Label, C::Annotate(A::Candidates), key!("command-candidates"), &[Char(' ')]),
    entry(Menu::Label, C::Annotate(A::TypeValue), key!("command-value"), &[Char('=')]),
    entry(Menu::Label, C::Annotate(A::Accept), key!("command-accept"), &[key(NONE, Key::Enter)]),
    entry(Menu::Label, C::Annotate(A::Ghost(G::Accept)), key!("command-ghost-accept"), &[]),
    entry(Menu::Label, C::Annotate(A::Ghost(G::Reject)), key!("command-ghost-reject"), &[Char('`')]),
    entry(Menu::Label, C::Annotate(A::Ghost(G::AcceptStrong)), key!("command-ghost-strong"), &[key(CTRL, Key::Enter)]),
    entry(Menu::Label, C::Annotate(A::Ghost(G::AcceptZones)), key!("command-ghost-zones"), &[Char('Z')]),
    entry(Menu::Label, C::Annotate(A::Ghost(G::Step(Direction::Forward))), key!("command-ghost-next"), &[Char('.')]),
    entry(Menu::Label, C::Annotate(A::Ghost(G::Step(Direction::Back))), key!("command-ghost-previous"), &[Char(',')]),
    entry(Menu::Label, C::Annotate(A::Ghost(G::List)), key!("command-ghost-list"), &[key(CTRL, Key::T)]),
    entry(Menu::Label, C::Window(W::Suggest), key!("command-suggest"), &[key(CTRL_SHIFT, Key::T)]),
    entry(Menu::Label, C::Window(W::Suggestions), key!("command-suggestions"), &[]),
    entry(Menu::Label, C::Window(W::Escape), key!("command-escape"), &[key(NONE, Key::Escape)]),
    entry(Menu::Review, C::Review(R::Decide), key!("command-decide"), &[key(NONE, Key::Enter)]),
    entry(Menu::Review, C::Review(R::Adopt(0)), key!("command-adopt-1"), &[Char('1')]),
    entry(Menu::Review, C::Review(R::Adopt(1)), key!("command-adopt-2"), &[Char('2')]),
    entry(Menu::Review, C::Review(R::Adopt(2)), key!("command-adopt-3"), &[Char('3')]),
    entry(Menu::Review, C::Review(R::Adopt(3)), key!("command-adopt-4"), &[Char('4')]),
    entry(Menu::Review, C::Review(R::Adopt(4)), key!("command-adopt-5"), &[Char('5')]),
    entry(Menu::Review, C::Review(R::Adopt(5)), key!("command-adopt-6"), &[Char('6')]),
    entry(Menu::Review, C::Review(R::Adopt(6)), key!("command-adopt-7"), &[Char('7')]),
    entry(Menu::Review, C::Review(R::Adopt(7)), key!("command-adopt-8"), &[Char('8')]),
    entry(Menu::Review, C::Review(R::Adopt(8)), key!("command-adopt-9"), &[Char('9')]),
    entry(Menu::Review, C::Review(R::NoneIsRight), key!("command-none-right"), &[Char('0')]),
    entry(Menu::Review, C::Review(R::TakeOut), key!("command-take-out-of-gold"), &[key(NONE, Key::Delete)]),
    entry(Menu::Review, C::Review(R::EditGold), key!("command-edit-gold"), &[Char('e')]),
    entry(Menu::Review, C::Review(R::Settle), key!("command-settle"), &[key(CTRL, Key::Enter)]),
    entry(Menu::Review, C::Review(R::DecideAll), key!("command-decide-all"), &[Char('a')]),
    entry(Menu::Review, C::Review(R::TakeWhole), key!("command-take-whole"), &[Char('f')]),
    entry(Menu::Review, C::Review(R::Reason), key!("command-reason"), &[Char('r')]),
    entry(Menu::Review, C::Review(R::Gap), key!("command-gap"), &[Char('g')]),
    entry(Menu::Review, C::Review(R::ReasonList), key!("command-reasons"), &[Char('l')]),
    entry(Menu::Review, C::Review(R::Conflicts), key!("command-conflicts"), &[Char('c')]),
    entry(
        Menu::Review,
        C::Review(R::NextCase),
        key!("command-next-case"),
        &[key(NONE, Key::Tab), key(NONE, Key::ArrowDown)],
    ),
    entry(
        Menu::Review,
        C::Review(R::PreviousCase),
        key!("command-previous-case"),
        &[key(SHIFT, Key::Tab), key(NONE, Key::ArrowUp)],
    ),
    entry(Menu::Review, C::Review(R::NextOpenArticle), key!("command-next-open-article"), &[Char('n')]),
    entry(Menu::Review, C::Review(R::Premerge), key!("command-premerge"), &[Char('m')]),
    entry(Menu::Review, C::Review(R::Identities), key!("command-identities"), &[Char('i')]),
    entry(Menu::Review, C::Review(R::QueueOrder), key!("command-queue-order"), &[Char('o')]),
    entry(Menu::Review, C::Review(R::CaseKinds), key!("command-case-kinds"), &[Char('k')]),
    entry(Menu::Review, C::Review(R::SameWords), key!("command-same-words"), &[Char('w')]),
    entry(Menu::Review, C::Review(R::CaseText), key!("command-case-text"), &[Char('t')]),
    entry(Menu::Review, C::Review(R::ShowDecided), key!("command-show-decided"), &[Char('d')]),
    entry(Menu::Review, C::Review(R::Setup), key!("command-review-setup"), &[Char('s')]),
    entry(
        Menu::Errors,
        C::Errors(X::Step(Direction::Forward)),
        key!("command-next-error"),
        &[key(NONE, Key::Tab), key(NONE, Key::ArrowDown), Char('n')],
    ),
    entry(
        Menu::Errors,
        C::Errors(X::Step(Direction::Back)),
        key!("command-previous-error"),
        &[key(SHIFT, Key::Tab), key(NONE, Key::ArrowUp), Char('p')],
    ),
    entry(Menu::Errors, C::Errors(X::Kind(Some(Error::Missing))), key!("command-errors-missing"), &[Char('1')]),
    entry(Menu::Errors, C::Errors(X::Kind(Some(Error::Spurious))), key!("command-errors-spurious"), &[Char('2')]),
    entry(Menu::Errors, C::Errors(X::Kind(Some(Error::Boundary))), key!("command-errors-boundary"), &[Char('3')]),
    entry(Menu::Errors, C::Errors(X::Kind(Some(Error::Label))), key!("command-errors-label"), &[Char('4')]),
    entry(Menu::Errors, C::Errors(X::Kind(Some(Error::Attribute))), key!("command-errors-attribute"), &[Char('5')]),
    entry(Menu::Errors, C::Errors(X::Kind(Some(Error::Role))), key!("command-errors-role"), &[Char('6')]),
    entry(Menu::Errors, C::Errors(X::Kind(Some(Error::Identity))), key!("command-errors-identity"), &[Char('7')]),
    entry(Menu::Errors, C::Errors(X::Kind(None)), key!("every-kind"), &[Char('0')]),
    entry(Menu::Errors, C::Errors(X::All), key!("command-errors-all"), &[Char('a')]),
    entry(Menu::Errors, C::Errors(X::Whose), key!("command-errors-whose"), &[Char('w')]),
    entry(Menu::Go, C::Annotate(A::NextAnnotation), key!("command-next-annotation"), &[key(NONE, Key::Tab)]),
    entry(Menu::Go, C::Annotate(A::PreviousAnnotation), key!("command-previous-annotation"), &[key(SHIFT, Key::Tab)]),
    entry(Menu::Go, C::Annotate(A::NextInStack), key!("command-next-in-stack"), &[key(ALT, Key::ArrowDown)]),
    entry(Menu::Go, C::Annotate(A::PreviousInStack), key!("command-previous-in-stack"), &[key(ALT, Key::ArrowUp)]),
    entry(
        Menu::Go,
        C::Annotate(A::Difference(Direction::Forward)),
        key!("command-next-difference"),
        &[key(CTRL, Key::G)],
    ),
    entry(
        Menu::Go,
        C::Annotate(A::Difference(Direction::Back)),
        key!("command-previous-difference"),
        &[key(CTRL_SHIFT, Key::G)],
    ),
    entry(Menu::Go, C::Comments(T::List(None)), key!("command-comments"), &[key(CTRL_SHIFT, Key::M)]),
    entry(Menu::Go, C::Project(P::NextArticle), key!("command-next-article"), &[key(CTRL, Key::PageDown)]),
    entry(Menu::Go, C::Project(P::PreviousArticle), key!("command-previous-article"), &[key(CTRL, Key::PageUp)]),
    entry(Menu::Go, C::Window(W::FocusArticles), key!("command-filter-articles"), &[key(CTRL, Key::L)]),
    entry(Menu::Go, on(Step::Word, Dropped), key!("command-next-word"), &[key(NONE, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Word, Dropped), key!("command-previous-word"), &[key(NONE, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Word, Extended), key!("command-select-word-on"), &[key(SHIFT, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Word, Extended), key!("command-select-word-back"), &[key(SHIFT, Key::ArrowLeft)]),
    entry(Menu::Go, on(Step::Grapheme, Dropped), key!("command-next-character"), &[key(ALT, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Grapheme, Dropped), key!("command-previous-character"), &[key(ALT, Key::ArrowLeft)]),
    entry(
        Menu::Go,
        on(Step::Grapheme, Extended),
        key!("command-select-character-on"),
        &[key(ALT_SHIFT, Key::ArrowRight)],
    ),
    entry(
        Menu::Go,
        back(Step::Grapheme, Extended),
        key!("command-select-character-back"),
        &[key(ALT_SHIFT, Key::ArrowLeft)],
    ),
    entry(Menu::Go, on(Step::Line, Dropped), key!("command-line-down"), &[key(NONE, Key::ArrowDown)]),
    entry(Menu::Go, back(Step::Line, Dropped), key!("command-line-up"), &[key(NONE, Key::ArrowUp)]),
    entry(Menu::Go, on(Step::Line, Extended), key!("command-select-line-down"), &[key(SHIFT, Key::ArrowDown)]),
    entry(Menu::Go, back(Step::Line, Extended), key!("command-select-line-up"), &[key(SHIFT, Key::ArrowUp)]),
    entry(Menu::Go, on(Step::Sentence, Dropped), key!("command-next-sentence"), &[key(CTRL, Key::ArrowRight)]),
    entry(Menu::Go, back(Step::Sentence, Dropped), key!("command-previous-sentence"), &[key(CTRL, Key::ArrowLeft)]),
    entry(
        Menu::Go,
        on(Step::Sentence, Extended),
        key!("command-select-sentence-on"),
        &[key(CTRL_SHIFT, Key::ArrowRight)],
    ),
    entry(
        Menu::Go,
        back(Step::Sentence, Extended),
        key!("command-select-sentence-back"),
        &[key(CTRL_SHIFT, Key::ArrowLeft)],
    ),
    entry(Menu::Go, on(Step::Paragraph, Dropped), key!("command-next-paragraph"), &[key(CTRL, Key::ArrowDown)]),
    entry(Menu::Go, back(Step::Paragraph, Dropped), key!("command-previous-paragraph"), &[key(CTRL, Key::ArrowUp)]),
    entry(Menu::Go, on(Step::Page, Dropped), key!("command-page-down"), &[key(NONE, Key::PageDown)]),
    entry(Menu::Go, back(Step::Page, Dropped), key!("command-page-up"), &[key(NONE, Key::PageUp)]),
    entry(Menu::Go, back(Step::Edge, Dropped), key!("command-line-start"), &[key(NONE, Key::Home)]),
    entry(Menu::Go, on(Step::Edge, Dropped), key!("command-line-end"), &[key(NONE, Key::End)]),
    entry(Menu::Go, back(Step::Edge, Extended), key!("command-select-line-start"), &[key(SHIFT, Key::Home)]),
    entry(Menu::Go, on(Step::Edge, Extended), key!("command-select-line-end"), &[key(SHIFT, Key::End)]),
    entry(Menu::Go, back(Step::Text, Dropped), key!("command-text-start"), &[key(CTRL, Key::Home)]),
    entry(Menu::Go, on(Step::Text, Dropped), key!("command-text-end"), &[key(CTRL, Key::End)]),
    entry(Menu::View, C::Window(W::Show(View::Annotate)), key!("command-annotate"), &[key(NONE, Key::F2)]),
    entry(Menu::View, C::Window(W::Show(View::Review)), key!("command-review"), &[key(NONE, Key::F4)]),
    entry(Menu::View, C::Window(W::Show(View::Corpus)), key!("corpus"), &[key(NONE, Key::F11)]),
    entry(Menu::View, C::Window(W::Show(View::Dashboard)), key!("dashboard"), &[key(NONE, Key::F5)]),
    entry(Menu::View, C::Window(W::Show(View::Errors)), key!("errors"), &[key(SHIFT, Key::F4)]),
    entry(Menu::View, C::Window(W::Show(View::Schema)), key!("schema"), &[key(NONE, Key::F12)]),
    entry(Menu::Corpus, C::Corpus(K::Look(Pane::Trips)), key!("corpus-trips"), &[Char('1')]),
    entry(Menu::Corpus, C::Corpus(K::Look(Pane::Timeline)), key!("corpus-timeline"), &[Char('2')]),
    entry(Menu::Corpus, C::Corpus(K::Look(Pane::Claims)), key!("corpus-claims"), &[Char('3')]),
    entry(Menu::Corpus, C::Corpus(K::Claims(Cl::Next)), key!("command-claims-next"), &[key(NONE, Key::Tab)]),
    entry(Menu::Corpus, C::Corpus(K::Claims(Cl::Previous)), key!("command-claims-previous"), &[key(SHIFT, Key::Tab)]),
    entry(Menu::Corpus, C::Corpus(K::Claims(Cl::Judge(Verdict::Same))), key!("command-claims-same"), &[Char('=')]),
    entry(
        Menu::Corpus,
        C::Corpus(K::Claims(Cl::Judge(Verdict::Supports))),
        key!("command-claims-supports"),
        &[Char('+')],
    ),
    entry(
        Menu::Corpus,
        C::Corpus(K::Claims(Cl::Judge(Verdict::Contradicts))),
        key!("command-claims-contradicts"),
        &[Char('-')],
    ),
    entry(
        Menu::Corpus,
        C::Corpus(K::Claims(Cl::Judge(Verdict::OtherTime))),
        key!("command-claims-other-time"),
        &[Char('t')],
    ),
    entry(
        Menu::Corpus,
        C::Corpus(K::Claims(Cl::Judge(Verdict::Unrelated))),
        key!("command-claims-unrelated"),
        &[Char('0')],
    ),
    entry(Menu::Corpus, C::Corpus(K::Claims(Cl::Unjudge)), key!("command-claims-unjudge"), &[key(NONE, Key::Delete)]),
    entry(Menu::Corpus, C::Corpus(K::Claims(Cl::Overview)), key!("claims-all"), &[Char('o')]),
    entry(Menu::Corpus, C::Corpus(K::Claims(Cl::ContradictedOnly)), key!("command-claims-contradicted"), &[Char('c')]),
    entry(Menu::Corpus, C::Corpus(K::Look(Pane::Register)), key!("corpus-register"), &[Char('4')]),
    entry(Menu::Corpus, C::Corpus(K::Look(Pane::Concordance)), key!("corpus-concordance"), &[Char('5')]),
    entry(Menu::Corpus, C::Corpus(K::Look(Pane::Map)), key!("corpus-map"), &[Char('6')]),
    entry(Menu::Corpus, C::Corpus(K::Go(Towards::Up)), key!("command-corpus-up"), &[key(NONE, Key::ArrowUp)]),
    entry(Menu::Corpus, C::Corpus(K::Go(Towards::Down)), key!("command-corpus-down"), &[key(NONE, Key::ArrowDown)]),
    entry(Menu::Corpus, C::Corpus(K::Go(Towards::Left)), key!("command-corpus-left"), &[key(NONE, Key::ArrowLeft)]),
    entry(Menu::Corpus, C::Corpus(K::Go(Towards::Right)), key!("command-corpus-right"), &[key(NONE, Key::ArrowRight)]),
    entry(Menu::Corpus, C::Corpus(K::Go(Towards::PageUp)), key!("command-corpus-page-up"), &[key(NONE, Key::PageUp)]),
    entry(
        Menu::Corpus,
        C::Corpus(K::Go(Towards::PageDown)),
        key!("command-corpus-page-down"),
        &[key(NONE, Key::PageDown)],
    ),
    entry(Menu::Corpus, C::Corpus(K::Go(Towards::First)), key!("command-corpus-first"), &[key(CTRL, Key::Home)]),
    entry(Menu::Corpus, C::Corpus(K::Go(Towards::Last)), key!("command-corpus-last"), &[key(CTRL, Key::End)]),
    entry(Menu::Corpus, C::Corpus(K::Open), key!("command-corpus-open"), &[key(NONE, Key::Enter)]),
    entry(Menu::Corpus, C::Corpus(K::Trips(Tr::Unfold)), key!("command-trips-unfold"), &[Char('v')]),
    entry(Menu::Corpus, C::Corpus(K::Trips(Tr::Counts)), key!("command-trips-counts"), &[Char('#')]),
    entry(Menu::Corpus, C::Corpus(K::Trips(Tr::Mark)), key!("command-trips-mark"), &[Char(' ')]),
    entry(Menu::Corpus, C::Corpus(K::Trips(Tr::Join)), key!("command-trips-join"), &[Char('m')]),
    entry(Menu::Corpus, C::Corpus(K::Trips(Tr::Part)), key!("command-trips-part"), &[Char('s')]),
    entry(Menu::Corpus, C::Corpus(K::Trips(Tr::NotSame)), key!("command-trips-not-same"), &[Char('n')]),
    entry(Menu::Corpus, C::Corpus(K::Trips(Tr::Unsure)), key!("command-trips-unsure"), &[Char('u')]),
    entry(Menu::Corpus, C::Corpus(K::Trips(Tr::ConflictsOnly)), key!("command-trips-conflicts"), &[Char('c')]),
    entry(Menu::Corpus, C::Corpus(K::Trips(Tr::Why)), key!("command-trips-why"), &[Char('w')]),
    entry(Menu::Corpus, C::Corpus(K::Timeline(Tl::Closer)), key!("command-timeline-closer"), &[Char('+'), Char('=')]),
    entry(Menu::Corpus, C::Corpus(K::Timeline(Tl::Further)), key!("command-timeline-further"), &[Char('-')]),
    entry(
        Menu::Corpus,
        C::Corpus(K::Timeline(Tl::Everything)),
        key!("command-timeline-everything"),
        &[key(NONE, Key::Home)],
    ),
    entry(Menu::Corpus, C::Corpus(K::Timeline(Tl::Lanes)), key!("command-timeline-lanes"), &[Char('l')]),
    entry(Menu::Corpus, C::Corpus(K::Register(Rg::Join)), key!("command-register-join"), &[Char('m')]),
    entry(Menu::Corpus, C::Corpus(K::Register(Rg::NotSame)), key!("command-register-not-same"), &[Char('n')]),
    entry(Menu::Corpus, C::Corpus(K::Register(Rg::Unsure)), key!("command-register-unsure"), &[Char('u')]),
    entry(Menu::Corpus, C::Corpus(K::Register(Rg::Mark)), key!("command-register-mark"), &[Char(' ')]),
    entry(Menu::Corpus, C::Corpus(K::Register(Rg::NextQuote)), key!("command-register-next"), &[Char('q')]),
    entry(Menu::Corpus, C::Corpus(K::Register(Rg::TickQuote)), key!("command-register-tick"), &[Char('t')]),
    entry(Menu::Corpus, C::Corpus(K::Register(Rg::Part)), key!("command-register-part"), &[Char('s')]),
    entry(Menu::Corpus, C::Corpus(K::Register(Rg::NextLabel)), key!("command-register-label"), &[Char('k')]),
    entry(Menu::Corpus, C::Corpus(K::Map(Mp::Closer)), key!("command-map-closer"), &[Char('+'), Char('=')]),
    entry(Menu::Corpus, C::Corpus(K::Map(Mp::Farther)), key!("command-map-farther"), &[Char('-')]),
    entry(Menu::Corpus, C::Corpus(K::Map(Mp::Only)), key!("command-map-only"), &[Char('f')]),
    entry(Menu::Corpus, C::Corpus(K::Map(Mp::OnlyNextLeg)), key!("command-map-only-leg"), &[Char('l')]),
    entry(Menu::Corpus, C::Corpus(K::Map(Mp::Fit)), key!("command-map-fit"), &[key(NONE, Key::Home)]),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::Search)), key!("command-concordance-search"), &[Char('/')]),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::Tick)), key!("command-concordance-tick"), &[Char(' ')]),
    entry(
        Menu::Corpus,
        C::Corpus(K::Concordance(Co::Extend(Towards::Up))),
        key!("command-concordance-tick-up"),
        &[key(SHIFT, Key::ArrowUp)],
    ),
    entry(
        Menu::Corpus,
        C::Corpus(K::Concordance(Co::Extend(Towards::Down))),
        key!("command-concordance-tick-down"),
        &[key(SHIFT, Key::ArrowDown)],
    ),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::TickAll)), key!("command-concordance-all"), &[key(CTRL, Key::A)]),
    entry(
        Menu::Corpus,
        C::Corpus(K::Concordance(Co::Unlabel)),
        key!("command-concordance-unlabel"),
        &[key(NONE, Key::Delete)],
    ),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::Discard)), key!("command-concordance-discard"), &[Char('x')]),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::SortNext)), key!("command-concordance-sort"), &[Char('s')]),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::Case)), key!("command-concordance-case"), &[Char('C')]),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::Words)), key!("command-concordance-words"), &[Char('W')]),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::Side)), key!("command-concordance-side"), &[key(NONE, Key::F6)]),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::Mend)), key!("command-concordance-mend"), &[Char('m')]),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::Right)), key!("command-concordance-right"), &[Char('r')]),
    entry(Menu::Corpus, C::Corpus(K::Concordance(Co::ShowPlaces)), key!("command-concordance-show"), &[Char('f')]),
    entry(Menu::Corpus, C::Corpus(K::Copy), key!("command-corpus-copy"), &[key(CTRL, Key::C)]),
    entry(Menu::Corpus, C::Corpus(K::Whose), key!("command-corpus-whose"), &[Char('g')]),
    entry(Menu::Corpus, C::Corpus(K::ClearFilter), key!("command-corpus-clear"), &[key(CTRL, Key::Backspace)]),
    entry(Menu::Go, C::Corpus(K::Back), key!("command-corpus-back"), &[]),
    entry(
        Menu::Schema,
        C::Schema(S::Step(Direction::Forward)),
        key!("command-schema-next"),
        &[key(NONE, Key::ArrowDown)],
    ),
    entry(
        Menu::Schema,
        C::Schema(S::Step(Direction::Back)),
        key!("command-schema-previous"),
        &[key(NONE, Key::ArrowUp)],
    ),
    entry(Menu::Schema, C::Schema(S::NewLabel), key!("command-schema-new"), &[key(CTRL, Key::N)]),
    entry(Menu::Schema, C::Schema(S::Move(Direction::Back)), key!("command-schema-up"), &[key(ALT, Key::ArrowUp)]),
    entry(
        Menu::Schema,
        C::Schema(S::Move(Direction::Forward)),
        key!("command-schema-down"),
        &[key(ALT, Key::ArrowDown)],
    ),
    entry(Menu::Schema, C::Schema(S::Apply), key!("command-schema-apply"), &[key(CTRL, Key::Enter)]),
    entry(Menu::Schema, C::Schema(S::Cancel), key!("command-schema-cancel"), &[key(NONE, Key::Escape)]),
    entry(Menu::View, C::Dashboard(D::Save(FigureFile::Table)), key!("command-figures-csv"), &[]),
    entry(Menu::View, C::Dashboard(D::Save(FigureFile::Picture)), key!("command-figures-picture"), &[]),
    entry(Menu::View, C::Window(W::Palette), key!("command-palette"), &[key(CTRL, Key::K)]),
    entry(Menu::View, C::Project(P::Beside), key!("command-beside"), &[]),
    entry(Menu::View, C::Window(W::ToggleArticles), key!("command-toggle-articles"), &[key(NONE, Key::F6)]),
    entry(Menu::View, C::Window(W::ToggleCard), key!("command-toggle-card"), &[key(NONE, Key::F7)]),
    entry(Menu::View, C::Window(W::MenuBar), key!("command-menu-bar"), &[key(NONE, Key::F10)]),
    entry(Menu::View, C::Window(W::Theme), key!("command-theme"), &[key(NONE, Key::F9)]),
    entry(Menu::View, C::Window(W::HighContrast), key!("command-high-contrast"), &[]),
    entry(Menu::View, C::Window(W::Still), key!("command-still"), &[]),
    entry(
        Menu::View,
        C::Window(W::Larger),
        key!("command-larger"),
        &[key(CTRL, Key::Plus), key(CTRL, Key::Equals), key(CTRL_SHIFT, Key::Plus), key(CTRL_SHIFT, Key::Equals)],
    ),
    entry(Menu::View, C::Window(W::Smaller), key!("command-smaller"), &[key(CTRL, Key::Minus)]),
    entry(Menu::View, C::Window(W::UsualSize), key!("command-usual-size"), &[key(CTRL, Key::Num0)]),
    entry(Menu::View, C::Window(W::LabelNames), key!("command-label-names"), &[key(NONE, Key::F8)]),
    entry(Menu::View, C::Window(W::Spacing(Spacing::Compact)), key!("command-spacing-compact"), &[]),
    entry(Menu::View, C::Window(W::Spacing(Spacing::Usual)), key!("command-spacing-usual"), &[]),
    entry(Menu::View, C::Window(W::Spacing(Spacing::Wide)), key!("command-spacing-wide"), &[]),
    entry(Menu::View, C::Window(W::Language), key!("command-language"), &[]),
    entry(Menu::View, C::Window(W::LabelLanguage), key!("command-label-language"), &[]),
    entry(Menu::View, C::Window(W::Preferences), key!("command-preferences"), &[key(CTRL, Key::Comma)]),
    entry(Menu::Help, C::Project(P::Guidelines), key!("command-guidelines"), &[key(SHIFT, Key::F1)]),
    entry(Menu::Help, C::Window(W::Keys), key!("keys-title"), &[key(NONE, Key::F1), Char('?')]),
    entry(Menu::Help, C::Window(W::Keymap), key!("command-keymap"), &[]),
    entry(Menu::Help, C::Window(W::Welcome), key!("command-welcome"), &[]),
    entry(Menu::Help, C::Window(W::Reports), key!("command-reports"), &[]),
    entry(Menu::Help, C::Window(W::About), key!("command-about"), &[]),
];

/// The table's line for a command.
#[must_use]
pub fn find(command: &Command) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.command == *command)
}

/// The key of a command as it is shown; empty where it has none.
#[must_use]
pub fn key_of(command: &Command) -> String {
    find(command).and_then(|entry| entry.presses().first().copied()).map_or(String::new(), Press::shown)
}

/// A title with the key of its command behind it, where that has one.
#[must_use]
pub fn with_key(title: &str, command: &Command) -> String {
    let key = key_of(command);
    if key.is_empty() { title.to_owned() } else { format!("{title}  {key}") }
}

impl Entry {
    /// The words that people read, in the language of the window.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.name.text()
    }

    /// The keys that give it: the person's own, else those of the table. The first one is shown.
    #[must_use]
    pub fn presses(&self) -> Vec<Press> {
        keymap::own(self.name.name()).unwrap_or_else(|| self.keys.to_vec())
    }

    /// True where its keys count there: a key may mean one thing for marking and another for deciding.
    #[must_use]
    pub fn counts(&self, context: KeyContext) -> bool {
        let general = self.is_general();
        match context {
            KeyContext::Annotate => general,
            KeyContext::Queue => self.counts_beside(Menu::Review),
            KeyContext::Errors => self.counts_beside(Menu::Errors),
            KeyContext::Schema => self.counts_beside(Menu::Schema),
            KeyContext::Corpus(pane) => self.is_of_pane(pane) && self.counts_beside(Menu::Corpus),
            // Nothing is suggested for gold.
            KeyContext::Editing => {
                let ghost = matches!(self.command, C::Annotate(A::Ghost(_)));
                general && !ghost || self.command == C::Review(R::Settle)
            }
            KeyContext::Looking => general && !self.command.marks(),
        }
    }

    /// True where its menu is that of no one view.
    fn is_general(&self) -> bool {
        !matches!(self.menu, Menu::Review | Menu::Errors | Menu::Schema | Menu::Corpus)
    }

    /// True where it means something in a table over all articles.
    #[must_use]
    pub fn is_of_pane(&self, pane: Pane) -> bool {
        match &self.command {
            C::Corpus(command) => command.pane().is_none_or(|of| of == pane),
            _ => true,
        }
    }

    /// True where its keys count while nothing is marked and a menu of its own takes the keys that it wants.
    fn counts_beside(&self, own: Menu) -> bool {
        let general = self.is_general();
        if self.menu == own || !general || self.command.marks() {
            return self.menu == own;
        }
        let keys = self.presses();
        let taken = |other: &Entry| other.menu == own && other.presses().iter().any(|key| keys.contains(key));
        !TABLE.iter().any(taken)
    }
}

impl Command {
    /// True where it is about marking the set that is worked on.
    #[must_use]
    pub fn marks(&self) -> bool {
        match self {
            Self::Annotate(command) => command.marks(),
            Self::Window(_)
            | Self::Project(_)
            | Self::Review(_)
            | Self::Comments(_)
            | Self::Corpus(_)
            | Self::Dashboard(_)
            | Self::Errors(_)
            | Self::Schema(_)
            | Self::Exchange(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schema;

    #[test]
    fn no_key_gives_two_commands() {
        use KeyContext as K;
        let panes = Pane::ALL.map(K::Corpus);
        for context in [K::Annotate, K::Queue, K::Editing, K::Looking, K::Errors, K::Schema].into_iter().chain(panes) {
            let mut seen = Vec::new();
            for entry in TABLE.iter().filter(|entry| entry.counts(context)) {
                for press in entry.keys {
                    assert!(!seen.contains(press), "{} clashes: {context:?}", press.shown());
                    seen.push(*press);
                }
            }
        }
    }

    #[test]
    fn no_label_or_role_of_the_default_schema_takes_a_command_key() {
        let schema: Schema = ron::from_str(include_str!("../../../assets/schemas/trips.ron")).unwrap();
        let taken =
            |c: char| TABLE.iter().any(|entry| entry.counts(KeyContext::Editing) && entry.keys.contains(&Char(c)));
        for label in &schema.labels {
            assert!(!label.key.is_some_and(taken), "{}", label.name);
            for role in &label.roles {
                assert!(!role.key.is_some_and(taken), "{}/{}", label.name, role.name);
            }
        }
    }
}
