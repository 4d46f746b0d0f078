//! People. Every read of a person goes through [`known`], so that a protected identity is kept in one place.

use super::{
    after_name, begins, holds_today, insert, never, nodes, one, ours, read,
    rows::{membership, person, person_unit, protected_read, role, unit},
    same, unreadable, within,
};
use crate::{
    Error, PeopleFilter, Person, PersonRecord,
    calendar::today,
    order::order_name,
    policy::{self, Sight, sight_of_people},
};
use chrono::NaiveDate;
use kit::{AccountId, Actor, Key, Lang, Listed, Page, PersonId, Position, TeamId, UnitId};
use person::Column as C;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    sea_query::{Expr, OnConflict, Order, Query, SelectStatement},
};
use std::collections::{BTreeSet, HashMap};
use store::{Cx, Tx, any};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    lang: String,
    protected: bool,
    account_id: Option<Uuid>,
    last_day: Option<NaiveDate>,
    version: i64,
    unit_id: Option<Uuid>,
    path: Option<String>,
}

impl Row {
    fn read(self, today: NaiveDate) -> Result<Person, Error> {
        Ok(Person {
            id: PersonId(self.id),
            name: self.name,
            unit: self.unit_id.map(UnitId),
            left: self.last_day.is_some_and(|last| last < today),
            nodes: nodes(self.path.as_deref())?,
            record: PersonRecord {
                lang: Lang::from_code(&self.lang).ok_or_else(|| unreadable("a language"))?,
                protected: self.protected,
                joined: self.account_id.is_some(),
                last_day: self.last_day,
                version: self.version,
            },
        })
    }
}

/// The rule of whom an actor may know. Whoever does not meet it is "a colleague": no name, no unit, not counted.
///
/// Everybody knows themself and the members of their own teams. Who works here knows all others whose identity is not protected;
/// a guest knows nobody else. Those who are named for it know the protected too.
fn known(cx: &Cx) -> Condition {
    let open = C::Protected.eq(false);
    match (sight_of_people(&cx.actor), &cx.actor) {
        (Sight::Nothing, _) => never(),
        (Sight::Units(units), _) => Condition::all().add(open).add(any(
            cx,
            person_unit::Column::UnitId,
            units.iter().copied(),
        )),
        (Sight::Whole, Actor::System { .. }) => Condition::all(),
        (Sight::Whole, actor) if policy::guards(actor) => Condition::all(),
        (sight, Actor::Person(me)) => {
            let mates = Condition::any()
                .add(C::Id.eq(me.person.uuid()))
                .add(C::Id.in_subquery(members_of(cx, &me.teams)));
            if sight == Sight::Whole {
                mates.add(open)
            } else {
                mates
            }
        }
        (Sight::Whole, _) => Condition::all().add(open),
        (Sight::Own, _) => never(),
    }
}

fn members_of(cx: &Cx, teams: &[TeamId]) -> SelectStatement {
    use membership::Column as M;
    Query::select()
        .column(M::PersonId.as_column_ref())
        .from(membership::Entity)
        .cond_where(ours(cx, M::OrganiserId))
        .cond_where(any(cx, M::TeamId, teams.iter().copied()))
        .cond_where(M::LeftAt.is_null())
        .to_owned()
}

/// The people whom the actor may know, each with the home unit of today.
fn people(cx: &Cx) -> SelectStatement {
    use person_unit::Column as H;
    let home = Condition::all()
        .add(same(H::OrganiserId, C::OrganiserId))
        .add(same(H::PersonId, C::Id))
        .add(holds_today(cx, H::FromDay, H::ToDay));
    let at = Condition::all()
        .add(same(unit::Column::OrganiserId, H::OrganiserId))
        .add(same(unit::Column::Id, H::UnitId));
    let own = [
        C::Id,
        C::Name,
        C::Lang,
        C::Protected,
        C::AccountId,
        C::LastDay,
        C::Version,
    ];
    Query::select()
        .columns(own.map(|column| column.as_column_ref()))
        .column(H::UnitId.as_column_ref())
        .column(unit::Column::Path.as_column_ref())
        .from(person::Entity)
        .left_join(person_unit::Entity, home)
        .left_join(unit::Entity, at)
        .cond_where(ours(cx, C::OrganiserId))
        .cond_where(known(cx))
        .to_owned()
}

/// Reads people, and notes whom a guard of protected identities was shown before they are shown.
async fn all(cx: &Cx, select: &SelectStatement) -> Result<Vec<Person>, Error> {
    let rows: Vec<Row> = read(cx, select).await?;
    let today = today(cx.now);
    let people: Vec<Person> = rows
        .into_iter()
        .map(|row| row.read(today))
        .collect::<Result<_, _>>()?;
    if policy::guards(&cx.actor) {
        note(cx, &people).await?;
    }
    Ok(people)
}

/// One row per guard, person and day. Reading oneself is not noted.
async fn note(cx: &Cx, people: &[Person]) -> Result<(), Error> {
    use protected_read::Column as P;
    let day = today(cx.now);
    let rows: Vec<_> = people
        .iter()
        .filter(|person| person.record.protected && !cx.actor.is(person.id))
        .map(|person| {
            protected_read::Model {
                organiser_id: cx.organiser().uuid(),
                person_id: person.id.uuid(),
                reader_id: cx.actor.id(),
                day,
            }
            .into_active_model()
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let key = [P::OrganiserId, P::PersonId, P::ReaderId, P::Day];
    let insert = protected_read::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned());
    if cx.db().is_transaction() {
        insert.exec_without_returning(cx.db()).await?;
        Ok(())
    } else {
        store::write(cx, async |tx: &Tx| {
            insert.exec_without_returning(tx.db()).await?;
            Ok::<_, Error>(())
        })
        .await
    }
}

pub(crate) async fn find(cx: &Cx, person: PersonId) -> Result<Person, Error> {
    find_all(cx, &[person]).await?.pop().ok_or(Error::NotFound)
}

pub(crate) async fn find_all(cx: &Cx, ids: &[PersonId]) -> Result<Vec<Person>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = people(cx)
        .cond_where(any(cx, C::Id, ids.iter().copied()))
        .to_owned();
    all(cx, &select).await
}

pub(crate) async fn list(
    cx: &Cx,
    filter: &PeopleFilter,
    page: &Page,
) -> Result<Listed<Person>, Error> {
    let mut select = people(cx);
    select.cond_where(after_name(page, C::OrderName, C::Id));
    if let Some(at) = filter.unit {
        select.cond_where(within(unit::Column::Path, at));
    }
    if let Some(team) = filter.team {
        select.cond_where(C::Id.in_subquery(members_of(cx, &[team])));
    }
    if let Some(held) = filter.role {
        let holders = Query::select()
            .column(role::Column::PersonId.as_column_ref())
            .from(role::Entity)
            .cond_where(ours(cx, role::Column::OrganiserId))
            .cond_where(role::Column::Role.eq(held.code()))
            .cond_where(holds_today(cx, role::Column::FromDay, role::Column::ToDay))
            .to_owned();
        select.cond_where(C::Id.in_subquery(holders));
    }
    if let Some(typed) = &filter.name {
        select.cond_where(begins(C::OrderName, typed));
    }
    if !filter.with_left {
        select.cond_where(super::not_over(C::LastDay, today(cx.now)));
    }
    select
        .order_by(C::OrderName.as_column_ref(), Order::Asc)
        .order_by(C::Id.as_column_ref(), Order::Asc)
        .limit(page.first.and_one());
    let people = all(cx, &select).await?;
    Ok(Listed::cut(people, page.first, place))
}

fn place(person: &Person) -> Position {
    Position {
        key: Key::Name(order_name(&person.name)),
        id: person.id.uuid(),
    }
}

/// The members of each of these teams whom the actor may know.
pub(crate) async fn of_each(
    cx: &Cx,
    teams: &[TeamId],
    page: &Page,
) -> Result<HashMap<TeamId, Listed<Person>>, Error> {
    use membership::Column as M;
    #[derive(FromQueryResult)]
    struct Member {
        team_id: Uuid,
        id: Uuid,
    }
    if teams.is_empty() {
        return Ok(HashMap::new());
    }
    let membership = Condition::all()
        .add(same(M::OrganiserId, C::OrganiserId))
        .add(same(M::PersonId, C::Id))
        .add(any(cx, M::TeamId, teams.iter().copied()))
        .add(M::LeftAt.is_null());
    let mut members = visible(cx);
    members
        .column(M::TeamId.as_column_ref())
        .inner_join(membership::Entity, membership)
        .cond_where(after_name(page, C::OrderName, C::Id))
        .cond_where(super::not_over(C::LastDay, today(cx.now)));
    let order = [(C::OrderName, Order::Asc), (C::Id, Order::Asc)];
    let parts = ["team_id", "id"];
    let first = store::first_of_each(members, M::TeamId, &order, page.first.and_one(), parts);
    let rows: Vec<Member> = read(cx, &first).await?;
    let ids: BTreeSet<PersonId> = rows.iter().map(|row| PersonId(row.id)).collect();
    let ids: Vec<PersonId> = ids.into_iter().collect();
    let people = find_all(cx, &ids).await?;
    let people: HashMap<Uuid, Person> = people
        .into_iter()
        .map(|person| (person.id.uuid(), person))
        .collect();
    let members = rows.into_iter().filter_map(|row| {
        let person = people.get(&row.id)?.clone();
        Some((TeamId(row.team_id), person))
    });
    Ok(Listed::cut_each(members, page.first, place))
}

/// The ids of the people whom the actor may know.
fn visible(cx: &Cx) -> SelectStatement {
    use person_unit::Column as H;
    let home = Condition::all()
        .add(same(H::OrganiserId, C::OrganiserId))
        .add(same(H::PersonId, C::Id))
        .add(holds_today(cx, H::FromDay, H::ToDay));
    Query::select()
        .column(C::Id.as_column_ref())
        .from(person::Entity)
        .left_join(person_unit::Entity, home)
        .cond_where(ours(cx, C::OrganiserId))
        .cond_where(known(cx))
        .to_owned()
}

/// The unit that was home on `day`, for the people whom the actor may know.
pub(crate) async fn homes_on(
    cx: &Cx,
    ids: &[PersonId],
    day: NaiveDate,
) -> Result<Vec<(PersonId, UnitId)>, Error> {
    use person_unit::Column as H;
    #[derive(FromQueryResult)]
    struct Home {
        person_id: Uuid,
        unit_id: Uuid,
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = Query::select()
        .columns([H::PersonId, H::UnitId].map(|column| column.as_column_ref()))
        .from(person_unit::Entity)
        .cond_where(ours(cx, H::OrganiserId))
        .cond_where(any(cx, H::PersonId, ids.iter().copied()))
        .cond_where(H::PersonId.in_subquery(visible(cx)))
        .cond_where(H::FromDay.lte(day))
        .cond_where(super::not_over(H::ToDay, day))
        .to_owned();
    let rows: Vec<Home> = read(cx, &select).await?;
    Ok(rows
        .into_iter()
        .map(|home| (PersonId(home.person_id), UnitId(home.unit_id)))
        .collect())
}

pub(crate) async fn add(tx: &Tx, new: &Person) -> Result<(), Error> {
    let row = person::Model {
        organiser_id: tx.organiser().uuid(),
        id: new.id.uuid(),
        order_name: order_name(&new.name),
        name: new.name.clone(),
        lang: new.record.lang.code().to_owned(),
        protected: new.record.protected,
        account_id: None,
        last_day: new.record.last_day,
        version: new.record.version,
        created_at: tx.now,
    };
    insert(tx, row).await
}

/// Saves what was read at the version before.
pub(crate) async fn save(tx: &Tx, changed: &Person) -> Result<(), Error> {
    let update = person::Entity::update_many()
        .col_expr(C::Name, Expr::value(changed.name.clone()))
        .col_expr(C::OrderName, Expr::value(order_name(&changed.name)))
        .col_expr(C::Lang, Expr::value(changed.record.lang.code()))
        .col_expr(C::Protected, Expr::value(changed.record.protected))
        .col_expr(C::LastDay, Expr::value(changed.record.last_day))
        .col_expr(C::Version, Expr::value(changed.record.version))
        .filter(ours(tx, C::OrganiserId))
        .filter(C::Id.eq(changed.id.uuid()))
        .filter(C::Version.eq(changed.record.version - 1));
    one(update.exec(tx.db()).await?)
}

/// Links the account, if the person has none or this one. Whether it is linked now.
pub(crate) async fn link(tx: &Tx, person: PersonId, account: AccountId) -> Result<bool, Error> {
    let free = Condition::any()
        .add(C::AccountId.is_null())
        .add(C::AccountId.eq(account.uuid()));
    let linked = person::Entity::update_many()
        .col_expr(C::AccountId, Expr::value(Some(account.uuid())))
        .filter(ours(tx, C::OrganiserId))
        .filter(C::Id.eq(person.uuid()))
        .filter(free)
        .exec(tx.db())
        .await?;
    Ok(linked.rows_affected == 1)
}

/// The account that the person signs in with, if they have come in.
pub(crate) async fn account(cx: &Cx, person: PersonId) -> Result<Option<AccountId>, Error> {
    let key = (cx.organiser().uuid(), person.uuid());
    let row = person::Entity::find_by_id(key).one(cx.db()).await?;
    Ok(row.and_then(|row| row.account_id).map(AccountId))
}

/// The person of this organiser that the account belongs to.
pub(crate) async fn of_account(cx: &Cx, account: AccountId) -> Result<Option<PersonId>, Error> {
    let row = person::Entity::find()
        .filter(ours(cx, C::OrganiserId))
        .filter(C::AccountId.eq(account.uuid()))
        .one(cx.db())
        .await?;
    Ok(row.map(|row| PersonId(row.id)))
}

/// From `from_day` on the unit is home; the home before ends the day before, and later plans give way.
pub(crate) async fn move_home(
    tx: &Tx,
    person: PersonId,
    unit: UnitId,
    from_day: NaiveDate,
) -> Result<(), Error> {
    use person_unit::Column as H;
    let of_person = Condition::all()
        .add(ours(tx, H::OrganiserId))
        .add(H::PersonId.eq(person.uuid()));
    person_unit::Entity::delete_many()
        .filter(of_person.clone())
        .filter(H::FromDay.gte(from_day))
        .exec(tx.db())
        .await?;
    person_unit::Entity::update_many()
        .col_expr(H::ToDay, Expr::value(from_day.pred_opt()))
        .filter(of_person)
        .filter(super::not_over(H::ToDay, from_day))
        .exec(tx.db())
        .await?;
    let row = person_unit::Model {
        organiser_id: tx.organiser().uuid(),
        person_id: person.uuid(),
        from_day,
        to_day: None,
        unit_id: unit.uuid(),
    };
    insert(tx, row).await
}

/// Whether one of these is protected; their rows are locked, so that the answer holds until the transaction ends.
pub(crate) async fn protects_any(tx: &Tx, people: &[PersonId]) -> Result<bool, Error> {
    if people.is_empty() {
        return Ok(false);
    }
    let rows = person::Entity::find()
        .filter(ours(tx, C::OrganiserId))
        .filter(any(tx, C::Id, people.iter().copied()));
    let rows = store::lock(tx, rows).all(tx.db()).await?;
    Ok(rows.iter().any(|row| row.protected))
}
