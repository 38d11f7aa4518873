//! The same wait with `hugo server` and `zola serve`, where they are installed.
//!
//! Their sites have as many pages with the same texts, and templates far
//! simpler than those of the portal: one for a page, one for a list. Neither
//! tells when it is done, so the page is asked for again and again.

use std::error::Error;
use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long to wait between two questions.
const PAUSE: Duration = Duration::from_millis(2);
/// What every page holds.
const LAYOUT: (&str, &str) =
    ("<!doctype html><html lang=\"zh\"><head><meta charset=\"utf-8\"><title>", "</body></html>\n");

/// A generator that is measured beside.
pub(crate) struct Peer {
    /// Its command.
    pub(crate) name: &'static str,
    config: (&'static str, &'static str),
    templates: [(&'static str, &'static str); 3],
    /// The mark before and after the head of a page.
    fence: &'static str,
    arguments: fn(u16) -> Vec<String>,
}

/// Those that are known.
pub(crate) const PEERS: [Peer; 2] = [
    Peer {
        name: "hugo",
        config: (
            "hugo.toml",
            "baseURL = \"http://127.0.0.1/\"\ntitle = \"bench\"\ndisableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n",
        ),
        templates: [
            ("layouts/_default/single.html", "{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>{{ .Content }}"),
            (
                "layouts/_default/list.html",
                "{{ .Title }}</title></head><body><ul>{{ range first 30 .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}</ul>",
            ),
            ("layouts/index.html", "{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>"),
        ],
        fence: "+++",
        arguments: |port| {
            ["server", "--bind", "127.0.0.1", "--port"]
                .map(str::to_owned)
                .into_iter()
                .chain([port.to_string()])
                .collect()
        },
    },
    Peer {
        name: "zola",
        config: ("config.toml", "base_url = \"http://127.0.0.1/\"\ntitle = \"bench\"\n"),
        templates: [
            (
                "templates/page.html",
                "{{ page.title }}</title></head><body><h1>{{ page.title }}</h1>{{ page.content | safe }}",
            ),
            (
                "templates/section.html",
                "{{ section.title }}</title></head><body><ul>{% for page in paginator.pages %}<li><a href=\"{{ page.permalink }}\">{{ page.title }}</a>{% endfor %}</ul>",
            ),
            ("templates/index.html", "{{ config.title }}</title></head><body><h1>{{ config.title }}</h1>"),
        ],
        fence: "+++",
        arguments: |port| {
            ["serve", "--interface", "127.0.0.1", "--port"]
                .map(str::to_owned)
                .into_iter()
                .chain([port.to_string()])
                .collect()
        },
    },
];

/// What was measured, in milliseconds.
pub(crate) struct Waits {
    /// From the start to the first page.
    pub(crate) start: f64,
    /// From each save to the new page.
    pub(crate) saves: Vec<f64>,
}

impl Peer {
    /// Whether the command can be run here.
    pub(crate) fn is_installed(&self) -> bool {
        Command::new(self.name).arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    }

    /// Measures the peer on a site of these texts, made in a folder.
    pub(crate) fn measure(&self, folder: &Path, texts: &[String], runs: usize) -> Result<Waits, Box<dyn Error>> {
        let page = self.write(folder, texts)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let begun = Instant::now();
        let child = Command::new(self.name)
            .args((self.arguments)(port))
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let _child = Ended(child);
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        wait(address, "</h1>")?;
        let start = crate::waits::millis(begun);
        let original = fs::read_to_string(&page)?;
        let mut saves = Vec::new();
        for n in 1..=runs {
            let mark = format!("第{n}次修改。");
            let new = page.with_extension("tmp");
            fs::write(&new, format!("{original}\n\n{mark}\n"))?;
            let begun = Instant::now();
            fs::rename(&new, &page)?;
            wait(address, &mark)?;
            saves.push(crate::waits::millis(begun));
            // What it still does after the page is not counted into the next wait.
            thread::sleep(Duration::from_millis(500));
        }
        Ok(Waits { start, saves })
    }

    /// Writes the site; the file of the page that is changed.
    fn write(&self, folder: &Path, texts: &[String]) -> std::io::Result<PathBuf> {
        put(&folder.join(self.config.0), self.config.1)?;
        for (path, body) in self.templates {
            put(&folder.join(path), &format!("{}{body}{}", LAYOUT.0, LAYOUT.1))?;
        }
        let fence = self.fence;
        put(
            &folder.join("content/items/_index.md"),
            &format!(
                "{fence}\ntitle = \"items\"\n{}{fence}\n",
                if self.name == "zola" { "paginate_by = 30\n" } else { "" }
            ),
        )?;
        for (n, text) in texts.iter().enumerate() {
            put(&folder.join(format!("content/items/{n}.md")), &format!("{fence}\ntitle = \"{n}\"\n{fence}\n{text}"))?;
        }
        Ok(folder.join("content/items/0.md"))
    }
}

/// A program that ends with this.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn put(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Asks for the first item's page until it holds some words.
fn wait(address: SocketAddr, words: &str) -> Result<(), Box<dyn Error>> {
    let deadline = Instant::now() + crate::waits::DEADLINE;
    while Instant::now() < deadline {
        if TcpStream::connect(address).is_ok()
            && let Ok(answer) = crate::waits::answer(address, "/items/0/")
            && String::from_utf8_lossy(&answer).contains(words)
        {
            return Ok(());
        }
        thread::sleep(PAUSE);
    }
    Err(format!("the page never held `{words}`").into())
}
