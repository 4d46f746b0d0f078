//! Files made from the code: the schema and the drawing of the house.

use crate::{Error, breaking, git, house, schema};
use std::{collections::BTreeMap, fmt::Write, fs, io, path::Path};

const SCHEMA: &str = "schema.graphql";
const SCHEMA_HEAD: &str = "# Made from the code by `cargo xtask generate`. Clients rely on it: elements are added, never taken away.\n\n";
const ARCHITECTURE: &str = "ARCHITECTURE.md";
const FROM: &str = "<!-- drawing -->";
const TO: &str = "<!-- /drawing -->";

/// A file and the text that it should have.
struct Made {
    path: &'static str,
    text: String,
}

/// Writes what has changed, and says what it wrote.
///
/// # Errors
///
/// Those of the files; ARCHITECTURE.md must be there, with the drawing's two markers.
pub(crate) fn write(root: &Path) -> Result<String, Error> {
    let mut report = String::new();
    for made in all(root)? {
        if read(root, made.path)? == made.text {
            writeln!(report, "{} is as it should be", made.path)
        } else {
            fs::write(root.join(made.path), &made.text).map_err(Error::file(made.path))?;
            writeln!(report, "wrote {}", made.path)
        }
        .expect("a String takes what is written");
    }
    Ok(report)
}

/// Writes nothing.
///
/// # Errors
///
/// [`Error::Findings`] when a file is not what the code makes of it, or the schema breaks what an earlier commit promised.
pub(crate) fn check(root: &Path) -> Result<String, Error> {
    let mut findings = Vec::new();
    for made in all(root)? {
        let found = read(root, made.path)?;
        if found != made.text {
            findings.push(format!(
                "{} is not what the code makes of it: run `cargo xtask generate`\n{}",
                made.path,
                difference(&found, &made.text)
            ));
        }
    }

    let now = schema::parse("the schema", &api::sdl())?;
    let promises = git::promises(root, SCHEMA);
    for promise in &promises {
        let short: String = promise.commit.chars().take(10).collect();
        let before = schema::parse(&format!("{SCHEMA} of {short}"), &promise.sdl)?;
        let broken = breaking::changes(&before, &now);
        if !broken.is_empty() {
            findings.push(format!(
                "the schema breaks what commit {short} promised:\n  {}",
                broken.join("\n  ")
            ));
        }
    }

    if !findings.is_empty() {
        return Err(Error::Findings(findings.join("\n")));
    }
    Ok(match promises.len() {
        0 => {
            "generated files are clean; no earlier commit has a schema to compare with\n".to_owned()
        }
        count => format!(
            "generated files are clean; the schema keeps what {count} earlier commits promised\n"
        ),
    })
}

fn all(root: &Path) -> Result<Vec<Made>, Error> {
    let page = read(root, ARCHITECTURE)?;
    let text = with_drawing(&page, &house::drawing()).ok_or_else(|| {
        Error::Findings(format!(
            "{ARCHITECTURE} needs a line `{FROM}` and, below it, a line `{TO}`"
        ))
    })?;
    Ok(vec![
        Made {
            path: SCHEMA,
            text: format!("{SCHEMA_HEAD}{}\n", api::sdl().trim_end()),
        },
        Made {
            path: ARCHITECTURE,
            text,
        },
    ])
}

/// The text of a file; empty when there is none yet.
fn read(root: &Path, path: &str) -> Result<String, Error> {
    match fs::read_to_string(root.join(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        text => text.map_err(Error::file(path)),
    }
}

/// The page with the drawing between its markers.
fn with_drawing(page: &str, drawing: &str) -> Option<String> {
    let (before, rest) = page.split_once(FROM)?;
    let (_, after) = rest.split_once(TO)?;
    Some(format!(
        "{before}{FROM}\n```text\n{drawing}```\n{TO}{after}"
    ))
}

/// How many lines went and came, and where the first difference is.
fn difference(found: &str, wanted: &str) -> String {
    let place = found
        .lines()
        .zip(wanted.lines())
        .take_while(|(found, wanted)| found == wanted)
        .count();
    let line_of = |text: &str| {
        text.lines()
            .nth(place)
            .unwrap_or("(the end)")
            .trim()
            .to_owned()
    };
    format!(
        "  {} lines go, {} come; first at line {}:\n  - {}\n  + {}",
        surplus(found, wanted),
        surplus(wanted, found),
        place + 1,
        line_of(found),
        line_of(wanted)
    )
}

/// How many lines of `one` are not in `other`, each counted as often as it stands there.
fn surplus(one: &str, other: &str) -> usize {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for line in other.lines() {
        *left.entry(line).or_default() += 1;
    }
    one.lines()
        .filter(|line| match left.get_mut(line) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_is_set_between_its_markers_and_nowhere_else() {
        let page = "# House\n<!-- drawing -->\nold\n<!-- /drawing -->\nmore\n";
        let drawn = with_drawing(page, "new\n").unwrap();
        assert_eq!(
            drawn,
            "# House\n<!-- drawing -->\n```text\nnew\n```\n<!-- /drawing -->\nmore\n"
        );
        assert_eq!(with_drawing(&drawn, "new\n").as_ref(), Some(&drawn));
        assert_eq!(with_drawing("# House\n", "new\n"), None);
        assert_eq!(
            with_drawing("<!-- /drawing -->\n<!-- drawing -->\n", "new\n"),
            None
        );
    }

    #[test]
    fn a_difference_is_counted_and_shown_where_it_begins() {
        let shown = difference("a\nb\nc\n", "a\nx\ny\nc\n");
        assert_eq!(
            shown,
            "  1 lines go, 2 come; first at line 2:\n  - b\n  + x"
        );
        let longer = difference("a\n", "a\nb\n");
        assert_eq!(
            longer,
            "  0 lines go, 1 come; first at line 2:\n  - (the end)\n  + b"
        );
    }

    #[test]
    fn clean_files_pass_and_a_changed_or_broken_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert!(
            write(root)
                .unwrap_err()
                .to_string()
                .contains("needs a line")
        );
        assert!(!root.join(SCHEMA).exists(), "nothing may be half written");

        fs::write(
            root.join(ARCHITECTURE),
            "<!-- drawing -->\n<!-- /drawing -->\n",
        )
        .unwrap();
        let dirty = check(root).unwrap_err().to_string();
        assert!(dirty.contains("schema.graphql is not"), "{dirty}");
        assert!(dirty.contains("ARCHITECTURE.md is not"), "{dirty}");
        assert_eq!(
            write(root).unwrap(),
            "wrote schema.graphql\nwrote ARCHITECTURE.md\n"
        );
        assert!(check(root).unwrap().contains("no earlier commit"));
        assert!(!write(root).unwrap().contains("wrote"));

        let git = |words: &[&str]| {
            let mut all = vec!["-c", "user.name=Å", "-c", "user.email=a@example.org"];
            all.extend(words);
            crate::run(root, "git", &all).unwrap()
        };
        git(&["init", "--quiet", "--initial-branch=main"]);
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", "the schema as it is"]);
        assert!(check(root).unwrap().contains("1 earlier"));

        let schema = root.join(SCHEMA);
        let more = format!(
            "{}\ntype Promised {{ x: Int }}\n",
            fs::read_to_string(&schema).unwrap()
        );
        fs::write(&schema, more).unwrap();
        git(&["commit", "--quiet", "--all", "--message", "a type more"]);
        write(root).unwrap();
        let broken = check(root).unwrap_err().to_string();
        assert!(broken.contains("type Promised is gone"), "{broken}");
        assert_eq!(
            broken.matches("promised:").count(),
            1,
            "the commit before promised less: {broken}"
        );
    }
}
