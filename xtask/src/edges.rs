//! Who names whom: the workspace's `Cargo.toml`s, held against the table of the house.

use crate::{
    Error,
    house::{self, Room, TESTKIT},
    run,
};
use serde_json::Value;
use std::path::Path;

/// One crate as cargo sees it: its name, and the crates of the workspace that it names.
#[derive(Debug, PartialEq, Eq)]
struct Member {
    name: String,
    by_default: bool,
    edges: Vec<Edge>,
}

#[derive(Debug, PartialEq, Eq)]
struct Edge {
    to: String,
    in_tests_only: bool,
}

/// Every edge that the table does not allow, every crate that it does not know, and every one that is built by default and should not be, or the reverse.
pub(crate) fn check(root: &Path) -> Result<Vec<String>, Error> {
    let metadata = run(
        root,
        "cargo",
        &["metadata", "--format-version=1", "--no-deps", "--offline"],
    )?;
    let members = members(&metadata).ok_or_else(|| {
        Error::Unexpected(
            "`cargo metadata` answers in a form that this tool cannot read".to_owned(),
        )
    })?;
    Ok(findings(&members))
}

fn members(metadata: &str) -> Option<Vec<Member>> {
    let metadata: Value = serde_json::from_str(metadata).ok()?;
    let defaults = metadata["workspace_default_members"].as_array()?;
    let packages = metadata["packages"].as_array()?;
    let members = packages.iter().map(|package| {
        let dependencies = package["dependencies"].as_array()?;
        let ours = dependencies.iter().filter(|edge| edge["path"].is_string());
        let edges = ours.map(|edge| {
            Some(Edge {
                to: edge["name"].as_str()?.to_owned(),
                in_tests_only: edge["kind"] == "dev",
            })
        });
        Some(Member {
            name: package["name"].as_str()?.to_owned(),
            by_default: defaults.contains(&package["id"]),
            edges: edges.collect::<Option<_>>()?,
        })
    });
    members.collect()
}

fn findings(members: &[Member]) -> Vec<String> {
    let mut findings = Vec::new();
    for member in members {
        let Some(room) = house::rooms().find(|room| room.name == member.name) else {
            findings.push(format!(
                "edges: the crate `{}` has no floor: give it one in xtask/src/house.rs",
                member.name
            ));
            continue;
        };
        for edge in member.edges.iter().filter(|edge| !allowed(room, edge)) {
            findings.push(format!(
                "edges: `{}` may not ask `{}`: {}",
                room.name,
                edge.to,
                cure(room, edge)
            ));
        }
        if member.by_default == (member.name == "xtask") {
            findings.push(format!(
                "edges: `{}` must {}stand in `default-members`: every crate but `xtask` does",
                member.name,
                if member.by_default { "not " } else { "" }
            ));
        }
    }
    for room in house::rooms().filter(|room| members.iter().all(|member| member.name != room.name))
    {
        findings.push(format!(
            "edges: the crate `{}` stands in xtask/src/house.rs, but not in the workspace",
            room.name
        ));
    }
    findings
}

fn allowed(room: &Room, edge: &Edge) -> bool {
    let for_tests = edge.in_tests_only && edge.to == TESTKIT && room.name != TESTKIT;
    for_tests || room.may_ask.contains(&edge.to.as_str())
}

fn cure(room: &Room, edge: &Edge) -> String {
    if edge.to == TESTKIT {
        "it serves tests, so it belongs under [dev-dependencies]".to_owned()
    } else if room.may_ask.is_empty() {
        "it asks nobody".to_owned()
    } else {
        format!("it asks {}", room.may_ask.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, edges: &[(&str, bool)]) -> Member {
        let edges = edges.iter().map(|(to, in_tests_only)| Edge {
            to: (*to).to_owned(),
            in_tests_only: *in_tests_only,
        });
        Member {
            name: name.to_owned(),
            by_default: name != "xtask",
            edges: edges.collect(),
        }
    }

    /// The whole house, with these edges of one crate.
    fn found(name: &str, edges: &[(&str, bool)]) -> Vec<String> {
        let members: Vec<Member> = house::rooms()
            .map(|room| member(room.name, if room.name == name { edges } else { &[] }))
            .collect();
        findings(&members)
    }

    #[test]
    fn an_edge_is_allowed_where_the_table_says_so() {
        let cases: &[(&str, &str, bool, bool)] = &[
            ("rubrics", "store", false, true),
            ("rubrics", "testkit", true, true),
            ("rubrics", "testkit", false, false),
            ("store", "testkit", true, true),
            ("testkit", "testkit", true, false),
            ("organisation", "rubrics", false, false),
            ("organisation", "rubrics", true, false),
            ("notices", "exchange", false, false),
            ("curriculum", "store", false, true),
            ("curriculum", "identity", false, false),
            ("kit", "store", false, false),
            ("server", "migrations", false, true),
            ("api", "migrations", false, false),
            ("tests", "server", true, true),
            ("xtask", "store", false, false),
        ];
        for (from, to, in_tests_only, fine) in cases {
            let found = found(from, &[(to, *in_tests_only)]);
            assert_eq!(found.is_empty(), *fine, "{from} → {to}: {found:?}");
        }
    }

    #[test]
    fn a_crate_without_a_floor_and_a_floor_without_a_crate_are_found() {
        let mut members: Vec<Member> = house::rooms().map(|room| member(room.name, &[])).collect();
        let last = members.pop().unwrap();
        assert_eq!(last.name, "xtask");
        members.push(member("utils", &[]));
        let found = findings(&members);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("`utils` has no floor"));
        assert!(found[1].contains("`xtask` stands in"));
    }

    #[test]
    fn what_cargo_says_is_read() {
        let metadata = r#"{
            "packages": [{"name": "api", "id": "one", "dependencies": [
                {"name": "kit", "kind": null, "path": "/house/crates/kit"},
                {"name": "testkit", "kind": "dev", "path": "/house/crates/testkit"},
                {"name": "serde", "kind": null}
            ]}],
            "workspace_default_members": ["one"]
        }"#;
        assert_eq!(
            members(metadata),
            Some(vec![member("api", &[("kit", false), ("testkit", true)])])
        );
        assert_eq!(members("{}"), None);
    }
}
