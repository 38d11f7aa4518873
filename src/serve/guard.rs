//! Keeps the server alive when connections use up all file descriptors.
//!
//! tiny_http 0.12 takes connections in a thread of its own, which panics when
//! the system has no descriptor left, and nobody is told. So the limit is
//! raised as far as allowed, and now and then the server asks itself something;
//! if there is no answer it listens anew.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use rustix::process::{Resource, getrlimit, setrlimit};

use crate::serve::client::OWN;

/// How often it is asked.
pub(super) const EVERY: Duration = Duration::from_secs(1);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many descriptors are enough for all browsers of an office.
const ENOUGH: u64 = 16_384;

/// Allows as many open connections as the system lets us. What fails changes nothing.
pub(super) fn raise_limit() {
    let mut limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.map_or(ENOUGH, |most| most.min(ENOUGH));
    if limit.current.is_some_and(|current| current < most) {
        limit.current = Some(most);
        let _ = setrlimit(Resource::Nofile, limit);
    }
}

/// Whether the server answers; true as well if this machine cannot even ask.
pub(super) fn answers(address: SocketAddr) -> bool {
    match ask(address) {
        Ok(bytes) => bytes > 0,
        Err(error) => !matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut),
    }
}

fn ask(address: SocketAddr) -> io::Result<usize> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {OWN}alive HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    stream.read(&mut [0; 64])
}
