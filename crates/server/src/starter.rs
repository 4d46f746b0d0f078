//! The starter shelf: rubrics that every new organiser begins with, so that nobody meets an empty library.

use kit::RubricId;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use store::{Ids, Tx};
use uuid::{Builder, Uuid};

#[derive(RustEmbed)]
#[folder = "starter/"]
struct Files;

/// The file names of the shelf, in order.
pub(crate) fn files() -> Vec<String> {
    let mut files: Vec<_> = Files::iter().map(String::from).collect();
    files.sort_unstable();
    files
}

/// What stands in a file, in the form that `createRubric` takes.
pub(crate) fn content(file: &str) -> serde_json::Value {
    let data = Files::get(file).expect("the binary carries every rubric that is named");
    serde_json::from_slice(&data.data).expect("the shelf's files were read by a test")
}

/// Puts the shelf into the organiser of the house's actor, but for the files in `but`. Its ids are the same everywhere.
///
/// # Errors
///
/// Those of the database; and [`rubrics::Error::Invalid`] for a file that a test would have refused.
pub(crate) async fn fill(tx: &Tx, but: &[&str]) -> Result<(), rubrics::Error> {
    for file in files() {
        if but.contains(&file.as_str()) {
            continue;
        }
        let content =
            api::rubric_content(&ids(&file), content(&file)).map_err(rubrics::Error::Invalid)?;
        let preschool = is_for_preschools(&content);
        let id = RubricId(named(&file));
        let ask = rubrics::Shelve {
            id,
            content,
            preschool,
        };
        rubrics::shelve(tx, &ask).await?;
    }
    Ok(())
}

/// Whether it is for preschools: then it is never about a child.
fn is_for_preschools(content: &rubrics::Content) -> bool {
    let forms = &content.head.school_forms;
    forms
        .iter()
        .any(|form| form.to_string() == curriculum::Code::code(curriculum::SchoolForm::Preschool))
}

/// The id of something of the shelf.
fn named(what: &str) -> Uuid {
    let digest: [u8; 32] = Sha256::digest(format!("kollegium starter shelf, {what}")).into();
    let (first, _) = digest
        .split_first_chunk::<16>()
        .expect("a digest has 32 bytes");
    Builder::from_random_bytes(*first).into_uuid()
}

/// The ids of a file's criteria and levels.
fn ids(file: &str) -> Ids {
    let file = file.to_owned();
    let count = Arc::new(AtomicU64::new(0));
    Ids::from_fn(move |_| named(&format!("{file} {}", count.fetch_add(1, Ordering::Relaxed))))
}

#[cfg(test)]
mod tests;
