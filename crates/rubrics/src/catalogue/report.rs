//! Somebody says that something should not be shown as it is.

use super::{shown, sql, table::report};
use crate::{Error, events::ContentReported, personal_number, policy};
use chrono::TimeDelta;
use kit::{Actor, Body, OpenRubricId, OrganiserId, PersonId, Thing};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use store::{Outcome, Tx};

/// How many things one person can report within a day.
pub const REPORTS_A_DAY: u64 = 20;

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportReason {
    /// It offends or harasses somebody.
    Abusive,
    /// It belongs to somebody else, who did not agree.
    Copyright,
    /// It misleads, or is no rubric at all.
    Misleading,
    /// It tells of a certain person.
    PersonalData,
    /// Something else: the words say what.
    Other,
}

impl ReportReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::Abusive,
        Self::Copyright,
        Self::Misleading,
        Self::PersonalData,
        Self::Other,
    ];

    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Abusive => "ABUSIVE",
            Self::Copyright => "COPYRIGHT",
            Self::Misleading => "MISLEADING",
            Self::PersonalData => "PERSONAL_DATA",
            Self::Other => "OTHER",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// What can be reported. Whatever else comes to be an arm here says who answers for it in [`find`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reported {
    /// An item of the open catalogue.
    OpenRubric(OpenRubricId),
}

impl Reported {
    /// What this id names, if that can be reported.
    #[must_use]
    pub fn of(thing: Thing) -> Option<Self> {
        match thing.prefix {
            OpenRubricId::PREFIX => Some(Self::OpenRubric(thing.id.into())),
            _ => None,
        }
    }
}

impl From<Reported> for Thing {
    fn from(reported: Reported) -> Self {
        match reported {
            Reported::OpenRubric(id) => id.into(),
        }
    }
}

/// Report something.
#[derive(Debug, Clone)]
pub struct ReportContent {
    /// What is wrong.
    pub reported: Reported,
    /// In which way.
    pub reason: ReportReason,
    /// The same in words.
    pub words: Option<Body>,
}

/// Tells the administrators who answer for something that it should not be shown as it is. They are not told who said so. The same person reports the
/// same thing once.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotPerson`] for programs, [`Error::NeedsWords`] for another reason without words, [`Error::PersonalNumber`], and
/// [`Error::TooManyReports`] beyond [`REPORTS_A_DAY`].
pub async fn report_content(tx: &Tx, ask: &ReportContent) -> Result<Reported, Error> {
    let owner = find(tx, ask.reported).await?;
    let person = policy::may_report(&tx.actor)?;
    if ask.reason == ReportReason::Other && ask.words.is_none() {
        return Err(Error::NeedsWords);
    }
    if ask.words.as_deref().is_some_and(personal_number::is_in) {
        return Err(Error::PersonalNumber);
    }
    if !insert(tx, ask, Some(person)).await? {
        return Ok(ask.reported);
    }
    // Counted with this one.
    if of_a_day(tx, person).await? > REPORTS_A_DAY {
        return Err(Error::TooManyReports);
    }
    let told = ContentReported {
        reported: ask.reported,
    };
    tx.emit(&told);
    if owner == tx.organiser() {
        return Ok(ask.reported);
    }
    let house = Actor::System {
        job: "reports",
        organiser: owner,
    };
    tx.acting_as(house, async |tx: &Tx| {
        insert(tx, ask, None).await?;
        tx.emit(&told);
        Ok::<_, Error>(())
    })
    .await?;
    Ok(ask.reported)
}

/// The organiser that answers for a thing that the actor sees.
async fn find(tx: &Tx, reported: Reported) -> Result<OrganiserId, Error> {
    match reported {
        Reported::OpenRubric(id) => {
            let item = sql::locked(tx, id, shown::known(tx)).await?;
            Ok(item.organiser_id.into())
        }
    }
}

/// Whether it is a new one.
async fn insert(tx: &Tx, ask: &ReportContent, by: Option<PersonId>) -> Result<bool, Error> {
    let thing = Thing::from(ask.reported);
    let row = report::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(tx.ids.random()),
        thing_kind: Set(thing.prefix.to_owned()),
        thing_id: Set(thing.id),
        by_id: Set(by.map(PersonId::uuid)),
        reason: Set(ask.reason.code().to_owned()),
        words: Set(ask.words.as_ref().map(ToString::to_string)),
        at: Set(tx.now),
    };
    let key = [
        report::Column::OrganiserId,
        report::Column::ById,
        report::Column::ThingId,
    ];
    let written = report::Entity::insert(row)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(tx.db())
        .await?;
    Ok(written == 1)
}

async fn of_a_day(tx: &Tx, person: PersonId) -> Result<u64, Error> {
    Ok(report::Entity::find()
        .filter(report::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(report::Column::ById.eq(person.uuid()))
        .filter(report::Column::At.gt(tx.now - TimeDelta::days(1)))
        .count(tx.db())
        .await?)
}

impl Outcome<Error> for Reported {
    fn outcome(&self) -> String {
        Thing::from(*self).to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let thing: Thing = outcome.parse().map_err(|_| Error::NotFound)?;
        let reported = Self::of(thing).ok_or(Error::NotFound)?;
        find(tx, reported).await?;
        Ok(reported)
    }
}
