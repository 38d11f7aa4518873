// Every HTML file of the site: valid, with nothing inline, and a head as government portals have it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { metas, tags } from './lib/html.mjs';
import { none } from './lib/report.mjs';
import { builtSite } from './lib/site.mjs';

const VNU = fileURLToPath(new URL('node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));
const SITE_TAGS = ['SiteName', 'SiteDomain', 'SiteIDCode'];
const COLUMN_TAGS = ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'];
const ARTICLE_TAGS = ['ArticleTitle', 'PubDate', 'ContentSource'];
/** The pages of content (内容页); every other page but the home page is a column (栏目页). */
const CONTENT_KINDS = ['item', 'notice', 'page', 'bundle'];

const site = builtSite();
const faultsOfEach = (check) => site.pages.flatMap((page) => [...check(page)].map((fault) => `${page.file}: ${fault}`));

test('the Nu HTML checker finds no error in any file', { timeout: 300_000 }, async (t) => {
  const { output, failed } = await run('java', ['-jar', VNU, '--errors-only', '--skip-non-html', '--format', 'json', '--stdout', site.folder]);
  const { messages } = JSON.parse(output || '{"messages":[]}');
  none(messages.map(({ url, lastLine, message, extract }) => `${url?.replace(/^file:/, '').replace(site.folder, '')}:${lastLine}: ${message} ${extract ?? ''}`), 'error of the Nu HTML checker');
  assert.ok(!failed, `the Nu HTML checker could not run: ${failed}`);
  t.diagnostic(`${site.pages.length} files checked`);
});

test('nothing is inline: no script, style, style attribute or event attribute, no javascript: address', () => {
  none(faultsOfEach(function* inline({ html }) {
    for (const { name, attributes } of tags(html)) {
      if (name === 'script' && !attributes.has('src') && attributes.get('type') !== 'application/ld+json') yield 'inline script';
      if (name === 'style') yield 'style element';
      if (['base', 'object', 'embed', 'iframe', 'frame', 'applet'].includes(name)) yield `${name} element`;
      for (const [attribute, value] of attributes) {
        if (attribute === 'style' || /^on/.test(attribute)) yield `attribute ${attribute} of ${name}`;
        if (/^\s*(javascript|vbscript|data):/i.test(value) && attribute !== 'content') yield `${attribute}="${value.slice(0, 40)}"`;
      }
    }
  }), 'inline thing');
});

test('every file carries the Content-Security-Policy, before anything it governs', () => {
  none(faultsOfEach(function* policy({ html }) {
    const head = tags(html);
    const at = head.findIndex(({ attributes }) => attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy');
    if (at < 0) return yield 'no Content-Security-Policy';
    const loads = head.findIndex(({ name }) => ['link', 'script', 'img'].includes(name));
    if (loads >= 0 && loads < at) yield 'something is loaded before the policy';
    const content = head[at].attributes.get('content');
    const directives = new Map(content.split(';').map((part) => part.trim().split(/\s+/)).map(([key, ...values]) => [key, values.join(' ')]));
    const wanted = { 'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self'", 'base-uri': "'none'", 'form-action': "'self'" };
    for (const [key, value] of Object.entries(wanted)) if (directives.get(key) !== value) yield `${key} is ${directives.get(key)}, not ${value}`;
    if (/unsafe|\*|https?:/.test(content)) yield `the policy is loose: ${content}`;
  }), 'fault of the policy');
});

test('every file has its language, one title, one h1, one main, a description and a viewport that can be zoomed', () => {
  none(faultsOfEach(function* frame({ html }) {
    // drawings have titles of their own
    const all = tags(html.replace(/<svg.*?<\/svg>/gs, ''));
    const count = (wanted) => all.filter(({ name }) => name === wanted).length;
    if (!/^<!doctype html>/i.test(html)) yield 'no doctype';
    if (all[0]?.name !== 'html' || !/^zh/.test(all[0].attributes.get('lang') ?? '')) yield 'html without lang="zh…"';
    for (const name of ['title', 'h1', 'main']) if (count(name) !== 1) yield `${count(name)} × ${name}`;
    if (!all.find(({ name }) => name === 'title')?.text.trim()) yield 'empty title';
    const named = metas(html);
    if (!named.get('description')?.trim()) yield 'no description';
    if (!named.has('viewport') || /user-scalable|maximum-scale/.test(named.get('viewport'))) yield `viewport ${named.get('viewport')}`;
  }), 'fault of the frame');
});

test('titles are told apart', () => {
  const titles = new Map();
  for (const page of site.pages.filter(({ kind }) => kind !== 'redirect')) {
    const { text } = tags(page.html).find(({ name }) => name === 'title');
    titles.set(text, [...titles.get(text) ?? [], page.path]);
  }
  none([...titles].filter(([, pages]) => pages.length > 1).map(([title, pages]) => `“${title}”: ${pages.join(' ')}`), 'title of several pages');
});

test('the meta tags of government sites: 3 on the home page, 7 on columns, 10 on content', () => {
  none(faultsOfEach(function* tagsOfSite({ kind, html }) {
    if (kind === 'redirect' || kind === 'error') return;
    const wanted = [...SITE_TAGS, ...(kind === 'home' ? [] : COLUMN_TAGS), ...(CONTENT_KINDS.includes(kind) ? ARTICLE_TAGS : [])];
    const named = metas(html);
    for (const name of wanted) if (!named.get(name)?.trim() || named.get(name) === 'null') yield `${name} is missing or empty`;
    if (named.has('SiteDomain') && /[:/]/.test(named.get('SiteDomain'))) yield `SiteDomain ${named.get('SiteDomain')} is not a bare host`;
    if (named.has('PubDate') && !/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(named.get('PubDate'))) yield `PubDate ${named.get('PubDate')}`;
    if (kind === 'home' && [...COLUMN_TAGS, ...ARTICLE_TAGS].some((name) => named.has(name))) yield 'the home page has the tags of a column';
  }), 'fault of the meta tags');
});

test('every page says its canonical address, which is its own', () => {
  const home = canonical(site.page('/'));
  none(faultsOfEach(function* own(page) {
    const found = canonical(page);
    if (page.kind === 'error') {
      if (found) yield 'the 404 page has a canonical address';
    } else if (page.kind === 'redirect') {
      if (!found?.startsWith(home)) yield `canonical ${found}`;
    } else if (found !== home + page.path.slice(1)) yield `canonical ${found}`;
  }), 'fault of the canonical address');
});

function canonical({ html }) {
  return tags(html).find(({ name, attributes }) => name === 'link' && attributes.get('rel') === 'canonical')?.attributes.get('href');
}

/** Runs a program to its end; its exit status matters only when it says nothing. */
function run(program, parameters) {
  return new Promise((done) => {
    execFile(program, parameters, { maxBuffer: 1 << 28 }, (error, output, errors) => done({ output, failed: error && !output ? errors || error.message : '' }));
  });
}
