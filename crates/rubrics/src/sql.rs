//! The tables of this room, and the only statements on them.

pub(crate) mod link;

pub(crate) use crate::table::{rubric, save, version};

use crate::{
    Content, Deleted, Draft, Error, Number, Patch, Rubric, Shares, State, Version, VersionState,
    document, forks, policy,
};
use kit::{Instant, Page, PersonId, RubricId, RubricVersionId, TeamId, Text};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QuerySelect, RelationDef, Select,
};
use std::sync::Arc;
use store::{Cx, Tx};
use uuid::Uuid;

fn unreadable(what: &str) -> store::Error {
    store::Error::Unreadable(what.to_owned())
}

impl TryFrom<rubric::Model> for Rubric {
    type Error = store::Error;

    fn try_from(row: rubric::Model) -> Result<Self, store::Error> {
        Ok(Self {
            id: row.id.into(),
            organiser: row.organiser_id.into(),
            unit: row.unit_id.into(),
            authors: serde_json::from_str(&row.authors)?,
            author_teams: serde_json::from_str(&row.author_teams)?,
            state: State::from_code(&row.state).ok_or_else(|| unreadable("a rubric's state"))?,
            scope: serde_json::from_str(&row.scope)?,
            current: row.current_id.map(Into::into),
            draft: row.draft_id.map(|id| Draft {
                version: id.into(),
                reviewer: row.reviewer_id.map(Into::into),
            }),
            deleted: row.deleted_id.zip(row.deleted_at).map(|(id, at)| Deleted {
                version: id.into(),
                at,
            }),
            n: row.n,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            published_at: row.published_at,
            archived_at: row.archived_at,
            shares: match row.last_share {
                Some(shares) => serde_json::from_str(&shares)?,
                None => Box::default(),
            },
        })
    }
}

fn rubric_row(rubric: &Rubric) -> Result<rubric::ActiveModel, Error> {
    Ok(rubric::ActiveModel {
        organiser_id: Set(rubric.organiser.uuid()),
        id: Set(rubric.id.uuid()),
        unit_id: Set(rubric.unit.uuid()),
        authors: Set(json(&rubric.authors)?),
        author_teams: Set(json(&rubric.author_teams)?),
        state: Set(rubric.state.code().to_owned()),
        scope: Set(json(&rubric.scope)?),
        current_id: Set(rubric.current.map(Into::into)),
        draft_id: Set(rubric.draft.map(|draft| draft.version.into())),
        reviewer_id: Set(rubric
            .draft
            .and_then(|draft| draft.reviewer)
            .map(Into::into)),
        deleted_id: Set(rubric.deleted.map(|deleted| deleted.version.into())),
        deleted_at: Set(rubric.deleted.map(|deleted| deleted.at)),
        n: Set(rubric.n),
        version: Set(rubric.version),
        created_at: Set(rubric.created_at),
        updated_at: Set(rubric.updated_at),
        published_at: Set(rubric.published_at),
        archived_at: Set(rubric.archived_at),
        last_share: Set(if *rubric.shares == Shares::default() {
            None
        } else {
            Some(json(&rubric.shares)?)
        }),
    })
}

pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    Ok(serde_json::to_string(value).map_err(store::Error::from)?)
}

/// The rubrics of the organiser that the actor may see.
pub(crate) fn visible(cx: &Cx) -> Select<rubric::Entity> {
    rubric::Entity::find()
        .filter(rubric::Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(records::visible(
            cx,
            RubricId::PREFIX,
            rubric::Entity,
            rubric::Column::Id,
        ))
}

/// What follows after the page's place in a list that is ordered by these, newest first.
pub(crate) fn after(page: &Page, at: impl ColumnTrait, id: impl ColumnTrait) -> Condition {
    let Some((moment, last)) = kit::after(page) else {
        return Condition::all();
    };
    let same = Condition::all().add(at.eq(moment)).add(id.lt(last));
    Condition::any().add(at.lt(moment)).add(same)
}

/// A rubric as the actor may see it.
pub(crate) async fn find(cx: &Cx, id: RubricId) -> Result<Rubric, Error> {
    one(cx, visible(cx).filter(rubric::Column::Id.eq(id.uuid()))).await
}

/// A rubric to be changed: locked until the transaction ends, and as the actor read it.
pub(crate) async fn find_for_update(tx: &Tx, id: RubricId, version: i64) -> Result<Rubric, Error> {
    let rubric = find_locked(tx, id).await?;
    // Who takes no part in its drafts is not shown the version and cannot have read it: the policy that follows tells them that it is not theirs.
    if rubric.version == version || !policy::sees_drafts(&tx.actor, &rubric) {
        Ok(rubric)
    } else {
        Err(Error::Stale)
    }
}

/// A rubric to be changed whatever was read of it: locked until the transaction ends.
pub(crate) async fn find_locked(tx: &Tx, id: RubricId) -> Result<Rubric, Error> {
    let rubric = one(
        tx,
        store::lock(tx, visible(tx).filter(rubric::Column::Id.eq(id.uuid()))),
    )
    .await?;
    // Whoever waited for the lock saw reach as it was before: the row itself says how it is now.
    if records::meets(&tx.actor, &policy::audiences(&rubric)) {
        Ok(rubric)
    } else {
        Err(Error::NotFound)
    }
}

/// A rubric whoever may see it, for the house itself.
pub(crate) async fn find_any(cx: &Cx, id: RubricId) -> Result<Option<Rubric>, Error> {
    let key = (cx.organiser().uuid(), id.uuid());
    let row = rubric::Entity::find_by_id(key).one(cx.db()).await?;
    Ok(row.map(Rubric::try_from).transpose()?)
}

async fn one(cx: &Cx, select: Select<rubric::Entity>) -> Result<Rubric, Error> {
    let row = select.one(cx.db()).await?.ok_or(Error::NotFound)?;
    Ok(row.try_into()?)
}

pub(crate) async fn insert(tx: &Tx, rubric: &Rubric) -> Result<(), Error> {
    rubric::Entity::insert(rubric_row(rubric)?)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

pub(crate) async fn update(tx: &Tx, rubric: &Rubric) -> Result<(), Error> {
    rubric::Entity::update(rubric_row(rubric)?)
        .validate()
        .map_err(store::Error::from)?
        .exec(tx.db())
        .await?;
    Ok(())
}

/// A version without its content, and what its rubric says of who may read it.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Meta {
    id: Uuid,
    rubric_id: Uuid,
    major: Option<i64>,
    minor: Option<i64>,
    state: String,
    pub content_hash: String,
    structure_hash: String,
    revisions: String,
    review_note: Option<String>,
    reviewed_by: Option<Uuid>,
    created_at: Instant,
    published_at: Option<Instant>,
    authors: String,
    author_teams: String,
    reviewer_id: Option<Uuid>,
    rubric_state: String,
}

impl Meta {
    pub(crate) fn id(&self) -> RubricVersionId {
        self.id.into()
    }

    pub(crate) fn is_published(&self) -> bool {
        self.state == VersionState::Published.code()
    }

    /// Whether the room's own rule lets the actor read it; reach was asked in the statement.
    pub(crate) fn may_be_seen(&self, cx: &Cx) -> Result<bool, store::Error> {
        let state =
            VersionState::from_code(&self.state).ok_or_else(|| unreadable("a version's state"))?;
        let authors: Vec<PersonId> = serde_json::from_str(&self.authors)?;
        let teams: Vec<TeamId> = serde_json::from_str(&self.author_teams)?;
        let rubric_state =
            State::from_code(&self.rubric_state).ok_or_else(|| unreadable("a rubric's state"))?;
        // Nobody is asked any longer to review what is out of use.
        let reviewer = self
            .reviewer_id
            .filter(|_| rubric_state == State::Active)
            .map(Into::into);
        let writes = policy::is_one(&cx.actor, &authors, &teams);
        Ok(policy::may_see_version(&cx.actor, state, writes, reviewer))
    }

    pub(crate) fn with(self, content: Arc<Content>) -> Result<Version, store::Error> {
        Ok(Version {
            id: self.id.into(),
            rubric: self.rubric_id.into(),
            number: self
                .major
                .zip(self.minor)
                .map(|(major, minor)| Number { major, minor }),
            state: VersionState::from_code(&self.state)
                .ok_or_else(|| unreadable("a version's state"))?,
            content,
            content_hash: self.content_hash,
            structure_hash: self.structure_hash,
            revisions: serde_json::from_str(&self.revisions)?,
            review_note: self
                .review_note
                .as_deref()
                .map(Text::parse)
                .transpose()
                .map_err(|error| unreadable(&error.to_string()))?,
            reviewed_by: self.reviewed_by.map(Into::into),
            created_at: self.created_at,
            published_at: self.published_at,
        })
    }
}

fn of_rubric() -> RelationDef {
    version::Entity::belongs_to(rubric::Entity)
        .from((version::Column::OrganiserId, version::Column::RubricId))
        .to((rubric::Column::OrganiserId, rubric::Column::Id))
        .into()
}

/// Versions of rubrics that the actor may see, and those that something of theirs holds, without their contents.
pub(crate) fn versions(cx: &Cx) -> Select<version::Entity> {
    let seen = records::visible(
        cx,
        RubricId::PREFIX,
        version::Entity,
        version::Column::RubricId,
    );
    let held = cx.person().map(|person| forks::held(cx, person));
    let mut readable = Condition::any().add(seen);
    if let Some(held) = held {
        readable = readable.add(held);
    }
    every_version(cx).filter(readable)
}

/// The organiser's versions, without their contents and whoever may see them: for those who were given one in another way.
pub(crate) fn every_version(cx: &Cx) -> Select<version::Entity> {
    use version::Column::*;
    version::Entity::find()
        .select_only()
        .columns([
            Id,
            RubricId,
            Major,
            Minor,
            State,
            ContentHash,
            StructureHash,
            Revisions,
            ReviewNote,
            ReviewedBy,
            CreatedAt,
            PublishedAt,
        ])
        .columns([
            rubric::Column::Authors,
            rubric::Column::AuthorTeams,
            rubric::Column::ReviewerId,
        ])
        .column_as(rubric::Column::State, "rubric_state")
        .join(JoinType::InnerJoin, of_rubric())
        .filter(OrganiserId.eq(cx.organiser().uuid()))
}

/// Versions without their contents, of these or of any ids that the actor may see.
pub(crate) async fn meta(cx: &Cx, select: Select<version::Entity>) -> Result<Vec<Meta>, Error> {
    Ok(select.into_model::<Meta>().all(cx.db()).await?)
}

#[derive(FromQueryResult)]
struct Document {
    id: Uuid,
    content: String,
}

/// The stored contents of versions that the actor was found to see, with their size in bytes.
pub(crate) async fn documents(
    cx: &Cx,
    ids: &[RubricVersionId],
) -> Result<Vec<(RubricVersionId, Content, usize)>, Error> {
    let rows = version::Entity::find()
        .select_only()
        .columns([version::Column::Id, version::Column::Content])
        .filter(version::Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(store::any(cx, version::Column::Id, ids.iter().copied()))
        .into_model::<Document>()
        .all(cx.db())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok((
                row.id.into(),
                document::read(&row.content)?,
                row.content.len(),
            ))
        })
        .collect()
}

fn version_row(tx: &Tx, version: &Version) -> Result<version::ActiveModel, Error> {
    Ok(version::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(version.id.uuid()),
        rubric_id: Set(version.rubric.uuid()),
        major: Set(version.number.map(|number| number.major)),
        minor: Set(version.number.map(|number| number.minor)),
        state: Set(version.state.code().to_owned()),
        content: Set(document::write(&version.content)),
        content_hash: Set(version.content_hash.clone()),
        structure_hash: Set(version.structure_hash.clone()),
        revisions: Set(json(&version.revisions)?),
        review_note: Set(version
            .review_note
            .as_ref()
            .map(|note| note.as_str().to_owned())),
        reviewed_by: Set(version.reviewed_by.map(Into::into)),
        created_at: Set(version.created_at),
        published_at: Set(version.published_at),
    })
}

pub(crate) async fn insert_version(tx: &Tx, version: &Version) -> Result<(), Error> {
    version::Entity::insert(version_row(tx, version)?)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Keeps a draft as it is now, or as it is published.
pub(crate) async fn update_version(tx: &Tx, version: &Version) -> Result<(), Error> {
    version::Entity::update(version_row(tx, version)?)
        .validate()
        .map_err(store::Error::from)?
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Notes who saved what, so that no acknowledged word is lost.
pub(crate) async fn insert_save(
    tx: &Tx,
    version: &Version,
    revision: i64,
    patch: &Patch,
) -> Result<(), Error> {
    let row = save::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(tx.ids.ordered()),
        rubric_id: Set(version.rubric.uuid()),
        version_id: Set(version.id.uuid()),
        revision: Set(revision),
        by_id: Set(tx.actor.id()),
        at: Set(tx.now),
        patch: Set(json(patch)?),
    };
    save::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
