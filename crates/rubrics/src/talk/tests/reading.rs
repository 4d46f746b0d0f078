//! Who reads what: the reach of the rubric, at this moment; what is said of drafts stays with those who work on them.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn narrowing_the_rubric_hides_its_talk_at_once() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let asked = said(db, bo(), &on(21, rubric.id, "Hej")).await.unwrap();
        assert_eq!(hears(db, bo(), rubric.id).await, ["Hej"], "{}", db.kind());
        assert_eq!(hears(db, cilla(), rubric.id).await, [""; 0]);
        let stored = world::stored(db, rubric.id).await;
        let stored = world::shared(db, &stored, Scope::Private).await.unwrap();
        for who in [bo(), cilla(), stranger()] {
            let cx = db.cx(who.clone());
            assert_eq!(
                hears(db, who.clone(), rubric.id).await,
                [""; 0],
                "{}",
                db.kind()
            );
            let counts = comment_counts(&cx, &[rubric.id]).await.unwrap();
            assert_eq!(counts.get(&rubric.id), None);
            let found = find_comment(&cx, asked.comment.id).await;
            assert_eq!(code(found), "NOT_FOUND");
            let key = (rubric.id, asked.comment.id);
            assert!(replies(&cx, &[key], &all()).await.unwrap().is_empty());
            let own = edited(db, who, &asked, "Hej igen").await;
            assert_eq!(code(own), "NOT_FOUND", "also their own");
        }
        assert_eq!(hears(db, anna(), rubric.id).await, ["Hej"]);
        world::shared(db, &stored, Scope::Team(team()))
            .await
            .unwrap();
        assert_eq!(
            hears(db, cilla(), rubric.id).await,
            ["Hej"],
            "{}",
            db.kind()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_a_draft_stays_with_those_who_work_on_it() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let open = said(db, bo(), &on(21, rubric.id, "Om det som används"))
            .await
            .unwrap();
        let revised = world::revised(db, &rubric).await;
        let draft = revised.draft.map(|draft| draft.version);
        let of_draft = CommentOn {
            version: draft,
            ..on(22, rubric.id, "Om utkastet")
        };
        let by_bo = CommentOn {
            id: id(23),
            ..of_draft.clone()
        };
        assert_eq!(
            code(said(db, bo(), &by_bo).await),
            "NOT_FOUND",
            "not shown to Bo"
        );
        let annas = said(db, anna(), &of_draft).await.unwrap();
        assert!(annas.comment.of_draft && !open.comment.of_draft);
        let count = async |who| {
            let cx = db.cx(who);
            let counts = comment_counts(&cx, &[rubric.id]).await.unwrap();
            counts.get(&rubric.id).copied().unwrap_or_default()
        };
        let hidden = async || {
            assert_eq!(hears(db, bo(), rubric.id).await, ["Om det som används"]);
            assert_eq!(count(bo()).await, 1, "{}", db.kind());
            let found = find_comment(&db.cx(bo()), annas.comment.id).await;
            assert_eq!(code(found), "NOT_FOUND");
            let answer = said(db, bo(), &reply(24, &annas, "Jaså")).await;
            assert_eq!(code(answer), "NOT_FOUND", "{}", db.kind());
        };
        hidden().await;
        assert_eq!(count(anna()).await, 2, "{}", db.kind());

        // Whoever is asked to review it takes part.
        let stored = world::stored(db, rubric.id).await;
        world::submitted(db, &stored).await;
        let answer = said(db, bo(), &reply(25, &annas, "Ser bra ut"))
            .await
            .unwrap();
        assert!(answer.comment.of_draft);
        assert_eq!(Some(answer.comment.version), draft);
        let verdict = crate::Review {
            rubric: rubric.id,
            version: world::stored(db, rubric.id).await.version,
            verdict: crate::Verdict::Return,
            note: None,
        };
        let back = write(db, bo(), async |tx: &Tx| crate::review(tx, &verdict).await);
        let back = back.await.unwrap();
        hidden().await;
        let ask = world::publish_ask(&back);
        write(db, anna(), async |tx: &Tx| crate::publish(tx, &ask).await)
            .await
            .unwrap();
        hidden().await;
        let heard = ["Om utkastet", "> Ser bra ut", "Om det som används"];
        assert_eq!(hears(db, anna(), rubric.id).await, heard, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_are_found_by_criterion_and_by_what_is_settled_a_page_at_a_time() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let mut made = Vec::new();
        for (number, criterion) in [(21, None), (22, Some(id(1))), (23, Some(id(2)))] {
            let ask = CommentOn {
                criterion,
                ..on(number, rubric.id, "Hej")
            };
            made.push(said(db, bo(), &ask).await.unwrap().comment.id);
        }
        settled(db, bo(), made[1], true).await.unwrap();
        let found = async |criterion: Option<u128>, resolved| {
            let filter = ThreadFilter {
                criterion: criterion.map(id),
                resolved,
            };
            let read = reads(db, anna(), rubric.id, filter).await;
            read.iter().map(|(begins, _)| begins.id).collect::<Vec<_>>()
        };
        assert_eq!(found(None, None).await, [made[2], made[1], made[0]]);
        assert_eq!(found(Some(1), None).await, [made[1]], "{}", db.kind());
        assert_eq!(found(None, Some(true)).await, [made[1]]);
        assert_eq!(found(None, Some(false)).await, [made[2], made[0]]);
        assert_eq!(found(Some(2), Some(true)).await, []);

        for number in 30..35 {
            let begins = find_comment(&db.cx(bo()), made[0]).await.unwrap();
            said(db, bo(), &reply(number, &begins, "Svar"))
                .await
                .unwrap();
        }
        let cx = db.cx(anna());
        let key = (rubric.id, made[0]);
        let mut page = Page::first(2).unwrap();
        let mut numbers = Vec::new();
        loop {
            let list = replies(&cx, &[key], &page)
                .await
                .unwrap()
                .remove(&key)
                .unwrap();
            numbers.extend(list.items.iter().map(|(_, said)| said.comment.id));
            page.after = list.items.last().map(|(place, _)| place.clone());
            if !list.more {
                break;
            }
        }
        let expected: Vec<RubricCommentId> = (30..35).map(id).collect();
        assert_eq!(numbers, expected, "{}: oldest first, each once", db.kind());
        let before = cx.db().statements();
        let keys: Vec<_> = made.iter().map(|made| (rubric.id, *made)).collect();
        replies(&cx, &keys, &all()).await.unwrap();
        assert_eq!(cx.db().statements() - before, 2, "{}", db.kind());
    })
    .await;
}
