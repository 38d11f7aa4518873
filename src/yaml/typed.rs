//! From a tree to a schema type, without a tree of another kind between.
//!
//! It gives what `serde_yaml` gives for the same tree, as far as it gives
//! anything: where it fails, that one is asked.

use saphyr::Scalar;
use serde::Deserializer;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::yaml::tree::{Data, Node};

impl<'de> IntoDeserializer<'de, Error> for Node<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.data {
            Data::Scalar(Scalar::String(text)) => visitor.visit_string(text.into_owned()),
            Data::Scalar(Scalar::Boolean(flag)) => visitor.visit_bool(flag),
            Data::Scalar(Scalar::Integer(number)) => match u64::try_from(number) {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_i64(number),
            },
            Data::Scalar(Scalar::FloatingPoint(number)) => visitor.visit_f64(number.into_inner()),
            Data::Scalar(Scalar::Null) | Data::Odd => visitor.visit_unit(),
            Data::List(nodes) => {
                let mut entries = SeqDeserializer::new(nodes.into_iter());
                let value = visitor.visit_seq(&mut entries)?;
                entries.end()?;
                Ok(value)
            }
            Data::Map(entries) => {
                let mut entries = MapDeserializer::new(entries.into_iter());
                let value = visitor.visit_map(&mut entries)?;
                entries.end()?;
                Ok(value)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.data {
            Data::Scalar(Scalar::Null) | Data::Odd => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.text() {
            Some(text) => visitor.visit_enum(text.into_deserializer()),
            None => Err(Error::custom("not the name of a variant")),
        }
    }

    /// A key is compared and forgotten, so it needs no copy.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text() {
            Some(text) => visitor.visit_str(text),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;
    use std::path::Path;

    use serde::de::DeserializeOwned;

    use crate::schema;
    use crate::source;
    use crate::yaml::{tree, usual};

    fn check<T: DeserializeOwned + Debug>(path: &str, text: &str) {
        let read = T::deserialize(usual::parse(text).unwrap()).unwrap();
        let expected: T = serde_yaml::from_value(tree::parse(text).unwrap().documents.remove(0).into_value()).unwrap();
        assert_eq!(format!("{read:?}"), format!("{expected:?}"), "{path}");
    }

    #[test]
    fn the_sample_is_read_as_before() {
        let loaded = source::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut checked = 0;
        for file in loaded.tree.files.iter().filter(|file| usual::parse(&file.text).is_some()) {
            let name = file.path.strip_prefix("content/").unwrap_or_default();
            let (folder, name) = name.split_once('/').unwrap_or(("", name));
            let check = match (folder, name) {
                ("departments", name) if name.ends_with("/item.yaml") => check::<schema::Item>,
                ("departments", name) if name.ends_with("/department.yaml") => check::<schema::Department>,
                ("laws", _) => check::<schema::Law>,
                ("places", _) => check::<schema::Place>,
                ("materials", _) => check::<schema::SharedMaterial>,
                ("bundles", name) if name.ends_with("/bundle.yaml") => check::<schema::Bundle>,
                ("", "site.yaml") => check::<schema::SiteFile>,
                ("", "topics.yaml") => check::<schema::TopicsFile>,
                ("", "calendar.yaml") => check::<schema::CalendarFile>,
                ("", "synonyms.yaml") => check::<schema::SynonymsFile>,
                _ => continue,
            };
            check(&file.path, &file.text);
            checked += 1;
        }
        assert!(checked > 200, "{checked}");
    }
}
