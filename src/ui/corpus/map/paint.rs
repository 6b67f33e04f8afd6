//! The painter of the map: land as lines, arcs for legs, discs for places, and the list of names that are not found.

use eframe::egui::{self, Align2, Painter, Pos2, Rect, RichText, Sense, Shape, Stroke, pos2, vec2};

use super::places::Leg;
use super::state::Map;
use crate::gazetteer::{Place, PlaceKind, coast, gazetteer};
use crate::t;
use crate::ui::commands::{Command, CorpusCommand, MapCommand};
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::{Theme, with_alpha};

/// Candidates of a name that are shown at the most.
const CANDIDATES: usize = 8;

fn asked(command: MapCommand) -> Command {
    CorpusCommand::Map(command).into()
}

/// The way from degrees to points.
#[derive(Clone, Copy)]
struct View {
    rect: Rect,
    middle: (f32, f32),
    /// Points for a degree of longitude, and of latitude: in the middle both are as long as they are on the globe.
    scale: (f32, f32),
}

impl View {
    fn of(rect: Rect, (x, y, width): (f32, f32, f32)) -> Self {
        let scale = rect.width() / width;
        Self { rect, middle: (x, y), scale: (scale, scale / aspect(y)) }
    }

    fn at(&self, longitude: f32, latitude: f32) -> Pos2 {
        let center = self.rect.center();
        pos2(
            center.x + (longitude - self.middle.0) * self.scale.0,
            center.y - (latitude - self.middle.1) * self.scale.1,
        )
    }

    fn degrees(&self, pos: Pos2) -> (f32, f32) {
        let by = pos - self.rect.center();
        (self.middle.0 + by.x / self.scale.0, self.middle.1 - by.y / self.scale.1)
    }
}

/// The share of a degree of latitude that one of longitude is there; of a map that nobody stretches too far.
fn aspect(latitude: f32) -> f32 {
    latitude.to_radians().cos().clamp(0.45, 1.0)
}

/// Shows it; gives what was asked for.
pub fn ui(
    ui: &mut egui::Ui,
    map: &mut Map,
    theme: &Theme,
    (language, may_change): (&str, bool),
    commands: &mut Vec<Command>,
) {
    let wide = ui.available_width() > 560.0;
    if !map.shown.open.is_empty() {
        let list = |ui: &mut egui::Ui| open_names(ui, map, theme, (language, may_change), commands);
        match wide {
            true => drop(egui::Panel::right("map-open").exact_size(220.0).show(ui, list)),
            false => drop(egui::Panel::bottom("map-open").exact_size(120.0).show(ui, list)),
        }
    }
    let rect = ui.available_rect_before_wrap();
    let response = ui.interact(rect, ui.scope_id().with("map"), Sense::click_and_drag());
    let (found, open) = map.counts();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Image, true, t!("map-counts", found = found, open = open))
    });
    let all = map.everything(rect.width() / rect.height().max(1.0));
    let view = View::of(rect, map.part.unwrap_or(all));
    if response.dragged() {
        let by = response.drag_delta();
        commands.push(asked(MapCommand::Pan(-by.x / view.scale.0, by.y / view.scale.1, all)));
    }
    if let Some(pos) = response.hover_pos() {
        let wheel = ui.input(|input| input.smooth_scroll_delta().y);
        if wheel != 0.0 {
            commands.push(asked(MapCommand::Zoom((wheel / 200.0).exp(), view.degrees(pos), all)));
        }
    }
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    land(&painter, &view, theme);
    let clicked = response.clicked().then(|| response.interact_pointer_pos()).flatten();
    let pointer = clicked.or(response.hover_pos());
    let mut leg_hit = None;
    for (at, leg) in map.shown.legs.iter().enumerate() {
        let points = way(&view, map, leg);
        if pointer.is_some_and(|pos| is_on(&points, pos)) {
            leg_hit = Some(at);
        }
        arc(&painter, map, leg, &points, theme);
    }
    let hit = spots(ui, &painter, &view, map, theme, language, pointer);
    if hit.is_some() || leg_hit.is_some() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    if let Some(at) = hit.filter(|_| clicked.is_some()) {
        commands.push(asked(MapCommand::At(at)));
        commands.push(asked(MapCommand::OnlyHere(all)));
        if response.double_clicked() {
            commands.push(CorpusCommand::Open.into());
        }
    } else if let Some(at) = leg_hit.filter(|_| clicked.is_some()) {
        commands.push(asked(MapCommand::OnlyLeg(at, all)));
    } else if clicked.is_some() {
        commands.push(asked(MapCommand::Everywhere));
    }
    let hint = format!("{} {}", t!("map-counts", found = found, open = open), t!("map-source"));
    let galley = painter.layout_no_wrap(hint, egui::TextStyle::Small.resolve(ui.style()), theme.weak);
    let place = Align2::LEFT_BOTTOM.anchor_size(rect.left_bottom() + vec2(10.0, -10.0), galley.size());
    painter.rect_filled(place.expand(2.0), 2.0, with_alpha(theme.ground, 210));
    painter.galley(place.min, galley, theme.weak);
}

fn land(painter: &Painter, view: &View, theme: &Theme) {
    painter.rect_filled(view.rect, 0.0, theme.ground);
    let stroke = Stroke::new(1.0, with_alpha(theme.weak, 150));
    for ring in coast() {
        // Where land goes over the edge of the map its line ends, and goes on at the other edge.
        for part in ring.chunk_by(|one, next| (one.0 - next.0).abs() < 180.0) {
            let points: Vec<Pos2> = part.iter().map(|(east, north)| view.at(*east, *north)).collect();
            if Rect::from_points(&points).intersects(view.rect) {
                painter.add(Shape::line(points, stroke));
            }
        }
    }
}

/// The points of a leg: an arc that bends to the left of the way, so that there and back are two arcs.
fn way(view: &View, map: &Map, leg: &Leg) -> Vec<Pos2> {
    let at = |spot: usize| {
        let place = map.shown.spots[spot].place;
        view.at(place.longitude, place.latitude)
    };
    let (from, to) = (at(leg.from), at(leg.to));
    let way = to - from;
    let bend = from + way * 0.5 + vec2(way.y, -way.x) * 0.16;
    let point = |step| {
        let share = step as f32 / 24.0;
        let (one, other) = (from + (bend - from) * share, bend + (to - bend) * share);
        one + (other - one) * share
    };
    (0..=24).map(point).collect()
}

/// True where the pointer is on the line, or as near to it as one can aim.
fn is_on(points: &[Pos2], pos: Pos2) -> bool {
    let near = |pair: &[Pos2]| {
        let along = pair[1] - pair[0];
        let share = ((pos - pair[0]).dot(along) / along.length_sq().max(f32::EPSILON)).clamp(0.0, 1.0);
        (pair[0] + along * share).distance(pos) <= 5.0
    };
    points.windows(2).any(near)
}

fn arc(painter: &Painter, map: &Map, leg: &Leg, points: &[Pos2], theme: &Theme) {
    let looked_at = map.at() == leg.from || map.at() == leg.to;
    let ink = if leg.cancelled { theme.weak } else { theme.accent };
    let stroke =
        Stroke::new((1.0 + leg.articles as f32 * 0.5).min(5.0), with_alpha(ink, if looked_at { 255 } else { 150 }));
    if leg.planned || leg.cancelled {
        let (dash, gap) = if leg.cancelled { (2.0, 6.0) } else { (7.0, 5.0) };
        painter.extend(Shape::dashed_line(points, stroke, dash, gap));
    } else {
        painter.add(Shape::line(points.to_vec(), stroke));
    }
    // An arrow before the end, outside the disc.
    if let [.., before, end] = *points
        && (end - before).length() > 0.5
    {
        let along = (end - before).normalized();
        let tip = end - along * 8.0;
        let wing = |side: f32| tip - along * 7.0 + vec2(-along.y, along.x) * 3.5 * side;
        painter.add(Shape::line(vec![wing(1.0), tip, wing(-1.0)], Stroke::new(1.5, stroke.color)));
    }
}

/// Paints the places; gives the one under the pointer.
fn spots(
    ui: &egui::Ui,
    painter: &Painter,
    view: &View,
    map: &Map,
    theme: &Theme,
    language: &str,
    pointer: Option<Pos2>,
) -> Option<usize> {
    let font = egui::TextStyle::Small.resolve(ui.style());
    let (mut under, mut taken) = (None, Vec::<Rect>::new());
    let mut order: Vec<usize> = (0..map.shown.spots.len()).collect();
    order.sort_by_key(|at| (map.at() != *at, std::cmp::Reverse(map.shown.spots[*at].articles)));
    for at in order {
        let spot = &map.shown.spots[at];
        let center = view.at(spot.place.longitude, spot.place.latitude);
        let radius = (3.0 + (spot.articles as f32).sqrt() * 1.5).min(12.0);
        let looked_at = map.at() == at;
        if pointer.is_some_and(|pos| pos.distance(center) <= radius.max(8.0)) {
            under = under.or(Some(at));
        }
        match spot.place.kind {
            // A territory is a ring: where in it one went is not said.
            PlaceKind::Territory | PlaceKind::Continent => {
                painter.circle_filled(center, radius, theme.ground);
                painter.circle_stroke(center, radius, Stroke::new(2.0, theme.accent));
            }
            PlaceKind::City => {
                painter.circle_filled(center, radius, theme.accent);
            }
        }
        if looked_at {
            painter.circle_stroke(center, radius + 3.0, Stroke::new(2.0, theme.outline));
        }
        let galley = painter.layout_no_wrap(title(spot.place, &spot.name, language), font.clone(), theme.text);
        let place = Rect::from_min_size(center + vec2(radius + 5.0, -galley.size().y / 2.0), galley.size());
        if looked_at || !taken.iter().any(|other| other.intersects(place)) {
            painter.rect_filled(place.expand(1.0), 2.0, with_alpha(theme.ground, 210));
            painter.galley(place.min, galley, theme.text);
            taken.push(place);
        }
    }
    under
}

fn title(place: &Place, name: &str, language: &str) -> String {
    let known = if language == "id" { place.indonesian } else { place.name };
    if known == name { name.to_owned() } else { format!("{name} ({known})") }
}

/// The names that are of no place yet; the one that is looked at with the places that it may mean.
fn open_names(
    ui: &mut egui::Ui,
    map: &mut Map,
    theme: &Theme,
    (language, may_change): (&str, bool),
    commands: &mut Vec<Command>,
) {
    ui.add_space(4.0);
    ui.label(RichText::new(t!("map-open")).size(15.0));
    ui.label(RichText::new(t!("map-open-hint")).small().color(theme.weak));
    let mut query = std::mem::take(&mut map.query);
    egui::ScrollArea::vertical().id_salt("map open").auto_shrink([false, false]).show(ui, |ui| {
        let first = map.shown.spots.len();
        for (at, open) in map.shown.open.iter().enumerate() {
            let looked_at = map.open() == Some(at);
            let detail = match open.candidates.len() {
                0 => t!("map-unknown").to_owned(),
                count => t!("map-several", count = count),
            };
            let row = list_row::two_lines(ui, 10.0, looked_at, (&open.name, &detail), theme);
            if row.clicked() {
                commands.push(asked(MapCommand::At(first + at)));
            }
            if !looked_at || !may_change {
                continue;
            }
            let label = ui.label(RichText::new(t!("map-ask-title")).small().color(theme.weak));
            ui.text_edit_singleline(&mut query).labelled_by(label.id);
            let asked_for = query.trim();
            let by_id = asked_for.parse().ok().and_then(|id| gazetteer().by_id(id));
            let named = gazetteer().named(asked_for).into_iter().map(|it| it.place);
            let written: Vec<&Place> = by_id.into_iter().chain(named).collect();
            if written.is_empty() && !asked_for.is_empty() {
                ui.label(RichText::new(t!("map-ask-unknown", name = asked_for)).small().color(theme.bad));
            }
            let offered = if asked_for.is_empty() { &open.candidates } else { &written };
            for place in offered.iter().take(CANDIDATES) {
                let name = if language == "id" { place.indonesian } else { place.name };
                let title =
                    t!("map-candidate", name = name, country = place.country, people = place.population.to_string());
                if ui.button(title).clicked() {
                    commands.push(asked(MapCommand::Resolve(place.id)));
                }
            }
        }
    });
    map.query = query;
}
