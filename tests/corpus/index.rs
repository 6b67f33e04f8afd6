//! The index is the same however it came about: from files, from the cache, from memory, edit by edit.

use std::fs;
use std::time::{Duration, SystemTime};

use jejak::corpus::{Index, ItemOf};
use jejak::edit::{Edit, Transaction};
use jejak::model::{ArticleId, RecordFile};
use jejak::store::{Session, Snapshot};

use super::project::{Marks, id, me, project, referents};

/// Two articles on one journey.
pub fn small(dir: &std::path::Path) -> Session {
    let mut session = project(
        dir,
        &[
            ("Kabar Laut", "2031-03-02", "Ratu Sari akan ke Bandar Laut. Ia berangkat pada 10 Maret."),
            ("Warta Kota", "2031-03-11", "Ratu Sari tiba di Bandar Laut kemarin. Raja Bima menyambutnya."),
            ("", "", "Cuaca di Kota Hujan cerah."),
        ],
    );
    referents(
        &mut session,
        &[("rs", "person", "Ratu Sari"), ("bl", "place", "Bandar Laut"), ("t1", "trip", "Kunjungan")],
    );
    Marks::of(&mut session, 0)
        .words("m1", "person", "Ratu Sari", "rs")
        .words("m2", "place", "Bandar Laut", "bl")
        .words("m3", "date", "10 Maret", "")
        .with("value", "2031-03-10")
        .frame("f1", "trip", "t1")
        .with("status", "planned")
        .fill("traveller", "m1")
        .fill("destination", "m2")
        .fill("departure", "m3")
        .done();
    Marks::of(&mut session, 1)
        .words("n1", "person", "Ratu Sari", "rs")
        .words("n2", "place", "Bandar Laut", "bl")
        .frame("g1", "trip", "")
        .with("status", "ongoing")
        .fill("traveller", "n1")
        .fill("destination", "n2")
        .date("arrival", "2031-03")
        .done();
    session
}

/// Everything that an index says, in words.
fn shown(index: &Index) -> String {
    let uses: Vec<String> = index.used().map(|(id, items)| format!("{id} {items:?}")).collect();
    format!("{:#?}\n{uses:#?}\n{:?}\n{:?}", index.digests(), index.referents(), index.judgements())
}

fn built(snapshot: Snapshot) -> Index {
    Index::build(snapshot, &me(), &mut |_, _| true).unwrap().unwrap()
}

#[test]
fn an_index_is_the_same_from_memory_files_and_cache() {
    let dir = tempfile::tempdir().unwrap();
    let session = small(dir.path());
    let live = built(session.snapshot());
    let trip = live.digests()[0].frames[0].clone();
    assert_eq!(trip.days.unwrap().written(), "2031-03-10");
    assert_eq!(trip.fillers("destination")[0].referent, Some(id("bl")));
    assert_eq!(live.uses(id("t1")).len(), 1);
    assert!(matches!(live.uses(id("t1"))[0].of, ItemOf::Frame(0)));
    assert_eq!(live.digests()[2].progress, None, "nobody looked at it");
    session.close().unwrap();
    // Files that were written just now may change again unseen, and are not kept.
    let files = built(Snapshot::open(dir.path()).unwrap());
    assert_eq!(shown(&files), shown(&live));
    let folder = dir.path().join(".jejak/.cache");
    assert!(!folder.exists());
    let old = SystemTime::now() - Duration::from_secs(60);
    for folder in ["articles", "sets/a"] {
        for file in fs::read_dir(dir.path().join(folder)).unwrap().flatten() {
            fs::File::options().write(true).open(file.path()).unwrap().set_modified(old).unwrap();
        }
    }
    assert_eq!(shown(&built(Snapshot::open(dir.path()).unwrap())), shown(&live));
    let cache = fs::read_dir(&folder).unwrap().flatten().next().unwrap().path();
    let kept = fs::metadata(&cache).unwrap().modified().unwrap();
    assert_eq!(shown(&built(Snapshot::open(dir.path()).unwrap())), shown(&live));
    assert_eq!(fs::metadata(&cache).unwrap().modified().unwrap(), kept, "nothing changed, so nothing was written");
    // A cache that was cut off is none.
    let bytes = fs::read(&cache).unwrap();
    for cut in [bytes.len() - 1, bytes.len() / 2, 40] {
        fs::write(&cache, &bytes[..cut]).unwrap();
        assert_eq!(shown(&built(Snapshot::open(dir.path()).unwrap())), shown(&live), "{cut}");
    }
}

#[test]
fn an_index_follows_every_edit_as_if_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = small(dir.path());
    let mut index = built(session.snapshot());
    let key = (ArticleId::numbered(1), me());
    let old = session.corpus().annotation(&key.0, &key.1, id("g1")).unwrap().clone();
    let mut new = jejak::model::Annotation::clone(&old);
    new.referent = Some(id("t1"));
    let referent = session.corpus().referents(&me()).unwrap()[&id("rs")].clone();
    let edits = vec![
        Edit::new(key, Some(old), Some(new.into())),
        Edit::new(RecordFile::Referents(me()), Some(referent), None::<std::sync::Arc<jejak::model::Referent>>),
    ];
    let join = Transaction { edits, ..Transaction::new("join", &me()) };
    session.commit(join.clone()).unwrap();
    assert!(index.follow(session.corpus(), &join));
    assert_eq!(shown(&index), shown(&built(session.snapshot())));
    assert_eq!(index.uses(id("t1")).len(), 2);
    session.undo().unwrap();
    assert!(index.follow(session.corpus(), &join));
    assert_eq!(shown(&index), shown(&built(session.snapshot())));
}

#[test]
fn an_index_that_nobody_wants_any_more_is_let_go_of() {
    let dir = tempfile::tempdir().unwrap();
    let session = small(dir.path());
    assert!(Index::build(session.snapshot(), &me(), &mut |_, _| false).unwrap().is_none());
}
