// The search page finds items by the words citizens use.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch, open } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite } from './lib/site.mjs';

/** What a citizen types, and the item that must be among the first five. */
const EVERYDAY = {
  准生证: 'birth-service-registration', 上户口: 'birth-household-registration', 扯证: 'marriage-registration', 奶茶店办证: 'food-business-licence',
  换驾照: 'driving-licence-renewal', 二代证: 'id-card-replacement', 烟草证: 'tobacco-retail-licence', 低保: 'subsistence-allowance',
  过户: 'real-estate-transfer', 护照: 'passport-application', 开公司: 'company-registration', 残疾证: 'disability-certificate',
};

const site = builtSite();
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); });
after(async () => { await browser.close(); server.close(); });

/** The addresses of the first five results. */
async function results(page) {
  await page.locator('[data-search-status]').filter({ hasText: /找到|没有找到/ }).waitFor();
  return page.locator('[data-search-results] a').evaluateAll((links) => links.slice(0, 5).map((link) => new URL(link.href).pathname));
}

test('an everyday name gives the item among the first five', async () => {
  const page = await open(browser, server.url('/search/'));
  const faults = [];
  for (const [query, slug] of Object.entries(EVERYDAY)) {
    await page.locator('#search').fill(query);
    await page.locator('[data-search-status]').filter({ hasText: `“${query}”` }).waitFor();
    const found = await results(page);
    if (!found.includes(`/items/${slug}/`)) faults.push(`“${query}” gives ${found.join(' ') || 'nothing'}, not ${slug}`);
  }
  none(faults, 'search that fails');
  none(page.faults, 'fault');
  await page.close();
});

test('every name and alias of every item finds the item among the first five', async (t) => {
  const names = JSON.parse(site.read('search/names.json').toString('utf8'));
  const page = await open(browser, server.url(`/search/?q=${encodeURIComponent('护照')}`));
  await results(page);
  const faults = [];
  let queries = 0;
  for (const item of names) {
    for (const query of [item.n, item.o, ...item.a.slice(0, 4)]) {
      queries += 1;
      const found = await page.evaluate(async (text) => {
        const input = document.querySelector('#search');
        input.value = text;
        input.form.requestSubmit();
        return [...document.querySelectorAll('[data-search-results] a')].slice(0, 5).map((link) => new URL(link.href).pathname);
      }, query);
      if (!found.includes(item.u)) faults.push(`“${query}” does not find ${item.u}`);
    }
  }
  await page.close();
  t.diagnostic(`${queries} names tried`);
  assert.ok(queries > 100, 'the index names hardly anything');
  none(faults, 'name that does not find its item');
});

test('the form in the head leads to the results, and the address can be shared', async () => {
  const page = await open(browser, server.url(site.sample('item').path));
  await page.locator('#header-search').fill('准生证');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search/?q=*');
  assert.ok((await results(page)).includes('/items/birth-service-registration/'));
  assert.equal(await page.locator('#search').inputValue(), '准生证');
  await page.locator('[data-search-results] a').first().click();
  assert.equal(await page.locator('h1').count(), 1);
  none(page.faults, 'fault');
  await page.close();
});

test('a search without result says so and helps on; typed markup stays text', async () => {
  const page = await open(browser, server.url(`/search/?q=${encodeURIComponent('<img src=x onerror=alert(1)>鸚鵡')}`));
  assert.deepEqual(await results(page), []);
  assert.ok((await page.locator('[data-search-status]').innerText()).includes('<img src=x onerror=alert(1)>'));
  assert.ok(await page.locator('main a[href="/items/"]').isVisible());
  none(page.faults, 'fault');
  await page.close();
});
