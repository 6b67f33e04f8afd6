//! Every colour of the window, once for light and once for dark, and how a label's colours are made legible.
#![allow(clippy::disallowed_methods)] // This is the one place where colours are made.

use eframe::egui::{
    Color32, Context, CornerRadius, FontId, Stroke, TextStyle, Visuals, style::Selection, style::WidgetVisuals,
};

use crate::model::{Color, LabelDef};

/// The colours of one of the two looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// True where the ground is dark.
    pub dark: bool,
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
    /// Text of a zone that does not count. Still legible (4.5 : 1).
    pub dimmed: Color32,
    /// Lines between panels and around fields.
    pub line: Color32,
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
        dark: false,
        ground: rgb(0xfdfcf9),
        panel: rgb(0xf3f1ec),
        raised: rgb(0xffffff),
        text: rgb(0x1d1c1a),
        weak: rgb(0x66625b),
        dimmed: rgb(0x75716a),
        line: rgb(0xd8d4cc),
        accent: rgb(0x1f5fa8),
        on_accent: rgb(0xffffff),
        selection: rgb(0xbcd9ff),
        hit: rgb(0xfff0a3),
        current_hit: rgb(0xffc94d),
        caret: rgb(0x0b57b8),
        outline: rgb(0x14110b),
        good: rgb(0x217a3c),
        warn: rgb(0x8f5a00),
        bad: rgb(0xb3261e),
        people: [rgb(0x1f5fa8), rgb(0xa33a1d), rgb(0x2a7043), rgb(0x7a3c9c), rgb(0x8a5a00), rgb(0x00697a)],
        gold: rgb(0x5e5200),
    };

    /// Light on dark.
    pub const DARK: Self = Self {
        dark: true,
        ground: rgb(0x191a1c),
        panel: rgb(0x212327),
        raised: rgb(0x2b2e33),
        text: rgb(0xe6e3dd),
        weak: rgb(0xa29e97),
        dimmed: rgb(0x8d8a84),
        line: rgb(0x3b3f45),
        accent: rgb(0x7db4f5),
        on_accent: rgb(0x0d1a29),
        selection: rgb(0x294b76),
        hit: rgb(0x5a4d14),
        current_hit: rgb(0x755806),
        caret: rgb(0x8cc4ff),
        outline: rgb(0xfaf7f0),
        good: rgb(0x71c788),
        warn: rgb(0xe5b45a),
        bad: rgb(0xf28b82),
        people: [rgb(0x7db4f5), rgb(0xf59b7d), rgb(0x7ecb96), rgb(0xcf9df0), rgb(0xe3b866), rgb(0x6fcbd9)],
        gold: rgb(0xe6d46a),
    };

    /// The one for a dark or a light ground.
    #[must_use]
    pub fn of(dark: bool) -> &'static Self {
        if dark { &Self::DARK } else { &Self::LIGHT }
    }

    /// The colour of a label's bar, and of its name on the ground: the schema's, moved towards the text's colour until
    /// it is legible (4.5 : 1). A label that the schema does not know is drawn in `weak`.
    #[must_use]
    pub fn label(&self, label: Option<&LabelDef>) -> Color32 {
        let Some(label) = label else { return self.weak };
        let Color([r, g, b]) = if self.dark { label.colors.dark } else { label.colors.light };
        readable(Color32::from_rgb(r, g, b), self.ground, self.text)
    }

    /// Behind the words of an annotation: faint enough that two over each other leave the text legible.
    #[must_use]
    pub fn fill(&self, color: Color32) -> Color32 {
        with_alpha(color, if self.dark { 44 } else { 34 })
    }

    /// Makes egui's own widgets wear this theme.
    pub fn apply(&self, ctx: &Context) {
        ctx.set_theme(if self.dark { eframe::egui::Theme::Dark } else { eframe::egui::Theme::Light });
        ctx.set_visuals(self.visuals());
        ctx.all_styles_mut(|style| {
            style.text_styles.insert(TextStyle::Small, FontId::proportional(SMALL));
            style.text_styles.insert(TextStyle::Heading, FontId::proportional(HEADING));
        });
    }

    /// This theme in egui's terms.
    #[must_use]
    pub fn visuals(&self) -> Visuals {
        let mut visuals = if self.dark { Visuals::dark() } else { Visuals::light() };
        visuals.panel_fill = self.panel;
        visuals.window_fill = self.raised;
        visuals.window_stroke = Stroke::new(1.0, self.line);
        visuals.extreme_bg_color = self.ground;
        visuals.faint_bg_color = mix(self.panel, self.raised, 0.5);
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
        let control = mix(self.panel, self.raised, if self.dark { 1.0 } else { 0.7 });
        visuals.widgets.noninteractive = widget(self.panel, self.line, self.text);
        visuals.widgets.inactive = widget(control, self.line, self.text);
        visuals.widgets.hovered = widget(mix(control, self.accent, 0.12), self.accent, self.text);
        visuals.widgets.active = widget(mix(control, self.accent, 0.3), self.accent, self.text);
        visuals.widgets.open = widget(self.raised, self.line, self.text);
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

/// `color`, moved towards `text` until it has 4.5 : 1 against `ground`.
fn readable(color: Color32, ground: Color32, text: Color32) -> Color32 {
    let steps = (0..=20).map(|step| mix(color, text, step as f32 / 20.0));
    steps.into_iter().find(|&mixed| contrast(mixed, ground) >= 4.5).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_legible_in_both_themes() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for ground in [theme.ground, theme.panel, theme.raised] {
                for text in [theme.text, theme.weak, theme.accent, theme.good, theme.warn, theme.bad] {
                    let ratio = contrast(text, ground);
                    assert!(ratio >= 4.5, "{text:?} on {ground:?} (dark: {}): {ratio:.2}", theme.dark);
                }
            }
            assert!(contrast(theme.dimmed, theme.ground) >= 4.5);
            for color in theme.people.into_iter().chain([theme.gold]) {
                assert!(contrast(color, theme.ground) >= 4.5 && contrast(color, theme.panel) >= 4.5, "{color:?}");
            }
            assert!(contrast(theme.on_accent, theme.accent) >= 4.5);
            for behind in [theme.selection, theme.hit, theme.current_hit] {
                assert!(contrast(theme.text, behind) >= 4.5, "{behind:?} (dark: {})", theme.dark);
            }
        }
    }

    #[test]
    fn any_colour_of_a_schema_becomes_legible() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for hex in [0x000000, 0xffffff, 0xffff00, 0x0000ff, 0x7f7f7f, 0xff00ff] {
                assert!(contrast(readable(rgb(hex), theme.ground, theme.text), theme.ground) >= 4.5, "{hex:06x}");
            }
        }
    }
}
