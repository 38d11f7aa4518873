// The built portal on the web servers that portals have, with the configuration the program writes.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { launch, open } from '../browser/lib/browser.mjs';
import { ask, caddy, hasBrotli, mingbai, nginx, program, siteFolder } from './server.mjs';

const BELOW = ['--base-url', 'https://host.example/zwfw/'];
const ITEM = 'items/id-card-replacement/';

for (const [name, start] of Object.entries({ nginx, caddy })) {
  const skip = program(name) ? false : `${name} is not installed`;
  describe(`${name}, at the root`, { skip }, () => suite(start, process.env.MINGBAI_SITE, '/', [], name));
  describe(`${name}, below /zwfw/`, { skip }, () => suite(start, process.env.MINGBAI_SUBSITE, '/zwfw/', BELOW, name));
}

function suite(start, site, base, more, name) {
  let server;
  let folder;
  const get = (path, headers, method) => ask(server.port, path.startsWith('!') ? path.slice(1) : base + path, headers, method);
  const file = (path) => readFileSync(join(folder, path));

  before(async () => {
    folder = siteFolder(site);
    server = await start(folder, more);
  });
  after(() => {
    server?.stop();
    rmSync(dirname(folder), { recursive: true, force: true });
  });

  test('a page has its kind, its policy and the headers of a careful site', async () => {
    const { status, headers, body } = await get(ITEM);
    assert.equal(status, 200);
    assert.deepEqual(body, file(`${ITEM}index.html`));
    assert.equal(headers['content-type'].toLowerCase(), 'text/html; charset=utf-8');
    const meta = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(body)[1].replaceAll('&#x27;', "'").replaceAll('&#39;', "'");
    assert.equal(headers['content-security-policy'], `${meta}; frame-ancestors 'self'`);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'strict-origin-when-cross-origin');
    assert.equal(headers['x-frame-options'], 'SAMEORIGIN');
    assert.equal(headers['cache-control'], 'no-cache');
    assert.doesNotMatch(headers.server ?? '', /\d/, 'no version is told');
    assert.equal((await get('')).status, 200);
  });

  test('a folder without its slash leads to that with it', async () => {
    const { status, headers } = await get(ITEM.slice(0, -1));
    assert.ok([301, 308].includes(status), `${status}`);
    assert.equal(headers.location, base + ITEM);
    if (base !== '/') assert.equal((await get(`!${base.slice(0, -1)}`)).headers.location, base);
  });

  test('what does not exist is told so, with the page for it', async () => {
    const page = file('404.html');
    const own = ['no/such/page/', 'no-such.pdf', 'assets/', 'empty/', 'search/ffffffffff.bin', '.mingbai-manifest', '.git/config', 'items/.hidden'];
    for (const path of own) {
      const { status, headers, body } = await get(path);
      assert.equal(status, 404, path);
      assert.deepEqual(body, page, path);
      assert.equal(headers['cache-control'], 'no-cache', path);
      assert.match(headers['content-type'], /^text\/html; charset=utf-8$/i, path);
      assert.match(headers['content-security-policy'], /frame-ancestors/, path);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
    }
    assert.equal((await get('.well-known/security.txt')).status, 200);
    if (base !== '/') assert.equal((await get('!/items/')).status, 404);
  });

  test('nothing outside the folder is reached', async () => {
    for (const path of ['../../../etc/passwd', '%2e%2e/%2e%2e/%2e%2e/etc/passwd', '..%2f..%2fetc/passwd', 'items/..%5c..%5cetc/passwd', '../site.conf', '%00']) {
      const { status, body } = await get(path);
      assert.ok(status >= 400, `${path}: ${status}`);
      assert.doesNotMatch(body.toString(), /root:/, path);
    }
  });

  test('only reading is possible', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) assert.equal((await get(ITEM, {}, method)).status, 405, method);
    const head = await get(ITEM, {}, 'HEAD');
    assert.deepEqual([head.status, head.body.length], [200, 0]);
  });

  test('every address that moved leads on at once', async () => {
    const moved = JSON.parse(mingbai('plan', '--json', ...more)).filter((row) => row.kind === 'redirect');
    assert.ok(moved.length > 5);
    for (const { path, file: page } of moved) {
      const { status, headers } = await get(path.slice(1));
      assert.equal(status, 301, path);
      const to = /http-equiv="refresh" content="0; ?url=([^"]+)"/.exec(file(page))?.[1].replaceAll('&#x2F;', '/').replaceAll('&amp;', '&');
      assert.equal(headers.location, to, path);
      assert.equal((await get(`!${to.split('#')[0]}`)).status, 200, to);
    }
  });

  test('files named by their content are kept, all others are asked for again', async () => {
    const assets = readdirSync(join(folder, 'assets')).filter((one) => !/\.(gz|br)$/.test(one)).map((one) => `assets/${one}`);
    const shards = readdirSync(join(folder, 'search')).filter((one) => one.endsWith('.bin')).map((one) => `search/${one}`);
    assert.ok(assets.length > 2 && shards.length > 5);
    for (const path of [...assets, ...shards, 'feed.xml', 'sitemap.xml', 'data/calendar.json', 'robots.txt']) {
      const { status, headers } = await get(path);
      const isFixed = /[./][0-9a-f]{10}\.[a-z]+$/.test(path);
      assert.equal(status, 200, path);
      assert.equal(headers['cache-control'], isFixed ? 'public, max-age=31536000, immutable' : 'no-cache', path);
    }
  });

  test('each file has its kind', async () => {
    const kinds = {
      'feed.xml': 'application/xml; charset=utf-8', 'robots.txt': 'text/plain; charset=utf-8', 'data/calendar.json': 'application/json; charset=utf-8',
      'empty/day.ics': 'text/calendar; charset=utf-8', 'empty/map.svg': 'image/svg+xml; charset=utf-8',
      'empty/data.jsonld': 'application/ld+json; charset=utf-8', 'search/index.bin': 'application/octet-stream',
    };
    for (const [path, kind] of Object.entries(kinds)) assert.equal((await get(path)).headers['content-type'].toLowerCase(), kind, path);
    assert.match((await get('empty/map.svg')).headers['content-security-policy'], /sandbox/);
    assert.equal((await get('feed.xml')).headers['content-security-policy'], undefined);
  });

  test('texts are sent compressed to who can read that', async () => {
    const css = `assets/${readdirSync(join(folder, 'assets')).find((one) => one.endsWith('.css'))}`;
    const isMade = existsSync(join(folder, `${ITEM}index.html.gz`));
    for (const [path, place] of [[ITEM, `${ITEM}index.html`], ['feed.xml', 'feed.xml'], [css, css]]) {
      const plain = file(place);
      const gz = await get(path, { 'accept-encoding': 'gzip' });
      assert.equal(gz.headers['content-encoding'], 'gzip', path);
      assert.match(gz.headers.vary, /Accept-Encoding/i);
      assert.deepEqual(gunzipSync(gz.body), plain, path);
      assert.ok(gz.body.length < plain.length / 2, path);
      assert.equal(gz.headers['content-type'], (await get(path)).headers['content-type'], path);
      assert.equal((await get(path)).headers['content-encoding'], undefined, path);
      if (path === ITEM) assert.match(gz.headers['content-security-policy'], /frame-ancestors/);
      if (!isMade) continue;
      assert.deepEqual(gz.body, file(`${place}.gz`), 'what lies ready is sent');
      if (name === 'nginx' && !hasBrotli) continue;
      const br = await get(path, { 'accept-encoding': 'gzip, deflate, br' });
      assert.equal(br.headers['content-encoding'], 'br', path);
      assert.deepEqual(brotliDecompressSync(br.body), plain, path);
      assert.equal(br.headers['content-type'], gz.headers['content-type'], path);
    }
    const index = await get('search/index.bin', { 'accept-encoding': 'gzip, br' });
    assert.deepEqual([index.headers['content-encoding'], index.body], [undefined, file('search/index.bin')], 'the index is small already');
  });

  test('what did not change is not sent again', async () => {
    for (const encoding of ['identity', 'gzip']) {
      const first = await get(ITEM, { 'accept-encoding': encoding });
      assert.ok(first.headers.etag && first.headers['last-modified'], encoding);
      const asks = [{ 'if-none-match': first.headers.etag }, { 'if-modified-since': first.headers['last-modified'] }];
      for (const condition of asks) {
        const again = await get(ITEM, { 'accept-encoding': encoding, ...condition });
        assert.deepEqual([again.status, again.body.length], [304, 0], `${encoding} ${Object.keys(condition)}`);
        assert.equal(again.headers['cache-control'], 'no-cache');
      }
      assert.equal((await get(ITEM, { 'accept-encoding': encoding, 'if-none-match': '"other"' })).status, 200);
    }
  });

  test('a part of a file can be asked for', async () => {
    const all = file('search/index.bin');
    const part = await get('search/index.bin', { range: 'bytes=10-29' });
    assert.equal(part.status, 206);
    assert.equal(part.headers['content-range'], `bytes 10-29/${all.length}`);
    assert.deepEqual(part.body, all.subarray(10, 30));
    assert.equal((await get('search/index.bin', { range: `bytes=${all.length}-` })).status, 416);
  });

  test('a citizen finds an item', async () => {
    const browser = await launch();
    try {
      const page = await open(browser, `http://127.0.0.1:${server.port}${base}search/?q=${encodeURIComponent('身份证')}`, { width: 390 });
      await page.locator(`a[href="${base}${ITEM}"]`).first().waitFor();
      await page.locator(`a[href="${base}${ITEM}"]`).first().click();
      await page.waitForURL(`**${base}${ITEM}`);
      assert.deepEqual(page.faults, []);
    } finally {
      await browser.close();
    }
  });
}
