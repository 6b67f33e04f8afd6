//! Identity across articles: clusters of several annotators over all articles, and what is asked about them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jejak::agreement::random::Random;
use jejak::model::{
    Annotation, AnnotationSet, Article, ArticleId, Corpus, Id, Name, Origin, Progress, Project, Referent, Referents,
};
use jejak::review::{Across, CaseKind, Choice, MentionClusters, Panel, Question, Questions, Review, Ruling, Strategy};
use jejak::text::{Span, Text};

use crate::build::{self, gold};

const ARTICLES: usize = 4;
const MENTIONS: usize = 6;

/// The cluster of a mention: of an article, the number of the mention in it.
type Clusters<'a> = dyn Fn(usize, usize) -> Option<usize> + 'a;

/// A project in which each annotator puts the same mentions into the clusters that `of` says: by article and mention the
/// number of a cluster, or none.
fn project(random: &mut Random, of: &[(&str, &Clusters<'_>)]) -> Corpus {
    let text = Text::new(&"lorem ".repeat(40));
    let article = |n: usize| Article {
        words: 0,
        language: "id".into(),
        ..Article::of(ArticleId::numbered(n), format!("articles/00{n}.txt"), &text)
    };
    let mut corpus = Corpus::new(Project::default(), Arc::new(build::schema()));
    corpus.load_articles((0..ARTICLES).map(|n| Arc::new(article(n))).collect());
    for (name, clusters) in of {
        let name = Name::new(name);
        let mut referents: HashMap<usize, Id> = HashMap::new();
        for n in 0..ARTICLES {
            corpus.load_text(ArticleId::numbered(n), text.clone());
            let mut records: Vec<Annotation> = (0..MENTIONS)
                .map(|m| {
                    let at = vec![Span::new(m as u32 * 6, m as u32 * 6 + 5)];
                    let referent = clusters(n, m).map(|c| *referents.entry(c).or_insert_with(|| build::id(random)));
                    Annotation { referent, ..build::record(random, "person", at, &name) }
                })
                .collect();
            let by = random.below(MENTIONS);
            records.rotate_left(by);
            let set = AnnotationSet::new(records.into_iter().map(Arc::new), Progress::Done);
            corpus.load_set((ArticleId::numbered(n), name.clone()), set);
        }
        let all: Referents = referents
            .into_iter()
            .map(|(c, id)| {
                let called = format!("orang {c} dari {name}");
                (id, Arc::new(Referent { id, ..Referent::new(&"person".into(), &called, Origin::hand(&name)) }))
            })
            .collect();
        corpus.load_referents(name, all);
    }
    corpus
}

fn names(corpus: &Corpus) -> Vec<Name> {
    corpus.all_referents().keys().filter(|name| **name != gold()).cloned().collect()
}

fn open(corpus: &Corpus, article: usize, across: Option<&Across>) -> Review {
    let annotators = names(corpus);
    Review::open_across(corpus, &ArticleId::numbered(article), &annotators, &gold(), Strategy::Unanimous, across)
}

/// The project gone through twice.
fn asked(corpus: &Corpus) -> (Across, Vec<Question>) {
    let mut mentions = MentionClusters::new(&names(corpus), &gold());
    for n in 0..ARTICLES {
        mentions.add(corpus, &open(corpus, n, None));
    }
    let across = mentions.align();
    let mut questions = Questions::default();
    for n in 0..ARTICLES {
        questions.add(corpus, &open(corpus, n, Some(&across)), &across);
    }
    let questions = questions.all(corpus, &across);
    (across, questions)
}

fn decide(corpus: &mut Corpus, choice: Option<usize>) {
    let annotators = names(corpus);
    let (across, questions) = asked(corpus);
    let panel = Panel { annotators: &annotators, gold: &gold(), strategy: &Strategy::Unanimous };
    let ruling = Ruling { choice: Choice::Nothing, by: "juri".into(), reason: "aturan".into(), gap: String::new() };
    let transaction = questions[0].decide(corpus, &panel, &across, choice, &ruling).unwrap();
    transaction.apply(corpus).unwrap();
}

fn premerge(corpus: &mut Corpus) {
    let (across, _) = asked(corpus);
    for n in 0..ARTICLES {
        let transaction = open(corpus, n, Some(&across)).premerge(corpus, &"juri".into());
        transaction.apply(corpus).unwrap();
    }
}

/// Which mentions somebody puts together.
fn partition(corpus: &Corpus, who: &Name) -> HashSet<Vec<(usize, u32)>> {
    let mut clusters: BTreeMap<Id, Vec<(usize, u32)>> = BTreeMap::new();
    for n in 0..ARTICLES {
        let set = corpus.set(&ArticleId::numbered(n), who).unwrap();
        for record in set.iter() {
            let Some(referent) = record.referent else { continue };
            clusters.entry(referent).or_default().push((n, record.at[0].start));
        }
    }
    clusters.into_values().collect()
}

#[test]
fn equal_clusters_ask_nothing_whatever_their_ids() {
    for seed in 0..200 {
        let mut random = Random::new(seed, 0);
        let clusters: Vec<Option<usize>> =
            (0..ARTICLES * MENTIONS).map(|_| (random.below(8) > 0).then(|| random.below(7))).collect();
        let of = |n: usize, m: usize| clusters[n * MENTIONS + m];
        let corpus = project(&mut random, &[("a", &of), ("b", &of), ("c", &of)]);
        let (across, questions) = asked(&corpus);
        assert_eq!(questions, [], "seed {seed}");
        for n in 0..ARTICLES {
            assert_eq!(open(&corpus, n, Some(&across)).cases, [], "seed {seed}");
        }
    }
}

#[test]
fn an_equal_name_breaks_a_tie_then_an_identifier_outside_then_an_equal_id() {
    // One person for a is two for b, with as many mentions each: one in articles 0 and 1, one in 2 and 3.
    let one = |_: usize, m: usize| (m == 0).then_some(0);
    let two = |n: usize, m: usize| (m == 0).then_some(n / 2);
    let asked_about = |what: &str, change: &dyn Fn(&mut Corpus, Id, Id)| {
        let mut corpus = project(&mut Random::new(11, 0), &[("a", &one), ("b", &two)]);
        let of = |who: &str, n: usize| {
            let set = corpus.set(&ArticleId::numbered(n), &who.into()).unwrap();
            set.iter().find_map(|record| record.referent).unwrap()
        };
        let (theirs, second) = (of("a", 0), of("b", 3));
        change(&mut corpus, theirs, second);
        let (_, questions) = asked(&corpus);
        assert_eq!(questions.len(), 1, "{what}");
        let mut about: Vec<ArticleId> = questions[0].mentions.iter().map(|mention| mention.article.clone()).collect();
        about.sort();
        about
    };
    let change = |corpus: &mut Corpus, who: &str, id: Id, change: &dyn Fn(&mut Referent)| {
        let mut all = corpus.referents(&who.into()).unwrap().clone();
        change(Arc::make_mut(all.get_mut(&id).unwrap()));
        corpus.load_referents(who.into(), all);
    };
    let [first, second] = [[0, 1], [2, 3]].map(|them| them.map(ArticleId::numbered).to_vec());
    // Those are asked about who are not the same: the first are, where nothing tells.
    assert_eq!(asked_about("nothing", &|_, _, _| ()), second);
    let named = asked_about("name", &|corpus, theirs, other| {
        change(corpus, "a", theirs, &|it| it.name = "Ratna Sari".into());
        change(corpus, "b", other, &|it| it.name = " ratna  SARI".into());
    });
    assert_eq!(named, first);
    let outside = asked_about("identifier", &|corpus, theirs, other| {
        for (who, id) in [("a", theirs), ("b", other)] {
            change(corpus, who, id, &|it| it.external = vec![("wikidata".into(), "Q1".into())]);
        }
    });
    assert_eq!(outside, first);
    let shared = asked_about("id", &|corpus, theirs, _| {
        for n in 2..ARTICLES {
            let key = (ArticleId::numbered(n), Name::new("b"));
            let records = corpus.set(&key.0, &key.1).unwrap().iter().map(|record| {
                let referent = record.referent.map(|_| theirs);
                Arc::new(Annotation { referent, ..(**record).clone() })
            });
            let set = AnnotationSet::new(records.collect::<Vec<_>>(), Progress::Done);
            corpus.load_set(key, set);
        }
    });
    assert_eq!(shared, first);
}

#[test]
fn one_cluster_for_two_is_one_question_and_one_decision() {
    // b takes for two people, by article, whom a takes for one; no article shows it by itself.
    let one = |_: usize, m: usize| (m < 2).then_some(0).or(Some(m));
    let two = |n: usize, m: usize| if m < 2 && n >= 2 { Some(9) } else { one(n, m) };
    for (choice, who) in [(0, "a"), (1, "b")] {
        let mut random = Random::new(7, 0);
        let mut corpus = project(&mut random, &[("a", &one), ("b", &two)]);
        for n in 0..ARTICLES {
            assert!(open(&corpus, n, None).cases.is_empty(), "article {n} by itself asks nothing");
        }
        premerge(&mut corpus);
        let (_, questions) = asked(&corpus);
        assert_eq!(questions.len(), 1);
        assert_eq!(questions[0].mentions.len(), 4, "two mentions in two articles");
        assert_eq!(questions[0].readings[0].0, ["a".into()] as [Name; 1]);
        assert_eq!(questions[0].readings[1].1, "orang 9 dari b");
        decide(&mut corpus, Some(choice));
        assert_eq!(asked(&corpus).1, [], "one decision is enough");
        assert_eq!(partition(&corpus, &gold()), partition(&corpus, &who.into()));
        for n in 0..ARTICLES {
            let (set, article) = (corpus.set(&ArticleId::numbered(n), &gold()).unwrap().clone(), n);
            assert_eq!(set.progress(), Progress::Done, "article {article} is decided");
            assert!(open(&corpus, n, None).cases.is_empty(), "and asks nothing by itself");
        }
        // A decision stands until an annotator says something else of these mentions.
        let article = ArticleId::numbered(3);
        let set = corpus.set(&article, &"b".into()).unwrap().clone();
        let changed = set.iter().map(|record| {
            let mut record = Annotation::clone(record);
            if record.at[0].start == 0 {
                record.referent = None;
            }
            Arc::new(record)
        });
        let changed = AnnotationSet::new(changed, Progress::Done);
        corpus.load_set((article, "b".into()), changed);
        let (_, questions) = asked(&corpus);
        assert_eq!(questions.iter().map(|question| question.mentions.len()).sum::<usize>(), 1);
    }
}

#[test]
fn random_clusters_are_decided_for_one_annotator_in_as_many_steps_as_questions() {
    for seed in 0..60 {
        let mut random = Random::new(seed, 0);
        let a: Vec<usize> = (0..ARTICLES * MENTIONS).map(|_| random.below(5)).collect();
        // b says the same but for a few mentions.
        let mut b = a.clone();
        for _ in 0..random.below(6) {
            let at = random.below(b.len());
            b[at] = random.below(6);
        }
        let of_a = |n: usize, m: usize| Some(a[n * MENTIONS + m]);
        let of_b = |n: usize, m: usize| Some(b[n * MENTIONS + m]);
        let mut corpus = project(&mut random, &[("a", &of_a), ("b", &of_b)]);
        premerge(&mut corpus);
        let (across, questions) = asked(&corpus);
        let mut cases = 0;
        for n in 0..ARTICLES {
            let review = open(&corpus, n, Some(&across));
            assert!(review.cases.iter().all(|case| case.kind == CaseKind::Identity));
            cases += review.cases.len();
        }
        assert_eq!(questions.iter().map(|question| question.mentions.len()).sum::<usize>(), cases, "seed {seed}");
        let mut steps = 0;
        while let Some(question) = asked(&corpus).1.first() {
            let of_a = question.readings.iter().position(|(by, _)| by.contains(&"a".into())).unwrap();
            decide(&mut corpus, Some(of_a));
            steps += 1;
            assert!(steps <= questions.len(), "seed {seed}: {steps} steps for {} questions", questions.len());
        }
        assert_eq!(partition(&corpus, &gold()), partition(&corpus, &"a".into()), "seed {seed}");
    }
}
