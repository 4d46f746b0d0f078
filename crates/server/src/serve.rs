//! `kollegium serve`: from nothing to serving, and back to nothing.

use crate::{
    compose::{self, Doorway},
    config::{Config, masked, ms},
    exit::{Exit, Failure},
    folder,
    http::{self, Patience, Readiness, Served},
    listen, migrate, upkeep,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use store::{Ids, Store};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    time::{sleep, timeout},
};

/// The addresses of a server, taken before anything else is begun.
#[derive(Debug)]
pub(crate) struct Listeners {
    http: TcpListener,
    metrics: TcpListener,
}

impl Listeners {
    pub(crate) async fn bind(config: &Config) -> Result<Self, Failure> {
        Ok(Self {
            http: listen::bind(config.http.listen, "http.listen").await?,
            metrics: listen::bind(config.metrics.listen, "metrics.listen").await?,
        })
    }

    /// Where the API is really listened for: the port that the system chose, if the configuration left it to it.
    pub(crate) fn http(&self) -> Result<SocketAddr, Failure> {
        self.http
            .local_addr()
            .map_err(|error| Failure::new(Exit::Address, error))
    }
}

/// Serves the API until SIGTERM or SIGINT. Nothing is made before everything that can be refused was.
pub(crate) async fn serve(config: &Config, migrate: bool) -> Result<(), Failure> {
    let listeners = Listeners::bind(config).await?;
    let keys = compose::keys(config, true)?;
    if migrate {
        folder::of_database(&config.database.url)?;
    } else {
        let url = &config.database.url;
        if let Some(file) = folder::sqlite_file(url).filter(|file| !file.exists()) {
            return Err(Failure::database(
                url,
                format!(
                    "there is no file {}; `kollegium migrate` makes it",
                    file.display()
                ),
            ));
        }
    }
    let store = compose::open(config, compose::secret(&keys)).await?;
    if migrate {
        migrate::up(&store).await?;
    }
    migrate::current(&store).await?;
    let public_url = config.http.public_url(listeners.http()?);
    let door = compose::api(config, &store, keys, &public_url)?;
    until_stopped(config, listeners, &store, door).await
}

/// Serves `door` on addresses already taken, with the store's feed and work, until SIGTERM or SIGINT; then closes the store.
pub(crate) async fn until_stopped(
    config: &Config,
    listeners: Listeners,
    store: &Store,
    door: Doorway,
) -> Result<(), Failure> {
    let failed = |what: &str| {
        let what = what.to_owned();
        move |error: std::io::Error| Failure::new(Exit::Failed, format!("{what}: {error}"))
    };
    let mut term = signal(SignalKind::terminate()).map_err(failed("SIGTERM cannot be heard"))?;
    let mut interrupt =
        signal(SignalKind::interrupt()).map_err(failed("SIGINT cannot be heard"))?;
    let address = listeners.http()?;
    let metrics_address = listeners
        .metrics
        .local_addr()
        .map_err(failed("metrics.listen"))?;
    let figures = figures()?;

    let mut tasks = store
        .start_feed()
        .await
        .map_err(|error| Failure::database(&config.database.url, error))?;
    tasks.push(store.start_work());
    let upkeep = upkeep::hourly(store.clone(), door.identity.clone(), door.shelf.clone());
    tasks.push(tokio::spawn(upkeep));
    tasks.push(tokio::spawn(keep_up(figures.clone())));
    let api = door.api.clone();
    tasks.push(tokio::spawn(async move { api.keep_actors_fresh().await }));

    let (notice, noticed) = watch::channel(false);
    let (stop, stopped) = watch::channel(false);
    let config_http = Arc::new(config.http.clone());
    let identity = door.identity.clone();
    let served = Served {
        door,
        http: config_http.clone(),
        public_url: config.http.public_url(address).into(),
        files: Arc::new(config.files.clone()),
        body_bytes_max: config.limits.body_bytes_max,
        readiness: Readiness::new(store.clone(), noticed),
        patience: Patience::default(),
        jwks: Arc::new(move || identity.keys.jwks().to_string()),
        ids: Ids::system(),
    };
    let metrics = http::metrics(move || figures.render());
    let api = tokio::spawn(listen::serve(
        listeners.http,
        http::router(served),
        config_http.clone(),
        stopped.clone(),
    ));
    let metrics = tokio::spawn(listen::serve(
        listeners.metrics,
        metrics,
        config_http,
        stopped,
    ));
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        address = %address,
        metrics = %metrics_address,
        database = masked(&config.database.url),
        "serving"
    );

    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping: not ready any more");
    let _ = notice.send(true);
    let finish = async {
        sleep(ms(config.http.notice_ms)).await;
        let _ = stop.send(true);
        let _ = tokio::join!(api, metrics);
    };
    tokio::select! {
        () = finish => {}
        // Whoever asks twice is in a hurry.
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
    for task in tasks {
        task.abort();
    }
    if timeout(ms(config.http.drain_ms_max), store.close())
        .await
        .is_err()
    {
        tracing::warn!("the database was not closed in time");
    }
    tracing::info!("stopped");
    Ok(())
}

/// The figures of this process.
fn figures() -> Result<PrometheusHandle, Failure> {
    const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];
    PrometheusBuilder::new()
        .set_buckets(&SECONDS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|error| Failure::new(Exit::Failed, format!("no metrics: {error}")))
}

/// Folds old samples together, so that figures take bounded memory.
async fn keep_up(figures: PrometheusHandle) {
    loop {
        sleep(Duration::from_secs(5)).await;
        figures.run_upkeep();
    }
}
