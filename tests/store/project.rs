//! Small projects to work in.
#![allow(dead_code, clippy::unwrap_used)] // Every test binary uses its own part of it; a test may stop at once.

use jejak::ingest::Draft;
use jejak::model::{ArticleId, Name, Schema};
use jejak::store::{Access, Session};

/// The schema that comes with the program.
pub fn schema() -> Schema {
    ron::from_str(include_str!("../../assets/schemas/trips.ron")).unwrap()
}

/// The id of an article that is known to be legal.
pub fn article(id: &str) -> ArticleId {
    ArticleId::new(id).unwrap()
}

/// The text of the `n`-th article: `Budi4 tiba di …`, with some of everything that makes offsets hard.
pub fn text(n: usize) -> String {
    let names = ["Budi", "Siti", "Raka", "Wati", "Joko"];
    let towns = ["Bandar", "Muara", "Tanjung", "Teluk"];
    let mut text = String::new();
    for i in 0..20 {
        let (name, town) = (names[(n + i) % names.len()], towns[(n * 7 + i) % towns.len()]);
        text.push_str(&format!("{name}{} tiba  {town} {n}\u{a0}kali, “kata” Jum'at — é e\u{301} 👩‍👩‍👧 {i}.\n", n % 10));
    }
    text
}

/// A text that is to become an article.
pub fn draft(title: &str, text: &str) -> Draft {
    Draft {
        text: text.into(),
        title: title.into(),
        language: Some("id".into()),
        source: format!("{title}.txt"),
        ..Draft::default()
    }
}

/// The name of an article's files in a project folder, without extension: its number, and the hash of its text.
pub fn stem(dir: &std::path::Path, id: &str) -> String {
    let names = std::fs::read_dir(dir.join("articles")).unwrap().flatten();
    let mut names = names.map(|entry| entry.file_name().into_string().unwrap());
    let name = names.find(|name| name.starts_with(&format!("{id}-"))).unwrap();
    name.strip_suffix(".txt").unwrap().to_owned()
}

/// An annotator's set of an article, relative to the project folder.
pub fn set_file(dir: &std::path::Path, whose: &str, id: &str) -> String {
    format!("sets/{whose}/{}.ron", stem(dir, id))
}

/// A project of `count` articles in a folder of its own.
pub fn make(count: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    Session::create(dir.path(), "Uji", schema()).unwrap();
    let mut session = Session::open(dir.path(), &Name::new("maker"), Access::Write).unwrap();
    let drafts = (0..count).map(|n| draft(&format!("Artikel {n}"), &text(n))).collect();
    session.add_articles(drafts).unwrap();
    session.close().unwrap();
    dir
}

/// The same as an older version made it: files are called by the articles' numbers alone.
pub fn make_older(count: usize) -> tempfile::TempDir {
    let dir = make(count);
    let list = dir.path().join("articles.ron");
    let mut content = std::fs::read_to_string(&list).unwrap();
    for n in 0..count {
        let (id, stem) = (format!("{n:03}"), stem(dir.path(), &format!("{n:03}")));
        let text = |name: &str| dir.path().join(format!("articles/{name}.txt"));
        std::fs::rename(text(&stem), text(&id)).unwrap();
        content = content.replace(&format!("articles/{stem}.txt"), &format!("articles/{id}.txt"));
    }
    jejak::store::atomic::write(&list, content.as_bytes()).unwrap();
    dir
}
