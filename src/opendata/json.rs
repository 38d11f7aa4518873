//! JSON that is put together once and written once.
//!
//! An item is told in several vocabularies, hundreds of values each. Keys are known here and texts are those of
//! the portal, so neither is copied, and an object is a plain list of pairs in their order.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json<'a> {
    /// Nothing is known: an object leaves it out.
    Unknown,
    Text(Cow<'a, str>),
    Number(u64),
    List(Vec<Json<'a>>),
    Object(Vec<(&'static str, Json<'a>)>),
}

/// A value of what has one.
pub(super) fn json<'a>(value: impl Into<Json<'a>>) -> Json<'a> {
    value.into()
}

/// An object without what is not known and without empty lists.
pub(super) fn object<'a>(pairs: impl IntoIterator<Item = (&'static str, Json<'a>)>) -> Json<'a> {
    let is_known = |value: &Json<'_>| match value {
        Json::Unknown => false,
        Json::List(list) => !list.is_empty(),
        _ => true,
    };
    Json::Object(pairs.into_iter().filter(|(_, value)| is_known(value)).collect())
}

impl Json<'_> {
    /// The value written out.
    pub(super) fn written(&self) -> String {
        // Texts, numbers and lists: nothing that JSON cannot hold.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Unknown => serializer.serialize_none(),
            Json::Text(text) => serializer.serialize_str(text),
            Json::Number(number) => serializer.serialize_u64(*number),
            Json::List(list) => serializer.collect_seq(list),
            Json::Object(pairs) => {
                let mut map = serializer.serialize_map(Some(pairs.len()))?;
                for (key, value) in pairs {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Json::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Json<'a> {
    fn from(text: &'a String) -> Self {
        Json::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Json::Text(Cow::Owned(text))
    }
}

impl From<u64> for Json<'_> {
    fn from(number: u64) -> Self {
        Json::Number(number)
    }
}

impl<'a, T: Into<Json<'a>>> From<Option<T>> for Json<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Json::Unknown, Into::into)
    }
}

impl<'a, T: Into<Json<'a>>> From<Vec<T>> for Json<'a> {
    fn from(list: Vec<T>) -> Self {
        Json::List(list.into_iter().map(Into::into).collect())
    }
}

impl<'a> From<&'a Vec<String>> for Json<'a> {
    fn from(list: &'a Vec<String>) -> Self {
        Json::List(list.iter().map(Json::from).collect())
    }
}

impl<'a, T: Into<Json<'a>>, const N: usize> From<[T; N]> for Json<'a> {
    fn from(list: [T; N]) -> Self {
        Json::List(list.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_left_out() {
        let empty: Vec<&str> = Vec::new();
        let value = object([
            ("乙", json("\"<")),
            ("甲", json(vec![json(1), object([("丙", json(Some("丁")))])])),
            ("无", json(None::<&str>)),
            ("空", json(empty)),
        ]);
        assert_eq!(value.written(), r#"{"乙":"\"<","甲":[1,{"丙":"丁"}]}"#);
    }
}
