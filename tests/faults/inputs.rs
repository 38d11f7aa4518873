//! Files no editor would write: too deep, too long, too many, in the wrong
//! encoding or in the wrong place. Every command that reads them ends in words.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use mingbai::diagnostics::{Findings, Lang};
use mingbai::pipeline::{self, Input};
use mingbai::printing::{Format, locate, print};
use mingbai::source::SourceTree;

use crate::kit::{DEPARTMENT, ITEM, Root, SITE, Site, TODAY, tree};
use crate::program::{bounded, ended, program};

/// How long one input may keep the program busy.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the program made of an input: everything that was found, and whether there is a site.
struct Ran {
    said: String,
    is_built: bool,
}

/// Checks, repairs and builds a portal, and prints what was found in every form.
fn run(site: &Site, what: &str) -> Ran {
    run_root(&site.write(), what)
}

fn run_root(root: &Root, what: &str) -> Ran {
    let (path, (sender, receiver)) = (root.path().to_owned(), channel());
    let running = thread::spawn(move || _ = sender.send(all_of(&path)));
    match receiver.recv_timeout(PATIENCE) {
        Ok(ran) => ran,
        Err(RecvTimeoutError::Timeout) => panic!("{what}: it does not end"),
        Err(RecvTimeoutError::Disconnected) => panic!("{what}: {:?}", running.join().unwrap_err()),
    }
}

fn all_of(path: &Path) -> Ran {
    let input = Input { root: path.to_owned(), as_of: TODAY, drafts: false, base_url: None };
    let planned = pipeline::plan(&input).unwrap();
    let (has_errors, said) = (planned.findings.has_errors(), printed(planned.findings, &planned.tree));
    let (repaired, after) = pipeline::fixed(&input).unwrap();
    printed(after.findings, &after.tree);
    repaired.iter().for_each(|file| assert!(file.lost_mark || file.before != file.after, "{}", file.path));
    let mut is_built = false;
    if !has_errors {
        let built = pipeline::build(&input, &path.join("dist"), false, &|_, _| {}).unwrap();
        is_built = built.report.is_some();
        assert_eq!(is_built, path.join("dist/index.html").exists());
    }
    Ran { said, is_built }
}

/// What was found in every form; that for people in Chinese comes back.
fn printed(findings: Findings, tree: &SourceTree) -> String {
    let located = locate(findings.into_vec(), tree);
    for format in [Format::Json, Format::Sarif, Format::Github] {
        print(&located, tree, format, Lang::Zh, false);
    }
    let said = [Lang::En, Lang::Zh].map(|lang| print(&located, tree, Format::Human, lang, true));
    let is_bare = |c: char| c.is_control() && !matches!(c, '\n' | '\x1b');
    assert!(!said[1].contains(is_bare), "{:?}", said[1]);
    let [_, said] = said;
    said
}

/// Runs the smallest portal with one more or another file; the finding has to have this code.
fn refused(path: &str, bytes: impl Into<Vec<u8>>, code: &str) {
    let bytes = bytes.into();
    let what = format!("{path} of {} bytes", bytes.len());
    let ran = run(&Site::minimal().file(path, bytes), &what);
    assert!(!ran.is_built && ran.said.contains(code), "{what}: {}", ran.said);
}

/// Runs such a portal; whatever is found, it ends.
fn survived(path: &str, bytes: impl Into<Vec<u8>>) {
    let bytes = bytes.into();
    let what = format!("{path} that begins with {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
    run(&Site::minimal().file(path, bytes), &what);
}

fn item_with(more: &str) -> String {
    format!("{}{more}\n", Site::minimal().text(ITEM))
}

#[test]
fn a_thousand_levels_of_nesting() {
    let brackets = |open: &str, close: &str| format!("{}1{}", open.repeat(1_000), close.repeat(1_000));
    let indented = |step: &str, entry: &str| {
        (0..1_000).map(|depth| format!("{}{entry}\n", step.repeat(depth))).collect::<String>()
    };
    for text in [
        brackets("[", "]"),
        brackets("{a: ", "}"),
        brackets("[{a: ", "}]"),
        "[".repeat(100_000),
        "- ".repeat(1_000),
        "? ".repeat(1_000),
        indented(" ", "a:"),
        indented("  ", "- a:"),
        format!("别名:\n{}", indented(" ", "a:").replace('\n', "\n ")),
        // Under the limit of indentation, and still deep.
        (0..500).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>(),
        (0..250).map(|depth| format!("{}- a:\n", "  ".repeat(depth))).collect::<String>(),
    ] {
        survived(ITEM, text.clone());
        survived("content/pages/deep.md", format!("---\n{text}\n---\n正文\n"));
    }
}

#[test]
fn texts_of_a_thousand_levels() {
    let head = "---\n标题: 深\n摘要: 深\n栏目: 帮助\n发布日期: 2026-01-01\n---\n";
    for text in [
        "> ".repeat(1_000) + "深",
        "- ".repeat(1_000) + "深",
        (0..1_000).map(|depth| format!("{}- 深\n", "  ".repeat(depth))).collect(),
        "[".repeat(50_000),
        "![".repeat(1_000) + "深" + &"](a)".repeat(1_000),
        "*".repeat(100_000),
        "*深 **".repeat(20_000),
        "`".repeat(100_000) + " ``",
        "<a ".repeat(20_000),
        "[^1]".repeat(5_000) + "\n\n[^1]: [^1]\n",
        "|".repeat(20_000) + "\n" + &"|-".repeat(20_000) + "|\n",
        "[a]: /\n".repeat(20_000) + &"[a]".repeat(20_000),
        "&".repeat(100_000),
        "http://".repeat(20_000),
        "a@".repeat(20_000),
        "<!--".repeat(20_000),
        "\\".repeat(100_000),
        "深".repeat(300_000),
    ] {
        survived("content/pages/deep.md", format!("{head}{text}\n"));
    }
}

#[test]
fn alias_bombs() {
    let laughs = |depth: usize, width: usize| {
        let levels = (1..depth).map(|n| format!("x{n}: &x{n} [{}]\n", vec![format!("*x{}", n - 1); width].join(", ")));
        format!("x0: &x0 [哈, 哈]\n{}", levels.collect::<String>())
    };
    let merged = (1..30)
        .map(|n| format!("m{n}: &m{n} {{ <<: [*m{}, *m{}], k{n}: 1 }}\n", n - 1, n - 1))
        .fold("m0: &m0 { k: 1 }\n".to_owned(), |all, line| all + &line);
    for bomb in [
        laughs(10, 10),
        laughs(60, 2),
        merged,
        "a: &a [*a]\n".to_owned(),
        "a: &a { b: *a }\n".to_owned(),
        format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(3_000), "*a, ".repeat(3_000)),
        format!("a: &a \"{}\"\nb: [{}]\n", "长".repeat(50_000), "*a, ".repeat(3_000)),
        "a: *b\n".to_owned(),
        "&a a: *a\n".to_owned(),
    ] {
        let root = Site::minimal()
            .append(ITEM, &bomb)
            .append(SITE, &bomb)
            .file("content/notices/2026-06-01-bomb.md", format!("---\n{bomb}---\n正文\n"))
            .write();
        // Memory enough for any portal of this size, and far too little for a bomb.
        let command = bounded(root.path(), "ulimit -v 2000000", &["check", "--as-of", "2026-07-01"]);
        let what: String = bomb.chars().take(40).collect();
        let ran = ended(command, &what);
        ran.check(&what);
        assert!(ran.status == Some(1) && ran.said.contains(&format!("--> {ITEM}:")), "{}", ran.said);
    }
}

#[test]
fn files_of_a_hundred_megabytes() {
    for (path, code) in [
        (ITEM, "SR03"),
        (SITE, "SR03"),
        ("content/pages/large.md", "SR03"),
        ("content/static/large.bin", "SR03"),
        ("content/departments/scjgj/food/files/large.docx", "SR03"),
        ("themes/default/templates/pages/item.html", "SR03"),
        ("content/urls.lock", "SR03"),
    ] {
        let root = Site::minimal().write();
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::File::options().write(true).create(true).truncate(false).open(&file).unwrap().set_len(100 << 20).unwrap();
        let ran = run_root(&root, path);
        assert!(!ran.is_built && ran.said.contains(code), "{path}: {}", ran.said);
    }
}

#[test]
fn lines_of_a_megabyte() {
    // Just what is read at most.
    let line = |begin: &str, part: &str| {
        let most = (1 << 20) - 2_000;
        format!("{begin}{}", part.repeat((most - begin.len()) / part.len()))
    };
    let minimal = Site::minimal().text(ITEM);
    for text in [
        line("别名: [", "长, "),
        line("别名: [\"", "长"),
        line("别名: ", "长"),
        line("# ", "长"),
        line("", "长"),
        line("", "长: "),
        line("别名: \"", "\\u957f"),
        line("别名: '", "''"),
        line("别名: { ", "a: b, "),
        line("备注: &", "a"),
        line("备注: !", "a"),
        line("备注: ", "&a "),
        line("? ", "x"),
        line("", " "),
        line("", "\t"),
        line("别名: |", "\n"),
        line("", "---\n"),
        line("备注: ", "<b>&amp;"),
    ] {
        survived(ITEM, format!("{minimal}{text}\n"));
    }
    for text in [line("", "长"), line("", "a "), line("", "x|"), line("# ", "#"), line("[", "(")] {
        survived("content/departments/scjgj/food/guide.md", text);
    }
}

#[test]
fn encodings_that_are_not_utf_8() {
    let text = Site::minimal().text(ITEM);
    let wide = |order: fn(u16) -> [u8; 2], mark: bool| {
        let mark = if mark { vec![0xFEFF] } else { Vec::new() };
        mark.into_iter().chain(text.encode_utf16()).flat_map(order).collect::<Vec<u8>>()
    };
    refused(ITEM, wide(u16::to_le_bytes, true), "SR01");
    refused(ITEM, wide(u16::to_be_bytes, true), "SR01");
    survived(ITEM, wide(u16::to_le_bytes, false));
    survived(ITEM, wide(u16::to_be_bytes, false));
    // 许可 in GBK, a surrogate in UTF-8, an overlong slash, a byte beyond the end of Unicode, half a character.
    for bytes in [&b"\xd0\xed\xbf\xc9"[..], b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"\xe9\xa3"] {
        refused(ITEM, [text.as_bytes(), b"# ", bytes, b"\n"].concat(), "SR01");
        refused("content/pages/a.md", [b"---\n", bytes].concat(), "SR01");
    }
    refused(ITEM, text.replace("食品科", "食品\0科"), "SR05");
    refused(SITE, "\0", "SR05");
    for odd in ["\u{feff}\u{feff}", "\u{2028}", "\u{85}", "\u{202e}", "\u{7f}", "\u{1b}[31m", "\u{fffe}", "\u{10ffff}"]
    {
        survived(ITEM, text.replace("食品科", &format!("食品{odd}科")));
        survived(ITEM, format!("{odd}{text}"));
        survived(ITEM, item_with(&format!("{odd}: 1")));
    }
    for ends in ["\r\n", "\r", "\n\r"] {
        survived(ITEM, text.replace('\n', ends));
    }
    for whole in
        ["", " ", "\n", "~", "[]", "1", "'", "%YAML 1.2", "---", "...", "--- a\n--- b", "!!binary aa", "\u{feff}"]
    {
        for path in [ITEM, SITE, DEPARTMENT, "content/topics.yaml", "content/redirects.yaml", "content/urls.lock"] {
            survived(path, whole);
        }
    }
}

#[test]
fn names_of_every_kind() {
    let names: [&[u8]; 22] = [
        b"\xff.yaml",
        b"\xed\xa0\x80.md",
        b"\xd0\xed\xbf\xc9",
        b"a\nb.yaml",
        b"a\tb",
        b"\x1b[31m.yaml",
        b"'\"&<>.html",
        b"<script>alert(1)<script>",
        b"a?b#c%.html",
        b"%2e%2e",
        b"..%2f",
        b"\\..\\..\\a",
        b"con.html",
        b"-rf",
        b" ",
        b"index.html",
        b"a:b|c*d.txt",
        "\u{202e}txt.exe".as_bytes(),
        "e\u{301}".as_bytes(),
        "é".as_bytes(),
        &[b'a'; 255],
        "长".repeat(85).leak().as_bytes(),
    ];
    let root = Site::minimal().write();
    let folders = ["content", "content/static", "content/departments/scjgj", "content/laws", "content/pages", "themes"];
    for (n, name) in names.iter().enumerate() {
        for folder in folders {
            let folder = root.join(folder);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(OsStr::from_bytes(name)), "名称: x\n").unwrap();
        }
        if n % 7 == 0 {
            run_root(&root, &format!("names up to {}", String::from_utf8_lossy(name)));
        }
    }
    run_root(&root, "names of every kind");
    for name in names {
        let root = Site::minimal().write();
        let folder = root.join("content/departments/scjgj").join(OsStr::from_bytes(name));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("item.yaml"), Site::minimal().text(ITEM)).unwrap();
        run_root(&root, &format!("an item called {}", String::from_utf8_lossy(name)));
    }
}

#[test]
fn paths_longer_than_any() {
    let root = Site::minimal().write();
    let mut path = root.join("content/static");
    fs::create_dir_all(&path).unwrap();
    // As long as can be made in one step; the finished site is in a folder with a longer name.
    while path.as_os_str().len() + 210 < 4_090 {
        path.push("长".repeat(66));
    }
    fs::create_dir_all(&path).unwrap();
    fs::write(path.join("a"), "x").unwrap();
    run_root(&root, "a long path");
}

#[test]
fn folders_where_files_belong_and_the_reverse() {
    for path in [
        SITE,
        ITEM,
        DEPARTMENT,
        "content/topics.yaml",
        "content/calendar.yaml",
        "content/laws/food-law.yaml",
        "content/urls.lock",
        "content/pages/a.md",
        "content/departments/scjgj/food/guide.md",
        "themes/default/theme.yaml",
        "themes/default/templates/pages/item.html",
    ] {
        let root = Site::minimal().write();
        let _ = fs::remove_file(root.join(path));
        fs::create_dir_all(root.join(path).join("inner")).unwrap();
        fs::write(root.join(path).join("inner/x.yaml"), "名称: x\n").unwrap();
        run_root(&root, path);
    }
    for path in [
        "content/departments",
        "content/departments/scjgj",
        "content/departments/scjgj/food",
        "content/departments/scjgj/food/files",
        "content/laws",
        "content/static",
        "content/pages",
        "themes",
        "themes/default",
        "content/static/items",
        "content/static/index.html",
        "content/static/items/food",
        "content/static/.mingbai-manifest",
        "content/static/assets",
    ] {
        let root = Site::minimal().write();
        let _ = fs::remove_dir_all(root.join(path));
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), "x").unwrap();
        run_root(&root, path);
    }
    let root = tempfile::tempdir().unwrap();
    for content in ["nothing", "a file"] {
        if content == "a file" {
            fs::write(root.path().join("content"), "x").unwrap();
        }
        for arguments in
            [&["build"][..], &["check"], &["check", "--fix"], &["review", "--against", "/nowhere"], &["due"]]
        {
            let ran = ended(program(root.path(), arguments), content);
            ran.check(content);
            assert_eq!(ran.status, Some(2), "{content}: {}", ran.said);
        }
    }
}

/// Nothing of a file outside may be in what is built or said.
#[test]
fn links_out_of_the_tree() {
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret.yaml");
    fs::write(&secret, "名称: 机密\n").unwrap();
    fs::create_dir(outside.path().join("inner")).unwrap();
    fs::write(outside.path().join("inner/secret.txt"), "机密").unwrap();
    let linked = |path: &str, target: &Path| {
        let site = Site::minimal();
        let site = if site.paths().any(|known| known == path) { site.without(path) } else { site };
        let root = site.link(path, target).write();
        let ran = run_root(&root, path);
        assert!(!ran.said.contains("机密"), "{path}: {}", ran.said);
        if ran.is_built {
            let files = tree(&root.join("dist"));
            let secret = "机密".as_bytes();
            let leaks = |bytes: &[u8]| bytes.windows(secret.len()).any(|part| part == secret);
            let leak: Vec<&String> = files.iter().filter(|(_, bytes)| leaks(bytes)).map(|(path, _)| path).collect();
            assert_eq!(leak, Vec::<&String>::new(), "{path}");
        }
    };
    for path in [SITE, ITEM, DEPARTMENT, "content/laws/secret.yaml", "content/static/a.txt", "content/pages/a.md"] {
        linked(path, &secret);
        linked(path, Path::new("/dev/zero"));
        linked(path, Path::new(path.rsplit('/').next().unwrap()));
    }
    for path in [
        "content/static/inner",
        "content/departments/scjgj/food/files",
        "content/departments/other",
        "themes/default",
        "themes/mine/assets",
    ] {
        linked(path, &outside.path().join("inner"));
        linked(path, Path::new(".."));
    }
    let theme = Site::minimal()
        .append(SITE, "主题样式: mine\n")
        .link("themes/mine/templates/pages/item.html", &secret)
        .link("themes/mine/assets/css/site.css", &secret);
    run(&theme, "templates of a theme that are links");
}
