//! The sockets: takes connections and answers what is asked on them.
//!
//! Each connection has a thread of its own, so that a slow browser, or one with
//! an open event stream, holds up nobody. There are fewer of them than the
//! system lets the program open files; whoever comes then is told to come back.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::serve::Desk;
use crate::serve::answer::{answer, crashed, day_set};
use crate::serve::events;
use crate::serve::http::{Connection, Refusal, Request};
use crate::serve::limits;

/// How long to wait before taking connections again when the system has no room for them.
const RECOVERY: Duration = Duration::from_millis(50);
/// How many may be told at once that there is no room; others hear nothing.
const TURNED_AWAY: usize = 8;

/// Listens and answers.
pub(super) struct Server {
    listener: TcpListener,
    stopped: Arc<AtomicBool>,
    taken: Arc<AtomicUsize>,
    /// How many connections there may be.
    most: usize,
    allowed: Arc<[IpAddr]>,
    /// Where it can be asked from this machine.
    address: SocketAddr,
}

impl Server {
    /// Answers at the listener. Others than this machine may ask by the allowed addresses.
    pub(super) fn new(listener: TcpListener, allowed: Vec<IpAddr>) -> io::Result<Self> {
        let address = from_here(listener.local_addr()?);
        Ok(Server {
            listener,
            stopped: Arc::default(),
            taken: Arc::default(),
            most: limits::connections(),
            allowed: allowed.into(),
            address,
        })
    }

    /// Answers requests until it is stopped.
    pub(super) fn run(&self, desk: &Desk) {
        while !self.stopped.load(Ordering::SeqCst) {
            match self.listener.accept() {
                Ok((stream, _)) => self.hand_over(stream, desk),
                Err(_) => thread::sleep(RECOVERY),
            }
        }
    }

    /// Ends [`Server::run`].
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        // It waits for a connection.
        drop(TcpStream::connect(self.address));
    }

    fn hand_over(&self, stream: TcpStream, desk: &Desk) {
        let place = Place::take(&self.taken);
        let is_full = place.number > self.most;
        if place.number > self.most + TURNED_AWAY {
            return;
        }
        let stopped = Arc::clone(&self.stopped);
        let (desk, allowed) = (desk.clone(), Arc::clone(&self.allowed));
        let converse = move || {
            let _place = place;
            let Ok(connection) = Connection::new(stream) else { return };
            // A browser that went away is no fault.
            let _ = match is_full {
                true => connection.refuse(Refusal::Busy),
                false => serve(connection, &desk, &allowed, &stopped),
            };
        };
        // Without a thread the connection ends, and the browser tries again.
        let _ = thread::Builder::new().name("mingbai-request".to_owned()).spawn(converse);
    }
}

/// Where this machine reaches what it listens on.
fn from_here(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        ip if !ip.is_unspecified() => address,
        IpAddr::V4(_) => (Ipv4Addr::LOCALHOST, address.port()).into(),
        IpAddr::V6(_) => (Ipv6Addr::LOCALHOST, address.port()).into(),
    }
}

/// One connection of those there may be; it is free again when this is dropped.
struct Place {
    taken: Arc<AtomicUsize>,
    number: usize,
}

impl Place {
    fn take(taken: &Arc<AtomicUsize>) -> Self {
        let number = taken.fetch_add(1, Ordering::SeqCst) + 1;
        Place { taken: Arc::clone(taken), number }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.taken.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Answers one request after another until the browser has enough.
fn serve(mut connection: Connection, desk: &Desk, allowed: &[IpAddr], stopped: &AtomicBool) -> io::Result<()> {
    while let Some(request) = connection.next()? {
        let request = match request {
            Ok(request) if !stopped.load(Ordering::SeqCst) => request,
            Ok(_) => return Ok(()),
            Err(refusal) => return connection.refuse(refusal),
        };
        if !reply(&mut connection, &request, desk, allowed)? {
            return Ok(());
        }
    }
    Ok(())
}

/// Answers one request. Tells whether another may follow.
fn reply(connection: &mut Connection, request: &Request, desk: &Desk, allowed: &[IpAddr]) -> io::Result<bool> {
    let (state, asked) = (&desk.state, &request.asked);
    if let Some(refusal) = asked.refusal(allowed) {
        return connection.answer(request, &refusal);
    }
    if asked.wants_events() {
        events::stream(connection.writer(), state)?;
        return Ok(request.keeps);
    }
    if let Some(day) = asked.wants_day() {
        let set = |day| desk.builder().set_day(day);
        let answer = day.map_or_else(|answer| answer, |day| day_set(&state.current(), set(day)));
        return connection.answer(request, &answer);
    }
    // Whoever asks what was found waits until that is known: an answer before would say that nothing is wrong.
    let current = if asked.wants_findings() { state.reported() } else { state.current() };
    let answer = guarded(|| answer(&current, asked), || crashed(&current));
    connection.answer(request, &answer)
}

/// What `make` gives, or what `otherwise` gives if it panics: a bug in one page
/// does not end the preview.
fn guarded<T>(make: impl FnOnce() -> T, otherwise: impl FnOnce() -> T) -> T {
    panic::catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| otherwise())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_answer() {
        assert_eq!(guarded(|| panic!("a page that fails"), || 500), 500);
        assert_eq!(guarded(|| 200, || 500), 200);
    }

    #[test]
    fn places_are_given_back() {
        let taken = Arc::default();
        let places: Vec<Place> = (0..3).map(|_| Place::take(&taken)).collect();
        assert_eq!(places.iter().map(|place| place.number).collect::<Vec<_>>(), [1, 2, 3]);
        drop(places);
        assert_eq!(taken.load(Ordering::SeqCst), 0);
    }
}
