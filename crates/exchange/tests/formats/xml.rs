//! Moodle's `grading.xml` and the rubrics of Open edX.

use super::told;
use exchange::ImportFormat::{MoodleXml, OraXml};

const MOODLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<areas xmlns="urn:x">
  <area id="4"><areaname>submissions</areaname><activemethod>rubric</activemethod><definitions>
    <definition id="1"><method>rubric</method><name>Läslogg</name>
      <description>&lt;p dir="ltr"&gt;För &lt;b&gt;åk 6&lt;/b&gt;&lt;br&gt;och sju&lt;/p&gt;</description><descriptionformat>1</descriptionformat>
      <plugin_gradingform_rubric_definition><criteria>
        <criterion id="2"><sortorder>2</sortorder><description>Språk</description><descriptionformat>0</descriptionformat><levels>
          <level id="3"><score>0.00000</score><definition>$@NULL@$</definition></level>
          <level id="4"><score>1.50000</score><definition><![CDATA[Varierat & tydligt]]></definition></level></levels></criterion>
        <criterion id="1"><sortorder>1</sortorder><description>Tes
Vad du vill ha sagt</description><levels>
          <level id="1"><score>0.00000</score><definition>Ingen</definition></level>
          <level id="2"><score>0.00000</score><definition>Enkel</definition></level></levels></criterion>
      </criteria></plugin_gradingform_rubric_definition>
    </definition>
    <definition id="9"><method>guide</method><name>Något annat</name></definition>
  </definitions></area>
</areas>"#;

#[test]
fn a_moodle_backup_becomes_its_rubrics() {
    assert_eq!(
        told(MoodleXml, MOODLE.as_bytes()),
        "Läslogg [ANALYTIC]\n- Tes: Vad du vill ha sagt\n  0 p (0): Ingen\n  0 p (0): Enkel\n- Språk: \n  0 p (0): \n  1,5 p (150): Varierat & tydligt\n\
         ! METHOD_SKIPPED row 16 (/areas[1]/area[1]/definitions[1]/definition[2])\n"
    );
    let short = MOODLE.replace("$@NULL@$", "Enkelt");
    let expected = "- Språk: \n  Enkelt (0): \n  Varierat & tydligt (150): \n";
    assert!(
        told(MoodleXml, short.as_bytes()).contains(expected),
        "short definitions are what the levels are called"
    );
}

#[test]
fn an_error_of_one_rubric_leaves_the_other_sound() {
    let definition = |name: &str, score: &str| {
        format!(
            "<definition><method>rubric</method><name>{name}</name><plugin_gradingform_rubric_definition><criteria><criterion><description>Tes</description><levels><level><score>{score}</score><definition>Ja</definition></level></levels></criterion></criteria></plugin_gradingform_rubric_definition></definition>"
        )
    };
    let file = format!(
        "<areas>\n{}\n{}</areas>",
        definition("Bra", "1"),
        definition("Dålig", "-1")
    );
    assert_eq!(
        told(MoodleXml, file.as_bytes()),
        "Bra [SINGLE_POINT]\n- Tes: \n  Ja (100): \nDålig (not taken)\n\
         ! POINTS_NEGATIVE row 3 (/areas[1]/definition[2]/plugin_gradingform_rubric_definition[1]/criteria[1]/criterion[1]/levels[1]/level[1])\n"
    );
}

const ORA: &str = r#"
<openassessment submission_due="2026-03-11T18:20">
    <title>
        Fattigdom
    </title>
    <rubric>
        <prompt>Läs noga.</prompt>
        <criterion feedback="optional">
            <name>concise</name>
            <label>Kortfattad</label>
            <prompt>Hur kort är den?</prompt>
            <option points="0"><name>lång</name><explanation>Rad ett
                rad två</explanation></option>
            <option points="3"><name>kort</name><label>Kort &amp; klar</label><explanation></explanation></option>
        </criterion>
        <criterion feedback="required"><name>fritt</name><prompt/></criterion>
    </rubric>
</openassessment>"#;

#[test]
fn an_ora_problem_becomes_its_rubric() {
    assert_eq!(
        told(OraXml, ORA.as_bytes()),
        "Fattigdom [ANALYTIC]\n- Kortfattad: Hur kort är den?\n  lång (0): Rad ett / rad två\n  Kort & klar (300): \n- fritt: \n"
    );
    assert_eq!(
        told(OraXml, b"<rubric/>"),
        " (not taken)\n! TITLE_MISSING row 1 (/rubric[1])\n"
    );
    assert_eq!(told(OraXml, b"<x/>"), "! RUBRICS_MISSING row 1 (/x[1])\n");
}

#[test]
fn entities_are_neither_expanded_nor_fetched() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rubric><prompt>&b;</prompt></rubric>"#;
    let outside = r#"<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><openassessment><title>&f;</title><rubric/></openassessment>"#;
    for format in [MoodleXml, OraXml] {
        for file in [bomb, outside, "<a><b></a>", "inte xml", "<a>&okänd;</a>"] {
            let told = told(format, file.as_bytes());
            assert!(told.starts_with("! FILE_UNREADABLE row 1"), "{told}");
        }
        assert_eq!(told(format, b""), "! FILE_EMPTY row 1\n");
        let deep = "<a>".repeat(100_000);
        assert_eq!(told(format, deep.as_bytes()), "! FILE_TOO_BIG row 1\n");
    }
}
