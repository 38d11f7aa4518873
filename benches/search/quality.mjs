// What is found: hit@5, MRR, recall@5 and the first place, by kind of question.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The first so many results are looked at for hits and recall. */
const FIRST = 5;

/** Asks the questions in one session. */
export async function quality(engine, set, questions) {
  const visitor = engine.open();
  const answers = [];
  for (const question of questions) answers.push(judge(question, await visitor.ask(question.query), set));
  const asked = answers.filter((answer) => answer.expected.length > 0);
  const nothing = answers.filter((answer) => answer.expected.length === 0);
  const groups = { all: asked };
  for (const answer of asked) (groups[answer.kind] ??= []).push(answer);
  for (const answer of asked) if (answer.split) (groups[`${answer.split} half`] ??= []).push(answer);
  const exact = groups.exact ?? [];
  return {
    groups: Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, figures(group)])),
    // Another situation under the very name that was typed would be a wrong answer.
    sameName: exact.length === 0 ? null : mean(exact.map(({ query, found }) => Number(found[0]?.name === query))),
    empty: { asked: nothing.length, share: mean(nothing.map(({ found }) => Number(found.length === 0))) },
    answers,
  };
}

/** Where the expected items stand among those found, with and without their other situations and places. */
function judge(question, found, set) {
  const family = (id) => set.families[id] ?? id;
  const families = new Set(question.expected.map(family));
  const first = (counts) => found.findIndex(({ id }) => counts(id)) + 1;
  const item = first((id) => question.expected.includes(id));
  const relative = first((id) => families.has(family(id)));
  const near = new Set(found.slice(0, FIRST).map(({ id }) => family(id)).filter((other) => families.has(other)));
  return {
    ...question, found,
    rank: set.familyCounts ? relative : item,
    other: set.familyCounts ? item : relative,
    recall: near.size / Math.min(FIRST, families.size || 1),
  };
}

function figures(group) {
  return {
    asked: group.length,
    hit: mean(group.map(({ rank }) => Number(rank > 0 && rank <= FIRST))),
    mrr: mean(group.map(({ rank }) => (rank > 0 ? 1 / rank : 0))),
    recall: mean(group.map(({ recall }) => recall)),
    first: mean(group.map(({ rank }) => Number(rank === 1))),
    // The other way to count: only the item itself, or any of its family.
    otherHit: mean(group.map(({ other }) => Number(other > 0 && other <= FIRST))),
    otherMrr: mean(group.map(({ other }) => (other > 0 ? 1 / other : 0))),
  };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The questions that were missed, exact names that do not come first, and answers to what has none. */
export function failures({ answers }, folder) {
  const missed = answers.filter(({ kind, expected, rank, found }) => {
    if (expected.length === 0) return found.length > 0;
    return rank === 0 || rank > FIRST || (kind === 'exact' && rank > 1);
  });
  const names = namesOf(missed.flatMap(({ expected }) => expected), folder);
  return missed.map((answer) => ({
    ...answer,
    wanted: answer.expected.map((id) => names.get(id) ?? id),
    found: answer.found.slice(0, FIRST).map(({ name }) => name),
  }));
}

function namesOf(ids, folder) {
  const wanted = new Set(ids);
  const names = new Map();
  for (const line of readFileSync(join(folder, 'records.jsonl'), 'utf8').split('\n')) {
    if (line === '' || names.size === wanted.size) break;
    const { id, name } = JSON.parse(line);
    if (wanted.has(id)) names.set(id, name);
  }
  return names;
}
