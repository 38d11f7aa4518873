//! How values of the model are read: the text form each is written in.
//!
//! The model knows nothing of serde; this file is the bridge. A schema type
//! may use any [`Value`] or [`Term`] of the model as the type of a field.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use crate::model::terms::{self, Term};
use crate::model::value::{self, Value};

/// The first example of a format, and whether it is written in quotes.
pub(crate) fn first_example(format: &str) -> Option<(&'static str, bool)> {
    const QUOTED: [&str; 7] =
        ["phone", "credit-code", "task-code", "handle-item-code", "base-code", "site-code", "police-number"];
    let form = forms().into_iter().find(|form| form.format == format)?;
    Some((form.examples.first()?, QUOTED.contains(&format)))
}

/// How a kind of value is written, for the handbook.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The name of the format in schemas: `time-limit`.
    pub format: &'static str,
    /// What the value is called: 时限.
    pub title: &'static str,
    /// The allowed forms in Chinese.
    pub allowed: &'static str,
    /// Examples.
    pub examples: &'static [&'static str],
}

macro_rules! values {
    ($($type:ident),+ $(,)?) => { $(
        impl<'de> Deserialize<'de> for value::$type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                <value::$type as Value>::parse(&text).map_err(|error| D::Error::custom(error.problem.zh))
            }
        }

        impl JsonSchema for value::$type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }
            fn inline_schema() -> bool {
                true
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "title": <value::$type as Value>::TITLE,
                    "format": <value::$type as Value>::FORMAT,
                    "description": <value::$type as Value>::ALLOWED.0,
                    "examples": <value::$type as Value>::EXAMPLES,
                    "patternErrorMessage":
                        format!("{}的写法不对。允许：{}", <value::$type as Value>::TITLE, <value::$type as Value>::ALLOWED.0),
                    "pattern": format!("^\\s*(?:{})\\s*$", <value::$type as Value>::PATTERN),
                })
            }
        }
    )+

    /// Every kind of value with its allowed forms, in the order of the handbook.
    pub fn forms() -> Vec<Form> {
        vec![$( Form {
            format: <value::$type as Value>::FORMAT,
            title: <value::$type as Value>::TITLE,
            allowed: <value::$type as Value>::ALLOWED.0,
            examples: <value::$type as Value>::EXAMPLES,
        } ),+]
    }

    /// Checks a text against the value type with this format name.
    ///
    /// `None` means the format is not one of the value types.
    pub(crate) fn check_format(format: &str, text: &str) -> Option<Result<(), value::ValueError>> {
        $( if format == <value::$type as Value>::FORMAT {
            return Some(<value::$type as Value>::parse(text).map(|_| ()));
        } )+
        None
    }
    };
}

values!(
    TimeLimit,
    Money,
    Rate,
    Copies,
    Visits,
    OpeningHours,
    Phone,
    CreditCode,
    TaskCode,
    HandleItemCode,
    BaseCode,
    Clause,
    Period,
    Day,
    SiteCode,
    IcpNumber,
    PoliceNumber,
    WebAddress,
    Slug,
);

macro_rules! term_schemas {
    ($($type:ident),+ $(,)?) => { $(
        impl<'de> Deserialize<'de> for terms::$type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                terms::$type::of(&text)
                    .ok_or_else(|| D::Error::custom(format!("`{text}` 不是{}", terms::$type::TITLE)))
            }
        }

        impl JsonSchema for terms::$type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }
            fn inline_schema() -> bool {
                true
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let names: Vec<&str> = terms::$type::ALL.iter().map(|term| term.name()).collect();
                json_schema!({ "type": "string", "title": terms::$type::TITLE, "enum": names })
            }
        }
    )+ };
}

term_schemas!(
    ItemType,
    HandlingType,
    Level,
    AuthorityKind,
    PowerSource,
    Applicant,
    ItemState,
    ReviewState,
    LawKind,
    LawStatus,
    LawCheck,
    BasisRole,
    MaterialKind,
    Medium,
    Necessity,
    MaterialSource,
    ResultKind,
    Delivery,
    Channel,
    OnlineDepth,
    Coverage,
    CoverageMode,
    FourKind,
    SpecialKind,
    LimitStart,
    FeeNature,
    Pricing,
    NoticeKind,
    StepChannel,
    CalendarState,
    BundleRelation,
    ChangeLevel,
    CheckLevel,
);

/// A yes or no (是否): 是, 否, 支持, 不支持, true or false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flag(pub bool);

/// The texts of a [`Flag`] with their meaning.
pub(crate) const FLAG_WORDS: [(&str, bool); 6] =
    [("是", true), ("否", false), ("支持", true), ("不支持", false), ("有", true), ("无", false)];

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FlagVisitor;
        impl Visitor<'_> for FlagVisitor {
            type Value = Flag;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("是 / 否")
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<Flag, E> {
                Ok(Flag(value))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Flag, E> {
                FLAG_WORDS
                    .iter()
                    .find(|(word, _)| *word == text)
                    .map(|(_, value)| Flag(*value))
                    .ok_or_else(|| E::custom(format!("`{text}` 不是“是”或“否”")))
            }
        }
        deserializer.deserialize_any(FlagVisitor)
    }
}

impl JsonSchema for Flag {
    fn schema_name() -> Cow<'static, str> {
        "Flag".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "title": "是否", "enum": ["是", "否", "支持", "不支持", "有", "无", true, false] })
    }
}

/// A word that stands alone in place of a structure, such as 不收费 or 无.
macro_rules! single_words {
    ($($(#[$meta:meta])* $type:ident = $word:literal),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, JsonSchema)]
        #[schemars(inline)]
        pub enum $type {
            #[doc = $word]
            #[serde(rename = $word)]
            Word,
        }
    )+ };
}

single_words!(
    /// 无: there is none, and saying so is required.
    Nothing = "无",
    /// 不收费.
    Free = "不收费",
    /// 无需材料.
    NoMaterials = "无需材料",
    /// 不适用.
    NotApplicable = "不适用",
    /// 待补: see [`Told`].
    Pending = "待补",
);

/// The word that stands where the office has not told yet what belongs there.
pub const PENDING: &str = "待补";

/// A required element, or the honest statement that the office has not told it yet (待补).
///
/// A list that is 待补 reads as an empty one; where that makes a difference, ask [`Told::told`].
/// Elements that have a word of their own already, such as 无, have a variant for it instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told<T> {
    /// What the office tells.
    Yes(T),
    /// 待补.
    NotYet,
}

impl<T> Told<T> {
    /// What is told, if it is.
    pub fn told(&self) -> Option<&T> {
        match self {
            Told::Yes(value) => Some(value),
            Told::NotYet => None,
        }
    }
}

impl<T: Copy> Told<T> {
    /// A copy of what is told, if it is.
    pub fn get(&self) -> Option<T> {
        self.told().copied()
    }
}

/// An element that may be left out and is.
impl<T> Default for Told<Vec<T>> {
    fn default() -> Self {
        Told::Yes(Vec::new())
    }
}

impl<T> std::ops::Deref for Told<Vec<T>> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        self.told().map_or(&[], Vec::as_slice)
    }
}

impl<'t, T> IntoIterator for &'t Told<Vec<T>> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Told<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Tried in this order: a text is what is told only if it is not the word.
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Either<T> {
            NotYet(Pending),
            Yes(T),
        }
        Ok(match Either::<T>::deserialize(deserializer)? {
            Either::NotYet(Pending::Word) => Told::NotYet,
            Either::Yes(value) => Told::Yes(value),
        })
    }
}

impl<T: JsonSchema> JsonSchema for Told<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Told_{}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let told = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [told, { "const": PENDING }] })
    }
}

/// One value as it is, or a list of several.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum OneOrList<T> {
    /// 只有一个。
    One(T),
    /// 一个或几个。
    List(Vec<T>),
}

impl<T> OneOrList<T> {
    /// The values, whether one or several were written.
    pub fn as_slice(&self) -> &[T] {
        match self {
            OneOrList::One(one) => std::slice::from_ref(one),
            OneOrList::List(list) => list,
        }
    }
}

/// A mapping with free keys that keeps the order it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered<V>(pub Vec<(String, V)>);

impl<V> Default for Ordered<V> {
    fn default() -> Self {
        Ordered(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Ordered<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OrderedVisitor<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for OrderedVisitor<V> {
            type Value = Ordered<V>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a mapping")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(0).min(256));
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(OrderedVisitor(std::marker::PhantomData))
    }
}

impl<V: JsonSchema> JsonSchema for Ordered<V> {
    fn schema_name() -> Cow<'static, str> {
        format!("Ordered_{}", V::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let values = generator.subschema_for::<V>();
        json_schema!({ "type": "object", "additionalProperties": values })
    }
}
