//! Small portals in temporary folders, and previews of them.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use jiff::civil::date;
use mingbai::pipeline::Input;
use mingbai::serve::{Options, Running, start};
use tempfile::TempDir;

/// The smallest `site.yaml`, at a host of its own.
pub(crate) const SITE: &str = "格式: 1
名称: 试验门户
简称: 试验
地区: 青岚市
网址: https://zwfw.qinglan.example/
语言: zh-Hans
主办单位: 青岚市人民政府办公室
联系电话: \"0600-8800000\"
网站标识码: \"9900000001\"
ICP备案: 青ICP备00000000号
公安备案: { 编号: \"99000000000000\", 省份: 青 }
";

/// A page whose text is easy to find.
pub(crate) const PAGE: &str =
    "---\n标题: 关于本站\n摘要: 试验用的页面。\n栏目: 帮助\n发布日期: 2026-11-01\n---\n\n第一版正文。\n";

/// A preview of a folder of its own.
pub(crate) struct Preview {
    pub(crate) folder: TempDir,
    running: Option<Running>,
    pub(crate) address: SocketAddr,
}

impl Preview {
    /// Writes the files over those of the smallest portal and starts the preview.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "content/site.yaml", SITE);
        write(folder.path(), "content/pages/about.md", PAGE);
        for (path, text) in files {
            write(folder.path(), path, text);
        }
        Preview::start(folder)
    }

    /// Starts the preview of a folder.
    pub(crate) fn start(folder: TempDir) -> Self {
        Preview::start_as(folder, |_| {})
    }

    /// Starts the preview of a folder with other options.
    pub(crate) fn start_as(folder: TempDir, change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::new(input(folder.path()), 0);
        change(&mut options);
        let running = start(options).unwrap();
        let address = running.address();
        Preview { folder, running: Some(running), address }
    }

    /// Saves a file in one step, as editors do: nobody sees half of it.
    pub(crate) fn save(&self, path: &str, text: &str) {
        let (new, path) = (self.folder.path().join("new"), self.folder.path().join(path));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&new, text).unwrap();
        fs::rename(new, path).unwrap();
    }

    /// Ends the preview.
    pub(crate) fn stop(mut self) {
        self.running.take().unwrap().stop();
    }
}

/// What a build of the same pages is made from.
pub(crate) fn input(root: &Path) -> Input {
    Input { root: root.to_path_buf(), as_of: date(2026, 11, 20), drafts: true, base_url: None }
}

/// Writes a file and the folders it is in.
pub(crate) fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
