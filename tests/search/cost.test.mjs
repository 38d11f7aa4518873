// What a question costs on the network: few files and few bytes, for people who pay for each.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { moduleText, open, site } from './lib/engine.mjs';
import { WRITTEN, entries } from './lib/questions.mjs';

/** The promise, at the median: requests for the index, and bytes with the module, as a host that compresses sends it. */
const REQUESTS = 10;
const BYTES = 60_000;

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

test('a first search takes at most ten requests and 60 KB, a further one a third of it', async (t) => {
  const module = gzipSync(moduleText(site()), { level: 9 }).length;
  const asked = [...WRITTEN, ...entries(site()).map(({ name }) => name)].filter((question) => /[\p{Script=Han}\p{Script=Latin}]/u.test(question));
  const sizeOf = (files) => files.reduce((sum, { file }) => sum + statSync(join(site(), file)).size, 0);
  const [requests, bytes, further] = [[], [], []];
  for (const [n, question] of asked.entries()) {
    const visitor = await open(site());
    await visitor.search(question, { facets: true });
    requests.push(visitor.asked.length);
    bytes.push(module + sizeOf(visitor.asked));
    const before = visitor.asked.length;
    await visitor.search(asked[(n + 7) % asked.length], { facets: true });
    further.push(sizeOf(visitor.asked.slice(before)));
  }
  t.diagnostic(`median of ${asked.length}: ${median(requests)} requests (at most ${Math.max(...requests)}), ${median(bytes)} bytes (at most ${Math.max(...bytes)}; the module is ${module}), then ${median(further)}`);
  assert.ok(median(requests) <= REQUESTS, `${median(requests)} requests`);
  assert.ok(median(bytes) <= BYTES, `${median(bytes)} bytes`);
  assert.ok(median(further) <= BYTES / 3, `${median(further)} bytes for a further one`);
});
