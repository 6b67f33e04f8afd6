//! The description for a screen reader: the reader with its text line by line, caret and selection, each paragraph with the
//! annotations in it, and the one that is selected said whenever it is another; and what a screen reader asks for.

use eframe::egui::accesskit::{self, Action, ActionData, ActionRequest, Live, Node, TextPosition, TextSelection};
use eframe::egui::{self, Pos2, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::article::Reader;
use super::runs::{Run, ToldLine};
use super::scene::{Event, Scene};
use super::view::{Laid, Shown};
use crate::t;
use crate::text::Span;

/// Annotations of a paragraph that are told at the most.
const MOST: usize = 40;

impl Reader {
    /// Does what a screen reader asked for: a place of the caret, a selection, a line to be seen.
    pub(super) fn listen(&mut self, ui: &Ui, response: &Response, events: &mut Vec<Event>) {
        self.view.listened = ui.ctx().has_accesskit_node(response.id);
        if !self.view.listened {
            self.told.lines.clear();
            return;
        }
        let asked: Vec<ActionRequest> = ui.input(|input| {
            let asked = input.events.iter().filter_map(|event| match event {
                egui::Event::AccessKitActionRequest(request) => Some(request.clone()),
                _ => None,
            });
            asked.collect()
        });
        for request in asked {
            match (request.action, request.data) {
                (Action::SetTextSelection, Some(ActionData::SetTextSelection(wanted)))
                    if request.target_node == response.id.accesskit_id() =>
                {
                    let ends = self.byte_at_letter(wanted.anchor).zip(self.byte_at_letter(wanted.focus));
                    let Some((anchor, caret)) = ends else { continue };
                    (self.anchor, self.caret, self.goal) = (anchor, caret, None);
                    self.pieces.clear();
                    self.mean(true);
                    self.reveal(Span::new(caret, caret));
                    events.push(Event::Placed);
                }
                (Action::ScrollIntoView, _) => {
                    let line = self.told.lines.iter().find(|line| line.node == request.target_node);
                    if let Some(span) = line.map(|line| line.span) {
                        self.reveal(span);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn tell(&mut self, ui: &mut Ui, response: &Response, scene: &Scene<'_>) {
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Document, true, t!("reader-article"));
            let told = self.meaning.unwrap_or_else(|| self.text.sentence_at(self.caret));
            info.current_text_value = Some(self.text.slice(told).to_owned());
            info
        });
        if !self.view.listened {
            return;
        }
        let mut lines = std::mem::take(&mut self.told.lines);
        lines.clear();
        for shown in &self.view.told {
            if let Some(laid) = self.view.laid(shown.block) {
                self.block(ui, response.id, scene, (shown, laid), &mut lines);
            }
        }
        self.told.lines = lines;
        let selection = self.letter(self.caret).map(|focus| {
            // The other end may be far off: then the selection goes on to the end of what is told.
            let anchor = self.letter(self.anchor).unwrap_or_else(|| self.nearest(self.anchor));
            TextSelection { anchor, focus }
        });
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.add_action(Action::SetTextSelection);
            if let Some(selection) = selection {
                node.set_text_selection(selection);
            }
        });
        self.say_selected(ui, scene);
    }

    /// A paragraph, or a part of a long one: what is marked in it, and its lines.
    fn block(
        &self,
        ui: &mut Ui,
        reader: egui::Id,
        scene: &Scene<'_>,
        (shown, laid): (&Shown, &Laid),
        lines: &mut Vec<ToldLine>,
    ) {
        let Some(decorated) = laid.decorated() else { return };
        let span = self.blocks.span(&self.text, shown.block);
        let width = (self.view.rect.right() - shown.origin.x).max(0.0);
        let rect = Rect::from_min_size(shown.origin, vec2(width, decorated.height));
        let id = self.told.root.with(shown.block);
        let builder = UiBuilder::new().id_salt(id).max_rect(rect).accessibility_parent(reader);
        let inner = ui.new_child(builder);
        let inner_id = inner.unique_id();
        if !span.is_empty() {
            let mut spoken = self.spoken(scene, shown.block, span);
            if !decorated.spoken.is_empty() {
                spoken.push(decorated.spoken.clone());
            }
            let ghosts = scene.ghosts.iter().filter(|ghost| ghost.at.iter().any(|at| at.overlaps(span)));
            spoken.extend(ghosts.map(|ghost| ghost.spoken.clone()));
            ui.ctx().accesskit_node_builder(inner_id, |node| {
                node.set_role(Role::Paragraph);
                node.set_value(self.text.slice(span));
                if !spoken.is_empty() {
                    node.set_description(spoken.join("; "));
                }
                bounds(node, rect);
            });
        }
        let runs = laid.runs(&self.text, span);
        let of = |run: &Run| id.with(("line", run.span.start));
        for (index, run) in runs.iter().enumerate() {
            let (left, right) = run.edges;
            let corner: Pos2 = shown.origin + vec2(left, decorated.tops[run.line]);
            let rect = Rect::from_min_max(corner, pos2(shown.origin.x + right, corner.y + decorated.row));
            inner.interact(rect, of(run), Sense::hover());
            let beside = |at: Option<usize>| at.and_then(|at| runs.get(at)).filter(|other| other.line == run.line);
            let (before, after) = (beside(index.checked_sub(1)), beside(Some(index + 1)));
            ui.ctx().accesskit_node_builder(of(run), |node| {
                run.describe(node);
                bounds(node, rect);
                if let Some(before) = before {
                    node.set_previous_on_line(of(before).accesskit_id());
                }
                if let Some(after) = after {
                    node.set_next_on_line(of(after).accesskit_id());
                }
            });
            lines.push(ToldLine { node: of(run).accesskit_id(), block: shown.block, run: index, span: run.span });
        }
    }

    /// The annotations that begin in a block or go on in it, each in words.
    fn spoken(&self, scene: &Scene<'_>, block: usize, span: Span) -> Vec<String> {
        let wide = self.marks.wide().iter().filter(|mark| mark.span.overlaps(span));
        let mut marks: Vec<_> = self.marks.own(block).iter().chain(wide).collect();
        marks.sort_unstable_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end), mark.id));
        marks.dedup_by_key(|mark| mark.id);
        let records = marks.iter().filter_map(|mark| scene.set.get(mark.id));
        let mut spoken: Vec<String> = records
            .clone()
            .filter(|record| record.at.iter().any(|piece| piece.overlaps(span)))
            .take(MOST)
            .map(|record| (scene.heard)(record).join(", "))
            .collect();
        if marks.len() > MOST {
            spoken.push(format!("+{}", marks.len() - MOST));
        }
        spoken
    }

    /// Has the selected annotation said when it is another one than before.
    fn say_selected(&self, ui: &Ui, scene: &Scene<'_>) {
        let records: Vec<_> = scene.selected.iter().filter_map(|&id| scene.set.get(id)).collect();
        let said = match records[..] {
            [] => String::new(),
            [record] => (scene.heard)(record).join(", "),
            _ => t!("say-selected-to", count = records.len()),
        };
        let id = Self::id().with("selected");
        ui.interact(Rect::from_min_size(self.view.rect.min, vec2(0.0, 0.0)), id, Sense::hover());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Label);
            node.set_value(said);
            node.set_live(Live::Polite);
        });
    }

    /// The place of a byte among the lines that are told.
    fn letter(&self, byte: u32) -> Option<TextPosition> {
        let at = self.told.lines.partition_point(|line| line.span.start <= byte).checked_sub(1)?;
        let line = &self.told.lines[at];
        let within = byte < line.span.end || (byte == line.span.end && byte == self.text.len());
        if !within {
            return None;
        }
        let run = self.run(line)?;
        Some(TextPosition { node: line.node, character_index: run.letter_at(byte) })
    }

    /// The first or last place that is told, for a byte before or behind all that is.
    fn nearest(&self, byte: u32) -> TextPosition {
        let lines = &self.told.lines;
        let before = lines.first().is_some_and(|line| byte < line.span.start);
        let line = if before { lines.first() } else { lines.last() };
        let node = line.map_or_else(|| Self::id().accesskit_id(), |line| line.node);
        let end = || line.and_then(|line| self.run(line)).map_or(0, |run| run.letter_at(u32::MAX));
        TextPosition { node, character_index: if before { 0 } else { end() } }
    }

    /// The byte of a place among the lines that were told.
    fn byte_at_letter(&self, position: TextPosition) -> Option<u32> {
        let line = self.told.lines.iter().find(|line| line.node == position.node)?;
        Some(self.run(line)?.byte_of(position.character_index))
    }

    fn run(&self, line: &ToldLine) -> Option<&Run> {
        let span = self.blocks.span(&self.text, line.block);
        self.view.laid(line.block)?.runs(&self.text, span).get(line.run)
    }
}

fn bounds(node: &mut Node, Rect { min, max }: Rect) {
    let (x0, y0, x1, y1) = (min.x.into(), min.y.into(), max.x.into(), max.y.into());
    node.set_bounds(accesskit::Rect { x0, y0, x1, y1 });
}
