//! A replay of finished sets through the real window, that counts what a hand would have to do: presses of a key, clicks and drags.
//! To move the mouse, to scroll and to look are none. Always the cheapest way that the page of keys describes is taken.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{By, NodeT, Queryable};
use jejak::edit;
use jejak::model::{
    Annotation, AnnotationSet, Article, AttributeKind, Filler, Id, Kind as LabelKind, Name, Progress, Schema, Value,
};
use jejak::store::{Access, Session};
use jejak::text::{Fold, Span, Text, find_all};

use crate::driver::{self, ANNOTATOR, Driver};

/// Articles with the sets that are to come about, and the names of those whom they are about.
pub struct Gold {
    pub schema: Schema,
    pub articles: Vec<(Text, AnnotationSet, String)>,
    pub names: HashMap<Id, String>,
}

/// The kinds of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    Mark,
    Label,
    Zone,
    Value,
    Identity,
    Role,
    Attribute,
    Go,
}

/// The actions of a replay, and what they were for.
#[derive(Debug, Default)]
pub struct Effort {
    pub kinds: BTreeMap<Action, usize>,
    /// Actions and how many things they made, by the name of the thing.
    pub things: BTreeMap<String, (usize, usize)>,
    /// Things that did not come about as they were to.
    pub wrong: Vec<String>,
}

impl Effort {
    pub fn actions(&self) -> usize {
        self.kinds.values().sum()
    }

    /// Actions for one thing of this name.
    pub fn each(&self, thing: &str) -> f64 {
        let (actions, things) = self.things.get(thing).copied().unwrap_or_default();
        actions as f64 / things.max(1) as f64
    }

    /// The lines that a bench prints.
    pub fn print(&self, of: &str) {
        let name = format!("effort.{of}.without");
        println!("{name}.actions {} actions", self.actions());
        for (kind, count) in &self.kinds {
            println!("{name}.actions_{} {count} actions", format!("{kind:?}").to_lowercase());
        }
        for thing in self.things.keys() {
            println!("{name}.actions_per_{thing} {:.2} actions", self.each(thing));
        }
        println!("{name}.not_as_wanted {} things", self.wrong.len());
        for wrong in self.wrong.iter().take(5) {
            println!("# {wrong}");
        }
    }
}

/// Makes all sets anew by hand, in a window on a project of its own.
pub fn replay(gold: &Gold) -> Effort {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    make(gold, home.path(), &project);
    let driver = driver::start(home, &project, &driver::settings());
    let mut hand =
        Hand { driver, effort: Effort::default(), last: Pos2::ZERO, known: HashMap::new(), thing: String::new() };
    for (at, (_, set, _)) in gold.articles.iter().enumerate() {
        if at > 0 {
            hand.thing = String::new();
            hand.key(Action::Go, Modifiers::COMMAND, Key::PageDown);
            hand.driver.settle();
        }
        hand.article(gold, set);
    }
    let actions = hand.effort.actions();
    hand.effort.things.insert("article".to_owned(), (actions, gold.articles.len()));
    hand.effort
}

fn make(gold: &Gold, home: &Path, project: &Path) {
    Session::create(project, "Replay", gold.schema.clone()).unwrap();
    let folder = home.join("sources");
    std::fs::create_dir_all(&folder).unwrap();
    for (at, (text, ..)) in gold.articles.iter().enumerate() {
        #[allow(clippy::disallowed_methods)] // An input of the replay's own.
        std::fs::write(folder.join(format!("{at:04}.txt")), text.as_str()).unwrap();
    }
    let limits = jejak::ingest::Limits::default();
    let (files, _) = jejak::ingest::list(&[folder], &limits);
    let read = |file: &std::path::PathBuf| jejak::ingest::read(file, &limits, &mut |_| true).unwrap();
    let drafts = files.iter().flat_map(read).map(Result::unwrap).collect();
    let annotator: Name = ANNOTATOR.into();
    let mut session = Session::open(project, &annotator, Access::Write).unwrap();
    session.add_articles(drafts).unwrap();
    let articles = session.corpus().articles().to_vec();
    for (article, (text, _, published)) in articles.iter().zip(&gold.articles) {
        assert_eq!(article.sha256, text.sha256(), "an article is not the one that was marked");
        let after = Article { published: published.clone(), ..Article::clone(article) };
        session.commit(edit::describe(article, after, &annotator)).unwrap();
    }
    session.close().unwrap();
}

struct Hand {
    driver: Driver,
    effort: Effort,
    last: Pos2,
    /// The referents of the window, for those of the gold sets.
    known: HashMap<Id, Id>,
    /// The thing that actions are for.
    thing: String,
}

impl Hand {
    fn count(&mut self, action: Action) {
        *self.effort.kinds.entry(action).or_default() += 1;
        if !self.thing.is_empty() {
            self.effort.things.entry(self.thing.clone()).or_default().0 += 1;
        }
    }

    fn begin(&mut self, thing: &str, things: usize) {
        thing.clone_into(&mut self.thing);
        self.effort.things.entry(thing.to_owned()).or_default().1 += things;
    }

    fn steps(&mut self, count: usize) {
        self.driver.harness.run_steps(count);
    }

    fn key(&mut self, action: Action, modifiers: Modifiers, key: Key) {
        self.count(action);
        self.driver.harness.key_press_modifiers(modifiers, key);
        self.steps(2);
    }

    fn char(&mut self, action: Action, c: char) {
        self.count(action);
        self.driver.harness.event(Event::Text(c.to_string()));
        self.steps(2);
    }

    fn write(&mut self, action: Action, text: &str) {
        for c in text.chars() {
            self.char(action, c);
        }
    }

    fn press(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) {
        // Two actions of a replay are never one double click.
        if self.last.distance(from) < 12.0 {
            self.steps(40);
        }
        self.last = to;
        let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
        let mut events = vec![Event::PointerMoved(from), button(from, true)];
        if from != to {
            events.extend([Event::PointerMoved(from.lerp(to, 0.5)), Event::PointerMoved(to)]);
        }
        events.push(button(to, false));
        for event in events {
            self.driver.harness.event_modifiers(event, modifiers);
            self.steps(1);
        }
        self.steps(3);
    }

    fn reveal(&mut self, span: Span) -> (Pos2, Pos2) {
        let open = self.driver.harness.state_mut().work.as_mut().unwrap().open.as_mut().unwrap();
        if !open.reader.in_view(span) || open.reader.rect_of(span).is_empty() {
            open.reader.reveal(span);
            self.steps(2);
        }
        let open = self.driver.work().open.as_ref().unwrap();
        let rects = open.reader.rect_of(span);
        let (Some(first), Some(last)) = (rects.first(), rects.last()) else { return (Pos2::ZERO, Pos2::ZERO) };
        (
            eframe::egui::pos2(first.left() + 1.0, first.center().y),
            eframe::egui::pos2(last.right() - 1.0, last.center().y),
        )
    }

    fn drag(&mut self, action: Action, span: Span) {
        self.count(action);
        let (from, to) = self.reveal(span);
        // A drag that begins or ends within a word is made with Alt held.
        let whole = self.driver.text().snap(span) == Some(span);
        self.press(from, to, if whole { Modifiers::NONE } else { Modifiers::ALT });
    }

    fn button(&mut self, action: Action, label: &str) {
        self.count(action);
        self.driver.harness.get_by_label(label).click();
        self.steps(3);
    }

    fn record(&self, label: &Name, at: &[Span]) -> Option<Id> {
        self.driver.set().iter().find(|record| record.label == *label && record.at == at).map(|record| record.id)
    }

    /// The titles of all rows of lists.
    fn rows(&self) -> Vec<String> {
        let rows = self.driver.harness.query_all(By::new().role(Role::ListBoxOption));
        rows.filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// Opens a list by a key and picks the row of this title, by its digit where it is near enough, or else by typing.
    fn pick(&mut self, action: Action, opens: char, title: &str, last: bool) {
        // Lists behind the open one have rows, too.
        let behind = self.rows().len();
        self.char(action, opens);
        let rows = self.rows();
        let rows = rows.get(behind.min(rows.len())..).unwrap_or_default();
        let at = match last {
            true => rows.iter().rposition(|row| row == title),
            false => rows.iter().position(|row| row == title),
        };
        match at.and_then(|at| char::from_digit(at as u32 + 1, 10)).filter(|digit| *digit != '0') {
            Some(digit) => self.char(action, digit),
            None => {
                self.write(action, title);
                self.key(action, Modifiers::NONE, Key::Enter);
            }
        }
        self.close(&format!("“{title}” is in no list"));
    }

    /// Leaves a list or a dialog that is still open, which is not as it was to be.
    fn close(&mut self, why: &str) {
        if self.driver.app().overlay.is_some() {
            self.effort.wrong.push(why.to_owned());
            self.driver.key(Modifiers::NONE, Key::Escape);
        }
    }

    fn article(&mut self, gold: &Gold, set: &AnnotationSet) {
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
        self.compare(gold, set);
    }

    /// Marks the first fragment, and adds the others.
    fn mark(&mut self, action: Action, schema: &Schema, record: &Annotation) {
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
    fn say(&mut self, gold: &Gold, mention: &Annotation) {
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

    fn uncount(&mut self, action: Action) {
        *self.effort.kinds.get_mut(&action).unwrap() -= 1;
        if let Some((actions, _)) = self.effort.things.get_mut(&self.thing) {
            *actions -= 1;
        }
    }

    /// Gives choices their values: with Alt and a digit as long as it is the next one, else by its own list.
    fn attributes(&mut self, gold: &Gold, record: &Annotation, id: Id) {
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
    fn identity(&mut self, gold: &Gold, record: &Annotation, id: Id, proposes: bool) {
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

    fn frame(&mut self, gold: &Gold, set: &AnnotationSet, frame: &Annotation) {
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

    fn fill(&mut self, gold: &Gold, set: &AnnotationSet, (frame, role): (Id, &jejak::model::RoleDef), filler: &Filler) {
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

    /// Holds what came about against what was to.
    fn compare(&mut self, gold: &Gold, set: &AnnotationSet) {
        let text = self.driver.text().clone();
        let here = self.driver.set();
        let names = self.driver.work().session.corpus().referents(&ANNOTATOR.into()).cloned().unwrap_or_default();
        let known: HashMap<Id, Id> = self.known.iter().map(|(gold, here)| (*here, *gold)).collect();
        let wanted: Vec<String> = set.iter().map(|it| told(&text, set, it, &|id| Some(id))).collect();
        let made: Vec<String> = here.iter().map(|it| told(&text, here, it, &|id| known.get(&id).copied())).collect();
        let _ = (names, gold);
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
fn depth(set: &AnnotationSet, frame: &Annotation, most: usize) -> usize {
    let below = frame.targets().filter_map(|id| set.get(id)).filter(|it| most > 0 && !it.roles.is_empty());
    below.map(|it| 1 + depth(set, it, most - 1)).max().unwrap_or(0)
}

/// A set as a replay makes it: whole, without what a hand does not do with its keys.
pub fn reduced(set: &AnnotationSet, schema: &Schema) -> AnnotationSet {
    let kept = |record: &&std::sync::Arc<Annotation>| {
        record.drift.is_none() && schema.kind(&record.label) != LabelKind::Document
    };
    let ids: HashSet<Id> = set.iter().filter(kept).map(|record| record.id).collect();
    let records = set.iter().filter(kept).map(|record| {
        let mut record = Annotation::clone(record);
        record.note = String::new();
        let def = schema.label(&record.label);
        record.roles.retain(|role| match (&role.filler, def.and_then(|def| def.role(&role.name))) {
            (_, None) => false,
            (Filler::Annotation(id), Some(def)) => {
                set.get(*id).is_some_and(|it| ids.contains(id) && def.fillers.contains(&it.label))
            }
            (Filler::Span(_) | Filler::Value(_), Some(_)) => true,
        });
        // Words that are marked as what fills a role are that, and no bare words.
        for role in &mut record.roles {
            let Filler::Span(at) = &role.filler else { continue };
            let def = def.and_then(|def| def.role(&role.name));
            let there = set.iter().find(|it| it.at == *at && def.is_some_and(|def| def.fillers.contains(&it.label)));
            if let Some(there) = there {
                role.filler = Filler::Annotation(there.id);
            }
        }
        std::sync::Arc::new(record)
    });
    AnnotationSet::new(records, Progress::Done)
}

/// The work of an annotator in a project on disk.
pub fn of_project(project: &Path, annotator: &str) -> Gold {
    let annotator = Name::new(annotator);
    let mut session = Session::open(project, &annotator, Access::Read).unwrap();
    let articles = session.corpus().articles().to_vec();
    let mut all = Vec::new();
    for article in &articles {
        session.load(&article.id, std::slice::from_ref(&annotator)).unwrap();
        let corpus = session.corpus();
        let set = corpus.set(&article.id, &annotator).cloned().unwrap_or_default();
        let set = reduced(&set, &corpus.schema);
        all.push((corpus.text(&article.id).unwrap().clone(), set, article.published.clone()));
    }
    let referents = session.corpus().referents(&annotator).cloned().unwrap_or_default();
    let names = referents.iter().map(|(id, referent)| (*id, referent.name.clone())).collect();
    Gold { schema: session.corpus().schema.as_ref().clone(), articles: all, names }
}
