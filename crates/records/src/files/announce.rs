//! A colleague sends in a file.

use super::{Cleaned, Error, File, FilesConfig, UNUSED, sql};
use kit::{Actor, Audience, FileId, Name, PersonId};
use sea_orm::{ColumnTrait, QueryFilter};
use store::{Cx, Tx};

/// A file that is to be kept.
#[derive(Debug, Clone)]
pub struct Announce {
    /// Made by the client, at random: the same file sent twice is kept once.
    pub id: FileId,
    /// What it was called where it came from.
    pub name: Option<Name>,
    /// The SHA-256 of what was sent, hexadecimal.
    pub sent: String,
    /// What it was before it is kept.
    pub cleaned: Cleaned,
}

/// Notes that a file comes. Its bytes are put on the shelf after that, and then it is settled: until then nobody sees it.
///
/// # Errors
///
/// [`Error::NotColleague`] for guests and programs, [`Error::TooMuch`] when the day's measure is full, `ID_TAKEN` when the id is in use for
/// another file.
pub async fn announce(tx: &Tx, ask: &Announce, config: &FilesConfig) -> Result<File, Error> {
    let owner = may_send(tx)?;
    let file = File {
        id: ask.id,
        owner,
        name: ask.name.clone(),
        media: ask.cleaned.media,
        size: ask.cleaned.bytes.len() as u64,
        hash: ask.cleaned.hash.clone(),
        created_at: tx.now,
        on: None,
    };
    if sql::insert(tx, &file, &ask.sent).await? {
        let since = tx.now - UNUSED;
        let is_full = sql::sent(tx, since, Some(owner)).await? > config.person_bytes_per_day_max
            || sql::sent(tx, since, None).await? > config.organiser_bytes_per_day_max;
        return if is_full {
            Err(Error::TooMuch)
        } else {
            Ok(file)
        };
    }
    // Sent before, and perhaps the machine stopped meanwhile: the same again is the same file.
    let select = sql::all(tx)
        .filter(sql::Column::Id.eq(ask.id.uuid()))
        .filter(sql::Column::OwnerId.eq(owner.uuid()))
        .filter(sql::Column::AskHash.eq(&ask.sent))
        .filter(sql::Column::Hash.eq(&file.hash))
        .filter(sql::Column::LetGoAt.is_null());
    let before = store::lock(tx, select).one(tx.db()).await?;
    let before: File = before.ok_or(store::Error::Taken)?.try_into()?;
    let is_old = before.on.is_none() && before.created_at <= tx.now - UNUSED;
    if is_old || before.name != ask.name {
        return Err(store::Error::Taken.into());
    }
    Ok(before)
}

/// Says that the bytes of an announced file lie on the shelf.
///
/// # Errors
///
/// Those of the database.
pub async fn settle(tx: &Tx, id: FileId) -> Result<(), Error> {
    sql::settle(tx, id).await
}

/// Who sends in files. They hang on what colleagues make; a guest takes part and a program reads: neither has anything to hang one on.
///
/// # Errors
///
/// [`Error::NotColleague`] for anybody else.
pub fn may_send(cx: &Cx) -> Result<PersonId, Error> {
    let here = Audience::Organiser(cx.organiser());
    match (&cx.actor, cx.person()) {
        (Actor::Person(person), Some(id))
            if person.audiences.iter().any(|held| held.audience == here) =>
        {
            Ok(id)
        }
        _ => Err(Error::NotColleague),
    }
}
