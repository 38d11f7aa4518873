// The search engine as the built site serves it, asked without a browser.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where the sources are. */
export const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

function given(variable) {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set; tests/run.sh sets it`);
  return value;
}

/** The built sample portal; the same below /zwfw/; the program; the portal's folder; the day it is built for. */
export const site = () => given('MINGBAI_SITE');
export const subsite = () => given('MINGBAI_SUBSITE');
export const program = () => given('MINGBAI');
export const portal = () => given('MINGBAI_PORTAL');
export const day = () => given('MINGBAI_AS_OF');

/** The text of the module that the search page of a built site names. */
export function moduleText(folder) {
  const page = readFileSync(join(folder, 'search/index.html'), 'utf8');
  const found = /<script type="module" src="[^"]*\/(assets\/search\.[0-9a-f]+\.js)">/.exec(page);
  if (!found) throw new Error(`the search page of ${folder} names no module`);
  return readFileSync(join(folder, found[1]), 'utf8');
}

/** Loads a module from its text; `names` are internals to export as well. */
export async function load(text, names = []) {
  const more = names.length ? `\nexport { ${names.join(', ')} };\n` : '';
  const folder = mkdtempSync(join(tmpdir(), 'mingbai-search-'));
  try {
    const file = join(folder, 'engine.mjs');
    writeFileSync(file, text + more);
    return await import(pathToFileURL(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `fetch` gives for these bytes. */
export function answer(bytes, status = 200) {
  const copy = Uint8Array.from(bytes);
  return { ok: status >= 200 && status < 300, status, arrayBuffer: async () => copy.buffer };
}

/**
 * A `fetch` over the files of a built site. Everything it is asked for stands in `asked`, as the address and the file below the site.
 * `instead(file, bytes)` may give another answer (also one that fails) for a file.
 */
export function host(folder, base = 'https://host.example/', instead = () => undefined) {
  const asked = [];
  const fetch = async (url) => {
    const file = String(url).startsWith(base) ? String(url).slice(base.length) : null;
    asked.push({ url: String(url), file });
    if (file === null) return answer([], 404);
    let bytes;
    try {
      bytes = readFileSync(join(folder, file));
    } catch {
      return answer([], 404);
    }
    return await instead(file, bytes) ?? answer(bytes);
  };
  return { asked, fetch };
}

/** A search over a built site, and what it asked for. */
export async function open(folder, { base = 'https://host.example/', instead } = {}) {
  const { createSearch } = await engineOf(folder);
  const { asked, fetch } = host(folder, base, instead);
  const { search } = createSearch({ base, fetch });
  return { asked, search };
}

const engines = new Map();

/** The module of a built site, loaded once. */
function engineOf(folder) {
  if (!engines.has(folder)) engines.set(folder, load(moduleText(folder)));
  return engines.get(folder);
}

/** The Traditional characters of the program's own table: Traditional → Simplified. */
export function traditional() {
  const lines = readFileSync(join(REPOSITORY, 'src/search/data/traditional.txt'), 'utf8').split('\n').filter((line) => !line.startsWith('#'));
  return new Map(lines.flatMap((line) => line.split(/\s+/).filter(Boolean)).map((pair) => Array.from(pair)));
}
