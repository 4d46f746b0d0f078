//! What a rubric has out of the open catalogue: noted once, for ever, and inherited by its forks.

use super::{
    OpenCredit, OpenRubric, shown, sql,
    table::{item, origin},
};
use crate::{Error, forks::parsed};
use kit::{Instant, OpenRubricId, OpenVersionId, RubricId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{HashMap, HashSet};
use store::{Cx, Tx};

/// How many works a credit line names, the nearest first.
pub(crate) const BUILDS_ON_MAX: usize = 20;

/// That a rubric builds on the open catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOrigin {
    /// The rubric.
    pub rubric: RubricId,
    /// The item that was copied.
    pub open: OpenRubricId,
    /// What the copied version's words are recognised by.
    pub content_hash: String,
    /// Whether it was copied itself, and not from a colleague's copy.
    pub direct: bool,
    /// When it was copied.
    pub at: Instant,
    /// Whose work it builds on, the nearest first. It stays when the item is taken back.
    pub credits: Vec<OpenCredit>,
    /// Whether the catalogue shows another version of the item by now.
    pub has_newer: bool,
}

/// What these rubrics have out of the open catalogue, as far as the actor may see them: at most four statements.
///
/// # Errors
///
/// Those of the database.
pub async fn open_origins(
    cx: &Cx,
    rubrics: &[RubricId],
) -> Result<HashMap<RubricId, OpenOrigin>, Error> {
    if rubrics.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = origin::Entity::find()
        .filter(origin::Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(store::any(
            cx,
            origin::Column::RubricId,
            rubrics.iter().copied(),
        ))
        .filter(records::visible(
            cx,
            RubricId::PREFIX,
            origin::Entity,
            origin::Column::RubricId,
        ))
        .all(cx.db())
        .await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let shown: HashMap<_, _> = item::Entity::find()
        .filter(store::any(
            cx,
            item::Column::Id,
            rows.iter().map(|row| row.open_id),
        ))
        .filter(shown::shown(cx))
        .all(cx.db())
        .await?
        .into_iter()
        .map(|item| (item.id, item.version_id))
        .collect();
    let credited = chains(cx, &rows).await?;
    rows.into_iter()
        .map(|row| {
            let newest = shown.get(&row.open_id);
            let read = OpenOrigin {
                rubric: row.rubric_id.into(),
                open: row.open_id.into(),
                direct: row.direct,
                at: row.at,
                credits: chain(row.version_id.into(), &credited)?,
                has_newer: newest.is_some_and(|newest| *newest != row.version_id),
                content_hash: row.content_hash,
            };
            Ok((read.rubric, read))
        })
        .collect()
}

/// How the versions that these build on are credited, nearer and farther ones.
async fn chains(
    cx: &Cx,
    rows: &[origin::Model],
) -> Result<HashMap<OpenVersionId, sql::Credited>, Error> {
    let nearest = rows.iter().map(|row| row.version_id.into());
    let mut credited = sql::credits(cx, nearest.collect::<HashSet<_>>()).await?;
    let mut farther = HashSet::new();
    for version in credited.values() {
        farther.extend(parsed::<Vec<OpenVersionId>>(&version.builds_on)?);
    }
    farther.retain(|id| !credited.contains_key(id));
    credited.extend(sql::credits(cx, farther).await?);
    Ok(credited)
}

fn chain(
    nearest: OpenVersionId,
    credited: &HashMap<OpenVersionId, sql::Credited>,
) -> Result<Vec<OpenCredit>, Error> {
    let Some(first) = credited.get(&nearest) else {
        return Ok(Vec::new());
    };
    let farther: Vec<OpenVersionId> = parsed(&first.builds_on)?;
    let farther = farther.iter().filter_map(|id| credited.get(id));
    std::iter::once(first)
        .chain(farther)
        .map(|credited| credited.clone().read())
        .collect()
}

async fn of(cx: &Cx, rubric: RubricId) -> Result<Option<origin::Model>, Error> {
    let key = (cx.organiser().uuid(), rubric.uuid());
    Ok(origin::Entity::find_by_id(key).one(cx.db()).await?)
}

/// Whose work a rubric builds on, the nearest first; nobody's when it has nothing out of the catalogue.
pub(crate) async fn credited(tx: &Tx, rubric: RubricId) -> Result<Vec<OpenCredit>, Error> {
    let Some(row) = of(tx, rubric).await? else {
        return Ok(Vec::new());
    };
    let nearest = row.version_id.into();
    chain(nearest, &chains(tx, &[row]).await?)
}

/// Notes for ever which open version a new rubric is a copy of.
pub(crate) async fn insert(tx: &Tx, rubric: RubricId, open: &OpenRubric) -> Result<(), Error> {
    let row = origin::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        rubric_id: Set(rubric.uuid()),
        open_id: Set(open.id.uuid()),
        version_id: Set(open.version.uuid()),
        content_hash: Set(open.content_hash.clone()),
        direct: Set(true),
        at: Set(tx.now),
    };
    origin::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// A fork of a copy builds on the same work.
pub(crate) async fn inherit(tx: &Tx, from: RubricId, fork: RubricId) -> Result<(), Error> {
    let Some(row) = of(tx, from).await? else {
        return Ok(());
    };
    let row = origin::Model {
        rubric_id: fork.uuid(),
        direct: false,
        ..row
    };
    let row: origin::ActiveModel = row.into();
    origin::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// A copy that was never published and is gone for good.
pub(crate) async fn forget(tx: &Tx, rubric: RubricId) -> Result<(), Error> {
    origin::Entity::delete_many()
        .filter(origin::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(origin::Column::RubricId.eq(rubric.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}
