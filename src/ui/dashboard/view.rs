//! The Dashboard view: sections on the left, the explanation of a figure on the right, and the figures between them.

use eframe::egui::{self, Key, Modifiers};

use super::state::Dashboard;
use super::{behind, sections, side};
use crate::ui::commands::{Command, DashboardCommand, Direction, Section};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::article_view::Over;
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::panels::{Panels, SidePanel};

/// Shows what stands left and right of the figures.
pub fn panels(ui: &mut egui::Ui, cx: &Cx<'_>, dashboard: &Dashboard, panels: Panels, commands: &mut Vec<Command>) {
    if panels.list {
        SidePanel { name: "sections", usual: (0.2, 150.0..=240.0), range: (130.0, 0.4, 140.0) }
            .left(ui, |ui| side::sections(ui, dashboard, cx.workspace, cx.theme, commands));
    }
    if panels.details {
        SidePanel { name: "explained", usual: (0.26, 200.0..=340.0), range: (180.0, 0.42, 200.0) }
            .right(ui, |ui| side::explained(ui, dashboard, cx.theme, commands));
    }
}

/// Shows the section that is looked at.
pub fn page(ui: &mut egui::Ui, dashboard: &mut Dashboard, theme: &Theme, over: &Over) -> Vec<Command> {
    let mut commands = Vec::new();
    if matches!(over, Over::Nothing) {
        keys(ui.ctx(), dashboard, &mut commands);
    }
    dashboard.area = Some(sections::ui(ui, dashboard, theme, &mut commands));
    commands
}

/// Reads the keys that have a meaning here, where nothing else has the keyboard.
fn keys(ctx: &egui::Context, dashboard: &Dashboard, commands: &mut Vec<Command>) {
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    if ctx.memory(|memory| memory.focused().is_some()) {
        return;
    }
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if let Some(section) = DIGITS.into_iter().position(pressed) {
        commands.push(DashboardCommand::Look(Section::ALL[section]).into());
    }
    let (down, up, enter) = (pressed(Key::ArrowDown), pressed(Key::ArrowUp), pressed(Key::Enter));
    let chosen = dashboard.listed().into_iter().find(|figure| Some(&figure.name) == dashboard.chosen.as_ref());
    if let (true, Some(figure), Some((report, _))) = (enter, chosen, dashboard.measured()) {
        commands.push(behind::figure(report, dashboard.pair, figure));
    }
    for (pressed, direction) in [(down, Direction::Forward), (up, Direction::Back)] {
        if pressed {
            commands.push(DashboardCommand::ExplainBeside(direction).into());
        }
    }
}
