//! The words of both languages that phrases of time are made of. Whatever could be said in a table stands in one.

/// Names of the months: the number of a month and how it is written in full and short, in English and Indonesian.
const MONTHS: &[(i8, &[&str])] = &[
    (1, &["january", "januari", "jan"]),
    (2, &["february", "februari", "pebruari", "feb", "peb"]),
    (3, &["march", "maret", "mar"]),
    (4, &["april", "apr"]),
    (5, &["may", "mei"]),
    (6, &["june", "juni", "jun"]),
    (7, &["july", "juli", "jul"]),
    (8, &["august", "agustus", "aug", "agu", "agt", "ags"]),
    (9, &["september", "sept", "sep"]),
    (10, &["october", "oktober", "oct", "okt"]),
    (11, &["november", "nopember", "nov", "nop"]),
    (12, &["december", "desember", "dec", "des"]),
];

/// Names of the days of the week, Monday being 1.
const WEEKDAYS: &[(i8, &[&str])] = &[
    (1, &["monday", "senin", "mon"]),
    (2, &["tuesday", "selasa", "tue", "tues"]),
    (3, &["wednesday", "rabu", "wed"]),
    (4, &["thursday", "kamis", "thu", "thur", "thurs"]),
    (5, &["friday", "jumat", "jum'at", "fri"]),
    (6, &["saturday", "sabtu", "sat"]),
    (7, &["sunday", "minggu", "ahad", "sun"]),
];

/// Numbers below twenty, and the tens.
const NUMBERS: &[(u32, &[&str])] = &[
    (1, &["one", "satu", "a", "an"]),
    (2, &["two", "dua"]),
    (3, &["three", "tiga"]),
    (4, &["four", "empat"]),
    (5, &["five", "lima"]),
    (6, &["six", "enam"]),
    (7, &["seven", "tujuh"]),
    (8, &["eight", "delapan"]),
    (9, &["nine", "sembilan"]),
    (10, &["ten", "sepuluh"]),
    (11, &["eleven", "sebelas"]),
    (12, &["twelve"]),
    (13, &["thirteen"]),
    (14, &["fourteen"]),
    (15, &["fifteen"]),
    (16, &["sixteen"]),
    (17, &["seventeen"]),
    (18, &["eighteen"]),
    (19, &["nineteen"]),
    (20, &["twenty"]),
    (30, &["thirty"]),
    (40, &["forty"]),
    (50, &["fifty"]),
    (60, &["sixty"]),
    (70, &["seventy"]),
    (80, &["eighty"]),
    (90, &["ninety"]),
    (100, &["seratus"]),
];

/// Ordinals, as quarters, halves and centuries have them.
const ORDINALS: &[(u32, &[&str])] = &[
    (1, &["first", "pertama", "i", "kesatu"]),
    (2, &["second", "kedua", "ii"]),
    (3, &["third", "ketiga", "iii"]),
    (4, &["fourth", "keempat", "iv"]),
];

/// A measure of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

const UNITS: &[(Unit, &[&str])] = &[
    (Unit::Minute, &["minute", "minutes", "menit"]),
    (Unit::Hour, &["hour", "hours", "jam"]),
    (Unit::Day, &["day", "days", "hari", "harinya"]),
    (Unit::Weekend, &["weekend", "weekends"]),
    (Unit::Week, &["week", "weeks", "pekan", "minggu"]),
    (Unit::Month, &["month", "months", "bulan"]),
    (Unit::Year, &["year", "years", "tahun"]),
    (Unit::Decade, &["decade", "decades", "dekade", "dasawarsa"]),
    (Unit::Century, &["century", "centuries", "abad"]),
];

/// One of a measure, in one word.
const ONE_OF: &[(Unit, &[&str])] = &[
    (Unit::Minute, &["semenit"]),
    (Unit::Hour, &["sejam"]),
    (Unit::Day, &["sehari"]),
    (Unit::Week, &["sepekan", "seminggu"]),
    (Unit::Month, &["sebulan"]),
    (Unit::Year, &["setahun"]),
    (Unit::Decade, &["sedekade", "sedasawarsa"]),
    (Unit::Century, &["seabad"]),
];

/// A season, by its number in ISO 8601-2: spring 21 to winter 24.
const SEASONS: &[(i8, &[&str])] = &[
    (21, &["spring", "springtime", "semi"]),
    (22, &["summer", "summertime", "panas"]),
    (23, &["autumn", "fall", "gugur"]),
    (24, &["winter", "wintertime", "dingin"]),
];

/// Time zones that have one offset all year, in minutes.
const ZONES: &[(i16, &[&str])] = &[(0, &["gmt", "utc"]), (420, &["wib"]), (480, &["wita"]), (540, &["wit"])];

/// Words for a part of the day; the second number is what is added to an hour below twelve.
const DAY_PARTS: &[(i8, &[&str])] = &[
    (0, &["morning", "pagi", "dini", "dinihari", "subuh", "am", "overnight"]),
    (12, &["afternoon", "evening", "night", "siang", "sore", "petang", "malam", "pm", "midday", "noon"]),
];

/// Words that lead to a phrase, or stand within it, and say nothing about when.
const FILLERS: &[&str] = &[
    "pada",
    "di",
    "ke",
    "on",
    "in",
    "at",
    "the",
    "of",
    "during",
    "selama",
    "for",
    "dalam",
    "per",
    "tanggal",
    "tgl",
    "date",
    "dated",
    "bertanggal",
    "tertanggal",
    "as",
    "over",
    "sepanjang",
    "throughout",
    "hari",
    "waktu",
    "just",
    "back",
];

fn within<T: Copy>(table: &[(T, &[&str])], word: &str) -> Option<T> {
    table.iter().find(|(_, words)| words.contains(&word)).map(|(what, _)| *what)
}

pub(super) fn month(word: &str) -> Option<i8> {
    within(MONTHS, word)
}

pub(super) fn weekday(word: &str) -> Option<i8> {
    within(WEEKDAYS, word)
}

pub(super) fn number(word: &str) -> Option<u32> {
    within(NUMBERS, word)
}

pub(super) fn ordinal(word: &str) -> Option<u32> {
    within(ORDINALS, word)
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    within(UNITS, word)
}

pub(super) fn one_of(word: &str) -> Option<Unit> {
    within(ONE_OF, word)
}

pub(super) fn season(word: &str) -> Option<i8> {
    within(SEASONS, word)
}

pub(super) fn zone(word: &str) -> Option<i16> {
    within(ZONES, word)
}

/// The part of the day that a word names, as the hours that it adds to a time below twelve.
pub(super) fn day_part(word: &str) -> Option<i8> {
    within(DAY_PARTS, word)
}

pub(super) fn filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// A part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Middle,
    Late,
}

impl Part {
    /// One of three things, each for a part.
    pub fn pick<T>(self, early: T, middle: T, late: T) -> T {
        match self {
            Self::Early => early,
            Self::Middle => middle,
            Self::Late => late,
        }
    }
}

const PARTS: &[(Part, &[&str])] = &[
    (Part::Early, &["early", "awal", "beginning", "start", "permulaan"]),
    (Part::Middle, &["mid", "middle", "pertengahan", "midway"]),
    (Part::Late, &["late", "akhir", "end", "penghujung", "ujung"]),
];

pub(super) fn part(word: &str) -> Option<Part> {
    within(PARTS, word)
}

/// Words before a period that say which: `last week`.
const BEFORE: &[(i32, &[&str])] = &[
    (-1, &["last", "past", "previous"]),
    (0, &["this", "current"]),
    (1, &["next", "coming", "upcoming", "following"]),
];

/// Words after a period that say which: `pekan lalu`.
const AFTER: &[(i32, &[&str])] = &[
    (-1, &["lalu", "kemarin", "silam", "sebelumnya", "lampau"]),
    (0, &["ini", "berjalan"]),
    (1, &["depan", "mendatang", "berikutnya", "baru"]),
];

/// The step that a word before a period means: -1 the one before, 0 this one, 1 the next.
pub(super) fn step_before(word: &str) -> Option<i32> {
    within(BEFORE, word)
}

/// The step that a word after a period means.
pub(super) fn step_after(word: &str) -> Option<i32> {
    within(AFTER, word)
}

/// True where a word refers to what was mentioned before and not to the day of the article.
pub(super) fn refers_back(word: &str) -> bool {
    matches!(word, "previous" | "following" | "sebelumnya" | "berikutnya")
}

/// Signs in a sentence that it is about what has been, or what is to come.
const TENSES: &[(i32, &[&str])] = &[
    (
        -1,
        &[
            "sejak",
            "since",
            "setelah",
            "after",
            "telah",
            "sudah",
            "pernah",
            "lalu",
            "usai",
            "sempat",
            "kemarin",
            "was",
            "were",
            "had",
            "did",
            "said",
            "told",
            "ago",
            "has",
            "visited",
            "arrived",
            "met",
            "went",
            "held",
            "took",
            "made",
            "came",
            "left",
            "reported",
            "announced",
            "signed",
            "began",
        ],
    ),
    (
        1,
        &[
            "akan",
            "bakal",
            "hendak",
            "ingin",
            "berencana",
            "rencananya",
            "direncanakan",
            "dijadwalkan",
            "dijadwal",
            "diperkirakan",
            "mendatang",
            "nanti",
            "will",
            "shall",
            "would",
            "plans",
            "planned",
            "planning",
            "due",
            "scheduled",
            "expected",
            "expects",
            "upcoming",
            "intends",
            "wants",
            "hopes",
            "going",
            "set",
            "slated",
        ],
    ),
];

/// The tense that a word is a sign of: -1 what has been, 1 what is to come.
pub(super) fn tense(word: &str) -> Option<i32> {
    within(TENSES, word)
}
