//! The family of a rubric: who forked what, where and when, as far as the reader may see it.

use super::table::fork::{Column, Entity};
use crate::{Error, Rubric, find};
use kit::{Instant, RubricId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};
use store::Cx;
use uuid::Uuid;

/// The most rubrics of a family that are shown: its own line, and of the rest the newest.
pub const LINEAGE_MAX: usize = 100;

/// A rubric of a family.
#[derive(Debug, Clone, PartialEq)]
pub struct Relative {
    /// The rubric: its authors, unit and life are its own.
    pub rubric: Rubric,
    /// The nearest rubric above that the actor may see as well.
    pub parent: Option<RubricId>,
    /// When it was forked; `None` for the first of the family.
    pub forked_at: Option<Instant>,
}

/// A family of rubrics. It has no circles: a fork is a new rubric, and where it comes from never changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Lineage {
    /// What the actor may see, the oldest first.
    pub relatives: Vec<Relative>,
    /// How many more there are among those that were looked at; the actor may not see them.
    pub hidden: usize,
    /// Whether the family is larger than what was looked at.
    pub more: bool,
}

/// The family of a rubric: at most [`LINEAGE_MAX`], in four statements.
///
/// # Errors
///
/// [`Error::NotFound`] if the actor may not see the rubric.
pub async fn lineage(cx: &Cx, rubric: RubricId) -> Result<Lineage, Error> {
    let own = find::find(cx, rubric).await?;
    let at_home = || Entity::find().filter(Column::OrganiserId.eq(cx.organiser().uuid()));
    let itself = at_home()
        .filter(Column::RubricId.eq(rubric.uuid()))
        .one(cx.db())
        .await?;
    let line: Vec<RubricId> = itself
        .as_ref()
        .map_or(Ok(Vec::new()), |row| super::origin::parsed(&row.line))?;
    let root = itself.as_ref().map_or(rubric.uuid(), |row| row.root_id);
    let mut rows: HashMap<Uuid, _> = HashMap::new();
    let limit = u64::try_from(LINEAGE_MAX).unwrap_or(u64::MAX) + 1;
    // The own line first, so that the newest of a large family cannot push it out.
    let near = line.iter().rev().take(LINEAGE_MAX / 2).chain([&rubric]);
    let near: HashSet<Uuid> = near.map(|id| id.uuid()).collect();
    let is_near = store::any(cx, Column::RubricId, near.iter().copied());
    let family = at_home()
        .filter(
            Condition::any()
                .add(Column::RootId.eq(root))
                .add(is_near.clone()),
        )
        .order_by_desc(is_near)
        .order_by(Column::At, Order::Desc)
        .order_by(Column::RubricId, Order::Desc)
        .limit(limit)
        .all(cx.db())
        .await?;
    let more = family.len() > LINEAGE_MAX - 1;
    for row in family.into_iter().take(LINEAGE_MAX - 1) {
        rows.insert(row.rubric_id, row);
    }
    let mut ids: HashSet<RubricId> = rows.keys().copied().map(RubricId::from).collect();
    ids.extend([RubricId::from(root), rubric]);
    let ids: Vec<_> = ids.into_iter().collect();
    let mut seen: HashMap<RubricId, Rubric> = find::by_ids(cx, &ids)
        .await?
        .into_iter()
        .map(|rubric| (rubric.id, rubric))
        .collect();
    seen.insert(own.id, own);
    let hidden = ids.len() - seen.len();
    let known: HashSet<RubricId> = seen.keys().copied().collect();
    let mut relatives = Vec::with_capacity(seen.len());
    for (id, rubric) in seen {
        let row = rows.get(&id.uuid());
        let line: Vec<RubricId> =
            row.map_or(Ok(Vec::new()), |row| super::origin::parsed(&row.line))?;
        relatives.push(Relative {
            rubric,
            parent: line.into_iter().rev().find(|above| known.contains(above)),
            forked_at: row.map(|row| row.at),
        });
    }
    relatives.sort_by_key(|relative| (relative.forked_at, relative.rubric.id));
    Ok(Lineage {
        relatives,
        hidden,
        more,
    })
}
