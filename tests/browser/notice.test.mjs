// The 一次性告知书 on paper: one sheet, everything on it, a code that leads to the page; and the booklet of a department.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { launch, open } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite, builtSubSite } from './lib/site.mjs';

/** The share of all sheets that must fit one side of A4; the rest, with many situations on one sheet, may take two. */
const LEAST_ON_ONE = 0.8;
const MOST_SHEETS = 2;
/** No type on paper is smaller, in points. */
const SMALLEST_TYPE = 9;
const PICTURED = ['food-business-licence', 'birth-service-registration'];
const OUT = fileURLToPath(new URL('out/', import.meta.url));

const site = builtSite();
const notices = site.ofKind('item_notice');
const folder = mkdtempSync(join(tmpdir(), 'mingbai-notice-'));
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); mkdirSync(OUT, { recursive: true }); });
after(async () => { await browser.close(); server.close(); rmSync(folder, { recursive: true }); });

test('sheets of items: one side of A4 for most, two for none but the longest, with every fact', { timeout: 300_000 }, async (t) => {
  const ofItems = notices.filter(({ path }) => /^\/items\/[^/]+\/notice\/$/.test(path));
  assert.ok(ofItems.length >= 90, `only ${ofItems.length} items have a sheet`);
  const faults = [];
  const long = [];
  const page = await open(browser, server.url(ofItems[0].path));
  for (const { path } of ofItems) {
    await page.goto(server.url(path), { waitUntil: 'load' });
    const wanted = await page.evaluate(facts);
    for (const part of ['materials', 'fee', 'limits', 'phones', 'signed']) if (wanted[part].length === 0) faults.push(`${path}: nothing found for ${part}`);
    const { sheets, text } = await print(page, path);
    const all = Object.values(wanted).flat();
    faults.push(...all.filter((fact) => !text.includes(bare(fact))).map((fact) => `${path}: “${fact}” is not on paper`));
    if (sheets > MOST_SHEETS) faults.push(`${path}: ${sheets} sheets`);
    if (sheets > 1) long.push(path);
  }
  await page.close();
  const share = 1 - long.length / ofItems.length;
  t.diagnostic(`${ofItems.length} sheets, ${(share * 100).toFixed(0)} % on one side; two sides: ${long.join(' ')}`);
  none(faults, 'fault of a sheet on paper');
  assert.ok(share >= LEAST_ON_ONE, `only ${(share * 100).toFixed(0)} % of the sheets fit one side`);
});

for (const slug of PICTURED) {
  test(`the code on paper leads to the page, and the type is large enough: ${slug}`, async () => {
    const path = `/items/${slug}/notice/`;
    const page = await open(browser, server.url(path));
    await print(page, path);
    assert.equal(scan(path), canonical(`/items/${slug}/`));
    await page.emulateMedia({ media: 'print' });
    const smallest = await page.evaluate(smallestType);
    await page.close();
    assert.ok(smallest * 0.75 >= SMALLEST_TYPE - 0.01, `type of ${smallest * 0.75} pt`);
    execFileSync('pdftoppm', ['-png', '-r', '90', file(path), join(OUT, `notice-${slug}`)]);
  });
}

test('the page of an item shows its code on paper only', async () => {
  const path = `/items/${PICTURED[0]}/`;
  const page = await open(browser, server.url(path));
  assert.equal(await page.locator('.mb-qr').first().isVisible(), false);
  await print(page, path);
  assert.equal(scan(path), canonical(path));
  const name = await page.locator('.mb-qr').first().getAttribute('aria-label');
  assert.ok(name.endsWith(canonical(path)), name);
  await page.close();
});

test('below a sub-path the code carries it', async () => {
  const below = builtSubSite();
  const subServer = await serve(below.folder, '/zwfw/');
  const path = `/items/${PICTURED[0]}/notice/`;
  const page = await open(browser, subServer.url(path));
  await print(page, `sub${path}`);
  await page.close();
  subServer.close();
  assert.equal(scan(`sub${path}`), `https://host.example/zwfw/items/${PICTURED[0]}/`);
});

test('a phone shows the sheet as a page to read, and the item leads to it', async () => {
  const page = await open(browser, server.url(`/items/${PICTURED[0]}/`), { width: 390 });
  await page.getByRole('link', { name: '打印一次性告知书', exact: true }).click();
  await page.waitForURL(`**/items/${PICTURED[0]}/notice/`);
  assert.ok(await page.getByRole('button', { name: '打印' }).isVisible());
  assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /^《.+一次性告知书》$/);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.screenshot({ path: join(OUT, 'notice-390.png'), fullPage: true });
  await page.close();
});

test('a booklet has a cover with its contents, then each sheet begins a side of its own', async (t) => {
  const booklets = site.ofKind('booklet');
  assert.ok(booklets.length >= 10, `${booklets.length} volumes`);
  const { path } = booklets.reduce((best, one) => (one.html.length > best.html.length ? one : best));
  const page = await open(browser, server.url(path));
  const titles = await page.locator('.mb-sheet__title').allInnerTexts();
  assert.equal(await page.locator('.mb-cover__list a').count(), titles.length);
  await print(page, path);
  await page.close();
  const sides = execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file(path), '-'], { encoding: 'utf8' }).split('\f').map(bare);
  t.diagnostic(`${path}: ${titles.length} sheets on ${sides.length - 1} sides`);
  assert.ok(!titles.some((title) => sides[0].includes(bare(title))), 'a sheet begins on the cover');
  none(titles.filter((title) => sides.filter((side) => side.includes(bare(title))).length !== 1), 'sheet that does not begin one side');
  none(sides.filter((side) => titles.filter((title) => side.includes(bare(title))).length > 1), 'side with two sheets');
});

test('every item with a sheet is in the booklet of its department', () => {
  const listed = new Set(site.ofKind('booklet').flatMap(({ html }) => [...html.matchAll(/<article class="mb-sheet" id="sheet-([^"]+)"/g)].map(([, slug]) => slug)));
  const slugs = notices.map(({ path }) => /^\/items\/([^/]+)\/notice\/$/.exec(path)?.[1]).filter(Boolean);
  none(slugs.filter((slug) => !listed.has(slug)), 'item missing from the booklets');
  assert.equal(listed.size, slugs.length);
});

function file(path) {
  return join(folder, `${path.replaceAll('/', '_')}.pdf`);
}

function canonical(path) {
  return /<link rel="canonical" href="([^"]+)"/.exec(site.page(path).html)[1];
}

/** Prints the page of `path` and reads it back: how many sides, and the text without spaces. */
async function print(page, path) {
  writeFileSync(file(path), await page.pdf({ preferCSSPageSize: true, printBackground: false }));
  const sheets = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file(path)], { encoding: 'utf8' }))[1]);
  return { sheets, text: bare(execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file(path), '-'], { encoding: 'utf8' })) };
}

/** What a phone reads when it is held over the first side of a printed page. */
function scan(path) {
  execFileSync('pdftoppm', ['-png', '-r', '150', '-f', '1', '-l', '1', '-singlefile', file(path), join(folder, 'scan')]);
  const { data, width, height } = PNG.sync.read(readFileSync(join(folder, 'scan.png')));
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

/** Text without spaces, and with the characters that Chromium writes into PDF as their look-alikes made the same. */
function bare(text) {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/g, '');
}

/** Runs in the page: what nobody may be sent away without. */
function facts() {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent.trim()).filter(Boolean);
  const of = (heading) => [...document.querySelectorAll('.mb-sheet__part')].filter((part) => part.querySelector('.mb-sheet__heading').textContent.includes(heading));
  const inside = (heading, selector) => of(heading).flatMap((part) => [...part.querySelectorAll(selector)].map((element) => element.textContent.trim()).filter(Boolean));
  return {
    titles: texts('h1'),
    materials: [...texts('.mb-sheet__table th[scope="row"]'), ...texts('.mb-sheet__exempt b'), ...inside('要带什么', '.mb-sheet__text > p')],
    cells: [...document.querySelectorAll('.mb-sheet__table td')].flatMap((cell) => [...cell.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).filter(Boolean)),
    limits: inside('几天办好', 'p'),
    fee: inside('收费吗', 'p'),
    places: inside('去哪办', 'p'),
    results: inside('结果怎么拿', 'p'),
    phones: inside('咨询', '.mb-phone__number'),
    signed: texts('.mb-sheet__sign dt'),
    foot: texts('.mb-sheet__foot p'),
  };
}

/** Runs in the page: the size of the smallest type of the sheet, in px. */
function smallestType() {
  const walker = document.createTreeWalker(document.querySelector('.mb-sheet'), NodeFilter.SHOW_TEXT);
  let smallest = Infinity;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && element.checkVisibility({ visibilityProperty: true }) && !element.closest('.mb-hidden')) smallest = Math.min(smallest, parseFloat(getComputedStyle(element).fontSize));
  }
  return smallest;
}
