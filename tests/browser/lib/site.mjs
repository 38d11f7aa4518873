// The built portal on disk: its files, its page kinds and one page of each kind to look at.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every kind of page the portal has; a test fails when one is missing from the sample or not in this list. */
export const KINDS = ['behind', 'booklet', 'bundle', 'bundles', 'case', 'catalogue', 'changes', 'data', 'department', 'departments', 'error', 'home', 'item', 'item_notice',
  'items', 'law', 'laws', 'material', 'materials', 'notice', 'notices', 'openness', 'page', 'performance', 'place', 'places', 'redirect', 'search', 'sitemap',
  'topic', 'topics'];

/** Kinds that the program knows but the sample portal need not have. */
export const OPTIONAL_KINDS = [];

/** The folder of a built site and what is in it. */
export class Site {
  constructor(folder) {
    this.folder = folder;
    this.files = walk(folder, '').filter((name) => !name.startsWith('.')).sort();
    this.pages = this.files.filter((name) => name.endsWith('.html')).map((file) => new Page(folder, file));
  }

  has(file) {
    return this.files.includes(file);
  }

  read(file) {
    return readFileSync(join(this.folder, file));
  }

  page(path) {
    const found = this.pages.find((page) => page.path === path);
    if (!found) throw new Error(`the site has no page ${path}`);
    return found;
  }

  ofKind(kind) {
    return this.pages.filter((page) => page.kind === kind);
  }

  /** The fullest page of each kind, and the variants of items, laws and lists that look different. */
  samples() {
    this.chosen ??= this.choose();
    return this.chosen;
  }

  choose() {
    const kinds = [...new Set(this.pages.map((page) => page.kind))].filter((kind) => kind !== 'redirect').sort();
    const samples = kinds.map((kind) => ({ name: kind, page: largest(this.ofKind(kind)) }));
    const variant = (name, kind, test, required = true) => {
      const page = largest(this.ofKind(kind).filter(test));
      if (page) samples.push({ name, page });
      else if (required) throw new Error(`the sample portal has no page for “${name}”`);
    };
    const holds = (text) => (page) => page.html.includes(text);
    variant('item-situations', 'item', holds('class="mb-question__title"'));
    variant('item-plain', 'item', (page) => holds('mb-status--active')(page) && !holds('class="mb-question__title"')(page), false);
    variant('item-stopped', 'item', holds('mb-status--stopped'));
    variant('item-paused', 'item', holds('mb-status--paused'), false);
    variant('item-changing', 'item', holds('mb-status--changing'), false);
    variant('case-question', 'case', holds('mb-question--next'));
    variant('item-files', 'item', holds('class="mb-file"'));
    variant('law-repealed', 'law', holds('mb-notebox--repealed'));
    variant('items-page-2', 'items', (page) => page.path.includes('/page/'));
    const seen = new Set();
    return samples.filter(({ name, page }) => name === page.kind || !seen.has(page.path) && seen.add(page.path));
  }

  /** The sample of this name. */
  sample(name) {
    const found = this.samples().find((sample) => sample.name === name);
    if (!found) throw new Error(`no sample page “${name}”`);
    return found.page;
  }
}

/** One HTML file of the site. */
class Page {
  constructor(folder, file) {
    this.file = file;
    this.path = `/${file.replace(/(^|\/)index\.html$/, '$1')}`;
    this.html = readFileSync(join(folder, file), 'utf8');
    this.kind = /<body class="[^"]*\bmb-page--([a-z_]+)/.exec(this.html)?.[1] ?? 'none';
  }
}

function walk(folder, below) {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const file = below ? `${below}/${name}` : name;
    return statSync(join(folder, file)).isDirectory() ? walk(folder, file) : [file];
  });
}

function largest(pages) {
  return pages.reduce((best, page) => (!best || page.html.length > best.html.length ? page : best), undefined);
}

function named(variable) {
  const folder = process.env[variable];
  if (!folder) throw new Error(`${variable} must name the folder of a built site; tests/run.sh sets it`);
  return new Site(folder);
}

/** The site as its own host would serve it. */
export const builtSite = () => named('MINGBAI_SITE');

/** The same site built for https://host.example/zwfw/. */
export const builtSubSite = () => named('MINGBAI_SUBSITE');
