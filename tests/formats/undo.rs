//! An import with new articles is one transaction: one undo takes all of it back, one redo brings it again.

use jejak::formats::Take;
use jejak::ingest::Draft;
use jejak::model::{ArticleId, Name};
use jejak::store::{Access, Added, Session};

use crate::{corpus_of, golden};

fn draft(text: &str) -> Draft {
    Draft {
        text: text.to_owned(),
        title: "Kunjungan".into(),
        publisher: None,
        published: None,
        url: None,
        language: None,
        source: "source.jsonl".into(),
        source_sha256: String::new(),
        notes: Vec::new(),
    }
}

#[test]
fn an_import_is_one_undo() {
    let source = golden::source();
    let corpus = corpus_of(&source);
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("project");
    Session::create(&dir, "Contoh", (*corpus.schema).clone()).unwrap();
    let gold = Name::new("gold");
    let count = |session: &mut Session| -> (usize, usize, usize) {
        let articles: Vec<ArticleId> = session.corpus().articles().iter().map(|article| article.id.clone()).collect();
        let mut records = 0;
        for id in &articles {
            session.load(id, std::slice::from_ref(&gold)).unwrap();
            records += session.corpus().set(id, &gold).map_or(0, jejak::model::AnnotationSet::len);
        }
        (articles.len(), records, session.corpus().referents(&gold).map_or(0, jejak::model::Referents::len))
    };
    let all: usize = source.pages.iter().map(|page| page.sets[0].records.len()).sum();

    let mut session = Session::open(&dir, &gold, Access::Write).unwrap();
    let drafts = source.pages.iter().map(|page| draft(page.text.as_str())).collect();
    session
        .add_articles_and(drafts, "import", |corpus, added| {
            let mut take = Take::new(corpus);
            for (page, added) in source.pages.iter().zip(added) {
                let (Added::Added { id, .. } | Added::Skipped { same_as: id, .. }) = added;
                take.layer(id, &page.sets[0]);
            }
            take.edits()
        })
        .unwrap();
    assert_eq!(count(&mut session), (3, all, 2));
    session.undo().unwrap().unwrap();
    assert_eq!(count(&mut session), (0, 0, 0));
    session.redo().unwrap().unwrap();
    session.close().unwrap();

    let mut session = Session::open(&dir, &gold, Access::Write).unwrap();
    assert_eq!(count(&mut session), (3, all, 2));
    let article = session.corpus().articles()[0].id.clone();
    let there: Vec<_> = session.corpus().set(&article, &gold).unwrap().iter().cloned().collect();
    assert_eq!(there, source.pages[0].sets[0].records);
}
