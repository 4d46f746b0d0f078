//! Copies, what they build on, and on which terms.

use super::world::{ask, forked_by, listed, nils, open, put_as, standing};
use crate::{
    Fork, Licence, fork, open_origins,
    world::{self, anna, code, publish_ask, write},
};
use store::Tx;
use testkit::{actor, id, on_both};

/// A colleague of Nils.
fn nora() -> kit::Actor {
    let roles = [(kit::Role::Teacher, Some(id(22)))];
    actor(id(super::world::NEIGHBOUR), id(204), &roles, &[])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_remembers_for_ever_what_it_is_a_copy_of_and_is_told_of_what_is_newer() {
    on_both(async |db| {
        let rubric = world::published(db, 11).await;
        let item = open(db, &rubric).await;
        let first = listed(db, nils(), "").await.pop().unwrap();
        let copy = forked_by(db, nils(), 31, item).await.unwrap();
        assert_eq!(copy.organiser, id(super::world::NEIGHBOUR));
        let now = listed(db, nils(), "").await.pop().unwrap();
        assert_eq!((now.copies, now.version), (1, first.version));
        assert_eq!(world::stored(db, rubric.id).await, rubric, "untouched");

        let of = async |who, rubric| {
            let origins = open_origins(&db.cx(who), &[rubric]).await.unwrap();
            origins.into_values().next()
        };
        let origin = of(nils(), copy.id).await.unwrap();
        assert_eq!((origin.open, origin.direct), (item, true));
        assert_eq!(origin.content_hash, first.content_hash);
        assert!(!origin.has_newer, "{}", db.kind());
        assert_eq!(of(nora(), copy.id).await, None, "a draft is its author's");

        let draft = world::revised(db, &rubric).await;
        let renamed = world::renamed(db, &draft, "Nytt namn").await;
        let second = write(db, anna(), async |tx: &Tx| {
            crate::publish(tx, &publish_ask(&renamed)).await
        });
        open(db, &second.await.unwrap()).await;
        let origin = of(nils(), copy.id).await.unwrap();
        assert!(origin.has_newer, "{}", db.kind());
        assert_eq!(origin.content_hash, first.content_hash, "for ever");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_builds_on_what_is_shared_alike_is_shared_alike_with_every_credit() {
    on_both(async |db| {
        let item = open(db, &world::published(db, 11).await).await;
        let copy = forked_by(db, nils(), 31, item).await.unwrap();
        let published = write(db, nils(), async |tx: &Tx| {
            crate::publish(tx, &publish_ask(&copy)).await
        });
        let published = published.await.unwrap();

        // A colleague's fork of the copy builds on the same work.
        let shared = write(db, nils(), async |tx: &Tx| {
            let ask = crate::Share {
                rubric: published.id,
                version: published.version,
                scope: crate::Scope::Unit(id(22)),
                review_demanded: false,
                undo: chrono::TimeDelta::minutes(10),
            };
            crate::share(tx, &ask).await
        });
        let shared = shared.await.unwrap();
        let again = Fork {
            id: id(32),
            rubric: shared.id,
            version: None,
            unit: id(22),
        };
        let noras = write(db, nora(), async |tx: &Tx| fork(tx, &again).await)
            .await
            .unwrap();
        let noras = write(db, nora(), async |tx: &Tx| {
            crate::publish(tx, &publish_ask(&noras)).await
        });
        let noras = noras.await.unwrap();
        let origins = open_origins(&db.cx(nora()), &[noras.id]).await.unwrap();
        assert!(!origins[&noras.id].direct, "{}", db.kind());
        assert_eq!(origins[&noras.id].credits.len(), 1);

        for (who, rubric) in [(nils(), &shared), (nora(), &noras)] {
            let mut terms = ask(rubric);
            terms.organiser_name = "Grannkommunen".to_owned();
            terms.credit_name = None;
            terms.licence = Licence::CcBy;
            let refused = put_as(db, who.clone(), &terms).await;
            assert_eq!(code(refused), "RUBRIC_SHARE_ALIKE", "{}", db.kind());
            assert_eq!(standing(db, who.clone(), rubric.id).await, None);
            terms.licence = Licence::CcBySa;
            put_as(db, who, &terms).await.unwrap();
        }
        let adapted = listed(db, anna(), "").await;
        let adapted = adapted.iter().filter(|open| open.id != item);
        for open in adapted.clone() {
            let line = open.credit.to_string();
            assert_eq!(line, "Grannkommunen (CC BY-SA 4.0)");
            let below: Vec<String> = open.builds_on.iter().map(ToString::to_string).collect();
            assert_eq!(below, ["Anna Berg, Älvsunda (CC BY-SA 4.0)"]);
        }
        assert_eq!(adapted.count(), 2, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals() {
    on_both(async |db| {
        let item = open(db, &world::published(db, 11).await).await;
        let cases = [
            ("a guest", super::world::guest(), item, "RUBRIC_NOT_HERE"),
            (
                "an administrator",
                super::world::keeper(),
                item,
                "RUBRIC_NOT_HERE",
            ),
            ("an unknown one", nils(), id(99), "NOT_FOUND"),
        ];
        for (case, who, open, expected) in cases {
            let outcome = forked_by(db, who, 41, open).await;
            assert_eq!(code(outcome), expected, "{case} on {}", db.kind());
        }
        let shown = listed(db, nils(), "").await.pop().unwrap();
        assert_eq!(shown.copies, 0, "{}", db.kind());
    })
    .await;
}
