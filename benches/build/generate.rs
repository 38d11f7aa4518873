//! Writes a portal of any size, made from the repository's own sample.
//!
//! The sample is copied whole; the further items are its items again, in new
//! departments of 50 items each, with names, codes, aliases, phones and slugs
//! of their own. The same number of items always gives the same bytes.
//!
//! The items of the sample ask about four questions each (情形引导), and every
//! way through them is a page: fifty an item, far from what a real portal has.
//! So of a hundred items two ask all their questions, twenty or so a single one
//! and the others none: theirs are answered beforehand, each with its first answer, and
//! what the other answers want is left out. The items of the sample itself are
//! the first of those that ask. Only those of usual length that are published are
//! repeated: their pages have about 60 KB.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use mingbai::model::value::CreditCode;

#[path = "questions.rs"]
mod questions;

use questions::Asked;

/// How many items a new department has.
const ITEMS_OF_DEPARTMENT: usize = 50;
/// Of how many items one asks all its questions.
const EVERY: usize = 50;
/// How many bytes an item of the sample may have that is repeated.
const LONGEST: usize = 13_000;
/// The districts that new departments belong to; from the second round on they are numbered.
const DISTRICTS: [&str; 12] = [
    "望山区",
    "临溪区",
    "松阳县",
    "云溪区",
    "青湖区",
    "白石县",
    "龙泉县",
    "东津区",
    "西华县",
    "南浦区",
    "北岭县",
    "石桥区",
];

/// The name of the theme of which a template can be changed.
const THEME: &str = "bench";

/// A portal on disk.
pub(crate) struct Portal {
    /// The folder that holds `content/`.
    pub(crate) root: PathBuf,
    /// An item in the middle of it, to be edited.
    pub(crate) item: PathBuf,
    /// A template of every page, to be edited.
    pub(crate) template: PathBuf,
}

/// A department of the sample and its items, as text.
struct Department {
    id: String,
    text: String,
}

/// An item of the sample.
struct Seed {
    slug: String,
    folder: PathBuf,
    text: String,
}

/// A new department: which of the sample it repeats, and where.
struct Branch {
    id: String,
    district: String,
    credit_code: String,
    number: usize,
}

/// Writes a portal of `items` items to `root`.
pub(crate) fn generate(root: &Path, items: usize) -> io::Result<Portal> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy_all(&repository.join("content"), &root.join("content"))?;
    let template = write_theme(repository, root)?;
    let sample = root.join("content/departments");
    let departments = departments(&sample)?;
    let seeds = seeds(&sample, &departments)?;
    let sampled = seeds.len();
    let further = items.saturating_sub(sampled);
    let is_repeated = |seed: &Seed| seed.text.len() <= LONGEST && !seed.text.contains("状态: 草稿");
    let seeds: Vec<Seed> = seeds.into_iter().filter(is_repeated).collect();
    let mut edited = seeds[0].folder.join("item.yaml");
    for number in 0..further.div_ceil(ITEMS_OF_DEPARTMENT) {
        let branch = write_branch(&sample, &departments, number)?;
        let first = number * ITEMS_OF_DEPARTMENT;
        for n in first..further.min(first + ITEMS_OF_DEPARTMENT) {
            let asked = asked(sampled + n, sampled);
            let item = write_item(&sample, &branch, &seeds[n % seeds.len()], n - first, asked)?;
            if n == further / 2 {
                edited = item;
            }
        }
    }
    Ok(Portal { root: root.to_owned(), item: edited, template })
}

/// The text of an item with another 适用范围, which its page shows.
pub(crate) fn edited(text: &str, n: usize) -> String {
    let line = text.lines().find(|line| line.starts_with("适用范围: ")).unwrap_or_default();
    text.replacen(line, &format!("{line}第{n}次修改。"), 1)
}

/// What the item of this position asks, in a portal that begins with so many items that ask everything.
fn asked(position: usize, sample: usize) -> Asked {
    match position {
        position if position % EVERY == 0 && position >= EVERY * sample => Asked::All,
        position if (1..=3).contains(&(position % 10)) => Asked::One,
        _ => Asked::Nothing,
    }
}

/// Gives the portal a theme that repeats one built-in template.
fn write_theme(repository: &Path, root: &Path) -> io::Result<PathBuf> {
    const TEMPLATE: &str = "templates/layout/footer.html";
    let template = root.join("themes").join(THEME).join(TEMPLATE);
    fs::create_dir_all(template.parent().unwrap_or(root))?;
    fs::copy(repository.join("themes/default").join(TEMPLATE), &template)?;
    let site = root.join("content/site.yaml");
    let text = fs::read_to_string(&site)?;
    let others = text.lines().filter(|line| !line.starts_with("主题:"));
    let text: String = others.map(|line| format!("{line}\n")).collect();
    fs::write(&site, format!("{text}主题: {THEME}\n"))?;
    Ok(template)
}

fn departments(sample: &Path) -> io::Result<Vec<Department>> {
    let read = |id: String| Ok(Department { text: fs::read_to_string(sample.join(&id).join("department.yaml"))?, id });
    names(sample)?.into_iter().map(read).collect()
}

fn seeds(sample: &Path, departments: &[Department]) -> io::Result<Vec<Seed>> {
    let mut seeds = Vec::new();
    for department in departments {
        let place = sample.join(&department.id);
        for slug in names(&place)? {
            let folder = place.join(&slug);
            if folder.join("item.yaml").is_file() {
                let text = fs::read_to_string(folder.join("item.yaml"))?;
                seeds.push(Seed { slug, folder, text });
            }
        }
    }
    Ok(seeds)
}

fn write_branch(sample: &Path, departments: &[Department], number: usize) -> io::Result<Branch> {
    let original = &departments[number % departments.len()];
    let (round, place) = (number / DISTRICTS.len(), number % DISTRICTS.len());
    let district = match round {
        0 => DISTRICTS[place].to_owned(),
        _ => format!("{}{}片区", DISTRICTS[place], round + 1),
    };
    let branch = Branch {
        id: format!("{}-{}", original.id, number + 1),
        credit_code: credit_code(number),
        district: district.clone(),
        number,
    };
    let text = lines(&original.text, |key, value| match key {
        "名称" => Some(value.replacen("青岚市", &format!("青岚市{district}"), 1)),
        "简称" => Some(format!("{district}{}", value.trim_start_matches('市'))),
        "统一社会信用代码" => Some(format!("\"{}\"", branch.credit_code)),
        "排序" => Some((100 + number).to_string()),
        _ => None,
    });
    // Former names lead to one department only.
    let text: String =
        text.lines().filter(|line| !line.starts_with("曾用名:")).map(|line| format!("{line}\n")).collect();
    let folder = sample.join(&branch.id);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("department.yaml"), phones(&text, number))?;
    Ok(branch)
}

/// A credit code with its check character, another for each number.
fn credit_code(number: usize) -> String {
    let first = format!("11990000{:09}", 500_000 + number);
    let check = CreditCode::check_character(&first).expect("the seventeen characters are digits");
    format!("{first}{check}")
}

fn write_item(sample: &Path, branch: &Branch, seed: &Seed, number: usize, asked: Asked) -> io::Result<PathBuf> {
    let mark = format!("{}第{}类", branch.district, number + 1);
    let text = lines(&seed.text, |key, value| match key {
        "名称" | "通俗名" => Some(format!("{value}（{mark}）")),
        "别名" => value.strip_prefix('[').map(|rest| format!("[{mark}{}, {rest}", seed.slug)),
        // Level, division, type and department of the base code stay.
        "实施编码" => {
            let old = value.trim_matches('"');
            Some(format!("\"{}{}{:03}{:03}\"", branch.credit_code, &old[18..25], number + 1, branch.number % 1000))
        }
        _ => None,
    });
    let folder = sample.join(&branch.id).join(format!("{}-{}-{}", seed.slug, branch.number + 1, number + 1));
    copy_all(&seed.folder, &folder)?;
    let file = folder.join("item.yaml");
    fs::write(&file, phones(&questions::reduce(&text, asked), branch.number))?;
    Ok(file)
}

/// The text with the values of some keys of its first level replaced.
fn lines(text: &str, change: impl Fn(&str, &str) -> Option<String>) -> String {
    let mut changed = String::with_capacity(text.len() + 256);
    for line in text.lines() {
        let new = line.split_once(": ").and_then(|(key, value)| {
            let value = value.split(" #").next().unwrap_or_default().trim_end();
            change(key, value).map(|value| format!("{key}: {value}"))
        });
        changed.push_str(new.as_deref().unwrap_or(line));
        changed.push('\n');
    }
    changed
}

/// The text with other last digits in every telephone number of the sample's city.
///
/// Courts and the city's government are the same for all. A window of a hall that many
/// departments share has the number of whoever sits there, so it gets none.
fn phones(text: &str, number: usize) -> String {
    const SHARED: [&str; 2] = ["行政复议:", "行政诉讼:"];
    let mut changed = String::with_capacity(text.len());
    let mut is_shared = false;
    for line in text.split_inclusive('\n') {
        if !line.starts_with(' ') {
            is_shared = SHARED.iter().any(|key| line.starts_with(key));
        }
        if is_shared {
            changed.push_str(line);
        } else if let Some((before, after)) = line.split_once("窗口: 一楼综合窗口, 电话: \"") {
            let after = after.split_once('"').map_or("", |(_, after)| after);
            changed.push_str(&format!("{before}窗口: 一楼综合窗口{after}"));
        } else {
            renumber(&mut changed, line, number);
        }
    }
    changed
}

fn renumber(changed: &mut String, line: &str, number: usize) {
    const PREFIX: &str = "0600-88";
    let mut rest = line;
    while let Some(at) = rest.find(PREFIX) {
        let (before, phone) = rest.split_at(at + PREFIX.len());
        changed.push_str(before);
        let digits = phone.bytes().take_while(u8::is_ascii_digit).count();
        match phone[..digits].parse::<usize>() {
            Ok(old) if digits == 5 => changed.push_str(&format!("{:05}", (old + number * 7919) % 100_000)),
            _ => changed.push_str(&phone[..digits]),
        }
        rest = &phone[digits..];
    }
    changed.push_str(rest);
}

/// The names of the folders in a folder, sorted.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn copy_all(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_all(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
