//! How a rubric stands in the catalogue, as its authors see it.

use super::{
    Licence, shown,
    table::{item, version},
};
use crate::{Error, Rubric, find, policy};
use kit::{Instant, OpenRubricId, RubricId, RubricVersionId};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use std::collections::{HashMap, HashSet};
use store::Cx;
use uuid::Uuid;

/// Where an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StandingState {
    /// Everybody is shown it.
    Shown,
    /// An administrator, or whoever runs the installation, hid it.
    Hidden,
    /// An author took it back.
    Withdrawn,
    /// The organiser keeps out of the catalogue.
    Off,
}

/// How a rubric stands in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The item.
    pub open: OpenRubricId,
    /// Where it is.
    pub state: StandingState,
    /// Why it is hidden.
    pub reason: Option<String>,
    /// Under which licence.
    pub licence: Licence,
    /// The name in the credit line.
    pub credit_name: Option<String>,
    /// When the version that is shown was put in.
    pub published_at: Instant,
    /// Whether the rubric's version in use says something else by now.
    pub is_behind: bool,
}

/// A version without what it says.
#[derive(FromQueryResult)]
struct Told {
    id: Uuid,
    licence: String,
    credit_name: Option<String>,
    content_hash: String,
}

/// How these rubrics stand in the catalogue: for their authors, of those that were ever put there. In five statements however many they are.
///
/// # Errors
///
/// Those of the database.
pub async fn standings(
    cx: &Cx,
    rubrics: &[RubricId],
) -> Result<HashMap<RubricId, Standing>, Error> {
    let seen = find::by_ids(cx, rubrics).await?.into_iter();
    let own: HashMap<Uuid, Rubric> = seen
        .filter(|rubric| policy::may_withdraw(&cx.actor, rubric).is_ok())
        .map(|rubric| (rubric.id.uuid(), rubric))
        .collect();
    if own.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = item::Entity::find()
        .filter(item::Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(store::any(cx, item::Column::RubricId, own.keys().copied()))
        .all(cx.db())
        .await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = rows.iter().map(|row| row.id);
    let shown: HashSet<Uuid> = item::Entity::find()
        .select_only()
        .column(item::Column::Id)
        .filter(store::any(cx, item::Column::Id, ids))
        .filter(shown::shown(cx))
        .into_tuple()
        .all(cx.db())
        .await?
        .into_iter()
        .collect();
    let told = told(cx, &rows).await?;
    let hashes = hashes(cx, &own).await?;
    rows.into_iter()
        .map(|row| {
            let broken = || store::Error::Unreadable("an open rubric's version".to_owned());
            let told = told.get(&row.version_id).ok_or_else(broken)?;
            let current = own.get(&row.rubric_id).and_then(|rubric| rubric.current);
            let current = current.and_then(|current| hashes.get(&current.uuid()));
            let state = if row.withdrawn_at.is_some() {
                StandingState::Withdrawn
            } else if row.hidden_at.is_some() || row.barred_at.is_some() {
                StandingState::Hidden
            } else if shown.contains(&row.id) {
                StandingState::Shown
            } else {
                StandingState::Off
            };
            let standing = Standing {
                open: row.id.into(),
                state,
                reason: row.barred_reason.or(row.hidden_reason),
                licence: Licence::from_code(&told.licence).ok_or_else(broken)?,
                credit_name: told.credit_name.clone(),
                published_at: row.published_at,
                is_behind: current != Some(&told.content_hash),
            };
            Ok((row.rubric_id.into(), standing))
        })
        .collect()
}

async fn told(cx: &Cx, rows: &[item::Model]) -> Result<HashMap<Uuid, Told>, Error> {
    use version::Column as C;
    let ids = rows.iter().map(|row| row.version_id);
    let told = version::Entity::find()
        .select_only()
        .columns([C::Id, C::Licence, C::CreditName, C::ContentHash])
        .filter(store::any(cx, C::Id, ids))
        .into_model::<Told>()
        .all(cx.db())
        .await?;
    Ok(told.into_iter().map(|told| (told.id, told)).collect())
}

/// What the words of the versions in use are recognised by.
async fn hashes(cx: &Cx, own: &HashMap<Uuid, Rubric>) -> Result<HashMap<Uuid, String>, Error> {
    use crate::sql::version::{Column, Entity};
    let current: Vec<RubricVersionId> = own.values().filter_map(|rubric| rubric.current).collect();
    let rows: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::ContentHash])
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(store::any(cx, Column::Id, current))
        .into_tuple()
        .all(cx.db())
        .await?;
    Ok(rows.into_iter().collect())
}
