use crate::lang::Message;
use crate::model::{AttributeKind, ChoiceDef, LabelDef, Name, Schema};

/// The schema after a change, and what follows for it that nobody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The schema.
    pub schema: Schema,
    /// The consequences, in words.
    pub follows: Vec<Message>,
}

/// A label of a schema, to be changed.
pub(super) fn label_mut<'s>(schema: &'s mut Schema, name: &Name) -> Option<&'s mut LabelDef> {
    schema.labels.iter_mut().find(|label| label.name == *name)
}

/// The values of an attribute; none where it is no choice.
pub(super) fn choices_mut<'s>(
    schema: &'s mut Schema,
    label: &Name,
    attribute: &Name,
) -> Option<&'s mut Vec<ChoiceDef>> {
    let attributes = &mut label_mut(schema, label)?.attributes;
    match &mut attributes.iter_mut().find(|known| known.name == *attribute)?.kind {
        AttributeKind::Choice(choices) => Some(choices),
        _ => None,
    }
}

/// Keeps a former name, once.
pub(super) fn remember(aliases: &mut Vec<Name>, old: Name) {
    if !aliases.contains(&old) {
        aliases.push(old);
    }
}
