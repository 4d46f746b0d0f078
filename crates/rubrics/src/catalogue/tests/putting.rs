//! Putting in and taking back.

use super::world::{ask, forked_by, house, listed, nils, open, organisers, put_as, sees, standing};
use crate::{
    Error, Licence, PublishToCatalogue, Scope, StandingState, sample, withdraw_from_catalogue,
    world::{self, anna, bo, cilla, code, organiser, stranger, write},
};
use kit::{Actor, Fault, Lang, Name, Role};
use organisation::{Invite, NewRole, invite};
use store::Tx;
use testkit::{TestDb, id, on_both};

async fn withdrawn(db: &TestDb, who: Actor, rubric: kit::RubricId) -> &'static str {
    code(
        write(db, who, async |tx: &Tx| {
            withdraw_from_catalogue(tx, rubric).await
        })
        .await,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_shown_to_every_organiser_and_moves_on_under_the_same_id() {
    on_both(async |db| {
        let first = world::published(db, 11).await;
        let item = open(db, &first).await;
        let shown = listed(db, nils(), "").await.pop().unwrap();
        assert_eq!((shown.id, shown.number, shown.copies), (item, 1, 0));
        assert_eq!(*shown.content, sample::everything(), "{}", db.kind());
        let line = "Anna Berg, Älvsunda (CC BY-SA 4.0)";
        assert_eq!(shown.credit.to_string(), line);
        assert_ne!(item.uuid(), first.id.uuid(), "an id of its own");

        // What is published later is not there before its author puts it there.
        let draft = world::revised(db, &first).await;
        let renamed = world::renamed(db, &draft, "Nytt namn").await;
        let second = write(db, anna(), async |tx: &Tx| {
            crate::publish(tx, &world::publish_ask(&renamed)).await
        })
        .await
        .unwrap();
        let still = listed(db, nils(), "").await.pop().unwrap();
        assert_eq!(still.version, shown.version, "{}", db.kind());
        assert!(standing(db, anna(), first.id).await.unwrap().is_behind);

        assert_eq!(open(db, &second).await, item);
        let now = listed(db, nils(), "").await.pop().unwrap();
        assert_eq!((now.id, now.number), (item, 2), "{}", db.kind());
        assert_eq!(now.content.head.title, sample::both("Nytt namn"));
        assert!(!standing(db, anna(), first.id).await.unwrap().is_behind);

        // The same again is the same.
        put_as(db, anna(), &ask(&second)).await.unwrap();
        let again = listed(db, nils(), "").await.pop().unwrap();
        assert_eq!(again, now, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::type_complexity, reason = "a table of cases")]
async fn refusals() {
    type Change = fn(&mut PublishToCatalogue);
    const NO: Change = |_| {};
    let cases: &[(&str, fn() -> Actor, Change, &str)] = &[
        ("a colleague's", bo, NO, "RUBRIC_NOT_YOURS"),
        ("one that is not shown", cilla, NO, "NOT_FOUND"),
        ("another organiser's", stranger, NO, "NOT_FOUND"),
        ("unknown", anna, |ask| ask.rubric = id(99), "NOT_FOUND"),
        ("stale", anna, |ask| ask.version = 99, "STALE_VERSION"),
        (
            "of an organiser that keeps out",
            anna,
            |ask| ask.catalogue_off = true,
            "RUBRIC_CATALOGUE_OFF",
        ),
        (
            "not reviewed, where that is demanded",
            anna,
            |ask| ask.review_demanded = true,
            "RUBRIC_REVIEW_DEMANDED",
        ),
        (
            "a preschool's that may be about a child",
            anna,
            |ask| ask.preschool = true,
            "RUBRIC_INVALID",
        ),
        (
            "with a personal number as the name",
            anna,
            |ask| ask.credit_name = Some(Name::parse("Anna 811218-9876").unwrap()),
            "RUBRIC_PERSONAL_NUMBER",
        ),
    ];
    on_both(async |db| {
        let mut content = sample::everything();
        content.criteria[0].about = None;
        let rubric = world::published_of(db, 11, content).await;
        let rubric = world::shared(db, &rubric, Scope::Unit(world::school()))
            .await
            .unwrap();
        for (case, who, change, expected) in cases {
            let mut ask = ask(&rubric);
            change(&mut ask);
            let outcome = put_as(db, who(), &ask).await;
            assert_eq!(code(outcome), *expected, "{case} on {}", db.kind());
            assert_eq!(listed(db, nils(), "").await, [], "{case} on {}", db.kind());
            assert_eq!(standing(db, anna(), rubric.id).await, None, "{case}");
        }
        let draft = world::draft(db, 12).await;
        assert_eq!(
            code(put_as(db, anna(), &ask(&draft)).await),
            "RUBRIC_NOT_PUBLISHED"
        );
        let retired = world::retired(db, &rubric).await;
        assert_eq!(
            code(put_as(db, anna(), &ask(&retired)).await),
            "RUBRIC_NOT_ACTIVE"
        );
        assert_eq!(withdrawn(db, bo(), rubric.id).await, "RUBRIC_NOT_YOURS");
        assert_eq!(withdrawn(db, anna(), rubric.id).await, "RUBRIC_NOT_OPEN");
        assert_eq!(withdrawn(db, stranger(), rubric.id).await, "NOT_FOUND");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_preschools_says_what_it_is_about_wherever_it_was_made() {
    on_both(async |db| {
        let mut content = sample::everything();
        content.criteria[0].about = None;
        content.head.school_forms = vec![crate::Code::parse("FORSKOLA").unwrap()];
        let rubric = world::published_of(db, 11, content).await;
        let outcome = put_as(db, anna(), &ask(&rubric)).await;
        assert_eq!(code(outcome), "RUBRIC_INVALID", "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_is_gone_at_once_and_copies_keep_their_credit() {
    on_both(async |db| {
        let rubric = world::published(db, 11).await;
        let item = open(db, &rubric).await;
        let copy = forked_by(db, nils(), 31, item).await.unwrap();
        assert_eq!(withdrawn(db, anna(), rubric.id).await, "ok");
        assert_eq!(withdrawn(db, anna(), rubric.id).await, "ok", "twice");
        assert!(!sees(db, nils(), item).await, "{}", db.kind());
        assert!(
            !sees(db, anna(), item).await,
            "{}: nor its author",
            db.kind()
        );
        let found = crate::find_open(&db.cx(nils()), item).await;
        assert!(matches!(found, Err(Error::NotFound)), "{}", db.kind());
        assert_eq!(listed(db, nils(), "argumenterande").await, []);
        assert_eq!(code(forked_by(db, nils(), 32, item).await), "NOT_FOUND");
        let standing_now = standing(db, anna(), rubric.id).await.unwrap();
        assert_eq!(standing_now.state, StandingState::Withdrawn);

        let cx = db.cx(nils());
        let mut origins = crate::open_origins(&cx, &[copy.id]).await.unwrap();
        let origin = origins.remove(&copy.id).unwrap();
        assert_eq!((origin.open, origin.has_newer), (item, false));
        assert_eq!(
            origin.credits[0].to_string(),
            "Anna Berg, Älvsunda (CC BY-SA 4.0)",
            "{}",
            db.kind()
        );
        // Put in anew, it is the same item.
        assert_eq!(open(db, &rubric).await, item, "{}", db.kind());
        assert!(sees(db, nils(), item).await, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_protected_persons_is_open_under_a_name() {
    on_both(async |db| {
        organisers(db).await;
        let home = organisation::CreateUnit {
            id: world::school(),
            kind: organisation::UnitKind::School,
            name: Name::parse("Skolan").unwrap(),
            parent: None,
            school_forms: vec![curriculum::SchoolForm::CompulsorySchool],
            years: Vec::new(),
            from_day: None,
            to_day: None,
        };
        let anna_is_protected = Invite {
            person: id(world::ANNA),
            name: Name::parse("Anna Berg").unwrap(),
            lang: Lang::Sv,
            address: "anna@example.org".to_owned(),
            secret_hash: vec![1; 32],
            unit: None,
            roles: vec![NewRole {
                id: id(501),
                role: Role::Teacher,
                unit: Some(world::school()),
                from_day: None,
                to_day: None,
            }],
            teams: Vec::new(),
            protected: true,
        };
        store::write(&db.cx(house(organiser())), async |tx: &Tx| {
            organisation::create_unit(tx, &home).await?;
            invite(tx, &anna_is_protected).await
        })
        .await
        .unwrap();
        let rubric = world::published(db, 11).await;
        let refusal = put_as(db, anna(), &ask(&rubric)).await.unwrap_err();
        assert_eq!(refusal.code(), "RUBRIC_WITHOUT_NAME", "{}", db.kind());
        assert_eq!(listed(db, nils(), "").await, []);

        let mut nameless = ask(&rubric);
        nameless.credit_name = None;
        put_as(db, anna(), &nameless).await.unwrap();
        let shown = listed(db, nils(), "").await.pop().unwrap();
        assert_eq!(shown.credit.to_string(), "Älvsunda (CC BY-SA 4.0)");
        assert_eq!(shown.credit.licence, Licence::CcBySa);
    })
    .await;
}
