//! Projects to look at: a small one of this test's own articles, and the five articles that may not be copied here.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jejak::edit::{Edit, Transaction};
use jejak::exchange::{Allowed, PendingImport};
use jejak::formats::{ImportFiles, Memory, NameMap, ReadOptions, format};
use jejak::ingest::Draft;
use jejak::model::{
    Annotation, ArticleId, Filler, Id, Name, Origin, RecordFile, Referent, Role, Schema, Timestamp, Value,
};
use jejak::store::{Access, Session, Snapshot};
use jejak::text::{Fold, Span, Text, find_all};

use crate::common;

pub const ME: &str = "a";

pub fn id(text: &str) -> Id {
    text.parse().unwrap()
}

pub fn me() -> Name {
    ME.into()
}

pub fn origin() -> Origin {
    Origin { at: Timestamp::from_seconds(1_700_000_000), ..Origin::hand(&me()) }
}

/// A project with articles of this publisher, date and text.
pub fn project(dir: &Path, articles: &[(&str, &str, &str)]) -> Session {
    let schema: Schema = ron::from_str(include_str!("../../assets/schemas/trips.ron")).unwrap();
    Session::create(dir, "Contoh", schema).unwrap();
    let mut session = Session::open(dir, &me(), Access::Write).unwrap();
    let draft = |(publisher, published, text): &(&str, &str, &str)| Draft {
        text: (*text).to_owned(),
        title: text.split('.').next().unwrap_or_default().to_owned(),
        publisher: Some((*publisher).to_owned()),
        published: Some((*published).to_owned()),
        source: "x.txt".into(),
        ..Draft::default()
    };
    session.add_articles(articles.iter().map(draft).collect()).unwrap();
    session
}

/// The place of the `nth` such words.
fn place(text: &Text, words: &str, nth: usize) -> Span {
    find_all(text, words, Fold { case: true, words: false })[nth]
}

/// Marks of one article, made one by one.
pub struct Marks<'a> {
    session: &'a mut Session,
    article: ArticleId,
    text: Text,
    edits: Vec<Edit>,
    records: Vec<Annotation>,
}

impl<'a> Marks<'a> {
    pub fn of(session: &'a mut Session, article: usize) -> Self {
        let article = ArticleId::numbered(article);
        session.load(&article, &[me()]).unwrap();
        let text = session.corpus().text(&article).unwrap().clone();
        Self { session, article, text, edits: Vec::new(), records: Vec::new() }
    }

    /// Words with a label, of a referent where one is named.
    pub fn words(mut self, called: &str, label: &str, words: &str, referent: &str) -> Self {
        let at = vec![place(&self.text, words, 0)];
        let referent = (!referent.is_empty()).then(|| id(referent));
        self.records.push(Annotation { id: id(called), referent, ..Annotation::new(&label.into(), at, origin()) });
        self
    }

    /// An attribute of the last record.
    pub fn with(mut self, attribute: &str, value: &str) -> Self {
        self.records.last_mut().unwrap().set_attribute(&attribute.into(), Some(value.to_owned()));
        self
    }

    /// A frame without words of its own.
    pub fn frame(mut self, called: &str, label: &str, referent: &str) -> Self {
        let referent = (!referent.is_empty()).then(|| id(referent));
        self.records.push(Annotation { id: id(called), referent, ..Annotation::new(&label.into(), vec![], origin()) });
        self
    }

    /// Fills a role of the last frame with a record.
    pub fn fill(mut self, role: &str, by: &str) -> Self {
        let filler = Filler::Annotation(id(by));
        self.records.last_mut().unwrap().roles.push(Role { name: role.into(), filler });
        self
    }

    /// Fills a role of the last frame with a date.
    pub fn date(mut self, role: &str, date: &str) -> Self {
        let filler = Filler::Value(Value::Date(date.parse().unwrap()));
        self.records.last_mut().unwrap().roles.push(Role { name: role.into(), filler });
        self
    }

    pub fn done(mut self) {
        let key = (self.article.clone(), me());
        self.edits.extend(self.records.drain(..).map(|one| Edit::new(key.clone(), None, Some(Arc::new(one)))));
        self.session.commit(Transaction { edits: self.edits, ..Transaction::new("mark", &me()) }).unwrap();
    }
}

/// Adds referents: id, label and name.
pub fn referents(session: &mut Session, all: &[(&str, &str, &str)]) {
    let edit = |(called, label, name): &(&str, &str, &str)| {
        let referent = Referent { id: id(called), ..Referent::new(&(*label).into(), name, origin()) };
        Edit::new(RecordFile::Referents(me()), None, Some(Arc::new(referent)))
    };
    let edits = all.iter().map(edit).collect();
    session.commit(Transaction { edits, ..Transaction::new("referents", &me()) }).unwrap();
}

/// The five articles with their reference annotation as the set `ref`; none where they are not there.
pub fn seeds(dir: &Path) -> Option<Snapshot> {
    let file = common::shared("fixtures/review/ref.jsonl")?;
    let bytes = fs::read(file).unwrap();
    let schema: Schema = ron::from_str(include_str!("../../assets/schemas/trips.ron")).unwrap();
    Session::create(dir, "Lima", schema).unwrap();
    let mut session = Session::open(dir, &me(), Access::Write).unwrap();
    import(&mut session, &bytes);
    session.close().unwrap();
    Some(Snapshot::open(dir).unwrap())
}

fn import(session: &mut Session, bytes: &[u8]) {
    let source = ImportFiles::from(Memory { files: [("ref.jsonl".to_owned(), bytes.to_vec())].into() });
    let maker = "ref".into();
    let read = PendingImport::read(
        format("jejak-jsonl").unwrap(),
        &source,
        Some(&maker),
        &ReadOptions::default(),
        &mut |_| true,
    );
    let read = read.unwrap().allowing(Allowed::ALL);
    session.run(|link| read.bring_in(link, &NameMap::default(), true, &mut |_, _| true)).unwrap().unwrap();
}
