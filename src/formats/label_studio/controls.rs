//! The values of controls, as the short forms of an export have them: under the control's name, without a region's.

use std::borrow::Cow;
use std::collections::HashMap;

use super::config::Labelling;
use crate::formats::json::{Json, name};

/// Fields that a record has beside data and controls.
const BESIDE: [&str; 7] = ["id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement"];

/// The values of controls in the shape that they have in a whole export.
pub(super) fn entries<'a>(value: &Json<'a>, labelling: &Labelling) -> Vec<Json<'a>> {
    let mut entries: Vec<Json<'a>> = Vec::new();
    for (control, said) in value.as_object().into_iter().flatten().filter(|(control, _)| !BESIDE.contains(&&**control))
    {
        let chosen = labelling.choices.contains(&**control);
        match said {
            Json::Array(all) => {
                let of_control = all.iter().filter(|one| kind(one).is_some());
                for one in of_control {
                    entries.push(entry(control, one.clone(), entries.len()));
                }
                let texts = all.iter().filter(|one| one.as_str().is_some() && chosen);
                let choices: Vec<Json<'a>> = texts.cloned().collect();
                if !choices.is_empty() {
                    let value = Json::Object(vec![("choices".into(), Json::Array(choices))]);
                    entries.push(entry(control, value, entries.len()));
                }
            }
            Json::Object(_) if kind(said).is_some() => entries.push(entry(control, said.clone(), entries.len())),
            Json::String(_) if chosen => {
                let value = Json::Object(vec![("choices".into(), Json::Array(vec![said.clone()]))]);
                entries.push(entry(control, value, entries.len()));
            }
            _ => {}
        }
    }
    join(&mut entries);
    entries
}

/// The type of the control that gives such a value; none where it is data.
fn kind(value: &Json<'_>) -> Option<&'static str> {
    let fields = value.as_object()?;
    let has = |name: &str| fields.iter().any(|(field, _)| field == name);
    let kinds = ["labels", "hypertextlabels", "choices", "taxonomy", "rating", "number", "datetime"];
    let text = || matches!(value.get("text"), Some(Json::Array(_)));
    kinds.into_iter().find(|kind| has(kind)).or_else(|| (text() || has("textarea")).then_some("textarea"))
}

fn entry<'a>(control: &str, value: Json<'a>, number: usize) -> Json<'a> {
    let text = |text: &str| Json::String(Cow::Owned(text.to_owned()));
    let kind = kind(&value).unwrap_or_default();
    // A value without a place is about the article.
    let id = if value.get("start").is_some() { number.to_string() } else { format!("whole-{number}") };
    Json::Object(vec![
        ("id".into(), text(&id)),
        ("from_name".into(), text(control)),
        ("type".into(), text(kind)),
        ("value".into(), value),
    ])
}

/// Gives what controls say of one place the name of the first region there that has a label: no record says which it is of.
fn join(entries: &mut Vec<Json<'_>>) {
    entries.sort_by_key(|entry| !name(entry, "type").ends_with("labels"));
    let place = |entry: &Json<'_>| {
        let value = entry.get("value")?;
        let place = value.get("globalOffsets").unwrap_or(value);
        Some((name(place, "start"), name(place, "end"))).filter(|(start, _)| !start.is_empty())
    };
    let mut there: HashMap<(String, String), Json<'_>> = HashMap::new();
    for entry in entries {
        let Some(place) = place(entry) else { continue };
        let labels = name(entry, "type").ends_with("labels");
        let Json::Object(fields) = entry else { continue };
        let Some((_, id)) = fields.first_mut() else { continue };
        match there.get(&place) {
            Some(first) if !labels => *id = first.clone(),
            Some(_) => {}
            None => {
                there.insert(place, id.clone());
            }
        }
    }
}
