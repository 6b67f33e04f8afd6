//! The article view: text with its annotations, caret and selection.
//!
//! Only what is visible is laid out. Everything about places is in bytes of the article's text.
//!
//! From the text to the screen: `index` cuts it into blocks and knows which annotations are in each, `widgets::shaping`
//! makes lines of glyphs of a block, `lanes` puts bars and names under them as `label_style` has them,
//! `view` keeps what is visible laid out and `heights` how far down everything is, `paint` paints, and `ghosts` what is only
//! suggested. `runs` are the lines as a screen reader has them, and `access` tells it of them and of the caret.

mod access;
mod article;
mod caret;
mod decorated;
mod gesture;
mod ghost;
mod ghosts;
mod heights;
mod index;
mod label_style;
mod lanes;
mod mouse;
mod paint;
mod runs;
mod scene;
mod scripts;
mod tracks;
mod view;

pub use self::article::{FONT_SIZE, Reader, warm};
pub use self::ghost::Ghost;
pub use self::paint::bar;
pub use self::scene::{Event, Scene};
pub use self::tracks::{Track, TrackMark, Tracks};
pub use crate::ui::commands::{Motion, Step};
pub use crate::ui::widgets::shaping::one_line;
