//! The titles of transactions in the language of the window. They are kept in English, in the journal too, and are told
//! to the person who undoes or repeats one.

use crate::t;

/// Tells a title by what is its own in it; none where that does not fit.
type Tell = fn(&str) -> Option<String>;

/// Every title as it is kept, `{}` for what is its own in each, and what tells it. The first that fits counts.
const STEPS: &[(&str, Tell)] = &[
    ("accept a suggestion", |_| Some(t!("step-accept").into())),
    ("add articles", |_| Some(t!("step-add-articles").into())),
    ("answer a comment", |_| Some(t!("step-answer-comment").into())),
    ("bring an article back", |_| Some(t!("step-bring-back").into())),
    ("change a referent", |_| Some(t!("step-change-referent").into())),
    ("change the span", |_| Some(t!("step-change-span").into())),
    ("changed by another program", |_| Some(t!("step-changed-elsewhere").into())),
    ("comment", |_| Some(t!("step-comment").into())),
    ("decide who or what it is", |_| Some(t!("step-decide-identity").into())),
    ("delete", |_| Some(t!("step-delete").into())),
    ("delete a comment", |_| Some(t!("step-delete-comment").into())),
    ("delete all", |_| Some(t!("step-delete-all").into())),
    ("describe the article", |_| Some(t!("step-describe").into())),
    ("dismiss", |_| Some(t!("step-dismiss").into())),
    ("empty a role", |_| Some(t!("step-empty-role").into())),
    ("fill", |_| Some(t!("step-fill").into())),
    ("join two referents", |_| Some(t!("step-join").into())),
    ("judge two referents", |_| Some(t!("step-judge").into())),
    ("label all", |_| Some(t!("step-label-all").into())),
    ("merge what is agreed", |_| Some(t!("step-merge").into())),
    ("recovered", |_| Some(t!("step-recovered").into())),
    ("remove an article", |_| Some(t!("step-remove-article").into())),
    ("reject a suggestion", |_| Some(t!("step-reject").into())),
    ("reopen a comment", |_| Some(t!("step-reopen-comment").into())),
    ("reorder a role", |_| Some(t!("step-reorder-role").into())),
    ("resolve a comment", |_| Some(t!("step-resolve-comment").into())),
    ("reword a comment", |_| Some(t!("step-reword-comment").into())),
    ("say who or what it is", |_| Some(t!("step-refer").into())),
    ("set the state", |_| Some(t!("step-state").into())),
    ("settle a conflict", |_| Some(t!("step-settle-conflict").into())),
    ("take back a judgement", |_| Some(t!("step-unjudge").into())),
    ("split a referent", |_| Some(t!("step-split").into())),
    ("take back a dismissal", |_| Some(t!("step-undismiss").into())),
    ("take over to edit", |_| Some(t!("step-take-over").into())),
    ("write a note", |_| Some(t!("step-note").into())),
    ("accept {} suggestions", |count| Some(t!("step-accept-all", count = count.parse::<usize>().ok()?))),
    ("delete {} annotations", |count| Some(t!("step-delete-annotations", count = count.parse::<usize>().ok()?))),
    ("import {} articles", |count| Some(t!("step-import", count = count.parse::<usize>().ok()?))),
    ("decide as {}", |name| Some(t!("step-decide-as", name = name))),
    ("decide {}", |kind| Some(t!("step-decide", kind = kind))),
    ("delete all {}", |words| Some(t!("step-delete-all-words", words = words))),
    ("fill {}", |role| Some(t!("step-fill-role", role = role))),
    ("label all {}", |words| Some(t!("step-label-all-words", words = words))),
    ("label as {}", |label| Some(t!("step-label", label = label))),
    ("relabel as {}", |label| Some(t!("step-relabel", label = label))),
    ("set {}", |name| Some(t!("step-set", name = name))),
];

/// The title of a transaction in the language of the window; one that is not known stays as it is.
#[must_use]
pub fn title(kept: &str) -> String {
    let told = STEPS.iter().find_map(|(pattern, tell)| match pattern.split_once("{}") {
        Some((before, after)) => tell(kept.strip_prefix(before)?.strip_suffix(after)?),
        None => (kept == *pattern).then(|| tell(""))?,
    });
    told.unwrap_or_else(|| kept.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_titles_are_told_as_they_are_kept() {
        for (pattern, tell) in STEPS {
            for own in ["3", "“x”", "role"] {
                let kept = pattern.replace("{}", own);
                assert_eq!(title(&kept), kept);
            }
            let number = tell("3").expect("a number fits everywhere");
            assert_eq!(number, pattern.replace("{}", "3"), "each line tells its own title");
        }
        assert_eq!(title("something new"), "something new");
    }
}
