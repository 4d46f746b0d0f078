//! The rules of the house, held against the code.

use crate::{Error, descriptions, edges, git, house, schema, sources};
use std::{fmt::Write, fs, path::Path};

/// The drawing, and one line that says what was looked at.
///
/// # Errors
///
/// [`Error::Findings`] with a line for each broken rule.
pub(crate) fn tidy(root: &Path) -> Result<String, Error> {
    let mut findings = edges::check(root)?;

    let files: Vec<String> = git::files(root)?
        .into_iter()
        .filter(|path| sources::is_ours(path))
        .collect();
    findings.extend(sources::names(&files));
    for path in &files {
        let text = fs::read_to_string(root.join(path)).map_err(Error::file(path))?;
        findings.extend(sources::check(path, &text));
    }

    let described = descriptions::check(&schema::parse("the schema", &api::sdl())?);
    findings.extend(described.findings);

    if findings.is_empty() {
        Ok(format!(
            "{}\ntidy: {} crates, {} files, {} schema elements: as they should be\n",
            house::drawing(),
            house::rooms().count(),
            files.len(),
            described.elements
        ))
    } else {
        let mut report = findings.join("\n");
        write!(report, "\ntidy: {} to mend", findings.len())
            .expect("a String takes what is written");
        Err(Error::Findings(report))
    }
}
