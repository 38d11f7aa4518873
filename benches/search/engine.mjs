// The engine of this repository, as the site serves it, over files on disk.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compressed, visit } from './visit.mjs';

const REPOSITORY = new URL('../../', import.meta.url);
/** What the module of the search page is made of: the engine, then the page. */
const FOLDERS = ['src/search/client/', 'themes/default/assets/search/'].map((path) => fileURLToPath(new URL(path, REPOSITORY)));
/** How many results a page shows. */
export const SHOWN = 10;

/** The engine over the index in `folder`; `open` gives a new visitor, whom one `ask`s. */
export async function own(folder, set) {
  const source = joined();
  const { createSearch } = await load(source);
  const library = compressed(source);
  let sessions = 0;
  return {
    name: 'mingbai',
    index: { ...set.index, library },
    open() {
      const visitor = visit([library]);
      // An address of its own, so that nothing kept for another session helps.
      const base = `https://visitor-${sessions++}.test/`;
      const search = createSearch({ base, fetch: (url) => answer(url, base, folder, visitor) });
      visitor.ask = async (query) => {
        const { results } = await search.search(query, { limit: SHOWN });
        return results.map((result) => ({ id: idOf(result.url), name: result.name }));
      };
      return visitor;
    },
  };
}

/** The id in the address of an item. */
export function idOf(url) {
  const found = /\/items\/([^/]+)/.exec(url);
  return found ? decodeURIComponent(found[1]) : url;
}

/** The files in the order of their names, without comment lines and indentation, as `src/theme/mod.rs` joins them. */
function joined() {
  const [engine, page] = FOLDERS.map((folder) => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.js')).sort();
    const lines = names.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
    return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('//')).join('\n');
  });
  return `${engine}\nif (typeof document !== "undefined") {\n${page}\n}\n`;
}

async function load(source) {
  const folder = mkdtempSync(join(tmpdir(), 'mingbai-search-'));
  try {
    const file = join(folder, 'engine.mjs');
    writeFileSync(file, source);
    return await import(pathToFileURL(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `fetch` answers. */
async function answer(url, base, folder, visitor) {
  if (!String(url).startsWith(base)) throw new TypeError(`not of this site: ${url}`);
  try {
    const bytes = await visitor.load(join(folder, 'site', String(url).slice(base.length)));
    return { ok: true, status: 200, arrayBuffer: async () => new Uint8Array(bytes).buffer };
  } catch {
    return { ok: false, status: 404, arrayBuffer: async () => new ArrayBuffer(0) };
  }
}
