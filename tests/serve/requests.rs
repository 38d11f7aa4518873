//! Single requests: the right bytes, the right headers, and nothing that is not in the plan.

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;

use mingbai::pipeline;
use mingbai::serve::Reach;
use tempfile::TempDir;

use crate::browser::{Events, ask, get, send};
use crate::portal::{PAGE, Preview, SITE, copy, input, write};

/// An answer's body without what the preview adds.
fn without_client(served: &[u8], name: &str) -> Vec<u8> {
    let text = String::from_utf8(served.to_vec()).unwrap();
    let start = text.find("<script src=\"/__mingbai/client.js\"").unwrap_or_else(|| panic!("{name} has a client"));
    let end = "<meta name=\"robots\" content=\"noindex\">";
    let stop = start + text[start..].find(end).unwrap() + end.len();
    assert!(text[stop..].starts_with("</head>") || stop == text.len(), "{name}: before the end of the head");
    format!("{}{}", &text[..start], &text[stop..]).into_bytes()
}

/// Previews the folder and compares every file of the site.
fn check_served_is_built(folder: TempDir, base: &str) {
    let preview = Preview::start(folder);
    compare(&preview, base);
    preview.stop();
}

/// Builds the folder of a preview from nothing, and compares every file.
fn compare(preview: &Preview, base: &str) {
    let folder = &preview.folder;
    let out = folder.path().join("dist");
    let built = pipeline::build(&input(folder.path()), &out, false, &|_, _| {}).unwrap();
    assert!(built.report.is_some(), "{:?}", built.findings);
    let planned = pipeline::plan(&input(folder.path())).unwrap().ready.unwrap().plan;
    for (file, output) in planned.outputs.iter() {
        let name = file.as_str();
        let path: String = name.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let path = path.replace("%2f", "/");
        let answer = get(preview.address, &format!("{base}{path}"));
        let expected = fs::read(out.join(name)).unwrap();
        let status = if output.kind() == "redirect" { 301 } else { 200 };
        assert_eq!(answer.status, status, "{name}");
        assert_eq!(answer.header("Content-Length"), answer.body.len().to_string(), "{name}");
        let has_client = name.ends_with(".html") && status == 200;
        let body = if has_client { without_client(&answer.body, name) } else { answer.body };
        assert!(body == expected, "{name} differs from what is built");
    }
}

#[test]
fn after_many_changes_it_is_as_built_from_nothing() {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &folder.path().join("content"));
    let preview = Preview::start(folder);
    let root = preview.folder.path();
    let mut events = Events::open(preview.address);
    let mut state = events.next().unwrap();
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let item = "content/departments/scjgj/food-business-licence/item.yaml";
    for (path, from, to) in [
        (item, "\n通俗名: ", "\n通俗名: 新"),
        ("content/departments/scjgj/department.yaml", "\n简称: ", "\n简称: 新"),
        ("content/site.yaml", "\n简称: ", "\n简称: 新"),
        ("content/laws/an-quan-sheng-chan-fa.yaml", "\n简称: ", "\n简称: 新"),
    ] {
        let (old, new) = (text(path), text(path).replacen(from, to, 1));
        assert_ne!(old, new, "{path}");
        preview.save(path, &new);
        state = events.next_page(&state);
    }
    // A new file moves the places of all that come after it; a folder that goes takes an item with it.
    preview.save("content/laws/aaa.yaml", &text("content/laws/an-quan-sheng-chan-fa.yaml"));
    state = events.next_page(&state);
    preview.save("content/pages/aaa.md", PAGE);
    events.next_page(&state);
    compare(&preview, "/");
    preview.stop();
}

#[test]
fn every_output_is_served_as_it_is_built() {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &folder.path().join("content"));
    check_served_is_built(folder, "/");
}

#[test]
fn files_of_any_kind_are_served_as_they_are_built() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write("content/site.yaml", SITE.replace("example/", "example/zwfw/").as_bytes());
    write("content/static/old/旧 页.html", "<h1>没有头</h1>".as_bytes());
    write("content/static/表 1.pdf", &[0, 255, 13, 10, 0x80]);
    write("content/static/big.bin", &vec![7; 3_000_000]);
    write("content/static/empty.txt", b"");
    check_served_is_built(folder, "/zwfw/");
}

#[test]
fn a_page_with_its_headers() {
    let preview = Preview::of(&[]);
    let answer = get(preview.address, "/about/");
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("第一版正文。"));
    let headers = ["Content-Type", "Cache-Control", "X-Content-Type-Options", "Referrer-Policy", "X-Robots-Tag"];
    assert_eq!(
        headers.map(|name| answer.header(name)),
        ["text/html; charset=utf-8", "no-store", "nosniff", "same-origin", "noindex"]
    );
    let head = ask(preview.address, "HEAD", "/about/", "localhost:1");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("Content-Length"), answer.body.len().to_string());
    for (name, kind) in [("client.js", "text/javascript; charset=utf-8"), ("client.css", "text/css; charset=utf-8")] {
        let answer = get(preview.address, &format!("/__mingbai/{name}"));
        assert_eq!((answer.status, answer.header("Content-Type")), (200, kind));
    }
    assert_eq!(get(preview.address, "/__mingbai/").status, 404);
    preview.stop();
}

#[test]
fn addresses_without_a_page() {
    let preview = Preview::of(&[]);
    let answer = get(preview.address, "/nothing/");
    assert_eq!((answer.status, answer.header("Content-Type")), (404, "text/html; charset=utf-8"));
    let own = get(preview.address, "/404.html");
    assert_eq!(answer.text(), own.text(), "the site's own page");
    assert!(answer.text().contains("/__mingbai/client.js"), "it comes back when the page is made");
    preview.stop();
}

#[test]
fn no_way_out_of_the_plan() {
    let preview = Preview::of(&[("secret.txt", "geheim"), ("content/static/a.txt", "offen")]);
    assert_eq!(get(preview.address, "/a.txt").text(), "offen");
    for target in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/static/../../secret.txt",
        "//secret.txt",
        "//etc/passwd",
        "/./secret.txt",
        "/a.txt/",
        "/a.txt%00",
        "/a.txt%00.html",
        "/%00",
        "/%",
        "/%ff",
        "/%2fetc%2fpasswd",
        "/content/site.yaml",
        "/secret.txt",
        "/.mingbai-manifest",
        "/__mingbai/../secret.txt",
        "/__mingbai/%2e%2e/secret.txt",
        "http://127.0.0.1/a.txt",
        "*",
    ] {
        let answer = get(preview.address, target);
        assert!(matches!(answer.status, 400 | 404), "{target}: {}", answer.status);
        let body = String::from_utf8_lossy(&answer.body);
        assert!(!body.contains("geheim") && !body.contains("offen") && !body.contains("root:"), "{target}");
        assert_eq!(answer.header("Location"), "", "{target}");
    }
    assert_eq!(get(preview.address, &format!("/{}", "a".repeat(5000))).status, 414);
    preview.stop();
}

#[test]
fn only_this_machine_by_name() {
    let preview = Preview::of(&[]);
    for (host, status) in [
        ("127.0.0.1", 200),
        ("localhost:9999", 200),
        ("[::1]:80", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
    ] {
        assert_eq!(ask(preview.address, "GET", "/", host).status, status, "{host}");
        let events = ask(preview.address, "HEAD", "/__mingbai/findings", host);
        assert_eq!(events.status, status, "{host}");
    }
    assert_eq!(ask(preview.address, "GET", "/__mingbai/events", "evil.example").status, 403);
    assert_eq!(send(preview.address, b"GET / HTTP/1.0\r\n\r\n").status, 403);
    let two = "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(send(preview.address, two.as_bytes()).status, 403);
    preview.stop();
}

#[test]
fn only_reading() {
    let preview = Preview::of(&[]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"] {
        let answer = ask(preview.address, method, "/", "localhost");
        assert_eq!((answer.status, answer.header("Allow")), (405, "GET, HEAD"), "{method}");
    }
    preview.stop();
}

#[test]
fn redirects() {
    let redirects = "跳转:\n  - { 从: /old/, 到: /about/#章, 理由: 搬家, 日期: 2026-08-15 }\n";
    let preview = Preview::of(&[("content/redirects.yaml", redirects)]);
    let location = |target: &str| {
        let answer = get(preview.address, target);
        (answer.status, answer.header("Location").to_owned())
    };
    assert_eq!(location("/old/"), (301, "/about/#%E7%AB%A0".to_owned()));
    assert_eq!(location("/about"), (301, "/about/".to_owned()));
    assert_eq!(location("/about?a=%20b"), (301, "/about/?a=%20b".to_owned()));
    assert_eq!(location("/about/").0, 200);
    preview.stop();
}

#[test]
fn a_site_in_a_folder_of_its_host() {
    let preview = Preview::of(&[
        ("content/site.yaml", &SITE.replace("example/", "example/zwfw/")),
        ("content/redirects.yaml", "跳转:\n  - { 从: /old/, 到: /about/, 理由: 搬家, 日期: 2026-08-15 }\n"),
    ]);
    for (target, status, location) in [
        ("/", 302, "/zwfw/"),
        ("/zwfw", 301, "/zwfw/"),
        ("/zwfw/", 200, ""),
        ("/zwfw/about", 301, "/zwfw/about/"),
        ("/zwfw/old/", 301, "/zwfw/about/"),
        ("/zwfw/about/", 200, ""),
        ("/about/", 404, ""),
        ("/zwfwx/", 404, ""),
        ("/__mingbai/client.js", 200, ""),
    ] {
        let answer = get(preview.address, target);
        assert_eq!((answer.status, answer.header("Location")), (status, location), "{target}");
    }
    preview.stop();
}

#[test]
fn slow_browsers_hold_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    fs::create_dir_all(folder.path().join("content/static")).unwrap();
    fs::write(folder.path().join("content/static/big.bin"), vec![7; 20_000_000]).unwrap();
    let preview = Preview::start(folder);
    let line = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let events = line("/__mingbai/events");
    // Silence, half a request, a file and a stream nobody reads, and a request behind such a stream.
    let requests = ["", "GET /", &line("/big.bin"), &events, &format!("{events}{}", line("/"))];
    let connections: Vec<TcpStream> = requests
        .iter()
        .cycle()
        .take(50)
        .map(|request| {
            let mut stream = TcpStream::connect(preview.address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            stream
        })
        .collect();
    let idle: Vec<TcpStream> = (0..200).map(|_| TcpStream::connect(preview.address).unwrap()).collect();
    assert_eq!(get(preview.address, "/about/").status, 200);
    assert!(Events::open(preview.address).next().is_some());
    drop((connections, idle));
    preview.stop();
}

#[test]
fn the_oldest_of_many_streams_makes_room() {
    let preview = Preview::of(&[]);
    let mut oldest = Events::open(preview.address);
    assert!(oldest.next().is_some());
    let mut others: Vec<Events> = (0..256).map(|_| Events::open(preview.address)).collect();
    assert!(others.iter_mut().all(|events| events.next().is_some()));
    assert_eq!(oldest.next(), None);
    preview.stop();
}

#[test]
fn another_address_of_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    let other = "127.0.0.2".parse().unwrap();
    let preview = Preview::start_as(folder, |options| options.reach = Reach::Host(other));
    let port = preview.address.port();
    assert_eq!(preview.address.ip(), other);
    for (host, status) in [("127.0.0.2", 200), ("localhost", 200), ("127.0.0.3", 403), ("evil.example", 403)] {
        assert_eq!(ask(preview.address, "GET", "/about/", &format!("{host}:{port}")).status, status, "{host}");
    }
    preview.stop();
}
