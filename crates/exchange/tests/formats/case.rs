//! Packages of CASE, and our own JSON.

use super::told;
use exchange::{
    How,
    ImportFormat::{CaseJson, KollegiumJson},
    read,
};
use serde_json::{Value, json};

fn package(criteria: Value) -> Vec<u8> {
    json!({"CFDocument": {"language": "sv"}, "CFRubrics": [{"title": "Matris", "CFRubricCriteria": criteria}]}).to_string().into_bytes()
}

#[test]
fn a_package_of_another_system_becomes_its_rubrics() {
    let levels = json!([
        {"quality": "Högst", "score": 2.5, "position": 2, "description": "<p>Bra</p><p>mycket bra</p>"},
        {"quality": "Lägst", "score": "1", "position": 1, "feedback": null},
    ]);
    let criteria = json!([
        {"identifier": "ingen uuid", "category": "Grupp", "description": "Tes", "weight": 0.25, "position": 2, "CFRubricCriterionLevels": levels},
        {"category": "Grupp", "description": "Språk\nHela vägen", "weight": 0.75, "position": 1, "CFRubricCriterionLevels": null},
        {"category": "Eget", "description": "Vad det är", "weight": 0.5, "position": 3, "unknown": {"a": 1}},
    ]);
    assert_eq!(
        told(CaseJson, &package(criteria)),
        "Matris [ANALYTIC]\n- Grupp: Språk × 3: Hela vägen\n- Grupp: Tes: \n  Lägst (100): \n  Högst (250): Bra / mycket bra\n- Eget × 2: Vad det är\n\
         ! WEIGHT_CHANGED row 1 (/CFRubrics/0/CFRubricCriteria/1/weight)\n! WEIGHT_CHANGED row 1 (/CFRubrics/0/CFRubricCriteria/0/weight)\n! WEIGHT_CHANGED row 1 (/CFRubrics/0/CFRubricCriteria/2/weight)\n"
    );
}

#[test]
fn what_is_wrong_is_told_with_its_pointer() {
    let at = "/CFRubrics/0/CFRubricCriteria/0";
    let level =
        |level: Value| package(json!([{"description": "Tes", "CFRubricCriterionLevels": [level]}]));
    let cases = [
        (
            level(json!({"quality": "A", "score": -1})),
            format!(
                "Matris (not taken)\n! POINTS_NEGATIVE row 1 ({at}/CFRubricCriterionLevels/0/score)\n"
            ),
        ),
        (
            level(json!({"quality": "A", "score": "många"})),
            format!(
                "Matris (not taken)\n! POINTS_NOT_A_NUMBER row 1 ({at}/CFRubricCriterionLevels/0/score)\n"
            ),
        ),
        (
            level(json!({"quality": {"a": 1}})),
            format!(
                "Matris (not taken)\n! FIELD_WRONG row 1 ({at}/CFRubricCriterionLevels/0/quality)\n! LABEL_MADE row 1 ({at}/CFRubricCriterionLevels/0/quality)\n"
            ),
        ),
        (
            level(json!({"score": 3})),
            format!(
                "Matris [SINGLE_POINT]\n- Tes: \n  3 p (300): \n! LABEL_MADE row 1 ({at}/CFRubricCriterionLevels/0/quality)\n"
            ),
        ),
        (
            package(json!([{"weight": 200}])),
            format!("Matris (not taken)\n! CRITERION_NAME_MISSING row 1 ({at})\n"),
        ),
        (
            b"{}".to_vec(),
            "! RUBRICS_MISSING row 1 (/CFRubrics)\n".to_owned(),
        ),
        (b"[1,\n".to_vec(), "! FILE_UNREADABLE row 2\n".to_owned()),
        (b"".to_vec(), "! FILE_EMPTY row 1\n".to_owned()),
    ];
    for (file, expected) in cases {
        assert_eq!(told(CaseJson, &file), expected);
    }
}

#[test]
fn a_field_that_was_edited_elsewhere_is_right_and_the_rest_of_ours_stays() {
    let level = json!({"level": {"id": "6f659cb3-5725-57c4-a378-a572d798f4ef", "label": {"sv": "Nivå", "en": "Level"}, "pupil_wording": {"sv": "Jag kan"}, "points": {"min": 100, "max": 200}}});
    let file = package(
        json!([{"description": "Tes", "CFRubricCriterionLevels": [{"quality": "Ny nivå", "score": 3, "extensions": [{"kollegium": level}]}]}]),
    );
    let mut reading = read(CaseJson, &file, How::default());
    let content = reading.rubrics.remove(0).content.expect("it is sound");
    let level = &content.criteria[0].levels[0];
    assert_eq!(level.label.sv().unwrap().as_str(), "Ny nivå");
    assert_eq!(level.label.en().unwrap().as_str(), "Level");
    assert_eq!(
        level.pupil_wording.as_ref().unwrap().sv().unwrap().as_str(),
        "Jag kan"
    );
    assert_eq!(level.points, Some(rubrics::Points::exactly(300)));
}

#[test]
fn our_own_json_is_read_as_strictly_as_every_input() {
    let file = |content: Value| {
        json!({"format": "kollegium-rubrics", "version": 1, "rubrics": [{"id": "6f659cb3-5725-57c4-a378-a572d798f4ef", "content": content}]}).to_string()
    };
    let head = json!({"kind": "ANALYTIC", "title": {"sv": " Titel\u{301} "}});
    assert_eq!(
        told(KollegiumJson, file(json!({"head": head})).as_bytes()),
        "Titeĺ [ANALYTIC]\n",
        "texts are made whole"
    );
    let cases = [
        (
            json!({"head": {"kind": "ANALYTIC", "title": {}}}),
            "FIELD_MISSING row 1 (/rubrics/0/content/head)",
        ),
        (
            json!({"head": {"kind": "ANALYTIC", "title": {"sv": "å".repeat(201)}}}),
            "TEXT_TOO_LONG row 1 (/rubrics/0/content/head/title)",
        ),
        (
            json!({"head": {"kind": "OTHER", "title": {"sv": "T"}}}),
            "FIELD_WRONG row 1 (/rubrics/0/content/head)",
        ),
        (
            json!({"head": head, "criteria": [{"id": "x", "title": {"sv": "T"}}]}),
            "FIELD_WRONG row 1 (/rubrics/0/content/criteria/0)",
        ),
        (
            json!({"head": head, "criteria": [{"id": "6f659cb3-5725-57c4-a378-a572d798f4ef", "title": {"sv": "811218-9876"}}]}),
            "RUBRIC_PERSONAL_NUMBER row 1 (/rubrics/0/criteria/0/title)",
        ),
    ];
    for (content, expected) in cases {
        let told = told(KollegiumJson, file(content).as_bytes());
        assert!(told.contains(expected), "{expected}: {told}");
        assert!(told.contains("(not taken)"), "{told}");
    }
    let newer = told(
        KollegiumJson,
        br#"{"format": "kollegium-rubrics", "version": 2}"#,
    );
    assert_eq!(newer, "! FORMAT_UNKNOWN row 1\n");
}

/// The fields that CASE 1.1 knows for each part, those that it demands first; everything else makes a package invalid.
const FIELDS: [(&str, &[&str], &[&str]); 5] = [
    (
        "package",
        &["CFDocument"],
        &[
            "CFItems",
            "CFAssociations",
            "CFDefinitions",
            "CFRubrics",
            "extensions",
        ],
    ),
    (
        "document",
        &[
            "identifier",
            "uri",
            "creator",
            "title",
            "lastChangeDateTime",
        ],
        &[
            "caseVersion",
            "language",
            "adoptionStatus",
            "frameworkType",
            "description",
            "extensions",
        ],
    ),
    (
        "rubric",
        &["identifier", "uri", "lastChangeDateTime"],
        &["title", "description", "CFRubricCriteria", "extensions"],
    ),
    (
        "criterion",
        &["identifier", "uri", "lastChangeDateTime"],
        &[
            "category",
            "description",
            "CFItemURI",
            "weight",
            "position",
            "rubricId",
            "CFRubricCriterionLevels",
            "extensions",
        ],
    ),
    (
        "level",
        &["identifier", "uri", "lastChangeDateTime"],
        &[
            "description",
            "quality",
            "score",
            "feedback",
            "position",
            "rubricCriterionId",
            "extensions",
        ],
    ),
];

/// Holds a part to the fields of CASE, and its values to their kinds.
fn fits(part: &str, value: &Value) {
    let (_, needed, others) = FIELDS.iter().find(|(name, ..)| *name == part).unwrap();
    let fields = value
        .as_object()
        .unwrap_or_else(|| panic!("{part}: {value}"));
    for field in *needed {
        assert!(fields.contains_key(*field), "{part} has no {field}");
    }
    for (field, value) in fields {
        assert!(
            needed.contains(&field.as_str()) || others.contains(&field.as_str()),
            "{part}: CASE does not know {field}"
        );
        let is_right = match field.as_str() {
            "identifier" | "rubricId" | "rubricCriterionId" => value
                .as_str()
                .is_some_and(|id| id.parse::<uuid::Uuid>().is_ok()),
            "lastChangeDateTime" => value
                .as_str()
                .is_some_and(|at| at.ends_with('Z') && at.len() == 20),
            "caseVersion" => value == "1.1",
            "weight" | "score" => value.is_number(),
            "position" => value.is_u64(),
            "extensions" if part == "level" => value
                .as_array()
                .is_some_and(|list| list.iter().all(Value::is_object)),
            "extensions" | "CFDocument" => value.is_object(),
            "CFRubrics" | "CFRubricCriteria" | "CFRubricCriterionLevels" => value.is_array(),
            _ => value.as_str().is_some_and(|text| !text.is_empty()),
        };
        assert!(is_right, "{part}.{field}: {value}");
    }
}

#[test]
fn a_package_that_goes_out_is_valid_even_with_everything_in_it() {
    let content: Value =
        serde_json::from_str(include_str!("../../../rubrics/samples/format-1.json")).unwrap();
    let own = json!({"format": "kollegium-rubrics", "version": 1, "rubrics": [{"id": "6f659cb3-5725-57c4-a378-a572d798f4ef", "content": content}]});
    let mut reading = read(KollegiumJson, own.to_string().as_bytes(), How::default());
    let out = [exchange::Outgoing {
        id: kit::RubricId(uuid::Uuid::from_u128(7)),
        content: std::sync::Arc::new(reading.rubrics.remove(0).content.unwrap()),
        changed_at: kit::Instant::UNIX_EPOCH,
    }];
    let file = exchange::file(&out, exchange::ExportFormat::CaseJson, kit::Lang::Sv);
    let package: Value = serde_json::from_slice(&file.bytes).unwrap();
    fits("package", &package);
    fits("document", &package["CFDocument"]);
    let list = |value: &Value| value.as_array().unwrap().clone();
    let mut levels = 0;
    for rubric in list(&package["CFRubrics"]) {
        fits("rubric", &rubric);
        for criterion in list(&rubric["CFRubricCriteria"]) {
            fits("criterion", &criterion);
            assert_eq!(criterion["rubricId"], rubric["identifier"]);
            for level in list(&criterion["CFRubricCriterionLevels"]) {
                fits("level", &level);
                assert_eq!(level["rubricCriterionId"], criterion["identifier"]);
                levels += 1;
            }
        }
    }
    assert_eq!(levels, 4);
}
