//! What cannot be said, changed or settled: nothing is stored.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_said() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let draft = world::draft(db, 12).await;
        let put_away = world::at_school(db, 13).await;
        let put_away = world::archived(db, &world::retired(db, &put_away).await).await;
        let other = world::at_school(db, 14).await;
        let elsewhere = said(db, bo(), &on(20, other.id, "Hej")).await.unwrap();
        let program = Actor::System {
            job: "test",
            organiser: world::organiser(),
        };
        let on_it = |words: &str| on(21, rubric.id, words);
        let many = (0..=MENTIONS_MAX as u128).map(|at| id(500 + at)).collect();
        let cases: [(&str, Actor, CommentOn, &str); 11] = [
            ("another school", cilla(), on_it("Hej"), "NOT_FOUND"),
            ("a stranger", stranger(), on_it("Hej"), "NOT_FOUND"),
            (
                "an administrator",
                world::admin(),
                on_it("Hej"),
                "NOT_FOUND",
            ),
            ("a program", program, on_it("Hej"), "NOT_FOUND"),
            (
                "a colleague's draft",
                bo(),
                on(21, draft.id, "Hej"),
                "NOT_FOUND",
            ),
            (
                "put away",
                anna(),
                on(21, put_away.id, "Hej"),
                "RUBRIC_NOT_ACTIVE",
            ),
            (
                "a personal number",
                bo(),
                on_it("Fråga 19811218-9876."),
                "RUBRIC_PERSONAL_NUMBER",
            ),
            (
                "another rubric's version",
                anna(),
                CommentOn {
                    version: draft.draft.map(|draft| draft.version),
                    ..on_it("Hej")
                },
                "NOT_FOUND",
            ),
            (
                "no such criterion",
                bo(),
                CommentOn {
                    criterion: Some(id(77)),
                    ..on_it("Hej")
                },
                "RUBRIC_NO_SUCH_PART",
            ),
            (
                "an answer to another rubric's talk",
                bo(),
                CommentOn {
                    reply_to: Some(elsewhere.comment.id),
                    ..on_it("Hej")
                },
                "NOT_FOUND",
            ),
            (
                "too many mentions",
                bo(),
                CommentOn {
                    mentions: many,
                    ..on_it("Hej")
                },
                "RUBRIC_TOO_MANY_MENTIONS",
            ),
        ];
        for (case, who, ask, expected) in cases {
            let outcome = said(db, who, &ask).await;
            assert_eq!(code(outcome), expected, "{case} on {}", db.kind());
            let kept = find_comment(&db.cx(anna()), ask.id).await;
            assert_eq!(code(kept), "NOT_FOUND", "{case}: nothing may be stored");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_words_they_are() {
    on_both(async |db| {
        let rubric = world::published(db, 11).await;
        let people = Scope::People([id(BO), id(103)].into());
        let rubric = world::shared(db, &rubric, people).await.unwrap();
        let bos = said(db, bo(), &on(21, rubric.id, "Bos")).await.unwrap();
        let annas = said(db, anna(), &on(22, rubric.id, "Annas")).await.unwrap();
        for (case, who, of, expected) in [
            ("a colleague's", bo(), &annas, "RUBRIC_NOT_YOUR_COMMENT"),
            (
                "as the rubric's author",
                anna(),
                &bos,
                "RUBRIC_NOT_YOUR_COMMENT",
            ),
            ("unseen", stranger(), &bos, "NOT_FOUND"),
        ] {
            let outcome = edited(db, who, of, "Mina").await;
            assert_eq!(code(outcome), expected, "edit: {case} on {}", db.kind());
        }
        for (case, who, of, expected) in [
            ("an author's", bo(), &annas, "RUBRIC_NOT_YOUR_COMMENT"),
            ("a colleague's", cilla(), &bos, "RUBRIC_NOT_YOUR_COMMENT"),
            ("unseen", stranger(), &bos, "NOT_FOUND"),
        ] {
            let outcome = removed(db, who.clone(), of.comment.id).await;
            assert_eq!(code(outcome), expected, "remove: {case} on {}", db.kind());
            let outcome = settled(db, who, of.comment.id, true).await;
            assert_eq!(code(outcome), expected, "resolve: {case} on {}", db.kind());
        }
        let heard = ["Annas", "Bos"];
        assert_eq!(
            hears(db, cilla(), rubric.id).await,
            heard,
            "nothing changed"
        );
        removed(db, anna(), bos.comment.id).await.unwrap();
        for outcome in [
            removed(db, bo(), bos.comment.id).await.map(drop),
            edited(db, bo(), &bos, "Mina").await.map(drop),
        ] {
            assert_eq!(code(outcome), "NOT_FOUND", "removed is gone");
        }
        let cx = db.cx(bo());
        let can = find_comment(&cx, annas.comment.id).await.unwrap().can;
        let expected = CommentAbilities {
            reply: true,
            ..CommentAbilities::default()
        };
        assert_eq!(can, expected, "{}", db.kind());
    })
    .await;
}
