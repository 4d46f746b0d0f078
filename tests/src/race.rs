//! Races: many clients at once, each request's outcome kept, so that the sum can be held against what was sent.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::task::JoinSet;

/// What became of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<V> {
    /// The server confirmed it: from now on it must be found.
    Acknowledged(V),
    /// The server refused it, with this code: nothing may be stored.
    Refused(String),
    /// Nobody knows: no answer came, or none that says which.
    Failed(String),
}

/// Which request of a race this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The client that sends it, from 0. A client sends one request after the other.
    pub client: usize,
    /// The request among all of the race, from 0.
    pub request: usize,
}

/// The outcomes of a race.
#[derive(Debug, Clone)]
pub struct Race<V> {
    /// How many requests were sent.
    pub sent: usize,
    /// What was confirmed, in no order.
    pub acknowledged: Vec<V>,
    /// How many were refused, by code.
    pub refused: BTreeMap<String, usize>,
    /// Why the rest failed.
    pub failed: Vec<String>,
}

/// Sends `requests` requests from `clients` clients at once; each sends its next when the last is answered.
///
/// # Panics
///
/// With the panic of `ask`, if it panics.
pub async fn race<V, F, Asked>(clients: usize, requests: usize, ask: F) -> Race<V>
where
    V: Send + 'static,
    F: Fn(Turn) -> Asked + Send + Sync + 'static,
    Asked: Future<Output = Outcome<V>> + Send,
{
    let (ask, next) = (Arc::new(ask), Arc::new(AtomicUsize::new(0)));
    let mut lanes = JoinSet::new();
    for client in 0..clients {
        let (ask, next) = (Arc::clone(&ask), Arc::clone(&next));
        lanes.spawn(async move {
            let mut outcomes = Vec::new();
            loop {
                let request = next.fetch_add(1, Ordering::Relaxed);
                if request >= requests {
                    return outcomes;
                }
                outcomes.push(ask(Turn { client, request }).await);
            }
        });
    }
    let mut race = Race {
        sent: requests,
        acknowledged: Vec::new(),
        refused: BTreeMap::new(),
        failed: Vec::new(),
    };
    while let Some(lane) = lanes.join_next().await {
        match lane {
            Ok(outcomes) => outcomes.into_iter().for_each(|outcome| race.count(outcome)),
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
    race
}

impl<V> Race<V> {
    fn count(&mut self, outcome: Outcome<V>) {
        match outcome {
            Outcome::Acknowledged(value) => self.acknowledged.push(value),
            Outcome::Refused(code) => *self.refused.entry(code).or_default() += 1,
            Outcome::Failed(reason) => self.failed.push(reason),
        }
    }

    /// Asserts that every request was either acknowledged or refused with one of `codes`, and that together they are what was sent.
    ///
    /// # Panics
    ///
    /// If not, with the whole count.
    pub fn assert_accounted(&self, codes: &[&str]) {
        let refused: usize = self.refused.values().sum();
        assert_eq!(
            self.acknowledged.len() + refused,
            self.sent,
            "acknowledged + refused = sent: {self}"
        );
        let strange = self
            .refused
            .keys()
            .find(|code| !codes.contains(&code.as_str()));
        assert_eq!(strange, None, "only {codes:?} may refuse: {self}");
    }
}

impl<V> fmt::Display for Race<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            sent,
            acknowledged,
            refused,
            failed,
        } = self;
        write!(
            f,
            "{sent} sent, {} acknowledged, refused {refused:?}, {} failed",
            acknowledged.len(),
            failed.len()
        )?;
        match failed.first() {
            Some(first) => write!(f, " (the first: {first})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use tokio::sync::Barrier;

    #[tokio::test(flavor = "multi_thread")]
    async fn each_request_is_sent_once_and_counted_once() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let asked = Arc::clone(&seen);
        let race = race(32, 1_000, move |turn| {
            let asked = Arc::clone(&asked);
            async move {
                asked.lock().unwrap().push(turn.request);
                tokio::task::yield_now().await;
                if turn.request % 10 == 0 {
                    Outcome::Acknowledged(turn.request)
                } else {
                    Outcome::Refused("STALE_VERSION".into())
                }
            }
        })
        .await;
        let mut seen = seen.lock().unwrap().clone();
        seen.sort_unstable();
        assert_eq!(seen, (0..1_000).collect::<Vec<_>>());
        assert_eq!(
            (race.acknowledged.len(), race.refused["STALE_VERSION"]),
            (100, 900)
        );
        race.assert_accounted(&["STALE_VERSION"]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn all_clients_are_at_it_at_once_and_never_more() {
        // Whoever comes waits for the others: with fewer than 8 at once the race would not end.
        let together = Arc::new(Barrier::new(8));
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let peak = Arc::clone(&most);
        let race = race(8, 64, move |turn| {
            let (together, now, most) =
                (Arc::clone(&together), Arc::clone(&now), Arc::clone(&most));
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                together.wait().await;
                now.fetch_sub(1, Ordering::SeqCst);
                Outcome::Acknowledged(turn.client)
            }
        })
        .await;
        race.assert_accounted(&[]);
        assert_eq!(peak.load(Ordering::SeqCst), 8);
    }

    async fn ends_with(outcome: Outcome<()>) -> Race<()> {
        race(2, 3, move |turn| {
            let outcome = outcome.clone();
            async move {
                if turn.request == 1 {
                    outcome
                } else {
                    Outcome::Acknowledged(())
                }
            }
        })
        .await
    }

    #[tokio::test]
    #[should_panic(
        expected = "3 sent, 2 acknowledged, refused {}, 1 failed (the first: connection reset)"
    )]
    async fn a_request_without_an_answer_is_not_accounted_for() {
        ends_with(Outcome::Failed("connection reset".into()))
            .await
            .assert_accounted(&["STALE_VERSION"]);
    }

    #[tokio::test]
    #[should_panic(expected = "only [\"STALE_VERSION\"] may refuse")]
    async fn a_refusal_for_another_reason_is_told() {
        ends_with(Outcome::Refused("UNAVAILABLE".into()))
            .await
            .assert_accounted(&["STALE_VERSION"]);
    }

    #[tokio::test]
    #[should_panic(expected = "the closure's own words")]
    async fn a_panic_of_a_client_is_the_races() {
        race(2, 3, |_| async move {
            panic!("the closure's own words") as Outcome<()>
        })
        .await;
    }
}
