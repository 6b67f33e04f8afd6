//! Large files: they come in as small ones do, in their order, and in time that grows as they do.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jejak::formats::{ImportContext, ImportFiles, Item, Memory, format};
use jejak::model::{Name, Timestamp};

use crate::{Read, read};

fn source(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> ImportFiles {
    ImportFiles::from(Memory { files: files.into_iter().collect() })
}

fn read_one(name: &str, files: &[(&str, String)]) -> Read {
    read(
        format(name).unwrap(),
        &source(files.iter().map(|(file, content)| ((*file).to_owned(), content.clone().into()))),
    )
}

/// What comes of a source in the order in which it comes: the first word of a text, or a problem.
fn sequence(name: &str, source: &ImportFiles) -> Vec<String> {
    let (gold, mut said) = (Name::new("gold"), Vec::new());
    let reading = ImportContext::new(&gold, Timestamp::from_seconds(0), None);
    format(name).unwrap().read(source, &reading, &mut |item| match item {
        Item::Document(page) => said.push(page.text.as_str().split_whitespace().next().unwrap_or_default().to_owned()),
        Item::Whole(_) => {}
        Item::Problem(problem) => said.push(problem.to_string()),
        Item::Note { .. } => {}
    });
    said
}

/// Every seventh article is broken. Articles are of very different lengths, so that a later one is done earlier.
#[test]
fn articles_and_problems_keep_their_order_however_many_there_are() {
    const COUNT: usize = 700;
    let broken = |number: usize| number % 7 == 3;
    let words = |number: usize| format!("w{number} {}", "kata ".repeat(number * 7919 % 1000));
    let expected = |problem: &dyn Fn(usize) -> String| -> Vec<String> {
        (0..COUNT).map(|n| if broken(n) { problem(n) } else { format!("w{n}") }).collect()
    };
    let one = |name: &str, content: String| source([(name.to_owned(), content.into_bytes())]);

    let line = |n: usize| {
        let text = words(n);
        if broken(n) { "{\"text\":\n".into() } else { format!("{{\"text\":\"{text}\",\"label\":[[0,2,\"X\"]]}}\n") }
    };
    let lines = sequence("doccano", &one("a.jsonl", (0..COUNT).map(line).collect()));
    assert_eq!(lines, expected(&|n| format!("a.jsonl:{}: column 8: it ends too early", n + 1)));

    let element = |n| if broken(n) { "null".to_owned() } else { format!("{{\"data\":{{\"text\":\"{}\"}}}}", words(n)) };
    let elements: Vec<String> = (0..COUNT).map(element).collect();
    let list = sequence("label-studio", &one("a.json", format!("[{}]", elements.join(","))));
    assert_eq!(list, expected(&|n| format!("a.json[{}]: there is no \"data\"", n + 1)));

    let article = |n| {
        let rows: String = words(n).split_whitespace().map(|word| format!("{word} O\n")).collect();
        let first = if broken(n) { "x y z\nx I-A\nx B-B\nx O\n" } else { "" };
        format!("-DOCSTART- O\n\n{first}{rows}\n")
    };
    let articles = sequence("conll", &one("a.conll", (0..COUNT).map(article).collect()));
    let pages: Vec<&str> = articles.iter().map(String::as_str).filter(|said| !said.starts_with("a.conll")).collect();
    assert_eq!(pages, (0..COUNT).map(|n| if broken(n) { "x".into() } else { format!("w{n}") }).collect::<Vec<_>>());
    let at = |said: &str| said.split(':').nth(1).and_then(|line| line.parse::<u32>().ok());
    let numbers: Vec<u32> = articles.iter().filter_map(|said| at(said)).collect();
    assert!(numbers.len() == 3 * COUNT / 7 && numbers.is_sorted(), "{numbers:?}");

    let mut files = BTreeMap::new();
    for n in 0..COUNT {
        let text = if broken(n) { vec![0xff] } else { words(n).into_bytes() };
        files.insert(format!("{n:03}.txt"), text);
        files.insert(format!("{n:03}.ann"), b"T1\tX 0 2\n".to_vec());
    }
    let brat = sequence("brat", &source(files));
    assert_eq!(brat, expected(&|n| format!("{n:03}.txt: it is not UTF-8 (line 1)")));
}

// Files that are large where most are small. A reader that looks through all it has for each thing that it reads would
// take minutes or all memory for each of them.

const N: usize = 40_000;

fn join(each: &dyn Fn(usize) -> String) -> String {
    (0..N).map(each).collect::<Vec<_>>().join(",")
}

fn records(read: &Read) -> usize {
    read.pages[0].sets[0].records.len()
}

#[test]
fn many_relations_are_read_in_time_that_grows_as_they_do() {
    let last = N - 1;

    let entities = join(&|n| format!("{{\"id\":{n},\"label\":\"X\",\"start_offset\":0,\"end_offset\":1}}"));
    let relations = join(&|n| format!("{{\"from_id\":{last},\"to_id\":{n},\"type\":\"r\"}}"));
    let line = format!("{{\"text\":\"ab\",\"entities\":[{entities}],\"relations\":[{relations}]}}");
    assert_eq!(records(&read_one("doccano", &[("a.jsonl", line)])), N);

    let denotations = join(&|n| format!("{{\"id\":\"T{n}\",\"span\":{{\"begin\":0,\"end\":1}},\"obj\":\"X\"}}"));
    let statements = join(&|n| format!("{{\"pred\":\"r\",\"subj\":\"T{last}\",\"obj\":\"T{n}\"}}"));
    let all = format!(
        "{{\"text\":\"ab\",\"denotations\":[{denotations}],\"relations\":[{statements}],\"attributes\":[{statements}]}}"
    );
    assert_eq!(records(&read_one("pubannotation", &[("a.json", all)])), N);

    let span = |n: usize| format!("{{\"start\":0,\"end\":1,\"label\":\"L{n}\"}}");
    let spans = join(&span);
    let side = span(last);
    let relations = join(&|n| format!("{{\"head_span\":{side},\"child_span\":{},\"label\":\"r\"}}", span(n)));
    let line = format!("{{\"text\":\"ab\",\"spans\":[{spans}],\"relations\":[{relations}]}}");
    assert_eq!(records(&read_one("prodigy", &[("a.jsonl", line)])), N);

    let region = |n: usize, kind: &str| {
        format!(
            "{{\"id\":\"r{n}\",\"from_name\":\"x\",\"type\":\"{kind}\",\"value\":{{\"start\":0,\"end\":1,\"{kind}\":[\"X\"]}}}}"
        )
    };
    let labels = join(&|n| region(n, "labels"));
    let choices = join(&|_| region(last, "choices"));
    let relations = join(&|n| format!("{{\"type\":\"relation\",\"from_id\":\"r{last}\",\"to_id\":\"r{n}\"}}"));
    let task =
        format!("[{{\"data\":{{\"text\":\"ab\"}},\"annotations\":[{{\"result\":[{labels},{choices},{relations}]}}]}}]");
    assert_eq!(records(&read_one("label-studio", &[("a.json", task)])), N);
}

#[test]
fn many_lines_about_few_annotations_are_read_in_time_that_grows_as_they_do() {
    // Referents that need a name each, one that is known by many, and a note of many lines.
    let mut ann = String::new();
    for n in 0..N {
        ann.push_str(&format!("T{n}\tX 0 1\ta\nN{n}\tReference T{n} Out:{n}\tx\nN{n}\tReference T0 More:{n}\tx\n"));
        ann.push_str(&format!("#{n}\tAnnotatorNotes T0\t{}\n", "kata ".repeat(10)));
    }
    assert_eq!(records(&read_one("brat", &[("a.txt", "ab".into()), ("a.ann", ann)])), N);
}

#[test]
fn words_that_stand_nowhere_are_not_looked_for_without_end() {
    // Fragments that are the whole text each, with words that are not; and quotes that stand nowhere.
    let text = "kata ".repeat(100_000);
    let places = vec![format!("0 {}", text.len()); N].join(";");
    let quoted: String = (0..N).map(|n| format!("T{n}\tX 0 {}\tzebra{n}\n", text.len() - n)).collect();
    let ann = format!("T\tX {places}\tzebra\n{quoted}");
    assert_eq!(records(&read_one("brat", &[("a.txt", text.clone()), ("a.ann", ann)])), N + 1);

    // Fillers that stand nowhere.
    let fillers = join(&|n| format!("[[\"zebra{n}\"]]"));
    let line = format!("{{\"doctext\":\"{text}\",\"templates\":[{{\"incident_type\":\"x\",\"r\":[{fillers}]}}]}}");
    assert_eq!(read_one("muc4", &[("a.jsonl", line)]).problems.len(), N);
}

#[test]
fn structures_that_refer_to_each_other_are_read_in_time_that_grows_as_they_do() {
    // Numbers that are given again and again, a list that many refer to, features without end.
    let sofa = "{\"%ID\":1,\"%TYPE\":\"uima.cas.Sofa\",\"sofaString\":\"Ratu\"}";
    let same = join(&|_| "{\"%ID\":2,\"%TYPE\":\"T\",\"@sofa\":1,\"begin\":0,\"end\":1}".to_owned());
    let json = format!("{{\"%FEATURE_STRUCTURES\":[{sofa},{same}]}}");
    assert_eq!(records(&read_one("cas-json", &[("a.json", json)])), N);
    let elements = vec!["2"; N].join(",");
    let list = format!("{{\"%ID\":3,\"%TYPE\":\"uima.cas.FSArray\",\"%ELEMENTS\":[3,{elements}]}}");
    let first = "{\"%ID\":2,\"%TYPE\":\"T\",\"@sofa\":1,\"begin\":0,\"end\":1}";
    let many = join(&|n| format!("{{\"%ID\":{},\"%TYPE\":\"T\",\"@sofa\":1,\"begin\":0,\"end\":1,\"@x\":3}}", n + 4));
    let json = format!("{{\"%FEATURE_STRUCTURES\":[{sofa},{first},{list},{many}]}}");
    let found = read_one("cas-json", &[("a.json", json)]);
    assert_eq!((records(&found), found.problems.len()), (N + 1, 1), "{:?}", found.problems.first());
    let features: String = (0..N).map(|n| format!("<f{n}>x</f{n}>")).collect();
    let xmi = format!(
        "<x:XMI xmlns:cas=\"http:///uima/cas.ecore\" xmlns:c=\"http:///c.ecore\"><cas:Sofa id=\"1\" sofaString=\"ab\"/>\
         <c:T xmi:id=\"2\" sofa=\"0\" begin=\"0\" end=\"1\">{features}</c:T></x:XMI>"
    );
    let found = read_one("cas-xmi", &[("a.xmi", xmi)]);
    assert_eq!(found.pages[0].sets[0].records[0].attributes.len(), N);
}

#[test]
fn columns_without_end_are_not_read() {
    let names: String = (0..N).map(|n| format!("|f{n}")).collect();
    let cells = "x\t".repeat(N);
    let tsv = format!("#FORMAT=WebAnno TSV 3.3\n#T_SP=a.Span{names}\n#Text=Ratu\n1-1\t0-4\tRatu\t{cells}\n");
    assert_eq!(read_one("webanno-tsv3", &[("a.tsv", tsv)]).problems.len(), 1);
    let rows: String = (0..300).map(|n| format!("a{}\n", " O".repeat(n))).collect();
    let conll = format!("# columns = x\n{rows}a{}\n", " B-X".repeat(20 * N));
    let found = read_one("conll", &[("a.conll", conll)]);
    assert_eq!((found.pages.len(), found.problems.len()), (1, 1), "{:?}", found.problems.first());
}

/// A flag is set by the first article of a file that has thousands.
#[test]
fn one_file_is_read_no_further_than_to_where_nobody_wants_it() {
    const COUNT: usize = 20_000;
    let text = "kata ".repeat(20);
    let lines: String = (0..COUNT).map(|n| format!("{{\"text\":\"{n} {text}\",\"label\":[]}}\n")).collect();
    let tokens: String = (0..COUNT).map(|n| format!("-DOCSTART- O\n\n{n} O\nkata O\n\n")).collect();
    let elements: Vec<String> = (0..COUNT).map(|n| format!("{{\"data\":{{\"text\":\"{n} {text}\"}}}}")).collect();
    let list = format!("[{}]", elements.join(","));
    for (name, file, content) in
        [("doccano", "a.jsonl", lines), ("conll", "a.conll", tokens), ("label-studio", "a.json", list)]
    {
        let stop = Arc::new(AtomicBool::new(false));
        let source = source([(file.to_owned(), content.into_bytes())]).stopped_by(stop.clone());
        let (gold, mut articles) = (Name::new("gold"), 0);
        let reading = ImportContext::new(&gold, Timestamp::from_seconds(0), None);
        format(name).unwrap().read(&source, &reading, &mut |item| {
            articles += usize::from(matches!(item, Item::Document(_)));
            stop.store(true, Ordering::Relaxed);
        });
        // Those that were on their way come still.
        assert!((1..COUNT / 2).contains(&articles), "{name}: {articles}");
    }
}
