//! The load stage: a folder on disk becomes a [`SourceTree`].
//!
//! The only user of walkdir. Nothing is parsed here; what cannot be read as
//! text becomes a finding and an empty file, so that the others still speak.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::{Encoding, GB18030};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostics::{Finding, Findings, Fix, Target, Words, codes};
use crate::load::Store;
use crate::source::{BinaryFile, FileId, Pointer, SourceTree, lfs};

/// The largest text file that is read, in bytes.
const TEXT_LIMIT: u64 = 1024 * 1024;
/// The largest attachment that is passed on, in bytes.
const BINARY_LIMIT: u64 = 50 * 1024 * 1024;

/// What the load stage makes.
#[derive(Debug, Default, Clone)]
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
/// # Errors
///
/// When the content folder itself does not exist or cannot be read.
pub fn load(root: &Path) -> io::Result<Loaded> {
    Ok(Store::read(root)?.loaded())
}

/// A file that is not on disk, such as one of a revision.
#[derive(Debug, Clone)]
pub enum Given {
    /// All of its bytes.
    Bytes(Vec<u8>),
    /// Only its size is known: it is passed on, or too large to be read.
    Size(u64),
    /// A symbolic link to nothing or out of the root.
    LinkOut,
    /// Nothing that can be read, for this reason.
    Unreadable(Words),
}

/// The same as [`load`] for files that are not on disk: what is no content is left out,
/// the others are read, capped and put in order as files on disk are.
pub fn load_given(files: Vec<(String, Given)>) -> Loaded {
    let mut files: Vec<(String, Given)> = files.into_iter().filter(|(path, _)| is_content(path)).collect();
    files.sort_by(|(a, _), (b, _)| a.split('/').cmp(b.split('/')));
    let read: Vec<(String, Contents)> = files
        .into_par_iter()
        .map(|(path, given)| {
            let contents = match given {
                Given::Bytes(bytes) => given_bytes(&path, bytes),
                Given::Size(size) => over_limit(&path, size).unwrap_or(Contents::Binary(PathBuf::new(), size)),
                Given::LinkOut => Contents::LinkOut,
                Given::Unreadable(why) => Contents::Unreadable(why),
            };
            (path, contents)
        })
        .collect();
    let mut loaded = Loaded::default();
    for (path, contents) in read {
        add(&path, &contents, &mut loaded);
    }
    loaded.tree.binaries.sort_by(|a, b| a.path.cmp(&b.path));
    loaded
}

fn given_bytes(path: &str, bytes: Vec<u8>) -> Contents {
    let size = bytes.len() as u64;
    match over_limit(path, size) {
        Some(contents) => contents,
        None if is_text(path) => decode(bytes),
        None => match Pointer::parse(&bytes) {
            Some(pointer) => Contents::Pointer(None, pointer),
            None => Contents::Binary(PathBuf::new(), size),
        },
    }
}

/// Whether a path below the root is read or passed on at all.
fn is_content(path: &str) -> bool {
    let mut parts = path.split('/');
    matches!(parts.next(), Some("content" | "themes")) && path.contains('/') && !parts.any(is_ignored)
}

/// Whether the bytes of a file of this size are wanted: it is read as text and not too large, or may be a pointer.
pub(crate) fn is_read(path: &str, size: u64) -> bool {
    is_content(path) && size <= if is_text(path) { TEXT_LIMIT } else { lfs::LIMIT }
}

fn over_limit(path: &str, size: u64) -> Option<Contents> {
    let limit = if is_text(path) { TEXT_LIMIT } else { BINARY_LIMIT };
    (size > limit).then_some(Contents::TooLarge(size, limit))
}

/// What is at a path, before it is read.
#[derive(Debug)]
pub(super) enum Found {
    /// A file, or a link to one below the root.
    File(PathBuf),
    /// A symbolic link to nothing or out of the root.
    LinkOut,
    /// Nothing that can be looked at, for this reason.
    Unreadable(Words),
}

/// What a file holds.
#[derive(Debug)]
pub(super) enum Contents {
    /// Text, perhaps after a byte order mark.
    Text { text: Arc<str>, marked: bool },
    /// Text with a NUL in this line.
    Nul { line: usize },
    /// Text in another encoding.
    NotUtf8(Vec<u8>),
    /// What is passed on: where it is, and its size.
    Binary(PathBuf, u64),
    /// A pointer to what is to be passed on: where the pointer is; nowhere if it belongs there, as in a revision.
    Pointer(Option<PathBuf>, Pointer),
    /// More bytes than are read, and the limit.
    TooLarge(u64, u64),
    /// A symbolic link to nothing or out of the root.
    LinkOut,
    /// Nothing that can be read, for this reason.
    Unreadable(Words),
}

pub(super) fn walk(root: &Path, folder: &Path, canonical: &Path, found: &mut Vec<(String, Found)>) {
    // Below the two folders a link to a folder is not followed, whoever asks.
    let is_top = folder.parent() == Some(root);
    let entries = WalkDir::new(folder)
        .follow_root_links(is_top)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy()));
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(Path::to_path_buf).unwrap_or_default();
                let why = error.io_error().map_or_else(|| Words::new(error.to_string(), error.to_string()), why);
                found.push((relative(root, &path), Found::Unreadable(why)));
                continue;
            }
        };
        if entry.file_type().is_dir() {
            continue;
        }
        let path = relative(root, entry.path());
        let is_link = entry.file_type().is_symlink();
        let disk = entry.into_path();
        let place = if is_link {
            match fs::canonicalize(&disk) {
                Ok(target) if target.starts_with(canonical) && target.is_file() => Found::File(target),
                _ => Found::LinkOut,
            }
        } else {
            Found::File(disk)
        };
        found.push((path, place));
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

/// Reads one file. Many are read at once, so nothing is noted here.
pub(super) fn read_one(path: &str, place: Found) -> Contents {
    let disk = match place {
        Found::File(disk) => disk,
        Found::LinkOut => return Contents::LinkOut,
        Found::Unreadable(why) => return Contents::Unreadable(why),
    };
    let size = match fs::metadata(&disk) {
        Ok(meta) if meta.is_file() => meta.len(),
        Ok(_) => return not_regular(),
        Err(error) => return Contents::Unreadable(why(&error)),
    };
    if let Some(contents) = over_limit(path, size) {
        return contents;
    }
    if !is_text(path) {
        let bytes = if size <= lfs::LIMIT { read_up_to(&disk, lfs::LIMIT).ok().flatten() } else { None };
        return match bytes.and_then(|bytes| Pointer::parse(&bytes)) {
            Some(pointer) => Contents::Pointer(Some(disk), pointer),
            None => Contents::Binary(disk, size),
        };
    }
    match read_up_to(&disk, TEXT_LIMIT) {
        Ok(Some(bytes)) => over_limit(path, bytes.len() as u64).unwrap_or_else(|| decode(bytes)),
        Ok(None) => not_regular(),
        Err(error) => Contents::Unreadable(why(&error)),
    }
}

fn not_regular() -> Contents {
    Contents::Unreadable(Words::new("不是普通的文件", "it is not a regular file"))
}

/// The bytes of a file, but not many more than the limit; nothing if it is no file. What was
/// looked at before may be another file by now, a large one or one without an end.
fn read_up_to(disk: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let file = fs::File::open(disk)?;
    let meta = file.metadata()?;
    if !meta.is_file() {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len().min(limit)).unwrap_or_default() + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// The bytes of a file as text, or why they are none.
fn decode(bytes: Vec<u8>) -> Contents {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF");
    match std::str::from_utf8(body.unwrap_or(&bytes)) {
        Ok(text) => match text.find('\0') {
            Some(at) => Contents::Nul { line: text[..at].matches('\n').count() + 1 },
            None => Contents::Text { text: Arc::from(text), marked: body.is_some() },
        },
        Err(_) => Contents::NotUtf8(body.map(<[u8]>::to_vec).unwrap_or(bytes)),
    }
}

/// The text of a file that may come from a spreadsheet, and its encoding if that is not UTF-8.
/// Nothing if it is no text, or in no encoding that is known here.
pub(crate) fn text_of(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (text, encoding) = if let Ok(text) = std::str::from_utf8(body) {
        (text.to_owned(), None)
    } else if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        (
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])?.into_owned(),
            Some(encoding.name()),
        )
    } else {
        (GB18030.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned(), Some("GBK"))
    };
    (!text.contains('\0')).then_some((text, encoding))
}

/// Adds a file with what is wrong with it.
pub(super) fn add(path: &str, contents: &Contents, loaded: &mut Loaded) {
    match contents {
        Contents::Text { text, marked } => {
            let id = loaded.tree.add_text(path, text);
            if *marked {
                byte_order_mark(id, loaded);
            }
        }
        Contents::Binary(disk, size) => {
            let (path, disk) = (path.to_owned(), disk.clone());
            loaded.tree.binaries.push(BinaryFile { path, disk, size: *size, pointer: None });
        }
        Contents::Pointer(disk, pointer) => {
            if disk.is_some() {
                not_fetched(path, pointer, loaded);
            }
            let (path, disk) = (path.to_owned(), disk.clone().unwrap_or_default());
            let (size, pointer) = (pointer.size, Some(pointer.clone()));
            loaded.tree.binaries.push(BinaryFile { path, disk, size, pointer });
        }
        Contents::Nul { line } => has_nul(path, *line, loaded),
        Contents::NotUtf8(bytes) => not_utf8(path, bytes, loaded),
        Contents::TooLarge(size, limit) => too_large(path, *size, *limit, loaded),
        Contents::LinkOut => link_out(loaded, path),
        Contents::Unreadable(why) => unreadable(loaded, path, why),
    }
}

fn too_large(path: &str, size: u64, limit: u64, loaded: &mut Loaded) {
    let id = push_unreadable(loaded, path);
    let (repair_zh, repair_en) = if limit == TEXT_LIMIT {
        ("拆成几个文件", "split it into several files")
    } else {
        ("压缩图片和附件", "compress the picture or attachment")
    };
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
}

/// A working tree that has the pointer has not got the file.
fn not_fetched(path: &str, pointer: &Pointer, loaded: &mut Loaded) {
    let id = push_unreadable(loaded, path);
    let size = mib(pointer.size);
    loaded.findings.push(
        Finding::new(
            &codes::SR12,
            id,
            Target::File,
            Words::new(
                format!("这里只有 Git LFS 的指针，真正的文件（{size}）还没有取下来"),
                format!("this is a Git LFS pointer; the file itself ({size}) has not been fetched"),
            ),
        )
        .allowed("文件本身", "the file itself")
        .repair("装上 git-lfs，运行 git lfs pull", "install git-lfs and run git lfs pull"),
    );
}

fn mib(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1024.0 / 1024.0)
}

fn has_nul(path: &str, line: usize, loaded: &mut Loaded) {
    let id = push_unreadable(loaded, path);
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
}

fn byte_order_mark(id: FileId, loaded: &mut Loaded) {
    loaded.findings.push(
        Finding::new(
            &codes::SR02,
            id,
            Target::File,
            Words::new("文件开头有看不见的 BOM 标记", "the file begins with an invisible byte order mark"),
        )
        .repair("另存为“UTF-8”（不要选“带 BOM 的 UTF-8”）", "save as UTF-8 without BOM")
        .fix(Fix::NoMark),
    );
}

fn not_utf8(path: &str, bytes: &[u8], loaded: &mut Loaded) {
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let (encoding_zh, encoding_en) = if utf16 {
        ("看起来是 UTF-16", "looks like UTF-16")
    } else if GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some() {
        ("看起来是 GBK（国标码）", "looks like GBK")
    } else {
        ("也认不出是哪种编码", "looks like no encoding that is known here")
    };
    let iconv = format!("iconv -f GB18030 -t UTF-8 {path}");
    let id = push_unreadable(loaded, path);
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

fn push_unreadable(loaded: &mut Loaded, path: &str) -> FileId {
    let id = loaded.tree.add_missing(path);
    loaded.unreadable.push(id);
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

fn unreadable(loaded: &mut Loaded, path: &str, why: &Words) {
    let id = push_unreadable(loaded, path);
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

fn link_out(loaded: &mut Loaded, path: &str) {
    let id = push_unreadable(loaded, path);
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
