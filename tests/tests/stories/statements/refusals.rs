//! What is refused before it is executed reaches no database and steps the metric of its code.

use crate::completeness::house::House;
use api::Caller;
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};
use serde_json::{Value, json};
use testkit::on_both;

/// How often requests were refused with this code since the last look.
fn refused(snapshotter: &Snapshotter, code: &str) -> u64 {
    let counted = snapshotter.snapshot().into_vec().into_iter();
    let ours = counted.filter(|(key, ..)| {
        let mut labels = key.key().labels();
        key.key().name() == "kollegium_requests_refused_total"
            && labels.any(|label| (label.key(), label.value()) == ("code", code))
    });
    ours.map(|(.., value)| match value {
        DebugValue::Counter(steps) => steps,
        other => panic!("a counter, not {other:?}"),
    })
    .sum()
}

fn times(many: usize, selection: &str) -> String {
    [selection].repeat(many).join(" ")
}

/// A query for each bound and each rule, the code that it must get, and the operation that it names.
fn attacks() -> Vec<(String, &'static str)> {
    let doubling: String = (0..30)
        .map(|n| format!("fragment F{n} on Viewer {{ ...F{0} ...F{0} }} ", n + 1))
        .collect::<Vec<_>>()
        .concat();
    vec![
        (
            format!("{{ viewer {{ ...F0 }} }} {doubling} fragment F30 on Viewer {{ isService }}"),
            "LIMIT_SELECTIONS",
        ),
        (
            format!(
                "{{ units {{ nodes {{ {} id {} }} }} }}",
                times(20, "parent {"),
                times(20, "}")
            ),
            "LIMIT_DEPTH",
        ),
        ("{ viewer".repeat(1_000), "LIMIT_NESTING"),
        (
            format!("{{ viewer {{ {} }} }}", times(3_000, "isService")),
            "LIMIT_TOKENS",
        ),
        (
            format!("{{ viewer {{ {} }} }}", times(600, "isService")),
            "LIMIT_SELECTIONS",
        ),
        (
            format!(
                "{{ viewer {{ {} }} }}",
                (0..100)
                    .map(|n| format!("a{n}: isService "))
                    .collect::<Vec<_>>()
                    .concat()
            ),
            "LIMIT_ALIASES",
        ),
        (
            format!(
                "{{ {} }}",
                (0..25).map(|_| "__typename ").collect::<String>()
            ),
            "LIMIT_ROOTS",
        ),
        (
            format!(
                "{{ viewer {{ isService {} }} }}",
                times(40, "@include(if: true)")
            ),
            "LIMIT_DIRECTIVES",
        ),
        (
            format!("{{ viewer {{ isService }} }} #{}", "a".repeat(70_000)),
            "LIMIT_QUERY_BYTES",
        ),
        (
            "{ rubrics(first: 101) { nodes { id } } }".to_owned(),
            "LIMIT_FIRST",
        ),
        (
            "{ units(first: 100) { nodes { people(first: 100) { nodes { name } } } } }".to_owned(),
            "LIMIT_COST",
        ),
        (
            "{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }"
                .to_owned(),
            "FRAGMENT_CYCLE",
        ),
        ("{ viewer { ...Nobody } }".to_owned(), "UNKNOWN_FRAGMENT"),
        ("{ viewer { isService } ".to_owned(), "BAD_DOCUMENT"),
        (
            "query A { viewer { isService } } query B { viewer { isService } }".to_owned(),
            "OPERATION_NAME_NEEDED",
        ),
        (
            "query($id: ID!) { rubric(id: $id) { id } }".to_owned(),
            "VARIABLE_MISSING",
        ),
        (
            "subscription { inboxChanged { kind } }".to_owned(),
            "WRONG_TRANSPORT",
        ),
    ]
}

// The metric is read where it is counted: on this thread.
#[tokio::test(flavor = "current_thread")]
async fn a_refusal_runs_no_statement_and_is_counted() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let _counting = metrics::set_default_local_recorder(&recorder);
    on_both(async |db| {
        let house = House::new(db).await;
        let mut asks = attacks();
        asks.push(("{ viewer { isService } }".to_owned(), "UNAUTHENTICATED"));
        for (query, code) in asks {
            assert_eq!(refused(&snapshotter, code), 0);
            let before = db.store.statements();
            let answer = house.send(&Caller::Anonymous, &query, &Value::Null).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], json!(code), "{answer}");
            assert_eq!(db.store.statements() - before, 0, "{}: {code}", db.kind());
            assert_eq!(refused(&snapshotter, code), 1, "{}: {code}", db.kind());
        }
        // What is not refused is counted by the same measures the other way round.
        let before = db.store.statements();
        let query = r#"mutation { signIn(input: {address: "nobody@example.org", password: "fel"}) { userErrors { code } } }"#;
        house.send(&Caller::Anonymous, query, &Value::Null).await;
        assert_ne!(db.store.statements(), before);
        assert_eq!(refused(&snapshotter, "UNAUTHENTICATED"), 0);
    })
    .await;
}
