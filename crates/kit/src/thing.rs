//! A fact that may point anywhere: what a notice is about, what an event happened to.

use crate::id::PREFIXES;
use std::{fmt, str::FromStr};
use type_safe_id::{DynamicType, TypeSafeId};
use uuid::Uuid;

/// A thing of any kind: its prefix and its id. Shown only through the read of the room that owns it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thing {
    /// The kind, one of [`PREFIXES`].
    pub prefix: &'static str,
    /// The bare id.
    pub id: Uuid,
}

impl Thing {
    /// The thing with this prefix and id, or `None` if no kind has that prefix.
    #[must_use]
    pub fn of(prefix: &str, id: Uuid) -> Option<Self> {
        PREFIXES
            .iter()
            .find(|known| **known == prefix)
            .map(|prefix| Self { prefix, id })
    }
}

/// Text that is no id of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this kind")]
pub struct BadId;

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, self.prefix, self.id)
    }
}

impl fmt::Debug for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, self.prefix, self.id)
    }
}

impl FromStr for Thing {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let (prefix, _) = text.rsplit_once('_').ok_or(BadId)?;
        let id = read(prefix, text)?;
        Self::of(prefix, id).ok_or(BadId)
    }
}

pub(crate) fn write(f: &mut fmt::Formatter<'_>, prefix: &str, id: Uuid) -> fmt::Result {
    let kind = DynamicType::new(prefix).expect("prefixes are lower-case letters");
    fmt::Display::fmt(&TypeSafeId::from_type_and_uuid(kind, id), f)
}

pub(crate) fn read(prefix: &str, text: &str) -> Result<Uuid, BadId> {
    if let Ok(id) = text.parse::<Uuid>() {
        return Ok(id);
    }
    let id: TypeSafeId<DynamicType> = text.parse().map_err(|_| BadId)?;
    if id.type_prefix() == prefix {
        Ok(id.uuid())
    } else {
        Err(BadId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::RubricId;

    #[test]
    fn a_thing_is_read_back_and_an_unknown_kind_is_not() {
        let thing = Thing::from(RubricId(Uuid::from_u128(7)));
        assert_eq!(thing.to_string().parse(), Ok(thing));
        assert_eq!(
            "ghost_01h2xcejqtf2nbrexx3vqjhp41".parse::<Thing>(),
            Err(BadId)
        );
        assert_eq!("rubric".parse::<Thing>(), Err(BadId));
    }
}
