//! Says of every list that drops down whether it is open, for those who hear the window: egui says it of none.

use eframe::egui::accesskit::{NodeId, Role};
use eframe::egui::{Context, FullOutput, Plugin};

/// Writes it into what goes to a screen reader.
pub struct Expanded;

impl Plugin for Expanded {
    fn debug_name(&self) -> &'static str {
        "expanded lists"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        let Some(update) = &mut output.platform_output.accesskit_update else { return };
        // An open list is within what opened it.
        let lists: Vec<NodeId> =
            update.nodes.iter().filter(|(_, node)| node.role() == Role::ListBox).map(|(id, _)| *id).collect();
        for (_, node) in update.nodes.iter_mut().filter(|(_, node)| node.role() == Role::ComboBox) {
            let open = node.children().iter().any(|child| lists.contains(child));
            node.set_expanded(open);
        }
    }
}
