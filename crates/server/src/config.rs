//! The configuration: the defaults, then a TOML file, then `KOLLEGIUM_*` of the environment. Read once, passed down as values.

use crate::exit::{Exit, Failure};
use api::preflight::Limits;
use figment::{
    Figment,
    error::Kind,
    providers::{Env, Format, Toml},
};
use identity::IdentityConfig;
use records::files::FilesConfig;
use serde::{Deserialize, Serialize};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};
use store::DbConfig;

/// The file that is read when it is there and `--config` names no other.
pub const FILE: &str = "kollegium.toml";

/// Variables of the tests and of `--config`, which are no keys.
const NO_KEYS: [&str; 3] = ["bin", "config", "test_require"];

/// Everything that whoever runs the server can choose. Each key has a default that is safe on a laptop.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the data is kept.
    pub database: DbConfig,
    /// How the API is reached.
    pub http: HttpConfig,
    /// Where figures for operators are read.
    pub metrics: MetricsConfig,
    /// Where keys lie.
    pub keys: KeysConfig,
    /// Where files lie, and how much may come in.
    pub files: FilesConfig,
    /// How sign-ins live.
    pub identity: IdentityConfig,
    /// What is logged.
    pub log: LogConfig,
    /// What one request may ask for.
    pub limits: Limits,
    /// How sharing is told.
    pub sharing: SharingConfig,
}

/// How the API is reached.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct HttpConfig {
    /// Address to listen on. Loopback by default: being reachable is a choice.
    pub listen: SocketAddr,
    /// Where people reach this server, such as `https://kollegium.example.se`. One-time links begin with it. Empty: the address listened on.
    pub public_url: String,
    /// Other origins whose pages may call the API from a browser, such as `https://plan.example.se`. None by default.
    pub origins: Vec<String>,
    /// How many proxies of ours stand in front and add to `X-Forwarded-For`. With 0 the header is not believed.
    pub proxies: usize,
    /// How many connections are held at once; more wait to be accepted.
    pub connections_max: u32,
    /// How long a client may take to send the head of a request, in milliseconds, before it is cut off. Also how long an idle connection is kept.
    pub header_ms_max: u64,
    /// How long a client may take to send the body of a request, in milliseconds, before it is answered with 408.
    pub body_ms_max: u64,
    /// How long a client may leave an answer unread, in milliseconds, before it is cut off.
    pub send_ms_max: u64,
    /// How long after being told to stop the server still takes requests while `/readyz` says 503, in milliseconds, so that a load balancer looks elsewhere.
    pub notice_ms: u64,
    /// How long requests under way may take to finish after that, in milliseconds.
    pub drain_ms_max: u64,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            public_url: String::new(),
            origins: Vec::new(),
            proxies: 0,
            connections_max: 4_096,
            header_ms_max: 10_000,
            body_ms_max: 20_000,
            send_ms_max: 20_000,
            notice_ms: 0,
            drain_ms_max: 15_000,
        }
    }
}

impl HttpConfig {
    /// Where people reach a server that listens on `bound`, without a slash at the end.
    #[must_use]
    pub fn public_url(&self, bound: SocketAddr) -> String {
        if self.public_url.is_empty() {
            format!("http://{bound}")
        } else {
            self.public_url.trim_end_matches('/').to_owned()
        }
    }
}

/// Where figures for operators are read, in Prometheus' format.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct MetricsConfig {
    /// Address to listen on for `/metrics`. Whoever reaches it may read it: keep it off the open network.
    pub listen: SocketAddr,
}

impl Default for MetricsConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9464),
        }
    }
}

/// Where keys lie: never in the database or its backups.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeysConfig {
    /// The folder of the signing keys and the deployment's secret. Replicas share it.
    pub folder: PathBuf,
}

impl Default for KeysConfig {
    fn default() -> Self {
        Self {
            folder: PathBuf::from("data/keys"),
        }
    }
}

/// How sharing is told.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SharingConfig {
    /// For how long a share can be undone, in seconds. Nobody is told of it before; with 0 they are told at once, and nothing is undone.
    pub undo_seconds: u32,
}

impl SharingConfig {
    /// The longest time: who is told an hour late is told of what is over.
    const UNDO_SECONDS_MAX: u32 = 3_600;
}

impl Default for SharingConfig {
    fn default() -> Self {
        Self { undo_seconds: 600 }
    }
}

/// What is logged, on stderr.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogConfig {
    /// For people or for machines.
    pub format: LogFormat,
    /// From which level on: `error`, `warn`, `info`, `debug`, or per part of the program, as `info,sqlx=warn`.
    pub level: String,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            format: LogFormat::Human,
            // What a migration did is said in one line by who asked for it.
            level: "info,sea_orm_migration=warn".to_owned(),
        }
    }
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line to read.
    Human,
    /// A JSON object per line.
    Json,
}

impl Config {
    /// Reads the configuration: `file`, or [`FILE`] where it is there, and over it the environment.
    ///
    /// # Errors
    ///
    /// One line that names the key and where it stands, with [`Exit::Usage`].
    pub fn load(file: Option<&Path>) -> Result<Self, Failure> {
        let mut figment = Figment::new();
        if let Some(path) = file.or_else(|| Some(Path::new(FILE)).filter(|path| path.exists())) {
            let unreadable = |why: &dyn std::fmt::Display| {
                let path = path.display();
                Failure::new(
                    Exit::Usage,
                    format!("the configuration {path} cannot be read: {why}"),
                )
            };
            let text = std::fs::read_to_string(path).map_err(|error| unreadable(&error))?;
            text.parse::<toml::Table>().map_err(|error| {
                let line = error
                    .span()
                    .and_then(|span| text.get(..span.start))
                    .map_or(1, |before| before.matches('\n').count() + 1);
                unreadable(&format_args!("{}, on line {line}", error.message()))
            })?;
            let toml = || Toml::string(&text);
            // Each source alone first: what is wrong is then told with where it stands.
            read(&Figment::from(toml()), &|key| {
                format!("`{}` in {}", key.join("."), path.display())
            })?;
            figment = figment.merge(toml());
        }
        let environment = Env::prefixed("KOLLEGIUM_").ignore(&NO_KEYS).split("__");
        read(&Figment::from(environment.clone()), &|key| {
            format!("KOLLEGIUM_{}", key.join("__").to_uppercase())
        })?;
        let config = read(&figment.merge(environment), &|key| {
            format!("`{}`", key.join("."))
        })?;
        config.validate()?;
        Ok(config)
    }

    /// What types cannot say.
    fn validate(&self) -> Result<(), Failure> {
        let wrong = |key: &str, why: &str| {
            Err(Failure::new(
                Exit::Usage,
                format!("the configuration's `{key}` {why}"),
            ))
        };
        if !["sqlite:", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| self.database.url.starts_with(scheme))
        {
            return wrong(
                "database.url",
                "begins with neither `sqlite:` nor `postgres://`",
            );
        }
        if self.database.connections_max == 0 {
            return wrong("database.connections_max", "must be at least 1");
        }
        if self.http.connections_max == 0 {
            return wrong("http.connections_max", "must be at least 1");
        }
        if self.sharing.undo_seconds > SharingConfig::UNDO_SECONDS_MAX {
            return wrong("sharing.undo_seconds", "must be at most 3600, an hour");
        }
        let is_origin = |url: &str| {
            url.split_once("://").is_some_and(|(scheme, rest)| {
                matches!(scheme, "http" | "https") && !rest.is_empty() && !rest.contains('/')
            })
        };
        if !self.http.public_url.is_empty()
            && !is_origin(self.http.public_url.trim_end_matches('/'))
        {
            return wrong(
                "http.public_url",
                "must be `https://` and a host, without a path",
            );
        }
        if !self.http.origins.iter().all(|origin| is_origin(origin)) {
            return wrong(
                "http.origins",
                "must be a list of `https://` and a host, without a path",
            );
        }
        if tracing_subscriber::EnvFilter::try_new(&self.log.level).is_err() {
            return wrong(
                "log.level",
                "is no level such as `info` or `info,sqlx=warn`",
            );
        }
        Ok(())
    }

    /// The configuration as TOML, without secrets.
    #[must_use]
    pub fn shown(&self) -> String {
        let mut shown = self.clone();
        shown.database.url = masked(&self.database.url);
        toml::to_string(&shown).expect("tables follow values in every part of the configuration")
    }
}

fn read(figment: &Figment, place: &dyn Fn(&[String]) -> String) -> Result<Config, Failure> {
    figment.extract().map_err(|error| {
        let mut key = error.path.clone();
        let why = match &error.kind {
            Kind::UnknownField(name, known) => {
                if key.last() != Some(name) {
                    key.push(name.clone());
                }
                format!("is unknown; there is {}", known.join(", "))
            }
            Kind::UnknownVariant(found, known) => {
                format!("is `{found}`, which is none of {}", known.join(", "))
            }
            kind => format!("is wrong: {kind}"),
        };
        Failure::new(
            Exit::Usage,
            format!("the configuration's {} {why}", place(&key)),
        )
    })
}

/// The address of a database with its password hidden.
#[must_use]
pub fn masked(url: &str) -> String {
    let hidden = || {
        let (scheme, rest) = url.split_once("://")?;
        let (authority, _) = rest.split_once('/').unwrap_or((rest, ""));
        let (login, _) = authority.rsplit_once('@')?;
        let (user, _) = login.split_once(':')?;
        let after = rest.get(login.len()..)?;
        Some(format!("{scheme}://{user}:***{after}"))
    };
    let url = hidden().unwrap_or_else(|| url.to_owned());
    match url.split_once("password=") {
        Some((before, after)) => {
            let end = after.find('&').unwrap_or(after.len());
            format!("{before}password=***{}", after.get(end..).unwrap_or(""))
        }
        None => url,
    }
}

/// Milliseconds of the configuration as a duration.
pub(crate) const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        let cases = [
            ("sqlite:data/demo.db", "sqlite:data/demo.db"),
            ("postgres://anna@host/db", "postgres://anna@host/db"),
            (
                "postgres://anna:hemlig@host:5432/db",
                "postgres://anna:***@host:5432/db",
            ),
            ("postgres://anna:he@m:lig@host", "postgres://anna:***@host"),
            (
                "postgres:///db?user=anna&password=hemlig&host=h",
                "postgres:///db?user=anna&password=***&host=h",
            ),
        ];
        for (url, shown) in cases {
            assert_eq!(masked(url), shown);
        }
        let config = Config {
            database: DbConfig {
                url: "postgres://anna:hemlig@host/db".to_owned(),
                ..DbConfig::default()
            },
            ..Config::default()
        };
        assert!(!config.shown().contains("hemlig"), "{}", config.shown());
        assert!(config.shown().contains("body_bytes_max"), "the rest is");
    }

    #[test]
    fn people_reach_the_server_where_it_says_or_where_it_listens() {
        let bound: SocketAddr = "127.0.0.1:8080".parse().unwrap();
        let mut http = HttpConfig::default();
        assert_eq!(http.public_url(bound), "http://127.0.0.1:8080");
        "https://kollegium.example.se/".clone_into(&mut http.public_url);
        assert_eq!(http.public_url(bound), "https://kollegium.example.se");
    }
}
