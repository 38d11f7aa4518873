//! What the index is made from: one record for each thing that can be found.

use serde::Serialize;

/// What a search result leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An item (事项).
    Item,
    /// A bundle (一件事).
    Bundle,
    /// A department (部门).
    Department,
}

/// A value results can be filtered by: its id in addresses and its name on the page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Label {
    /// The id, as it stands in the address of a search.
    #[serde(rename = "value")]
    pub id: String,
    /// The name, as people read it.
    pub name: String,
}

/// One thing that can be found, with the texts it can be found by but for its running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub kind: Kind,
    /// The address of its page below the root of the site, without the first slash: `items/id-card/`.
    pub url: String,
    /// The name a result shows: 通俗名, otherwise 名称.
    pub name: String,
    /// 名称.
    pub official: String,
    /// 别名: everyday, old and short names.
    pub aliases: Vec<String>,
    /// 关键词: words that are searched but never shown.
    pub keywords: Vec<String>,
    /// The other words for what it is about: 主项, 审批结果.
    pub related: Vec<String>,
    /// One line for the list of results.
    pub summary: String,
    /// What stays the same in all situations of one item (首次申请, 变更 …) and in all places that offer it.
    /// Records with the same key are one result.
    pub family: String,
    /// The department (部门).
    pub department: Label,
    /// The topics (主题).
    pub topics: Vec<Label>,
    /// Who can apply (服务对象).
    pub audiences: Vec<Label>,
    /// 办件类型; none for what is not an item.
    pub handling: Option<Label>,
    /// Whether it can be done online (可网办).
    pub online: bool,
    /// Whether anybody can apply now; what is paused or ended comes after what is not.
    pub open: bool,
}
