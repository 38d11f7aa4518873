// Texts that try to become scripts, in every field of a portal, in addresses, and in what the preview shows of them: none is carried out.
// MINGBAI_HOSTILE has portals in which every field with free text holds such texts; `cargo test --test site injection` writes them.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { Site } from './lib/site.mjs';

const VECTORS = readFileSync(join(import.meta.dirname, '../fixtures/injection.txt'), 'utf8').split('\n').filter(Boolean);
/** Each page load tries one; with MINGBAI_LONG all of them, else some. */
const some = (from) => (process.env.MINGBAI_LONG ? VECTORS : VECTORS.filter((_, n) => n % 7 === from));
const portals = process.env.MINGBAI_HOSTILE;
const program = process.env.MINGBAI;
const AS_OF = ['--as-of', '2026-07-01'];

let browser;
let work;
const running = [];
before(async () => {
  assert.ok(portals && program, 'MINGBAI_HOSTILE names the portals, MINGBAI the program');
  work = mkdtempSync(join(tmpdir(), 'mingbai-injection-'));
  browser = await launch();
});
after(async () => {
  running.forEach((stop) => stop());
  await browser?.close();
  if (work) rmSync(work, { recursive: true });
});

/**
 * A page that notes each sign of a text that became more: a script that ran, a dialog, a request to another host, something that the policy of
 * the page had to stop. Without the policy (`bypassCSP`) it would not be stopped.
 */
async function watched(origin, bypassCSP) {
  const context = await browser.newContext({ locale: 'zh-CN', bypassCSP });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.setDefaultNavigationTimeout(60_000);
  const faults = [];
  await context.exposeFunction('carriedOut', (where) => { faults.push(`a script ran on ${where}`); });
  await context.addInitScript(() => {
    globalThis.xss = () => globalThis.carriedOut(location.href);
    globalThis.alert = globalThis.xss;
  });
  await context.route('**/*', (route) => {
    const url = new URL(route.request().url());
    if (url.origin === origin || url.protocol === 'data:') return route.continue();
    faults.push(`request to ${url}`);
    return route.abort();
  });
  page.on('dialog', (dialog) => { faults.push(`dialog on ${page.url()}`); dialog.dismiss(); });
  page.on('pageerror', (error) => faults.push(`script error on ${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
  });
  return { page, faults, close: () => context.close() };
}

/** What stands in a document that no text may bring in. */
function foreign() {
  const found = [];
  const allowed = new Set(['http:', 'https:', 'mailto:', 'tel:']);
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    for (const { name: key, value } of element.attributes) {
      if (/^on/i.test(key) || ['srcdoc', 'formaction', 'background'].includes(key)) found.push(`<${name} ${key}="${value}">`);
      if (key === 'style' && /url\(|expression|@import/i.test(value)) found.push(`<${name} style="${value}">`);
      if (!['href', 'src', 'action', 'data', 'xlink:href', 'poster', 'cite'].includes(key)) continue;
      const address = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI) : undefined;
      const isOwn = name === 'a' || !address || address.origin === location.origin || (name === 'link' && ['canonical', 'alternate'].includes(element.rel));
      const isIcon = name === 'link' && element.rel === 'icon';
      // The preview leads to the place in the editor.
      const isEditor = /^vscode:\/\/file\/[^?#<>"']+:\d+:\d+$/.test(value);
      if (address && !allowed.has(address.protocol) && !isIcon && !isEditor) found.push(`<${name} ${key}="${value}">`);
      if (!isOwn && !isIcon) found.push(`<${name} ${key}="${value}">`);
      if (name === 'a' && address?.host.includes('evil')) found.push(`a link to ${address}`);
    }
    // The list of changes is one page that needs nothing else, so it has a style and a script of its own.
    const isAlone = location.pathname === '/__review/' && ['style', 'script'].includes(name) && element.parentElement.localName !== 'td';
    if (['object', 'embed', 'base', 'applet', 'math', 'foreignobject', 'animate', 'set', 'marquee', 'video', 'audio'].includes(name)) found.push(`<${name}>`);
    if (name === 'iframe' && !location.pathname.includes('/__review/')) found.push('<iframe>');
    if (name === 'style' && !isAlone) found.push('<style>');
    if (name === 'script' && !isAlone && !element.src && element.type !== 'application/ld+json') found.push('<script> without a file');
    if (name === 'script' && element.type === 'application/ld+json') {
      try { JSON.parse(element.textContent); } catch { found.push('data that is no JSON'); }
    }
    if (name === 'meta' && /refresh/i.test(element.httpEquiv) && !/^0; ?url=(\/|https:\/\/zwfw\.qinglan\.example\/|\.\.?\/)(?!\/)/i.test(element.content)) found.push(`<meta refresh ${element.content}>`);
  }
  return found;
}

async function look({ page, faults }, url) {
  await page.goto(url, { waitUntil: 'load' });
  for (const frame of page.frames()) {
    for (const fault of await frame.evaluate(foreign)) faults.push(`${frame.url()}: ${fault}`);
  }
}

const build = (number) => {
  const out = join(work, `site-${number}`);
  execFileSync(program, ['build', ...AS_OF, '--root', join(portals, number), '--out', out], { stdio: 'ignore' });
  return new Site(out);
};

/** The largest page of each kind. */
function kinds(site) {
  const largest = new Map();
  for (const page of site.pages.filter((page) => page.kind !== 'redirect')) {
    if (!(largest.get(page.kind)?.html.length > page.html.length)) largest.set(page.kind, page);
  }
  return [...largest.values()];
}

for (const bypassCSP of [false, true]) {
  test(`no text of a field is carried out on the site${bypassCSP ? ', nor would it be without the policy' : ''}`, async () => {
    const numbers = readdirSync(portals).sort();
    assert.ok(numbers.length > 2);
    for (const number of numbers) {
      const site = build(number);
      const server = await serve(site.folder);
      running.push(server.close);
      const watch = await watched(server.origin, bypassCSP);
      const pages = kinds(site);
      assert.ok(pages.length > 15, `${pages.length} kinds of pages`);
      assert.ok(pages.some((page) => page.html.includes('xss(1)')));
      for (const page of pages) await look(watch, server.url(page.path));
      none(watch.faults, 'fault');
      await watch.close();
    }
  });
}

test('feeds and data stay data', async () => {
  const site = build('0');
  const server = await serve(site.folder);
  running.push(server.close);
  const watch = await watched(server.origin, true);
  const { page } = watch;
  await page.goto(server.url('/'));
  for (const file of site.files.filter((name) => /\.(xml|json|jsonld)$/.test(name) && !name.startsWith('search/'))) {
    const fault = await page.evaluate(async (address) => {
      const text = await (await fetch(address)).text();
      if (!address.endsWith('.xml')) { JSON.parse(text); return undefined; }
      const parsed = new DOMParser().parseFromString(text, 'application/xml');
      const isOwn = (element) => ['http://www.w3.org/2005/Atom', 'http://www.sitemaps.org/schemas/sitemap/0.9', 'http://a9.com/-/spec/opensearch/1.1/'].includes(element.namespaceURI);
      const other = [...parsed.querySelectorAll('*')].find((element) => !isOwn(element));
      return other && `<${other.nodeName}>`;
    }, server.url(file)).catch((error) => error.message);
    if (fault) watch.faults.push(`${file}: ${fault}`);
  }
  none(watch.faults, 'fault');
});

test('no address is carried out', async () => {
  const site = build('1');
  const server = await serve(site.folder);
  running.push(server.close);
  const watch = await watched(server.origin, true);
  const { page, faults } = watch;
  for (const vector of some(0)) {
    const text = encodeURIComponent(vector);
    await look(watch, server.url(`/search/?q=${text}&department=${text}&kind=${text}&page=${text}#${text}`));
    await page.locator('[data-search="status"]').filter({ hasText: /\S/ }).waitFor();
    for (const fault of await page.evaluate(foreign)) faults.push(`${vector}: ${fault}`);
  }
  // What is typed, with the list of suggestions open.
  for (const vector of VECTORS.slice(0, 20)) {
    await page.locator('#search').fill(`食品 ${vector}`);
    for (const fault of await page.evaluate(foreign)) faults.push(`typed ${vector}: ${fault}`);
  }
  for (const vector of some(3)) await look(watch, server.url(`/items/food/?${encodeURIComponent(vector)}#${encodeURIComponent(vector)}`));
  none(faults, 'fault');
});

/** The preview of a folder, compared with the last commit. */
async function preview(root, ...more) {
  const child = spawn(program, ['serve', ...AS_OF, '--port', '0', ...more], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  running.push(() => child.kill('SIGKILL'));
  let said = '';
  for await (const part of child.stdout) {
    said += part;
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
    if (found) return found[0];
  }
  throw new Error(`no preview: ${said}`);
}

const git = (root, ...args) => execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x.example', '-C', root, ...args], { stdio: 'ignore' });

test('nor in the preview: the list of changes, the cards on a page, both sides', async () => {
  const root = join(work, 'review');
  cpSync(join(portals, '1'), root, { recursive: true });
  git(root, 'init', '-q', '-b', VECTORS.find((vector) => /^[\w(]+$/.test(vector)) ?? 'main');
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', VECTORS.join('\n'));
  cpSync(join(portals, '2'), root, { recursive: true });
  const origin = await preview(root, '--review', 'HEAD');
  for (const bypassCSP of [false, true]) {
    const watch = await watched(origin, bypassCSP);
    for (const path of ['/__review/', '/__review/compare/items/food/', '/items/food/', '/laws/food-law/', '/', '/search/?q=%3Csvg%20onload=xss(1)%3E']) {
      await look(watch, origin + path);
    }
    const { page } = watch;
    await page.goto(`${origin}/items/food/`);
    await page.locator('[data-mingbai], #mingbai-review-cards, [aria-label="这一页的改动"]').first().waitFor({ state: 'attached' });
    for (const button of await page.locator('[aria-label="这一页的改动"] button').all()) await button.click();
    for (const fault of await page.evaluate(foreign)) watch.faults.push(`the cards: ${fault}`);
    none(watch.faults, 'fault');
    await watch.close();
  }
});

test('nor in findings, which quote what is wrong', async () => {
  const root = join(work, 'findings');
  cpSync(join(portals, '0'), root, { recursive: true });
  const origin = await preview(root);
  const save = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const item = readFileSync(join(root, 'content/departments/scjgj/food/item.yaml'), 'utf8');
  const keys = VECTORS.map((vector, n) => `${JSON.stringify(vector)}: ${JSON.stringify(VECTORS[(n + 1) % VECTORS.length])}`);
  const broken = {
    'content/departments/scjgj/other/item.yaml': `{ ${keys.join(', ')} }`,
    'content/departments/scjgj/food/item.yaml': item.replace(/^\{/, `{ "到现场次数": "<img src=x onerror=xss(1)>", "办理形式": [${JSON.stringify(VECTORS.join(' '))}],`),
    'content/pages/broken.md': `---\n标题: x\n摘要: x\n栏目: 帮助\n发布日期: 2026-01-01\n---\n\n${VECTORS.join('\n\n')}\n`,
    'content/pages/<img src=x onerror=xss(1)>.md': 'x',
    'content/laws/"><svg onload=xss(1)>.yaml': '名称: x',
    'themes/default/templates/pages/home.html': `{{ '<img src=x onerror=xss(1)>' `,
  };
  const watches = [await watched(origin, false), await watched(origin, true)];
  // The page as it is, then with the panel of what was saved meanwhile, then the stand-in for a page that is not there.
  for (const watch of watches) await look(watch, `${origin}/items/food/`);
  for (const [path, text] of Object.entries(broken)) save(path, text);
  for (const { page, faults } of watches) {
    // With errors the panel comes by itself.
    await page.locator('#mingbai-preview .panel').filter({ hasText: 'xss(1)' }).waitFor();
    for (const fault of await page.evaluate(foreign)) faults.push(`the panel: ${fault}`);
    // The panel is in a shadow tree, which no selector of the document reaches.
    const inside = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => element.shadowRoot)
      .flatMap((element) => [...element.shadowRoot.querySelectorAll('*')].filter((inner) => /^(img|svg|iframe|script|object|embed|form|base)$/.test(inner.localName)
        || [...inner.attributes].some(({ name, value }) => /^on/.test(name) || /^\s*(javascript|data|vbscript):/i.test(value))).map((inner) => inner.outerHTML)));
    for (const fault of inside) faults.push(`the panel: ${fault}`);
  }
  const again = await preview(root);
  for (const bypassCSP of [false, true]) {
    const watch = await watched(again, bypassCSP);
    await look(watch, `${again}/`);
    await watch.page.getByText('xss(1)').first().waitFor({ state: 'attached' });
    watches.push(watch);
  }
  for (const watch of watches) none(watch.faults, 'fault');
});

test('a picture with a script is only a picture in the preview', async () => {
  const origin = await preview(join(portals, '0'));
  const watch = await watched(origin, false);
  // Chromium says that it refused the script; what counts is that it did not run.
  await watch.page.goto(`${origin}/picture.svg`);
  none(watch.faults.filter((fault) => !/Content Security Policy|Refused to|sandboxed/.test(fault)), 'fault');
});
