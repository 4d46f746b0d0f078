//! `kollegium doctor`: what is wrong with this installation.

use crate::{
    compose,
    config::{Config, masked},
    exit::Failure,
    folder, migrate, say,
};

/// Looks at everything that `serve` needs, and changes nothing.
pub(crate) async fn doctor(config: &Config) -> Result<(), Failure> {
    say(&config.shown())?;
    compose::keys(config, false)?;
    folder::provable(&config.files.folder)?;
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
    let store = compose::open_schema(config).await?;
    let schema = migrate::current(&store).await;
    store.close().await;
    schema?;
    say(&format!(
        "all is well: the keys are there, files can be kept, {} answers and its schema is current",
        masked(url)
    ))
}
