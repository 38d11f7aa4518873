// `mingbai serve` as an editor sees it: what a saved file does to the page that is open in a browser.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch } from './lib/browser.mjs';
import { none } from './lib/report.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const program = process.env.MINGBAI;
const sample = join(import.meta.dirname, '../../content');
const ITEM = 'content/departments/scjgj/food-business-licence/item.yaml';
const PAGE = '/items/food-business-licence/';

/** A preview of a copy of the sample portal. */
class Preview {
  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'mingbai-preview-'));
    cpSync(sample, join(this.root, 'content'), { recursive: true });
    this.port = 0;
  }

  async start(...options) {
    running.add(this);
    this.child = spawn(program, ['serve', '--as-of', '2026-11-22', '--port', String(this.port), ...options], { cwd: this.root, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    for await (const part of this.child.stdout) {
      said += part;
      const found = said.match(/http:\/\/127\.0\.0\.1:(\d+)\//);
      if (found) {
        this.port = Number(found[1]);
        break;
      }
    }
    return this;
  }

  url(path) { return `http://127.0.0.1:${this.port}${path}`; }

  text(path) { return readFileSync(join(this.root, path), 'utf8'); }

  /** Saves in one step, as editors do. */
  save(path, text) {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(join(this.root, 'new'), text);
    renameSync(join(this.root, 'new'), file);
  }

  /** Saves a file with `from` replaced, which must be there. */
  change(path, from, to) {
    const text = this.text(path);
    assert.ok(text.includes(from), `${path} has no ${from}`);
    this.save(path, text.replace(from, to));
  }

  stop() {
    running.delete(this);
    return new Promise((resolve) => {
      this.child.once('exit', resolve);
      this.child.kill('SIGINT');
    });
  }

  async end() {
    await this.stop();
    rmSync(this.root, { recursive: true });
  }
}

/** Previews that a failed test left: the test would wait for them without end. */
const running = new Set();

let browser;
before(async () => {
  assert.ok(program, 'MINGBAI names the program');
  browser = await launch();
});
after(async () => {
  for (const preview of running) preview.child.kill('SIGKILL');
  await browser?.close();
});

async function open(preview, path, options) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.loads = 0;
  page.faults = [];
  page.on('load', () => { page.loads += 1; });
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => { if (message.text().includes('Content Security Policy')) page.faults.push(message.text()); });
  await page.goto(preview.url(path));
  await page.locator('#mingbai-preview').waitFor({ state: 'attached' });
  // The stream is open once the findings were fetched.
  await page.locator('#mingbai-preview[data-shown] .ribbon, .mingbai-stand-in').first().waitFor();
  return page;
}

test('an error is a panel over the last good page; Esc closes it; it goes by itself', async () => {
  const preview = await new Preview().start();
  const page = await open(preview, PAGE);
  const good = preview.text(ITEM);
  const name = await page.locator('h1').innerText();
  preview.save(ITEM, good.replace('\n收费:', '\n收废:'));
  const panel = page.locator('#mingbai-preview .panel');
  await panel.waitFor();
  const line = good.split('\n').findIndex((text) => text.startsWith('收费:')) + 1;
  assert.match(await panel.locator('.place').first().innerText(), new RegExp(`^${ITEM}:${line}:1`));
  assert.equal(await panel.locator('.finding').first().locator('.source').first().locator('.row').count(), 3, 'three source lines');
  assert.match(await panel.locator('.advice').first().innerText(), /收费/);
  assert.equal(await page.locator('h1').innerText(), name, 'the last good page stays');
  assert.match(await panel.locator('a.editor').first().getAttribute('href'), new RegExp(`^vscode://file/.*item\\.yaml:${line}:1$`));
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  assert.equal(await page.locator('button.ribbon').isVisible(), true, 'it can be opened again');
  await page.locator('button.ribbon').click();
  await panel.waitFor();
  preview.save(ITEM, good.replace('\n通俗名: ', '\n通俗名: 新'));
  await page.waitForFunction(() => document.title.includes('新') && document.querySelector('#mingbai-preview[data-shown].is-closed'));
  assert.deepEqual(page.faults, []);
  await page.context().close();
  await preview.end();
});

test('a broken start recovers to the page that was asked for', async () => {
  const preview = new Preview();
  const good = preview.text('content/site.yaml');
  preview.save('content/site.yaml', good.replace('\n名称:', '\n名称：'));
  await preview.start();
  const page = await open(preview, PAGE);
  assert.equal(await page.locator('body.mingbai-stand-in').count(), 1);
  await page.locator('#mingbai-preview .panel').waitFor();
  preview.save('content/site.yaml', good);
  await page.locator('#materials').waitFor();
  assert.equal(new URL(page.url()).pathname, PAGE);
  await page.context().close();
  await preview.end();
});

test('another style sheet comes without a reload', async () => {
  const preview = new Preview();
  const css = 'themes/default/assets/css/99-own.css';
  preview.save(css, 'h1 { outline: 1px solid rgb(1, 2, 3) }\n');
  await preview.start();
  const page = await open(preview, PAGE);
  await page.evaluate(() => { window.kept = true; });
  preview.save(css, 'h1 { outline: 1px solid rgb(4, 5, 6) }\n');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).outlineColor === 'rgb(4, 5, 6)');
  assert.equal(await page.evaluate(() => window.kept), true, 'the page is the same');
  assert.equal(page.loads, 1);
  assert.equal(await page.locator('link[rel=stylesheet][href*="/assets/theme."]').count(), 1, 'the old sheet is gone');
  assert.deepEqual(page.faults, []);
  await page.context().close();
  await preview.end();
});

test('a reload keeps the place: scroll, what is folded out, the focused field and its text', async () => {
  const preview = await new Preview().start();
  const page = await open(preview, PAGE);
  const folds = page.locator('main details');
  const last = (await folds.count()) - 1;
  const was = await folds.nth(last).evaluate((fold) => { fold.open = !fold.open; return fold.open; });
  const field = page.locator('header input[type=search], header input[name=q]').first();
  await field.fill('身份证');
  await field.evaluate((input) => input.focus({ preventScroll: true }));
  await page.evaluate(() => scrollTo({ top: 1500, behavior: 'instant' }));
  const top = await page.evaluate(() => scrollY);
  assert.ok(top > 1000);
  preview.change(ITEM, '\n通俗名: ', '\n通俗名: 新');
  await page.waitForFunction(() => document.title.includes('新') && document.querySelector('#mingbai-preview[data-shown]'));
  assert.equal(page.loads, 2);
  assert.ok(Math.abs((await page.evaluate(() => scrollY)) - top) < 120, 'about the same place');
  assert.equal(await folds.nth(last).evaluate((fold) => fold.open), was);
  assert.equal(await field.inputValue(), '身份证');
  assert.equal(await field.evaluate((input) => input === document.activeElement), true);
  assert.deepEqual(page.faults, []);
  await page.context().close();
  await preview.end();
});

test('--follow goes to the page that was saved', async () => {
  const preview = await new Preview().start('--follow');
  const page = await open(preview, '/departments/');
  preview.change(ITEM, '\n通俗名: ', '\n通俗名: 新');
  await page.waitForURL(preview.url(PAGE));
  assert.match(await page.title(), /新/);
  await page.context().close();
  await preview.end();
});

test('the browser comes back after a restart, at the same address', async () => {
  const preview = await new Preview().start();
  const page = await open(preview, PAGE);
  await preview.stop();
  preview.change(ITEM, '\n通俗名: ', '\n通俗名: 新');
  await preview.start();
  await page.waitForFunction(() => document.title.includes('新'));
  await page.context().close();
  await preview.end();
});

test('each part shows where it is written', async () => {
  const preview = await new Preview().start();
  const page = await open(preview, PAGE);
  await page.keyboard.press('s');
  const mark = page.locator('#materials a.mingbai-source').first();
  await mark.waitFor();
  const line = preview.text(ITEM).split('\n').findIndex((text) => text.startsWith('申请材料:')) + 1;
  assert.equal(await mark.innerText(), `${ITEM}:${line}`);
  assert.match(await mark.getAttribute('href'), new RegExp(`^vscode://file/.*item\\.yaml:${line}:1$`));
  await page.getByRole('button', { name: '显示出处' }).click();
  await mark.waitFor({ state: 'detached' });
  assert.deepEqual(page.faults, []);
  await page.context().close();
  await preview.end();
});

test('it is marked as a preview, and nothing but HTML has the client', async () => {
  const preview = await new Preview().start();
  const page = await open(preview, '/');
  assert.match(await page.locator('#mingbai-preview .ribbon').innerText(), /^预览/);
  assert.equal(await page.locator('meta[name=robots][content=noindex]').count(), 1);
  const links = await page.locator('main a[href], header a[href], footer a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  assert.deepEqual(links.filter((href) => /^(https?:)?\/\/(127\.0\.0\.1|localhost)/.test(href)), [], 'links go to the host that was asked');
  for (const path of ['/sitemap.xml', '/robots.txt', '/feed.xml', `${PAGE}feed.xml`]) {
    assert.equal((await (await fetch(preview.url(path))).text()).includes('__mingbai'), false, path);
  }
  const missing = await fetch(preview.url('/none/'));
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /__mingbai\/client\.js/);
  await page.context().close();
  await preview.end();
});

test('the day that is looked at can be changed in the page', async () => {
  const preview = await new Preview().start();
  for (const width of [390, 1280]) {
    const page = await open(preview, '/', { viewport: { width, height: 800 } });
    const day = page.getByLabel('看哪天');
    assert.equal(await day.inputValue(), '2026-11-22');
    const boxes = await page.locator('#mingbai-preview > :visible').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right, top, bottom }) => ({ left, right, top, bottom })));
    for (const [n, a] of boxes.entries()) for (const b of boxes.slice(n + 1)) {
      assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top, `nothing of the preview covers another part at ${width}`);
    }
    const notice = page.locator('main a[href*="/notices/2026-11-01-heating-season/"]');
    assert.ok(await notice.count(), 'it is the heating season');
    await day.fill('2027-04-01');
    await page.waitForFunction(() => document.querySelector('#mingbai-preview .day input')?.value === '2027-04-01' && !document.querySelector('main a[href*="heating-season"]'));
    await page.getByLabel('看哪天').fill('2026-11-22');
    await page.waitForFunction(() => document.querySelector('main a[href*="heating-season"]') && document.querySelector('#mingbai-preview[data-shown]'));
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
  await preview.end();
});

test('--review: the bar of a changed page, n p d, and ticks that hold until the card says something else', async () => {
  const preview = new Preview();
  const git = (...args) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd: preview.root });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'x');
  const law = 'content/laws/an-quan-sheng-chan-fa.yaml';
  preview.change(ITEM, '\n通俗名: ', '\n通俗名: 新');
  preview.change(law, '\n简称: ', '\n简称: 新');
  await preview.start('--review', 'HEAD');
  const page = await open(preview, '/about/');
  // Without a change there is no bar, but the keys lead on.
  await page.locator('body[data-mingbai-review]').waitFor();
  assert.equal(await page.locator('#mingbai-review').count(), 0);
  await page.keyboard.press('n');
  const bar = page.locator('#mingbai-review');
  await bar.waitFor();
  const first = new URL(page.url()).pathname;
  // What differs is marked on the page itself, by elements and by words; d puts the marks away.
  const mark = page.locator('main ins.mingbai-mark').first();
  await mark.waitFor();
  assert.equal(await page.locator('main h1 ins').innerText(), '[新增]新');
  await page.keyboard.press('d');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('main ins .mingbai-word')).display === 'none');
  await page.keyboard.press('d');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('main ins .mingbai-word')).display !== 'none');
  await bar.locator('.toggler').click();
  await bar.locator('ins').first().waitFor();
  assert.match(await bar.locator('ins').first().innerText(), /^\[新增\]新$/);
  assert.equal(await bar.locator('.toggler').getAttribute('aria-expanded'), 'true');
  await page.screenshot({ path: process.env.MINGBAI_SHOT ?? join(preview.root, 'bar.png') });
  await page.keyboard.press('n');
  await page.waitForURL((url) => url.pathname !== first);
  await bar.locator('ins').first().waitFor();
  await page.keyboard.press('p');
  await page.waitForURL(preview.url(first));
  await bar.locator('ins').first().waitFor();
  await bar.locator('.toggler').click();
  await bar.locator('ins').first().waitFor({ state: 'hidden' });
  // In a field the keys are letters.
  const field = page.locator('header input[type=search], header input[name=q]').first();
  await field.focus();
  await page.keyboard.type('npd');
  assert.equal(await field.inputValue(), 'npd');
  await page.locator('#mingbai-review .toggler').click();
  await bar.locator('.card a').first().click();
  await page.waitForURL(/__review\/#/);
  const ticks = page.locator('article input[type=checkbox]');
  await ticks.nth(0).check();
  await ticks.nth(1).check();
  await page.waitForFunction(() => document.querySelector('#mingbai-preview[data-shown]'));
  preview.change(law, '\n简称: 新', '\n简称: 更新');
  await page.waitForFunction(() => document.body.innerText.includes('更新') && document.querySelector('#mingbai-preview[data-shown]'));
  assert.match(await page.locator('#done').innerText(), /^1 \/ 2$/, 'the card that changed again is to be looked at again');
  const target = await page.locator('article a').first().getAttribute('href');
  await page.goto(preview.url(target));
  await bar.waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
  await preview.end();
});

/** A preview of a copy of the sample portal beside what it was before `change`. */
async function reviewed(change) {
  const preview = new Preview();
  const git = (...args) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd: preview.root });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'x');
  change(preview);
  return preview.start('--review', 'HEAD');
}

const DEPARTMENT = 'content/departments/scjgj/department.yaml';
/** An item that asks: its page turns the answers into buttons and writes the promised time again. */
const ASKS = 'content/departments/gaj/passport-application/item.yaml';

/** The marks of a page: `ins [新增]…` and `del [删除]…`. */
const marksOf = (page) => page.locator('main .mingbai-mark').evaluateAll((all) => all.map((mark) => `${mark.localName} ${mark.textContent}`));

test('--review: each kind of page marks its changed parts where it shows them', async () => {
  const preview = await reviewed((one) => {
    one.change(DEPARTMENT, '0600-8801001', '0600-8801010');
    one.change(DEPARTMENT, /    - 大厅设“开店参谋”岗.*\n/.exec(one.text(DEPARTMENT))[0], '');
    one.change('content/places/main-hall.yaml', '\n地址: ', '\n地址: 新');
    one.change('content/materials/id-card.yaml', '换领20元', '换领10元');
    one.change('content/notices/2026-11-01-heating-season.md', '| 管道漏水 | 先关入户总阀，打 0600-8813200 | 市区1小时内到 |\n', '');
    // The five parts of an errand stand above what concerns only one of its items.
    one.change('content/bundles/new-baby/bundle.yaml', '出生90天内参保', '出生60天内参保');
    one.change(ASKS, '答案: { home: 在国内, abroad:', '答案: { home: 在境内, abroad:');
    one.change(ASKS, '\n  承诺: 7个自然日', '\n  承诺: 6个自然日');
    one.change('content/pages/help/how-to-use.md', '\n## ', '\n新的一段话。\n\n## ');
    one.change('content/topics.yaml', '生育登记、出生证明', '生育登记，出生证明');
  });
  const topic = '/topics/person/birth-adoption/';
  const expected = {
    '/departments/scjgj/': ['del [删除]0600-8801001', 'ins [新增]0600-8801010', 'ins [新增]新', 'del [删除]大厅设“开店参谋”岗，工作日可以带着店铺平面图来问，先看图后装修'],
    '/places/main-hall/': ['ins [新增]新'],
    '/materials/id-card/': ['del [删除]20', 'ins [新增]10'],
    '/notices/2026-11-01-heating-season/': ['del [删除]管道漏水', 'del [删除]先关入户总阀，打 0600-8813200', 'del [删除]市区1小时内到'],
    '/bundles/new-baby/': ['ins [新增]新', 'del [删除]90', 'ins [新增]60'],
    '/help/how-to-use/': ['ins [新增]新的一段话。'],
    [topic]: ['del [删除]、', 'ins [新增]，'],
    // It shows the place of its department: what follows is marked as well.
    '/items/food-business-licence/': ['ins [新增]新'],
    '/items/passport-application/': [
      'del [删除]7', 'ins [新增]6', 'del [删除]在国内', 'ins [新增]在境内',
      ...Array.from({ length: 4 }, () => ['del [删除]7', 'ins [新增]6']).flat(),
    ],
    '/about/privacy/': [],
  };
  const page = await open(preview, '/');
  for (const [path, marks] of Object.entries(expected)) {
    await page.goto(preview.url(path));
    if (marks.length) await page.locator('#mingbai-review').waitFor();
    else await page.locator('body[data-mingbai-review]').waitFor();
    assert.deepEqual(await marksOf(page), marks, path);
  }
  await page.goto(preview.url('/notices/2026-11-01-heating-season/'));
  await page.locator('tr.mingbai-gone').waitFor();
  assert.equal(await page.locator('tr.mingbai-gone').evaluate((row) => row.previousElementSibling.cells[0].textContent), '家里不热', 'a row that is gone stands where it was');
  assert.deepEqual(page.faults, []);
  await page.context().close();
  await preview.end();
});

test('--review: old and new side by side, at three looks, scrolling together, marked', async () => {
  const preview = await reviewed((one) => {
    one.change(DEPARTMENT, '0600-8801001', '0600-8801010');
    one.change('content/places/main-hall.yaml', '\n地址: ', '\n地址: 新');
  });
  const page = await open(preview, '/__review/compare/departments/scjgj/');
  const problems = [];
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  const frames = { old: page.frameLocator('#old'), new: page.frameLocator('#new') };
  await page.locator('body[data-ready]').waitFor();
  assert.equal(await frames.old.locator('del.mingbai-mark').first().innerText(), '[删除]0600-8801001');
  assert.equal(await frames.new.locator('ins.mingbai-mark').first().innerText(), '[新增]0600-8801010');
  assert.equal(await frames.old.locator('ins.mingbai-mark').count(), 0);
  await page.evaluate(AXE);
  const result = await page.evaluate(() => window.axe.run(document, { iframes: false, runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } }));
  none(result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`)), 'axe violation');
  const width = (side) => frames[side].locator('html').evaluate((root) => root.ownerDocument.defaultView.innerWidth);
  for (const [look, wide] of [['phone', 390], ['desktop', 1280], ['print', 718]]) {
    await page.locator(`[data-look=${look}]`).click();
    assert.deepEqual([await width('old'), await width('new')], [wide, wide], look);
    assert.equal(await frames.new.locator('nav.mb-nav').isVisible(), look === 'desktop', `${look}: the menu`);
  }
  await page.locator('[data-look=phone]').click();
  await frames.old.locator('#promise').evaluate((part) => part.scrollIntoView());
  const top = (side) => frames[side].locator('#promise').evaluate((part) => part.getBoundingClientRect().top);
  await page.waitForFunction(() => Math.abs(document.getElementById('new').contentDocument.getElementById('promise').getBoundingClientRect().top) < 40);
  assert.ok(Math.abs((await top('old')) - (await top('new'))) < 5, 'the same part is beside it');
  await page.keyboard.press('d');
  assert.equal(await frames.new.locator('ins .mingbai-word').first().isVisible(), false);
  await page.locator('#next').waitFor();
  await page.keyboard.press('n');
  await page.waitForURL(/__review\/compare\/places\/main-hall\//);
  await page.locator('#previous').waitFor();
  await page.keyboard.press('p');
  await page.waitForURL(/__review\/compare\/departments\/scjgj\//);
  await page.locator('body[data-ready]').waitFor();
  preview.change(DEPARTMENT, '0600-8801010', '0600-8801234');
  await page.waitForFunction(() => document.getElementById('new')?.contentDocument?.body?.textContent.includes('0600-8801234'));
  assert.deepEqual([problems, page.faults], [[], []]);
  await page.context().close();
  await preview.end();
});

test('--review: the list follows style sheets, and its console is clean', async () => {
  const css = 'themes/default/assets/css/99-own.css';
  const preview = await reviewed((one) => one.change(DEPARTMENT, '0600-8801001', '0600-8801010'));
  const context = await browser.newContext();
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) problems.push(message.text()); });
  page.on('response', (response) => { if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`); });
  await page.goto(preview.url('/__review/'));
  await page.locator('#mingbai-preview[data-shown] .ribbon').waitFor();
  assert.equal(await page.locator('article').count(), 1);
  preview.save(css, 'h1 { outline: 1px solid rgb(1, 2, 3) }\n');
  await page.waitForFunction((name) => document.body.innerText.includes(name), css);
  await page.locator('#mingbai-preview[data-shown] .ribbon').waitFor();
  preview.save(css, 'h1 { outline: 1px solid rgb(1, 2, 3); margin: 0 0 0 0; padding: 0 0 0 0; border: 0 solid red; color: rgb(3, 4, 5); background: rgb(250, 250, 250) }\n');
  await page.waitForFunction((name) => [...document.querySelectorAll('tr')].some((row) => row.innerText.includes(name) && /1[0-9]{2} B/.test(row.innerText)), css);
  assert.deepEqual(problems, []);
  await context.close();
  await preview.end();
});
