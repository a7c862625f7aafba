//! The geometry of an indicator's chart. Only figures of one kind share a scale: a total of several years is never
//! drawn beside a single year's figure, since that would look like growth.

use crate::model::{Indicator, Point, PointKind};
use serde::Serialize;

/// A horizontal bar chart; lengths are percents of the whole width, with one decimal.
#[derive(Debug, Serialize)]
pub struct Chart {
    /// Its bars.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// `level` or `cumulative`.
    pub kind: &'static str,
    /// The year, or the last of several.
    pub year: u32,
    /// The first year of several.
    pub since: Option<u32>,
    /// The figure as printed.
    pub value: String,
    /// Its length, 0 to 100.
    pub length: String,
}

/// The chart of an indicator; none where there is nothing that can be compared or drawn.
pub(super) fn chart(indicator: &Indicator) -> Option<Chart> {
    let numbers: Vec<(&Point, f64)> = indicator.points.iter().filter_map(|p| Some((p, number(p)?))).collect();
    let levels: Vec<_> = numbers.iter().filter(|(p, _)| p.kind == PointKind::Level).collect();
    let percent = indicator.unit.as_ref().is_some_and(|unit| unit.source.value == "%");
    if !levels.is_empty() {
        let top = levels.iter().map(|(_, n)| *n).fold(if percent { 100.0 } else { 0.0 }, f64::max);
        let bars = levels.iter().map(|(p, n)| bar(p, "level", *n, top)).collect();
        return (top > 0.0).then_some(Chart { bars });
    }
    // A total stands alone: a bar of full length says "a total", and compares with nothing.
    let totals: Vec<_> = numbers.iter().filter(|(p, _)| p.kind == PointKind::Cumulative).collect();
    let top = totals.iter().map(|(_, n)| *n).fold(0.0, f64::max);
    (top > 0.0).then(|| Chart { bars: totals.iter().map(|(p, n)| bar(p, "cumulative", *n, top)).collect() })
}

fn number(point: &Point) -> Option<f64> {
    let number: f64 = point.value.as_ref()?.value.replace(',', "").parse().ok()?;
    (number.is_finite() && number >= 0.0).then_some(number)
}

fn bar(point: &Point, kind: &'static str, number: f64, top: f64) -> Bar {
    Bar {
        kind,
        year: point.year.value,
        since: point.since.as_ref().map(|year| year.value),
        value: point.value.as_ref().map(|v| v.value.clone()).unwrap_or_default(),
        length: format!("{:.1}", number / top * 100.0),
    }
}
