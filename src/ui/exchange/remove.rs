//! The removal of an article with its work.

use crate::lang::InWords;
use crate::model::ArticleId;
use crate::store::{Removed, remove_article};
use crate::t;
use crate::ui::workspace::long_work::{LongWork, WorkEnd};

/// Removes an article from the open project, with everything that was marked and said about it.
pub fn article(id: ArticleId) -> LongWork {
    LongWork {
        title: t!("removing-article"),
        counted: t!("unit-articles"),
        read_only: Some(t!("remove-read-only")),
        work: Box::new(move |link, _| match remove_article(link, &id) {
            Ok(Some(Removed { annotations, comments })) => {
                WorkEnd::said(t!("removed-article", id = id, annotations = annotations, comments = comments))
            }
            Ok(None) => WorkEnd::said(t!("removed-before", id = id)),
            Err(error) => WorkEnd::failed(t!("remove-nothing"), error.told()),
        }),
    }
}
