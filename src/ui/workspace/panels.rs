//! The panels left and right of what is looked at.

use std::ops::RangeInclusive;

use eframe::egui;

/// The panels that are shown in a frame.
#[derive(Debug, Clone, Copy)]
pub struct Panels {
    /// The list on the left.
    pub list: bool,
    /// True where the list's filter takes the keyboard.
    pub focus_filter: bool,
    /// The details on the right.
    pub details: bool,
}

/// A panel beside what is looked at. Sizes set by hand hold for windows about as wide.
pub struct SidePanel {
    /// Its name among all panels.
    pub name: &'static str,
    /// The share of the window that it takes at first, and the points between which that stays.
    pub usual: (f32, RangeInclusive<f32>),
    /// The points that it has at least, the share of the window that it can take, and the points that it can take in any.
    pub range: (f32, f32, f32),
}

impl SidePanel {
    /// Shows it on the left.
    pub fn left(self, ui: &mut egui::Ui, content: impl FnOnce(&mut egui::Ui)) {
        self.show(ui, egui::Panel::left, content);
    }

    /// Shows it on the right.
    pub fn right(self, ui: &mut egui::Ui, content: impl FnOnce(&mut egui::Ui)) {
        self.show(ui, egui::Panel::right, content);
    }

    fn show(
        self,
        ui: &mut egui::Ui,
        side: fn((&'static str, u32)) -> egui::Panel,
        content: impl FnOnce(&mut egui::Ui),
    ) {
        let Self { name, usual: (share, usual), range: (least, most, any) } = self;
        let width = ui.ctx().content_rect().width();
        let panel = side((name, width as u32 / 200)).default_size((width * share).clamp(*usual.start(), *usual.end()));
        panel.size_range(least..=(width * most).max(any)).show(ui, |ui| {
            // As wide as it is, however little it has to show: a panel shrinks to its content otherwise.
            ui.set_min_width(ui.available_width());
            content(ui);
        });
    }
}
