//! Putting a notice into inboxes.

use crate::{
    Error, InboxChanged, Kind,
    sql::{inbox, notice},
};
use kit::{PersonId, Thing};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use store::Tx;
use uuid::Uuid;

/// Why a notice is put into inboxes.
#[derive(Debug, Clone, Copy)]
pub struct Cause {
    /// What happened once: the same cause tells the same person once.
    pub id: Uuid,
    /// What it is for the recipient.
    pub kind: Kind,
    /// What it is about.
    pub subject: Thing,
}

/// Tells these people, in the transaction at hand. Told twice for the same cause, nothing changes.
///
/// # Errors
///
/// Those of the database.
pub async fn tell(tx: &Tx, cause: Cause, people: &[PersonId]) -> Result<(), Error> {
    for person in people {
        let row = notice::ActiveModel {
            organiser_id: Set(tx.organiser().uuid()),
            id: Set(tx.ids.random()),
            person_id: Set(person.uuid()),
            kind: Set(cause.kind.code().to_owned()),
            subject_kind: Set(cause.subject.prefix.to_owned()),
            subject_id: Set(cause.subject.id),
            cause_id: Set(cause.id),
            at: Set(tx.now),
            read_at: Set(None),
        };
        let key = [
            notice::Column::OrganiserId,
            notice::Column::CauseId,
            notice::Column::PersonId,
        ];
        let told = notice::Entity::insert(row)
            .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
            .exec_without_returning(tx.db())
            .await?;
        if told == 1 {
            count(tx, *person).await?;
        }
    }
    Ok(())
}

/// Counts a change of the inbox under its own row's lock, and tells whoever listens.
pub(crate) async fn count(tx: &Tx, person: PersonId) -> Result<(), Error> {
    let first = inbox::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        person_id: Set(person.uuid()),
        n: Set(1),
    };
    let next = Expr::col((inbox::Entity, inbox::Column::N)).add(1);
    let key = [inbox::Column::OrganiserId, inbox::Column::PersonId];
    inbox::Entity::insert(first)
        .on_conflict(
            OnConflict::columns(key)
                .value(inbox::Column::N, next)
                .to_owned(),
        )
        .exec_without_returning(tx.db())
        .await?;
    let row = inbox::Entity::find()
        .filter(inbox::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(inbox::Column::PersonId.eq(person.uuid()))
        .one(tx.db())
        .await?;
    tx.emit(&InboxChanged {
        person,
        n: row.map_or(1, |row| row.n),
    });
    Ok(())
}
