// Asks the questions of every set that `main.rs` has indexed and prints what was found and what it cost.
//   node measure.mjs [--quality] [--failures] [--json FILE] [--peers FOLDER] SET…
// A SET is a folder with set.json, records.jsonl and site/.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cost } from './cost.mjs';
import { own } from './engine.mjs';
import { peers } from './peers.mjs';
import { failures, quality } from './quality.mjs';
import { costTable, failureList, indexTable, qualityTable } from './tables.mjs';

/** Above this many items the peers need minutes and gigabytes. */
const PEERS_UP_TO = 10_000;

const options = read(process.argv.slice(2));
const report = [];
for (const folder of options.folders) report.push(await measure(folder));
if (options.json) writeFileSync(options.json, JSON.stringify(report, null, 1));

function read(words) {
  const read = { folders: [], quality: false, failures: false, json: null, peers: null };
  while (words.length > 0) {
    const word = words.shift();
    if (word === '--json' || word === '--peers') read[word.slice(2)] = words.shift();
    else if (word === '--quality' || word === '--failures') read[word.slice(2)] = true;
    else read.folders.push(word);
  }
  return read;
}

async function measure(folder) {
  const set = JSON.parse(readFileSync(join(folder, 'set.json'), 'utf8'));
  const engines = [await own(folder, set)];
  if (options.peers && set.records <= PEERS_UP_TO) engines.push(...await peers(options.peers, folder));
  console.log(`\n## ${set.name}: ${set.records} records, ${set.questions.length} questions, ${set.blind.length} written blind\n`);
  const measured = [];
  for (const engine of engines) {
    const result = { engine: engine.name, index: engine.index, ...await quality(engine, set, set.questions) };
    // Cost is measured with the first questions only, so that it stays comparable when more are written.
    if (set.blind.length > 0) result.blind = { engine: engine.name, ...await quality(engine, set, set.blind) };
    if (!options.quality) result.cost = await cost(engine, set);
    await engine.close?.();
    measured.push(result);
  }
  const blind = measured.flatMap((result) => result.blind ?? []);
  const asked = Object.entries({ '': measured, 'written blind: ': blind }).filter(([, results]) => results.length > 0);
  console.log(asked.map(([title, results]) => qualityTable(title, results, set)).join('\n\n'));
  if (!options.quality) console.log(`\n${costTable(measured)}\n\n${indexTable(measured)}`);
  if (options.failures) for (const [title, results] of asked) for (const result of results) console.log(failureList(title, result, failures(result, folder)));
  return { set: set.name, records: set.records, engines: measured.map(short) };
}

/** The figures of an engine; of the answers only where the expected items stand. */
function short({ answers, blind, ...figures }) {
  const places = answers.map(({ id, kind, query, rank, other, found }) => ({ id, kind, query, rank, other, found: found.map(({ id }) => id) }));
  return { ...figures, answers: places, ...(blind && { blind: short(blind) }) };
}
