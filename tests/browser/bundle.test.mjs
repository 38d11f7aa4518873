// A bundle of items (一件事) and the figures of 效能公开: on a phone, in every reading setting, on paper.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, open } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite } from './lib/site.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const BLOCKS = ['一次告知', '一表申请', '一套材料', '一窗受理', '一网办理'];
const MOST_SHEETS = 5;

const site = builtSite();
const bundles = site.ofKind('bundle').map((page) => page.path);
const folder = mkdtempSync(join(tmpdir(), 'mingbai-bundle-'));
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); });
after(async () => { await browser.close(); server.close(); rmSync(folder, { recursive: true }); });

test('as many papers as the box counts can be ticked', () => {
  const faults = bundles.filter((path) => {
    const html = readFileSync(join(site.folder, path, 'index.html'), 'utf8');
    const told = Number((/人人要带(\d+)种/.exec(html) || [0, 0])[1]);
    const rows = html.match(/<[^>]* data-material=[^>]*>/g) || [];
    return told !== rows.filter((row) => !row.includes('data-sometimes')).length;
  });
  none(faults, 'bundle whose papers are counted in two ways');
});

test('the sample has the bundles everybody asks for', () => {
  const wanted = ['new-baby', 'open-restaurant', 'close-company', 'retirement', 'after-death', 'change-company', 'utilities', 'school-enrolment'];
  assert.deepEqual(wanted.filter((slug) => !bundles.includes(`/bundles/${slug}/`)), []);
});

for (const path of bundles) {
  test(`${path}: the five blocks, nothing sideways at 320 px, axe finds nothing`, async () => {
    const page = await open(browser, server.url(path), { width: 320 });
    assert.deepEqual(await page.locator('.mb-blocks__name').evaluateAll((names) => names.map((name) => name.firstChild.textContent)), BLOCKS);
    await page.evaluate(() => document.querySelectorAll('main details').forEach((details) => { details.open = true; }));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
    const small = await page.evaluate(() => [...document.querySelectorAll('main :is(a, summary)')]
      .filter((control) => control.checkVisibility() && control.getBoundingClientRect().height < 44 && !control.closest('p, dt'))
      .map((control) => `${control.textContent.trim()} ${control.getBoundingClientRect().height}`));
    none(small, 'control under 44 px');
    await page.evaluate(AXE);
    const result = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), TAGS);
    none([...page.faults, ...result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))], 'fault');
    await page.close();
  });
}

test('what only some need is folded, and opens by a click and by the keyboard', async () => {
  const page = await open(browser, server.url('/bundles/open-restaurant/'));
  const folded = page.locator('#materials details');
  assert.ok(await folded.count() >= 4);
  const summary = folded.first().locator('summary');
  await summary.click();
  assert.equal(await folded.first().evaluate((details) => details.open), true);
  await summary.press('Enter');
  assert.equal(await folded.first().evaluate((details) => details.open), false);
  await page.close();
});

test('and on paper it is all there', async (t) => {
  const page = await open(browser, server.url('/bundles/open-restaurant/'));
  const wanted = await page.evaluate(() => [...document.querySelectorAll('main :is(h2, h3, summary, th[scope="row"] > a, .mb-blocks p, #time li)')].map((one) => one.textContent.trim()).filter(Boolean));
  const file = join(folder, 'bundle.pdf');
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: false }));
  await page.close();
  const paper = bare(execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' }));
  const sheets = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))[1]);
  t.diagnostic(`${sheets} sheets`);
  none(wanted.map((text) => bare(text.replace('（外部网站）', ''))).filter((text) => !paper.includes(text)), 'text that is not on paper');
  assert.ok(sheets <= MOST_SHEETS, `${sheets} sheets of paper`);
});

test('every figure leads to as many items as it counts', async () => {
  const page = await open(browser, server.url('/openness/performance/'));
  const rows = await page.locator('.mb-figures tbody tr').evaluateAll((all) => all.map((row) => ({ url: row.querySelector('a').href, items: Number.parseInt(row.cells[1].textContent, 10) })));
  assert.ok(rows.length > 20);
  for (const { url, items } of rows) {
    await page.goto(url);
    assert.equal(Number(/\d+/.exec(await page.locator('.mb-title__total').textContent())[0]), items, url);
  }
  await page.close();
});

test('the columns of months are as high as their numbers, and the table says the same', async () => {
  const page = await open(browser, server.url('/openness/performance/'), { width: 320 });
  const drawn = await page.locator('.mb-columns__value').allTextContents();
  const told = await page.locator('#months tbody td').evaluateAll((cells) => cells.map((cell) => String(Number.parseInt(cell.textContent, 10))));
  assert.deepEqual(drawn, told.reverse());
  const heights = await page.locator('.mb-columns__bar').evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('height'))));
  assert.equal(heights.indexOf(Math.max(...heights)), drawn.indexOf(String(Math.max(...drawn.map(Number)))));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  await page.close();
});

/** Text without spaces, with look-alikes of PDF made the same. */
function bare(text) {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/g, '');
}
