//! Findings that would only follow from another one, or whose repair would destroy something.

use mingbai::diagnostics::Lang;

use crate::kit::{ITEM, PLACE, Site};

#[test]
fn a_page_whose_file_cannot_be_read_is_not_missing() {
    let redirects = "跳转:\n  - { 从: /old/, 到: /items/drink/ }\n";
    let drink = "content/departments/scjgj/drink/item.yaml";
    let guide = "content/departments/scjgj/food/guide.md";
    let site = Site::minimal()
        .item("drink", "饮用水经营许可", 2)
        .file("content/redirects.yaml", redirects)
        .file(guide, "到[大厅](/places/hall/)办，也可以看[饮用水](/items/drink/)。\n");
    assert_eq!(site.findings(Lang::Zh), "");
    let unreadable = site.clone().file(drink, "名称: [").file(PLACE, "名称: [");
    let found = unreadable.findings(Lang::Zh);
    assert!(!found.contains("UR02") && !found.contains("MD05"), "{found}");
    // What is not there at all is missing.
    let found = site.without(drink).findings(Lang::Zh);
    assert!(found.contains("UR02") && found.contains("MD05"), "{found}");
}

#[test]
fn a_repair_never_names_a_key_that_is_there_already() {
    let found = Site::minimal().append(ITEM, "俗称: 开饭店\n").findings(Lang::Zh);
    assert!(found.contains("改成 `通俗名`"), "{found}");
    let found = Site::minimal().append(ITEM, "通俗名: 开店\n俗称: 开饭店\n").findings(Lang::Zh);
    assert!(!found.contains("改成 `"), "{found}");
}

#[test]
fn the_number_a_spreadsheet_keeps_a_day_as_is_no_code_without_quotes() {
    let found = Site::minimal().replace(ITEM, "更新日期: 2026-06-01", "更新日期: 46348").findings(Lang::Zh);
    assert!(!found.contains("YM08") && found.contains("像电子表格的日期序号"), "{found}");
}
