//! The sets that came about beside those that were to.

use std::collections::HashMap;

use jejak::model::{Annotation, AnnotationSet, Filler, Id, Kind, Schema};
use jejak::text::Text;

use super::assisted::covers;
use super::hand::Hand;

impl Hand {
    /// Holds what came about against what was to.
    pub fn compare(&mut self, schema: &Schema, set: &AnnotationSet) {
        let text = self.driver.text().clone();
        let here = self.driver.set();
        let known: HashMap<Id, Id> = self.known.iter().map(|(gold, here)| (*here, *gold)).collect();
        // Zones that touch may be one or two: what they leave out is the same.
        let zone = |it: &Annotation| schema.kind(&it.label) == Kind::Zone;
        let missing = |one: &Annotation, of: &AnnotationSet| {
            let like = of.iter().filter(|it| it.label == one.label);
            zone(one) && !covers(&text, &like.flat_map(|it| it.at.iter().copied()).collect::<Vec<_>>(), &one.at)
        };
        let kept = |one: &Annotation, of: &AnnotationSet| !zone(one) || missing(one, of);
        let wanted = set.iter().filter(|it| kept(it, here));
        let wanted: Vec<String> = wanted.map(|it| told(&text, set, it, &|id| Some(id))).collect();
        let made = here.iter().filter(|it| kept(it, set));
        let made: Vec<String> = made.map(|it| told(&text, here, it, &|id| known.get(&id).copied())).collect();
        let mut left: Vec<&String> = made.iter().collect();
        let mut wrong = Vec::new();
        for one in &wanted {
            match left.iter().position(|other| *other == one) {
                Some(at) => drop(left.remove(at)),
                None => wrong.push(format!("wanted: {one}")),
            }
        }
        wrong.extend(left.into_iter().map(|one| format!("made: {one}")));
        self.effort.wrong.extend(wrong);
    }
}

/// An annotation with all that it says, without names that differ from one window to the next.
fn told(text: &Text, set: &AnnotationSet, record: &Annotation, referent: &dyn Fn(Id) -> Option<Id>) -> String {
    let filler = |filler: &Filler| match filler {
        Filler::Annotation(id) => set.get(*id).map_or(String::new(), |it| format!("{} {:?}", it.label, it.at)),
        other => format!("{other:?}"),
    };
    let mut roles: Vec<String> =
        record.roles.iter().map(|role| format!("{}={}", role.name, filler(&role.filler))).collect();
    roles.sort();
    let words: Vec<&str> = record.at.iter().map(|at| text.slice(*at)).collect();
    let who = record.referent.map(referent);
    format!("{} {:?} “{}” {:?} {roles:?} {who:?}", record.label, record.at, words.join(" … "), record.attributes)
}
