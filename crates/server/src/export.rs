//! `kollegium export`: rubrics into a file, as a person sees them.

use crate::{
    cli::{self, Export},
    compose,
    config::Config,
    exit::{Exit, Failure},
    import::{failed, person},
    migrate, say,
};
use exchange::{ExportFormat, File};
use kit::{Lang, RubricId};
use std::{fmt::Write, path::Path};
use store::Store;

/// Lists what the format cannot carry; makes the file when that is nothing, or accepted.
pub(crate) async fn export(config: &Config, ask: &Export) -> Result<(), Failure> {
    let keys = compose::keys(config, false)?;
    let store = compose::open(config, compose::secret(&keys)).await?;
    migrate::current(&store).await?;
    let done = run(&store, ask).await;
    store.close().await;
    let (mut text, file) = done?;
    if let Some(file) = file {
        let path = ask.out.as_deref().unwrap_or(Path::new(&file.name));
        std::fs::write(path, &file.bytes)
            .map_err(|error| Failure::new(Exit::Failed, format!("{}: {error}", path.display())))?;
        let _ = write!(text, "{} is written.", path.display());
    } else {
        text.push_str("No file was made. Say --accept-losses to make it nevertheless.");
    }
    say(&text)
}

async fn run(store: &Store, ask: &Export) -> Result<(String, Option<File>), Failure> {
    let cx = person(store, &ask.person).await?;
    let missing = |id: &str| Failure::new(Exit::Failed, format!("{id}: no such rubric"));
    let ids = ask
        .rubrics
        .iter()
        .map(|id| id.parse().map_err(|_| missing(id)));
    let ids = ids.collect::<Result<Vec<RubricId>, Failure>>()?;
    let rubrics = exchange::outgoing(&cx, &ids)
        .await
        .map_err(|fault| failed(&fault))?;
    if let Some(id) = ids
        .iter()
        .find(|id| rubrics.iter().all(|rubric| rubric.id != **id))
    {
        return Err(missing(&id.to_string()));
    }
    let (format, lang) = (
        format(ask.format),
        if ask.english { Lang::En } else { Lang::Sv },
    );
    let losses = exchange::losses(&rubrics, format, lang);
    let mut text = String::new();
    for (rubric, loss) in &losses {
        let _ = writeln!(text, "{rubric} loses {}", loss.code());
    }
    let is_accepted = losses.is_empty() || ask.accept_losses;
    Ok((
        text,
        is_accepted.then(|| exchange::file(&rubrics, format, lang)),
    ))
}

const fn format(asked: cli::ExportFormat) -> ExportFormat {
    match asked {
        cli::ExportFormat::CanvasCsv => ExportFormat::CanvasCsv,
        cli::ExportFormat::CaseJson => ExportFormat::CaseJson,
        cli::ExportFormat::Html => ExportFormat::Html,
        cli::ExportFormat::KollegiumJson => ExportFormat::KollegiumJson,
        cli::ExportFormat::Markdown => ExportFormat::Markdown,
        cli::ExportFormat::Xlsx => ExportFormat::Xlsx,
    }
}
