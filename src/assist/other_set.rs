//! Annotations of another set of the project, as a source: what a model was imported with, or what was suggested before.

use super::lesson::Page;
use super::record::Record;
use super::suggestion::{Source, Suggestion};
use crate::model::{Annotation, AnnotationSet, Filler, Kind, Name, Project, Role, SetKind, Via};

/// The beginning of the names of such sources; the name of the set follows.
const PREFIX: &str = "set:";

/// The sets of a project that can be sources: those of models. What a person marked is never laid over another person's text.
#[must_use]
pub fn model_sets(project: &Project) -> Vec<Name> {
    let models = project.people.iter().filter(|maker| maker.kind == SetKind::Model);
    models.map(|maker| maker.name.clone()).collect()
}

/// The name of the source that a set is.
#[must_use]
pub fn set_source(set: &Name) -> Name {
    format!("{PREFIX}{set}").into()
}

/// The set that a source is; none where it is another source.
#[must_use]
pub fn set_of_source(source: &str) -> Option<Name> {
    source.strip_prefix(PREFIX).map(Name::new)
}

/// A set as a source for the article that it is of.
#[derive(Debug, Clone)]
pub struct OtherSet<'a> {
    source: Name,
    set: &'a AnnotationSet,
    /// The fate of its suggestions so far.
    record: Option<&'a Record>,
}

impl<'a> OtherSet<'a> {
    /// A set of a project; what says no certainty of its own is as certain as `record` says that the source was right.
    #[must_use]
    pub fn new(name: &Name, set: &'a AnnotationSet, record: Option<&'a Record>) -> Self {
        Self { source: set_source(name), set, record }
    }

    fn score(&self, record: &Annotation) -> f32 {
        match &record.origin.via {
            Via::Suggestion { score, .. } => f32::from(*score) / 1000.0,
            Via::Hand | Via::Import { .. } | Via::Decision { .. } => {
                self.record.map_or(Record::UNKNOWN, |fate| fate.precision(&self.source, &record.label))
            }
        }
    }

    /// A role as the annotator's own set can have it: filled by the mention of the same words there; none where there is no such.
    fn role(&self, page: &Page<'_>, role: &Role) -> Option<Role> {
        let filler = match &role.filler {
            Filler::Annotation(id) => {
                let theirs = self.set.get(*id)?;
                let own = page.set.iter().find(|own| own.label == theirs.label && own.at == theirs.at)?;
                Filler::Annotation(own.id)
            }
            Filler::Span(_) | Filler::Value(_) => role.filler.clone(),
        };
        Some(Role { name: role.name.clone(), filler })
    }
}

impl Source for OtherSet<'_> {
    fn name(&self) -> &str {
        &self.source
    }

    fn suggest(&self, page: &Page<'_>) -> Vec<Suggestion> {
        let known = |record: &&std::sync::Arc<Annotation>| {
            page.schema.label(&record.label).is_some_and(|def| def.kind != Kind::Document) && !record.at.is_empty()
        };
        let suggestion = |record: &std::sync::Arc<Annotation>| Suggestion {
            attributes: record.attributes.clone(),
            roles: record.roles.iter().filter_map(|role| self.role(page, role)).collect(),
            ..Suggestion::new(&self.source, &record.label, record.at.clone(), self.score(record))
        };
        self.set.iter().filter(known).map(suggestion).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Id, Origin, Progress, Schema};
    use crate::text::{Span, Text};
    use std::sync::Arc;

    fn record(id: &str, label: &str, at: Span) -> Annotation {
        let mut record = Annotation::new(&label.into(), vec![at], Origin::hand(&"bert".into()));
        record.id = id.parse().unwrap();
        record
    }

    #[test]
    fn a_role_is_filled_by_the_same_words_of_the_own_set_or_not_at_all() {
        let schema = Schema::trips();
        let text = Text::new("Raka Wirya terbang ke Bandar Laut.");
        let mut trip = record("t1", "trip", Span::new(11, 18));
        let fill = |name: &str, id: &str| Role { name: name.into(), filler: Filler::Annotation(id.parse().unwrap()) };
        trip.roles = vec![fill("traveller", "p1"), fill("destination", "l1")];
        let theirs = [
            record("p1", "person", Span::new(0, 10)),
            record("l1", "place", Span::new(22, 33)),
            trip,
            record("x1", "no-such-label", Span::new(0, 4)),
        ];
        let theirs = AnnotationSet::new(theirs.map(Arc::new), Progress::Done);
        let own = AnnotationSet::new([Arc::new(record("own1", "person", Span::new(0, 10)))], Progress::InProgress);
        let article = ArticleId::numbered(1);
        let page = Page::new(&schema, &article, &text, &own, "");
        let found = OtherSet::new(&"bert".into(), &theirs, None).suggest(&page);
        assert_eq!(found.len(), 3, "a label that the schema lacks is not suggested");
        let trip = found.iter().find(|it| it.label == *"trip").unwrap();
        let own: Id = "own1".parse().unwrap();
        assert_eq!(trip.roles, [Role { name: "traveller".into(), filler: Filler::Annotation(own) }]);
        assert_eq!((&*trip.source, trip.score), ("set:bert", 750));
    }
}
