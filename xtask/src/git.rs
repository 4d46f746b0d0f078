//! What git knows of the checkout: its files, and the schemas that earlier commits promised.

use crate::{Error, run};
use std::path::Path;

/// A schema that was promised to clients, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    pub commit: String,
    pub sdl: String,
}

/// Every file that is tracked or about to be, as paths from `root` with `/`.
pub(crate) fn files(root: &Path) -> Result<Vec<String>, Error> {
    let list = run(
        root,
        "git",
        &[
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
    )?;
    let mut files: Vec<String> = list
        .split('\0')
        .filter(|path| !path.is_empty() && root.join(path).is_file())
        .map(str::to_owned)
        .collect();
    files.sort_unstable();
    files.dedup();
    Ok(files)
}

/// `path` as the last commits and the main line had it: at `HEAD`, at the commit before, and where this branch left `main`.
///
/// Empty when no commit has it yet, or the checkout carries no history.
pub(crate) fn promises(root: &Path, path: &str) -> Vec<Promise> {
    let resolve = |words: &[&str]| run(root, "git", words).ok().map(|id| id.trim().to_owned());
    let commits = [
        resolve(&["rev-parse", "--verify", "--quiet", "HEAD"]),
        resolve(&["rev-parse", "--verify", "--quiet", "HEAD~1"]),
        resolve(&["merge-base", "HEAD", "origin/main"]),
        resolve(&["merge-base", "HEAD", "main"]),
    ];
    let mut promises: Vec<Promise> = Vec::new();
    for commit in commits.into_iter().flatten() {
        if promises.iter().any(|known| known.commit == commit) {
            continue;
        }
        if let Ok(sdl) = run(root, "git", &["show", &format!("{commit}:{path}")]) {
            promises.push(Promise { commit, sdl });
        }
    }
    promises
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_last_commits_and_the_main_line_promise_their_schemas() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let git = |words: &[&str]| {
            let mut all = vec!["-c", "user.name=Å", "-c", "user.email=a@example.org"];
            all.extend(words);
            run(root, "git", &all).unwrap()
        };
        let commit = |text: &str| {
            fs::write(root.join("schema.graphql"), text).unwrap();
            git(&["add", "."]);
            git(&["commit", "--quiet", "--message", text]);
        };
        git(&["init", "--quiet", "--initial-branch=main"]);
        assert_eq!(promises(root, "schema.graphql"), []);

        commit("one");
        git(&["checkout", "--quiet", "-b", "branch"]);
        for text in ["two", "three", "four"] {
            commit(text);
        }
        let texts: Vec<String> = promises(root, "schema.graphql")
            .into_iter()
            .map(|promise| promise.sdl)
            .collect();
        assert_eq!(texts, ["four", "three", "one"]);

        fs::write(root.join("new.rs"), "").unwrap();
        fs::write(root.join(".gitignore"), "/target\n").unwrap();
        fs::create_dir(root.join("target")).unwrap();
        fs::write(root.join("target/made.rs"), "").unwrap();
        assert_eq!(
            files(root).unwrap(),
            [".gitignore", "new.rs", "schema.graphql"]
        );
        fs::remove_file(root.join("schema.graphql")).unwrap();
        assert_eq!(files(root).unwrap(), [".gitignore", "new.rs"]);
    }
}
