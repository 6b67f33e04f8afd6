//! The pair of claims that is looked at, and the claims of the overview.

use std::collections::HashSet;

use crate::corpus::{ClaimLine, Claims, Frame, FrameKey, Index, Item, Kept, Pair, PairPart, Scheme, folded};
use crate::model::{Name, Verdict};
use crate::t;
use crate::text::word_segments;
use crate::ui::commands::Towards;
use crate::ui::corpus::evidence::{Evidence, Group, Passage, source};
use crate::ui::corpus::trips::called;

/// One of two claims, as it stands on the board.
#[derive(Debug, Clone)]
pub struct Side {
    pub quote: Passage,
    /// The same lines on both sides: name and value.
    pub lines: Vec<(String, String)>,
}

/// The claims of a corpus as a worker prepares them.
#[derive(Default)]
pub struct ClaimLists {
    claims: Claims,
    /// The name of each claim that holds while it is edited.
    keys: Vec<Option<FrameKey>>,
    /// Pairs that are still to be judged, then those that were.
    pub(super) pairs: Vec<Pair>,
    /// All claims, those that are contradicted first.
    pub(super) lines: Vec<ClaimLine>,
}

impl ClaimLists {
    /// The pairs and claims that a filter keeps.
    pub fn of(index: &Index, kept: &Kept) -> Self {
        let claims = Claims::of(index, &|item| kept.has(item));
        let standing = index.standing();
        let mut lines = claims.lines(index, &standing);
        lines.sort_by_key(|line| std::cmp::Reverse(line.contradicts));
        let keys = claims.all.iter().map(|claim| claim.key.lasting(index)).collect();
        Self { pairs: claims.pairs(&standing), lines, keys, claims }
    }

    fn keys(&self, pair: &Pair) -> Option<(&FrameKey, &FrameKey)> {
        Some((self.keys[pair.of.0].as_ref()?, self.keys[pair.of.1].as_ref()?))
    }

    /// The first frames of the two claims of a pair.
    pub(super) fn items(&self, pair: &Pair) -> (Item, Item) {
        let first = |at: usize| self.claims.all[at].frames[0];
        (first(pair.of.0), first(pair.of.1))
    }

    /// The frames of all claims that are one.
    pub(super) fn frames<'a>(&'a self, line: &'a ClaimLine) -> impl Iterator<Item = Item> + 'a {
        line.claims.iter().flat_map(|at| self.claims.all[*at].frames.iter().copied())
    }
}

/// The answer to a pair, given or followed; none where it is still to be asked.
pub fn judged(pair: &Pair) -> Option<Verdict> {
    if let PairPart::Judged(verdict) = pair.part { Some(verdict) } else { None }
}

/// View state of the board.
#[derive(Default)]
pub struct ClaimBoard {
    pub(super) lists: ClaimLists,
    at: usize,
    /// The claim of the two that is looked at.
    pub(super) right: bool,
    pub(super) sides: Option<[Side; 2]>,
    /// Words that both claims have.
    pub(super) common: HashSet<String>,
    /// True where all claims are shown in place of a pair.
    pub overview: bool,
    pub(super) contradicted_only: bool,
    row: usize,
    pub(super) unseen: bool,
    /// True where the next pair is looked at once the one that was judged is.
    judged: bool,
    looks: u64,
}

impl ClaimBoard {
    /// True where there are no claims.
    pub fn is_empty(&self) -> bool {
        self.lists.lines.is_empty()
    }

    /// A number that is another one where something else is looked at.
    pub fn stamp(&self) -> u64 {
        self.looks
    }

    /// The pair that is looked at.
    pub(super) fn pair(&self) -> Option<&Pair> {
        self.lists.pairs.get(self.at)
    }

    /// The two claims that are looked at, by names that hold while they are edited.
    pub fn of(&self) -> Option<(FrameKey, FrameKey)> {
        self.lists.keys(self.pair()?).map(|(one, other)| (one.clone(), other.clone()))
    }

    /// The number of the pair or claim that is looked at.
    pub fn at(&self) -> usize {
        if self.overview { self.row } else { self.at }
    }

    /// Pairs that were judged, and all.
    pub fn progress(&self) -> (usize, usize) {
        let judged = self.lists.pairs.iter().filter(|pair| judged(pair).is_some()).count();
        (judged, self.lists.pairs.len())
    }

    /// The claims of the overview.
    pub(super) fn rows(&self) -> Vec<&ClaimLine> {
        self.lists.lines.iter().filter(|row| !self.contradicted_only || row.contradicts > 0).collect()
    }

    /// Takes pairs that were made anew; the pair that is looked at stays, unless it was judged: then comes the next.
    pub fn take(&mut self, lists: ClaimLists) {
        let before = self.of();
        self.lists = lists;
        let (judged, all) = self.progress();
        let (open, last) = (all - judged, all.saturating_sub(1));
        let found = before.as_ref().and_then(|(one, other)| {
            self.lists.pairs.iter().position(|pair| self.lists.keys(pair) == Some((one, other)))
        });
        self.at = match (std::mem::take(&mut self.judged), found) {
            (true, _) if open > 0 => self.at.min(open - 1),
            (_, Some(found)) => found,
            _ => self.at.min(last),
        };
        self.row = self.row.min(self.rows().len().saturating_sub(1));
        (self.unseen, self.looks) = (true, self.looks + 1);
    }

    /// Looks at the n-th pair, or claim of the overview.
    pub fn look(&mut self, at: usize) {
        let all = if self.overview { self.rows().len() } else { self.lists.pairs.len() };
        if at < all {
            *(if self.overview { &mut self.row } else { &mut self.at }) = at;
            (self.unseen, self.right, self.looks) = (true, false, self.looks + 1);
        }
    }

    /// Looks at one claim of the two.
    pub fn side(&mut self, right: bool) {
        self.right = right;
    }

    /// Goes from the pair or claim that is looked at.
    pub fn go(&mut self, towards: Towards) {
        let all = if self.overview { self.rows().len() } else { self.lists.pairs.len() };
        let (at, last) = (self.at(), all.saturating_sub(1));
        match towards {
            Towards::Left | Towards::Right => self.side(towards == Towards::Right),
            Towards::Up => self.look(at.saturating_sub(1)),
            Towards::Down => self.look((at + 1).min(last)),
            Towards::PageUp => self.look(at.saturating_sub(10)),
            Towards::PageDown => self.look((at + 10).min(last)),
            Towards::First => self.look(0),
            Towards::Last => self.look(last),
        }
    }

    /// The quote of the claim that is looked at.
    pub fn quote(&self) -> usize {
        usize::from(self.right)
    }

    /// Shows all claims, or a pair again.
    pub fn toggle_overview(&mut self) {
        self.overview = !self.overview;
        (self.unseen, self.looks) = (true, self.looks + 1);
    }

    /// Shows only claims that are contradicted, or all again.
    pub fn toggle_contradicted(&mut self) {
        self.contradicted_only = !self.contradicted_only;
        self.row = 0;
        self.looks += 1;
    }

    /// Notes that the pair was judged.
    pub fn judged(&mut self) {
        self.judged = true;
    }

    /// Prepares the two claims that are looked at; gives the words behind a claim of the overview.
    pub fn evidence(&mut self, index: &Index, language: &str) -> Evidence {
        if self.overview {
            let shown = |row: &&ClaimLine| of_row(index, &self.lists.frames(row).collect::<Vec<Item>>());
            return self.rows().get(self.row).map_or_else(Evidence::default, shown);
        }
        let items = self.pair().map(|pair| self.lists.items(pair));
        self.sides = items.and_then(|(one, other)| Some([side(index, one, language)?, side(index, other, language)?]));
        let words = |item: Item| index.frame(item).map_or_else(HashSet::new, |frame| words(&frame.words));
        self.common =
            items.map_or_else(HashSet::new, |(one, other)| words(one).intersection(&words(other)).cloned().collect());
        let quotes = self.sides.iter().flatten().map(|side| side.quote.clone()).collect();
        let group = Group { title: String::new(), quotes };
        Evidence { title: t!("claims-question").to_owned(), groups: vec![group], ..Evidence::default() }
    }

    /// The overview as tab-separated text.
    pub fn table(&self, index: &Index) -> String {
        let heads = [
            t!("claims-claim"),
            t!("articles"),
            t!("claims-same"),
            t!("claims-supports"),
            t!("claims-contradicts"),
            t!("claims-other-time"),
            t!("claims-publishers"),
        ];
        let line = |row: &&ClaimLine| {
            let items: Vec<Item> = self.lists.frames(row).collect();
            let words = [title(index, &items), articles(index, &items)].into_iter();
            let cells = words.chain(numbers(row).map(|number| number.to_string()));
            cells.map(|cell| cell.replace(['\t', '\n'], " ")).collect::<Vec<_>>().join("\t")
        };
        std::iter::once(heads.join("\t")).chain(self.rows().iter().map(line)).collect::<Vec<_>>().join("\n")
    }
}

/// A claim as people call it: the name of its referent, else its words.
pub fn title(index: &Index, items: &[Item]) -> String {
    items.first().and_then(|item| index.frame(*item)).map_or_else(String::new, |frame| claim_name(index, frame))
}

/// The numbers of a claim: those that are the same beside it, that support and contradict it, of another time, publishers.
pub fn numbers(row: &ClaimLine) -> [usize; 5] {
    [row.claims.len() - 1, row.supports, row.contradicts, row.other_time, row.publishers]
}

/// The articles of a claim.
pub fn articles(index: &Index, items: &[Item]) -> String {
    let mut ids: Vec<&str> = items.iter().map(|item| &*index.digest_of(*item).article.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.join(", ")
}

/// A claim as people call it: the name of its referent, else its words.
pub fn claim_name(index: &Index, frame: &Frame) -> String {
    let name = frame.referent.and_then(|id| index.referent(id)).map(|referent| referent.name.clone());
    name.unwrap_or_else(|| frame.words.replace('\n', " "))
}

/// The words that stand for the reason why a pair is asked about.
pub fn reason(pair: &Pair) -> &'static str {
    match pair.part {
        PairPart::Opposite if pair.proposed == Some(Verdict::OtherTime) => t!("claims-other-values"),
        PairPart::Opposite => t!("claims-opposite"),
        PairPart::Near | PairPart::Judged(_) if pair.same_claimant && !pair.same_about => t!("claims-same-claimant"),
        PairPart::Near | PairPart::Judged(_) => t!("claims-near"),
    }
}

/// The answers in their order, with their keys.
pub const ANSWERS: [Verdict; 5] =
    [Verdict::Same, Verdict::Supports, Verdict::Contradicts, Verdict::OtherTime, Verdict::Unrelated];

/// An answer as its button says it.
pub fn answer(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => t!("claims-same"),
        Verdict::Supports => t!("claims-supports"),
        Verdict::Contradicts => t!("claims-contradicts"),
        Verdict::OtherTime => t!("claims-other-time"),
        Verdict::Unrelated | Verdict::NotSame | Verdict::Unsure => t!("claims-unrelated"),
    }
}

/// The words that are compared, folded.
fn words(of: &str) -> HashSet<String> {
    let folded = folded(of);
    let all = word_segments(&folded).map(|(_, word)| word).filter(|word| word.chars().count() > 2);
    all.filter(|word| word.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
}

fn passage(index: &Index, item: Item) -> Option<Passage> {
    let frame = index.frame(item)?;
    Some(Passage {
        item,
        article: index.digest_of(item).article.id.clone(),
        id: Some(frame.id),
        source: source(index, item),
        value: String::new(),
        at: frame.at.clone(),
        label: Some(frame.label.clone()),
        chosen: false,
    })
}

fn of_row(index: &Index, items: &[Item]) -> Evidence {
    let quotes: Vec<Passage> = items.iter().filter_map(|item| passage(index, *item)).collect();
    let label = quotes.first().and_then(|quote| quote.label.clone());
    let detail = t!("counted-articles", count = articles(index, items).split(", ").count());
    let groups = vec![Group { title: t!("claims-claim").to_owned(), quotes }];
    Evidence { title: title(index, items), detail, label, groups, ..Evidence::default() }
}

/// A claim with the lines that are compared: who says it, who passes it on, what it is about, how sure it is.
fn side(index: &Index, item: Item, language: &str) -> Option<Side> {
    let frame = index.frame(item)?;
    let label = index.schema().label(&frame.label)?;
    let scheme = Scheme::of(index.schema(), label);
    let fillers = |role: &Name| {
        let all = frame.fillers(role).iter().map(|filler| called(index, filler)).collect::<Vec<_>>().join(", ");
        if all.is_empty() { t!("claims-not-said").to_owned() } else { all }
    };
    let titled =
        |role: &Name| label.role(role).map_or_else(|| role.to_string(), |role| role.title.get(language).to_owned());
    let mut lines: Vec<(String, String)> = Vec::new();
    // The one who passes it on stands beside the one who says it.
    let relay = label.roles.get(1).map(|role| &role.name);
    for role in [scheme.who, relay, scheme.about.first().copied()].into_iter().flatten() {
        lines.push((titled(role), fillers(role)));
    }
    let attributes = label.attributes.iter().filter_map(|attribute| {
        let value = frame.attribute(&attribute.name)?;
        let choices = match &attribute.kind {
            crate::model::AttributeKind::Choice(choices) => choices.as_slice(),
            _ => &[],
        };
        let choice = choices.iter().find(|choice| choice.name == *value);
        Some(choice.map_or_else(|| value.to_owned(), |choice| choice.title.get(language).to_lowercase()))
    });
    lines.push((t!("corpus-state").to_owned(), attributes.collect::<Vec<_>>().join(", ")));
    Some(Side { quote: passage(index, item)?, lines })
}
