//! Hiding, showing again, and taking a name out.

use super::world::{
    forked_by, hear, house, keeper, listed, neighbours_keeper, nils, open, organisers, sees,
    standing,
};
use crate::{
    Error, HideOpen, StandingState, bar_open,
    catalogue::table::hiding,
    find_open, hide_open, open_origins, organiser_of_open,
    world::{self, anna, bo, code, organiser, write},
};
use kit::{Actor, Body, OpenRubricId};
use organisation::events::ProtectionChanged;
use sea_orm::EntityTrait;
use store::Tx;
use testkit::{TestDb, id, on_both, on_both_with};

fn ask(open: OpenRubricId, hidden: bool) -> HideOpen {
    HideOpen {
        open,
        hidden,
        reason: Body::parse("Bilden är någon annans.").unwrap(),
    }
}

async fn hide(db: &TestDb, who: Actor, ask: &HideOpen) -> &'static str {
    code(write(db, who, async |tx: &Tx| hide_open(tx, ask).await).await)
}

async fn recorded(db: &TestDb) -> Vec<hiding::Model> {
    let rows = hiding::Entity::find().all(db.cx(anna()).db()).await;
    rows.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn its_own_organisers_administrator_hides_it_from_everybody_and_its_author_reads_why() {
    on_both(async |db| {
        let heard = hear(db);
        let rubric = world::published(db, 11).await;
        let item = open(db, &rubric).await;
        assert_eq!(hide(db, keeper(), &ask(item, true)).await, "ok");
        for who in [anna(), bo(), nils(), neighbours_keeper()] {
            assert!(!sees(db, who.clone(), item).await, "{}", db.kind());
            let found = find_open(&db.cx(who), item).await;
            assert!(matches!(found, Err(Error::NotFound)), "{}", db.kind());
        }
        let stands = standing(db, anna(), rubric.id).await.unwrap();
        assert_eq!(stands.state, StandingState::Hidden);
        assert_eq!(stands.reason.as_deref(), Some("Bilden är någon annans."));
        assert_eq!(standing(db, bo(), rubric.id).await, None, "its authors'");
        // Whoever hid it still knows of it, so that they can show it again.
        let known = find_open(&db.cx(keeper()), item).await.unwrap();
        assert!(known.hidden.unwrap().for_everybody, "{}", db.kind());

        // A newer version of what is hidden stays hidden.
        open(db, &rubric).await;
        assert!(!sees(db, nils(), item).await, "{}", db.kind());
        assert_eq!(hide(db, keeper(), &ask(item, false)).await, "ok");
        assert!(sees(db, nils(), item).await, "{}", db.kind());
        let rows = recorded(db).await;
        assert_eq!(rows.len(), 2, "{}: every time", db.kind());
        for row in rows {
            assert_eq!(row.by_id, Some(uuid::Uuid::from_u128(105)));
            assert!(row.for_everybody);
        }
        let told = (organiser(), "open_rubric.hidden".to_owned());
        assert_eq!(*heard.lock().unwrap(), vec![told; 2], "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organisers_administrator_hides_it_from_their_own_people_alone() {
    on_both(async |db| {
        let heard = hear(db);
        let rubric = world::published(db, 11).await;
        let item = open(db, &rubric).await;
        assert_eq!(hide(db, neighbours_keeper(), &ask(item, true)).await, "ok");
        assert!(!sees(db, nils(), item).await, "{}", db.kind());
        assert!(sees(db, bo(), item).await, "{}", db.kind());
        let stands = standing(db, anna(), rubric.id).await.unwrap();
        assert_eq!(stands.state, StandingState::Shown, "{}", db.kind());
        let known = find_open(&db.cx(neighbours_keeper()), item).await.unwrap();
        let hidden = known.hidden.unwrap();
        assert_eq!(
            (hidden.for_everybody, hidden.reason.as_str()),
            (false, "Bilden är någon annans.")
        );
        assert_eq!(*heard.lock().unwrap(), [], "{}: nobody's loss", db.kind());
        assert_eq!(hide(db, neighbours_keeper(), &ask(item, false)).await, "ok");
        assert!(sees(db, nils(), item).await, "{}", db.kind());
        assert_eq!(recorded(db).await.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals() {
    on_both(async |db| {
        let item = open(db, &world::published(db, 11).await).await;
        let mut numbered = ask(item, true);
        numbered.reason = Body::parse("Om 811218-9876").unwrap();
        let cases = [
            ("its author", anna(), ask(item, true), "RUBRIC_NOT_KEEPER"),
            ("elsewhere", nils(), ask(item, true), "RUBRIC_NOT_KEEPER"),
            (
                "a school's administrator",
                world::admin(),
                ask(item, true),
                "NOT_FOUND",
            ),
            ("unknown", keeper(), ask(id(99), true), "NOT_FOUND"),
            (
                "a personal number",
                keeper(),
                numbered,
                "RUBRIC_PERSONAL_NUMBER",
            ),
        ];
        for (case, who, ask, expected) in cases {
            assert_eq!(hide(db, who, &ask).await, expected, "{case} {}", db.kind());
        }
        let barred = write(db, keeper(), async |tx: &Tx| {
            bar_open(tx, &ask(item, true)).await
        });
        assert_eq!(code(barred.await), "RUBRIC_NOT_KEEPER");
        assert!(sees(db, nils(), item).await, "{}", db.kind());
        assert_eq!(recorded(db).await, [], "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_runs_the_installation_hides_it_whatever_its_organiser_wants() {
    on_both(async |db| {
        let rubric = world::published(db, 11).await;
        let item = open(db, &rubric).await;
        let asks = house(kit::OrganiserId(uuid::Uuid::nil()));
        let owner = organiser_of_open(&db.cx(asks), item).await.unwrap();
        assert_eq!(owner, organiser());
        let bar = async |hidden| {
            let work = write(db, house(owner), async |tx: &Tx| {
                bar_open(tx, &ask(item, hidden)).await
            });
            work.await.unwrap();
        };
        bar(true).await;
        assert!(!sees(db, nils(), item).await, "{}", db.kind());
        // Its own administrator cannot undo it.
        assert_eq!(hide(db, keeper(), &ask(item, false)).await, "ok");
        assert!(!sees(db, nils(), item).await, "{}", db.kind());
        bar(false).await;
        assert!(sees(db, nils(), item).await, "{}", db.kind());
        let by: Vec<_> = recorded(db).await.iter().map(|row| row.by_id).collect();
        assert_eq!(by.iter().filter(|by| by.is_none()).count(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_protected_from_now_on_is_out_of_every_version_and_copy() {
    let consumers = store::Consumers(crate::consumers());
    on_both_with(&consumers, async |db| {
        organisers(db).await;
        let rubric = world::published(db, 11).await;
        let item = open(db, &rubric).await;
        let copy = forked_by(db, nils(), 31, item).await.unwrap();
        let line = async || {
            let shown = listed(db, nils(), "").await.pop().unwrap();
            let origins = open_origins(&db.cx(nils()), &[copy.id]).await.unwrap();
            let copied = origins[&copy.id].credits[0].to_string();
            (shown.credit.to_string(), copied)
        };
        let named = "Anna Berg, Älvsunda (CC BY-SA 4.0)".to_owned();
        assert_eq!(line().await, (named.clone(), named.clone()));
        let marked = async |person: u128, protected| {
            store::write(&db.cx(house(organiser())), async |tx: &Tx| {
                tx.emit(&ProtectionChanged {
                    person: id(person),
                    protected,
                });
                Ok::<_, store::Error>(())
            })
            .await
            .unwrap();
            db.store.work_until_idle().await.unwrap();
        };
        marked(world::BO, true).await;
        marked(world::ANNA, false).await;
        assert_eq!(line().await, (named.clone(), named), "{}", db.kind());
        marked(world::ANNA, true).await;
        let bare = "Älvsunda (CC BY-SA 4.0)".to_owned();
        assert_eq!(line().await, (bare.clone(), bare), "{}", db.kind());
        let stands = standing(db, anna(), rubric.id).await.unwrap();
        assert_eq!(stands.credit_name, None, "{}", db.kind());
    })
    .await;
}
