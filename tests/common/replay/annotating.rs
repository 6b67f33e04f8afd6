//! An article by hand: zones, mentions with what they are, trips and claims with what fills their roles.

use std::collections::HashSet;

use eframe::egui::{Event, Key, Modifiers, Pos2};
use jejak::model::{Annotation, AnnotationSet, AttributeKind, Filler, Id, Kind as LabelKind, Name, Schema, Value};
use jejak::text::{Fold, Span, Text, find_all};

use super::Gold;
use super::effort::Action;
use super::hand::Hand;
use crate::driver::ANNOTATOR;

impl Hand {
    pub fn article(&mut self, gold: &Gold, set: &AnnotationSet) {
        let schema = &gold.schema;
        let kind = |record: &Annotation| schema.kind(&record.label);
        for zone in set.iter().filter(|record| kind(record) == LabelKind::Zone) {
            self.begin("zone", 1);
            self.mark(Action::Zone, schema, zone);
        }
        for mention in set.iter().filter(|record| kind(record) == LabelKind::Entity && !record.at.is_empty()) {
            if self.record(&mention.label, &mention.at).is_some() {
                continue;
            }
            self.begin("mention", 1);
            self.mark(Action::Mark, schema, mention);
            self.say(gold, mention);
            self.all_equal(gold, set, mention);
        }
        // Claims are about trips: frames that others are about come first.
        let mut frames: Vec<&Annotation> =
            set.iter().map(|it| &**it).filter(|it| kind(it) == LabelKind::Frame).collect();
        frames.sort_by_key(|frame| depth(set, frame, 4));
        for frame in frames {
            self.frame(gold, set, frame);
        }
        self.close("something is open at the end");
        self.compare(schema, set);
    }

    /// Marks the first fragment, and adds the others.
    pub(super) fn mark(&mut self, action: Action, schema: &Schema, record: &Annotation) {
        let label_action = if action == Action::Zone { action } else { Action::Label };
        let key = schema.label(&record.label).and_then(|def| def.key).expect("a label of a replay has a key");
        self.drag(action, record.at[0]);
        self.char(label_action, key);
        for piece in &record.at[1..] {
            if self.driver.work().armed().is_some() {
                self.key(action, Modifiers::NONE, Key::Escape);
            }
            self.drag(action, *piece);
            self.char(action, '+');
        }
    }

    /// Says when a mention is, what it is and who it is.
    pub(super) fn say(&mut self, gold: &Gold, mention: &Annotation) {
        let Some(id) = self.record(&mention.label, &mention.at) else { return };
        let def = gold.schema.label(&mention.label).unwrap();
        if let Some(date) = def.attributes.iter().find(|attribute| attribute.kind == AttributeKind::Date)
            && let Some(value) = mention.attribute(&date.name)
        {
            self.begin("date", 1);
            self.value(id, &date.name, value);
        }
        self.begin("mention", 0);
        self.attributes(gold, mention, id);
        self.begin("identity", usize::from(mention.referent.is_some()));
        self.identity(gold, mention, id, true);
    }

    fn attribute_of(&self, id: Id, name: &str) -> Option<String> {
        self.driver.set().get(id)?.attribute(name).map(str::to_owned)
    }

    /// Takes the value that is proposed, or types another.
    fn value(&mut self, id: Id, name: &Name, value: &str) {
        self.key(Action::Value, Modifiers::NONE, Key::Enter);
        if self.attribute_of(id, name).as_deref() != Some(value) {
            // A hand sees that before it takes anything: that key was not pressed.
            self.uncount(Action::Value);
            self.char(Action::Value, '=');
            self.write(Action::Value, value);
            self.key(Action::Value, Modifiers::NONE, Key::Enter);
            self.close("a value is not taken");
        }
    }

    pub(super) fn uncount(&mut self, action: Action) {
        *self.effort.kinds.get_mut(&action).unwrap() -= 1;
        if let Some((actions, _)) = self.effort.things.get_mut(&self.thing) {
            *actions -= 1;
        }
    }

    /// Gives choices their values: with Alt and a digit as long as it is the next one, else by its own list.
    pub(super) fn attributes(&mut self, gold: &Gold, record: &Annotation, id: Id) {
        const DIGITS: [Key; 9] =
            [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
        let def = gold.schema.label(&record.label).unwrap();
        for (index, attribute) in def.attributes.iter().enumerate() {
            let Some(value) = record.attribute(&attribute.name) else { continue };
            let AttributeKind::Choice(choices) = &attribute.kind else { continue };
            let Some(at) = choices.iter().position(|choice| choice.name == *value) else { continue };
            let now = self.driver.set().get(id).unwrap().clone();
            let choice = |it: &&jejak::model::AttributeDef| matches!(it.kind, AttributeKind::Choice(_));
            let next = def.attributes.iter().filter(choice).find(|it| now.attribute(&it.name).is_none());
            if now.attribute(&attribute.name) == Some(value) {
                continue;
            }
            if next.is_some_and(|next| next.name == attribute.name) && at < 9 {
                self.key(Action::Attribute, Modifiers::ALT, DIGITS[at]);
            } else {
                self.char(Action::Attribute, char::from_digit(index as u32 + 1, 10).unwrap());
                self.char(Action::Attribute, char::from_digit(at as u32 + 1, 10).unwrap());
            }
        }
    }

    /// Says who or what something is: it came along, or is proposed, or is picked from the list.
    pub(super) fn identity(&mut self, gold: &Gold, record: &Annotation, id: Id, proposes: bool) {
        let now = |hand: &Self| hand.driver.set().get(id).and_then(|record| record.referent);
        let Some(wanted) = record.referent else {
            if now(self).is_some() {
                self.char(Action::Identity, '0');
            }
            return;
        };
        let right = |hand: &Self| now(hand).is_some() && hand.known.get(&wanted).copied() == now(hand);
        if right(self) {
            return;
        }
        if proposes && now(self).is_none() {
            let before: HashSet<Id> = self.known.values().copied().collect();
            self.key(Action::Identity, Modifiers::NONE, Key::Enter);
            let new = now(self).filter(|id| !before.contains(id) && !self.known.contains_key(&wanted));
            if let Some(new) = new {
                self.known.insert(wanted, new);
            }
            if right(self) {
                return;
            }
            // A hand sees who is proposed before it takes anything: that key was not pressed.
            self.uncount(Action::Identity);
            if now(self).is_some() {
                self.driver.key(Modifiers::COMMAND, Key::Z);
            }
        }
        let referents = self.driver.work().session.corpus().referents(&ANNOTATOR.into()).cloned().unwrap_or_default();
        match self.known.get(&wanted).and_then(|id| referents.get(id)) {
            Some(referent) => self.pick(Action::Identity, '@', &referent.name, false),
            None => {
                let set = self.driver.set();
                let words = title(self.driver.text(), set.get(id).unwrap());
                let taken = referents.values().any(|referent| referent.name == words);
                let before: HashSet<Id> = referents.keys().copied().collect();
                // A name that somebody has already is not the name of another.
                let name = if taken { gold.names.get(&wanted).cloned().unwrap_or(words) } else { words };
                self.pick(Action::Identity, '@', &name, true);
                if let Some(new) = now(self).filter(|id| !before.contains(id)) {
                    self.known.insert(wanted, new);
                }
            }
        }
    }

    /// Labels all equal words at once, where two or more places are to be like a mention and none is not.
    fn all_equal(&mut self, gold: &Gold, set: &AnnotationSet, mention: &Annotation) {
        let [at] = mention.at[..] else { return };
        let words = self.driver.text().slice(at).to_owned();
        let places = find_all(self.driver.text(), &words, Fold { case: true, words: true });
        let here = self.driver.set();
        let zone = |span: Span| {
            let zones = here.within(span).filter(|it| gold.schema.kind(&it.label) == LabelKind::Zone);
            zones.into_iter().any(|it| it.at.iter().any(|piece| piece.overlaps(span)))
        };
        let open = |span: &Span| self.record(&mention.label, &[*span]).is_none() && !zone(*span);
        let places: Vec<Span> = places.into_iter().filter(open).collect();
        let alike = |span: &Span| {
            set.within(*span).any(|other| {
                other.label == mention.label
                    && other.at == [*span]
                    && other.attributes == mention.attributes
                    && other.referent == mention.referent
            })
        };
        if places.len() < 2 || !places.iter().all(alike) {
            return;
        }
        self.begin("mention", places.len());
        self.char(Action::Label, 'R');
        self.key(Action::Label, Modifiers::NONE, Key::Enter);
        let named = if mention.referent.is_some() { places.len() } else { 0 };
        self.begin("identity", named);
        let date =
            gold.schema.label(&mention.label).unwrap().attributes.iter().any(|it| it.kind == AttributeKind::Date);
        self.begin("date", if date && !mention.attributes.is_empty() { places.len() } else { 0 });
    }

    pub(super) fn frame(&mut self, gold: &Gold, set: &AnnotationSet, frame: &Annotation) {
        let def = gold.schema.label(&frame.label).unwrap();
        if self.driver.work().armed().is_some() {
            self.key(Action::Role, Modifiers::NONE, Key::Escape);
        }
        self.begin(&frame.label, 1);
        let before: HashSet<Id> = self.driver.set().iter().map(|it| it.id).collect();
        if frame.at.is_empty() {
            self.button(Action::Label, &format!("+ {}", def.title.get("en").to_lowercase()));
        } else {
            self.mark(Action::Mark, &gold.schema, frame);
        }
        let new = self.driver.set().iter().find(|it| !before.contains(&it.id) && it.label == frame.label);
        let Some(id) = new.map(|it| it.id) else {
            self.effort.wrong.push(format!("no {} came about", frame.label));
            return;
        };
        // Required roles are armed by themselves, the others by their keys.
        let (required, others): (Vec<_>, Vec<_>) = def.roles.iter().partition(|role| role.cardinality.least > 0);
        for role in required.into_iter().chain(others) {
            for filler in frame.fillers(&role.name) {
                self.fill(gold, set, (id, role), filler);
            }
        }
        if self.driver.work().open.as_ref().is_some_and(|open| open.card.is_none()) {
            self.effort.wrong.push(format!("the card of a {} was closed", frame.label));
            return;
        }
        self.attributes(gold, frame, id);
        self.begin("identity", usize::from(frame.referent.is_some()));
        self.identity(gold, frame, id, false);
        self.begin(&frame.label, 0);
    }

    pub(super) fn fill(
        &mut self,
        gold: &Gold,
        set: &AnnotationSet,
        (frame, role): (Id, &jejak::model::RoleDef),
        filler: &Filler,
    ) {
        let key = role.key.expect("a role of a replay has a key");
        let armed = |hand: &Self| hand.driver.work().armed().map(|(_, armed)| armed);
        let arm = |hand: &mut Self| {
            if armed(hand).as_ref() != Some(&role.name) {
                // Away from what the mouse points at.
                hand.driver.harness.event(Event::PointerMoved(eframe::egui::pos2(600.0, 5.0)));
                hand.steps(1);
                hand.char(Action::Role, key);
            }
        };
        match filler {
            Filler::Annotation(id) => {
                let Some(wanted) = set.get(*id) else { return };
                let there = self.record(&wanted.label, &wanted.at).filter(|_| !wanted.at.is_empty());
                let Some(target) = there else {
                    arm(self);
                    let title = title(self.driver.text(), wanted);
                    return self.pick(Action::Role, ' ', &title, false);
                };
                // A click where the role is armed, or will be by the click; else the role's key while the mouse points.
                let next = self.next_required(gold, frame);
                let clicks = armed(self).as_ref() == Some(&role.name) || next.as_ref() == Some(&role.name);
                match self.place(frame, role, target, clicks) {
                    Some(pos) if clicks => {
                        self.count(Action::Role);
                        self.press(pos, pos, Modifiers::NONE);
                    }
                    Some(pos) => {
                        self.driver.harness.event(Event::PointerMoved(pos));
                        self.steps(1);
                        self.char(Action::Role, key);
                    }
                    None => {
                        arm(self);
                        let title = title(self.driver.text(), wanted);
                        self.pick(Action::Role, ' ', &title, false);
                    }
                }
            }
            Filler::Span(at) => {
                arm(self);
                if let [at] = at[..] {
                    self.drag(Action::Role, at);
                }
            }
            Filler::Value(value) => {
                arm(self);
                self.char(Action::Role, '=');
                let text = match value {
                    Value::Date(date) => date.to_string(),
                    Value::Text(text) => text.clone(),
                };
                self.write(Action::Role, &text);
                self.key(Action::Role, Modifiers::NONE, Key::Enter);
                self.close("a value is not taken");
            }
        }
    }

    /// The required role that a click goes on to.
    fn next_required(&self, gold: &Gold, frame: Id) -> Option<Name> {
        let (_, armed) = self.driver.work().armed()?;
        let record = self.driver.set().get(frame)?;
        record.fillers(&armed).next()?;
        let roles = &gold.schema.label(&record.label)?.roles;
        let from = roles.iter().position(|role| role.name == armed)? + 1;
        let lacks =
            |role: &&jejak::model::RoleDef| record.fillers(&role.name).count() < usize::from(role.cardinality.least);
        roles.iter().skip(from).find(lacks).map(|role| role.name.clone())
    }

    /// A place where the mouse means just this annotation.
    fn place(&mut self, frame: Id, role: &jejak::model::RoleDef, target: Id, clicks: bool) -> Option<Pos2> {
        let set = self.driver.set();
        let record = set.get(target)?.clone();
        let filled: HashSet<Id> = set.get(frame)?.targets().collect();
        let meant = |byte: u32| {
            let mut stack: Vec<&std::sync::Arc<Annotation>> =
                set.within(Span::new(byte, byte + 1)).filter(|it| it.holds(byte)).collect();
            stack.sort_by_key(|it| (it.at.iter().map(|span| span.len()).sum::<u32>(), it.id));
            let fits = |it: &&&std::sync::Arc<Annotation>| {
                clicks || it.id != frame && role.fillers.contains(&it.label) && !filled.contains(&it.id)
            };
            stack.iter().find(fits).map(|it| it.id)
        };
        let bytes: Vec<u32> = record.at.iter().flat_map(|piece| piece.start..piece.end).collect();
        let text = self.driver.text();
        let starts = bytes.into_iter().filter(|byte| text.as_str().is_char_boundary(*byte as usize));
        let letter = |byte: &u32| text.as_str()[*byte as usize..].starts_with(char::is_alphanumeric);
        let byte = starts.filter(letter).find(|byte| meant(*byte) == Some(target))?;
        let span = Span::new(byte, self.driver.text().next_grapheme(byte));
        let (from, to) = self.reveal(span);
        Some(from.lerp(to, 0.5))
    }
}

/// The title that lists give an annotation.
fn title(text: &Text, record: &Annotation) -> String {
    if record.at.is_empty() {
        return format!("{} without words", record.label);
    }
    let words: Vec<&str> = record.at.iter().map(|at| text.slice(*at)).collect();
    let words = words.join(" … ").replace('\n', " ");
    match words.char_indices().nth(80) {
        None => words,
        Some((cut, _)) => format!("{}…", words[..cut].trim_end()),
    }
}

/// The depth at which frames hang on other frames: one that is about another comes after it.
pub(super) fn depth(set: &AnnotationSet, frame: &Annotation, most: usize) -> usize {
    let below = frame.targets().filter_map(|id| set.get(id)).filter(|it| most > 0 && !it.roles.is_empty());
    below.map(|it| 1 + depth(set, it, most - 1)).max().unwrap_or(0)
}
