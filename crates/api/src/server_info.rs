//! What a client may know before it signs in.

use crate::{files::Files, preflight::Limits};
use async_graphql::{Context, Object, Result, SimpleObject};

/// The release and the bounds that every request must keep.
#[derive(Debug, Clone, SimpleObject)]
pub struct ServerInfo {
    /// The release of Kollegium, as `major.minor.patch`.
    version: &'static str,
    /// What a request may cost at most.
    limits: RequestLimits,
    /// What a file (fil) may be at most.
    files: FileLimits,
}

/// What a file may be at most; `POST /files` refuses what is beyond.
#[derive(Debug, Clone, SimpleObject)]
pub struct FileLimits {
    /// How large a file may be as it is sent, in bytes.
    bytes: u64,
    /// How many pixels a picture may have.
    pixels: u64,
    /// How many bytes one person may send in 24 hours.
    person_bytes_per_day: u64,
    /// How many bytes the people of one organiser (huvudman) may send in 24 hours, all together.
    organiser_bytes_per_day: u64,
    /// How many hours a file may hang on nothing before it goes.
    unused_hours: i64,
    /// What may be sent, as media types. The content decides, not what it is said to be.
    media_types: Vec<&'static str>,
}

/// What a request may cost at most; a request beyond a bound is refused before anything is read.
#[derive(Debug, Clone, SimpleObject)]
pub struct RequestLimits {
    /// How long a request may be, in bytes.
    body_bytes: u64,
    /// How long the text of a query may be, in bytes. Put long values into variables.
    query_bytes: u64,
    /// Lexical tokens of a document.
    tokens: u64,
    /// Brackets of any kind within each other.
    nesting: u64,
    /// Fields inside fields.
    depth: u64,
    /// Selected fields, with fragments unfolded.
    selections: u64,
    /// Fields that are given another name.
    aliases: u64,
    /// Fields of the query or mutation itself.
    roots: u64,
    /// Directives such as `@include`.
    directives: u64,
    /// Cost: one for each field, multiplied by `first` of the lists around it. Answered as `extensions.cost`.
    cost: u64,
    /// The most that `first` may ask of a list.
    first: u64,
    /// Milliseconds after which a request is given up.
    request_ms: u64,
}

/// The root of what is asked about the server itself.
#[derive(Debug, Default)]
pub(crate) struct ServerQuery;

#[Object]
impl ServerQuery {
    /// The release and the limits of this server. Needs no sign-in.
    async fn server_info(&self, ctx: &Context<'_>) -> Result<ServerInfo> {
        let limits: &Limits = ctx.data()?;
        let files = ctx.data::<Files>()?.config();
        Ok(ServerInfo {
            version: env!("CARGO_PKG_VERSION"),
            limits: RequestLimits {
                body_bytes: limits.body_bytes_max,
                query_bytes: limits.query_bytes_max,
                tokens: limits.tokens_max,
                nesting: limits.nesting_max,
                depth: limits.depth_max,
                selections: limits.selections_max,
                aliases: limits.aliases_max,
                roots: limits.roots_max,
                directives: limits.directives_max,
                cost: limits.cost_max,
                first: limits.first_max,
                request_ms: limits.request_ms_max,
            },
            files: FileLimits {
                bytes: files.bytes_max,
                pixels: files.pixels_max,
                person_bytes_per_day: files.person_bytes_per_day_max,
                organiser_bytes_per_day: files.organiser_bytes_per_day_max,
                unused_hours: records::files::UNUSED.num_hours(),
                media_types: records::files::TAKEN.to_vec(),
            },
        })
    }
}
