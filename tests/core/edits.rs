//! Properties of edits: any sequence of what a person can do, undone and redone.

use std::collections::BTreeMap;
use std::sync::Arc;

use jejak::edit::{self, CommentEditor, Edit, History, SetEditor, Transaction};
use jejak::model::{
    Annotation, AnnotationSet, Article, ArticleId, Comments, Corpus, Filler, Id, Mark, Name, Origin, Progress, Project,
    Quote, RecordFile, Referent, Referents, Schema, SetKey, Target, Value, threads,
};
use jejak::text::{Span, Text};
use proptest::prelude::*;

const SCHEMA: &str = r##"(jejak_schema: 1, name: "small", labels: [
    (name: "person", kind: Entity, colors: (light: "#111111", dark: "#eeeeee"), attributes: [(name: "sure", kind: Flag)]),
    (name: "place", kind: Entity, colors: (light: "#111111", dark: "#eeeeee")),
    (name: "trip", kind: Frame, colors: (light: "#111111", dark: "#eeeeee"), attributes: [(name: "status", kind: Text)], roles: [
        (name: "traveller", fillers: ["person"], cardinality: "+"),
        (name: "destination", fillers: ["place"], cardinality: "+", ordered: true),
        (name: "origin", fillers: ["place"], cardinality: "?"),
        (name: "purpose", spans: true),
    ]),
    (name: "claim", kind: Frame, colors: (light: "#111111", dark: "#eeeeee"), roles: [
        (name: "claimant", fillers: ["person"], cardinality: "1"),
        (name: "about", fillers: ["trip", "claim"]),
    ]),
    (name: "headline", kind: Zone, colors: (light: "#111111", dark: "#eeeeee")),
    (name: "topic", kind: Document, colors: (light: "#111111", dark: "#eeeeee")),
])"##;

const LABELS: [&str; 6] = ["person", "place", "trip", "claim", "headline", "topic"];
const ROLES: [&str; 6] = ["traveller", "destination", "origin", "purpose", "claimant", "about"];
const TEXT: &str = "Ratu Sari tiba di Bandar Laut.\nIa kembali ke Kota Awan, kata juru bicara.";

/// One thing that a person does; numbers pick among what is there, whatever that is.
#[derive(Debug, Clone)]
enum Act {
    Label(usize, Vec<(u32, u32)>),
    LabelAll(usize, Vec<(u32, u32)>),
    Relabel(Vec<usize>, usize),
    Delete(Vec<usize>),
    Respan(usize, (u32, u32)),
    Attribute(Vec<usize>, bool),
    Note(usize, u8),
    Refer(Vec<usize>, usize),
    ReferNew(Vec<usize>),
    RenameReferent(usize, bool),
    Fill(usize, usize, usize),
    FillText(usize, usize, (u32, u32)),
    Unfill(usize, usize),
    Reorder(usize, usize, bool),
    Progress(u8),
    Comment(usize, u8),
    Answer(usize, u8),
    Reword(usize, u8),
    AddArticle,
    Describe(u8),
    OtherSet(usize, usize),
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    let pick = || 0..64_usize;
    let picks = || prop::collection::vec(0..64_usize, 0..4);
    let place = || (0..TEXT.len() as u32, 0..12_u32).prop_map(|(at, len)| (at, (at + len).min(TEXT.len() as u32)));
    prop_oneof![
        4 => (pick(), prop::collection::vec(place(), 0..3)).prop_map(|(l, at)| Act::Label(l, at)),
        1 => (pick(), prop::collection::vec(place(), 0..5)).prop_map(|(l, at)| Act::LabelAll(l, at)),
        1 => (picks(), pick()).prop_map(|(ids, l)| Act::Relabel(ids, l)),
        2 => picks().prop_map(Act::Delete),
        1 => (pick(), place()).prop_map(|(id, at)| Act::Respan(id, at)),
        1 => (picks(), any::<bool>()).prop_map(|(ids, set)| Act::Attribute(ids, set)),
        1 => (pick(), 0..3_u8).prop_map(|(id, n)| Act::Note(id, n)),
        1 => (picks(), pick()).prop_map(|(ids, to)| Act::Refer(ids, to)),
        1 => picks().prop_map(Act::ReferNew),
        1 => (pick(), any::<bool>()).prop_map(|(id, gone)| Act::RenameReferent(id, gone)),
        4 => (pick(), pick(), pick()).prop_map(|(f, r, by)| Act::Fill(f, r, by)),
        4 => (pick(), pick(), place()).prop_map(|(f, r, at)| Act::FillText(f, r, at)),
        1 => (pick(), pick()).prop_map(|(f, i)| Act::Unfill(f, i)),
        1 => (pick(), pick(), any::<bool>()).prop_map(|(f, i, on)| Act::Reorder(f, i, on)),
        1 => (0..3_u8).prop_map(Act::Progress),
        2 => (pick(), 0..4_u8).prop_map(|(on, n)| Act::Comment(on, n)),
        2 => (pick(), 0..4_u8).prop_map(|(to, n)| Act::Answer(to, n)),
        1 => (pick(), 0..4_u8).prop_map(|(of, n)| Act::Reword(of, n)),
        1 => Just(Act::AddArticle),
        1 => (0..3_u8).prop_map(Act::Describe),
        1 => (pick(), pick()).prop_map(|(article, who)| Act::OtherSet(article, who)),
        4 => Just(Act::Undo),
        3 => Just(Act::Redo),
    ]
}

fn article(id: &str) -> Article {
    let text = Text::new(TEXT);
    Article {
        title: "Kunjungan".into(),
        language: "id".into(),
        ..Article::of(ArticleId::new(id).unwrap(), format!("articles/{id}.txt"), &text)
    }
}

fn corpus() -> Corpus {
    let schema: Schema = ron::from_str(SCHEMA).unwrap();
    schema.validate().unwrap();
    let mut corpus = Corpus::new(Project::default(), Arc::new(schema));
    corpus.load_articles(vec![Arc::new(article("000")), Arc::new(article("001"))]);
    corpus
}

/// All that undo must bring back. A set or a list without anything in it is the same as none.
#[derive(Debug, Clone, PartialEq)]
struct State {
    articles: Vec<Arc<Article>>,
    sets: BTreeMap<SetKey, AnnotationSet>,
    referents: BTreeMap<Name, Arc<Referents>>,
    comments: BTreeMap<Name, Arc<Comments>>,
}

fn state(corpus: &Corpus) -> State {
    let said = |set: &AnnotationSet| !set.is_empty() || set.progress() != Progress::New;
    State {
        articles: corpus.articles().to_vec(),
        sets: corpus.sets().filter(|(_, set)| said(set)).map(|(key, set)| (key.clone(), set.clone())).collect(),
        referents: corpus.all_referents().clone().into_iter().filter(|(_, all)| !all.is_empty()).collect(),
        comments: corpus.all_comments().clone().into_iter().filter(|(_, all)| !all.is_empty()).collect(),
    }
}

/// Something to say; every fourth time nothing.
fn said(n: u8) -> String {
    if n == 0 { String::new() } else { format!("catatan {n}") }
}

/// A person at the program: the corpus, the history, and which set is worked on.
struct Person {
    corpus: Corpus,
    history: History,
    set: SetKey,
    /// The states before each transaction in `history` that can be undone, and the one now.
    done: Vec<State>,
    undone: Vec<State>,
}

impl Person {
    fn new() -> Self {
        let corpus = corpus();
        let done = vec![state(&corpus)];
        let set = (ArticleId::numbered(0), Name::new("a"));
        Self { corpus, history: History::default(), set, done, undone: Vec::new() }
    }

    /// The transaction that `act` makes; nothing for undo, redo and another set.
    fn make(&self, act: &Act) -> Option<Transaction> {
        let editor = SetEditor::new(&self.corpus, self.set.clone());
        let set = self.corpus.set(&self.set.0, &self.set.1);
        let ids: Vec<Id> = set.map_or(Vec::new(), |set| set.iter().map(|record| record.id).collect());
        let id = |pick: usize| ids.get(pick % ids.len().max(1)).copied();
        let all = |picks: &[usize]| picks.iter().filter_map(|&pick| id(pick)).collect::<Vec<Id>>();
        let label = |pick: usize| Name::new(LABELS[pick % LABELS.len()]);
        let role = |pick: usize| Name::new(ROLES[pick % ROLES.len()]);
        let spans = |at: &[(u32, u32)]| at.iter().map(|&(start, end)| Span::new(start, end)).collect::<Vec<_>>();
        let referents: Vec<Id> =
            self.corpus.referents(&self.set.1).map_or(Vec::new(), |all| all.keys().copied().collect());
        let referent = |pick: usize| referents.get(pick % referents.len().max(1)).copied();
        Some(match act {
            Act::Label(pick, at) => editor.label(&label(*pick), spans(at)).0,
            Act::LabelAll(pick, at) => editor.label_all(&label(*pick), at.iter().map(|&at| spans(&[at]))).0,
            Act::Relabel(picks, to) => editor.relabel(&all(picks), &label(*to)),
            Act::Delete(picks) => editor.delete(&all(picks)),
            Act::Respan(pick, at) => editor.respan(id(*pick)?, spans(&[*at])),
            Act::Attribute(picks, set) => editor.attribute(&all(picks), &"status".into(), set.then_some("planned")),
            Act::Note(pick, n) => editor.note(id(*pick)?, &n.to_string()),
            Act::Refer(picks, to) => editor.refer(&all(picks), referent(*to)),
            Act::ReferNew(picks) => editor
                .refer_new(&all(picks), Referent::new(&"trip".into(), "Ke Bandar Laut", Origin::hand(&self.set.1))),
            Act::RenameReferent(pick, gone) => {
                let before = self.corpus.referents(&self.set.1)?.get(&referent(*pick)?)?;
                let after =
                    (!gone).then(|| Arc::new(Referent { name: "Ke Kota Awan".into(), ..Referent::clone(before) }));
                edit::referent(&self.set.1, Some(before.clone()), after)
            }
            Act::Fill(frame, name, by) => {
                let filler = id(*by).map_or(Filler::Value(Value::Text("entah".into())), Filler::Annotation);
                editor.fill(id(*frame)?, &role(*name), &filler)
            }
            Act::FillText(frame, name, at) => {
                let (frame, role, at) = (id(*frame)?, role(*name), jejak::model::Annotation::tidy(spans(&[*at])));
                let ways = editor.ways_to_fill(frame, &role, &at);
                editor.fill_with_text(frame, &role, at, ways.first()?).0
            }
            Act::Unfill(frame, index) => editor.unfill(id(*frame)?, index % 4),
            Act::Reorder(frame, index, forward) => editor.reorder(id(*frame)?, index % 4, *forward),
            Act::Progress(n) => editor.progress([Progress::New, Progress::InProgress, Progress::Done][usize::from(*n)]),
            Act::Comment(on, n) => {
                let quote = Quote(0, 4, TEXT[..4].to_owned());
                let on = id(*on).map_or(Target::Words, |id| Target::Annotation(self.set.1.clone(), id));
                CommentEditor::new(&self.corpus, &self.set.1).add(&self.set.0, on, vec![quote], &said(*n)).0
            }
            Act::Answer(to, n) => {
                let threads = threads(self.corpus.all_comments());
                let thread = threads.get(to % threads.len().max(1))?;
                let mark = [Mark::None, Mark::None, Mark::Resolved, Mark::Reopened][usize::from(*n)];
                CommentEditor::new(&self.corpus, &self.set.1).answer(thread, &said(*n), mark)
            }
            Act::Reword(of, n) => {
                let own: Vec<Id> = self.corpus.comments(&self.set.1)?.keys().copied().collect();
                let id = *own.get(of % own.len().max(1))?;
                CommentEditor::new(&self.corpus, &self.set.1).reword(id, &said(*n))
            }
            Act::AddArticle => edit::add_articles(vec![article(&self.corpus.fresh_article_id())], &self.set.1),
            Act::Describe(n) => {
                let before = self.corpus.article(&self.set.0)?;
                let after = Article { title: format!("Judul {n}"), ..Article::clone(before) };
                edit::describe(before, after, &self.set.1)
            }
            Act::OtherSet(..) | Act::Undo | Act::Redo => return None,
        })
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Undo => self.undo(),
            Act::Redo => self.redo(),
            Act::OtherSet(article, who) => {
                let id = self.corpus.articles()[article % 2].id.clone();
                self.set = (id, Name::new(["a", "b"][who % 2]));
            }
            _ => {
                let Some(transaction) = self.make(act).filter(|made| !made.is_empty()) else { return };
                let filled = self.filled(act);
                transaction.apply(&mut self.corpus).expect("what was made for this corpus fits it");
                self.history.push(Arc::new(transaction));
                self.done.push(state(&self.corpus));
                self.undone.clear();
                if let Some((id, role)) = filled {
                    // A record that was relabelled may have more, of which nothing is lost and `check` speaks.
                    let record = self.corpus.set(&self.set.0, &self.set.1).and_then(|set| set.get(id));
                    assert_eq!(record.map(|record| record.fillers(role).count()), Some(1));
                }
            }
        }
    }

    /// The record and role that `act` fills, where its label says that it has one filler at most.
    fn filled(&self, act: &Act) -> Option<(Id, &'static str)> {
        let (Act::Fill(pick, role, _) | Act::FillText(pick, role, _)) = act else { return None };
        let (set, role) = (self.corpus.set(&self.set.0, &self.set.1)?, ROLES[role % ROLES.len()]);
        let record = set.iter().nth(pick % set.len().max(1))?;
        [("trip", "origin"), ("claim", "claimant")].contains(&(&*record.label, role)).then_some((record.id, role))
    }

    fn undo(&mut self) {
        let Some(transaction) = self.history.to_undo().cloned() else { return };
        transaction.inverse().apply(&mut self.corpus).expect("what was done can be undone");
        self.history.undone();
        self.undone.extend(self.done.pop());
    }

    fn redo(&mut self) {
        let Some(transaction) = self.history.to_redo().cloned() else { return };
        transaction.apply(&mut self.corpus).expect("what was undone can be redone");
        self.history.redone();
        self.done.extend(self.undone.pop());
    }

    /// What holds after every act.
    fn sweep(&self) {
        assert_eq!(Some(&state(&self.corpus)), self.done.last());
        assert_eq!(self.history.depth(), (self.done.len() - 1, self.undone.len()));
        for (_, set) in self.corpus.sets() {
            sweep_set(set);
        }
        let comments = self.corpus.all_comments();
        let all: usize = comments.values().map(|all| all.len()).sum();
        let shown = threads(comments);
        assert_eq!(shown.iter().map(|thread| thread.comments.len()).sum::<usize>(), all, "each is in one thread");
    }
}

/// The set's look-ups against going through all of it.
fn sweep_set(set: &AnnotationSet) {
    let all: Vec<&Arc<Annotation>> = set.iter().collect();
    assert_eq!(all.len(), set.len());
    let places: Vec<_> =
        all.iter().map(|r| (r.extent().map(|e| e.start), r.extent().map(|e| u32::MAX - e.end), r.id)).collect();
    assert!(places.is_sorted());
    for record in &all {
        assert_eq!(set.get(record.id), Some(*record));
        assert!(record.at.iter().all(|span| !span.is_empty()));
        assert!(record.at.windows(2).all(|pair| pair[0].end < pair[1].start), "sorted and apart: {:?}", record.at);
        let referrers: Vec<Id> = set.referrers(record.id).map(|referrer| referrer.id).collect();
        let mut expected: Vec<Id> =
            all.iter().filter(|other| other.targets().any(|id| id == record.id)).map(|other| other.id).collect();
        expected.sort_unstable();
        assert_eq!(referrers, expected);
        assert!(record.targets().all(|id| set.get(id).is_some()), "a deleted filler leaves its roles");
        for (index, one) in record.roles.iter().enumerate() {
            assert!(!record.roles[..index].contains(one), "nothing fills a role twice");
        }
    }
    for byte in (0..TEXT.len() as u32).step_by(3) {
        let window = Span::new(byte, byte + 5);
        let ids = |found: Vec<&Arc<Annotation>>| found.iter().map(|record| record.id).collect::<Vec<Id>>();
        let within = all.iter().filter(|r| r.extent().is_some_and(|extent| extent.overlaps(window))).copied().collect();
        assert_eq!(ids(set.within(window).collect()), ids(within));
        let mut at = ids(all.iter().filter(|record| record.holds(byte)).copied().collect());
        let mut found = ids(set.at(byte));
        at.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, at);
        let start = |record: &Annotation| record.extent().map(|extent| extent.start);
        let next = all.iter().find(|record| start(record).is_some_and(|start| start > byte));
        assert_eq!(set.next_after(byte), next.copied());
        let last = all.iter().rfind(|record| start(record).is_some_and(|start| start < byte));
        assert_eq!(set.last_before(byte), last.copied());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_can_be_undone_and_redone(acts in prop::collection::vec(act(), 0..60)) {
        let mut person = Person::new();
        for act in &acts {
            person.act(act);
            person.sweep();
        }
        let last = state(&person.corpus);
        let (undone, redone) = (person.history.depth().0, person.history.depth().1);
        for _ in 0..undone {
            person.undo();
        }
        prop_assert_eq!(state(&person.corpus), state(&corpus()));
        for _ in 0..undone + redone {
            person.redo();
        }
        person.sweep();
        for _ in 0..redone {
            person.undo();
        }
        prop_assert_eq!(state(&person.corpus), last);
    }

    #[test]
    fn a_transaction_applies_whole_or_not_at_all(acts in prop::collection::vec(act(), 1..20), bad in 0..6_usize, at in 0..64_usize) {
        let mut person = Person::new();
        for act in &acts {
            person.act(act);
        }
        let Some(mut transaction) = acts.iter().rev().filter_map(|act| person.make(act)).find(|made| !made.is_empty()) else {
            return Ok(());
        };
        let set = (ArticleId::numbered(1), Name::new("c"));
        let record = Arc::new(Annotation::new(&"person".into(), Vec::new(), Origin::hand(&set.1)));
        let referent = Arc::new(Referent::new(&"person".into(), "Ratu", Origin::hand(&set.1)));
        let comment = CommentEditor::new(&person.corpus, &set.1).add(&set.0, Target::Words, Vec::new(), "apa?").0.inverse();
        let misfit = match bad {
            0 => Edit::new(set.clone(), Some(record), None),
            1 => Edit::new(RecordFile::Referents(set.1.clone()), Some(referent), None),
            2 => Edit::new(RecordFile::Articles, None, Some(Arc::new(article("000")))),
            3 => Edit::new(RecordFile::Schema, None, Some(Arc::new(person.corpus.schema.labels[0].clone()))),
            4 => comment.edits[0].clone(),
            _ => Edit::progress(set.clone(), Progress::Done, Progress::New),
        };
        let at = at % (transaction.edits.len() + 1);
        transaction.edits.insert(at, misfit);
        let before = state(&person.corpus);
        prop_assert!(transaction.apply(&mut person.corpus).is_err());
        prop_assert_eq!(state(&person.corpus), before);
    }
}
