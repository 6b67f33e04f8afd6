//! Scripts that no font here has letters of: one of each is tried, when it is first laid out.

use eframe::egui::FontId;
use eframe::egui::epaint::text::FontsView;
use unicode_script::{Script, UnicodeScript as _};

/// Letters up to here are in the font that comes with the program.
const LATIN: char = '\u{24f}';

/// The scripts of an article, as far as it was shown.
#[derive(Debug, Default)]
pub struct Scripts {
    met: Vec<Script>,
    /// Those without a font that were not told yet.
    lacking: Vec<Script>,
}

impl Scripts {
    /// Learns which scripts a text has, and whether there is a font for those that were not met before.
    pub fn meet(&mut self, fonts: &mut FontsView<'_>, font: &FontId, text: &str) {
        for c in text.chars().filter(|&c| c > LATIN && c.is_alphabetic()) {
            let script = c.script();
            if self.met.contains(&script) || matches!(script, Script::Common | Script::Inherited | Script::Unknown) {
                continue;
            }
            self.met.push(script);
            if !fonts.has_glyph(font, c) {
                self.lacking.push(script);
            }
        }
    }

    /// A script that no font has, each once: its name, a font that has it, and the Debian package of that.
    pub fn lacking(&mut self) -> Option<(String, String, &'static str)> {
        let script = self.lacking.pop()?;
        let name = script.full_name().replace('_', " ");
        Some(match script {
            Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => {
                (name, "Noto Sans CJK".to_owned(), "fonts-noto-cjk")
            }
            _ => (name.clone(), format!("Noto Sans {name}"), "fonts-noto-core"),
        })
    }
}
