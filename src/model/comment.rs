use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ArticleId, Id, Name, Origin, Timestamp};
use crate::text::{Anchor, Span, Text, place};

/// The remarks of a person about the work: about an annotation, words, a whole article, or what somebody said before.
///
/// A comment is a record of the person who writes it, whoever's annotation it is about, so that two people never write
/// the same file. It carries the words that it is about and is placed by them whenever it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// Its name among its writer's comments.
    pub id: Id,
    /// The article that it is about.
    pub article: ArticleId,
    /// The first digits of the SHA-256 of that article's text, by which it is found again where it has another number
    /// now; empty where a version wrote it that did not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
    /// The part in it.
    #[serde(default, skip_serializing_if = "Target::is_words")]
    pub on: Target,
    /// The people whom it is meant for; none where it is for whoever reads it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Name>,
    /// The words that it is about; none where it is about the article as a whole, or is an answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Quote>,
    /// The text; may be empty where `mark` says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The effect on its thread.
    #[serde(default, skip_serializing_if = "Mark::is_none")]
    pub mark: Mark,
    /// The time of the last rewording, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reworded: Option<Timestamp>,
    /// The author and the time.
    pub origin: Origin,
}

/// The subject of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Target {
    /// Its words, or the article as a whole where it has none.
    #[default]
    Words,
    /// An annotation of this annotator's set.
    Annotation(Name, Id),
    /// A comment of this person: it is an answer.
    Comment(Name, Id),
}

impl Target {
    fn is_words(&self) -> bool {
        *self == Self::Words
    }
}

/// The effect of a comment on its thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// It is settled.
    Resolved,
    /// It is open again.
    Reopened,
}

impl Mark {
    fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// Words of an article: first and past the last code point, and the words themselves, which count where they differ.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quote(pub u32, pub u32, pub String);

impl Quote {
    /// The words of a span.
    #[must_use]
    pub fn of(text: &Text, span: Span) -> Self {
        let (start, end) = text.to_chars(span);
        Self(start, end, text.slice(span).to_owned())
    }

    /// The place where the words stand in a text: where they stood, else where they stand nearest to that. None where
    /// they are gone, or fit two places equally.
    #[must_use]
    pub fn place(&self, text: &Text) -> Option<Span> {
        let byte = text.char_to_byte(self.0);
        if let Some(span) = byte.and_then(|byte| text.stands(byte, &self.2)) {
            return text.check(span);
        }
        place(text, &Anchor { quote: self.2.clone(), ..Anchor::default() }, byte.unwrap_or(text.len()))
    }
}

impl Comment {
    /// The place where its words stand in the article's text, as many of them as have a place.
    #[must_use]
    pub fn spans(&self, text: &Text) -> Vec<Span> {
        self.at.iter().filter_map(|quote| quote.place(text)).collect()
    }

    /// The words that it is about, as they were when it was written.
    #[must_use]
    pub fn words(&self) -> String {
        self.at.iter().map(|quote| quote.2.as_str()).collect::<Vec<_>>().join(" … ")
    }
}

/// One person's comments, by id.
pub type Comments = BTreeMap<Id, Arc<Comment>>;

/// A comment with all answers to it, whoever wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The author of each comment, and the comment: the one that began it first, then by time. Never empty. Where the
    /// one that began it is gone, the first one is an answer.
    pub comments: Vec<(Name, Arc<Comment>)>,
    /// True where the last word on it is that it is settled.
    pub resolved: bool,
}

impl Thread {
    /// The comment that it begins with, and whose it is.
    #[must_use]
    pub fn first(&self) -> &(Name, Arc<Comment>) {
        &self.comments[0]
    }

    /// The article that it is about.
    #[must_use]
    pub fn article(&self) -> &ArticleId {
        &self.first().1.article
    }

    /// True where it is this person's business: they wrote in it, it is meant for them, or it is about an annotation of
    /// theirs.
    #[must_use]
    pub fn concerns(&self, who: &Name) -> bool {
        let whose = |comment: &Comment| matches!(&comment.on, Target::Annotation(whose, _) if whose == who);
        let about = |comment: &Comment| whose(comment) || comment.to.contains(who);
        self.comments.iter().any(|(by, comment)| by == who || about(comment))
    }

    /// Later than everything in it: a new answer takes this for its time, so that two of one second keep their order.
    #[must_use]
    pub fn after(&self) -> Timestamp {
        let last = self.comments.iter().map(|(_, comment)| comment.origin.at.seconds()).max().unwrap_or_default();
        Timestamp::now().max(Timestamp::from_seconds(last.saturating_add(1)))
    }
}

/// A comment's name in the whole project.
type Key = (Name, Id);

/// The comments of everybody as threads, by article, then by what began first.
#[must_use]
pub fn threads<C: Borrow<Comments>>(comments: &BTreeMap<Name, C>) -> Vec<Thread> {
    let mut threads: BTreeMap<Key, Vec<(Name, Arc<Comment>)>> = BTreeMap::new();
    let all = comments.iter().map(|(who, all)| (who, all.borrow()));
    for (who, comment) in all.flat_map(|(who, all)| all.values().map(move |comment| (who, comment))) {
        threads.entry(beginning(comments, who, comment)).or_default().push((who.clone(), comment.clone()));
    }
    let thread = |mut comments: Vec<(Name, Arc<Comment>)>| {
        comments.sort_by_cached_key(|(who, comment)| {
            (matches!(comment.on, Target::Comment(..)), comment.origin.at, who.clone(), comment.id)
        });
        let last = comments.iter().rev().find(|(_, comment)| comment.mark != Mark::None);
        let resolved = last.is_some_and(|(_, comment)| comment.mark == Mark::Resolved);
        Thread { comments, resolved }
    };
    let mut threads: Vec<Thread> = threads.into_values().map(thread).collect();
    threads.sort_by_cached_key(|thread| {
        let (who, first) = thread.first();
        (first.article.clone(), first.origin.at, who.clone(), first.id)
    });
    threads
}

/// The comment that a thread begins with; the missing one where that is gone, the least where they answer each other in
/// a circle.
fn beginning<C: Borrow<Comments>>(comments: &BTreeMap<Name, C>, who: &Name, comment: &Comment) -> Key {
    let mut path: Vec<Key> = vec![(who.clone(), comment.id)];
    let mut comment = comment;
    while let Target::Comment(who, id) = &comment.on {
        let next = (who.clone(), *id);
        if let Some(at) = path.iter().position(|key| *key == next) {
            return path.drain(at..).min().unwrap_or(next);
        }
        path.push(next);
        match comments.get(who).and_then(|all| all.borrow().get(id)) {
            Some(answered) => comment = answered,
            None => break,
        }
    }
    path.pop().expect("the path begins with the comment itself")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(id: &str, on: Target, mark: Mark, at: i64) -> Arc<Comment> {
        Arc::new(Comment {
            id: id.parse().unwrap(),
            article: ArticleId::numbered(0),
            digest: String::new(),
            on,
            to: Vec::new(),
            at: Vec::new(),
            text: id.into(),
            mark,
            reworded: None,
            origin: Origin { at: Timestamp::from_seconds(at), ..Origin::hand(&"x".into()) },
        })
    }

    fn shown(all: &[(&str, Arc<Comment>)]) -> Vec<(String, bool)> {
        let mut comments: BTreeMap<Name, Comments> = BTreeMap::new();
        for (who, comment) in all {
            comments.entry((*who).into()).or_default().insert(comment.id, comment.clone());
        }
        let words =
            |thread: &Thread| thread.comments.iter().map(|(_, it)| it.text.clone()).collect::<Vec<_>>().join(" ");
        threads(&comments).iter().map(|thread| (words(thread), thread.resolved)).collect()
    }

    #[test]
    fn answers_of_all_people_make_one_thread_and_the_last_mark_counts() {
        let to = |who: &str, id: &str| Target::Comment(who.into(), id.parse().unwrap());
        let mut all = vec![
            ("a", comment("q1", Target::Words, Mark::None, 10)),
            ("b", comment("r1", to("a", "q1"), Mark::Resolved, 20)),
            ("a", comment("r2", to("b", "r1"), Mark::Reopened, 30)),
            ("b", comment("q2", Target::Words, Mark::None, 5)),
        ];
        assert_eq!(shown(&all), [("q2".into(), false), ("q1 r1 r2".into(), false)]);
        all.remove(2);
        assert_eq!(shown(&all), [("q2".into(), false), ("q1 r1".into(), true)]);
    }

    #[test]
    fn what_answers_nothing_or_itself_is_kept() {
        let to = |who: &str, id: &str| Target::Comment(who.into(), id.parse().unwrap());
        let orphans = [
            ("a", comment("r1", to("c", "gone"), Mark::None, 10)),
            ("b", comment("r2", to("c", "gone"), Mark::None, 20)),
        ];
        assert_eq!(shown(&orphans), [("r1 r2".into(), false)]);
        let circle = [
            ("a", comment("r1", to("b", "r2"), Mark::None, 10)),
            ("b", comment("r2", to("a", "r1"), Mark::None, 20)),
            ("c", comment("r3", to("c", "r3"), Mark::None, 30)),
            ("d", comment("r4", to("b", "r2"), Mark::None, 40)),
        ];
        assert_eq!(shown(&circle), [("r1 r2 r4".into(), false), ("r3".into(), false)]);
    }

    #[test]
    fn words_are_found_again_and_what_is_gone_has_no_place() {
        let old = Text::new("Ratu Sari tiba. Ratu Sari pergi.");
        let quote = Quote::of(&old, Span::new(16, 25));
        assert_eq!(quote, Quote(16, 25, "Ratu Sari".into()));
        assert_eq!(quote.place(&old), Some(Span::new(16, 25)));
        assert_eq!(quote.place(&Text::new("é. Ratu Sari tiba. Ratu Sari pergi.")), Some(Span::new(20, 29)));
        assert_eq!(quote.place(&Text::new("Ratu tiba.")), None);
        assert_eq!(Quote(0, 0, String::new()).place(&old), None);
    }
}
