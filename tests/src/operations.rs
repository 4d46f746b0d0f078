//! The examples of the documentation: each is a file that can be sent, and each page shows it as it is.
//!
//! A page writes an example in a fence that is opened with ```` ```graphql file=first-query ````, and
//! `operations/first-query.graphql` beside the page holds the same text. `docs/api/README.md` says so to who writes them.

mod check;
#[cfg(test)]
mod tests;

use crate::schema::Schema;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

/// An example on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The page's file name, such as `errors.md`.
    pub page: String,
    /// The line that opens the fence, from 1.
    pub line: usize,
    /// The operation file that it shows, without `.graphql`; `None` if the fence names none.
    pub file: Option<String>,
    /// What stands in the fence.
    pub text: String,
}

/// The pages' examples and the operation files.
#[derive(Debug, Clone, Default)]
pub struct Operations {
    /// In order of page and line.
    pub examples: Vec<Example>,
    /// The text of each operation file, by its name without `.graphql`.
    pub files: BTreeMap<String, String>,
}

impl Operations {
    /// Reads the pages `*.md` of a folder (`docs/api`) and its `operations/*.graphql`.
    ///
    /// # Errors
    ///
    /// If the folder or a file cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut operations = Self::default();
        for (page, text) in texts(folder, "md")? {
            operations
                .examples
                .extend(examples(&format!("{page}.md"), &text));
        }
        operations.files = texts(&folder.join("operations"), "graphql")?;
        Ok(operations)
    }

    /// Where pages and files do not agree, a sentence each: a fence without a file, a text that differs, a file that no page shows.
    #[must_use]
    pub fn disagreements(&self) -> Vec<String> {
        let mut found = Vec::new();
        for Example {
            page,
            line,
            file,
            text,
        } in &self.examples
        {
            let Some(file) = file else {
                found.push(format!("{page}:{line}: the example names no file; open its fence with ```graphql file=name"));
                continue;
            };
            match self.files.get(file) {
                None => found.push(format!(
                    "{page}:{line}: there is no operations/{file}.graphql"
                )),
                Some(stored) if stored.trim_end() != text.trim_end() => {
                    found.push(format!(
                        "{page}:{line}: operations/{file}.graphql says something else"
                    ));
                }
                Some(_) => {}
            }
        }
        let shown: BTreeSet<&String> = self
            .examples
            .iter()
            .filter_map(|example| example.file.as_ref())
            .collect();
        let unseen = self.files.keys().filter(|file| !shown.contains(file));
        found.extend(unseen.map(|file| format!("operations/{file}.graphql: no page shows it")));
        found
    }

    /// What in the operation files the schema does not have, a sentence each: syntax, fields, arguments, variables and their types,
    /// written values, fragments.
    #[must_use]
    pub fn misfits(&self, schema: &Schema) -> Vec<String> {
        let misfits = self.files.iter().flat_map(|(file, text)| {
            check::misfits(schema, text)
                .into_iter()
                .map(move |misfit| format!("operations/{file}.graphql: {misfit}"))
        });
        misfits.collect()
    }
}

/// The texts of a folder's files with this extension, by name without it.
fn texts(folder: &Path, extension: &str) -> io::Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str());
        if let (Some(name), true) = (name, path.extension().is_some_and(|ext| ext == extension)) {
            found.insert(name.to_owned(), fs::read_to_string(&path)?);
        }
    }
    Ok(found)
}

/// The GraphQL fences of a page. A fence that is never closed goes to the end, as Markdown has it.
fn examples(page: &str, text: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    // How many backticks closes the fence that is open, and whether it is GraphQL.
    let mut open: Option<(usize, bool)> = None;
    for (place, line) in text.lines().enumerate() {
        let ticks = line.trim_start().chars().take_while(|c| *c == '`').count();
        let info = line.trim_start().trim_start_matches('`').trim();
        match open {
            None if ticks >= 3 => {
                let mut words = info.split_whitespace();
                let is_graphql = words.next() == Some("graphql");
                if is_graphql {
                    found.push(Example {
                        page: page.to_owned(),
                        line: place + 1,
                        file: words
                            .find_map(|word| word.strip_prefix("file="))
                            .map(str::to_owned),
                        text: String::new(),
                    });
                }
                open = Some((ticks, is_graphql));
            }
            Some((opened, _)) if ticks >= opened && info.is_empty() => open = None,
            Some((_, true)) => {
                if let Some(example) = found.last_mut() {
                    example.text.push_str(line);
                    example.text.push('\n');
                }
            }
            _ => {}
        }
    }
    found
}
