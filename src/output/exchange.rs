//! Exchanging the published folder and the spare.
//!
//! In one step where the system can (Linux, macOS). Elsewhere by renames, with a
//! moment in between in which the published name is missing; a build killed in
//! that moment is put right by the next one ([`recover`]).

use std::fs;
use std::io;

use super::folders::Folders;
use super::manifest;

/// Puts the spare in the place of the published folder, and that folder, if
/// there is one, in the place of the spare.
pub(super) fn exchange(folders: &Folders) -> io::Result<()> {
    if folders.published.symlink_metadata().is_err() {
        return fs::rename(&folders.spare, &folders.published);
    }
    match at_once(folders) {
        Err(error) if is_missing_feature(&error) => by_renames(folders),
        other => other,
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn at_once(folders: &Folders) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, &folders.spare, CWD, &folders.published, RenameFlags::EXCHANGE)?;
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn at_once(_: &Folders) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the kernel or the file system cannot exchange. A wrong path would
/// give other errors, for both paths have been looked at.
fn is_missing_feature(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Exchanges by three renames; takes the first back if the second fails.
pub(super) fn by_renames(folders: &Folders) -> io::Result<()> {
    fs::rename(&folders.published, &folders.aside)?;
    if let Err(error) = fs::rename(&folders.spare, &folders.published) {
        fs::rename(&folders.aside, &folders.published)?;
        return Err(error);
    }
    // The new release is published; only the old one's place can be wrong now,
    // and the next build sees to it.
    let _ = fs::rename(&folders.aside, &folders.spare);
    Ok(())
}

/// Puts right what a build left that was killed between two renames. Only a
/// whole release is moved; anything else of that name is in nobody's way.
pub(super) fn recover(folders: &Folders) -> io::Result<()> {
    let is_ours =
        folders.aside.symlink_metadata().is_ok_and(|meta| meta.is_dir()) && manifest::read(&folders.aside)?.is_some();
    if !is_ours {
        Ok(())
    } else if folders.published.symlink_metadata().is_err() {
        fs::rename(&folders.aside, &folders.published)
    } else if folders.spare.symlink_metadata().is_err() {
        fs::rename(&folders.aside, &folders.spare)
    } else {
        Ok(())
    }
}
