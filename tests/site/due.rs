//! `mingbai due` and `mingbai next-change`.

use crate::kit::{ITEM, LAW, Root, SITE, Site};

const DUE: [&str; 5] = ["due", "--as-of", "2026-07-01", "--within", "1年"];

/// A portal with one of everything that has its day.
fn portal() -> Root {
    let wedding = "content/departments/scjgj/wedding/item.yaml";
    let spare = "content/departments/scjgj/spare/item.yaml";
    let draft = "content/departments/scjgj/draft/item.yaml";
    Site::minimal()
        .item("wedding", "结婚登记", 2)
        .item("spare", "备用", 3)
        .item("draft", "草稿", 4)
        .replace(draft, "状态: 已审核", "状态: 草稿")
        .append(draft, "复核周期: 1日\n")
        .append(ITEM, "复核日期: 2026-06-20\n复核周期: 1个月\n")
        .replace(wedding, "科室: 食品科", "科室: 婚姻科")
        .append(wedding, "生效日期: 2026-09-01\n")
        .append(spare, "计划取消日期: 2026-08-15\n")
        .append(LAW, "现行版本: 2026-06-30\n施行日期: 2026-10-01\n")
        .with(
            "-- content/notices/2026-06-01-hall.md --\n---\n标题: 大厅搬家\n类型: 临时调整\n开始: 2026-06-01\n截止: 2026-07-10\n---\n搬家。\n\
             -- content/exceptions.yaml --\n例外:\n  - { 代码: TL01, 文件: content/site.yaml, 理由: 等新规定, 责任人: 值班科长, 日期: 2026-06-01, 到期: 2026-12-31 }\n",
        )
        .write()
}

#[test]
fn what_is_due_stands_by_owner() {
    let ran = portal().run(&DUE);
    assert_eq!(
        ran.out,
        "\
青岚市市场监督管理局 · 婚姻科（3）
  2026-06-30  过了1天  依据  结婚登记
      《中华人民共和国食品安全法》2026-06-30改过，还没有照新的复核
      content/departments/scjgj/wedding/item.yaml
  2026-09-01  还有62天  生效  结婚登记
      从这一天起公开并生效
      content/departments/scjgj/wedding/item.yaml
  2026-10-01  还有92天  依据  结婚登记
      《中华人民共和国食品安全法》从这一天起有新的规定，提前改好指南
      content/departments/scjgj/wedding/item.yaml

青岚市市场监督管理局 · 食品科（6）
  2026-06-30  过了1天  依据  备用
      《中华人民共和国食品安全法》2026-06-30改过，还没有照新的复核
      content/departments/scjgj/spare/item.yaml
  2026-06-30  过了1天  依据  食品经营许可
      《中华人民共和国食品安全法》2026-06-30改过，还没有照新的复核
      content/departments/scjgj/food/item.yaml
  2026-07-20  还有19天  复核  食品经营许可
      每1个月复核一次，复核日期是2026-06-20：核对一遍，改好“复核日期”
      content/departments/scjgj/food/item.yaml
  2026-08-15  还有45天  取消  备用
      从这一天起取消：写好“状态说明”和“接替事项”
      content/departments/scjgj/spare/item.yaml
  2026-10-01  还有92天  依据  备用
      《中华人民共和国食品安全法》从这一天起有新的规定，提前改好指南
      content/departments/scjgj/spare/item.yaml
  2026-10-01  还有92天  依据  食品经营许可
      《中华人民共和国食品安全法》从这一天起有新的规定，提前改好指南
      content/departments/scjgj/food/item.yaml

青岚市人民政府办公室（2）
  2026-07-10  还有9天  通知  大厅搬家
      显示到这一天为止：到期仍然有效的，改“截止”
      content/notices/2026-06-01-hall.md
  2027-01-01  还有184天  日历  2027年放假安排
      calendar.yaml 里2027年还没有“正式”的安排，工作日算不准
      content/calendar.yaml

值班科长（1）
  2026-12-31  还有183天  放行  TL01 content/site.yaml
      放行到这一天为止（等新规定）：改好问题，或者重新同意
      content/exceptions.yaml

共 12 项，其中 3 项已经过期
"
    );
    assert_eq!(ran.status, 0);
}

#[test]
fn the_window_is_thirty_days_unless_it_is_said() {
    let root = portal();
    let dates = |arguments: &[&str]| -> Vec<String> {
        let ran = root.run(&[&["due", "--as-of", "2026-07-01", "--format", "json"], arguments].concat());
        let said: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        said["due"].as_array().unwrap().iter().map(|one| one["date"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(dates(&[]), ["2026-06-30", "2026-06-30", "2026-06-30", "2026-07-10", "2026-07-20"]);
    assert_eq!(dates(&["--within", "9天"]), dates(&["--within", "9d"]));
    assert_eq!(dates(&["--within", "9天"]).len(), 4);
    let bad = root.run(&["due", "--within", "一会儿"]);
    assert_eq!((bad.status, bad.out.as_str()), (2, ""));
}

#[test]
fn the_calendar_is_one_that_programs_read() {
    let root = portal();
    let ran = root.run(&[&DUE[..], &["--format", "ics"]].concat());
    assert!(ran.out.ends_with("END:VCALENDAR\r\n") && !ran.out.replace("\r\n", "").contains('\n'));
    assert!(ran.out.split("\r\n").all(|line| line.len() <= 75));
    let whole = ran.out.replace("\r\n ", "");
    assert_eq!(whole.matches("BEGIN:VEVENT").count(), 12);
    let uids = |text: &str| -> std::collections::BTreeSet<String> {
        text.lines().filter_map(|line| line.strip_prefix("UID:")).map(str::to_owned).collect()
    };
    assert_eq!(uids(&whole).len(), 12);
    assert!(whole.contains("DTSTAMP:20260701T000000Z\r\nDTSTART;VALUE=DATE:20260720\r\nDTEND;VALUE=DATE:20260721\r\n"));
    assert!(whole.contains("SUMMARY:复核：食品经营许可\r\n"));
    let later = root.run(&["due", "--as-of", "2026-07-02", "--within", "1年", "--format", "ics"]).out;
    assert_eq!(uids(&later.replace("\r\n ", "")), uids(&whole), "another day, the same entries");
    let none = Site::minimal().write().run(&["due", "--as-of", "2026-07-01", "--format", "ics"]).out;
    assert!(none.contains("BEGIN:VTIMEZONE\r\n") && !none.contains("VEVENT"));
    let table = root.run(&[&DUE[..], &["--format", "csv"]].concat()).out;
    assert_eq!(table.split("\r\n").count(), 14);
}

#[test]
fn the_next_day_on_which_the_site_is_another() {
    let root = portal();
    let on = |day: &str| root.run(&["next-change", "--as-of", day]).out;
    assert_eq!(
        on("2026-07-01"),
        "2026-07-11\n  大厅搬家  通知过了截止日期，从首页撤下  content/notices/2026-06-01-hall.md\n"
    );
    assert!(on("2026-07-11").starts_with("2026-08-15\n  备用  到了计划取消日期，页面改为“已取消”"));
    assert!(on("2026-08-15").starts_with("2026-09-01\n  结婚登记  到了生效日期，页面开始公开"));
    assert_eq!(on("2026-09-01"), "没有：不改内容，网站就不会变\n");
    let said = root.run(&["next-change", "--as-of", "2026-07-01", "--format", "json"]).out;
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&said["date"], &said["changes"][0]["reason"]), (&"2026-07-11".into(), &"notice".into()));
}

#[test]
fn broken_content_is_told_aside() {
    let root = Site::minimal().append(ITEM, "不认识: 一\n").write();
    let ran = root.run(&["due", "--as-of", "2026-07-01"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "没有到期的\n"));
    assert!(ran.err.contains("内容有错误"));
    let none = Site::minimal().file(SITE, "[").write().run(&["next-change", "--as-of", "2026-07-01"]);
    assert_eq!((none.status, none.out.as_str()), (1, ""));
}
