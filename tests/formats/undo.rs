//! An import with new articles is one transaction: one undo takes all of it back, one redo brings it again.

use std::path::Path;

use jejak::exchange::{ImportOutcome, PendingImport};
use jejak::formats::{ImportFiles, NameMap, NamedPart, ReadOptions, format};
use jejak::model::{AnnotationSet, ArticleId, Name, Referents, Schema};
use jejak::store::{Access, Session};

use crate::golden;

/// A project without articles, whose schema is the golden one without its last two labels, with a remark of a person.
fn project(dir: &Path, schema: &Schema) -> String {
    let mut known = schema.clone();
    known.labels.truncate(schema.labels.len() - 2);
    Session::create(dir, "Contoh", known).unwrap();
    let file = dir.join("schema.ron");
    let written = std::fs::read_to_string(&file).unwrap().replacen('(', "// What we agreed on.\n(", 1);
    #[allow(clippy::disallowed_methods)] // What a person does in an editor.
    std::fs::write(&file, &written).unwrap();
    written
}

fn pending() -> PendingImport {
    let source = ImportFiles::of_paths(&[golden::folder("source")]).unwrap();
    let jsonl = format("jejak-jsonl").unwrap();
    let pending = PendingImport::read(jsonl, &source, None, &ReadOptions::default(), &mut |_| true).unwrap();
    let names = pending.sets().into_keys().map(|name| (name, Some("gold".into()))).collect();
    pending.called(&names).unwrap()
}

fn bring_in(session: &mut Session) -> ImportOutcome {
    session.run(|link| pending().bring_in(link, &NameMap::default(), true, &mut |_, _| true)).unwrap().unwrap()
}

#[test]
fn an_import_is_one_undo() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("project");
    let source = golden::source();
    let schema = crate::corpus_of(&source).schema;
    let written = project(&dir, &schema);
    let on_disk = || std::fs::read_to_string(dir.join("schema.ron")).unwrap();
    let gold = Name::new("gold");
    let count = |session: &mut Session| -> (usize, usize, usize, usize) {
        let articles: Vec<ArticleId> = session.corpus().articles().iter().map(|article| article.id.clone()).collect();
        let mut records = 0;
        for id in &articles {
            session.load(id, std::slice::from_ref(&gold)).unwrap();
            records += session.corpus().set(id, &gold).map_or(0, AnnotationSet::len);
        }
        let referents = session.corpus().referents(&gold).map_or(0, Referents::len);
        (articles.len(), records, referents, session.corpus().schema.labels.len())
    };
    let all: usize = source.pages.iter().map(|page| page.sets[0].records.len()).sum();
    let (few, many) = (schema.labels.len() - 2, schema.labels.len());

    let mut session = Session::open(&dir, &gold, Access::Write).unwrap();
    let outcome = bring_in(&mut session);
    let names = pending().names();
    let labels = names.iter().filter(|name| name.part == NamedPart::Label);
    let used = labels.filter(|label| schema.labels[few..].iter().any(|it| it.name == label.name)).count();
    assert!(used > 0, "the golden articles use one of the last labels");
    assert_eq!(outcome.new_labels.len(), used);
    assert_eq!((outcome.articles.added, outcome.annotations.added, outcome.referents), (3, all, 3));
    let there = count(&mut session);
    assert_eq!(there, (3, all, 3, few + used));
    let extended = on_disk();
    assert!(extended.starts_with("// What we agreed on."));
    session.undo().unwrap().unwrap();
    assert_eq!(count(&mut session), (0, 0, 0, few));
    assert_eq!(on_disk(), written, "the schema is what it was to the byte");
    session.redo().unwrap().unwrap();
    assert_eq!(on_disk(), extended);
    session.close().unwrap();

    let mut session = Session::open(&dir, &gold, Access::Write).unwrap();
    assert_eq!(count(&mut session), there);
    assert!(there.3 <= many);
    let article = session.corpus().articles()[0].id.clone();
    let records: Vec<_> = session.corpus().set(&article, &gold).unwrap().iter().cloned().collect();
    assert_eq!(records, source.pages[0].sets[0].records);
    session.undo().unwrap().unwrap();
    assert_eq!(on_disk(), written, "the journal knows the labels after a restart, too");
}

#[test]
fn an_import_that_was_stopped_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("project");
    let written = project(&dir, &crate::corpus_of(&golden::source()).schema);
    let mut session = Session::open(&dir, &"gold".into(), Access::Write).unwrap();
    let stopped = session.run(|link| pending().bring_in(link, &NameMap::default(), true, &mut |_, _| false)).unwrap();
    assert_eq!(stopped, None);
    assert!(session.corpus().articles().is_empty() && session.history().to_undo().is_none());
    assert_eq!(std::fs::read_to_string(dir.join("schema.ron")).unwrap(), written);
}

#[test]
fn a_schema_that_another_program_changed_is_not_written_over() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("project");
    let written = project(&dir, &crate::corpus_of(&golden::source()).schema);
    let mut session = Session::open(&dir, &"gold".into(), Access::Write).unwrap();
    let theirs = written.replacen("\"claim\"", "\"statement\"", 1);
    let theirs = if theirs == written { written.replacen("name: \"", "name: \"x", 1) } else { theirs };
    #[allow(clippy::disallowed_methods)] // What a person does in an editor.
    std::fs::write(dir.join("schema.ron"), &theirs).unwrap();
    let error = session.run(|link| pending().bring_in(link, &NameMap::default(), true, &mut |_, _| true)).unwrap_err();
    assert!(error.to_string().contains("schema.ron"), "{error}");
    assert!(session.corpus().articles().is_empty() && session.history().to_undo().is_none());
    assert_eq!(std::fs::read_to_string(dir.join("schema.ron")).unwrap(), theirs);
}
