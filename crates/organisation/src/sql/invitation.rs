//! Invitations.

use super::{insert, ours, rows::invitation};
use crate::{Error, Invitation};
use invitation::Column as C;
use kit::{InvitationId, PersonId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use store::{Cx, Tx};

fn read(row: invitation::Model) -> Invitation {
    Invitation {
        id: InvitationId(row.id),
        person: PersonId(row.person_id),
        address: row.address,
        expires_at: row.expires_at,
    }
}

pub(crate) async fn find(cx: &Cx, id: InvitationId) -> Result<Invitation, Error> {
    let key = (cx.organiser().uuid(), id.uuid());
    let row = invitation::Entity::find_by_id(key).one(cx.db()).await?;
    row.map(read).ok_or(Error::NotFound)
}

/// The invitation with this secret that can still be used.
pub(crate) async fn open(cx: &Cx, secret_hash: &[u8]) -> Result<Option<Invitation>, Error> {
    let row = invitation::Entity::find()
        .filter(ours(cx, C::OrganiserId))
        .filter(C::SecretHash.eq(secret_hash))
        .filter(C::UsedAt.is_null())
        .filter(C::EndedAt.is_null())
        .filter(C::ExpiresAt.gt(cx.now))
        .one(cx.db())
        .await?;
    Ok(row.map(read))
}

/// Whether it was this call that used it: of two at once, one wins.
pub(crate) async fn take(tx: &Tx, id: InvitationId) -> Result<bool, Error> {
    let used = invitation::Entity::update_many()
        .col_expr(C::UsedAt, Expr::value(Some(tx.now)))
        .filter(ours(tx, C::OrganiserId))
        .filter(C::Id.eq(id.uuid()))
        .filter(C::UsedAt.is_null())
        .filter(C::EndedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(used.rows_affected == 1)
}

/// Ends whatever invitation the person still has.
pub(crate) async fn end_all(tx: &Tx, person: PersonId) -> Result<(), Error> {
    invitation::Entity::update_many()
        .col_expr(C::EndedAt, Expr::value(Some(tx.now)))
        .filter(ours(tx, C::OrganiserId))
        .filter(C::PersonId.eq(person.uuid()))
        .filter(C::UsedAt.is_null())
        .filter(C::EndedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(())
}

pub(crate) async fn add(tx: &Tx, new: &Invitation, secret_hash: &[u8]) -> Result<(), Error> {
    let row = invitation::Model {
        organiser_id: tx.organiser().uuid(),
        id: new.id.uuid(),
        person_id: new.person.uuid(),
        address: new.address.clone(),
        secret_hash: secret_hash.to_vec(),
        made_by: tx.actor.id(),
        made_at: tx.now,
        expires_at: new.expires_at,
        used_at: None,
        ended_at: None,
    };
    insert(tx, row).await
}
