//! Every colour of the window, for light and dark and with high contrast for each, and how a label's colours are made legible.
#![allow(clippy::disallowed_methods)] // This is the one place where colours are made.

use eframe::egui::{
    Color32, Context, CornerRadius, FontId, Stroke, Style, TextStyle, Visuals, style::ScrollAnimation,
    style::Selection, style::WidgetVisuals,
};

use crate::model::{Color, Kind, LabelDef};

/// The looks of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// True where the ground is dark.
    pub dark: bool,
    /// True where everything stands out from its ground as far as it can.
    pub high_contrast: bool,
}

/// The colours of one of the looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// The look that they are of.
    pub look: Look,
    /// The ground of the article.
    pub ground: Color32,
    /// The ground of panels.
    pub panel: Color32,
    /// The ground of things that stand out from a panel: cards, chips, the status line.
    pub raised: Color32,
    /// Running text.
    pub text: Color32,
    /// Text of less weight: hints, counts, paragraph numbers. Still legible (4.5 : 1).
    pub weak: Color32,
    /// Lines between panels and rows: never the only sign of something that can be pressed.
    pub line: Color32,
    /// Edges of fields, buttons and boxes to tick (3 : 1).
    pub edge: Color32,
    /// The accent of things that can be pressed, and of the keyboard's focus.
    pub accent: Color32,
    /// Text on `accent`.
    pub on_accent: Color32,
    /// Behind selected text.
    pub selection: Color32,
    /// Behind what a search found.
    pub hit: Color32,
    /// Behind the hit that is looked at.
    pub current_hit: Color32,
    /// The caret.
    pub caret: Color32,
    /// Around the selected annotation.
    pub outline: Color32,
    /// Something is well: saved, complete.
    pub good: Color32,
    /// Something wants a look.
    pub warn: Color32,
    /// Something is wrong.
    pub bad: Color32,
    /// Those whose readings stand beside each other, in their order; after the last one the first comes again.
    pub people: [Color32; 6],
    /// The adjudicated set.
    pub gold: Color32,
}

/// Letters of second lines, counts and keys, points: none in the window are smaller.
const SMALL: f32 = 11.0;
/// Letters of the heading of a panel or question, points.
const HEADING: f32 = 15.0;

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Theme {
    /// Dark on light.
    pub const LIGHT: Self = Self {
        look: Look { dark: false, high_contrast: false },
        ground: rgb(0xfdfcf9),
        panel: rgb(0xf3f1ec),
        raised: rgb(0xffffff),
        text: rgb(0x1d1c1a),
        weak: rgb(0x5a564f),
        line: rgb(0xd8d4cc),
        edge: rgb(0x827d76),
        accent: rgb(0x1f5fa8),
        on_accent: rgb(0xffffff),
        selection: rgb(0xd3e4fa),
        hit: rgb(0xffe98a),
        current_hit: rgb(0xffc94d),
        caret: rgb(0x0b57b8),
        outline: rgb(0x14110b),
        good: rgb(0x1e6e37),
        warn: rgb(0x7a4b00),
        bad: rgb(0xa8231b),
        people: [rgb(0x1f5fa8), rgb(0xa33a1d), rgb(0x2a7043), rgb(0x7a3c9c), rgb(0x7a4f00), rgb(0x00626f)],
        gold: rgb(0x5e5200),
    };

    /// Light on dark.
    pub const DARK: Self = Self {
        look: Look { dark: true, high_contrast: false },
        ground: rgb(0x191a1c),
        panel: rgb(0x212327),
        raised: rgb(0x2b2e33),
        text: rgb(0xe6e3dd),
        weak: rgb(0xb8b4ad),
        line: rgb(0x3b3f45),
        edge: rgb(0x838890),
        accent: rgb(0x7db4f5),
        on_accent: rgb(0x0d1a29),
        selection: rgb(0x233f60),
        hit: rgb(0x463b0c),
        current_hit: rgb(0x574509),
        caret: rgb(0x8cc4ff),
        outline: rgb(0xfaf7f0),
        good: rgb(0x71c788),
        warn: rgb(0xe5b45a),
        bad: rgb(0xf5968d),
        people: [rgb(0x7db4f5), rgb(0xf59b7d), rgb(0x7ecb96), rgb(0xcf9df0), rgb(0xe3b866), rgb(0x6fcbd9)],
        gold: rgb(0xe6d46a),
    };

    /// Black on white.
    pub const HIGH_LIGHT: Self = Self {
        look: Look { dark: false, high_contrast: true },
        ground: rgb(0xffffff),
        panel: rgb(0xffffff),
        raised: rgb(0xffffff),
        text: rgb(0x000000),
        weak: rgb(0x2b2b2b),
        line: rgb(0x6b6b6b),
        edge: rgb(0x000000),
        accent: rgb(0x00397f),
        on_accent: rgb(0xffffff),
        selection: rgb(0xcfe3ff),
        hit: rgb(0xffef5c),
        current_hit: rgb(0xffc233),
        caret: rgb(0x00397f),
        outline: rgb(0x000000),
        good: rgb(0x0b4a1e),
        warn: rgb(0x553300),
        bad: rgb(0x80110b),
        people: [rgb(0x00397f), rgb(0x7a2408), rgb(0x0e4a22), rgb(0x5b1f7d), rgb(0x553700), rgb(0x00474f)],
        gold: rgb(0x453c00),
    };

    /// White on black.
    pub const HIGH_DARK: Self = Self {
        look: Look { dark: true, high_contrast: true },
        ground: rgb(0x000000),
        panel: rgb(0x000000),
        raised: rgb(0x141414),
        text: rgb(0xffffff),
        weak: rgb(0xe2e2e2),
        line: rgb(0x8f8f8f),
        edge: rgb(0xffffff),
        accent: rgb(0xa3d4ff),
        on_accent: rgb(0x000000),
        selection: rgb(0x0a3566),
        hit: rgb(0x3d3300),
        current_hit: rgb(0x4d3d00),
        caret: rgb(0xa3d4ff),
        outline: rgb(0xffffff),
        good: rgb(0x8cf0a6),
        warn: rgb(0xffd980),
        bad: rgb(0xffbfb8),
        people: [rgb(0xa3d4ff), rgb(0xffc0a8), rgb(0x9ff0b8), rgb(0xe6c7ff), rgb(0xffdb94), rgb(0x94ebf7)],
        gold: rgb(0xf7e88c),
    };

    /// The one for a dark or a light ground.
    #[must_use]
    pub fn of(dark: bool) -> &'static Self {
        Self::of_look(Look { dark, high_contrast: false })
    }

    /// The one of a look.
    #[must_use]
    pub fn of_look(look: Look) -> &'static Self {
        match (look.dark, look.high_contrast) {
            (false, false) => &Self::LIGHT,
            (true, false) => &Self::DARK,
            (false, true) => &Self::HIGH_LIGHT,
            (true, true) => &Self::HIGH_DARK,
        }
    }

    /// The grounds that text of any colour stands on.
    #[must_use]
    pub fn grounds(&self) -> [Color32; 5] {
        [self.ground, self.panel, self.raised, self.zebra(), self.selection]
    }

    /// The ground of every second row of a table.
    fn zebra(&self) -> Color32 {
        mix(self.panel, self.raised, 0.5)
    }

    /// The contrast that text has at least on each ground: that of WCAG 2.1, AA or with high contrast AAA.
    #[must_use]
    pub fn least(&self) -> f32 {
        if self.look.high_contrast { 7.0 } else { 4.5 }
    }

    /// The colour of a label's bar, and of its name: the schema's, moved towards the text's colour until it is legible on every
    /// ground, and that of a zone, in which words stand, on what is found and within annotations, too. A label that the schema does
    /// not know is drawn in `weak`.
    #[must_use]
    pub fn label(&self, label: Option<&LabelDef>) -> Color32 {
        let Some(label) = label else { return self.weak };
        let color = opaque(if self.look.dark { label.colors.dark } else { label.colors.light });
        let [a, b, c, d, e] = self.grounds();
        if label.kind == Kind::Zone {
            let filled = over(self.fill(self.text), over(self.fill(self.text), self.ground));
            readable(color, &[a, b, c, d, e, self.hit, self.current_hit, filled], self)
        } else {
            readable(color, &[a, b, c, d, e], self)
        }
    }

    /// Behind the words of an annotation: faint enough that two over each other leave the text legible.
    #[must_use]
    pub fn fill(&self, color: Color32) -> Color32 {
        with_alpha(color, if self.look.dark { 36 } else { 34 })
    }

    /// Makes egui's own widgets wear this theme; `still` where nothing is to move by itself.
    pub fn apply(&self, ctx: &Context, still: bool) {
        ctx.set_theme(if self.look.dark { eframe::egui::Theme::Dark } else { eframe::egui::Theme::Light });
        ctx.set_visuals(self.visuals());
        ctx.all_styles_mut(|style| {
            style.text_styles.insert(TextStyle::Small, FontId::proportional(SMALL));
            style.text_styles.insert(TextStyle::Heading, FontId::proportional(HEADING));
            let usual = Style::default();
            style.animation_time = if still { 0.0 } else { usual.animation_time };
            style.scroll_animation = if still { ScrollAnimation::none() } else { usual.scroll_animation };
            style.visuals.text_cursor.blink = !still;
        });
    }

    /// This theme in egui's terms.
    #[must_use]
    pub fn visuals(&self) -> Visuals {
        let mut visuals = if self.look.dark { Visuals::dark() } else { Visuals::light() };
        visuals.panel_fill = self.panel;
        visuals.window_fill = self.raised;
        visuals.window_stroke = Stroke::new(1.0, self.line);
        visuals.extreme_bg_color = self.ground;
        visuals.faint_bg_color = self.zebra();
        visuals.code_bg_color = self.raised;
        visuals.hyperlink_color = self.accent;
        visuals.warn_fg_color = self.warn;
        visuals.error_fg_color = self.bad;
        visuals.weak_text_color = Some(self.weak);
        visuals.selection = Selection { bg_fill: self.selection, stroke: Stroke::new(1.0, self.text) };
        let widget = |fill: Color32, edge: Color32, text: Color32| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: Stroke::new(1.0, edge),
            corner_radius: CornerRadius::same(4),
            fg_stroke: Stroke::new(1.0, text),
            expansion: 0.0,
        };
        let control = mix(self.panel, self.raised, if self.look.dark { 1.0 } else { 0.7 });
        visuals.widgets.noninteractive = widget(self.panel, self.line, self.text);
        visuals.widgets.inactive = widget(control, self.edge, self.text);
        visuals.widgets.hovered = widget(mix(control, self.accent, 0.12), self.accent, self.text);
        visuals.widgets.active = widget(mix(control, self.accent, 0.3), self.accent, self.text);
        visuals.widgets.open = widget(self.raised, self.edge, self.text);
        visuals
    }
}

/// A colour of a schema, as it stands there.
#[must_use]
pub fn opaque(Color([r, g, b]): Color) -> Color32 {
    Color32::from_rgb(r, g, b)
}

/// The same colour, so many 255ths opaque.
#[must_use]
pub fn with_alpha(color: Color32, alpha: u8) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r(), color.g(), color.b(), alpha)
}

/// `share` of `other` in `color`, from 0 (all `color`) to 1 (all `other`).
#[must_use]
pub fn mix(color: Color32, other: Color32, share: f32) -> Color32 {
    let part = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share).round() as u8;
    Color32::from_rgb(part(color.r(), other.r()), part(color.g(), other.g()), part(color.b(), other.b()))
}

/// The degree to which one opaque colour stands out from another, from 1 to 21: the contrast ratio of WCAG 2.1.
#[must_use]
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance of WCAG 2.1.
fn luminance(color: Color32) -> f32 {
    let linear = |c: u8| {
        let c = f32::from(c) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

/// A translucent colour over an opaque one.
#[must_use]
fn over(top: Color32, below: Color32) -> Color32 {
    let share = f32::from(top.a()) / 255.0;
    let [r, g, b, _] = top.to_srgba_unmultiplied();
    mix(below, Color32::from_rgb(r, g, b), share)
}

/// `color`, moved towards the text's until it is legible on these grounds.
fn readable(color: Color32, grounds: &[Color32], theme: &Theme) -> Color32 {
    let steps = (0..=20).map(|step| mix(color, theme.text, step as f32 / 20.0));
    let legible = |mixed: Color32| grounds.iter().all(|&ground| contrast(mixed, ground) >= theme.least());
    steps.into_iter().find(|&mixed| legible(mixed)).unwrap_or(theme.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schema;

    const ALL: [&Theme; 4] = [&Theme::LIGHT, &Theme::DARK, &Theme::HIGH_LIGHT, &Theme::HIGH_DARK];

    /// Everything that is too faint, as a sentence each.
    fn faint(pairs: impl IntoIterator<Item = (String, Color32, Color32, f32)>) -> Vec<String> {
        let pairs = pairs.into_iter().filter(|&(_, ink, ground, least)| contrast(ink, ground) < least);
        pairs
            .map(|(what, ink, ground, _)| format!("{what}: {ink:?} on {ground:?} {:.2}", contrast(ink, ground)))
            .collect()
    }

    fn labels() -> Vec<LabelDef> {
        Schema::trips().labels
    }

    #[test]
    fn every_text_is_legible_on_every_ground_that_it_can_stand_on() {
        let mut all = Vec::new();
        for theme in ALL {
            let least = theme.least();
            let mut ink = |what: &str, ink: Color32, grounds: &[Color32]| {
                let look = theme.look;
                all.extend(grounds.iter().map(|&ground| (format!("{what}, {look:?}"), ink, ground, least)));
            };
            let grounds = theme.grounds();
            for (what, color) in [
                ("text", theme.text),
                ("weak", theme.weak),
                ("accent", theme.accent),
                ("good", theme.good),
                ("warn", theme.warn),
                ("bad", theme.bad),
                ("gold", theme.gold),
            ] {
                ink(what, color, &grounds);
            }
            theme.people.iter().for_each(|&color| ink("a person", color, &grounds));
            ink("on accent", theme.on_accent, &[theme.accent]);
            let found = [theme.hit, theme.current_hit];
            ink("found", theme.text, &found);
            let visuals = theme.visuals();
            let widgets = visuals.widgets;
            for widget in [widgets.inactive, widgets.hovered, widgets.active, widgets.open, widgets.noninteractive] {
                ink("a control", widget.fg_stroke.color, &[widget.bg_fill, widget.weak_bg_fill]);
            }
            let labels = labels();
            // Two fills over each other at the most, of any labels: a zone's words stand in them, too.
            let filling = labels.iter().filter(|label| label.kind != Kind::Zone);
            let fills: Vec<Color32> = filling.map(|label| theme.fill(theme.label(Some(label)))).collect();
            let filled: Vec<Color32> = fills
                .iter()
                .flat_map(|&one| fills.iter().map(move |&two| over(two, over(one, theme.ground))))
                .chain(fills.iter().map(|&fill| over(fill, theme.ground)))
                .collect();
            ink("text in annotations", theme.text, &filled);
            for label in &labels {
                let color = theme.label(Some(label));
                ink(&label.name, color, &grounds);
                if label.kind == Kind::Zone {
                    ink(&label.name, color, &found);
                    ink(&label.name, color, &filled);
                }
            }
        }
        assert!(all.len() > 3_000, "{}", all.len());
        assert_eq!(faint(all), [""; 0]);
    }

    #[test]
    fn every_edge_and_line_that_says_something_is_seen() {
        let mut all = Vec::new();
        for theme in ALL {
            let least = if theme.look.high_contrast { 4.5 } else { 3.0 };
            let people = theme.people.iter().chain([&theme.gold]);
            let lines = [theme.edge, theme.accent, theme.caret, theme.outline];
            let colors = lines.into_iter().chain(people.copied());
            let labels: Vec<Color32> = labels().iter().map(|label| theme.label(Some(label))).collect();
            for color in colors.chain(labels) {
                all.extend(theme.grounds().map(|ground| (format!("{:?}", theme.look), color, ground, least)));
            }
        }
        assert_eq!(faint(all), [""; 0]);
    }

    #[test]
    fn any_colour_of_a_schema_becomes_legible() {
        for theme in ALL {
            let mut label = labels().remove(0);
            for hex in [0x000000, 0xffffff, 0xffff00, 0x0000ff, 0x7f7f7f, 0xff00ff] {
                let [_, r, g, b] = u32::to_be_bytes(hex);
                for kind in [Kind::Entity, Kind::Zone] {
                    (label.kind, label.colors.light, label.colors.dark) = (kind, Color([r, g, b]), Color([r, g, b]));
                    let color = theme.label(Some(&label));
                    let pairs = theme.grounds().map(|ground| (format!("{hex:06x}"), color, ground, theme.least()));
                    assert_eq!(faint(pairs), [""; 0]);
                }
            }
        }
    }
}
