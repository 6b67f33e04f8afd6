//! Progress, speed and agreement by day: plain data made on a worker.

use crate::figures::{Report, WorkDay};

/// One line of a chart: whose it is, and its points by day.
pub struct Series {
    /// The annotator; empty where it is of all.
    pub name: String,
    /// Days since the first one, each with its value.
    pub points: Vec<[f64; 2]>,
}

/// Everything that is shown of time.
pub struct TimeTable {
    /// The work of each annotator on each day.
    pub days: Vec<WorkDay>,
    /// Days since the first one, as they stand below the charts.
    pub names: Vec<(f64, String)>,
    /// Articles done, summed up.
    pub done: Vec<Series>,
    /// Annotations an hour.
    pub speed: Vec<Series>,
    /// The agreement on the articles of each day.
    pub agreement: Series,
}

impl TimeTable {
    /// The table of a report, with this figure for agreement.
    #[must_use]
    pub fn of(report: &Report, family: &str) -> Self {
        let days = report.work_days();
        let agreement = report.figure_by_day(family);
        let mut all: Vec<&str> = days.iter().map(|day| day.day.as_str()).collect();
        all.extend(agreement.iter().map(|(day, ..)| day.as_str()));
        all.sort_unstable();
        all.dedup();
        let date = |day: &str| day.parse::<jiff::civil::Date>().ok();
        let first = all.first().and_then(|day| date(day));
        let since = |day: &str| Some(f64::from(date(day)?.since(first?).ok()?.get_days()));
        let names = all.iter().filter_map(|day| Some((since(day)?, (*day).to_owned()))).collect();
        let series = |who: usize, value: &dyn Fn(&WorkDay) -> Option<f64>| {
            let own = days.iter().filter(|day| day.annotator == who);
            let points = own.filter_map(|day| Some([since(&day.day)?, value(day)?])).collect();
            Series { name: report.annotators[who].to_string(), points }
        };
        let everybody = 0..report.annotators.len();
        let done = everybody.clone().map(|who| {
            let mut series = series(who, &|day| Some(day.done as f64));
            let mut sum = 0.0;
            for point in &mut series.points {
                sum += point[1];
                point[1] = sum;
            }
            series
        });
        let done = done.collect();
        let speed = everybody.map(|who| series(who, &WorkDay::speed)).collect();
        let points = agreement.iter().filter_map(|(day, _, value)| Some([since(day)?, (*value)?])).collect();
        Self { done, speed, agreement: Series { name: String::new(), points }, names, days }
    }
}
