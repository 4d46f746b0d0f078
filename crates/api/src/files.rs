//! Files in and out, as the HTTP door asks for them: who asks is found out here as everywhere, and refusals look like every other.

use crate::{
    answer::fault_of,
    caller::Caller,
    door::{Api, refused},
    effect::BadKey,
};
use async_graphql::Response;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use kit::{Actor, Fault, FileId, Instant, Kind, Lang, Thing};
use records::files::{self, Announce, FilesConfig, Media, Shelf, UNUSED};
use std::{
    fs,
    io::{self, Read, Seek},
    sync::Arc,
};
use store::{Cx, Tx, write};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// How many files are taken apart at a time: each may need some hundred megabytes.
const AT_ONCE: usize = 2;

/// Where files lie and how much may come in. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files {
    shelf: Shelf,
    config: Arc<FilesConfig>,
    turns: Arc<Semaphore>,
}

impl Files {
    /// Files on this shelf.
    #[must_use]
    pub fn new(shelf: Shelf, config: FilesConfig) -> Self {
        Self {
            shelf,
            config: Arc::new(config),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// How much may come in.
    #[must_use]
    pub fn config(&self) -> &FilesConfig {
        &self.config
    }
}

/// A file that was sent in, all of it.
#[derive(Debug)]
pub struct SentFile {
    /// What the client made as its id: the same file sent twice is kept once.
    pub id: Option<String>,
    /// What it is called where it comes from.
    pub name: Option<String>,
    /// What was sent.
    pub content: fs::File,
}

/// A file that is kept from now on.
#[derive(Debug, Clone)]
pub struct KeptFile {
    /// What mutations name it by.
    pub id: FileId,
    /// What its owner calls it.
    pub name: Option<String>,
    /// What it is: it may be another kind than what was sent.
    pub media_type: &'static str,
    /// How many bytes are kept.
    pub bytes: u64,
    /// Their SHA-256, hexadecimal.
    pub sha256: String,
    /// Until when something has to use it; then it goes.
    pub use_before: Instant,
}

/// A file that is shown.
pub struct ShownFile {
    /// What it is.
    pub media: Media,
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256, hexadecimal.
    pub sha256: String,
    /// What it is to be called where it goes: its own name for its owner alone.
    pub name: String,
    /// The bytes, piece by piece.
    pub pieces: BoxStream<'static, io::Result<Bytes>>,
}

impl std::fmt::Debug for ShownFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShownFile")
    }
}

/// A refusal, with whose move it is.
#[derive(Debug)]
pub struct Refused {
    /// Whose move it is.
    pub kind: Kind,
    /// The refusal as a response without data.
    pub response: Response,
}

/// What a request for a file says beside it.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// The language the client prefers; a person's own choice goes before it.
    pub lang: Lang,
    /// The request's id, as the log carries it.
    pub request: Uuid,
}

impl Api {
    /// Whether the caller may send in files at all: asked before anything of one is read.
    ///
    /// # Errors
    ///
    /// `UNAUTHENTICATED`, `SIGN_IN_ENDED` or `FILE_NOT_COLLEAGUE`.
    pub async fn may_send_file(&self, caller: &Caller, about: About) -> Result<(), Box<Refused>> {
        let cx = self.known(caller, about).await?;
        files::may_send(&cx)
            .map(drop)
            .map_err(|fault| refuse(&fault, cx.lang, about))
    }

    /// Strips a file and keeps it. The same file sent again with the same id is the same file.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, or with sending it.
    pub async fn keep_file(
        &self,
        caller: &Caller,
        sent: SentFile,
        about: About,
    ) -> Result<KeptFile, Box<Refused>> {
        let cx = self.known(caller, about).await?;
        self.keep(&cx, sent)
            .await
            .map_err(|fault| refuse(&fault, cx.lang, about))
    }

    async fn keep(&self, cx: &Cx, sent: SentFile) -> Result<KeptFile, Unkept> {
        files::may_send(cx)?;
        let id = match sent.id.as_deref() {
            None => FileId(cx.ids.random()),
            Some(id) => file_id(id).ok_or(BadKey)?,
        };
        let name = sent.name.as_deref().map(files::file_name).transpose()?;
        let Files {
            shelf,
            config,
            turns,
        } = self.files().clone();
        let turn = turns.acquire_owned().await;
        let settings = config.clone();
        let cleaned = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let content = read(sent.content).map_err(io_failed)?;
            let cleaned = files::clean(&content, &settings)?;
            Ok::<_, files::Error>((files::sha256(&content), cleaned))
        });
        let (sent, cleaned) = cleaned
            .await
            .map_err(|_| Unkept::from(files::Error::Unreadable))??;
        let bytes = Bytes::from(cleaned.bytes.clone());
        let ask = Announce {
            id,
            name: name.flatten(),
            sent,
            cleaned,
        };
        let file = write(cx, async |tx: &Tx| files::announce(tx, &ask, &config).await).await?;
        shelf.put(cx.organiser(), id, bytes).await?;
        write(cx, async |tx: &Tx| files::settle(tx, id).await).await?;
        Ok(KeptFile {
            id,
            name: file.name.map(kit::Name::into_string),
            media_type: file.media.name(),
            bytes: file.size,
            sha256: file.hash,
            use_before: file.created_at + UNUSED,
        })
    }

    /// A file that the caller may see.
    ///
    /// # Errors
    ///
    /// `NOT_FOUND`, the same for one that never was.
    pub async fn show_file(
        &self,
        caller: &Caller,
        id: &str,
        about: About,
    ) -> Result<ShownFile, Box<Refused>> {
        let cx = self.known(caller, about).await?;
        let show = async {
            let id = file_id(id).ok_or(files::Error::NotFound)?;
            let file = files::find(&cx, id).await?;
            let pieces = self.files().shelf.open(cx.organiser(), id).await?;
            let own = file.name.filter(|_| cx.actor.is(file.owner));
            let plain = || format!("fil.{}", file.media.ending());
            Ok(ShownFile {
                media: file.media,
                bytes: file.size,
                sha256: file.hash,
                name: own.map_or_else(plain, kit::Name::into_string),
                pieces,
            })
        };
        show.await
            .map_err(|fault: files::Error| refuse(&fault, cx.lang, about))
    }

    /// The context of a caller who has signed in.
    async fn known(&self, caller: &Caller, about: About) -> Result<Cx, Box<Refused>> {
        let cx = self.cx(Actor::Anonymous, about);
        if matches!(caller, Caller::Anonymous) {
            return Err(refuse(&SignInFirst, about.lang, about));
        }
        self.actor(&cx, caller)
            .await
            .map_err(|fault| refuse(&*fault, about.lang, about))
    }
}

fn refuse(fault: &dyn Fault, lang: Lang, about: About) -> Box<Refused> {
    Box::new(Refused {
        kind: fault.kind(),
        response: refused(fault, lang, about.request),
    })
}

fn file_id(text: &str) -> Option<FileId> {
    let bare = text.parse::<Uuid>().ok();
    let public = || {
        let thing = text.parse::<Thing>().ok()?;
        (thing.prefix == FileId::PREFIX).then_some(thing.id)
    };
    bare.or_else(public).map(FileId)
}

fn read(mut content: fs::File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    content.rewind()?;
    content.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn io_failed(error: io::Error) -> files::Error {
    tracing::error!(%error, "what was sent in cannot be read back");
    files::Error::Unreadable
}

/// Why a file was not kept.
#[derive(Debug, thiserror::Error)]
enum Unkept {
    #[error(transparent)]
    File(#[from] files::Error),
    #[error(transparent)]
    Key(#[from] BadKey),
}

fault_of! { Unkept { File, Key } }

/// Nobody sends or sees a file without a sign-in.
#[derive(Debug, thiserror::Error)]
#[error("nobody has signed in")]
struct SignInFirst;

impl Fault for SignInFirst {
    fn kind(&self) -> Kind {
        Kind::Unauthenticated
    }

    fn code(&self) -> &'static str {
        "UNAUTHENTICATED"
    }

    fn message(&self, lang: Lang) -> std::borrow::Cow<'static, str> {
        lang.pick(
            "Logga in först: filer är bara för den som är inloggad.",
            "Sign in first: files are only for those who are signed in.",
        )
        .into()
    }
}
