//! How many connections there may be: fewer than files may be open, so that
//! content can always be read and the next browser be answered.

use rustix::process::{Resource, getrlimit, setrlimit};

/// How many connections are enough for all browsers of an office.
const ENOUGH: u64 = 1024;
/// How many files may be open besides: the content, the watcher, git, the terminal.
const OTHERS: u64 = 64;

/// How many connections may be open at once. The limit of the system is raised for them as far as it
/// lets us; what fails changes nothing.
pub(super) fn connections() -> usize {
    let mut limit = getrlimit(Resource::Nofile);
    let wanted = ENOUGH + OTHERS;
    let most = limit.maximum.map_or(wanted, |most| most.min(wanted));
    if limit.current.is_some_and(|current| current < most) {
        limit.current = Some(most);
        let _ = setrlimit(Resource::Nofile, limit);
    }
    within(getrlimit(Resource::Nofile).current.unwrap_or(wanted))
}

/// How many connections so many files allow: one file each, and one more for who is turned away.
fn within(files: u64) -> usize {
    let others = OTHERS.min(files / 2);
    usize::try_from((files - others).clamp(4, ENOUGH)).unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn some_files_are_left() {
        assert_eq!([16, 48, 256, 1024, 1 << 20].map(within), [8, 24, 192, 960, 1024]);
    }
}
