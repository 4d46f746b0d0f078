//! The same request from several connections, as fast as each is answered.

use crate::{
    Error,
    bench::{
        client::{Ask, Client},
        server::Server,
    },
};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Time for caches and connections to fill, before anything counts.
const WARM_UP: Duration = Duration::from_secs(1);

/// What the load met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Met {
    pub per_second: f64,
    /// Half of the answers came within this, in milliseconds.
    pub p50: f64,
    /// All but one in a hundred came within this, in milliseconds.
    pub p99: f64,
    /// Processor time of the server's process for a request, in microseconds. On PostgreSQL the database's comes on top.
    pub cpu: f64,
}

/// Asks for `time` from `connections` connections. Every answer must be as long as `length`, that of one that was read and found good.
pub(crate) async fn load(
    server: &Server,
    ask: &Ask,
    length: usize,
    connections: usize,
    time: Duration,
) -> Result<Met, Error> {
    hold(server, ask, length, connections, WARM_UP).await?;
    let cpu = server.cpu()?;
    let begun = Instant::now();
    let mut waits = hold(server, ask, length, connections, time).await?;
    let passed = begun.elapsed().as_secs_f64();
    let cpu = server.cpu()? - cpu;
    met(&mut waits, passed, cpu)
        .ok_or_else(|| Error::Unexpected("the server answered nothing".to_owned()))
}

async fn hold(
    server: &Server,
    ask: &Ask,
    length: usize,
    connections: usize,
    time: Duration,
) -> Result<Vec<Duration>, Error> {
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        let (address, ask) = (server.address, ask.clone());
        tasks.spawn(async move {
            let mut client = Client::connect(address).await?;
            let mut waits = Vec::new();
            let end = Instant::now() + time;
            loop {
                let sent = Instant::now();
                if sent >= end {
                    return Ok(waits);
                }
                let answer = client.ask(&ask).await?;
                waits.push(sent.elapsed());
                if answer.len() != length {
                    return Err(Error::Unexpected(format!(
                        "an answer of {} bytes where {length} were expected: {}",
                        answer.len(),
                        String::from_utf8_lossy(&answer)
                    )));
                }
            }
        });
    }
    let mut all = Vec::new();
    while let Some(outcome) = tasks.join_next().await {
        let waits: Result<Vec<Duration>, Error> = outcome
            .map_err(|error| Error::Unexpected(format!("a connection was lost: {error}")))?;
        all.extend(waits?);
    }
    Ok(all)
}

fn met(waits: &mut [Duration], passed: f64, cpu: f64) -> Option<Met> {
    waits.sort_unstable();
    let last = waits.len().checked_sub(1)?;
    let at = |hundredths: usize| {
        waits
            .get(last * hundredths / 100)
            .map(|wait| wait.as_secs_f64() * 1e3)
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "no benchmark sends 2^52 requests"
    )]
    let count = waits.len() as f64;
    Some(Met {
        per_second: count / passed,
        p50: at(50)?,
        p99: at(99)?,
        cpu: cpu / count * 1e6,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_become_a_rate_and_two_percentiles() {
        let mut waits: Vec<Duration> = (0..=100).rev().map(Duration::from_millis).collect();
        let met = met(&mut waits, 2.0, 0.0101).unwrap();
        assert!((met.per_second - 50.5).abs() < 1e-9);
        assert!((met.p50 - 50.0).abs() < 1e-9);
        assert!((met.p99 - 99.0).abs() < 1e-9);
        assert!((met.cpu - 100.0).abs() < 1e-9);
        assert_eq!(super::met(&mut [], 2.0, 0.0), None);
    }
}
