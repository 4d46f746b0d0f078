//! Rubrics of every scope at every station of their life, each with the canaries of its name.

use super::world::World;
use serde_json::json;

impl World<'_> {
    /// Mostly Anna's, at Ekskolan: what her colleagues see of them, the table says.
    pub(crate) async fn write_rubrics(&mut self) {
        self.drafts().await;
        self.scopes().await;
        self.stations().await;
        self.others().await;
        self.house.learn().await;
    }

    async fn drafts(&mut self) {
        self.draft("anna", "ekskolan", "utkast").await;
        // What was saved once and written over is kept for her, and so is that a criterion was there.
        let mut content = super::world::content(&self.canaries.of("sparat"));
        content["criteria"].as_array_mut().unwrap().pop();
        self.step(
            "anna",
            "saveRubricDraft",
            "utkast",
            json!({"content": content}),
        )
        .await;
        let content = super::world::content(&self.canaries.of("utkast"));
        self.step(
            "anna",
            "saveRubricDraft",
            "utkast",
            json!({"content": content}),
        )
        .await;

        let rolf = json!({"reviewer": self.id("rolf")});
        self.draft("anna", "ekskolan", "i-granskning").await;
        self.step(
            "anna",
            "submitRubricForReview",
            "i-granskning",
            rolf.clone(),
        )
        .await;

        self.draft("anna", "ekskolan", "aterlamnat").await;
        self.step("anna", "submitRubricForReview", "aterlamnat", rolf)
            .await;
        let note = self.canaries.of("omdome").text("Skriv om");
        let verdict = json!({"verdict": "RETURN", "note": note});
        self.step("rolf", "reviewRubric", "aterlamnat", verdict)
            .await;

        self.draft("anna", "ekskolan", "raderat").await;
        self.step("anna", "deleteRubricDraft", "raderat", json!({}))
            .await;
    }

    async fn scopes(&mut self) {
        let unit = |unit: &str, world: &Self| json!({"scope": "UNIT", "unit": world.id(unit)});
        let scopes = [
            ("privat", json!({"scope": "PRIVATE"})),
            (
                "till-pelle",
                json!({"scope": "PEOPLE", "people": [self.id("pelle")]}),
            ),
            (
                "till-laget",
                json!({"scope": "TEAM", "team": self.id("arbetslag")}),
            ),
            (
                "till-amneslaget",
                json!({"scope": "TEAM", "team": self.id("amneslag")}),
            ),
            ("till-skolan", unit("ekskolan", self)),
            ("till-omradet", unit("omrade", self)),
            ("till-alla", json!({"scope": "ORGANISER"})),
        ];
        for (record, scope) in scopes {
            self.shared("anna", "ekskolan", record, scope).await;
        }
    }

    async fn stations(&mut self) {
        let everybody = json!({"scope": "ORGANISER"});
        let rolf = json!({"reviewer": self.id("rolf")});
        for record in [
            "granskad",
            "reviderad",
            "reviderad-i-granskning",
            "pensionerad",
            "arkiverad",
        ] {
            self.shared("anna", "ekskolan", record, everybody.clone())
                .await;
        }
        for record in ["granskad", "reviderad", "reviderad-i-granskning"] {
            self.step("anna", "reviseRubric", record, json!({})).await;
            // The draft has words of its own.
            let content = super::world::content(&self.canaries.of(&format!("{record}-utkast")));
            self.step(
                "anna",
                "saveRubricDraft",
                record,
                json!({"content": content}),
            )
            .await;
        }
        for record in ["granskad", "reviderad-i-granskning"] {
            self.step("anna", "submitRubricForReview", record, rolf.clone())
                .await;
        }
        let verdict = json!({"verdict": "APPROVE"});
        self.step("rolf", "reviewRubric", "granskad", verdict).await;
        for record in ["pensionerad", "arkiverad"] {
            self.step("anna", "retireRubric", record, json!({})).await;
        }
        self.step("anna", "archiveRubric", "arkiverad", json!({}))
            .await;
    }

    /// Of another school, of the preschool, of a colleague with protected identity, and of the neighbour.
    async fn others(&mut self) {
        let everybody = json!({"scope": "ORGANISER"});
        let school = json!({"scope": "UNIT", "unit": self.id("bjorkskolan")});
        self.shared("cecilia", "bjorkskolan", "bjorkskolans", school)
            .await;
        self.shared("cecilia", "bjorkskolan", "cecilias", everybody.clone())
            .await;
        self.shared("pelle", "larkan", "forskolans", everybody.clone())
            .await;
        self.shared("sanna", "ekskolan", "skyddad", everybody.clone())
            .await;
        let team = json!({"scope": "TEAM", "team": self.id("arbetslag")});
        self.shared("sanna", "ekskolan", "skyddad-i-laget", team)
            .await;
        self.protect("sanna", true).await;
        self.shared("nils", "grannskolan", "grannens", everybody)
            .await;
        self.draft("nils", "grannskolan", "grannens-utkast").await;
    }
}
