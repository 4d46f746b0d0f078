use super::*;
use crate::{Code, Reference, SchoolForm, Year};
use chrono::NaiveDate;
use kit::{Actor, Lang, OrganiserId};
use serde_json::{Value, json};
use testkit::{TestDb, id, on_both};

fn operator() -> Actor {
    Actor::System {
        job: "import",
        organiser: OrganiserId(id(1)),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn bundled(kind: ListKind) -> Value {
    serde_json::from_str(kind.bundled()).unwrap()
}

fn file(value: &Value) -> Import {
    Import::read(value.to_string().as_bytes()).unwrap()
}

async fn take(db: &TestDb, ask: &Import) -> Result<Change, Error> {
    let cx = db.cx(operator());
    store::write(&cx, async |tx: &Tx| import(tx, ask).await).await
}

async fn read(db: &TestDb) -> Reference {
    reference(&db.cx(operator())).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_that_ships_can_be_taken_and_is_in_use_already() {
    on_both(async |db| {
        for kind in ListKind::ALL {
            let ask = Import::read(kind.bundled().as_bytes()).unwrap();
            let change = take(db, &ask).await.unwrap();
            assert!(change.same, "{}: {kind:?}", db.kind());
            assert_eq!(change.kind, kind);
            let told = [change.added, change.changed, change.removed].concat();
            assert_eq!(told, [""; 0], "{kind:?}");
        }
        let cx = db.cx(operator());
        assert_eq!(
            sql::hashes(&cx).await.unwrap(),
            [""; 0],
            "nothing is stored"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_list_takes_the_place_of_the_one_that_ships() {
    on_both(async |db| {
        let mut list = bundled(ListKind::Subjects);
        list["entries"][0]["shortName"]["sv"] = json!("Svenska");
        list["entries"][1]["to"] = json!("2028-06-30");
        list["entries"].as_array_mut().unwrap().push(json!({
            "code": "DANS", "name": {"sv": "Dans", "en": "Dance"}, "shortName": {"sv": "Da", "en": "Dance"},
            "schoolForms": ["GRUNDSKOLA"], "from": "2011-07-01",
        }));
        let ask = file(&list);

        let seen = preview(&db.cx(operator()), &ask).await.unwrap();
        assert_eq!(seen.added, ["DANS"]);
        assert_eq!(seen.changed, ["SV", "SVA"]);
        let on = day("2026-11-25");
        assert_eq!(read(db).await.subject("DANS", on), None, "a dry run stores nothing");

        assert_eq!(take(db, &ask).await.unwrap(), seen);
        let now = read(db).await;
        let shown = now.subject("SV", on).unwrap().short_name.read(Lang::Sv).as_str();
        assert_eq!(shown, "Svenska", "{}", db.kind());
        assert!(now.subject("DANS", on).is_some());
        assert_eq!(now.goals.entries.len(), 16, "the other lists stay");
        let last = |on| now.subjects.on(day(on)).any(|subject| subject.code == "SVA");
        assert!(last("2028-06-30") && !last("2028-07-01"));
        assert!(now.subject("SVA", day("2030-01-01")).is_some(), "what bears the code keeps its name");

        let cx = db.cx(operator());
        reference(&cx).await.unwrap();
        assert_eq!(cx.db().statements(), 1, "what was read once is in memory");

        let again = take(db, &ask).await.unwrap();
        assert!(again.same, "the same file twice changes nothing");
        let back = Import::read(ListKind::Subjects.bundled().as_bytes()).unwrap();
        assert_eq!(
            problems_of(&take(db, &back).await.unwrap_err()),
            ["/entries CURRICULUM_GONE"],
            "DANS is in use from now on"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn criteria_are_found_by_subject_stage_and_day() {
    on_both(async |db| {
        let mut list = bundled(ListKind::Criteria);
        let mut next = list["entries"][4].clone();
        assert_eq!(next["subject"], "EN");
        list["entries"][4]["to"] = json!("2028-06-30");
        next["from"] = json!("2028-07-01");
        next["aspects"].as_array_mut().unwrap().truncate(1);
        next["source"] =
            json!({"title": {"sv": "Ny författning"}, "date": "2028-07-01", "verified": true});
        list["entries"].as_array_mut().unwrap().push(next);
        take(db, &file(&list)).await.unwrap();

        let now = read(db).await;
        let of = |on| {
            let form = SchoolForm::CompulsorySchool;
            now.criteria_of("EN", form, "MELLANSTADIET", day(on))
        };
        let (old, new) = (of("2028-06-30").unwrap(), of("2028-07-01").unwrap());
        assert_eq!((old.aspects.len(), new.aspects.len()), (4, 1));
        assert_eq!(old.year, Year::Y6);
        assert!(
            !now.criteria.source_of(old).verified,
            "what ships is a sample, and says so"
        );
        assert!(now.criteria.source_of(new).verified);
        assert_eq!(of("2011-01-01"), None);

        let mut fewer = bundled(ListKind::Criteria);
        fewer["entries"].as_array_mut().unwrap().truncate(1);
        let change = take(db, &file(&fewer)).await.unwrap();
        assert_eq!(change.removed.len(), 5, "criteria may be taken away");
    })
    .await;
}

fn problems_of(error: &Error) -> Vec<String> {
    let problems = kit::Fault::problems(error).iter();
    problems
        .map(|problem| format!("{} {}", problem.path, problem.code))
        .collect()
}

#[test]
fn a_file_that_is_no_list_is_refused_with_its_place() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "line 1, column 0"),
        (b"{\n  \"kind\": \"SUBJEKT\"\n}", "line 2, column 19"),
        (b"{\"kind\": \"YEARS\",\n\"source\": {\"title\": {\"sv\": \"x\"}, \"date\": \"2022-02-30\"}}", "line 2, column 53"),
        (b"{\"kind\": \"YEARS\", \"source\": {\"title\": {\"sv\": \"x\"}, \"date\": \"2022-02-28\"},\n\"entries\": [\n{\"code\": \"10\"}]}", "line 3, column 14"),
        (b"{\n\"kind\": \"\xff\"}", "line 2"),
    ];
    for (bytes, place) in cases {
        let error = Import::read(bytes).unwrap_err();
        assert_eq!(
            problems_of(&error),
            [format!("{place} CURRICULUM_UNREADABLE")],
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }
    let large = Import::read(&vec![b' '; BYTES_MAX + 1]).unwrap_err();
    assert_eq!(problems_of(&large), [" CURRICULUM_UNREADABLE"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_is_said_at_once_with_a_pointer() {
    type Spoil = fn(&mut Value);
    let cases: &[(ListKind, Spoil, &[&str])] = &[
        (
            ListKind::Subjects,
            |l| l["entries"] = json!([]),
            &["/entries CURRICULUM_ENTRIES"],
        ),
        (
            ListKind::Subjects,
            |l| {
                l["entries"][0]["shortName"]["en"] = json!("Swedish, the language");
                l["entries"][1]["name"] = json!({"sv": "Bara svenska"});
                l["entries"][2]["schoolForms"] = json!([]);
                l["entries"][3]["to"] = json!("1999-01-01");
            },
            &[
                "/entries/0/shortName CURRICULUM_SHORT_NAME",
                "/entries/1/name CURRICULUM_NAME",
                "/entries/2/schoolForms CURRICULUM_SCHOOL_FORMS",
                "/entries/3/to CURRICULUM_DAYS",
            ],
        ),
        (
            ListKind::Subjects,
            |l| {
                let mut again = l["entries"][0].clone();
                again["from"] = json!("2020-01-01");
                l["entries"].as_array_mut().unwrap().push(again);
            },
            &["/entries/27 CURRICULUM_TWICE"],
        ),
        (
            ListKind::Stages,
            |l| l["entries"][0]["years"] = json!(["3", "2"]),
            &["/entries/0/years CURRICULUM_YEARS"],
        ),
        (
            ListKind::Goals,
            |l| l["entries"][0]["curriculum"] = json!("Lgr 22"),
            &["/entries/0/curriculum CURRICULUM_CODE"],
        ),
        (
            ListKind::SchoolForms,
            |l| drop(l["entries"].as_array_mut().unwrap().pop()),
            &["/entries CURRICULUM_GONE"],
        ),
        (
            ListKind::Criteria,
            |l| {
                l["entries"][0]["subject"] = json!("LATIN");
                l["entries"][1]["stage"] = json!("REALSKOLAN");
                l["entries"][2]["year"] = json!("9");
                l["entries"][3]["aspects"] = json!([]);
                drop(
                    l["entries"][4]["aspects"][1]["levels"]
                        .as_array_mut()
                        .unwrap()
                        .pop(),
                );
            },
            &[
                "/entries/0/subject CURRICULUM_UNKNOWN",
                "/entries/1/stage CURRICULUM_UNKNOWN",
                "/entries/2/year CURRICULUM_YEARS",
                "/entries/3/aspects CURRICULUM_ASPECTS",
                "/entries/4/aspects/1/levels CURRICULUM_GRADES",
            ],
        ),
    ];
    on_both(async |db| {
        for (kind, spoil, expected) in cases {
            let mut list = bundled(*kind);
            spoil(&mut list);
            let error = take(db, &file(&list)).await.unwrap_err();
            let mut problems = problems_of(&error);
            problems.sort();
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            assert_eq!(problems, expected, "{}: {kind:?}", db.kind());
            assert_eq!(sql::hashes(&db.cx(operator())).await.unwrap(), [""; 0]);
        }
    })
    .await;
}

#[test]
fn the_subjects_of_the_adapted_compulsory_school_are_its_own() {
    let list: List<crate::Subject> = serde_json::from_str(ListKind::Subjects.bundled()).unwrap();
    let of = |form| {
        let subjects = list.on(day("2026-11-25"));
        subjects
            .filter(|subject| subject.school_forms.contains(&form))
            .count()
    };
    let counts: Vec<_> = SchoolForm::ALL.iter().map(|form| of(*form)).collect();
    assert_eq!(counts, [0, 0, 22, 18, 0]);
    let sva = list
        .entries
        .iter()
        .find(|subject| subject.code == "SVA")
        .unwrap();
    assert_eq!(sva.name.read(Lang::Sv).as_str(), "Svenska som andraspråk");
    assert_eq!(sva.short_name.read(Lang::Sv).as_str(), "SvA");
}
