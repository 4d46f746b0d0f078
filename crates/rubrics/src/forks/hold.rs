//! What holds a version: a fork, and whatever else is made with one. What is held is kept for ever, and its holder reads it for ever.

use super::{
    counts::{Counts, count},
    table::held::{ActiveModel, Column, Entity, Model},
};
use crate::{Error, Version, sql::version};
use kit::{
    Instant, PersonId, RubricExemplarId, RubricId, RubricLinkId, RubricUseId, RubricVersionId,
    Thing,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use std::{collections::HashMap, hash::Hash};
use store::{Cx, Tx};

/// A use of a version: something that was made with it and keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// Its id.
    pub id: RubricUseId,
    /// Of which rubric a version is held.
    pub rubric: RubricId,
    /// The version that is held.
    pub version: RubricVersionId,
    /// What holds it.
    pub holder: Thing,
    /// Who made the holder; they read the version as long as it is held.
    pub by: PersonId,
    /// Since when.
    pub at: Instant,
}

impl TryFrom<Model> for Use {
    type Error = store::Error;

    fn try_from(row: Model) -> Result<Self, store::Error> {
        let holder = Thing::of(&row.holder_kind, row.holder_id)
            .ok_or_else(|| store::Error::Unreadable("what holds a version".to_owned()))?;
        Ok(Self {
            id: row.id.into(),
            rubric: row.rubric_id.into(),
            version: row.version_id.into(),
            holder,
            by: row.by_id.into(),
            at: row.at,
        })
    }
}

/// Notes that `holder`, made by `by`, holds a published version from now on. A thing holds one version.
///
/// # Errors
///
/// [`Error::NotPublished`] for a draft; `ID_TAKEN` when the thing holds a version already; otherwise those of the database.
pub async fn hold(
    tx: &Tx,
    version: &Version,
    holder: impl Into<Thing>,
    by: PersonId,
) -> Result<Use, Error> {
    if version.published_at.is_none() {
        return Err(Error::NotPublished);
    }
    let held = Use {
        id: tx.ids.random().into(),
        rubric: version.rubric,
        version: version.id,
        holder: holder.into(),
        by,
        at: tx.now,
    };
    Entity::insert(row(tx, &held))
        .exec_without_returning(tx.db())
        .await?;
    count(tx, held.rubric, Counts::HELD).await?;
    Ok(held)
}

fn row(tx: &Tx, held: &Use) -> ActiveModel {
    ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(held.id.uuid()),
        version_id: Set(held.version.uuid()),
        rubric_id: Set(held.rubric.uuid()),
        holder_kind: Set(held.holder.prefix.to_owned()),
        holder_id: Set(held.holder.id),
        by_id: Set(held.by.uuid()),
        at: Set(held.at),
    }
}

pub(crate) async fn update(tx: &Tx, held: &Use) -> Result<(), Error> {
    Entity::update(row(tx, held))
        .validate()
        .map_err(store::Error::from)?
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Notes that `holder` holds nothing any longer, because it is no more.
///
/// # Errors
///
/// Those of the database.
pub async fn release(tx: &Tx, holder: impl Into<Thing>) -> Result<(), Error> {
    let holder = holder.into();
    for held in of_holders(tx, holder.prefix, &[holder.id]).await? {
        let gone = Entity::delete_many()
            .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
            .filter(Column::Id.eq(held.id.uuid()))
            .exec(tx.db())
            .await?;
        // Another may have been faster.
        if gone.rows_affected > 0 {
            count(tx, held.rubric, Counts::RELEASED).await?;
        }
    }
    Ok(())
}

/// A use that the actor made.
///
/// # Errors
///
/// [`Error::NotFound`] if there is none of theirs.
pub async fn find_use(cx: &Cx, id: RubricUseId) -> Result<Use, Error> {
    let person = cx.person().ok_or(Error::NotFound)?;
    let row = Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::ById.eq(person.uuid()))
        .one(cx.db())
        .await?;
    Ok(row.ok_or(Error::NotFound)?.try_into()?)
}

/// What these links for pupils hold, in one statement, for whoever made them. A closed link holds nothing.
///
/// # Errors
///
/// Those of the database.
pub async fn uses_of_links(
    cx: &Cx,
    links: &[RubricLinkId],
) -> Result<HashMap<RubricLinkId, Use>, Error> {
    let ids: Vec<_> = links.iter().map(|link| link.uuid()).collect();
    own(cx, RubricLinkId::PREFIX, &ids).await
}

/// What these exemplars hold, in one statement, for whoever added them.
///
/// # Errors
///
/// Those of the database.
pub async fn uses_of_exemplars(
    cx: &Cx,
    exemplars: &[RubricExemplarId],
) -> Result<HashMap<RubricExemplarId, Use>, Error> {
    let ids: Vec<_> = exemplars.iter().map(|exemplar| exemplar.uuid()).collect();
    own(cx, RubricExemplarId::PREFIX, &ids).await
}

/// What these things hold, as far as the actor made them.
async fn own<I: From<uuid::Uuid> + Eq + Hash>(
    cx: &Cx,
    kind: &str,
    holders: &[uuid::Uuid],
) -> Result<HashMap<I, Use>, Error> {
    let held = of_holders(cx, kind, holders).await?.into_iter();
    Ok(held
        .filter(|held| cx.actor.is(held.by))
        .map(|held| (held.holder.id.into(), held))
        .collect())
}

/// What these things hold, in one statement.
pub(crate) async fn of_holders(
    cx: &Cx,
    kind: &str,
    holders: &[uuid::Uuid],
) -> Result<Vec<Use>, Error> {
    let rows = Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(Column::HolderKind.eq(kind))
        .filter(store::any(cx, Column::HolderId, holders.iter().copied()))
        .all(cx.db())
        .await?;
    Ok(rows
        .into_iter()
        .map(Use::try_from)
        .collect::<Result<_, _>>()?)
}

/// The condition that the person holds the version whose id stands in `rubric_version.id`: narrowing takes nothing from them.
pub(crate) fn held(cx: &Cx, person: PersonId) -> SimpleExpr {
    let held = Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(Expr::col((Entity, Column::OrganiserId)).eq(cx.organiser().uuid()))
        .and_where(
            Expr::col((Entity, Column::VersionId)).equals((version::Entity, version::Column::Id)),
        )
        .and_where(Expr::col((Entity, Column::ById)).eq(person.uuid()))
        .to_owned();
    Expr::exists(held)
}
