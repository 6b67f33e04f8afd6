//! An article with suggestions: what is right is taken by the cheapest way that the page of keys describes, what is wrong is corrected
//! or turned down, and the rest is made by hand.

use std::collections::HashSet;

use eframe::egui::{Key, Modifiers, Pos2};
use jejak::assist::Suggestion;
use jejak::model::{Annotation, AnnotationSet, AttributeKind, Id, Kind as LabelKind, Name};
use jejak::text::{Span, Text};

use super::Gold;
use super::effort::Action;
use super::hand::Hand;

const NONE: Modifiers = Modifiers::NONE;

/// Presses of a key that moves an edge, beyond which words are marked anew.
const PRESSES: usize = 2;

/// The way in which suggestions are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taking {
    /// All strong ones in view by one key, once the wrong ones among them are turned down.
    All,
    /// Each by a key of its own, in reading order: taken, corrected or turned down.
    Each,
}

/// True where spans hold all letters and digits of other ones.
pub(super) fn covers(text: &Text, zones: &[Span], at: &[Span]) -> bool {
    at.iter().all(|span| {
        let mut letters = text.slice(*span).char_indices().filter(|(_, c)| c.is_alphanumeric());
        letters.all(|(byte, _)| {
            let byte = span.start + byte as u32;
            zones.iter().any(|zone| zone.start <= byte && byte < zone.end)
        })
    })
}

impl Hand {
    /// Makes a set with suggestions, and calls the article done, so that it is learned from.
    pub fn assisted(&mut self, gold: &Gold, set: &AnnotationSet, taking: Taking) {
        self.driver.settle();
        self.take_zones(gold, set);
        self.take_mentions(gold, set, taking);
        self.take_frames(gold, set);
        self.close("something is open at the end");
        self.compare(&gold.schema, set);
        self.thing = String::new();
        self.key(Action::Go, Modifiers::COMMAND, Key::D);
        if self.driver.app().overlay.is_some() {
            self.key(Action::Go, NONE, Key::Enter);
        }
        self.driver.settle();
    }

    fn ghosts(&mut self, gold: &Gold, kind: LabelKind) -> Vec<Suggestion> {
        self.driver.settle();
        let ghosts = self.driver.work().ghosts();
        ghosts.iter().filter(|it| gold.schema.kind(&it.label) == kind).cloned().collect()
    }

    fn take_zones(&mut self, gold: &Gold, set: &AnnotationSet) {
        let wanted: Vec<&Annotation> =
            set.iter().map(|it| &**it).filter(|it| gold.schema.kind(&it.label) == LabelKind::Zone).collect();
        self.begin("zone", wanted.len());
        let ghosts = self.ghosts(gold, LabelKind::Zone);
        let text = self.driver.text().clone();
        let spans = |zones: &[&Annotation], label: &Name| -> Vec<Span> {
            zones.iter().filter(|it| it.label == *label).flat_map(|it| it.at.iter().copied()).collect()
        };
        // Zones that touch may be one or two: what they leave out is the same.
        let right = |ghost: &&Suggestion| covers(&text, &spans(&wanted, &ghost.label), &ghost.at);
        let (right, wrong): (Vec<_>, Vec<_>) = ghosts.iter().partition(right);
        // Each wrong one costs two first; what is marked by hand does, too.
        if 1 + 2 * wrong.len() < 2 * right.len() {
            for ghost in wrong {
                self.turn_down(ghost);
            }
            self.driver.settle();
            self.char(Action::Accept, 'Z');
        }
        for zone in wanted {
            let here = self.driver.set();
            let there: Vec<&Annotation> = here.iter().map(|it| &**it).collect();
            if !covers(&text, &spans(&there, &zone.label), &zone.at) {
                self.mark(Action::Zone, &gold.schema, zone);
            }
        }
    }

    fn take_mentions(&mut self, gold: &Gold, set: &AnnotationSet, taking: Taking) {
        let wanted: Vec<&Annotation> = set
            .iter()
            .map(|it| &**it)
            .filter(|it| gold.schema.kind(&it.label) == LabelKind::Entity && !it.at.is_empty())
            .collect();
        self.begin("mention", wanted.len());
        let mut given_up: HashSet<Id> = HashSet::new();
        let mut finished: HashSet<Id> = HashSet::new();
        let mut ignored: HashSet<(Name, Vec<Span>)> = HashSet::new();
        loop {
            let mut ghosts = self.ghosts(gold, LabelKind::Entity);
            ghosts.retain(|it| !ignored.contains(&(it.label.clone(), it.at.clone())));
            // One that came along with others is looked at like one that was taken alone.
            for mention in &wanted {
                if self.record(&mention.label, &mention.at).is_some() && finished.insert(mention.id) {
                    self.finish(gold, mention);
                }
            }
            let todo: Vec<&Annotation> = wanted
                .iter()
                .copied()
                .filter(|it| self.record(&it.label, &it.at).is_none() && !given_up.contains(&it.id))
                .collect();
            let before = (self.driver.set().clone(), ghosts.clone());
            self.begin("mention", 0);
            let went_on = match taking {
                Taking::All => self.most_at_once(gold, &ghosts, &todo),
                Taking::Each => self.one_by_one(gold, &ghosts, &todo),
            };
            if !went_on {
                return;
            }
            let mut now = self.ghosts(gold, LabelKind::Entity);
            now.retain(|it| !ignored.contains(&(it.label.clone(), it.at.clone())));
            if *self.driver.set() == before.0 && now == before.1 {
                // Nothing could be done about the first ones: by hand, then.
                ignored.extend(ghosts.first().map(|it| (it.label.clone(), it.at.clone())));
                if let Some(first) = todo.first() {
                    given_up.insert(first.id);
                    self.mark(Action::Mark, &gold.schema, first);
                }
            }
            self.stuck += 1;
            assert!(self.stuck < 2000, "a replay goes on without end");
        }
    }

    /// Makes what no strong suggestion has, then takes all strong ones in view; false where nothing is left.
    fn most_at_once(&mut self, gold: &Gold, ghosts: &[Suggestion], todo: &[&Annotation]) -> bool {
        let [first, ..] = todo else { return false };
        let of = |mention: &Annotation| ghosts.iter().find(|it| it.label == mention.label && it.at == mention.at);
        let open = todo.iter().find(|mention| of(mention).is_none_or(|it| !it.is_strong()));
        if let Some(mention) = open {
            match of(mention) {
                Some(ghost) => self.accept(ghost),
                None => self.correct_or_make(gold, ghosts, mention),
            }
            return true;
        }
        self.reveal(first.at[0]);
        let strong = self.driver.work().strong_in_view();
        let is_right = |it: &&Suggestion| todo.iter().any(|mention| it.label == mention.label && it.at == mention.at);
        let (right, wrong): (Vec<_>, Vec<_>) = strong.iter().partition(is_right);
        let text = self.driver.text().clone();
        let words: HashSet<(&Name, &str)> = wrong.iter().map(|it| (&it.label, text.slice(it.at[0]))).collect();
        if right.len() <= 2 * words.len() + 1 {
            let ghost = of(first).cloned();
            ghost.iter().for_each(|ghost| self.accept(ghost));
        } else if let Some(ghost) = wrong.first() {
            self.turn_down(ghost);
        } else {
            self.key(Action::Accept, Modifiers::COMMAND, Key::Enter);
        }
        true
    }

    /// Answers the next suggestion, or makes the next mention where that comes first; false where nothing is left.
    fn one_by_one(&mut self, gold: &Gold, ghosts: &[Suggestion], todo: &[&Annotation]) -> bool {
        let first = todo.first().filter(|it| ghosts.first().is_none_or(|ghost| ghost.at[0].start >= it.at[0].end));
        if let Some(mention) = first {
            self.correct_or_make(gold, &[], mention);
            return true;
        }
        let Some(ghost) = ghosts.first() else { return false };
        if todo.iter().any(|it| it.label == ghost.label && it.at == ghost.at) {
            self.accept(ghost);
            return true;
        }
        match todo.iter().find(|it| self.corrections(ghost, it).is_some()) {
            Some(mention) => self.correct(gold, ghost, mention),
            None => self.turn_down(ghost),
        }
        true
    }

    /// The keys that make a mention of a suggestion for other words or with another label; none where it takes too many.
    fn corrections(&self, ghost: &Suggestion, mention: &Annotation) -> Option<Vec<char>> {
        let ([from], [to]) = (&ghost.at[..], &mention.at[..]) else { return None };
        if from == to {
            return (ghost.label != mention.label).then(Vec::new);
        }
        if !from.overlaps(*to) || ghost.label != mention.label {
            return None;
        }
        let text = self.driver.text();
        let (mut at, mut keys) = (*from, Vec::new());
        while keys.len() <= PRESSES && at != *to {
            let (key, next) = if at.start > to.start {
                ('{', text.stretch_start(at, true))
            } else if at.start < to.start {
                ('}', text.stretch_start(at, false))
            } else if at.end < to.end {
                (']', text.stretch(at, true))
            } else {
                ('[', text.stretch(at, false))
            };
            if next == at {
                return None;
            }
            at = next;
            keys.push(key);
        }
        (at == *to && keys.len() <= PRESSES).then_some(keys)
    }

    /// Takes a suggestion with another label or other edges.
    fn correct(&mut self, gold: &Gold, ghost: &Suggestion, mention: &Annotation) {
        let Some(keys) = self.corrections(ghost, mention) else { return };
        if !self.go_to(ghost) {
            return self.correct_or_make(gold, &[], mention);
        }
        if keys.is_empty() {
            let key = gold.schema.label(&mention.label).and_then(|def| def.key).expect("a label of a replay has a key");
            self.char(Action::Correct, key);
        }
        for key in keys {
            self.char(Action::Correct, key);
        }
    }

    /// Corrects the suggestion at the caret where that is a mention, or else marks the words.
    fn correct_or_make(&mut self, gold: &Gold, ghosts: &[Suggestion], mention: &Annotation) {
        let at = self.driver.work().ghost_at_caret();
        let here = at.and_then(|at| self.driver.work().ghosts().get(at).cloned());
        let here = here.filter(|ghost| ghosts.contains(ghost) && self.corrections(ghost, mention).is_some());
        match here.filter(|_| self.is_free()) {
            Some(ghost) => self.correct(gold, &ghost, mention),
            None => self.mark(Action::Mark, &gold.schema, mention),
        }
    }

    /// True where nothing waits for Enter before a suggestion does.
    fn is_free(&self) -> bool {
        let open = self.driver.work().open.as_ref();
        let free = open.is_some_and(|open| open.selected.is_empty() && open.reader.selection().is_none());
        free && self.driver.work().armed().is_none()
    }

    /// Has keys be about a suggestion, by a click on it where they are not; false where no place of it is its own.
    fn go_to(&mut self, ghost: &Suggestion) -> bool {
        let current = |hand: &Self, at: Option<usize>| {
            at.is_some_and(|at| hand.driver.work().ghosts().get(at) == Some(ghost)) && hand.is_free()
        };
        self.reveal(ghost.at[0]);
        if current(self, self.driver.work().ghost_at_caret()) {
            return true;
        }
        let Some(pos) = self.own_place(ghost) else { return false };
        self.count(Action::Go);
        self.press(pos, pos, NONE);
        current(self, self.driver.work().ghost_at_caret())
    }

    /// A place where a suggestion is the one that the mouse means.
    fn own_place(&mut self, ghost: &Suggestion) -> Option<Pos2> {
        let ghosts = self.driver.work().ghosts();
        let text = self.driver.text().clone();
        let extent = ghost.extent()?;
        let bytes = extent.start..extent.end.min(extent.start + 200);
        let starts = bytes.filter(|byte| text.as_str().is_char_boundary(*byte as usize));
        let letter = |byte: &u32| text.as_str()[*byte as usize..].starts_with(char::is_alphanumeric);
        let meant = |byte: u32| {
            let here = ghosts.iter().filter(|it| it.extent().is_some_and(|at| at.start <= byte && byte < at.end));
            here.min_by_key(|it| it.extent().map_or(0, Span::len))
        };
        let set = self.driver.set();
        let bare =
            |byte: &u32| !set.within(Span::new(*byte, *byte + 1)).any(|it| it.holds(*byte) && it.roles.is_empty());
        let all: Vec<u32> = starts.filter(letter).filter(|byte| meant(*byte) == Some(ghost)).collect();
        let byte = all.iter().find(|byte| bare(byte)).or(all.first()).copied()?;
        let (from, to) = self.reveal(Span::new(byte, text.next_grapheme(byte)));
        // The left half of a letter puts the caret before it.
        Some(from.lerp(to, 0.1))
    }

    fn accept(&mut self, ghost: &Suggestion) {
        if self.go_to(ghost) {
            self.key(Action::Accept, NONE, Key::Enter);
        }
    }

    fn turn_down(&mut self, ghost: &Suggestion) {
        if self.go_to(ghost) {
            self.char(Action::Reject, '`');
        }
    }

    /// Corrects the value, the attributes and the identity of a mention that is there, where they are not as they are to be.
    fn finish(&mut self, gold: &Gold, mention: &Annotation) {
        let Some(id) = self.record(&mention.label, &mention.at) else { return };
        let def = gold.schema.label(&mention.label).unwrap();
        let now = self.driver.set().get(id).unwrap().clone();
        let dated = def.attributes.iter().find(|attribute| attribute.kind == AttributeKind::Date);
        let dated = dated.filter(|attribute| mention.attribute(&attribute.name).is_some());
        let choice = |it: &&jejak::model::AttributeDef| matches!(it.kind, AttributeKind::Choice(_));
        let same = |it: &jejak::model::AttributeDef| now.attribute(&it.name) == mention.attribute(&it.name);
        let who = match (mention.referent, now.referent) {
            (None, None) => true,
            (Some(wanted), Some(now)) => self.known.get(&wanted) == Some(&now),
            _ => false,
        };
        let selected = self.driver.work().open.as_ref().is_some_and(|open| open.selected == [id]);
        let (value, choices) = (dated.is_none_or(same), def.attributes.iter().filter(choice).all(same));
        if value && choices && who {
            self.begin("date", usize::from(dated.is_some()));
            self.begin("identity", usize::from(mention.referent.is_some()));
            return;
        }
        if !selected {
            let (thing, action) = match (value, choices) {
                (false, _) => ("date", Action::Value),
                (true, false) => ("mention", Action::Attribute),
                (true, true) => ("identity", Action::Identity),
            };
            self.begin(thing, 0);
            self.select(action, id);
        }
        self.say(gold, mention);
    }

    /// Selects an annotation by a click.
    fn select(&mut self, action: Action, id: Id) {
        let Some(record) = self.driver.set().get(id).cloned() else { return };
        let meant = |hand: &Self, byte: u32| {
            let set = hand.driver.set();
            let mut stack: Vec<_> = set.within(Span::new(byte, byte + 1)).filter(|it| it.holds(byte)).collect();
            stack.sort_by_key(|it| (it.at.iter().map(|span| span.len()).sum::<u32>(), it.id));
            stack.first().map(|it| it.id)
        };
        let text = self.driver.text().clone();
        let bytes = record.at.iter().flat_map(|piece| piece.start..piece.end);
        let starts = bytes.filter(|byte| text.as_str().is_char_boundary(*byte as usize));
        let letter = |byte: &u32| text.as_str()[*byte as usize..].starts_with(char::is_alphanumeric);
        let byte = starts.filter(letter).find(|byte| meant(self, *byte) == Some(id));
        let Some(byte) = byte else {
            self.effort.wrong.push(format!("cannot be clicked: {} {:?}", record.label, record.at));
            return;
        };
        let (from, to) = self.reveal(Span::new(byte, text.next_grapheme(byte)));
        let pos = from.lerp(to, 0.5);
        self.count(action);
        self.press(pos, pos, NONE);
    }

    fn take_frames(&mut self, gold: &Gold, set: &AnnotationSet) {
        let kind = |record: &Annotation| gold.schema.kind(&record.label);
        let mut frames: Vec<&Annotation> =
            set.iter().map(|it| &**it).filter(|it| kind(it) == LabelKind::Frame).collect();
        frames.sort_by_key(|frame| super::annotating::depth(set, frame, 4));
        for frame in frames {
            if !self.take_frame(gold, set, frame) {
                self.frame(gold, set, frame);
            }
        }
    }

    /// Takes a suggested trip or claim where to mend it costs less than to make it; false where nothing was taken.
    fn take_frame(&mut self, gold: &Gold, set: &AnnotationSet, frame: &Annotation) -> bool {
        let [at] = frame.at[..] else { return false };
        let sentence = self.driver.text().sentence_at(at.start);
        // Wrong mentions that are left in the sentence hide the frames that are suggested of it.
        let hidden: Vec<Suggestion> = self.ghosts(gold, LabelKind::Entity);
        let hidden: Vec<Suggestion> =
            hidden.into_iter().filter(|it| it.extent().is_some_and(|at| at.overlaps(sentence))).collect();
        if hidden.len() <= PRESSES {
            self.begin(&frame.label, 0);
            hidden.iter().for_each(|ghost| self.turn_down(ghost));
        }
        let ghosts = self.ghosts(gold, LabelKind::Frame);
        let ghost = ghosts.into_iter().find(|it| {
            it.label == frame.label && it.extent().is_some_and(|there| there.overlaps(at)) && it.at.len() == 1
        });
        let Some(ghost) = ghost else { return false };
        let Some(mending) = self.mending(set, &ghost, frame) else { return false };
        if mending + 2 >= 2 + frame.roles.len() + frame.attributes.len() {
            return false;
        }
        if self.driver.work().armed().is_some() {
            self.key(Action::Role, NONE, Key::Escape);
        }
        self.begin(&frame.label, 1);
        let before: HashSet<Id> = self.driver.set().iter().map(|it| it.id).collect();
        self.accept(&ghost);
        let new = self.driver.set().iter().find(|it| !before.contains(&it.id) && it.label == frame.label);
        let Some(id) = new.map(|it| it.id) else {
            *self.effort.things.get_mut(frame.label.as_str()).map(|(_, count)| count).unwrap() -= 1;
            return false;
        };
        self.mend(gold, set, frame, id);
        true
    }

    /// The actions that it takes to make a suggested frame what it is to be; none where that cannot be done so.
    fn mending(&self, set: &AnnotationSet, ghost: &Suggestion, frame: &Annotation) -> Option<usize> {
        let edges =
            usize::from(ghost.at[0].start != frame.at[0].start) + usize::from(ghost.at[0].end != frame.at[0].end);
        let here = |role: &jejak::model::Role| self.filled(set, role);
        let wanted: Vec<_> = frame.roles.iter().map(here).collect();
        let there: Vec<_> =
            ghost.roles.iter().map(|role| Some((role.name.clone(), format!("{:?}", role.filler)))).collect();
        let wrong = there.iter().filter(|it| !wanted.contains(it)).count();
        let missing = wanted.iter().filter(|it| !there.contains(it)).count();
        let said = frame.attributes.iter().filter(|it| !ghost.attributes.contains(it)).count();
        let lead = usize::from(edges + wrong + missing + said > 0);
        Some(lead + edges + 2 * wrong + missing + said)
    }

    /// A filled role by the annotations of the window.
    fn filled(&self, set: &AnnotationSet, role: &jejak::model::Role) -> Option<(Name, String)> {
        use jejak::model::Filler;
        let filler = match &role.filler {
            Filler::Annotation(id) => {
                let wanted = set.get(*id)?;
                Filler::Annotation(self.record(&wanted.label, &wanted.at)?)
            }
            other => other.clone(),
        };
        Some((role.name.clone(), format!("{filler:?}")))
    }

    fn mend(&mut self, gold: &Gold, set: &AnnotationSet, frame: &Annotation, id: Id) {
        let def = gold.schema.label(&frame.label).unwrap();
        let now = self.driver.set().get(id).unwrap().clone();
        let wanted: Vec<_> = frame.roles.iter().map(|role| self.filled(set, role)).collect();
        let there = |role: &jejak::model::Role| Some((role.name.clone(), format!("{:?}", role.filler)));
        let wrong: Vec<_> = now.roles.iter().filter(|role| !wanted.contains(&there(role))).cloned().collect();
        let has: Vec<_> = now.roles.iter().map(there).collect();
        let missing: Vec<_> =
            frame.roles.iter().zip(&wanted).filter(|(_, it)| !has.contains(it)).map(|(role, _)| role.clone()).collect();
        if now.at == frame.at && wrong.is_empty() && missing.is_empty() && now.attributes == frame.attributes {
            self.begin("identity", usize::from(frame.referent.is_some()));
            if frame.referent.is_some() {
                self.select(Action::Identity, id);
                self.identity(gold, frame, id, false);
            }
            self.begin(&frame.label, 0);
            return;
        }
        self.select(Action::Role, id);
        self.edges(id, frame.at[0]);
        let card = |hand: &Self| hand.driver.work().open.as_ref().is_some_and(|open| open.card.is_some());
        if !card(self) {
            self.key(Action::Role, NONE, Key::Enter);
        }
        for role in wrong {
            let key = def.role(&role.name).and_then(|role| role.key).expect("a role of a replay has a key");
            let armed = self.driver.work().armed().map(|(_, armed)| armed);
            if armed.as_ref() != Some(&role.name) {
                self.driver.harness.event(eframe::egui::Event::PointerMoved(eframe::egui::pos2(600.0, 5.0)));
                self.steps(1);
                self.char(Action::Correct, key);
            }
            self.char(Action::Correct, '-');
        }
        for role in missing {
            if let Some(def) = def.role(&role.name) {
                self.fill(gold, set, (id, def), &role.filler);
            }
        }
        self.attributes(gold, frame, id);
        self.begin("identity", usize::from(frame.referent.is_some()));
        self.identity(gold, frame, id, false);
        self.begin(&frame.label, 0);
    }

    /// Moves the edges of what is selected: by its handles where these are on the screen.
    fn edges(&mut self, id: Id, to: Span) {
        for start in [true, false] {
            let Some(now) = self.driver.set().get(id).map(|it| it.at[0]) else { return };
            let (from, goal) = if start { (now.start, to.start) } else { (now.end, to.end) };
            if from == goal {
                continue;
            }
            self.count(Action::Correct);
            if !self.drag_edge(id, start, now, to) {
                self.effort.wrong.push(format!("an edge does not move: {now:?} to {to:?}"));
            }
        }
    }

    fn drag_edge(&mut self, id: Id, start: bool, now: Span, to: Span) -> bool {
        let moved = |hand: &Self| {
            let at = hand.driver.set().get(id).map(|it| it.at[0]);
            at.is_some_and(|at| if start { at.start == to.start } else { at.end == to.end })
        };
        for below in [2.0, 0.0, 4.0, -2.0, 6.0] {
            self.reveal(now);
            let open = self.driver.work().open.as_ref().unwrap();
            let (rects, goal) = (open.reader.rect_of(now), open.reader.rect_of(to));
            let (Some(rect), Some(goal)) = (match start {
                true => (rects.first(), goal.first()),
                false => (rects.last(), goal.last()),
            }) else {
                return false;
            };
            let from = eframe::egui::pos2(if start { rect.left() } else { rect.right() }, rect.bottom() + below);
            let until = eframe::egui::pos2(if start { goal.left() + 1.0 } else { goal.right() - 1.0 }, goal.center().y);
            let whole = self.driver.set().clone();
            self.press(from, until, NONE);
            if moved(self) {
                return true;
            }
            if *self.driver.set() != whole {
                self.driver.key(Modifiers::COMMAND, Key::Z);
            }
            if self.driver.work().open.as_ref().is_some_and(|open| open.selected != [id]) {
                self.driver.key(NONE, Key::Escape);
                let before = self.effort.actions();
                self.select(Action::Correct, id);
                // The same hand knows where the handle is: what it tried is not counted.
                (before..self.effort.actions()).for_each(|_| self.uncount(Action::Correct));
            }
        }
        false
    }
}
