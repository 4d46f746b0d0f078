//! The comment bank on both databases.

use super::*;
use crate::{
    Error, Scope, sample,
    world::{self, anna, bo, cilla, code, school, stranger, team, write},
};
use kit::{Actor, Page, Role, RubricId};
use store::Tx;
use testkit::{TestDb, actor, id, on_both};

fn lead() -> Actor {
    let roles = [(Role::LeadTeacher, Some(school()))];
    actor(world::organiser(), id(105), &roles, &[team()])
}

fn ask(number: u128, rubric: RubricId) -> Suggest {
    Suggest {
        id: id(number),
        team: team(),
        rubric,
        criterion: id(1),
        level: Some(id(1_100)),
        text: sample::words("Ge ett argument till."),
    }
}

async fn made(db: &TestDb, who: Actor, ask: &Suggest) -> Result<Suggestion, Error> {
    db.clock.pass(chrono::TimeDelta::seconds(1));
    write(db, who, async |tx: &Tx| suggest(tx, ask).await).await
}

async fn read(db: &TestDb, who: Actor, rubric: RubricId, filter: SuggestionFilter) -> Vec<u128> {
    let page = Page::first(10).unwrap();
    let found = suggestions(&db.cx(who), &[rubric], filter, &page).await;
    let found = found.unwrap().remove(&rubric).into_iter();
    let found = found.flat_map(|list| list.items);
    found.map(|(_, one)| one.id.uuid().as_u128()).collect()
}

/// Anna's, for her school and so for Bo, but not for Cilla of her team.
async fn in_team(db: &TestDb) -> RubricId {
    let rubric = world::published(db, 11).await;
    world::shared(db, &rubric, Scope::Team(team()))
        .await
        .unwrap()
        .id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_builds_its_bank_and_nobody_else_reads_it() {
    on_both(async |db| {
        let rubric = in_team(db).await;
        made(db, anna(), &ask(21, rubric)).await.unwrap();
        let any_level = Suggest {
            criterion: id(2),
            level: None,
            ..ask(22, rubric)
        };
        made(db, cilla(), &any_level).await.unwrap();
        let every = SuggestionFilter::default();
        for who in [anna(), cilla(), lead()] {
            assert_eq!(
                read(db, who, rubric, every).await,
                [22, 21],
                "{}",
                db.kind()
            );
        }
        let of = |criterion, level, team| SuggestionFilter {
            team,
            criterion,
            level,
        };
        for (filter, expected) in [
            (of(Some(id(1)), None, None), vec![21]),
            (of(None, Some(id(1_100)), None), vec![21]),
            (of(Some(id(2)), Some(id(1_100)), None), vec![]),
            (of(None, None, Some(team())), vec![22, 21]),
            (of(None, None, Some(id(44))), vec![]),
        ] {
            assert_eq!(
                read(db, anna(), rubric, filter).await,
                expected,
                "{filter:?}"
            );
        }

        // Also a colleague who sees the rubric and is in another team, or has left.
        let stored = world::stored(db, rubric).await;
        world::shared(db, &stored, Scope::Unit(school()))
            .await
            .unwrap();
        assert!(world::seen(db, bo(), rubric).await);
        for who in [bo(), cilla(), stranger(), Actor::Anonymous] {
            assert_eq!(read(db, who, rubric, every).await, [0; 0], "{}", db.kind());
        }
        assert_eq!(read(db, anna(), rubric, every).await, [22, 21]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_suggested() {
    on_both(async |db| {
        let rubric = in_team(db).await;
        let to = |change: fn(&mut Suggest)| {
            let mut ask = ask(21, rubric);
            change(&mut ask);
            ask
        };
        let draft = world::draft(db, 12).await;
        for (case, who, ask, expected) in [
            ("unseen", bo(), to(|_| ()), "NOT_FOUND"),
            (
                "a colleague's draft",
                cilla(),
                ask(21, draft.id),
                "NOT_FOUND",
            ),
            (
                "another team",
                anna(),
                to(|ask| ask.team = id(44)),
                "RUBRIC_NOT_IN_TEAM",
            ),
            (
                "no criterion",
                anna(),
                to(|ask| ask.criterion = id(9)),
                "RUBRIC_NO_SUCH_PART",
            ),
            (
                "no level",
                anna(),
                to(|ask| ask.level = Some(id(9))),
                "RUBRIC_NO_SUCH_PART",
            ),
            (
                "a personal number",
                anna(),
                to(|ask| ask.text = sample::words("Ring 811218-9876.")),
                "RUBRIC_PERSONAL_NUMBER",
            ),
        ] {
            let outcome = made(db, who, &ask).await;
            assert_eq!(code(outcome), expected, "{case} on {}", db.kind());
            let kept = read(db, anna(), rubric, SuggestionFilter::default()).await;
            assert_eq!(kept, [0; 0], "{case}: nothing may be stored");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wrote_it_and_a_lead_teacher_in_the_team_remove_it() {
    on_both(async |db| {
        let rubric = in_team(db).await;
        for number in [21, 22] {
            made(db, cilla(), &ask(number, rubric)).await.unwrap();
        }
        let remove = async |who, number: u128| {
            let ask = RemoveSuggestion {
                suggestion: id(number),
            };
            code(write(db, who, async |tx: &Tx| remove_suggestion(tx, &ask).await).await)
        };
        assert_eq!(
            remove(anna(), 21).await,
            "RUBRIC_NOT_YOUR_SUGGESTION",
            "{}",
            db.kind()
        );
        for who in [bo(), stranger()] {
            assert_eq!(remove(who, 21).await, "NOT_FOUND", "{}", db.kind());
        }
        let lead_elsewhere = [(Role::LeadTeacher, Some(school()))];
        let lead_elsewhere = actor(world::organiser(), id(106), &lead_elsewhere, &[]);
        assert_eq!(remove(lead_elsewhere, 21).await, "NOT_FOUND");
        let every = SuggestionFilter::default();
        assert_eq!(read(db, anna(), rubric, every).await, [22, 21]);
        assert_eq!(remove(cilla(), 21).await, "ok", "{}", db.kind());
        assert_eq!(remove(lead(), 22).await, "ok", "{}", db.kind());
        assert_eq!(remove(lead(), 22).await, "NOT_FOUND", "{}", db.kind());
        assert_eq!(read(db, anna(), rubric, every).await, [0; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn uses_are_counted_for_the_team() {
    on_both(async |db| {
        let rubric = in_team(db).await;
        let first = made(db, anna(), &ask(21, rubric)).await.unwrap();
        made(db, anna(), &ask(22, rubric)).await.unwrap();
        for _ in 0..3 {
            write(db, cilla(), async |tx: &Tx| {
                count_suggestion_use(tx, first.id).await
            })
            .await
            .unwrap();
        }
        // Neither another organiser's nor one that is gone.
        for (who, number) in [(stranger(), 22), (anna(), 99)] {
            write(db, who, async |tx: &Tx| {
                count_suggestion_use(tx, id(number)).await
            })
            .await
            .unwrap();
        }
        let page = Page::first(10).unwrap();
        let every = SuggestionFilter::default();
        let found = suggestions(&db.cx(anna()), &[rubric], every, &page).await;
        let found = &found.unwrap()[&rubric].items;
        let uses: Vec<_> = found.iter().map(|(_, one)| one.uses).collect();
        assert_eq!(uses, [0, 3], "{}", db.kind());
    })
    .await;
}
