// The browser prepares text as the program does: both are held to vectors.json, which tests/site/vectors.rs writes.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { none } from '../browser/lib/report.mjs';
import { load, moduleText, site, traditional } from './lib/engine.mjs';

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'));
const { unitsOf, canonical, cutSyllables } = await load(moduleText(site()), ['unitsOf', 'canonical', 'cutSyllables']);

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Units with their places in characters, as the program counts; the browser counts UTF-16 units. */
function inCharacters(text, units) {
  const places = new Map();
  let at = 0;
  const characters = Array.from(text);
  characters.forEach((c, n) => { places.set(at, n); at += c.length; });
  places.set(at, characters.length);
  return units.map(({ text: letters, kind, run, from, to }) => [letters, kind, run, places.get(from), places.get(to)]);
}

test('texts are cut into the same units', (t) => {
  const simple = traditional();
  const faults = [];
  for (const [text, expected] of vectors.units) {
    const units = inCharacters(text, unitsOf(text, simple));
    if (!same(units, expected)) faults.push(`“${text}”\n    is ${JSON.stringify(units)}\n    and should be ${JSON.stringify(expected)}`);
  }
  t.diagnostic(`${vectors.units.length} texts`);
  none(faults, 'text that is cut in another way');
  assert.ok(vectors.units.length >= 60, 'the vectors are few');
});

test('half of a character beyond the first plane breaks nothing', () => {
  assert.deepEqual(unitsOf('证\ud842件', new Map()).map((unit) => unit.text), ['证', '件']);
});

test('sounds have the same compared form', () => {
  none(vectors.canonical.filter(([syllable, form]) => canonical(syllable) !== form).map(([syllable]) => `${syllable} → ${canonical(syllable)}`), 'other form');
  assert.ok(vectors.canonical.length > 350, 'the syllables are few');
});

test('letters are cut into the same syllables', () => {
  const known = new Set(vectors.canonical.map(([syllable]) => syllable));
  const begun = new Set([...known].flatMap((syllable) => Array.from(syllable, (_, n) => syllable.slice(0, n + 1))));
  const faults = [];
  for (const [letters, expected] of vectors.cuts) {
    const ways = cutSyllables(letters, { known, begun });
    if (!same(ways, expected)) faults.push(`${letters}: ${JSON.stringify(ways)} and not ${JSON.stringify(expected)}`);
  }
  none(faults, 'word that is cut in another way');
  assert.ok(vectors.cuts.length >= 40, 'the words are few');
});
