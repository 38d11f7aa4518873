// What the engine promises the search page: filters and their counts, pages, marks, other spellings, what is near.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { none } from '../browser/lib/report.mjs';
import { open, site, traditional } from './lib/engine.mjs';
import { WRITTEN, entries, indexFile, questions } from './lib/questions.mjs';

const ALL = 1000;
const FACETS = ['department', 'topic', 'audience', 'online', 'type'];
/** Questions with many answers. */
const MANY = ['登记', '补贴', '营业执照', '证', '身份证', '许可证', '申请', '公司'];

const { search } = await open(site());
const rows = entries(site());
const every = questions(site());
const urls = ({ results }) => results.map(({ url }) => url);
const head = indexFile(site(), 'index');
const soundTable = indexFile(site(), head.sounds).sounds;
const old = traditional();

/** Characters as search compares them, Chinese ones only, and no numerals: they count as digits. */
const han = (text) => Array.from(text.normalize('NFKC'), (c) => old.get(c) ?? c).filter((c) => /\p{Script=Han}/u.test(c) && !/[零〇一二两三四五六七八九十]/.test(c));

test('a result has everything the page shows, and its page is there', async () => {
  const faults = [];
  for (const question of WRITTEN) {
    const answer = await search(question);
    assert.deepEqual(Object.keys(answer).sort(), ['facets', 'nearest', 'query', 'results', 'suggestion', 'total'], question);
    assert.equal(answer.query, question);
    assert.equal(answer.facets, null);
    assert.ok(answer.results.length <= 10 && answer.results.length <= answer.total, question);
    for (const result of [...answer.results, ...answer.nearest]) {
      const row = rows.find(({ path }) => `/${path}` === result.url);
      const at = `“${question}” → ${result.url}`;
      if (!row || !existsSync(join(site(), result.url, 'index.html'))) { faults.push(`${at}: no such page`); continue; }
      const kind = row.flags & 8 ? 'department' : row.flags & 4 ? 'bundle' : 'item';
      const expected = { name: row.name, official: row.official, department: row.department, summary: row.summary, kind, open: !(row.flags & 2) };
      for (const [key, value] of Object.entries(expected)) if (result[key] !== value) faults.push(`${at}: ${key} is ${result[key]}, not ${value}`);
      if (!(Number.isInteger(result.score) && result.coverage >= 0 && result.coverage <= 1000)) faults.push(`${at}: score ${result.score}, coverage ${result.coverage}`);
    }
    const scores = answer.results.map(({ score }) => score);
    assert.deepEqual(scores, [...scores].sort((a, b) => b - a), question);
  }
  none(faults, 'wrong result');
});

test('every count of a filter is the total one gets by choosing it', async (t) => {
  const faults = [];
  let counts = 0;
  for (const question of MANY) {
    const { total, facets } = await search(question, { facets: true });
    assert.deepEqual(Object.keys(facets), FACETS);
    for (const name of FACETS) {
      const numbers = facets[name].map(({ count }) => count);
      assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a), `${question}: ${name} by count`);
      for (const { value, name: label, count } of facets[name]) {
        const chosen = await search(question, { limit: ALL, filters: { [name]: [value] } });
        counts += 1;
        if (chosen.total !== count || chosen.results.length !== count || count < 1 || count > total || !label) faults.push(`“${question}”, ${name} ${label}: says ${count}, gives ${chosen.total}`);
      }
    }
  }
  t.diagnostic(`${counts} counts`);
  none(faults, 'wrong count');
  assert.ok(counts > 100, `${counts} counts`);
});

test('counts are those under the other filters; filters combine', async (t) => {
  const faults = [];
  let counts = 0;
  for (const question of MANY.slice(0, 3)) {
    const alone = await search(question, { facets: true });
    for (const first of FACETS) {
      const chosen = alone.facets[first][0]?.value;
      if (!chosen) continue;
      const under = await search(question, { facets: true, limit: ALL, filters: { [first]: [chosen] } });
      assert.deepEqual(under.facets[first], alone.facets[first], `${question}: the own counts of ${first} change`);
      for (const second of FACETS.filter((name) => name !== first)) {
        const only = new Map();
        for (const { value } of alone.facets[second]) only.set(value, new Set(urls(await search(question, { limit: ALL, filters: { [second]: [value] } }))));
        const offered = new Map(under.facets[second].map(({ value, count }) => [value, count]));
        for (const [value, found] of only) {
          const both = await search(question, { limit: ALL, filters: { [first]: [chosen], [second]: [value] } });
          counts += 1;
          const at = `“${question}”, ${first} ${chosen} and ${second} ${value}`;
          if (both.total !== (offered.get(value) ?? 0)) faults.push(`${at}: says ${offered.get(value) ?? 0}, gives ${both.total}`);
          const expected = urls(under).filter((url) => found.has(url));
          if (urls(both).join() !== expected.join()) faults.push(`${at}: gives ${urls(both)} and not ${expected}`);
        }
      }
    }
  }
  t.diagnostic(`${counts} pairs`);
  none(faults, 'wrong count or result');
  assert.ok(counts > 100, `${counts} pairs`);
});

test('a filter takes one value or several; several give what each gives', async () => {
  const { facets } = await search('登记', { facets: true });
  const [a, b] = facets.department.map(({ value }) => value);
  const of = async (department) => urls(await search('登记', { limit: ALL, filters: { department } }));
  const [one, other, both] = [await of([a]), await of([b]), await of([a, b])];
  assert.deepEqual(await of(a), one);
  assert.deepEqual([...both].sort(), [...new Set([...one, ...other])].sort());
  assert.ok(one.length > 0 && other.length > 0);
  const all = urls(await search('登记', { limit: ALL }));
  for (const nothing of [[], '', undefined, null]) assert.deepEqual(await of(nothing), all, `filter ${nothing}`);
});

test('a value that no result has gives nothing, and nothing else', async () => {
  for (const name of FACETS) {
    for (const value of ['no-such-value', '0', '__proto__', 'constructor']) {
      const answer = await search('登记', { facets: true, filters: { [name]: [value] } });
      assert.deepEqual([answer.total, answer.results, answer.nearest, answer.suggestion], [0, [], [], null], `${name} ${value}`);
      assert.ok(answer.facets[name].length > 0, `${name} ${value}: nothing else to choose`);
    }
  }
});

test('pages follow each other without gap or double', async () => {
  for (const question of MANY) {
    const all = await search(question, { limit: ALL });
    assert.equal(all.results.length, all.total);
    assert.equal(new Set(urls(all)).size, all.total, `${question}: a result stands twice`);
    for (const step of [1, 3, 10]) {
      const found = [];
      for (let offset = 0; offset < all.total; offset += step) {
        const page = await search(question, { limit: step, offset });
        assert.equal(page.total, all.total);
        assert.equal(page.results.length, Math.min(step, all.total - offset));
        found.push(...page.results);
      }
      assert.deepEqual(found, all.results, `${question}, ${step} at a time`);
    }
    assert.deepEqual((await search(question, { offset: all.total })).results, []);
    assert.deepEqual(urls(await search(question)), urls(all).slice(0, 10), 'ten are given where no number is');
    const none = await search(question, { limit: 0 });
    assert.deepEqual([none.results, none.total], [[], all.total]);
  }
});

test('marks lie inside the texts, in their order, and apart', async (t) => {
  const faults = [];
  let marks = 0;
  for (const question of every) {
    const { results, nearest } = await search(question);
    for (const result of [...results, ...nearest]) {
      for (const [text, ranges] of [[result.name, result.marks], [result.official, result.officialMarks], [result.alias ?? '', result.aliasMarks]]) {
        let end = -1;
        for (const [from, to] of ranges) {
          marks += 1;
          if (!(from > end && to > from && to <= text.length)) faults.push(`“${question}” → ${text}: ${JSON.stringify(ranges)}`);
          end = to;
        }
      }
    }
  }
  t.diagnostic(`${marks} marks`);
  none(faults, 'mark out of place');
  assert.ok(marks > 1000, `${marks} marks`);
});

test('what was asked for is marked: whole names, parts, Traditional characters, sounds', async () => {
  const marked = (text, ranges) => ranges.map(([from, to]) => text.slice(from, to)).join('|');
  const faults = [];
  for (const { name, official, path } of rows) {
    for (const question of new Set([name, official])) {
      const result = (await search(question)).results.find(({ url }) => url === `/${path}`);
      const got = result && (question === name ? marked(name, result.marks) : marked(official, result.officialMarks));
      // Words that people put around the thing (办理, 个) are not looked for, and not marked.
      const ignored = new Set(han(head.noise.join('') + head.fillers.join('')));
      const without = (text) => han(text).filter((c) => !ignored.has(c)).join('');
      if (!result || !got || without(got) !== without(question)) faults.push(`“${question}” marks ${got}`);
    }
  }
  none(faults, 'name that is not marked as a whole');
  for (const [question, slug, marks, official] of [
    ['身份证', 'id-card-replacement', '身份证', '身份证'], ['身份證換領', 'id-card-replacement', '身份证', '身份证换领'], ['shenfenzheng', 'id-card-replacement', '身份证', '身份证'],
    ['户照', 'passport-application', '护照|护照|护照', '护照'], ['结婚', 'marriage-registration', '结婚', '结婚'], ['龘结婚靐', 'marriage-registration', '结婚', '结婚'],
  ]) {
    const result = (await search(question)).results.find(({ url }) => url === `/items/${slug}/`);
    assert.deepEqual([marked(result.name, result.marks), marked(result.official, result.officialMarks)], [marks, official], question);
  }
});

test('marked characters were asked for, or sound like what was asked for', async () => {
  const sounds = new Map();
  for (const [sound, characters] of Object.entries(soundTable)) for (const c of Array.from(characters)) sounds.set(c, [...(sounds.get(c) ?? []), sound]);
  const faults = [];
  for (const question of every.filter((one) => !/[a-z]/i.test(one))) {
    const asked = han(question);
    const heard = new Set(asked.flatMap((c) => sounds.get(c) ?? []));
    for (const { name, marks } of (await search(question)).results) {
      const wrong = marks.flatMap(([from, to]) => han(name.slice(from, to))).filter((c) => !asked.includes(c) && !(sounds.get(c) ?? []).some((sound) => heard.has(sound)));
      if (wrong.length) faults.push(`“${question}” marks ${wrong.join('')} in ${name}`);
    }
  }
  none(faults, 'mark of something else');
});

test('another name is shown when it is what matched, and only then', async (t) => {
  const faults = [];
  let shown = 0;
  for (const { name, official, aliases, path } of rows) {
    const own = new Set(han(name + official));
    for (const alias of aliases) {
      const letters = han(alias);
      if (letters.length < 2 || letters.some((c) => own.has(c))) continue;
      const result = (await search(alias, { limit: ALL })).results.find(({ url }) => url === `/${path}`);
      shown += 1;
      if (!result || result.alias === null || result.aliasMarks.length === 0) faults.push(`“${alias}” → ${name}: shows ${result?.alias}`);
    }
    const [itself] = (await search(name)).results.filter(({ url }) => url === `/${path}`);
    if (itself.alias !== null || itself.aliasMarks.length) faults.push(`“${name}”: shows ${itself.alias} as well`);
  }
  t.diagnostic(`${shown} other names`);
  none(faults, 'wrong other name');
  assert.ok(shown >= 10, `${shown} other names`);
});

test('another spelling is offered that leads to what was meant', async () => {
  for (const [typed, meant, slug] of [
    ['户照', '护照', 'passport-application'], ['结昏登记', '结婚登记', 'marriage-registration'], ['残疾正', '残疾证', 'disability-certificate'],
    ['社堡卡', '社保卡', 'social-security-card'], ['户照怎么办理', '护照怎么办理', 'passport-application'], ['  户照 ', '  护照 ', 'passport-application'],
  ]) {
    const { suggestion, results } = await search(typed);
    assert.deepEqual([suggestion, results[0].url], [meant, `/items/${slug}/`], typed);
    const { results: then, suggestion: further } = await search(suggestion);
    assert.deepEqual([then[0].url, further], [`/items/${slug}/`, null], suggestion);
  }
  for (const right of ['护照', '结婚登记', '身份证', ...rows.map(({ name }) => name)]) assert.equal((await search(right)).suggestion, null, right);
});

test('a name with one wrong character of the same sound is found, and what is offered instead leads there', async (t) => {
  const known = new Set(Array.from(head.characters));
  const faults = [];
  let [typos, first] = [0, 0];
  for (const { name } of rows) {
    for (const [at, c] of Array.from(name).entries()) {
      const wrong = Object.values(soundTable).filter((same) => same.includes(c)).flatMap((same) => Array.from(same)).find((one) => !known.has(one) && /\p{Script=Han}/u.test(one));
      if (!wrong || !known.has(c)) continue;
      const typed = Array.from(name).map((one, place) => (place === at ? wrong : one)).join('');
      const { results, suggestion } = await search(typed);
      typos += 1;
      first += results[0]?.name === name ? 1 : 0;
      if (results.length > 0 && !results.slice(0, 5).some((result) => result.name === name)) faults.push(`${typed} → ${results[0].name}`);
      if (suggestion && (await search(suggestion)).results[0]?.name !== name) faults.push(`${typed}: offers ${suggestion}`);
    }
  }
  t.diagnostic(`${first} of ${typos} typos give the item first`);
  none(faults, 'typo that leads elsewhere');
  assert.ok(typos > 500 && first >= typos * 0.95, `${first} of ${typos}`);
});

test('what is nearest is shown only when nothing is found', async () => {
  let near = 0;
  for (const question of every) {
    const { total, results, nearest } = await search(question);
    assert.ok(total === 0 || nearest.length === 0, `“${question}”: ${total} results and what is nearest`);
    assert.equal(total === 0, results.length === 0, question);
    assert.ok(nearest.length <= 3, question);
    near += nearest.length > 0 ? 1 : 0;
  }
  assert.ok(near > 5, `${near} questions with something near`);
  assert.deepEqual((await search('龘靐齉龗')).nearest, []);
});

test('questions that are none: empty, noise, signs, other things than texts', async () => {
  const nothing = (query) => ({ query, total: 0, results: [], suggestion: null, nearest: [], facets: null });
  for (const empty of ['', '   ', '\u3000\n\t', '!!!', '，。', '😀😀', '---']) assert.deepEqual(await search(empty, { facets: true }), nothing(empty), `“${empty}”`);
  for (const other of [null, undefined, 0, 12, NaN, {}, [], ['护照']]) assert.equal((await search(other)).query, String(other));
  for (const word of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'undefined', 'null', '\u0000', '\ud800', '\udc00护照', '\uffff']) await search(word, { facets: true });
});

test('words around the thing change nothing; nothing but such words is searched as it is', async () => {
  for (const [asked, thing] of [['请问怎么办理护照', '护照'], ['护照怎么办理', '护照'], ['我想结婚登记', '结婚登记'], ['结婚登记需要什么材料', '结婚登记']]) {
    assert.equal(urls(await search(asked))[0], urls(await search(thing))[0], asked);
  }
  const found = [];
  for (const noise of ['怎么办理', '请问', '我想咨询一下请问怎么办理', '的了吗呢', '需要什么材料', '办理流程']) {
    const { results, nearest } = await search(noise);
    assert.equal(results.length > 0 && nearest.length > 0, false, noise);
    found.push(...results, ...nearest);
  }
  assert.ok(found.length > 0 && found.every(({ coverage }) => coverage > 0));
});

test('ten thousand characters are answered within a second', async (t) => {
  const long = (text) => text.repeat(Math.ceil(10_000 / text.length)).slice(0, 10_000);
  const times = [];
  for (const text of ['食品经营许可证', '營業執照', 'a', 'yingye', 'xian', '身a', 'ying ye ', '怎么办理', ' ', '😀', '十', '㎡', '1', '的', "'", '護\u200b', '户照，', 'ﷺ', 'e\u0301']) {
    const { search: cold } = await open(site());
    const begun = process.cpuUsage();
    await cold(long(text), { facets: true });
    const { user, system } = process.cpuUsage(begun);
    times.push([Math.round((user + system) / 1000), text]);
  }
  const [most, text] = times.sort(([a], [b]) => b - a)[0];
  t.diagnostic(`at most ${most} ms of the processor (“${text}”)`);
  // The time of the processor: what else runs on the machine does not count.
  assert.ok(most < 1000, `${most} ms for “${text}”`);
});
