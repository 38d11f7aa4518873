// The browser and `mingbai search` give the same answers: editors see what citizens will see.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { none } from '../browser/lib/report.mjs';
import { day, open, portal, program, site } from './lib/engine.mjs';
import { questions } from './lib/questions.mjs';

const LIMIT = 10;

/** The answers of the program, one a question. */
function answered(asked) {
  const out = execFileSync(program(), ['search', '--from', '-', '--json', '--limit', String(LIMIT), '--as-of', day()], {
    cwd: portal(), input: `${asked.join('\n')}\n`, encoding: 'utf8', maxBuffer: 1 << 28,
  });
  return out.trim().split('\n').map((line) => JSON.parse(line));
}

test('the same questions have the same answers and suggestions, in the same order, with the same scores', async (t) => {
  const asked = questions(site());
  const expected = answered(asked);
  assert.deepEqual(expected.map(({ question }) => question), asked, 'the program was asked something else');
  const { search } = await open(site());
  const faults = [];
  let found = 0;
  for (const [n, question] of asked.entries()) {
    const told = expected[n];
    const { total, results, suggestion } = await search(question, { limit: LIMIT });
    const lines = (rows) => rows.map(({ url, score }) => `${score} ${url}`).join('\n      ');
    const [ours, theirs] = [lines(results), lines(told.results)];
    found += total > 0 ? 1 : 0;
    if (suggestion !== told.suggestion) faults.push(`“${question}”: the browser suggests ${suggestion}, the program ${told.suggestion}`);
    if (total !== told.total || ours !== theirs) faults.push(`“${question}”\n    browser: ${total}\n      ${ours}\n    program: ${told.total}\n      ${theirs}`);
  }
  t.diagnostic(`${asked.length} questions, ${found} with results`);
  none(faults, 'question with different answers');
  assert.ok(asked.length >= 300 && found >= asked.length * 0.8 && found < asked.length, `${asked.length} questions, ${found} with results`);
});
