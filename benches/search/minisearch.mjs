// The index of MiniSearch: names and aliases by pairs of characters. As a program it writes one:
//   node minisearch.mjs LIBRARY records.jsonl OUT
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const OPTIONS = { fields: ['name', 'aliases'], storeFields: ['name', 'department'], tokenize };

/** Reads an index that was written. */
export function load(MiniSearch, json) {
  return MiniSearch.loadJSON(json, OPTIONS);
}

/** Pairs of neighbouring Chinese characters; other letters and digits as words. */
function tokenize(text) {
  return (text.match(/\p{Script=Han}+|[^\p{Script=Han}\s\p{P}]+/gu) ?? []).flatMap((part) => {
    const characters = [...part];
    if (characters.length < 2 || !/\p{Script=Han}/u.test(part)) return [part];
    return characters.slice(1).map((character, n) => characters[n] + character);
  });
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [library, from, to] = argv.slice(2);
  const { default: MiniSearch } = await import(pathToFileURL(library));
  const lines = readFileSync(from, 'utf8').split('\n').filter((line) => line !== '');
  const index = new MiniSearch(OPTIONS);
  index.addAll(lines.map((line) => JSON.parse(line)).map((record) => ({ ...record, aliases: record.aliases.join(' ') })));
  writeFileSync(to, gzipSync(JSON.stringify(index), { level: 9 }));
}
