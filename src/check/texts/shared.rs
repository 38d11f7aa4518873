//! The texts of everything that is not an item.

use crate::portal::{Department, Place, Portal};
use crate::schema::department::ReviewEntry;

use super::{At, Each, Walk};

/// Calls `each` for every text of departments, places, shared materials, bundles, notices and pages.
///
/// Laws are not among them: their names and articles are quoted.
pub(crate) fn of_others(portal: &Portal, each: Each<'_>) {
    for department in &portal.departments {
        Walk { file: department.file, each: &mut *each }.department(department);
    }
    for place in &portal.places {
        Walk { file: place.file, each: &mut *each }.place(place);
    }
    for material in &portal.materials {
        let facts = &material.facts;
        Walk { file: material.file, each: &mut *each }.keys(
            &At::ROOT,
            &[
                ("名称", Some(&facts.name)),
                ("出具单位", facts.issuer.as_deref()),
                ("怎么取得", facts.how_to_get.as_deref()),
                ("说明", facts.note.as_deref()),
            ],
        );
    }
    for bundle in &portal.bundles {
        let facts = &bundle.facts;
        let mut walk = Walk { file: bundle.file, each: &mut *each };
        walk.keys(
            &At::ROOT,
            &[
                ("名称", Some(&facts.name)),
                ("通俗名", facts.everyday_name.as_deref()),
                ("说明", Some(&facts.note)),
                ("一套材料", facts.one_set.as_deref()),
                ("承诺说明", facts.promised_note.as_deref()),
            ],
        );
        let blocks = [
            ("一次告知", facts.told_once.as_ref().map(|one| &one.note)),
            ("一表申请", facts.joint_form.as_ref().and_then(|one| one.note.as_ref())),
            ("一窗受理", facts.one_window.as_ref().and_then(|one| one.note.as_ref())),
            ("一网办理", facts.one_site.as_ref().and_then(|one| one.note.as_ref())),
        ];
        for (key, note) in blocks {
            walk.keys(&At::ROOT.key(key), &[("说明", note.map(String::as_str))]);
        }
        let at = At::ROOT.key("事项");
        for (n, item) in facts.items.iter().enumerate() {
            walk.keys(&at.index(n), &[("说明", item.note.as_deref())]);
        }
        let at = At::ROOT.key("常见问题");
        for (n, one) in facts.questions.iter().enumerate() {
            walk.keys(&at.index(n), &[("问", Some(&one.question)), ("答", Some(&one.answer))]);
        }
    }
    for notice in &portal.notices {
        let mut walk = Walk { file: notice.file, each: &mut *each };
        walk.keys(&At::ROOT, &[("标题", Some(&notice.head.title))]);
        walk.markdown(&notice.text.text);
    }
    for page in &portal.pages {
        let mut walk = Walk { file: page.file, each: &mut *each };
        walk.keys(&At::ROOT, &[("标题", Some(&page.head.title)), ("摘要", Some(&page.head.summary))]);
        walk.markdown(&page.text.text);
    }
}

impl Walk<'_> {
    fn department(&mut self, department: &Department) {
        let facts = &department.facts;
        self.keys(
            &At::ROOT,
            &[
                ("名称", Some(&facts.name)),
                ("职责", facts.duties.told().map(String::as_str)),
                ("首问责任", facts.first_contact.as_deref()),
                ("地址", facts.address.as_deref()),
            ],
        );
        self.list(At::ROOT.key("服务承诺"), &facts.promises);
        if let Some(brand) = &facts.brand {
            let at = At::ROOT.key("服务名牌");
            self.keys(&at, &[("名称", Some(&brand.name)), ("理念", Some(&brand.idea))]);
            self.list(at.key("做法"), &brand.practices);
        }
        if let Some(ReviewEntry::Review(review)) = &facts.review {
            self.keys(
                &At::ROOT.key("行政复议"),
                &[("机关", Some(&review.authority)), ("地址", review.address.as_deref())],
            );
        }
    }

    fn place(&mut self, place: &Place) {
        let facts = &place.facts;
        self.keys(
            &At::ROOT,
            &[
                ("名称", Some(&facts.name)),
                ("地址", Some(&facts.address)),
                ("节假日", facts.holidays.told().map(String::as_str)),
                ("交通", facts.transit.as_deref()),
                ("停车", facts.parking.as_deref()),
                ("无障碍", facts.accessibility.as_deref()),
                ("说明", facts.note.as_deref()),
            ],
        );
        self.list(At::ROOT.key("服务"), &facts.services);
        let at = At::ROOT.key("楼层");
        for (n, floor) in facts.floors.iter().enumerate() {
            let at = at.index(n);
            self.text(at.key("位置"), &floor.name);
            self.list(at.key("窗口"), &floor.windows);
        }
    }
}
