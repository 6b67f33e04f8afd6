//! Commands about the corpus: many articles at once.

use crate::corpus::FrameKey;
use crate::corpus::concordance::Order;
use crate::model::{Name, Verdict};
use crate::t;

/// A table over all articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The trips, by article.
    Trips,
    /// The trips, in time.
    Timeline,
    /// The claims, two at a time and all.
    Claims,
    /// The people, organizations, places and other things that are mentioned.
    Register,
    /// Places of words, a pattern, a label or a referent; and what is not consistent.
    Concordance,
    /// The places of trips.
    Map,
}

impl Pane {
    /// All of them, left to right.
    pub const ALL: [Self; 6] =
        [Self::Trips, Self::Timeline, Self::Claims, Self::Register, Self::Concordance, Self::Map];

    /// As people read it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Trips => t!("corpus-trips"),
            Self::Timeline => t!("corpus-timeline"),
            Self::Claims => t!("corpus-claims"),
            Self::Register => t!("corpus-register"),
            Self::Concordance => t!("corpus-concordance"),
            Self::Map => t!("corpus-map"),
        }
    }
}

/// The things that rows of the table of trips are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RowsBy {
    /// A trip each.
    #[default]
    Trip,
    /// Someone who travels.
    Traveller,
    /// A place that is gone to.
    Place,
}

impl RowsBy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Trip, Self::Traveller, Self::Place];

    /// As people read it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Trip => t!("trips-rows-trips"),
            Self::Traveller => t!("trips-rows-travellers"),
            Self::Place => t!("trips-rows-places"),
        }
    }
}

/// The things that columns of the table of trips are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ColumnsBy {
    /// An article each, by day of publication.
    #[default]
    Article,
    /// A month in which something happened.
    Month,
    /// A publisher.
    Publisher,
}

impl ColumnsBy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Article, Self::Month, Self::Publisher];

    /// As people read it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Article => t!("trips-columns-articles"),
            Self::Month => t!("trips-columns-months"),
            Self::Publisher => t!("trips-columns-publishers"),
        }
    }
}

/// The things that lanes of the timeline are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LanesBy {
    /// Whoever travels.
    #[default]
    Traveller,
    /// The place that is gone to.
    Place,
    /// The state of the trip.
    State,
}

impl LanesBy {
    /// The lanes after these.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Traveller => Self::Place,
            Self::Place => Self::State,
            Self::State => Self::Traveller,
        }
    }

    /// As people read it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Traveller => t!("lanes-traveller"),
            Self::Place => t!("lanes-place"),
            Self::State => t!("lanes-state"),
        }
    }
}

/// Commands about the trips of all articles in time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum TimelineCommand {
    /// Looks at the n-th trip.
    At(usize),
    /// Shows less of time, larger.
    Closer,
    /// Shows more of time, smaller.
    Further,
    /// Shows all of time.
    Everything,
    /// Other lanes.
    Lanes,
    /// Shows only what lies between two days, in every pane.
    Within(i64, i64),
}

/// Commands about the claims of all articles.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum ClaimsCommand {
    /// Looks at the n-th pair, or at the n-th of all claims.
    At(usize),
    /// The pair after the one that is looked at.
    Next,
    /// The pair before it.
    Previous,
    /// Looks at one of the two: the right one where that is true.
    Side(bool),
    /// Answers what the two are to each other.
    Judge(Verdict),
    /// Takes the answer back.
    Unjudge,
    /// Shows all claims, or a pair again.
    Overview,
    /// Shows only claims that are contradicted, or all again.
    ContradictedOnly,
}

/// A way to go from the cell or row that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    /// The row above.
    Up,
    /// The row below.
    Down,
    /// The column before.
    Left,
    /// The column after.
    Right,
    /// So many rows up as are in view.
    PageUp,
    /// So many rows down as are in view.
    PageDown,
    /// The first row.
    First,
    /// The last row.
    Last,
}

/// Commands about all articles at once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum CorpusCommand {
    /// Looks at a pane.
    Look(Pane),
    /// Goes from the cell or row that is looked at.
    Go(Towards),
    /// Opens the words that are looked at in their article.
    Open,
    /// Comes back from the article to what was looked at here.
    Back,
    /// Looks at the n-th quote.
    Quote(usize),
    /// Asks whose sets are wanted.
    Whose,
    /// Looks at the sets of this maker.
    Of(Name),
    /// The same, though one's own work is not done.
    OfAnyway(Name),
    /// Leaves the filter empty.
    ClearFilter,
    /// Stops reading articles.
    Stop,
    /// Copies the table of the pane.
    Copy,
    /// Commands about trips.
    Trips(TripsCommand),
    /// Commands about trips in time.
    Timeline(TimelineCommand),
    /// Commands about claims.
    Claims(ClaimsCommand),
    /// Commands about who and what is mentioned.
    Register(RegisterCommand),
    /// Commands about places.
    Concordance(ConcordanceCommand),
    /// Commands about the map.
    Map(MapCommand),
}

/// Commands about the trips of all articles.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum TripsCommand {
    /// Looks at a row, and at a column of it.
    At(usize, Option<usize>),
    /// Shows a row's slots, or no longer.
    Unfold,
    /// Chooses the rows.
    RowsBy(RowsBy),
    /// Chooses the columns.
    ColumnsBy(ColumnsBy),
    /// Shows numbers in cells, or what there is.
    Counts,
    /// Shows only trips that articles conflict about, or all again.
    ConflictsOnly,
    /// Looks at the next cell that conflicts, and says by which rule.
    Why,
    /// Marks the trip, or no longer.
    Mark,
    /// Shows what would become of the trip and the marked one as one.
    Join,
    /// Makes one of these two: of the second what the first lacks.
    JoinThese(FrameKey, FrameKey),
    /// Says that the two are not the same.
    NotSame,
    /// Leaves open whether the two are the same.
    Unsure,
    /// Makes another trip of the cell.
    Part,
}

/// Commands about who and what is mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum RegisterCommand {
    /// Looks at a row.
    At(usize),
    /// Says that two are one.
    Join,
    /// Says that two are not the same.
    NotSame,
    /// Leaves open whether two are the same.
    Unsure,
    /// Marks the entry, or no longer.
    Mark,
    /// Looks at the next mention.
    NextQuote,
    /// Ticks the mention that is looked at, or no longer.
    TickQuote,
    /// Makes another one of the ticked mentions.
    Part,
    /// Lists the next label.
    NextLabel,
}

/// Commands about the map.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum MapCommand {
    /// Looks at a place, or at a name that is not found.
    At(usize),
    /// Says that the name is this place of GeoNames.
    Resolve(u32),
    /// Shows more or less around a place, of so much as everything takes.
    Zoom(f32, (f32, f32), (f32, f32, f32)),
    /// Moves the map by degrees.
    Pan(f32, f32, (f32, f32, f32)),
    /// Shows less of the world.
    Closer,
    /// Shows more of the world.
    Farther,
    /// Shows all places.
    Fit,
    /// Shows only trips of the place that is looked at, in every pane, or all again.
    Only,
    /// Shows only trips that have the next leg of that place, in every pane; after the last one all again.
    OnlyNextLeg,
    /// Shows only trips of that place, and as much of the world as everything takes.
    OnlyHere((f32, f32, f32)),
    /// Shows only trips that have the n-th leg, and as much of the world as everything takes.
    OnlyLeg(usize, (f32, f32, f32)),
    /// Shows trips of all places again.
    Everywhere,
}

/// Coordinates are numbers, and never none.
impl Eq for MapCommand {}

/// Commands about places of words, and about what is not consistent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum ConcordanceCommand {
    /// Looks at a row.
    At(usize),
    /// Ticks the rows from where a range began to this one.
    Range(usize),
    /// Ticks on in a direction.
    Extend(Towards),
    /// Ticks the row, or no longer.
    Tick,
    /// Ticks every row, or none.
    TickAll,
    /// Labels the ticked places.
    LabelAs(Name),
    /// Labels them as most of the places are.
    LabelOffered,
    /// Takes labels off the ticked places.
    Unlabel,
    /// Discards the ticked places for good, or takes that back.
    Discard,
    /// Takes an order.
    Sort(Order),
    /// Takes the next order.
    SortNext,
    /// Lets case count, or no longer.
    Case,
    /// Finds whole words alone, or any letters again.
    Words,
    /// Goes to the line that says what is looked for.
    Search,
    /// Goes to what is not consistent, or back.
    Side,
    /// Looks at a finding.
    Finding(usize),
    /// Mends the finding.
    Mend,
    /// Says that the finding is right.
    Right,
    /// Looks for the words of the finding.
    ShowPlaces,
}

impl CorpusCommand {
    /// The pane that it is about; none where it means something in each.
    #[must_use]
    pub fn pane(&self) -> Option<Pane> {
        match self {
            Self::Trips(_) => Some(Pane::Trips),
            Self::Timeline(_) => Some(Pane::Timeline),
            Self::Claims(_) => Some(Pane::Claims),
            Self::Register(_) => Some(Pane::Register),
            Self::Concordance(_) => Some(Pane::Concordance),
            Self::Map(_) => Some(Pane::Map),
            Self::Look(_)
            | Self::Go(_)
            | Self::Open
            | Self::Back
            | Self::Quote(_)
            | Self::Whose
            | Self::Of(_)
            | Self::OfAnyway(_)
            | Self::ClearFilter
            | Self::Stop
            | Self::Copy => None,
        }
    }
}
