//! A small project on a disk in memory, where the system has one, with something beside it that nobody may touch.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jejak::dataset::{self, DatasetTarget, Plan};
use jejak::edit::SetEditor;
use jejak::formats::{Lost, format};
use jejak::ingest::Draft;
use jejak::model::{ArticleId, Name, Schema};
use jejak::store::{Access, Session, check_files, scan};

/// The files that stand beside the project.
const OUTSIDE: &[u8] = b"nobody writes here";

/// A text with some of everything that makes offsets hard.
const TEXT: &str = "Ratu Sari \u{1f6ec} tiba di e\u{301}lan pada 3 Maret.\nשלום: Ratu Sari pulang, kata juru bicara.\n";

/// The files of the project as it is made, by their paths.
pub static FILES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let folder = folder();
    let project = folder.path().join("project");
    Session::create(&project, "Uji", Schema::trips()).expect("a project can be made");
    let mut session = Session::open(&project, &Name::new("maker"), Access::Write).expect("and opened");
    let draft = Draft {
        text: TEXT.into(),
        title: "Satu".into(),
        language: Some("id".into()),
        source: "satu.txt".into(),
        ..Draft::default()
    };
    session.add_articles(vec![draft]).expect("an article can be added");
    session.close().expect("and saved");
    let read = |name: &str| fs::read(project.join(name)).expect("it was just written");
    // Files are called by the article's number alone, as in older projects, so that inputs can name them.
    let list = String::from_utf8(read("articles.ron")).expect("it is RON");
    let called = list.split('"').find(|part| part.starts_with("articles/")).expect("an article has a text").to_owned();
    let text = read(&called);
    [
        ("project.ron".to_owned(), read("project.ron")),
        ("schema.ron".to_owned(), read("schema.ron")),
        ("articles.ron".to_owned(), list.replace(&called, "articles/000.txt").into_bytes()),
        ("articles/000.txt".to_owned(), text),
    ]
    .into()
});

/// A new folder, in memory where the system has a disk there.
pub fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder can be made")
}

/// The project in a folder of its own.
pub struct Place {
    root: tempfile::TempDir,
    /// The project's folder.
    pub project: PathBuf,
}

impl Place {
    /// The project as it is made, with these files beside its own or instead of them.
    pub fn new(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let root = folder();
        let project = root.path().join("project");
        fs::create_dir(root.path().join("outside")).expect("a folder can be made");
        fs::write(root.path().join("outside/keys"), OUTSIDE).expect("a file can be written");
        let place = Self { root, project };
        for (path, content) in FILES.iter().filter(|(path, _)| !files.contains_key(*path)).chain(files) {
            place.put(path, content);
        }
        place
    }

    /// Writes a file of the project.
    pub fn put(&self, path: &str, content: &[u8]) {
        let path = self.project.join(path);
        fs::create_dir_all(path.parent().expect("it lies in the project")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    /// Reads, works, checks and exports, as people would; what is acknowledged has to be there, and nothing is written
    /// outside.
    pub fn live(&self) {
        let names = ["a", "b", "gold"].map(Name::new);
        let load = |session: &mut Session| {
            let ids: Vec<ArticleId> = session.corpus().articles().iter().take(4).map(|it| it.id.clone()).collect();
            for id in &ids {
                let _ = session.load(id, &names);
            }
            ids
        };
        if let Ok(mut session) = Session::open(&self.project, &names[0], Access::Read) {
            load(&mut session);
            session.poll();
        }
        if let Ok(mut session) = Session::open(&self.project, &names[0], Access::Write) {
            let ids = load(&mut session);
            for _ in 0..3 {
                let _ = session.undo();
            }
            let _ = session.redo();
            session.poll();
            let mut labelled = None;
            for id in &ids {
                let Some(word) = session.corpus().text(id).and_then(|text| text.word_from(0)) else { continue };
                let editor = SetEditor::new(session.corpus(), (id.clone(), names[0].clone()));
                let (label, made) = editor.label(&Name::new("person"), vec![word]);
                if session.commit(label).is_ok_and(|done| !done.is_empty()) {
                    labelled = Some((id.clone(), made));
                }
            }
            let read_only = session.read_only();
            let saved = session.close().is_ok() && !read_only;
            if let Some((id, made)) = labelled.filter(|_| saved) {
                let opened = Session::open(&self.project, &names[0], Access::Write);
                let mut session = opened.expect("what was closed is opened again");
                load(&mut session);
                let there = session.corpus().annotation(&id, &names[0], made).is_some();
                assert!(there, "what was saved is lost: {:?}", session.problems());
            }
        }
        let _ = check_files(&self.project, &mut |_, _| true, &mut |_| {});
        if let Ok(scan) = scan(&self.project) {
            for scanned in scan {
                let Some(text) = &scanned.text else { continue };
                for record in scanned.sets.iter().flat_map(|set| set.set.iter()) {
                    assert!(record.at.iter().all(|span| text.check(*span).is_some()), "{record:?}");
                }
            }
        }
        let mut plan = Plan::new(format("jejak-jsonl").expect("it is there"), names.to_vec());
        plan.allowed = Lost::ALL.to_vec();
        if let Ok(survey) = dataset::survey(&self.project, &plan, &mut |_, _| true) {
            let target = DatasetTarget::Stream(Box::new(std::io::sink()));
            let _ = dataset::make(&self.project, &plan, &survey, target, &mut |_, _| true);
        }
        let mut beside: Vec<String> =
            names_in(self.root.path()).chain(names_in(&self.root.path().join("outside"))).collect();
        beside.sort();
        assert_eq!(beside, ["keys", "outside", "project"], "something was made outside");
        assert_eq!(fs::read(self.root.path().join("outside/keys")).expect("it is there"), OUTSIDE);
    }
}

fn names_in(folder: &Path) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(folder).expect("a folder can be read");
    entries.map(|entry| entry.expect("a folder can be read").file_name().to_string_lossy().into_owned())
}
