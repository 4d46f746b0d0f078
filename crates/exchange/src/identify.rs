//! Ids for what comes from a file: the same file, brought in by the same person at the same unit, makes the same rubrics.

use kit::{CriterionId, LevelId, PersonId, RubricId, UnitId};
use rubrics::Content;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use uuid::{Builder, Uuid};

/// Who brings a file in, and where: two colleagues who bring in the same file get a rubric each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By {
    pub(crate) person: PersonId,
    pub(crate) unit: UnitId,
}

/// The id of a rubric: from the id that the file gives it or, where it gives none, from everything that it says.
pub(crate) fn rubric(by: By, given: Option<Uuid>, content: &Content) -> RubricId {
    let seed = match given {
        Some(id) => id.to_string(),
        None => serde_json::to_string(content).expect("a content is plain data"),
    };
    let (person, unit) = (by.person.to_string(), by.unit.to_string());
    RubricId(id(&[&person, &unit, &seed]))
}

/// Gives an id to every part of a content that has none, or one that stands twice in the rubric: it follows from the rubric's and the part's place.
pub fn identify(rubric: RubricId, content: &mut Content) {
    let seed = rubric.to_string();
    let mut used = HashSet::from([Uuid::nil()]);
    let mut own = |id_of_part: &mut Uuid, place: &[usize]| {
        if !used.insert(*id_of_part) {
            let place: Vec<String> = place.iter().map(ToString::to_string).collect();
            *id_of_part = id(&[&seed, &place.join(".")]);
            used.insert(*id_of_part);
        }
    };
    for (c, criterion) in content.criteria.iter_mut().enumerate() {
        let CriterionId(id) = &mut criterion.id;
        own(id, &[c]);
        for (l, level) in criterion.levels.iter_mut().enumerate() {
            let LevelId(id) = &mut level.id;
            own(id, &[c, l]);
        }
    }
}

/// The id of a file of these things: the same for the same things.
pub(crate) fn of(things: &[String]) -> Uuid {
    let things: Vec<&str> = things.iter().map(String::as_str).collect();
    id(&things)
}

fn id(parts: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let (first, _) = digest
        .split_first_chunk::<16>()
        .expect("a digest has 32 bytes");
    Builder::from_random_bytes(*first).into_uuid()
}
