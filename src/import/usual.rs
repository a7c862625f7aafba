//! The headings that lists of services usually have, by what their columns are about.
//!
//! Lives here: a table of words. The catalogue's own labels and ids come first, so a word here is only a guess about a
//! column that the catalogue calls by another name. Never here: how a heading is found in a row.

use crate::model::Role;

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The printed number.
    Number,
    /// The domain, by its name.
    Domain,
    /// The departments, by their names.
    Departments,
    /// A column of the catalogue: the one with this role, if there is but one.
    Cell(Role),
}

/// The words, as [`super::headings::bare`] makes them: without white space, brackets and punctuation, in lower case. They
/// stand in the basic public service lists of China's provinces and cities since 2012 (序号, 服务项目, 服务对象,
/// 服务指导标准, 支出责任, 牵头负责单位), in the lists of government services (事项名称, 办理流程, 办理地点, 咨询电话) and,
/// in English, where a list was made for foreigners.
const WORDS: [(&str, About); 66] = [
    ("序号", About::Number),
    ("编号", About::Number),
    ("项目序号", About::Number),
    ("项目编号", About::Number),
    ("no", About::Number),
    ("number", About::Number),
    ("领域", About::Domain),
    ("服务领域", About::Domain),
    ("所属领域", About::Domain),
    ("服务类别", About::Domain),
    ("类别", About::Domain),
    ("分类", About::Domain),
    ("服务大类", About::Domain),
    ("大类", About::Domain),
    ("category", About::Domain),
    ("domain", About::Domain),
    ("牵头负责单位", About::Departments),
    ("牵头单位", About::Departments),
    ("牵头部门", About::Departments),
    ("责任单位", About::Departments),
    ("责任部门", About::Departments),
    ("负责单位", About::Departments),
    ("负责部门", About::Departments),
    ("主管部门", About::Departments),
    ("主管单位", About::Departments),
    ("实施部门", About::Departments),
    ("实施单位", About::Departments),
    ("department", About::Departments),
    ("office", About::Departments),
    ("服务项目", About::Cell(Role::Title)),
    ("项目名称", About::Cell(Role::Title)),
    ("服务名称", About::Cell(Role::Title)),
    ("服务事项", About::Cell(Role::Title)),
    ("事项名称", About::Cell(Role::Title)),
    ("项目", About::Cell(Role::Title)),
    ("名称", About::Cell(Role::Title)),
    ("service", About::Cell(Role::Title)),
    ("服务对象", About::Cell(Role::Eligibility)),
    ("保障对象", About::Cell(Role::Eligibility)),
    ("补助对象", About::Cell(Role::Eligibility)),
    ("对象", About::Cell(Role::Eligibility)),
    ("服务内容", About::Cell(Role::Benefit)),
    ("服务标准", About::Cell(Role::Benefit)),
    ("服务指导标准", About::Cell(Role::Benefit)),
    ("指导标准", About::Cell(Role::Benefit)),
    ("保障标准", About::Cell(Role::Benefit)),
    ("补助标准", About::Cell(Role::Benefit)),
    ("支出责任", About::Cell(Role::Funding)),
    ("资金来源", About::Cell(Role::Funding)),
    ("经费来源", About::Cell(Role::Funding)),
    ("办理流程", About::Cell(Role::Procedure)),
    ("办事指南", About::Cell(Role::Procedure)),
    ("申请流程", About::Cell(Role::Procedure)),
    ("办理方式", About::Cell(Role::Procedure)),
    ("联系电话", About::Cell(Role::Contact)),
    ("咨询电话", About::Cell(Role::Contact)),
    ("电话", About::Cell(Role::Contact)),
    ("联系方式", About::Cell(Role::Contact)),
    ("telephone", About::Cell(Role::Contact)),
    ("办理地点", About::Cell(Role::Place)),
    ("服务地点", About::Cell(Role::Place)),
    ("地点", About::Cell(Role::Place)),
    ("地址", About::Cell(Role::Place)),
    ("办理时限", About::Cell(Role::Time)),
    ("办理时间", About::Cell(Role::Time)),
    ("时限", About::Cell(Role::Time)),
];

/// What a heading usually is about.
pub(super) fn about(bare: &str) -> Option<About> {
    WORDS.iter().find(|(word, _)| *word == bare).map(|(_, about)| *about)
}
