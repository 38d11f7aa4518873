//! Keeps tiny_http from forgetting a connection.
//!
//! tiny_http 0.12 gives connections to a pool of threads. When several arrive at
//! once it can count one idle thread twice: a connection then waits in its queue
//! until some other connection ends, which with browsers takes minutes. A
//! connection that ends at once makes the pool look at its queue. So shortly
//! after each request, and now and then without one, such a connection is made.

use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

/// How long after a request: browsers open connections in bursts.
const AFTER: Duration = Duration::from_millis(20);
/// How often without a request.
const IDLE: Duration = Duration::from_secs(1);

/// Asks for a connection to be made.
pub(super) struct Nudge(SyncSender<()>);

/// Makes the connections.
pub(super) struct Nudger {
    asked: Receiver<()>,
    address: SocketAddr,
}

/// Both ends, for a server at an address.
pub(super) fn pair(address: SocketAddr) -> (Nudge, Nudger) {
    let (sender, asked) = mpsc::sync_channel(1);
    (Nudge(sender), Nudger { asked, address })
}

impl Nudge {
    /// Asks; several in a short time are one.
    pub(super) fn ask(&self) {
        let _ = self.0.try_send(());
    }
}

impl Nudger {
    /// Makes connections until nobody can ask any more: one soon after a
    /// request, because each frees one that waits, then fewer and fewer.
    pub(super) fn run(self) {
        let mut pause = IDLE;
        let mut due = Instant::now() + pause;
        loop {
            match self.asked.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(()) if pause > AFTER => {
                    pause = AFTER;
                    due = due.min(Instant::now() + pause);
                }
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => {
                    drop(TcpStream::connect(self.address));
                    pause = (pause * 2).min(IDLE);
                    due = Instant::now() + pause;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}
