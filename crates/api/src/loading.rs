//! When the loaders of a request read: once it can go no further without what they were asked for, and in the request's own task.
//!
//! `async-graphql` would wait a millisecond after the first ask. That is a millisecond per level for every request, and on a busy machine
//! the bell rings before a hundred rows have asked: one statement becomes several, the more rows the more.

use async_graphql::runtime::Timer;
use futures_util::{
    FutureExt, Stream, StreamExt,
    future::{BoxFuture, ready},
    stream::{self, FuturesUnordered},
    task::{AtomicWaker, FutureObj, Spawn, SpawnError},
};
use std::{
    future::Future,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

/// What the loaders of one request are about to read.
#[derive(Clone, Default)]
pub(crate) struct Loading(Arc<Mutex<Vec<FutureObj<'static, ()>>>>);

impl Spawn for Loading {
    fn spawn_obj(&self, read: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        self.waiting().push(read);
        Ok(())
    }
}

/// Rings at once: a read begins when it is first looked at, and that is after everybody has asked.
pub(crate) struct AtOnce;

impl Timer for AtOnce {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        ready(()).boxed()
    }
}

/// Whether the work asked to be looked at again while it was looked at: many futures take turns so, and have not all asked yet.
#[derive(Default)]
struct Turn {
    task: AtomicWaker,
    is_given_back: AtomicBool,
}

impl Wake for Turn {
    fn wake(self: Arc<Self>) {
        self.is_given_back.store(true, Ordering::Release);
        self.task.wake();
    }
}

impl Loading {
    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<FutureObj<'static, ()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The request's work, with the reads that it waits for.
    pub(crate) fn within<T: Send>(
        self,
        work: impl Future<Output = T> + Send,
    ) -> impl Future<Output = Option<T>> + Send {
        let mut answers = Box::pin(self.within_each(stream::once(work)));
        async move { answers.next().await }
    }

    /// As [`Loading::within`], for a subscription.
    pub(crate) fn within_each<T>(
        self,
        work: impl Stream<Item = T> + Send,
    ) -> impl Stream<Item = T> + Send {
        let mut work = Box::pin(work);
        let mut reads = FuturesUnordered::new();
        let turn = Arc::new(Turn::default());
        let waker = Waker::from(turn.clone());
        stream::poll_fn(move |task| {
            turn.task.register(task.waker());
            loop {
                turn.is_given_back.store(false, Ordering::Release);
                let mut own = Context::from_waker(&waker);
                if let Poll::Ready(answer) = work.as_mut().poll_next(&mut own) {
                    return Poll::Ready(answer);
                }
                // It can still go further when it asked to be polled again, or when a read is under way: what follows from several reads is asked for together.
                if reads.is_empty() && !turn.is_given_back.load(Ordering::Acquire) {
                    reads.extend(std::mem::take(&mut *self.waiting()));
                }
                let mut was_read = false;
                while let Poll::Ready(Some(())) = reads.poll_next_unpin(task) {
                    was_read = true;
                }
                if !was_read {
                    return Poll::Pending;
                }
            }
        })
    }
}
