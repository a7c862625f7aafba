//! The geometry of an indicator's chart. Only figures of one kind share a scale: a total of several years is never
//! drawn beside a single year's figure, since that would look like growth.

use crate::model::{Indicator, Point, PointKind};
use serde::Serialize;

/// A horizontal bar chart. Lengths are percents of the drawing, with one decimal.
#[derive(Debug, Serialize)]
pub struct Chart {
    /// Its bars.
    pub bars: Vec<Bar>,
    /// Whether the whole width means something: a hundred percent.
    pub track: bool,
    /// Its height as a length of SVG.
    pub height: String,
}

/// A bar.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// `level`, `cumulative` or `missing`.
    pub kind: &'static str,
    /// Whether it is the last of its indicator's years.
    pub last: bool,
    /// The year, or the last of several.
    pub year: u32,
    /// The first year of several.
    pub since: Option<u32>,
    /// The figure as printed; none where it is missing.
    pub value: Option<String>,
    /// Its length.
    pub length: String,
    /// Its upper edge.
    pub top: String,
    /// Its middle line.
    pub middle: String,
    /// Its thickness.
    pub thickness: String,
}

/// The chart of an indicator; none where there is nothing that can be compared or drawn.
pub(super) fn chart(indicator: &Indicator) -> Option<Chart> {
    let numbers: Vec<(&Point, Option<f64>)> = indicator.points.iter().map(|p| (p, number(p))).collect();
    let percent = indicator.unit.as_ref().is_some_and(|unit| unit.source.value == "%");
    let is = |kind: PointKind| move |(p, n): &&(&Point, Option<f64>)| p.kind == kind && n.is_some();
    if numbers.iter().any(|point| is(PointKind::Level)(&point)) {
        let drawn = numbers.iter().filter(|(p, n)| match p.kind {
            PointKind::Level => n.is_some(),
            PointKind::Missing => true,
            PointKind::Annual | PointKind::Cumulative => false,
        });
        return bars(indicator, drawn.copied().collect(), percent);
    }
    // A total stands alone: a bar of full length says "a total", and compares with nothing.
    bars(indicator, numbers.iter().filter(is(PointKind::Cumulative)).copied().collect(), false)
}

fn bars(indicator: &Indicator, points: Vec<(&Point, Option<f64>)>, percent: bool) -> Option<Chart> {
    let whole = if percent { 100.0 } else { 0.0 };
    let top = points.iter().filter_map(|(_, n)| *n).fold(whole, f64::max);
    let last = indicator.points.iter().map(|p| p.year.value).max();
    let slot = 100.0 / points.len() as f64;
    let bar = |(at, (point, number)): (usize, &(&Point, Option<f64>))| Bar {
        kind: point.kind.as_str(),
        last: Some(point.year.value) == last,
        year: point.year.value,
        since: point.since.as_ref().map(|year| year.value),
        value: point.value.as_ref().map(|v| v.value.to_string()),
        length: percents(number.map_or(100.0, |n| n / top * 100.0)),
        top: percents(slot * (at as f64 + 0.14)),
        middle: percents(slot * (at as f64 + 0.5)),
        thickness: percents(slot * 0.72),
    };
    let bars: Vec<Bar> = points.iter().enumerate().map(bar).collect();
    (top > 0.0).then(|| Chart { track: percent, height: format!("{:.1}em", points.len() as f64 * 1.6), bars })
}

fn number(point: &Point) -> Option<f64> {
    let number: f64 = point.value.as_ref()?.value.replace(',', "").parse().ok()?;
    (number.is_finite() && number >= 0.0).then_some(number)
}

/// A percent of the drawing, without a useless decimal.
fn percents(number: f64) -> String {
    let text = format!("{number:.1}");
    format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
}
