//! Reporting: once per person, to those who answer for it, and who did it is not told.

use super::world::{guest, hear, keeper, neighbours_keeper, nils, open};
use crate::{
    REPORTS_A_DAY, ReportContent, ReportReason, Reported, report_content, reports,
    world::{self, anna, bo, code, write},
};
use kit::{Actor, Body, OpenRubricId, Page, Thing};
use store::Tx;
use testkit::{TestDb, id, on_both};

fn ask(open: OpenRubricId) -> ReportContent {
    ReportContent {
        reported: Reported::OpenRubric(open),
        reason: ReportReason::PersonalData,
        words: Some(Body::parse("Det går att se vem det är.").unwrap()),
    }
}

async fn report(db: &TestDb, who: Actor, ask: &ReportContent) -> &'static str {
    code(write(db, who, async |tx: &Tx| report_content(tx, ask).await).await)
}

async fn read(db: &TestDb, who: Actor, open: OpenRubricId) -> usize {
    let thing = Thing::from(open);
    let page = Page::first(50).unwrap();
    let mut found = reports(&db.cx(who), &[thing], &page).await.unwrap();
    found.remove(&thing).map_or(0, |list| list.items.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn both_organisers_administrators_read_it_and_nobody_else() {
    on_both(async |db| {
        let heard = hear(db);
        let item = open(db, &world::published(db, 11).await).await;
        assert_eq!(report(db, nils(), &ask(item)).await, "ok");
        assert_eq!(report(db, nils(), &ask(item)).await, "ok", "twice is once");
        assert_eq!(report(db, bo(), &ask(item)).await, "ok");
        assert_eq!(read(db, keeper(), item).await, 2, "{}", db.kind());
        assert_eq!(
            read(db, neighbours_keeper(), item).await,
            1,
            "{}",
            db.kind()
        );
        for who in [anna(), bo(), nils(), guest(), world::admin()] {
            assert_eq!(read(db, who, item).await, 0, "{}", db.kind());
        }
        // Nils is told of in both organisers, Bo in his own.
        let told = |number| (id(number), "content.reported".to_owned());
        let neighbour = super::world::NEIGHBOUR;
        let mut heard = heard.lock().unwrap().clone();
        heard.sort_unstable();
        assert_eq!(heard, [told(1), told(1), told(neighbour)], "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals() {
    on_both(async |db| {
        let item = open(db, &world::published(db, 11).await).await;
        let mut wordless = ask(item);
        wordless.reason = ReportReason::Other;
        wordless.words = None;
        let mut numbered = ask(item);
        numbered.words = Some(Body::parse("Det är 811218-9876").unwrap());
        let cases = [
            ("a guest", guest(), ask(item), "NOT_FOUND"),
            ("an unknown one", nils(), ask(id(99)), "NOT_FOUND"),
            ("without words", nils(), wordless, "RUBRIC_NEEDS_WORDS"),
            (
                "a personal number",
                nils(),
                numbered,
                "RUBRIC_PERSONAL_NUMBER",
            ),
        ];
        for (case, who, ask, expected) in cases {
            let outcome = report(db, who, &ask).await;
            assert_eq!(outcome, expected, "{case} on {}", db.kind());
        }
        assert_eq!(read(db, keeper(), item).await, 0, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_reports_so_much_a_day_and_goes_on_the_next() {
    on_both(async |db| {
        let mut last = id(0);
        for number in 0..=u128::from(REPORTS_A_DAY) {
            let content = world::checklist(&format!("Matris {number}"));
            last = open(db, &world::published_of(db, 100 + number, content).await).await;
            let expected = if number < u128::from(REPORTS_A_DAY) {
                "ok"
            } else {
                "RUBRIC_TOO_MANY_REPORTS"
            };
            assert_eq!(
                report(db, nils(), &ask(last)).await,
                expected,
                "{}",
                db.kind()
            );
        }
        assert_eq!(read(db, keeper(), last).await, 0, "{}", db.kind());
        assert_eq!(report(db, bo(), &ask(last)).await, "ok", "{}", db.kind());
        db.clock.pass(chrono::TimeDelta::days(2));
        assert_eq!(report(db, nils(), &ask(last)).await, "ok", "{}", db.kind());
    })
    .await;
}
