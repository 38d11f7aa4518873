// The page that `mingbai review --html` writes: it needs nothing else, and can be read on a phone, a desktop, in the dark and on paper.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch } from './lib/browser.mjs';
import { none } from './lib/report.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const ITEM = 'content/departments/scjgj/food-business-licence/item.yaml';

const root = mkdtempSync(join(tmpdir(), 'mingbai-review-'));
const file = join(root, 'review.html');
let browser;

function change(path, from, to) {
  const text = readFileSync(join(root, path), 'utf8');
  assert.ok(text.includes(from), `${path} has no ${from}`);
  writeFileSync(join(root, path), text.replace(from, to));
}

before(async () => {
  assert.ok(process.env.MINGBAI, 'MINGBAI names the program');
  cpSync(join(import.meta.dirname, '../../content'), join(root, 'content'), { recursive: true });
  const git = (...args) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd: root });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'x');
  const material = /  - 名称: 设备设施、经营布局和操作流程图\n(?: {4}.*\n)+/.exec(readFileSync(join(root, ITEM), 'utf8'))[0];
  change(ITEM, material, '');
  change(ITEM, '承诺: 5个工作日', '承诺: 1个工作日');
  change('content/departments/scjgj/department.yaml', '0600-8801001', '0600-8801010');
  change('content/materials/id-card.yaml', '换领20元', '换领10元');
  const ran = spawnSync(process.env.MINGBAI, ['review', 'HEAD', '--as-of', '2026-11-22', '--html', file], { cwd: root, encoding: 'utf8' });
  assert.ok([0, 1].includes(ran.status), ran.stderr);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(root, { recursive: true });
});

/** The page, opened as a file; whatever it asks for or complains of is a fault. */
async function open(options) {
  const context = await browser.newContext({ locale: 'zh-CN', ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on('request', (request) => { if (!/^(file|data|blob):/.test(request.url())) page.faults.push(request.url()); });
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) page.faults.push(message.text()); });
  page.on('pageerror', (error) => page.faults.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return page;
}

const LOOKS = [
  ['a phone', { viewport: { width: 390, height: 800 } }],
  ['a phone in the dark', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' }],
  ['a desktop', { viewport: { width: 1280, height: 900 } }],
  ['a desktop in the dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
];

for (const [name, options] of LOOKS) {
  test(`it can be read on ${name}`, async () => {
    const page = await open(options);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the screen');
    if (options.viewport.width > 1000) {
      const columns = await page.locator('table').evaluateAll((all) => all.map((table) => [...table.rows[0].cells].map((cell) => Math.round(cell.getBoundingClientRect().width)).join()));
      assert.equal(new Set(columns).size, 1, `the columns of all tables are of one width: ${columns}`);
    }
    const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(dark === 'rgb(255, 255, 255)', options.colorScheme !== 'dark', dark);
    await page.evaluate(AXE);
    const result = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), TAGS);
    none(result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`)), 'axe violation');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test('a whole material that is gone is said in short, with the rest folded', async () => {
  const page = await open({ viewport: { width: 1280, height: 900 } });
  const row = page.locator('tr', { hasText: '申请材料「设备设施' });
  const gone = row.locator('del');
  assert.equal(await gone.innerText(), '[删除]设备设施、经营布局和操作流程图；份数：原件1份；必要性：必要');
  const fold = row.locator('details').first();
  assert.match(await fold.locator('summary').innerText(), /其余 \d+ 项/);
  assert.equal(await fold.getByText('填报须知').isVisible(), false);
  await fold.locator('summary').click();
  assert.equal(await fold.getByText('填报须知').first().isVisible(), true);
  await page.context().close();
});

test('n, p and d go through it; ticks are kept and come with the export', async () => {
  const page = await open({ viewport: { width: 1280, height: 900 } });
  const at = () => page.evaluate(() => document.activeElement.id);
  await page.keyboard.press('n');
  const first = await at();
  await page.keyboard.press('n');
  assert.notEqual(await at(), first);
  await page.keyboard.press('p');
  assert.equal(await at(), first);
  await page.keyboard.press('d');
  assert.equal(await page.locator('del').first().isVisible(), false);
  await page.keyboard.press('d');
  assert.equal(await page.locator('del').first().isVisible(), true);
  await page.locator('article input[type=checkbox]').first().check();
  await page.reload();
  assert.match(await page.locator('#done').innerText(), /^1 \/ \d+$/);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('#export').click()]);
  const text = readFileSync(await saved.path(), 'utf8');
  assert.match(text, /^- \[x\] 改动 · /m);
  assert.match(text, /^- \[ \] /m);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('paper has everything that is folded, and no buttons', async () => {
  const page = await open({ viewport: { width: 718, height: 1000 } });
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('#next').isVisible(), false);
  assert.ok((await page.evaluate(() => document.body.innerText)).includes('填报须知'));
  await page.context().close();
});
