// How the files of the index come, and what happens when they do not.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { none } from '../browser/lib/report.mjs';
import { serve } from '../browser/lib/server.mjs';
import { answer, host, load, moduleText, open, site, subsite } from './lib/engine.mjs';
import { WRITTEN } from './lib/questions.mjs';

const BASE = 'https://host.example/';
/** A question that needs every kind of file: names, sounds, running text, results; the filters come with the facets. */
const THOROUGH = '营业执造';
const paths = ({ results }) => results.map(({ url }) => url);
/** The error of a promise; a promise that is kept is a fault. */
const errorOf = (promise) => promise.then(() => assert.fail('no error'), (error) => error);

test('nothing is fetched before the first search, nor for a question that is empty', async () => {
  const { asked, search } = await open(site());
  assert.deepEqual(asked, []);
  await search('');
  await search(' \t\n\u3000');
  assert.deepEqual(asked, []);
  await search('护照');
  assert.equal(asked[0].file, 'search/index.bin');
});

test('every file is fetched once, also by searches at the same time', async () => {
  const { asked, search } = await open(site());
  await Promise.all([...WRITTEN.slice(0, 30), THOROUGH, THOROUGH].map((question) => search(question, { facets: true })));
  await search(THOROUGH, { facets: true });
  const files = asked.map(({ file }) => file);
  assert.deepEqual(files, [...new Set(files)]);
  assert.ok(files.every((file) => /^search\/[0-9a-z]+\.bin$/.test(file)), `fetched ${files}`);
  assert.ok(files.length > 8, `only ${files.length} files`);
});

test('searches at the same time have the answers they have one after the other', async () => {
  const asked = WRITTEN.slice(0, 40);
  const [{ search: atOnce }, { search: inTurn }] = [await open(site()), await open(site())];
  const together = await Promise.all(asked.map((question) => atOnce(question)));
  for (const [n, question] of asked.entries()) assert.deepEqual(together[n], await inTurn(question), question);
});

for (const how of ['with DecompressionStream', 'without it']) {
  test(`whatever comes instead of a file is a SearchLoadError that names it, and the next search is whole (${how})`, (t) => {
    const program = fileURLToPath(new URL('lib/damage.mjs', import.meta.url));
    const plain = how === 'without it' ? ['plain'] : [];
    const ran = spawnSync(process.execPath, [program, site(), THOROUGH, ...plain], { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 });
    assert.equal(ran.error, undefined, 'a search never ended');
    assert.equal(ran.status, 0, ran.stderr);
    const { expected, files, tried, faults } = JSON.parse(ran.stdout);
    t.diagnostic(`${tried} damages of ${files.length} files`);
    none(faults, 'fault');
    // Index, names, sounds of characters, sounds of names, running text, filters, results.
    assert.ok(files.length >= 7 && expected.total > 0 && tried >= files.length * 15, `${files.length} files, ${tried} damages`);
  });
}

test('an index of another format is refused and says so', async () => {
  const other = (file, bytes) => (file === 'search/index.bin' ? answer(gzipSync(gunzipSync(bytes).toString('utf8').replace('"version":1', '"version":2'))) : undefined);
  const { search } = await open(site(), { instead: other });
  const error = await errorOf(search('护照'));
  assert.equal(error.name, 'SearchLoadError');
  assert.equal(error.url, `${BASE}search/index.bin`);
  assert.match(error.message, /format 2\b.*\b1$/);
});

test('a portal that was built anew meanwhile is found again after one failure', async () => {
  const { createSearch } = await load(moduleText(site()));
  const { fetch } = host(site(), BASE);
  let anew = false;
  // The same files under other names, as if their content had changed.
  const changing = async (url) => {
    if (!anew) return fetch(url);
    if (url === `${BASE}search/index.bin`) {
      const index = gunzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).toString('utf8');
      return answer(gzipSync(index.replace(/\b[0-9a-f]{10}\b/g, 'new$&')));
    }
    return /\/new[0-9a-f]+\.bin$/.test(url) ? fetch(url.replace('/new', '/')) : answer([], 404);
  };
  const { search } = createSearch({ base: BASE, fetch: changing });
  assert.ok((await search('护照')).total > 0);
  anew = true;
  assert.equal((await errorOf(search(THOROUGH))).name, 'SearchLoadError');
  assert.ok((await search(THOROUGH)).total > 0);
});

test('files that the host has unpacked already are read too', async () => {
  const [packed, unpacked] = [await open(site()), await open(site(), { instead: (file, bytes) => answer(gunzipSync(bytes)) })];
  for (const question of WRITTEN.slice(0, 40)) {
    assert.deepEqual(await unpacked.search(question, { facets: true }), await packed.search(question, { facets: true }), question);
  }
});

test('a browser that cannot unpack has the same answers', async (t) => {
  const expected = await open(site());
  const answers = [];
  for (const question of WRITTEN) answers.push(await expected.search(question));
  const { DecompressionStream } = globalThis;
  t.after(() => { globalThis.DecompressionStream = DecompressionStream; });
  delete globalThis.DecompressionStream;
  const { search } = await open(site());
  for (const [n, question] of WRITTEN.entries()) assert.deepEqual(await search(question), answers[n], question);
});

test('what the engine unpacks by itself is what zlib unpacks', async (t) => {
  const { inflate } = await load(moduleText(site()), ['inflate']);
  const same = (packed) => Buffer.from(inflate(Uint8Array.from(packed))).equals(gunzipSync(packed));
  const folder = join(site(), 'search');
  const files = readdirSync(folder).filter((name) => name.endsWith('.bin'));
  none(files.filter((name) => !same(readFileSync(join(folder, name)))), 'file that is unpacked wrongly');
  // Other hosts pack again, in their own way: not at all, with fixed codes, in runs, with names in the head.
  const text = readFileSync(join(site(), 'search/index.html'));
  const large = Buffer.concat(Array.from({ length: 12 }, (_, n) => Buffer.from(text.map((byte) => byte ^ n))));
  const ways = [{ level: 0 }, { level: 1 }, { level: 9 }, { strategy: constants.Z_FIXED }, { strategy: constants.Z_RLE }, { strategy: constants.Z_HUFFMAN_ONLY }];
  const made = ways.flatMap((way) => [text, large, Buffer.from('短'), Buffer.alloc(70_000, 'ab')].map((bytes) => gzipSync(bytes, way)));
  const headed = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 4 + 8 + 16 + 2, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9]), Buffer.from('name.bin\0comment\0'), Buffer.from([7, 7]), gzipSync(text).subarray(10)]);
  none(made.flatMap((packed, n) => (same(packed) ? [] : [`number ${n}`])), 'packing that is not understood');
  assert.ok(Buffer.from(inflate(Uint8Array.from(headed))).equals(text), 'a head with names');
  t.diagnostic(`${files.length} files, ${made.length} ways`);
  assert.ok(files.length > 10);
});

test('the address of the site may be written in every usual way', async () => {
  const { createSearch } = await load(moduleText(site()));
  const faults = [];
  for (const [base, index, first] of [
    [undefined, '/search/index.bin', '/items/'],
    ['/', '/search/index.bin', '/items/'],
    ['https://host.example', 'https://host.example/search/index.bin', '/items/'],
    ['https://host.example/', 'https://host.example/search/index.bin', '/items/'],
    ['https://host.example/search/', 'https://host.example/search/index.bin', '/items/'],
    ['https://host.example/zwfw', 'https://host.example/zwfw/search/index.bin', '/zwfw/items/'],
    ['https://host.example/zwfw/search', 'https://host.example/zwfw/search/index.bin', '/zwfw/items/'],
    ['http://127.0.0.1:8080/a/b/', 'http://127.0.0.1:8080/a/b/search/index.bin', '/a/b/items/'],
    ['https://host.example/research/', 'https://host.example/research/search/index.bin', '/research/items/'],
    ['https://host.example/zwsearch', 'https://host.example/zwsearch/search/index.bin', '/zwsearch/items/'],
    [new URL('https://host.example/zwfw/'), 'https://host.example/zwfw/search/index.bin', '/zwfw/items/'],
  ]) {
    const asked = [];
    const { fetch } = host(site(), BASE);
    const { search } = createSearch({ base, fetch: (url) => { asked.push(url); return fetch(BASE + url.slice(url.lastIndexOf('search/'))); } });
    const [found] = paths(await search('护照'));
    if (asked[0] !== index || !found.startsWith(first)) faults.push(`${base}: asks for ${asked[0]}, leads to ${found}`);
  }
  none(faults, 'address that is not understood');
});

test('a portal below a folder: results and variants lead into the folder', async () => {
  const [below, above] = [await open(subsite(), { base: 'https://host.example/zwfw/' }), await open(site())];
  for (const question of WRITTEN) {
    const [there, here] = [await below.search(question), await above.search(question)];
    assert.deepEqual(paths(there), paths(here).map((path) => `/zwfw${path}`), question);
    const further = there.results.flatMap(({ variants }) => variants.map(({ url }) => url)).concat(paths({ results: there.nearest }));
    assert.ok(further.every((url) => url.startsWith('/zwfw/')), `${question}: ${further}`);
  }
  assert.ok(below.asked.every(({ url }) => url.startsWith('https://host.example/zwfw/search/')));
});

test('the fetch of the browser is used where none is given', async (t) => {
  const server = await serve(subsite(), '/zwfw/');
  t.after(() => server.close());
  const { createSearch } = await load(moduleText(subsite()));
  const { search } = createSearch({ base: server.base });
  assert.match(paths(await search('护照'))[0], /^\/zwfw\/items\//);
});

/** What old browsers do not know or the module must not use: a name, what finds it, an example. */
const BANNED = [
  ['optional chaining', /\?\.(?!\d)/, 'a?.b'], ['??', /\?\?/, 'a ?? b'], ['catch without a name', /\bcatch\s*\{/, 'try {} catch {}'],
  ['spread of an object', /[{,(=:?]\s*\{\s*\.\.\.|\{[^{}[\]()]*,\s*\.\.\.[^()[\]]*\}/, 'x = { ...a }'], ['for await', /\bfor\s+await\b/, 'for await (a of b) {}'],
  ['async generator', /\basync\s+function\s*\*/, 'async function* a() {}'], ['class', /\bclass\b/, 'class A {}'], ['number with _', /\b\d[\d]*_\d/, '1_000'],
  ['BigInt', /\b\d+n\b/, '10n'], ['assignment with logic', /(&&|\|\||\?\?)=/, 'a ||= b'], ['import', /\bimport\b/, 'import a from "b"'],
  ['eval', /\beval\b/, 'eval("1")'], ['Function', /\bFunction\b/, 'new Function("a")'], ['WebAssembly', /\bWebAssembly\b/, 'WebAssembly.compile()'],
  ['regular expression of 2018', /\(\?<[=!a-z]|\\p\{|\/[gimuy]*[sdv][gimuy]*[.,;)]/, '/(?<=a)b/'],
  ['newer method', /\.(flat|flatMap|matchAll|replaceAll|at|trimStart|trimEnd|finally|allSettled|any|fromEntries|hasOwn|findLast|findLastIndex|toSorted|toReversed|with|replaceChildren)\(/, '[].flat()'],
  ['newer global', /\b(globalThis|structuredClone|queueMicrotask|WeakRef|AggregateError)\b/, 'globalThis.a'],
  ['string as code', /\bset(Timeout|Interval)\(\s*["'`]/, 'setTimeout("a", 1)'],
];

/** The banned things in a script. Texts between quotes are left out, so that none is taken for code. */
function banned(script) {
  const code = script.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
  return BANNED.flatMap(([name, finds]) => code.split('\n').filter((line) => finds.test(line)).map((line) => `${name}: ${line}`));
}

test('the module is of a syntax that old phones know, imports nothing and runs no texts as code', async () => {
  for (const [name, , example] of BANNED) assert.ok(banned(example).some((line) => line.startsWith(`${name}: `)), `${name} is not noticed`);
  const text = moduleText(site());
  none(banned(text), 'line that is too new or not allowed');
  assert.equal(text.match(/^export /gm).length, 1);
  assert.deepEqual(Object.keys(await load(text)), ['createSearch']);
});
