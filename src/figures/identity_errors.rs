//! Errors of identity that only other articles show: within each article all is as in gold, and yet what is one person there is
//! another one here.

use std::collections::HashMap;

use crate::model::{ArticleId, Id};
use crate::review::ReferentGroups;

/// An annotation that both sides have, and say who or what it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Identified {
    /// The article.
    pub article: ArticleId,
    /// The record of each side.
    pub records: [Id; 2],
    /// The referent of each side.
    pub referents: [Id; 2],
    /// True where both are the same, as far as this article tells.
    pub right: bool,
}

/// The annotations of an article that are wrong in view of others, by their records: for each side another article in which what it
/// says they are about is named, if there is one.
pub(super) type WrongAcross = HashMap<[Id; 2], [Option<ArticleId>; 2]>;

/// The annotations that are right in their article and wrong in view of all, by article. Referents are paired by the best total
/// overlap of their annotations over all articles, as within one.
pub(super) fn wrong_across(all: &[Identified]) -> HashMap<ArticleId, WrongAcross> {
    let groups = ReferentGroups::of_two(all.iter().map(|it| it.referents));
    // The first two articles of each referent: one of them is another than any.
    let mut named: [HashMap<Id, Vec<&ArticleId>>; 2] = Default::default();
    for it in all {
        for (named, referent) in named.iter_mut().zip(it.referents) {
            let articles = named.entry(referent).or_default();
            if articles.len() < 2 && !articles.contains(&&it.article) {
                articles.push(&it.article);
            }
        }
    }
    let mut wrong: HashMap<ArticleId, WrongAcross> = HashMap::new();
    for it in all.iter().filter(|it| it.right) {
        let [gold, other] = [0, 1].map(|side| groups.group_of(side, it.referents[side]));
        if gold == other {
            continue;
        }
        let elsewhere = [0, 1].map(|side| {
            let articles = named[side].get(&it.referents[side]);
            articles.into_iter().flatten().find(|article| ***article != it.article).map(|article| (*article).clone())
        });
        wrong.entry(it.article.clone()).or_default().insert(it.records, elsewhere);
    }
    wrong
}
