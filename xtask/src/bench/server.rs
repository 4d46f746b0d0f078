//! The server under measurement: started in a folder of its own, looked at through `/proc`, stopped as a person would.

use crate::{Error, bench::client::Client, run};
use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::{
    process::{Child, Command},
    time::{sleep, timeout},
};

/// The first start makes a demo municipality, which takes a while; anything longer is a fault.
const READY_MAX: Duration = Duration::from_mins(2);
const STOP_MAX: Duration = Duration::from_secs(30);

/// Linux counts a process' time in hundredths of a second, whatever its own clock does.
const TICKS_PER_SECOND: f64 = 100.0;

/// A running server that answers. It is killed when this is dropped.
pub(crate) struct Server {
    child: Child,
    id: u32,
    pub address: SocketAddr,
    /// From the start of the process until it was ready.
    pub started_in: Duration,
}

impl Server {
    /// Runs `kollegium demo` in `folder`, on the database at `url` or, without one, on a file in the folder.
    pub(crate) async fn start(bin: &Path, folder: &Path, url: Option<&str>) -> Result<Self, Error> {
        let address = free_address()?;
        let log = folder.join("server.log");
        let file = File::create(&log).map_err(Error::file(&log))?;
        let mut command = Command::new(bin);
        command
            .arg("demo")
            .current_dir(folder)
            .env("KOLLEGIUM_HTTP__LISTEN", address.to_string())
            .env("KOLLEGIUM_METRICS__LISTEN", "127.0.0.1:0")
            .env("KOLLEGIUM_LOG__LEVEL", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file)
            .kill_on_drop(true);
        if let Some(url) = url {
            command.env("KOLLEGIUM_DATABASE__URL", url);
        }
        let begun = Instant::now();
        let child = command.spawn().map_err(Error::file(bin))?;
        let id = child.id().expect("nobody has waited for it yet");
        let mut server = Self {
            child,
            id,
            address,
            started_in: Duration::ZERO,
        };
        while !server.is_ready().await {
            let ended = server.child.try_wait().map_err(Error::file(bin))?;
            if ended.is_some() || begun.elapsed() > READY_MAX {
                let said = fs::read_to_string(&log).unwrap_or_default();
                return Err(Error::Unexpected(format!(
                    "the server did not become ready:\n{said}"
                )));
            }
            sleep(Duration::from_millis(1)).await;
        }
        server.started_in = begun.elapsed();
        Ok(server)
    }

    async fn is_ready(&self) -> bool {
        match Client::connect(self.address).await {
            Ok(mut client) => client.is_ready().await.unwrap_or(false),
            Err(_) => false,
        }
    }

    /// Memory that the process holds, in bytes (`VmRSS`).
    pub(crate) fn memory(&self) -> Result<u64, Error> {
        let kib = self.proc("status", |text| {
            let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        })?;
        Ok(kib * 1024)
    }

    /// Processor time that the process has spent so far, in seconds.
    pub(crate) fn cpu(&self) -> Result<f64, Error> {
        self.proc("stat", cpu_of)
    }

    fn proc<T>(&self, file: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
        let path = format!("/proc/{}/{file}", self.id);
        let text = fs::read_to_string(&path).map_err(Error::file(&path))?;
        read(&text).ok_or_else(|| {
            Error::Unexpected(format!("{path} has a form that this tool cannot read"))
        })
    }

    /// Ends it with SIGTERM, and insists that it ends well.
    pub(crate) async fn stop(mut self) -> Result<(), Error> {
        run(Path::new("/"), "kill", &["-TERM", &self.id.to_string()])?;
        match timeout(STOP_MAX, self.child.wait()).await {
            Ok(Ok(status)) if status.success() => Ok(()),
            Ok(Ok(status)) => Err(Error::Unexpected(format!("the server ended with {status}"))),
            Ok(Err(error)) => Err(Error::Unexpected(format!("the server was lost: {error}"))),
            Err(_) => Err(Error::Unexpected("the server does not stop".to_owned())),
        }
    }
}

/// A port of the loopback that was free a moment ago.
fn free_address() -> Result<SocketAddr, Error> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map_err(Error::file("127.0.0.1"))
}

/// User and system time of `/proc/<id>/stat`: the 12th and 13th after the program's name, which may hold anything.
fn cpu_of(stat: &str) -> Option<f64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut times = rest.split_whitespace().skip(11);
    let user: f64 = times.next()?.parse().ok()?;
    let system: f64 = times.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_past_any_name() {
        let stat =
            "4711 (a (b) c) S 1 4711 4711 0 -1 4194304 100 0 0 0 150 25 0 0 20 0 8 0 12345 0 0";
        assert_eq!(cpu_of(stat), Some(1.75));
        assert_eq!(cpu_of("4711 (short) S 1"), None);
    }
}
