//! Does what commands about errors say. Nothing of the project changes.

use super::state::Errors;
use crate::model::{Name, SetKind};
use crate::t;
use crate::ui::commands::{AnnotateCommand, ErrorFilter, ErrorsCommand};
use crate::ui::widgets::picker::{Item, Picker};
use crate::ui::workspace::cx::{self, Cx};
use crate::ui::workspace::other_annotators::set_kind_title;

/// Something that a command about errors asks.
pub enum ErrorsDialog {
    /// A list to pick from.
    Picker(Box<Picker>),
}

type Done = cx::Done<ErrorsDialog>;
type Outcome = cx::Outcome<ErrorsDialog>;

/// The reason why a command about marking cannot be done here; none where it only moves about or looks.
pub fn refused(command: &AnnotateCommand) -> Option<&'static str> {
    use AnnotateCommand as A;
    match command {
        A::Difference(_) | A::Find | A::FindEverywhere | A::FindNext | A::FindPrevious | A::Caret(..) => None,
        _ => Some(t!("errors-read-only")),
    }
}

/// Does what a command about errors says.
///
/// # Errors
/// Never.
pub fn perform(cx: &mut Cx<'_>, errors: &mut Errors, command: ErrorsCommand) -> Outcome {
    use ErrorsCommand as E;
    let open = cx.workspace.open.as_ref().map(|open| open.id.clone());
    match command {
        E::Step(direction) => errors.look(|walk| walk.step(direction)),
        E::GoTo(at) => errors.look(|walk| walk.go(at)),
        E::Kind(kind) => {
            let kinds: Vec<_> = kind.into_iter().collect();
            errors.filter.kinds = if errors.filter.kinds == kinds { Vec::new() } else { kinds };
            errors.list(open.as_ref());
        }
        E::All => {
            errors.filter = ErrorFilter::default();
            errors.list(open.as_ref());
        }
        E::Whose => return Ok(whose(cx, errors)),
        E::Of(name) => errors.take((None, name), errors.zones, ErrorFilter::default()),
        E::Show([gold, whose], zones, filter) => errors.take((Some(gold), whose), zones, *filter),
        E::Stop => errors.stop(),
    }
    Ok(Done::Nothing)
}

/// Asks whose errors are wanted: everybody's who has sets, but gold's.
fn whose(cx: &Cx<'_>, errors: &Errors) -> Done {
    let gold = errors.gold(cx.workspace);
    let project = &cx.workspace.session.corpus().project;
    let makers = errors.found.as_ref().map_or(&[][..], |found| &found.makers);
    let mut others: Vec<_> = makers.iter().filter(|name| *name != gold).collect();
    // Models first.
    others.sort_by_key(|name| project.kind(name) != SetKind::Model);
    if others.is_empty() {
        return Done::Said(t!("errors-no-model").to_owned());
    }
    let item = |name: &Name| {
        Item::new(name.as_str(), ErrorsCommand::Of(name.clone()).into()).detail(set_kind_title(project.kind(name)))
    };
    let items = others.into_iter().map(item).collect();
    Done::Ask(ErrorsDialog::Picker(Box::new(Picker::new(t!("errors-whose-title"), items).with_digits())))
}
