//! The demo's data files: an invented municipality and rubrics that its teachers share.

use kit::Role;
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(RustEmbed)]
#[folder = "demo/"]
struct Files;

/// The municipality as its file has it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Municipality {
    pub organiser: Organiser,
    pub areas: Vec<Area>,
    pub units: Vec<Unit>,
    pub teams: Vec<Team>,
    pub people: Vec<Person>,
    pub rubrics: Vec<Rubric>,
    pub sign_ins: Vec<SignIn>,
    pub school_years: Vec<SchoolYear>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Organiser {
    pub name: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Area {
    pub key: String,
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Unit {
    pub key: String,
    pub area: String,
    pub kind: String,
    pub name: String,
    pub school_forms: Vec<String>,
    pub years: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Team {
    pub key: String,
    pub kind: String,
    pub name: String,
    pub unit: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Person {
    pub key: String,
    pub name: String,
    pub unit: String,
    pub roles: Vec<RoleAt>,
    pub teams: Vec<String>,
    #[serde(default)]
    pub protected: bool,
    pub language: kit::Lang,
}

#[derive(Debug, Deserialize)]
pub(crate) struct RoleAt {
    pub role: Role,
    pub at: String,
    pub until: Option<chrono::NaiveDate>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Rubric {
    pub file: String,
    pub author: String,
    pub scope: String,
    pub team: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct SignIn {
    pub role: Role,
    pub person: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SchoolYear {
    pub name: String,
    pub terms: Vec<Term>,
    pub days_off: Vec<DayOff>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Term {
    pub code: String,
    pub first: chrono::NaiveDate,
    pub last: chrono::NaiveDate,
}

#[derive(Debug, Deserialize)]
pub(crate) struct DayOff {
    pub name: String,
    pub first: chrono::NaiveDate,
    pub last: chrono::NaiveDate,
}

impl Municipality {
    /// The municipality, from the file that the binary carries.
    pub(crate) fn read() -> Self {
        let file = Files::get("municipality.json").expect("the binary carries the municipality");
        serde_json::from_slice(&file.data).expect("the municipality's file was read by a test")
    }

    /// What a rubric of its teachers says: they wrote what other organisers find on the starter shelf.
    pub(crate) fn content(file: &str) -> serde_json::Value {
        crate::starter::content(file)
    }

    /// The addresses that can sign in, each with the role it shows: `teacher@…`, `teacher2@…`.
    pub(crate) fn addresses(&self) -> Vec<(String, &'static str, &Person)> {
        let mut seen: BTreeMap<&'static str, u32> = BTreeMap::new();
        let people: BTreeMap<&str, &Person> = self
            .people
            .iter()
            .map(|person| (person.key.as_str(), person))
            .collect();
        let addresses = self.sign_ins.iter().filter_map(|sign_in| {
            let role = sign_in.role.code();
            let count = seen.entry(role).or_default();
            *count += 1;
            let number = if *count == 1 {
                String::new()
            } else {
                count.to_string()
            };
            let name = role.to_lowercase().replace('_', "-");
            Some((
                format!("{name}{number}@alvsunda.example"),
                role,
                *people.get(sign_in.person.as_str())?,
            ))
        });
        addresses.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read_and_everything_that_is_named_is_there() {
        let municipality = Municipality::read();
        assert_eq!(municipality.rubrics.len(), 15);
        assert!((160..=180).contains(&municipality.people.len()));
        assert_eq!(
            municipality
                .people
                .iter()
                .filter(|person| person.protected)
                .count(),
            1
        );
        assert_eq!(municipality.addresses().len(), municipality.sign_ins.len());
        for role in Role::ALL {
            assert!(
                municipality
                    .sign_ins
                    .iter()
                    .any(|sign_in| sign_in.role == role),
                "{role:?} can sign in"
            );
        }
        let shelf = crate::starter::files();
        let mut found = 0;
        for rubric in &municipality.rubrics {
            let ids = store::Ids::system();
            let content = api::rubric_content(&ids, Municipality::content(&rubric.file))
                .unwrap_or_else(|problems| panic!("{}: {problems:?}", rubric.file));
            let text = serde_json::to_string(&content).unwrap().to_lowercase();
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            found += usize::from(words.any(|word| word.starts_with("bedömning")));
            assert!(shelf.contains(&rubric.file), "{}", rubric.file);
        }
        // What a newcomer looks for first.
        assert!(found >= 2, "a search for `bedömning` finds {found}");
    }
}
