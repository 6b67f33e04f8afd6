//! Does what commands about the figures say.

use super::export::suggested;
use super::state::Dashboard;
use crate::figures::ZoneText;
use crate::t;
use crate::ui::commands::{DashboardCommand, Section};
use crate::ui::widgets::path_dialog::{PathDialog, Purpose};
use crate::ui::workspace::cx::{self, Cx};

/// Something that a command about the figures asks.
pub enum DashboardDialog {
    /// A file to write.
    Path(Box<PathDialog>),
}

type Done = cx::Done<DashboardDialog>;
type Outcome = cx::Outcome<DashboardDialog>;

/// Does what a command about the figures says.
///
/// # Errors
/// Never.
pub fn perform(cx: &mut Cx<'_>, dashboard: &mut Dashboard, command: DashboardCommand) -> Outcome {
    use DashboardCommand as D;
    match command {
        D::Measure => dashboard.again(),
        D::Stop => dashboard.stop(),
        D::Compare(comparison) => dashboard.compare(comparison),
        D::Pair(pair) => dashboard.pair = pair,
        D::ToggleGamma => {
            dashboard.gamma = !dashboard.gamma;
            dashboard.again();
        }
        D::ToggleChance => {
            dashboard.chance = !dashboard.chance;
            dashboard.again();
        }
        D::ToggleZones => {
            dashboard.zones = match dashboard.zones {
                ZoneText::Counts => ZoneText::LeftOut,
                ZoneText::LeftOut => ZoneText::Counts,
            };
            dashboard.again();
        }
        D::ToggleAll => dashboard.all = !dashboard.all,
        D::Look(section) => dashboard.section = section,
        D::Explain(figure) => dashboard.chosen = Some(figure),
        D::ExplainBeside(direction) => dashboard.explain_beside(direction),
        D::Family(family) => dashboard.family = family,
        D::Sort(by) => dashboard.sort = dashboard.sort.clicked(by),
        D::Save(_) if dashboard.measured().is_none() && dashboard.section != Section::Suggestions => {
            return Done::said(t!("say-dashboard-first"));
        }
        D::Save(file) => {
            let suggested = suggested(cx.workspace.session.root(), dashboard.section, file);
            let dialog = PathDialog::new(Purpose::Figures(file), &[]).with_path(suggested);
            return Ok(Done::Ask(DashboardDialog::Path(Box::new(dialog))));
        }
        D::Write(file, path) => dashboard.save(cx.jobs, path, file),
    }
    Ok(Done::Nothing)
}
