//! Following one thing: what happened to it after a number the client knows, without a gap, until it is out of sight.

use crate::door::Renewal;
use futures_util::{Stream, stream};
use kit::{OrganiserId, Thing};
use std::{collections::VecDeque, sync::Arc};
use store::{Cx, Heard, Occurrence, replay};
use tokio::sync::broadcast::error::RecvError;

/// One step of following a thing.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Something happened to it.
    Happened(Arc<Occurrence>),
    /// The past that was asked for is no longer kept: read the thing anew.
    Resync,
    /// It is out of sight; nothing more will come.
    Gone,
}

/// Whether the actor of this context may still see the thing; asked again before every step.
pub(crate) type MaySee =
    Arc<dyn Fn(Cx) -> futures_util::future::BoxFuture<'static, bool> + Send + Sync>;

/// Behind which number of its own a subject is followed, and which number it has now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct After {
    /// What the client knows; it begins now when it names none.
    pub number: Option<i64>,
    /// The subject's number now.
    pub latest: i64,
}

struct Following {
    renewal: Renewal,
    organiser: OrganiserId,
    subject: Thing,
    viewer: Thing,
    may_see: MaySee,
    heard: Heard,
    backlog: VecDeque<Arc<Occurrence>>,
    /// Everything up to this number of the subject was passed on.
    reached: Option<i64>,
    /// The subject's number when following began.
    latest: i64,
    resync: bool,
    ended: bool,
}

/// Follows `subject`. The feed is heard first and the past read afterwards; what is met twice is dropped.
///
/// Without `after` it begins now. The stream ends when the thing is out of sight or the sign-in has ended.
pub(crate) async fn follow(
    cx: &Cx,
    renewal: Renewal,
    subject: Thing,
    after: After,
    may_see: MaySee,
) -> Result<impl Stream<Item = (Cx, Step)> + Send + use<>, store::Error> {
    let heard = cx.store().feed().listen();
    let mut following = Following {
        renewal,
        organiser: cx.organiser(),
        subject,
        viewer: cx.person().map_or(subject, Thing::from),
        may_see,
        heard,
        backlog: VecDeque::new(),
        reached: after.number,
        latest: after.latest,
        resync: false,
        ended: false,
    };
    if following.reached.is_some() {
        following.read_past(cx).await?;
    }
    Ok(stream::unfold(following, |mut following| async move {
        let step = following.next().await?;
        Some((step, following))
    }))
}

impl Following {
    async fn read_past(&mut self, cx: &Cx) -> Result<(), store::Error> {
        let Some(reached) = self.reached else {
            return Ok(());
        };
        match replay(cx, self.subject, reached).await? {
            // Nothing is kept of what lies between: the number alone tells that something was there.
            Some(past) if past.is_empty() && reached < self.latest => self.resync = true,
            Some(past) => self.backlog.extend(past.into_iter().map(Arc::new)),
            None => self.resync = true,
        }
        Ok(())
    }

    async fn next(&mut self) -> Option<(Cx, Step)> {
        if self.ended {
            return None;
        }
        loop {
            let happened = if self.resync {
                None
            } else if let Some(happened) = self.backlog.pop_front() {
                Some(happened)
            } else {
                match self.heard.recv().await {
                    Ok(happened) => Some(happened),
                    Err(RecvError::Lagged(_)) => {
                        let cx = self.renewal.cx().await.ok()?;
                        match self.reached {
                            Some(_) => self.read_past(&cx).await.ok()?,
                            None => self.resync = true,
                        }
                        continue;
                    }
                    Err(RecvError::Closed) => return None,
                }
            };
            let concerns_me = happened.as_ref().is_none_or(|happened| {
                happened.organiser == self.organiser
                    && (happened.subject == self.subject || happened.subject == self.viewer)
            });
            if !concerns_me {
                continue;
            }
            // Who asks may have lost a role since: the actor is loaded anew and sight is asked for again.
            let cx = self.renewal.cx().await.ok()?;
            if !(self.may_see)(cx.clone()).await {
                self.ended = true;
                return Some((cx, Step::Gone));
            }
            match happened {
                None => {
                    self.resync = false;
                    self.reached = None;
                    return Some((cx, Step::Resync));
                }
                Some(happened) if happened.subject == self.subject && self.is_new(&happened) => {
                    self.reached = happened.n.or(self.reached);
                    return Some((cx, Step::Happened(happened)));
                }
                Some(_) => {}
            }
        }
    }

    /// What has no number is nothing that a client follows; it only makes that sight is asked for again.
    fn is_new(&self, happened: &Occurrence) -> bool {
        happened
            .n
            .is_some_and(|n| self.reached.is_none_or(|reached| n > reached))
    }
}
