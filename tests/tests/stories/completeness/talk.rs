//! What colleagues say about rubrics: to whoever sees the rubric, about drafts, removed, of somebody protected; and what teams suggest.

use super::world::World;
use serde_json::{Value, json};

impl World<'_> {
    /// Threads on rubrics of several circles, and two teams' banks.
    pub(crate) async fn talk(&mut self) {
        let about = self.criterion("bo", "till-skolan").await;
        let mention = json!({"criterion": about, "mentions": [self.id("anna")]});
        self.says("bo", "till-skolan", "samtal", mention).await;
        let answer = json!({"replyTo": self.id("samtal")});
        self.says("anna", "till-skolan", "samtal-svar", answer)
            .await;
        self.edits("anna", "samtal-svar").await;

        self.says("mia", "till-skolan", "samtal-lost", json!({}))
            .await;
        let settled = json!({"comment": self.id("samtal-lost"), "resolved": true});
        self.done("anna", "resolveRubricComment", settled).await;
        self.says("bo", "till-skolan", "samtal-borttaget", json!({}))
            .await;
        let answer = json!({"replyTo": self.id("samtal-borttaget")});
        self.says("mia", "till-skolan", "samtal-kvar", answer).await;
        let removed = json!({"comment": self.id("samtal-borttaget")});
        self.done("bo", "removeRubricComment", removed).await;

        self.says("anna", "i-granskning", "samtal-utkast", json!({}))
            .await;
        let answer = json!({"replyTo": self.id("samtal-utkast")});
        self.says("rolf", "i-granskning", "samtal-granskaren", answer)
            .await;
        self.says("gerd", "till-laget", "samtal-i-laget", json!({}))
            .await;
        self.says("sanna", "till-alla", "samtal-skyddad", json!({}))
            .await;
        let mention = json!({"mentions": [self.id("sanna")]});
        self.says("mia", "till-alla", "samtal-namner", mention)
            .await;

        self.suggests("mia", "arbetslag", "till-alla", "bank").await;
        self.suggests("cecilia", "amneslag", "till-amneslaget", "bank-amnet")
            .await;
        self.house.learn().await;
    }

    /// Somebody comments, in the words of a record.
    pub(crate) async fn says(&mut self, by: &str, rubric: &str, record: &str, more: Value) {
        self.wait();
        let text = self.canaries.of(record).text("Jag undrar");
        let mut input = json!({"rubric": self.id(rubric), "text": text});
        for (name, value) in more.as_object().unwrap() {
            input[name] = value.clone();
        }
        let made = self
            .house
            .effect(self.caller(by), "commentOnRubric", input, "comment { id }")
            .await;
        let id = made["comment"]["id"].as_str().unwrap();
        self.ids.insert(record.to_owned(), id.to_owned());
    }

    async fn edits(&mut self, by: &str, record: &str) {
        self.wait();
        let text = self.canaries.of(record).text("Jag menar");
        let input = json!({"comment": self.id(record), "version": 1, "text": text});
        self.done(by, "editRubricComment", input).await;
    }

    /// A member of a team puts the words of a record into its bank.
    pub(crate) async fn suggests(&mut self, by: &str, team: &str, rubric: &str, record: &str) {
        self.wait();
        let query =
            "query($id: ID!) { rubric(id: $id) { current { criteria { id levels { id } } } } }";
        let id = json!({"id": self.id(rubric)});
        let seen = self.house.send(self.caller(by), query, &id).await;
        let criterion = &seen["data"]["rubric"]["current"]["criteria"][0];
        let text = self.canaries.of(record).text("Pröva att");
        let input = json!({
            "team": self.id(team), "rubric": self.id(rubric), "text": {"sv": text, "en": text},
            "criterion": criterion["id"], "level": criterion["levels"][0]["id"],
        });
        let made = self
            .house
            .effect(
                self.caller(by),
                "suggestComment",
                input,
                "suggestion { id }",
            )
            .await;
        let id = made["suggestion"]["id"].as_str().unwrap();
        self.ids.insert(record.to_owned(), id.to_owned());
    }

    /// The first criterion of what is in use.
    pub(crate) async fn criterion(&self, by: &str, rubric: &str) -> Value {
        let query = "query($id: ID!) { rubric(id: $id) { current { criteria { id } } } }";
        let id = json!({"id": self.id(rubric)});
        let seen = self.house.send(self.caller(by), query, &id).await;
        seen["data"]["rubric"]["current"]["criteria"][0]["id"].clone()
    }

    async fn done(&self, by: &str, verb: &str, input: Value) {
        let caller = self.caller(by);
        self.house.effect(caller, verb, input, "__typename").await;
    }
}
