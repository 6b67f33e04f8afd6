//! Lint of one record by itself; whoever asks for it says of which record.

use super::subject::{Subject, excerpt};
use crate::lang::Message;
use crate::message;
use crate::model::{
    Annotation, AttributeDef, AttributeKind, Date, Filler, Id, Kind, LabelDef, Name, Problem, Role, RoleDef, Schema,
    Value, ValueKind,
};

/// The slots that an annotation and a referent have in common.
pub(super) struct Slots<'a> {
    pub id: Id,
    pub label: &'a Name,
    pub attributes: &'a [(Name, String)],
    pub roles: &'a [Role],
}

pub(super) fn check(subject: &Subject, record: &Annotation, problems: &mut Vec<Problem>) {
    let slots = Slots { id: record.id, label: &record.label, attributes: &record.attributes, roles: &record.roles };
    let label_of = |id: Id| subject.set.get(id).map(|record| &record.label);
    check_slots(subject.schema, &slots, &label_of, problems);
    if let Some(def) = subject.schema.label(&record.label) {
        check_complete(def, &slots, problems);
        check_span(subject, def.kind, record, problems);
        check_dates(subject, record, problems);
    }
    check_referent(subject, record, problems);
    for lost in record.drift.iter().flat_map(|drift| &drift.spans) {
        let (start, end, quote) = (lost.start, lost.end, excerpt(&lost.quote));
        let message = message!("check-drifted", words = quote, start = start, end = end);
        problems.push(Problem::error("drifted", message));
    }
}

/// Rules of the schema that hold for annotations and referents alike.
pub(super) fn check_slots<'a>(
    schema: &Schema,
    slots: &Slots,
    label_of: &dyn Fn(Id) -> Option<&'a Name>,
    problems: &mut Vec<Problem>,
) {
    let Some(def) = schema.label(slots.label) else {
        let message = message!("check-unknown-label", label = slots.label);
        problems.push(Problem::error("unknown-label", message));
        return;
    };
    for (name, value) in slots.attributes {
        match def.attribute(name) {
            None => {
                let message = message!("check-unknown-attribute", label = def.name, name = name);
                problems.push(Problem::error("unknown-attribute", message));
            }
            Some(attribute) => problems.extend(check_value(attribute, value)),
        }
    }
    for role in slots.roles {
        let Some(role_def) = def.role(&role.name) else {
            let message = message!("check-unknown-role", label = def.name, name = role.name);
            problems.push(Problem::error("unknown-role", message));
            continue;
        };
        problems.extend(check_filler(role_def, &role.filler, slots, label_of));
    }
    for role in &def.roles {
        let Some(most) = role.cardinality.most else { continue };
        let count = slots.roles.iter().filter(|filled| filled.name == role.name).count();
        if count > usize::from(most) {
            let message = message!("check-too-many-fillers", role = role.name, count = count, most = most);
            problems.push(Problem::error("too-many-fillers", message));
        }
    }
}

fn check_value(attribute: &AttributeDef, value: &str) -> Option<Problem> {
    let (name, shown) = (&attribute.name, excerpt(value));
    match &attribute.kind {
        AttributeKind::Choice(choices) if !choices.iter().any(|choice| choice.name == *value) => {
            let message = message!("check-unknown-value", value = shown, name = name);
            Some(Problem::error("unknown-value", message))
        }
        AttributeKind::Flag if value != AttributeKind::SET => {
            let set = AttributeKind::SET;
            let message = message!("check-unknown-flag", value = shown, name = name, set = set);
            Some(Problem::error("unknown-value", message))
        }
        AttributeKind::Date if value.parse::<Date>().is_err() => {
            let message = message!("check-not-a-date", name = name, value = shown);
            Some(Problem::error("invalid-date", message))
        }
        _ => None,
    }
}

fn check_filler<'a>(
    def: &RoleDef,
    filler: &Filler,
    slots: &Slots,
    label_of: &dyn Fn(Id) -> Option<&'a Name>,
) -> Option<Problem> {
    let role = &def.name;
    let wrong = |code: &'static str, message: Message| Some(Problem::error(code, message));
    let illegal = |message: Message| wrong("illegal-filler", message);
    match filler {
        Filler::Annotation(id) if *id == slots.id => wrong("own-filler", message!("check-own-filler", role = role)),
        Filler::Annotation(id) => match label_of(*id) {
            None => wrong("dangling-role", message!("check-dangling-role", role = role, id = id)),
            Some(label) if !def.fillers.contains(label) => {
                illegal(message!("check-takes-no-label", role = role, label = label))
            }
            Some(_) => None,
        },
        Filler::Span(_) if !def.spans => illegal(message!("check-takes-no-words", role = role)),
        Filler::Value(Value::Date(_)) if !def.values.contains(&ValueKind::Date) => {
            illegal(message!("check-takes-no-date", role = role))
        }
        Filler::Value(Value::Text(text)) if !def.values.contains(&ValueKind::Text) => {
            // A role for dates with a text in it: what was meant as a date could not be read as one.
            if def.values.contains(&ValueKind::Date) {
                return wrong("invalid-date", message!("check-not-a-date", name = role, value = excerpt(text)));
            }
            illegal(message!("check-takes-no-text", role = role))
        }
        Filler::Span(_) | Filler::Value(_) => None,
    }
}

/// Checks what is missing; referents are never held to this, since each says only what is known.
fn check_complete(def: &LabelDef, slots: &Slots, problems: &mut Vec<Problem>) {
    for attribute in def.attributes.iter().filter(|attribute| attribute.required) {
        if !slots.attributes.iter().any(|(name, _)| *name == attribute.name) {
            let message = message!("check-missing", name = attribute.name);
            problems.push(Problem::warning("missing-attribute", message));
        }
    }
    for role in &def.roles {
        let (count, least) =
            (slots.roles.iter().filter(|filled| filled.name == role.name).count(), role.cardinality.least);
        if count < usize::from(least) {
            let message = match least {
                1 => message!("check-missing", name = role.name),
                _ => message!("check-too-few-fillers", role = role.name, count = count, least = least),
            };
            problems.push(Problem::warning("missing-role", message));
        }
    }
}

fn check_span(subject: &Subject, kind: Kind, record: &Annotation, problems: &mut Vec<Problem>) {
    // A record that has drifted had words once and says so itself.
    let bare = record.at.is_empty() && record.drift.is_none();
    let problem = match kind {
        Kind::Entity | Kind::Zone if bare => Problem::error("no-span", message!("check-no-span")),
        Kind::Frame if bare && record.roles.is_empty() => {
            Problem::warning("empty-frame", message!("check-empty-frame"))
        }
        Kind::Document if !record.at.is_empty() => {
            Problem::error("span-on-document", message!("check-span-on-document"))
        }
        Kind::Zone => return,
        _ => {
            let mut words = record.at.iter().map(|span| subject.text.slice(*span));
            if let Some(words) = words.find(|words| words.trim() != *words) {
                problems.push(Problem::warning("blank-end", message!("check-blank-end", words = excerpt(words))));
            }
            return;
        }
    };
    problems.push(problem);
}

/// Roles that hold dates, in the order in which a journey passes them.
const JOURNEY: [&str; 3] = ["departure", "arrival", "return"];

/// Each date of a journey is compared with those that come later in it; an error only where no exact days of the two
/// could be in order.
fn check_dates(subject: &Subject, record: &Annotation, problems: &mut Vec<Problem>) {
    for (index, early) in JOURNEY.iter().enumerate() {
        for late in &JOURNEY[index + 1..] {
            for first in dates(subject, record, early) {
                for second in dates(subject, record, late) {
                    let ((Some(from), _), (_, Some(until))) = (first.days(), second.days()) else { continue };
                    if until < from {
                        let message =
                            message!("check-date-order", late = late, second = second, early = early, first = first);
                        problems.push(Problem::error("date-order", message));
                    }
                }
            }
        }
    }
}

/// The dates that fill a role: values, and what the attributes of annotations say.
fn dates(subject: &Subject, record: &Annotation, role: &str) -> Vec<Date> {
    let mut dates = Vec::new();
    for filler in record.fillers(role) {
        match filler {
            Filler::Value(Value::Date(date)) => dates.push(date.clone()),
            Filler::Annotation(id) => {
                let Some(target) = subject.set.get(*id) else { continue };
                let Some(def) = subject.schema.label(&target.label) else { continue };
                let is_date = |name: &Name| def.attribute(name).is_some_and(|def| def.kind == AttributeKind::Date);
                let said = target.attributes.iter().filter(|(name, _)| is_date(name));
                dates.extend(said.filter_map(|(_, value)| value.parse().ok()));
            }
            Filler::Span(_) | Filler::Value(Value::Text(_)) => {}
        }
    }
    dates
}

fn check_referent(subject: &Subject, record: &Annotation, problems: &mut Vec<Problem>) {
    let Some(id) = record.referent else { return };
    match subject.referents.and_then(|all| all.get(&id)) {
        None => {
            let message = message!("check-dangling-referent", id = id);
            problems.push(Problem::error("dangling-referent", message));
        }
        Some(referent) if referent.label != record.label => {
            let (name, label) = (excerpt(&referent.name), &referent.label);
            let message = message!("check-referent-label", name = name, label = label);
            problems.push(Problem::warning("referent-label", message));
        }
        Some(_) => {}
    }
}
