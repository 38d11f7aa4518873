//! CD03: conditions agree with who may come, and whether anybody must.

use std::sync::Arc;

use crate::check::wording::clause_around;
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::portal::{Item, Portal};
use crate::schema::Flag;
use crate::schema::item_handling::Agency;
use crate::source::FieldPath;

/// CD03.
static CODE: Code = Code {
    id: "CD03",
    name: "condition-contradicts",
    severity: Severity::Warning,
    title_zh: "申请条件和代办、跑动次数、服务对象对不上",
    title_en: "condition that contradicts who may come",
    explain_zh: "条件写“本人到场”，代办却写“支持”；条件写要到现场，到现场次数却是 0；条件写年满十八周岁，材料里又有未成年人由监护人办的。两处不一样，群众不知道信哪一个。\
        怎么改：改对其中一处；有例外的，在条件里写明。",
    explain_en: "A condition demands the applicant in person while 代办 is allowed or 到现场次数 is 0, or demands that he be of age while \
        a material is for minors. Correct one of the two, or state the exception in the condition.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// How a condition demands that the applicant comes.
const PRESENCE: [&str; 14] = [
    "本人到场",
    "本人到现场",
    "本人亲自",
    "亲自到场",
    "亲自到现场",
    "本人到窗口",
    "当事人到场",
    "双方到场",
    "亲自到窗口",
    "亲自办理",
    "不得代办",
    "不能代办",
    "不得委托",
    "不能委托",
];
/// Which of them say only that nobody else may act.
const NO_AGENT: [&str; 6] = ["亲自办理", "本人亲自", "不得代办", "不能代办", "不得委托", "不能委托"];
/// What makes an exception.
const EXCEPT: [&str; 9] = ["除外", "可以委托", "可委托", "可以代", "可代", "或者委托", "或委托", "或者由", "线上"];

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        for (n, condition) in item.facts.conditions.iter().enumerate() {
            let at = FieldPath::root().key("申请条件").index(n);
            findings.extend(presence(item, condition, &at));
            findings.extend(age(item, condition, &at));
        }
    }
}

fn presence(item: &Item, condition: &str, at: &FieldPath) -> Option<Finding> {
    if !condition.contains(['场', '亲', '代', '托', '窗']) || EXCEPT.iter().any(|word| condition.contains(word)) {
        return None;
    }
    let words = PRESENCE.iter().find(|words| {
        condition
            .find(**words)
            .is_some_and(|at| !clause_around(condition, at).contains(['无', '不', '免']) || words.starts_with('不'))
    })?;
    let agents = matches!(item.facts.agency, Some(Agency::Flag(Flag(true))));
    let (key, zh, en) = if agents {
        ("代办", "代办却写着“支持”", "but 代办 is 支持")
    } else if item.facts.visits.get().is_some_and(|visits| visits.count() == 0) && !NO_AGENT.contains(words) {
        ("到现场次数", "到现场次数却是 0", "but 到现场次数 is 0")
    } else {
        return None;
    };
    let message = Words::new(format!("条件要 `{words}`，{zh}"), format!("the condition demands `{words}`, {en}"));
    Some(finding(item, at, words, message, FieldPath::root().key(key)))
}

fn age(item: &Item, condition: &str, at: &FieldPath) -> Option<Finding> {
    let of_age = ["年满18周岁", "年满十八周岁", "年满18岁", "年满十八岁", "满18周岁", "满十八周岁"];
    let words = of_age.iter().find(|words| condition.contains(**words))?;
    let whole = condition.trim_end_matches(['。', '；']);
    // “年满18周岁，或者……” and conditions about somebody else leave room for minors.
    let is_strict = !["或", "子女", "未", "不满", "除外", "的人员", "者"].iter().any(|word| whole.contains(word));
    let minors = item
        .materials
        .iter()
        .find(|material| ["未成年", "监护人"].iter().any(|word| material.facts.name.contains(word)));
    let material = minors.filter(|_| is_strict)?;
    let name = &material.facts.name;
    let message = Words::new(
        format!("条件要 `{words}`，材料里却有 `{name}`"),
        format!("the condition demands `{words}`, but there is a material `{name}`"),
    );
    let place = FieldPath::root().key("申请材料").index(material.position);
    Some(finding(item, at, words, message, place))
}

fn finding(item: &Item, at: &FieldPath, words: &str, message: Words, other: FieldPath) -> Finding {
    let place = Place { file: item.file, target: Target::Value(other) };
    Finding::new(&CODE, item.file, Target::Within(at.clone(), words.to_owned()), message)
        .related(place, Words::new("和这里对不上", "contradicts this"))
        .allowed("两处一致", "the same in both places")
        .repair("改对其中一处；有例外的写在条件里", "correct one of them, or state the exception in the condition")
}
