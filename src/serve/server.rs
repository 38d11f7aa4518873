//! The sockets: takes requests and sends answers. The only user of tiny_http.
//!
//! Each request has a thread of its own, up to a limit, so that a slow browser,
//! or one that asks for more while its event stream is open, holds up nobody. A
//! browser that takes nothing for a while is dropped by the system's timeout.

use std::io::{self, Cursor};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::net::sockopt::{self, Timeout};
use tiny_http::{Header, Request, Response, StatusCode};

use crate::serve::Desk;
use crate::serve::answer::{Answer, Asked, answer, crashed, day_set};
use crate::serve::events;
use crate::serve::guard;
use crate::serve::nudge::{self, Nudge};

/// How many requests are answered at a time.
const REQUESTS: usize = 512;
/// How long a browser may take nothing.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait before listening again when the system is out of sockets.
const RECOVERY: Duration = Duration::from_millis(200);

/// Listens and answers.
pub(super) struct Server {
    listener: TcpListener,
    http: Mutex<Arc<tiny_http::Server>>,
    stopped: AtomicBool,
    slots: Arc<Slots>,
    nudge: Nudge,
    allowed: Arc<[IpAddr]>,
    /// Where it can be asked.
    address: SocketAddr,
}

impl Server {
    /// Answers at the listener. Others than this machine may ask by the allowed addresses.
    pub(super) fn new(listener: TcpListener, allowed: Vec<IpAddr>) -> io::Result<Self> {
        // Connections inherit these; nothing else can set them, because tiny_http keeps them.
        sockopt::set_socket_timeout(&listener, Timeout::Send, Some(PATIENCE))?;
        // Without this the end of an answer waits up to 40 ms for the browser to confirm its beginning.
        sockopt::set_tcp_nodelay(&listener, true)?;
        guard::raise_limit();
        let address = nudged(listener.local_addr()?);
        let (nudge, nudger) = nudge::pair(address);
        thread::Builder::new().name("mingbai-nudge".to_owned()).spawn(move || nudger.run())?;
        let http = Mutex::new(Arc::new(open(&listener)?));
        Ok(Server {
            listener,
            http,
            stopped: AtomicBool::new(false),
            slots: Arc::default(),
            nudge,
            allowed: allowed.into(),
            address,
        })
    }

    /// Answers requests until it is stopped.
    pub(super) fn run(&self, desk: &Desk) {
        while !self.stopped.load(Ordering::SeqCst) {
            let http = Arc::clone(&self.http.lock().unwrap_or_else(PoisonError::into_inner));
            match http.recv() {
                Ok(request) => self.hand_over(request, desk),
                Err(_) if self.stopped.load(Ordering::SeqCst) => return,
                // tiny_http gives up for good when a connection cannot be taken, as when files run out.
                Err(_) => self.reopen(),
            }
        }
    }

    /// Listens anew if nobody answers any more.
    pub(super) fn look_after(&self) {
        // One question can be left waiting, as any connection can; the next one then is not.
        if !self.stopped.load(Ordering::SeqCst) && (0..2).all(|_| !guard::answers(self.address)) {
            self.http.lock().unwrap_or_else(PoisonError::into_inner).unblock();
        }
    }

    /// Ends [`Server::run`].
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.http.lock().unwrap_or_else(PoisonError::into_inner).unblock();
    }

    fn hand_over(&self, request: Request, desk: &Desk) {
        self.nudge.ask();
        let slot = Slots::take(&self.slots);
        let (desk, allowed) = (desk.clone(), Arc::clone(&self.allowed));
        // Without a thread the request is dropped, and tiny_http answers with 500.
        let _ = thread::Builder::new().name("mingbai-request".to_owned()).spawn(move || {
            let _slot = slot;
            // A browser that went away is no fault.
            let _ = reply(request, &desk, &allowed);
        });
    }

    fn reopen(&self) {
        while !self.stopped.load(Ordering::SeqCst) {
            thread::sleep(RECOVERY);
            if let Ok(http) = open(&self.listener) {
                *self.http.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(http);
                return;
            }
        }
    }
}

/// Where this machine reaches what it listens on.
fn nudged(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        ip if !ip.is_unspecified() => address,
        IpAddr::V4(_) => (Ipv4Addr::LOCALHOST, address.port()).into(),
        IpAddr::V6(_) => (Ipv6Addr::LOCALHOST, address.port()).into(),
    }
}

fn open(listener: &TcpListener) -> io::Result<tiny_http::Server> {
    tiny_http::Server::from_listener(listener.try_clone()?, None).map_err(io::Error::other)
}

/// Places for requests that are being answered.
#[derive(Default)]
struct Slots {
    taken: Mutex<usize>,
    freed: Condvar,
}

/// One place; it is free again when this is dropped.
struct Slot(Arc<Slots>);

impl Slots {
    /// Waits for a place.
    fn take(slots: &Arc<Slots>) -> Slot {
        let mut taken = slots.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken >= REQUESTS {
            taken = slots.freed.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += 1;
        Slot(Arc::clone(slots))
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        *self.0.taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.freed.notify_one();
    }
}

fn reply(request: Request, desk: &Desk, allowed: &[IpAddr]) -> io::Result<()> {
    let state = &desk.state;
    let asked = asked(&request);
    if let Some(refusal) = asked.refusal(allowed) {
        return request.respond(response(refusal));
    }
    if asked.wants_events() {
        return events::stream(&mut request.into_writer(), state);
    }
    if let Some(day) = asked.wants_day() {
        let set = |day| desk.builder().set_day(day);
        return request.respond(response(day.map_or_else(|answer| answer, |day| day_set(&state.current(), set(day)))));
    }
    let current = state.current();
    let answer = guarded(|| answer(&current, &asked), || crashed(&current));
    request.respond(response(answer))
}

/// What `make` gives, or what `otherwise` gives if it panics: a bug in one page
/// does not end the preview.
fn guarded<T>(make: impl FnOnce() -> T, otherwise: impl FnOnce() -> T) -> T {
    panic::catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| otherwise())
}

fn asked(request: &Request) -> Asked {
    let hosts = request.headers().iter().filter(|header| header.field.equiv("Host"));
    Asked {
        method: request.method().as_str().to_owned(),
        target: request.url().to_owned(),
        hosts: hosts.map(|header| header.value.as_str().to_owned()).collect(),
        is_from_elsewhere: request
            .headers()
            .iter()
            .any(|header| header.field.equiv("Sec-Fetch-Site") && header.value.as_str() == "cross-site"),
    }
}

fn response(answer: Answer) -> Response<Cursor<Vec<u8>>> {
    let mut headers = vec![
        ("Content-Type", answer.media_type),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Robots-Tag", "noindex"),
    ];
    if answer.status == 405 {
        headers.push(("Allow", "GET, HEAD"));
    }
    if let Some(location) = &answer.location {
        headers.push(("Location", location));
    }
    let headers = headers.into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok()).collect();
    let length = answer.body.len();
    Response::new(StatusCode(answer.status), headers, Cursor::new(answer.body), Some(length), None)
        // Without this, long answers are sent in chunks and lose their length.
        .with_chunked_threshold(usize::MAX)
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
    fn slots_are_given_back() {
        let slots = Arc::default();
        let taken: Vec<Slot> = (0..REQUESTS).map(|_| Slots::take(&slots)).collect();
        let waiting = {
            let slots = Arc::clone(&slots);
            thread::spawn(move || drop(Slots::take(&slots)))
        };
        drop(taken);
        waiting.join().unwrap();
        assert_eq!(*slots.taken.lock().unwrap(), 0);
    }
}
