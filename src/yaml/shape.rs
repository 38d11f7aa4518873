//! The shape a document must have, as a tree that can be walked beside it.
//!
//! It is made from the JSON Schema of a schema type, so that the checker, the
//! schema for editors and the reader can never say different things.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::schema::values::PENDING;
use crate::source::Step;

/// The shape of one value.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A mapping with these keys.
    Map(Vec<Key>),
    /// A mapping with any keys, whose values have this shape.
    Open(Box<Shape>),
    /// A list whose entries have this shape.
    List(Box<Shape>),
    /// A text; the format names a value type of the model.
    Text {
        /// The format of the text, if it has one.
        format: Option<String>,
    },
    /// A whole number from 0 (or the minimum) to the maximum.
    Number {
        /// The smallest number.
        min: i64,
        /// The largest number.
        max: i64,
    },
    /// Yes or no.
    Flag,
    /// One of these words.
    Choice {
        /// What the choice is called, such as 办件类型.
        title: String,
        /// The words.
        words: Vec<String>,
    },
    /// One of several shapes, told apart by the form of the value.
    Either(Vec<Shape>),
    /// Anything; who reads it says what is wrong with it.
    Any,
    /// A value of this shape, or the word 待补.
    Told(Box<Shape>),
}

/// One key of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The key, as written.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub description: String,
    /// The shape of its value.
    pub shape: Shape,
}

/// The JSON Schema of a schema type, with everything written out in place.
pub fn json_schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// The shape of a schema type.
pub fn shape_of<T: JsonSchema>() -> Shape {
    from_schema(&json_schema::<T>())
}

fn from_schema(schema: &Value) -> Shape {
    if schema == &Value::Bool(true) {
        return Shape::Any;
    }
    for combined in ["anyOf", "oneOf"] {
        if let Some(all) = schema[combined].as_array() {
            return combined_shape(schema, all);
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        return choice(schema, values);
    }
    if let Some(word) = schema["const"].as_str() {
        return Shape::Choice { title: title(schema), words: vec![word.to_owned()] };
    }
    let kind = match &schema["type"] {
        Value::String(kind) => kind.as_str(),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("string"),
        _ => "string",
    };
    match kind {
        "object" => object(schema),
        "array" => Shape::List(Box::new(from_schema(&schema["items"]))),
        "integer" => Shape::Number {
            min: schema["minimum"].as_i64().unwrap_or(i64::MIN),
            max: schema["maximum"].as_i64().unwrap_or(i64::MAX),
        },
        "boolean" => Shape::Flag,
        _ => Shape::Text { format: schema["format"].as_str().map(str::to_owned) },
    }
}

fn title(schema: &Value) -> String {
    schema["title"].as_str().unwrap_or_default().to_owned()
}

fn combined_shape(schema: &Value, all: &[Value]) -> Shape {
    let (pending, all): (Vec<&Value>, Vec<&Value>) = all.iter().partition(|one| is_pending(one));
    if !pending.is_empty() {
        let told = if let [told] = all.as_slice() { from_schema(told) } else { one_of(schema, &all) };
        return Shape::Told(Box::new(told));
    }
    one_of(schema, &all)
}

/// Whether a schema allows the word 待补 and nothing else.
fn is_pending(schema: &Value) -> bool {
    let only = |list: &Value, test: &dyn Fn(&Value) -> bool| {
        list.as_array().is_some_and(|list| matches!(list.as_slice(), [one] if test(one)))
    };
    schema["const"] == PENDING || only(&schema["enum"], &|word| word == PENDING) || only(&schema["oneOf"], &is_pending)
}

fn one_of(schema: &Value, all: &[&Value]) -> Shape {
    let mut shapes: Vec<Shape> =
        all.iter().filter(|one| one["type"].as_str() != Some("null")).map(|one| from_schema(one)).collect();
    let only_words = shapes.iter().all(|shape| matches!(shape, Shape::Choice { .. }));
    if only_words {
        let words = shapes
            .drain(..)
            .flat_map(|shape| match shape {
                Shape::Choice { words, .. } => words,
                _ => Vec::new(),
            })
            .collect();
        return Shape::Choice { title: title(schema), words };
    }
    match shapes.len() {
        1 => shapes.remove(0),
        _ => Shape::Either(shapes),
    }
}

fn choice(schema: &Value, values: &[Value]) -> Shape {
    if values.iter().any(Value::is_boolean) {
        return Shape::Flag;
    }
    let words = values.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    Shape::Choice { title: title(schema), words }
}

fn object(schema: &Value) -> Shape {
    let Some(properties) = schema["properties"].as_object() else {
        return Shape::Open(Box::new(from_schema(&schema["additionalProperties"])));
    };
    let required: Vec<&str> =
        schema["required"].as_array().map(|all| all.iter().filter_map(Value::as_str).collect()).unwrap_or_default();
    let keys = properties
        .iter()
        .map(|(name, value)| Key {
            name: name.clone(),
            required: required.contains(&name.as_str()),
            description: value["description"].as_str().unwrap_or_default().to_owned(),
            shape: from_schema(value),
        })
        .collect();
    Shape::Map(keys)
}

impl Shape {
    /// The shape of what stands at some steps from here; nothing if no such value can stand there.
    pub fn at(&self, steps: &[Step]) -> Option<&Shape> {
        let Some((step, rest)) = steps.split_first() else { return Some(self.without_words(None)) };
        match (self.without_words(Some(step)), step) {
            (Shape::Map(keys), Step::Key(name)) => keys.iter().find(|key| key.name == *name)?.shape.at(rest),
            (Shape::Open(inner), Step::Key(_)) | (Shape::List(inner), Step::Index(_)) => inner.at(rest),
            _ => None,
        }
    }

    /// Of several shapes the one that holds others: that into which the step leads, or the only one.
    fn without_words(&self, step: Option<&Step>) -> &Shape {
        let shapes = match self {
            Shape::Told(told) => return told.without_words(step),
            Shape::Either(shapes) => shapes,
            _ => return self,
        };
        let fits = |shape: &&Shape| match step {
            None => matches!(shape, Shape::Map(_) | Shape::Open(_) | Shape::List(_)),
            Some(Step::Key(_)) => matches!(shape, Shape::Map(_) | Shape::Open(_)),
            Some(Step::Index(_)) => matches!(shape, Shape::List(_)),
        };
        let mut found = shapes.iter().filter(fits);
        match (found.next(), found.next()) {
            (Some(shape), None) => shape,
            _ => self,
        }
    }

    /// What is expected, in a phrase for an editor: Chinese, English.
    pub fn expected(&self) -> (String, String) {
        match self {
            Shape::Any => ("内容".into(), "something".into()),
            Shape::Map(_) | Shape::Open(_) => ("一组“键: 值”".into(), "a mapping of key: value".into()),
            Shape::List(_) => ("列表（每行以“- ”开头）".into(), "a list whose lines begin with “- ”".into()),
            Shape::Text { .. } => ("文字".into(), "a text".into()),
            Shape::Number { .. } => ("整数".into(), "a whole number".into()),
            Shape::Flag => ("是 或 否".into(), "是 or 否 (yes or no)".into()),
            Shape::Choice { words, .. } => (format!("“{}”", words.join("”“")), words.join(", ")),
            // What is wanted is the value; that it may be missing for a while is no advice.
            Shape::Told(told) => told.expected(),
            Shape::Either(shapes) => {
                let (zh, en): (Vec<_>, Vec<_>) = shapes.iter().map(Shape::expected).unzip();
                (zh.join("，或者"), en.join(", or "))
            }
        }
    }
}
