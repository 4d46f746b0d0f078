//! A fork's changes are offered back.

use super::*;

fn body(text: &str) -> Body {
    Text::parse(text).unwrap()
}

async fn proposed(db: &TestDb, fork: &Rubric, criteria: &[u128]) -> Result<Proposal, Error> {
    let ask = Propose {
        id: id(500),
        fork: fork.id,
        criteria: criteria.iter().map(|number| id(*number)).collect(),
        message: body("Det här fungerade bättre för oss."),
    };
    write(db, bo(), async |tx: &Tx| propose(tx, &ask).await).await
}

async fn answered(db: &TestDb, who: Actor, verdicts: Verdicts) -> Result<Answered, Error> {
    let ask = AnswerProposal {
        proposal: id(500),
        verdicts,
    };
    write(db, who, async |tx: &Tx| answer_proposal(tx, &ask).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_answered_criterion_by_criterion() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let fork = forked(db, bo(), 21, origin.id).await.unwrap();
        let fork = saved(db, bo(), &fork, |c| {
            describe(c, 0, "ett");
            describe(c, 1, "två");
            c.criteria.push(sample::criterion(9));
        })
        .await;
        let made = proposed(db, &fork, &[9, 1, 2, 3]).await.unwrap();
        let parts: Vec<_> = made.parts.iter().map(|part| part.criterion).collect();
        assert_eq!(parts, [id(1), id(2), id(9)], "what is the same is left out");
        let told = world_told(db, anna(), origin.id).await;
        assert!(told.contains(&"rubric.proposed".to_owned()));
        let stored = world::stored(db, origin.id).await;
        assert_eq!(
            stored.version, origin.version,
            "nobody's reading is stale by it"
        );

        for (case, who, verdicts, expected) in [
            (
                "who made it",
                bo(),
                vec![(id(1), Choice::Take, None)],
                "RUBRIC_NOT_YOURS",
            ),
            ("a colleague", world::cilla(), vec![], "NOT_FOUND"),
            ("a stranger", stranger(), vec![], "NOT_FOUND"),
            (
                "no reason",
                anna(),
                vec![(id(2), Choice::Keep, None)],
                "RUBRIC_NEEDS_REASON",
            ),
        ] {
            let outcome = answered(db, who, verdicts).await;
            assert_eq!(code(outcome), expected, "{case} on {}", db.kind());
        }

        // Anna wrote in the first one meanwhile: taking it brings both texts back.
        let revised = world::revised(db, &stored).await;
        saved(db, anna(), &revised, |c| describe(c, 0, "Annas ord")).await;
        let why = Some(body("Vi vill hålla den kort."));
        let verdicts = vec![
            (id(1), Choice::Take, None),
            (id(2), Choice::Keep, why.clone()),
            (id(9), Choice::Take, None),
        ];
        let done = answered(db, anna(), verdicts).await.unwrap();
        assert_eq!(offered(&done.conflicts), [id(1)], "{}", db.kind());
        assert!(!done.proposal.is_answered());
        assert_eq!(done.proposal.answers[&id(2)].reason, why);
        let done = answered(db, anna(), vec![(id(1), Choice::Replace, None)])
            .await
            .unwrap();
        assert!(done.proposal.is_answered());
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(
            shows(db, anna(), &done.rubric).await,
            [
                (id(1), said("ett")),
                (id(2), None),
                (id(3), None),
                (id(9), None)
            ]
        );
        let again = answered(db, anna(), vec![(id(2), Choice::Take, None)])
            .await
            .unwrap();
        assert_eq!(again, done, "what was answered stays answered");

        let page = Page::first(10).unwrap();
        for (who, many) in [(anna(), 1), (bo(), 1)] {
            let listed = proposals(&db.cx(who), origin.id, &page).await.unwrap();
            assert_eq!(listed.items.len(), many, "{}", db.kind());
        }
        let cilla = find_proposal(&db.cx(world::cilla()), made.id).await;
        assert_eq!(code(cilla), "NOT_FOUND");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_proposed() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let fork = forked(db, bo(), 21, origin.id).await.unwrap();
        let nothing = proposed(db, &fork, &[1, 77]).await;
        assert_eq!(code(nothing), "RUBRIC_NOTHING_TO_PROPOSE", "{}", db.kind());
        let not_theirs = proposed(db, &origin, &[1]).await;
        assert_eq!(code(not_theirs), "RUBRIC_NOT_YOURS");
        let fork = saved(db, bo(), &fork, |c| describe(c, 0, "ett")).await;
        let ask = Propose {
            id: id(501),
            fork: fork.id,
            criteria: vec![id(1)],
            message: body("Fråga 19811218-9876."),
        };
        let refused = write(db, bo(), async |tx: &Tx| propose(tx, &ask).await).await;
        assert_eq!(code(refused), "RUBRIC_PERSONAL_NUMBER");
        let stored = world::stored(db, origin.id).await;
        world::retired(db, &stored).await;
        assert_eq!(code(proposed(db, &fork, &[1]).await), "RUBRIC_NOT_ACTIVE");
        let narrowed = world::stored(db, origin.id).await;
        world::shared(db, &narrowed, Scope::Private).await.unwrap();
        assert_eq!(code(proposed(db, &fork, &[1]).await), "NOT_FOUND");
    })
    .await;
}
