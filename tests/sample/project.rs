//! The project in `projects/perjalanan`, made from its source by the store that the program uses.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use jejak::edit::{Edit, Transaction};
use jejak::ingest::Draft;
use jejak::model::{ArticleId, Name, Progress, RecordFile};
use jejak::store::{Access, Session};
use jejak::text::sha256_hex;

use crate::{ARTICLES, made, read, schema};

/// Title, publisher, date and language of each article.
const ABOUT: [[&str; 4]; 10] = [
    ["Presiden Samudra ke Kalvera dan Zahrania, Lawatan Pertama sejak Dilantik", "Kabar Selat", "2025-03-06", "id"],
    ["Kunjungan ke Kalvera: Arya ingin membuka kembali selat", "Berita Dunia", "2025-03-12", "id"],
    ["Palace denies secret January trip to Nordskar", "The Aldine Courier", "2025-03-14", "en"],
    ["Abu Gunung Wirang, Menlu Ratih Batal ke Nordskar", "LayarKini", "2025-03-17", "id"],
    ["Four days, two capitals: Tanjungbiru ends his straits tour", "Straits Weekly", "2025-03-15", "en"],
    ["Sultan Zahrania Akan Balas Kunjungan ke Karangwana", "Kabar Selat", "2025-04-02", "id"],
    ["Menteri Perdagangan Samudra ke Cartagena dan Valencia Bulan Depan", "Kabar Selat", "2025-04-19", "id"],
    ["Samudra's trade minister back from two ports", "The Aldine Courier", "2025-05-10", "en"],
    ["Borhalla Bantah Tarik Kapal Patroli", "LayarKini", "2025-05-03", "id"],
    ["Nordskar Tidak Berjanji Apa-apa", "Berita Dunia", "2025-05-03", "id"],
];

fn write(dir: &Path) {
    let trips = schema::trips();
    Session::create(dir, "Perjalanan", trips.clone()).unwrap();
    for annotator in ["a", "b"] {
        let name: Name = annotator.into();
        let mut session = Session::open(dir, &name, Access::Write).unwrap();
        if annotator == "a" {
            let drafts = ARTICLES.iter().zip(ABOUT).map(|(article, [title, publisher, published, language])| {
                let text = read(&format!("projects/perjalanan/articles/{article}.txt"));
                Draft {
                    title: title.to_owned(),
                    publisher: Some(publisher.to_owned()),
                    published: Some(published.to_owned()),
                    language: Some(language.to_owned()),
                    source: format!("{article}.txt"),
                    source_sha256: sha256_hex(text.as_bytes()),
                    text,
                    ..Draft::default()
                }
            });
            session.add_articles(drafts.collect()).unwrap();
            session.close().unwrap();
            call_by_number(dir);
            session = Session::open(dir, &name, Access::Write).unwrap();
        }
        let (known, sets) = made(annotator, &trips);
        let mut transaction = Transaction::new("annotate", &name);
        let file = RecordFile::Referents(name.clone());
        let new = known.all.into_values().map(|referent| Edit::new(file.clone(), None, Some(referent)));
        transaction.edits.extend(new);
        for (set, article) in sets.iter().zip(ARTICLES) {
            let key = (ArticleId::new(article).unwrap(), name.clone());
            transaction.edits.extend(set.iter().map(|record| Edit::new(key.clone(), None, Some(record.clone()))));
            transaction.edits.push(Edit::progress(key, Progress::New, Progress::Done));
        }
        session.commit(transaction).unwrap();
        session.close().unwrap();
    }
}

/// Gives texts the names that they had before these had a hash: so the sample stands for all projects of that time.
fn call_by_number(dir: &Path) {
    let list = dir.join("articles.ron");
    let mut content = std::fs::read_to_string(&list).unwrap();
    for entry in std::fs::read_dir(dir.join("articles")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        let plain = format!("{}.txt", name.split_once('-').unwrap().0);
        content = content.replace(&format!("articles/{name}"), &format!("articles/{plain}"));
        std::fs::rename(entry.path(), dir.join("articles").join(plain)).unwrap();
    }
    #[allow(clippy::disallowed_methods)] // It is made anew at will; nobody's work is in it.
    std::fs::write(list, content).unwrap();
}

/// Every file of a project folder that belongs to the sample, by its path with `/` between folders.
fn files(dir: &Path) -> BTreeMap<String, String> {
    let sets = ["a", "b"].iter().flat_map(|annotator| {
        let articles = ARTICLES.iter().map(move |article| format!("sets/{annotator}/{article}.ron"));
        articles.chain([format!("sets/{annotator}/referents.ron")])
    });
    let texts = ARTICLES.iter().map(|article| format!("articles/{article}.txt"));
    let all = sets
        .chain(texts)
        .chain(["project.ron", "articles.ron", "schema.ron", ".gitignore", ".gitattributes"].map(str::to_owned));
    all.filter_map(|path| Some((path.clone(), std::fs::read_to_string(dir.join(path)).ok()?))).collect()
}

#[test]
fn the_project_is_what_its_source_says() {
    let scratch = tempfile::tempdir().unwrap();
    let new = scratch.path().join("perjalanan");
    write(&new);
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan");
    let new = files(&new);
    if std::env::var_os("JEJAK_BLESS").is_some() {
        for (path, text) in &new {
            let path = home.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            #[allow(clippy::disallowed_methods)] // The sample is made anew at will; nobody's work is in it.
            std::fs::write(path, text).unwrap();
        }
    }
    let home = files(&home);
    assert_eq!(home.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
    for (path, text) in new {
        for (line, (there, made)) in home[&path].lines().zip(text.lines()).enumerate() {
            assert_eq!(there, made, "{path}:{}: JEJAK_BLESS=1 makes the sample anew", line + 1);
        }
        assert_eq!(home[&path].len(), text.len(), "{path}: JEJAK_BLESS=1 makes the sample anew");
    }
}

#[test]
fn nothing_is_wrong_with_the_project() {
    let scratch = tempfile::tempdir().unwrap();
    let project = scratch.path().join("perjalanan");
    write(&project);
    let said = Command::new(env!("CARGO_BIN_EXE_jejak")).arg("check").arg(&project).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&said.stdout), "");
    assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
}
