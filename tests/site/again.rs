//! The stages run again after a change: what earlier runs left may be taken
//! only where it is what a first run makes.

use std::fmt::Write as _;

use mingbai::load::Store;
use mingbai::pipeline::{self, Memory, Planned};
use mingbai::printing::Places;

use crate::kit::{DEPARTMENT, ITEM, MINIMAL, Root, SITE, Site, TOPICS};

const WINE: &str = "content/departments/scjgj/wine/item.yaml";
const GUIDE: &str = "content/departments/scjgj/food/guide.md";

/// A portal with texts that lead to each other.
fn portal() -> Site {
    Site::default()
        .with(MINIMAL)
        .with(
            "-- content/departments/scjgj/food/guide.md --
带申请书去[大厅](/places/hall/)。
-- content/pages/about.md --
---
标题: 关于
摘要: 关于
栏目: 帮助
发布日期: 2026-01-01
---
先看[食品](/items/food/)。
-- themes/mine/assets/css/90-mine.css --
p { color: red }
",
        )
        .replace(SITE, "格式: 1\n", "格式: 1\n主题: mine\n")
        .item("wine", "酒类批发许可", 2)
        .replace(WINE, "有固定的经营场所", "视情况有固定的经营场所")
}

/// Everything a plan says: outputs, orders, findings.
fn said(planned: &Planned, places: &mut Places) -> String {
    let mut text = String::new();
    for finding in places.locate(planned.findings.clone().into_vec(), &planned.tree) {
        let _ = writeln!(text, "{finding:?}");
    }
    if let Some(ready) = &planned.ready {
        let plan = &ready.plan;
        for (path, output) in plan.outputs.iter() {
            let _ = writeln!(text, "{path} {output:?}");
        }
        let _ = writeln!(text, "{:?} {:?} {}", plan.listings, plan.assets, plan.page_size);
    }
    text
}

struct Running {
    root: Root,
    site: Site,
    store: Store,
    memory: Memory,
    places: Places,
}

impl Running {
    fn start(site: Site) -> Self {
        let root = site.write();
        let store = Store::read(root.path()).unwrap();
        Running { root, site, store, memory: Memory::default(), places: Places::default() }
    }

    /// Saves another state of the portal, and compares.
    fn becomes(&mut self, what: &str, site: Site) {
        for gone in self.site.paths().filter(|path| !site.paths().any(|other| other == *path)) {
            std::fs::remove_file(self.root.join(gone)).unwrap();
        }
        self.root.update(&site);
        self.site = site;
        self.store.rescan().unwrap();
        let input = self.root.input();
        let again = pipeline::plan_loaded(self.store.loaded(), &input, &mut self.memory);
        let first = pipeline::plan_loaded(self.store.loaded(), &input, &mut Memory::default());
        let text = said(&again, &mut self.places);
        assert_eq!(text, said(&first, &mut Places::default()), "{what}");
        assert!(text.contains("VG01"), "there is always something to find: {what}\n{text}");
    }
}

#[test]
fn a_change_gives_what_a_first_run_gives() {
    let mut running = Running::start(portal());
    running.becomes("the start", portal());
    let edits: [(&str, &str, &str, &str); 19] = [
        ("words of an item", ITEM, "在青岚市卖食品的", "在青岚市做食品的"),
        ("its name", ITEM, "名称: 食品经营许可\n", "名称: 安全食品经营许可\n"),
        ("its code", ITEM, "3000131001000", "3000131009000"),
        ("the code of another item", ITEM, "U3000131001000", "U3000131002000"),
        ("the name of another item", ITEM, "名称: 食品经营许可\n", "名称: 酒类批发许可\n"),
        ("its state", ITEM, "审核: { 状态: 已审核 }", "审核: { 状态: 已审核 }\n状态: 暂停\n状态说明: 系统升级"),
        (
            "its record",
            ITEM,
            "更新日期: 2026-06-01\n",
            "更新日期: 2026-06-01\n变更记录:\n  - { 日期: 2026-05-01, 内容: 缩短时限 }\n",
        ),
        ("its topic", ITEM, "个人: [准营准办]", "个人: [婚姻登记]"),
        ("a draft", ITEM, "已审核", "草稿"),
        ("a link that leads nowhere", GUIDE, "/places/hall/", "/places/hell/"),
        ("a department", DEPARTMENT, "管食品和药品的安全", "管食品的安全"),
        ("the name of the portal", SITE, "名称: 青岚市办事公开", "名称: 青岚办事公开"),
        (
            "who hears of holes",
            SITE,
            "格式: 1\n",
            "格式: 1\n安全联系: { 网址: [https://zwfw.qinglan.example/security], 有效期至: 2027-08-31 }\n",
        ),
        ("the address of the portal", SITE, "https://zwfw.qinglan.example/", "https://zwfw.qinglan.example/zwfw/"),
        ("the size of lists", SITE, "格式: 1\n", "格式: 1\n每页条数: 1\n"),
        ("a topic's address", TOPICS, "标识: permits", "标识: licences"),
        ("a link of a page that leads nowhere", "content/pages/about.md", "/items/food/", "/items/fool/"),
        ("a style sheet", "themes/mine/assets/css/90-mine.css", "red", "blue"),
        ("a broken item", ITEM, "名称: 食品经营许可\n", "名称 食品经营许可\n"),
    ];
    for (what, path, from, to) in edits {
        running.becomes(what, portal().replace(path, from, to));
        running.becomes(&format!("{what}, undone"), portal());
    }
    let more = "-- content/redirects.yaml --\n跳转:\n  - { 从: /items/old/, 到: /items/food/, 理由: 改名 }\n";
    running.becomes("a file more", portal().with(more));
    running.becomes("a form more", portal().file("content/departments/scjgj/food/files/form.docx", "表"));
    running.becomes("no text", portal().without(GUIDE));
    running.becomes("the page it leads to gone", portal().without("content/places/hall.yaml"));
    running.becomes("as at first", portal());
}
