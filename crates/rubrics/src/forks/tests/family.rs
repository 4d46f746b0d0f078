//! What a family of rubrics knows of itself.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_use_moves_only_when_it_is_asked_to() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let fork = forked(db, bo(), 21, origin.id).await.unwrap();
        let newer = next(db, origin.id, |c| describe(c, 0, "nytt")).await;
        let stands_on = async || {
            let noted = origins(&db.cx(bo()), &[fork.id]).await.unwrap().pop();
            noted.unwrap().stands_on
        };
        let held = stands_on().await;
        assert_eq!(Some(held.version), origin.current, "{}", db.kind());
        let moved = async |who: Actor, preview: bool, version| {
            let ask = MoveUse {
                id: held.id,
                version,
                preview,
            };
            write(db, who, async |tx: &Tx| move_use(tx, &ask).await).await
        };
        let to = newer.current.unwrap();
        let preview = moved(bo(), true, to).await.unwrap();
        assert_eq!(
            diff(&preview.from.content, &preview.to.content)
                .criteria
                .len(),
            1
        );
        assert_eq!(stands_on().await, held, "a preview moves nothing");
        assert_eq!(code(moved(anna(), false, to).await), "NOT_FOUND");
        let other = origin_of(db, 12).await.current.unwrap();
        assert_eq!(code(moved(bo(), false, other).await), "NOT_FOUND");
        moved(bo(), false, to).await.unwrap();
        assert_eq!(stands_on().await.version, to);
        let fork = crate::find(&db.cx(bo()), fork.id).await.unwrap();
        assert_eq!(offers(&db.cx(bo()), &fork).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_family_is_shown_as_far_as_one_sees_it_by_a_constant_number_of_statements() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        for number in 0..3 {
            db.clock.pass(chrono::TimeDelta::seconds(1));
            forked(db, bo(), 100 + number, origin.id).await.unwrap();
        }
        let of = async |who: Actor, rubric: RubricId| {
            let cx = db.cx(who);
            let family = lineages(&cx, &[rubric])
                .await
                .unwrap()
                .remove(&rubric)
                .unwrap();
            (family, cx.db().statements())
        };
        let (family, few) = of(bo(), origin.id).await;
        let parents: Vec<_> = family.relatives.iter().map(|one| one.parent).collect();
        let under = Some(origin.id);
        assert_eq!(parents, [None, under, under, under], "{}", db.kind());
        assert_eq!((family.hidden, family.more), (0, false));
        let (family, _) = of(anna(), origin.id).await;
        assert_eq!((family.relatives.len(), family.hidden), (1, 3));

        // A fork of a fork whose origin is out of sight hangs from the nearest that is seen.
        let middle = crate::find(&db.cx(bo()), id(100)).await.unwrap();
        let middle = published_by(db, bo(), &middle).await;
        let below = forked(db, bo(), 200, middle.id).await.unwrap();
        let shared = crate::Share {
            rubric: published_by(db, bo(), &below).await.id,
            version: crate::find(&db.cx(bo()), below.id).await.unwrap().version,
            scope: everybody(),
            review_demanded: false,
            undo: crate::world::UNDO,
        };
        write(db, bo(), async |tx: &Tx| crate::share(tx, &shared).await)
            .await
            .unwrap();
        let (family, _) = of(anna(), below.id).await;
        let one = family
            .relatives
            .iter()
            .find(|one| one.rubric.id == below.id);
        assert_eq!(one.unwrap().parent, Some(origin.id), "{}", db.kind());

        for number in 0..120 {
            forked(db, bo(), 1_000 + number, origin.id).await.unwrap();
        }
        let (family, many) = of(bo(), below.id).await;
        assert_eq!((family.relatives.len(), family.more), (LINEAGE_MAX, true));
        let line = [origin.id, middle.id, below.id];
        assert!(
            line.iter()
                .all(|id| family.relatives.iter().any(|one| one.rubric.id == *id))
        );
        assert_eq!(few, many, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn thanks_count_once_and_heat_is_the_authors() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let thanked = async |who: Actor| {
            let ask = Thank { rubric: origin.id };
            write(db, who, async |tx: &Tx| thank(tx, &ask).await).await
        };
        for _ in 0..2 {
            thanked(bo()).await.unwrap();
        }
        let teacher = &[(Role::Teacher, Some(school()))];
        thanked(actor(organiser(), id(105), teacher, &[]))
            .await
            .unwrap();
        assert_eq!(code(thanked(anna()).await), "RUBRIC_OWN", "{}", db.kind());
        assert_eq!(code(thanked(stranger()).await), "NOT_FOUND");
        let many = thanks(&db.cx(anna()), &[origin.id]).await.unwrap();
        assert_eq!(many[&origin.id], 2, "{}", db.kind());
        let told = world_told(db, anna(), origin.id).await;
        let times = told.iter().filter(|name| *name == "rubric.thanked").count();
        assert_eq!(times, 2);

        let fork = forked(db, bo(), 21, origin.id).await.unwrap();
        let fork = saved(db, bo(), &fork, |c| describe(c, 1, "annat")).await;
        assert_eq!(
            heat(&db.cx(anna()), &[origin.id]).await.unwrap()[&origin.id],
            [],
            "drafts tell nothing"
        );
        let fork = published_by(db, bo(), &fork).await;
        assert_eq!(
            heat(&db.cx(anna()), &[origin.id]).await.unwrap()[&origin.id],
            [],
            "nor what is one's own"
        );
        let shared = crate::Share {
            rubric: fork.id,
            version: fork.version,
            scope: everybody(),
            review_demanded: false,
            undo: crate::world::UNDO,
        };
        write(db, bo(), async |tx: &Tx| crate::share(tx, &shared).await)
            .await
            .unwrap();
        let one = Heat {
            criterion: id(2),
            forks: 1,
        };
        assert_eq!(
            heat(&db.cx(anna()), &[origin.id]).await.unwrap()[&origin.id],
            [one]
        );
        let others = heat(&db.cx(bo()), &[origin.id]).await.unwrap();
        assert_eq!(others, std::collections::HashMap::new(), "for her alone");
        let counted = counts(&db.cx(bo()), &[origin.id, fork.id]).await.unwrap();
        let (origins, forks) = (counted[&origin.id], counted[&fork.id]);
        assert_eq!((origins.versions, origins.forks, origins.uses), (1, 1, 1));
        assert_eq!((forks.versions, forks.forks, forks.uses), (1, 0, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_pupils_is_a_use_that_moves_when_its_maker_asks() {
    on_both(async |db| {
        let origin = origin_of(db, 11).await;
        let link = world::linked(db, bo(), 21, origin.id).await;
        let draft = world::revised(db, &origin).await;
        let newer = write(db, anna(), async |tx: &Tx| {
            crate::publish(tx, &world::publish_ask(&draft)).await
        })
        .await
        .unwrap();
        let held = async |who: Actor| {
            let uses = uses_of_links(&db.cx(who), &[link.id]).await.unwrap();
            uses.get(&link.id).copied()
        };
        assert_eq!(held(anna()).await, None, "{}: it is Bo's", db.kind());
        let before = held(bo()).await.unwrap();
        assert_eq!(before.version, link.version);
        let ask = MoveUse {
            id: before.id,
            version: newer.current.unwrap(),
            preview: false,
        };
        write(db, bo(), async |tx: &Tx| move_use(tx, &ask).await)
            .await
            .unwrap();
        let moved = crate::find_link(&db.cx(bo()), link.id).await.unwrap();
        assert_eq!(Some(moved.version), newer.current, "{}", db.kind());
        write(db, bo(), async |tx: &Tx| {
            crate::revoke_link(tx, link.id).await
        })
        .await
        .unwrap();
        assert_eq!(held(bo()).await, None, "{}: closed", db.kind());
    })
    .await;
}
