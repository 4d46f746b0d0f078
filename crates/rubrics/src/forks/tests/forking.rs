//! A fork is made.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_fork_is_whoever_made_it_and_says_for_ever_where_it_comes_from() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let fork = forked(db, bo(), 21, origin.id).await.unwrap();
        assert_eq!(fork.authors, [id(BO)], "{}", db.kind());
        assert!(seen(db, bo(), fork.id).await && !seen(db, anna(), fork.id).await);
        let noted = origins(&db.cx(bo()), &[fork.id])
            .await
            .unwrap()
            .pop()
            .unwrap();
        assert_eq!(
            (noted.rubric, Some(noted.version), noted.root),
            (origin.id, origin.current, origin.id)
        );
        assert_eq!(noted.credit.authors, [id(ANNA)]);
        assert_eq!(noted.credit.number, "1.0");
        let (from, to) = crate::compare(
            &db.cx(bo()),
            origin.current.unwrap(),
            fork.draft.unwrap().version,
        )
        .await
        .unwrap();
        assert!(diff(&from.content, &to.content).is_empty(), "the same ids");

        // The origin is narrowed and put away: the credit stays, and so does the version that the fork holds.
        let narrowed = world::shared(db, &origin, Scope::Private).await.unwrap();
        let archived = world::archived(db, &world::retired(db, &narrowed).await).await;
        assert!(!seen(db, bo(), archived.id).await);
        let after = origins(&db.cx(bo()), &[fork.id])
            .await
            .unwrap()
            .pop()
            .unwrap();
        assert_eq!(after, noted);
        let held = find_version(&db.cx(bo()), noted.version).await.unwrap();
        assert_eq!(*held.content, three(), "{}", db.kind());
        let cilla = find_version(&db.cx(world::cilla()), noted.version).await;
        assert_eq!(code(cilla), "NOT_FOUND", "who holds nothing reads nothing");
        assert_eq!(world_told(db, bo(), fork.id).await, ["rubric.forked"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_forked() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let draft = world::draft(db, 12).await;
        let retired = world::retired(db, &origin_of(db, 13).await).await;
        let other = origin_of(db, 14).await;
        let ask = |rubric: RubricId| Fork {
            id: id(99),
            rubric,
            version: None,
            unit: school(),
        };
        let elsewhere = Fork {
            unit: id(3),
            ..ask(origin.id)
        };
        let of_another = Fork {
            version: other.current,
            ..ask(origin.id)
        };
        for (case, who, ask, expected) in [
            ("a draft", anna(), ask(draft.id), "RUBRIC_NOT_PUBLISHED"),
            ("a colleague's draft", bo(), ask(draft.id), "NOT_FOUND"),
            ("a retired one", bo(), ask(retired.id), "RUBRIC_NOT_ACTIVE"),
            (
                "where one does not work",
                bo(),
                elsewhere,
                "RUBRIC_NOT_HERE",
            ),
            ("another rubric's version", bo(), of_another, "NOT_FOUND"),
            ("a stranger", stranger(), ask(origin.id), "NOT_FOUND"),
        ] {
            let outcome = write(db, who.clone(), async |tx: &Tx| fork(tx, &ask).await).await;
            assert_eq!(code(outcome), expected, "{case} on {}", db.kind());
            assert!(
                !seen(db, who, id(99)).await,
                "{case}: nothing may be stored"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fork_costs_as_many_statements_for_fifty_criteria_as_for_one() {
    on_both(async |db| {
        let mut big = sample::titled("Stor");
        big.criteria = (1..=50).map(sample::criterion).collect();
        for criterion in &mut big.criteria {
            let first = criterion.levels[0].id.uuid().as_u128();
            criterion.levels = (0..10).map(|level| sample::level(first + level)).collect();
        }
        let mut counts = Vec::new();
        for (number, content) in [(11, sample::titled("Liten")), (12, big)] {
            let published = world::published_of(db, number, content).await;
            let ask = Fork {
                id: id(number + 100),
                rubric: published.id,
                version: None,
                unit: school(),
            };
            let cx = db.cx(anna());
            let made = store::write(&cx, async |tx: &Tx| {
                fork(tx, &ask).await?;
                Ok::<_, Error>(tx.db().statements())
            });
            counts.push(made.await.unwrap());
        }
        assert_eq!(counts[0], counts[1], "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fork_that_was_thrown_away_lets_go_of_its_origin() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let fork = forked(db, bo(), 21, origin.id).await.unwrap();
        let ask = crate::DeleteDraft {
            rubric: fork.id,
            version: fork.version,
        };
        write(db, bo(), async |tx: &Tx| {
            crate::delete_draft(tx, &ask).await
        })
        .await
        .unwrap();
        db.clock
            .pass(crate::RESTORE + chrono::TimeDelta::seconds(1));
        let gone = write(db, bo(), async |tx: &Tx| crate::forget(tx, fork.id).await).await;
        assert_eq!(
            gone.unwrap(),
            3,
            "{}: a rubric, a version, a save",
            db.kind()
        );
        let cx = db.cx(bo());
        assert_eq!(origins(&cx, &[fork.id]).await.unwrap(), []);
        let counts = counts(&cx, &[origin.id]).await.unwrap();
        assert_eq!(
            (counts[&origin.id].forks, counts[&origin.id].uses),
            (0, 0),
            "{}",
            db.kind()
        );
    })
    .await;
}
