//! The titles of transactions in the language of the window. They are kept in English, in the journal too, and are told
//! to the person who undoes or repeats one.

use crate::lang::Key;
use crate::{key, t};

/// Titles that are always the same.
const WHOLE: [(&str, Key); 24] = [
    ("add articles", key!("step-add-articles")),
    ("answer a comment", key!("step-answer-comment")),
    ("change a referent", key!("step-change-referent")),
    ("change the span", key!("step-change-span")),
    ("changed by another program", key!("step-changed-elsewhere")),
    ("comment", key!("step-comment")),
    ("decide who or what it is", key!("step-decide-identity")),
    ("delete", key!("step-delete")),
    ("delete a comment", key!("step-delete-comment")),
    ("describe the article", key!("step-describe")),
    ("empty a role", key!("step-empty-role")),
    ("fill", key!("step-fill")),
    ("merge what is agreed", key!("step-merge")),
    ("recovered", key!("step-recovered")),
    ("reopen a comment", key!("step-reopen-comment")),
    ("reorder a role", key!("step-reorder-role")),
    ("resolve a comment", key!("step-resolve-comment")),
    ("reword a comment", key!("step-reword-comment")),
    ("say who or what it is", key!("step-refer")),
    ("set the state", key!("step-state")),
    ("take over to edit", key!("step-take-over")),
    ("write a note", key!("step-note")),
    ("delete all", key!("step-delete-all")),
    ("label all", key!("step-label-all")),
];

/// The title of a transaction in the language of the window; one that is not known stays as it is.
#[must_use]
pub fn title(kept: &str) -> String {
    if let Some((_, key)) = WHOLE.iter().find(|(title, _)| *title == kept) {
        return key.text().to_owned();
    }
    let rest = |start: &str| kept.strip_prefix(start);
    if let Some(count) = rest("delete ").and_then(|rest| rest.strip_suffix(" annotations")?.parse::<usize>().ok()) {
        return t!("step-delete-annotations", count = count);
    }
    if let Some(count) = rest("import ").and_then(|rest| rest.strip_suffix(" articles")?.parse::<usize>().ok()) {
        return t!("step-import", count = count);
    }
    if let Some(label) = rest("label as ") {
        return t!("step-label", label = label);
    }
    if let Some(label) = rest("relabel as ") {
        return t!("step-relabel", label = label);
    }
    if let Some(words) = rest("label all ") {
        return t!("step-label-all-words", words = words);
    }
    if let Some(words) = rest("delete all ") {
        return t!("step-delete-all-words", words = words);
    }
    if let Some(name) = rest("decide as ") {
        return t!("step-decide-as", name = name);
    }
    if let Some(name) = rest("set ") {
        return t!("step-set", name = name);
    }
    if let Some(role) = rest("fill ") {
        return t!("step-fill-role", role = role);
    }
    if let Some(kind) = rest("decide ") {
        return t!("step-decide", kind = kind);
    }
    kept.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_titles_are_told_as_they_are_kept() {
        let made = ["delete 3 annotations", "import 2 articles", "label as person", "relabel as place"];
        let made =
            made.into_iter().chain(["label all “x”", "delete all “x”", "decide as a", "decide role", "set status"]);
        for kept in WHOLE.iter().map(|(title, _)| *title).chain(made).chain(["fill traveller"]) {
            assert_eq!(title(kept), kept);
        }
        assert_eq!(title("something new"), "something new");
    }
}
