// Asks a question while one file after the other is damaged in one way after the other, and again when it is whole. Run as a program
// (`node damage.mjs FOLDER QUESTION [plain]`), so that a search that never ends can be ended; `plain` takes the browser's own unpacking away.
// Prints, as JSON, what the undamaged search answers, the files it asks for, and the faults.
import { gunzipSync } from 'node:zlib';
import { answer, open } from './engine.mjs';

const [folder, question, how] = process.argv.slice(2);
if (how === 'plain') delete globalThis.DecompressionStream;
const BASE = 'https://host.example/';
const OPTIONS = { facets: true, limit: 20 };

/** The page a hotel's network shows for any address, with status 200. */
const PAGE = '<!DOCTYPE html>\n<html lang="zh"><meta charset="utf-8"><title>上网认证</title><p>请先登录再上网。请先登录再上网。</p></html>\n';
const bytesOf = (text) => new TextEncoder().encode(text);
const noise = (length) => Uint8Array.from({ length }, (_, n) => ((n + 3) * 2654435761) >>> 13 & 255);

/** What comes instead of a file with these bytes. */
const DAMAGES = {
  'fetch that throws': () => { throw new TypeError('fetch failed'); },
  'fetch that is refused with nothing': () => Promise.reject(undefined),
  'answer that is none': () => ({}),
  'status 404': () => answer(bytesOf(PAGE), 404),
  'status 500': () => answer([], 500),
  'body that breaks off': () => ({ ok: true, status: 200, arrayBuffer: () => Promise.reject(new TypeError('terminated')) }),
  'empty body': () => answer([]),
  'HTML page': () => answer(bytesOf(PAGE)),
  'JSON that says no': () => answer(bytesOf('{"code":401,"message":"请登录"}')),
  'JSON null': () => answer(bytesOf('null')),
  'JSON text': () => answer(bytesOf('"请登录"')),
  'all but the last byte': (bytes) => answer(bytes.subarray(0, -1)),
  'all but the checksum': (bytes) => answer(bytes.subarray(0, -8)),
  'the first half': (bytes) => answer(bytes.subarray(0, bytes.length >> 1)),
  'the first 12 bytes': (bytes) => answer(bytes.subarray(0, 12)),
  'the first 2 bytes': (bytes) => answer(bytes.subarray(0, 2)),
  'without its middle': (bytes) => answer(Buffer.concat([bytes.subarray(0, bytes.length >> 1), bytes.subarray(-9)])),
  'without half of it, but for its end': (bytes) => answer(Buffer.concat([bytes.subarray(0, bytes.length >> 2), bytes.subarray(bytes.length * 0.8)])),
  'half of it, unpacked': (bytes) => answer(gunzipSync(bytes).subarray(0, gunzipSync(bytes).length >> 1)),
  'all but the last byte, unpacked': (bytes) => answer(gunzipSync(bytes).subarray(0, -1)),
  'a byte too many, unpacked': (bytes) => answer(Buffer.concat([gunzipSync(bytes), Buffer.from('x')])),
  'bytes without sense': () => answer(noise(5000)),
  'large numbers': () => answer(new Uint8Array(5000).fill(0xff)),
};

const whole = await open(folder, { base: BASE });
const expected = JSON.stringify(await whole.search(question, OPTIONS));
const files = whole.asked.map(({ file }) => file);
const faults = [];
let tried = 0;
for (const file of files) {
  for (const [name, damage] of Object.entries(DAMAGES)) {
    let damaged = true;
    const instead = (other, bytes) => (damaged && other === file ? damage(bytes) : undefined);
    const { search } = await open(folder, { base: BASE, instead });
    const error = await search(question, OPTIONS).then(() => null, (cause) => cause ?? 'nothing');
    tried += 1;
    const at = `${file}, ${name}`;
    if (!error) faults.push(`${at}: no error`);
    else if (error.name !== 'SearchLoadError' || !(error instanceof Error)) faults.push(`${at}: ${error.stack ?? error}`);
    else if (error.url !== BASE + file || !error.message.includes(file)) faults.push(`${at}: names ${error.url}, says ${error.message}`);
    damaged = false;
    const again = await search(question, OPTIONS).then(JSON.stringify, String);
    if (again !== expected) faults.push(`${at}: the next search gives ${again.slice(0, 200)}`);
  }
}
console.log(JSON.stringify({ expected: JSON.parse(expected), files, tried, faults }));
