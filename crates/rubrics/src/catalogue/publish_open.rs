//! An author puts what they published in the open catalogue.

use super::{
    Licence,
    answerable::answerable,
    list,
    origin::{self, BUILDS_ON_MAX},
    sql,
    table::{author, item, version},
};
use crate::{Error, Rubric, Version, document, find as rubrics, personal_number, policy, submit};
use curriculum::{Code as _, SchoolForm};
use kit::{Name, OpenRubricId, OpenVersionId, RubricId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::OnConflict,
};
use store::Tx;

/// Put a rubric in the open catalogue.
#[derive(Debug, Clone)]
pub struct PublishToCatalogue {
    /// Which rubric.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
    /// What others may do with it.
    pub licence: Licence,
    /// The name that stands in the credit line; none when `None`.
    pub credit_name: Option<Name>,
    /// What the organiser is called: it always stands in the credit line. The door has read it.
    pub organiser_name: String,
    /// Whether the organiser keeps out of the catalogue.
    pub catalogue_off: bool,
    /// Whether the organiser demands a review of what all its colleagues see, and so of this.
    pub review_demanded: bool,
    /// Whether its unit is a preschool.
    pub preschool: bool,
}

/// Copies the version in use into the open catalogue, for the colleagues of every organiser. Another version of the same rubric takes its place under the
/// same id; the same one again changes nothing. What is hidden stays hidden.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NotActive`], [`Error::NotPublished`], [`Error::CatalogueOff`],
/// [`Error::ReviewDemanded`] if nobody reviewed it, [`Error::Invalid`] for a preschool's that does not say what it is about, [`Error::WithoutName`] for a
/// name where nobody may be named, [`Error::PersonalNumber`], and [`Error::ShareAlike`] if what it builds on is to be shared on the same terms.
pub async fn publish_to_catalogue(tx: &Tx, ask: &PublishToCatalogue) -> Result<Rubric, Error> {
    let rubric = crate::sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_open(&tx.actor, &rubric)?;
    if ask.catalogue_off {
        return Err(Error::CatalogueOff);
    }
    let current = rubric.current.ok_or(Error::NotPublished)?;
    let current = rubrics::find_version(tx, current).await?;
    submit::ready(&current, ask.preschool || is_for_preschools(&current))?;
    if ask.review_demanded && current.reviewed_by.is_none() {
        return Err(Error::ReviewDemanded);
    }
    let mut people = answerable(tx, &rubric).await?;
    people.extend(tx.person());
    if let Some(name) = &ask.credit_name {
        if personal_number::is_in(name) {
            return Err(Error::PersonalNumber);
        }
        if organisation::protects_any(tx, &people).await? {
            return Err(Error::WithoutName);
        }
    }
    let builds_on = origin::credited(tx, rubric.id).await?;
    if builds_on
        .iter()
        .any(|below| !below.licence.allows(ask.licence))
    {
        return Err(Error::ShareAlike);
    }
    let builds_on = builds_on.into_iter().map(|below| below.version);
    let new = New {
        version: OpenVersionId(tx.ids.random()),
        builds_on: builds_on.take(BUILDS_ON_MAX).collect(),
        rubric: &rubric,
        current: &current,
    };
    let (id, version) = put(tx, ask, &new).await?;
    let key = [
        author::Column::OrganiserId,
        author::Column::PersonId,
        author::Column::VersionId,
    ];
    let rows = people.into_iter().map(|person| author::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        person_id: Set(person.uuid()),
        version_id: Set(version.uuid()),
    });
    author::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(tx.db())
        .await?;
    list::make_findable(tx, id, &current.content, ask.licence).await?;
    Ok(rubric)
}

/// A version that comes into the catalogue.
struct New<'a> {
    version: OpenVersionId,
    builds_on: Vec<OpenVersionId>,
    rubric: &'a Rubric,
    current: &'a Version,
}

/// Keeps the version under the rubric's item, which is made where there is none.
async fn put(
    tx: &Tx,
    ask: &PublishToCatalogue,
    new: &New<'_>,
) -> Result<(OpenRubricId, OpenVersionId), Error> {
    let Some(known) = sql::of_rubric(tx, new.rubric.id).await? else {
        let id = OpenRubricId(tx.ids.random());
        let row = item::ActiveModel {
            id: Set(id.uuid()),
            organiser_id: Set(tx.organiser().uuid()),
            rubric_id: Set(new.rubric.id.uuid()),
            version_id: Set(new.version.uuid()),
            copies: Set(0),
            first_at: Set(tx.now),
            published_at: Set(tx.now),
            withdrawn_at: Set(None),
            hidden_at: Set(None),
            hidden_reason: Set(None),
            barred_at: Set(None),
            barred_reason: Set(None),
        };
        item::Entity::insert(row)
            .exec_without_returning(tx.db())
            .await?;
        insert(tx, ask, new, id, 1).await?;
        return Ok((id, new.version));
    };
    let id = OpenRubricId(known.id);
    let stands = version::Entity::find_by_id(known.version_id)
        .one(tx.db())
        .await?;
    let same = stands.filter(|stands| is_same(stands, ask, new));
    let changed = item::ActiveModel {
        id: Set(known.id),
        withdrawn_at: Set(None),
        ..Default::default()
    };
    if let Some(same) = same {
        sql::update(tx, changed).await?;
        return Ok((id, same.id.into()));
    }
    let versions = version::Entity::find().filter(version::Column::OpenId.eq(known.id));
    let number = versions.count(tx.db()).await?.cast_signed() + 1;
    insert(tx, ask, new, id, number).await?;
    let changed = item::ActiveModel {
        version_id: Set(new.version.uuid()),
        published_at: Set(tx.now),
        ..changed
    };
    sql::update(tx, changed).await?;
    Ok((id, new.version))
}

fn is_same(stands: &version::Model, ask: &PublishToCatalogue, new: &New<'_>) -> bool {
    stands.content_hash == new.current.content_hash
        && stands.licence == ask.licence.code()
        && stands.credit_name.as_deref() == ask.credit_name.as_deref()
        && stands.organiser_name == ask.organiser_name
}

async fn insert(
    tx: &Tx,
    ask: &PublishToCatalogue,
    new: &New<'_>,
    id: OpenRubricId,
    number: i64,
) -> Result<(), Error> {
    let content = &new.current.content;
    let row = version::ActiveModel {
        id: Set(new.version.uuid()),
        open_id: Set(id.uuid()),
        number: Set(number),
        content: Set(document::write(content)),
        content_hash: Set(new.current.content_hash.clone()),
        title: Set(crate::sql::json(&content.head.title)?),
        licence: Set(ask.licence.code().to_owned()),
        credit_name: Set(ask.credit_name.as_ref().map(ToString::to_string)),
        organiser_name: Set(ask.organiser_name.clone()),
        builds_on: Set(crate::sql::json(&new.builds_on)?),
        published_at: Set(tx.now),
    };
    version::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Whether it says of itself that it is for preschools, wherever it was made.
fn is_for_preschools(version: &Version) -> bool {
    let mut forms = version.content.head.school_forms.iter();
    forms.any(|form| form.as_str() == SchoolForm::Preschool.code())
}
