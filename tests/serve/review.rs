//! `--review`: the working tree beside a revision, on its pages and on the page of all changes.

use std::fs;
use std::path::Path;
use std::process::Command;

use mingbai::pipeline;
use mingbai::serve::{Options, start};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::{Events, findings, get};
use crate::portal::{PAGE, Preview, SITE, copy, input, write};

/// An item, a department and a law of the sample portal.
pub(crate) const ITEM: &str = "content/departments/scjgj/food-business-licence/item.yaml";
pub(crate) const DEPARTMENT: &str = "content/departments/scjgj/department.yaml";
const LAW: &str = "content/laws/an-quan-sheng-chan-fa.yaml";
pub(crate) const HERE: &str = "/items/food-business-licence/";

/// Runs git in a folder, with nothing of the machine's settings.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=tester", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"])
        .args(["-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A folder whose content is all committed.
pub(crate) fn committed(folder: &TempDir) {
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "x"]);
}

/// A preview of a folder beside its last commit.
pub(crate) fn compared(folder: TempDir) -> Preview {
    Preview::start_as(folder, |options| options.review = Some("HEAD".to_owned()))
}

/// A small portal beside its last commit.
pub(crate) fn small(files: &[(&str, &str)]) -> Preview {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    committed(&folder);
    compared(folder)
}

/// The sample portal beside its last commit.
pub(crate) fn sample() -> Preview {
    let folder = sample_folder();
    committed(&folder);
    compared(folder)
}

/// A copy of the sample portal.
pub(crate) fn sample_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &folder.path().join("content"));
    folder
}

/// What the bar of a page shows.
pub(crate) fn bar(preview: &Preview, path: &str) -> Value {
    serde_json::from_slice(&get(preview.address, &format!("/__mingbai/review?{path}")).body).unwrap()
}

/// Saves a file with `from` replaced, which must be there.
pub(crate) fn change(preview: &Preview, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(preview.folder.path().join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    preview.save(path, &text.replacen(from, to, 1));
}

/// The page of all changes.
pub(crate) fn list(preview: &Preview) -> String {
    let answer = get(preview.address, "/__review/");
    assert_eq!((answer.status, answer.header("Content-Type")), (200, "text/html; charset=utf-8"));
    answer.text().to_owned()
}

#[test]
fn the_list_follows_each_change() {
    let preview = small(&[]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    let page = list(&preview);
    assert!(page.contains("没有改动") && !page.contains("<article"), "{page}");
    assert!(page.contains(&format!("data-page=\"{}\"", first.page)), "it is loaded again as other pages are");
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    let second = events.next_page(&first);
    let page = list(&preview);
    assert!(page.contains("<del><span class=\"mark\">[删除]</span>一</del>"), "{page}");
    assert!(page.contains("<ins><span class=\"mark\">[新增]</span>二</ins>"), "{page}");
    assert!(page.contains("<a href=\"/about/\">/about/</a>") && page.contains("已核对"), "{page}");
    assert!(page.contains("工作区（含没有提交的改动）") && page.contains("HEAD（"), "{page}");
    preview.save("content/pages/about.md", PAGE);
    events.next_page(&second);
    assert!(list(&preview).contains("没有改动"), "what is undone is no change");
    preview.stop();
}

#[test]
fn an_error_at_the_start_leaves_the_list() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    write(folder.path(), "content/pages/help.md", PAGE);
    committed(&folder);
    write(folder.path(), "content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    write(folder.path(), "content/pages/help.md", &PAGE.replace("标题:", "标提:"));
    let preview = compared(folder);
    assert_eq!(get(preview.address, "/").status, 503, "there is no page to show");
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    let page = list(&preview);
    assert!(page.contains("<ins><span class=\"mark\">[新增]</span>二</ins>"), "what can be compared is: {page}");
    assert!(page.contains("help.md") && page.contains("标提"), "it says what stands in the way: {page}");
    assert!(page.contains(&format!("data-page=\"{}\"", first.page)), "it is loaded again as other pages are");
    preview.save("content/pages/help.md", PAGE);
    events.next_page(&first);
    let page = list(&preview);
    assert!(!page.contains("标提") && page.contains("<a href=\"/about/\">/about/</a>"), "{page}");
    preview.stop();
}

#[test]
fn faults_leave_the_last_list() {
    let preview = small(&[]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    let second = events.next_page(&first);
    preview.save("content/pages/about.md", &PAGE.replace("标题:", "标提:"));
    events.next_findings(&second);
    assert!(list(&preview).contains("二</ins>"));
    assert_eq!(findings(preview.address)["is_blocked"], json!(true), "its panel says what is wrong");
    preview.stop();
}

#[test]
fn a_tick_holds_for_what_a_card_says() {
    let preview = small(&[("content/pages/other.md", PAGE)]);
    let mut events = Events::open(preview.address);
    let mut state = events.next().unwrap();
    let digest = |page: &str, id: &str| {
        let from = page.find(&format!("<article id=\"page-{id}\" data-digest=\"")).unwrap();
        page[from..].split('"').nth(3).unwrap().to_owned()
    };
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    state = events.next_page(&state);
    let before = digest(&list(&preview), "about");
    preview.save("content/pages/other.md", &PAGE.replace("第一版正文", "别的话"));
    state = events.next_page(&state);
    let page = list(&preview);
    assert_eq!(digest(&page, "about"), before, "another page changed");
    assert!(page.contains("data-store=\"preview\""), "ticks are kept in one place");
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第三版"));
    events.next_page(&state);
    assert_ne!(digest(&list(&preview), "about"), before, "it is to be looked at again");
    preview.stop();
}

#[test]
fn below_the_path_of_the_site() {
    let site = SITE.replace("example/", "example/zwfw/");
    let preview = small(&[("content/site.yaml", &site)]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    events.next_page(&first);
    for path in ["/__review/", "/zwfw/__review/", "/zwfw/__review"] {
        let answer = get(preview.address, path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text().contains("<a href=\"/zwfw/about/\">/about/</a>"), "{path}");
    }
    let bar = bar(&preview, "/zwfw/about/");
    assert_eq!((&bar["count"], &bar["at"], &bar["next"]), (&json!(1), &json!(1), &Value::Null));
    preview.stop();
}

#[test]
fn a_preview_without_a_revision_has_nothing_of_it() {
    let preview = Preview::of(&[]);
    assert_eq!(get(preview.address, "/__review/").status, 404);
    assert!(!get(preview.address, "/about/").text().contains("review"));
    assert_eq!(bar(&preview, "/about/")["count"], json!(0));
    preview.stop();
}

#[test]
fn each_page_says_what_changed_on_it() {
    let preview = sample();
    let mut events = Events::open(preview.address);
    let mut state = events.next().unwrap();
    assert_eq!(bar(&preview, HERE)["count"], json!(0), "nothing yet");
    change(&preview, ITEM, "\n通俗名: ", "\n通俗名: 新");
    state = events.next_page(&state);
    change(&preview, LAW, "\n简称: ", "\n简称: 新");
    state = events.next_page(&state);
    change(&preview, DEPARTMENT, "\n简称: ", "\n简称: 新");
    events.next_page(&state);
    let law = "/laws/an-quan-sheng-chan-fa/";
    for (path, name, count) in [(HERE, "事项", 2), (law, "法律法规", 1), ("/departments/scjgj/", "部门", 1)] {
        let shown = bar(&preview, path);
        assert_eq!((&shown["count"], &shown["pages"]), (&json!(count), &json!(3)), "{path}: {shown:#}");
        let cards = shown["cards"].as_array().unwrap();
        let card = cards.iter().find(|card| card["title"].as_str().unwrap().contains(name)).unwrap();
        let anchor = card["link"].as_str().unwrap().strip_prefix("/__review/#").unwrap();
        assert!(list(&preview).contains(&format!("<article id=\"{anchor}\"")), "{path}: {anchor}");
        let change = &card["changes"][0];
        assert_ne!(change["class_name"], json!("连带"));
        assert!(change["old"].is_array(), "{shown:#}");
        let added = json!({ "part": "new", "text": "新" });
        assert!(change["new"].as_array().unwrap().contains(&added), "{path}: {shown:#}");
    }
    let follows = bar(&preview, HERE);
    let classes = |card: &Value| card["changes"][0]["class_name"].as_str().unwrap().to_owned();
    let classes: Vec<String> = follows["cards"].as_array().unwrap().iter().map(classes).collect();
    assert!(classes.contains(&"连带".to_owned()), "its department has another name: {classes:?}");
    let other = bar(&preview, "/about/");
    assert_eq!((&other["count"], &other["at"]), (&json!(0), &Value::Null));
    // From the first to the last and back, each changed page once.
    let mut seen = Vec::new();
    let mut at = other["next"].clone();
    while let Some(path) = at.as_str() {
        seen.push(path.to_owned());
        at = bar(&preview, path)["next"].clone();
    }
    let mut sorted = seen.clone();
    sorted.sort();
    assert_eq!(sorted, ["/departments/scjgj/", HERE, law]);
    assert_eq!(other["previous"], json!(seen[2]));
    assert_eq!(bar(&preview, &seen[2])["previous"], json!(seen[1]));
    assert_eq!(bar(&preview, &seen[0])["previous"], Value::Null);
    preview.stop();
}

#[test]
fn what_is_new_and_what_is_gone() {
    let preview = small(&[("content/pages/old.md", PAGE)]);
    let root = preview.folder.path();
    let mut events = Events::open(preview.address);
    let mut state = events.next().unwrap();
    // With the same text it would be the old page under another name.
    preview.save("content/pages/new.md", &PAGE.replace("第一版", "另一页"));
    fs::remove_file(root.join("content/pages/old.md")).unwrap();
    while get(preview.address, "/new/").status != 200 || get(preview.address, "/old/").status != 404 {
        state = events.next_page(&state);
    }
    let new = bar(&preview, "/new/");
    assert_eq!((&new["count"], &new["cards"][0]["changes"][0]["old"]), (&json!(1), &Value::Null), "{new:#}");
    let old = bar(&preview, "/old/");
    assert_eq!((&old["count"], &old["cards"][0]["changes"][0]["new"]), (&json!(1), &Value::Null), "{old:#}");
    assert_eq!((&old["pages"], &new["pages"]), (&json!(2), &json!(2)), "what is gone is visited as well");
    let (before, after) = if old["at"] == json!(1) { ("next", "previous") } else { ("previous", "next") };
    assert_eq!(
        (&old[before], &new[after]),
        (&json!("/new/"), &json!("/__review/compare/old/")),
        "it is only to be seen beside nothing"
    );
    let page = list(&preview);
    assert!(page.contains("<a href=\"/new/\">") && !page.contains("<a href=\"/old/\">"), "{page}");
    for path in ["/new/", "/old/"] {
        let both = format!("<a href=\"/__review/compare{path}\">新旧并排</a>");
        assert!(page.contains(&both), "what is gone can be seen as it was: {page}");
    }
    preview.stop();
}

#[test]
fn only_the_preview_has_it() {
    let preview = small(&[]);
    let served = get(preview.address, "/about/").text().to_owned();
    assert!(served.contains("/__mingbai/review.js") && served.contains("/__mingbai/review.css"));
    let out = preview.folder.path().join("dist");
    pipeline::build(&input(preview.folder.path()), &out, false, &|_, _| {}).unwrap();
    let built = fs::read_to_string(out.join("about/index.html")).unwrap();
    let from = served.find("<script src=\"/__mingbai/client.js\"").unwrap();
    let end = "<meta name=\"robots\" content=\"noindex\">";
    let to = from + served[from..].find(end).unwrap() + end.len();
    let marks = "<script src=\"/__mingbai/marks.js\" defer></script>";
    let before = served[..from].replacen(&format!("<head>{marks}"), "<head>", 1);
    assert_eq!(format!("{before}{}", &served[to..]), built);
    for (name, kind) in [("review.js", "text/javascript; charset=utf-8"), ("review.css", "text/css; charset=utf-8")] {
        let answer = get(preview.address, &format!("/__mingbai/{name}"));
        assert_eq!((answer.status, answer.header("Content-Type")), (200, kind));
    }
    preview.stop();
}

#[test]
fn a_start_with_faults_becomes_a_comparison() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    committed(&folder);
    write(folder.path(), "content/pages/about.md", &PAGE.replace("标题:", "标提:"));
    let preview = compared(folder);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    let page = list(&preview);
    assert!(page.contains("标提") && !page.contains("二</ins>"), "it says what stands in the way: {page}");
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    events.next_page(&first);
    assert!(list(&preview).contains("二</ins>"));
    preview.stop();
}

#[test]
fn a_wrong_revision_ends_it_with_a_message() {
    let refused = |folder: &TempDir, asked: &str| {
        let options = Options { review: Some(asked.to_owned()), ..Options::new(input(folder.path()), 0) };
        start(options).err().unwrap().words()
    };
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    assert!(refused(&folder, "main").zh.contains("不在 git 仓库里"));
    committed(&folder);
    for asked in ["nothing", "", "-x", "main..HEAD"] {
        let words = refused(&folder, asked);
        assert!(words.zh.contains(asked) && words.en.contains(asked), "{words:?}");
        assert!(!words.en.chars().any(|c| ('一'..='龥').contains(&c)), "{words:?}");
    }
}
