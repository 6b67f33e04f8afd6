//! One deviation on the screen: what both sides say, and why gold says so.

use eframe::egui::{self, RichText};

use crate::figures::Deviation;
use crate::model::{Name, Slot};
use crate::review::Why;
use crate::t;
use crate::ui::widgets::theme::Theme;

/// Shows what is said beside each other, the side that is looked at first, and the reason; `names` are those of gold and of the
/// set that deviates from it.
pub fn ui(ui: &mut egui::Ui, deviation: &Deviation, names: [&str; 2], gold_first: bool, theme: &Theme) {
    let sides = if gold_first { [0, 1] } else { [1, 0] };
    egui::Grid::new("deviation").num_columns(2).show(ui, |ui| {
        for side in sides {
            ui.label(RichText::new(names[side]).color(theme.weak));
            let said = &deviation.said[side];
            ui.add(egui::Label::new(if said.is_empty() { t!("feedback-nothing") } else { said }).wrap());
            ui.end_row();
        }
    });
    if let Some(why) = &deviation.why {
        ui.label(RichText::new(because(why)).color(theme.weak));
    }
}

/// A slot as people read it.
pub fn slot(slot: &Slot) -> String {
    match slot {
        Slot::Presence => t!("slot-presence").to_owned(),
        Slot::Extent => t!("words").to_owned(),
        Slot::Label => t!("label").to_owned(),
        Slot::Attribute(name) | Slot::Role(name) => format!("“{name}”"),
        Slot::Identity => t!("slot-identity").to_owned(),
    }
}

/// A decision in a sentence.
pub fn because(why: &Why) -> String {
    let adopted: Vec<&str> = why.adopted.iter().map(Name::as_str).collect();
    let (by, adopted) = (&why.by, adopted.join(", "));
    let said = match (adopted.is_empty(), why.reason.is_empty()) {
        (true, true) => t!("because-by", by = by),
        (true, false) => t!("because-by-why", by = by, reason = why.reason),
        (false, true) => t!("because-as", by = by, adopted = adopted),
        (false, false) => t!("because-as-why", by = by, adopted = adopted, reason = why.reason),
    };
    match why.gap.trim_end_matches('.') {
        "" => said,
        gap => format!("{said} {}", t!("because-gap", gap = gap)),
    }
}
