//! Where a fork comes from.

use super::{
    counts::{Counts, count},
    hold::{self, Use},
    table::fork::{ActiveModel, Column, Entity, Model},
};
use crate::{Error, Rubric, Version, sql};
use kit::{
    Bilingual, CriterionId, Instant, PersonId, RubricId, RubricVersionId, TeamId, Title, UnitId,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use store::{Cx, Tx};

/// Whose work a fork builds on: noted when it was forked, and kept whatever becomes of the origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Who had written the origin.
    pub authors: Vec<PersonId>,
    /// The teams that had written it too.
    #[serde(default)]
    pub author_teams: Vec<TeamId>,
    /// The unit where the origin was made.
    pub unit: UnitId,
    /// What the origin was called.
    pub title: Bilingual<Title>,
    /// The number of the version that was forked.
    pub number: String,
}

/// Where a fork comes from. It is noted once and never changes, but for the version that the fork stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// The fork itself.
    pub fork: RubricId,
    /// The rubric that it was forked from.
    pub rubric: RubricId,
    /// The version that it was forked from, for ever.
    pub version: RubricVersionId,
    /// What the fork holds: the version that it was last brought up to.
    pub stands_on: Use,
    /// Criteria that were pulled or kept ahead of the rest, each with the version that was read.
    pub settled: BTreeMap<CriterionId, RubricVersionId>,
    /// The first rubric of the family.
    pub root: RubricId,
    /// The origins from the first to the nearest.
    pub line: Vec<RubricId>,
    /// Whose work it builds on.
    pub credit: Credit,
    /// Who forked it.
    pub by: PersonId,
    /// When it was forked.
    pub at: Instant,
}

impl Origin {
    /// The version to hold an update against, criterion by criterion.
    pub(crate) fn base(&self, criterion: CriterionId) -> RubricVersionId {
        let settled = self.settled.get(&criterion).copied();
        settled.unwrap_or(self.stands_on.version)
    }

    /// Every version that something of the fork is held against.
    pub(crate) fn bases(&self) -> Vec<RubricVersionId> {
        let settled = self.settled.values().copied();
        settled.chain([self.stands_on.version]).collect()
    }
}

impl Credit {
    pub(crate) fn of(rubric: &Rubric, version: &Version) -> Self {
        Self {
            authors: rubric.authors.clone(),
            author_teams: rubric.author_teams.clone(),
            unit: rubric.unit,
            title: version.content.head.title.clone(),
            number: version
                .number
                .map(|number| number.to_string())
                .unwrap_or_default(),
        }
    }
}

/// Where these rubrics come from, as far as they are forks that the actor may see: two statements.
///
/// # Errors
///
/// Those of the database.
pub async fn origins(cx: &Cx, rubrics: &[RubricId]) -> Result<Vec<Origin>, Error> {
    if rubrics.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(store::any(cx, Column::RubricId, rubrics.iter().copied()))
        .filter(records::visible(
            cx,
            RubricId::PREFIX,
            Entity,
            Column::RubricId,
        ))
        .all(cx.db())
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let forks: Vec<_> = rows.iter().map(|row| row.rubric_id).collect();
    let held = hold::of_holders(cx, RubricId::PREFIX, &forks).await?;
    let mut held: HashMap<_, _> = held
        .into_iter()
        .map(|held| (held.holder.id, held))
        .collect();
    rows.into_iter()
        .map(|row| {
            let stands_on = held.remove(&row.rubric_id);
            read(row, stands_on)
        })
        .collect()
}

/// Where a rubric comes from; [`Error::NotFork`] when nobody forked it.
pub(crate) async fn origin(cx: &Cx, rubric: RubricId) -> Result<Origin, Error> {
    origins(cx, &[rubric]).await?.pop().ok_or(Error::NotFork)
}

fn read(row: Model, stands_on: Option<Use>) -> Result<Origin, Error> {
    let unheld = || store::Error::Unreadable("a fork that holds no version".to_owned());
    Ok(Origin {
        fork: row.rubric_id.into(),
        rubric: row.origin_id.into(),
        version: row.version_id.into(),
        stands_on: stands_on.ok_or_else(unheld)?,
        settled: parsed(&row.settled)?,
        root: row.root_id.into(),
        line: parsed(&row.line)?,
        credit: parsed(&row.credit)?,
        by: row.by_id.into(),
        at: row.at,
    })
}

pub(crate) fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    Ok(serde_json::from_str(text).map_err(store::Error::from)?)
}

pub(crate) async fn insert(tx: &Tx, origin: &Origin) -> Result<(), Error> {
    let row = ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        rubric_id: Set(origin.fork.uuid()),
        origin_id: Set(origin.rubric.uuid()),
        version_id: Set(origin.version.uuid()),
        root_id: Set(origin.root.uuid()),
        line: Set(sql::json(&origin.line)?),
        credit: Set(sql::json(&origin.credit)?),
        settled: Set(sql::json(&origin.settled)?),
        changed: Set(None),
        by_id: Set(origin.by.uuid()),
        at: Set(origin.at),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await?;
    count(tx, origin.rubric, Counts::FORKED).await
}

/// Keeps on which version a fork stands, and what is settled ahead of it.
pub(crate) async fn update(tx: &Tx, origin: &Origin) -> Result<(), Error> {
    let row = ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        rubric_id: Set(origin.fork.uuid()),
        settled: Set(sql::json(&origin.settled)?),
        ..Default::default()
    };
    Entity::update(row)
        .validate()
        .map_err(store::Error::from)?
        .exec(tx.db())
        .await?;
    hold::update(tx, &origin.stands_on).await
}
