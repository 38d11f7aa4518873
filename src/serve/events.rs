//! The event stream: tells a browser which pages there are now.
//!
//! Each browser has a thread of its own that always sends the newest state, so
//! nothing queues up and a browser that does not read holds up nobody. The
//! stream begins with the state, so a change between loading the page and
//! opening the stream is not missed.

use std::io::{self, Write};
use std::time::Duration;

use crate::serve::state::{State, Wake};

/// How often something is sent, to notice browsers that are gone.
const PING: Duration = Duration::from_secs(15);

/// How long the browser waits before it comes back, in milliseconds.
const RETRY: u32 = 500;

/// Sends states until the browser is gone or the preview ends.
pub(super) fn stream(writer: &mut dyn Write, state: &State) -> io::Result<()> {
    // In chunks, so that the stream can end before the connection does.
    write!(
        writer,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n\
         X-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n"
    )?;
    chunk(writer, &format!("retry: {RETRY}\n\n"))?;
    let ticket = state.open_stream();
    let mut seen = None;
    loop {
        match state.wait(ticket, seen, PING) {
            Wake::Changed(current) => {
                seen = Some(current.attempt());
                chunk(writer, &format!("event: state\ndata: {}\n\n", current.event()))?;
            }
            Wake::Quiet => chunk(writer, ": ping\n\n")?,
            Wake::Ended => return chunk(writer, ""),
        }
    }
}

/// Sends a piece of the stream at once; an empty one is its end.
fn chunk(writer: &mut dyn Write, text: &str) -> io::Result<()> {
    write!(writer, "{:x}\r\n{text}\r\n", text.len())?;
    writer.flush()
}
