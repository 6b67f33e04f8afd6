//! Does what commands about the schema say.

use super::asked::{Asked, title};
use super::state::{SchemaDraft, new_name};
use crate::lang::InWords;
use crate::model::{Color, Colors, Kind, LabelDef, Pattern, Titles};
use crate::redefine;
use crate::t;
use crate::ui::commands::{Direction, SchemaCommand};
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::long_work::{LongWork, WorkEnd};

/// The sentence about what was done; empty where it speaks for itself.
type Outcome = Result<String, String>;

/// Does what a command about the schema says, save [`SchemaCommand::Apply`], which is long work.
///
/// # Errors
/// If it cannot be done, in one sentence.
pub fn perform(cx: &mut Cx<'_>, view: &mut SchemaDraft, command: SchemaCommand) -> Outcome {
    use SchemaCommand as S;
    let locked = cx.workspace.session.corpus().project.schema_locked;
    match command {
        S::NewLabel | S::Move(_) | S::Ask(_) if locked => return Err(t!("schema-locked-hint").to_owned()),
        S::Choose(name) => {
            view.chosen = Some(name);
            view.asked = None;
        }
        S::Step(direction) => step(view, direction),
        S::NewLabel => new_label(view),
        S::Move(direction) => shift(view, direction),
        S::Ask(_) if view.is_edited() => return Err(t!("schema-apply-first").to_owned()),
        S::Ask(request) => {
            let asked = view.base().and_then(|base| Asked::of(request, base));
            if asked.is_none() {
                return Ok(t!("schema-nothing-beside").to_owned());
            }
            (view.asked, view.fresh) = (asked, true);
        }
        S::Cancel => view.start_over(),
        S::Lock => {
            if cx.workspace.session.read_only() {
                return Err(t!("add-read-only").to_owned());
            }
            let locked = !locked;
            cx.workspace.session.change_project_soon(move |project| project.schema_locked = locked);
            return Ok(if locked { t!("schema-is-locked") } else { t!("schema-is-unlocked") }.to_owned());
        }
        S::Apply => {}
    }
    Ok(String::new())
}

/// The change that is looked at, as work on the project; none where there is none, or it cannot be made.
pub fn apply(view: &SchemaDraft) -> Option<LongWork> {
    view.found()?.as_ref().ok()?;
    let change = view.change()?;
    let told = title(&change);
    let work = move |link: &crate::store::Link, ticket: &crate::ui::widgets::jobs::Ticket| {
        let going = &mut |done: usize, total: usize| ticket.progress(done as u64, total as u64);
        match redefine::carry_out(link, &change, &mut |_| true, going) {
            Ok(Some((found, _))) => {
                WorkEnd::said(t!("schema-done", change = told, count = found.changed() + found.gone()))
            }
            Ok(None) => WorkEnd::said(t!("schema-stopped")),
            Err(why) => WorkEnd::failed(t!("schema-unchanged"), why.told()),
        }
    };
    Some(LongWork {
        title: t!("schema-changing"),
        counted: t!("unit-articles"),
        read_only: Some(t!("add-read-only")),
        work: Box::new(work),
    })
}

fn at(view: &SchemaDraft) -> Option<usize> {
    let chosen = view.chosen.as_ref()?;
    view.draft.as_ref()?.labels.iter().position(|label| label.name == *chosen)
}

fn step(view: &mut SchemaDraft, direction: Direction) {
    let Some(draft) = &view.draft else { return };
    let next = match (at(view), direction) {
        (None, _) => Some(0),
        (Some(at), Direction::Forward) => Some(at + 1),
        (Some(at), Direction::Back) => at.checked_sub(1),
    };
    if let Some(label) = next.and_then(|next| draft.labels.get(next)) {
        (view.chosen, view.asked) = (Some(label.name.clone()), None);
    }
}

fn shift(view: &mut SchemaDraft, direction: Direction) {
    if view.asked.is_some() {
        return;
    }
    let (Some(at), Some(draft)) = (at(view), &mut view.draft) else { return };
    let to = match direction {
        Direction::Forward => at + 1,
        Direction::Back => at.wrapping_sub(1),
    };
    if to < draft.labels.len() {
        draft.labels.swap(at, to);
    }
}

fn new_label(view: &mut SchemaDraft) {
    view.asked = None;
    let Some(draft) = &mut view.draft else { return };
    let name = new_name(draft.labels.iter().map(|label| &label.name));
    let label = LabelDef {
        name: name.clone(),
        kind: Kind::Entity,
        title: Titles::default(),
        guide: Titles::default(),
        key: None,
        colors: Colors { light: Color([0, 90, 150]), dark: Color([86, 180, 233]) },
        pattern: Pattern::Solid,
        attributes: Vec::new(),
        roles: Vec::new(),
        aliases: Vec::new(),
        docs: std::collections::BTreeMap::new(),
    };
    draft.labels.push(label);
    (view.chosen, view.fresh) = (Some(name), true);
}
