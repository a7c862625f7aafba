//! Values and places: what is written into a file of YAML, and where.
//!
//! Lives here: steps to a node, values, and the two ways to write one: as part of a new file, and as a piece that takes the
//! place of another. Never here: files.

use serde_yaml::{Mapping, Value as Yaml};

/// A step from a node of YAML to one within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// To the value of a key.
    Key(String),
    /// To the element of a list that has this text under this key.
    Element(&'static str, String),
}

impl Step {
    pub(crate) fn key(key: impl Into<String>) -> Self {
        Self::Key(key.into())
    }
}

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Number(u32),
    /// `true`.
    True,
    /// A list, on one line where it is put into a file.
    List(Vec<Value>),
    /// A mapping, on one line likewise.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// For a new file.
    pub(crate) fn yaml(&self) -> Yaml {
        match self {
            Self::Text(text) => Yaml::String(text.clone()),
            Self::Number(number) => Yaml::Number((*number).into()),
            Self::True => Yaml::Bool(true),
            Self::List(values) => Yaml::Sequence(values.iter().map(Self::yaml).collect()),
            Self::Map(entries) => {
                let entry = |(key, value): &(String, Self)| (Yaml::String(key.clone()), value.yaml());
                Yaml::Mapping(entries.iter().map(entry).collect::<Mapping>())
            }
        }
    }

    /// As YAML on one line, but for a text of several.
    pub(crate) fn piece(&self) -> String {
        match self {
            Self::Text(text) => serde_yaml::to_string(text).unwrap_or_default().trim_end_matches('\n').to_owned(),
            // Amounts and points are lists of mappings: one a line, as people write them.
            Self::List(values) if values.iter().any(|value| matches!(value, Self::Map(_))) => {
                values.iter().map(|value| format!("\n  - {}", value.flow())).collect()
            }
            other => other.flow(),
        }
    }

    fn flow(&self) -> String {
        match self {
            Self::Text(text) => word(text),
            Self::Number(number) => number.to_string(),
            Self::True => "true".to_owned(),
            Self::List(values) => format!("[{}]", values.iter().map(Self::flow).collect::<Vec<_>>().join(", ")),
            Self::Map(entries) => {
                let entry = |(key, value): &(String, Self)| format!("{}: {}", word(key), value.flow());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// A text within brackets: quoted unless it is letters and digits that YAML takes for nothing else.
fn word(text: &str) -> String {
    let plain =
        text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) && text.chars().any(char::is_alphabetic);
    let taken =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    // `1e3` and `0x1f` would be numbers.
    let number =
        text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'x');
    match plain && !taken && !number && !text.starts_with('-') {
        true => text.to_owned(),
        false => serde_json::to_string(text).unwrap_or_default(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_yaml_that_says_the_same() {
        let texts = [
            "1",
            "true",
            "a: b",
            "- x",
            "小学生",
            "1e3",
            "0x1f",
            "a\nb",
            "‘q’",
            "\"",
            "#c",
            "12333-hotline",
            "@",
            "null",
        ];
        for text in texts {
            let one = Value::Text(text.to_owned());
            let list = Value::List(vec![one.clone(), Value::Number(3)]);
            for value in [one, Value::Map(vec![("k".to_owned(), list.clone())]), list] {
                let read: Yaml =
                    serde_yaml::from_str(&format!("v: {}\n", value.piece().replace('\n', "\n  "))).unwrap();
                assert_eq!(read["v"], value.yaml(), "{}", value.piece());
            }
        }
    }
}
