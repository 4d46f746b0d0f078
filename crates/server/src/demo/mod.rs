//! `kollegium demo`: a municipality to try everything on, made once and found again.

mod make;
mod municipality;

use crate::{
    compose,
    config::{Config, MetricsConfig},
    exit::Failure,
    folder, migrate, say,
    serve::{Listeners, until_stopped},
};
use municipality::Municipality;
use std::fmt::Write as _;

/// The password of every demo sign-in. It protects nothing: the demo listens on this machine only.
const PASSWORD: &str = "en lugn stund i lärarrummet";

/// Makes the municipality when it is not there, says how to come in, and serves it on this machine.
pub(crate) async fn demo(config: &Config) -> Result<(), Failure> {
    let mut config = config.clone();
    if config.database.url == store::DbConfig::default().url {
        "sqlite:data/demo.db".clone_into(&mut config.database.url);
    }
    if config.metrics.listen == MetricsConfig::default().listen {
        // A second demo beside the first one is no reason to stop.
        config.metrics.listen.set_port(0);
    }
    let listeners = Listeners::bind(&config).await?;
    let keys = compose::keys(&config, true)?;
    folder::of_database(&config.database.url)?;
    let store = compose::open(&config, compose::secret(&keys)).await?;
    migrate::up(&store).await?;
    let public_url = config.http.public_url(listeners.http()?);
    let door = compose::api(&config, &store, keys, &public_url)?;
    let municipality = Municipality::read();
    make::make_once(&store, &door.identity, &municipality).await?;
    say(&welcome(&public_url, &municipality))?;
    until_stopped(&config, listeners, &store, door).await
}

fn welcome(url: &str, municipality: &Municipality) -> String {
    let mut text = format!(
        "\n{} is ready: a municipality to try Kollegium on.\n\n  GraphiQL   {url}/graphiql\n  API        {url}/graphql\n\n\
         Sign in as one of these (mutation signIn), all with the password\n\n  {PASSWORD}\n\n",
        municipality.organiser.name
    );
    for (address, role, person) in municipality.addresses() {
        writeln!(text, "  {address:<46} {role:<26} {}", person.name)
            .expect("a String takes what is written");
    }
    text.push_str("\nStop with Ctrl+C; the next start finds everything as you left it.\n");
    text
}
