//! Who is mentioned waits until they are told.

use super::*;

async fn house<T>(db: &TestDb, work: impl AsyncFnOnce(&Tx) -> Result<T, Error>) -> T {
    let house = Actor::System {
        job: "test",
        organiser: world::organiser(),
    };
    write(db, house, work).await.unwrap()
}

async fn waits(db: &TestDb, rubric: RubricId) -> Vec<PersonId> {
    let waiting = house(db, async |tx: &Tx| waiting_mentions(tx, rubric).await).await;
    let waiting = waiting.into_iter().flat_map(|(_, waiting)| waiting);
    waiting.map(|waiting| waiting.person).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_mentioned_waits_until_they_are_told_and_nobody_waits_for_themself() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let people: Vec<PersonId> = vec![id(BO), id(103), id(ANNA), id(103)];
        let ask = CommentOn {
            mentions: people,
            ..on(21, rubric.id, "Vad säger ni?")
        };
        let asked = said(db, bo(), &ask).await.unwrap();
        let each: [PersonId; 3] = [id(BO), id(103), id(ANNA)];
        assert_eq!(asked.comment.mentions, each, "{}", db.kind());
        let (annas, cillas): (PersonId, PersonId) = (id(ANNA), id(103));
        assert_eq!(waits(db, rubric.id).await, [annas, cillas], "{}", db.kind());
        house(db, async |tx: &Tx| {
            mentions_told(tx, asked.comment.id, &[annas]).await
        })
        .await;
        assert_eq!(waits(db, rubric.id).await, [cillas]);

        // Who is not mentioned any longer is not told either; who is mentioned anew is.
        let edit = EditComment {
            comment: asked.comment.id,
            revision: 1,
            text: text("Vad säger du?"),
            mentions: vec![annas, id(104)],
        };
        write(db, bo(), async |tx: &Tx| edit_comment(tx, &edit).await)
            .await
            .unwrap();
        assert_eq!(waits(db, rubric.id).await, [id(104)], "{}", db.kind());
        removed(db, bo(), asked.comment.id).await.unwrap();
        assert_eq!(waits(db, rubric.id).await, [], "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_concerns_who_spoke_in_its_thread() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let asked = said(db, bo(), &on(21, rubric.id, "Hej")).await.unwrap();
        let answer = said(db, anna(), &reply(22, &asked, "Hej")).await.unwrap();
        let of = async |comment| house(db, async |tx: &Tx| concerned(tx, comment).await).await;
        let first = of(asked.comment.id).await.unwrap();
        assert_eq!((first.answered, first.rubric.id), (vec![], rubric.id));
        let second = of(answer.comment.id).await.unwrap();
        let spoke: [PersonId; 2] = [id(ANNA), id(BO)];
        assert_eq!(second.answered, spoke, "{}", db.kind());
        assert_eq!(of(id(99)).await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_whom_it_is_shared_by_name_its_authors_alone_are_told() {
    on_both(async |db| {
        let rubric = world::published(db, 11).await;
        let asked = |rubric: &Rubric| [anna(), bo()].map(|who| tells_unreached(&who, rubric));
        assert_eq!(asked(&rubric), [true, false], "{}", db.kind());
        let people = Scope::People([id(BO)].into());
        let named = world::shared(db, &rubric, people).await.unwrap();
        assert_eq!(asked(&named), [true, false]);
        let open = world::shared(db, &named, Scope::Unit(school()))
            .await
            .unwrap();
        assert_eq!(asked(&open), [true, true]);
        assert!(would_read(&bo(), &open, false) && !would_read(&bo(), &open, true));
        assert!(!would_read(&cilla(), &open, false) && would_read(&anna(), &open, true));
    })
    .await;
}
