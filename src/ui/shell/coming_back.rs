//! The place where a person was in a project: remembered, and shown when the project is opened again.

use std::path::Path;

use eframe::egui;

use crate::model::ArticleId;
use crate::store::settings::LastPlace;
use crate::text::Span;
use crate::ui::commands::View;
use crate::ui::shell::app::App;
use crate::ui::workspace::article_order::Arrangement;

/// The view that is called so in the settings.
fn view_named(name: &str) -> Option<View> {
    View::ALL.into_iter().find(|view| format!("{view:?}") == name)
}

impl App {
    /// The article of a project in which the person was last.
    pub(super) fn last_article(&self, dir: &Path) -> Option<ArticleId> {
        self.settings.place(dir).and_then(|place| ArticleId::new(&place.article))
    }

    /// Goes on where the person was, once the article is there.
    pub(super) fn come_back(&mut self) {
        let Some(dir) = &self.coming_back else { return };
        let Some(place) = self.settings.place(dir).cloned() else {
            self.coming_back = None;
            return;
        };
        let Some(work) = self.work.as_mut() else { return };
        let Some(open) = work.open.as_ref() else { return };
        self.coming_back = None;
        if *open.id == *place.article {
            let byte = work.page().and_then(|(text, _)| text.char_to_byte(place.caret));
            if let (Some(byte), Some(open)) = (byte, &mut work.open) {
                open.reader.set_caret(byte);
                open.reader.reveal(Span { start: byte, end: byte });
            }
        }
        // Whoever works blind is asked before they see what others marked.
        if let Some(view) = view_named(&place.view).filter(|_| !work.is_blind() && self.view == View::Annotate) {
            // The view itself says that it lacks something.
            let _ = self.show_view(view);
        }
    }

    /// Remembers the article and the view where they are others than before; with `caret`, the caret's place, too.
    pub(super) fn note_place(&mut self, caret: bool) {
        if self.coming_back.is_some() {
            return;
        }
        let Some(work) = &self.work else { return };
        let (Some(open), Some((text, _))) = (&work.open, work.page()) else { return };
        let project = work.session.root().to_owned();
        let view = format!("{:?}", self.view);
        let same = |place: &&LastPlace| *place.article == *open.id && place.view == view;
        let at = text.byte_to_char(open.reader.caret());
        if self.settings.place(&project).filter(same).is_some_and(|place| !caret || place.caret == at) {
            return;
        }
        let place = LastPlace { project, article: open.id.to_string(), caret: at, view };
        self.change_settings(|settings| settings.remember(place));
    }

    /// Remembers the order of the list of articles where it is another one than before.
    pub(super) fn note_order(&mut self) {
        let Some(work) = &self.work else { return };
        let order = work.arrangement;
        if Arrangement::of_words(&self.settings.list_order) != order {
            self.change_settings(|settings| settings.list_order = order.words());
        }
    }

    /// Has the window's title say which article of which project is open.
    pub(super) fn say_title(&mut self, ctx: &egui::Context) {
        let title = self.work.as_ref().map_or_else(String::new, |work| {
            let corpus = work.session.corpus();
            let open = work.open.as_ref().and_then(|open| corpus.article(&open.id));
            let parts = [open.map_or("", |article| &*article.title), &*corpus.project.title];
            parts.into_iter().filter(|part| !part.is_empty()).map(|part| format!("{part} – ")).collect()
        }) + "Jejak";
        let title = crate::say::visible(&title).into_owned();
        if self.titled != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.titled = title;
        }
    }
}
