//! Resolves one item: follows its references and inherits what it leaves out.

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostics::{Finding, Findings, Severity, Target, Words, codes};
use crate::documents::{files, has_file};
use crate::markdown::{Rendered, join_lines};
use crate::model::terms::{Channel, ItemState, MaterialSource, Medium, ReviewState};
use crate::model::value::{Clause, Slug};
use crate::portal::references::follow;
use crate::portal::{
    BasisUse, Department, DepartmentId, Item, ItemId, ItemStatus, Law, LawId, Lookup, Material, MaterialFacts,
    MaterialId, Place, PlaceId, PlaceUse, ResolvedFile, SharedMaterial, Topic, TopicId, TopicKind,
};
use crate::schema;
use crate::schema::department::{Litigation, LitigationEntry, Review, ReviewEntry};
use crate::schema::item::{Citation, QuantityEntry};
use crate::schema::item_handling::{
    FeeEntry, InspectionEntry, IntermediaryEntry, ReportEntry, ResultEntry, SpecialEntry,
};
use crate::schema::item_material::MaterialsEntry;
use crate::schema::values::Ordered;
use crate::source::{FieldPath, FileId, SourceTree};

/// An item as parsed, with its place in the content folder.
pub(in crate::portal) struct ItemSource {
    pub(in crate::portal) file: FileId,
    pub(in crate::portal) department: Arc<str>,
    pub(in crate::portal) slug: Arc<str>,
    pub(in crate::portal) facts: Arc<schema::Item>,
    pub(in crate::portal) guide: Option<Guide>,
}

/// The text beside an item (guide.md).
pub(in crate::portal) struct Guide {
    pub(in crate::portal) file: FileId,
    pub(in crate::portal) text: Arc<Rendered>,
}

/// Everything an item may refer to.
pub(in crate::portal) struct Tables<'a> {
    pub(in crate::portal) tree: &'a SourceTree,
    pub(in crate::portal) as_of: Date,
    pub(in crate::portal) laws: &'a [Law],
    pub(in crate::portal) materials: &'a [SharedMaterial],
    pub(in crate::portal) places: &'a [Place],
    pub(in crate::portal) departments: &'a [Department],
    pub(in crate::portal) topics: &'a [Topic],
    /// Whether the topics cannot be read, so that no name of one can be judged.
    pub(in crate::portal) topics_unread: bool,
    pub(in crate::portal) law_lookup: Lookup<LawId>,
    pub(in crate::portal) material_lookup: Lookup<MaterialId>,
    pub(in crate::portal) place_lookup: Lookup<PlaceId>,
    pub(in crate::portal) department_lookup: Lookup<DepartmentId>,
    pub(in crate::portal) item_lookup: Lookup<ItemId>,
}

/// Resolves one item. The department's file may be missing or broken; then the
/// findings are made, and the item must not be kept: its department is none.
pub(in crate::portal) fn resolve_item(source: &ItemSource, tables: &Tables<'_>, findings: &mut Findings) -> Item {
    let mut found = Findings::new();
    let item = resolve_with(source, tables, &mut found);
    // What was public elsewhere before (导入待核) is not held back for what it leaves out.
    let imported = source.facts.approval.state == ReviewState::Imported;
    findings.extend(found.into_iter().map(|mut finding| {
        if imported && finding.code.id == codes::RF06.id {
            finding.severity = finding.severity.min(Severity::Warning);
        }
        finding
    }));
    item
}

fn resolve_with(source: &ItemSource, tables: &Tables<'_>, findings: &mut Findings) -> Item {
    let mut context = Context { file: source.file, tables, findings };
    // A department whose file is missing or broken has its own finding.
    let department_id = tables.department_lookup.get(&source.department);
    let department = department_id.and_then(|id| tables.departments.get(id.index()));
    let facts = &source.facts;
    context.citations(facts);
    let files = files_of_item(tables.tree, &source.department, &source.slug);
    context.attachments(source, &files);
    context.conditions(facts);
    let root = FieldPath::root();
    let (basis, materials, places) =
        (context.basis(facts), context.materials(facts), context.places(facts, department));
    let topics = context.topics(facts);
    let list = root.key("相关事项");
    let related = facts.related.iter().enumerate().filter_map(|(n, slug)| context.item(slug, &list.index(n))).collect();
    let successor = facts.successor.as_ref().and_then(|slug| context.item(slug, &root.key("接替事项")));
    let inherit = |own: &[crate::model::value::Phone], theirs: Option<&[crate::model::value::Phone]>| {
        if own.is_empty() { theirs.unwrap_or_default().to_vec() } else { own.to_vec() }
    };
    Item {
        status: status(facts, tables.as_of),
        level: facts
            .level
            .or(department.map(|department| department.facts.level))
            .unwrap_or(crate::model::terms::Level::City),
        consult_phones: inherit(&facts.consult_phones, department.map(|d| &*d.facts.consult_phones)),
        complaint_phones: inherit(&facts.complaint_phones, department.map(|d| &*d.facts.complaint_phones)),
        review: review(facts, department),
        litigation: litigation(facts, department),
        slug: source.slug.to_string(),
        file: source.file,
        department: department_id.unwrap_or(DepartmentId::issue(0)),
        basis,
        materials,
        places,
        topics,
        related,
        successor,
        bundles: Vec::new(),
        guide: source.guide.as_ref().map(|guide| Arc::clone(&guide.text)),
        guide_file: source.guide.as_ref().map(|guide| guide.file),
        files,
        facts: Arc::clone(&source.facts),
    }
}

fn status(facts: &schema::Item, as_of: Date) -> ItemStatus {
    if let Some(day) = facts.effective.as_ref().map(|day| day.date()).filter(|day| *day > as_of) {
        return ItemStatus::Coming(day);
    }
    if !facts.approval.state.is_public() {
        return ItemStatus::Draft;
    }
    match facts.state {
        Some(ItemState::Cancelled) => return ItemStatus::Cancelled,
        Some(ItemState::Paused) => return ItemStatus::Paused,
        Some(ItemState::Active) | None => {}
    }
    match facts.cancelled_from.as_ref().map(|day| day.date()) {
        Some(day) if day <= as_of => ItemStatus::Cancelled,
        Some(day) => ItemStatus::Ending(day),
        None => ItemStatus::Active,
    }
}

fn review(facts: &schema::Item, department: Option<&Department>) -> Option<Review> {
    let entry = facts.review.as_ref().or(department.and_then(|department| department.facts.review.as_ref()))?;
    match entry {
        ReviewEntry::NotApplicable(_) => None,
        ReviewEntry::Review(review) => Some(review.clone()),
    }
}

fn litigation(facts: &schema::Item, department: Option<&Department>) -> Option<Litigation> {
    let entry = facts.litigation.as_ref().or(department.and_then(|department| department.facts.litigation.as_ref()))?;
    match entry {
        LitigationEntry::NotApplicable(_) => None,
        LitigationEntry::Litigation(litigation) => Some(litigation.clone()),
    }
}

struct Context<'a, 'f> {
    file: FileId,
    tables: &'a Tables<'a>,
    findings: &'f mut Findings,
}

impl Context<'_, '_> {
    fn item(&mut self, slug: &Slug, path: &FieldPath) -> Option<ItemId> {
        follow(&self.tables.item_lookup, slug.as_str(), self.file, path, self.findings)
    }

    fn basis(&mut self, facts: &schema::Item) -> Vec<BasisUse> {
        let list = FieldPath::root().key("办理依据");
        let mut uses = Vec::new();
        for (position, basis) in facts.basis.iter().enumerate() {
            let at = list.index(position);
            let found =
                follow(&self.tables.law_lookup, &basis.law.to_string(), self.file, &at.key("法律"), self.findings);
            let Some(law) = found else { continue };
            let own = basis.text.as_deref().map(join_lines);
            let quote = own.or_else(|| article_text(&self.tables.laws[law.index()], &basis.clause));
            if quote.is_none() && !self.tables.laws[law.index()].facts.articles.0.is_empty() {
                self.unknown_clause(law, &basis.clause, &at);
            }
            uses.push(BasisUse { law, quote, position });
        }
        uses
    }

    fn unknown_clause(&mut self, law: LawId, clause: &Clause, at: &FieldPath) {
        let law = &self.tables.laws[law.index()];
        let known: Vec<&str> = law.facts.articles.0.iter().map(|(number, _)| number.as_str()).collect();
        self.findings.push(
            Finding::new(
                &codes::RF03,
                self.file,
                Target::Value(at.key("条款")),
                Words::new(
                    format!("laws/{}.yaml 里没有 `{clause}` 的原文", law.id),
                    format!("laws/{}.yaml lacks the text of `{clause}`", law.id),
                ),
            )
            .allowed(known.join("、"), known.join(", "))
            .repair("把这一条的原文写进法律文件的“条款”", "add the text to 条款 of the law's file"),
        );
    }

    /// Follows the citations outside 办理依据; their laws must exist too.
    fn citations(&mut self, facts: &schema::Item) {
        for (law, path) in cited(facts) {
            follow(&self.tables.law_lookup, law.as_str(), self.file, &path, self.findings);
        }
    }

    fn materials(&mut self, facts: &schema::Item) -> Vec<Material> {
        let MaterialsEntry::List(list) = &facts.materials else { return Vec::new() };
        let root = FieldPath::root().key("申请材料");
        let mut materials = Vec::with_capacity(list.len());
        for (position, material) in list.iter().enumerate() {
            let at = root.index(position);
            let shared = material.shared.as_ref().and_then(|name| {
                follow(&self.tables.material_lookup, &name.to_string(), self.file, &at.key("引用"), self.findings)
            });
            if material.shared.is_none() {
                self.own_material_complete(material, &at);
            }
            let common = shared.map(|id| self.tables.materials[id.index()].facts.as_ref());
            if let Some(facts) = material_facts(material, common) {
                materials.push(Material { shared, position, facts });
            }
        }
        materials
    }

    fn own_material_complete(&mut self, material: &schema::item_material::Material, at: &FieldPath) {
        let missing =
            [("名称", material.name.is_none()), ("类型", material.kind.is_none()), ("来源", material.source.is_none())];
        for (key, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            self.findings.push(
                Finding::new(
                    &codes::RF06,
                    self.file,
                    Target::Value(at.clone()),
                    Words::new(
                        format!("材料 `{}` 没有写“{key}”", material.id),
                        format!("the material `{}` lacks {key}", material.id),
                    ),
                )
                .allowed("写上，或者用“引用”指向共用材料", "state it, or refer to a shared material with 引用")
                .repair(format!("加上一行 `{key}: …`"), format!("add a line `{key}: …`")),
            );
        }
    }

    fn places(&mut self, facts: &schema::Item, department: Option<&Department>) -> Vec<PlaceUse> {
        let root = FieldPath::root().key("办理地点");
        let mut uses = Vec::new();
        for (n, entry) in facts.places.iter().enumerate() {
            let at = root.index(n).key("地点");
            let found = follow(&self.tables.place_lookup, &entry.place.to_string(), self.file, &at, self.findings);
            let Some(place) = found else { continue };
            let common = &self.tables.places[place.index()].facts;
            uses.push(PlaceUse {
                place,
                window: entry.window.told().cloned(),
                hours: if entry.hours.is_empty() { common.hours.to_vec() } else { entry.hours.clone() },
                phone: entry.phone.as_ref().or(common.phone.told()).cloned(),
                note: entry.note.as_deref().map(join_lines),
            });
        }
        // A default place that cannot be read has its own findings already.
        if let Some(department) = department.filter(|_| facts.places.is_empty()) {
            match department.default_place {
                None if department.facts.default_place.is_some() => {}
                Some(place) => {
                    let common = &self.tables.places[place.index()].facts;
                    uses.push(PlaceUse {
                        place,
                        window: None,
                        hours: common.hours.to_vec(),
                        phone: common.phone.told().cloned(),
                        note: None,
                    });
                }
                None if is_remote(facts) => {}
                None => self.findings.push(
                    Finding::new(
                        &codes::RF06,
                        self.file,
                        Target::Value(FieldPath::root()),
                        Words::new("没有办理地点", "no place is given"),
                    )
                    .allowed(
                        "事项写“办理地点”，或者部门写“默认地点”",
                        "办理地点 in the item or 默认地点 in the department",
                    )
                    .repair("加上“办理地点”", "add 办理地点"),
                ),
            }
        }
        uses
    }

    fn topics(&mut self, facts: &schema::Item) -> Vec<TopicId> {
        let root = FieldPath::root().key("主题");
        let Some(topics) = facts.topics.told() else { return Vec::new() };
        let kinds = [
            (TopicKind::Person, &topics.person),
            (TopicKind::Legal, &topics.legal),
            (TopicKind::Life, &topics.life),
            (TopicKind::Group, &topics.groups),
        ];
        let mut ids = Vec::new();
        for (kind, names) in kinds.into_iter().filter(|_| !self.tables.topics_unread) {
            for (n, name) in names.iter().enumerate() {
                match self.topic(kind, name) {
                    Some(id) => ids.push(id),
                    None => self.unknown_topic(kind, name, &root.key(kind.key()).index(n)),
                }
            }
        }
        if kinds.iter().all(|(_, names)| names.is_empty()) {
            self.findings.push(
                Finding::new(
                    &codes::RF06,
                    self.file,
                    Target::Value(root.clone()),
                    Words::new("没有写属于哪个主题", "no topic is given"),
                )
                .allowed("至少一个主题", "at least one topic")
                .repair("在“主题”里写上个人、法人或生命周期的主题", "name a topic under 主题"),
            );
        }
        ids
    }

    fn topic(&self, kind: TopicKind, name: &str) -> Option<TopicId> {
        self.tables
            .topics
            .iter()
            .position(|topic| {
                topic.kind == kind
                    && (topic.facts.name == name || topic.facts.aliases.iter().any(|alias| alias == name))
            })
            .map(TopicId::issue)
    }

    fn unknown_topic(&mut self, kind: TopicKind, name: &str, path: &FieldPath) {
        let known = self.tables.topics.iter().filter(|topic| topic.kind == kind);
        let lookup = Lookup::new(
            ("主题", "topic"),
            known.enumerate().map(|(n, topic)| (topic.facts.name.as_str().into(), TopicId::issue(n))),
        );
        follow(&lookup, name, self.file, path, self.findings);
    }

    fn attachments(&mut self, source: &ItemSource, files: &[ResolvedFile]) {
        let root = FieldPath::root();
        let mut wanted: Vec<(&str, FieldPath)> = Vec::new();
        if let MaterialsEntry::List(list) = &source.facts.materials {
            for (n, material) in list.iter().enumerate() {
                let at = root.key("申请材料").index(n);
                wanted.extend(material.blank_form.as_deref().map(|file| (file, at.key("空白表格"))));
                wanted.extend(material.sample_form.as_deref().map(|file| (file, at.key("示例样表"))));
            }
        }
        if let ResultEntry::List(list) = &source.facts.results {
            for (n, result) in list.iter().enumerate() {
                wanted.extend(result.sample.as_deref().map(|file| (file, root.key("审批结果").index(n).key("样本"))));
            }
        }
        if let Some(schema::item_handling::Commitment::Detail(detail)) = &source.facts.commitment {
            wanted.extend(detail.form.as_deref().map(|file| (file, root.key("告知承诺").key("承诺书"))));
        }
        let there: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        for (file, path) in wanted {
            // A file that is too large has its own finding already.
            let refused = format!("{}/{file}", files::item_folder(&source.department, &source.slug));
            if !there.contains(&file) && !has_file(self.tables.tree, &refused) {
                self.missing_file(file, &there, path);
            }
        }
    }

    fn missing_file(&mut self, file: &str, there: &[&str], path: FieldPath) {
        let finding = Finding::new(
            &codes::RF02,
            self.file,
            Target::Value(path),
            Words::new(format!("没有文件 `{file}`"), format!("there is no file `{file}`")),
        );
        let known = if there.is_empty() { "（文件夹里还没有附件）".to_owned() } else { there.join("、") };
        let known_en = if there.is_empty() { "(the folder has no files yet)".to_owned() } else { there.join(", ") };
        let finding = finding.allowed(known, known_en);
        self.findings.push(match crate::diagnostics::nearest(file, there.iter().copied()) {
            Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
            None => finding.repair(
                "把文件放进事项文件夹的 files 里，或者删掉这一行",
                "put the file into files of the item's folder, or delete the line",
            ),
        });
    }

    /// Every 适用 names questions and answers of 情形引导.
    fn conditions(&mut self, facts: &schema::Item) {
        let root = FieldPath::root();
        let mut conditions: Vec<(&Ordered<Vec<String>>, FieldPath)> = Vec::new();
        if let MaterialsEntry::List(list) = &facts.materials {
            let at = root.key("申请材料");
            conditions.extend(list.iter().enumerate().map(|(n, one)| (&one.when, at.index(n).key("适用"))));
        }
        let at = root.key("办理流程");
        conditions.extend(facts.steps.iter().enumerate().map(|(n, one)| (&one.when, at.index(n).key("适用"))));
        if let FeeEntry::List(list) = &facts.fees {
            let at = root.key("收费");
            conditions.extend(list.iter().enumerate().map(|(n, one)| (&one.when, at.index(n).key("适用"))));
        }
        let at = root.key("情形引导");
        conditions.extend(facts.situations.iter().enumerate().map(|(n, one)| (&one.when, at.index(n).key("适用"))));
        let at = root.key("办理时限").key("分情形");
        let limits = facts.limits.by_situation.iter().enumerate();
        conditions.extend(limits.map(|(n, one)| (&one.when, at.index(n).key("适用"))));
        for (when, path) in conditions {
            for (question, answers) in &when.0 {
                self.condition(facts, question, answers, &path.key(question));
            }
        }
    }

    fn condition(&mut self, facts: &schema::Item, question: &str, answers: &[String], path: &FieldPath) {
        let Some(known) = facts.situations.iter().find(|one| one.id.to_string() == question) else {
            let ids: Vec<String> = facts.situations.iter().map(|one| one.id.to_string()).collect();
            self.unknown_answer("问题", "question", question, &ids, Target::Key(path.clone()));
            return;
        };
        let ids: Vec<String> = known.answers.0.iter().map(|(id, _)| id.clone()).collect();
        for (n, answer) in answers.iter().enumerate() {
            if !ids.contains(answer) {
                self.unknown_answer("答案", "answer", answer, &ids, Target::Value(path.index(n)));
            }
        }
    }

    fn unknown_answer(&mut self, zh: &str, en: &str, name: &str, known: &[String], target: Target) {
        let finding = Finding::new(
            &codes::RF05,
            self.file,
            target,
            Words::new(
                format!("情形引导里没有代号为 `{name}` 的{zh}"),
                format!("情形引导 has no {en} with the id `{name}`"),
            ),
        );
        let finding = if known.is_empty() {
            finding.allowed("（这个事项还没有情形引导）", "(the item has no 情形引导 yet)")
        } else {
            finding.allowed(known.join("、"), known.join(", "))
        };
        self.findings.push(match crate::diagnostics::nearest(name, known.iter().map(String::as_str)) {
            Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
            None => finding.repair(format!("在“情形引导”里加上这个{zh}"), format!("add this {en} to 情形引导")),
        });
    }
}

/// The laws that are cited outside 办理依据, and where.
fn cited(facts: &schema::Item) -> Vec<(&Slug, FieldPath)> {
    fn of(list: &[Citation], at: FieldPath) -> impl Iterator<Item = (&Slug, FieldPath)> {
        list.iter().enumerate().map(move |(n, one)| (&one.law, at.index(n).key("法律")))
    }
    let root = FieldPath::root();
    let mut cited: Vec<(&Slug, FieldPath)> = Vec::new();
    if let Some(basis) = &facts.limits.legal_basis {
        cited.push((&basis.law, root.key("办理时限").key("法定依据").key("法律")));
    }
    if let ResultEntry::List(list) = &facts.results {
        for (n, result) in list.iter().enumerate() {
            let at = root.key("审批结果").index(n).key("有效期依据").key("法律");
            cited.extend(result.validity_basis.as_ref().map(|basis| (&basis.law, at)));
        }
    }
    if let MaterialsEntry::List(list) = &facts.materials {
        for (n, material) in list.iter().enumerate() {
            cited.extend(of(&material.basis, root.key("申请材料").index(n).key("依据")));
        }
    }
    for (n, step) in facts.steps.iter().enumerate() {
        cited.extend(of(&step.basis, root.key("办理流程").index(n).key("依据")));
    }
    if let FeeEntry::List(list) = &facts.fees {
        for (n, fee) in list.iter().enumerate() {
            let at = root.key("收费").index(n);
            cited.extend(of(&fee.basis, at.key("依据")));
            for (m, reduction) in fee.reductions.iter().enumerate() {
                cited.extend(of(&reduction.basis, at.key("减免").index(m).key("依据")));
            }
        }
    }
    if let SpecialEntry::List(list) = &facts.special {
        for (n, special) in list.iter().enumerate() {
            cited.extend(of(&special.basis, root.key("特别程序").index(n).key("依据")));
        }
    }
    if let QuantityEntry::Limited(quantity) = &facts.quantity {
        cited.extend(of(&quantity.basis, root.key("数量限制").key("依据")));
    }
    if let Some(IntermediaryEntry::Some(list)) = &facts.intermediaries {
        for (n, one) in list.iter().enumerate() {
            cited.extend(of(&one.basis, root.key("中介服务").index(n).key("依据")));
        }
    }
    if let Some(InspectionEntry::Some(one)) = &facts.inspection {
        cited.extend(of(&one.basis, root.key("年审年检").key("依据")));
    }
    if let Some(ReportEntry::Some(one)) = &facts.report {
        cited.extend(of(&one.basis, root.key("年报").key("依据")));
    }
    cited
}

/// The files of an item's folder that are meant for the public: those in `files/`.
fn files_of_item(tree: &SourceTree, department: &str, slug: &str) -> Vec<ResolvedFile> {
    let folder = files::item_folder(department, slug) + "/";
    let first = tree.binaries.partition_point(|binary| binary.path < folder);
    tree.binaries[first..]
        .iter()
        .map_while(|binary| Some((binary, binary.path.strip_prefix(&folder)?)))
        .filter(|(_, name)| name.starts_with("files/"))
        .map(|(binary, name)| ResolvedFile { name: name.to_owned(), source: binary.path.clone(), size: binary.size })
        .collect()
}

/// Whether nobody need know where: there is no window, or the place is still to be told.
fn is_remote(facts: &schema::Item) -> bool {
    let online = |channel: &Channel| matches!(channel, Channel::Web | Channel::Mobile);
    let at_window = facts.channels.contains(&Channel::Window);
    facts.places.told().is_none() || (!at_window && facts.channels.iter().any(online))
}

fn material_facts(
    own: &schema::item_material::Material,
    common: Option<&schema::SharedMaterial>,
) -> Option<MaterialFacts> {
    let issuer = own.issuer.clone().or(common.and_then(|common| common.issuer.clone()));
    let by_issuer = if issuer.is_some() { MaterialSource::Authority } else { MaterialSource::Applicant };
    let electronic = own.electronic.as_ref().or(common.and_then(|common| common.electronic.as_ref()));
    let exemption = own.exemption.as_deref().map(join_lines).or_else(|| {
        electronic
            .filter(|certificate| certificate.exempts.0)
            .map(|certificate| format!("出示或调取电子证照《{}》的，不用交纸质的", certificate.name))
    });
    let note = own.note.as_deref().or(common.and_then(|common| common.note.as_deref())).map(join_lines);
    Some(MaterialFacts {
        name: own.name.clone().or(common.map(|common| common.name.clone()))?,
        kind: match own.kind {
            Some(told) => told.get(),
            None => Some(common?.kind),
        },
        medium: own.medium.or(common.and_then(|common| common.medium)).unwrap_or(Medium::Either),
        source: match own.source {
            Some(told) => told.get(),
            None => Some(common.and_then(|common| common.source).unwrap_or(by_issuer)),
        },
        issuer,
        electronic: electronic.map(|certificate| certificate.name.clone()),
        exemption,
        note,
    })
}

/// The text of a clause: under its own number, or of the articles it names.
pub(crate) fn article_text(law: &Law, clause: &Clause) -> Option<String> {
    let articles = &law.facts.articles.0;
    let written = clause.to_string();
    if let Some((_, text)) = articles.iter().find(|(number, _)| *number == written) {
        return Some(text.clone());
    }
    let mut texts = Vec::new();
    for number in clause.articles() {
        let name = format!("第{}条", crate::model::value::chinese_number(number));
        let (_, text) = articles.iter().find(|(known, _)| *known == name)?;
        texts.push(text.as_str());
    }
    if texts.is_empty() { None } else { Some(texts.join("\n")) }
}
