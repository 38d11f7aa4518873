//! The command line: help, mistakes, explanations, and the forms of findings.

use std::path::Path;

use mingbai::check::all_codes;
use mingbai::diagnostics::Severity;

use crate::kit::{ITEM, PLACE, Ran, SITE, Site, run_in};

fn run(arguments: &[&str]) -> Ran {
    run_in(Path::new("/"), arguments, &[])
}

/// Every command with its options.
const COMMANDS: &[(&str, &[&str])] = &[
    (
        "serve",
        &[
            "--root",
            "--as-of",
            "--drafts",
            "--base-url",
            "--port",
            "--host",
            "--lan",
            "--open",
            "--follow",
            "--review",
            "--poll",
            "--no-drafts",
            "--lang",
            "--help",
        ],
    ),
    (
        "check",
        &[
            "--root",
            "--as-of",
            "--drafts",
            "--base-url",
            "--fix",
            "--dry-run",
            "--all",
            "--summary",
            "--strict",
            "--format",
            "--lang",
            "--help",
        ],
    ),
    (
        "build",
        &[
            "--root",
            "--as-of",
            "--drafts",
            "--base-url",
            "--out",
            "--rollback",
            "--release",
            "--compress",
            "--unreached",
            "--strict",
            "--format",
            "--lang",
            "--help",
        ],
    ),
    ("review", &["--root", "--as-of", "--against", "--format", "--html", "--fail-on", "--record", "--lang", "--help"]),
    (
        "search",
        &[
            "--root",
            "--as-of",
            "--drafts",
            "--base-url",
            "--from",
            "--limit",
            "--unreached",
            "--json",
            "--lang",
            "--help",
        ],
    ),
    ("move", &["--to", "--as", "--name", "--recode", "--dry-run", "--root", "--as-of", "--lang", "--help"]),
    ("flow", &["--svg", "--out", "--root", "--as-of", "--lang", "--help"]),
    ("due", &["--root", "--as-of", "--within", "--format", "--lang", "--help"]),
    ("next-change", &["--root", "--as-of", "--format", "--lang", "--help"]),
    ("plan", &["--root", "--as-of", "--drafts", "--base-url", "--json", "--lang", "--help"]),
    ("host", &["--folder", "--name", "--out", "--root", "--as-of", "--drafts", "--base-url", "--lang", "--help"]),
    ("export", &["--root", "--xlsx", "--csv", "--jsonl", "--force", "--lang", "--help"]),
    ("import", &["--map", "--dry-run", "--delete", "--root", "--as-of", "--strict", "--format", "--lang", "--help"]),
    ("new", &["--lang", "--help"]),
    ("schema", &["--out", "--vscode", "--root", "--lang", "--help"]),
    ("explain", &["--lang", "--help"]),
    ("help", &["--lang", "--help"]),
];

/// The options that a help text explains, in order.
fn options(help: &str) -> Vec<&str> {
    let lines = help.lines().map(str::trim).filter(|line| line.starts_with('-'));
    let mut found: Vec<&str> =
        lines.filter_map(|line| line.split([' ', ',']).find(|word| word.starts_with("--"))).collect();
    found.sort_unstable();
    found
}

#[test]
fn each_help_explains_each_option_in_both_languages() {
    for (command, expected) in COMMANDS {
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        for lang in ["zh", "en"] {
            let asked = run(&[command, "--help", "--lang", lang]);
            assert_eq!((asked.status, asked.err.as_str()), (0, ""), "{command}");
            assert_eq!(options(&asked.out), expected, "{command} {lang}");
            assert_eq!(run(&["help", command, "--lang", lang]), asked, "{command} {lang}");
            let words = asked.out.chars().filter(|c| ('一'..='龥').contains(c)).count();
            assert_eq!(words > 0, lang == "zh", "{command} {lang}:\n{}", asked.out);
            let english = ["Options", "Usage", "OPTIONS", "show", "default"];
            assert!(lang == "en" || english.iter().all(|word| !asked.out.contains(word)), "{}", asked.out);
        }
    }
}

#[test]
fn the_help_lists_each_command() {
    let known: Vec<&str> = COMMANDS.iter().map(|(command, _)| *command).collect();
    for arguments in
        [["help", "--lang", "zh"], ["help", "--lang", "en"], ["--help", "--lang", "zh"], ["-h", "--lang", "en"]]
    {
        let help = run(&arguments);
        assert_eq!((help.status, help.err.as_str()), (0, ""));
        let listed: Vec<&str> = help
            .out
            .lines()
            .skip_while(|line| !line.starts_with("命令") && !line.starts_with("Commands"))
            .skip(1)
            .take_while(|line| !line.is_empty())
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert_eq!(listed, known);
        assert_eq!(options(&help.out), ["--help", "--lang", "--version"]);
    }
}

/// The version, then the commit with its date, or why there is none.
#[test]
fn the_version() {
    let said = |arguments: &[&str]| {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        let number = format!("mingbai {}", env!("CARGO_PKG_VERSION"));
        ran.out.trim_end().strip_prefix(&number).unwrap_or_else(|| panic!("{}", ran.out)).to_owned()
    };
    let commit = |text: &str| {
        let (hash, date) = text.strip_prefix(" (")?.strip_suffix(')')?.split_once(' ')?;
        let is_hash =
            hash.trim_end_matches('+').len() == 10 && hash.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'+');
        (is_hash && date.parse::<jiff::civil::Date>().is_ok()).then_some(())
    };
    let words = said(&["--version"]);
    let is_told = words == "（开发构建）" || words == "（没有提交号：不是从 git 仓库构建的）";
    assert!(is_told || commit(&words).is_some(), "{words}");
    assert_eq!(said(&["-V"]), words);
    assert!(said(&["--lang", "en", "--version"]).is_ascii());
}

#[test]
fn mistakes_are_answered_in_chinese() {
    let check = |arguments: &[&str], expected: &str| {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (2, "", expected), "{arguments:?}");
    };
    check(&[], "要做什么？运行 mingbai help 看看有哪些命令\n");
    check(&["biuld"], "没有 `biuld` 这个命令，是不是 `build`？\n加 --help 看说明\n");
    check(&["生成"], "没有 `生成` 这个命令\n加 --help 看说明\n");
    check(&["build", "--strct"], "不认识 `--strct`，是不是 `--strict`？\n加 --help 看说明\n");
    check(&["build", "--nix"], "不认识 `--nix`\n加 --help 看说明\n");
    check(&["build", "dist"], "不认识 `dist`\n加 --help 看说明\n");
    check(&["build", "--out"], "`--out <文件夹>` 后面少了值\n加 --help 看说明\n");
    check(&["build", "--out", "a", "--out", "b"], "`--out <文件夹>` 写了两次\n加 --help 看说明\n");
    check(
        &["build", "--as-of", "2026-02-30"],
        "`--as-of <日期>` 的值 `2026-02-30` 不对，可以写：2026-07-01\n加 --help 看说明\n",
    );
    check(
        &["check", "--format", "xml"],
        "`--format <human|json|sarif|github>` 的值 `xml` 不对，可以写：human, json, sarif, github\n加 --help 看说明\n",
    );
    check(
        &["plan", "--base-url", "javascript:alert(1)"],
        "`--base-url <网址>` 的值 `javascript:alert(1)` 不对，可以写：https://host.example/zwfw/\n加 --help 看说明\n",
    );
    check(&["help", "biuld"], "没有 `biuld` 这个命令\n");
    check(&["explain", "YM5"], "没有代码 `YM5`，是不是 `YM05`？\n");
    check(&["explain", "ZZ99"], "没有代码 `ZZ99`；不写代码可以列出全部\n");
    for command in ["build", "check", "plan"] {
        check(
            &[command, "--root", "/不存在"],
            "不能运行：`/不存在` 里没有可以读取的 content 文件夹。请在门户的文件夹里运行，或者用 --root 指明它\n",
        );
    }
}

#[test]
fn mistakes_are_answered_in_english_when_asked() {
    let check = |arguments: &[&str], expected: &str| {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (2, "", expected), "{arguments:?}");
    };
    check(&["--lang", "en"], "what shall be done? mingbai help lists the commands\n");
    check(
        &["build", "--root", "/nowhere", "--lang=en"],
        "cannot run: there is no readable folder content in `/nowhere`: run this in a portal's folder, or name it with --root\n",
    );
    check(&["explain", "ZZ99", "--lang", "en"], "there is no code `ZZ99`; leave it out to list them all\n");
    check(&["help", "biuld", "--lang", "en"], "there is no command `biuld`\n");
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let codes = all_codes();
    let list = run(&["explain"]);
    assert_eq!((list.status, list.err.as_str()), (0, ""));
    assert!(list.out.starts_with("读取文件\n  SR01  错误  not-utf-8 "), "{}", list.out);
    let english = run(&["explain", "--lang", "en"]).out;
    for code in &codes {
        let is_line = |line: &str, title: &str| {
            line.starts_with(&format!("  {}  ", code.id)) && line.contains(code.name) && line.ends_with(title)
        };
        assert_eq!(list.out.lines().filter(|line| is_line(line, code.title_zh)).count(), 1, "{}", code.id);
        assert_eq!(english.lines().filter(|line| is_line(line, code.title_en)).count(), 1, "{}", code.id);
    }
    for code in codes {
        let severity = |zh: bool| match (zh, code.severity) {
            (true, Severity::Error) => "错误，网站不会发布",
            (true, Severity::Warning) => "警告，加 --strict 时网站不会发布",
            (true, Severity::Info) => "提示",
            (false, Severity::Error) => "error: the site is not published",
            (false, Severity::Warning) => "warning: blocks with --strict",
            (false, Severity::Info) => "info",
        };
        let zh = format!("{} {}\n{}（{}）\n\n{}\n", code.id, code.name, code.title_zh, severity(true), code.explain_zh);
        let en = format!("{} {}\n{} ({})\n\n{}\n", code.id, code.name, code.title_en, severity(false), code.explain_en);
        let said = |arguments: &[&str]| run(arguments).out;
        assert_eq!(said(&["explain", code.id]), zh);
        assert_eq!(said(&["explain", &code.id.to_lowercase()]), zh);
        assert_eq!(said(&["explain", code.name]), zh);
        assert_eq!(said(&["explain", code.id, "--lang", "en"]), en);
    }
}

/// A portal with findings in several files, one of which cannot be parsed.
fn several() -> Site {
    Site::minimal()
        .replace(SITE, "地区: 青岚市", "地区：青岚市")
        .replace(PLACE, "节假日: 法定节假日不办公", "节假日: 法定节假日不办公\n停车场: 有")
        .replace(ITEM, "承诺: 10个工作日", "承诺: 10天")
        .file("content/laws/a.yaml", b"\xC3\xFB\xB3\xC6: \xD0\xD0\n".as_slice())
        .file("content/notices/2026-06-01-closed.md", "---\n标题: [停办\n---\n停办。\n")
}

#[test]
fn a_file_that_cannot_be_parsed_does_not_hide_the_others() {
    let ran = several().write().run(&["check", "--as-of", "2026-07-01"]);
    let head = |line: &&str| line.starts_with("错误") || line.starts_with("警告") || line.contains("-->");
    let heads: Vec<&str> = ran.out.lines().filter(head).map(str::trim).collect();
    assert_eq!(
        heads,
        [
            "错误[YM10] unreadable-value：`10天` 没有说明是工作日还是自然日",
            "--> content/departments/scjgj/food/item.yaml:20:25",
            "错误[SR01] not-utf-8：文件不是 UTF-8 编码，看起来是 GBK（国标码）",
            "--> content/laws/a.yaml",
            "错误[YM01] yaml-syntax：`[` 后面少了配对的 `]`",
            "--> content/notices/2026-06-01-closed.md:2:5",
            "错误[YM05] unknown-key：不认识的键 `停车场`",
            "--> content/places/hall.yaml:6:1",
            "错误[YM03] full-width-colon：`地区` 后面是中文冒号 `：`",
            "--> content/site.yaml:3:3",
        ]
    );
    assert_eq!(
        (ran.status, ran.out.lines().last()),
        (1, Some("共 5 个问题：5 个错误；1 个可以用 mingbai check --fix 改好"))
    );
}

#[test]
fn findings_for_programs() {
    for (format, expected) in [
        ("json", include_str!("formats/findings.json")),
        ("sarif", include_str!("formats/findings.sarif")),
        ("github", include_str!("formats/findings.github.txt")),
    ] {
        let ran = several().write().run(&["check", "--as-of", "2026-07-01", "--format", format]);
        assert_eq!((ran.status, ran.err.as_str()), (1, ""));
        if std::env::var_os("UPDATE").is_some() {
            let name = if format == "github" { "github.txt" } else { format };
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/formats");
            std::fs::write(folder.join(format!("findings.{name}")), &ran.out).unwrap();
            continue;
        }
        assert_eq!(ran.out, expected, "{format}");
        let build = several().write().run(&["build", "--as-of", "2026-07-01", "--format", format]);
        assert_eq!(build, ran, "{format}");
    }
}

#[test]
fn a_clean_portal() {
    let root = Site::minimal().write();
    let said = |arguments: &[&str]| root.run(arguments);
    let fine = |out: &str| Ran { status: 0, out: out.to_owned(), err: String::new() };
    assert_eq!(said(&["check", "--as-of", "2026-07-01"]), fine("没有问题：1 个事项（含草稿）\n"));
    assert_eq!(
        said(&["check", "--as-of", "2026-07-01", "--lang", "en"]),
        fine("no findings: 1 items, drafts included\n")
    );
    assert_eq!(said(&["check", "--as-of", "2026-07-01", "--format", "github"]), fine(""));
}
