//! The description for a screen reader: the reader with its name and what is selected, and each visible paragraph with
//! its text and the labels in it.

use eframe::egui::{self, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::article::Reader;

use crate::t;

impl Reader {
    pub(super) fn tell(&self, ui: &mut Ui, response: &Response) {
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Document, true, t!("reader-article"));
            let told = self.meaning.unwrap_or_else(|| self.text.sentence_at(self.caret));
            info.current_text_value = Some(self.text.slice(told).to_owned());
            info
        });
        if !ui.ctx().has_accesskit_node(response.id) {
            return;
        }
        let builder = UiBuilder::new().id_salt("paragraphs").max_rect(self.view.rect).accessibility_parent(response.id);
        let inner = ui.new_child(builder);
        for shown in &self.view.shown {
            let span = self.blocks.span(&self.text, shown.block);
            let Some(decorated) = self.view.laid(shown.block).and_then(super::view::Laid::decorated) else { continue };
            if span.is_empty() {
                continue;
            }
            let id = response.id.with(shown.block);
            let width = (self.view.rect.right() - shown.origin.x).max(0.0);
            let rect = Rect::from_min_size(shown.origin, vec2(width, decorated.height));
            inner.interact(rect.intersect(self.view.rect), id, Sense::hover());
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(egui::accesskit::Role::Paragraph);
                node.set_value(self.text.slice(span));
                if !decorated.spoken.is_empty() {
                    node.set_description(decorated.spoken.as_str());
                }
                let [min, max] = [rect.min, rect.max];
                let (x0, y0, x1, y1) = (min.x.into(), min.y.into(), max.x.into(), max.y.into());
                node.set_bounds(egui::accesskit::Rect { x0, y0, x1, y1 });
            });
        }
    }
}
