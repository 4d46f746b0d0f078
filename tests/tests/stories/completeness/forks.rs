//! Rubrics that travelled: a fork of each kind, what is offered to it, what was proposed back and answered, and thanks.

use super::world::World;
use serde_json::{Value, json};
use tests::world::new_id;

impl World<'_> {
    /// Anna's origin has two versions. Cecilia's fork is a draft behind it, Bo's is published for all, and Rolf's is of a protected colleague's.
    pub(crate) async fn write_forks(&mut self) {
        let everybody = json!({"scope": "ORGANISER"});
        self.shared("anna", "ekskolan", "ursprung", everybody.clone())
            .await;
        self.forked("cecilia", "ursprung", "kopia").await;
        self.forked("bo", "ursprung", "kopia-delad").await;

        self.step("anna", "reviseRubric", "ursprung", json!({}))
            .await;
        self.rewrite("anna", "ursprung", "ursprung-ny").await;
        self.step("anna", "publishRubric", "ursprung", json!({}))
            .await;

        self.rewrite("bo", "kopia-delad", "kopia-delad").await;
        self.step("bo", "publishRubric", "kopia-delad", json!({}))
            .await;
        self.step("bo", "shareRubric", "kopia-delad", everybody.clone())
            .await;
        self.forked("rolf", "skyddad", "skyddad-kopia").await;
        self.step("rolf", "publishRubric", "skyddad-kopia", json!({}))
            .await;
        self.step("rolf", "shareRubric", "skyddad-kopia", everybody)
            .await;

        self.proposed().await;
        // What she writes next is hers alone again.
        self.rewrite("cecilia", "kopia", "kopia").await;
        let thanks = json!({"rubric": self.id("ursprung")});
        self.house
            .effect(
                self.caller("cecilia"),
                "thankForRubric",
                thanks,
                "rubric { id }",
            )
            .await;
        self.house.learn().await;
    }

    /// A copy of somebody's own, as a draft with the words of its origin.
    pub(crate) async fn forked(&mut self, by: &str, origin: &str, record: &str) {
        self.wait();
        let input = json!({"id": new_id(), "rubric": self.id(origin)});
        let made = self.house.effect(
            self.caller(by),
            "forkRubric",
            input,
            "rubric { id draft { id } }",
        );
        let made = made.await;
        for (name, path) in [
            (record.to_owned(), "/rubric/id"),
            (format!("{record}/1"), "/rubric/draft/id"),
        ] {
            let id = made.pointer(path).unwrap().as_str().unwrap();
            self.ids.insert(name, id.to_owned());
        }
    }

    /// Every text, number and code of a draft becomes those of `words`; its criteria and levels stay the same ones.
    pub(crate) async fn rewrite(&mut self, by: &str, record: &str, words: &str) {
        let query =
            "query($id: ID!) { rubric(id: $id) { draft { criteria { id levels { id } } } } }";
        let id = json!({"id": self.id(record)});
        let seen = self.house.send(self.caller(by), query, &id).await;
        let stands = &seen["data"]["rubric"]["draft"]["criteria"];
        let mut content = super::world::content(&self.canaries.of(words));
        content["subjects"] = json!(["SVA"]);
        for (criterion, held) in content["criteria"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .zip(stands.as_array().unwrap())
        {
            criterion["id"] = held["id"].clone();
            criterion["subjects"] = json!(["SVA"]);
            for (level, held) in criterion["levels"]
                .as_array_mut()
                .unwrap()
                .iter_mut()
                .zip(held["levels"].as_array().unwrap())
            {
                level["id"] = held["id"].clone();
            }
        }
        self.step(by, "saveRubricDraft", record, json!({"content": content}))
            .await;
    }

    /// Cecilia proposes both criteria as they stand then. Anna takes the first and declines the second.
    async fn proposed(&mut self) {
        self.rewrite("cecilia", "kopia", "kopia-forslag").await;
        let query = "query($id: ID!) { rubric(id: $id) { draft { criteria { id } } } }";
        let id = json!({"id": self.id("kopia")});
        let seen = self.house.send(self.caller("cecilia"), query, &id).await;
        let criteria = seen["data"]["rubric"]["draft"]["criteria"]
            .as_array()
            .unwrap();
        let criteria: Vec<Value> = criteria.iter().map(|one| one["id"].clone()).collect();
        let message = self.canaries.of("forslag").text("Därför");
        let input = json!({"rubric": self.id("kopia"), "criteria": criteria, "message": message});
        let cecilia = self.caller("cecilia");
        let made = self
            .house
            .effect(cecilia, "proposeRubricChanges", input, "proposal { id }")
            .await;
        let reason = self.canaries.of("avslag").text("Nej tack");
        let input = json!({"proposal": made["proposal"]["id"], "criteria": [
            {"criterion": criteria[0], "choice": "TAKE"},
            {"criterion": criteria[1], "choice": "KEEP", "reason": reason},
        ]});
        let anna = self.caller("anna");
        self.house
            .effect(anna, "answerRubricProposal", input, "proposal { id }")
            .await;
    }
}
