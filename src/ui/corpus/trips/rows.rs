//! The rows of the table of trips, made on a worker.

use std::collections::{BTreeMap, HashMap};

use super::proposals::Proposals;
use super::row::{Cell, Column, Row, RowKey, RowKind, Rows, Wanted};
use crate::corpus::{Days, Digest, Frame, Index, Item, Kept, Scheme, SlotFiller, TripKey, Trips};
use crate::model::{AttributeKind, Name};
use crate::t;
use crate::ui::commands::{ColumnsBy, RowsBy};
use crate::ui::corpus::days;
use crate::ui::corpus::signs::StateSign;

/// The label of trips: the first one whose frames lie in time; none where no label does.
pub fn trip_scheme(index: &Index) -> Option<Scheme<'_>> {
    Scheme::journeys(index.schema()).into_iter().next()
}

/// The row that a trip belongs to.
pub fn trip_key(index: &Index, item: Item, frame: &Frame) -> RowKey {
    match frame.referent {
        Some(id) => RowKey::Referent(id),
        None => RowKey::Frame(index.digest_of(item).article.id.to_string(), frame.id),
    }
}

/// A filler as people call it: the name of its referent, else its words.
pub fn called(index: &Index, filler: &SlotFiller) -> String {
    let name = filler.referent.and_then(|id| index.referent(id)).map(|referent| referent.name.clone());
    name.unwrap_or_else(|| filler.words.to_string())
}

/// The fillers of a role in several frames, each once.
pub fn names(index: &Index, items: &[Item], role: Option<&Name>) -> Vec<String> {
    let frames = items.iter().filter_map(|item| index.frame(*item));
    let fillers = frames.flat_map(|frame| role.map_or(&[][..], |role| frame.fillers(role)));
    once(fillers.map(|one| called(index, one)))
}

/// Words in their order, each once.
pub fn once(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in words {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    all
}

fn shown(names: &[String], none: &str) -> String {
    if names.is_empty() { none.to_owned() } else { names.join(", ") }
}

/// Makes the rows that are wanted.
pub fn rows(index: &Index, kept: &Kept, wanted: &Wanted, language: &str) -> Rows {
    let Some(scheme) = trip_scheme(index) else { return Rows::default() };
    let is_trip = |item: &&Item| index.frame(**item).is_some_and(|frame| frame.label == scheme.label.name);
    let trips: Vec<Item> = kept.frames.iter().filter(is_trip).copied().collect();
    let maker = Maker { index, scheme, wanted, language };
    let (columns, places) = maker.columns(&trips);
    let mut rows = Rows { columns, ..Rows::default() };
    rows.articles.0 = kept.articles.iter().filter(|kept| **kept).count();
    if wanted.columns == ColumnsBy::Article {
        rows.articles.1 = rows.articles.0.saturating_sub(rows.columns.len());
    }
    for (key, (unjoined, items)) in maker.groups(&trips) {
        let row = maker.row(key, unjoined, items, &rows.columns, &places);
        rows.rows.push(row);
    }
    let first_day = |row: &Row| row.items.iter().filter_map(|item| index.frame(*item)?.days?.from).min();
    match wanted.rows {
        RowsBy::Trip => rows.rows.sort_by_cached_key(|row| {
            let first = row.cells.iter().map(|cell| cell.column).min();
            (row.kind == RowKind::Unjoined, first, first_day(row), row.title.clone(), row.key.clone())
        }),
        RowsBy::Traveller | RowsBy::Place => {
            rows.rows
                .sort_by_cached_key(|row| (std::cmp::Reverse(row.items.len()), row.title.clone(), row.key.clone()));
        }
    }
    let told = match wanted.rows {
        RowsBy::Trip => Trips::of(index, &|item| kept.has(item)),
        RowsBy::Traveller | RowsBy::Place => Trips::default(),
    };
    add_conflicts(index, &told, &mut rows);
    if wanted.conflicts_only && wanted.rows == RowsBy::Trip {
        rows.rows.retain(|row| !row.conflicts.is_empty());
    }
    rows.unjoined = rows.rows.iter().filter(|row| row.kind == RowKind::Unjoined).count();
    rows.joined = rows.rows.len() - rows.unjoined;
    if rows.unjoined > 0 {
        let section = Row {
            kind: RowKind::Section,
            key: RowKey::Words(String::new()),
            title: t!("trips-unjoined").to_owned(),
            detail: t!("trips-unjoined-hint").to_owned(),
            cells: Vec::new(),
            items: Vec::new(),
            unfolded: false,
            conflicts: Vec::new(),
        };
        rows.rows.insert(rows.joined, section);
    }
    let proposals = match wanted.conflicts_only {
        // A trip that may be one with these may be none of the rows.
        true => Proposals::default(),
        false => Proposals::of(index, &told, &rows),
    };
    maker.unfold(&mut rows, proposals);
    let mut top = 0.0;
    rows.tops = Vec::with_capacity(rows.rows.len() + 1);
    for row in &rows.rows {
        rows.tops.push(top);
        top += row.kind.height();
    }
    rows.tops.push(top);
    rows
}

/// Says of each row, and of its cells, what articles conflict about.
fn add_conflicts(index: &Index, trips: &Trips, rows: &mut Rows) {
    let places: HashMap<TripKey, usize> = trips.all.iter().enumerate().map(|(at, trip)| (trip.key, at)).collect();
    for row in &mut rows.rows {
        let Some(place) = row.trip().and_then(|key| places.get(&key)) else { continue };
        row.conflicts = trips.all[*place].conflicts(index);
        for cell in &mut row.cells {
            let of_cell = |item: &Item| cell.items.contains(item);
            cell.conflict = row.conflicts.iter().any(|conflict| conflict.of.iter().any(of_cell));
        }
    }
    rows.conflicts = rows.rows.iter().filter(|row| !row.conflicts.is_empty()).count();
}

struct Maker<'a> {
    index: &'a Index,
    scheme: Scheme<'a>,
    wanted: &'a Wanted,
    language: &'a str,
}

impl Maker<'_> {
    /// The columns that some trip is in, and the one of each trip.
    fn columns(&self, trips: &[Item]) -> (Vec<Column>, HashMap<Item, usize>) {
        let mut columns: BTreeMap<(String, u32), (Column, Vec<Item>)> = BTreeMap::new();
        for item in trips {
            let digest = self.index.digest_of(*item);
            let (order, column) = self.column(digest, self.index.frame(*item), item.article);
            columns.entry(order).or_insert_with(|| (column, Vec::new())).1.push(*item);
        }
        let mut places = HashMap::new();
        let mut list = Vec::with_capacity(columns.len());
        for (at, (column, items)) in columns.into_values().enumerate() {
            places.extend(items.into_iter().map(|item| (item, at)));
            list.push(column);
        }
        (list, places)
    }

    /// The column of a trip, and what it is sorted by.
    fn column(&self, digest: &Digest, frame: Option<&Frame>, article: u32) -> ((String, u32), Column) {
        let about = &digest.article;
        let day = digest.published;
        match self.wanted.columns {
            ColumnsBy::Article => {
                let order = day.map_or_else(|| format!("~{}", about.published), |day| day.to_string());
                let shown = day.map_or_else(|| about.published.clone(), |day| days::day(day, None));
                let (key, title) = (about.id.to_string(), about.id.to_string());
                let column = Column {
                    key,
                    title,
                    detail: about.title.clone(),
                    day: shown,
                    year: day.map(jiff::civil::Date::year),
                };
                ((order, article), column)
            }
            ColumnsBy::Month => {
                let first = frame.and_then(|frame| frame.days).and_then(|days| days.from.or(days.until));
                let month = first.map(|day| (day.year(), day.month(), day.first_of_month(), day.last_of_month()));
                let Some((year, number, from, until)) = month else {
                    let title = t!("trips-no-date").to_owned();
                    let column =
                        Column { key: String::new(), title, detail: String::new(), day: String::new(), year: None };
                    return (("~".to_owned(), 0), column);
                };
                let vague = Days { from_vague: true, until_vague: true, until: Some(until), ..Days::day(from) };
                let key = format!("{year:04}-{number:02}");
                let title = days::days(vague, None);
                ((key.clone(), 0), Column { key, title, detail: String::new(), day: String::new(), year: Some(year) })
            }
            ColumnsBy::Publisher => {
                let known = !about.publisher.is_empty();
                let title = if known { about.publisher.clone() } else { t!("trips-no-publisher").to_owned() };
                let order = if known { about.publisher.to_lowercase() } else { "~".to_owned() };
                let key = about.publisher.clone();
                ((order, 0), Column { key, title, detail: String::new(), day: String::new(), year: None })
            }
        }
    }

    /// The trips of each row, and true where no referent joins them.
    fn groups(&self, trips: &[Item]) -> BTreeMap<RowKey, (bool, Vec<Item>)> {
        let mut groups: BTreeMap<RowKey, (bool, Vec<Item>)> = BTreeMap::new();
        let mut put = |key: RowKey, unjoined: bool, item: Item| {
            groups.entry(key).or_insert_with(|| (unjoined, Vec::new())).1.push(item);
        };
        for item in trips {
            let Some(frame) = self.index.frame(*item) else { continue };
            match self.wanted.rows {
                RowsBy::Trip => put(trip_key(self.index, *item, frame), frame.referent.is_none(), *item),
                RowsBy::Traveller | RowsBy::Place => {
                    let role = if self.wanted.rows == RowsBy::Place { self.scheme.place } else { self.scheme.who };
                    let fillers = role.map_or(&[][..], |role| frame.fillers(role));
                    let key = |filler: &SlotFiller| match filler.referent {
                        Some(id) => RowKey::Referent(id),
                        None => RowKey::Words(filler.words.to_string()),
                    };
                    let mut keys: Vec<RowKey> = fillers.iter().map(key).collect();
                    keys.sort();
                    keys.dedup();
                    if keys.is_empty() {
                        keys.push(RowKey::Words(String::new()));
                    }
                    keys.into_iter().for_each(|key| put(key, false, *item));
                }
            }
        }
        groups
    }

    fn row(
        &self,
        key: RowKey,
        unjoined: bool,
        items: Vec<Item>,
        columns: &[Column],
        places: &HashMap<Item, usize>,
    ) -> Row {
        let (who, place) = (names(self.index, &items, self.scheme.who), names(self.index, &items, self.scheme.place));
        let (title, detail) = match self.wanted.rows {
            RowsBy::Trip => (shown(&who, t!("trips-nobody")), shown(&place, t!("trips-nowhere"))),
            RowsBy::Traveller | RowsBy::Place => {
                let title = match &key {
                    RowKey::Referent(id) => self.index.referent(*id).map_or(String::new(), |one| one.name.clone()),
                    RowKey::Words(words) => words.clone(),
                    RowKey::Frame(..) => String::new(),
                };
                let none = if self.wanted.rows == RowsBy::Place { t!("trips-nowhere") } else { t!("trips-nobody") };
                let title = if title.is_empty() { none.to_owned() } else { title };
                (title, t!("trips-count", count = items.len()))
            }
        };
        let mut by_column: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
        for item in &items {
            if let Some(column) = places.get(item) {
                by_column.entry(*column).or_default().push(*item);
            }
        }
        let cells = by_column.into_iter().map(|(column, items)| self.cell(column, &columns[column], items)).collect();
        let kind = if unjoined { RowKind::Unjoined } else { RowKind::Joined };
        let unfolded = self.wanted.rows == RowsBy::Trip && self.wanted.unfolded.contains(&key);
        Row { kind, key, title, detail, cells, items, unfolded, conflicts: Vec::new() }
    }

    fn cell(&self, column: usize, of: &Column, items: Vec<Item>) -> Cell {
        if self.wanted.counts {
            let title = items.len().to_string();
            return Cell { column, title, detail: String::new(), sign: StateSign::None, conflict: false, items };
        }
        let frames = || items.iter().filter_map(|item| self.index.frame(*item));
        // Under a place it is who goes there that one looks for.
        let role = if self.wanted.rows == RowsBy::Place { self.scheme.who } else { self.scheme.place };
        let none = if self.wanted.rows == RowsBy::Place { t!("trips-nobody") } else { t!("trips-nowhere") };
        let title = shown(&names(self.index, &items, role), none);
        let when = frames().filter_map(|frame| frame.days).reduce(Days::hull);
        let when = when.map_or_else(|| t!("days-none").to_owned(), |when| days::days(when, of.year));
        let mut states: Vec<&str> = Vec::new();
        for state in frames().filter_map(|frame| frame.attribute(&self.scheme.state?.name)) {
            if !states.contains(&state) {
                states.push(state);
            }
        }
        let signs = frames().map(|frame| StateSign::of(&self.scheme, frame));
        let sign = signs.into_iter().find(|sign| *sign != StateSign::None).unwrap_or(StateSign::None);
        let titles: Vec<String> = states.iter().map(|state| self.state_title(state)).collect();
        let parts = std::iter::once(when).chain(titles);
        Cell { column, title, detail: parts.collect::<Vec<_>>().join(", "), sign, conflict: false, items }
    }

    /// A value of the attribute of state as people read it.
    fn state_title(&self, state: &str) -> String {
        state_title(&self.scheme, state, self.language)
    }

    /// Puts the slots of unfolded rows under them, and the trips that may be one with a row.
    fn unfold(&self, rows: &mut Rows, mut proposals: Proposals) {
        let all = std::mem::take(&mut rows.rows);
        for row in all {
            let slots: Vec<Row> = if row.unfolded { self.slots(&row, rows.columns.as_slice()) } else { Vec::new() };
            let proposed = proposals.under(&row);
            rows.rows.push(row);
            rows.rows.extend(slots);
            rows.rows.extend(proposed);
        }
    }

    /// A row for each slot that some article fills.
    fn slots(&self, row: &Row, columns: &[Column]) -> Vec<Row> {
        let slot = |role: &Name, title: &str| {
            let cell = |cell: &Cell| {
                let fillers = cell.items.iter().filter_map(|item| self.index.frame(*item));
                let mut said: Vec<String> = Vec::new();
                for filler in fillers.flat_map(|frame| frame.fillers(role)) {
                    let words = match filler.days {
                        Some(of) => days::days(of, columns[cell.column].year),
                        None => called(self.index, filler),
                    };
                    if !said.contains(&words) {
                        said.push(words);
                    }
                }
                let items = cell.items.clone();
                let title = said.join(", ");
                let detail = String::new();
                (!said.is_empty()).then_some(Cell {
                    column: cell.column,
                    title,
                    detail,
                    sign: StateSign::None,
                    conflict: false,
                    items,
                })
            };
            Row {
                kind: RowKind::Slot,
                key: row.key.clone(),
                title: title.to_owned(),
                detail: String::new(),
                cells: row.cells.iter().filter_map(cell).collect(),
                items: row.items.clone(),
                unfolded: false,
                conflicts: Vec::new(),
            }
        };
        let roles = self.scheme.label.roles.iter().map(|role| slot(&role.name, role.title.get(self.language)));
        roles.filter(|row| !row.cells.is_empty()).collect()
    }
}

/// A value of the attribute of state as people read it.
pub fn state_title(scheme: &Scheme<'_>, state: &str, language: &str) -> String {
    let choices = match scheme.state.map(|attribute| &attribute.kind) {
        Some(AttributeKind::Choice(choices)) => choices.as_slice(),
        _ => &[],
    };
    let title = choices.iter().find(|choice| choice.name == *state);
    title.map_or_else(|| state.to_owned(), |choice| choice.title.get(language).to_lowercase())
}
