//! Talk on both databases: said, answered, edited, removed, settled, forgotten, and who is told.

mod forgetting;
mod reading;
mod refusals;
mod saying;
mod waiting;

use super::*;
use crate::{
    Error, Rubric, Scope,
    world::{self, ANNA, BO, anna, bo, cilla, code, school, stranger, team, write},
};
use kit::{Actor, Page, PersonId, RubricCommentId, RubricId, Text};
use store::Tx;
use testkit::{TestDb, id, on_both};

fn text(words: &str) -> CommentText {
    Text::parse(words).unwrap()
}

/// A comment on a rubric as a whole.
fn on(number: u128, rubric: RubricId, words: &str) -> CommentOn {
    CommentOn {
        id: id(number),
        rubric,
        version: None,
        criterion: None,
        reply_to: None,
        text: text(words),
        mentions: Vec::new(),
    }
}

fn reply(number: u128, to: &Said, words: &str) -> CommentOn {
    CommentOn {
        reply_to: Some(to.comment.id),
        ..on(number, to.comment.rubric, words)
    }
}

async fn said(db: &TestDb, who: Actor, ask: &CommentOn) -> Result<Said, Error> {
    db.clock.pass(chrono::TimeDelta::seconds(1));
    write(db, who, async |tx: &Tx| comment_on(tx, ask).await).await
}

async fn removed(db: &TestDb, who: Actor, comment: RubricCommentId) -> Result<Rubric, Error> {
    let ask = RemoveComment { comment };
    write(db, who, async |tx: &Tx| remove_comment(tx, &ask).await).await
}

async fn edited(db: &TestDb, who: Actor, of: &Said, words: &str) -> Result<Said, Error> {
    db.clock.pass(chrono::TimeDelta::seconds(1));
    let ask = EditComment {
        comment: of.comment.id,
        revision: of.comment.revision,
        text: text(words),
        mentions: of.comment.mentions.clone(),
    };
    write(db, who, async |tx: &Tx| edit_comment(tx, &ask).await).await
}

async fn settled(
    db: &TestDb,
    who: Actor,
    comment: RubricCommentId,
    resolved: bool,
) -> Result<Said, Error> {
    let ask = ResolveThread { comment, resolved };
    write(db, who, async |tx: &Tx| resolve_thread(tx, &ask).await).await
}

fn all() -> Page {
    Page::first(100).unwrap()
}

/// What begins the threads that somebody reads, newest first, each with what stands under it.
async fn reads(
    db: &TestDb,
    who: Actor,
    rubric: RubricId,
    filter: ThreadFilter,
) -> Vec<(Comment, Vec<Comment>)> {
    let cx = db.cx(who);
    let mut begun = threads(&cx, &[rubric], filter, &all()).await.unwrap();
    let begun = begun
        .remove(&rubric)
        .into_iter()
        .flat_map(|list| list.items);
    let mut read = Vec::new();
    for (_, said) in begun {
        let key = (rubric, said.comment.id);
        let mut under = replies(&cx, &[key], &all()).await.unwrap();
        let under = under.remove(&key).into_iter().flat_map(|list| list.items);
        read.push((said.comment, under.map(|(_, said)| said.comment).collect()));
    }
    read
}

/// The same by their words; a placeholder says nothing.
async fn hears(db: &TestDb, who: Actor, rubric: RubricId) -> Vec<String> {
    let words = |comment: &Comment| comment.text.as_deref().unwrap_or("-").to_owned();
    let read = reads(db, who, rubric, ThreadFilter::default()).await;
    let read = read.iter().flat_map(|(begins, under)| {
        let under = under.iter().map(|reply| format!("> {}", words(reply)));
        std::iter::once(words(begins))
            .chain(under)
            .collect::<Vec<_>>()
    });
    read.collect()
}
