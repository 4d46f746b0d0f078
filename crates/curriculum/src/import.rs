//! A list is put in the place of another.

use crate::{
    Entry, Error, List, ListKind, check,
    document::{self, Document},
    reference, sql,
};
use kit::Problem;
use std::collections::BTreeMap;
use store::{Cx, Tx};

/// The most bytes that a list may have.
const BYTES_MAX: usize = 4 * 1024 * 1024;

/// A list that was read from a file and can be taken, as far as the file tells.
#[derive(Debug, Clone)]
pub struct Import {
    document: Document,
    text: String,
    hash: String,
}

/// What an import does to a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which list it is.
    pub kind: ListKind,
    /// How many entries it has.
    pub entries: usize,
    /// The keys that are new, in order.
    pub added: Vec<String>,
    /// The keys whose entries say something else than before, in order.
    pub changed: Vec<String>,
    /// The keys that are no longer there, in order. Only criteria can be taken away.
    pub removed: Vec<String>,
    /// Whether the very same file is in use already, so that nothing is stored.
    pub same: bool,
}

impl Import {
    /// Reads a list from a file: JSON in UTF-8, like the lists that ship with Kollegium.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] with the line and column where the reading stopped.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > BYTES_MAX {
            return Err(unreadable(
                "",
                "Filen är större än 4 MiB.",
                "The file is larger than 4 MiB.",
            ));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].split(|b| *b == b'\n').count();
            unreadable(
                &format!("line {line}"),
                "Filen är inte i UTF-8.",
                "The file is not in UTF-8.",
            )
        })?;
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let document = Document::read(&text).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            let said = error.to_string();
            unreadable(
                &place,
                format!("Filen kan inte läsas: {said}"),
                format!("The file cannot be read: {said}"),
            )
        })?;
        let hash = document::hash(&text);
        Ok(Self {
            document,
            text,
            hash,
        })
    }
}

fn unreadable(path: &str, sv: impl Into<String>, en: impl Into<String>) -> Error {
    Error::Invalid(vec![Problem {
        path: path.to_owned(),
        code: "CURRICULUM_UNREADABLE",
        sv: sv.into(),
        en: en.into(),
    }])
}

/// Says what an import would change, and stores nothing.
///
/// # Errors
///
/// [`Error::Invalid`] with everything that is wrong, each with a pointer into the file.
pub async fn preview(cx: &Cx, import: &Import) -> Result<Change, Error> {
    let before = reference(cx).await?;
    let problems = check::problems(&import.document, &before);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let kind = import.document.kind();
    let used = sql::hash_of(cx, kind).await?;
    let used = used.unwrap_or_else(|| document::hash(kind.bundled()));
    let same = used == import.hash;
    Ok(match &import.document {
        Document::Criteria(list) => change(&before.criteria, list, same),
        Document::Goals(list) => change(&before.goals, list, same),
        Document::SchoolForms(list) => change(&before.school_forms, list, same),
        Document::Stages(list) => change(&before.stages, list, same),
        Document::Subjects(list) => change(&before.subjects, list, same),
        Document::Years(list) => change(&before.years, list, same),
    })
}

/// Puts the list in the place of the one in use, for every organiser at once. The same file twice changes nothing.
///
/// # Errors
///
/// As [`preview`].
pub async fn import(tx: &Tx, import: &Import) -> Result<Change, Error> {
    let change = preview(tx, import).await?;
    if !change.same {
        sql::put(tx, change.kind, &import.text, &import.hash).await?;
    }
    Ok(change)
}

fn change<E: Entry>(before: &List<E>, after: &List<E>, same: bool) -> Change {
    let (old, new) = (by_key(before), by_key(after));
    let only = |some: &BTreeMap<String, Vec<&E>>, other: &BTreeMap<String, Vec<&E>>| {
        let keys = some.keys().filter(|key| !other.contains_key(*key));
        keys.cloned().collect::<Vec<_>>()
    };
    let changed = new
        .iter()
        .filter(|(key, entries)| old.get(*key).is_some_and(|before_it| before_it != *entries));
    Change {
        kind: after.kind,
        entries: after.entries.len(),
        added: only(&new, &old),
        changed: changed.map(|(key, _)| key.clone()).collect(),
        removed: only(&old, &new),
        same,
    }
}

fn by_key<E: Entry>(list: &List<E>) -> BTreeMap<String, Vec<&E>> {
    let mut entries: BTreeMap<String, Vec<&E>> = BTreeMap::new();
    for entry in &list.entries {
        entries.entry(entry.key()).or_default().push(entry);
    }
    entries
}

#[cfg(test)]
mod tests;
