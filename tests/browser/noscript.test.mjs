// With scripts off the portal shows everything and offers nothing that cannot work.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch, open } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite } from './lib/site.mjs';

const site = builtSite();
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); });
after(async () => { await browser.close(); server.close(); });

const plain = (name, options) => open(browser, server.url(site.sample(name).path), { javaScriptEnabled: false, ...options });
const words = (text) => text.replace(/\s+/g, '');

test('an item page shows the same without scripts', async () => {
  const [without, with_] = await Promise.all([plain('item'), open(browser, server.url(site.sample('item').path))]);
  const shown = words(await without.locator('main').innerText());
  // what is worked out for somebody needs the script, and stands beside what is written
  await with_.evaluate(() => document.querySelectorAll('[data-part="tools"], [data-errand]').forEach((tool) => tool.remove()));
  const lines = (await with_.locator('main').innerText()).split('\n').map(words).filter((line) => line && line !== '打印这一页');
  none(lines.filter((line) => !shown.includes(line)), 'line that only shows with scripts');
  assert.ok(lines.length > 50, 'the item page is nearly empty');
  for (const [heading, id] of [['一看就懂', 'glance'], ['要带什么', 'materials'], ['几天办好', 'time'], ['收费', 'fees'], ['向谁投诉', 'contact'], ['依据', 'basis']]) {
    assert.ok(await without.locator(`#${id}`).isVisible(), `the section ${id} is not shown`);
    assert.ok((await without.locator(`#${id}`).innerText()).includes(heading), `the section ${id} does not say ${heading}`);
  }
  await Promise.all([without.close(), with_.close()]);
});

test('folded quotations open without scripts', async () => {
  const page = await plain('item');
  const folded = page.locator('main details').first();
  assert.equal(await folded.evaluate((details) => details.open), false);
  await folded.locator('summary').click();
  assert.equal(await folded.evaluate((details) => details.open), true);
  await page.close();
});

test('controls that need scripts are not shown: text size, contrast, print', async () => {
  for (const width of [320, 1280]) {
    const page = await plain('item', { width });
    assert.equal(await page.locator('.mb-tools button').first().isVisible(), false, `the text size control is shown at ${width} px`);
    assert.equal(await page.getByRole('button', { name: '打印这一页' }).isVisible(), false, `the print button is shown at ${width} px`);
    await page.close();
  }
});

test('the menu opens without scripts', async () => {
  const page = await plain('home', { width: 320 });
  assert.equal(await page.locator('.mb-menu__panel').isVisible(), false);
  await page.locator('.mb-menu summary').click();
  assert.ok(await page.locator('.mb-menu__panel a').first().isVisible());
  await page.close();
});

test('the search page says that it needs scripts and helps on', async () => {
  const page = await plain('search');
  const text = await page.locator('main').innerText();
  assert.match(text, /脚本|JavaScript/, 'the page does not say why nothing is found');
  for (const path of ['/items/', '/topics/', '/departments/']) {
    assert.ok(await page.locator(`main a[href^="${path}"]`).first().isVisible(), `no link to ${path}`);
  }
  assert.match(text, /12345/);
  await page.close();
});
