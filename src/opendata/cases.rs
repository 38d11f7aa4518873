//! What each case (情形) of an item selects, as data.

use schemars::JsonSchema;
use serde::Serialize;

use crate::opendata::item::Source;
use crate::opendata::parts::{Limit, Url};
use crate::portal::{Case, Item};

/// 情形引导的一个结果：这样回答的人要带什么、走哪些环节、多久办好。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CaseRecord {
    /// 网页的网址。
    url: Url,
    /// 每个问题的答案，按问的先后。
    answers: Vec<GivenAnswer>,
    /// 要交的材料，写材料在本事项里的代号。
    materials: Vec<String>,
    /// 要走的环节，写环节名称。
    steps: Vec<String>,
    /// 要交的费，写收费项目名称。
    fees: Vec<String>,
    /// 承诺办结时限；null 表示待补。
    promised: Option<Limit>,
}

/// 一个问题选了哪个答案。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct GivenAnswer {
    /// 问题的代号。
    question: String,
    /// 答案的代号。
    answer: String,
}

/// The results of an item; none where it asks nothing.
pub(super) fn cases(source: Source<'_>, item: &Item) -> Vec<CaseRecord> {
    let results = item.cases().into_iter().filter(|(_, case)| case.is_result());
    results.map(|(_, case)| record(source, &case)).collect()
}

fn record(source: Source<'_>, case: &Case<'_>) -> CaseRecord {
    let given = |(question, answer): &(&str, &str)| GivenAnswer {
        question: (*question).to_owned(),
        answer: (*answer).to_owned(),
    };
    CaseRecord {
        url: source.url(&case.path()),
        answers: case.way.iter().map(given).collect(),
        materials: case.materials().into_iter().map(|(_, written)| written.id.to_string()).collect(),
        steps: case.steps().into_iter().map(|step| step.name.clone()).collect(),
        fees: case.fees().into_iter().map(|fee| fee.name.clone()).collect(),
        promised: case.promised().map(Into::into),
    }
}
