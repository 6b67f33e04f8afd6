//! The parts of a page that are not its article, told by their names, classes and ids: dialogs, menus, comments, adverts.

use super::blocks;
use super::tree::{Event, HtmlTree};

/// Letters of text in each element with all in it, and those of them within links.
pub(super) fn texts(tree: &HtmlTree) -> Vec<(usize, usize)> {
    let mut sums = vec![(0_usize, 0_usize); tree.elements.len()];
    let mut links = 0_usize;
    for event in &tree.events {
        match *event {
            Event::Open(element) if tree.elements[element].name == "a" => links += 1,
            Event::Close(element) if tree.elements[element].name == "a" => links = links.saturating_sub(1),
            Event::Text(element, text) => {
                let letters = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
                sums[element].0 += letters;
                sums[element].1 += if links > 0 { letters } else { 0 };
            }
            _ => {}
        }
    }
    for element in (1..sums.len()).rev() {
        let (all, linked) = sums[element];
        let parent = &mut sums[tree.elements[element].parent];
        parent.0 += all;
        parent.1 += linked;
    }
    sums
}

/// Marks of the dialogs that ask for consent, as those who make them call them.
const CONSENT: &[&str] = &[
    "onetrust",
    "ot-sdk",
    "cookiebot",
    "usercentrics",
    "didomi",
    "qc-cmp",
    "sp_message_container",
    "truste",
    "cookie-law",
    "cookie-notice",
    "cookie-banner",
    "cookiebanner",
    "cookie-consent",
    "cookieconsent",
    "cookie_consent",
    "cookie-bar",
    "cookie-popup",
    "cookie-policy",
    "cookie-modal",
    "cookie-dialog",
    "cookies-banner",
    "cookies-consent",
    "gdpr",
    "cc-window",
    "osano-cm",
    "iubenda-cs",
    "klaro",
    "fc-consent",
    "cmplz",
    "borlabs",
    "tarteaucitron",
    "evidon",
    "termly",
    "consent-banner",
    "consent-manager",
    "consent-modal",
    "consent-popup",
    "privacy-banner",
    "privacy-manager",
    "ccpa",
    "cookie-settings",
    "cookie-preferences",
];
/// Elements of AMP and others that are never of an article.
const NEVER: &[&str] = &[
    "amp-sidebar",
    "amp-ad",
    "amp-sticky-ad",
    "amp-auto-ads",
    "amp-consent",
    "amp-embed",
    "amp-user-notification",
    "amp-social-share",
    "amp-next-page",
    "amp-subscriptions-dialog",
    "dialog",
];
/// Parts of forms.
const CONTROLS: &[&str] = &["button", "select", "datalist", "input", "option"];
/// Words of dialogs that ask for consent; several of them in a dialog make it one.
const CONSENT_WORDS: &[&str] =
    &["cookie", "consent", "privacy", "einwillig", "datenschutz", "confidentialité", "consentement", "privacidad"];

/// Classes and ids of what readers say below an article, however long that is.
const COMMENTS: &[&str] = &[
    " comments ",
    " comments-area ",
    " comments-section ",
    " comment-section ",
    " comment-list ",
    " commentlist ",
    " comments-list ",
    " disqus_thread ",
    " komentar ",
    " kolom-komentar ",
    " reader-comments ",
];
/// Letters that have to be left of a page without them: else they are what the page is about.
const BESIDE_COMMENTS: usize = 200;

/// Blocks that hold the place of an advert or lead past it, in small letters.
const ADVERTS: &[&str] = &[
    "advertisement",
    "advertisements",
    "advertising",
    "advertisement scroll to continue with content",
    "scroll to continue with content",
    "scroll to continue reading",
    "scroll to continue",
    "article continues below",
    "article continues below advertisement",
    "article continues after advertisement",
    "story continues below",
    "story continues below advertisement",
    "continue reading below",
    "skip advertisement",
    "iklan",
    "pariwara",
    "gulir ke bawah untuk melanjutkan",
    "gulir untuk melanjutkan",
    "gulir untuk melanjutkan membaca",
    "gulir ke bawah untuk lanjut membaca",
    "lanjutkan membaca di bawah iklan",
    "artikel berlanjut di bawah ini",
    "artikel dilanjutkan setelah iklan ini",
];

/// A text without the blocks that hold the place of an advert.
pub(super) fn without_adverts(text: &str) -> String {
    let is_advert = |block: &str| {
        let said = block.trim_matches(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = said.split_whitespace().collect();
        words.len() < 8 && ADVERTS.contains(&words.join(" ").to_lowercase().as_str())
    };
    text.split("\n\n").filter(|block| !is_advert(block)).collect::<Vec<_>>().join("\n\n")
}

/// Elements that ask for consent, and those that are never of an article.
pub(super) fn consent(tree: &HtmlTree, texts: &[(usize, usize)]) -> Vec<bool> {
    let whole = texts[0].0;
    let mut out = vec![false; tree.elements.len()];
    let mut asking: Option<usize> = None;
    for at in 1..tree.elements.len() {
        let element = &tree.elements[at];
        // A box that was looked at is not looked at again in each of its parts.
        if asking.is_some_and(|outer| tree.is_within(at, outer))
            || matches!(element.name.as_str(), "html" | "body" | "main" | "article")
        {
            continue;
        }
        let is_control = CONTROLS.contains(&element.name.as_str());
        let is_comments = COMMENTS.iter().any(|mark| element.marks.contains(mark));
        out[at] |= is_comments && texts[at].0 + BESIDE_COMMENTS <= whole;
        out[at] |= is_control || NEVER.contains(&element.name.as_str()) && texts[at].0 * 2 < whole;
        let is_dialog = [" dialog ", " alertdialog "].iter().any(|role| element.marks.contains(role));
        let is_marked = CONSENT.iter().any(|mark| begins_mark(&element.marks, mark));
        // A box that holds nearly all of a page is called so because something in it is.
        if (is_dialog || is_marked) && texts[at].0 * 10 <= whole * 9 {
            let said = blocks::text(&tree.markup(at, &out, true)).to_lowercase();
            let hits: usize = CONSENT_WORDS.iter().map(|word| said.matches(word).count()).sum();
            out[at] |= hits >= if is_marked { 1 } else { 3 };
            asking = out[at].then_some(at).or(asking);
        }
    }
    out
}

/// True where one of the marks begins with this one, or has it after a dash.
fn begins_mark(marks: &str, mark: &str) -> bool {
    marks.match_indices(mark).any(|(at, _)| matches!(marks.as_bytes()[at - 1], b' ' | b'-' | b'_'))
}

/// Names of elements around an article.
const AROUND: &[&str] = &["nav", "footer", "aside", "form", "menu", "figcaption", "iframe", "noscript"];
/// Roles of such elements.
const ROLES: &[&str] =
    &[" navigation ", " banner ", " contentinfo ", " complementary ", " search ", " menu ", " menubar ", " dialog "];
/// Beginnings of classes and ids of such elements.
const AROUND_MARKS: &[&str] = &[
    "nav",
    "menu",
    "footer",
    "sidebar",
    "side-bar",
    "breadcrumb",
    "comment",
    "disqus",
    "related",
    "recommend",
    "trending",
    "popular",
    "most-read",
    "mostread",
    "read-more",
    "more-stories",
    "more-news",
    "newsletter",
    "subscribe",
    "signup",
    "sign-up",
    "social",
    "share",
    "sharing",
    "advert",
    "ads",
    "ad",
    "sponsor",
    "promo",
    "outbrain",
    "taboola",
    "banner",
    "popup",
    "modal",
    "overlay",
    "toolbar",
    "skip",
    "login",
    "pagination",
    "pager",
    "widget",
    "masthead",
    "author-bio",
    "bio",
    "tags",
    "tag-list",
    "copyright",
    "disclaimer",
    "disclosure",
    "teaser",
    "next-article",
    "read-next",
    "also-like",
    "carousel",
    "cta",
    "toc",
    "table-of-contents",
];

/// Elements that lie around an article: menus, footers, teasers, comments and the like, with those in `consent`.
pub(super) fn around(tree: &HtmlTree, consent: &[bool], texts: &[(usize, usize)]) -> Vec<bool> {
    let whole = texts[0].0;
    let mut out = consent.to_vec();
    for (at, element) in tree.elements.iter().enumerate().skip(1) {
        if matches!(element.name.as_str(), "html" | "body" | "main" | "article" | "p") {
            continue;
        }
        let is_around = AROUND.contains(&element.name.as_str())
            || ROLES.iter().any(|role| element.marks.contains(role))
            || AROUND_MARKS.iter().any(|mark| is_marked(&element.marks, mark));
        out[at] |= is_around && texts[at].0 * 2 < whole;
    }
    out
}

/// True where a class or id is this mark, or begins with it and a dash or an underscore follows, or ends with it so.
fn is_marked(marks: &str, mark: &str) -> bool {
    marks.match_indices(mark).any(|(at, _)| {
        let before = marks.as_bytes()[at - 1];
        let after = marks.as_bytes().get(at + mark.len()).copied().unwrap_or(b' ');
        let is_end = |byte: u8| matches!(byte, b' ' | b'-' | b'_') || byte == b's' && mark.len() > 3;
        matches!(before, b' ' | b'-' | b'_') && is_end(after)
    })
}
