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
    let (title, body) = searched(content);
    let entry = Entry {
        thing: rubric.id.into(),
        at: rubric.at(),
        title,
        body,
        facets: facets(rubric, content),
    };
    Ok(search::put(tx, &entry).await?)
}

/// What a content is found by: what it is called, and everything else that it says.
pub(crate) fn searched(content: &Content) -> (String, String) {
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
    (title, body)
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
    let mut facets = about(content);
    facets.extend([
        facet("published", rubric.current.is_some()),
        facet("scope", rubric.scope.kind().code()),
        facet("state", Listing::of(rubric).code()),
        facet("unit", rubric.unit),
    ]);
    facets.extend(rubric.authors.iter().map(|author| facet("author", author)));
    let teams = rubric.author_teams.iter();
    facets.extend(teams.map(|team| facet("author", team)));
    if let Scope::Team(team) = rubric.scope {
        facets.push(facet("team", team));
    }
    facets
}

/// What a content is about, wherever it is listed.
pub(crate) fn about(content: &Content) -> Vec<String> {
    let subjects = content.subjects().into_iter();
    let subjects = subjects.map(|code| facet("subject", code));
    let years = content.years().into_iter().map(|code| facet("year", code));
    let forms = content.head.school_forms.iter();
    let forms = forms.map(|code| facet("form", code));
    let strategies = content.strategies().into_iter();
    let strategies = strategies.map(|code| facet("strategy", code));
    std::iter::once(facet("kind", content.head.kind.code()))
        .chain(subjects)
        .chain(years)
        .chain(forms)
        .chain(strategies)
        .collect()
}
