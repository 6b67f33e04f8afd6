//! Values that are none of their label's, and dates that say something else than their words.

use super::finding::{Finding, Mend, Rule};
use super::marks::example;
use crate::corpus::{Days, Index, Item, Mention};
use crate::model::{AttributeDef, AttributeKind, Date, Progress};
use crate::when::{self, Around};

pub(super) fn outside(index: &Index, keep: &dyn Fn(Item) -> bool) -> Vec<Finding> {
    let mut found = Vec::new();
    for (item, mention) in index.mentions().filter(|(item, _)| keep(*item)) {
        let Some(def) = index.schema().label(&mention.label) else { continue };
        for attribute in &def.attributes {
            let Some(value) = mention.attribute(&attribute.name) else { continue };
            let wrong = match &attribute.kind {
                AttributeKind::Choice(choices) => !choices.iter().any(|choice| *choice.name == *value),
                AttributeKind::Date => value.parse::<Date>().is_err(),
                _ => false,
            };
            if wrong {
                found.push(finding(index, (item, mention), attribute, value, None));
            } else if attribute.kind == AttributeKind::Date
                && let Some(said) = other_days(index, item, mention, value)
            {
                found.push(finding(index, (item, mention), attribute, value, Some(said)));
            }
        }
    }
    found
}

/// The date that the words say, where its days are not those of the value: they lie apart, or the value is a day and the words
/// are not.
fn other_days(index: &Index, item: Item, mention: &Mention, value: &str) -> Option<Date> {
    // A phrase without a number is counted from what was said before it.
    if !mention.words.contains(|c: char| c.is_numeric()) {
        return None;
    }
    let published = index.digest_of(item).published;
    let around = Around { published, ..Around::default() };
    let said = when::resolve(&mention.words, &around)?;
    let (words, days) = (Days::of(&said)?, Days::parse(value)?);
    let is_day = |days: Days| days.from.is_some() && days.from == days.until;
    (!words.meets(days) || is_day(days) && !is_day(words) && !words.about).then_some(said)
}

fn finding(
    index: &Index,
    (item, mention): (Item, &Mention),
    attribute: &AttributeDef,
    value: &str,
    said: Option<Date>,
) -> Finding {
    let example = example(index, item, mention);
    let open = index.digest_of(item).progress != Some(Progress::Done);
    let sides = said.iter().map(|said| (said.to_string(), 1));
    Finding {
        rule: Rule::Value,
        about: example.words.clone(),
        sides: std::iter::once((value.to_owned(), 1)).chain(sides).collect(),
        mend: said
            .filter(|_| open)
            .map(|said| Mend::Value(attribute.name.clone(), said, vec![(example.article.clone(), mention.id)])),
        examples: vec![example],
        referents: Vec::new(),
    }
}
