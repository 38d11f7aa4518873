//! The load stage: a folder on disk becomes a [`SourceTree`].
//!
//! The only user of walkdir. Nothing is parsed here; what cannot be read as
//! text becomes a finding and an empty file, so that the others still speak.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::GB18030;
use walkdir::WalkDir;

use crate::diagnostics::{Finding, Findings, Target, Words, codes};
use crate::source::{BinaryFile, FileId, SourceFile, SourceTree};

/// The largest text file that is read, in bytes.
const TEXT_LIMIT: u64 = 1024 * 1024;
/// The largest attachment that is passed on, in bytes.
const BINARY_LIMIT: u64 = 50 * 1024 * 1024;

/// What the load stage makes.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The files.
    pub tree: SourceTree,
    /// Files that are in the tree but have no usable text.
    pub unreadable: Vec<FileId>,
    /// What was wrong with them.
    pub findings: Findings,
}

/// Reads the content folder and the themes folder below `root`.
///
/// `theme_base` holds the files of the built-in theme; a file of
/// `themes/<name>/` with the same name stands beside it and is chosen later.
///
/// # Errors
///
/// When the content folder itself does not exist or cannot be read.
pub fn load(root: &Path) -> io::Result<Loaded> {
    let content = root.join("content");
    fs::read_dir(&content)?;
    let canonical = fs::canonicalize(root)?;
    let mut loaded = Loaded::default();
    for top in ["content", "themes"] {
        let folder = root.join(top);
        if folder.is_dir() {
            walk(root, &folder, &canonical, &mut loaded);
        }
    }
    // The walk sorts names folder by folder; passed-on files are looked up by path.
    loaded.tree.binaries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(loaded)
}

fn walk(root: &Path, folder: &Path, canonical: &Path, loaded: &mut Loaded) {
    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy()));
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(Path::to_path_buf).unwrap_or_default();
                let why = error.io_error().map_or_else(|| Words::new(error.to_string(), error.to_string()), why);
                unreadable(loaded, relative(root, &path), why);
                continue;
            }
        };
        let path = relative(root, entry.path());
        if entry.file_type().is_dir() {
            continue;
        }
        let mut disk = entry.path().to_path_buf();
        if entry.file_type().is_symlink() {
            match fs::canonicalize(&disk) {
                Ok(target) if target.starts_with(canonical) && target.is_file() => disk = target,
                _ => {
                    link_out(loaded, path);
                    continue;
                }
            }
        }
        read_one(path, disk, loaded);
    }
}

/// Files of editors and systems that are never content.
pub(crate) fn is_ignored(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
        || name == "4913"
        || name == "Thumbs.db"
        || name == "desktop.ini"
}

fn relative(root: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = rest.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Whether a file is read as text. Attachments and static files never are.
fn is_text(path: &str) -> bool {
    if path.starts_with("content/static/") || path.contains("/files/") {
        return false;
    }
    let themed = path.starts_with("themes/");
    let ending = path.rsplit('.').next().unwrap_or_default();
    match ending {
        "yaml" | "yml" | "md" | "lock" => true,
        "html" | "css" | "js" | "svg" | "txt" | "xml" => themed,
        _ => false,
    }
}

fn read_one(path: String, disk: PathBuf, loaded: &mut Loaded) {
    let size = match fs::metadata(&disk) {
        Ok(meta) if meta.is_file() => meta.len(),
        Ok(_) => {
            return unreadable(loaded, path, Words::new("不是普通的文件", "it is not a regular file"));
        }
        Err(error) => return unreadable(loaded, path, why(&error)),
    };
    let text = is_text(&path);
    let limit = if text { TEXT_LIMIT } else { BINARY_LIMIT };
    if size > limit {
        let id = push(loaded, path.clone(), "");
        loaded.unreadable.push(id);
        let (repair_zh, repair_en) = if text {
            ("拆成几个文件", "split it into several files")
        } else {
            ("压缩图片和附件", "compress the picture or attachment")
        };
        let mib = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1024.0 / 1024.0);
        loaded.findings.push(
            Finding::new(
                &codes::SR03,
                id,
                Target::File,
                Words::new(
                    format!("文件有 {}，太大了", mib(size)),
                    format!("the file has {}, which is too large", mib(size)),
                ),
            )
            .allowed(format!("最多 {}", mib(limit)), format!("at most {}", mib(limit)))
            .repair(repair_zh, repair_en),
        );
        return;
    }
    if !text {
        loaded.tree.binaries.push(BinaryFile { path, disk, size });
        return;
    }
    match fs::read(&disk) {
        Ok(bytes) => decode(path, bytes, loaded),
        Err(error) => unreadable(loaded, path, why(&error)),
    }
}

/// Adds the bytes of a file as text, or a finding that says why they are none.
fn decode(path: String, mut bytes: Vec<u8>, loaded: &mut Loaded) {
    let marked = bytes.starts_with(b"\xEF\xBB\xBF");
    if marked {
        bytes.drain(..3);
    }
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let text = match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text,
        Ok(text) => {
            let line = text[..text.find('\0').unwrap_or(0)].matches('\n').count() + 1;
            let id = push(loaded, path, "");
            loaded.unreadable.push(id);
            loaded.findings.push(
                Finding::new(
                    &codes::SR05,
                    id,
                    Target::File,
                    Words::new(
                        format!("第 {line} 行有空字符（NUL），这不是文字文件"),
                        format!("line {line} has a NUL byte: this is no text file"),
                    ),
                )
                .repair(
                    "恢复上一个版本，或者用编辑器重新保存为 UTF-8",
                    "restore the previous version, or save it again as UTF-8",
                ),
            );
            return;
        }
        Err(error) => return not_utf8(path, error.as_bytes(), utf16, loaded),
    };
    let id = push(loaded, path, &text);
    if marked {
        loaded.findings.push(
            Finding::new(
                &codes::SR02,
                id,
                Target::File,
                Words::new("文件开头有看不见的 BOM 标记", "the file begins with an invisible byte order mark"),
            )
            .repair("另存为“UTF-8”（不要选“带 BOM 的 UTF-8”）", "save as UTF-8 without BOM"),
        );
    }
}

fn not_utf8(path: String, bytes: &[u8], utf16: bool, loaded: &mut Loaded) {
    let (encoding_zh, encoding_en) = if utf16 {
        ("看起来是 UTF-16", "looks like UTF-16")
    } else if GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some() {
        ("看起来是 GBK（国标码）", "looks like GBK")
    } else {
        ("也认不出是哪种编码", "looks like no encoding that is known here")
    };
    let iconv = format!("iconv -f GB18030 -t UTF-8 {path}");
    let id = push(loaded, path, "");
    loaded.unreadable.push(id);
    let mut finding = Finding::new(
        &codes::SR01,
        id,
        Target::File,
        Words::new(format!("文件不是 UTF-8 编码，{encoding_zh}"), format!("the file is not UTF-8 but {encoding_en}")),
    )
    .allowed("UTF-8", "UTF-8");
    finding = if encoding_en.ends_with("GBK") {
        finding.repair(
            format!("记事本里“另存为”，编码选 UTF-8；或者运行 {iconv}"),
            format!("save it as UTF-8, or run {iconv}"),
        )
    } else {
        finding.repair("用编辑器另存为 UTF-8", "save it as UTF-8")
    };
    loaded.findings.push(finding);
}

fn push(loaded: &mut Loaded, path: String, text: &str) -> FileId {
    let id = FileId(u32::try_from(loaded.tree.files.len()).unwrap_or(u32::MAX));
    loaded.tree.files.push(SourceFile { id, path, text: Arc::from(text) });
    id
}

/// Why the system did not give a file.
fn why(error: &io::Error) -> Words {
    let zh = match error.kind() {
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::NotFound => "文件不见了".to_owned(),
        _ => error.to_string(),
    };
    Words::new(zh, error.to_string())
}

fn unreadable(loaded: &mut Loaded, path: String, why: Words) {
    let id = push(loaded, path, "");
    loaded.unreadable.push(id);
    loaded.findings.push(
        Finding::new(
            &codes::SR06,
            id,
            Target::File,
            Words::new(format!("文件读不出来：{}", why.zh), format!("the file cannot be read: {}", why.en)),
        )
        .repair("检查文件的权限，或者它是不是正在被移动", "check its permissions and whether it is being moved"),
    );
}

fn link_out(loaded: &mut Loaded, path: String) {
    let id = push(loaded, path, "");
    loaded.unreadable.push(id);
    loaded.findings.push(
        Finding::new(
            &codes::SR04,
            id,
            Target::File,
            Words::new(
                "符号链接指向文件夹外面，或者指向的文件不存在",
                "the symbolic link leads out of the folder or to nothing",
            ),
        )
        .repair("把要用的文件复制到这里", "copy the file to this place"),
    );
}
