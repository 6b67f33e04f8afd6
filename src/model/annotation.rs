use super::{Date, Id, Name, Origin};
use crate::text::{Anchor, Span};

/// *The* record: whatever a person can mark in an article. One shape serves entities, trips, claims and zones.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Annotation {
    /// Its name within its set.
    pub id: Id,
    /// A label of the schema; one that the schema does not know is kept and reported.
    pub label: Name,
    /// Its fragments in bytes: non-empty spans on grapheme boundaries, sorted, apart from each other. None at all for
    /// a document label, a frame without trigger, or a record that has wholly drifted.
    pub at: Vec<Span>,
    /// Attribute and value, sorted by attribute; an attribute may have several values.
    pub attributes: Vec<(Name, String)>,
    /// Filled roles, in the order in which they count (legs of a tour).
    pub roles: Vec<Role>,
    /// The real-world thing that it is about, among its annotator's referents.
    pub referent: Option<Id>,
    /// The statement of the annotator about it.
    pub note: String,
    /// The origin.
    pub origin: Origin,
    /// Fragments that could not be placed in the text as it is now.
    pub drift: Option<Box<Drift>>,
}

impl Annotation {
    /// A bare annotation: a label on fragments.
    #[must_use]
    pub fn new(label: &Name, at: Vec<Span>, origin: Origin) -> Self {
        Self {
            id: Id::random(),
            label: label.clone(),
            at,
            attributes: Vec::new(),
            roles: Vec::new(),
            referent: None,
            note: String::new(),
            origin,
            drift: None,
        }
    }

    /// From the first byte to past the last one, over all fragments; none without a span.
    #[must_use]
    pub fn extent(&self) -> Option<Span> {
        Some(Span::new(self.at.first()?.start, self.at.last()?.end))
    }

    /// True where byte offset `byte` lies in one of the fragments.
    #[must_use]
    pub fn holds(&self, byte: u32) -> bool {
        self.at.iter().any(|span| span.holds(byte))
    }

    /// The first value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(attribute, _)| attribute == name).map(|(_, value)| value.as_str())
    }

    /// The values of an attribute, in their order.
    pub fn attribute_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a String> {
        self.attributes.iter().filter(move |(attribute, _)| *attribute == *name).map(|(_, value)| value)
    }

    /// Sets an attribute to one value, or clears it.
    pub fn set_attribute(&mut self, name: &Name, value: Option<String>) {
        self.attributes.retain(|(attribute, _)| attribute != name);
        if let Some(value) = value {
            let at = self.attributes.partition_point(|(attribute, _)| attribute <= name);
            self.attributes.insert(at, (name.clone(), value));
        }
    }

    /// The fillers of one role, in their order.
    pub fn fillers<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Filler> {
        self.roles.iter().filter(move |filled| filled.name == *role).map(|filled| &filled.filler)
    }

    /// The annotations that its roles point to, each as often as it is pointed to.
    pub fn targets(&self) -> impl Iterator<Item = Id> {
        self.roles.iter().filter_map(|role| match role.filler {
            Filler::Annotation(id) => Some(id),
            Filler::Span(_) | Filler::Value(_) => None,
        })
    }

    /// Sorts fragments and joins those that touch or overlap: the form that every record has.
    #[must_use]
    pub fn tidy(mut at: Vec<Span>) -> Vec<Span> {
        at.retain(|span| !span.is_empty());
        at.sort_unstable();
        let mut tidy: Vec<Span> = Vec::with_capacity(at.len());
        for span in at {
            match tidy.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => tidy.push(span),
            }
        }
        tidy
    }
}

/// One filled role of a trip, claim or other frame.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Role {
    /// A role of the frame's label.
    pub name: Name,
    /// The fillers of it.
    pub filler: Filler,
}

/// The fillers of a role.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Filler {
    /// Another annotation of the same set and article; one that is not there is kept, shown and reported.
    Annotation(Id),
    /// Bare words, without an annotation of their own; fragments as in [`Annotation::at`].
    Span(Vec<Span>),
    /// Something that the text does not say in words of its own.
    Value(Value),
}

/// A value without words in the text: normalised or inferred.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// A date or an interval.
    Date(Date),
    /// Free text, such as an inferred place.
    Text(String),
}

/// Fragments of a record that could not be placed, exactly as the file had them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Drift {
    /// Each fragment that has no place now.
    pub spans: Vec<DriftedSpan>,
    /// Each fragment of bare words in a role that has no place now, with the role.
    pub roles: Vec<(Name, DriftedSpan)>,
}

/// One fragment that has no place in the text as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DriftedSpan {
    /// First code point, in the text that it was made for.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words that stood there.
    pub quote: String,
}

impl From<&DriftedSpan> for Anchor {
    fn from(span: &DriftedSpan) -> Self {
        Self { quote: span.quote.clone(), ..Self::default() }
    }
}
