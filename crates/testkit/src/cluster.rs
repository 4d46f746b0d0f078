//! A PostgreSQL of the tests' own, shared by all test processes of a machine and gone when they are.
//!
//! Nothing needs to be running or set up: where PostgreSQL's programs are installed, the first test that asks starts a
//! cluster in the temporary folder. It gives durability up for speed and listens only on a socket in a folder that is
//! closed to other users, so it needs neither a free port nor a password. Every later test process finds it.
//!
//! ```text
//! <tmp>/kollegium-postgres-<uid>/
//!   start       locked while a process looks whether the cluster answers, and starts it if not
//!   users       locked shared by each test process until it ends; exclusively by who stops the cluster
//!   watch       locked by the watcher, which stops the cluster when nobody has used it for a minute
//!   cluster/    the data, the log and the socket
//! ```
//! The kernel drops a lock when its process ends, however it ends, so that nothing here can be left locked.

use std::env;
use std::ffi::OsStr;
use std::fmt::{Debug, Display};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What a throw-away cluster may do that a real one must not, and what many parallel tests need.
///
/// Autovacuum is off because a worker inside a template keeps `CREATE DATABASE … TEMPLATE` waiting.
const SETTINGS: &str = "
autovacuum = off
checkpoint_timeout = 1h
fsync = off
full_page_writes = off
jit = off
listen_addresses = ''
max_connections = 200
max_wal_senders = 0
synchronous_commit = off
timezone = 'UTC'
wal_level = minimal
";

/// Stops the cluster when no test process has held `users` for twelve looks, five seconds apart.
///
/// It takes the folder and `pg_ctl`, and goes on in the background. A process that arrives while the cluster is being
/// stopped waits for the lock and starts it anew.
const WATCHER: &str = r#"
command -v flock >/dev/null || exit 0
exec 9<"$1/watch"
flock -n 9 || exit 0
{
  idle=0
  while sleep 5 9<&-; do
    if flock -n -x "$1/users" true 9<&-; then idle=$((idle + 1)); else idle=0; fi
    [ "$idle" -ge 12 ] || continue
    flock -n -x "$1/users" sh -c '
      "$2" -D "$1/cluster/data" -m immediate -w stop
      rm -rf "$1/cluster/data" "$1/cluster/log"
    ' sh "$1" "$2" 9<&- && exit
    idle=0
  done
} &
"#;

/// The address of the cluster's maintenance database `postgres`; another database's differs in the last path segment.
///
/// `None`, and one line on stderr, where PostgreSQL's programs are not installed. The cluster stays up at least until
/// this process ends.
///
/// # Panics
///
/// If the programs are missing while `KOLLEGIUM_TEST_REQUIRE` names `postgres`, and if they are there but the cluster
/// does not start: a test must not pass because its database was broken.
#[must_use]
pub fn url() -> Option<&'static str> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER
        .get_or_init(|| match programs() {
            Some(programs) => Some(Cluster::join(&programs)),
            None => skip(),
        })
        .as_ref()
        .map(|cluster| cluster.url.as_str())
}

struct Cluster {
    url: String,
    /// Locked shared for as long as this process lives.
    _user: File,
}

impl Cluster {
    fn join(programs: &Path) -> Self {
        let me = uid();
        let owner = if me == 0 { Some(unprivileged()) } else { None };
        let folder = env::temp_dir().join(format!("kollegium-postgres-{me}"));
        make_folder(&folder, if me == 0 { 0o755 } else { 0o700 });
        assert_eq!(
            proven(fs::symlink_metadata(&folder), &folder).uid(),
            me,
            "{} belongs to somebody else",
            folder.display()
        );
        let cluster = folder.join("cluster");
        make_folder(&cluster, 0o700);
        if let Some((uid, gid)) = owner {
            proven(chown(&cluster, Some(uid), Some(gid)), &cluster);
        }

        let server = Server {
            programs: programs.to_owned(),
            folder,
            cluster,
            owner,
        };
        // In this order: once we are a user, nobody stops what we find.
        let user = server.open("users");
        proven(user.lock_shared(), "users");
        let start = server.open("start");
        proven(start.lock(), "start");
        if !server.answers() {
            server.start();
        }
        if server.open("watch").try_lock().is_ok() {
            server.watch();
        }
        Self {
            url: server.url(),
            _user: user,
        }
    }
}

struct Server {
    programs: PathBuf,
    folder: PathBuf,
    cluster: PathBuf,
    /// Whom the programs run as when we are root, which they refuse to be.
    owner: Option<(u32, u32)>,
}

impl Server {
    fn open(&self, name: &str) -> File {
        let path = self.folder.join(name);
        proven(
            OpenOptions::new().create(true).append(true).open(&path),
            path,
        )
    }

    fn answers(&self) -> bool {
        UnixStream::connect(self.cluster.join(".s.PGSQL.5432")).is_ok()
    }

    /// Makes a new cluster in place of whatever a killed one left, and waits until it answers.
    fn start(&self) {
        let data = self.cluster.join("data");
        if data.exists() {
            // Best effort: mostly there is nothing left that runs.
            let _ = self
                .command("pg_ctl")
                .arg("-D")
                .arg(&data)
                .args(["-m", "immediate", "-w", "stop"])
                .output();
            proven(fs::remove_dir_all(&data), &data);
        }
        // The same order and the same letters on every machine, whatever its own language.
        run(self
            .command("initdb")
            .args([
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ])
            .arg("-D")
            .arg(&data));
        let settings = format!(
            "{SETTINGS}unix_socket_directories = '{}'\n",
            self.cluster.display()
        );
        let path = data.join("postgresql.conf");
        let mut file = proven(OpenOptions::new().append(true).open(&path), &path);
        proven(file.write_all(settings.as_bytes()), &path);
        run(self
            .command("pg_ctl")
            .arg("-D")
            .arg(&data)
            .arg("-l")
            .arg(self.cluster.join("log"))
            .args(["-w", "start"]));
    }

    /// Leaves a watcher behind that outlives us, and whatever stops us from the keyboard.
    fn watch(&self) {
        run(self
            .as_owner("sh")
            .args(["-c", WATCHER, "sh"])
            .arg(&self.folder)
            .arg(self.programs.join("pg_ctl"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0));
    }

    fn command(&self, program: &str) -> Command {
        let mut command = self.as_owner(self.programs.join(program));
        // Somebody's PGDATA, PGPORT or language must not steer our cluster.
        command
            .env_clear()
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC");
        command
    }

    fn as_owner(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        if let Some((uid, gid)) = self.owner {
            command.uid(uid).gid(gid);
        }
        command.current_dir(&self.folder).stdin(Stdio::null());
        command
    }

    fn url(&self) -> String {
        let socket = self
            .cluster
            .display()
            .to_string()
            .replace('%', "%25")
            .replace('/', "%2F");
        format!("postgres://postgres@{socket}/postgres")
    }
}

/// The folder that holds PostgreSQL's programs: on the path, or the newest of Debian's.
fn programs() -> Option<PathBuf> {
    let path = variable("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .collect();
    debian.sort_by_key(|bin| bin.parent()?.file_name()?.to_str()?.parse::<u32>().ok());
    env::split_paths(&path)
        .chain(debian.into_iter().rev())
        .find(|bin| {
            ["initdb", "pg_ctl", "postgres"]
                .iter()
                .all(|program| bin.join(program).is_file())
        })
}

fn skip() -> Option<Cluster> {
    let required = variable("KOLLEGIUM_TEST_REQUIRE").unwrap_or_default();
    assert!(
        !required.split(',').any(|name| name.trim() == "postgres"),
        "PostgreSQL's programs (initdb, pg_ctl, postgres) are not installed, and KOLLEGIUM_TEST_REQUIRE asks for them"
    );
    // Straight to stderr: the test harness keeps what `eprintln!` says of a test that passes.
    let _ = writeln!(
        io::stderr(),
        "PostgreSQL is not installed: its half of the tests is skipped"
    );
    None
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests have no configuration but their environment"
)]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// Who we are, asked of the system's own program because the standard library does not say.
fn uid() -> u32 {
    let out = proven(Command::new("id").arg("-u").output(), "id -u");
    proven(String::from_utf8_lossy(&out.stdout).trim().parse(), "id -u")
}

/// A user that root can hand the cluster to.
fn unprivileged() -> (u32, u32) {
    let users = proven(fs::read_to_string("/etc/passwd"), "/etc/passwd");
    account(&users, "postgres")
        .or_else(|| account(&users, "nobody"))
        .expect("/etc/passwd has `nobody` on every system that has root")
}

/// The user and group number of `name` in the text of `/etc/passwd`.
fn account(users: &str, name: &str) -> Option<(u32, u32)> {
    let line = users
        .lines()
        .find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn make_folder(path: &Path, mode: u32) {
    match fs::DirBuilder::new().mode(mode).create(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => proven(Err(error), path),
        _ => {}
    }
}

fn run(command: &mut Command) {
    // `pg_ctl` gives its server the log for its words, so that no pipe stays open.
    let out = proven(command.output(), command.get_program());
    assert!(
        out.status.success(),
        "{command:?} failed: {}\n{}{}",
        out.status,
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
}

#[expect(
    clippy::panic,
    reason = "without its database a test can only stop, and say why"
)]
fn proven<T, E: Display>(result: Result<T, E>, what: impl Debug) -> T {
    result.unwrap_or_else(|error| panic!("PostgreSQL for the tests: {what:?}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let users = "root:x:0:0:root:/root:/bin/bash\npostgres-old:x:7:8::/:\npostgres:x:101:104:admin:/var/lib/postgresql:/bin/bash\n";

        assert_eq!(account(users, "postgres"), Some((101, 104)));
        assert_eq!(account(users, "nobody"), None);
    }

    #[tokio::test]
    async fn the_cluster_answers_and_stays_while_it_is_used() {
        let Some(url) = url() else { return };

        let db = sea_orm::Database::connect(url)
            .await
            .expect("the cluster takes connections");
        db.ping().await.expect("and answers");
        db.close().await.expect("and lets go");

        let users = env::temp_dir().join(format!("kollegium-postgres-{}/users", uid()));
        let stopper = File::open(users).expect("the list of users is there");
        assert!(
            stopper.try_lock().is_err(),
            "nobody may stop a cluster that we use"
        );
    }
}
