//! Five real articles with their reference annotation, where they are there: what is proposed and what contradicts.

use std::collections::BTreeSet;

use jejak::corpus::Index;

use super::project::seeds;

fn index(dir: &std::path::Path) -> Option<Index> {
    let snapshot = seeds(dir)?;
    Some(Index::build(snapshot, &"ref".into(), &mut |_, _| true).unwrap().unwrap())
}

#[test]
fn every_trip_of_the_articles_is_in_the_index() {
    let dir = tempfile::tempdir().unwrap();
    let Some(index) = index(dir.path()) else { return };
    let trips = index.frames().filter(|(_, frame)| frame.label == *"trip");
    let (all, joined): (Vec<_>, BTreeSet<_>) = trips.map(|(item, frame)| (item, frame.referent)).unzip();
    assert_eq!((index.digests().len(), all.len(), joined.len()), (5, 20, 17));
}
