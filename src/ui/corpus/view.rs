//! The Corpus view: the head over all, the pane in the middle, the words at the right.

use eframe::egui::{self, RichText};

use super::state::CorpusView;
use super::{claims, concordance, evidence_ui, head, map, register, timeline, trips};
use crate::t;
use crate::ui::commands::{self, Command, CorpusCommand, Pane, RowsBy, TripsCommand};
use crate::ui::corpus::signs::{self, StateSign};
use crate::ui::widgets::theme::with_alpha;
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::panels::{Panels, SidePanel};

/// Below this width, points, the words stand under the table.
const NARROW: f32 = 860.0;

/// Shows what stands around the pane.
pub fn panels(ui: &mut egui::Ui, cx: &Cx<'_>, view: &mut CorpusView, panels: Panels, commands: &mut Vec<Command>) {
    egui::Panel::top("corpus-head")
        .show(ui, |ui| head::ui(ui, view, cx.workspace, cx.theme, panels.focus_filter, commands));
    let Some(index) = view.index.clone() else { return };
    if view.pane == Pane::Claims && panels.list && !view.claims.overview {
        SidePanel { name: "claim-pairs", usual: (0.22, 170.0..=300.0), range: (140.0, 0.4, 150.0) }
            .left(ui, |ui| claims::list(ui, &mut view.claims, &index, cx.theme, commands));
    }
    // The board shows the words itself.
    if !panels.details || view.pane == Pane::Claims && !view.claims.overview {
        return;
    }
    let own = view.whose(cx.workspace) == cx.workspace.annotator();
    let words = |ui: &mut egui::Ui| match view.pane {
        Pane::Trips | Pane::Timeline | Pane::Claims | Pane::Register | Pane::Map => {
            evidence_ui::ui(ui, view, cx.workspace, cx.theme, commands);
        }
        Pane::Concordance => {
            let shown = (cx.settings.language.as_str(), own);
            concordance::findings_ui(
                ui,
                &mut view.concordance,
                &cx.workspace.session.corpus().schema,
                cx.theme,
                shown,
                commands,
            );
        }
    };
    if ui.ctx().content_rect().width() < NARROW {
        let height = (ui.available_height() * 0.42).min(240.0);
        egui::Panel::bottom("corpus-words").exact_size(height).show(ui, words);
    } else {
        SidePanel { name: "corpus-words", usual: (0.26, 240.0..=420.0), range: (200.0, 0.5, 220.0) }.right(ui, words);
    }
}

/// Shows the pane.
pub fn page(ui: &mut egui::Ui, cx: &Cx<'_>, view: &mut CorpusView) -> Vec<Command> {
    let mut commands = Vec::new();
    if ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Copy)))
        && !ui.ctx().text_edit_focused()
    {
        commands.push(CorpusCommand::Copy.into());
    }
    let Some(index) = view.index.clone() else {
        ui.centered_and_justified(|ui| ui.label(t!("corpus-reading")));
        return commands;
    };
    if index.digests().is_empty() {
        ui.centered_and_justified(|ui| ui.label(t!("corpus-no-articles")));
        return commands;
    }
    let own = view.whose(cx.workspace) == cx.workspace.annotator() && !cx.workspace.session.read_only();
    let (schema, shown) = (&cx.workspace.session.corpus().schema, (cx.settings.language.as_str(), own));
    let low = view.pane == Pane::Timeline && ui.available_height() < timeline::LOW;
    if matches!(view.pane, Pane::Trips | Pane::Timeline) && !low {
        egui::Panel::bottom("corpus-legend")
            .frame(egui::Frame::new().fill(cx.theme.panel).inner_margin(egui::Margin::symmetric(12, 4)))
            .show(ui, |ui| legend(ui, view, cx, &mut commands));
    }
    let empty = match view.pane {
        Pane::Trips => view.trips.is_empty().then(|| t!("trips-none")),
        Pane::Timeline => view.timeline.is_empty().then(|| t!("trips-none")),
        Pane::Claims => view.claims.is_empty().then(|| t!("claims-none")),
        Pane::Register => view.register.is_empty().then(|| t!("register-none")),
        Pane::Concordance => None,
        Pane::Map => view.map.is_empty().then(|| t!("map-none")),
    };
    if let Some(why) = empty {
        ui.add_space(40.0);
        ui.vertical_centered(|ui| ui.label(if view.line.is_empty() { why } else { t!("corpus-none-fits") }));
        return commands;
    }
    match view.pane {
        Pane::Trips => trips::ui(ui, &mut view.trips, cx.theme, own, &mut commands),
        Pane::Timeline => {
            let label = trips::trip_scheme(&index).map(|scheme| scheme.label);
            timeline::ui(ui, &mut view.timeline, cx.theme, cx.theme.label(label), &mut commands);
        }
        Pane::Claims if view.claims.overview => {
            claims::overview(ui, &mut view.claims, &index, cx.theme, &mut commands);
        }
        Pane::Claims => claims::board(ui, &view.claims, (&view.texts, cx.workspace), cx.theme, &mut commands),
        Pane::Register => register::ui(ui, &mut view.register, schema, cx.theme, shown, &mut commands),
        Pane::Concordance => concordance::ui(ui, &mut view.concordance, schema, cx.theme, shown, &mut commands),
        Pane::Map => map::ui(ui, &mut view.map, cx.theme, shown, &mut commands),
    }
    commands
}

/// The meaning of the signs, and the buttons of the table of trips.
fn legend(ui: &mut egui::Ui, view: &CorpusView, cx: &Cx<'_>, commands: &mut Vec<Command>) {
    let (theme, work) = (cx.theme, &cx.workspace);
    ui.horizontal_wrapped(|ui| {
        let signs = [
            (StateSign::Outline, t!("sign-planned")),
            (StateSign::Half, t!("sign-ongoing")),
            (StateSign::Full, t!("sign-completed")),
            (StateSign::Struck, t!("sign-cancelled")),
        ];
        for (sign, title) in signs {
            let (place, _) = ui.allocate_exact_size(egui::vec2(15.0, 14.0), egui::Sense::hover());
            signs::state(ui.painter(), place.center(), sign, theme.text);
            ui.label(RichText::new(title).size(11.0).color(theme.weak));
            ui.add_space(4.0);
        }
        if view.pane == Pane::Timeline {
            return;
        }
        let (place, _) = ui.allocate_exact_size(egui::vec2(18.0, 14.0), egui::Sense::hover());
        signs::hatch(ui.painter(), place, with_alpha(theme.weak, 110));
        ui.label(RichText::new(t!("sign-unjoined")).size(11.0).color(theme.weak));
        ui.add_space(8.0);
        let only: Command = CorpusCommand::Trips(TripsCommand::ConflictsOnly).into();
        let title = commands::with_key(t!("command-trips-conflicts"), &only);
        if ui.selectable_label(view.trips.wanted().conflicts_only, title).clicked() {
            commands.push(only);
        }
        if view.trips.wanted().rows == RowsBy::Trip && view.locked(work).is_none() {
            for (command, title) in [
                (TripsCommand::Mark, t!("command-trips-mark")),
                (TripsCommand::Join, t!("command-trips-join")),
                (TripsCommand::Part, t!("command-trips-part")),
            ] {
                let command: Command = CorpusCommand::Trips(command).into();
                if ui.button(commands::with_key(title, &command)).clicked() {
                    commands.push(command);
                }
            }
        }
        let copy: Command = CorpusCommand::Copy.into();
        if ui.button(commands::with_key(t!("command-copy"), &copy)).clicked() {
            commands.push(copy);
        }
    });
}

/// The hint about the keys that work now.
pub fn hint(view: &CorpusView) -> String {
    match view.pane {
        Pane::Trips => t!("hint-corpus-trips").into(),
        Pane::Timeline => t!("hint-corpus-timeline").into(),
        Pane::Claims if view.claims.overview => t!("hint-corpus-all-claims").into(),
        Pane::Claims => t!("hint-corpus-claims").into(),
        Pane::Register => t!("hint-corpus-register").into(),
        Pane::Concordance => t!("hint-corpus-concordance").into(),
        Pane::Map => t!("hint-corpus-map").into(),
    }
}
