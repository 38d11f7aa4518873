// The search page: results, suggestions, filters, history, and what it says when something is missing.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, open } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite, builtSubSite } from './lib/site.mjs';

/** Queries whose answer is certain. */
const ID_CARD = '居民身份证';
const MARRIAGE = '结婚登记';
const MARRIAGE_PATH = '/items/marriage-registration/';
/** A query with many answers, and one without any. */
const MANY = '登记';
const NOTHING = '龘靐齉龗';
/** What a citizen types, and the item that must be among the first five. */
const EVERYDAY = {
  准生证: 'birth-service-registration', 上户口: 'birth-household-registration', 扯证: 'marriage-registration', 奶茶店办证: 'food-business-licence',
  换驾照: 'driving-licence-renewal', 二代证: 'id-card-replacement', 烟草证: 'tobacco-retail-licence', 低保: 'subsistence-allowance',
  过户: 'real-estate-transfer', 护照: 'passport-application', 开公司: 'company-registration', 残疾证: 'disability-certificate',
};
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

const site = builtSite();
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); });
after(async () => { await browser.close(); server.close(); });

const visit = (query = '', options) => open(browser, server.url(`/search/${query}`), options);
const about = (text) => `?q=${encodeURIComponent(text)}`;
const status = (page) => page.locator('[data-search="status"]');
const options = (page) => page.getByRole('listbox', { name: '建议的事项' }).getByRole('option');
const queryOf = (page) => new URL(page.url()).searchParams;
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });
/** Any file of the search's data, but not the page itself. */
const DATA = (url) => /\/search\/[^/]/.test(url.pathname);

/** Waits until the answer for `text` is shown; gives the addresses of the results. */
async function answered(page, text) {
  await status(page).filter({ hasText: `“${text}”` }).waitFor();
  return page.locator('#results a').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
}

async function submit(page, text) {
  await page.locator('#search').fill(text);
  await page.locator('#search').press('Enter');
  return answered(page, text);
}

const total = async (page) => Number(/找到(\d+)项/.exec(await status(page).innerText())?.[1] ?? 0);
const scrolled = (page) => page.evaluate(() => Math.round(window.scrollY));

test('an everyday name gives the item among the first five', async () => {
  const page = await visit();
  const faults = [];
  for (const [query, slug] of Object.entries(EVERYDAY)) {
    const found = (await submit(page, query)).slice(0, 5);
    if (!found.includes(`/items/${slug}/`)) faults.push(`“${query}” gives ${found.join(' ') || 'nothing'}, not ${slug}`);
  }
  none(faults, 'search that fails');
  none(page.faults, 'fault');
  await page.close();
});

test('the form in the head leads to the results, and the address can be shared', async () => {
  const page = await open(browser, server.url(site.sample('item').path));
  await page.locator('#header-search').fill(MARRIAGE);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search/?q=*');
  const found = await answered(page, MARRIAGE);
  assert.equal(found[0], MARRIAGE_PATH);
  assert.equal(await page.locator('#search').inputValue(), MARRIAGE);
  assert.match(await page.title(), /^结婚登记/);
  const other = await open(browser, page.url());
  assert.deepEqual(await answered(other, MARRIAGE), found);
  await other.close();
  await page.locator('#results a').first().click();
  await page.waitForURL(`**${MARRIAGE_PATH}`);
  none(page.faults, 'fault');
  await page.close();
});

test('each result is one entry with one link; what matched is marked', async () => {
  const page = await visit(about(MARRIAGE));
  await answered(page, MARRIAGE);
  const links = await page.locator('#results > li').evaluateAll((rows) => rows.map((row) => row.querySelectorAll('a[href]').length));
  assert.ok(links.length > 0 && links.every((count) => count === 1), `links in the entries: ${links}`);
  const first = page.locator('#results > li').first();
  assert.ok(await first.locator('mark').count() > 0);
  assert.match(await first.innerText(), /民政局/);
  await page.close();
});

test('without a question there are no results', async () => {
  for (const query of ['', '?q=', '?q=%20%20', '?department=x']) {
    const page = await visit(query);
    await pause(400);
    assert.equal(await page.locator('#results > li').count(), 0, query);
    assert.equal(await status(page).innerText(), '', query);
    assert.equal(await page.locator('[data-search="found"]').isVisible(), false, query);
    assert.equal(await page.locator('[data-search="filters"]').isVisible(), false, query);
    assert.equal(await page.locator('[data-search="off"]').isVisible(), false, query);
    none(page.faults, 'fault');
    await page.close();
  }
});

test('a search without result says so and helps on; typed markup stays text', async () => {
  const typed = `<img src=x onerror=alert(1)>${NOTHING}`;
  const page = await visit(about(typed));
  await answered(page, typed);
  assert.ok((await status(page).innerText()).includes('<img src=x onerror=alert(1)>'));
  assert.equal(await page.locator('img').count(), 0);
  await submit(page, NOTHING);
  assert.match(await status(page).innerText(), /没有找到/);
  assert.ok(await page.locator('[data-search="tips"]').isVisible());
  for (const path of ['/items/', '/topics/', '/departments/', 'tel:12345']) {
    assert.ok(await page.locator(`[data-search="help"] a[href^="${path}"]`).first().isVisible(), `no link to ${path}`);
  }
  none(page.faults, 'fault');
  await page.close();
});

test('typing shows suggestions; arrows, Escape and Enter as in every combobox', async () => {
  const page = await visit();
  const input = page.getByRole('combobox', { name: '搜索办事指南' });
  await input.pressSequentially(MARRIAGE, { delay: 20 });
  await options(page).first().waitFor();
  assert.equal(await input.getAttribute('aria-expanded'), 'true');
  assert.ok(await options(page).count() <= 8);
  assert.equal(await page.locator('#results > li').count(), 0, 'typing alone must not search');
  await page.locator('[data-search="announce"]').filter({ hasText: /有\d+条建议/ }).waitFor();

  await input.press('ArrowDown');
  const active = await input.getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
  assert.equal(await options(page).and(page.getByRole('option', { selected: true })).count(), 1);
  assert.equal(await input.inputValue(), MARRIAGE);
  await input.press('ArrowUp');
  assert.equal(await options(page).and(page.getByRole('option', { selected: true })).count(), 1);
  await input.press('Home');
  assert.equal(await input.getAttribute('aria-activedescendant'), null);
  assert.equal(await input.evaluate((field) => field.selectionStart), 0);

  await input.press('Escape');
  assert.equal(await input.getAttribute('aria-expanded'), 'false');
  assert.equal(await input.inputValue(), MARRIAGE);
  await input.press('Escape');
  assert.equal(await input.inputValue(), '');

  await input.pressSequentially(MARRIAGE);
  await options(page).first().waitFor();
  await input.press('Enter');
  await answered(page, MARRIAGE);
  assert.equal(await options(page).count(), 0);

  await input.fill('');
  await input.pressSequentially(MARRIAGE);
  await options(page).first().waitFor();
  await input.press('ArrowDown');
  await input.press('Backspace');
  assert.equal(await input.getAttribute('aria-activedescendant'), null, 'the choice outlives the text it was made for');
  await input.fill('');
  await input.pressSequentially(MARRIAGE);
  await options(page).filter({ hasText: '结婚' }).first().waitFor();
  await input.press('ArrowDown');
  await input.press('Enter');
  await page.waitForURL(`**${MARRIAGE_PATH}`);
  none(page.faults, 'fault');
  await page.close();
});

test('a suggestion can be pointed at; the list closes when the focus leaves', async () => {
  const page = await visit('', { width: 390 });
  await page.locator('#search').pressSequentially(MARRIAGE);
  await options(page).first().waitFor();
  const heights = await options(page).evaluateAll((list) => list.map((option) => option.getBoundingClientRect().height));
  assert.ok(heights.every((height) => height >= 43.5), `suggestions are ${heights} px high`);
  await page.locator('#search').press('Tab');
  assert.equal(await options(page).count(), 0);
  await page.locator('#search').press('ArrowDown');
  await options(page).first().click();
  await page.waitForURL(`**${MARRIAGE_PATH}`);
  await page.close();
});

test('nothing is searched while an input method composes', async () => {
  const page = await visit();
  const input = page.locator('#search');
  await input.focus();
  const client = await page.context().newCDPSession(page);
  for (const text of ['j', 'jie', 'jie hun']) await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await pause(600);
  assert.equal(await options(page).count(), 0);
  await input.evaluate((field) => {
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
    field.form.requestSubmit();
  });
  assert.equal(queryOf(page).get('q'), null);
  await client.send('Input.insertText', { text: MARRIAGE });
  await options(page).first().waitFor();
  assert.equal(await input.inputValue(), MARRIAGE);
  await page.close();
});

test('filters have counts that are true, live in the address and can be taken away', async () => {
  const page = await visit(about(MANY));
  await answered(page, MANY);
  const all = await total(page);
  const chosen = [];
  for (const key of ['department', 'type', 'topic', 'audience', 'online']) {
    const choice = page.locator(`#search-filter-${key}`);
    // two filters are enough, and the first leaves the second nothing to choose between in some of them
    if (chosen.length === 2 || !await choice.isVisible()) continue;
    const [value, label] = await choice.evaluate((select) => [select.options[1].value, select.options[1].text]);
    await choice.selectOption(value);
    const name = label.replace(/（\d+）$/, '');
    await status(page).filter({ hasText: name }).waitFor();
    assert.equal(await total(page), Number(/（(\d+)）$/.exec(label)[1]), `the count of “${label}”`);
    assert.equal(queryOf(page).get(key), value);
    chosen.push(name);
  }
  assert.equal(chosen.length, 2, 'fewer than two filters to choose from');
  assert.ok(await total(page) < all);
  const found = await answered(page, MANY);
  const other = await open(browser, page.url());
  assert.deepEqual(await answered(other, MANY), found);
  assert.equal(await other.locator('#search-filter-department').inputValue(), queryOf(page).get('department'));
  await other.close();

  await page.getByRole('link', { name: new RegExp(`去掉\\s*部门：${chosen[0]}`) }).click();
  await status(page).filter({ hasNotText: chosen[0] }).waitFor();
  assert.equal(queryOf(page).get('department'), null);
  await page.goBack();
  await status(page).filter({ hasText: chosen[0] }).waitFor();
  await page.getByRole('link', { name: /去掉\s*全部筛选/ }).click();
  await status(page).filter({ hasNotText: '（' }).waitFor();
  assert.equal(await total(page), all);
  assert.deepEqual([...queryOf(page).keys()], ['q']);
  none(page.faults, 'fault');
  await page.close();
});

test('a filter of an address that no result has is shown and can be taken away', async () => {
  const page = await visit(`${about(MARRIAGE)}&department=no-such-department`);
  await answered(page, MARRIAGE);
  assert.equal(await page.locator('#results > li').count(), 0);
  await page.getByRole('link', { name: /去掉\s*部门/ }).click();
  await page.locator('#results > li').first().waitFor();
  await page.close();
});

test('再看10条 shows more, keeps the place in the address and gives the focus to the first new result', async () => {
  const page = await visit(about(MANY));
  await answered(page, MANY);
  const all = await total(page);
  assert.equal(await page.locator('#results > li').count(), 10);
  await page.locator('[data-search="more"] button').click();
  await page.locator('#results > li').nth(10).waitFor();
  assert.equal(await page.locator('#results > li').count(), Math.min(20, all));
  assert.equal(queryOf(page).get('n'), '20');
  assert.ok(await page.locator('#results > li').nth(10).locator('a').evaluate((link) => link === document.activeElement));
  const other = await open(browser, page.url());
  await answered(other, MANY);
  assert.equal(await other.locator('#results > li').count(), Math.min(20, all));
  await other.close();
  await page.close();
});

test('the back button restores question, filter, number of results and place', async () => {
  const page = await visit(about(MANY), { height: 600 });
  await answered(page, MANY);
  await page.locator('#search-filter-department').selectOption({ index: 1 });
  await status(page).filter({ hasText: '（' }).waitFor();
  await page.goBack();
  await status(page).filter({ hasNotText: '（' }).waitFor();
  await page.locator('[data-search="more"] button').click();
  await page.locator('#results > li').nth(10).waitFor();
  await page.locator('#results a').nth(10).scrollIntoViewIfNeeded();
  await pause(400);
  const place = await scrolled(page);
  const found = await answered(page, MANY);
  assert.ok(place > 300, `scrolled to ${place}`);

  await page.locator('#results a').nth(10).click();
  await page.waitForURL('**/items/**');
  await page.goBack();
  assert.deepEqual(await answered(page, MANY), found);
  await page.waitForFunction((y) => Math.abs(window.scrollY - y) < 5, place);

  await page.evaluate(() => window.scrollTo(0, 0));
  await submit(page, ID_CARD);
  await page.goBack();
  assert.deepEqual(await answered(page, MANY), found);
  assert.equal(await page.locator('#search').inputValue(), MANY);
  await page.goForward();
  await answered(page, ID_CARD);
  await page.close();
});

test('data that does not come is said at once, and can be asked for again', async () => {
  const page = await visit();
  await page.route(DATA, (route) => route.abort());
  await page.locator('#search').fill(MARRIAGE);
  await page.locator('#search').press('Enter');
  await status(page).filter({ hasText: '没有取到' }).waitFor();
  assert.equal(await page.locator('#results > li').count(), 0);
  await page.unroute(DATA);
  await page.getByRole('button', { name: '再试一次' }).click();
  assert.equal((await answered(page, MARRIAGE))[0], MARRIAGE_PATH);
  assert.equal(await page.getByRole('button', { name: '再试一次' }).isVisible(), false);
  await page.close();
});

test('data that never comes is not waited for without end', async () => {
  const page = await visit();
  await page.clock.install();
  await page.route(DATA, () => {});
  await page.locator('#search').fill(MARRIAGE);
  await page.locator('#search').press('Enter');
  await status(page).filter({ hasText: '正在找' }).waitFor();
  await page.clock.fastForward(16_000);
  await status(page).filter({ hasText: '没有取到' }).waitFor();
  await page.unroute(DATA);
  await page.getByRole('button', { name: '再试一次' }).click();
  assert.equal((await answered(page, MARRIAGE))[0], MARRIAGE_PATH);
  await page.close();
});

for (const width of [390, 1280]) {
  test(`results push nothing away that was to be seen: ${width} px`, async () => {
    const page = await visit('', { width, height: 900 });
    let held = [];
    await page.route(DATA, (route) => (held ? held.push(route) : route.continue()));
    await page.goto(server.url(`/search/${about(MARRIAGE)}`));
    await status(page).filter({ hasText: '正在找' }).waitFor();
    const waiting = held;
    held = null;
    for (const route of waiting) await route.continue();
    assert.equal((await answered(page, MARRIAGE))[0], MARRIAGE_PATH);
    const moved = await page.evaluate(() => new Promise((done) => {
      const observer = new PerformanceObserver((list) => done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)));
      observer.observe({ type: 'layout-shift', buffered: true });
      // Without any shift the observer is not called.
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(0), 0)));
    }));
    assert.ok(moved < 0.05, `the layout moved by ${moved}`);
    await page.close();
  });
}

test('an answer that comes late does not replace a newer one', async () => {
  const page = await visit();
  const held = [];
  await page.route(DATA, (route) => { held.push(route); });
  await page.locator('#search').fill(ID_CARD);
  await page.locator('#search').press('Enter');
  await status(page).filter({ hasText: '正在找' }).waitFor();
  await page.locator('#search').fill(MARRIAGE);
  await page.locator('#search').press('Enter');
  for (const route of held) await route.continue();
  await page.unroute(DATA);
  assert.equal((await answered(page, MARRIAGE))[0], MARRIAGE_PATH);
  await pause(500);
  assert.match(await status(page).innerText(), new RegExp(MARRIAGE));
  await page.close();
});

test('without scripts the page says so and offers departments, topics and A–Z', async () => {
  const page = await visit(about(MARRIAGE), { javaScriptEnabled: false });
  const notice = page.locator('[data-search="off"]');
  assert.ok(await notice.isVisible());
  assert.match(await notice.innerText(), /脚本/);
  assert.ok((await notice.boundingBox()).height > 20);
  for (const link of ['/departments/mzj/', '/topics/', '/items/#letter-', 'tel:12345']) {
    const found = page.locator(`[data-search="help"] a[href^="${link}"]`).first();
    assert.ok(await found.count() && await found.isVisible(), `no link to ${link}`);
  }
  assert.equal(await page.locator('[data-search="retry"]').isVisible(), false);
  await page.close();
});

test('a module that does not come is not missed in silence', async () => {
  const page = await visit();
  await page.route(/assets\/search\./, (route) => route.abort());
  await page.reload();
  assert.equal(await page.locator('[data-search="off"]').isVisible(), false, 'the notice flashes up');
  await page.locator('[data-search="off"]').waitFor();
  await page.close();
});

test('below a folder results and suggestions lead into the folder', async (t) => {
  const below = await serve(builtSubSite().folder, '/zwfw/');
  t.after(() => below.close());
  const page = await open(browser, below.url(`/search/${about(MARRIAGE)}`));
  const found = await answered(page, MARRIAGE);
  assert.equal(found[0], `/zwfw${MARRIAGE_PATH}`);
  await page.locator('#search').fill('');
  await page.locator('#search').pressSequentially(MARRIAGE);
  await options(page).first().click();
  await page.waitForURL(`**/zwfw${MARRIAGE_PATH}`);
  none(page.faults, 'fault');
  await page.close();
});

for (const width of [320, 1280]) {
  test(`axe finds nothing and nothing is too wide at ${width} px: results, filters, suggestions, nothing found, no data`, async () => {
    const faults = [];
    for (const settings of [undefined, { size: 'huge', contrast: 'high', elder: true }]) {
      const page = await visit(about(MANY), { width, settings });
      await answered(page, MANY);
      const toggle = page.getByRole('button', { name: '筛选' });
      if (await toggle.isVisible()) await toggle.click();
      faults.push(...await look(page, 'results'));
      await page.locator('#search-filter-department').selectOption({ index: 1 });
      await status(page).filter({ hasText: '（' }).waitFor();
      faults.push(...await look(page, 'filter'));
      await page.locator('#search').fill('');
      await page.locator('#search').pressSequentially(MANY);
      await options(page).first().waitFor();
      await page.locator('#search').press('ArrowDown');
      faults.push(...await look(page, 'suggestions'));
      await submit(page, NOTHING);
      faults.push(...await look(page, 'nothing found'));
      await page.close();
      const broken = await visit('', { width, settings });
      await broken.route(DATA, (route) => route.abort());
      await broken.locator('#search').fill(MANY);
      await broken.locator('#search').press('Enter');
      await broken.getByRole('button', { name: '再试一次' }).waitFor();
      faults.push(...await look(broken, 'no data'));
      await broken.close();
    }
    none(faults, 'fault');
  });
}

async function look(page, state) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), TAGS);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...violations.map(({ id, nodes }) => `${state}: ${id}: ${nodes[0].target.join(' ')}`), ...(over > 0 ? [`${state}: ${over} px too wide`] : [])];
}

test('on paper there are the question and the results, and no controls', async () => {
  const page = await visit(about(MARRIAGE));
  await answered(page, MARRIAGE);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await status(page).isVisible());
  assert.ok(await page.locator('#results a').first().isVisible());
  for (const part of ['form', '[data-search="filters"]', '[data-search="help"]', '[data-search="more"]']) {
    assert.equal(await page.locator(`main ${part}`).first().isVisible(), false, `${part} is printed`);
  }
  await page.close();
});

test('the module is one file that old phones can read and that loads without a page', async () => {
  const [, name] = /<script type="module" src="\/(assets\/search\.[0-9a-f]+\.js)">/.exec(site.page('/search/').html);
  const text = site.read(name).toString('utf8');
  none(text.split('\n').filter((line) => /\?\.[a-z[(]|\?\?|\bcatch \{|^import |\bimport\(|[{,]\s*\.\.\.\w+\s*[,}]|\beval\(|new Function/i.test(line)), 'line that is newer than ES2017, or not allowed');
  const folder = mkdtempSync(join(tmpdir(), 'mingbai-search-'));
  const file = join(folder, 'search.mjs');
  writeFileSync(file, text);
  const module = await import(pathToFileURL(file));
  rmSync(folder, { recursive: true });
  assert.equal(typeof module.createSearch, 'function');
});
