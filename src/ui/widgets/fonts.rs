//! The fonts that come with the program: one for reading, and one for each script that it lacks.
//!
//! egui's own fonts come after them (icons, emoji), the system's fonts last of all, through eframe.

use std::sync::Arc;

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};

/// Name and bytes of each font, in the order in which a character is looked for.
const BUNDLED: [(&str, &[u8]); 6] = [
    ("Noto Sans", include_bytes!("../../../assets/fonts/NotoSans-Regular.ttf")),
    ("Noto Sans Arabic", include_bytes!("../../../assets/fonts/NotoSansArabic-Regular.ttf")),
    ("Noto Sans Hebrew", include_bytes!("../../../assets/fonts/NotoSansHebrew-Regular.ttf")),
    ("Noto Sans Thai", include_bytes!("../../../assets/fonts/NotoSansThai-Regular.ttf")),
    ("Noto Sans Devanagari", include_bytes!("../../../assets/fonts/NotoSansDevanagari-Regular.ttf")),
    ("Noto Emoji", include_bytes!("../../../assets/fonts/NotoEmoji-Regular.ttf")),
];

/// The bundled fonts before egui's own; with them behind the fixed-width one.
#[must_use]
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in BUNDLED {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let names = || BUNDLED.iter().map(|(name, _)| (*name).to_owned());
    let reading = fonts.families.entry(FontFamily::Proportional).or_default();
    reading.splice(0..0, names());
    // The fixed-width font has the arrows and circles that the window is signed with.
    reading.push("Hack".to_owned());
    fonts.families.entry(FontFamily::Monospace).or_default().extend(names());
    fonts
}

/// Makes the window use [`definitions`], from the next frame on.
pub fn install(ctx: &Context) {
    ctx.set_fonts(definitions());
}
