//! Which entries of a list became which of another.

use serde_json::Value;

/// Lists with more pairs of entries than this are compared by position only.
const MOST: usize = 250_000;
/// What entries of one name score at least.
const NAMED: u32 = 100;
/// Keys that name an entry among its neighbours.
const NAMES: [&str; 12] =
    ["编号", "问题", "引用", "代码", "环节", "名称", "问", "地点", "法律", "程序", "范围", "日期"];

/// One entry of the old list, the new one, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aligned {
    /// The old entry became the new one, or stayed.
    Both(usize, usize),
    /// The old entry is gone.
    Old(usize),
    /// The new entry was added before the old one at this position.
    New {
        /// The position in the old list.
        before: usize,
        /// The position in the new list.
        from: usize,
    },
}

/// Pairs entries in their order: equal ones, then those of one name, then those that share most.
pub(crate) fn align(old: &[Value], new: &[Value]) -> Vec<Aligned> {
    let scores = |i: usize, j: usize| score(&old[i], &new[j]);
    let mut steps = Vec::new();
    if old.len() * new.len() > MOST {
        let both = old.len().min(new.len());
        steps.extend((0..both).map(|n| Aligned::Both(n, n)));
        steps.extend((both..old.len()).map(Aligned::Old));
        steps.extend((both..new.len()).map(|from| Aligned::New { before: old.len(), from }));
        return steps;
    }
    // best[i][j]: the best total of the entries from i and from j on.
    let mut best = vec![vec![0u32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let pair = scores(i, j);
            let with = if pair > 0 { pair + best[i + 1][j + 1] } else { 0 };
            best[i][j] = with.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        let pair = scores(i, j);
        if pair > 0 && best[i][j] == pair + best[i + 1][j + 1] {
            steps.push(Aligned::Both(i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            steps.push(Aligned::Old(i));
            i += 1;
        } else {
            steps.push(Aligned::New { before: i, from: j });
            j += 1;
        }
    }
    steps.extend((i..old.len()).map(Aligned::Old));
    steps.extend((j..new.len()).map(|from| Aligned::New { before: old.len(), from }));
    paired(steps, old, new)
}

/// The entries that stand elsewhere now, old and new: what is gone at one place and has
/// come at another, the same or of the same name.
pub(crate) fn moved(steps: &[Aligned], old: &[Value], new: &[Value]) -> Vec<(usize, usize)> {
    let mut come: Vec<usize> = Vec::new();
    for step in steps {
        if let Aligned::New { from, .. } = step {
            come.push(*from);
        }
    }
    let mut pairs = Vec::new();
    for step in steps {
        let Aligned::Old(at) = step else { continue };
        let best = come.iter().copied().max_by_key(|from| score(&old[*at], &new[*from]));
        if let Some(from) = best.filter(|from| score(&old[*at], &new[*from]) >= NAMED) {
            come.retain(|other| *other != from);
            pairs.push((*at, from));
        }
    }
    pairs
}

/// How much two entries are the same: 0 if they are two different things.
fn score(old: &Value, new: &Value) -> u32 {
    if super::same(old, new) {
        return 1000;
    }
    let (Value::Object(old), Value::Object(new)) = (old, new) else { return 0 };
    let shared = old.iter().filter(|(key, value)| new.get(*key) == Some(value)).count();
    let name = NAMES.iter().find(|name| old.contains_key(**name) && new.contains_key(**name));
    let alike = u32::try_from(shared * 20 / old.len().max(new.len()).max(1)).unwrap_or(0);
    match name {
        Some(name) if old[*name] == new[*name] => NAMED + alike,
        _ if shared * 2 >= old.len().max(new.len()) => 10 + alike,
        _ => 0,
    }
}

fn is_single(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// An old and a new single value at the same place are one that was changed.
fn paired(steps: Vec<Aligned>, old: &[Value], new: &[Value]) -> Vec<Aligned> {
    let mut out: Vec<Aligned> = Vec::with_capacity(steps.len());
    for step in steps {
        if let (Some(Aligned::Old(at)), Aligned::New { from, .. }) = (out.last().copied(), step)
            && is_single(&old[at])
            && is_single(&new[from])
        {
            out.pop();
            out.push(Aligned::Both(at, from));
        } else {
            out.push(step);
        }
    }
    out
}
