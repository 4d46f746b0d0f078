//! A rubric that its author opened to pupils: they see its words for pupils, and nobody its words for colleagues but her.

use super::world::{World, content};
use serde_json::{Value, json};

impl World<'_> {
    /// Anna's, for herself alone, with a link.
    pub(crate) async fn open_to_pupils(&mut self) {
        let pupils = content(&self.canaries.of("for-elever"));
        let colleagues = content(&self.canaries.of("for-kollegor"));
        self.draft("anna", "ekskolan", "for-elever").await;
        let mixed = mix(&pupils, &colleagues);
        self.step(
            "anna",
            "saveRubricDraft",
            "for-elever",
            json!({"content": mixed}),
        )
        .await;
        self.step("anna", "publishRubric", "for-elever", json!({}))
            .await;
        let input = json!({"rubric": self.id("for-elever")});
        let selection = "link { id address }";
        let anna = self.caller("anna");
        let made = self
            .house
            .effect(anna, "createRubricLink", input, selection)
            .await;
        let address = made["link"]["address"].as_str().unwrap();
        let token = address.rsplit('/').next().unwrap();
        token.clone_into(&mut self.token);
    }
}

/// What is said to pupils by the one, everything else by the other.
fn mix(pupils: &Value, colleagues: &Value) -> Value {
    let mut mixed = colleagues.clone();
    mixed["title"] = pupils["title"].clone();
    let criteria = mixed["criteria"].as_array_mut().unwrap().iter_mut();
    for (criterion, said) in criteria.zip(pupils["criteria"].as_array().unwrap()) {
        let levels = criterion["levels"].as_array_mut().unwrap().iter_mut();
        for (level, said) in levels.zip(said["levels"].as_array().unwrap()) {
            for field in ["label", "pupilWording", "points"] {
                level[field] = said[field].clone();
            }
        }
        for field in ["title", "pupilWording"] {
            criterion[field] = said[field].clone();
        }
    }
    mixed
}
