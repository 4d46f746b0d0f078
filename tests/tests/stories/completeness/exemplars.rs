//! Samples of work on a rubric that all colleagues see: one in words by a protected colleague, one as a file.

use super::world::World;
use serde_json::{Value, json};

impl World<'_> {
    /// On Anna's rubric for everybody: Sanna's text and Bo's file.
    pub(crate) async fn add_exemplars(&mut self) {
        let canary = self.canaries.of("exempel");
        let text = json!({"why": canary.text("Därför"), "text": canary.text("Eleven skriver")});
        let text = self.exemplar("sanna", "till-alla", text).await;
        self.ids.insert("exempel".to_owned(), text);
        self.wait();
        let file = self.house.file(self.caller("bo"), "Eleven skriver.").await;
        let file = json!({"why": canary.text("Därför"), "file": file});
        self.exemplar("bo", "till-alla", file).await;
    }

    /// The id of an exemplar that somebody adds to the first level of a rubric.
    pub(crate) async fn exemplar(&self, by: &str, rubric: &str, sample: Value) -> String {
        let (criterion, level) = self.first_level(by, rubric).await;
        let mut input = sample;
        input["rubric"] = json!(self.id(rubric));
        input["criterion"] = json!(criterion);
        input["level"] = json!(level);
        input["anonymised"] = json!(true);
        let selection = "exemplar { id }";
        let by = self.caller(by);
        let made = self.house.effect(by, "addExemplar", input, selection).await;
        made["exemplar"]["id"].as_str().unwrap().to_owned()
    }

    /// The first criterion of what is in use, and its first level.
    pub(crate) async fn first_level(&self, who: &str, rubric: &str) -> (String, String) {
        let query =
            "query($id: ID!) { rubric(id: $id) { current { criteria { id levels { id } } } } }";
        let id = json!({"id": self.id(rubric)});
        let seen = self.house.send(self.caller(who), query, &id).await;
        let first = &seen["data"]["rubric"]["current"]["criteria"][0];
        let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
        (id(first), id(&first["levels"][0]))
    }
}
