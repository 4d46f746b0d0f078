//! The statements on the catalogue's tables that more than one use case needs.

use super::{
    Hidden, Licence, OpenCredit, OpenRubric,
    table::{item, unseen, version},
};
use crate::{Error, document, forks::parsed, policy};
use kit::{OpenRubricId, OpenVersionId};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    sea_query::ExprTrait,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use store::{Cx, Tx};
use uuid::Uuid;

fn unreadable(what: &str) -> Error {
    store::Error::Unreadable(what.to_owned()).into()
}

/// The items with these ids for which the condition holds: three statements, and one more for an administrator.
pub(crate) async fn items(
    cx: &Cx,
    ids: &[OpenRubricId],
    which: Condition,
) -> Result<Vec<OpenRubric>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = item::Entity::find()
        .filter(store::any(cx, item::Column::Id, ids.iter().copied()))
        .filter(which)
        .all(cx.db())
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let versions: Vec<Uuid> = rows.iter().map(|row| row.version_id).collect();
    let versions = version::Entity::find()
        .filter(store::any(cx, version::Column::Id, versions))
        .all(cx.db())
        .await?;
    let mut below = HashSet::new();
    for version in &versions {
        below.extend(parsed::<Vec<OpenVersionId>>(&version.builds_on)?);
    }
    let credits = credits(cx, below).await?;
    let unseen = unseen(cx, &rows).await?;
    let mut versions: HashMap<Uuid, version::Model> =
        versions.into_iter().map(|row| (row.id, row)).collect();
    rows.into_iter()
        .map(|row| {
            let version = versions.remove(&row.version_id);
            let version = version.ok_or_else(|| unreadable("an open rubric without a version"))?;
            read(cx, &row, version, &credits, &unseen)
        })
        .collect()
}

fn read(
    cx: &Cx,
    row: &item::Model,
    version: version::Model,
    credits: &HashMap<OpenVersionId, Credited>,
    unseen: &HashMap<Uuid, String>,
) -> Result<OpenRubric, Error> {
    let builds_on: Vec<OpenVersionId> = parsed(&version.builds_on)?;
    let hidden = |for_everybody, reason: &Option<String>| Hidden {
        for_everybody,
        reason: reason.clone().unwrap_or_default(),
    };
    let for_all = policy::keeps_catalogue(&cx.actor)
        .then(|| {
            row.barred_at
                .map(|_| hidden(true, &row.barred_reason))
                .or_else(|| row.hidden_at.map(|_| hidden(true, &row.hidden_reason)))
        })
        .flatten();
    let here = unseen.get(&row.id);
    Ok(OpenRubric {
        id: row.id.into(),
        organiser: row.organiser_id.into(),
        version: version.id.into(),
        number: version.number,
        content: Arc::new(document::read(&version.content)?),
        content_hash: version.content_hash.clone(),
        credit: Credited::from(version).read()?,
        builds_on: builds_on
            .iter()
            .filter_map(|id| credits.get(id).cloned())
            .map(Credited::read)
            .collect::<Result<_, _>>()?,
        copies: row.copies,
        first_at: row.first_at,
        published_at: row.published_at,
        hidden: for_all.or_else(|| here.map(|reason| hidden(false, &Some(reason.clone())))),
    })
}

/// What the administrator's own organiser does not want to see of these, and why.
async fn unseen(cx: &Cx, rows: &[item::Model]) -> Result<HashMap<Uuid, String>, Error> {
    if !policy::keeps_catalogue(&cx.actor) {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let unseen = unseen::Entity::find()
        .filter(unseen::Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(store::any(cx, unseen::Column::OpenId, ids))
        .all(cx.db())
        .await?;
    let unseen = unseen.into_iter();
    Ok(unseen.map(|row| (row.open_id, row.reason)).collect())
}

/// A version without what it says: what a credit line needs.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Credited {
    pub id: Uuid,
    pub title: String,
    pub licence: String,
    pub credit_name: Option<String>,
    pub organiser_name: String,
    pub builds_on: String,
}

impl From<version::Model> for Credited {
    fn from(row: version::Model) -> Self {
        Self {
            id: row.id,
            title: row.title,
            licence: row.licence,
            credit_name: row.credit_name,
            organiser_name: row.organiser_name,
            builds_on: row.builds_on,
        }
    }
}

impl Credited {
    pub(crate) fn read(self) -> Result<OpenCredit, Error> {
        Ok(OpenCredit {
            version: self.id.into(),
            title: parsed(&self.title)?,
            name: self.credit_name,
            organiser: self.organiser_name,
            licence: Licence::from_code(&self.licence).ok_or_else(|| unreadable("a licence"))?,
        })
    }
}

/// How these versions are credited. Whoever has something that builds on one may know, whatever became of the item.
pub(crate) async fn credits(
    cx: &Cx,
    versions: impl IntoIterator<Item = OpenVersionId>,
) -> Result<HashMap<OpenVersionId, Credited>, Error> {
    use version::Column as C;
    let ids: Vec<Uuid> = versions.into_iter().map(Into::into).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = version::Entity::find()
        .select_only()
        .columns([
            C::Id,
            C::Title,
            C::Licence,
            C::CreditName,
            C::OrganiserName,
            C::BuildsOn,
        ])
        .filter(store::any(cx, C::Id, ids))
        .into_model::<Credited>()
        .all(cx.db())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row)).collect())
}

/// An item that the actor knows of, locked until the transaction ends.
pub(crate) async fn locked(
    tx: &Tx,
    id: OpenRubricId,
    which: Condition,
) -> Result<item::Model, Error> {
    let select = item::Entity::find()
        .filter(item::Column::Id.eq(id.uuid()))
        .filter(which);
    let row = store::lock(tx, select).one(tx.db()).await?;
    row.ok_or(Error::NotFound)
}

/// The item of a rubric of this organiser, whatever became of it, locked until the transaction ends.
pub(crate) async fn of_rubric(
    tx: &Tx,
    rubric: kit::RubricId,
) -> Result<Option<item::Model>, Error> {
    let select = item::Entity::find()
        .filter(item::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(item::Column::RubricId.eq(rubric.uuid()));
    Ok(store::lock(tx, select).one(tx.db()).await?)
}

/// Writes a changed item.
pub(crate) async fn update(tx: &Tx, row: item::ActiveModel) -> Result<(), Error> {
    item::Entity::update(row)
        .validate()
        .map_err(store::Error::from)?
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Counts a copy, by whomever it was made.
pub(crate) async fn count_copy(tx: &Tx, id: OpenRubricId) -> Result<(), Error> {
    use sea_orm::sea_query::Expr;
    item::Entity::update_many()
        .col_expr(item::Column::Copies, Expr::col(item::Column::Copies).add(1))
        .filter(item::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}
