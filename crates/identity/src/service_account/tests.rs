use super::*;
use kit::Fault;
use testkit::{TestDb, id};

fn admin(db: &TestDb, organiser: u128) -> Cx {
    db.cx(testkit::actor(
        id(organiser),
        id(9),
        &[(Role::Admin, None)],
        &[],
    ))
}

fn ask(cx: &Cx) -> CreateServiceAccount {
    CreateServiceAccount {
        id: ServiceId(cx.ids.random()),
        name: Name::parse("Schemat").unwrap(),
        scopes: vec!["people:read".to_owned(), "organisation:read".to_owned()],
        units: Some(vec![id(5), id(6)]),
        expires_at: cx.now + TimeDelta::days(365),
    }
}

async fn create(cx: &Cx, ask: &CreateServiceAccount) -> Result<(ServiceAccount, String), Error> {
    store::write(cx, async |tx: &Tx| create_service_account(tx, ask).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_opens_its_account_until_it_is_rotated_ended_or_has_run_out() {
    testkit::on_both(async |db| {
        let cx = admin(db, 2);
        let (made, key) = create(&cx, &ask(&cx)).await.unwrap();
        assert_eq!(made.scopes, [Scope::OrganisationRead, Scope::PeopleRead]);
        assert_eq!(made.used_on, None);
        let nobody = db.cx(Actor::Anonymous);
        let found = authenticate(&nobody, &key).await.unwrap();
        let used = ServiceAccount {
            used_on: Some(cx.now.date_naive()),
            ..made.clone()
        };
        assert_eq!(found, used);
        assert_eq!(list_service_accounts(&cx).await.unwrap(), [used]);

        let rotated: Result<_, Error> =
            store::write(&cx, async |tx: &Tx| rotate_service_key(tx, made.id).await).await;
        let (_, next) = rotated.unwrap();
        assert!(authenticate(&nobody, &key).await.is_err(), "rotated");
        assert!(authenticate(&nobody, &next).await.is_ok());

        let (short, brief) = create(
            &cx,
            &CreateServiceAccount {
                units: None,
                expires_at: cx.now + TimeDelta::seconds(1),
                ..ask(&cx)
            },
        )
        .await
        .unwrap();
        assert_eq!(authenticate(&nobody, &brief).await.unwrap().units, None);
        db.clock.pass(TimeDelta::seconds(1));
        let later = db.cx(Actor::Anonymous);
        assert!(authenticate(&later, &brief).await.is_err(), "run out");
        let cx = admin(db, 2);
        let dead: Result<_, Error> =
            store::write(&cx, async |tx: &Tx| rotate_service_key(tx, short.id).await).await;
        assert_eq!(dead.unwrap_err().code(), "NOT_FOUND");

        let ended: Result<_, Error> =
            store::write(&cx, async |tx: &Tx| end_service_account(tx, made.id).await).await;
        assert_eq!(ended.unwrap().ended_at, Some(cx.now));
        let refused = authenticate(&later, &next).await.unwrap_err();
        assert_eq!(refused.code(), "SIGN_IN_ENDED");
        assert_eq!(list_service_accounts(&cx).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_of_use_is_written_once_a_day() {
    testkit::on_both(async |db| {
        let (_, key) = create(&admin(db, 2), &ask(&admin(db, 2))).await.unwrap();
        let statements = async || {
            let cx = db.cx(Actor::Anonymous);
            authenticate(&cx, &key).await.unwrap();
            cx.db().statements()
        };
        assert_eq!([statements().await, statements().await], [2, 1]);
        db.clock.pass(TimeDelta::days(1));
        assert_eq!([statements().await, statements().await], [2, 1]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_granted_is_refused_and_nothing_is_stored() {
    testkit::on_both(async |db| {
        let cx = admin(db, 2);
        let scoped = |scopes: &[&str]| CreateServiceAccount {
            scopes: scopes.iter().map(ToString::to_string).collect(),
            ..ask(&cx)
        };
        let until = |after: TimeDelta| CreateServiceAccount {
            expires_at: cx.now + after,
            ..ask(&cx)
        };
        let cases = [
            (scoped(&[]), "SCOPE_NOT_GRANTABLE"),
            (
                scoped(&["people:read", "reflections:read"]),
                "SCOPE_NOT_GRANTABLE",
            ),
            (scoped(&["people:write"]), "SCOPE_NOT_GRANTABLE"),
            (
                scoped(&["people:read organisation:read"]),
                "SCOPE_NOT_GRANTABLE",
            ),
            (until(TimeDelta::zero()), "SERVICE_ACCOUNT_EXPIRY"),
            (until(TimeDelta::days(732)), "SERVICE_ACCOUNT_EXPIRY"),
        ];
        for (ask, code) in cases {
            assert_eq!(create(&cx, &ask).await.unwrap_err().code(), code, "{ask:?}");
        }
        assert_eq!(list_service_accounts(&cx).await.unwrap(), []);
        for _ in 0..100 {
            create(&cx, &ask(&cx)).await.unwrap();
        }
        let refused = create(&cx, &ask(&cx)).await.unwrap_err();
        assert_eq!(refused.code(), "SERVICE_ACCOUNT_LIMIT");
        assert!(create(&admin(db, 3), &ask(&cx)).await.is_ok(), "elsewhere");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_administrators_of_the_organiser_manage_and_only_their_own() {
    testkit::on_both(async |db| {
        let cx = admin(db, 2);
        let (made, key) = create(&cx, &ask(&cx)).await.unwrap();
        let at_a_unit = testkit::actor(id(2), id(9), &[(Role::Admin, Some(id(5)))], &[]);
        let principal = testkit::actor(id(2), id(9), &[(Role::Principal, None)], &[]);
        for actor in [at_a_unit, principal, Actor::Anonymous] {
            let cx = db.cx(actor);
            let refused: [Result<(), Error>; 4] = [
                create(&cx, &ask(&cx)).await.map(drop),
                store::write(&cx, async |tx: &Tx| {
                    rotate_service_key(tx, made.id).await.map(drop)
                })
                .await,
                store::write(&cx, async |tx: &Tx| {
                    end_service_account(tx, made.id).await.map(drop)
                })
                .await,
                list_service_accounts(&cx).await.map(drop),
            ];
            for refused in refused {
                assert_eq!(refused.unwrap_err().code(), "SERVICE_ACCOUNT_ADMIN_ONLY");
            }
            assert_eq!(cx.db().statements(), 0);
        }
        let other = admin(db, 3);
        assert_eq!(list_service_accounts(&other).await.unwrap(), []);
        let foreign: Result<_, Error> = store::write(&other, async |tx: &Tx| {
            end_service_account(tx, made.id).await
        })
        .await;
        assert_eq!(foreign.unwrap_err().code(), "NOT_FOUND");
        assert!(authenticate(&db.cx(Actor::Anonymous), &key).await.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_key_is_refused_without_a_statement() {
    testkit::on_both(async |db| {
        let cx = db.cx(Actor::Anonymous);
        let invitation = OneTime::make(Purpose::Invitation, id(2)).unwrap().text();
        for key in ["", "ksk_", "ksk_å", &invitation] {
            let refused = authenticate(&cx, key).await.unwrap_err();
            assert_eq!(refused.code(), "SIGN_IN_ENDED", "{key}");
        }
        assert_eq!(cx.db().statements(), 0);
        let unknown = OneTime::make(Purpose::ServiceKey, id(2)).unwrap().text();
        assert!(authenticate(&cx, &unknown).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_ask_makes_one_account_and_shows_its_key_once() {
    testkit::on_both(async |db| {
        let cx = admin(db, 2);
        let ask = ask(&cx);
        let once = |said: &str| store::Once {
            key: ask.id.uuid(),
            operation: "createServiceAccount",
            ask: said.to_owned(),
        };
        let send = async |said: &str| {
            let mut shown = None;
            let made = store::write_once(&cx, &once(said), async |tx: &Tx| {
                let (account, key) = create_service_account(tx, &ask).await?;
                shown = Some(key);
                Ok::<_, Error>(account)
            })
            .await;
            (made, shown)
        };
        let (first, key) = send("a").await;
        let first = first.unwrap();
        assert!(key.is_some(), "{}", db.kind());
        let (again, shown) = send("a").await;
        assert_eq!((again.unwrap(), shown), (first, None), "{}", db.kind());
        assert_eq!(send("b").await.0.unwrap_err().code(), "ID_TAKEN");
        let other = db.cx(admin(db, 3).actor);
        let at_another: Result<_, Error> = store::write(&other, async |tx: &Tx| {
            create_service_account(tx, &ask).await
        })
        .await;
        assert!(
            at_another.is_ok(),
            "{}: ids are an organiser's own",
            db.kind()
        );
        assert_eq!(list_service_accounts(&cx).await.unwrap().len(), 1);
    })
    .await;
}
