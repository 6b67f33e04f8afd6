//! The guidelines as pages in the window: by key, from the details of an annotation, and found by words.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT;

use crate::driver::Driver;
use crate::driver::asked::{Asked, plain};

/// The pages that are listed, and the one that is shown.
fn pages(driver: &Driver) -> (Vec<String>, String) {
    let rows = driver.harness.query_all_by_role(Role::ListBoxOption).filter(|row| !row.accesskit_node().is_hidden());
    let rows: Vec<_> = rows.collect();
    let name = |row: &egui_kittest::Node<'_>| plain(&row.accesskit_node().label().unwrap_or_default());
    let shown = rows.iter().find(|row| row.accesskit_node().is_selected() == Some(true));
    let tops: Vec<f32> = rows.iter().map(|row| row.rect().top()).collect();
    assert!(tops.is_sorted_by(|a, b| a < b), "one below the other: {tops:?}");
    (rows.iter().map(name).collect(), shown.map(name).unwrap_or_default())
}

#[test]
fn the_guidelines_are_read_page_by_page_and_found_by_words() {
    let mut driver = Driver::new();
    driver.key(Modifiers::SHIFT, Key::F1);
    let labels = driver.work().session.corpus().schema.labels.len();
    let (listed, shown) = pages(&driver);
    assert_eq!((listed.len(), shown.as_str()), (labels + 1, "All labels"));
    assert!(driver.harness.query_all_by_label_contains("Mark the whole name").count() > 0);
    driver.key(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(pages(&driver).1, "Person");
    let guide = driver.work().session.corpus().schema.label("person").unwrap().guide.get("en").to_owned();
    assert!(driver.harness.query_all_by_label_contains(&guide[..20]).count() > 0);
    driver.write("citing");
    let (found, shown) = pages(&driver);
    assert!(found.len() < labels && found.contains(&shown), "{found:?} {shown}");
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(driver.app().overlay.is_none());
    // From what is selected, by its title in the details and by the key.
    let place = driver.find("Bandar Laut", 2);
    driver.select_with_mouse(place);
    driver.char('l');
    driver.key(Modifiers::SHIFT, Key::F1);
    assert_eq!(pages(&driver).1, "Place");
    driver.key(Modifiers::NONE, Key::Escape);
    driver.harness.get_by_role_and_label(Role::Button, "Place").click();
    driver.settle();
    assert_eq!(pages(&driver).1, "Place");
}
