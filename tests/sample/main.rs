//! The sample project and the default schema: what a person meets first, held to what it promises.
//!
//! `JEJAK_BLESS=1 cargo nextest run -E 'binary(sample)'` writes `projects/perjalanan` anew from `tests/data/sample`.

mod schema;
mod source;

use source::Source;

const ARTICLES: [&str; 6] = ["000", "001", "002", "003", "004", "005"];

fn read(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_source_is_the_articles_with_marks() {
    let schema = schema::trips();
    for article in ARTICLES {
        let source = Source::parse(&read(&format!("tests/data/sample/{article}.txt")));
        assert_eq!(source.text, read(&format!("projects/perjalanan/articles/{article}.txt")), "{article}");
        for annotator in ["a", "b"] {
            let n = source.annotations(article, annotator, &schema).len();
            println!("{article} {annotator} {n}");
        }
    }
}
