//! The catalogue as a list: filtered, newest first or best match first.

use super::{Licence, OpenRubric, shown, sql, table::item};
use crate::{Code, Content, Error, RubricKind, keep, list::facet};
use kit::{Key, Listed, OpenRubricId, Page, Position};
use sea_orm::sea_query::Query;
use std::collections::HashMap;
use store::{
    Cx, Tx,
    search::{
        Hit, Order, Words,
        open::{self, Entry, Scan},
    },
};
use uuid::Uuid;

/// What to look for. Of one field's values one must hold; every field that has values must.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpenFilter {
    /// About one of these subjects.
    pub subjects: Vec<Code>,
    /// For one of these years.
    pub years: Vec<Code>,
    /// For one of these school forms.
    pub school_forms: Vec<Code>,
    /// Serving one of these key strategies.
    pub strategies: Vec<Code>,
    /// Built in one of these ways.
    pub kinds: Vec<RubricKind>,
    /// Under one of these licences.
    pub licences: Vec<Licence>,
}

impl OpenFilter {
    fn facets(&self) -> Vec<Vec<String>> {
        let codes = |name: &str, codes: &[Code]| {
            let codes = codes.iter();
            codes.map(|code| facet(name, code)).collect::<Vec<_>>()
        };
        let kinds = self.kinds.iter().map(|kind| facet("kind", kind.code()));
        let licences = self.licences.iter();
        let licences = licences.map(|licence| facet("licence", licence.code()));
        let mut groups = vec![
            codes("subject", &self.subjects),
            codes("year", &self.years),
            codes("form", &self.school_forms),
            codes("strategy", &self.strategies),
            kinds.collect(),
            licences.collect(),
        ];
        groups.retain(|group| !group.is_empty());
        groups
    }
}

/// What the actor is shown of the catalogue: with words the best match first, without them the newest first. As many statements however many there are.
///
/// # Errors
///
/// Those of the database.
pub async fn list_open(
    cx: &Cx,
    words: Option<&Words>,
    filter: &OpenFilter,
    page: &Page,
) -> Result<Listed<OpenRubric>, Error> {
    let mut rows = Query::select();
    rows.from(item::Entity).cond_where(shown::shown(cx));
    let scan = Scan {
        shown: rows,
        id: item::Column::Id,
        at: item::Column::PublishedAt,
        words,
        order: Order::Best,
        facets: &filter.facets(),
        after: hit(page),
        limit: page.first.and_one(),
    };
    let mut hits = open::find(cx, scan).await?;
    let more = hits.len() > page.first.get();
    hits.truncate(page.first.get());
    let ids: Vec<OpenRubricId> = hits.iter().map(|hit| hit.thing_id.into()).collect();
    let found = sql::items(cx, &ids, shown::shown(cx)).await?;
    let mut found: HashMap<Uuid, OpenRubric> = found
        .into_iter()
        .map(|open| (open.id.uuid(), open))
        .collect();
    let place = |hit: &Hit| Position {
        key: match words {
            Some(_) => Key::Rank(hit.rank, hit.at),
            None => Key::At(hit.at),
        },
        id: hit.thing_id,
    };
    let items = hits.iter();
    let items = items.filter_map(|hit| Some((place(hit), found.remove(&hit.thing_id)?)));
    Ok(Listed {
        items: items.collect(),
        more,
    })
}

fn hit(page: &Page) -> Option<Hit> {
    let Position { key, id } = page.after.as_ref()?;
    let (rank, at) = match key {
        Key::At(at) => (0, *at),
        Key::Rank(rank, at) => (*rank, *at),
        Key::Name(_) | Key::Place(_) => return None,
    };
    Some(Hit {
        thing_id: *id,
        at,
        rank,
    })
}

/// Makes an item findable by what its version says.
pub(crate) async fn make_findable(
    tx: &Tx,
    id: OpenRubricId,
    content: &Content,
    licence: Licence,
) -> Result<(), Error> {
    let (title, body) = keep::searched(content);
    let mut facets = keep::about(content);
    facets.push(facet("licence", licence.code()));
    let entry = Entry {
        thing: id.uuid(),
        title,
        body,
        facets,
    };
    Ok(open::put(tx, &entry).await?)
}
