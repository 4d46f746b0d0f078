//! The open catalogue: what every organiser sees by design, what was reported and hidden, what was taken back, and a neighbour's copy of it.

use super::world::World;
use serde_json::json;
use tests::world::new_id;

impl World<'_> {
    /// Anna's, each for herself alone beside its copy in the catalogue. The neighbour's Nils copies the first and puts his copy there in turn.
    pub(crate) async fn open_catalogue(&mut self) {
        for record in ["oppen", "dold", "tillbakatagen"] {
            self.draft("anna", "ekskolan", record).await;
            self.step("anna", "publishRubric", record, json!({})).await;
            self.opened("anna", record).await;
        }

        let words = self.canaries.of("anmalan").text("Det syns vem det är");
        let report =
            json!({"id": self.id("oppen/open"), "reason": "PERSONAL_DATA", "words": words});
        let nils = self.caller("nils");
        self.house
            .effect(nils, "reportContent", report, "content { id }")
            .await;
        let reason = self.canaries.of("skal").text("Bilden är någon annans");
        let hide = json!({"id": self.id("dold/open"), "reason": reason});
        let astrid = self.caller("astrid");
        self.house
            .effect(astrid, "hideOpenRubric", hide, "openRubric { id }")
            .await;
        let back = json!({"rubric": self.id("tillbakatagen")});
        let anna = self.caller("anna");
        self.house
            .effect(anna, "withdrawFromCatalogue", back, "rubric { id }")
            .await;

        let input = json!({"id": new_id(), "rubric": self.id("oppen/open"), "unit": self.id("grannskolan")});
        let selection = "rubric { id draft { id } }";
        let nils = self.caller("nils");
        let made = self.house.effect(nils, "forkRubric", input, selection);
        let made = made.await;
        for (name, path) in [
            ("grannens-kopia", "/rubric/id"),
            ("grannens-kopia/1", "/rubric/draft/id"),
        ] {
            let id = made.pointer(path).unwrap().as_str().unwrap();
            self.ids.insert(name.to_owned(), id.to_owned());
        }
        self.step("nils", "publishRubric", "grannens-kopia", json!({}))
            .await;
        self.opened("nils", "grannens-kopia").await;
        self.house.learn().await;
    }

    /// Puts a rubric in the catalogue under a name that nobody has.
    async fn opened(&mut self, by: &str, record: &str) {
        let name = self.canaries.of("namnrad").text("Ämneslaget");
        let more = json!({"licence": "CC_BY_SA", "creditName": name});
        self.step(by, "publishToCatalogue", record, more).await;
        let query = "query($id: ID!) { rubric(id: $id) { inCatalogue { item } } }";
        let id = json!({"id": self.id(record)});
        let seen = self.house.send(self.caller(by), query, &id).await;
        let item = seen.pointer("/data/rubric/inCatalogue/item").unwrap();
        let item = item.as_str().unwrap().to_owned();
        self.ids.insert(format!("{record}/open"), item);
    }
}
