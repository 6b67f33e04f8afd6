//! Articles that were removed: kept with their work, brought back whatever happened since, deleted for good.

use std::fs;

use jejak::edit::CommentEditor;
use jejak::model::Target;
use jejak::store::{Emptied, Removed, Session, Trashed, check_files, empty_trash, remove_article, restore_article};

use super::project::{article, draft, make, make_older, set_file, stem, text};
use super::{label, open, state};

fn remove(session: &mut Session, id: &str) -> Removed {
    let id = article(id);
    session.run(|link| remove_article(link, &id)).unwrap().unwrap()
}

/// Comments on article 001.
fn say(session: &mut Session, words: &str) {
    let by = session.annotator().clone();
    let editor = CommentEditor::new(session.corpus(), &by);
    let (comment, _) = editor.add(&article("001"), Target::Words, Vec::new(), words);
    session.commit(comment).unwrap();
}

fn trash(session: &Session) -> Vec<Trashed> {
    let (all, unread) = session.snapshot().trash();
    assert!(unread.is_empty(), "{unread:?}");
    all
}

fn numbers(session: &Session) -> Vec<String> {
    session.corpus().articles().iter().map(|article| article.id.to_string()).collect()
}

#[test]
fn what_was_removed_comes_back_though_no_history_has_it() {
    for (dir, older) in [(make(3), false), (make_older(3), true)] {
        let mut session = open(dir.path(), "a");
        label(&mut session, "001", "person", 0, 5);
        say(&mut session, "satu\ndua");
        let before = state(&mut session, "001");
        assert_eq!(remove(&mut session, "001"), Removed { annotations: 1, comments: 1 });
        session.close().unwrap();
        fs::remove_file(dir.path().join(".jejak/a/journal")).unwrap();
        // Somebody else brings it back.
        let mut session = open(dir.path(), "b");
        let [held] = &trash(&session)[..] else { panic!("one is held") };
        assert_eq!((held.annotations, held.comments, held.by.as_str()), (1, 1, "a"));
        let back = session.run(|link| restore_article(link, &held.name)).unwrap();
        assert_eq!(back, Some(article("001")));
        assert!(trash(&session).is_empty());
        assert!(session.run(|link| restore_article(link, &held.name)).unwrap().is_none(), "it is there already");
        session.close().unwrap();
        let mut session = open(dir.path(), "a");
        assert_eq!(state(&mut session, "001"), before, "older: {older}");
    }
}

#[test]
fn a_number_that_is_taken_by_now_is_left_to_whoever_has_it() {
    let dir = make(2);
    let mut session = open(dir.path(), "a");
    label(&mut session, "001", "person", 0, 5);
    say(&mut session, "tentang ini");
    let words = |session: &mut Session, id: &str| state(session, id).lines().nth(1).unwrap().to_owned();
    let marked = words(&mut session, "001");
    remove(&mut session, "001");
    session.add_articles(vec![draft("Lain", &text(7))]).unwrap();
    assert_eq!(numbers(&session), ["000", "001"]);
    let name = trash(&session)[0].name.clone();
    assert_eq!(session.run(|link| restore_article(link, &name)).unwrap(), Some(article("002")));
    assert_eq!(words(&mut session, "002"), marked);
    assert_eq!(session.corpus().comments(&"a".into()).unwrap().values().next().unwrap().article, article("002"));
    // One undo, one redo.
    session.undo().unwrap().unwrap();
    assert_eq!(numbers(&session), ["000", "001"]);
    session.redo().unwrap().unwrap();
    assert_eq!(words(&mut session, "002"), marked);
    session.close().unwrap();
    let mut problems = Vec::new();
    check_files(dir.path(), &mut |_, _| true, &mut |problem| problems.push(problem)).unwrap();
    assert_eq!(problems, []);
}

#[test]
fn the_same_text_removed_twice_is_held_twice() {
    let dir = make(2);
    let mut session = open(dir.path(), "a");
    label(&mut session, "001", "person", 0, 5);
    remove(&mut session, "001");
    session.add_articles(vec![draft("Artikel 1", &text(1))]).unwrap();
    assert!(trash(&session).is_empty(), "its text is in the project");
    label(&mut session, "001", "place", 0, 5);
    label(&mut session, "001", "place", 12, 16);
    remove(&mut session, "001");
    let held: Vec<usize> = trash(&session).iter().map(|held| held.annotations).collect();
    assert_eq!(held.iter().sum::<usize>(), 3);
    let with_one = trash(&session).into_iter().find(|held| held.annotations == 1).unwrap();
    session.run(|link| restore_article(link, &with_one.name)).unwrap().unwrap();
    assert!(state(&mut session, "001").contains("person"));
    // A removal that was taken back counts no more once the article is removed anew, and again where that is undone.
    label(&mut session, "001", "date", 12, 16);
    remove(&mut session, "001");
    let held: Vec<Trashed> = trash(&session);
    assert_eq!(held.iter().map(|held| held.annotations).collect::<Vec<_>>(), [2, 2], "{held:?}");
    let latest = held.into_iter().next().unwrap();
    session.run(|link| restore_article(link, &latest.name)).unwrap().unwrap();
    session.undo().unwrap().unwrap();
    assert_eq!(trash(&session).len(), 2);
}

#[test]
fn an_emptied_trash_takes_texts_and_no_file_of_anybody_else() {
    let dir = make(3);
    let mut session = open(dir.path(), "a");
    label(&mut session, "001", "person", 0, 5);
    let removed = dir.path().join(format!("articles/{}.txt", stem(dir.path(), "001")));
    let stays = dir.path().join(format!("articles/{}.txt", stem(dir.path(), "002")));
    let set = dir.path().join(set_file(dir.path(), "a", "001"));
    remove(&mut session, "001");
    session.flush().unwrap();
    assert!(removed.exists());
    let names: Vec<String> = trash(&session).into_iter().map(|held| held.name).collect();
    let bytes = trash(&session)[0].bytes;
    let emptied = session.run(|link| empty_trash(link, &names)).unwrap();
    assert_eq!(emptied, Emptied { articles: 1, bytes });
    assert!(!removed.exists() && stays.exists());
    assert!(trash(&session).is_empty());
    assert!(session.undo().unwrap().is_none(), "no step brings back what is gone");
    assert!(!set.exists() || !fs::read_to_string(&set).unwrap().contains("person"));
    label(&mut session, "002", "person", 0, 5);
    session.close().unwrap();
    let mut session = open(dir.path(), "a");
    assert_eq!(numbers(&session), ["000", "002"]);
    assert!(state(&mut session, "002").contains("person"));
}

#[test]
fn a_planted_removal_takes_no_file_that_is_no_text() {
    let dir = make(2);
    let mut session = open(dir.path(), "a");
    remove(&mut session, "001");
    let path = dir.path().join(format!(".jejak/.trash/{}.ron", trash(&session)[0].name));
    let kept = fs::read_to_string(&path).unwrap();
    let file = format!("articles/{}.txt", stem(dir.path(), "001"));
    assert!(kept.contains(&file), "{kept}");
    fs::write(&path, kept.replace(&file, "schema.ron")).unwrap();
    fs::write(dir.path().join(".jejak/.trash/torn.ron"), "(title: \"remo").unwrap();
    let (all, unread) = session.snapshot().trash();
    assert_eq!((all.len(), unread.len()), (0, 2));
    let names: Vec<String> = vec![path.file_stem().unwrap().to_str().unwrap().to_owned(), "torn".to_owned()];
    assert_eq!(session.run(|link| empty_trash(link, &names)).unwrap(), Emptied::default());
    assert!(dir.path().join("schema.ron").exists() && path.exists());
}
