//! Folders that the program writes in: proven before anything else is begun.

use crate::exit::{Exit, Failure};
use std::{fs, io, path::Path};

/// Makes the folder when it does not exist, and proves that files can be made in it.
///
/// # Errors
///
/// [`Exit::Folder`], which names the folder and what the system said.
pub fn writable(folder: &Path) -> Result<(), Failure> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    fs::create_dir_all(folder)
        .and_then(|()| tempfile_in(folder))
        .map_err(|error| {
            Failure::new(
                Exit::Folder,
                format!(
                    "the folder {} cannot be written in: {error}",
                    folder.display()
                ),
            )
        })
}

/// Proves that files can be made in the folder, where it is there; what is not there yet is made when it is needed.
///
/// # Errors
///
/// As [`writable`].
pub fn provable(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        writable(folder)
    } else {
        Ok(())
    }
}

/// The folder of a SQLite file, which SQLite does not make by itself. Nothing for PostgreSQL.
///
/// # Errors
///
/// As [`writable`].
pub fn of_database(url: &str) -> Result<(), Failure> {
    match sqlite_file(url) {
        Some(file) => writable(file.parent().unwrap_or(Path::new("."))),
        None => Ok(()),
    }
}

/// The file of a `sqlite:` address.
#[must_use]
pub fn sqlite_file(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(Path::new(path.split('?').next().unwrap_or(path)))
}

fn tempfile_in(folder: &Path) -> io::Result<()> {
    let probe = folder.join(format!(".kollegium-{}", std::process::id()));
    fs::write(&probe, [])?;
    fs::remove_file(&probe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_made_and_no_trace_of_the_proof_stays() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("data/of/ours");
        writable(&folder).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_below_a_file_is_refused_in_one_line() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        fs::write(&file, []).unwrap();

        let failure = writable(&file.join("below")).unwrap_err();
        assert_eq!(failure.exit, Exit::Folder);
        assert!(failure.to_string().contains("below"), "{failure}");
    }

    #[test]
    fn the_file_of_an_address_is_found() {
        let cases = [
            ("sqlite:data/demo.db", Some("data/demo.db")),
            ("sqlite:///var/lib/k.db?mode=rwc", Some("/var/lib/k.db")),
            ("postgres://host/db", None),
        ];
        for (url, file) in cases {
            assert_eq!(sqlite_file(url), file.map(Path::new), "{url}");
        }
    }
}
