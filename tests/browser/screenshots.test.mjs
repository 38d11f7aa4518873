// Pictures of every kind of page, kept as build artefacts in tests/browser/out/.
import { after, before, test } from 'node:test';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, open } from './lib/browser.mjs';
import { serve } from './lib/server.mjs';
import { builtSite } from './lib/site.mjs';

const OUT = fileURLToPath(new URL('out/', import.meta.url));

const site = builtSite();
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); mkdirSync(OUT, { recursive: true }); });
after(async () => { await browser.close(); server.close(); });

for (const width of [390, 1280]) {
  test(`screenshots at ${width} px`, { timeout: 300_000 }, async () => {
    for (const { name, page: { path } } of site.samples()) {
      const page = await open(browser, server.url(path), { width, height: width === 390 ? 844 : 900 });
      await page.screenshot({ path: `${OUT}${name}-${width}.png`, fullPage: true });
      await page.close();
    }
  });
}

test('screenshots in elder mode and high contrast', async () => {
  for (const [setting, settings] of [['elder', { size: 'standard', contrast: 'standard', elder: true }], ['contrast', { size: 'large', contrast: 'high', elder: false }]]) {
    for (const name of ['home', 'item']) {
      for (const width of [390, 1280]) {
        const page = await open(browser, server.url(site.sample(name).path), { width, settings });
        await page.screenshot({ path: `${OUT}${name}-${setting}-${width}.png`, fullPage: true });
        await page.close();
      }
    }
  }
});
