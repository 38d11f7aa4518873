// Small portals as text, built by the program: the smallest valid one (tests/site/minimal.txt) and what a test adds to it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { REPOSITORY, program } from './engine.mjs';

const DAY = '2026-07-01';

/** The files of the smallest portal: path → text. */
export function minimal() {
  const files = new Map();
  let path;
  for (const line of readFileSync(join(REPOSITORY, 'tests/site/minimal.txt'), 'utf8').split(/(?<=\n)/)) {
    const header = /^-- (.+) --$/.exec(line.trimEnd());
    if (header) files.set(path = header[1], '');
    else if (path) files.set(path, files.get(path) + line);
  }
  return files;
}

/** The text with every replacement made; each must be there. */
export function replaced(text, changes) {
  return Object.entries(changes).reduce((now, [from, to]) => {
    if (!now.includes(from)) throw new Error(`there is no “${from}” to replace`);
    return now.split(from).join(to);
  }, text);
}

/** Writes and builds a portal. Gives its folder, that of its site, what the program answers there, and what removes it. */
export function build(files) {
  const root = mkdtempSync(join(tmpdir(), 'mingbai-portal-'));
  const run = (words, input = '') => execFileSync(program(), [...words, '--as-of', DAY], { cwd: root, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  run(['build', '--strict', '--out', join(root, 'site')]);
  return { root, site: join(root, 'site'), run, remove: () => rmSync(root, { recursive: true }) };
}
