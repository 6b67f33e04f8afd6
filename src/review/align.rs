//! The alignment of annotation sets: annotations of the same thing come into one group.

use super::alignment::Alignment;
use super::alignment_table::AlignmentTable;
use super::referents::Called;
use super::{exact, frames, mentions};
use crate::model::{AnnotationSet, Schema};
use crate::text::Text;

/// Aligns any number of sets of one article, whose text tells how many characters spans share. The same content gives the same groups, whatever the ids and order of
/// annotations within a set; the order of the sets decides ties.
///
/// 1. What is equal through and through is one thing: label, extent, attributes, fillers of roles, what it fills, and so
///    on outwards.
/// 2. Mentions and zones that overlap are paired by best total overlap, those of one label before those of two.
/// 3. Frames are paired by best total likeness of trigger, fillers and attributes: first those that no frame fills,
///    then those whose fillers are aligned by then.
#[must_use]
pub fn align(schema: &Schema, text: &Text, sets: &[&AnnotationSet]) -> Alignment {
    align_with(schema, text, (sets, Vec::new()), sets.len())
}

/// As [`align()`], where only the first `voters` sets say what belongs together; each later one is laid over what they
/// said and never changes it. With the names of each set's referents, which break ties.
pub(crate) fn align_with(
    schema: &Schema,
    text: &Text,
    (sets, called): (&[&AnnotationSet], Vec<Called>),
    voters: usize,
) -> Alignment {
    let mut table = AlignmentTable::new(schema, text, &sets[..voters.min(sets.len())], sets.len());
    settle(&mut table, 0);
    for (set, records) in sets.iter().enumerate().skip(voters) {
        let from = table.items.len();
        table.add_sets(schema, set, &[records]);
        // A set without annotations has nothing to lay over the others.
        if from < table.items.len() {
            settle(&mut table, from);
        }
    }
    table.finish(sets, called)
}

/// Puts every loose annotation from `from` on into a group.
fn settle(table: &mut AlignmentTable, from: usize) {
    exact::join(table);
    mentions::join(table, from);
    frames::join(table, from);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Annotation, Filler, Id, Name, Origin, Progress, Role};
    use crate::text::Span;

    /// Label, place, length, what fills its role, what it is about.
    type Made = (usize, u32, u32, Option<prop::sample::Index>, Option<u8>);

    fn set(made: &[Made]) -> AnnotationSet {
        let by = Origin::hand(&Name::new("a"));
        let id = |text: String| text.parse::<Id>().expect("digits and letters are an id");
        let record = |(at, (label, start, len, filler, referent)): (usize, &Made)| {
            let label = Name::new(["person", "place", "trip", "claim"][*label]);
            let mut record = Annotation::new(&label, vec![Span::new(*start, start + len)], by.clone());
            record.id = id(format!("m{at}"));
            record.referent = referent.map(|referent| id(format!("r{referent}")));
            if let (Some(filler), "trip" | "claim") = (filler, label.as_str()) {
                let filler = Filler::Annotation(id(format!("m{}", filler.index(made.len()))));
                record.roles.push(Role { name: "about".into(), filler });
            }
            Arc::new(record)
        };
        AnnotationSet::new(made.iter().enumerate().map(record), Progress::Done)
    }

    fn sets() -> impl Strategy<Value = Vec<AnnotationSet>> {
        let filler = prop::option::of(any::<prop::sample::Index>());
        let one = (0..4_usize, 0..12_u32, 1..4_u32, filler, prop::option::of(0..3_u8));
        let made = prop::collection::vec(prop::collection::vec(one, 0..8), 2..5);
        made.prop_map(|sets| sets.iter().map(|made| set(made)).collect())
    }

    proptest! {
        #[test]
        fn the_set_that_is_laid_over_others_changes_nothing_between_them(sets in sets()) {
            let (schema, text) = (Schema::trips(), Text::default());
            let sets: Vec<&AnnotationSet> = sets.iter().collect();
            let voters = &sets[..sets.len() - 1];
            let (alone, all) = (align(&schema, &text, voters), align_with(&schema, &text, (&sets, Vec::new()), voters.len()));
            let found = all.without_last(&sets);
            prop_assert_eq!(&found.groups, &alone.groups);
            for (at, set) in voters.iter().enumerate() {
                for record in set.iter() {
                    prop_assert_eq!(found.group_of(at, record.id), alone.group_of(at, record.id));
                    if let Some(referent) = record.referent {
                        let group = |of: &crate::review::Alignment| of.referents.group_of(at, referent);
                        prop_assert_eq!(group(&found), group(&alone));
                    }
                }
            }
        }
    }
}
