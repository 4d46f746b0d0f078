//! The folder with the deployment's keys: shared by replicas, never in the database or a backup.

use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, spki::der::pem::LineEnding},
};
use kit::Instant;
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// Why the key folder cannot be used. Each names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// There is no such folder or file, and nobody asked to make it.
    #[error("{0} does not exist; copy the key folder of another replica, or let a new one be made")]
    Missing(PathBuf),
    /// Others than the owner can read it.
    #[error("{path} can be read by others (mode {mode:04o}); run `chmod {wanted:03o} {path}`")]
    Open {
        /// The file or folder.
        path: PathBuf,
        /// The mode it has.
        mode: u32,
        /// The mode it should have.
        wanted: u32,
    },
    /// It is not what its name says.
    #[error(
        "{0} is damaged: it does not hold the key that its name says; restore it from another replica"
    )]
    Damaged(PathBuf),
    /// The system refused.
    #[error("{0} cannot be used: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// The machine gives no randomness.
    #[error("the machine gives no randomness: {0}")]
    Randomness(#[from] getrandom::Error),
}

/// A folder of keys, checked to be its owner's alone.
#[derive(Debug, Clone)]
pub(crate) struct KeyFolder(PathBuf);

/// A signing key as its file says.
pub(crate) struct SigningFile {
    /// When it was made and what tells it apart (`1788768000-5f0c93a1`): sorts by time.
    pub kid: String,
    /// When it was made, in seconds of Unix time.
    pub made: i64,
    pub key: SigningKey,
}

impl KeyFolder {
    pub(crate) fn open(path: &Path, create: bool) -> Result<Self, KeyError> {
        if !path.exists() {
            if !create {
                return Err(KeyError::Missing(path.to_owned()));
            }
            make_folder(path).map_err(|error| KeyError::Io(path.to_owned(), error))?;
        }
        check_mode(path, 0o700)?;
        Ok(Self(path.to_owned()))
    }

    /// A secret of 32 bytes by its name; made when it is missing and asked for.
    pub(crate) fn secret(&self, name: &str, create: bool) -> Result<[u8; 32], KeyError> {
        let path = self.0.join(name);
        if create && !path.exists() {
            let mut secret = [0; 32];
            getrandom::fill(&mut secret)?;
            write_new(&path, &secret)?;
        }
        let found = read(&path)?;
        <[u8; 32]>::try_from(found).map_err(|_| KeyError::Damaged(path))
    }

    /// Every signing key, oldest first.
    pub(crate) fn signing(&self) -> Result<Vec<SigningFile>, KeyError> {
        let list = fs::read_dir(&self.0).map_err(|error| KeyError::Io(self.0.clone(), error))?;
        let mut keys = Vec::new();
        for entry in list {
            let entry = entry.map_err(|error| KeyError::Io(self.0.clone(), error))?;
            let name = entry.file_name();
            let Some(kid) = name
                .to_str()
                .and_then(|name| name.strip_prefix("signing-")?.strip_suffix(".pem"))
            else {
                continue;
            };
            let path = entry.path();
            let made = kid
                .split_once('-')
                .and_then(|(made, _)| made.parse().ok())
                .ok_or_else(|| KeyError::Damaged(path.clone()))?;
            let text = match read(&path) {
                // Another replica has just dropped it.
                Err(KeyError::Missing(_)) => continue,
                text => text?,
            };
            let key = std::str::from_utf8(&text)
                .ok()
                .and_then(|pem| SigningKey::from_pkcs8_pem(pem).ok())
                .ok_or(KeyError::Damaged(path))?;
            let kid = kid.to_owned();
            keys.push(SigningFile { kid, made, key });
        }
        keys.sort_by(|a, b| (a.made, &a.kid).cmp(&(b.made, &b.kid)));
        Ok(keys)
    }

    /// Adds a signing key that was made now; answers its kid.
    pub(crate) fn add(&self, now: Instant) -> Result<String, KeyError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        let mut tail = [0; 4];
        getrandom::fill(&mut tail)?;
        let kid = format!("{}-{:08x}", now.timestamp(), u32::from_be_bytes(tail));
        let path = self.0.join(format!("signing-{kid}.pem"));
        let pem = SigningKey::from_bytes(&seed)
            .to_pkcs8_pem(LineEnding::LF)
            .map_err(|_| KeyError::Damaged(path.clone()))?;
        write_new(&path, pem.as_bytes())?;
        Ok(kid)
    }

    /// Removes a signing key; one that another replica has removed is gone too.
    pub(crate) fn remove(&self, kid: &str) -> Result<(), KeyError> {
        let path = self.0.join(format!("signing-{kid}.pem"));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(KeyError::Io(path, error)),
            _ => Ok(()),
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, KeyError> {
    let mut file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(KeyError::Missing(path.to_owned()));
        }
        Err(error) => return Err(KeyError::Io(path.to_owned(), error)),
    };
    check_mode(path, 0o600)?;
    let mut found = Vec::new();
    // No key is longer; a huge file is no key.
    Read::take(&mut file, 4_096)
        .read_to_end(&mut found)
        .map_err(|error| KeyError::Io(path.to_owned(), error))?;
    Ok(found)
}

/// Writes a file that must not exist yet, readable by its owner alone from its first moment.
fn write_new(path: &Path, content: &[u8]) -> Result<(), KeyError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| {
            file.write_all(content)?;
            file.sync_all()
        })
        .map_err(|error| KeyError::Io(path.to_owned(), error))
}

fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(unix)]
fn check_mode(path: &Path, wanted: u32) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = fs::metadata(path).map_err(|error| KeyError::Io(path.to_owned(), error))?;
    let mode = metadata.permissions().mode() & 0o7777;
    let of_others = mode & 0o077;
    if of_others != 0 {
        return Err(KeyError::Open {
            path: path.to_owned(),
            mode,
            wanted,
        });
    }
    Ok(())
}

/// Elsewhere the folder's access list is its owner's concern.
#[cfg(not(unix))]
fn check_mode(_path: &Path, _wanted: u32) -> Result<(), KeyError> {
    Ok(())
}
