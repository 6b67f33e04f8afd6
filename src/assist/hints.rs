//! Hints in the words of a schema: a label that no work has explained yet is understood by its title and its guideline, for no
//! label is known by its name.

use crate::model::{Kind, LabelDef, Schema};

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

fn told(def: &LabelDef, words: &[&str]) -> usize {
    let count = |text: &str, worth: usize| {
        let text = text.to_lowercase();
        let said =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| words.iter().any(|it| word.starts_with(it)));
        said.count() * worth
    };
    let titles: usize = def.title.all().map(|text| count(text, 3)).sum();
    titles + def.guide.all().map(|text| count(text, 1)).sum::<usize>()
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
