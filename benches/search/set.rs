//! What is indexed and asked: records, questions and the answers that count.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::str::FromStr;

use mingbai::search::{Label, Record};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{base, gd, unlike};

/// Which set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SetId {
    /// So many items, scaled from the base items by district and situation; whether they have their aliases.
    Base { items: usize, aliases: bool },
    /// So many items with names and texts that are unlike each other.
    Unlike(usize),
    /// The list of a province; whether its short and everyday names are indexed.
    Province { indexed: bool },
}

impl fmt::Display for SetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetId::Base { items, aliases: true } => write!(f, "base-{items}"),
            SetId::Base { items, aliases: false } => write!(f, "base-plain-{items}"),
            SetId::Unlike(items) => write!(f, "unlike-{items}"),
            SetId::Province { indexed: true } => f.write_str("gd-indexed"),
            SetId::Province { indexed: false } => f.write_str("gd-hidden"),
        }
    }
}

impl FromStr for SetId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let items = |digits: &str| digits.parse().map_err(|_| format!("no number of items: {text}"));
        match text.rsplit_once('-') {
            Some(("base", digits)) => Ok(SetId::Base { items: items(digits)?, aliases: true }),
            Some(("base-plain", digits)) => Ok(SetId::Base { items: items(digits)?, aliases: false }),
            Some(("unlike", digits)) => items(digits).map(SetId::Unlike),
            Some(("gd", "indexed")) => Ok(SetId::Province { indexed: true }),
            Some(("gd", "hidden")) => Ok(SetId::Province { indexed: false }),
            _ => Err(format!("no set {text}: base-N, base-plain-N, unlike-N, gd-indexed or gd-hidden")),
        }
    }
}

/// A question and its answers.
#[derive(Debug, Serialize)]
pub(crate) struct Question {
    /// Its id, unique in the set.
    pub(crate) id: String,
    /// What is typed.
    pub(crate) query: String,
    /// `exact`, `partial` …
    pub(crate) kind: String,
    /// `dev` or `test`, where the set is split.
    pub(crate) split: Option<String>,
    /// The ids of the items that answer it; none if nothing should be found.
    pub(crate) expected: Vec<String>,
}

/// Everything about one set.
#[derive(Debug)]
pub(crate) struct Set {
    /// What the index is made from.
    pub(crate) records: Vec<Record>,
    /// The running text of each.
    pub(crate) bodies: Vec<Vec<String>>,
    /// What is asked.
    pub(crate) questions: Vec<Question>,
    /// What is asked besides, written from the names of the items and their departments alone.
    pub(crate) blind: Vec<Question>,
    /// Whether another situation or place of an expected item answers the question just as well.
    pub(crate) family_counts: bool,
}

impl Set {
    /// Makes a set; the same id always gives the same one.
    pub(crate) fn new(id: SetId) -> Result<Set, Box<dyn Error>> {
        match id {
            SetId::Base { items, aliases } => base::set(items, aliases),
            SetId::Unlike(items) => unlike::set(items),
            SetId::Province { indexed } => gd::set(indexed),
        }
    }

    /// What the measuring script reads of it.
    pub(crate) fn describe(&self) -> serde_json::Value {
        let families: BTreeMap<&str, &str> =
            self.records.iter().map(|record| (id_of(record), record.family.as_str())).collect();
        serde_json::json!({
            "records": self.records.len(),
            "familyCounts": self.family_counts,
            "families": families,
            "questions": self.questions,
            "blind": self.blind,
        })
    }

    /// The records as the peers get them, one JSON object a line.
    pub(crate) fn write_records(&self, file: &Path) -> std::io::Result<()> {
        let mut file = BufWriter::new(fs::File::create(file)?);
        for (record, body) in self.records.iter().zip(&self.bodies) {
            let line = serde_json::json!({
                "id": id_of(record),
                "name": record.name,
                "aliases": record.aliases,
                "related": record.related,
                "department": record.department.name,
                "topics": record.topics.iter().map(|topic| &topic.name).collect::<Vec<_>>(),
                "summary": record.summary,
                "body": body,
            });
            writeln!(file, "{line}")?;
        }
        file.flush()
    }
}

/// The address of an item.
pub(crate) fn url(id: &str) -> String {
    format!("items/{id}/")
}

/// The id in the address of a record.
pub(crate) fn id_of(record: &Record) -> &str {
    record.url.trim_start_matches("items/").trim_end_matches('/')
}

/// A label of which the id is the name.
pub(crate) fn label(name: &str) -> Label {
    Label { id: name.to_owned(), name: name.to_owned() }
}

/// Reads a file of questions that were written blind.
pub(crate) fn read_blind(name: &str) -> Result<Vec<Question>, Box<dyn Error>> {
    #[derive(Deserialize)]
    struct Asked {
        query: String,
        kind: String,
        expected: Vec<String>,
    }
    let question = |(n, Asked { query, kind, expected })| Question {
        id: format!("blind{:03}", n + 1),
        query,
        kind,
        split: None,
        expected,
    };
    Ok(read(name)?.into_iter().enumerate().map(question).collect())
}

/// Reads a file of `data/`, one JSON object a line.
pub(crate) fn read<T: DeserializeOwned>(name: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let parse = |(n, line)| serde_json::from_str(line).map_err(|error| format!("{name}:{}: {error}", n + 1).into());
    text(name)?.lines().enumerate().map(parse).collect()
}

/// Reads a file of `data/` that is one JSON value.
pub(crate) fn read_whole<T: DeserializeOwned>(name: &str) -> Result<T, Box<dyn Error>> {
    serde_json::from_str(&text(name)?).map_err(|error| format!("{name}: {error}").into())
}

fn text(name: &str) -> Result<String, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/search/data").join(name);
    fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
}
