//! The small structures that records of open data are made of.
//!
//! The doc comments of what is published are in Chinese: they become the descriptions of the JSON Schema and
//! the tables of the page that documents the data.

use std::borrow::Cow;

use jiff::civil::{Date, Weekday};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::model::terms::Term;
use crate::model::value::{LimitUnit, Money, OpeningHours, Period, Phone, Rate, TimeLimit};
use crate::portal::Portal;
use crate::schema::values::Ordered;
use crate::wording::encoded;

/// A member of a closed vocabulary, published under its official Chinese name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<T>(pub(super) T);

impl<T: Term> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<T: Term> JsonSchema for Word<T> {
    fn schema_name() -> Cow<'static, str> {
        T::TITLE.into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = T::ALL.iter().map(|term| term.name()).collect();
        json_schema!({ "type": "string", "enum": names })
    }
}

/// All of a list under their names.
pub(super) fn words<T: Term>(list: &[T]) -> Vec<Word<T>> {
    list.iter().map(|term| Word(*term)).collect()
}

/// A day as 2026-07-01.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayText(pub(super) Date);

impl Serialize for DayText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for DayText {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// A full web address.
#[derive(Debug, Clone)]
pub(super) struct Url(pub(super) String);

impl Url {
    /// Of a site path.
    pub(super) fn of(portal: &Portal, path: &str) -> Self {
        Url(portal.absolute_url(&encoded(path)))
    }
}

impl Serialize for Url {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl JsonSchema for Url {
    fn schema_name() -> Cow<'static, str> {
        "Url".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "iri" })
    }
}

/// 数据按什么许可开放。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct License {
    /// 许可的名称。
    pub(super) name: String,
    /// 许可全文的网址。
    pub(super) url: Option<Url>,
    /// 引用时怎么署名。
    pub(super) attribution: Option<String>,
}

impl License {
    /// What `site.yaml` says.
    pub(super) fn of(portal: &Portal) -> Option<Self> {
        let facts = portal.site.licence.as_ref()?;
        Some(License {
            name: facts.name.clone(),
            url: facts.url.as_ref().map(|url| Url(url.to_string())),
            attribution: facts.attribution.clone(),
        })
    }
}

/// 每个文件开头的栏目。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FileHead {
    /// 本数据的格式说明（JSON Schema）的网址。
    #[serde(rename = "$schema")]
    pub(super) schema: Url,
    /// 文字的语言。
    pub(super) language: String,
    /// 许可；门户没有写的为 null。
    pub(super) license: Option<License>,
    /// 是示例数据，不能当作办事依据。
    pub(super) sample: bool,
}

/// 另一条数据的名称和网址。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Reference {
    /// 代号，也是网址的一段。
    pub(super) id: String,
    /// 名称。
    pub(super) name: String,
    /// 网页的网址。
    pub(super) url: Url,
}

/// 时限。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Limit {
    /// 数字；当场办结和无期限时为 null。
    pub(super) value: Option<u32>,
    /// 单位：immediate 当场、minute 分钟、hour 小时、working_day 工作日（不含节假日）、natural_day 自然日、month 月、year 年、unlimited 无期限。工作日不能当自然日用。
    pub(super) unit: Unit,
    /// 原文，如“20个工作日”。
    pub(super) text: String,
}

/// The units of limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub(super) enum Unit {
    Immediate,
    Minute,
    Hour,
    WorkingDay,
    NaturalDay,
    Month,
    Year,
    Unlimited,
}

impl Unit {
    /// What the unit is called in the data.
    pub(super) fn id(self) -> &'static str {
        match self {
            Unit::Immediate => "immediate",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::WorkingDay => "working_day",
            Unit::NaturalDay => "natural_day",
            Unit::Month => "month",
            Unit::Year => "year",
            Unit::Unlimited => "unlimited",
        }
    }
}

impl From<TimeLimit> for Limit {
    fn from(limit: TimeLimit) -> Self {
        let unit = match limit {
            TimeLimit::OnTheSpot => Unit::Immediate,
            TimeLimit::Unlimited => Unit::Unlimited,
            TimeLimit::Within { unit, .. } => match unit {
                LimitUnit::Minute => Unit::Minute,
                LimitUnit::Hour => Unit::Hour,
                LimitUnit::WorkingDay => Unit::WorkingDay,
                LimitUnit::NaturalDay => Unit::NaturalDay,
                LimitUnit::Month => Unit::Month,
                LimitUnit::Year => Unit::Year,
            },
        };
        Limit { value: limit.number(), unit, text: limit.to_string() }
    }
}

/// 一个金额，人民币。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Amount {
    /// 多少分（1 元 = 100 分），整数。
    pub(super) fen: u64,
    /// 多少元，两位小数的文字，如“20.00”。
    pub(super) yuan: String,
    /// 原文，如“20元”“1.5万元”。
    pub(super) text: String,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        let fen = money.fen();
        Amount { fen, yuan: yuan(fen), text: money.to_string() }
    }
}

/// An amount of fen in yuan, with two decimals.
pub(super) fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// 费率。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct RateRecord {
    /// 百万分之几，整数：3% 是 30000。
    pub(super) millionths: u32,
    /// 原文，如“3%”“0.5‰”。
    pub(super) text: String,
}

impl From<Rate> for RateRecord {
    fn from(rate: Rate) -> Self {
        RateRecord { millionths: rate.millionths(), text: rate.to_string() }
    }
}

/// 期间，如有效期。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct PeriodRecord {
    /// 数字；长期时为 null。
    pub(super) value: Option<u16>,
    /// 单位：day 日、month 月、year 年、forever 长期。
    pub(super) unit: PeriodUnit,
    /// 原文，如“5年”。
    pub(super) text: String,
}

/// The units of periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub(super) enum PeriodUnit {
    Day,
    Month,
    Year,
    Forever,
}

impl From<Period> for PeriodRecord {
    fn from(period: Period) -> Self {
        let (value, unit) = match period {
            Period::Days(number) => (Some(number), PeriodUnit::Day),
            Period::Months(number) => (Some(number), PeriodUnit::Month),
            Period::Years(number) => (Some(number), PeriodUnit::Year),
            Period::Forever => (None, PeriodUnit::Forever),
        };
        PeriodRecord { value, unit, text: period.to_string() }
    }
}

/// 电话。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct PhoneRecord {
    /// 号码，如“0600-8800000”。
    pub(super) text: String,
    /// 拨号用的网址，tel: 开头。
    pub(super) tel: String,
}

impl From<&Phone> for PhoneRecord {
    fn from(phone: &Phone) -> Self {
        PhoneRecord { text: phone.to_string(), tel: phone.href() }
    }
}

/// 一段开放时间。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Hours {
    /// 星期几：1 是周一，7 是周日。
    pub(super) weekdays: Vec<i8>,
    /// 从几点到几点。
    pub(super) ranges: Vec<ClockRange>,
    /// 只在一年的这一段有效；null 表示全年。
    pub(super) season: Option<SeasonRecord>,
    /// 说明。
    pub(super) note: Option<String>,
    /// 原文，如“周一至周五 9:00-12:00, 13:30-17:30”。
    pub(super) text: String,
}

/// 从几点到几点。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ClockRange {
    /// 开门时间，如“09:00”。
    pub(super) opens: String,
    /// 关门时间，如“17:30”；到半夜是“24:00”。
    pub(super) closes: String,
}

/// 一年里的一段。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct SeasonRecord {
    /// 名称，如“夏季”。
    pub(super) name: String,
    /// 从哪天起，月-日，如“05-01”。
    pub(super) from: String,
    /// 到哪天止（含当天），月-日。
    pub(super) to: String,
}

/// The number of a weekday (1 Monday, 7 Sunday).
fn weekday_number(day: Weekday) -> i8 {
    day.to_monday_one_offset()
}

/// A minute of the day on the clock.
pub(super) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

impl From<&OpeningHours> for Hours {
    fn from(hours: &OpeningHours) -> Self {
        Hours {
            weekdays: hours.days.iter().map(weekday_number).collect(),
            ranges: hours
                .ranges
                .iter()
                .map(|&(from, to)| ClockRange { opens: clock(from), closes: clock(to) })
                .collect(),
            season: hours.season.as_ref().map(|season| SeasonRecord {
                name: season.name.clone(),
                from: format!("{:02}-{:02}", season.first.0, season.first.1),
                to: format!("{:02}-{:02}", season.last.0, season.last.1),
            }),
            note: hours.note.clone(),
            text: hours.to_string(),
        }
    }
}

/// 适用的条件：这一题答了这些答案之一。几个条件要同时满足。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Condition {
    /// 问题的代号。
    pub(super) question: String,
    /// 满足条件的答案的代号，任一个都行。
    pub(super) answers: Vec<String>,
}

/// The conditions of a material, step or fee.
pub(super) fn conditions(when: &Ordered<Vec<String>>) -> Vec<Condition> {
    let conditions = when.0.iter();
    conditions.map(|(question, answers)| Condition { question: question.clone(), answers: answers.clone() }).collect()
}

/// 引用的一条法律法规。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct CitationRecord {
    /// 法律法规。
    pub(super) law: Reference,
    /// 条款号，如“第三十五条第一款”。
    pub(super) clause: String,
}

/// 一个可以下载的文件。
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct FileRecord {
    /// 文件名。
    pub(super) name: String,
    /// 下载网址。
    pub(super) url: Url,
    /// 大小，字节。
    pub(super) bytes: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::Value;

    #[test]
    fn limits_say_which_days_are_meant() {
        let limit = |text: &str| serde_json::to_string(&Limit::from(TimeLimit::parse(text).unwrap())).unwrap();
        assert_eq!(limit("20个工作日"), r#"{"value":20,"unit":"working_day","text":"20个工作日"}"#);
        assert_eq!(limit("15个自然日"), r#"{"value":15,"unit":"natural_day","text":"15个自然日"}"#);
        assert_eq!(limit("当场"), r#"{"value":null,"unit":"immediate","text":"当场"}"#);
        assert_eq!(limit("无期限"), r#"{"value":null,"unit":"unlimited","text":"无期限"}"#);
    }

    #[test]
    fn units_are_called_the_same_everywhere() {
        for text in ["当场", "1分钟", "1小时", "1个工作日", "1个自然日", "1个月", "1年", "无期限"] {
            let unit = Limit::from(TimeLimit::parse(text).unwrap()).unit;
            assert_eq!(serde_json::to_value(unit).unwrap(), unit.id(), "{text}");
        }
    }

    #[test]
    fn amounts_are_exact() {
        let amount = |text: &str| serde_json::to_string(&Amount::from(Money::parse(text).unwrap())).unwrap();
        assert_eq!(amount("0.5元"), r#"{"fen":50,"yuan":"0.50","text":"0.5元"}"#);
        assert_eq!(amount("1.5万元"), r#"{"fen":1500000,"yuan":"15000.00","text":"1.5万元"}"#);
    }

    #[test]
    fn hours_of_a_season() {
        let hours = OpeningHours::parse("夏季（5月1日至9月30日）周一至周五 8:30-12:00, 15:00-18:00").unwrap();
        let record = serde_json::to_value(Hours::from(&hours)).unwrap();
        assert_eq!(record["weekdays"], serde_json::json!([1, 2, 3, 4, 5]));
        assert_eq!(record["ranges"][0], serde_json::json!({ "opens": "08:30", "closes": "12:00" }));
        assert_eq!(record["season"], serde_json::json!({ "name": "夏季", "from": "05-01", "to": "09-30" }));
    }
}
