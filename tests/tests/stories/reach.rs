//! Reach: what the database answers, what the rooms' pure rule says and what the domain means are one and the same, for everybody and everything.

mod build;
mod life;
mod rule;
mod world;

use self::{
    build::{actor, build, house},
    rule::{Arm, Asker, Rule, Who},
    world::{Day, Dice, LATER, Organiser, Rubric},
};
use chrono::TimeDelta;
use kit::{Actor, Page, RubricId, RubricVersionId, ServiceId};
use rubrics::{Filter, Listing};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use store::{
    Cx,
    search::{Order, Words},
};
use testkit::{TestDb, on_both};

/// How many worlds; PostgreSQL answers by the same statements and has fewer, because making them is slow there.
const WORLDS: [(&str, usize); 2] = [("SQLite", 200), ("PostgreSQL", 60)];

/// How often each arm decided, for and against.
#[derive(Default)]
struct Tally(BTreeMap<(Arm, bool), usize>);

impl Tally {
    /// Counts a pair for every arm that it hangs on.
    ///
    /// An arm that shows was true where nothing else shows it, and false where it could have shown and nothing did. An arm that keeps was false
    /// where it alone kept, and true where the rubric was seen all the same.
    fn count(&mut self, asker: Asker<'_>, owner: &Organiser, rubric: &Rubric, sees: bool) {
        for arm in Arm::OPEN {
            let hangs = sees && !Rule { without: Some(arm) }.sees(asker, owner, rubric);
            let failed = !sees && asker.at.id == owner.id;
            self.add(arm, hangs, failed);
        }
        for arm in Arm::KEEP.into_iter().filter(|arm| *arm != Arm::NotLeft) {
            let kept = !sees && Rule { without: Some(arm) }.sees(asker, owner, rubric);
            self.add(arm, sees, kept);
        }
    }

    fn add(&mut self, arm: Arm, was_true: bool, was_false: bool) {
        *self.0.entry((arm, true)).or_default() += usize::from(was_true);
        *self.0.entry((arm, false)).or_default() += usize::from(was_false);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_and_the_rule_agree_for_every_actor_and_rubric_of_generated_worlds() {
    on_both(async |db| {
        let worlds = WORLDS
            .iter()
            .find(|(kind, _)| *kind == db.kind())
            .unwrap()
            .1;
        let mut tally = Tally::default();
        let mut made = Vec::new();
        for number in 0..worlds {
            let mut dice = Dice::new(number as u64);
            let mut first = Organiser::of(&mut dice);
            let mut second = first.twin(&mut dice);
            build(db, &mut dice, &mut first).await;
            build(db, &mut dice, &mut second).await;
            made.push([first, second]);
        }
        for day in [0, LATER] {
            for (number, world) in made.iter().enumerate() {
                for organiser in world {
                    for (who, actor) in everybody(db, organiser, day, &mut tally).await {
                        let asker = Asker {
                            at: organiser,
                            who,
                            day,
                        };
                        let seen = answers(&db.cx(actor.clone()), world).await;
                        let place = format!("world {number}, day {day}, {who:?} on {}", db.kind());
                        judge(&place, asker, &actor, world, &seen, &mut tally);
                    }
                }
            }
            db.clock.pass(TimeDelta::days(LATER));
        }
        let few: Vec<_> = tally.0.iter().filter(|(_, count)| **count < 20).collect();
        assert_eq!(
            few,
            [],
            "{}: arms that were hardly tried, in {worlds} worlds",
            db.kind()
        );
    })
    .await;
}

/// Everybody who can ask at an organiser on the day. Who is not here is nobody, and the organisation says so.
async fn everybody(
    db: &TestDb,
    organiser: &Organiser,
    day: Day,
    tally: &mut Tally,
) -> Vec<(Who, Actor)> {
    let cx = db.cx(house(organiser.id));
    let mut all = vec![
        (Who::Anonymous, Actor::Anonymous),
        (Who::Anonymous, house(organiser.id)),
    ];
    for (at, person) in organiser.people.iter().enumerate() {
        let actor = actor(&cx, organiser.id, person.id).await;
        let is_here = Rule::WHOLE.is_here(person, day);
        assert_eq!(actor.is_some(), is_here, "{person:?} on day {day}");
        // Who has left is nobody and asks for nothing, so this arm is judged here and not with the rubrics.
        tally.add(Arm::NotLeft, is_here, !is_here);
        all.extend(actor.map(|actor| (Who::Person(at), actor)));
    }
    for scopes in [&["rubrics:read"][..], &["organisation:read", "people:read"]] {
        let scopes: Vec<String> = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let reads = scopes.len() == 1;
        let id = ServiceId(uuid::Uuid::nil());
        let service = organisation::service_actor(&cx, organiser.id, id, scopes, None);
        let actor = Actor::Service(Arc::new(service.await.unwrap()));
        all.push((Who::Service { reads }, actor));
    }
    all
}

/// What the room answers to one actor, by each of its reads.
struct Answers {
    by_reads: Vec<(&'static str, BTreeSet<RubricId>)>,
    versions: BTreeSet<RubricVersionId>,
}

async fn answers(cx: &Cx, world: &[Organiser]) -> Answers {
    let all: Vec<&Rubric> = world
        .iter()
        .flat_map(|organiser| &organiser.rubrics)
        .collect();
    let ids: Vec<RubricId> = all.iter().map(|rubric| rubric.id).collect();
    let by_ids = rubrics::by_ids(cx, &ids).await.unwrap();
    let by_ids: BTreeSet<_> = by_ids.into_iter().map(|rubric| rubric.id).collect();
    let mut found = BTreeSet::new();
    for id in &ids {
        found.extend(rubrics::find(cx, *id).await.ok().map(|rubric| rubric.id));
    }
    let filter = Filter {
        states: vec![
            Listing::Active,
            Listing::Retired,
            Listing::Archived,
            Listing::Deleted,
        ],
        ..Filter::default()
    };
    let page = Page::first(100).unwrap();
    let listed = rubrics::list(cx, &filter, &page).await.unwrap();
    let words = Words::parse("matris").unwrap();
    let searched = rubrics::search(cx, &words, &filter, Order::Best, &page)
        .await
        .unwrap();
    let set = |items: Vec<(kit::Position, rubrics::Rubric)>| {
        items.into_iter().map(|(_, rubric)| rubric.id).collect()
    };
    let versions: Vec<_> = all.iter().flat_map(|rubric| rubric.versions()).collect();
    let read = rubrics::versions_by_ids(cx, &versions).await.unwrap();
    let read: BTreeSet<_> = read.into_iter().map(|version| version.id).collect();
    for id in versions.iter().take(3) {
        let alone = rubrics::find_version(cx, *id).await.is_ok();
        assert_eq!(alone, read.contains(id), "{id}: alone and among others");
    }
    Answers {
        by_reads: vec![
            ("find", found),
            ("by_ids", by_ids),
            ("list", set(listed.items)),
            ("search", set(searched.items)),
        ],
        versions: read,
    }
}

fn judge(
    place: &str,
    asker: Asker<'_>,
    actor: &Actor,
    world: &[Organiser],
    seen: &Answers,
    tally: &mut Tally,
) {
    for owner in world {
        for rubric in &owner.rubrics {
            let sees = Rule::WHOLE.sees(asker, owner, rubric);
            for (read, answer) in &seen.by_reads {
                assert_eq!(
                    answer.contains(&rubric.id),
                    sees,
                    "{place}: {read} of {rubric:#?}"
                );
            }
            let answered = rubric.answered.as_ref().unwrap();
            // Audiences are those of one organiser: which it is, every statement says first.
            let meets = actor.organiser() == answered.organiser
                && records::meets(actor, &rubrics::audiences(answered));
            assert_eq!(meets, sees, "{place}: the pure rule of {rubric:#?}");
            for version in rubric.versions() {
                let reads = Rule::WHOLE.reads(asker, owner, rubric, version);
                assert_eq!(
                    seen.versions.contains(&version),
                    reads,
                    "{place}: version {version} of {rubric:#?}"
                );
            }
            tally.count(asker, owner, rubric, sees);
        }
    }
}

impl Rubric {
    /// Every version that it ever had and that was not thrown away for good.
    fn versions(&self) -> Vec<RubricVersionId> {
        let draft = self.draft.map(|draft| draft.version);
        let mut versions: Vec<_> = draft.into_iter().collect();
        versions.extend(&self.published);
        versions.extend(&self.deleted);
        versions
    }
}
