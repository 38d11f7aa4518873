//! Which characters stand together in the files of terms.
//!
//! A question is looked up pair by pair, and the pair 食品 stands with the
//! terms that begin with 食, 品经 with those that begin with 品. If characters
//! that follow each other in names are in one file, a question needs few.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::index::Tier;

/// All `characters` in an order in which those that follow each other in terms are near each other, in groups
/// whose terms take about `limit` bytes.
pub(super) fn arrange(tier: &Tier, characters: &BTreeSet<char>, limit: usize) -> Vec<char> {
    let all: Vec<char> = characters.iter().copied().collect();
    let place: HashMap<char, usize> = all.iter().enumerate().map(|(i, &c)| (c, i)).collect();
    let mut size = vec![0_usize; all.len()];
    let mut edges: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for term in &tier.terms {
        let mut letters = term.text.chars();
        let Some(&a) = letters.next().and_then(|c| place.get(&c)) else { continue };
        size[a] += super::encode::cost(term, true);
        if let (Some(second), None) = (letters.next(), letters.next())
            && let Some(&b) = place.get(&second)
            && a != b
        {
            *edges.entry((a.min(b), a.max(b))).or_insert(0) += term.postings.len();
        }
    }
    let mut groups = Groups { parent: (0..all.len()).collect(), size };
    let mut edges: Vec<((usize, usize), usize)> = edges.into_iter().collect();
    edges.sort_by_key(|&(pair, weight)| (std::cmp::Reverse(weight), pair));
    for ((a, b), _) in edges {
        groups.join(a, b, limit);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..all.len() {
        members.entry(groups.root(i)).or_default().push(i);
    }
    // The larger groups first, so that what is left over fills the last files.
    let mut members: Vec<(usize, Vec<usize>)> =
        members.into_iter().map(|(root, members)| (groups.size[root], members)).collect();
    members.sort_by_key(|(size, members)| (std::cmp::Reverse(*size), members[0]));
    packed(members, limit).into_iter().map(|i| all[i]).collect()
}

/// Groups filled up with smaller ones to about `limit`.
fn packed(groups: Vec<(usize, Vec<usize>)>, limit: usize) -> Vec<usize> {
    let mut bins: Vec<(usize, Vec<usize>)> = Vec::new();
    for (size, members) in groups {
        match bins.iter_mut().find(|(filled, _)| filled + size <= limit) {
            Some((filled, bin)) => {
                *filled += size;
                bin.extend(members);
            }
            None => bins.push((size, members)),
        }
    }
    bins.into_iter().flat_map(|(_, members)| members).collect()
}

/// Groups that grow together, each with its size.
struct Groups {
    parent: Vec<usize>,
    size: Vec<usize>,
}

impl Groups {
    fn root(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize, limit: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b && self.size[a] + self.size[b] <= limit {
            let (low, high) = (a.min(b), a.max(b));
            self.parent[high] = low;
            self.size[low] += self.size[high];
        }
    }
}
