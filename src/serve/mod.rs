//! The preview server (`mingbai serve`): look at the portal while it is edited.
//!
//! ```text
//! watch ─ changes ─▶ builder ─ pipeline::plan ─▶ Snapshot ─ publish ─▶ State ─┬▶ answer (one page rendered)
//!                                                                            └▶ events (the browser reloads)
//! ```
//!
//! The stages up to plan run over the whole portal on every change, and take up
//! again what they made of files that say the same; a page is rendered when it
//! is asked for. What is served is one immutable value that is
//! replaced as a whole, so there is never a half page. A change with errors
//! leaves the last good pages and is reported in them. Only at the start pages
//! are shown before the rules have looked at the portal; who asks what was
//! found waits until they have.
//!
//! With a revision to compare with, each page also says what changed on it, and
//! can be seen beside itself as it was; what differs is worked out when it is
//! asked for, not when a file is saved.
//!
//! It is no public web server: it listens on this machine only, answers only
//! requests made to this machine by name, and knows no path outside the plan.

mod address;
mod answer;
mod builder;
mod client;
mod compare;
mod events;
mod findings;
mod http;
mod limits;
mod places;
mod review;
mod server;
mod snapshot;
mod state;
mod watch;

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::panic;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::civil::Date;

use crate::diagnostics::Words;
use crate::pipeline::{self, Input};
use crate::printing::{Counts, LocatedFinding};
use crate::source::SourceTree;

use builder::Builder;
use review::Against;
use server::Server;
use state::State;
use watch::{Stopper, Watch};

pub use crate::view::qr_code;
pub use watch::Watching;

/// How many ports are tried, the one asked for included.
const PORTS: u16 = 100;

/// What to preview, and where.
pub struct Options {
    /// What the portal is made from.
    pub input: Input,
    /// The port to listen on, or the next free one; 0 is any free one.
    pub port: u16,
    /// Who can reach it.
    pub reach: Reach,
    /// How changes are noticed.
    pub watching: Watching,
    /// What browsers do when a page is saved.
    pub browsers: Browsers,
    /// The revision that the working tree is compared with all the time.
    pub review: Option<String>,
    /// Is told about every change, from the thread that noticed it.
    pub on_change: Box<dyn Fn(&Change<'_>) + Send>,
}

impl Options {
    /// A preview on this machine only that tells nobody of changes.
    pub fn new(input: Input, port: u16) -> Self {
        let (reach, watching, browsers) = (Reach::Local, Watching::Events, Browsers::Stay);
        Options { input, port, reach, watching, browsers, review: None, on_change: Box::new(|_| {}) }
    }
}

/// Who can reach the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// This machine only.
    Local,
    /// Whoever can reach this address of the machine.
    Host(IpAddr),
    /// Everybody in the local network.
    Lan,
}

impl Reach {
    fn listens_on(&self) -> IpAddr {
        match self {
            Reach::Local => Ipv4Addr::LOCALHOST.into(),
            Reach::Host(address) => *address,
            Reach::Lan => Ipv4Addr::UNSPECIFIED.into(),
        }
    }

    /// The addresses by which others may ask for it.
    fn allowed(&self) -> Vec<IpAddr> {
        match self {
            Reach::Local => Vec::new(),
            Reach::Host(address) if !address.is_unspecified() => vec![*address],
            Reach::Host(_) | Reach::Lan => lan_address().into_iter().collect(),
        }
    }
}

/// The address of this machine in its local network, if it is in one.
///
/// Nothing is sent: the system only says which of its addresses it would use.
pub fn lan_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that documentation uses; nobody has it.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// What browsers do when a page is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browsers {
    /// They stay on their page.
    Stay,
    /// They go to the page that was saved.
    Follow,
}

/// What became of a change on disk, or of the start.
#[derive(Debug)]
pub struct Change<'a> {
    /// The files that changed, from the root folder; none at the start.
    pub paths: &'a [String],
    /// The day the portal is looked at from now on, if that is another one.
    pub day: Option<Date>,
    /// What was found, but hints.
    pub findings: &'a [LocatedFinding],
    /// How much was found.
    pub counts: Counts,
    /// The files, for printing the findings.
    pub tree: &'a SourceTree,
    /// Why the content could not be read at all.
    pub failure: Option<&'a Words>,
    /// Whether the pages now show it; if not, the last good ones stay.
    pub is_shown: bool,
    /// How long it took.
    pub took: Duration,
}

/// The preview cannot be started.
#[derive(Debug)]
pub enum Error {
    /// The content cannot be read at all.
    Content(pipeline::Error),
    /// There is nothing to compare with.
    Review(Words),
    /// No port can be listened on.
    Port(u16, io::Error),
    /// The machine does not have this address.
    Host(IpAddr),
    /// The system gives no threads or sockets.
    System(io::Error),
}

impl Error {
    /// The error in words.
    pub fn words(&self) -> Words {
        match self {
            Error::Content(error) => error.words(),
            Error::Review(words) => words.clone(),
            Error::Port(port, error) if error.kind() == io::ErrorKind::AddrInUse => {
                let last = port.saturating_add(PORTS - 1);
                Words::new(
                    format!("端口 {port} 到 {last} 都被别的程序占用了。用 --port 换一个"),
                    format!("the ports {port} to {last} are all in use: choose another with --port"),
                )
            }
            Error::Port(port, error) => Words::new(
                format!("不能使用端口 {port}（{error}）。用 --port 换一个，如 8000"),
                format!("port {port} cannot be used ({error}): choose another with --port, such as 8000"),
            ),
            Error::Host(host) => Words::new(
                format!("这台电脑没有地址 {host}。用 --lan 让局域网里都能看，或者去掉 --host"),
                format!(
                    "this machine does not have the address {host}: use --lan for the local network, or leave --host out"
                ),
            ),
            Error::System(error) => {
                Words::new(format!("系统资源不够（{error}）"), format!("the system refuses ({error})"))
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for Error {}

/// What is served, and who makes the next of it.
#[derive(Clone)]
struct Desk {
    state: Arc<State>,
    builder: Arc<Mutex<Builder>>,
}

impl Desk {
    /// The builder; a change it failed at does not keep it from the next.
    fn builder(&self) -> MutexGuard<'_, Builder> {
        self.builder.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A preview that is running. It ends with [`Running::stop`] or with the program.
pub struct Running {
    address: SocketAddr,
    polls: bool,
    state: Arc<State>,
    server: Arc<Server>,
    stopper: Stopper,
    threads: Vec<JoinHandle<()>>,
}

/// Starts the preview: listens, reads the content, answers and watches in threads of its own.
///
/// # Errors
///
/// When there is no content folder, no port, no thread, or no revision to compare with. Faults in the
/// content are no error: they are shown in the browser.
pub fn start(options: Options) -> Result<Running, Error> {
    let Options { input, port, reach, watching, browsers, review, on_change } = options;
    let against = review.map(|asked| Against::read(&asked, &input).map_err(Error::Review)).transpose()?;
    let listener = listen(reach.listens_on(), port)?;
    let address = listener.local_addr().map_err(Error::System)?;
    // Thousands of folders take as long to be watched as to be read, so both begin at once.
    let root = root_of(&input);
    let begun = spawn("watch", move || Watch::new(&root, watching))?;
    let (builder, state) = Builder::start(input, browsers, against, on_change).map_err(Error::Content)?;
    let mut watch = begun.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
    let desk = Desk { state: Arc::clone(&state), builder: Arc::new(Mutex::new(builder)) };
    let server = Arc::new(Server::new(listener, reach.allowed()).map_err(Error::System)?);
    let (stopper, polls) = (watch.stopper(), watch.polls());
    let watching = {
        let desk = desk.clone();
        spawn("watch", move || {
            desk.builder().check();
            while let Some(paths) = watch.next_change() {
                desk.builder().rebuild(&paths);
            }
        })?
    };
    let answering = {
        let server = Arc::clone(&server);
        spawn("serve", move || server.run(&desk))?
    };
    Ok(Running { address, polls, state, server, stopper, threads: vec![watching, answering] })
}

fn spawn<T: Send + 'static>(name: &str, run: impl FnOnce() -> T + Send + 'static) -> Result<JoinHandle<T>, Error> {
    thread::Builder::new().name(format!("mingbai-{name}")).spawn(run).map_err(Error::System)
}

/// The root folder as the system reports it in events.
fn root_of(input: &Input) -> PathBuf {
    std::fs::canonicalize(&input.root).unwrap_or_else(|_| input.root.clone())
}

/// Listens on the port, or on the next free one.
fn listen(host: IpAddr, port: u16) -> Result<TcpListener, Error> {
    let mut tried = port;
    loop {
        match TcpListener::bind((host, tried)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && tried - port < PORTS - 1 && tried < u16::MAX => {
                tried += 1;
            }
            Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => return Err(Error::Host(host)),
            Err(error) => return Err(Error::Port(port, error)),
        }
    }
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether changes are looked for every half second, because the system reports none.
    pub fn polls(&self) -> bool {
        self.polls
    }

    /// Ends it: no request is answered any more, and open event streams close.
    pub fn stop(self) {
        self.stopper.stop();
        self.state.stop();
        self.server.stop();
        self.wait();
    }

    /// Waits until it ends, which it does not by itself.
    pub fn wait(self) {
        for thread in self.threads {
            // A panic in a thread has been reported by then.
            let _ = thread.join();
        }
    }
}
