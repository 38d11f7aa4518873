// Every internal link, anchor and attachment of every file leads somewhere; every page can be reached from the home page.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { decode, addresses, metas } from './lib/html.mjs';
import { linkFaults, readLinks } from './lib/links.mjs';
import { none } from './lib/report.mjs';
import { builtSite } from './lib/site.mjs';

const site = builtSite();
const links = readLinks(site, '/');

test('no broken link, no broken anchor, in any file', (t) => {
  t.diagnostic(`${links.length} internal links in ${site.pages.length} files`);
  assert.ok(links.length > site.pages.length * 10, 'hardly any link was found: the link reader is broken');
  none(linkFaults(site, links), 'broken link');
});

test('every page can be reached from the home page', () => {
  const reached = new Set(['index.html']);
  const next = new Map();
  for (const { from, file, attribute } of links) if (attribute === 'href') next.set(from, [...next.get(from) ?? [], file]);
  for (const file of reached) for (const target of next.get(file) ?? []) reached.add(target);
  none(site.pages.filter(({ file, kind }) => !reached.has(file) && kind !== 'redirect' && kind !== 'error').map(({ path }) => path), 'page that nothing leads to');
});

test('links to other sites are https or a telephone or a mail address', () => {
  const faults = new Map();
  for (const page of site.pages) {
    for (const { tag, attribute, value } of addresses(page.html)) {
      if (/^(#|\/|\?)/.test(value) || /^tel:\+?[\d,;-]+$/.test(value) || /^mailto:[^@\s]+@[^@\s]+$/.test(value)) continue;
      if (/^https?:\/\//.test(value) && ['a', 'link'].includes(tag.name)) continue;
      faults.set(`${attribute}="${value}"`, page.path);
    }
  }
  none([...faults].map(([link, path]) => `${path}: ${link}`), 'odd address');
});

test('the sitemap names every page that may be found once, and only pages there are', () => {
  const named = [...site.read('sitemap.xml').toString('utf8').matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => decodeURI(new URL(decode(address)).pathname));
  const wanted = site.pages.filter(({ kind, html }) => !['redirect', 'error'].includes(kind) && metas(html).get('robots') !== 'noindex').map(({ path }) => path);
  none(named.filter((path, at) => named.indexOf(path) !== at), 'address named twice');
  none(named.filter((path) => !wanted.includes(path)), 'address without a page');
  none(wanted.filter((path) => !named.includes(path)), 'page missing from the sitemap');
});
