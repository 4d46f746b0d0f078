//! How a content is kept: canonical JSON that begins with its format, and two hashes. What was stored is never rewritten; it is led up to today's type when read.

use crate::{Content, Points, RubricKind};
use kit::{CriterionId, LevelId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The format that this release writes.
const FORMAT: u32 = 1;

/// The most bytes that a stored content may have.
pub const DOCUMENT_BYTES_MAX: usize = 512 * 1024;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    #[serde(flatten)]
    content: &'a Content,
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// The canonical JSON of a content: the same content gives the same bytes.
pub(crate) fn write(content: &Content) -> String {
    serde_json::to_string(&Written {
        format: FORMAT,
        content,
    })
    .expect("a content is plain data")
}

/// Reads a stored content of any format ever released.
pub(crate) fn read(document: &str) -> Result<Content, store::Error> {
    let Format { format } = serde_json::from_str(document)?;
    match format {
        FORMAT => Ok(serde_json::from_str(document)?),
        newer => Err(store::Error::Unreadable(format!(
            "a rubric of format {newer}"
        ))),
    }
}

/// What a document is recognised by: SHA-256 in hexadecimal.
pub(crate) fn hash(document: &str) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(document.as_bytes()) {
        write!(text, "{byte:02x}").expect("a string takes every text");
    }
    text
}

#[derive(Serialize)]
struct Structure {
    kind: RubricKind,
    points: bool,
    criteria: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    id: CriterionId,
    weight: u32,
    levels: Vec<(LevelId, Option<Points>)>,
}

/// What a judgement leans on: kind, criteria and levels in their order, points and weights. As long as it stays the same, only wording changed.
pub(crate) fn structure_hash(content: &Content) -> String {
    let parts = content.criteria.iter().map(|criterion| Part {
        id: criterion.id,
        weight: criterion.weight,
        levels: criterion
            .levels
            .iter()
            .map(|level| (level.id, level.points))
            .collect(),
    });
    let structure = Structure {
        kind: content.head.kind,
        points: content.head.points,
        criteria: parts.collect(),
    };
    hash(&serde_json::to_string(&structure).expect("a structure is plain data"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    /// A content as the first release stored it. It is never changed: it must be readable for ever.
    const FORMAT_1: &str = include_str!("../samples/format-1.json");

    #[test]
    fn a_content_of_format_1_is_read_for_ever() {
        let content = read(FORMAT_1.trim_end()).unwrap();
        assert_eq!(content, sample::everything());
    }

    #[test]
    fn the_present_format_is_the_sample_of_it() {
        assert_eq!(write(&sample::everything()), FORMAT_1.trim_end());
        assert!(FORMAT_1.starts_with(r#"{"format":1,"#));
    }

    #[test]
    fn an_unknown_format_and_broken_text_are_refused() {
        for document in [r#"{"format":2}"#, r#"{"head":{}}"#, "", "[]"] {
            assert!(read(document).is_err(), "{document}");
        }
    }

    #[test]
    fn wording_leaves_the_structure_alone_and_everything_else_does_not() {
        let before = sample::everything();
        let same = structure_hash(&before);

        let mut wording = before.clone();
        wording.criteria[0].title = sample::both("Nya ord");
        wording.criteria[0].levels[0].descriptor = None;
        wording.head.subjects.clear();
        assert_eq!(structure_hash(&wording), same);
        assert_ne!(hash(&write(&wording)), hash(&write(&before)));

        let changes: [fn(&mut Content); 7] = [
            |c| c.criteria.reverse(),
            |c| c.criteria[0].levels.reverse(),
            |c| drop(c.criteria.pop()),
            |c| drop(c.criteria[0].levels.pop()),
            |c| c.criteria[0].levels[0].points = Some(Points { min: 0, max: 50 }),
            |c| c.criteria[0].weight = 7,
            |c| c.head.kind = RubricKind::Checklist,
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut changed = before.clone();
            change(&mut changed);
            assert_ne!(structure_hash(&changed), same, "change {number}");
        }
    }
}
