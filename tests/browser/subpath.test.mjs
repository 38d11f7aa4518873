// The same portal below a folder of another host: https://host.example/zwfw/.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch, open } from './lib/browser.mjs';
import { linkFaults, readLinks } from './lib/links.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite, builtSubSite } from './lib/site.mjs';

const PREFIX = '/zwfw/';

const site = builtSubSite();
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder, PREFIX)]); });
after(async () => { await browser.close(); server.close(); });

test('it has the same files as the portal at the root of its host', () => {
  const other = builtSite();
  const name = (file) => file.replace(/\.[0-9a-f]{8,}\./, '.hash.');
  assert.deepEqual(site.files.map(name), other.files.map(name));
});

test('no link leaves the folder, none is broken', () => {
  none(linkFaults(site, readLinks(site, PREFIX)), 'broken link');
});

test('canonical addresses and the sitemap name the host and the folder', () => {
  const wanted = `https://host.example${PREFIX}`;
  none(site.pages.filter(({ html }) => /rel="canonical" href="(?!https:\/\/host\.example\/zwfw\/)/.test(html)).map(({ file }) => file), 'wrong canonical address');
  none([...site.read('sitemap.xml').toString('utf8').matchAll(/<loc>([^<]*)/g)].map(([, address]) => address).filter((address) => !address.startsWith(wanted)), 'wrong address in the sitemap');
});

for (const name of ['home', 'item', 'departments']) {
  test(`loads: ${name}`, async () => {
    const page = await open(browser, server.url(site.sample(name).path));
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector('.mb-header__tools')).backgroundColor), 'rgba(0, 0, 0, 0)', 'the style is not loaded');
    assert.ok(await page.evaluate(() => document.documentElement.classList.contains('mb-js')), 'the script is not loaded');
    await page.locator('.mb-nav a').first().click();
    assert.ok(new URL(page.url()).pathname.startsWith(PREFIX));
    none(page.faults, 'fault');
    await page.close();
  });
}

test('search works, and its results lead into the folder', async () => {
  const page = await open(browser, server.url('/'));
  await page.locator('main input[name="q"]').fill('准生证');
  await page.keyboard.press('Enter');
  const first = page.locator('#results a').first();
  await first.waitFor();
  assert.equal(await first.evaluate((link) => new URL(link.href).pathname), `${PREFIX}items/birth-service-registration/`);
  await first.click();
  await page.waitForURL(`**${PREFIX}items/birth-service-registration/`);
  none(page.faults, 'fault');
  await page.close();
});

test('an unknown address below the folder gets the 404 page with its style', async () => {
  const page = await open(browser, server.url('/no/such/page/'));
  none(page.faults, 'fault');
  assert.ok((await page.locator('main a').first().getAttribute('href')).startsWith(PREFIX));
  await page.close();
});
