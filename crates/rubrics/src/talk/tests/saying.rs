//! A thread from its first word to its last.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_is_begun_answered_edited_settled_and_removed() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let ask = CommentOn {
            criterion: Some(id(1)),
            ..on(21, rubric.id, "Vad menas med *utvecklat*?")
        };
        let asked = said(db, bo(), &ask).await.unwrap();
        assert_eq!(Some(asked.comment.version), rubric.current, "{}", db.kind());
        assert_eq!(asked.comment.criterion, Some(id(1)));
        let answer = said(db, anna(), &reply(22, &asked, "Flera led."))
            .await
            .unwrap();
        assert_eq!(
            answer.comment.criterion,
            Some(id(1)),
            "it is about the same"
        );
        let further = said(db, bo(), &reply(23, &answer, "Tack!")).await.unwrap();
        assert_eq!(
            further.comment.thread,
            Some(asked.comment.id),
            "an answer to an answer joins the thread"
        );
        let heard = ["Vad menas med *utvecklat*?", "> Flera led.", "> Tack!"];
        assert_eq!(hears(db, anna(), rubric.id).await, heard, "{}", db.kind());

        let better = edited(db, bo(), &asked, "Vad är utvecklat?").await.unwrap();
        assert_eq!(better.comment.edited_at, Some(db.cx(bo()).now));
        assert_eq!(better.comment.revision, 2);
        let stale = edited(db, bo(), &asked, "Nu igen?").await;
        assert_eq!(code(stale), "STALE_VERSION", "{}", db.kind());
        let same = edited(db, bo(), &better, "Vad är utvecklat?")
            .await
            .unwrap();
        assert_eq!(same, better, "the same words are no edit");

        let done = settled(db, anna(), answer.comment.id, true).await.unwrap();
        assert_eq!(done.comment.id, asked.comment.id);
        assert_eq!(done.comment.resolved.map(|(_, by)| by), Some(id(ANNA)));
        assert_eq!(
            settled(db, bo(), asked.comment.id, true)
                .await
                .unwrap()
                .comment,
            done.comment
        );
        let open = settled(db, bo(), asked.comment.id, false).await.unwrap();
        assert_eq!(open.comment.resolved, None, "who began it opens it again");

        removed(db, bo(), asked.comment.id).await.unwrap();
        let heard = ["-", "> Flera led.", "> Tack!"];
        assert_eq!(hears(db, bo(), rubric.id).await, heard, "{}", db.kind());
        removed(db, anna(), further.comment.id).await.unwrap();
        removed(db, anna(), answer.comment.id).await.unwrap();
        assert_eq!(hears(db, bo(), rubric.id).await, [""; 0], "{}", db.kind());

        let names: Vec<_> = world::told(db, rubric.id).await;
        let names: Vec<_> = names.iter().map(|(_, name)| name.as_str()).collect();
        let end = [
            "rubric.commented",
            "rubric.commented",
            "rubric.commented",
            "rubric.comment_edited",
            "rubric.comment_resolved",
            "rubric.comment_resolved",
            "rubric.comment_removed",
            "rubric.comment_removed",
            "rubric.comment_removed",
        ];
        assert_eq!(names[names.len() - end.len()..], end, "{}", db.kind());
        let stored = world::stored(db, rubric.id).await;
        assert_eq!(stored.version, rubric.version, "nobody's reading is stale");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_stays_with_its_version_when_its_criterion_is_gone() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let ask = CommentOn {
            criterion: Some(id(2)),
            ..on(21, rubric.id, "Behövs det här?")
        };
        let first = said(db, bo(), &ask).await.unwrap();
        let revised = world::revised(db, &rubric).await;
        let draft = crate::find_version(&db.cx(anna()), revised.draft.unwrap().version).await;
        let mut content = (*draft.unwrap().content).clone();
        content.criteria.truncate(1);
        let ask = crate::SaveDraft {
            rubric: rubric.id,
            change: crate::Change::Whole {
                version: revised.version,
                content,
            },
        };
        let saved = write(db, anna(), async |tx: &Tx| {
            crate::save_draft(tx, &ask).await
        });
        let saved = saved.await.unwrap().rubric;
        let ask = world::publish_ask(&saved);
        let newer = write(db, anna(), async |tx: &Tx| crate::publish(tx, &ask).await);
        let newer = newer.await.unwrap();
        let kept = find_comment(&db.cx(bo()), first.comment.id).await.unwrap();
        assert_eq!(kept.comment, first.comment, "{}", db.kind());
        let gone = CommentOn {
            criterion: Some(id(2)),
            ..on(22, rubric.id, "Var är det?")
        };
        assert_eq!(code(said(db, bo(), &gone).await), "RUBRIC_NO_SUCH_PART");
        let about_old = CommentOn {
            version: rubric.current,
            ..gone
        };
        let older = said(db, bo(), &about_old).await.unwrap();
        assert_eq!(Some(older.comment.version), rubric.current, "on purpose");
        let answer = said(db, anna(), &reply(23, &first, "Borta nu."))
            .await
            .unwrap();
        assert_eq!(Some(answer.comment.version), newer.current, "{}", db.kind());
    })
    .await;
}
