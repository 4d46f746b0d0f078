//! The people and rubrics of this room's tests.

use crate::{
    Archive, Content, Create, CreateLink, DeleteDraft, Error, Link, Publish, Retire, Revise,
    Rubric, RubricKind, Scope, Share, Submit, archive, create, delete_draft, publish, retire,
    revise, sample, share, submit,
};
use chrono::TimeDelta;
use kit::{
    Actor, Bilingual, Fault, OrganiserId, PersonId, Role, RubricId, RubricVersionId, TeamId, Text,
    UnitId,
};
use store::Tx;
use testkit::{TestDb, actor, id};

/// For how long a share can be undone.
pub(crate) const UNDO: TimeDelta = TimeDelta::minutes(10);

pub(crate) const ANNA: u128 = 101;
pub(crate) const BO: u128 = 102;
pub(crate) const CILLA: u128 = 103;

pub(crate) fn organiser() -> OrganiserId {
    id(1)
}

/// Where Anna and Bo work.
pub(crate) fn school() -> UnitId {
    id(2)
}

/// Anna's and Cilla's.
pub(crate) fn team() -> TeamId {
    id(4)
}

/// A teacher, the author of what follows.
pub(crate) fn anna() -> Actor {
    actor(
        organiser(),
        id(ANNA),
        &[(Role::Teacher, Some(school()))],
        &[team()],
    )
}

/// Her colleague at the same school.
pub(crate) fn bo() -> Actor {
    actor(organiser(), id(BO), &[(Role::Teacher, Some(school()))], &[])
}

/// A teacher at another school, in Anna's team.
pub(crate) fn cilla() -> Actor {
    actor(
        organiser(),
        id(CILLA),
        &[(Role::Teacher, Some(id(3)))],
        &[team()],
    )
}

/// An administrator of the same school, who reads no content.
pub(crate) fn admin() -> Actor {
    actor(organiser(), id(104), &[(Role::Admin, Some(school()))], &[])
}

/// Somebody of another organiser, who even has the same ids.
pub(crate) fn stranger() -> Actor {
    actor(
        id(9),
        id(ANNA),
        &[(Role::Teacher, Some(school()))],
        &[team()],
    )
}

pub(crate) async fn write<T>(
    db: &TestDb,
    actor: Actor,
    work: impl AsyncFnOnce(&Tx) -> Result<T, Error>,
) -> Result<T, Error> {
    store::write(&db.cx(actor), work).await
}

/// A draft of Anna's.
pub(crate) async fn draft_of(db: &TestDb, number: u128, content: Content) -> Rubric {
    let ask = Create {
        id: id(number),
        unit: school(),
        content,
    };
    write(db, anna(), async |tx: &Tx| create(tx, &ask).await)
        .await
        .unwrap()
}

pub(crate) async fn draft(db: &TestDb, number: u128) -> Rubric {
    draft_of(db, number, sample::everything()).await
}

pub(crate) const fn publish_ask(rubric: &Rubric) -> Publish {
    Publish {
        rubric: rubric.id,
        version: rubric.version,
        review_demanded: false,
        preschool: false,
    }
}

pub(crate) async fn published_of(db: &TestDb, number: u128, content: Content) -> Rubric {
    let draft = draft_of(db, number, content).await;
    write(db, anna(), async |tx: &Tx| {
        publish(tx, &publish_ask(&draft)).await
    })
    .await
    .unwrap()
}

/// What Anna published, for herself alone.
pub(crate) async fn published(db: &TestDb, number: u128) -> Rubric {
    published_of(db, number, sample::everything()).await
}

pub(crate) async fn shared(db: &TestDb, rubric: &Rubric, scope: Scope) -> Result<Rubric, Error> {
    let ask = Share {
        rubric: rubric.id,
        version: rubric.version,
        scope,
        review_demanded: false,
        undo: UNDO,
    };
    write(db, anna(), async |tx: &Tx| share(tx, &ask).await).await
}

/// What Anna published for her school.
pub(crate) async fn at_school(db: &TestDb, number: u128) -> Rubric {
    let rubric = published(db, number).await;
    shared(db, &rubric, Scope::Unit(school())).await.unwrap()
}

/// A draft of Anna's that Bo was asked to review.
pub(crate) async fn submitted(db: &TestDb, rubric: &Rubric) -> Rubric {
    let ask = Submit {
        rubric: rubric.id,
        version: rubric.version,
        reviewer: id(BO),
        reviewer_writes: false,
        preschool: false,
    };
    write(db, anna(), async |tx: &Tx| submit(tx, &ask).await)
        .await
        .unwrap()
}

/// A draft begun beside what is published.
pub(crate) async fn revised(db: &TestDb, rubric: &Rubric) -> Rubric {
    let ask = Revise {
        rubric: rubric.id,
        version: rubric.version,
    };
    write(db, anna(), async |tx: &Tx| revise(tx, &ask).await)
        .await
        .unwrap()
}

pub(crate) async fn seen(db: &TestDb, actor: Actor, rubric: RubricId) -> bool {
    match crate::find(&db.cx(actor), rubric).await {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

/// What anybody at the school sees of it, as it is stored.
pub(crate) async fn stored(db: &TestDb, rubric: RubricId) -> Rubric {
    crate::find(&db.cx(anna()), rubric).await.unwrap()
}

/// The numbers and names of everything that was told of it.
pub(crate) async fn told(db: &TestDb, rubric: RubricId) -> Vec<(i64, String)> {
    let happened = store::replay(&db.cx(anna()), rubric.into(), 0)
        .await
        .unwrap()
        .unwrap();
    happened
        .into_iter()
        .map(|event| (event.n.unwrap(), event.name))
        .collect()
}

pub(crate) fn code<T: std::fmt::Debug>(outcome: Result<T, Error>) -> &'static str {
    match outcome {
        Ok(_) => "ok",
        Err(error) => error.code(),
    }
}

pub(crate) fn person(number: u128) -> PersonId {
    id(number)
}

/// A checklist, which needs little.
pub(crate) fn checklist(title: &str) -> Content {
    let mut content = sample::titled(title);
    content.head.kind = RubricKind::Checklist;
    content.head.title = Bilingual::of(Some(Text::parse(title).unwrap()), None).unwrap();
    content.criteria.truncate(1);
    content.criteria[0].levels.clear();
    content
}

/// Taken out of use.
pub(crate) async fn retired(db: &TestDb, r: &Rubric) -> Rubric {
    let ask = Retire {
        rubric: r.id,
        version: r.version,
    };
    write(db, anna(), async |tx: &Tx| retire(tx, &ask).await)
        .await
        .unwrap()
}

/// Put away.
pub(crate) async fn archived(db: &TestDb, r: &Rubric) -> Rubric {
    let ask = Archive {
        rubric: r.id,
        version: r.version,
    };
    write(db, anna(), async |tx: &Tx| archive(tx, &ask).await)
        .await
        .unwrap()
}

/// Without its draft.
pub(crate) async fn deleted(db: &TestDb, r: &Rubric) -> Rubric {
    let ask = DeleteDraft {
        rubric: r.id,
        version: r.version,
    };
    write(db, anna(), async |tx: &Tx| delete_draft(tx, &ask).await)
        .await
        .unwrap()
}

/// What is stored of the secret of link `number`.
pub(crate) fn secret_hash(number: u128) -> Vec<u8> {
    number.to_be_bytes().to_vec()
}

pub(crate) fn link_ask(
    number: u128,
    rubric: RubricId,
    version: Option<RubricVersionId>,
) -> CreateLink {
    CreateLink {
        id: id(number),
        rubric,
        version,
        secret_hash: secret_hash(number),
        ends_on: testkit::monday().date_naive() + chrono::Days::new(200),
    }
}

/// A link for pupils to what is in use.
pub(crate) async fn linked(db: &TestDb, by: Actor, number: u128, rubric: RubricId) -> Link {
    let ask = link_ask(number, rubric, None);
    write(db, by, async |tx: &Tx| crate::create_link(tx, &ask).await)
        .await
        .unwrap()
}

/// Whether somebody who has not signed in gets in by it.
pub(crate) async fn opens(db: &TestDb, link: &Link) -> bool {
    let hash = secret_hash(link.id.uuid().as_u128());
    let nobody = db.cx(Actor::Anonymous);
    match crate::by_link(&nobody, organiser(), &hash, link.ends_on).await {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

/// A draft of Anna's under another title.
pub(crate) async fn renamed(db: &TestDb, draft: &Rubric, title: &str) -> Rubric {
    let version = draft.draft.unwrap().version;
    let version = crate::find_version(&db.cx(anna()), version).await.unwrap();
    let mut content = (*version.content).clone();
    content.head.title = sample::both(title);
    let ask = crate::SaveDraft {
        rubric: draft.id,
        change: crate::Change::Whole {
            version: draft.version,
            content,
        },
    };
    let saved = write(db, anna(), async |tx: &Tx| {
        crate::save_draft(tx, &ask).await
    });
    saved.await.unwrap().rubric
}
