//! Rules about source files: dialects, names, length.

/// What only `store` and `migrations` say, because it differs between the databases, and what to write instead.
const DIALECT: &[(&str, &str)] = &[
    ("DbBackend", ASK_STORE),
    ("get_database_backend", ASK_STORE),
    ("Statement::from_", BUILD),
    ("execute_unprepared", BUILD),
    ("execute_raw", BUILD),
    ("query_one_raw", BUILD),
    ("query_all_raw", BUILD),
    ("Expr::cust", BUILD),
];
const ASK_STORE: &str =
    "ask `store` for what is meant (`store::any`, `store::lock`, `store::search`)";
const BUILD: &str = "let SeaORM build the statement, or give `store` a function for it";

/// Where dialects may be spoken: the two crates that are about the databases, and the two that serve no request.
const BILINGUAL: &[&str] = &["crates/store/", "crates/testkit/", "migrations/", "xtask/"];

/// Names that say nothing of what is inside.
const EMPTY_NAMES: &[&str] = &[
    "common", "helper", "helpers", "misc", "service", "services", "types", "util", "utils",
];

/// A file longer than this is several things.
const LINES_MAX: usize = 500;

/// Files that may be longer, because nobody writes or reads them whole.
const LONG: &[&str] = &[
    "CHANGELOG.md",
    "schema.graphql",
    "crates/server/assets/graphiql/",
];

/// What is wrong with one file. `path` is from the root of the workspace, with `/`.
pub(crate) fn check(path: &str, text: &str) -> Vec<String> {
    let mut findings = dialects(path, text);
    findings.extend(length(path, text));
    findings
}

/// The files that have a text to look at.
pub(crate) fn is_ours(path: &str) -> bool {
    matches!(extension(path), Some("rs" | "js" | "md" | "graphql"))
}

fn extension(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(_, extension)| extension)
}

fn dialects(path: &str, text: &str) -> Vec<String> {
    if extension(path) != Some("rs") || BILINGUAL.iter().any(|folder| path.starts_with(folder)) {
        return Vec::new();
    }
    let code = text
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.trim_start().starts_with("//"));
    code.flat_map(|(line, number)| {
        DIALECT
            .iter()
            .filter(move |(word, _)| line.contains(word))
            .map(move |(word, cure)| format!("dialects: {path}:{number} says `{word}`: {cure}"))
    })
    .collect()
}

fn length(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    let may_be_long = LONG.iter().any(|long| path.starts_with(long));
    (lines > LINES_MAX && !may_be_long).then(|| {
        format!("length: {path} has {lines} lines, more than {LINES_MAX}: part it by what it does")
    })
}

/// Every folder and Rust file whose name says nothing, once.
pub(crate) fn names(paths: &[String]) -> Vec<String> {
    let mut findings: Vec<String> = Vec::new();
    for path in paths.iter().filter(|path| extension(path) == Some("rs")) {
        let parts: Vec<&str> = path.split('/').collect();
        for (part, depth) in parts.iter().zip(1..) {
            let name = part.strip_suffix(".rs").unwrap_or(part);
            let place: Vec<&str> = parts.iter().copied().take(depth).collect();
            let finding = format!(
                "names: {} is called `{name}`: name it by what is inside",
                place.join("/")
            );
            if EMPTY_NAMES.contains(&name) && !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_are_spoken_by_the_store_and_the_migrations_alone() {
        let cases = [
            (
                "crates/rubrics/src/sql.rs",
                "match DbBackend::Postgres {",
                1,
            ),
            (
                "crates/rubrics/src/sql.rs",
                "let a = Expr::cust_with_values(",
                1,
            ),
            (
                "crates/rubrics/src/sql.rs",
                "db.execute_raw(Statement::from_string(",
                2,
            ),
            (
                "crates/rubrics/src/sql.rs",
                "    /// As `DbBackend` says.",
                0,
            ),
            (
                "crates/rubrics/src/sql.rs",
                "Entity::find().all(cx.db())",
                0,
            ),
            ("tests/src/story.rs", "db.query_one_raw(", 1),
            (
                "crates/store/src/dialect.rs",
                "match DbBackend::Postgres {",
                0,
            ),
            ("migrations/src/lib.rs", "db.execute_unprepared(", 0),
            ("docs/decisions/0001.md", "DbBackend", 0),
        ];
        for (path, text, count) in cases {
            let found = check(path, text);
            assert_eq!(found.len(), count, "{path}: {text}: {found:?}");
        }
        let found = check("tests/src/a.rs", "\n\ndb.query_one_raw(");
        assert!(
            found[0].contains("tests/src/a.rs:3 says `query_one_raw`"),
            "{found:?}"
        );
    }

    #[test]
    fn a_file_has_at_most_five_hundred_lines_unless_it_is_made_by_a_machine() {
        let cases = [
            ("crates/kit/src/id.rs", 500, 0),
            ("crates/kit/src/id.rs", 501, 1),
            ("schema.graphql", 5_000, 0),
            ("crates/server/assets/graphiql/graphiql.js", 5_000, 0),
        ];
        for (path, lines, count) in cases {
            assert_eq!(check(path, &"x\n".repeat(lines)).len(), count, "{path}");
        }
    }

    #[test]
    fn a_name_that_says_nothing_is_found_once() {
        let paths = [
            "crates/kit/src/utils.rs",
            "crates/kit/src/common/a.rs",
            "crates/kit/src/common/b.rs",
            "crates/kit/src/commons.rs",
            "crates/api/src/services/mod.rs",
            "docs/types/page.md",
        ];
        let found = names(&paths.map(str::to_owned));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(
            found[1].starts_with("names: crates/kit/src/common is called `common`"),
            "{found:?}"
        );
    }
}
