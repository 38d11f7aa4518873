// Other search engines over the same records, with the settings that their manuals give for Chinese.
//
// Pagefind indexes one small page for each record; MiniSearch names and aliases by pairs of characters, as one file that
// the browser loads whole. Neither groups situations and places. Both run under Node: Pagefind without its worker, of
// which the script counts nevertheless, since browsers load it.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { SHOWN, idOf } from './engine.mjs';
import { compressed, sum, visit } from './visit.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** How often the memory of a running process is looked at. */
const LOOK_MS = 5;

/** The peers over the records in `folder`; `tools` is where they are installed. */
export async function peers(tools, folder) {
  install(tools);
  return [await pagefind(tools, folder), await miniSearch(tools, folder)];
}

/** Installs the pinned versions, unless they are there already. */
function install(tools) {
  const lock = readFileSync(join(HERE, 'package-lock.json'), 'utf8');
  const installed = join(tools, 'package-lock.json');
  if (existsSync(join(tools, 'node_modules')) && existsSync(installed) && readFileSync(installed, 'utf8') === lock) return;
  mkdirSync(tools, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(HERE, name), join(tools, name));
  // Not `ci`: the lock names only the platforms of the registry it was made with.
  execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: tools, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function pagefind(tools, folder) {
  const site = join(folder, 'pagefind');
  rmSync(site, { recursive: true, force: true });
  for (const record of records(folder)) {
    mkdirSync(join(site, 'items', record.id), { recursive: true });
    writeFileSync(join(site, 'items', record.id, 'index.html'), page(record));
  }
  const program = join(tools, 'node_modules/@pagefind', `${process.platform}-${process.arch}`, 'bin/pagefind_extended');
  const run = await watch(program, ['--site', site]);
  const bundle = join(site, 'pagefind');
  // What belongs to an interface is not counted, as it is not for the others.
  const interfaces = /^pagefind-(component-ui|modular-ui|highlight|ui)\./;
  const files = filesIn(bundle).filter((file) => !interfaces.test(file.slice(bundle.length + 1)));
  const sizes = files.map((file) => statSync(file).size);
  const library = ['pagefind.js', 'pagefind-worker.js'].map((name) => compressed(readFileSync(join(bundle, name))));
  const { fetch } = globalThis;
  const { createInstance } = await onPage(() => import(pathToFileURL(join(bundle, 'pagefind.js'))));
  return {
    name: 'Pagefind',
    index: { ...run, files: files.length, bytes: sum(sizes), largest: Math.max(...sizes), library: sum(library) },
    open: () => openPagefind(createInstance, bundle, library),
    close: () => Object.assign(globalThis, { fetch }),
  };
}

/** A visitor of the Pagefind site; the one before is gone, since all share one WebAssembly. */
function openPagefind(createInstance, bundle, library) {
  const visitor = visit(library);
  const base = pathToFileURL(`${bundle}/`).href;
  globalThis.fetch = async (url) => new Response(await visitor.load(new URL(String(url).split('?')[0])));
  let instance = null;
  visitor.ask = async (query) => {
    instance ??= await onPage(() => createInstance({ basePath: base }));
    const { results } = await instance.search(query);
    const shown = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
    return shown.map((result) => ({ id: idOf(result.url), name: result.meta.title }));
  };
  return visitor;
}

/** Runs something that looks for the language of its page, by which questions are cut into words. */
async function onPage(run) {
  globalThis.document = { currentScript: null, querySelector: () => ({ getAttribute: () => 'zh-CN' }) };
  try {
    return await run();
  } finally {
    delete globalThis.document;
  }
}

/** The page of a record, without the parts around it that would only be left out. */
function page(record) {
  const texts = [record.aliases.join('、'), record.related.join('、'), record.department, record.topics.join('、'), record.summary, ...record.body];
  const paragraphs = texts.filter((text) => text !== '').map((text) => `<p>${escape(text)}</p>`).join('\n');
  return `<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8"><title>${escape(record.name)}</title></head>\n`
    + `<body><main data-pagefind-body><h1>${escape(record.name)}</h1>\n${paragraphs}</main></body>\n</html>\n`;
}

const escape = (text) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

async function miniSearch(tools, folder) {
  const library = join(tools, 'node_modules/minisearch/dist/es/index.js');
  const file = join(folder, 'minisearch.json.gz');
  const run = await watch(process.execPath, [join(HERE, 'minisearch.mjs'), library, join(folder, 'records.jsonl'), file]);
  const { load } = await import('./minisearch.mjs');
  const { default: MiniSearch } = await import(pathToFileURL(library));
  const bytes = statSync(file).size;
  const script = compressed(readFileSync(library));
  return {
    name: 'MiniSearch',
    index: { ...run, files: 1, bytes, largest: bytes, library: script },
    open() {
      const visitor = visit([script]);
      let index = null;
      visitor.ask = async (query) => {
        index ??= load(MiniSearch, gunzipSync(await visitor.load(file)).toString());
        return index.search(query).slice(0, SHOWN).map(({ id, name }) => ({ id, name }));
      };
      return visitor;
    },
  };
}

function* records(folder) {
  for (const line of readFileSync(join(folder, 'records.jsonl'), 'utf8').split('\n')) if (line !== '') yield JSON.parse(line);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Runs a program; its seconds and its peak memory, where the system tells it. */
async function watch(program, words) {
  const started = performance.now();
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  let code = null;
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => { code = status ?? 1; resolve((performance.now() - started) / 1000); });
  });
  let peakMib = 0;
  while (code === null) {
    peakMib = Math.max(peakMib, peak(child.pid));
    await Promise.race([ended, sleep(LOOK_MS)]);
  }
  if (code !== 0) throw new Error(`${program} failed`);
  return { seconds: await ended, peakMib };
}

function peak(id) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return 0;
  }
}
