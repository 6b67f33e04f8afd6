//! The folder of a project itself: made through links, reached by a link, or none at all.

use std::fs;
use std::os::unix::fs::symlink;

use jejak::model::Name;
use jejak::store::{Access, OpenError, Session};

use crate::world::{SECRET, World, run, snapshot, work};

#[test]
fn a_new_project_is_not_made_through_links() {
    for path in ["schema.ron", "articles.ron", "project.ron", ".gitignore", ".gitattributes"] {
        let world = World::new(|_, _| {});
        let dir = world.project.join("baru");
        fs::create_dir(&dir).unwrap();
        symlink(world.outside.join("new"), dir.join(path)).unwrap();
        let before = snapshot(&world.outside);
        let output = run(&world.project, &["new", "baru", "--title", "Baru"]);
        let said = String::from_utf8_lossy(&output.stderr);
        if path.starts_with('.') {
            assert_eq!(output.status.code(), Some(0), "{path}: {said}");
        } else {
            assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{path}: {said}");
            assert!(said.contains("baru"), "{said}");
        }
        assert_eq!(snapshot(&world.outside), before, "{path}");
    }
}

#[test]
fn a_project_behind_a_link_works_as_ever() {
    let world = World::new(|_, _| {});
    let behind = world.root.path().join("behind");
    symlink(&world.project, &behind).unwrap();
    let said = work(&behind, "zed");
    assert!(said.saved && said.sentences.is_empty(), "{:?}", said.sentences);
    assert_eq!(run(world.root.path(), &["check", "behind"]).status.code(), Some(0));
    // And behind another one, above it.
    let above = world.root.path().join("above");
    symlink(world.root.path(), &above).unwrap();
    assert!(work(&above.join("clone"), "zed").saved);
    assert!(world.project.join("sets/zed/000.ron").is_file());
}

#[test]
fn a_folder_that_is_no_project_is_not_made_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("keys"), SECRET).unwrap();
    let before = snapshot(folder.path());
    let error = Session::open(folder.path(), &Name::new("zed"), Access::Write).unwrap_err();
    assert!(matches!(error, OpenError::NotAProject { .. }), "{error}");
    assert_eq!(snapshot(folder.path()), before);
}
