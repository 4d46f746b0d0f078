//! Keeping a changed rubric: its row, who sees it, how it is found, and who lost sight of it.

use crate::{
    Content, Error, Listing, Rubric, Scope, events::RubricGone, find, list::facet,
    policy::audiences, sql,
};
use store::{
    Tx,
    search::{self, Entry},
};

/// How much of a rubric's text is searched. PostgreSQL holds at most 1 MiB of words of one thing, and hyphens make three words of two.
const SEARCHED_BYTES_MAX: usize = 256 * 1024;

/// Keeps `rubric`, which was `before`, and tells whoever lost sight of it.
pub(crate) async fn keep(tx: &Tx, before: &Rubric, rubric: &mut Rubric) -> Result<(), Error> {
    rubric.version += 1;
    rubric.updated_at = tx.now;
    let (had, has) = (audiences(before), audiences(rubric));
    let lost: Vec<String> = had.difference(&has).map(ToString::to_string).collect();
    let gone = (!lost.is_empty()).then(|| RubricGone {
        rubric: rubric.id,
        n: rubric.tell(),
        audiences: lost,
    });
    sql::update(tx, rubric).await?;
    if had != has || before.at() != rubric.at() {
        records::set(tx, rubric.id, rubric.at(), &has).await?;
    }
    if let Some(gone) = gone {
        tx.emit(&gone);
    }
    Ok(())
}

/// Makes a rubric findable by what it says to those who may see it: what others use, or else what its authors work on.
pub(crate) async fn make_findable(
    tx: &Tx,
    rubric: &Rubric,
    content: &Content,
) -> Result<(), Error> {
    let title = [content.head.title.sv(), content.head.title.en()]
        .into_iter()
        .flatten()
        .map(kit::Text::as_str);
    let title = title.collect::<Vec<_>>().join(" ");
    let mut body = String::new();
    content.texts(|_, text| {
        if body.len() + text.len() < SEARCHED_BYTES_MAX {
            body.push_str(text);
            body.push('\n');
        }
    });
    let entry = Entry {
        thing: rubric.id.into(),
        at: rubric.at(),
        title,
        body,
        facets: facets(rubric, content),
    };
    Ok(search::put(tx, &entry).await?)
}

/// As [`make_findable`], when the rubric changed and what it says did not.
pub(crate) async fn refresh(tx: &Tx, rubric: &Rubric) -> Result<(), Error> {
    let Some(shown) = rubric.shown() else {
        return Ok(());
    };
    let version = find::find_version(tx, shown).await?;
    make_findable(tx, rubric, &version.content).await
}

/// What filters go by.
fn facets(rubric: &Rubric, content: &Content) -> Vec<String> {
    let mut facets = vec![
        facet("kind", content.head.kind.code()),
        facet("published", rubric.current.is_some()),
        facet("scope", rubric.scope.kind().code()),
        facet("state", Listing::of(rubric).code()),
        facet("unit", rubric.unit),
    ];
    facets.extend(rubric.authors.iter().map(|author| facet("author", author)));
    let teams = rubric.author_teams.iter();
    facets.extend(teams.map(|team| facet("author", team)));
    facets.extend(
        content
            .subjects()
            .into_iter()
            .map(|code| facet("subject", code)),
    );
    facets.extend(content.years().into_iter().map(|code| facet("year", code)));
    facets.extend(
        content
            .head
            .school_forms
            .iter()
            .map(|code| facet("form", code)),
    );
    facets.extend(
        content
            .strategies()
            .into_iter()
            .map(|code| facet("strategy", code)),
    );
    if let Scope::Team(team) = rubric.scope {
        facets.push(facet("team", team));
    }
    facets
}
