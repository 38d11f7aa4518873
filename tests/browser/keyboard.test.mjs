// The portal by keyboard alone, and the reading settings that are remembered.
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

const visit = (name, options) => open(browser, server.url(site.sample(name).path), options);
const rootSize = (page) => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

/** Presses Tab until the button of this name has the focus. */
async function tabTo(page, name) {
  const target = page.locator('.mb-tools').getByRole('button', { name, exact: true });
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return target;
  }
  throw new Error(`Tab does not reach ${name}`);
}

test('the skip link comes first, shows itself and leads to the text', async () => {
  for (const name of ['home', 'item', 'search']) {
    const page = await visit(name);
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), '跳到正文', name);
    const box = await page.locator('.mb-skip').boundingBox();
    assert.ok(box.y >= 0 && box.height > 20, `the skip link stays hidden on ${name}`);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), `Tab after the skip link is not in the text of ${name}`);
    await page.close();
  }
});

for (const [name, width] of [['home', 320], ['home', 1280], ['item', 320], ['item', 1280], ['search', 390], ['items', 1280]]) {
  test(`every stop of Tab is visible, and there is no trap: ${name} at ${width} px`, async (t) => {
    const page = await visit(name, { width });
    const faults = [];
    let stops = 0;
    for (let presses = 0; presses < 600; presses += 1) {
      await page.keyboard.press('Tab');
      const state = await page.evaluate(stop);
      if (!state) break;
      if (!state.within) stops += 1;
      if (state.fault) faults.push(`stop ${stops}: ${state.fault}`);
    }
    const wanted = await page.evaluate(focusable);
    await page.close();
    none(faults, 'stop that cannot be seen');
    t.diagnostic(`${stops} stops`);
    assert.equal(stops, wanted, 'Tab does not reach every control');
  });
}

test('text size, contrast and elder mode work by keyboard and are remembered', async () => {
  const page = await visit('home');
  const standard = await rootSize(page);
  await tabTo(page, '大字号');
  await page.keyboard.press('Enter');
  const large = await rootSize(page);
  assert.ok(large > standard * 1.2, `large type is ${large} px, standard ${standard} px`);
  await tabTo(page, '高对比');
  await page.keyboard.press('Space');
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('main')).backgroundColor), 'rgb(0, 0, 0)');

  await page.goto(server.url(site.sample('item').path));
  assert.equal(await rootSize(page), large, 'the size is forgotten on the next page');
  await page.reload();
  assert.equal(await rootSize(page), large, 'the size is forgotten after a reload');
  assert.equal(await page.getByRole('button', { name: '大字号', exact: true }).getAttribute('aria-pressed'), 'true');
  assert.equal(await page.getByRole('button', { name: '标准字号' }).getAttribute('aria-pressed'), 'false');
  assert.equal(await page.getByRole('button', { name: '高对比' }).getAttribute('aria-pressed'), 'true');

  await tabTo(page, '高对比');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await focused(page), '字标准字号');
  await page.keyboard.press('Enter');
  assert.equal(await rootSize(page), standard);
  none(page.faults, 'fault');
  await page.close();
});

test('elder mode enlarges type and targets, hides nothing that is needed, and is remembered', async () => {
  const page = await visit('item');
  const before_ = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize));
  await page.getByRole('button', { name: '长辈模式' }).click();
  const text = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize));
  assert.ok(text > before_ && text >= 18, `elder mode has text of ${text} px`);
  assert.ok((await page.locator('.mb-button--primary, .mb-actions .mb-button').first().boundingBox()).height >= 60, 'buttons are lower than 60 px');
  for (const section of ['glance', 'materials', 'time', 'fees', 'contact', 'basis']) assert.ok(await page.locator(`#${section}`).isVisible(), `${section} is hidden`);
  await page.goto(server.url('/'));
  assert.equal(await page.getByRole('button', { name: '长辈模式' }).getAttribute('aria-pressed'), 'true');
  await page.reload();
  assert.ok(await page.evaluate(() => document.documentElement.hasAttribute('data-elder')));
  await page.getByRole('button', { name: '长辈模式' }).click();
  assert.equal(await page.evaluate(() => document.documentElement.hasAttribute('data-elder')), false);
  await page.close();
});

test('the settings work for the page when the browser stores nothing', async () => {
  const page = await visit('home', { storageState: undefined });
  await page.addInitScript(() => { Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }); });
  await page.reload();
  const standard = await rootSize(page);
  await page.getByRole('button', { name: '特大字号' }).click();
  assert.ok(await rootSize(page) > standard * 1.5);
  none(page.faults, 'fault');
  await page.close();
});

test('Esc closes the menu and gives the focus back', async () => {
  const page = await visit('home', { width: 390 });
  await page.locator('.mb-menu summary').focus();
  await page.keyboard.press('Enter');
  assert.ok(await page.locator('.mb-menu__panel').isVisible());
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.mb-menu__panel').isVisible(), false);
  assert.equal(await focused(page), '菜单');
  await page.close();
});

// The functions below run in the page.

/** What is wrong with the focused element, or nothing at all when the focus has left the page. */
function stop() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // the year, the month and the day of a date are stops of one control
  const within = element === window.lastStop;
  window.lastStop = element;
  const name = `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 20)}”`;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  if (box.width === 0 || box.height === 0) return { within, fault: `${name} has no size` };
  if (box.bottom < 1 || box.top > innerHeight - 1 || box.right < 1 || box.left > innerWidth - 1) return { within, fault: `${name} is outside the window` };
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return { within, fault: `${name} has no visible focus` };
  return { within };
}

function focusable() {
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !element.disabled)
    .filter((element) => !element.closest('details:not([open])') || element.matches('details > summary'))
    // the choices of one question are one stop
    .filter((element, at, all) => element.type !== 'radio' || all.findIndex(({ type, name }) => type === 'radio' && name === element.name) === at).length;
}
