//! A replay of finished sets through the real window, that counts what a hand would have to do: presses of a key, clicks and drags.
//! To move the mouse, to scroll and to look are none. Always the cheapest way that the page of keys describes is taken.

mod annotating;
mod assisted;
mod compare;
mod effort;
mod hand;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use eframe::egui::{Key, Modifiers, Pos2};
use jejak::edit;
use jejak::model::{Annotation, AnnotationSet, Article, Filler, Id, Kind as LabelKind, Name, Progress, Schema};
use jejak::store::settings::{Settings, Suggesting};
use jejak::store::{Access, Session};
use jejak::text::Text;

use crate::driver::{self, ANNOTATOR};
pub use assisted::Taking;
pub use effort::{Action, Effort};
use hand::Hand;

/// Articles with the sets that are to come about, and the names of those whom they are about.
pub struct Gold {
    pub schema: Schema,
    pub articles: Vec<(Text, AnnotationSet, String)>,
    pub names: HashMap<Id, String>,
}

/// Makes all sets anew by hand, in a window on a project of its own.
pub fn replay(gold: &Gold) -> Effort {
    replay_with(gold, None)
}

/// The same with suggestions for every article, taken in this way; none for no suggestions.
pub fn replay_with(gold: &Gold, taking: Option<Taking>) -> Effort {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    make(gold, home.path(), &project);
    let suggesting = Suggesting { on: taking.is_some(), without: 0, ..Suggesting::default() };
    let driver = driver::start(home, &project, &Settings { suggesting, ..driver::settings() });
    let mut hand = Hand {
        driver,
        effort: Effort::default(),
        last: Pos2::ZERO,
        known: HashMap::new(),
        thing: String::new(),
        stuck: 0,
    };
    for (at, (_, set, _)) in gold.articles.iter().enumerate() {
        if at > 0 {
            hand.thing = String::new();
            hand.key(Action::Go, Modifiers::COMMAND, Key::PageDown);
            hand.driver.settle();
        }
        hand.stuck = 0;
        match taking {
            None => hand.article(gold, set),
            Some(taking) => hand.assisted(gold, set, taking),
        }
        let mentions = hand.effort.things.get("mention").copied().unwrap_or_default();
        hand.effort.mentions.push(mentions);
    }
    let actions = hand.effort.actions();
    hand.effort.things.insert("article".to_owned(), (actions, gold.articles.len()));
    hand.effort
}

fn make(gold: &Gold, home: &Path, project: &Path) {
    Session::create(project, "Replay", gold.schema.clone()).unwrap();
    let folder = home.join("sources");
    std::fs::create_dir_all(&folder).unwrap();
    for (at, (text, ..)) in gold.articles.iter().enumerate() {
        #[allow(clippy::disallowed_methods)] // An input of the replay's own.
        std::fs::write(folder.join(format!("{at:04}.txt")), text.as_str()).unwrap();
    }
    let reading = jejak::ingest::Reading::default();
    let (files, _) = jejak::ingest::list(&[folder], &reading.limits);
    let read = |file: &std::path::PathBuf| jejak::ingest::read(file, &reading, &mut |_| true).unwrap();
    let drafts = files.iter().flat_map(read).map(Result::unwrap).collect();
    let annotator: Name = ANNOTATOR.into();
    let mut session = Session::open(project, &annotator, Access::Write).unwrap();
    session.add_articles(drafts).unwrap();
    let articles = session.corpus().articles().to_vec();
    for (article, (text, _, published)) in articles.iter().zip(&gold.articles) {
        assert_eq!(article.sha256, text.sha256(), "an article is not the one that was marked");
        let after = Article { published: published.clone(), ..Article::clone(article) };
        session.commit(edit::describe(article, after, &annotator)).unwrap();
    }
    session.close().unwrap();
}

/// A set as a replay makes it: whole, without what a hand does not do with its keys.
pub fn reduced(set: &AnnotationSet, schema: &Schema) -> AnnotationSet {
    let kept = |record: &&std::sync::Arc<Annotation>| {
        record.drift.is_none() && schema.kind(&record.label) != LabelKind::Document
    };
    let ids: HashSet<Id> = set.iter().filter(kept).map(|record| record.id).collect();
    let records = set.iter().filter(kept).map(|record| {
        let mut record = Annotation::clone(record);
        record.note = String::new();
        let def = schema.label(&record.label);
        record.roles.retain(|role| match (&role.filler, def.and_then(|def| def.role(&role.name))) {
            (_, None) => false,
            (Filler::Annotation(id), Some(def)) => {
                set.get(*id).is_some_and(|it| ids.contains(id) && def.fillers.contains(&it.label))
            }
            (Filler::Span(_) | Filler::Value(_), Some(_)) => true,
        });
        // Words that are marked as what fills a role are that, and no bare words.
        for role in &mut record.roles {
            let Filler::Span(at) = &role.filler else { continue };
            let def = def.and_then(|def| def.role(&role.name));
            let there = set.iter().find(|it| it.at == *at && def.is_some_and(|def| def.fillers.contains(&it.label)));
            if let Some(there) = there {
                role.filler = Filler::Annotation(there.id);
            }
        }
        std::sync::Arc::new(record)
    });
    AnnotationSet::new(records, Progress::Done)
}

/// The work of an annotator in a project on disk.
pub fn of_project(project: &Path, annotator: &str) -> Gold {
    let annotator = Name::new(annotator);
    let mut session = Session::open(project, &annotator, Access::Read).unwrap();
    let articles = session.corpus().articles().to_vec();
    let mut all = Vec::new();
    for article in &articles {
        session.load(&article.id, std::slice::from_ref(&annotator)).unwrap();
        let corpus = session.corpus();
        let set = corpus.set(&article.id, &annotator).cloned().unwrap_or_default();
        let set = reduced(&set, &corpus.schema);
        all.push((corpus.text(&article.id).unwrap().clone(), set, article.published.clone()));
    }
    let referents = session.corpus().referents(&annotator).cloned().unwrap_or_default();
    let names = referents.iter().map(|(id, referent)| (*id, referent.name.clone())).collect();
    Gold { schema: session.corpus().schema.as_ref().clone(), articles: all, names }
}
