//! Reading one's own inbox.

use crate::{
    Error, Notice,
    sql::{self, notice},
};
use kit::{Key, Listed, Page, Position, after};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use store::Cx;

/// Which notices are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only those that are not marked as read.
    pub unread: bool,
}

/// The caller's own notices, newest first. Who is no person has none.
///
/// # Errors
///
/// Those of the database.
pub async fn inbox(cx: &Cx, filter: Filter, page: &Page) -> Result<Listed<Notice>, Error> {
    let Some(mut query) = own(cx) else {
        return Ok(Listed::empty());
    };
    if filter.unread {
        query = query.filter(notice::Column::ReadAt.is_null());
    }
    if let Some((at, id)) = after(page) {
        let same = Condition::all()
            .add(notice::Column::At.eq(at))
            .add(notice::Column::Id.lt(id));
        query = query.filter(Condition::any().add(notice::Column::At.lt(at)).add(same));
    }
    let rows = query
        .order_by_desc(notice::Column::At)
        .order_by_desc(notice::Column::Id)
        .limit(page.first.and_one())
        .all(cx.db())
        .await?;
    let notices = rows.into_iter().filter_map(notice::Model::read).collect();
    Ok(Listed::cut(notices, page.first, |notice| Position {
        key: Key::At(notice.at),
        id: notice.id.uuid(),
    }))
}

/// How many notices the caller has not read: for them alone.
///
/// # Errors
///
/// Those of the database.
pub async fn unread(cx: &Cx) -> Result<u64, Error> {
    let Some(query) = own(cx) else { return Ok(0) };
    Ok(query
        .filter(notice::Column::ReadAt.is_null())
        .count(cx.db())
        .await?)
}

/// The number of the last change of the caller's own inbox.
///
/// # Errors
///
/// Those of the database.
pub async fn number(cx: &Cx) -> Result<i64, Error> {
    let Some(person) = cx.person() else {
        return Ok(0);
    };
    let key = (cx.organiser().uuid(), person.uuid());
    let row = sql::inbox::Entity::find_by_id(key).one(cx.db()).await?;
    Ok(row.map_or(0, |row| row.n))
}

fn own(cx: &Cx) -> Option<Select<notice::Entity>> {
    let person = cx.person()?;
    Some(
        notice::Entity::find()
            .filter(notice::Column::OrganiserId.eq(cx.organiser().uuid()))
            .filter(notice::Column::PersonId.eq(person.uuid())),
    )
}
