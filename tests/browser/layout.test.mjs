// Small screens and large type: nothing scrolls sideways, nothing is too small to read or to hit.
import { after, before, test } from 'node:test';
import { launch, open } from './lib/browser.mjs';
import { none } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { builtSite } from './lib/site.mjs';

const SMALLEST_TEXT = 16;
const SMALLEST_TARGET = 44;

const site = builtSite();
let browser;
let server;
before(async () => { [browser, server] = await Promise.all([launch(), serve(site.folder)]); });
after(async () => { await browser.close(); server.close(); });

for (const { name, page: { path } } of site.samples()) {
  test(`fits 320 px, the same as 1280 px at 400 %: ${name}`, async () => {
    const page = await open(browser, server.url(path), { width: 320 });
    const found = [...await page.evaluate(sideways), ...await page.evaluate(smallText, SMALLEST_TEXT), ...await page.evaluate(smallTargets, SMALLEST_TARGET)];
    await page.close();
    none(found, `fault of ${path} at 320 px`);
  });
}

test('fits 1280 px: every kind', async () => {
  const found = [];
  for (const { page: { path } } of site.samples()) {
    const page = await open(browser, server.url(path));
    found.push(...(await page.evaluate(sideways)).map((fault) => `${path}: ${fault}`), ...(await page.evaluate(smallText, SMALLEST_TEXT)).map((fault) => `${path}: ${fault}`));
    await page.close();
  }
  none(found, 'fault at 1280 px');
});

test('the largest type fits the narrowest screen: home, item, search, catalogue', async () => {
  const found = [];
  for (const name of ['home', 'item', 'search', 'catalogue']) {
    for (const settings of [{ size: 'huge', contrast: 'standard', elder: false }, { size: 'huge', contrast: 'high', elder: true }]) {
      const { path } = site.sample(name);
      const page = await open(browser, server.url(path), { width: 320, settings });
      found.push(...(await page.evaluate(sideways)).map((fault) => `${path}, ${JSON.stringify(settings)}: ${fault}`));
      await page.close();
    }
  }
  none(found, 'fault with the largest type');
});

test('spacing as WCAG 1.4.12 allows it hides nothing: home, item', async () => {
  const found = [];
  for (const name of ['home', 'item']) {
    const { path } = site.sample(name);
    const page = await open(browser, server.url(path), { width: 320, bypassCSP: true });
    await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }' });
    found.push(...(await page.evaluate(sideways)).map((fault) => `${path}: ${fault}`));
    await page.close();
  }
  none(found, 'fault with wide spacing');
});

// The functions below run in the page.

function sideways() {
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over <= 0) return [];
  const wide = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1).slice(0, 3);
  return [`scrolls sideways by ${over} px: ${wide.map((element) => `${element.tagName.toLowerCase()}.${element.className}`).join(', ')}`];
}

function smallText(smallest) {
  const small = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({ visibilityProperty: true })) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < smallest) small.set(`${element.tagName.toLowerCase()}.${element.className}`, `“${text.slice(0, 20)}” has ${size} px`);
  }
  return [...small].map(([element, fault]) => `${element}: ${fault}`);
}

function smallTargets(smallest) {
  const small = new Map();
  for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    // a choice can be hit all over its label
    const box = (element.closest('label') ?? element).getBoundingClientRect();
    const control = element.tagName !== 'A';
    if (!control && withinText(element)) continue;
    // a link's name may be short, but never its height; 0.5 px is rounding
    if (box.height >= smallest - 0.5 && (!control || box.width >= smallest - 0.5)) continue;
    const name = `${element.tagName.toLowerCase()}.${element.className} in ${element.parentElement.tagName.toLowerCase()}.${element.parentElement.className}`;
    small.set(name, `“${element.textContent.trim().slice(0, 20)}” is ${Math.round(box.width)} × ${Math.round(box.height)} px`);
  }
  return [...small].map(([element, fault]) => `${element}: ${fault}`);

  /** A link in a sentence is as high as its line, as WCAG 2.5.8 allows. */
  function withinText(link) {
    if (link.matches('.mb-skip')) return true;
    if (getComputedStyle(link).display !== 'inline') return false;
    return [...link.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}]/u.test(node.data));
  }
}
