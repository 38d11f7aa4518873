// Loading a page of any kind makes no noise and no request to another host; the page is light.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { launch, open } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite, KINDS, OPTIONAL_KINDS } from './lib/site.mjs';

const MOST_BYTES = 60 * 1024;
const MOST_REQUESTS = 6;

const site = builtSite();
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); });
after(async () => { await browser.close(); server.close(); });

test('the sample portal has a page of every kind, and no kind is left out of the checks', () => {
  const kinds = new Set(site.pages.map((page) => page.kind));
  none(KINDS.filter((kind) => !kinds.has(kind)), 'kind without a page');
  none([...kinds].filter((kind) => !KINDS.includes(kind) && !OPTIONAL_KINDS.includes(kind)), 'kind that tests/browser/lib/site.mjs does not know');
});

for (const { name, page: { path } } of site.samples()) {
  test(`quiet, local and light: ${name}`, async (t) => {
    const page = await open(browser, server.url(path));
    await page.waitForLoadState('networkidle');
    const { faults, requests } = page;
    let bytes = 0;
    for (const response of requests) bytes += gzipSync(await response.body()).length;
    await page.close();
    none(faults, `fault of ${path}`);
    t.diagnostic(`${(bytes / 1024).toFixed(1)} KB compressed, ${requests.length} requests: ${path}`);
    assert.ok(bytes <= MOST_BYTES, `${path} weighs ${bytes} bytes compressed with its CSS and JS`);
    assert.ok(requests.length <= MOST_REQUESTS, `${path} makes ${requests.length} requests`);
  });
}

test('a page that does not exist is answered with the 404 page, which finds its style and links', async () => {
  const page = await open(browser, server.url('/items/no-such-item/deep/'));
  none(page.faults, 'fault of the 404 page');
  assert.equal(await page.locator('h1').count(), 1);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector('.mb-main')).borderTopWidth), '0px', 'the style is not loaded');
  await page.close();
});

test('an old address leads to the new one', async () => {
  const redirect = site.ofKind('redirect')[0];
  const page = await open(browser, server.url(redirect.path), { javaScriptEnabled: false });
  await page.waitForURL((url) => url.pathname !== redirect.path, { timeout: 10_000 });
  assert.equal(await page.locator('h1').count(), 1);
  await page.close();
});
