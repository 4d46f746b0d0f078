//! The examples in which a rubric is begun from something.

use super::Reader;
use serde_json::{Value, json};
use tests::ask::text;
use tests::world::{World, new_id};

impl Reader {
    /// `beginning.md`: from grading criteria, or from a template.
    pub(super) async fn begins_a_rubric(&mut self, world: &World) {
        let anna = &world.anna.client;
        let form = json!({"schoolForm": "GRUNDSKOLA"});
        let subjects = self.asks(anna, "list-subjects", form).await["subjects"].clone();
        let subjects = subjects.as_array().unwrap();
        let sva = subjects.iter().find(|subject| subject["code"] == "SVA");
        assert_eq!(text(sva.unwrap(), "shortName.text"), "SvA");
        let english = subjects.iter().find(|subject| subject["code"] == "EN");
        let graded = &english.unwrap()["gradedStages"];
        assert_eq!(graded, &json!(["MELLANSTADIET", "HOGSTADIET"]));

        let criteria = json!({"subject": "EN", "stage": "MELLANSTADIET"});
        let read = self.asks(anna, "read-grading-criteria", criteria).await;
        assert_eq!(read["gradingCriteria"]["source"]["isVerified"], false);
        assert_eq!(text(&read, "gradingCriteria.aspects.0.levels.2.grade"), "A");
        let begin = |subject: &str| json!({"id": new_id(), "unit": world.school, "subject": subject, "stage": "MELLANSTADIET"});
        let file = "begin-from-criteria";
        let made = self.does(anna, file, begin("EN")).await;
        let aspects = read["gradingCriteria"]["aspects"].as_array();
        let drafted = made["rubric"]["draft"]["criteria"].as_array();
        assert_eq!(drafted.map(Vec::len), aspects.map(Vec::len));
        let none = self.tries(anna, file, begin("BL")).await;
        assert_eq!(
            text(&none, "userErrors.0.code"),
            "RUBRIC_NO_GRADING_CRITERIA"
        );

        let templates = self.asks(anna, "choose-a-template", Value::Null).await;
        let template = &templates["rubricTemplates"][1]["code"];
        let begin = json!({"id": new_id(), "unit": world.school, "template": template});
        self.does(anna, "begin-from-a-template", begin).await;

        let forms = self.asks(anna, "list-school-forms", Value::Null).await;
        let stages = forms["schoolForms"].as_array().unwrap().iter();
        let stages = stages.map(|form| form["stages"].as_array().map(Vec::len));
        assert_eq!(stages.collect::<Option<Vec<_>>>().unwrap(), [0, 0, 3, 3, 0]);
        let preschool = json!({"curriculum": "LPFO18"});
        let goals = self.asks(anna, "list-goals", preschool).await;
        assert_eq!(goals["curriculumGoals"].as_array().map(Vec::len), Some(8));
        assert_eq!(goals["curriculumGoals"][0]["source"]["isVerified"], true);
    }
}
