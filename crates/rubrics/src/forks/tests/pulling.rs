//! A fork takes over what its origin changed.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn three_changes_two_are_pulled_and_the_third_waits() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let fork = forked(db, bo(), 21, origin.id).await.unwrap();
        let fork = saved(db, bo(), &fork, |c| describe(c, 2, "Bos ord")).await;
        let origin = next(db, origin.id, |c| {
            for (at, text) in ["ett", "två", "tre"].iter().enumerate() {
                describe(c, at, text);
            }
        })
        .await;
        let open = offers(&db.cx(bo()), &fork).await.unwrap();
        assert_eq!(offered(&open), [id(1), id(2), id(3)], "{}", db.kind());
        let conflict: Vec<_> = open.iter().map(Offer::is_conflict).collect();
        assert_eq!(conflict, [false, false, true]);

        let first = [(1, Choice::Take), (3, Choice::Take)];
        let done = pulled(db, bo(), &fork, &origin, &first).await.unwrap();
        assert_eq!(offered(&done.conflicts), [id(3)], "both texts come back");
        assert_eq!(offered(&done.open), [id(2)]);
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(
            shows(db, bo(), &done.rubric).await,
            [
                (id(1), said("ett")),
                (id(2), None),
                (id(3), said("Bos ord"))
            ]
        );

        // What was pulled and then changed is no conflict later: it is held against the version that it was pulled from.
        let edited = saved(db, bo(), &done.rubric, |c| describe(c, 0, "ett, sa Bo")).await;
        let open = offers(&db.cx(bo()), &edited).await.unwrap();
        assert_eq!(offered(&open), [id(2), id(3)], "{}", db.kind());

        let rest = [(2, Choice::Take), (3, Choice::Keep)];
        let done = pulled(db, bo(), &edited, &origin, &rest).await.unwrap();
        assert!(done.conflicts.is_empty() && done.open.is_empty());
        let noted = origins(&db.cx(bo()), &[fork.id])
            .await
            .unwrap()
            .pop()
            .unwrap();
        assert_eq!(Some(noted.stands_on.version), origin.current);
        assert_ne!(
            Some(noted.version),
            origin.current,
            "for ever what it was forked from"
        );
        assert_eq!(
            shows(db, bo(), &done.rubric).await,
            [
                (id(1), said("ett, sa Bo")),
                (id(2), said("två")),
                (id(3), said("Bos ord"))
            ]
        );
        let names = world_told(db, bo(), fork.id).await;
        assert_eq!(
            names.iter().filter(|name| *name == "rubric.pulled").count(),
            2
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_fork_gets_a_draft_and_replacing_loses_nothing() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let fork = forked(db, bo(), 21, origin.id).await.unwrap();
        let fork = saved(db, bo(), &fork, |c| describe(c, 0, "Bos ord")).await;
        let fork = published_by(db, bo(), &fork).await;
        let origin = next(db, origin.id, |c| {
            describe(c, 0, "Annas ord");
            c.criteria.remove(1);
            c.criteria.insert(0, sample::criterion(9));
        })
        .await;
        let all = [(1, Choice::Replace), (2, Choice::Take), (9, Choice::Take)];
        let done = pulled(db, bo(), &fork, &origin, &all).await.unwrap();
        assert!(done.rubric.draft.is_some() && done.rubric.current == fork.current);
        let said = Some("Annas ord".to_owned());
        assert_eq!(
            shows(db, bo(), &done.rubric).await,
            [(id(9), None), (id(1), said), (id(3), None)],
            "{}",
            db.kind()
        );
        let (cx, page) = (db.cx(bo()), Page::first(10).unwrap());
        let history = crate::history(&cx, &[fork.id], &page).await.unwrap();
        let kept = history[&fork.id].items.iter().any(|(_, save)| {
            let mut criteria = save.patch.criteria.iter().filter_map(|(_, c)| c.as_ref());
            criteria.any(|c| c.description == Some(sample::words("Bos ord")))
        });
        assert!(kept, "what was replaced stands in the history");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pulls_that_are_refused_change_nothing() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let fork = forked(db, bo(), 21, origin.id).await.unwrap();
        let newer = next(db, origin.id, |c| describe(c, 0, "nytt")).await;
        let take = [(1, Choice::Take)];
        let stale = Rubric {
            version: 0,
            ..fork.clone()
        };
        for (case, who, fork, from, expected) in [
            (
                "an old version of the fork",
                bo(),
                &stale,
                &newer,
                "STALE_VERSION",
            ),
            (
                "an old version of the origin",
                bo(),
                &fork,
                &origin,
                "STALE_VERSION",
            ),
            ("who is no author", anna(), &fork, &newer, "NOT_FOUND"),
            ("what is no fork", anna(), &newer, &newer, "RUBRIC_NOT_FORK"),
        ] {
            let outcome = pulled(db, who, fork, from, &take).await;
            assert_eq!(code(outcome), expected, "{case} on {}", db.kind());
        }
        let narrowed = world::stored(db, origin.id).await;
        world::shared(db, &narrowed, Scope::Private).await.unwrap();
        let gone = pulled(db, bo(), &fork, &newer, &take).await;
        assert_eq!(code(gone), "NOT_FOUND", "{}", db.kind());
        let offers = offers(&db.cx(bo()), &fork).await.unwrap();
        assert_eq!(offers, [], "what is out of sight offers nothing");
        let after = crate::find(&db.cx(bo()), fork.id).await.unwrap();
        assert_eq!(after, fork, "nothing may be stored");
    })
    .await;
}
