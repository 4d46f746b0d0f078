//! What a fork changes of its origin, noted when it is published: so its author learns what others adapt without reading their drafts.

use super::{
    merge::part,
    origin::origin,
    table::fork::{ActiveModel, Entity},
};
use crate::{Content, Error, Rubric, sql};
use kit::CriterionId;
use sea_orm::{ActiveValue::Set, EntityTrait};
use store::Tx;

/// Notes which criteria of the version that it stands on a fork has otherwise, now that it is published. Other rubrics have nothing to note.
pub(crate) async fn note_changes(tx: &Tx, rubric: &Rubric, content: &Content) -> Result<(), Error> {
    let origin = match origin(tx, rubric.id).await {
        Ok(origin) => origin,
        Err(Error::NotFork) => return Ok(()),
        Err(error) => return Err(error),
    };
    let begun = sql::documents(tx, &[origin.stands_on.version]).await?;
    let changed: Vec<CriterionId> = begun
        .iter()
        .flat_map(|(_, begun, _)| &begun.criteria)
        .filter(|criterion| part(content, criterion.id) != Some(criterion))
        .map(|criterion| criterion.id)
        .collect();
    let row = ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        rubric_id: Set(rubric.id.uuid()),
        changed: Set(Some(sql::json(&changed)?)),
        ..Default::default()
    };
    Entity::update(row)
        .validate()
        .map_err(store::Error::from)?
        .exec(tx.db())
        .await?;
    Ok(())
}
