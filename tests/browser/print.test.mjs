// An item on paper: everything is there, also what is folded on the screen; the frame of the site is not.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, open } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite } from './lib/site.mjs';

const MOST_SHEETS = 4;
const LEAST_SHARE = 0.95;
const ITEMS = ['food-business-licence', 'birth-service-registration', 'marriage-registration', 'fund-withdrawal-rent', 'tobacco-retail-licence'];
const OUT = fileURLToPath(new URL('out/', import.meta.url));

const site = builtSite();
const folder = mkdtempSync(join(tmpdir(), 'mingbai-print-'));
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); mkdirSync(OUT, { recursive: true }); });
after(async () => { await browser.close(); server.close(); rmSync(folder, { recursive: true }); });

for (const slug of ITEMS) {
  test(`on paper: ${slug}`, async (t) => {
    const page = await open(browser, server.url(`/items/${slug}/`));
    const wanted = await page.evaluate(texts);
    const file = join(folder, `${slug}.pdf`);
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: false }));
    await page.close();

    const paper = bare(execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' }));
    const sheets = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))[1]);
    const missing = wanted.filter((text) => !paper.includes(bare(text)));
    const share = 1 - length(missing) / length(wanted);
    t.diagnostic(`${slug}: ${sheets} sheets, ${(share * 100).toFixed(1)} % of ${length(wanted)} characters`);
    assert.ok(share >= LEAST_SHARE, `only ${(share * 100).toFixed(1)} % of the text is on paper; missing: ${missing.slice(0, 20).join(' | ')}`);
    none(['长辈模式', '个人办事企业办事', '跳到正文', '打印这一页', '网站地图', '无障碍说明', '公网安备'].filter((text) => paper.includes(text)), 'text of the frame on paper');
    assert.ok(sheets <= MOST_SHEETS, `${sheets} sheets of paper`);
  });
}

test('a quotation that is folded on the screen is on paper, and folded again afterwards', async () => {
  const page = await open(browser, server.url(`/items/${ITEMS[0]}/`));
  const folded = page.locator('main details').first();
  const quotation = bare(await folded.evaluate((details) => details.lastElementChild.textContent));
  const file = join(folder, 'folded.pdf');
  writeFileSync(file, await page.pdf());
  assert.ok(bare(execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' })).includes(quotation.slice(0, 40)));
  assert.equal(await folded.evaluate((details) => details.open), false);
  await page.close();
});

test('paper looks the same in elder mode and high contrast', async () => {
  const sheets = [];
  for (const settings of [undefined, { size: 'huge', contrast: 'high', elder: true }]) {
    const page = await open(browser, server.url(`/items/${ITEMS[0]}/`), { settings });
    const file = join(folder, 'settings.pdf');
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
    sheets.push(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))[1]);
    await page.close();
  }
  assert.equal(sheets[0], sheets[1]);
});

test('pictures of the sheets are kept', () => {
  execFileSync('pdftoppm', ['-png', '-r', '90', join(folder, `${ITEMS[0]}.pdf`), join(OUT, 'print-item')]);
});

/** Text without spaces, and with the characters that Chromium writes into PDF as their look-alikes made the same. */
function bare(text) {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/g, '');
}

function length(list) {
  return list.reduce((sum, text) => sum + bare(text).length, 0);
}

/** Runs in the page: every text of the item, folded or not, but for controls, the table of contents and links to other items. */
function texts() {
  const left = 'nav, button, .mb-actions, .mb-toc, .mb-related, .mb-hidden, .mb-details > summary, [aria-hidden="true"], script';
  const walker = document.createTreeWalker(document.querySelector('main article'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    if (text && !walker.currentNode.parentElement.closest(left)) found.push(text);
  }
  return found;
}
