//! `mingbai --version`: the version, and the commit it was built from.

use crate::diagnostics::Lang;

/// The commit and its date, as the build found them: `-` in a build for development, empty if nothing told it.
const COMMIT: &str = env!("MINGBAI_COMMIT");

/// What stands behind the name of the program.
pub(super) fn version(lang: Lang) -> &'static str {
    match (COMMIT, lang) {
        ("-", Lang::Zh) => concat!(env!("CARGO_PKG_VERSION"), "（开发构建）"),
        ("-", Lang::En) => concat!(env!("CARGO_PKG_VERSION"), " (development build)"),
        ("", Lang::Zh) => concat!(env!("CARGO_PKG_VERSION"), "（没有提交号：不是从 git 仓库构建的）"),
        ("", Lang::En) => concat!(env!("CARGO_PKG_VERSION"), " (no commit: not built from a git repository)"),
        _ => concat!(env!("CARGO_PKG_VERSION"), " (", env!("MINGBAI_COMMIT"), ")"),
    }
}
