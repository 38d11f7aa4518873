// What an item page does for somebody: materials to tick, days to count, a reminder, and whether the window is open.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { parseCalendar } from '../errand/lib/icalendar.mjs';
import { launch, open } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite } from './lib/site.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MOST_SCRIPT = 12 * 1024;
/** Eight and twenty working days, a hearing apart; natural days; months; hours in one case. */
const [TOBACCO, INJURY, SCHOOL, ARCHIVE] = ['tobacco-retail-licence', 'work-injury-recognition', 'private-school-licence', 'archive-inquiry'].map((slug) => `/items/${slug}/`);

const site = builtSite();
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); });
after(async () => { await browser.close(); server.close(); });

const visit = (path, options) => open(browser, server.url(path), options);
const quiet = async (page) => { none(page.faults, 'fault of the page'); await page.close(); };
const progress = (page) => page.locator('[data-part="progress"]').innerText();
const boxes = (page) => page.locator('[data-checklist] input[type="checkbox"]');

/** Opens a page at a moment, on a phone that is set to another part of the world. */
async function visitAt(time, path) {
  const page = await visit('/sitemap/', { width: 390, timezoneId: 'America/New_York' });
  await page.clock.setFixedTime(new Date(time));
  await page.goto(server.url(path));
  return page;
}

/** Chooses a day in the calculator and waits for what it says. */
async function count(page, day) {
  const box = page.locator('[data-errand="deadline"]');
  await box.locator('input').fill(day);
  await page.waitForFunction(() => document.querySelector('[data-errand="deadline"] [data-part="rows"]').hidden === false);
  return box.locator('[data-limit]').evaluateAll((rows) => rows.map((row) => [row.dataset.label, ...['date', 'words'].map((name) => row.querySelector(`[data-part="${name}"]`).textContent)]));
}

test('ticks are kept over a reload, of this item alone, and can be cleared', async () => {
  const page = await visit(TOBACCO);
  const total = await page.locator('[data-material]:not([data-sometimes])').count();
  assert.equal(await boxes(page).count(), await page.locator('[data-material]').count());
  assert.equal(await progress(page), `已备 0/${total}`);
  assert.ok(await page.getByRole('button', { name: '清空' }).isDisabled());
  const name = await page.locator('[data-material]').first().getAttribute('data-name');
  await page.getByRole('checkbox', { name, exact: true }).check();
  assert.equal(await progress(page), `已备 1/${total}`);
  await page.reload();
  assert.ok(await page.getByRole('checkbox', { name, exact: true }).isChecked());
  assert.equal(await progress(page), `已备 1/${total}`);
  assert.match(await page.locator('[data-part="kept"]').innerText(), /只记在您这台设备上/);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ['mb-materials:tobacco-retail-licence']);
  await page.goto(server.url(INJURY));
  assert.equal(await page.locator('input[type="checkbox"]:checked').count(), 0);
  await page.goto(server.url(TOBACCO));
  await page.getByRole('button', { name: '清空' }).click();
  assert.equal(await page.locator('input[type="checkbox"]:checked').count(), 0);
  assert.equal(await progress(page), `已备 0/${total}`);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  assert.ok(await boxes(page).first().evaluate((box) => box === document.activeElement), 'the focus is lost after clearing');
  none(page.requests.filter((answer) => answer.request().method() !== 'GET' || answer.url().includes('?')).map((answer) => answer.url()), 'request that may tell something');
  await quiet(page);
});

test('what is needed only sometimes counts when it is ticked; when all is there it is said', async () => {
  const page = await visit('/items/pollutant-discharge-permit/');
  await page.locator('[data-sometimes] input').first().check();
  assert.match(await progress(page), /，另备 1 份$/);
  for (const box of await page.locator('[data-material]:not([data-sometimes]) input').all()) await box.check();
  assert.match(await progress(page), /都要带的齐了/);
  await quiet(page);
});

for (const [name, damage] of [
  ['off', () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('off', 'SecurityError'); } })],
  ['full', () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }],
]) {
  test(`with storage ${name} it still ticks, and says that nothing is kept`, async () => {
    const page = await visit('/sitemap/');
    await page.addInitScript(damage);
    await page.goto(server.url(TOBACCO));
    await boxes(page).first().check();
    assert.match(await progress(page), /^已备 1\//);
    assert.match(await page.locator('[data-part="kept"]').innerText(), /关掉这一页就没有了/);
    await quiet(page);
  });
}

test('without scripts there are no boxes to tick and nothing to count with', async () => {
  const page = await visit(TOBACCO, { javaScriptEnabled: false });
  assert.equal(await page.locator('input[type="checkbox"]').count(), 0);
  for (const tool of await page.locator('[data-part="tools"], [data-errand]').all()) assert.ok(!await tool.isVisible());
  assert.ok(await page.locator('#time').getByText('下一个工作日算第1天').isVisible());
  await quiet(page);
});

test('days are counted by the calendar, and what was skipped is said', async () => {
  const page = await visit(TOBACCO);
  assert.ok(!page.requests.some((answer) => answer.url().endsWith('calendar.json')), 'the calendar is fetched before it is used');
  assert.deepEqual(await count(page, '2026-09-18'), [
    ['我们承诺', '2026年9月30日（周三）', '从9月20日（周日）起数，跳过中秋节、周末，9月20日（周日）调休上班，算工作日，第8个工作日是9月30日（周三）。'],
    ['法律规定', '2026年10月22日（周四）', '从9月20日（周日）起数，跳过中秋节、国庆节、周末，9月20日（周日）、10月10日（周六）调休上班，算工作日，第20个工作日是10月22日（周四）。'],
  ]);
  const text = await page.locator('[data-errand="deadline"]').innerText();
  assert.match(text, /听证另算\s*20个工作日，不计入上面的日子。/);
  assert.match(text, /送达另算/);
  assert.match(await page.locator('[data-part="announce"]').textContent(), /^我们承诺2026年9月30日（周三）；法律规定2026年10月22日（周四）$/);
  assert.equal(await page.locator('[data-part="provisional"]').innerText(), '');
  await quiet(page);
});

test('natural days, months and hours', async () => {
  const page = await visit(INJURY);
  const injury = await count(page, '2026-08-22');
  assert.deepEqual(injury.at(0).slice(1), ['2026年10月8日（周四）', '从8月23日（周日）起数，周末和节假日也算，第40天是10月1日（周四），遇上国庆节放假，顺延到10月8日（周四）。']);
  await page.goto(server.url(SCHOOL));
  const school = await count(page, '2026-07-31');
  assert.deepEqual(school.at(-1), ['法律规定', '2026年11月2日（周一）', '到10月31日（周六）满3个月，遇上周末，顺延到11月2日（周一）。']);
  await page.goto(server.url(ARCHIVE));
  const archive = await count(page, '2026-11-23');
  assert.ok(archive.some(([, date, words]) => date === '' && words === '3小时，从申请的那一刻算起。'), JSON.stringify(archive));
  await quiet(page);
});

test('a year without an official calendar is said to be provisional, one without any is refused', async () => {
  const page = await visit(TOBACCO);
  const [, legal] = await count(page, '2026-12-25');
  assert.equal(legal[1], '2027年1月25日（周一）（暂定）');
  assert.match(await page.locator('[data-part="provisional"]').innerText(), /^2027年的放假安排还没有正式公布/);
  const [promised, refused] = await count(page, '2027-12-30');
  assert.deepEqual([promised[1], refused[1], refused[2]], ['', '', '没有2028年的放假安排，算不出来。']);
  assert.ok(!await page.locator('[data-part="save"]').first().isVisible());
  await quiet(page);
});

test('a calendar that does not come is said, and asked for again', async () => {
  const page = await visit(TOBACCO);
  await page.route('**/data/calendar.json', (route) => route.fulfill({ status: 503, body: '' }));
  await page.locator('#deadline-day').fill('2026-09-18');
  await page.getByText('放假安排没有取到').waitFor();
  await page.unroute('**/data/calendar.json');
  await count(page, '2026-09-21');
  assert.ok(!await page.locator('[data-part="message"]').innerText());
  await page.close();
});

test('a reminder is saved, named after the item', async () => {
  const page = await visitAt('2026-11-22T02:05:06Z', TOBACCO);
  await count(page, '2026-09-18');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '法律规定的日子存进手机日历' }).click()]);
  const name = await page.locator('[data-errand="deadline"]').getAttribute('data-name');
  assert.equal(download.suggestedFilename(), `${name} 2026-10-22.ics`);
  const { event } = parseCalendar(readFileSync(await download.path(), 'utf8'));
  assert.equal(event.DTSTART.value, '20261022');
  assert.equal(event.DTSTART.parameters, 'VALUE=DATE');
  assert.equal(event.DTSTAMP.value, '20261122T020506Z');
  assert.equal(event.SUMMARY.value, `${name}：法律规定的最后一天`);
  assert.match(event.DESCRIPTION.value, /^受理之日2026年9月18日（周五），20个工作日。从9月20日（周日）起数，[^]*\nhttp.*\/items\/tobacco-retail-licence\/$/);
  assert.match(event.UID.value, /^tobacco-retail-licence-2026-09-18-2026-10-22@/);
  await quiet(page);
});

for (const [time, path, now, day, then] of [
  ['2026-09-18T10:00:00+08:00', '/places/main-hall/', '现在开着，到12:00。', '2026-09-20', '9月20日（周日）调休上班，开，9:00-12:00、13:30-17:30。'],
  ['2026-09-18T12:30:00+08:00', '/places/main-hall/', '现在休息，今天13:30开门。', '2026-09-19', '9月19日（周六）开，9:00-12:00（仅综合窗口）。'],
  ['2026-09-30T17:30:00+08:00', '/places/fund-hall/', '今天已经关门，10月8日（周四）9:00开门。', '2026-10-03', '10月3日（周六）国庆节放假，不开。之后最早10月8日（周四）9:00-12:00、13:30-17:30开。'],
  ['2026-10-02T10:00:00+08:00', '/places/utility-hall/', '10月2日（周五）国庆节放假，这里开不开，看上面的说明，或者先打电话问。', '2026-10-01', '这一天已经过去了。'],
  ['2026-11-22T08:00:00+08:00', TOBACCO, '今天不开，11月23日（周一）9:00开门。', '2026-11-24', '11月24日（周二）开，9:00-12:00、13:30-17:30。'],
]) {
  test(`at ${time}: ${path}`, async () => {
    const page = await visitAt(time, path);
    const planner = page.locator('[data-errand="visit"]').first();
    await planner.scrollIntoViewIfNeeded();
    await planner.locator('[data-part="now"]').getByText('正在看').waitFor({ state: 'hidden' });
    assert.equal(await planner.locator('[data-part="now"]').innerText(), now);
    await planner.locator('input').fill(day);
    await planner.locator('[data-part="answer"]').getByText('。').first().waitFor();
    assert.equal(await planner.locator('[data-part="answer"]').innerText(), then);
    await quiet(page);
  });
}

test('a year without an official calendar: ask before you go', async () => {
  const page = await visitAt('2026-12-30T10:00:00+08:00', '/places/main-hall/');
  await page.locator('[data-errand="visit"] input').fill('2027-02-17');
  const answer = page.locator('[data-errand="visit"] [data-part="answer"]');
  await answer.getByText('。').first().waitFor();
  assert.equal(await answer.innerText(), '2027年2月17日（周三）开，9:00-12:00、13:30-17:30。2027年的放假安排还没有公布，去之前先打电话问。');
  await quiet(page);
});

test('a day on which windows may be shut: the notice first, then the usual hours', async () => {
  const page = await visit('/sitemap/', { width: 390 });
  await page.clock.setFixedTime(new Date('2026-12-26T10:00:00+08:00'));
  const notices = [{ title: '系统升级', url: '/notices/', from: '2026-12-26', until: '2026-12-28', shut: true }, { title: '缴费提醒', url: '/notices/', from: '2026-12-01', until: '2026-12-31' }];
  await page.route('**/places/main-hall/', async (route) => {
    const response = await route.fetch();
    const inserted = JSON.stringify(notices).replaceAll('"', '&quot;');
    await route.fulfill({ response, body: (await response.text()).replace('&quot;notices&quot;:[]', () => `&quot;notices&quot;:${inserted}`) });
  });
  await page.goto(server.url('/places/main-hall/'));
  const planner = page.locator('[data-errand="visit"]');
  await planner.scrollIntoViewIfNeeded();
  await planner.locator('[data-part="now"] a').first().waitFor();
  assert.equal(await planner.locator('[data-part="now"]').innerText(), '有停办的通知，先看清这一天办不办：系统升级。照平时：现在开着，到12:00（仅综合窗口）。这几天有通知，去之前先看：缴费提醒。');
  await planner.locator('input').fill('2026-12-28');
  const answer = planner.locator('[data-part="answer"]');
  await answer.locator('a').first().waitFor();
  assert.equal(await answer.innerText(), '有停办的通知，先看清这一天办不办：系统升级。照平时：12月28日（周一）开，9:00-12:00、13:30-17:30。这几天有通知，去之前先看：缴费提醒。');
  await planner.locator('input').fill('2026-12-30');
  await answer.getByText('12月30日').waitFor();
  assert.equal(await answer.innerText(), '12月30日（周三）开，9:00-12:00、13:30-17:30。这几天有通知，去之前先看：缴费提醒。');
  await quiet(page);
});

test('everything works with the keyboard', async () => {
  const page = await visit(TOBACCO);
  const box = boxes(page).first();
  await box.focus();
  assert.ok(parseFloat(await box.evaluate((element) => getComputedStyle(element).outlineWidth)) >= 2, 'the focus of a box is not visible');
  await page.keyboard.press('Space');
  assert.ok(await box.isChecked());
  await page.locator('#deadline-day').focus();
  for (const digits of ['09', '18', '2026']) await page.keyboard.type(digits);
  const shown = page.locator('[data-errand="deadline"] [data-limit]').first();
  await shown.waitFor();
  const saved = page.waitForEvent('download');
  await shown.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await saved;
  await quiet(page);
});

test('axe finds nothing, nothing goes sideways and all can be hit, with everything shown', async () => {
  const faults = [];
  for (const [width, settings] of [[320], [390], [1280], [320, { size: 'huge', contrast: 'high', elder: true }]]) {
    const page = await visit('/items/pollutant-discharge-permit/', { width, settings });
    await boxes(page).first().check();
    await count(page, '2026-12-25');
    await page.locator('[data-errand="visit"] input').first().fill('2199-11-24');
    await page.locator('[data-errand="visit"] [data-part="answer"]').first().getByText('。').first().waitFor();
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } }));
    faults.push(...violations.map(({ id, nodes }) => `${width}: ${id}: ${nodes[0].target.join(' ')}`));
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) faults.push(`${width}: goes sideways`);
    for (const control of await page.locator('main :is(input, [data-part] button, button[data-part])').all()) {
      if (!await control.isVisible()) continue;
      // a choice can be hit all over its label
      const { width: wide, height } = await control.evaluate((element) => (element.type === 'radio' ? element.closest('label') : element).getBoundingClientRect().toJSON());
      if (Math.min(wide, height) < 43.5) faults.push(`${width}: ${await control.evaluate((element) => element.className)} is ${wide} × ${height}`);
    }
    faults.push(...page.faults);
    await page.close();
  }
  none(faults, 'fault');
});

test('on paper a box shows its tick, and the tools are gone', async () => {
  const page = await visit(TOBACCO);
  await boxes(page).first().check();
  await count(page, '2026-09-18');
  await page.emulateMedia({ media: 'print' });
  const tick = (n) => boxes(page).nth(n).evaluate((box) => {
    const { width, height } = box.getBoundingClientRect();
    const { borderRightColor, width: wide } = getComputedStyle(box, '::after');
    return { seen: width > 5 && height > 5 && parseFloat(wide) > 1, colour: borderRightColor };
  });
  assert.deepEqual(await tick(0), { seen: true, colour: 'rgb(0, 0, 0)' });
  assert.deepEqual(await tick(1), { seen: true, colour: 'rgba(0, 0, 0, 0)' });
  for (const tool of await page.locator('[data-part="tools"], [data-errand]').all()) assert.ok(!await tool.isVisible());
  await quiet(page);
});

test('the script is small, and loaded where it is used', (t) => {
  const files = site.files.filter((file) => /^assets\/errand\.[0-9a-f]+\.js$/.test(file));
  assert.equal(files.length, 1);
  const size = gzipSync(site.read(files[0]), { level: 9 }).length;
  t.diagnostic(`${size} bytes compressed`);
  assert.ok(size <= MOST_SCRIPT, `${size} bytes`);
  const uses = (page) => /data-errand=|data-checklist=/.test(page.html);
  none(site.pages.filter((page) => uses(page) && !page.html.includes(files[0])).map((page) => page.path), 'page that needs the script and does not load it');
  const without = ['home', 'search', 'law', 'laws', 'items', 'department', 'topic', 'notice', 'page', 'places', 'error'];
  none(site.pages.filter((page) => without.includes(page.kind) && page.html.includes(files[0])).map((page) => page.path), 'page that loads the script for nothing');
});

test('in a case only its own promise is counted, and its ticks are those of the item', async () => {
  const result = site.pages.find((page) => page.path.startsWith('/items/animal-clinic-licence/case/') && page.html.includes('data-limit="3个工作日"'));
  const page = await visit(result.path);
  const rows = await count(page, '2026-11-23');
  assert.deepEqual(rows.map(([label, date]) => `${label} ${date}`), ['我们承诺 2026年11月26日（周四）', '法律规定 2026年12月21日（周一）']);
  const material = page.locator('[data-material]:not([data-sometimes])').first();
  await material.locator('input').check();
  assert.match(await progress(page), /^已备 1\//);
  const id = await material.getAttribute('data-material');
  await page.goto(server.url('/items/animal-clinic-licence/'));
  assert.ok(await page.locator(`[data-material="${id}"] input`).isChecked());
  await quiet(page);
});
