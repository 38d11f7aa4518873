// Which case is mine: walked by links with scripts off, and answered on the page of the item with them.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch, open } from './lib/browser.mjs';
import { serve } from './lib/server.mjs';
import { builtSite } from './lib/site.mjs';

const site = builtSite();
const ITEM = '/items/divorce-registration/';
const RESULT = `${ITEM}case/stage-apply/identity-other/`;
const OTHERS = '港澳台居民、华侨或者外国人的有效身份证件';
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); });
after(async () => { await browser.close(); server.close(); });

const go = (path, options) => open(browser, server.url(path), options);
const at = (page) => page.url().slice(server.url('/').length - 1);
/** The names of the materials that are shown. */
const materials = (page) => page.locator('#materials tbody tr:visible th').evaluateAll((cells) => cells.map((cell) => cell.innerText.split('\n')[0].trim()));
const choose = (page, label) => page.getByRole('radio', { name: label }).check();

test('without scripts a chain of links leads to the list of one case', async () => {
  const page = await go(ITEM, { javaScriptEnabled: false });
  await page.locator('#situations').getByRole('link', { name: '第一次来申请' }).click();
  assert.equal(at(page), `${ITEM}case/stage-apply/`);
  assert.equal(await page.locator('h1').innerText(), '双方是什么身份？');
  assert.equal(await page.getByRole('radio').count(), 0);
  await page.getByRole('link', { name: '有一方是港澳台居民' }).click();
  assert.equal(at(page), RESULT);
  const list = await materials(page);
  assert.ok(list.includes(OTHERS) && list.includes('离婚登记申请书'), list.join());
  assert.ok(!list.includes('撤回离婚登记申请书'), list.join());
  assert.match(await page.locator('#answers').innerText(), /双方是什么身份？\s*有一方是港澳台居民/);

  // One answer changed, the other kept; and back again.
  await page.locator('#answers').getByRole('link', { name: '冷静期内想撤回' }).click();
  assert.equal(at(page), `${ITEM}case/stage-withdraw/identity-other/`);
  assert.ok((await materials(page)).includes('撤回离婚登记申请书'));
  await page.goBack();
  assert.equal(at(page), RESULT);
  await page.locator('#answers').getByRole('link', { name: '看全部情形' }).click();
  assert.equal(at(page), ITEM);
  await page.close();
});

test('with scripts the answers narrow the page of the item, and the address keeps them', async () => {
  const page = await go(ITEM);
  const all = await materials(page);
  assert.equal(await page.locator('[data-question="identity"]').isVisible(), false, 'a question shows before its turn');
  await choose(page, /第一次来申请/);
  assert.ok(!(await materials(page)).includes('撤回离婚登记申请书'));
  assert.ok((await materials(page)).includes(OTHERS), 'what is not decided yet is still listed');
  await choose(page, /都是内地居民/);
  const mine = await materials(page);
  assert.ok(mine.length < all.length && !mine.includes(OTHERS), mine.join());
  assert.equal(at(page), `${ITEM}?stage=apply&identity=mainland`);
  const said = page.locator('#situations [role="status"]');
  assert.match(await said.innerText(), new RegExp(`${mine.length}种材料.*3个环节.*30个自然日`));
  assert.equal(await page.locator('#glance a[href="#materials"]').innerText(), `${mine.length}种材料`);

  // Changed, back, forward, reloaded.
  await choose(page, /来领离婚证/);
  assert.equal(at(page), `${ITEM}?stage=collect&identity=mainland`);
  assert.equal(await page.locator('dd[data-promise]').innerText(), '当场办好');
  await page.goBack();
  assert.deepEqual(await materials(page), mine);
  assert.equal(await page.locator('dd[data-promise]').innerText(), '30个自然日');
  await page.goForward();
  assert.ok(await page.getByRole('radio', { name: /来领离婚证/ }).isChecked());
  await page.reload();
  assert.ok(await page.getByRole('radio', { name: /来领离婚证/ }).isChecked());
  await page.getByRole('link', { name: '只看这种情形的一页' }).click();
  assert.equal(at(page), `${ITEM}case/stage-collect/identity-mainland/`);
  await page.goBack();
  await page.getByRole('button', { name: '重新选' }).click();
  assert.equal(at(page), ITEM);
  assert.deepEqual(await materials(page), all);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('the calculator counts the limits of the case that was answered', async () => {
  const page = await go(ITEM);
  const labels = () => page.locator('[data-errand="deadline"] [data-limit]:visible').evaluateAll((rows) => rows.map((row) => row.dataset.label));
  await page.locator('#deadline-day').fill('2026-09-18');
  await page.waitForFunction(() => document.querySelector('[data-errand="deadline"] [data-part="rows"]').hidden === false);
  const [others, special, legal] = await labels();
  assert.equal(others, '我们承诺（别的情形）');
  assert.match(special, /^我们承诺（.*来领离婚证.*）$/);
  assert.equal(legal, '法律规定');
  const announced = () => page.locator('[data-errand="deadline"] [data-part="announce"]').textContent();
  await choose(page, /来领离婚证/);
  assert.deepEqual(await labels(), [special, legal]);
  await page.waitForFunction(() => !document.querySelector('[data-errand="deadline"] [data-part="announce"]').textContent.includes('别的情形'));
  assert.match(await announced(), /来领离婚证.*2026年9月18日/);
  await choose(page, /第一次来申请/);
  assert.deepEqual(await labels(), [others, legal]);
  await page.waitForFunction(() => document.querySelector('[data-errand="deadline"] [data-part="announce"]').textContent.includes('别的情形'));
  await page.getByRole('button', { name: '重新选' }).click();
  assert.deepEqual(await labels(), [others, special, legal]);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('what the page selects in place is what the page of the case lists', async () => {
  const page = await go(ITEM);
  const cases = site.ofKind('case').filter((one) => one.path.startsWith(`${ITEM}case/`) && one.html.includes('id="materials"'));
  assert.equal(cases.length, 6);
  for (const one of cases) {
    const query = one.path.slice(`${ITEM}case/`.length, -1).split('/').map((part) => part.replace('-', '='));
    await page.goto(server.url(`${ITEM}?${query.join('&')}`));
    const here = (await materials(page)).sort();
    await page.goto(server.url(one.path));
    assert.deepEqual((await materials(page)).sort(), here, one.path);
  }
  await page.close();
});

test('answers are given by keyboard, and an address with answers that are none is harmless', async () => {
  const page = await go(`${ITEM}?stage=never&identity=other&from=qr`);
  assert.equal(await page.locator('#situations [role="status"]').isVisible(), false);
  await page.locator('#situations').getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  // What others keep in the address stays.
  await page.waitForURL(server.url(`${ITEM}?stage=apply&identity=other&from=qr`));
  await page.keyboard.press('ArrowDown');
  assert.ok(await page.getByRole('radio', { name: /来领离婚证/ }).isChecked());
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('on paper each answer to choose from has one marker, with scripts and without', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await go(ITEM, { javaScriptEnabled });
    if (javaScriptEnabled) await page.getByRole('radio').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    const markers = await page.locator('#situations [data-answer]').evaluateAll((entries) => entries.map((entry) => [
      getComputedStyle(entry, '::before').content.includes('☐'),
      [...entry.querySelectorAll('input')].filter((input) => input.checkVisibility()).length,
    ]));
    assert.ok(markers.length > 2);
    for (const marker of markers) assert.deepEqual(marker, javaScriptEnabled ? [false, 1] : [true, 0]);
    await page.close();
  }
});

test('a case on paper has its answers and its list, and nothing to click', async () => {
  const page = await go(RESULT);
  await page.emulateMedia({ media: 'print' });
  for (const text of ['您的答案', '第一次来申请', OTHERS, '30个自然日']) {
    assert.ok(await page.locator('main').getByText(text).first().isVisible(), `${text} is not on paper`);
  }
  assert.equal(await page.locator('.mb-case__others').first().isVisible(), false);
  assert.equal(await page.locator('#more').isVisible(), false);
  await page.close();
});
