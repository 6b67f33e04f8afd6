//! Marks under the words for what one person says of one thing.

use crate::model::{Annotation, ArticleId, Corpus, Filler, Name, Slot};
use crate::text::Span;
use crate::ui::reader::TrackMark;

/// The marks of what somebody says in a slot: the words of the record, and those of what fills its roles where that is what is said.
/// `called` and `short` name the person.
pub fn of(
    corpus: &Corpus,
    article: &ArticleId,
    (who, record): (&Name, &Annotation),
    slot: &Slot,
    (called, short): (&str, &str),
    language: &str,
) -> Vec<TrackMark> {
    let def = corpus.schema.label(&record.label);
    let title = |title: Option<&str>, name: &Name| title.filter(|it| !it.is_empty()).unwrap_or(name).to_lowercase();
    let mark =
        |at: Vec<Span>, what: String| TrackMark { at, name: format!("{called}: {what}"), short: short.to_owned() };
    let mut marks = Vec::new();
    if !record.at.is_empty() {
        marks.push(mark(record.at.clone(), title(def.map(|def| def.title.get(language)), &record.label)));
    }
    for role in &record.roles {
        // Of a whole trip all that fills it says what it is; of one role just that.
        let wanted = match slot {
            Slot::Role(name) => role.name == *name,
            Slot::Presence => true,
            _ => false,
        };
        let at = match &role.filler {
            _ if !wanted => continue,
            Filler::Annotation(id) => corpus.annotation(article, who, *id).map(|filler| filler.at.clone()),
            Filler::Span(at) => Some(at.clone()),
            Filler::Value(_) => None,
        };
        let name = || title(def.and_then(|def| def.role(&role.name)).map(|role| role.title.get(language)), &role.name);
        marks.extend(at.filter(|at| !at.is_empty()).map(|at| mark(at, name())));
    }
    marks
}
