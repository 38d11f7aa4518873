//! CX01: one material is called and described in one way in the whole portal.

use std::collections::HashMap;

use crate::check::asked::{Asked, PlainName, asked, plain_name};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::model::terms::{MaterialKind, Term};
use crate::portal::{Item, Portal, SharedMaterial};
use crate::source::FieldPath;

/// CX01.
static CODE: Code = Code {
    id: "CX01",
    name: "material-two-ways",
    severity: Severity::Warning,
    title_zh: "同一份材料在两处说法不一样",
    title_en: "one material described in two ways",
    explain_zh: "同一份材料，全站要叫同一个名字、写同样的类型、来源和出具单位，群众才不会以为是两样东西，改的时候也只改一处。\
        共用材料（materials 文件夹）里已经有的，包括它的别名，事项里写“引用”；几个事项都要、又没有共用材料的，说法要一致，最好建一个共用材料。",
    explain_en: "One paper has one name, kind, source and issuer everywhere, or people take it for two things. What stands in \
        materials/ already, under its name or an alias, is referred to with 引用; what several items ask for is described alike, \
        and had better be shared.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    let shared = shared_names(portal, findings);
    let mut firsts: HashMap<PlainName<'_>, (&Item, Asked<'_>)> = HashMap::new();
    for item in &portal.items {
        for material in asked(item).filter(|material| material.resolved.shared.is_none()) {
            let name = plain_name(material.name());
            if let Some(common) = shared.get(&name) {
                findings.push(not_referred(item, &material, common));
                continue;
            }
            // Each item has forms of its own, whatever they are called.
            if material.resolved.facts.kind == Some(MaterialKind::Form) {
                continue;
            }
            match firsts.get(&name) {
                Some((first, before)) => findings.extend(differing(item, &material, first, before)),
                None => _ = firsts.insert(name, (item, material)),
            }
        }
    }
}

/// Every name and alias of a shared material; a name that two of them have is found at once.
fn shared_names<'p>(portal: &'p Portal, findings: &mut Findings) -> HashMap<PlainName<'p>, &'p SharedMaterial> {
    let mut names: HashMap<PlainName<'_>, &SharedMaterial> = HashMap::new();
    let root = FieldPath::root();
    for material in &portal.materials {
        let facts = &material.facts;
        let aliases = facts.aliases.iter().enumerate().map(|(n, alias)| (root.key("别名").index(n), alias));
        for (path, name) in std::iter::once((root.key("名称"), &facts.name)).chain(aliases) {
            let Some(first) = names.insert(plain_name(name), material).filter(|first| first.id != material.id) else {
                continue;
            };
            let message = Words::new(
                format!("`{name}` 也是共用材料 `{}` 的名称或别名", first.id),
                format!("`{name}` is also a name or alias of the shared material `{}`", first.id),
            );
            let place = Place { file: first.file, target: Target::Key(root.key("名称")) };
            findings.push(
                Finding::new(&CODE, material.file, Target::Value(path), message)
                    .related(place, Words::new("另一份在这里", "the other is here"))
                    .allowed("一个名字只指一份材料", "a name for one material only")
                    .repair("合成一份，或者换掉这个名字", "join the two, or take another name"),
            );
        }
    }
    names
}

fn not_referred(item: &Item, material: &Asked<'_>, shared: &SharedMaterial) -> Finding {
    let name = material.name();
    let message = Words::new(
        format!("`{name}` 在共用材料里已经有（{}，`{}`）", shared.facts.name, shared.id),
        format!("`{name}` is the shared material `{}` ({}) already", shared.id, shared.facts.name),
    );
    let place = Place { file: shared.file, target: Target::Value(FieldPath::root().key("名称")) };
    Finding::new(&CODE, item.file, Target::Value(material.name_path()), message)
        .related(place, Words::new("共用材料在这里", "the shared material is here"))
        .allowed(format!("引用: {}", shared.id), format!("引用: {}", shared.id))
        .repair(
            format!("写“引用: {}”，只在这里不同的栏目才另写", shared.id),
            format!("write `引用: {}` and only what differs here", shared.id),
        )
}

/// What two items say differently of one material.
fn differing(item: &Item, material: &Asked<'_>, first: &Item, before: &Asked<'_>) -> Option<Finding> {
    let (one, other) = (&before.resolved.facts, &material.resolved.facts);
    let issuers = (one.issuer.as_deref().unwrap_or_default(), other.issuer.as_deref().unwrap_or_default());
    let kinds = one.kind.zip(other.kind).filter(|(one, other)| one != other);
    let sources = one.source.zip(other.source).filter(|(one, other)| one != other);
    let (key, here, there) = if let Some((one, other)) = kinds {
        ("类型", other.name(), one.name())
    } else if let Some((one, other)) = sources {
        ("来源", other.name(), one.name())
    } else if issuers.0 != issuers.1 && !issuers.0.is_empty() && !issuers.1.is_empty() {
        ("出具单位", issuers.1, issuers.0)
    } else {
        return None;
    };
    let name = material.name();
    let message = Words::new(
        format!("`{name}` 的{key}在这里是 `{here}`，在事项 `{}` 里是 `{there}`", first.slug),
        format!("the {key} of `{name}` is `{here}` here and `{there}` in the item `{}`", first.slug),
    );
    let place = Place { file: first.file, target: Target::Value(before.path().key(key)) };
    Some(
        Finding::new(&CODE, item.file, Target::Value(material.path().key(key)), message)
            .related(place, Words::new("另一处", "the other"))
            .allowed("同一份材料写得一样", "one material, one description")
            .repair("改成一样，或者建一个共用材料", "make them alike, or share the material"),
    )
}
