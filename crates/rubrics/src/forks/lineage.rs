//! The family of a rubric: who forked what, where and when, as far as the reader may see it.

use super::table::fork::{Column, Entity, Model};
use crate::{Error, Rubric, find};
use kit::{Instant, RubricId};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Order, Query, SimpleExpr},
};
use std::collections::{HashMap, HashSet};
use store::Cx;

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
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lineage {
    /// What the actor may see, the oldest first.
    pub relatives: Vec<Relative>,
    /// How many more there are among those that were looked at; the actor may not see them.
    pub hidden: usize,
    /// Whether the family is larger than what was looked at.
    pub more: bool,
}

/// The family of each of these rubrics: of each at most [`LINEAGE_MAX`], in five statements however many they are.
///
/// # Errors
///
/// Those of the database. A rubric that the actor may not see is not in the answer.
pub async fn lineages(cx: &Cx, rubrics: &[RubricId]) -> Result<HashMap<RubricId, Lineage>, Error> {
    let own = find::by_ids(cx, rubrics).await?.into_iter();
    let own: Vec<RubricId> = own.map(|rubric| rubric.id).collect();
    if own.is_empty() {
        return Ok(HashMap::new());
    }
    let itself = by_id(forks(cx, any(cx, own.iter().copied())).await?);
    let lines = own
        .into_iter()
        .map(|id| Ok((id, Line::of(id, itself.get(&id))?)))
        .collect::<Result<HashMap<_, _>, Error>>()?;
    let near: HashSet<RubricId> = lines.values().flat_map(|line| line.near.clone()).collect();
    let near = by_id(forks(cx, any(cx, near)).await?);
    let roots: HashSet<RubricId> = lines.values().map(|line| line.root).collect();
    let newest = forks(cx, newest_of(cx, roots)).await?;
    let families: HashMap<RubricId, Family<'_>> = lines
        .iter()
        .map(|(id, line)| (*id, line.family(&near, &newest)))
        .collect();
    let ids: HashSet<RubricId> = families
        .values()
        .flat_map(|family| family.ids.iter().copied())
        .collect();
    let ids: Vec<RubricId> = ids.into_iter().collect();
    let seen = find::by_ids(cx, &ids).await?.into_iter();
    let seen: HashMap<RubricId, Rubric> = seen.map(|rubric| (rubric.id, rubric)).collect();
    families
        .into_iter()
        .map(|(id, family)| Ok((id, family.seen(&seen)?)))
        .collect()
}

/// The forks for which the condition holds, the newest first.
async fn forks(cx: &Cx, which: SimpleExpr) -> Result<Vec<Model>, Error> {
    Ok(Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(which)
        .order_by(Column::At, Order::Desc)
        .order_by(Column::RubricId, Order::Desc)
        .all(cx.db())
        .await?)
}

fn any(cx: &Cx, ids: impl IntoIterator<Item = RubricId>) -> SimpleExpr {
    store::any(cx, Column::RubricId, ids)
}

/// The newest forks under each root, one more than are shown.
fn newest_of(cx: &Cx, roots: HashSet<RubricId>) -> SimpleExpr {
    let mut forks = Query::select();
    forks
        .column(Column::RubricId.as_column_ref())
        .from(Entity)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(store::any(cx, Column::RootId, roots));
    let order = [(Column::At, Order::Desc), (Column::RubricId, Order::Desc)];
    let limit = u64::try_from(LINEAGE_MAX).unwrap_or(u64::MAX) + 1;
    let newest = store::first_of_each(forks, Column::RootId, &order, limit, ["rubric_id"]);
    Column::RubricId.in_subquery(newest)
}

fn by_id(forks: Vec<Model>) -> HashMap<RubricId, Model> {
    let forks = forks.into_iter();
    forks.map(|row| (row.rubric_id.into(), row)).collect()
}

/// The way from a rubric up to the first of its family.
struct Line {
    root: RubricId,
    /// The nearest above, and itself. They come first, so that the newest of a large family cannot push them out.
    near: Vec<RubricId>,
}

impl Line {
    fn of(id: RubricId, itself: Option<&Model>) -> Result<Self, Error> {
        let above = line(itself)?;
        let nearest = above.into_iter().rev().take(LINEAGE_MAX / 2);
        Ok(Self {
            root: itself.map_or(id, |row| row.root_id.into()),
            near: [id].into_iter().chain(nearest).collect(),
        })
    }

    fn family<'a>(&self, near: &'a HashMap<RubricId, Model>, newest: &'a [Model]) -> Family<'a> {
        let mut rows: HashMap<RubricId, &Model> = HashMap::new();
        let root = self.root.uuid();
        let near = self.near.iter().filter_map(|id| near.get(id));
        let mut more = false;
        for row in near.chain(newest.iter().filter(|row| row.root_id == root)) {
            let is_new = !rows.contains_key(&row.rubric_id.into());
            if is_new && rows.len() == LINEAGE_MAX - 1 {
                more = true;
                break;
            }
            rows.insert(row.rubric_id.into(), row);
        }
        let mut ids: HashSet<RubricId> = rows.keys().copied().collect();
        ids.extend([self.root, self.near[0]]);
        Family { rows, ids, more }
    }
}

/// A family before it is known who may be seen of it.
struct Family<'a> {
    rows: HashMap<RubricId, &'a Model>,
    ids: HashSet<RubricId>,
    more: bool,
}

impl Family<'_> {
    fn seen(self, seen: &HashMap<RubricId, Rubric>) -> Result<Lineage, Error> {
        let known = self.ids.iter().filter_map(|id| seen.get(id));
        let mut relatives = Vec::new();
        for rubric in known {
            let row = self.rows.get(&rubric.id).copied();
            let above = line(row)?.into_iter().rev();
            let is_known = |id: &RubricId| self.ids.contains(id) && seen.contains_key(id);
            relatives.push(Relative {
                rubric: rubric.clone(),
                parent: above.into_iter().find(is_known),
                forked_at: row.map(|row| row.at),
            });
        }
        relatives.sort_by_key(|relative| (relative.forked_at, relative.rubric.id));
        Ok(Lineage {
            hidden: self.ids.len() - relatives.len(),
            relatives,
            more: self.more,
        })
    }
}

/// The rubrics above a fork, from the first to the nearest.
fn line(fork: Option<&Model>) -> Result<Vec<RubricId>, Error> {
    fork.map_or(Ok(Vec::new()), |row| super::origin::parsed(&row.line))
}
