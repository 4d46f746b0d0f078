//! `errors.md` lists every code that a client can meet, and none that it cannot.

use super::FOLDER;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where codes are given: the rooms, the API, the import and the HTTP door.
const SOURCES: [&str; 9] = [
    "api/src",
    "exchange/src",
    "identity/src",
    "notices/src",
    "organisation/src",
    "records/src",
    "rubrics/src",
    "server/src/http",
    "store/src",
];
/// What stands right before a code that is said where it is met.
const SAID: [&str; 3] = ["code:", "\"code\",", "refusal("];
/// The kinds of `kit::Kind`, which stand before the codes in the organisation's table of errors.
const KINDS: [&str; 9] = [
    "NotFound",
    "Denied",
    "Invalid",
    "Stale",
    "Taken",
    "Unauthenticated",
    "Limited",
    "Unavailable",
    "Internal",
];
/// Calls that take a code among their arguments.
const CALLS: [&str; 3] = ["wrong(", ".add(", "bad("];

#[test]
fn the_page_of_errors_lists_every_code_once() {
    let page = fs::read_to_string(Path::new(FOLDER).join("errors.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let listed: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
    let once: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(listed.len(), once.len(), "a code is listed twice");

    let mut given = BTreeSet::new();
    for folder in SOURCES {
        let path = Path::new(FOLDER).join("../../crates").join(folder);
        let before = given.len();
        gather(&path, &mut given);
        // `notices` has the codes of others only.
        assert!(given.len() > before || folder == "notices/src", "{folder}");
    }
    let given: BTreeSet<&str> = given.iter().map(String::as_str).collect();
    let missing: Vec<_> = given.difference(&once).collect();
    assert!(missing.is_empty(), "errors.md does not list {missing:?}");
    let unknown: Vec<_> = once.difference(&given).collect();
    assert!(unknown.is_empty(), "nothing gives {unknown:?}");
}

#[test]
fn a_code_is_found_wherever_it_is_given() {
    let source = r#"
        fn code(&self) -> &'static str {
            match self { Self::A => "A_CODE", Self::B => "PLAIN" }
        }
        pub const fn code(self) -> &'static str {
            match self { Self::Sv => "NO_CODE" }
        }
        Gone: NotFound "KIND_CODE", "plain words";
        found.add(
            Place::Criterion(c, "weight"),
            "ADDED_CODE",
            "svenska",
        );
        extensions.set("code", "SAID_CODE");
        let role = ("NO_ABILITY", may("OTHER_THING"));
        #[cfg(test)]
        mod tests { code: "TESTED_CODE" }
    "#;
    let found: Vec<String> = codes(source).into_iter().collect();
    let expected = ["ADDED_CODE", "A_CODE", "KIND_CODE", "PLAIN", "SAID_CODE"];
    assert_eq!(found, expected);
}

/// The codes that a folder's sources give.
fn gather(folder: &Path, given: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, given);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_stem().is_some_and(|stem| stem != "tests")
        {
            given.extend(codes(&fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The codes in a source, without its tests.
fn codes(source: &str) -> BTreeSet<String> {
    let source = source.split("#[cfg(test)]\n").next().unwrap_or_default();
    let mut found = BTreeSet::new();
    let mut read = 0;
    // Every piece between two quotation marks: those that are no literals look like no code.
    for piece in source.split_inclusive('"') {
        let literal = piece.trim_end_matches('"');
        let before = source.get(..read).unwrap_or_default().trim_end_matches('"');
        if is_code(literal) && is_given(before.trim_end()) {
            found.insert(literal.to_owned());
        }
        read += piece.len();
    }
    found
}

fn is_code(literal: &str) -> bool {
    literal.len() >= 4
        && literal.starts_with(|c: char| c.is_ascii_uppercase())
        && literal
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a literal behind this text is a code.
fn is_given(before: &str) -> bool {
    let function = before.rsplit("fn ").next().unwrap_or_default();
    let statement = before.rsplit(';').next().unwrap_or_default();
    function.starts_with("code(&self)")
        || SAID.iter().any(|said| before.ends_with(said))
        || KINDS
            .iter()
            .any(|kind| before.ends_with(&format!(": {kind}")))
        || before.ends_with(',') && CALLS.iter().any(|call| statement.contains(call))
}
