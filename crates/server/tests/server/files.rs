//! `kollegium import` and `kollegium export`: what whoever runs the installation brings in and takes out in a person's name.

use crate::{
    program::{kollegium, run},
    wire::send,
};
use serde_json::{Value, json};
use std::{fs, path::Path, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
};

const ADDRESS: &str = "teacher@alvsunda.example";
const PASSWORD: &str = "en lugn stund i lärarrummet";
const DATABASE: [(&str, &str); 1] = [("KOLLEGIUM_DATABASE__URL", "sqlite:data/demo.db")];
const FILE: &str = "Rubric Name,Criteria Name,Rating Name,Rating Points,Rating Name,Rating Points\n\
                    Läslogg,Tes,Utvecklad,2,Enkel,1\nTrasig,Tes,Ja,två,Nej,1\n";

/// Makes the demo's municipality and asks it where the teacher works.
async fn unit_of_the_teacher(folder: &Path) -> String {
    let mut command = kollegium(folder, &["demo"], &[("KOLLEGIUM_LOG__FORMAT", "json")]);
    command.stderr(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let at = loop {
        let line = lines
            .next_line()
            .await
            .unwrap()
            .expect("the demo says where it listens");
        let said: Value = serde_json::from_str(&line).expect("each line is JSON");
        if said["message"] == "serving" {
            break said["address"].as_str().unwrap().parse().unwrap();
        }
    };
    let ask = async |query: &str, token: &str| {
        let bearer = format!("Bearer {token}");
        let mut headers = vec![("content-type", "application/json")];
        if !token.is_empty() {
            headers.push(("authorization", &bearer));
        }
        let body = json!({"query": query}).to_string();
        let answer = send(at, "POST", "/graphql", &headers, body.as_bytes()).await;
        answer.json()["data"].clone()
    };
    let sign_in = format!(
        r#"mutation {{ signIn(input: {{address: "{ADDRESS}", password: "{PASSWORD}", device: "prov"}}) {{ tokens {{ accessToken }} }} }}"#
    );
    let tokens = ask(&sign_in, "").await;
    let token = tokens["signIn"]["tokens"]["accessToken"]
        .as_str()
        .expect("the teacher signs in");
    let viewer = ask("{ viewer { person { unit { id } } } }", token).await;
    let unit = viewer["viewer"]["person"]["unit"]["id"]
        .as_str()
        .expect("the teacher works somewhere");
    let id = child.id().unwrap().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .await
            .unwrap()
            .success()
    );
    assert_eq!(child.wait().await.unwrap().code(), Some(0));
    unit.to_owned()
}

#[tokio::test]
async fn a_file_comes_in_goes_out_and_comes_home() {
    let folder = tempfile::tempdir().unwrap();
    let unit = unit_of_the_teacher(folder.path()).await;
    fs::write(folder.path().join("in.csv"), FILE).unwrap();
    let said = async |words: &[&str], code: i32| {
        let words = [words, &["--as", ADDRESS]].concat();
        let output = run(folder.path(), &words, &DATABASE).await;
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert_eq!(output.status.code(), Some(code), "{words:?}: {text}");
        text
    };
    let looked = said(&["import", "in.csv", "--unit", &unit], 0).await;
    for words in [
        "Läslogg (1 criteria): would become",
        "Trasig (1 criteria): has errors",
        "row 3, column D",
        "Nothing was made",
    ] {
        assert!(looked.contains(words), "{words}: {looked}");
    }
    let taken = said(&["import", "in.csv", "--unit", &unit, "--take"], 0).await;
    assert!(
        taken.contains("Läslogg (1 criteria): is a draft now"),
        "{taken}"
    );

    let all = said(
        &[
            "export",
            "rubric_00000000000000000000000000",
            "--format",
            "html",
        ],
        1,
    )
    .await;
    assert!(all.contains("no such rubric"), "{all}");
    let id = taken
        .lines()
        .find_map(|line| line.split_once("now: "))
        .expect("the draft's id")
        .1;
    let again = said(&["import", "in.csv", "--unit", &unit, "--take"], 0).await;
    assert!(again.contains("was brought in before"), "{again}");

    let written = said(
        &[
            "export",
            id,
            "--format",
            "kollegium-json",
            "--out",
            "out.json",
        ],
        0,
    )
    .await;
    assert!(written.contains("out.json is written"), "{written}");
    let home = said(&["import", "out.json", "--unit", &unit], 0).await;
    assert!(home.contains("was brought in before"), "{home}");
    for (format, name) in [
        ("xlsx", "laslogg.xlsx"),
        ("markdown", "laslogg.md"),
        ("html", "laslogg.html"),
        ("case-json", "laslogg.case.json"),
    ] {
        let written = said(&["export", id, "--format", format], 0).await;
        assert!(
            written.contains(name) && folder.path().join(name).exists(),
            "{written}"
        );
    }
    let tabled = said(&["import", "laslogg.xlsx", "--unit", &unit, "--points"], 0).await;
    assert!(tabled.contains("Läslogg (1 criteria)"), "{tabled}");
    let unread = said(
        &[
            "import",
            "laslogg.xlsx",
            "--format",
            "moodle-xml",
            "--unit",
            &unit,
        ],
        0,
    )
    .await;
    assert!(unread.contains("cannot be read as grading.xml"), "{unread}");
}
