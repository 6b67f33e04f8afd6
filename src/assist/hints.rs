//! Hints in the words of a schema: a label that no work has explained yet is understood by its title and its guideline, for no
//! label is known by its name.

use crate::model::{AttributeKind, Kind, LabelDef, Name, RoleDef, Schema, Titles};

/// The label of a kind whose title and guideline have most of some words; none where none has any.
pub(super) fn label_about<'a>(schema: &'a Schema, kind: Kind, words: &[&str]) -> Option<&'a LabelDef> {
    let labels = schema.labels.iter().filter(|def| def.kind == kind);
    let told = labels.map(|def| (told(def, words), def)).filter(|(count, _)| *count > 0);
    // Of equals the first.
    told.fold(None, |best: Option<(usize, &LabelDef)>, it| match best {
        Some(best) if best.0 >= it.0 => Some(best),
        _ => Some(it),
    })
    .map(|(_, def)| def)
}

/// The role of a frame whose title and guideline have most of some words; none where none has any.
pub(super) fn role_about<'a>(def: &'a LabelDef, words: &[&str]) -> Option<&'a RoleDef> {
    let told = def.roles.iter().map(|role| (told_by(&role.title, &role.guide, words), role));
    told.filter(|(count, _)| *count > 0).max_by_key(|(count, _)| *count).map(|(_, role)| role)
}

/// The first choice among the attributes of a label whose name or title begins with one of some words, with its attribute.
pub(super) fn choice_about(def: &LabelDef, beginnings: &[&str]) -> Option<(Name, String)> {
    def.attributes.iter().find_map(|attribute| {
        let AttributeKind::Choice(choices) = &attribute.kind else { return None };
        let about = |text: &str| beginnings.iter().any(|beginning| text.to_lowercase().starts_with(beginning));
        let choice = choices.iter().find(|choice| about(&choice.name) || choice.title.all().any(about))?;
        Some((attribute.name.clone(), choice.name.to_string()))
    })
}

fn told(def: &LabelDef, words: &[&str]) -> usize {
    told_by(&def.title, &def.guide, words)
}

fn told_by(title: &Titles, guide: &Titles, words: &[&str]) -> usize {
    let count = |text: &str, worth: usize| {
        let text = text.to_lowercase();
        let said =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| words.iter().any(|it| word.starts_with(it)));
        said.count() * worth
    };
    let titles: usize = title.all().map(|text| count(text, 3)).sum();
    titles + guide.all().map(|text| count(text, 1)).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_understood_by_what_is_written_about_them() {
        let schema = Schema::trips();
        let of = |kind, words: &[&str]| label_about(&schema, kind, words).map(|def| def.name.to_string());
        assert_eq!(of(Kind::Zone, &["caption", "picture"]).as_deref(), Some("caption"));
        assert_eq!(of(Kind::Frame, &["travel", "journey", "trip"]).as_deref(), Some("trip"));
        assert_eq!(of(Kind::Zone, &["submarine"]), None);
    }
}
