// axe with the WCAG 2.2 AA rules on one page of each kind, narrow and wide, and in every reading setting.
import { after, before, test } from 'node:test';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { launch, open } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite } from './lib/site.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const SETTINGS = {
  elder: { size: 'standard', contrast: 'standard', elder: true },
  'high contrast': { size: 'standard', contrast: 'high', elder: false },
  'huge type': { size: 'huge', contrast: 'standard', elder: false },
  'elder, huge, high contrast': { size: 'huge', contrast: 'high', elder: true },
};

const site = builtSite();
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); });
after(async () => { await browser.close(); server.close(); });

async function violations(path, options) {
  const page = await open(browser, server.url(path), options);
  // everything folded is looked at as well
  await page.evaluate(() => document.querySelectorAll('main details').forEach((details) => { details.open = true; }));
  await page.evaluate(AXE);
  const result = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), TAGS);
  await page.close();
  return result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${path} at ${options.width}px: ${id}: ${node.target.join(' ')}\n      ${node.failureSummary.replace(/\n\s*/g, ' ')}`));
}

for (const { name, page } of site.samples()) {
  test(`axe finds nothing: ${name}`, async () => {
    const found = [];
    for (const width of [320, 1280]) found.push(...await violations(page.path, { width }));
    none(found, 'axe violation');
  });
}

for (const [name, settings] of Object.entries(SETTINGS)) {
  test(`axe finds nothing in the setting ${name}: home, item`, async () => {
    const found = [];
    for (const sample of ['home', 'item']) {
      for (const width of [320, 1280]) found.push(...await violations(site.sample(sample).path, { width, settings }));
    }
    none(found, 'axe violation');
  });
}

test('axe finds nothing with the menu of a narrow screen open', async () => {
  const page = await open(browser, server.url('/'), { width: 320 });
  await page.click('.mb-menu summary');
  await page.evaluate(AXE);
  const result = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), TAGS);
  await page.close();
  none(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0].target.join(' ')}`), 'axe violation');
});
