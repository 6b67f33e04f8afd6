//! The open project asked about what is known already: the article's day, what a mention may mean, who is called so.

use std::collections::HashSet;

use jiff::civil;

use super::card::{self, Proposal};
use super::open_project::Workspace;
use super::proposals::{date, date_attribute, proposal, same};
use crate::check::Subject;
use crate::model::{Date, Id, Kind, Name};
use crate::text::Span;
use crate::when::{self, Dateline};

impl Workspace {
    /// The day that the open article is counted from: the one that is known of it, or else that of its dateline.
    #[must_use]
    pub fn day(&self) -> Option<civil::Date> {
        let open = self.open.as_ref()?;
        let article = self.session.corpus().article(&open.id)?;
        match article.published.is_empty() {
            true => self.dateline().map(|line| line.day),
            false => when::anchor(&article.published),
        }
    }

    /// The dateline of the open article, looked for once.
    #[must_use]
    pub fn dateline(&self) -> Option<&Dateline> {
        let (text, _) = self.page()?;
        self.open.as_ref()?.dateline.get_or_init(|| when::dateline(text.as_str())).as_ref()
    }

    /// The proposal for an annotation of the open article.
    #[must_use]
    pub fn proposal(&self, id: Id) -> Option<Proposal> {
        let (text, set) = self.page()?;
        let corpus = self.session.corpus();
        let article = &self.open.as_ref()?.id;
        let subject = Subject { schema: &corpus.schema, article, text, set, referents: corpus.referents(self.owner()) };
        proposal(corpus, &subject, (self.owner(), self.day()), set.get(id)?)
    }

    /// The date that words of the open article would mean.
    #[must_use]
    pub fn date_of(&self, span: Span) -> Option<Date> {
        let (text, set) = self.page()?;
        let corpus = self.session.corpus();
        let article = &self.open.as_ref()?.id;
        let subject = Subject { schema: &corpus.schema, article, text, set, referents: None };
        date(&subject, self.day(), &[span])
    }

    /// The referent that words are known by already: the only one of this label that is called so.
    #[must_use]
    pub fn known(&self, label: &Name, at: &[Span]) -> Option<Id> {
        let (text, _) = self.page()?;
        let corpus = self.session.corpus();
        let def = corpus.schema.label(label)?;
        if def.kind != Kind::Entity || date_attribute(def).is_some() || at.is_empty() {
            return None;
        }
        let words = card::quote(text, at);
        let referents = corpus.referents(self.owner())?;
        let mut found = HashSet::new();
        let own = referents.values().filter(|referent| referent.label == *label && same(&referent.name, &words));
        found.extend(own.map(|referent| referent.id));
        for ((article, maker), set) in corpus.sets() {
            let Some(text) = corpus.text(article).filter(|_| maker == self.owner()) else { continue };
            for record in set.iter().filter(|record| record.label == *label) {
                let (Some(id), [at]) = (record.referent, &record.at[..]) else { continue };
                if !found.contains(&id) && same(text.slice(*at), &words) && referents.contains_key(&id) {
                    found.insert(id);
                }
            }
        }
        let mut found = found.into_iter();
        found.next().filter(|_| found.next().is_none())
    }
}
