//! The headline of a page, of the several that it states: for machines, for sharing, for the window's frame, for readers.

use std::collections::HashSet;

use crate::ingest::titles;

/// The headlines that a page states, and the facts that tell the site's name from them.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// Its headings of the first order.
    pub h1: Vec<String>,
    /// In structured data.
    pub json_ld: Option<String>,
    /// For sharing (`og:title`).
    pub shared: Option<String>,
    /// In `<title>`.
    pub title: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// The address of the page.
    pub url: Option<String>,
}

/// Signs between a headline and the name of a site.
const SIGNS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", " « "];
/// The share of a heading's words that another statement has to have, in percent.
const AGREES: usize = 60;
/// The share of the statement's words that the heading has to have, in percent: a word of it alone is not a headline.
const COVERS: usize = 40;

impl Stated {
    /// The headline: the heading that another statement bears out, else what is stated for machines or for sharing, else the
    /// only heading, else the title; never the name of the site where there is anything else.
    pub fn headline(&self) -> Option<String> {
        let clean = |said: &Option<String>| {
            let said = titles::one_line(said.as_deref()?);
            Some(self.without_site(&said)).filter(|said| !said.is_empty())
        };
        let stated: Vec<String> = [&self.json_ld, &self.shared, &self.title].into_iter().filter_map(clean).collect();
        let h1: Vec<String> = self.h1.iter().map(|it| titles::one_line(it)).filter(|it| !it.is_empty()).collect();
        let borne = |heading: &String, it: &String| match shared_words(it, heading) >= COVERS {
            true => shared_words(heading, it),
            false => 0,
        };
        let agreement = |heading: &String| stated.iter().map(|it| borne(heading, it)).max().unwrap_or(0);
        let borne_out =
            h1.iter().filter(|it| !self.is_site(it)).max_by_key(|it| (agreement(it), std::cmp::Reverse(it.len())));
        if let Some(heading) = borne_out.filter(|it| agreement(it) >= AGREES) {
            return Some(heading.clone());
        }
        let only = if let [only] = h1.as_slice() { Some(only) } else { None };
        let all = stated.iter().take(stated.len()).chain(only);
        all.clone().find(|it| !self.is_site(it)).or_else(|| all.clone().next()).cloned()
    }

    /// A headline without the name of the site before or after it.
    fn without_site(&self, said: &str) -> String {
        for sign in SIGNS {
            if let Some((rest, site)) = said.rsplit_once(sign)
                && self.is_site(site)
            {
                return rest.trim().to_owned();
            }
            if let Some((site, rest)) = said.split_once(sign)
                && self.is_site(site)
            {
                return rest.trim().to_owned();
            }
        }
        said.to_owned()
    }

    /// True where this is the name of the site, as the page says it or as it stands in the address.
    fn is_site(&self, said: &str) -> bool {
        let name = words(said);
        if name.is_empty() || self.site.as_deref().is_some_and(|site| words(site) == name) {
            return true;
        }
        let letters =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let host = self.url.as_deref().and_then(|url| url.split('/').nth(2)).map(&letters).unwrap_or_default();
        let said = letters(said);
        said.len() >= 4 && host.contains(&said)
    }
}

fn words(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The share of a heading's words that a statement has, in percent.
fn shared_words(heading: &str, stated: &str) -> usize {
    let (heading, stated) = (words(heading), words(stated));
    heading.intersection(&stated).count() * 100 / heading.len().max(1)
}
