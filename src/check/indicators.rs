//! The points of an indicator can be drawn and compared as their kinds say.
//!
//! A figure for five years together is not growth from the figure for one year; the kinds keep charts from saying so. A
//! total of several years says since when, and can stand beside yearly figures but not beside a level: a state is not summed.

use super::{Context, Look, Rule, code};
use crate::diag::{Diagnostic, Report};
use crate::model::{Indicator, Point, PointKind};
use crate::msg;

pub(super) const RULE: Rule = Rule {
    codes: &[
        code(
            "point-without-value",
            "数据点没有数值，也没有标为 missing",
            "a point without a value that is not `missing`",
        ),
        code("missing-with-value", "标为 missing 的数据点有数值", "a point that is `missing` and has a value"),
        code("point-not-number", "数据点的数值不是数", "a point's value is no number"),
        code("bad-since", "累计数缺少 since，或 since 用错", "`since` is missing, misplaced or not before the year"),
        code("years-not-ascending", "数据点没有按年份先后排列", "the points are not in the order of their years"),
        code("mixed-points", "累计数与水平数并列", "a total of several years beside a level"),
    ],
    look: Look::Catalogue(run),
};

fn run(cx: &Context<'_>, report: &mut Report) {
    for indicator in &cx.catalogue.policy.indicators {
        for point in &indicator.points {
            value(point, report);
            since(point, report);
        }
        years(indicator, report);
        mixed(indicator, report);
    }
}

fn value(point: &Point, report: &mut Report) {
    let year = point.year.value;
    match (&point.value, point.kind) {
        (None, PointKind::Missing) => {}
        (None, _) => report.push(
            Diagnostic::error(
                "point-without-value",
                point.year.span.clone(),
                msg!("{year}年没有数值", "{year} has no value"),
            )
            .hint(msg!("没有数据的请写“kind: missing”", "where there is none, write `kind: missing`")),
        ),
        (Some(value), PointKind::Missing) => report.push(
            Diagnostic::error(
                "missing-with-value",
                value.span.clone(),
                msg!("{year}年标为缺数据，却有数值", "{year} is said to be missing, but has a value"),
            )
            .hint(msg!("请删去数值，或改正 kind", "delete the value or correct `kind`")),
        ),
        (Some(value), _) if !is_number(&value.value) => {
            let written = &value.value;
            let message = msg!("“{written}”不是数", "`{written}` is no number");
            report.push(Diagnostic::error("point-not-number", value.span.clone(), message).hint(msg!(
                "只写数字和小数点，例如 \"2.8774\"；单位写在 unit",
                "write digits and a point alone, such as \"2.8774\"; the unit belongs to `unit`"
            )));
        }
        (Some(_), _) => {}
    }
}

fn since(point: &Point, report: &mut Report) {
    let fault = |span, message, hint| Diagnostic::error("bad-since", span, message).hint(hint);
    let year = point.year.value;
    match (&point.since, point.kind) {
        (None, PointKind::Cumulative) => report.push(fault(
            point.year.span.clone(),
            msg!("{year}年的累计数没有写明从哪年起", "the total up to {year} does not say since when"),
            msg!("请加上“since: 年份”", "add `since: year`"),
        )),
        (Some(since), PointKind::Cumulative) if since.value >= year => {
            let first = since.value;
            report.push(fault(
                since.span.clone(),
                msg!("起始年份{first}不早于{year}", "the first year, {first}, is not before {year}"),
                msg!(
                    "请核对两个年份；只有一年的写“kind: annual”",
                    "compare the two years; a single year is `kind: annual`"
                ),
            ));
        }
        (Some(since), kind) if kind != PointKind::Cumulative => report.push(fault(
            since.span.clone(),
            msg!("只有累计数才有 since", "only totals of several years have `since`"),
            msg!("请删去 since，或写“kind: cumulative”", "delete it, or write `kind: cumulative`"),
        )),
        _ => {}
    }
}

fn years(indicator: &Indicator, report: &mut Report) {
    for pair in indicator.points.windows(2) {
        let [before, after] = pair else { continue };
        let (first, second) = (before.year.value, after.year.value);
        if second <= first {
            let message = msg!("{second}年排在{first}年之后", "{second} stands after {first}");
            report.push(
                Diagnostic::error("years-not-ascending", after.year.span.clone(), message)
                    .related(before.year.span.clone(), msg!("前一个在这里", "the one before is here"))
                    .hint(msg!("请按年份先后排列，每年一个", "order the points by year, one a year")),
            );
        }
    }
}

fn mixed(indicator: &Indicator, report: &mut Report) {
    let of = |kind| indicator.points.iter().find(|point| point.kind == kind);
    if let (Some(total), Some(level)) = (of(PointKind::Cumulative), of(PointKind::Level)) {
        let message =
            msg!("累计数不能与水平数（level）并列比较", "a total of several years cannot stand beside a level");
        report.push(
            Diagnostic::error("mixed-points", level.year.span.clone(), message)
                .related(total.year.span.clone(), msg!("累计数在这里", "the total is here"))
                .hint(msg!("一年内发生的数请写“kind: annual”", "what came about in one year is `kind: annual`")),
        );
    }
}

/// An ASCII decimal, perhaps negative.
fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Site;
    use insta::assert_snapshot;

    fn points(points: &[&str]) -> String {
        let points: String = points.iter().map(|point| format!("    - {{{point}}}\n")).collect();
        Site::default().with("policy/indicators.yaml", &format!("- id: x\n  name: 甲\n  points:\n{points}")).faults()
    }

    #[test]
    fn numbers_are_decimals() {
        assert!(["0", "93", "2.8774", "-1.5"].into_iter().all(is_number));
        assert!(!["", ".5", "5.", "1e3", "９", "93%", "1,000", "+1"].into_iter().any(is_number));
    }

    #[test]
    fn sound_points() {
        let sound = [
            "year: 2015, kind: missing",
            "year: 2016, value: \"2.9\", kind: annual",
            "year: 2020, since: 2016, value: \"15.8\", kind: cumulative",
        ];
        assert_eq!(points(&sound), "");
    }

    #[test]
    fn values() {
        assert_snapshot!(points(&["year: 2015, kind: level", "year: 2016, value: \"1\", kind: missing", "year: 2017, value: 约5, kind: level"]), @r#"
        Error point-without-value policy/indicators.yaml:4:14 [2015]
          2015年没有数值
          2015 has no value
          > 没有数据的请写“kind: missing”
          > where there is none, write `kind: missing`
        Error missing-with-value policy/indicators.yaml:5:27 [\"1\"]
          2016年标为缺数据，却有数值
          2016 is said to be missing, but has a value
          > 请删去数值，或改正 kind
          > delete the value or correct `kind`
        Error point-not-number policy/indicators.yaml:6:27 [约5]
          “约5”不是数
          `约5` is no number
          > 只写数字和小数点，例如 "2.8774"；单位写在 unit
          > write digits and a point alone, such as "2.8774"; the unit belongs to `unit`
        "#);
    }

    #[test]
    fn totals() {
        assert_snapshot!(points(&["year: 2015, value: \"1\", kind: cumulative", "year: 2016, since: 2016, value: \"1\", kind: cumulative", "year: 2017, since: 2016, value: \"1\", kind: annual"]), @r"
        Error bad-since policy/indicators.yaml:4:14 [2015]
          2015年的累计数没有写明从哪年起
          the total up to 2015 does not say since when
          > 请加上“since: 年份”
          > add `since: year`
        Error bad-since policy/indicators.yaml:5:27 [2016]
          起始年份2016不早于2016
          the first year, 2016, is not before 2016
          > 请核对两个年份；只有一年的写“kind: annual”
          > compare the two years; a single year is `kind: annual`
        Error bad-since policy/indicators.yaml:6:27 [2016]
          只有累计数才有 since
          only totals of several years have `since`
          > 请删去 since，或写“kind: cumulative”
          > delete it, or write `kind: cumulative`
        ");
    }

    #[test]
    fn order_and_company() {
        assert_snapshot!(points(&["year: 2020, since: 2016, value: \"5\", kind: cumulative", "year: 2015, value: \"1\", kind: level"]), @r"
        Error mixed-points policy/indicators.yaml:5:14 [2015]
          累计数不能与水平数（level）并列比较
          a total of several years cannot stand beside a level
          > 一年内发生的数请写“kind: annual”
          > what came about in one year is `kind: annual`
          & policy/indicators.yaml:4:14 累计数在这里 / the total is here
        Error years-not-ascending policy/indicators.yaml:5:14 [2015]
          2015年排在2020年之后
          2015 stands after 2020
          > 请按年份先后排列，每年一个
          > order the points by year, one a year
          & policy/indicators.yaml:4:14 前一个在这里 / the one before is here
        ");
    }
}
