//! Every text a citizen reads, with the place it is written in.
//!
//! A walk and not a list: ten thousand items hold millions of texts, and the
//! path of one is put together only when a rule has something to say about it.
//! The quoted text of statutes (条款原文, 办理依据.内容) is not among them,
//! because nobody may change its words.

mod item;
mod shared;

pub(crate) use item::of_item;
pub(crate) use shared::of_others;

use std::sync::Arc;

use crate::diagnostics::{Findings, Target};
use crate::portal::{Item, ItemStatus, Portal};
use crate::source::{FieldPath, FileId};

/// One text and where it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'a> {
    /// The file it is written in.
    pub file: FileId,
    /// The words; of Markdown the words alone, one block.
    pub text: &'a str,
    /// The field; the root for the text of a Markdown file.
    pub at: At<'a>,
}

impl Text<'_> {
    /// Its place as a whole.
    pub(crate) fn target(&self) -> Target {
        match self.at.step {
            Link::Root => Target::Within(FieldPath::root(), self.text.to_owned()),
            _ => Target::Value(self.at.path()),
        }
    }

    /// The place of some of its words.
    pub(crate) fn part(&self, words: &str) -> Target {
        Target::Within(self.at.path(), words.to_owned())
    }

    /// Whether it stands under this key of the document, such as `申请条件`.
    pub(crate) fn is_under(&self, key: &str) -> bool {
        self.at.top() == key
    }

    /// Whether its own key is this one, such as `名称`.
    pub(crate) fn is_called(&self, key: &str) -> bool {
        self.at.name() == key
    }
}

/// The way to a field, not yet put together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    up: Option<&'a At<'a>>,
    step: Link<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Link<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// The root of a document.
    const ROOT: At<'static> = At { up: None, step: Link::Root };

    fn key(&'a self, key: &'a str) -> At<'a> {
        At { up: Some(self), step: Link::Key(key) }
    }

    fn index(&'a self, index: usize) -> At<'a> {
        At { up: Some(self), step: Link::Index(index) }
    }

    /// Whether it is the text of a Markdown file.
    pub(crate) fn is_root(&self) -> bool {
        matches!(self.step, Link::Root)
    }

    /// The path, put together.
    pub(crate) fn path(&self) -> FieldPath {
        let path = self.up.map_or_else(FieldPath::root, At::path);
        match self.step {
            Link::Root => path,
            Link::Key(key) => path.key(key),
            Link::Index(index) => path.index(index),
        }
    }

    /// The first key; empty at the root.
    fn top(&self) -> &'a str {
        let above = self.up.map_or("", At::top);
        match self.step {
            Link::Key(key) if above.is_empty() => key,
            _ => above,
        }
    }

    /// The last key.
    fn name(&self) -> &'a str {
        match self.step {
            Link::Key(key) => key,
            _ => self.up.map_or("", At::name),
        }
    }
}

/// What a rule over texts does with one.
pub(crate) type Look = fn(&Portal, &Text<'_>, &mut Findings);

/// Looks at every text of some items; of those that were cancelled nothing is to be repaired.
pub(crate) fn over_items(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings, look: Look) {
    for item in items.iter().filter(|item| item.status != ItemStatus::Cancelled) {
        of_item(item, &mut |text| look(portal, &text, findings));
    }
}

/// Looks at every text that is not of an item.
pub(crate) fn over_others(portal: &Portal, findings: &mut Findings, look: Look) {
    of_others(portal, &mut |text| look(portal, &text, findings));
}

/// What is called for each text.
type Each<'e> = &'e mut dyn FnMut(Text<'_>);

/// The texts of one file on their way to `each`.
struct Walk<'e> {
    file: FileId,
    each: Each<'e>,
}

impl Walk<'_> {
    fn text(&mut self, at: At<'_>, text: &str) {
        (self.each)(Text { file: self.file, text, at });
    }

    /// The texts of single keys, those that are there.
    fn keys(&mut self, at: &At<'_>, texts: &[(&str, Option<&str>)]) {
        for (key, text) in texts {
            if let Some(text) = text {
                self.text(at.key(key), text);
            }
        }
    }

    fn list(&mut self, at: At<'_>, texts: &[String]) {
        for (n, text) in texts.iter().enumerate() {
            self.text(at.index(n), text);
        }
    }

    /// The words of a Markdown text, block by block.
    fn markdown(&mut self, words: &str) {
        for block in words.lines().filter(|block| !block.trim().is_empty()) {
            self.text(At::ROOT, block);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use serde_yaml::Value;

    use super::*;
    use crate::diagnostics::{Code, Finding, Severity, Words};
    use crate::pipeline::{self, Checked, Input};
    use crate::printing::locate;

    static CODE: Code = Code {
        id: "ZZ01",
        name: "text",
        severity: Severity::Info,
        title_zh: "",
        title_en: "",
        explain_zh: "",
        explain_en: "",
    };

    /// Keys whose texts are names of things, choices, codes, numbers or quotations.
    const NO_PROSE: &str = "A岗 B岗 名称 主项 乡镇街道 村居社区 关键词 别名 地方实施编码 实施编码 业务办理项编码 版本 事项类型 办件类型 \
        行使层级 实施主体性质 权力来源 委托部门 联办机构 服务对象 个人 法人 生命周期 特定对象 状态 审核人 日期 更新日期 复核日期 复核周期 \
        生效日期 计划取消日期 接替事项 法律 条款 用途 数量限制 问题 适用 引用 编号 类型 份数 形式 必要性 来源 空白表格 示例样表 编码 可免交 \
        承诺书 时限 计入时限 渠道 法定 承诺 起算 受理 送达 程序 电话 特别程序 收费 性质 计价 金额 费率 下限 上限 网上支付 有效期 电子证照 样本 \
        审批结果 送达方式 办理形式 网址 移动端网址 深度 到现场次数 地点 开放时间 进驻大厅 预约 自助终端 代办 寄送材料 寄送结果 通办范围 通办方式 \
        四办 咨询电话 监督电话 行政复议 行政诉讼 机关 地址 法院 中介服务 年审年检 年报 周期 相关事项 容缺受理 告知承诺 申请材料 涉密";

    fn sample() -> Checked {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
        let as_of = jiff::civil::date(2026, 7, 1);
        pipeline::check(&Input { root, as_of, drafts: true, base_url: None }).unwrap()
    }

    fn leaves(value: &Value, path: &FieldPath, found: &mut BTreeSet<FieldPath>) {
        match value {
            Value::Mapping(map) => {
                map.iter().for_each(|(key, inner)| leaves(inner, &path.key(key.as_str().unwrap()), found));
            }
            Value::Sequence(list) => {
                list.iter().enumerate().for_each(|(n, inner)| leaves(inner, &path.index(n), found));
            }
            Value::String(_) => drop(found.insert(path.clone())),
            _ => {}
        }
    }

    #[test]
    fn every_prose_of_an_item_is_walked_and_stands_where_it_says() {
        let checked = sample();
        let portal = checked.portal.unwrap();
        let mut walked: BTreeMap<FileId, BTreeSet<FieldPath>> = BTreeMap::new();
        let mut findings = Vec::new();
        let mut each = |text: Text<'_>| {
            walked.entry(text.file).or_default().insert(text.at.path());
            let line = text.text.lines().next().unwrap_or_default().trim().to_owned();
            findings.push(Finding::new(&CODE, text.file, text.part(&line), Words::new(line.clone(), "")));
        };
        portal.items.iter().for_each(|item| of_item(item, &mut each));
        of_others(&portal, &mut each);
        let total = findings.len();
        let exact = locate(findings, &checked.tree).into_iter().filter(|found| {
            let range = found.spot.part.as_ref().unwrap().range.clone();
            checked.tree.file(found.spot.file).text[range] == found.message.zh
        });
        let exact = exact.count();
        assert!(exact * 100 > total * 85, "only {exact} of {total} texts are found as they are written");
        for item in &portal.items {
            let mut all = BTreeSet::new();
            leaves(&serde_yaml::from_str(&checked.tree.file(item.file).text).unwrap(), &FieldPath::root(), &mut all);
            for path in all.difference(&walked[&item.file]) {
                let name = path.0.iter().rev().find_map(|step| match step {
                    crate::source::Step::Key(key) => Some(key.as_str()),
                    crate::source::Step::Index(_) => None,
                });
                let is_inside = |key: &str| path.0.iter().any(|step| *step == crate::source::Step::Key(key.into()));
                let is_prose = !NO_PROSE.split_whitespace().any(|key| Some(key) == name);
                assert!(!is_prose || is_inside("适用") || is_inside("办理依据"), "{}: {path} is not walked", item.slug);
            }
        }
    }
}
