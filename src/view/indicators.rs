//! The indicators: tables of figures by year, each with its chart.

use super::charts::{Chart, chart};
use super::{Here, Link, NoteView, PageView, Phrase, Views};
use crate::model::{DomainId, Indicator, Point, PointKind};
use crate::url::Page;
use serde::Serialize;

/// The indicators.
#[derive(Debug, Serialize)]
pub struct IndicatorsView {
    /// What every page has.
    pub page: PageView,
    /// How many indicators there are.
    pub count: usize,
    /// The indicators by domain, in order.
    pub groups: Vec<IndicatorGroup>,
    /// What the charts' bars mean.
    pub legend: Legend,
}

/// What the charts' bars mean.
#[derive(Debug, Serialize)]
pub struct Legend {
    /// The years that are drawn as single figures.
    pub years: Vec<LegendYear>,
    /// The spans that have totals: first and last year.
    pub totals: Vec<(u32, u32)>,
    /// Whether figures are missing.
    pub missing: bool,
}

/// A year of the legend.
#[derive(Debug, Serialize)]
pub struct LegendYear {
    /// The year.
    pub year: u32,
    /// Whether it is the last one.
    pub last: bool,
}

/// The indicators of a domain.
#[derive(Debug, Serialize)]
pub struct IndicatorGroup {
    /// The domain; none for those of no domain.
    pub domain: Option<Link>,
    /// Its indicators.
    pub table: IndicatorTable,
}

/// A table of indicators, one column for each year.
#[derive(Debug, Serialize)]
pub struct IndicatorTable {
    /// The years that have a figure, in order.
    pub years: Vec<u32>,
    /// The indicators.
    pub rows: Vec<IndicatorView>,
}

/// An indicator.
#[derive(Debug, Serialize)]
pub struct IndicatorView {
    /// Its id: the anchor.
    pub id: String,
    /// Its place on the page of indicators.
    pub href: String,
    /// Its name.
    pub name: Phrase,
    /// Its unit.
    pub unit: Option<Phrase>,
    /// Its figures, for each of the table's years.
    pub cells: Vec<Vec<PointView>>,
    /// Its chart.
    pub chart: Option<Chart>,
    /// The editorial notes.
    pub notes: Vec<NoteView>,
}

/// A figure of an indicator.
#[derive(Debug, Serialize)]
pub struct PointView {
    /// `level`, `annual`, `cumulative` or `missing`.
    pub kind: &'static str,
    /// The year, or the last of several.
    pub year: u32,
    /// The first year of several.
    pub since: Option<u32>,
    /// The figure as printed.
    pub value: Option<String>,
}

impl Views<'_> {
    /// The indicators.
    pub fn indicators(&self, here: Here<'_>) -> IndicatorsView {
        let all = &self.catalogue.policy.indicators;
        let mut groups: Vec<(Option<DomainId>, Vec<&Indicator>)> = Vec::new();
        for indicator in all {
            match groups.last_mut() {
                Some((domain, group)) if *domain == indicator.domain => group.push(indicator),
                _ => groups.push((indicator.domain, vec![indicator])),
            }
        }
        let group = |(domain, indicators): (Option<DomainId>, Vec<&Indicator>)| {
            let domain = domain.map(|id| self.domain_link(here, id));
            Some(IndicatorGroup { domain, table: self.indicator_table(here, indicators)? })
        };
        IndicatorsView {
            page: self.string_page(here, "indicators", Page::Indicators),
            count: all.len(),
            groups: groups.into_iter().filter_map(group).collect(),
            legend: legend(all),
        }
    }

    /// A table of some indicators; none where there are none.
    pub(super) fn indicator_table<'i>(
        &self,
        here: Here<'_>,
        indicators: impl IntoIterator<Item = &'i Indicator>,
    ) -> Option<IndicatorTable> {
        let indicators: Vec<&Indicator> = indicators.into_iter().collect();
        let years = years(indicators.iter().flat_map(|i| &i.points).map(|p| p.year.value));
        let rows: Vec<_> = indicators.into_iter().map(|indicator| self.indicator(here, indicator, &years)).collect();
        (!rows.is_empty()).then_some(IndicatorTable { years, rows })
    }

    fn indicator(&self, here: Here<'_>, indicator: &Indicator, years: &[u32]) -> IndicatorView {
        let cell = |year: &u32| indicator.points.iter().filter(|p| p.year.value == *year).map(point).collect();
        IndicatorView {
            id: indicator.id.value.to_string(),
            href: self.href_at(here, Page::Indicators, &indicator.id.value),
            name: self.phrase(here, &indicator.name),
            unit: self.optional_phrase(here, indicator.unit.as_ref()),
            cells: years.iter().map(cell).collect(),
            chart: chart(indicator),
            notes: indicator.editorial.iter().map(|note| self.note(here, note)).collect(),
        }
    }
}

fn point(point: &Point) -> PointView {
    PointView {
        kind: point.kind.as_str(),
        year: point.year.value,
        since: point.since.as_ref().map(|year| year.value),
        value: point.value.as_ref().map(|value| value.value.to_string()),
    }
}

fn years(years: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut years: Vec<u32> = years.collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// What the charts of these indicators need explained.
fn legend(indicators: &[Indicator]) -> Legend {
    let points = || indicators.iter().flat_map(|indicator| &indicator.points);
    let of = |kind: PointKind| points().filter(move |p| p.kind == kind);
    let levels = years(of(PointKind::Level).map(|p| p.year.value));
    let last = levels.last().copied();
    let mut totals: Vec<_> =
        of(PointKind::Cumulative).map(|p| (p.since.as_ref().map_or(p.year.value, |y| y.value), p.year.value)).collect();
    totals.sort_unstable();
    totals.dedup();
    Legend {
        years: levels.into_iter().map(|year| LegendYear { year, last: Some(year) == last }).collect(),
        totals,
        missing: of(PointKind::Missing).next().is_some(),
    }
}
